-- Shipments of a protected table, with and without a verdict column.

SELECT setseed(0.1402) \g /dev/null
SELECT format('ALTER DATABASE %I SET control_list.tariff = ''KR''', current_database()) \gexec
\o /dev/null
\i data/load_lists.sql
\o
UPDATE control_list.list SET enabled = code = 'KR-2-2';

CREATE TEMPORARY TABLE goods AS
SELECT row_number() OVER () AS no, code
FROM (SELECT lower(codes) AS code FROM control_list.entry WHERE list = 'KR-2-2' AND codes IS NOT NULL
      UNION ALL SELECT hscode_from_number(10000 + floor(random() * 960000)::bigint, 6) FROM generate_series(1, 4500)) AS c;
CREATE TABLE shipment AS
SELECT n AS id, g.code AS hs,
       CASE WHEN fate < 0.017 THEN 'RU' WHEN fate < 0.02 THEN 'BY' ELSE (ARRAY['CN', 'US', 'AU', 'JP', 'KR', 'SG', 'GB', 'DE', 'IN', 'VN', 'TH', 'AE', 'TR', 'NL', 'KZ', 'MX'])[1 + n % 16] END AS destination,
       date '2024-02-24' + floor(random() * 500)::int AS ship_date, ceil(random() * 500)::int AS quantity
FROM (SELECT n, random() AS fate, 1 + floor(random() * (SELECT count(*) FROM goods))::bigint AS no FROM generate_series(1, :shipments) AS n OFFSET 0) AS d
JOIN goods AS g USING (no)
ORDER BY n;
CREATE TABLE shipment_with_verdict AS SELECT *, screen_shipment(hs, destination, ship_date) AS verdict FROM shipment ORDER BY id;
ALTER TABLE shipment ADD PRIMARY KEY (id);
ALTER TABLE shipment_with_verdict ADD PRIMARY KEY (id);
CREATE INDEX ON shipment (hs);
VACUUM (FREEZE, ANALYZE) shipment;
VACUUM (FREEZE, ANALYZE) shipment_with_verdict;
\o /dev/null
SELECT control_list.protect('shipment', 'hs', 'destination', 'ship_date');
SELECT control_list.protect('shipment_with_verdict', 'hs', 'destination', 'ship_date', verdict_column => 'verdict');
\o
