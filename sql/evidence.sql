-- The log of screenings: what is written, that it stays, and how it goes.
\set SHOW_CONTEXT never
CREATE ROLE regress_clerk;
CREATE ROLE regress_seller IN ROLE regress_clerk;
CREATE SCHEMA "odd ""schema";
CREATE TABLE "odd ""schema"."Order" (id int PRIMARY KEY);
CREATE TABLE regress_orders (id int PRIMARY KEY);
CREATE TEMPORARY TABLE screening_log (a int);
CREATE VIEW logged AS
    SELECT logged_at BETWEEN now() AND clock_timestamp() AS "when", replace(login, session_user, 'me') AS login, role, target, key, inputs, verdict, hits,
           generation = (SELECT id FROM control_list.generation) AS "generation"
    FROM control_list.screening_log;

BEGIN;
SELECT control_list.log_screening('"odd ""schema"."Order"', '{"id": 1}', '{"hs_code": "8542", "destination": "RU"}', 'review', '[{"entry_id": 7, "list": "K"}]');
-- odd characters, no key, no hits, a role that was chosen
SET search_path = 'odd "schema';
SELECT control_list.log_screening('"Order"', NULL, '{"hs_code": "\" \\ \n \u0001 é %s"}', 'not_listed', NULL);
RESET search_path;
SELECT * FROM logged;
ROLLBACK;

-- which lists: those of the screening, also one's own; test/specs/evidence.spec has those of others
BEGIN;
INSERT INTO control_list.list (code, title) VALUES ('K', 'a list');
SELECT screen_shipment('8542', 'RU');
SELECT control_list.log_screening('regress_orders', '{"id": 1}', '{}', 'not_listed', '[]');
SELECT "generation" AS my_own FROM logged;
ROLLBACK;
-- where lists can change without a new generation, none says which they were
BEGIN;
ALTER TABLE control_list.entry DISABLE TRIGGER change_made;
SELECT control_list.log_screening('regress_orders', '{"id": 1}', '{}', 'not_listed', '[]');
SELECT "generation" FROM logged;
ROLLBACK;

-- nobody forges a row, and nobody reads one
SET ROLE regress_seller;
SELECT control_list.log_screening('regress_orders', '{"id": 1}', '{}', 'not_listed', '[]');
INSERT INTO control_list.screening_log (logged_at, login, target, inputs, verdict, hits) VALUES (now(), 'me', 't', '{}', 'not_listed', '[]');
INSERT INTO control_list.screening_log_default (logged_at, login, target, inputs, verdict, hits) VALUES (now(), 'me', 't', '{}', 'not_listed', '[]');
SELECT * FROM control_list.screening_log;
SET control_list.log_blocked = off;
RESET ROLE;

-- who may call it is not named as the one who did, but who was logged in, and as whom
GRANT EXECUTE ON FUNCTION control_list.log_screening TO regress_clerk;
BEGIN;
SET LOCAL ROLE regress_clerk;
SELECT control_list.log_screening('regress_orders', '{"id": 1}', '{}', 'not_listed', '[]');
RESET ROLE;
SELECT login, role, target FROM logged;
ROLLBACK;

-- what is written stays, in the log and in each partition, also for its owner and where ordinary triggers are off
\set ON_ERROR_ROLLBACK on
BEGIN;
INSERT INTO control_list.screening_log (logged_at, login, target, key, inputs, verdict, hits) VALUES
    ('2020-01-31 23:59:59.999999+00', 'a', 't', '{"id": 1}', '{}', 'review', '[{"list": "GONE"}]'),
    ('2020-02-01 00:00+00', 'b', 't', '{"id": 1}', '{}', 'review', '[]'),
    ('2020-02-29 12:00+00', 'c', 't', '{"id": 2}', '{}', 'review', '[]'),
    ('2021-12-31 12:00+00', 'd', 't', '{"id": 1}', '{}', 'review', '[{"list": "K"}]'),
    ('infinity', 'e', 't', '{"id": 1}', '{}', 'review', '[]');
SET LOCAL timezone = 'Asia/Seoul';
SET LOCAL datestyle = 'German';
SELECT control_list.make_log_partitions('2020-01-01');
RESET timezone;
RESET datestyle;
SELECT tableoid::regclass, login FROM control_list.screening_log ORDER BY logged_at;
UPDATE control_list.screening_log SET verdict = 'not_listed';
UPDATE control_list.screening_log SET logged_at = '2020-02-02' WHERE login = 'a';
DELETE FROM control_list.screening_log WHERE login = 'b';
TRUNCATE control_list.screening_log;
UPDATE control_list.screening_log_2020_01 SET verdict = 'not_listed';
DELETE FROM control_list.screening_log_2020_01;
TRUNCATE control_list.screening_log_2020_01;
UPDATE control_list.screening_log_default SET verdict = 'not_listed';
DELETE FROM control_list.screening_log_default;
TRUNCATE control_list.screening_log_default;
WITH gone AS (DELETE FROM control_list.screening_log RETURNING *) SELECT count(*) FROM gone;
SET LOCAL session_replication_role = replica;
DELETE FROM control_list.screening_log_2020_02;
DELETE FROM control_list.screening_log_default;
TRUNCATE control_list.screening_log_2020_02;
TRUNCATE control_list.screening_log;
RESET session_replication_role;
SELECT count(*) FROM control_list.screening_log;

-- rows go to their partition; a second call makes what is missing and no more
INSERT INTO control_list.screening_log (logged_at, login, target, inputs, verdict, hits) VALUES ('2020-02-10', 'f', 't', '{}', 'review', '[]');
SELECT tableoid::regclass FROM control_list.screening_log WHERE login = 'f';
SELECT control_list.make_log_partitions('2020-01-01');
SELECT count(*) BETWEEN 12 AND 13 AS a_year_ahead FROM control_list.make_log_partitions((now() + '1 year')::date);
SELECT control_list.log_screening('regress_orders', '{"id": 1}', '{}', 'not_listed', '[]');
SELECT tableoid::regclass <> 'control_list.screening_log_default'::regclass AS has_its_month FROM control_list.screening_log WHERE target = 'public.regress_orders';
SELECT control_list.make_log_partitions('infinity');
SELECT control_list.make_log_partitions(NULL);

-- what happened to this order: by the index, also for keys longer than a page
SELECT control_list.log_screening('regress_orders', jsonb_build_object('id', string_agg(md5(n::text), '')), '{}', 'not_listed', '[]') FROM generate_series(1, 1000) AS n;
SELECT count(*) AS partitions, count(*) FILTER (WHERE EXISTS (
           SELECT FROM pg_index AS x JOIN pg_class AS c ON c.oid = x.indexrelid JOIN pg_am AS a ON a.oid = c.relam
           WHERE x.indrelid = i.inhrelid AND a.amname = 'hash')) = count(*) AS all_with_index
FROM pg_inherits AS i WHERE i.inhparent = 'control_list.screening_log'::regclass AND i.inhrelid::regclass::text ~ '(202[01]|default)';

-- months go from the oldest on, when no list wants them any longer
SELECT control_list.drop_log_partitions();
INSERT INTO control_list.list (code, title) VALUES ('K', 'a list'), ('O', 'another');
INSERT INTO control_list.log_retention VALUES ('K', '3 years'), ('O', '1 year');
SELECT control_list.drop_log_partitions();
INSERT INTO control_list.log_retention VALUES ('GONE', '1000 years');
SELECT control_list.drop_log_partitions();
UPDATE control_list.log_retention SET keep = '5 years' WHERE list = 'GONE';
UPDATE control_list.log_retention SET keep = now() - '2020-02-01 00:00+00' WHERE list = 'O';
SELECT control_list.drop_log_partitions();
SELECT login FROM control_list.screening_log WHERE target = 't' ORDER BY logged_at;
UPDATE control_list.log_retention SET keep = '1 day';
SELECT control_list.drop_log_partitions();
SELECT target FROM control_list.screening_log WHERE key = '{"id": 1}' ORDER BY logged_at;
INSERT INTO control_list.log_retention VALUES ('L', '0');

-- neither is for everybody
SET LOCAL ROLE regress_clerk;
SELECT control_list.make_log_partitions('2020-01-01');
SELECT control_list.drop_log_partitions();
SELECT control_list.furnish_log_partition('regress_orders', 'mine');
SELECT * FROM control_list.log_retention;
RESET ROLE;
-- who makes partitions does not own them
GRANT EXECUTE ON FUNCTION control_list.make_log_partitions TO regress_clerk;
INSERT INTO control_list.screening_log (logged_at, login, target, inputs, verdict, hits) VALUES ('2020-03-10', 'g', 't', '{}', 'review', '[]');
SET LOCAL ROLE regress_clerk;
SELECT control_list.make_log_partitions('2020-01-01');
SELECT * FROM control_list.screening_log_2020_03;
DROP TABLE control_list.screening_log_2020_03;
ROLLBACK;

-- status says what no longer keeps the log and the ledger
CREATE VIEW guards AS SELECT part, name, problem FROM control_list.status WHERE part IN ('log', 'ledger') ORDER BY part;
BEGIN;
SELECT count(*) > 0 AS made FROM control_list.make_log_partitions(now()::date);
SELECT * FROM guards;
SAVEPOINT s;
ALTER TABLE control_list.screening_log DISABLE TRIGGER keep_rows;
ALTER TABLE control_list.license_use DISABLE TRIGGER ALL;
SELECT * FROM guards;
ALTER TABLE control_list.screening_log ENABLE TRIGGER keep_rows;
ALTER TABLE control_list.license_use ENABLE TRIGGER ALL;
SELECT * FROM guards;
ROLLBACK TO s;
-- of one partition
SELECT 'control_list.screening_log_' || to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM') AS month \gset
ALTER TABLE :month ENABLE REPLICA TRIGGER keep_table;
SELECT part, name, replace(problem, :'month', 'this month') AS problem FROM guards;
DROP TRIGGER keep_table ON :month;
SELECT part, name, replace(problem, :'month', 'this month') AS problem FROM guards;
ROLLBACK TO s;
-- triggers that look like them
DROP TRIGGER keep_ledger ON control_list.license_use;
CREATE TRIGGER keep_ledger BEFORE UPDATE OR DELETE OR TRUNCATE ON control_list.license_use FOR EACH STATEMENT EXECUTE FUNCTION control_list.keep_log();
ALTER TABLE control_list.license_use ENABLE ALWAYS TRIGGER keep_ledger;
SELECT * FROM guards;
ROLLBACK TO s;
DROP TRIGGER keep_ledger ON control_list.license_use;
CREATE TRIGGER keep_ledger BEFORE UPDATE OR TRUNCATE ON control_list.license_use FOR EACH STATEMENT EXECUTE FUNCTION control_list.keep_ledger();
ALTER TABLE control_list.license_use ENABLE ALWAYS TRIGGER keep_ledger;
SELECT * FROM guards;
ROLLBACK TO s;
ALTER TABLE control_list.license DISABLE TRIGGER license_check;
SELECT * FROM guards;
ROLLBACK TO s;
-- and those of a protected table
ALTER TABLE regress_orders ADD hs text, ADD dest text, ADD verdict screening_verdict;
SELECT count(*) FROM control_list.protect('regress_orders', 'hs', 'dest', verdict_column => 'verdict');
DROP TRIGGER export_control ON regress_orders;
SELECT problem FROM control_list.status WHERE name = 'regress_orders';
CREATE TRIGGER export_control AFTER INSERT OR UPDATE ON regress_orders FOR EACH ROW WHEN (NEW.id > 0) EXECUTE FUNCTION control_list.screen_row();
ALTER TABLE regress_orders ENABLE ALWAYS TRIGGER export_control;
SELECT problem FROM control_list.status WHERE name = 'regress_orders';
DROP TRIGGER export_control ON regress_orders;
CREATE TRIGGER export_control AFTER INSERT OR UPDATE OF dest ON regress_orders FOR EACH ROW EXECUTE FUNCTION control_list.screen_row();
ALTER TABLE regress_orders ENABLE ALWAYS TRIGGER export_control;
SELECT problem FROM control_list.status WHERE name = 'regress_orders';
DROP TRIGGER export_control ON regress_orders;
CREATE TRIGGER export_control AFTER INSERT ON regress_orders FOR EACH ROW EXECUTE FUNCTION control_list.screen_row();
ALTER TABLE regress_orders ENABLE ALWAYS TRIGGER export_control;
SELECT problem FROM control_list.status WHERE name = 'regress_orders';
ROLLBACK;
DROP VIEW guards;

DROP VIEW logged;
DROP TABLE regress_orders, screening_log, "odd ""schema"."Order";
DROP SCHEMA "odd ""schema";
REVOKE EXECUTE ON FUNCTION control_list.log_screening FROM regress_clerk;
DROP ROLE regress_seller, regress_clerk;
