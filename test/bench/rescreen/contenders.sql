-- :since stands for an instant before the lists were changed.

INSERT INTO contender (race, name, statement, pieces)
SELECT 'rescreen', name, statement, :shipments FROM (VALUES
    ('plain scan', 'SELECT count(*) FROM shipment WHERE screen_shipment(hs, destination, ship_date) >= ''license_required'''),
    ('plain scan beside a verdict', 'SELECT count(*) FROM shipment_with_verdict WHERE screen_shipment(hs, destination, ship_date) >= ''license_required'''),
    ('impact of a revision', 'SELECT count(*) FROM control_list.impact(''shipment'', ''KR-2-2'', ''2024-09-09'')'),
    ('impact of a correction', 'SELECT count(*) FROM control_list.impact(''shipment'', known_before => :since)'),
    ('what was known', 'CALL control_list.rescreen(''shipment'', since => :since)'),
    ('what was known, batches of 100,000', 'CALL control_list.rescreen(''shipment'', since => :since, batch => 100000)'),
    ('the verdict column', 'CALL control_list.rescreen(''shipment_with_verdict'', on_change => ''hold'')'),
    ('one chapter, by an index', 'CALL control_list.rescreen(''shipment'', since => :one_chapter, batch => 1000000)')) AS c (name, statement);
