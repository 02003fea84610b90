-- Orders draw from licenses: on insert, again on update, and give back when they end.
\set SHOW_CONTEXT never
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
BEGIN;
INSERT INTO control_list.list (code, title, time_zone, destinations) VALUES ('K', 'a list', 'Asia/Seoul', '{RU}');
INSERT INTO control_list.entry (list, item, codes) VALUES ('K', '1', '8542.31');
INSERT INTO control_list.license (number, list, destinations, codes, valid, max_quantity, unit, max_value, currency) VALUES
    ('L-100', 'K', '{RU}', '{8542}', '[2024-01-01,2025-01-01)', 100, 'KG', NULL, NULL),
    ('L-value', 'K', '{RU}', '{8542}', '[2024-01-01,2025-01-01)', NULL, NULL, 1000, 'EUR'),
    ('L-free', 'K', '{RU}', '{8542}', '[2024-01-01,2025-01-01)', NULL, NULL, NULL, NULL);
CREATE VIEW ledger AS SELECT license, reference, sum(quantity) AS quantity, sum(value) AS value
    FROM control_list.license_use GROUP BY license, reference HAVING sum(quantity) <> 0 OR sum(value) <> 0 ORDER BY 1, 2;

CREATE TABLE orders (id bigint PRIMARY KEY, hs hscode, dest text, day date, license text, kg int, euros numeric, status text);
SELECT control_list.protect('orders', 'hs', 'dest', 'day', quantity => 'kg');
SELECT control_list.protect('orders', 'hs', 'dest', 'day', reference => 'id');
SELECT control_list.protect('orders', 'hs', 'dest', 'day', licenses => 'license', quantity => 'kg', reference => 'kg');
SELECT done FROM control_list.protect('orders', 'hs', 'dest', 'day', licenses => 'license', quantity => 'kg', unit => '=KG',
    value => 'euros', currency => '=EUR', reference => 'id');

-- draw
INSERT INTO orders VALUES (1, '8542.31', 'RU', '2024-09-09', 'L-100', 60, NULL);
INSERT INTO orders VALUES (2, '8542.31', 'RU', '2024-09-09', 'L-100', 60, NULL);
INSERT INTO orders VALUES (2, '8542.31', 'RU', '2024-09-09', 'L-100', 20, NULL), (3, '8542.31', 'RU', '2024-09-09', 'L-100', 20, NULL);
SELECT * FROM ledger;
-- exhausted, in one statement too
INSERT INTO orders VALUES (4, '8542.31', 'RU', '2024-09-09', 'L-100', 1, NULL);
SELECT control_list.license_left('L-100');
-- the other reasons
INSERT INTO orders VALUES (4, '8542.31', 'RU', '2024-09-09', 'L-9', 1, NULL);
INSERT INTO orders VALUES (4, '8542.31', 'RU', '2025-01-01', 'L-free', 1, NULL);
INSERT INTO orders VALUES (4, '8542.31', 'RU', '2024-09-09', 'L-value', 1, NULL);
INSERT INTO orders VALUES (4, '8542.31', 'RU', '2024-09-09', 'L-value', 1, 1000.01);
INSERT INTO orders VALUES (4, '8542.31', 'RU', '2024-09-09', 'L-value', 1, 999.99);
INSERT INTO orders VALUES (5, '8542.31', 'RU', '2024-09-09', 'L-free', NULL, NULL);
INSERT INTO orders VALUES (6, '8542.31', 'JP', '2024-09-09', 'L-100', 50, 1);
SELECT * FROM ledger;
-- an order that has taken all that there is can be changed
UPDATE orders SET kg = 55 WHERE id = 1;
UPDATE orders SET status = 'packed' WHERE id = 1;
UPDATE orders SET kg = 70 WHERE id = 1;
UPDATE orders SET kg = 65, license = 'L-100' WHERE id = 1;
UPDATE orders SET kg = CASE id WHEN 1 THEN 60 ELSE 20 END WHERE id < 4;
SELECT * FROM ledger;
-- returned: deleted, cancelled, no longer restricted
DELETE FROM orders WHERE id = 1;
UPDATE orders SET kg = 0 WHERE id = 2;
UPDATE orders SET dest = 'JP' WHERE id = 3;
SELECT * FROM ledger;
-- less than half a kilogram is no kilogram, and may be worth more than is left
UPDATE orders SET kg = 0, euros = 1000.01 WHERE id = 4;
UPDATE orders SET kg = 0, euros = 1000 WHERE id = 4;
SELECT * FROM ledger;
UPDATE orders SET euros = 0 WHERE id = 4;
SELECT * FROM ledger;
UPDATE orders SET kg = 1, euros = 999.99 WHERE id = 4;
UPDATE orders SET kg = 100 WHERE id = 2;
SELECT * FROM ledger;
-- what a person has cleared was so much, and no more
INSERT INTO orders VALUES (8, '85', 'JP', '2024-09-09', NULL, 5, NULL);
INSERT INTO control_list.entry (list, item, codes, destinations, measure) VALUES ('K', 'watch', '85', '{JP}', 'review');
SELECT control_list.clear_hold('orders', '{"id": 8}', 'samples') > 0 AS cleared;
UPDATE orders SET status = 'packed' WHERE id = 8;
UPDATE orders SET kg = 5000 WHERE id = 8;
SELECT inputs FROM control_list.clearance WHERE key = '{"id": 8}';
DELETE FROM control_list.entry WHERE item = 'watch';
SELECT count(*) FROM control_list.unprotect('orders');

-- without a quantity a license that counts does not license, one that does not does
SELECT count(*) FROM control_list.protect('orders', 'hs', 'dest', 'day', licenses => 'license');
INSERT INTO orders VALUES (7, '8542.31', 'RU', '2024-09-09', 'L-value', 1, 1);
INSERT INTO orders VALUES (7, '8542.31', 'RU', '2024-09-09', 'L-free', 1, 1);
SELECT count(*) FROM control_list.unprotect('orders');

-- with a verdict column
CREATE TABLE p (id int UNIQUE, hs text, dest text, at timestamptz, licenses text[], kg numeric, verdict screening_verdict);
SELECT count(*) FROM control_list.protect('p', 'hs', 'dest', 'at', licenses => 'licenses', quantity => 'kg', unit => '=KG', reference => 'id', verdict_column => 'verdict');
DELETE FROM orders;
UPDATE control_list.license SET max_quantity = 1000 WHERE number = 'L-100';
INSERT INTO p VALUES (1, '8542.31', 'RU', '2024-09-09', '{L-9,L-100}', 500), (2, '8542.31', 'RU', '2024-09-09', '{L-100}', 300);
SELECT id, verdict FROM p ORDER BY id;
UPDATE p SET kg = 400;
INSERT INTO p VALUES (3, '8542.31', 'RU', '2024-12-31 15:00+00', '{L-100}', 1);
UPDATE p SET licenses = '{}' WHERE id = 1;
UPDATE p SET hs = '8542', licenses = NULL WHERE id = 1;
SELECT id, verdict FROM p ORDER BY id;
SELECT * FROM ledger;
SELECT count(*) FROM control_list.unprotect('p');

-- at commit, the last version draws
SELECT count(*) FROM control_list.protect('p', 'hs', 'dest', 'at', licenses => 'licenses', quantity => 'kg', unit => '=KG', reference => 'id', deferred => true);
INSERT INTO p VALUES (10, '8542.31', 'RU', '2024-09-09', '{L-100}', 900);
UPDATE p SET kg = 10 WHERE id = 10;
UPDATE p SET kg = 100 WHERE id = 10;
DELETE FROM p WHERE id = 2;
SET CONSTRAINTS ALL IMMEDIATE;
SELECT * FROM ledger;
SET CONSTRAINTS ALL DEFERRED;
UPDATE p SET id = 11 WHERE id = 10;
UPDATE p SET id = 12 WHERE id = 11;
SET CONSTRAINTS ALL IMMEDIATE;
SELECT * FROM ledger;
SELECT count(*) FROM control_list.unprotect('p');
DROP TABLE p, orders;

-- ---- the row as it is stored ----
-- Whatever is done to a row on its way, what it draws is what is stored in the end.
CREATE TABLE o (id int PRIMARY KEY, hs text, dest text, day date, kg int, note text, verdict screening_verdict) PARTITION BY RANGE (id);
CREATE TABLE o_1 PARTITION OF o FOR VALUES FROM (0) TO (100);
CREATE TABLE o_2 (verdict screening_verdict, gone int, kg int, day date, dest text, hs text, note text, id int NOT NULL);
ALTER TABLE o_2 DROP gone;
ALTER TABLE o ATTACH PARTITION o_2 FOR VALUES FROM (100) TO (200);
INSERT INTO control_list.license (number, list, destinations, codes, valid, max_quantity, unit) VALUES
    ('S', 'K', '{RU}', '{8542}', '[2024-01-01,2025-01-01)', 10, 'KG');
CREATE VIEW drawn AS SELECT reference, sum(quantity) AS quantity FROM control_list.license_use
    WHERE license = 'S' GROUP BY reference HAVING sum(quantity) <> 0 ORDER BY 1;
CREATE FUNCTION protect_o(options text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    n bigint;
BEGIN
    EXECUTE 'SELECT count(*) FROM control_list.protect(''o'', ''hs'', ''dest'', ''day'', licenses => ''=S'', quantity => ''kg'', unit => ''=KG'', reference => ''id'', ' || options || ')' INTO n;
    RETURN n;
END $$;
SELECT protect_o('verdict_column => ''verdict''');
INSERT INTO o VALUES (1, '8542.31', 'RU', '2024-09-09', 10);
-- a trigger that comes later drops the row, or changes quantity and reference
CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.note = 'drop' THEN
        RETURN NULL;
    ELSIF NEW.note = 'less' THEN
        NEW.kg := 4;
    ELSIF NEW.note = 'move' THEN
        NEW.id := NEW.id + 1;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER "~~~" BEFORE INSERT OR UPDATE ON o FOR EACH ROW EXECUTE FUNCTION meddle();
UPDATE o SET kg = 5, note = 'drop';
INSERT INTO o VALUES (2, '8542.31', 'RU', '2024-09-09', 10, 'drop');
SELECT * FROM drawn;
UPDATE o SET kg = 5, note = 'less';
SELECT * FROM drawn;
UPDATE o SET kg = 10, note = 'move';
SELECT * FROM drawn;
INSERT INTO o VALUES (5, '8542.31', 'RU', '2024-09-09', 1);
-- a conflict draws nothing, and what is done instead draws once
INSERT INTO o VALUES (2, '8542.31', 'RU', '2024-09-09', 10) ON CONFLICT DO NOTHING;
SELECT * FROM drawn;
INSERT INTO o VALUES (2, '8542.31', 'RU', '2024-09-09', 10) ON CONFLICT (id) DO UPDATE SET kg = 9, dest = excluded.dest, note = NULL;
SELECT * FROM drawn;
DO $$
BEGIN
    IF current_setting('server_version_num')::int < 150000 THEN
        UPDATE o SET kg = 10;      -- there is no MERGE
    ELSE
        EXECUTE 'MERGE INTO o USING (SELECT 2 AS id) AS m ON m.id = o.id WHEN MATCHED THEN UPDATE SET kg = 10';
    END IF;
END $$;
SELECT * FROM drawn;
-- between partitions, though it has used up the license itself
UPDATE o SET id = 102;
SELECT tableoid::regclass AS stored, id, kg, verdict FROM o;
SELECT * FROM drawn;
-- a savepoint takes back what was drawn and what was returned
SAVEPOINT s;
UPDATE o SET kg = 3;
DELETE FROM o;
ROLLBACK TO s;
SELECT * FROM drawn;
-- many rows in one statement, the next one is too much
UPDATE o SET kg = 0;
INSERT INTO o SELECT n, '8542.31', 'RU', '2024-09-09', 1 FROM generate_series(1, 10) AS n;
UPDATE o SET day = '2024-09-10' WHERE kg > 0;
INSERT INTO o VALUES (11, '8542.31', 'RU', '2024-09-09', 1);
SELECT count(*), sum(quantity) FROM drawn;
UPDATE o SET kg = 2 WHERE id = 1;
DELETE FROM o;
SELECT count(*) FROM drawn;
COPY o (id, hs, dest, day, kg) FROM stdin;
1	8542.31	RU	2024-09-09	9
2	8542.31	RU	2024-09-09	2
\.
INSERT INTO o VALUES (1, '8542.31', 'RU', '2024-09-09', 10), (2, '8542.31', 'RU', '2024-09-09', 1);
SELECT count(*) FROM drawn;
SELECT count(*) FROM control_list.unprotect('o');
-- who only watches: the verdict of the second row is out of date when it is stored, and put right
SELECT protect_o('verdict_column => ''verdict'', block_at => NULL');
INSERT INTO o VALUES (1, '8542.31', 'RU', '2024-09-09', 10), (2, '8542.31', 'RU', '2024-09-09', 1);
SELECT id, verdict FROM o ORDER BY id;
UPDATE o SET kg = CASE id WHEN 1 THEN 0 ELSE 10 END;
SELECT id, verdict FROM o ORDER BY id;
SELECT * FROM drawn;
-- not for triggers that want the last word
CREATE OR REPLACE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.verdict := 'not_listed'; RETURN NEW; END $$;
INSERT INTO o VALUES (3, '8542', 'RU', '2024-09-09', 1);
DROP TRIGGER "~~~" ON o;
DELETE FROM o;
SELECT count(*) FROM control_list.unprotect('o');

-- at commit
SELECT protect_o('deferred => true');
SET CONSTRAINTS ALL DEFERRED;
INSERT INTO o VALUES (1, '8542.31', 'RU', '2024-09-09', 10);
UPDATE o SET id = 103, kg = 5;
UPDATE o SET id = 3;
INSERT INTO o VALUES (4, '8542.31', 'RU', '2024-09-09', 5);
SELECT * FROM drawn;
SET CONSTRAINTS ALL IMMEDIATE;
SELECT * FROM drawn;
-- what an order has used up itself does not hold it
SELECT count(*) FROM control_list.held_orders;
UPDATE o SET kg = 10 WHERE id = 3;
SELECT count(*) FROM control_list.unprotect('o');
DROP TABLE o;

-- triggers that come first write the row again, or remove it: it draws once, what is stored
UPDATE control_list.license SET max_quantity = 100 WHERE number = 'S';
SELECT count(control_list.return_license(reference)) FROM drawn;
CREATE TABLE sold (id int PRIMARY KEY, hs hscode, dest text, day date DEFAULT '2024-09-09', kg int, status text, note text);
SELECT count(*) FROM control_list.protect('sold', 'hs', 'dest', 'day', licenses => '=S', quantity => 'kg', unit => '=KG', reference => 'id');
CREATE FUNCTION again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.note = 'delete' THEN
        DELETE FROM sold WHERE id = NEW.id;
    ELSIF NEW.note IS NOT NULL THEN
        EXECUTE format('UPDATE sold SET note = NULL%s WHERE id = %s', NEW.note, NEW.id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER again AFTER INSERT OR UPDATE ON sold FOR EACH ROW EXECUTE FUNCTION again();
INSERT INTO sold (id, hs, dest, kg, note) VALUES (1, '8542.31', 'RU', 1, ', status = 1'), (2, '8542.31', 'RU', 1, ', kg = 2'), (3, '8542.31', 'RU', 1, ', kg = 0'),
    (4, '8542.31', 'RU', 1, ''), (5, '8542.31', 'RU', 1, ', id = 50'), (6, '8542.31', 'RU', 1, ', dest = ''JP'''), (7, '8542.31', 'RU', 1, 'delete');
SELECT * FROM drawn;
UPDATE sold SET kg = 2, note = CASE id WHEN 1 THEN ', kg = 3' WHEN 2 THEN 'delete' WHEN 4 THEN '' END WHERE id IN (1, 2, 4);
UPDATE sold SET id = 51, note = ', status = 1' WHERE id = 50;
SELECT * FROM drawn;
DROP TRIGGER again ON sold;

-- what its columns are written in as JSON may ask about other rows
CREATE TYPE kind AS ENUM ('a');
CREATE FUNCTION as_json(kind) RETURNS json LANGUAGE sql AS
    $$ SELECT to_json(control_list.row_verdict('sold', s) = 'licensed') FROM sold AS s LIMIT 1 $$;
CREATE CAST (kind AS json) WITH FUNCTION as_json;
CREATE TABLE curious (id int PRIMARY KEY, kg int, kind kind);
SELECT count(*) FROM control_list.protect('curious', '=8542.31', '=RU', licenses => '=C', quantity => 'kg', unit => '=KG', reference => 'id');
INSERT INTO control_list.license (number, list, destinations, codes, valid, max_quantity, unit) VALUES ('C', 'K', '{RU}', '{8542}', '(,)', 10, 'KG');
INSERT INTO curious VALUES (1, 10, 'a');
SELECT e.verdict, h ->> 'verdict' AS hit FROM curious AS c, control_list.explain_row('curious', c) AS e, jsonb_array_elements(e.hits) AS h;
DELETE FROM curious;
DROP TABLE curious;
DELETE FROM control_list.protected_table WHERE NOT EXISTS (SELECT FROM pg_class WHERE oid = target);

-- a table that takes the name of another does not give back what that one has drawn
ALTER TABLE sold RENAME TO sold_last_year;
CREATE TABLE sold (LIKE sold_last_year INCLUDING INDEXES INCLUDING DEFAULTS);
SELECT count(*) FROM control_list.protect('sold', 'hs', 'dest', 'day', licenses => '=S', quantity => 'kg', unit => '=KG', reference => 'id');
INSERT INTO sold (id, hs, dest, kg) VALUES (1, '8542.31', 'RU', 1);
SELECT * FROM drawn;
DELETE FROM sold WHERE id = 1;
UPDATE sold_last_year SET kg = 1 WHERE id = 1;
SELECT * FROM drawn;
-- one that is protected again is the same
SELECT count(*) FROM control_list.unprotect('sold_last_year');
ALTER TABLE sold RENAME TO "sold#3";
ALTER TABLE sold_last_year RENAME TO sold;
SELECT count(*) FROM control_list.protect('sold', 'hs', 'dest', 'day', licenses => '=S', quantity => 'kg', unit => '=KG', reference => 'id');
DELETE FROM sold WHERE id = 1;
SELECT * FROM drawn;
SELECT * FROM control_list.ledger_name WHERE name LIKE 'public.sold%' ORDER BY name COLLATE "C";
-- references that are no longer unique
ALTER TABLE sold DROP CONSTRAINT sold_pkey;
SELECT problem FROM control_list.status WHERE name = 'sold';
DROP TABLE sold, "sold#3";
DELETE FROM control_list.protected_table WHERE NOT EXISTS (SELECT FROM pg_class WHERE oid = target);

-- TRUNCATE looks at no row: it is refused as long as there is something to give back, by whatever way it comes
CREATE TABLE customer (id int PRIMARY KEY);
CREATE TABLE c (id int PRIMARY KEY, customer int REFERENCES customer, kg int, day date DEFAULT '2024-09-09') PARTITION BY RANGE (id);
CREATE TABLE c_1 PARTITION OF c FOR VALUES FROM (0) TO (100) PARTITION BY RANGE (id);
CREATE TABLE c_1_1 PARTITION OF c_1 DEFAULT;
SELECT done FROM control_list.protect('c', '=8542.31', '=RU', 'day', licenses => '=L-100', quantity => 'kg', unit => '=KG', reference => 'id');
TRUNCATE c;
INSERT INTO c SELECT n, NULL, 5 FROM generate_series(1, 2) AS n;
\set VERBOSITY default
TRUNCATE c;
\set VERBOSITY terse
TRUNCATE c_1;
TRUNCATE c_1_1;
TRUNCATE customer CASCADE;
SET LOCAL session_replication_role = replica;
TRUNCATE c;
RESET session_replication_role;
DELETE FROM c WHERE id = 1;
TRUNCATE c;
UPDATE c SET kg = 0;
TRUNCATE c;
INSERT INTO c VALUES (3, NULL, 5);
-- a partition that comes later lacks the trigger, as status says
CREATE TABLE c_2 PARTITION OF c FOR VALUES FROM (100) TO (200);
SELECT name, problem FROM control_list.status WHERE part = 'protected table';
SELECT * FROM control_list.unprotect('c');
TRUNCATE c;
SELECT * FROM ledger;
CREATE TRIGGER t BEFORE TRUNCATE ON c FOR EACH STATEMENT EXECUTE FUNCTION control_list.keep_drawn();
TRUNCATE c;
CREATE TRIGGER u BEFORE DELETE ON c FOR EACH ROW EXECUTE FUNCTION control_list.keep_drawn();
INSERT INTO c VALUES (4, NULL, 5);
DELETE FROM c;
ROLLBACK;
