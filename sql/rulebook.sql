--
-- The rulebook: when it is built and kept, what it costs at most, what goes wrong, and
-- what the planner knows of the functions that read it.
--
\set VERBOSITY verbose
INSERT INTO control_list.list (code, title, destinations) VALUES ('R', 'a list', '{RU}');
INSERT INTO control_list.entry (list, item, codes, except_codes) VALUES
    ('R', '1', '8542', NULL), ('R', '2', '84', '{8471,8473}'), ('R', 'words', NULL, NULL);
\c
\set VERBOSITY terse

-- what a backend tells of itself: three intervals are left of chapter 84
SELECT generation = (SELECT id FROM control_list.generation) AS current, entries, intervals, bytes BETWEEN 10000 AND 300000 AS small,
       compile_time > '0' AS takes_time, builds, lookups, rulebooks, problem
FROM control_list.rulebook_info();
SELECT screen_shipment('8542.31', 'RU', '2024-09-09'), screen_shipment('8542.31', 'JP', '2024-09-09');
SELECT is_restricted('8542.31'::text, 'RU', '2024-09-09'), screen_shipment_at('8471.30', 'RU', '2024-09-09 00:00+00'),
       (SELECT count(*) FROM screening_hits('8542', 'RU'));
SELECT builds, lookups, rulebooks FROM control_list.rulebook_info();

CREATE FUNCTION pg_temp.builds() RETURNS bigint LANGUAGE sql VOLATILE AS 'SELECT builds FROM control_list.rulebook_info()';
CREATE FUNCTION pg_temp.verdict() RETURNS text LANGUAGE sql VOLATILE AS $$SELECT screen_shipment('8703', 'RU', '2024-09-09')::text$$;

-- a change makes one more, a statement that changes nothing does not
INSERT INTO control_list.entry (list, item, codes) VALUES ('R', '3', '8703');
SELECT pg_temp.verdict(), pg_temp.builds();
UPDATE control_list.entry SET remark = 'nothing' WHERE item = 'none';
SELECT pg_temp.verdict(), pg_temp.builds();

-- what a transaction changes and rolls back it sees alone; afterwards the old rulebook is still there
BEGIN;
SELECT pg_temp.verdict(), pg_temp.builds();
DELETE FROM control_list.entry WHERE item = '3';
SELECT pg_temp.verdict(), pg_temp.builds();
SELECT generation IS NULL AS private, rulebooks FROM control_list.rulebook_info();
ROLLBACK;
SELECT pg_temp.verdict(), pg_temp.builds();

-- three are kept, so one reader may go between three states of the lists
BEGIN;
SELECT id AS first FROM control_list.generation \gset
COMMIT;
UPDATE control_list.entry SET remark = 'second' WHERE item = '3';
SELECT pg_temp.verdict(), pg_temp.builds();
UPDATE control_list.entry SET remark = 'third' WHERE item = '3';
SELECT pg_temp.verdict(), pg_temp.builds(), (SELECT rulebooks FROM control_list.rulebook_info());
UPDATE control_list.entry SET remark = 'fourth' WHERE item = '3';
SELECT pg_temp.verdict(), pg_temp.builds(), (SELECT rulebooks FROM control_list.rulebook_info());
SELECT :'first' <> (SELECT id FROM control_list.generation) AS replaced;

-- one generation for a transaction, one more for what a savepoint took back
SELECT id AS a FROM control_list.generation \gset
BEGIN;
UPDATE control_list.entry SET remark = 'a' WHERE item = '3';
SELECT id AS b FROM control_list.generation \gset
UPDATE control_list.entry SET remark = 'b' WHERE item = '3';
SELECT id = :'b' AS once, id <> :'a' AS replaced FROM control_list.generation;
COMMIT;
BEGIN;
SAVEPOINT s;
UPDATE control_list.entry SET remark = 'c' WHERE item = '3';
SELECT id AS c FROM control_list.generation \gset
ROLLBACK TO s;
SELECT id = :'b' AS taken_back FROM control_list.generation;
SAVEPOINT s;
UPDATE control_list.entry SET remark = 'd' WHERE item = '3';
RELEASE s;
SELECT id AS d FROM control_list.generation \gset
SELECT :'d' NOT IN (:'a', :'b', :'c') AS once_more;
UPDATE control_list.entry SET remark = 'e' WHERE item = '3';
SELECT id = :'d' AS but_once FROM control_list.generation;
ROLLBACK;
BEGIN;
TRUNCATE control_list.entry;
SELECT id <> :'b' AS truncated FROM control_list.generation;
ROLLBACK;
SELECT id = :'b' AS rolled_back FROM control_list.generation;

-- a rulebook may not grow without end: an error, and the one before is still there
SET control_list.max_rulebook_memory = '4MB';
SELECT pg_temp.verdict();
BEGIN;
ALTER TABLE control_list.entry DISABLE TRIGGER entry_check_insert;     -- it takes its time
INSERT INTO control_list.entry (list, item, codes, remark)
SELECT 'R', 'many ' || n, hscode_from_number(100000 + n, 6), repeat('x', 100) FROM generate_series(1, 30000) AS n;
\set VERBOSITY default
SELECT pg_temp.verdict();
\set VERBOSITY terse
ROLLBACK;
SELECT pg_temp.verdict(), (SELECT rulebooks FROM control_list.rulebook_info()) BETWEEN 1 AND 3 AS kept;
RESET control_list.max_rulebook_memory;
-- nobody but a superuser sets it
CREATE ROLE regress_clerk;
SET ROLE regress_clerk;
SET control_list.max_rulebook_memory = '1GB';
SELECT pg_temp.verdict(), problem FROM control_list.rulebook_info();
RESET ROLE;
DROP ROLE regress_clerk;

-- the programs of many codes are bounded, too: more codes than are kept
SELECT screen_shipment(hscode_from_number(100000 + n, 6), 'RU', '2024-09-09') AS verdict, count(*)
FROM generate_series(1, 100000) AS n GROUP BY 1 ORDER BY 1;
SELECT bytes < 20000000 AS bounded FROM control_list.rulebook_info();
-- and so are the rules of each
BEGIN;
ALTER TABLE control_list.entry DISABLE TRIGGER entry_check_insert;
INSERT INTO control_list.entry (list, item, codes, valid)
SELECT 'R', 'day ' || n, '20', daterange(date '2024-01-01' + 2 * n, date '2024-01-02' + 2 * n) FROM generate_series(0, 1999) AS n;
SELECT count(*), count(*) FILTER (WHERE screen_shipment(code, 'RU', date '2024-01-01' + 3998) = 'license_required') AS listed,
       count(*) FILTER (WHERE screen_shipment(code, 'RU', date '2024-01-01' + 3999) <> 'not_listed') AS too_late,
       count(*) FILTER (WHERE screen_shipment(code, 'RU', '2024-01-02') <> 'not_listed') AS between,
       count(*) FILTER (WHERE screen_shipment(code, 'RU', '2024-01-01') = 'license_required') AS listed_again
FROM generate_series(1, 900) AS n, hscode_from_number(200000 + n, 6) AS code;
SELECT bytes < 25000000 AS bounded FROM control_list.rulebook_info();
ROLLBACK;
-- entries that say the same on days without a gap are one rule
BEGIN;
ALTER TABLE control_list.entry DISABLE TRIGGER entry_check_insert;
INSERT INTO control_list.entry (list, item, codes, valid)
SELECT 'R', 'day ' || n, '20', daterange(date '2024-01-01' + n, date '2024-01-02' + n) FROM generate_series(0, 1999) AS n;
INSERT INTO control_list.entry (list, item, codes, valid)
SELECT 'R', 'days from ' || n, '21', daterange(date '2024-01-01' + n, date '2024-01-04' + n) FROM generate_series(0, 1999) AS n;
SELECT code, screen_shipment(code, 'RU', day::date) AS verdict, count(*), min(day::date), max(day::date)
FROM generate_series(timestamp '2023-12-01', '2029-07-31', '1 day') AS day, (VALUES (hscode '2001'), ('2101')) AS c (code) GROUP BY 1, 2 ORDER BY 1, 2;
SELECT count(*) FILTER (WHERE screen_shipment(code, 'RU', '2024-01-01') = 'license_required') AS listed
FROM generate_series(1, 900) AS n, hscode_from_number(200000 + 10000 * (n % 2) + n, 6) AS code;
SELECT bytes < 2000000 AS small FROM control_list.rulebook_info();
ROLLBACK;
-- but not those that differ by more than days
BEGIN;
INSERT INTO control_list.list (code, title, jurisdictions, destinations) VALUES ('S', 'of others', '{US}', '{RU}');
INSERT INTO control_list.entry (list, item, codes, valid, measure, destinations, applies_if)
VALUES ('R', 'condition', '2001', '[2024-01-01,2024-01-03)', NULL, NULL, 'strict $.kw > 7'),
       ('R', 'another condition', '2001', '[2024-01-03,2024-01-05)', NULL, NULL, 'strict $.kw > 9'),
       ('R', 'gap', '2002', '[2024-01-01,2024-01-03)', NULL, NULL, NULL),
       ('R', 'after a gap', '2002', '[2024-01-04,2024-01-05)', NULL, NULL, NULL),
       ('R', 'later', '2003', '[2024-01-03,2024-01-05)', NULL, NULL, NULL),
       ('R', 'earlier and within', '2003.10', '[2024-01-01,2024-01-02)', NULL, NULL, NULL),
       ('R', 'list', '2004', '[2024-01-01,2024-01-03)', NULL, NULL, NULL),
       ('S', 'another list', '2004', '[2024-01-03,2024-01-05)', NULL, NULL, NULL),
       ('R', 'destination', '2005', '[2024-01-01,2024-01-03)', NULL, NULL, NULL),
       ('R', 'another destination', '2005', '[2024-01-03,2024-01-05)', NULL, '{BY}', NULL),
       ('R', 'measure', '2006', '[2024-01-01,2024-01-03)', NULL, NULL, NULL),
       ('R', 'another measure', '2006', '[2024-01-03,2024-01-05)', 'review', NULL, NULL),
       ('R', 'wide', '2007', '[2024-01-01,2024-01-05)', NULL, NULL, NULL),
       ('R', 'narrow', '2007.10', '[2024-01-02,2024-01-03)', NULL, NULL, NULL);
SELECT code, kw, verdict, range_agg(daterange(day::date, day::date, '[]')) AS days
FROM (SELECT code, day, kw, screen_shipment(code, 'RU', day::date, attributes => jsonb_build_object('kw', kw), jurisdictions => '{KR}') AS verdict
      FROM unnest('{2001,2002,2003.10,2004,2005,2006,2007.10}'::hscode[]) AS code, (VALUES (8), (10)) AS a (kw),
           generate_series(timestamp '2023-12-31', '2024-01-06', '1 day') AS day) AS s
WHERE verdict <> 'not_listed' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
ROLLBACK;

-- more countries than have a bit of their own in a program: each its own code, one entry for everywhere
BEGIN;
CREATE TEMPORARY TABLE country AS
SELECT n::int, code FROM regexp_split_to_table('AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO '
                                               'CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA', ' ') WITH ORDINALITY AS c (code, n);
INSERT INTO control_list.entry (list, item, codes, destinations)
SELECT 'R', 'only ' || code, hscode_from_number(200000 + n, 6), array[CASE WHEN n % 10 = 0 THEN code || '-01' ELSE code END] FROM country WHERE n < 60
UNION ALL SELECT 'R', 'all', '210000', '{*}';
SELECT g.n = c.n AS listed, screen_shipment(hscode_from_number(200000 + g.n, 6), c.code, '2024-09-09') AS verdict, c.n % 10 = 0 AS in_part, count(*)
FROM country AS g, country AS c GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
SELECT screen_shipment('210000', code, '2024-09-09') AS verdict, count(*) FROM (SELECT code FROM country UNION ALL SELECT 'ZM') AS c GROUP BY 1;
SELECT screen_shipment(hscode_from_number(200000 + n, 6), 'ZM', '2024-09-09') AS verdict, count(*) FROM country GROUP BY 1;
ROLLBACK;

-- a chapter of the nomenclature, which is read when it is asked for, may not be larger either; an error leaves nothing behind
INSERT INTO control_list.nomenclature (edition, code) SELECT '2022', hscode_from_number(9000000000 + n, 10) FROM generate_series(1, 20000) AS n;
SET control_list.max_rulebook_memory = '512kB';
SELECT pg_temp.verdict();
SELECT bytes AS before FROM control_list.rulebook_info() \gset
SELECT screen_shipment('9001', 'RU', '2024-09-09');
SELECT screen_shipment('9001', 'RU', '2024-09-09');
SELECT bytes = :before AS nothing_left FROM control_list.rulebook_info();
RESET control_list.max_rulebook_memory;
SELECT screen_shipment('9001', 'RU', '2024-09-09');
SELECT bytes - :before BETWEEN 500000 AND 2000000 AS one_chapter FROM control_list.rulebook_info();
DELETE FROM control_list.nomenclature;

-- where changes could go unnoticed nothing outlives a transaction, and the backend says why
ALTER TABLE control_list.entry DISABLE TRIGGER change_row;
SELECT generation IS NULL AS private, problem FROM control_list.rulebook_info();
SELECT pg_temp.builds() AS before \gset
SELECT pg_temp.verdict();
SELECT pg_temp.builds() - :before > 1 AS builds_each_time;
UPDATE control_list.entry SET destinations = '{BY}' WHERE item = '3';
SELECT pg_temp.verdict();
ALTER TABLE control_list.entry ENABLE TRIGGER change_row;
SELECT problem FROM control_list.rulebook_info();
ALTER TABLE control_list.entry ENABLE ALWAYS TRIGGER change_row;
SELECT problem, generation IS NULL AS private FROM control_list.rulebook_info();
UPDATE control_list.entry SET destinations = NULL WHERE item = '3';
SELECT pg_temp.verdict();
DELETE FROM control_list.generation;
SELECT problem, generation IS NULL AS private FROM control_list.rulebook_info();
SELECT pg_temp.verdict();
UPDATE control_list.entry SET destinations = '{BY}' WHERE item = '3';
SELECT problem, generation IS NULL AS private FROM control_list.rulebook_info();
SELECT pg_temp.verdict();

-- so it is with children, of which no trigger hears
CREATE TABLE regress_child () INHERITS (control_list.entry);
SELECT problem FROM control_list.rulebook_info();
DROP TABLE regress_child;
SELECT problem FROM control_list.rulebook_info();

-- commands that change no list cost no rulebook, also after one that does; a table altered here does, until the end
BEGIN;
UPDATE control_list.entry SET remark = 'here' WHERE item = '3';
SELECT pg_temp.verdict();
SELECT pg_temp.builds() AS before \gset
CREATE TEMPORARY TABLE something (n int);
INSERT INTO something VALUES (1);
SELECT pg_temp.verdict();
INSERT INTO something VALUES (2);
SELECT pg_temp.verdict(), pg_temp.builds() - :before AS built;
ROLLBACK;
BEGIN;
ALTER EXTENSION control_list DROP VIEW control_list.entry_search;
DROP VIEW control_list.entry_search;
ALTER TABLE control_list.entry ALTER measure TYPE screening_verdict USING 'prohibited';
SELECT pg_temp.verdict(), generation IS NULL AS private FROM control_list.rulebook_info();
ROLLBACK;
SELECT pg_temp.verdict(), generation IS NULL AS private FROM control_list.rulebook_info();

-- nobody takes the triggers to a table of his own
CREATE ROLE regress_clerk;
GRANT CREATE ON SCHEMA public TO regress_clerk;
SET ROLE regress_clerk;
CREATE TABLE regress_own (n int);
CREATE TRIGGER own AFTER INSERT ON regress_own FOR EACH ROW EXECUTE FUNCTION control_list.note_change();
RESET ROLE;
CREATE TRIGGER own AFTER INSERT ON regress_own FOR EACH ROW EXECUTE FUNCTION control_list.note_change();
INSERT INTO regress_own VALUES (1);
DROP TABLE regress_own;
REVOKE CREATE ON SCHEMA public FROM regress_clerk;
DROP ROLE regress_clerk;

-- a list that cannot be read is an error for everybody, until it can be
ALTER TABLE control_list.entry DISABLE TRIGGER ALL;
INSERT INTO control_list.entry (list, item, codes) VALUES ('none', '1', '95');
SELECT pg_temp.verdict();
UPDATE control_list.entry SET list = 'R', destinations = '{@none}' WHERE list = 'none';
SELECT pg_temp.verdict();
SELECT * FROM screening_hits('8703', 'RU', '2024-09-09');
DELETE FROM control_list.entry WHERE codes = '95'::hsrange;
ALTER TABLE control_list.entry ENABLE TRIGGER ALL;
ALTER TABLE control_list.entry ENABLE ALWAYS TRIGGER change_begins, ENABLE ALWAYS TRIGGER change_row,
    ENABLE ALWAYS TRIGGER change_made, ENABLE ALWAYS TRIGGER change_ends;
SELECT pg_temp.verdict();
BEGIN;
ALTER EXTENSION control_list DROP VIEW control_list.entry_search;
DROP VIEW control_list.entry_search;
ALTER TABLE control_list.entry DROP COLUMN remark;
SELECT pg_temp.verdict();
ROLLBACK;
SELECT pg_temp.verdict();
SELECT problem FROM control_list.rulebook_info();

--
-- The planner
--
CREATE TABLE orders AS
SELECT n AS id, hscode_from_number((ARRAY[854231, 870323, 10121, 950300, 847130])[1 + n % 5], 6) AS hs,
       CASE WHEN n % 50 = 0 THEN 'RU' WHEN n % 97 = 0 THEN NULL ELSE (ARRAY['US', 'JP', 'CN', 'DE'])[1 + n % 4] END AS destination,
       date '2024-01-01' + n % 300 AS ship_date, n % 1000 AS customer, NULL::text AS code
FROM generate_series(1, 20000) AS n;
UPDATE orders SET code = hs::text;
ANALYZE orders;
CREATE FUNCTION pg_temp.estimate(query text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
    plan json;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO plan;
    RETURN plan #>> '{0,Plan,Plan Rows}';
END
$$;
CREATE FUNCTION pg_temp.is_near(condition text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    expected float8 := pg_temp.estimate('SELECT * FROM orders WHERE ' || condition);
    found float8;
BEGIN
    EXECUTE 'SELECT count(*) FROM orders WHERE ' || condition INTO found;
    IF abs(expected - found) <= 20 OR (expected <= 2 * found AND found <= 2 * expected) THEN
        RETURN true;
    END IF;
    RAISE NOTICE '% rows expected, % found', expected, found;
    RETURN false;
END
$$;
UPDATE control_list.entry SET destinations = NULL WHERE item = '3';
SELECT condition, pg_temp.is_near(condition)
FROM unnest(ARRAY[
    'is_restricted(hs, destination, ship_date)',
    'is_restricted(code, destination, ship_date)',
    'NOT is_restricted(hs, destination, ship_date)',
    'is_restricted(hs, destination)',
    $$is_restricted(hs, 'RU', ship_date)$$,
    $$is_restricted(hs, 'JP', ship_date)$$,
    $$is_restricted('8542', destination, ship_date)$$,
    $$is_restricted('9503', destination, ship_date)$$,
    $$is_restricted(hs, destination, current_date)$$,
    $$is_restricted(hs, destination, ship_date, via => '{BY}')$$,
    'is_restricted(hs, destination, NULL)']) AS condition;
-- licenses are read by each screening, so fewer values are tried; the estimate is no worse
CREATE TABLE many AS
SELECT hscode_from_number(840000 + 20 * n, 6) AS hs, date '2024-01-01' + n % 300 AS ship_date FROM generate_series(1, 2000) AS n;
ANALYZE many;
CREATE FUNCTION pg_temp.lookups() RETURNS bigint LANGUAGE sql VOLATILE AS 'SELECT lookups FROM control_list.rulebook_info()';
SELECT pg_temp.lookups() AS before \gset
SELECT pg_temp.estimate($$SELECT * FROM many WHERE is_restricted(hs, 'RU', ship_date)$$) BETWEEN 200 AND 800 AS near;
SELECT pg_temp.lookups() - :before > 300 AS many;
SELECT pg_temp.lookups() AS before \gset
SELECT pg_temp.estimate($$SELECT * FROM many WHERE is_restricted(hs, 'RU', ship_date, licenses => '{none}')$$) BETWEEN 200 AND 800 AS near;
SELECT pg_temp.lookups() - :before < 200 AS few;
SELECT count(*) FROM many WHERE is_restricted(hs, 'RU', ship_date, licenses => '{none}');
DROP TABLE many;
-- what nothing is known of gets the default of a function
SELECT pg_temp.estimate($$SELECT * FROM orders WHERE is_restricted(hs, destination || '', ship_date)$$) AS "default";
-- cheap filters come first, and a scan that screens is worth a second process
EXPLAIN (COSTS OFF) SELECT * FROM orders WHERE is_restricted(hs, destination, ship_date) AND customer = 5;
EXPLAIN (COSTS OFF) SELECT * FROM orders WHERE screen_shipment(hs, destination, ship_date) >= 'license_required' AND customer = 5;
SET min_parallel_table_scan_size = 0;
SET parallel_setup_cost = 100;
EXPLAIN (COSTS OFF) SELECT count(*) FROM orders WHERE screen_shipment(hs, destination, ship_date) >= 'license_required';
SELECT count(*) FROM orders WHERE screen_shipment(hs, destination, ship_date) >= 'license_required';
SET max_parallel_workers_per_gather = 0;
SELECT count(*) FROM orders WHERE screen_shipment(hs, destination, ship_date) >= 'license_required';

DROP TABLE orders;
TRUNCATE control_list.entry, control_list.list;
