-- The story goes on with the week before 9 September 2024, as a company lives through it: a
-- revision is announced, tried, loaded, takes effect by itself, and is corrected later.  It
-- runs on an empty database with the extension control_list, outside of a transaction;
-- sql/week.sql asserts what it prints.

\echo
\echo '6. The week before: the list as it stood since 24 February, and the orders of a company'
\echo
\o /dev/null
INSERT INTO control_list.list
    (code, title, authority, legal_basis, jurisdictions, tariff, time_zone, destinations, known_from)
VALUES
    ('KR-2-2', 'Goods restricted to Russia and Belarus',
     'Ministry of Trade, Industry and Energy', 'Public Notice on Trade of Strategic Items, Annex 2-2',
     '{KR}', 'KR', 'Asia/Seoul', '{RU,BY}', '2024-02-24');
SELECT control_list.begin_import('KR-2-2');
\copy control_list_import (item, hs_code, effective_from) from 'data/kr_annex_2_2.csv' with (format csv, header)
DELETE FROM control_list_import WHERE effective_from = '2024-09-09';
SELECT control_list.apply_import('2024-02-24', effective => '2024-02-24', expected_total => 1159);

CREATE TABLE orders (id int PRIMARY KEY, goods text, hs hscode, ship_to text, ship_date date, verdict screening_verdict);
SELECT control_list.protect('orders', hs_code => 'hs', destination => 'ship_to', ship_date => 'ship_date', verdict_column => 'verdict');
\o
INSERT INTO orders VALUES
    (1, 'horses',         '0101.21', 'RU', '2024-09-12'),
    (2, 'clay',           '2508.10', 'RU', '2024-09-06'),
    (3, 'clay',           '2508.10', 'RU', '2024-09-12'),
    (4, 'aircraft tyres', '4011.30', 'BY', '2024-09-20'),
    (5, 'clays',          '2508',    'BY', '2024-09-20'),
    (6, 'clay',           '2508.10', 'JP', '2024-09-12');
SELECT * FROM orders ORDER BY id;

\echo '7. The revision is announced. How does the file differ from the list?'
\echo
SELECT control_list.begin_import('KR-2-2') \g /dev/null
\copy control_list_import (item, hs_code, effective_from) from 'data/kr_annex_2_2.csv' with (format csv, header)
SELECT difference, count(*), sum(entries) AS entries, min(item::int) AS first_item, max(item::int) AS last_item
FROM control_list.apply_import('2024-09-09', effective => '2024-09-09', expected_total => 1402, dry_run => true)
GROUP BY difference;

\echo 'And what would it do to the orders? Apply it in a transaction, ask, and roll back'
\echo
BEGIN;
SELECT control_list.apply_import('2024-09-09', effective => '2024-09-09', expected_total => 1402) \g /dev/null
SELECT verdict_before, verdict_after, destination, orders
FROM control_list.impact_summary('orders', known_before => now());
ROLLBACK;

\echo 'Nobody has seen anything of it. Now it is loaded, days before it takes effect:'
SELECT clock_timestamp() AS before_the_revision \gset
SELECT control_list.apply_import('2024-09-09', effective => '2024-09-09', expected_total => 1402) \g /dev/null
SELECT label, effective, added, removed, in_force FROM control_list.revision_history ORDER BY effective;

\echo 'Which orders does it hit: if they ship on its day, and as they are planned?'
SELECT o.id, o.goods, o.hs, o.ship_to, o.ship_date, i.verdict_before, i.verdict_after, o.ship_date >= '2024-09-09' AS as_planned
FROM control_list.impact('orders', 'KR-2-2', '2024-09-09') AS i
JOIN orders AS o ON i.key = jsonb_build_object('id', o.id)
ORDER BY o.id;

\echo '8. It takes effect by itself, at midnight in Seoul'
\echo
SELECT at, at::timestamptz AT TIME ZONE 'Asia/Seoul' AS in_seoul, screen_shipment_at('2508.10', 'RU', at::timestamptz) AS verdict
FROM (VALUES ('2024-09-08 14:59:59 UTC'), ('2024-09-08 15:00:00 UTC')) AS instant (at);

\echo '9. Orders that were taken before are screened again, and wait'
\echo
CALL control_list.rescreen('orders', since => :'before_the_revision', on_change => 'hold');
SELECT key, verdict, reasons[1] AS first_reason FROM control_list.held_orders ORDER BY key;
SELECT target, key, verdict FROM control_list.screening_log ORDER BY logged_at;

\echo '10. Weeks later a mistake is found. Suppose that item 1160 had always been 2508.20'
\echo
SELECT clock_timestamp() AS before_the_correction \gset
UPDATE control_list.entry SET codes = '2508.20', remark = 'corrected' WHERE list = 'KR-2-2' AND item = '1160';
\echo 'Known then, known now: why order 3 was stopped, and what should have been'
SELECT c.code,
       screen_shipment(c.code, 'RU', '2024-09-12', known_at => :'before_the_correction') AS known_then,
       screen_shipment(c.code, 'RU', '2024-09-12') AS known_now
FROM unnest('{2508.10,2508.20}'::text[]) AS c (code);
CALL control_list.rescreen('orders', since => :'before_the_correction', on_change => 'hold');
SELECT id, goods, hs, ship_to, ship_date, verdict FROM orders ORDER BY id;
