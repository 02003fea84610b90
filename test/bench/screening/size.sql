-- The same scan with few entries and with many, when the backend has met all goods before.

SELECT format('%s entries', to_char(1402, 'FM999,999,999')) AS few, format('%s entries', to_char(:entries, 'FM999,999,999')) AS many \gset
INSERT INTO contender (race, name, statement, before, warm, pieces)
SELECT 'entries', name, scan('screen_shipment(hs, destination, ship_date) >= ''license_required'''),
       format('UPDATE control_list.list SET enabled = %L WHERE code = ''MANY'' AND enabled <> %1$L', enabled),
       'SELECT count(screen_shipment(hs, ''RU'', ''2025-02-03'')) FROM goods_once', :shipments
FROM (VALUES (:'few', false), (:'many', true)) AS c (name, enabled);
CALL race('entries', 3 * :runs);
CALL compare('entries', :'many', :'few', 'a scan with many entries', 'ns', 1e-6, 1.3);
