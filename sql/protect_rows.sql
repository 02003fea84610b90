-- Whatever way a row takes into a protected table, it is screened as it is stored.
\set SHOW_CONTEXT never
\set ON_ERROR_ROLLBACK on
\set VERBOSITY terse
BEGIN;
INSERT INTO control_list.list (code, title, time_zone, destinations) VALUES ('K', 'a list', 'Asia/Seoul', '{RU}');
INSERT INTO control_list.entry (list, item, codes, valid, applies_if) VALUES
    ('K', '1', '8542.31', '[2024-06-01,)', NULL), ('K', '2', '8703', '[2024-06-01,)', 'strict $.cc > 2000');
-- what protect() has done matters elsewhere
CREATE FUNCTION protected(VARIADIC text[]) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    n bigint;
BEGIN
    EXECUTE format('SELECT count(*) FROM control_list.protect(%s)', array_to_string($1, ', ')) INTO n;
    RETURN n;
END $$;

--
-- Updates
--
CREATE TABLE orders (id int PRIMARY KEY, hs text, dest text, day date, note text, status text, "r" int);
INSERT INTO orders SELECT n, '8542.31', 'RU', '2024-09-09', 'from before' FROM generate_series(1, 3) AS n;
SELECT protected('''orders''', '''hs''', '''dest''', '''day''');
SELECT lookups FROM control_list.rulebook_info() \gset before_
UPDATE orders SET note = 'read', dest = dest;
SELECT lookups = :before_lookups AS nothing_was_screened FROM control_list.rulebook_info();
UPDATE orders SET status = 'shipped' WHERE id = 1;
UPDATE orders SET hs = '8542.310' WHERE id = 1;
UPDATE orders SET dest = 'JP';
-- changed by a trigger, not by the statement
CREATE FUNCTION divert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.dest := 'RU'; RETURN NEW; END $$;
CREATE TRIGGER zzz BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION divert();
UPDATE orders SET note = 'diverted';
DROP TRIGGER zzz ON orders;
-- a toasted value that is the same is the same
ALTER TABLE orders ADD attributes jsonb, ALTER attributes SET STORAGE EXTERNAL;
UPDATE orders SET attributes = jsonb_build_object('cc', 100, 'text', repeat('x', 5000)), hs = '8703';
SELECT count(*) FROM control_list.unprotect('orders');
SELECT protected('''orders''', '''hs''', '''dest''', '''day''', 'attributes => ''attributes''');
SELECT lookups FROM control_list.rulebook_info() \gset before_
UPDATE orders SET note = 'again', attributes = attributes || '{}';
SELECT lookups = :before_lookups AS nothing_was_screened FROM control_list.rulebook_info();
UPDATE orders SET dest = 'RU';
UPDATE orders SET attributes = attributes || '{"cc": 3000}';
SELECT count(*) FROM control_list.unprotect('orders');

-- what is computed is screened as it is stored
ALTER TABLE orders ADD place text GENERATED ALWAYS AS (CASE WHEN dest = 'JP' THEN 'RU' ELSE 'KR' END) STORED;
SELECT protected('''orders''', '''hs''', '''place''', '''day''');
INSERT INTO orders (id, hs, dest, day) VALUES (9, '8542.31', 'JP', '2024-09-09');
INSERT INTO orders (id, hs, dest, day) VALUES (9, '8542.31', 'RU', '2024-09-09');
UPDATE orders SET dest = 'JP' WHERE id = 9;
COPY orders (id, hs, dest, day) FROM stdin;
10	8542.31	JP	2024-09-09
\.
DO $$
BEGIN
    IF current_setting('server_version_num')::int < 150000 THEN
        UPDATE orders SET dest = 'JP' WHERE id = 9;     -- there is no MERGE
    ELSE
        EXECUTE 'MERGE INTO orders USING (SELECT 9 AS id) AS m ON m.id = orders.id WHEN MATCHED THEN UPDATE SET dest = ''JP''';
    END IF;
END $$;
DELETE FROM orders WHERE id = 9;
SELECT count(*) FROM control_list.unprotect('orders');
ALTER TABLE orders DROP place;

--
-- A verdict column
--
ALTER TABLE orders ADD verdict screening_verdict;
SELECT protected('''orders''', '''hs''', '''dest''', '''day''', 'verdict_column => ''verdict''');
INSERT INTO orders (id, hs, dest, day, verdict) VALUES (11, '8542', 'RU', '2024-09-09', 'not_listed'), (12, '0101', 'RU', '2024-09-09', 'prohibited');
UPDATE orders SET verdict = 'not_listed' WHERE id = 11;
UPDATE orders SET verdict = 'not_listed', note = 'looks good' WHERE id = 11;
INSERT INTO orders (id, hs, dest, day) VALUES (11, '8542.31', 'JP', '2024-09-09') ON CONFLICT (id) DO UPDATE SET verdict = 'licensed';
UPDATE orders SET dest = '?' WHERE id = 12;
SELECT id, hs, dest, verdict FROM orders WHERE id > 10 ORDER BY id;
UPDATE orders SET hs = '8542.31' WHERE id = 11;
-- what was there before is screened when it is written
UPDATE orders SET note = 'touched' WHERE id = 1;
SELECT id, verdict FROM orders WHERE id < 10 ORDER BY id;
-- others do not get the last word
CREATE FUNCTION whitewash() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.verdict := 'not_listed'; RETURN NEW; END $$;
CREATE TRIGGER a BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION whitewash();
INSERT INTO orders (id, hs, dest, day) VALUES (13, '8542', 'RU', '2024-09-09') RETURNING verdict;
ALTER TRIGGER a ON orders RENAME TO "~~~";
INSERT INTO orders (id, hs, dest, day) VALUES (14, '8542', 'RU', '2024-09-09') RETURNING verdict;
UPDATE orders SET note = 'x' WHERE id = 13;
DROP TRIGGER "~~~" ON orders;
CREATE TRIGGER "~~~" BEFORE INSERT OR UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION divert();
INSERT INTO orders (id, hs, dest, day) VALUES (15, '8542', 'JP', '2024-09-09') RETURNING verdict;
DROP TRIGGER "~~~" ON orders;
-- null watches only
SELECT count(*) FROM control_list.unprotect('orders');
SELECT protected('''orders''', '''hs''', '''dest''', 'block_at => NULL', 'verdict_column => ''verdict''');
INSERT INTO orders (id, hs, dest) VALUES (16, '8542.31', 'RU') RETURNING verdict;
SELECT count(*) FROM control_list.unprotect('orders');
DROP TABLE orders;

--
-- Types, domains over them, constants, odd names
--
CREATE DOMAIN code AS hscode CHECK (hs_length(VALUE) > 2);
CREATE DOMAIN place AS varchar(6);
CREATE DOMAIN places AS text[];
CREATE DOMAIN facts AS jsonb;
CREATE DOMAIN instant AS timestamptz;
CREATE SCHEMA "Odd 100% ""schema""";
CREATE TABLE "Odd 100% ""schema"""."tAble.%s" ("hs.code %1$s" code, "$1" place, "at'" instant, route places, facts facts, gone int);
ALTER TABLE "Odd 100% ""schema"""."tAble.%s" DROP gone;
SELECT protected('''"Odd 100% ""schema"""."tAble.%s"''', '''hs.code %1$s''', '''$1''', '$$at''$$', 'via => ''route''', 'attributes => ''facts''', 'jurisdictions => ''=KR''', 'tariff => ''=KR''');
INSERT INTO "Odd 100% ""schema"""."tAble.%s" VALUES ('8542.31', 'RU', '2024-05-31 14:59:59.999999+00');
INSERT INTO "Odd 100% ""schema"""."tAble.%s" VALUES ('8542.31', 'RU', '2024-05-31 15:00+00');
INSERT INTO "Odd 100% ""schema"""."tAble.%s" VALUES ('8542.31', 'JP', '2024-09-09', '{RU}');
INSERT INTO "Odd 100% ""schema"""."tAble.%s" VALUES ('8703', 'RU', '2024-09-09', NULL, '{"cc": 1000}'), ('8542.31', 'JP', '2024-09-09', '{}', NULL);
INSERT INTO "Odd 100% ""schema"""."tAble.%s" VALUES ('8542.31', 'JP', 'infinity');
INSERT INTO "Odd 100% ""schema"""."tAble.%s" VALUES ('8542.31', 'JP', NULL);
ALTER TABLE "Odd 100% ""schema"""."tAble.%s" RENAME "hs.code %1$s" TO hs;
ALTER TABLE "Odd 100% ""schema"""."tAble.%s" RENAME TO t;
ALTER TABLE "Odd 100% ""schema""".t SET SCHEMA public;
INSERT INTO t VALUES ('8542.31', 'RU', '2024-09-09');
SELECT name, problem FROM control_list.status WHERE part = 'protected table';
ALTER TABLE t DROP hs;
CREATE TABLE u (hs char(12), dest char(3), at timestamp, via varchar(20), law char(2));
SELECT protected('''u''', '''hs''', '''dest''', '''at''', 'via => ''via''', 'jurisdictions => ''law''');
INSERT INTO u VALUES ('8542.31', 'JP', '2024-09-09 23:59', 'KZ', 'KR');
INSERT INTO u VALUES ('8542.31', 'RU', '2024-05-31 23:59', NULL, NULL);
INSERT INTO u VALUES (' 8542.31', 'RU', '2024-06-01 00:00', NULL, NULL);
INSERT INTO u VALUES ('8542.31', 'JP', '2024-09-09 23:59', 'RU', 'KR');
INSERT INTO u VALUES ('8542.31', 'JP', '2024-09-09 23:59', NULL, 'XX');
SELECT count(*) FROM control_list.unprotect('t');
SELECT count(*) FROM control_list.unprotect('u');
DROP TABLE t, u;

--
-- Partitions
--
CREATE TABLE p (day date, id int, junk int, dest text, hs text, verdict screening_verdict, PRIMARY KEY (day, id)) PARTITION BY RANGE (day);
CREATE TABLE p_2023 PARTITION OF p FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
ALTER TABLE p DROP junk;
SELECT protected('''p_2023''', '''hs''', '''dest''', '''day''');
SELECT protected('''p''', '''hs''', '''dest''', '''day''', 'verdict_column => ''verdict''');
CREATE TABLE p_2024 (verdict screening_verdict, hs text, more int, day date NOT NULL, dest text, id int NOT NULL);
ALTER TABLE p_2024 DROP more;
ALTER TABLE p ATTACH PARTITION p_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
INSERT INTO p (day, id, dest, hs) VALUES ('2023-09-09', 1, 'RU', '8542.31'), ('2024-09-09', 2, 'RU', '8542');
INSERT INTO p (day, id, dest, hs) VALUES ('2024-09-09', 3, 'RU', '8542.31');
INSERT INTO p_2024 (day, id, dest, hs) VALUES ('2024-09-09', 3, 'RU', '8542.31');
UPDATE p SET day = '2024-09-09' WHERE id = 1;
UPDATE p SET day = '2023-09-09' WHERE id = 2;
UPDATE p SET day = '2024-09-09', hs = '0101' WHERE id = 1;
SELECT tableoid::regclass, id, hs, verdict FROM p ORDER BY id;
ALTER TABLE p_2024 DISABLE TRIGGER ALL;
SELECT name, problem FROM control_list.status WHERE part = 'protected table';
ALTER TABLE p_2024 ENABLE TRIGGER ALL;
SELECT name, problem FROM control_list.status WHERE part = 'protected table';
ALTER TABLE p DETACH PARTITION p_2024;
INSERT INTO p_2024 (day, id, dest, hs) VALUES ('2024-09-09', 3, 'RU', '8542.31');
SELECT count(*) > 0 FROM control_list.unprotect('p');
INSERT INTO p (day, id, dest, hs) VALUES ('2023-09-09', 3, 'RU', '8542.31');
SELECT name, problem FROM control_list.status WHERE part = 'protected table';
DROP TABLE p, p_2024;

--
-- Inheritance children
--
CREATE TABLE parent (hs text, dest text);
CREATE TABLE child (more int, status text) INHERITS (parent);
SELECT protected('''parent''', '''hs''', '''dest''');
INSERT INTO child VALUES ('8542.31', 'RU');
INSERT INTO child VALUES ('8542.31', 'JP');
UPDATE parent SET dest = 'RU';
CREATE TABLE late () INHERITS (parent);
SELECT name, problem FROM control_list.status WHERE part = 'protected table';
DROP TABLE late;
SELECT name, problem FROM control_list.status WHERE part = 'protected table';
SELECT count(*) FROM control_list.unprotect('parent');
-- what is on record for a table is so for its children
CREATE TABLE grandchild () INHERITS (child);
SELECT protected('''parent''', '''hs''', '''dest''', 'strict => true', 'log => ''hits''');
INSERT INTO child VALUES ('8542.31', 'RU');
INSERT INTO grandchild VALUES ('8542.31', 'RU');
INSERT INTO grandchild VALUES ('8542', 'JP');
SELECT count(*) FROM control_list.unprotect('parent');
DROP TABLE parent, child, grandchild;
-- a row of a child is one of the table that was protected, whichever of them is named
CREATE TABLE parent (id int PRIMARY KEY, hs text, dest text, status text);
CREATE TABLE child (more int) INHERITS (parent);
CREATE TABLE grandchild (even_more int, PRIMARY KEY (even_more)) INHERITS (child);
INSERT INTO parent VALUES (1, '8542', 'RU'), (6, '8542', 'RU');
INSERT INTO child VALUES (2, '8542', 'RU'), (3, '8542', 'RU');
INSERT INTO grandchild (id, hs, dest, even_more) VALUES (4, '8542', 'RU', 40), (5, '8542', 'RU', 50), (6, '85', 'RU', 60);
SELECT protected('''parent''', '''hs''', '''dest''', 'log => ''all''');
SELECT target, key FROM control_list.held_orders ORDER BY key;
SELECT control_list.clear_hold('parent', '{"id": 1}', 'known') > 0 AS cleared;
SELECT control_list.clear_hold('parent', '{"id": 2}', 'known') > 0 AS cleared;
SELECT control_list.clear_hold('child', '{"id": 3}', 'known') > 0 AS cleared;
SELECT control_list.clear_hold('child', '{"id": 4}', 'known') > 0 AS cleared;
SELECT control_list.clear_hold('grandchild', '{"id": 5}', 'known') > 0 AS cleared;
SELECT control_list.clear_hold('grandchild', '{"even_more": 50}', 'known') > 0 AS cleared;
SELECT control_list.clear_hold('grandchild', '{"id": 1}', 'known') > 0 AS cleared;
SELECT control_list.clear_hold('parent', '{"id": 6}', 'which?');
SELECT target, key FROM control_list.clearance ORDER BY key;
SELECT target, key FROM control_list.held_orders ORDER BY key;
UPDATE parent SET status = 'packed' WHERE id IN (1, 2);
UPDATE child SET status = 'packed' WHERE id IN (3, 4);
UPDATE grandchild SET status = 'packed' WHERE id = 5;
UPDATE grandchild SET status = 'packed' WHERE id = 6;
SELECT target, key, verdict FROM control_list.screening_log ORDER BY logged_at;
SELECT count(*) FROM control_list.unprotect('parent');
-- a child can be protected by itself
SELECT protected('''child''', '''hs''', '''dest''');
SELECT target, key FROM control_list.held_orders ORDER BY key;
SELECT (control_list.protection('grandchild')).protected_as;
-- and not once more as one of its parent
SELECT protected('''parent''', '''hs''', '''dest''');
SELECT count(*) FROM control_list.unprotect('child');
DROP TABLE parent CASCADE;

--
-- Today
--
-- without a date the day counts on which a row is written, also if the transaction has begun on the day before: in a zone where it is
-- midnight soon, and which no list would have
ALTER TABLE control_list.list DROP CONSTRAINT list_time_zone_check;
INSERT INTO control_list.list (code, title, destinations, time_zone)
SELECT 'T', 'a list', '{KP}', to_char(clock_timestamp() AT TIME ZONE 'UTC' + interval '1 s', '"Z+"HH24:MI:SS');
INSERT INTO control_list.entry (list, item, codes, valid)
SELECT 'T', '1', '8542.31', daterange((now() AT TIME ZONE time_zone)::date + 1, NULL) FROM control_list.list WHERE code = 'T';
CREATE TABLE today (id int, hs text, dest text);
SELECT protected('''today''', '''hs''', '''dest''');
SELECT pg_sleep(1.1) IS NOT NULL AS another_day_has_begun;
INSERT INTO today VALUES (1, '8542.31', 'KP');
SELECT count(*) FROM control_list.unprotect('today');
DROP TABLE today;
DELETE FROM control_list.entry WHERE list = 'T';
DELETE FROM control_list.list WHERE code = 'T';

--
-- Keys
--
-- what a session sets for its output makes no key look like one that was cleared, and no table like another one
CREATE TABLE keys (id float8, at tstzrange, since interval, raw bytea, hs text, dest text, status text, PRIMARY KEY (id, at, since, raw));
INSERT INTO keys VALUES (1, '[2024-09-09 00:00+00,)', '1 mon 1 day', 'a', '8542', 'RU'), (1.0000001, '[2024-09-09 00:00+00,)', '1 mon 1 day', 'a', '8542', 'RU');
SELECT protected('''keys''', '''hs''', '''dest''', 'log => ''all''');
SELECT count(control_list.clear_hold('keys', key, 'known')) AS cleared FROM control_list.held_orders WHERE key @> '{"id": 1}';
SET LOCAL extra_float_digits = -9;
SET LOCAL datestyle = 'German';
SET LOCAL timezone = 'Asia/Seoul';
SET LOCAL intervalstyle = iso_8601;
SET LOCAL bytea_output = 'escape';
SET LOCAL quote_all_identifiers = on;
UPDATE keys SET status = 'packed' WHERE id > 1;
UPDATE keys SET status = 'packed' WHERE id = 1;
RESET quote_all_identifiers;
SELECT target, key FROM control_list.screening_log WHERE key ? 'since';
SELECT target, key FROM control_list.held_orders WHERE key ? 'since';
RESET extra_float_digits;
RESET datestyle;
RESET timezone;
RESET intervalstyle;
RESET bytea_output;
SELECT count(*) FROM control_list.unprotect('keys');
DROP TABLE keys;

--
-- At commit
--
CREATE TABLE d (id int PRIMARY KEY, hs text, dest text, day date, note text);
SELECT protected('''d''', '''hs''', '''dest''', '''day''', 'deferred => true');
INSERT INTO d VALUES (1, '8542.31', 'RU', '2024-09-09');
UPDATE d SET dest = 'JP';
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
INSERT INTO d VALUES (2, '8542.31', 'RU', '2024-09-09');
UPDATE d SET note = 'no column that is screened';
SAVEPOINT s;
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK TO s;
DELETE FROM d WHERE id = 2;
SET CONSTRAINTS ALL IMMEDIATE;
SELECT id, dest FROM d;
SET CONSTRAINTS ALL DEFERRED;
SELECT lookups FROM control_list.rulebook_info() \gset before_
INSERT INTO d VALUES (3, '8542.31', 'JP', '2024-09-09');
UPDATE d SET dest = 'KR' WHERE id = 3;
UPDATE d SET dest = 'CN' WHERE id = 3;
SET CONSTRAINTS ALL IMMEDIATE;
SELECT lookups - :before_lookups AS screenings FROM control_list.rulebook_info();
DROP TABLE d;
-- whoever drops a protected table leaves a record behind, which status shows
SELECT problem FROM control_list.status WHERE part = 'protected table';
SELECT count(*) FROM control_list.held_orders;
SELECT u FROM control_list.protected_table, control_list.unprotect(target) AS u;
SELECT problem FROM control_list.status WHERE part = 'protected table';
-- nor does one that is gone, or has lost what it was screened by, keep others from being shown
CREATE TABLE gone (id int PRIMARY KEY, hs text, dest text);
CREATE TABLE head (id int PRIMARY KEY, dest text);
CREATE TABLE line (id int PRIMARY KEY, head int REFERENCES head, hs text);
CREATE TABLE kept (id int PRIMARY KEY, hs text, dest text);
INSERT INTO kept VALUES (1, '8542', 'RU');
SELECT protected(format('%L', t), '''hs''', dest) FROM (VALUES ('gone', '''dest'''), ('line', '''head.dest'''), ('kept', '''dest''')) AS t (t, dest);
DROP TABLE gone;
SAVEPOINT s;
ALTER TABLE line DROP CONSTRAINT line_head_fkey;
SELECT regexp_replace(name, '\d+', '...') AS name, problem FROM control_list.status WHERE part = 'protected table' ORDER BY name COLLATE "C";
SELECT target, key FROM control_list.held_orders;
ROLLBACK TO s;
DROP TABLE head CASCADE;
SELECT name, problem FROM control_list.status WHERE name = 'line';
SELECT target, key FROM control_list.held_orders;
ALTER TABLE line DROP hs CASCADE;
SELECT name, problem FROM control_list.status WHERE name = 'line';
SELECT target, key FROM control_list.held_orders;
DO $$
DECLARE
    gone CONSTANT regclass := (SELECT target FROM control_list.protected_table WHERE NOT EXISTS (SELECT FROM pg_class WHERE oid = target));
    called text;
BEGIN
    FOREACH called IN ARRAY ARRAY['rescreen_begin($1, NULL, 10, ''log'')', 'impact($1, as_of => ''2024-09-09'')',
                                  'clear_hold($1, ''{"id": 1}'', ''?'')', 'row_verdict($1, ROW(1))'] LOOP
        BEGIN
            EXECUTE 'SELECT control_list.' || called USING gone;
        EXCEPTION WHEN undefined_table THEN
            RAISE NOTICE '%: %', split_part(called, '(', 1), regexp_replace(SQLERRM, '\d+', '...');
        END;
    END LOOP;
    PERFORM control_list.unprotect(gone);
END $$;
SELECT count(*) FROM control_list.unprotect('line');
SELECT count(*) FROM control_list.unprotect('kept');

--
-- The rest of a row stays as it is, wherever the verdict is, whatever is NULL, however many columns there are
--
CREATE TABLE of_kind (kind text PRIMARY KEY, before text, after text);
INSERT INTO of_kind VALUES ('short', 'b bool', ''), ('alone', '', ''), ('in between', 'b bool, n numeric', ', c "char", t text'),
    ('long', 'b bool, n numeric, t text, c "char", i2 int2, i8 int8, a text[], x text, y text, z int2', ''),
    ('dropped', 'b bool, gone int, n numeric, t text, c "char", a text[]', '');
CREATE PROCEDURE fill(kind text, before text, after text) LANGUAGE plpgsql AS $$
DECLARE
    columns text;
    twin text;
    many text;
BEGIN
    FOR twin IN SELECT kind || suffix FROM unnest('{"", " by hand"}'::text[]) AS suffix LOOP
        EXECUTE format('CREATE TABLE %I (id int, hs hscode, dest text%s, verdict screening_verdict%s)', twin, ', ' || nullif(before, ''), after);
        IF kind = 'dropped' THEN
            EXECUTE format('ALTER TABLE %I DROP gone', twin);
        END IF;
    END LOOP;
    PERFORM protected(quote_literal(quote_ident(kind)), '''hs''', '''dest''', 'block_at => NULL', 'verdict_column => ''verdict''');
    -- each column is NULL in some rows of the first half, and none in the second
    SELECT string_agg(quote_ident(attname), ', '), string_agg(format('CASE WHEN n > 1000 OR (n * 7919 >> %s) %% 3 > 0 THEN %s END', attnum, value), ', ')
    INTO columns, many
    FROM (SELECT a.attname, a.attnum, CASE a.atttypid WHEN 'bool'::regtype THEN 'n % 2 = 0' WHEN 'text[]'::regtype THEN 'ARRAY[''a'', repeat(''y'', n % 9)]'
              WHEN 'text'::regtype THEN 'repeat(n::text, CASE WHEN n % 500 = 0 THEN 3000 ELSE n % 60 END)' WHEN '"char"'::regtype THEN '''c''' ELSE 'n' END AS value
          FROM pg_attribute AS a WHERE a.attrelid = quote_ident(kind)::regclass AND a.attnum > 3 AND NOT a.attisdropped AND a.attname <> 'verdict' ORDER BY a.attnum) AS a;
    EXECUTE format('INSERT INTO %I (id, hs, dest%s) SELECT n, CASE WHEN n %% 5 > 0 THEN hs_code END, (ARRAY[''RU'', ''JP'', NULL])[1 + n %% 3]%s
                    FROM generate_series(1, 2000) AS n, LATERAL (SELECT (ARRAY[''8542.31'', ''0101'', ''8542'']::hscode[])[1 + n %% 3] AS hs_code) AS g',
                   kind, ', ' || columns, ', ' || many);
    EXECUTE format('INSERT INTO %I (id, hs, dest, verdict%s) SELECT id, hs, dest, screen_shipment(hs, dest)%2$s FROM %I',
                   kind || ' by hand', ', ' || columns, kind);
END
$$;
CREATE FUNCTION compare(text) RETURNS TABLE (kind text, number bigint, verdicts bigint, differing bigint, same_size boolean) LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE format('SELECT %L, count(*), count(DISTINCT ours.verdict), count(*) FILTER (WHERE ours::text <> theirs::text), pg_table_size(%2$L) = pg_table_size(%3$L)
                                 FROM %2$s AS ours JOIN %3$s AS theirs USING (id)', $1, quote_ident($1), quote_ident($1 || ' by hand'));
END
$$;
DO $$ DECLARE k record; BEGIN FOR k IN SELECT * FROM of_kind LOOP CALL fill(k.kind, k.before, k.after); END LOOP; END $$;
SELECT c.* FROM of_kind, compare(of_kind.kind) AS c ORDER BY c.kind COLLATE "C";
-- and when another verdict takes the place of the first
DO $$
DECLARE
    k text;
BEGIN
    FOR k IN SELECT kind FROM of_kind LOOP
        EXECUTE format('UPDATE %I SET dest = CASE id %% 4 WHEN 0 THEN ''RU'' WHEN 1 THEN ''JP'' WHEN 2 THEN NULL ELSE dest END, hs = CASE WHEN id %% 7 > 0 THEN hs END', k);
        EXECUTE format('TRUNCATE %I', k || ' by hand');
        EXECUTE format('INSERT INTO %I SELECT * FROM %I', k || ' by hand', k);
        EXECUTE format('UPDATE %I SET verdict = screen_shipment(hs, dest)', k || ' by hand');
    END LOOP;
END
$$;
SELECT c.kind, c.number, c.verdicts, c.differing FROM of_kind, compare(of_kind.kind) AS c ORDER BY c.kind COLLATE "C";

ROLLBACK;

-- rows that COPY FREEZE writes look old at once
\set ON_ERROR_ROLLBACK off
BEGIN;
INSERT INTO control_list.list (code, title, destinations) VALUES ('K', 'a list', '{RU}');
INSERT INTO control_list.entry (list, item, codes) VALUES ('K', '1', '8542.31');
CREATE TABLE d (id int PRIMARY KEY, hs text, dest text, note text);
SELECT count(*) FROM control_list.protect('d', 'hs', 'dest', deferred => true);
COPY d (id, hs, dest) FROM stdin (FREEZE);
1	8542.31	RU
\.
UPDATE d SET note = 'no column that is screened';
COMMIT;
