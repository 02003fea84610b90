-- Where a nomenclature is loaded, a code that it lacks counts also as its nearest ancestor, and descriptions are shown.
\set SHOW_CONTEXT never
BEGIN;
INSERT INTO control_list.list (code, title, destinations, tariff) VALUES ('L', 'a list', '{RU}', 'KR');
INSERT INTO control_list.entry (list, item, codes) VALUES ('L', '1', '8525.89'), ('L', '2', '8542.31.0001');
CREATE FUNCTION pg_temp.ask(code text, day date, tariff text DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
    SELECT screen_shipment(ask.code, 'RU', day, tariff => ask.tariff) || coalesce(': ' || string_agg(h.reason, ' ' ORDER BY h.entry_id), '')
    FROM screening_hits(ask.code, 'RU', day, tariff => ask.tariff) AS h
$$;
SELECT pg_temp.ask('8525.80', '2024-09-09') AS without_a_nomenclature;
INSERT INTO control_list.nomenclature (edition, code, description, valid) VALUES
    ('2017', '8525', 'Cameras', '[2017-01-01,2022-01-01)'), ('2017', '8525.80', 'Television cameras', '[2017-01-01,2022-01-01)'),
    ('2022', '8525', 'Cameras of now', '[2022-01-01,)'), ('2022', '8525.81', 'Fast ones', '[2022-01-01,)'), ('2022', '8525.89', NULL, '[2022-01-01,)'),
    ('2022', '8542', 'Circuits', '[2022-01-01,)'), ('2022', '8542.31', 'Processors', '[2022-01-01,)');
SELECT pg_temp.ask('8525.80', '2024-09-09') AS retired, pg_temp.ask('8525.80', '2021-12-31') AS before, pg_temp.ask('8525.80', '2016-12-31') AS before_all;
SELECT pg_temp.ask('8525.81', '2024-09-09') AS known, pg_temp.ask('8525.89', '2024-09-09') AS listed, pg_temp.ask('8525.8', '2024-09-09') AS prefix,
       pg_temp.ask('8525', '2024-09-09') AS broader;
-- an edition says nothing about what it does not divide, nor about headings that it does not have
SELECT pg_temp.ask('8542.31.0002', '2024-09-09', 'KR') AS line, pg_temp.ask('8542.39.0002', '2024-09-09', 'KR') AS unknown, pg_temp.ask('8541.10', '2024-09-09') AS elsewhere;
-- one that does is asked, too
INSERT INTO control_list.nomenclature (edition, code) VALUES ('lines', '8542.31'), ('lines', '8542.31.0001');
SELECT pg_temp.ask('8542.31.0002', '2024-09-09', 'KR') AS unknown_line, pg_temp.ask('8542.31.0001', '2024-09-09', 'KR') AS line;
SELECT c, day, control_list.code_exists(c::hscode, day::date)
FROM (VALUES ('8525.80', '2024-09-09'), ('8525.80', '2021-12-31'), ('8525.8', '2024-09-09'), ('8542.31.0002', '2024-09-09'), ('8541', '2024-09-09'), ('8525', '2016-12-31')) AS v (c, day);
-- it is believed as lists are: within the transaction, and back at a savepoint
SAVEPOINT before;
DELETE FROM control_list.nomenclature;
SELECT pg_temp.ask('8525.80', '2024-09-09') AS gone;
ROLLBACK TO before;
SELECT pg_temp.ask('8525.80', '2024-09-09') AS back;
SELECT hs_exists('8525.80', '2017'), hs_exists('8525.80', '2022'), hs_exists('8525.80', '2012') IS NULL AS not_loaded;
SELECT * FROM control_list.edition_changes('2017', '2022');
SELECT item, words FROM control_list.entry_search WHERE words ILIKE '%cameras of%' OR words ILIKE '%circuit%' ORDER BY item;
-- whoever screens needs no right on the table
CREATE ROLE regress_clerk;
SET LOCAL ROLE regress_clerk;
SELECT screen_shipment('8525.80', 'RU', '2024-09-09'), hs_exists('8525.80', '2017');
SELECT count(*) FROM screening_hits('8525.80', 'RU', '2024-09-09');
RESET ROLE;

-- imports refuse what the nomenclature lacks, or warn
SELECT control_list.begin_import('L', '{hs_code}');
COPY control_list_import FROM stdin;
8525.80
8525.81-8525.89
8542.31-0000
8542.31-0001
8525.80, 8525.81
8525.00.0000
0101
\.
SELECT difference, line, value, reason FROM control_list.apply_import('r', effective => '2024-09-09', mode => 'add', dry_run => true);
SELECT difference, line, value, reason FROM control_list.apply_import('r', effective => '2024-09-09', mode => 'add', dry_run => true, unknown_codes => 'warn');
SELECT difference, line, value, reason FROM control_list.apply_import('r', effective => '2016-09-09', mode => 'add', dry_run => true);
ROLLBACK;
