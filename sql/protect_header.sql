-- Goods on lines, the destination on their header.
\set SHOW_CONTEXT never
\set ON_ERROR_ROLLBACK on
BEGIN;
INSERT INTO control_list.list (code, title, destinations) VALUES ('K', 'a list', '{RU}');
INSERT INTO control_list.entry (list, item, codes, applies_if) VALUES ('K', '1', '8542.31', NULL), ('K', '2', '8703', 'strict $.cc > 2000');

CREATE TABLE orders (id bigint PRIMARY KEY, ship_to text, ship_date date, note text);
CREATE TABLE product (sku text PRIMARY KEY, hs hscode, facts jsonb);
CREATE TABLE lines (order_id int REFERENCES orders ON DELETE SET NULL ON UPDATE CASCADE, n int, r text, sku text REFERENCES product, PRIMARY KEY (n));
ALTER TABLE lines DROP r, ADD r text;
SELECT * FROM control_list.protect('lines', hs_code => 'sku.hs', attributes => 'sku.facts', destination => 'order_id.ship_to', ship_date => 'order_id.ship_date');
INSERT INTO product VALUES ('cpu', '8542.31', NULL), ('car', '8703.23', '{"cc": 1600}'), ('horse', '0101.21', NULL);
INSERT INTO orders VALUES (1, 'JP', '2024-09-09'), (2, 'RU', '2024-09-09'), (3, NULL, '2024-09-09');
INSERT INTO lines VALUES (1, 1, 'cpu'), (1, 2, 'car'), (2, 3, 'car');
INSERT INTO lines VALUES (2, 4, 'cpu');
INSERT INTO lines VALUES (3, 4, 'horse');
INSERT INTO lines VALUES (NULL, 4, 'horse');
UPDATE lines SET order_id = 2 WHERE n = 1;
-- the header, or the goods, change
UPDATE orders SET ship_to = 'RU' WHERE id = 1;
UPDATE orders SET note = 'no matter' WHERE id = 1;
UPDATE product SET facts = '{"cc": 2500}' WHERE sku = 'car';
UPDATE product SET hs = '8542.31' WHERE sku = 'horse';
DELETE FROM orders WHERE id = 2;
UPDATE orders SET id = 7 WHERE id = 1;
UPDATE lines SET r = 'read' WHERE n = 1;
SELECT * FROM lines ORDER BY n;
SELECT name, problem FROM control_list.status WHERE part = 'protected table';
-- in one statement
WITH o AS (INSERT INTO orders VALUES (8, 'RU', '2024-09-09') RETURNING id) INSERT INTO lines SELECT id, 8, 'cpu' FROM o;
WITH o AS (INSERT INTO orders VALUES (8, 'JP', '2024-09-09') RETURNING id) INSERT INTO lines SELECT id, 8, 'cpu' FROM o;
-- what is renamed goes on, what is taken away is missed
ALTER TABLE orders RENAME ship_to TO "to";
ALTER TABLE orders RENAME TO "Order";
UPDATE "Order" SET "to" = 'RU' WHERE id = 7;
INSERT INTO lines SELECT id, 9, 'cpu' FROM "Order" WHERE "to" = 'RU';
ALTER TABLE "Order" DROP "to";
SAVEPOINT s;
ALTER TABLE "Order" DROP "to" CASCADE;
SELECT name, problem FROM control_list.status WHERE part = 'protected table';
INSERT INTO lines VALUES (8, 9, 'horse');
ROLLBACK TO s;
SAVEPOINT s;
ALTER TABLE lines DROP CONSTRAINT lines_order_id_fkey;
INSERT INTO lines VALUES (8, 9, 'horse');
ROLLBACK TO s;
SELECT * FROM control_list.unprotect('lines');

-- with verdicts, and partitions on both sides; a header that comes after its lines
CREATE TABLE head (region text, junk int, id int, ship_to text, ship_date date, PRIMARY KEY (region, id)) PARTITION BY LIST (region);
CREATE TABLE head_kr PARTITION OF head FOR VALUES IN ('KR');
ALTER TABLE head DROP junk;
CREATE TABLE head_us (ship_to text, ship_date date, region text NOT NULL, id int NOT NULL);
ALTER TABLE head ATTACH PARTITION head_us FOR VALUES IN ('US');
CREATE TABLE line (n int, region text, head int, hs text, verdict screening_verdict,
    FOREIGN KEY (region, head) REFERENCES head DEFERRABLE INITIALLY DEFERRED) PARTITION BY RANGE (n);
CREATE TABLE line_1 PARTITION OF line FOR VALUES FROM (0) TO (100);
CREATE TABLE line_2 (hs text, head int, region text, verdict screening_verdict, n int);
ALTER TABLE line ATTACH PARTITION line_2 FOR VALUES FROM (100) TO (200);
SELECT count(*) FROM control_list.protect('line', 'hs', 'head.ship_to', 'head.ship_date', verdict_column => 'verdict');
INSERT INTO line VALUES (1, 'KR', 1, '8542'), (101, 'KR', 1, '8542.31'), (2, 'US', 1, '8542.31');
SELECT tableoid::regclass AS stored, n, verdict FROM line ORDER BY n;
INSERT INTO head VALUES ('KR', 1, 'RU', '2024-09-09');
INSERT INTO head VALUES ('KR', 1, 'JP', '2024-09-09'), ('US', 1, 'JP', '2024-09-09');
SELECT n, verdict FROM line ORDER BY n;
DELETE FROM line WHERE n = 101;
UPDATE head SET ship_to = 'RU' WHERE region = 'KR';
UPDATE head SET ship_to = 'RU' WHERE region = 'US';
UPDATE head SET ship_to = '?' WHERE region = 'US';
SELECT n, verdict FROM line ORDER BY n;
SET CONSTRAINTS ALL IMMEDIATE;
SELECT name, problem FROM control_list.status WHERE part = 'protected table';
SELECT count(*) FROM control_list.unprotect('line');

-- a header that takes the place of another one in the same statement, for which the foreign key does not ask
CREATE TABLE place (id int PRIMARY KEY, dest text);
CREATE TABLE goods (n int PRIMARY KEY, place int REFERENCES place, hs text, verdict screening_verdict);
CREATE FUNCTION take_places() RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    statement text;
    found text;
BEGIN
    FOREACH statement IN ARRAY ARRAY[
        'WITH d AS (DELETE FROM place WHERE id = 1 RETURNING id) INSERT INTO place SELECT id, ''RU'' FROM d',
        'WITH d AS (DELETE FROM place WHERE id = 1 RETURNING id) UPDATE place SET id = 1 WHERE id = 2 AND EXISTS (SELECT FROM d)',
        'WITH u AS (UPDATE place SET id = 10 WHERE id = 1 RETURNING id) UPDATE place SET id = 1 WHERE id = 2 AND EXISTS (SELECT FROM u)',
        'WITH u AS (UPDATE place SET id = 10 WHERE id = 1 RETURNING id) INSERT INTO place SELECT 1, ''RU'' FROM u',
        'WITH d AS (DELETE FROM place WHERE id = 1 RETURNING id) UPDATE place SET id = 1 WHERE id = 3 AND EXISTS (SELECT FROM d)'] LOOP
        BEGIN
            SET CONSTRAINTS ALL DEFERRED;
            EXECUTE statement;
            SET CONSTRAINTS ALL IMMEDIATE;
            SELECT verdict INTO found FROM goods;
            RAISE EXCEPTION 'not blocked: %', found;
        EXCEPTION WHEN OTHERS THEN
            RETURN NEXT SQLERRM;
        END;
    END LOOP;
END $$;
INSERT INTO place VALUES (1, 'JP'), (2, 'RU'), (3, 'KR');
INSERT INTO goods VALUES (1, 1, '8542.31');
SELECT count(*) FROM control_list.protect('goods', 'hs', 'place.dest');
SELECT * FROM take_places();
SELECT count(*) FROM control_list.unprotect('goods');
SELECT count(*) FROM control_list.protect('goods', 'hs', 'place.dest', deferred => true);
SELECT * FROM take_places();
SELECT count(*) FROM control_list.unprotect('goods');
SELECT count(*) FROM control_list.protect('goods', 'hs', 'place.dest', block_at => NULL, verdict_column => 'verdict');
SELECT * FROM take_places();
ALTER TABLE goods ALTER CONSTRAINT goods_place_fkey DEFERRABLE;
SET CONSTRAINTS ALL DEFERRED;
DELETE FROM place WHERE id = 1;
INSERT INTO place VALUES (1, 'RU');
SELECT n, verdict FROM goods;
SET CONSTRAINTS ALL IMMEDIATE;
-- who replays changes checks no foreign key
UPDATE place SET dest = 'JP' WHERE id = 1;
ALTER TABLE goods ALTER CONSTRAINT goods_place_fkey NOT DEFERRABLE;
SET LOCAL session_replication_role = replica;
DELETE FROM place WHERE id = 1;
INSERT INTO place VALUES (1, 'RU');
RESET session_replication_role;
SELECT n, verdict FROM goods;
ALTER TABLE goods ALTER CONSTRAINT goods_place_fkey DEFERRABLE;
-- a row of an inheritance child is no header
CREATE TABLE elsewhere () INHERITS (place);
INSERT INTO elsewhere VALUES (4, 'JP');
SET CONSTRAINTS ALL DEFERRED;
INSERT INTO goods VALUES (4, 4, '8542.31') RETURNING verdict;
DELETE FROM goods WHERE n = 4;
SET CONSTRAINTS ALL IMMEDIATE;
SELECT count(*) FROM control_list.unprotect('goods');

-- ambiguous, and children without the key
CREATE TABLE two (o int REFERENCES "Order", hs text);
ALTER TABLE two ADD FOREIGN KEY (o) REFERENCES "Order" ON DELETE CASCADE;
SELECT control_list.protect('two', 'hs', 'o.to');
SELECT control_list.protect('two', 'hs', 'o.nothing');
CREATE TABLE three (o int REFERENCES "Order", hs text);
CREATE TABLE four () INHERITS (three);
SELECT control_list.protect('three', 'hs', 'o.to');
-- names that begin alike, and are long; a schema that gets another name, which another one takes
CREATE SCHEMA app;
CREATE TABLE app.head (id int PRIMARY KEY, dest text);
CREATE TABLE app."lines of orders that begin alike 1" (n int, head int REFERENCES app.head, hs text);
CREATE TABLE app."lines of orders that begin alike 2" (n int, head int REFERENCES app.head, hs text);
CREATE TABLE app."주문주문주문주문주문주문주문주문주문주문주" (n int, head int REFERENCES app.head, other int REFERENCES app.head, hs text);
SELECT done FROM control_list.protect('app."lines of orders that begin alike 1"', 'hs', 'head.dest');
SELECT done FROM control_list.protect('app."lines of orders that begin alike 2"', 'hs', 'head.dest');
SELECT count(*) FROM control_list.protect('app."주문주문주문주문주문주문주문주문주문주문주"', 'hs', 'head.dest', via => 'other.dest');
INSERT INTO app.head VALUES (1, 'JP'), (2, 'RU');
INSERT INTO app."lines of orders that begin alike 1" VALUES (1, 1, '8542.31');
INSERT INTO app."lines of orders that begin alike 2" VALUES (1, 1, '8542.31');
INSERT INTO app."주문주문주문주문주문주문주문주문주문주문주" VALUES (1, 1, 2, '8542.31');
ALTER SCHEMA app RENAME TO shop;
CREATE SCHEMA app CREATE TABLE head (id int PRIMARY KEY, dest text);
INSERT INTO app.head VALUES (2, 'JP');
INSERT INTO shop."lines of orders that begin alike 1" VALUES (2, 2, '8542.31');
UPDATE shop.head SET dest = 'RU' WHERE id = 1;
SELECT * FROM control_list.unprotect('shop."lines of orders that begin alike 1"');
UPDATE shop.head SET dest = 'RU' WHERE id = 1;
SELECT name, problem FROM control_list.status WHERE part = 'protected table' ORDER BY name COLLATE "C";
ROLLBACK;

-- the rights of who writes do not matter
BEGIN;
CREATE ROLE regress_clerk;
CREATE SCHEMA regress_sales;
GRANT USAGE ON SCHEMA regress_sales TO regress_clerk;
INSERT INTO control_list.list (code, title, destinations) VALUES ('K', 'a list', '{RU}');
INSERT INTO control_list.entry (list, item, codes) VALUES ('K', '1', '8542.31');
CREATE TABLE regress_sales.orders (id int PRIMARY KEY, ship_to text);
CREATE TABLE regress_sales.lines (order_id int REFERENCES regress_sales.orders, hs text);
SELECT count(*) FROM control_list.protect('regress_sales.lines', 'hs', 'order_id.ship_to');
INSERT INTO regress_sales.orders VALUES (1, 'RU'), (2, 'JP');
-- orders whose header somebody may not read do not keep others from being shown to him
CREATE ROLE regress_officer;
GRANT USAGE ON SCHEMA regress_sales TO regress_officer;
CREATE TABLE regress_sales.samples (id int PRIMARY KEY, hs text, ship_to text);
INSERT INTO regress_sales.samples VALUES (1, '8542', 'RU');
SELECT count(*) FROM control_list.protect('regress_sales.samples', 'hs', 'ship_to');
GRANT SELECT ON regress_sales.lines, regress_sales.samples, control_list.protected_table, control_list.held_orders, control_list.clearance TO regress_officer;
SAVEPOINT s;
INSERT INTO regress_sales.lines VALUES (2, '8542');
SET LOCAL ROLE regress_officer;
SELECT target, key FROM control_list.held_orders;
ROLLBACK TO s;
ALTER TABLE regress_sales.orders ENABLE ROW LEVEL SECURITY;
ALTER TABLE regress_sales.lines ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON regress_sales.lines FOR INSERT WITH CHECK (true);
CREATE POLICY own ON regress_sales.orders FOR ALL USING (id = 2);
GRANT INSERT ON regress_sales.lines TO regress_clerk;
GRANT SELECT, UPDATE ON regress_sales.orders TO regress_clerk;
SET LOCAL ROLE regress_clerk;
SET LOCAL search_path = pg_temp;
SET LOCAL row_security = on;
INSERT INTO regress_sales.lines VALUES (1, '8542.31');
INSERT INTO regress_sales.lines VALUES (2, '8542.31');
UPDATE regress_sales.orders SET ship_to = 'RU';
SELECT control_list.clear_hold('regress_sales.lines', '{}', 'because');
INSERT INTO control_list.clearance (target, key, inputs, hits, reason, cleared_by) VALUES ('regress_sales.lines', '{}', '{}', '[]', 'because', 'me');
ROLLBACK;
