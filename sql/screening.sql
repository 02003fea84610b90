-- Screening: all forms, and what screening_hits() says.  The meaning itself is
-- tested by golden and differential.
\set SHOW_CONTEXT never
\set ON_ERROR_ROLLBACK on
BEGIN;
ALTER TABLE control_list.entry ALTER COLUMN id RESTART;

-- without lists nothing is clear
SELECT screen_shipment('8542.31', 'RU', '2024-09-09'), is_restricted('8542.31', 'RU', '2024-09-09');
SELECT verdict, list, reason FROM screening_hits('8542.31', 'RU', '2024-09-09');
INSERT INTO control_list.list (code, title) VALUES ('words', 'only words');
INSERT INTO control_list.entry (list, item) VALUES ('words', 'all that is dangerous');
SELECT screen_shipment('8542.31', 'RU', '2024-09-09') AS words_alone;

INSERT INTO control_list.list (code, title, legal_basis, jurisdictions, tariff, time_zone, destinations, known_from)
VALUES ('K', 'a list', 'the law', '{KR}', 'KR', 'Asia/Seoul', '{RU,BY}', '2020-01-01');
INSERT INTO control_list.revision (list, label) VALUES ('K', 'r1');
INSERT INTO control_list.entry (list, item, codes, valid, revision, remark) VALUES
    ('K', '1', '8542', '(,2024-06-01)', 'r1', 'chips'),
    ('K', '2', '8542.31', '[2024-06-01,)', 'r1', 'processors'),
    ('K', '3', '9999', '[2024-06-01,)', 'r1', NULL);
INSERT INTO control_list.entry (list, item, codes, measure, except_codes, applies_if, ex, destinations) VALUES
    ('K', '4', '8703', 'prohibited', '{8703.90}', 'strict $.engine_cc > 2000', false, NULL),
    ('K', '5', '7308', 'review', NULL, NULL, true, '{UA-43}');

-- every form of the functions, with a code and with its text
SELECT screen_shipment('8542.31'::hscode, 'RU', '2024-09-09') AS code, screen_shipment('8542.31'::text, 'RU', '2024-09-09') AS text,
       screen_shipment('8542.31'::hscode, 'RU') AS code_now, screen_shipment('8542.31'::text, 'RU') AS text_now,
       screen_shipment_at('8542.31'::hscode, 'RU', '2024-09-09 00:00+00') AS code_at, screen_shipment_at('8542.31'::text, 'RU', '2024-09-09 00:00+00') AS text_at;
SELECT is_restricted('8542.31'::hscode, 'RU', '2024-09-09') AS code, is_restricted('8542.31'::text, 'RU', '2024-09-09') AS text,
       is_restricted('8542.31'::hscode, 'JP') AS code_now, is_restricted('8542.31'::text, 'JP') AS text_now;
SELECT count(*) FROM screening_hits('8542.31'::hscode, 'RU') UNION ALL SELECT count(*) FROM screening_hits('8542.31'::text, 'RU')
UNION ALL SELECT count(*) FROM screening_hits('8542.31'::hscode, 'RU', '2024-09-09') UNION ALL SELECT count(*) FROM screening_hits('8542.31'::text, 'RU', '2024-09-09');
SELECT screen_shipment('8542.31', 'JP', '2024-09-09', via => '{BY}', attributes => '{}', licenses => '{X}', jurisdictions => '{KR}', tariff => 'KR', known_at => NULL) AS by_name;
-- a list claims its countries from one day on
SELECT day, screen_shipment(hscode '9503', 'RU', day::date) AS code, screen_shipment('9503'::text, 'RU', day::date) AS text,
       screen_shipment(hscode '9503', 'RU', day::date, via => '{JP}') AS via, screen_shipment_at(hscode '9503', 'RU', day::timestamp AT TIME ZONE 'Asia/Seoul') AS at
FROM unnest('{2019-12-31,2020-01-01}'::date[]) AS day;
-- an unknown literal is a text: unreadable is incomplete; as an hscode it is an error
SELECT screen_shipment('10121', 'JP', '2024-09-09');
SELECT screen_shipment('10121'::hscode, 'JP', '2024-09-09');

-- never NULL, whatever is NULL
SELECT count(*) AS forms, count(screen_shipment(c, d, s, v, a, l, j, t)) AS answers, min(screen_shipment(c, d, s, v, a, l, j, t)) AS least
FROM unnest('{NULL,8542.31}'::hscode[]) AS c, unnest('{NULL,RU}'::text[]) AS d, unnest('{NULL,2024-09-09}'::date[]) AS s,
     (VALUES (NULL::text[]), ('{NULL}')) AS via (v), (VALUES (NULL::jsonb), ('null')) AS attributes (a), (VALUES (NULL::text[]), ('{NULL}')) AS licenses (l),
     (VALUES (NULL::text[]), ('{NULL}'), ('{}')) AS jurisdictions (j), (VALUES (NULL), ('KR')) AS tariff (t);

-- what the rows say
\x
SELECT * FROM screening_hits('8542.31', 'RU', '2024-01-09');
SELECT * FROM screening_hits('8542', 'ru', '2024-09-09');
SELECT verdict, item, matched, territory, reason FROM screening_hits('8542.31.0000', 'JP', '2024-09-09', via => '{KZ,BLR}');
SELECT verdict, item, matched, territory, reason FROM screening_hits('8703.23', 'Russia', '2024-09-09', via => '{BY}');
SELECT verdict, item, matched, territory, reason FROM screening_hits('8703', 'RU', '2024-09-09', attributes => '{"engine_cc": 2500}');
SELECT verdict, item, matched, territory, reason FROM screening_hits('7308.90', 'UA', '2024-09-09');
SELECT verdict, item, matched, territory, reason FROM screening_hits('9811.00', 'RU', '2024-09-09');
SELECT verdict, item, matched, territory, reason FROM screening_hits('8542000000', 'RU', '2024-09-09');
SELECT verdict, list, item, reason FROM screening_hits('10121', '', 'infinity', via => '{NULL,XX}', jurisdictions => '{KR,Korea,NULL}');
SELECT verdict, list, item, reason FROM screening_hits(NULL::hscode, 'RU', '2019-01-01');
SELECT verdict, list, item, reason FROM screening_hits(NULL::text, 'RU', NULL);
SELECT verdict, list, item, reason FROM screening_hits('8542.31', 'RU', '2024-09-09', jurisdictions => '{JP}');
\x

-- a destination is a code, never a name
SELECT d, screen_shipment('0101.21', d, '2024-09-09') FROM unnest('{RU,Russia,Japan,JP,UK,"",RU;BY}'::text[]) AS d;

-- the date line of the list, not of the session
SET LOCAL timezone = 'America/New_York';
SELECT screen_shipment_at('8542.39', 'RU', '2024-05-31 14:59:59+00') AS before, screen_shipment_at('8542.39', 'RU', '2024-05-31 15:00+00') AS after,
       screen_shipment_at('8542.39', 'RU', NULL) AS "null", screen_shipment_at('8542.31', 'RU', '-infinity') AS infinite;
RESET timezone;

-- the setting stands in for a missing tariff, and only a superuser has it
INSERT INTO control_list.entry (list, item, codes) VALUES ('K', '6', '8421.39.9010');
SELECT screen_shipment('8421.39.9010', 'RU', '2024-09-09') AS unset, screen_shipment('8421.39.9010', 'RU', '2024-09-09', tariff => 'kor') AS given;
SET LOCAL control_list.tariff = 'KR';
SELECT screen_shipment('8421.39.9010', 'RU', '2024-09-09') AS set, screen_shipment('8421.39.9010', 'RU', '2024-09-09', tariff => 'US') AS other;
SET LOCAL control_list.tariff = 'no country';
SELECT screen_shipment('8421.39.9010', 'RU', '2024-09-09') AS nonsense;
RESET control_list.tariff;

-- a disabled list says nothing
UPDATE control_list.list SET enabled = false WHERE code = 'K';
SELECT screen_shipment('8542.31', 'RU', '2024-09-09');
UPDATE control_list.list SET enabled = true;

-- what was known before anything was recorded is nothing that would clear goods
SELECT verdict, reason FROM screening_hits('8542.31', 'JP', '2024-09-09', known_at => '-infinity');

-- a list that names a group without members cannot be read: an error, no answer
ALTER TABLE control_list.list DISABLE TRIGGER list_check;
INSERT INTO control_list.list (code, title, destinations) VALUES ('broken', 'x', '{@nobody}');
ALTER TABLE control_list.list ENABLE TRIGGER list_check;
INSERT INTO control_list.entry (list, item, codes) VALUES ('broken', '1', '01-99');
SELECT screen_shipment('0101.21', 'JP', '2024-09-09');
ROLLBACK;
