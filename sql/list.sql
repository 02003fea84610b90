-- Lists, groups and entries check themselves, whoever writes them.
\set SHOW_CONTEXT never
\set ON_ERROR_ROLLBACK on
BEGIN;

-- lists
INSERT INTO control_list.list (code, title) VALUES ('A', 'only code and title are required');
SELECT code, jurisdictions, tariff, time_zone, destinations, measure, known_from, enabled, upper_inf(recorded) FROM control_list.list;
INSERT INTO control_list.list (code, title, destinations) VALUES ('B', 'x', '{Russia}');
INSERT INTO control_list.list (code, title, destinations) VALUES ('B', 'x', '{RU,NULL}');
INSERT INTO control_list.list (code, title, destinations) VALUES ('B', 'x', '{UA-99}');
INSERT INTO control_list.list (code, title, destinations) VALUES ('B', 'x', '{}');
INSERT INTO control_list.list (code, title, destinations) VALUES ('B', 'x', '{@nobody}');
INSERT INTO control_list.list (code, title, jurisdictions) VALUES ('B', 'x', '{KOR?}');
INSERT INTO control_list.list (code, title, jurisdictions) VALUES ('B', 'x', '{}');
\set VERBOSITY terse
INSERT INTO control_list.list (code, title, tariff) VALUES ('B', 'x', 'Korea');
\set VERBOSITY default
INSERT INTO control_list.list (code, title, time_zone) VALUES ('B', 'x', 'Asia/Soul');
INSERT INTO control_list.list (code, title, time_zone) VALUES ('B', 'x', 'UTC+9');
INSERT INTO control_list.list (code, title, time_zone) VALUES ('B', 'x', 'Seoul0');
INSERT INTO control_list.list (code, title, time_zone) VALUES ('B', 'x', 'Etc/GMT-9');
DELETE FROM control_list.list WHERE code = 'B';
\set VERBOSITY terse
INSERT INTO control_list.list (code, title, measure) VALUES ('B', 'x', 'not_listed');
\set VERBOSITY default
\set VERBOSITY terse
INSERT INTO control_list.list (code, title, known_from) VALUES ('B', 'x', 'infinity');
\set VERBOSITY default

-- groups
INSERT INTO control_list.destination_group VALUES ('watch', 'KZ'), ('watch', 'KG');
INSERT INTO control_list.list (code, title, destinations) VALUES ('B', 'x', '{@watch,UA-43}');
SELECT d, r.* FROM unnest('{"{@watch,RUS,ua-43}",NULL,"{@nobody}"}'::text[]) AS d, control_list.resolve_destinations(d::text[]) AS r ORDER BY 1, 2;
\set VERBOSITY terse
INSERT INTO control_list.destination_group VALUES ('watch', 'Kazakhstan');
INSERT INTO control_list.destination_group VALUES ('Watch', 'KZ');
\set VERBOSITY default
DELETE FROM control_list.destination_group WHERE territory = 'KZ';
DELETE FROM control_list.destination_group WHERE territory = 'KG';
INSERT INTO control_list.destination_group VALUES ('watch', 'KZ');
UPDATE control_list.destination_group SET name = 'other';
DELETE FROM control_list.list WHERE code = 'B';
DELETE FROM control_list.destination_group;
-- a territory may come and go, but stands in a group once on each day
INSERT INTO control_list.destination_group VALUES
    ('fair', 'TR', '(,2022-03-01)'), ('fair', 'TR', '[2023-01-01,2024-01-01)'), ('fair', 'TR', '[2024-01-01,)');
INSERT INTO control_list.destination_group VALUES ('fair', 'TR', '[2022-02-28,2022-04-01)');
UPDATE control_list.destination_group SET valid = '[2023-12-31,)' WHERE valid = '[2024-01-01,)';
\set VERBOSITY terse
INSERT INTO control_list.destination_group VALUES ('fair', 'TR', '[2024-01-01,)');
INSERT INTO control_list.destination_group VALUES ('fair', 'AM', 'empty');
INSERT INTO control_list.destination_group VALUES ('fair', 'AM', NULL);
INSERT INTO control_list.destination_group VALUES ('fair', 'AM', '[infinity,)');
INSERT INTO control_list.destination_group VALUES ('fair', 'AM', '(,-infinity)');
INSERT INTO control_list.destination_group VALUES ('fair', 'AM', '[-infinity,-infinity]');
\set VERBOSITY default
DELETE FROM control_list.destination_group;
INSERT INTO control_list.destination_group VALUES ('watch', 'KZ'), ('watch', 'KG');

-- entries
INSERT INTO control_list.entry (list, item, codes) VALUES ('A', '1', '8542');
SELECT list, item, codes, except_codes, ex, destinations, measure, valid, lower(recorded) = control_list.recording_time() AS recorded_now, upper_inf(recorded)
FROM control_list.entry;
INSERT INTO control_list.entry (list, item, codes) VALUES ('Z', '1', '8542');
\set VERBOSITY terse
INSERT INTO control_list.entry (list, item, codes) VALUES ('A', NULL, '8542');
INSERT INTO control_list.entry (list, item, codes, destinations) VALUES ('A', '2', '8542', '{@nobody}');
INSERT INTO control_list.entry (list, item, codes, destinations) VALUES ('A', '2', '8542', '{XX}');
INSERT INTO control_list.entry (list, item, except_codes) VALUES ('A', '2', '{8542}');
INSERT INTO control_list.entry (list, item, codes, except_codes) VALUES ('A', '2', '8542', '{85}');
INSERT INTO control_list.entry (list, item, codes, valid) VALUES ('A', '2', '8542', 'empty');
INSERT INTO control_list.entry (list, item, codes, valid) VALUES ('A', '2', '8542', '[infinity,)');
INSERT INTO control_list.entry (list, item, codes, valid) VALUES ('A', '2', '8542', '(,-infinity)');
INSERT INTO control_list.entry (list, item, codes, valid) VALUES ('A', '2', '8542', '[-infinity,-infinity]');
INSERT INTO control_list.entry (list, item, codes, recorded) VALUES ('A', '2', '8542', '(,)');
INSERT INTO control_list.entry (list, item, codes, revision) VALUES ('A', '2', '8542', '2024');
\set VERBOSITY default

-- two entries of one list and item must differ in codes, destinations or days
INSERT INTO control_list.entry (list, item, codes) VALUES ('A', '1', '8542.31');
INSERT INTO control_list.entry (list, item, codes, destinations) VALUES ('A', '1', '85', '{RU}');
INSERT INTO control_list.entry (list, item, codes) VALUES ('A', '1', '8541-8542');
-- another item, other codes, exceptions, other days and other places are fine
UPDATE control_list.entry SET destinations = '{RU,UA-43}', valid = '[2024-01-01,2025-01-01)', except_codes = '{8542.90}';
INSERT INTO control_list.entry (list, item, codes, destinations, valid) VALUES
    ('A', '2', '8542', NULL, '(,)'),
    ('A', '1', '8541', NULL, '(,)'),
    ('A', '1', '8542.90', '{RU}', '(,2025-01-01)'),
    ('A', '1', '8542', '{RU}', '[2025-01-01,)'),
    ('A', '1', '8542', '{BY,UA-14}', '(,)'),
    ('A', '1', NULL, '{RU}', '(,)');
-- places overlap by country, subdivision, group, default of the list, or everywhere
INSERT INTO control_list.entry (list, item, codes, destinations) VALUES ('A', '1', '8542', '{UA}');
INSERT INTO control_list.entry (list, item, codes, destinations) VALUES ('A', '1', '8542', '{blr}');
INSERT INTO control_list.entry (list, item, codes, destinations) VALUES ('A', '1', '8542', '{*}');
INSERT INTO control_list.entry (list, item, destinations) VALUES ('A', '1', '{RU,BY}');
INSERT INTO control_list.entry (list, item) VALUES ('A', '2');
INSERT INTO control_list.entry (list, item) VALUES ('A', '2');
INSERT INTO control_list.entry (list, item, codes, destinations) VALUES ('A', '1', '8542', '{@watch}');
INSERT INTO control_list.entry (list, item, codes, destinations) VALUES ('A', '1', '8542', '{KZ}');
-- a member that joins the group, and a new default of the list, are checked too
INSERT INTO control_list.destination_group VALUES ('watch', 'BY');
INSERT INTO control_list.destination_group VALUES ('watch', 'BY', '[2030-01-01,)');
DELETE FROM control_list.entry WHERE item = '2' OR codes IS NULL OR codes <> '8542' OR destinations = '{@watch}';
UPDATE control_list.list SET destinations = '{AM}' WHERE code = 'A';
INSERT INTO control_list.entry (list, item, codes) VALUES ('A', '1', '8542');
UPDATE control_list.list SET destinations = '{AM,BY}' WHERE code = 'A';
UPDATE control_list.entry SET valid = '(,)';
-- groups that change let entries overlap on some days only
INSERT INTO control_list.destination_group VALUES ('early', 'GE', '(,2024-01-01)'), ('late', 'GE', '[2024-01-01,)');
INSERT INTO control_list.entry (list, item, codes, destinations, valid) VALUES
    ('A', 'g', '8542', '{@early}', '(,)'), ('A', 'g', '8542', '{@late}', '(,)');
INSERT INTO control_list.entry (list, item, codes, destinations, valid) VALUES ('A', 'g', '8542', '{GE}', '[2023-12-31,2024-01-01)');
INSERT INTO control_list.destination_group VALUES ('late', 'GE', '[2023-12-31,2024-01-01)');
UPDATE control_list.destination_group SET valid = '[2024-02-01,)' WHERE name = 'late';
INSERT INTO control_list.entry (list, item, codes, destinations, valid) VALUES ('A', 'g', '8542', '{GE}', '[2024-01-01,2024-02-01)');
DELETE FROM control_list.entry WHERE item = 'g';
UPDATE control_list.entry SET destinations = '{@nobody}' WHERE destinations IS NULL;
UPDATE control_list.list SET destinations = '{@nobody}' WHERE code = 'A';
-- a row that says it was recorded earlier comes from a restore: its group may come later
INSERT INTO control_list.entry (list, item, codes, destinations, recorded) VALUES ('A', 'old', '8542', '{@later}', '[2024-01-01,)');
UPDATE control_list.entry SET remark = 'x' WHERE item = 'old';
DELETE FROM control_list.entry WHERE item = 'old';
-- an entry that names no list, however it came there, lets nobody screen past it
INSERT INTO control_list.entry (list, item, codes, recorded) VALUES ('misspelt', '1', '9503', '[2020-01-01,)');
SELECT screen_shipment('9503', 'JP', '2024-09-09');
SELECT screen_shipment('9504', 'JP', '2024-09-09');
DELETE FROM control_list.entry WHERE list = 'misspelt';
-- what is in use stays
UPDATE control_list.list SET code = 'renamed' WHERE code = 'A';
DELETE FROM control_list.list WHERE code = 'A';
INSERT INTO control_list.revision (list, label) VALUES ('Z', 'r1');
INSERT INTO control_list.revision (list, label) VALUES ('A', 'r1');
UPDATE control_list.entry SET revision = 'r1' WHERE destinations IS NULL;
DELETE FROM control_list.revision;
UPDATE control_list.revision SET label = 'r2';
DELETE FROM control_list.entry;
DELETE FROM control_list.revision;
UPDATE control_list.list SET code = 'renamed' WHERE code = 'A';
DELETE FROM control_list.list;
ROLLBACK;

-- conditions are strict predicates that are unknown on missing data
SELECT c AS condition, control_list.condition_problem(c) AS problem
FROM unnest(ARRAY[
    'strict $.engine_cc > 2000', 'strict $.a == "x" && !($.b <= 3) || $.c starts with "y"', 'strict $.a.b[0].c like_regex "^x"',
    'strict $.a + $.b * 2 > 10', 'strict -$.a < 1', 'strict $.a.double() >= 2.5', 'strict $.d.datetime() < "2024-09-09".datetime()',
    'strict $.a == true', 'strict $.a[last] > 1',
    '$.engine_cc > 2000', 'lax $.a > 1', 'strict $.a', 'strict $.a + 1', 'strict 1', 'strict true', 'strict exists($.a)', 'strict ($.a > 1) is unknown',
    'strict $.a ? (@ > 1) == 2', 'strict $.a[*] > 1', 'strict $.* == 1', 'strict $.** == 1', 'strict $.keyvalue().key == "a"', 'strict $x > 1',
    'strict $.a == null', 'strict $.a != null', 'strict $.a[0 to 2] > 1', 'strict ($.a > 1).type() == "boolean"', 'strict $.a[$.b] > 1', 'strict $ == 5',
    'strict $[0] > 1', 'strict $.type() == "array"', 'strict $.a[0].type() == "object"', 'strict 1 == 1', 'strict $.a == 1 || 1 == 1', 'strict !("a" == "b")',
    'strict $.a.size() > 1', 'strict $.d.datetime("foo") < "x".datetime()', 'strict "a" like_regex "b"', 'strict ((', ''])
    WITH ORDINALITY AS u (c, n)
ORDER BY n;
