-- What would a change of the lists hit, and what has it hit?  In a database of its own: what is logged stays.
\set SHOW_CONTEXT never
\set ECHO none
SELECT pg_catalog.current_database() AS home \gset
SET client_min_messages = warning;
DROP DATABASE IF EXISTS control_list_rescreen;
CREATE DATABASE control_list_rescreen TEMPLATE template0;
\c control_list_rescreen
SET client_min_messages = warning;
SET datestyle = 'ISO, YMD';
SET timezone = 'UTC';
CREATE EXTENSION control_list CASCADE;
\o /dev/null
INSERT INTO control_list.list (code, title, jurisdictions, tariff, time_zone, destinations) VALUES
    ('K', 'a list', '{KR}', 'KR', 'Asia/Seoul', '{RU,BY}'), ('W', 'another', '{US}', NULL, 'UTC', '{KZ,RU}');
INSERT INTO control_list.revision (list, label, effective) VALUES ('K', 'r1', '2024-02-24'), ('K', 'r2', '2024-09-09');
INSERT INTO control_list.entry (list, item, codes, valid, revision, measure) VALUES
    ('K', '1', '8542', '[2024-02-24,)', 'r1', NULL), ('K', '2', '2508.10', '[2024-09-09,)', 'r2', NULL),
    ('K', '3', '8471', '[2024-02-24,2024-09-09)', 'r1', NULL), ('W', '1', '2508', '[2024-09-09,)', NULL, 'review');
CREATE SCHEMA "Shop";
CREATE TABLE "Shop"."order" (id int, line int, hs hscode, ship_to text, "day" date, note text, PRIMARY KEY (id, line));
INSERT INTO "Shop"."order" VALUES
    (1, 1, '8542.31', 'RU', '2024-09-05'), (1, 2, '2508.10', 'RU', '2024-09-05'), (2, 1, '2508.10', 'BY', '2024-09-20'),
    (3, 1, '8471.30', 'BY', '2024-09-20'), (4, 1, '2508.10', 'JP', '2024-09-20'), (5, 1, '2508.10', 'KZ', '2024-09-08'),
    (6, 1, '2508', 'RU', NULL), (7, 1, NULL, 'RU', '2024-09-20'), (8, 1, '0101.21', 'RU', '2024-09-20');
SELECT control_list.protect('"Shop"."order"', hs_code => 'hs', destination => 'ship_to', ship_date => 'day', jurisdictions => '={KR,US}', tariff => '=KR');
\o
\set ECHO all

-- ---- what would change ----
-- as if shipped on the day before a revision and on its day; between two revisions
SELECT * FROM control_list.impact('"Shop"."order"', 'K', 'r2') ORDER BY key;
SELECT * FROM control_list.impact('"Shop"."order"', 'K', 'r2', before_revision => 'r1') ORDER BY key;
-- the same day of all lists, counted
SELECT * FROM control_list.impact_summary('"Shop"."order"', as_of => '2024-09-09');
-- each row as of its own day, against a day before
SELECT * FROM control_list.impact('"Shop"."order"', before => '2024-09-08') ORDER BY key;
-- what a list has nothing to do with is not its impact
SELECT * FROM control_list.impact('"Shop"."order"', 'W', as_of => '2024-09-09') ORDER BY key;
-- between two moments of knowledge, the rows as of their own days
SELECT clock_timestamp() AS then \gset
UPDATE control_list.entry SET codes = '8542.39', remark = 'a correction' WHERE list = 'K' AND item = '1';
SELECT * FROM control_list.impact('"Shop"."order"', known_before => :'then') ORDER BY key;
SELECT * FROM control_list.impact('"Shop"."order"', 'K', known_at => :'then') ORDER BY key;
SELECT count(*) FROM control_list.impact('"Shop"."order"', 'W', known_before => :'then');
-- a revision that is not loaded yet: in a transaction that is rolled back
BEGIN;
INSERT INTO control_list.entry (list, item, codes) VALUES ('K', '4', '0101');
SELECT * FROM control_list.impact_summary('"Shop"."order"', known_before => :'then');
ROLLBACK;

\set VERBOSITY default
SELECT * FROM control_list.impact('"Shop"."order"');
SELECT * FROM control_list.impact('"Shop"."order"', 'K', 'r9');
SELECT * FROM control_list.impact('"Shop"."order"', 'X', as_of => '2024-09-09');
SELECT * FROM control_list.impact('"Shop"."order"', 'K', 'r2', as_of => '2024-09-09');
SELECT * FROM control_list.impact('"Shop"."order"', as_of => 'infinity');
SELECT * FROM control_list.impact('control_list.list', as_of => '2024-09-09');
SELECT * FROM control_list.impact(NULL, as_of => '2024-09-09');

-- ---- the query that screens a table says of each row what its trigger says ----
\set ECHO none
CREATE TABLE header (id int, part int, "to" varchar(10), via text, at timestamptz, PRIMARY KEY (id, part));
CREATE TABLE line (id int PRIMARY KEY, header_id int, header_part int, code char(12), attributes jsonb, day timestamp, law text,
                   FOREIGN KEY (header_id, header_part) REFERENCES header);
CREATE TABLE sent (id int PRIMARY KEY, code text, dest text, at timestamptz, via text[]) PARTITION BY RANGE (id);
CREATE TABLE sent_1 PARTITION OF sent FOR VALUES FROM (0) TO (50);
CREATE TABLE sent_2 (via text[], gone int, at timestamptz, dest text, code text, id int NOT NULL);
ALTER TABLE sent_2 DROP gone;
ALTER TABLE sent ATTACH PARTITION sent_2 FOR VALUES FROM (50) TO (100);
CREATE TABLE now_only (id int PRIMARY KEY, code hscode, dest text);
INSERT INTO header SELECT n, n % 3, (ARRAY['RU', 'BY ', 'JP', NULL])[1 + n % 4], (ARRAY['RU', ' BY', NULL, 'x'])[1 + n % 4], '2024-09-08 14:59+00'::timestamptz + n * interval '1 minute' FROM generate_series(0, 9) AS n;
INSERT INTO line SELECT n, CASE WHEN n % 7 > 0 THEN n % 10 END, n % 10 % 3, (ARRAY[' 2508.10', '8542.39 ', '85', 'x', NULL])[1 + n % 5],
    '{}', '2024-09-08 23:30'::timestamp + n * interval '10 minutes', (ARRAY['KR', ' US ', NULL])[1 + n % 3] FROM generate_series(1, 40) AS n;
INSERT INTO sent SELECT n, (ARRAY[' 2508.10', '8542.39 ', '85', 'x', NULL])[1 + n % 5], (ARRAY['RU', 'BY ', 'JP', NULL])[1 + n % 4],
    '2024-09-08 14:00+00'::timestamptz + n * interval '1 minute', CASE WHEN n % 2 = 0 THEN '{RU}'::text[] END FROM generate_series(1, 99) AS n;
INSERT INTO now_only SELECT n, (ARRAY['2508.10', '8542.39', '85', NULL])[1 + n % 4]::hscode, (ARRAY['RU', 'JP', 'KZ'])[1 + n % 3] FROM generate_series(1, 20) AS n;
\o /dev/null
SELECT control_list.protect('line', 'code', 'header_id.to', 'day', via => 'header_id.via', attributes => 'attributes', jurisdictions => 'law', block_at => NULL, hold_at => NULL);
ALTER TABLE header RENAME "to" TO "Ziel";
ALTER TABLE line RENAME code TO "Nummer";
SELECT control_list.protect('sent', 'code', 'dest', 'at', via => 'via', block_at => NULL, hold_at => NULL);
SELECT control_list.protect('now_only', 'code', 'dest', jurisdictions => '=KR', block_at => NULL, hold_at => NULL);
CREATE FUNCTION compare(target regclass) RETURNS TABLE (rows_screened bigint, verdicts bigint, different bigint) LANGUAGE plpgsql AS $$
DECLARE
    q record;
BEGIN
    q := control_list.screening_query(target);
    RETURN QUERY EXECUTE format('SELECT count(*), count(DISTINCT v.a), count(*) FILTER (WHERE v.a IS DISTINCT FROM v.b)
        FROM (SELECT %s AS a, control_list.row_verdict(%L, o) AS b FROM %s AS o%s) AS v',
        control_list.screening_call('screen_shipment', q.arguments, q.at_instant, NULL, NULL), target, target, q.joins);
END
$$;
\o
\set ECHO all
SELECT t, c.* FROM unnest('{line,sent,now_only,"\"Shop\".\"order\""}'::text[]) AS t, compare(t::regclass) AS c;
SELECT count(*), count(DISTINCT key) FROM control_list.impact('sent', 'K', 'r2');

-- ---- rescreening: one row in the log for each verdict that is new ----
CREATE VIEW logged AS SELECT target, key, verdict, inputs ->> 'hs_code' AS code FROM control_list.screening_log ORDER BY logged_at;
CALL control_list.rescreen('"Shop"."order"');
SELECT * FROM logged;
CALL control_list.rescreen('"Shop"."order"');
SELECT count(*) FROM logged;

-- a row that was not listed, one that no longer is, and one of another chapter
SELECT clock_timestamp() AS then, count(*) AS logged FROM logged \gset
SELECT (control_list.what_changed(:'then')).codes AS nothing;
INSERT INTO control_list.entry (list, item, codes, measure) VALUES ('K', '4', '0101-0102', 'prohibited');
SELECT (control_list.what_changed(:'then')).codes AS chapters;
UPDATE control_list.entry SET valid = '[2024-09-09,2024-09-10)' WHERE list = 'K' AND item = '2';
SELECT (control_list.what_changed(:'then')).codes AS more;
CALL control_list.rescreen('"Shop"."order"', since => :'then');
SELECT * FROM logged OFFSET :logged;
SELECT codes, changed, finished_at IS NOT NULL AS finished FROM control_list.rescreening WHERE target = '"Shop"."order"'::regclass;
-- what a verdict was if it is another one now, beside the two screenings that this compares
CREATE TABLE asked AS
SELECT c.code, d.dest, t.day, v.via, j.law
FROM unnest('{2508.10,2508,0101.21,8542.31,8471.30,85,x,NULL}'::text[]) AS c (code), unnest('{RU,BY,KZ,JP,NULL}'::text[]) AS d (dest),
     unnest('{2024-09-05,2024-09-09,2024-09-20,infinity,-infinity,NULL}'::date[]) AS t (day),
     (VALUES (NULL::text[]), ('{BY}')) AS v (via), (VALUES (NULL::text[]), ('{US}')) AS j (law);
SELECT count(*), count(was) AS changed, count(DISTINCT was) AS verdicts,
       count(*) FILTER (WHERE was IS DISTINCT FROM nullif(known, now)) AS wrong, count(*) FILTER (WHERE was IS DISTINCT FROM was_at) AS wrong_at,
       count(*) FILTER (WHERE code <> 'x' AND was IS DISTINCT FROM was_code OR was_code IS DISTINCT FROM was_code_at) AS wrong_code
FROM asked, LATERAL (SELECT nullif(code, 'x')::hscode AS hs, timezone('UTC', day::timestamp) AS at) AS typed,
     control_list.verdict_changed_from(code, dest, day, via, NULL, NULL, law, 'KR', :'then') AS was,
     control_list.verdict_changed_from(code, dest, at, via, NULL, NULL, law, 'KR', :'then') AS was_at,
     control_list.verdict_changed_from(hs, dest, day, via, NULL, NULL, law, 'KR', :'then') AS was_code,
     control_list.verdict_changed_from(hs, dest, at, via, NULL, NULL, law, 'KR', :'then') AS was_code_at,
     screen_shipment(code, dest, day, via, NULL, NULL, law, 'KR') AS now,
     LATERAL (SELECT CASE WHEN isfinite(day) THEN screen_shipment(code, dest, day, via, NULL, NULL, law, 'KR', :'then')
                          ELSE greatest(screen_shipment_at(code, dest, :'then', via, NULL, NULL, law, 'KR', :'then'), 'incomplete') END AS known) AS t;
SELECT count(*) AS since_ever FROM asked WHERE control_list.verdict_changed_from(code, dest, day, via, NULL, NULL, law, 'KR', NULL) IS NOT NULL;
-- what holds for a whole list, or reaches beyond the codes of an entry, touches all codes
BEGIN;
UPDATE control_list.list SET url = 'x' WHERE code = 'K';
SELECT (control_list.what_changed(:'then')).codes AS list;
ROLLBACK;
BEGIN;
INSERT INTO control_list.destination_group (name, territory) VALUES ('g', 'KZ');
SELECT (control_list.what_changed(:'then')).codes AS "group";
ROLLBACK;
BEGIN;
UPDATE control_list.generation SET changed_at = clock_timestamp();
SELECT (control_list.what_changed(:'then')).codes AS something_else;
ROLLBACK;
UPDATE control_list.list SET known_from = '2020-01-01';
SELECT pg_sleep(0.01), clock_timestamp() AS later \gset
BEGIN;
INSERT INTO control_list.entry (list, item, codes, destinations) VALUES ('K', '5', '0101', '{KP}');
SELECT (control_list.what_changed(:'later')).codes AS claims;
ROLLBACK;
INSERT INTO control_list.list (code, title) VALUES ('N', 'without entries');
SELECT pg_sleep(0.01), clock_timestamp() AS later \gset
BEGIN;
INSERT INTO control_list.entry (list, item, codes) VALUES ('N', '1', '0101');
SELECT (control_list.what_changed(:'later')).codes AS first_entry;
ROLLBACK;

-- a revision alone touches nothing
BEGIN;
INSERT INTO control_list.revision (list, label, effective) VALUES ('K', 'nothing', '2030-01-01');
SELECT (control_list.what_changed(:'later')).codes AS nothing;
ROLLBACK;

-- a nomenclature has no history: whatever was changed after it, all rows are looked at, and compared with what was said of them
CREATE TABLE "a ""b" ("the key" text PRIMARY KEY, hs hscode, dest text, day date);
CREATE INDEX ON "a ""b" (hs);
INSERT INTO "a ""b" VALUES ('it''s', '8525.80', 'RU', '2024-09-09'), ('', '8525.89', 'RU', '2024-09-09'), ('"', '8525.80', 'JP', '2024-09-09');
INSERT INTO control_list.entry (list, item, codes) VALUES ('K', '8', '8525.89');
SELECT count(*) > 0 AS protected FROM control_list.protect('"a ""b"', 'hs', 'dest', 'day', tariff => '=KR', jurisdictions => '=KR');
CALL control_list.rescreen('"a ""b"');
SELECT pg_sleep(0.01), clock_timestamp() AS later \gset
BEGIN;
SAVEPOINT s;
INSERT INTO control_list.nomenclature (edition, code) VALUES ('x', '8525'), ('x', '8525.81');
ROLLBACK TO s;
SELECT is_known FROM control_list.what_changed(:'later');
INSERT INTO control_list.nomenclature (edition, code) VALUES ('x', '8525'), ('x', '8525.89');
COMMIT;
SELECT pg_sleep(0.01), clock_timestamp() AS after \gset
INSERT INTO control_list.entry (list, item, codes) VALUES ('K', '9', '9701');
SELECT * FROM control_list.what_changed(:'later');
SELECT * FROM control_list.what_changed(:'after');
CALL control_list.rescreen('"a ""b"', since => :'later');
SELECT key, verdict FROM logged WHERE target LIKE '%b"' ORDER BY 1;
DELETE FROM control_list.nomenclature;
CALL control_list.rescreen('"a ""b"', since => :'later');
SELECT key, verdict FROM logged WHERE target LIKE '%b"' ORDER BY 1, 2;
SELECT control_list.unprotect('"a ""b"');

-- partitions, and a table that refers to another; then nothing more to say
CALL control_list.rescreen('sent', batch => 10);
CALL control_list.rescreen('line');
SELECT target, verdict, count(*) FROM logged WHERE target IN ('public.sent', 'public.line') GROUP BY 1, 2 ORDER BY 1, 2;
SELECT control_list.row_verdict('sent', s.*) AS verdict, count(*) FROM sent AS s GROUP BY 1 ORDER BY 1;
SELECT count(*) AS logged FROM logged \gset
CALL control_list.rescreen('sent');
CALL control_list.rescreen('line');
SELECT count(*) - :logged AS more FROM logged;

-- what the log says of a row with other values says nothing about it
CREATE TABLE moved (id int PRIMARY KEY, hs hscode, dest text);
INSERT INTO moved VALUES (1, '0101.21', 'RU');
SELECT count(*) > 0 AS protected FROM control_list.protect('moved', 'hs', 'dest', jurisdictions => '=KR', block_at => NULL);
CALL control_list.rescreen('moved');
UPDATE moved SET dest = 'JP';
SELECT pg_sleep(0.01), clock_timestamp() AS later \gset
INSERT INTO control_list.entry (list, item, codes, destinations, measure) VALUES ('K', 'j', '0101', '{JP}', 'prohibited');
CALL control_list.rescreen('moved', since => :'later');
CALL control_list.rescreen('moved', since => :'later');
UPDATE moved SET dest = 'RU';
CALL control_list.rescreen('moved');
CALL control_list.rescreen('moved');
SELECT key, verdict, inputs ->> 'destination' AS destination FROM control_list.screening_log WHERE target = 'public.moved' ORDER BY logged_at;
DELETE FROM control_list.entry WHERE item = 'j';
SELECT control_list.unprotect('moved');

-- ---- with a verdict column: written, though the row would be refused now ----
\set ECHO none
CREATE TABLE parcel (id int PRIMARY KEY, hs hscode, dest text, day date, note text, verdict screening_verdict);
INSERT INTO parcel SELECT n, (ARRAY['0202.10', '0101.21', '8542.39'])[1 + n % 3]::hscode, (ARRAY['RU', 'JP'])[1 + n % 2], '2024-09-09', repeat('x', 500) FROM generate_series(1, 300) AS n;
CREATE INDEX ON parcel (hs);
ALTER TABLE parcel ALTER note SET STORAGE PLAIN;
VACUUM ANALYZE parcel;
\o /dev/null
SELECT control_list.protect('parcel', 'hs', 'dest', 'day', verdict_column => 'verdict');
\o
\set ECHO all
SELECT count(*) AS logged FROM logged \gset
CALL control_list.rescreen('parcel', on_change => 'hold', batch => 50);
SELECT verdict, count(*) FROM parcel GROUP BY 1 ORDER BY 1;
-- verdicts that say nothing are written, not logged
SELECT verdict, count(*) FROM logged WHERE target = 'public.parcel' GROUP BY 1 ORDER BY 1;
SELECT compare.different FROM compare('parcel');
-- the row is not refused, but what changes it is
UPDATE parcel SET dest = 'RU' WHERE id = 7;
UPDATE parcel SET note = NULL WHERE id = 10;
CALL control_list.rescreen('parcel', on_change => 'hold');
SELECT changed FROM control_list.rescreening WHERE target = 'parcel'::regclass;

-- stopped after a batch; meanwhile somebody writes a row into a block that was read already
DELETE FROM control_list.entry WHERE item = '4';
DELETE FROM parcel WHERE (ctid::text::point)[0] = 0;
VACUUM parcel;
SELECT control_list.rescreen_begin('parcel', NULL, 20, 'hold') ~ 'begins' AS begins;
SELECT is_last FROM control_list.rescreen_batch('parcel', 20);
SELECT blocks_done BETWEEN 1 AND blocks - 1 AS in_between, blocks_done FROM control_list.rescreening WHERE target = 'parcel'::regclass \gset
SELECT :'in_between' AS in_between;
UPDATE parcel SET note = repeat('y', 2500) WHERE id = 298;
SELECT (ctid::text::point)[0] < (SELECT next_block FROM control_list.rescreening WHERE target = 'parcel'::regclass) AS is_behind, verdict FROM parcel WHERE id = 298;
SELECT name, problem ~ '^rescreening has come to \d+ of \d+ blocks' AS problem FROM control_list.status WHERE name = 'parcel';
SELECT control_list.rescreen_begin('parcel', NULL, 20, 'hold') = format('rescreening of public.parcel goes on, %s of %s blocks are done', :blocks_done, blocks) AS goes_on FROM control_list.rescreening WHERE target = 'parcel'::regclass;
CALL control_list.rescreen('parcel', on_change => 'hold', batch => 20);
SELECT count(*) FILTER (WHERE p.verdict <> control_list.row_verdict('parcel', p.*)) AS wrong, max(p.verdict) AS most_severe FROM parcel AS p WHERE hs = '0101.21';
SELECT name, problem FROM control_list.status WHERE name = 'parcel';

-- batches that find nothing are joined to the next, one that has found something ends the transaction
CREATE TABLE calm (id int PRIMARY KEY, hs hscode, dest text, note char(500), verdict screening_verdict);
INSERT INTO calm SELECT n, '0202.10', 'JP', 'x', CASE WHEN n NOT IN (900, 2000) THEN 'not_listed'::screening_verdict END FROM generate_series(1, 3000) AS n;
VACUUM ANALYZE calm;
SELECT count(*) > 0 AS protected FROM control_list.protect('calm', 'hs', 'dest', verdict_column => 'verdict');
SELECT control_list.rescreen_begin('calm', NULL, 20, 'hold') ~ 'begins' AS begins;
SELECT is_last FROM control_list.rescreen_batch('calm', 20, '1 h');
SELECT p.id, s.next_block - (p.ctid::text::point)[0] BETWEEN 1 AND 2 AS next, s.transactions, s.changed FROM control_list.rescreening AS s, calm AS p WHERE s.target = 'calm'::regclass AND p.id IN (901, 2001);
SELECT is_last FROM control_list.rescreen_batch('calm', 20, '1 h');
SELECT p.id, s.next_block - (p.ctid::text::point)[0] BETWEEN 1 AND 2 AS next, s.transactions, s.changed FROM control_list.rescreening AS s, calm AS p WHERE s.target = 'calm'::regclass AND p.id IN (901, 2001);
SELECT is_last FROM control_list.rescreen_batch('calm', 20, '1 h');
SELECT blocks_done >= blocks AS all_blocks, transactions, changed, finished_at FROM control_list.rescreening WHERE target = 'calm'::regclass;
CALL control_list.rescreen('calm', on_change => 'hold', batch => 20);
SELECT count(*) FROM calm WHERE verdict = 'not_listed';
-- a batch ends where the table does, also if that was all but emptied
SELECT control_list.rescreen_begin('calm', NULL, 20, 'hold') ~ 'begins' AS begins;
UPDATE pg_class SET reltuples = 1e-9 WHERE oid = 'calm'::regclass;
CALL control_list.rescreen('calm', on_change => 'hold', batch => 20);
SELECT blocks_done = blocks AS all_blocks, finished_at IS NOT NULL AS finished FROM control_list.rescreening WHERE target = 'calm'::regclass;
SELECT control_list.unprotect('calm');
DROP TABLE calm;

-- it begins anew if the lists, the table or the task are not the same
SELECT control_list.rescreen_begin('parcel', NULL, 20, 'log') ~ 'begins' AS other_task;
SELECT control_list.rescreen_begin('parcel', NULL, 20, 'log') ~ 'begins' AS the_same;
UPDATE control_list.entry SET remark = 'x' WHERE item = '3';
SELECT control_list.rescreen_begin('parcel', NULL, 20, 'log') ~ 'begins' AS other_lists;
VACUUM FULL parcel;
SELECT control_list.rescreen_begin('parcel', NULL, 20, 'log') ~ 'begins' AS other_file;
-- and says so if they change while it goes on
UPDATE control_list.entry SET remark = 'y' WHERE item = '3';
SELECT is_last FROM control_list.rescreen_batch('parcel', 1000000);
SELECT is_last FROM control_list.rescreen_batch('parcel', 1000000);

-- who takes turns with another session, or has a table without partitions, comes to an end
SELECT * FROM control_list.rescreen_batch('parcel', 10);
CREATE TABLE none (id int PRIMARY KEY, hs hscode, dest text) PARTITION BY RANGE (id);
SELECT count(*) > 0 AS protected FROM control_list.protect('none', 'hs', 'dest');
CALL control_list.rescreen('none');

-- a row that is not there is not screened, wherever it is said to be
SELECT pg_relation_size('parcel') AS size \gset
SELECT row_id, control_list.rescreen_row('parcel', row_id, 'not_listed', false) AS logged, control_list.rescreen_row('parcel', row_id, 'not_listed', true) AS held
FROM unnest('{"(0,0)","(0,1000)","(100000,1)","(4294967295,1)"}'::tid[]) AS row_id;
SELECT pg_relation_size('parcel') = :size AS untouched;
SELECT control_list.rescreen_row('none', '(0,1)', 'not_listed', false);

-- few rows are found by an index
SELECT pg_sleep(0.01), clock_timestamp() AS later \gset
INSERT INTO control_list.entry (list, item, codes) VALUES ('K', '6', '0202');
SET enable_seqscan = off;
CALL control_list.rescreen('parcel', since => :'later', on_change => 'hold');
RESET enable_seqscan;
SELECT codes, at_once, changed FROM control_list.rescreening WHERE target = 'parcel'::regclass;

-- ---- what cannot be ----
CALL control_list.rescreen('"Shop"."order"', on_change => 'hold');
CALL control_list.rescreen('"Shop"."order"', on_change => 'delete');
CALL control_list.rescreen('"Shop"."order"', batch => 0);
CALL control_list.rescreen('"Shop"."order"', since => 'infinity');
CALL control_list.rescreen('control_list.list');
CALL control_list.rescreen(NULL);
BEGIN;
CALL control_list.rescreen('parcel');
ROLLBACK;
-- who may read nothing can log nothing, and rows that the reader is not shown are not passed over in silence
CREATE ROLE regress_officer;
GRANT EXECUTE ON FUNCTION control_list.rescreen_row, control_list.what_changed, control_list.logged_verdict TO regress_officer;
GRANT SELECT, INSERT, UPDATE ON control_list.rescreening TO regress_officer;
SET ROLE regress_officer;
SELECT control_list.rescreen_row('parcel', '(0,1)', 'not_listed', false);
CALL control_list.rescreen('parcel');
RESET ROLE;
GRANT SELECT ON parcel TO regress_officer;
INSERT INTO control_list.entry (list, item, codes, measure) VALUES ('K', '7', '0202', 'prohibited');
SET ROLE regress_officer;
CALL control_list.rescreen('parcel');
CALL control_list.rescreen('parcel', on_change => 'hold');
RESET ROLE;
SELECT verdict, count(*) FROM parcel WHERE hs = '0202.10' GROUP BY 1 ORDER BY 1;
SELECT count(*) FROM logged WHERE target = 'public.parcel' AND verdict = 'prohibited' AND code = '0202.10';
ALTER TABLE parcel ENABLE ROW LEVEL SECURITY;
SET ROLE regress_officer;
CALL control_list.rescreen('parcel');
RESET ROLE;

-- ---- the views ----
SELECT part, name, revision, effective, next_revision, entries, last_import IS NOT NULL AS imported, age IS NOT NULL AS has_age, regexp_replace(problem, '\d.*', '...') AS problem
FROM control_list.status ORDER BY part, name COLLATE "C";
INSERT INTO control_list.revision (list, label, effective) VALUES ('K', 'next', current_date + 30);
UPDATE control_list.list SET enabled = false WHERE code = 'W';
SELECT part, name, revision, next_revision, next_effective - current_date AS days, problem FROM control_list.status WHERE part = 'list' ORDER BY name;
INSERT INTO control_list.destination_group (name, territory, valid) VALUES ('g', 'KZ', '(,)'), ('g', 'AM', '[2030-01-01,)');
UPDATE control_list.entry SET destinations = '{@g,UA-43}', remark = 'for Aircraft' WHERE item = '2';
SELECT list, item, codes, territories, measure, valid, in_force FROM control_list.entry_search WHERE codes && '2508.10' ORDER BY list;
SELECT item FROM control_list.entry_search WHERE words ILIKE '%aircraft%' AND territories && '{KZ,*}' AND valid @> date '2024-09-09';

-- ---- rows that draw from licenses: they draw once, and have not used up a license for themselves ----
\set ECHO none
INSERT INTO control_list.list (code, title, destinations) VALUES ('D', 'licensed', '{CU}');
INSERT INTO control_list.entry (list, item, codes) VALUES ('D', '1', '9504.50');
INSERT INTO control_list.license (number, list, destinations, codes, valid, max_quantity, unit) VALUES ('A', 'D', '{CU}', '{95}', '(,)', 10, 'KG');
CREATE TABLE drawing (id int PRIMARY KEY, hs hscode, dest text, license text, kg int, unit text, verdict screening_verdict);
CREATE TABLE sold (LIKE drawing INCLUDING INDEXES);
\o /dev/null
SELECT control_list.protect('drawing', 'hs', 'dest', licenses => 'license', quantity => 'kg', unit => 'unit', reference => 'id', verdict_column => 'verdict', jurisdictions => '=KR');
SELECT control_list.protect('sold', 'hs', 'dest', licenses => 'license', quantity => 'kg', unit => 'unit', reference => 'id', log => 'all', jurisdictions => '=KR');
\o
INSERT INTO drawing VALUES (1, '9504.50', 'CU', 'A', 6, 'KG');
INSERT INTO sold VALUES (1, '9504.50', 'CU', 'A', 4, 'KG');
CREATE VIEW used AS SELECT reference, count(*) AS lines, sum(quantity) AS quantity FROM control_list.license_use GROUP BY reference ORDER BY reference;
CREATE VIEW said AS SELECT target, verdict, hits #>> '{0,reason}' AS reason FROM control_list.screening_log WHERE inputs ->> 'destination' = 'CU' ORDER BY logged_at;
\set ECHO all
SELECT control_list.license_left('A');
CALL control_list.rescreen('drawing');
CALL control_list.rescreen('drawing', on_change => 'hold');
CALL control_list.rescreen('sold');
SELECT clock_timestamp() AS later \gset
-- a license that was named and is needed no more; one that is needed again; impact() says so before
DELETE FROM control_list.entry WHERE list = 'D';
INSERT INTO control_list.entry (list, item, codes) VALUES ('D', '2', '0101');
SELECT verdict_before, verdict_after FROM control_list.impact('drawing', known_before => :'later');
SELECT verdict_before, verdict_after FROM control_list.impact('sold', known_before => :'later');
CALL control_list.rescreen('sold', since => :'later');
CALL control_list.rescreen('drawing', on_change => 'hold');
SELECT verdict FROM drawing;
SELECT * FROM used;
INSERT INTO control_list.entry (list, item, codes) VALUES ('D', '1', '9504.50');
CALL control_list.rescreen('drawing', on_change => 'hold');
CALL control_list.rescreen('sold');
SELECT verdict FROM drawing;
SELECT * FROM used;
SELECT * FROM said;
-- a license that became too small, or counts something else: the order waits, and the run goes on
UPDATE control_list.license SET max_quantity = 9;
INSERT INTO drawing VALUES (2, '9504.50', 'JP', 'A', 1, 'lb');
ALTER TABLE drawing DISABLE TRIGGER USER;
UPDATE drawing SET dest = 'CU' WHERE id = 2;
ALTER TABLE drawing ENABLE ALWAYS TRIGGER "~export_control", ENABLE ALWAYS TRIGGER export_control,
    ENABLE ALWAYS TRIGGER export_control_columns, ENABLE ALWAYS TRIGGER export_control_truncate;
CALL control_list.rescreen('drawing', on_change => 'hold');
SELECT id, verdict FROM drawing ORDER BY id;
SELECT * FROM used;
SELECT key, verdict, reasons FROM control_list.held_orders WHERE target = 'drawing'::regclass;
UPDATE control_list.license SET max_quantity = 10;
CALL control_list.rescreen('drawing', on_change => 'hold');
SELECT id, verdict FROM drawing ORDER BY id;
SELECT * FROM used;

-- ---- days pass, and nobody changes anything: rows without a day of their own are met by what comes into force ----
\set ECHO none
SET session_replication_role = replica;
DELETE FROM control_list.entry;
DELETE FROM control_list.list WHERE code <> 'K';
TRUNCATE control_list.entry_history, control_list.list_history, control_list.destination_group, control_list.destination_group_history;
UPDATE control_list.list SET recorded = tstzrange(now() - interval '30 days', NULL), known_from = NULL, destinations = '{RU}', jurisdictions = NULL;
INSERT INTO control_list.entry (list, item, codes, valid, recorded)
SELECT 'K', codes, codes::hsrange, valid, tstzrange(now() - interval '30 days', NULL)
FROM (SELECT (now() AT TIME ZONE 'Asia/Seoul')::date AS today) AS t,
     LATERAL (VALUES ('9301', daterange(NULL, NULL)), ('8542', daterange(today, NULL)), ('8703', daterange(NULL, today)), ('2508', daterange(today - 3, today - 2))) AS e (codes, valid);
UPDATE control_list.generation SET changed_at = now() - interval '30 days', unrecorded_at = now() - interval '40 days';
RESET session_replication_role;
-- written yesterday
CREATE TABLE undated (id int PRIMARY KEY, hs hscode, dest text, verdict screening_verdict);
CREATE TABLE maybe (id int PRIMARY KEY, hs hscode, dest text, day date);
INSERT INTO undated VALUES (1, '8542', 'RU', 'not_listed'), (2, '8703', 'RU', 'license_required'), (3, '9301', 'RU', 'license_required'), (4, '2508', 'RU', 'not_listed');
INSERT INTO maybe SELECT id, hs, dest, NULL FROM undated UNION ALL SELECT id + 10, hs, dest, now() - interval '10 days' FROM undated;
CREATE TABLE never (LIKE undated);
ALTER TABLE never ADD PRIMARY KEY (id);
INSERT INTO never SELECT * FROM undated;
\o /dev/null
SELECT control_list.protect('undated', 'hs', 'dest', verdict_column => 'verdict');
SELECT control_list.protect('never', 'hs', 'dest');
SELECT control_list.protect('maybe', 'hs', 'dest', 'day');
\o
SELECT now() - interval '1 day' AS yesterday, count(*) AS logged FROM logged \gset
\set ECHO all
SELECT codes FROM control_list.what_changed(:'yesterday');
CALL control_list.rescreen('undated', since => :'yesterday', on_change => 'hold');
CALL control_list.rescreen('never', since => :'yesterday');
CALL control_list.rescreen('maybe', since => :'yesterday');
SELECT * FROM logged OFFSET :logged;
SELECT id, verdict FROM undated ORDER BY id;
CALL control_list.rescreen('maybe', since => :'yesterday');
-- groups and lists have their days, too
BEGIN;
SET LOCAL session_replication_role = replica;
INSERT INTO control_list.destination_group (name, territory, valid, recorded) VALUES ('g', 'KZ', daterange(current_date - 3, NULL), tstzrange(now() - interval '20 days', NULL));
UPDATE control_list.generation SET changed_at = now() - interval '20 days';
SELECT codes IS NULL AS all_codes FROM control_list.what_changed(now() - interval '5 days');
SELECT codes FROM control_list.what_changed(:'yesterday');
UPDATE control_list.list SET known_from = current_date - 3, recorded = tstzrange(now() - interval '20 days', NULL);
DELETE FROM control_list.destination_group;
UPDATE control_list.generation SET changed_at = now() - interval '20 days';
SELECT codes IS NULL AS all_codes FROM control_list.what_changed(now() - interval '5 days');
ROLLBACK;
-- what was stopped on an earlier day begins anew
SELECT control_list.rescreen_begin('maybe', NULL, 20, 'log') ~ 'begins' AS begins;
SELECT control_list.rescreen_begin('maybe', NULL, 20, 'log') ~ 'goes on' AS goes_on;
UPDATE control_list.rescreening SET started_at = :'yesterday' WHERE target = 'maybe'::regclass;
SELECT control_list.rescreen_begin('maybe', NULL, 20, 'log') ~ 'begins' AS begins_anew;
-- licenses come and go without a history
\set ECHO none
INSERT INTO control_list.license (number, list, destinations, codes, valid) VALUES ('B', 'K', '{RU}', '{9301}', '(,)');
CREATE TABLE licensed (id int PRIMARY KEY, hs hscode, dest text, day date, license text);
\o /dev/null
SELECT control_list.protect('licensed', 'hs', 'dest', 'day', licenses => 'license', log => 'all');
\o
INSERT INTO licensed VALUES (1, '9301', 'RU', current_date, 'B');
UPDATE control_list.license SET valid = '(,2024-01-01)' WHERE number = 'B';
SELECT count(*) AS logged FROM logged \gset
\set ECHO all
CALL control_list.rescreen('licensed', since => :'yesterday');
SELECT * FROM logged OFFSET :logged;

-- a key looks as it does in the log, whatever the session has set
\set ECHO none
CREATE TABLE timed (at timestamptz, span interval, hs hscode, dest text, PRIMARY KEY (at, span));
\o /dev/null
SELECT control_list.protect('timed', 'hs', 'dest', block_at => NULL, log => 'hits');
\o
INSERT INTO control_list.entry (list, item, codes) VALUES ('K', 'timed', '9302');
INSERT INTO timed VALUES ('2024-09-09 00:00+00', '36:00', '9302', 'RU');
DELETE FROM control_list.entry WHERE item = 'timed';
SELECT count(*) AS logged FROM logged \gset
\set ECHO all
SET timezone = 'Asia/Seoul';
SET intervalstyle = 'iso_8601';
CALL control_list.rescreen('timed');
SET timezone = 'UTC';
RESET intervalstyle;
SELECT * FROM logged OFFSET :logged;
-- progress is told about once a second, and at the end; only the last batch waits for the disk
SELECT control_list.rescreen_begin('parcel', NULL, 20, 'log') ~ 'begins' AS begins;
SELECT is_last FROM control_list.rescreen_batch('parcel', 20);
UPDATE control_list.rescreening SET worked = '9 s' WHERE target = 'parcel'::regclass;
SELECT message IS NULL AS silent FROM control_list.rescreen_batch('parcel', 20);
SET synchronous_commit = local;
UPDATE control_list.rescreening SET worked = '9.999999 s' WHERE target = 'parcel'::regclass;
BEGIN;
SELECT message ~ '^public[.]parcel: [0-9]+ %, [0-9]+ verdicts changed, [0-9]+ rows a second, [0-9:]+ left$' AS told FROM control_list.rescreen_batch('parcel', 20);
SHOW synchronous_commit;
COMMIT;
SHOW synchronous_commit;
UPDATE control_list.rescreening SET next_block = blocks WHERE target = 'parcel'::regclass;
BEGIN;
SELECT message ~ '^public[.]parcel: done, [0-9]+ verdicts changed, [0-9]+ rows a second$' AS told, is_last FROM control_list.rescreen_batch('parcel', 20);
SHOW synchronous_commit;
COMMIT;
RESET synchronous_commit;

-- who can write how far it has come does not lead others to tables of his
SELECT control_list.rescreen_begin('timed', NULL, 20, 'log') ~ 'begins' AS begins;
UPDATE control_list.rescreening SET parts = '{licensed}' WHERE target = 'timed'::regclass;
SELECT is_last FROM control_list.rescreen_batch('timed', 20);
SELECT control_list.rescreen_begin('timed', NULL, 20, 'log') ~ 'begins' AS begins_anew;

\set ECHO none
\c :home
DROP DATABASE control_list_rescreen;
DROP ROLE regress_officer;
