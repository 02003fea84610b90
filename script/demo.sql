-- The story of 9 September 2024, on the real lists.  It runs on an empty database
-- with the extension control_list; sql/story.sql asserts what it prints.

\echo
\echo '1. Two lists from data/: Korea, and the Common High Priority List for ten countries'
\echo
\o /dev/null
\i data/load_lists.sql
\o
SELECT l.code AS list, l.destinations, l.measure, count(*) AS numbers, count(e.codes) AS with_code,
       count(e.codes) FILTER (WHERE e.valid @> date '2024-09-08') AS on_8_september,
       count(e.codes) FILTER (WHERE e.valid @> date '2024-09-09') AS on_9_september
FROM control_list.list AS l
JOIN control_list.entry AS e ON e.list = l.code
GROUP BY l.code
ORDER BY l.code;

\echo '2. Orders, screened as of the day before and the day of the revision'
\echo
CREATE TABLE orders (id int PRIMARY KEY, goods text, hs hscode, ship_to text);
INSERT INTO orders VALUES
    (1, 'horses',              '0101.21',      'RU'),
    (2, 'processors',          '8542.31',      'RU'),
    (3, 'processors',          '8542.31',      'KZ'),
    (4, 'clay',                '2508.10',      'RU'),
    (5, 'aircraft tyres',      '4011.30',      'BY'),
    (6, 'processors',          '8542.31',      'JP'),
    (7, 'electronic circuits', '8542',         'RU');

SELECT id, goods, hs, ship_to, before.verdict AS on_8_september, after.verdict AS on_9_september,
       CASE WHEN before.verdict <> after.verdict THEN '<- changed' ELSE '' END AS " "
FROM orders,
     LATERAL (SELECT screen_shipment(hs, ship_to, '2024-09-08') AS verdict) AS before,
     LATERAL (SELECT screen_shipment(hs, ship_to, '2024-09-09') AS verdict) AS after
ORDER BY id;

\echo 'The subheadings that the revision added:'
SELECT count(*) AS codes, min(before.verdict) AS on_8_september, max(before.verdict) AS at_most,
       min(after.verdict) AS on_9_september
FROM control_list.entry AS e,
     LATERAL (SELECT screen_shipment(lower(e.codes), 'RU', '2024-09-08') AS verdict) AS before,
     LATERAL (SELECT screen_shipment(lower(e.codes), 'RU', '2024-09-09') AS verdict) AS after
WHERE e.list = 'KR-2-2' AND e.codes IS NOT NULL AND lower(e.valid) = '2024-09-09';

\echo '3. A restricted order cannot be committed'
\echo
ALTER TABLE orders ADD ship_date date NOT NULL DEFAULT '2024-09-01';
DELETE FROM orders WHERE is_restricted(hs, ship_to, ship_date);
SELECT * FROM control_list.protect('orders', hs_code => 'hs', destination => 'ship_to', ship_date => 'ship_date');
\echo 'INSERT INTO orders VALUES (8, ''processors'', ''8542.31'', ''RU'', ''2024-09-09'');'
\set ON_ERROR_STOP off
INSERT INTO orders VALUES (8, 'processors', '8542.31', 'RU', '2024-09-09');
\set ON_ERROR_STOP on
\echo
SELECT count(*) AS orders_to_russia FROM orders WHERE hs = '8542.31' AND ship_to = 'RU';

\echo '4. Doubt asks a person'
\echo
SELECT c.what, c.code, c.destination, c.via, c.tariff,
       screen_shipment(c.code, c.destination, '2024-09-09', via => c.via, tariff => c.tariff) AS verdict
FROM (VALUES
    (1, 'cars, six digits: only engines above 2,000 cc are listed', '8703.23', 'RU', NULL::text[], NULL),
    (2, 'the listed line of the Korean tariff',   '8703.23.9010', 'RU', NULL, 'KR'),
    (3, 'the same digits in another tariff',      '8703.23.9010', 'RU', NULL, 'US'),
    (4, 'no destination',                         '8542.31',      NULL, NULL, NULL),
    (5, 'a lost zero',                            '10121',        'JP', NULL, NULL),
    (6, 'an unknown country',                     '8542.31',      'Rusia', NULL, NULL),
    (7, 'to Japan by way of Belarus',             '8542.31',      'JP', '{BY}', NULL)
) AS c (n, what, code, destination, via, tariff)
ORDER BY c.n;

\echo 'Why is the first one not clear?'
SELECT verdict, list, item, codes, matched, reason
FROM screening_hits('8703.23', 'RU', '2024-09-09');

\echo 'Why the fourth?'
SELECT verdict, list, item, matched, reason
FROM screening_hits('8542.31', NULL, '2024-09-09');
