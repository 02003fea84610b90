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
