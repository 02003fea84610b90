-- The story goes on with real export rows, where ../shared/data has them: 38,852
-- monthly rows of New Zealand's exports.  sql/orders.sql asserts what it prints.

\set january ../shared/data/orders/nz_exports_2025_jan.csv
\set february ../shared/data/orders/nz_exports_2025_feb.csv
\set there `test -r ../shared/data/orders/nz_exports_2025_feb.csv && echo true || echo false`
\echo
\if :there
\echo '5. Real export rows: New Zealand, January and February 2025'
\echo
CREATE TEMPORARY TABLE export (
    month text, hs text, country text, uom text, fob numeric, quantity numeric, reexport_fob numeric, reexport_quantity numeric
);
\set copy_january '\\copy export from ' :january ' with (format csv, header)'
:copy_january
\set copy_february '\\copy export from ' :february ' with (format csv, header)'
:copy_february

-- screening has one answer for each code and country, however many rows have them
CREATE TEMPORARY TABLE shipped AS
SELECT hs, country, country_code(country) AS destination, count(*) AS rows
FROM export
GROUP BY hs, country;

\echo 'As they went, the day before the revision and on its day:'
SELECT verdict, coalesce(before.rows, 0) AS on_8_september, coalesce(after.rows, 0) AS on_9_september
FROM (SELECT screen_shipment(hs, destination, '2024-09-08', tariff => 'NZ') AS verdict, sum(rows) AS rows
      FROM shipped GROUP BY 1) AS before
FULL JOIN (SELECT screen_shipment(hs, destination, '2024-09-09', tariff => 'NZ') AS verdict, sum(rows) AS rows
      FROM shipped GROUP BY 1) AS after USING (verdict)
ORDER BY verdict;

\echo 'Countries that country_code() cannot name:'
SELECT country, sum(rows) AS rows FROM shipped WHERE destination IS NULL GROUP BY 1 ORDER BY 1;

\echo 'As if all had gone to Russia:'
CREATE TEMPORARY TABLE goods AS
SELECT hs, sum(rows) AS rows FROM shipped GROUP BY hs;
SELECT verdict, coalesce(before.rows, 0) AS on_8_september, coalesce(after.rows, 0) AS on_9_september
FROM (SELECT screen_shipment(hs, 'RU', '2024-09-08', tariff => 'NZ') AS verdict, sum(rows) AS rows
      FROM goods GROUP BY 1) AS before
FULL JOIN (SELECT screen_shipment(hs, 'RU', '2024-09-09', tariff => 'NZ') AS verdict, sum(rows) AS rows
      FROM goods GROUP BY 1) AS after USING (verdict)
ORDER BY verdict;
\else
\echo '5. Real export rows: skipped, ../shared/data/orders is not there'
\endif
