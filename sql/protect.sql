-- Protect, block, hold, clear, expire, unprotect, each with what can go wrong.
\set SHOW_CONTEXT never
\set ON_ERROR_ROLLBACK on
BEGIN;
SET LOCAL datestyle = 'ISO, YMD';
INSERT INTO control_list.list (code, title, legal_basis, tariff, time_zone, destinations)
VALUES ('KR', 'Korea', 'Public Notice', 'KR', 'Asia/Seoul', '{RU,BY}');
INSERT INTO control_list.entry (list, item, codes, valid) VALUES
    ('KR', '1000', '8542.31', '[2024-02-24,)'), ('KR', '1001', '8703.23', '[2024-02-24,)');

-- There is an order table, and rows that nobody has looked at.
CREATE TABLE orders (id int PRIMARY KEY, goods hscode, ship_to text, ship_date date, status text DEFAULT 'new');
INSERT INTO orders VALUES (1, '8542.31', 'RU', '2024-09-09'), (2, '0101.21', 'RU', '2024-09-09'), (3, '8542', 'BY', '2024-09-09');
ALTER TABLE orders ADD verdict screening_verdict;
SELECT * FROM control_list.protect('orders', hs_code => 'goods', destination => 'ship_to', ship_date => 'ship_date', verdict_column => 'verdict');

-- A restricted order cannot be written, a doubtful one waits.
INSERT INTO orders VALUES (4, '8542.31', 'RU', '2024-09-09');
INSERT INTO orders VALUES (4, '8542', 'RU', '2024-09-09'), (5, '8703.23', 'JP', '2024-09-09'), (6, '9999', 'BY', '2024-09-09') RETURNING id, verdict;
SELECT key, verdict, reasons FROM control_list.held_orders;

-- An application reads the fields of the error.
DO $$
DECLARE
    state text; name text; relation text; field text; detail text; hint text;
BEGIN
    INSERT INTO orders VALUES (7, '8542.31', 'RU', '2024-09-09');
EXCEPTION WHEN check_violation THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, name = CONSTRAINT_NAME, relation = TABLE_NAME, field = COLUMN_NAME,
        detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
    RAISE NOTICE '% % %.%', state, name, relation, field;
    RAISE NOTICE '%', detail;
    RAISE NOTICE '%', hint;
END
$$;

-- A person clears holds: those hits, those values.
SELECT control_list.clear_hold('orders', '{"id": 4}', '');
SELECT control_list.clear_hold(NULL, '{"id": 4}', 'known customer');
SELECT control_list.clear_hold('orders', '{"number": 4}', 'known customer');
SELECT control_list.clear_hold('orders', '{"id": 4, "ship_to": "RU"}', 'known customer');
SELECT control_list.clear_hold('orders', '{"id": 44}', 'known customer');
SELECT control_list.clear_hold('orders', '{"id": 5}', 'known customer');
SELECT control_list.clear_hold('orders', '{"id": 1}', 'known customer');
SELECT control_list.clear_hold('orders', '{"id": 4}', 'known customer', now() - interval '1 day');
SELECT control_list.clear_hold('pg_catalog.pg_class', '{"oid": 4}', 'known customer');
SELECT count(control_list.clear_hold('orders', key, 'diodes only')) FROM control_list.held_orders WHERE verdict = 'review' AND key <> '{"id": 6}';
SELECT key, verdict FROM control_list.held_orders;
SELECT target, key, inputs, reason, cleared_by = session_user AS by_me, expires FROM control_list.clearance ORDER BY key;
-- another value
UPDATE orders SET ship_date = '2024-09-10' WHERE id = 4;
SELECT key FROM control_list.held_orders WHERE key = '{"id": 4}';
UPDATE orders SET ship_date = '2024-09-09' WHERE id = 4;
SELECT key FROM control_list.held_orders WHERE key = '{"id": 4}';
-- another entry, and one that says something else
INSERT INTO control_list.entry (list, item, codes) VALUES ('KR', '1002', '8542.39');
SELECT key, cardinality(reasons) AS hits FROM control_list.held_orders WHERE key IN ('{"id": 3}', '{"id": 4}');
DELETE FROM control_list.entry WHERE item = '1002';
UPDATE control_list.entry SET remark = 'reads better' WHERE item = '1000';
SELECT key FROM control_list.held_orders WHERE key IN ('{"id": 3}', '{"id": 4}');
UPDATE control_list.entry SET codes = '8542.3' WHERE item = '1000';
SELECT key FROM control_list.held_orders WHERE key IN ('{"id": 3}', '{"id": 4}');
-- for a time
DELETE FROM control_list.clearance;
SELECT control_list.clear_hold('orders', '{"id": 4}', 'until they answer', now() + interval '1 day') > 0 AS cleared;
SELECT key FROM control_list.held_orders WHERE key = '{"id": 4}';
UPDATE control_list.clearance SET expires = now() - interval '1 hour', cleared_at = now() - interval '1 day';
SELECT key FROM control_list.held_orders WHERE key = '{"id": 4}';

-- Without a verdict column a held row is an error, unless it is cleared.
SELECT * FROM control_list.unprotect('orders');
SELECT count(*) FROM control_list.protect('orders', 'goods', 'ship_to', 'ship_date');
UPDATE orders SET status = 'packed' WHERE id = 4;
SELECT control_list.clear_hold('orders', '{"id": 4}', 'diodes') > 0 AS cleared;
UPDATE orders SET status = 'packed' WHERE id = 4;
UPDATE orders SET ship_to = 'BY' WHERE id = 4;

-- Is everything in place?
SELECT part, name, problem FROM control_list.status;
ALTER TABLE orders DISABLE TRIGGER export_control;
SELECT part, name, problem FROM control_list.status;
DROP TRIGGER export_control ON orders;
SELECT part, name, problem FROM control_list.status;

-- The end of it: the table is as it was, and who has cleared what is kept.
SELECT * FROM control_list.unprotect('orders');
INSERT INTO orders VALUES (8, '8542.31', 'RU', '2024-09-09');
SELECT (SELECT count(*) FROM control_list.protected_table) AS protected, (SELECT count(*) FROM control_list.clearance) AS clearances,
       (SELECT count(*) FROM pg_trigger WHERE tgrelid = 'orders'::regclass) AS triggers;
ROLLBACK;
