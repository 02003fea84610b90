--
-- Revisions: what each has changed, how one takes effect and how it is taken back.
--
\set VERBOSITY terse
SET datestyle = 'ISO, YMD';
CREATE FUNCTION pg_temp.list_state(OUT item text, OUT codes hsrange, OUT valid daterange, OUT revision text) RETURNS SETOF record
LANGUAGE sql AS $$SELECT e.item, e.codes, e.valid, e.revision FROM control_list.entry AS e WHERE e.list = 'V' ORDER BY e.item, e.valid$$;

-- Korea's list: its numbers in force on the days of its revisions
BEGIN;
\set ECHO none
\o /dev/null
\i data/load_lists.sql
\o
\set ECHO all
SELECT list, label, effective, state, added, removed, in_force FROM control_list.revision_history ORDER BY list, effective;
SELECT change, count(*), min(codes_added) AS least, max(codes_added) AS most, bool_and(isempty(codes_removed)) AS none_removed
FROM control_list.revision_diff('KR-2-2', '2024-02-24', '2024-09-09') GROUP BY change;
SELECT change, count(*) FROM control_list.revision_diff('KR-2-2', '2024-09-09', '2024-02-24') GROUP BY change;
-- at midnight in Seoul
SELECT at, screen_shipment_at('2508.10', 'RU', at) FROM unnest('{2024-09-08 14:59:59.999999 UTC, 2024-09-08 15:00 UTC}'::timestamptz[]) AS at;
-- withdrawn from a later day, it has been in force until then
SELECT control_list.withdraw_revision('KR-2-2', '2024-09-09', '2024-10-01');
SELECT day, screen_shipment('2508.10', 'RU', day) AS new, screen_shipment('8542.31', 'RU', day) AS old
FROM unnest('{2024-09-08,2024-09-09,2024-09-30,2024-10-01}'::date[]) AS day;
SELECT label, state, withdrawn, added, in_force FROM control_list.revision_history WHERE list = 'KR-2-2' ORDER BY effective;
ROLLBACK;

-- a revision to come takes effect by the clock of its list, and nobody does anything: one day has come in the first
-- place on earth, and not yet in the last
SELECT (now() AT TIME ZONE 'Pacific/Kiritimati')::date AS day \gset
INSERT INTO control_list.list (code, title, time_zone, destinations) VALUES
    ('FIRST', 'a list', 'Pacific/Kiritimati', '{RU}'), ('LAST', 'a list', 'Pacific/Pago_Pago', '{BY}');
INSERT INTO control_list.revision (list, label, effective) SELECT l, 'r', date :'day' FROM unnest('{FIRST,LAST}'::text[]) AS l;
INSERT INTO control_list.entry (list, item, codes, valid, revision)
SELECT l, '1', '8542', daterange(:'day', NULL), 'r' FROM unnest('{FIRST,LAST}'::text[]) AS l;
SELECT screen_shipment('8542', 'RU'), screen_shipment('8542', 'BY');
SELECT list, state, added, in_force FROM control_list.revision_history ORDER BY list;
DELETE FROM control_list.entry;
DELETE FROM control_list.revision;
DELETE FROM control_list.list;

-- three revisions: the second adds, ends and changes, the third is to come
INSERT INTO control_list.list (code, title, destinations) VALUES ('V', 'a list', '{RU}');
INSERT INTO control_list.revision (list, label, announced, effective, source, sha256) VALUES
    ('V', 'first', '2023-12-01', '2024-01-01', 'first.csv', sha256('first')), ('V', 'second', '2024-02-01', '2024-03-01', NULL, NULL),
    ('V', 'third', '2024-03-15', '2100-01-01', NULL, NULL), ('V', 'some day', '2024-03-15', NULL, NULL, NULL);
INSERT INTO control_list.revision (list, label, sha256) VALUES ('V', 'short', '\x00');
INSERT INTO control_list.revision (list, label, withdrawn) VALUES ('V', 'never', 'infinity');
INSERT INTO control_list.entry (list, item, codes, except_codes, valid, measure, revision) VALUES
    ('V', 'stays', '8541', NULL, '[2024-01-01,)', NULL, 'first'),
    ('V', 'ends', '8542', NULL, '[2024-01-01,)', NULL, 'first'),
    ('V', 'ends anyway', '8543', NULL, '[2024-01-01,2024-03-01)', NULL, 'first'),
    ('V', 'changes', '8703', NULL, '[2024-01-01,2050-01-01)', NULL, 'first'),
    ('V', 'words', NULL, NULL, '[2024-01-01,)', NULL, 'first');
UPDATE control_list.entry SET valid = daterange(lower(valid), '2024-03-01') WHERE item IN ('ends', 'changes');
INSERT INTO control_list.entry (list, item, codes, except_codes, valid, measure, revision) VALUES
    ('V', 'changes', '8703-8704', '{8703.10}', '[2024-03-01,)', 'review', 'second'),
    ('V', 'comes', '9301', NULL, '[2024-03-01,)', NULL, 'second'),
    ('V', 'phased in', '9302', NULL, '[2024-06-01,)', NULL, 'second'),
    ('V', 'to come', '9303', NULL, '[2100-01-01,)', NULL, 'third');
SELECT label, announced, effective, state, added, removed, in_force, source, left(encode(sha256, 'hex'), 8) AS sha256 FROM control_list.revision_history ORDER BY effective, label;
SELECT * FROM control_list.revision_diff('V', 'first', 'second');
SELECT * FROM control_list.revision_diff('V', 'second', 'first');
SELECT * FROM control_list.revision_diff('V', 'second', 'third');
SELECT * FROM control_list.revision_diff('V', 'first', 'first');
SELECT * FROM control_list.revision_diff('V', 'first', 'zeroth');
SELECT * FROM control_list.revision_diff('W', 'first', 'second');
SELECT * FROM control_list.revision_diff('V', NULL, 'second');
SELECT * FROM control_list.revision_diff('V', 'first', 'some day');

-- stayed before it takes effect, the third is as if it never was, but for the history
BEGIN;
SELECT control_list.withdraw_revision('V', 'third', '2030-01-01');
SELECT * FROM pg_temp.list_state() WHERE revision = 'third';
SELECT label, state, withdrawn, added, in_force FROM control_list.revision_history WHERE label IN ('second', 'third') ORDER BY effective;
SELECT item, valid FROM control_list.entry_history WHERE revision = 'third';
SELECT control_list.withdraw_revision('V', 'third', '2030-01-01');
ROLLBACK;
-- stayed before it took effect, the second leaves the first as it was
BEGIN;
SELECT control_list.withdraw_revision('V', 'second', '2024-02-15');
SELECT * FROM pg_temp.list_state();
SELECT label, state, added, removed, in_force FROM control_list.revision_history WHERE effective < '2030-01-01' ORDER BY effective;
ROLLBACK;
-- withdrawn later, it has been in force: what it ended comes back
BEGIN;
SELECT control_list.withdraw_revision('V', 'second', '2024-05-01');
SELECT * FROM pg_temp.list_state();
SELECT day, screen_shipment('8542', 'RU', day), screen_shipment('9301', 'RU', day), screen_shipment('9302', 'RU', day)
FROM unnest('{2024-02-29,2024-03-01,2024-04-30,2024-05-01,2024-06-01}'::date[]) AS day;
ROLLBACK;
SELECT control_list.withdraw_revision('V', 'fourth', '2024-05-01');
SELECT control_list.withdraw_revision('V', 'some day', '2024-05-01');
SELECT control_list.withdraw_revision('V', 'second', NULL);
SELECT control_list.withdraw_revision('V', 'second', 'infinity');
DELETE FROM control_list.entry;
DELETE FROM control_list.revision;
DELETE FROM control_list.list;

-- ---- an import that replaces a list, and is taken back ----
-- what other tests have left, with times that have not come yet among it
SET session_replication_role = replica;
TRUNCATE control_list.entry_history, control_list.list_history, control_list.destination_group_history;
RESET session_replication_role;
INSERT INTO control_list.destination_group (name, territory, valid) VALUES ('w', 'KZ', '(,)'), ('w', 'AM', '[2024-08-01,)');
INSERT INTO control_list.list (code, title, destinations) VALUES ('W', 'a list', '{RU}');
INSERT INTO control_list.revision (list, label, effective) VALUES ('W', 'first', '2024-01-01');
INSERT INTO control_list.entry (list, item, codes, destinations, measure, valid, remark, revision) VALUES
    ('W', 'stays', '8501', NULL, NULL, '[2024-01-01,)', NULL, 'first'),
    ('W', 'ends', '8502', '{@w}', NULL, '[2024-01-01,2025-01-01)', NULL, 'first'),
    ('W', 'never comes', '8503', NULL, NULL, '[2024-06-01,)', 'deleted', 'first'),
    ('W', 'changes', '8504', NULL, 'review', '[2024-01-01,)', NULL, 'first'),
    ('W', 'corrected', '8505', NULL, NULL, '[2024-06-01,)', 'corrected', 'first'),
    ('W', 'changes later', '8506', NULL, NULL, '[2024-01-01,)', NULL, 'first'),
    ('W', 'sooner', '8507', NULL, NULL, '[2025-01-01,)', NULL, 'first'),
    ('W', 'until', '8508', NULL, NULL, '[2024-01-01,2026-01-01)', NULL, 'first'),
    ('W', 'words', '8509', NULL, NULL, '(,)', 'old words', NULL),
    ('W', 'moves', '8510', NULL, NULL, '[2024-06-01,)', NULL, 'first'), ('W', 'moves', '8511', NULL, NULL, '[2024-06-01,)', NULL, 'first'),
    ('W', 'waits', '8512', NULL, NULL, '[2025-01-01,)', NULL, 'first');
INSERT INTO control_list.entry (list, item, codes, except_codes, ex, destinations, measure, valid, applies_if, exempt_if, remark, revision) VALUES
    ('W', 'all columns', '8501-8502', '{8501.10}', true, '{UA-43,@w}', 'review', '[2024-06-01,)', 'strict $."a b" == "x\"y"', 'strict $.n > 1', 'it''s', 'first');
CREATE TABLE kept AS SELECT to_jsonb(e) - '{id,recorded}'::text[] AS entry FROM control_list.entry AS e WHERE list = 'W';
CREATE TABLE stage (n int GENERATED ALWAYS AS IDENTITY, name text, at timestamptz DEFAULT clock_timestamp());
CREATE TABLE said (stage text, code text, destination text, day date, hits text, PRIMARY KEY (stage, code, destination, day));
CREATE FUNCTION say(stage text, known_at timestamptz DEFAULT NULL) RETURNS void LANGUAGE sql AS $$
    INSERT INTO said
    SELECT say.stage, c::text, d, day,
           (SELECT string_agg(concat_ws(' ', h.item, h.codes, h.measure, h.remark), ', ' ORDER BY h.item, h.codes)
            FROM screening_hits(c, d, day, known_at => say.known_at) AS h)
    FROM (SELECT hscode_from_number(8500 + n, 4) FROM generate_series(1, 15) AS n) AS code (c), unnest('{RU,KZ,AM,BY}'::text[]) AS d,
         unnest('{2023-12-31,2024-01-01,2024-05-31,2024-06-01,2024-06-30,2024-07-01,2024-07-31,2024-08-01,2024-12-31,2025-01-01,2025-06-30,2025-07-01,2026-01-01}'::date[]) AS day
$$;
CREATE FUNCTION differ(a text, b text) RETURNS TABLE (days daterange, answers bigint) LANGUAGE sql AS $$
    SELECT daterange(min(x.day), max(x.day), '[]'), count(*)
    FROM said AS x JOIN said AS y USING (code, destination, day) WHERE x.stage = a AND y.stage = b AND x.hits IS DISTINCT FROM y.hits
$$;
CREATE FUNCTION import() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM control_list.begin_import('W');
    INSERT INTO control_list_import (item, hs_code, destinations, measure, effective_from, effective_to, remark) VALUES
        ('stays', '8501', NULL, NULL, NULL, NULL, NULL), ('changes', '8504', 'BY', 'prohibited', NULL, NULL, NULL),
        ('corrected', 'ex 8505', NULL, NULL, NULL, NULL, 'to this'), ('changes later', '8506 except 8506.10', NULL, 'review', '2024-08-01', NULL, NULL),
        ('sooner', '8507', NULL, NULL, '2024-07-01', NULL, NULL), ('until', '8508', NULL, NULL, NULL, '2024-07-31', NULL),
        ('words', '8509', NULL, NULL, NULL, NULL, 'new words'), ('moves', '8511, 8513', NULL, NULL, NULL, NULL, NULL),
        ('comes', '8514', NULL, NULL, NULL, NULL, NULL), ('comes later', '8515', NULL, NULL, '2025-06-30', NULL, NULL);
    PERFORM control_list.apply_import('second', effective => '2024-06-01', max_removed => 1);
END
$$;
SELECT say('before');
INSERT INTO stage (name) VALUES ('before');
SELECT import();
SELECT say('imported');
INSERT INTO stage (name) VALUES ('imported');
SELECT count(*) > 5 AS it_changes_more_than_it_brings FROM control_list.entry_history AS h JOIN control_list.revision AS r ON upper(h.recorded) = lower(r.recorded) WHERE r.label = 'second';
SELECT * FROM differ('before', 'imported');
-- before it has taken effect: as if it had never been, on every day
BEGIN;
SELECT control_list.withdraw_revision('W', 'second', '2024-05-01');
SELECT say('withdrawn');
SELECT * FROM differ('before', 'withdrawn');
SELECT count(*) AS entries, bool_and(to_jsonb(e) - '{id,recorded}'::text[] IN (SELECT k.entry FROM kept AS k)) AS are_the_same, (SELECT count(*) FROM kept) AS before
FROM control_list.entry AS e WHERE list = 'W';
ROLLBACK;
-- on its day, and later: as it was from there on
BEGIN;
SELECT control_list.withdraw_revision('W', 'second', '2024-06-01');
SELECT say('withdrawn');
SELECT * FROM differ('before', 'withdrawn');
ROLLBACK;
SELECT control_list.withdraw_revision('W', 'second', '2024-07-01');
SELECT say('withdrawn');
SELECT max(day) < '2024-07-01' AS as_before FROM said AS x JOIN said AS y USING (code, destination, day) WHERE x.stage = 'before' AND y.stage = 'withdrawn' AND x.hits IS DISTINCT FROM y.hits;
-- a remark is that of an entry on all of its days
SELECT min(day) AS differ_from, array_agg(DISTINCT x.hits) AS hits FROM said AS x JOIN said AS y USING (code, destination, day)
WHERE x.stage = 'imported' AND y.stage = 'withdrawn' AND x.hits IS DISTINCT FROM y.hits AND day < '2024-07-01';
SELECT item, codes, except_codes, ex, destinations, measure, valid, remark, revision FROM control_list.entry WHERE list = 'W' ORDER BY item COLLATE "C", valid, codes;
-- what was known when is what was said then
SELECT say('known ' || name, at) FROM stage ORDER BY n;
SELECT name, d.* FROM stage, differ(name, 'known ' || name) AS d ORDER BY n;
SELECT label, state, withdrawn, added, removed, in_force FROM control_list.revision_history WHERE list = 'W' ORDER BY effective;

-- what was corrected since in other columns stays so; what was changed again wants a person, and so does what came
-- together with another revision
UPDATE control_list.revision SET withdrawn = NULL WHERE label = 'second';
DELETE FROM control_list.entry WHERE list = 'W';
INSERT INTO control_list.revision (list, label, effective) VALUES ('W', 'third', '2024-06-01');
INSERT INTO control_list.entry (list, item, codes, valid) VALUES ('W', 'a', '8501', '[2024-01-01,)'), ('W', 'b', '8502', '[2024-01-01,)');
SELECT control_list.begin_import('W', '{item,hs_code}');
INSERT INTO control_list_import VALUES ('b', '8502');
SELECT count(*) FROM control_list.apply_import('fourth', effective => '2024-06-01', max_removed => 1);
UPDATE control_list.entry SET codes = '8501.10' WHERE list = 'W' AND item = 'a';
BEGIN;
SELECT control_list.withdraw_revision('W', 'fourth', '2024-06-01');
SELECT item, codes, valid FROM control_list.entry WHERE list = 'W' ORDER BY item;
ROLLBACK;
\set VERBOSITY default
\set SHOW_CONTEXT never
UPDATE control_list.entry SET valid = '[2024-01-01,2024-04-01)' WHERE list = 'W' AND item = 'a';
SELECT control_list.withdraw_revision('W', 'fourth', '2024-06-01');
UPDATE control_list.entry SET valid = '[2024-01-01,2024-06-01)' WHERE list = 'W' AND item = 'a';
SELECT control_list.withdraw_revision('W', 'fourth', '2024-06-01');
BEGIN;
INSERT INTO control_list.revision (list, label, effective) VALUES ('W', 'fifth', '2024-07-01'), ('W', 'sixth', '2024-08-01');
UPDATE control_list.entry SET valid = '[2024-01-01,2024-07-01)' WHERE list = 'W' AND item = 'b';
COMMIT;
SELECT control_list.withdraw_revision('W', 'sixth', '2024-08-01');
\set VERBOSITY terse
DROP TABLE stage, said, kept;
DROP FUNCTION say, differ, import;
DELETE FROM control_list.entry;
DELETE FROM control_list.revision;
DELETE FROM control_list.list;
DELETE FROM control_list.destination_group;
