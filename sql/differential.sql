--
-- The engine against the oracle, on random shipments and random lists.
--
-- The lists are small, and everything is drawn from a small vocabulary, so
-- that shipments and entries meet often and in each way that the meaning of a
-- screening knows.  Printed are the disagreements (none expected), and whether
-- each verdict and each case of each test occurred often enough for the
-- agreement to mean something.
--
\set ECHO none
\set srcdir `echo "${PG_ABS_SRCDIR:-.}"`
\set reference :srcdir '/test/reference.sql'
SELECT pg_catalog.current_database() AS home \gset
SET client_min_messages = warning;
DROP DATABASE IF EXISTS control_list_differential;
CREATE DATABASE control_list_differential TEMPLATE template0;
\c control_list_differential
SET client_min_messages = warning;
SET jit = off;      -- takes longer than the queries of the oracle
CREATE EXTENSION control_list CASCADE;
\o /dev/null
\i :reference
\o
\set ECHO all

--
-- Random values
--

-- one of some texts (NULL among them)
CREATE FUNCTION pick(VARIADIC choices text[]) RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT choices[1 + floor(random() * cardinality(choices))::int]
$$;

CREATE FUNCTION pick_number(VARIADIC choices int[]) RETURNS int LANGUAGE sql VOLATILE AS $$
    SELECT pick(VARIADIC choices::text[])::int
$$;

CREATE FUNCTION chance(p double precision) RETURNS boolean LANGUAGE sql VOLATILE AS $$
    SELECT random() < p
$$;

-- a code of n digits, with few different digits in each place, often padded
CREATE FUNCTION random_code(n int) RETURNS hscode LANGUAGE sql VOLATILE AS $$
    SELECT hs_truncate((pick('84', '85', '85', '85', '87', '87', '87', '01', '77', '98', '99')
                        || pick('41', '42', '42', '43', '03', '00')
                        || pick('23', '31', '31', '90', '10', '00', '00')
                        || pick('90', '90', '01', '00', '00')
                        || pick('10', '15', '00', '00')
                        || pick('00', '00', '05') || pick('00', '07'))::hscode, n)
$$;

-- codes as entries have them: mostly headings, subheadings and tariff lines,
-- nested in one another, some of them ranges
CREATE FUNCTION random_range() RETURNS hsrange LANGUAGE sql VOLATILE AS $$
    SELECT CASE WHEN chance(0.2) AND left(a::text, 2) = left(b::text, 2)
                THEN hsrange(least(a, b), greatest(a, b))
                ELSE a::hsrange
           END
    FROM pick_number(2, 4, 4, 4, 5, 6, 6, 6, 6, 7, 8, 10, 10, 14) AS n,
         LATERAL (SELECT random_code(n) AS a, random_code(n) AS b) AS ends
$$;

-- conditions, of which each needs some attributes
CREATE FUNCTION random_condition() RETURNS jsonpath LANGUAGE sql VOLATILE AS $$
    SELECT pick('strict $.engine_cc > 2000',
                'strict $.engine_cc >= 2001 && $.engine_cc < 3000',
                'strict $.fuel == "diesel" || $.engine_cc > 2000',
                'strict !($.used == true)',
                'strict $.spec.width <= 10',
                'strict $.sizes[1] > 5',
                'strict $.sizes[1].x >= 7 || $.sizes[0] == 9',
                'strict $.fuel starts with "d"',
                'strict $.fuel like_regex "^die"')::jsonpath
$$;

CREATE FUNCTION random_attributes() RETURNS jsonb LANGUAGE sql VOLATILE AS $$
    SELECT pick(NULL, '{}', 'null', '[]', '5',
                '{"engine_cc": null}', '{"engine_cc": "2500"}',
                '{"engine_cc": 2000}', '{"engine_cc": 2001}', '{"engine_cc": 2500.5}',
                '{"engine_cc": [2001]}',
                '{"engine_cc": 1600, "fuel": "diesel", "used": false}',
                '{"engine_cc": 3500, "fuel": "petrol", "used": true}',
                '{"fuel": "diesel", "spec": {"width": 8}, "sizes": [1, 9]}',
                '{"fuel": null, "spec": {"width": null}, "sizes": [9, null]}',
                '{"used": null, "spec": null, "sizes": [null, {"x": null}, 9]}',
                '{"used": true, "spec": {"width": 12}, "sizes": [1, 3, 9]}',
                '{"engine_cc": 2001, "fuel": "diesel", "used": false, '
                    '"spec": {"width": 12, "more": [null]}, "sizes": [1, {"x": 7}]}')::jsonb
$$;

--
-- The lists.  LAST is to be enabled last, see below.
--
INSERT INTO control_list.destination_group (name, territory) VALUES
    ('watch', 'KZ'), ('watch', 'TR'), ('mixed', 'BY'), ('mixed', 'UA-09'), ('mixed', 'UA-14');

INSERT INTO control_list.list
    (code, title, jurisdictions, tariff, time_zone, destinations, measure, known_from, enabled) VALUES
    ('HOME', 'tariff and default destinations', '{KR}', 'KR', 'Asia/Seoul', '{RU,BY}',
     'license_required', NULL, true),
    ('CLAIM', 'makes no claim before a day', '{JP,US}', 'JP', 'Asia/Tokyo', '{UA-43,@mixed}',
     'prohibited', '2024-02-24', true),
    ('WORLD', 'another tariff, holds everywhere', '{US}', 'US', 'America/New_York', NULL,
     'review', NULL, true),
    ('WATCH', 'no tariff, binds all', NULL, NULL, 'UTC', '{@watch}',
     'review', NULL, true),
    ('WORDS', 'no entry has a code', '{EU}', NULL, 'Europe/Brussels', '{KZ}',
     'prohibited', '2024-09-09', true),
    ('OFF', 'not enabled', NULL, NULL, 'UTC', '{*}',
     'prohibited', '2030-01-01', false),
    ('LAST', 'all goods', '{JP}', NULL, 'Pacific/Kiritimati', '{CN}',
     'prohibited', NULL, false);

INSERT INTO control_list.revision (list, label)
SELECT code, 'first' FROM control_list.list;

-- a few entries that are always there, so that no case depends on chance alone
CREATE FUNCTION certain_entries() RETURNS void LANGUAGE sql VOLATILE AS $$
    INSERT INTO control_list.entry
        (list, item, codes, except_codes, ex, destinations, measure, applies_if, exempt_if) VALUES
    ('HOME',  'heading',         '8542',         NULL,        false, NULL,           NULL, NULL, NULL),
    ('HOME',  'subheading',      '8542.31',      NULL,        false, '{RU,@watch}',  'prohibited', NULL, NULL),
    ('HOME',  'line',            '8703.23.9010', NULL,        false, NULL,           NULL, NULL, NULL),
    ('HOME',  'less a part',     '8542',         '{8542.90}', false, '{BY}',         NULL, NULL, NULL),
    ('HOME',  'only a part',     '8542',         NULL,        true,  NULL,           NULL, NULL, NULL),
    ('HOME',  'condition',       '87',           NULL,        false, NULL,           NULL,
     'strict $.engine_cc > 2000', NULL),
    ('HOME',  'exemption',       '87',           NULL,        false, NULL,           NULL,
     NULL, 'strict $.engine_cc > 2000'),
    ('HOME',  'both',            '85',           NULL,        false, '{RU,TR,JP}',   NULL,
     'strict $.engine_cc >= 2000', 'strict $.fuel == "diesel"'),
    ('CLAIM', 'all goods',       '01-99',        NULL,        false, '{UA-43}',      NULL, NULL, NULL),
    ('CLAIM', 'nearly all',      '01-99',        '{01-84}',   false, '{UA-14}',      NULL, NULL, NULL),
    ('CLAIM', 'range',           '8541-8543',    '{8542.90}', false, NULL,           NULL, NULL, NULL),
    ('CLAIM', 'part of RU',      '85',           NULL,        false, '{RU-MOW}',     NULL, NULL, NULL),
    ('WORLD', 'everywhere',      '8703',         NULL,        false, NULL,           NULL, NULL, NULL),
    ('WATCH', 'everything',      '01-99',        NULL,        false, '{KP}',         'prohibited', NULL, NULL),
    ('WATCH', 'a group',         '8542',         '{8542.31}', false, NULL,           NULL, NULL, NULL)
$$;

CREATE FUNCTION random_entries(n int) RETURNS void LANGUAGE sql VOLATILE AS $$
    INSERT INTO control_list.entry (list, item, codes, except_codes, ex, destinations, measure,
                                    valid, applies_if, exempt_if, remark, revision)
    SELECT list, 'item ' || i, codes,
           -- an entry may not except all that it lists
           CASE WHEN NOT except_codes @> codes THEN except_codes END,
           chance(0.1),
           CASE WHEN chance(0.6)
                THEN pick('{RU}', '{RU,BY}', '{BY}', '{*}', '{@watch}', '{@mixed}', '{CN,@watch}',
                          '{UA-43}', '{ua-43, UA-14}', '{UA}', '{KZ-75}', '{blr}')::text[] END,
           CASE WHEN chance(0.4)
                THEN pick('review', 'license_required', 'license_required', 'prohibited')::screening_verdict END,
           CASE WHEN chance(0.4)
                THEN pick('[2024-02-24,)', '[2024-02-24,2024-09-09)', '[2024-09-09,)',
                          '[2024-09-09,2024-09-10)', '(,2024-09-09)', '[2030-01-01,)',
                          '[-infinity,2024-09-09]', '[2024-09-09,infinity]')::daterange
                ELSE '(,)' END,
           CASE WHEN chance(0.25) THEN random_condition() END,
           CASE WHEN chance(0.25) THEN random_condition() END,
           CASE WHEN chance(0.5) THEN 'remark ' || i END,
           CASE WHEN chance(0.5) THEN 'first' END
    FROM (SELECT i, pick('HOME', 'HOME', 'HOME', 'CLAIM', 'CLAIM', 'CLAIM', 'WORLD', 'WATCH', 'WATCH', 'WATCH',
                         'WORDS', 'OFF') AS list,
                 random_range() AS range,
                 chance(0.05) AS words,
                 random_range() AS other,
                 random_code(8) AS line
          FROM generate_series(1, n) AS i) AS drawn,
         LATERAL (SELECT CASE WHEN list <> 'WORDS' AND NOT words THEN range END) AS c (codes),
         LATERAL (SELECT CASE WHEN chance(0.1) THEN hsmultirange(other)
                              WHEN chance(0.1) THEN hsmultirange(other, line)
                              WHEN chance(0.5) AND range @> line THEN hsmultirange(line)
                              WHEN chance(0.05) THEN '{}' END) AS x (except_codes)
$$;

--
-- The shipments
--
CREATE TABLE shipment (
    no int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    form text,          -- which of the functions is called
    code text,          -- for those over text
    hs hscode,          -- for those over hscode
    destination text,
    ship_date date,
    at timestamptz,
    via text[],
    attributes jsonb,
    licenses text[],
    jurisdictions text[],
    tariff text
);

CREATE FUNCTION random_shipments(n int) RETURNS void LANGUAGE sql VOLATILE AS $$
    INSERT INTO shipment (form, hs, code, destination, ship_date, at, via, attributes,
                          licenses, jurisdictions, tariff)
    SELECT form, hs,
           CASE WHEN chance(0.85) THEN hs::text
                WHEN chance(0.5) THEN hs_digits(hs)     -- an odd one is unreadable
                ELSE pick(NULL, '', ' ', '10121', '8541-8543', '8542 8543', '0042', '85.4',
                          ' 8542.31 ', '8542 31 00', '8542.31-0000', '8542.31.0', '8500.0') END,
           CASE WHEN chance(0.95)
                THEN pick('RU', 'RU', 'ru', ' RUS', 'BY', 'BLR', 'KZ', 'KZ-75', 'KZ-ALA', 'TR', 'CN',
                          'JP', 'UA', 'UA-43', 'UA-14', 'UA-30', 'ua-09 ', 'UA-99', 'RU-MOW', 'JP-13', 'XK', 'KP')
                ELSE pick(NULL, '', 'Russia?', 'XX', 'ZZ-01', '*', '@watch') END,
           CASE WHEN chance(0.95)
                THEN pick('2023-06-01', '2024-02-23', '2024-02-24', '2024-09-08', '2024-09-09',
                          '2024-09-10', '2025-06-01', '2031-01-01')::date
                ELSE pick(NULL, 'infinity', '-infinity')::date END,
           CASE WHEN chance(0.95)
                THEN pick('2024-02-23 14:59:59.999999 UTC', '2024-02-23 15:00 UTC',
                          '2024-09-08 09:59 UTC', '2024-09-08 10:00 UTC',
                          '2024-09-08 14:59:59.999999 UTC', '2024-09-08 15:00 UTC',
                          '2024-09-08 23:59 UTC', '2024-09-09 00:00 UTC',
                          '2024-09-09 03:59 UTC', '2024-09-09 04:00 UTC', '2025-06-01 12:00 UTC')::timestamptz
                ELSE pick(NULL, 'infinity', '-infinity')::timestamptz END,
           CASE WHEN chance(0.3)
                THEN pick('{}', '{JP}', '{BY}', '{JP,by}', '{{JP,CN},{TR,BLR}}', '{UA}', '{KZ,UA-43}',
                                '{UA-99}', '{NULL}', '{JP,Rusia}', '{Rusia,NULL,RU}')::text[] END,
           random_attributes(),
           CASE WHEN chance(0.1) THEN '{no such license}'::text[] END,
           CASE WHEN chance(0.3)
                THEN pick('{KR}', '{kor}', '{JP}', '{US,KR}', '{US}', '{EU}', '{FR}',
                                '{}', '{NULL}', '{KOR?}', '{KR,UA-43}', '{{JP,EU},{US,KR}}')::text[] END,
           CASE WHEN chance(0.7) THEN pick('KR', 'KR', 'kor', 'US', 'JP', 'FR', 'K?', '') END
    FROM (SELECT pick('date', 'date', 'date', 'date text', 'date text', 'at', 'at text', 'now', 'now text') AS form,
                 CASE WHEN chance(0.97)
                      THEN random_code(pick_number(2, 4, 4, 5, 6, 6, 6, 7, 8, 8, 9, 10, 10, 10, 11, 12, 13, 14))
                 END AS hs
          FROM generate_series(1, n)) AS drawn
$$;

--
-- The answers of both sides, in one form: the verdict; the entries that are hit,
-- with everything that is said of them but the sentence; the number of
-- reasons of incomplete.
--
CREATE TABLE answer (
    no int,
    side text,
    verdict screening_verdict,
    restricted boolean,
    hits text[],
    incomplete bigint,
    reasons text[],
    most_severe screening_verdict,
    ordered boolean
);

CREATE TYPE hit AS (
    verdict screening_verdict, list text, item text, entry_id bigint,
    codes hsrange, matched text, territory text, measure screening_verdict,
    valid daterange, revision text, reason text, legal_basis text, remark text);

CREATE FUNCTION engine_verdict(s shipment) RETURNS screening_verdict LANGUAGE sql STABLE AS $$
    SELECT CASE s.form
        WHEN 'date' THEN screen_shipment(s.hs, s.destination, s.ship_date, s.via, s.attributes,
                                         s.licenses, s.jurisdictions, s.tariff)
        WHEN 'date text' THEN screen_shipment(s.code, s.destination, s.ship_date, s.via, s.attributes,
                                              s.licenses, s.jurisdictions, s.tariff)
        WHEN 'at' THEN screen_shipment_at(s.hs, s.destination, s.at, s.via, s.attributes,
                                          s.licenses, s.jurisdictions, s.tariff)
        WHEN 'at text' THEN screen_shipment_at(s.code, s.destination, s.at, s.via, s.attributes,
                                               s.licenses, s.jurisdictions, s.tariff)
        WHEN 'now' THEN screen_shipment(s.hs, s.destination)
        WHEN 'now text' THEN screen_shipment(s.code, s.destination)
    END
$$;

CREATE FUNCTION engine_restricted(s shipment) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT CASE s.form
        WHEN 'date' THEN is_restricted(s.hs, s.destination, s.ship_date, s.via, s.attributes,
                                       s.licenses, s.jurisdictions, s.tariff)
        WHEN 'date text' THEN is_restricted(s.code, s.destination, s.ship_date, s.via, s.attributes,
                                            s.licenses, s.jurisdictions, s.tariff)
        WHEN 'now' THEN is_restricted(s.hs, s.destination)
        WHEN 'now text' THEN is_restricted(s.code, s.destination)
    END
$$;

-- For an instant the engine gives the verdict only.
CREATE FUNCTION engine_hits(s shipment) RETURNS SETOF hit LANGUAGE sql STABLE AS $$
    SELECT * FROM screening_hits(s.hs, s.destination, s.ship_date, s.via, s.attributes,
                                 s.licenses, s.jurisdictions, s.tariff)
    WHERE s.form = 'date'
  UNION ALL
    SELECT * FROM screening_hits(s.code, s.destination, s.ship_date, s.via, s.attributes,
                                 s.licenses, s.jurisdictions, s.tariff)
    WHERE s.form = 'date text'
  UNION ALL
    SELECT * FROM screening_hits(s.hs, s.destination) WHERE s.form = 'now'
  UNION ALL
    SELECT * FROM screening_hits(s.code, s.destination) WHERE s.form = 'now text'
$$;

CREATE FUNCTION oracle_hits(s shipment) RETURNS SETOF hit LANGUAGE sql STABLE AS $$
    SELECT * FROM reference.screening_hits(s.hs, s.destination, s.ship_date, s.via, s.attributes,
                                           s.licenses, s.jurisdictions, s.tariff)
    WHERE s.form = 'date'
  UNION ALL
    SELECT * FROM reference.screening_hits(s.code, s.destination, s.ship_date, s.via, s.attributes,
                                           s.licenses, s.jurisdictions, s.tariff)
    WHERE s.form = 'date text'
  UNION ALL
    SELECT * FROM reference.screening_hits_at(s.hs, s.destination, s.at, s.via, s.attributes,
                                              s.licenses, s.jurisdictions, s.tariff)
    WHERE s.form = 'at'
  UNION ALL
    SELECT * FROM reference.screening_hits_at(s.code, s.destination, s.at, s.via, s.attributes,
                                              s.licenses, s.jurisdictions, s.tariff)
    WHERE s.form = 'at text'
  UNION ALL
    SELECT * FROM reference.screening_hits_at(s.hs, s.destination, now()) WHERE s.form = 'now'
  UNION ALL
    SELECT * FROM reference.screening_hits_at(s.code, s.destination, now()) WHERE s.form = 'now text'
$$;

-- Ask both sides about all shipments, in place of the answers so far.
CREATE FUNCTION answer_all() RETURNS void LANGUAGE sql VOLATILE AS $$
    DELETE FROM answer;

    INSERT INTO answer
    SELECT s.no, 'engine', engine_verdict(s), engine_restricted(s), h.*
    FROM shipment AS s,
         LATERAL (SELECT array_agg(hit_text ORDER BY entry_id) FILTER (WHERE entry_id IS NOT NULL),
                         count(*) FILTER (WHERE entry_id IS NULL),
                         array_agg(reason) FILTER (WHERE entry_id IS NULL),
                         coalesce(max(verdict), 'not_listed'),
                         array_agg(verdict) IS NOT DISTINCT FROM array_agg(verdict ORDER BY verdict DESC)
                  FROM (SELECT h.*, (h.verdict, h.list, h.item, h.entry_id, h.codes, h.matched, h.territory,
                                     h.measure, h.valid, h.revision, h.legal_basis, h.remark)::text AS hit_text
                        FROM engine_hits(s) AS h) AS h) AS h;

    INSERT INTO answer
    SELECT s.no, 'oracle', h.most_severe, h.most_severe >= 'review', h.*
    FROM shipment AS s,
         LATERAL (SELECT array_agg(hit_text ORDER BY entry_id) FILTER (WHERE entry_id IS NOT NULL),
                         count(*) FILTER (WHERE entry_id IS NULL),
                         array_agg(reason) FILTER (WHERE entry_id IS NULL),
                         coalesce(max(verdict), 'not_listed') AS most_severe,
                         array_agg(verdict) IS NOT DISTINCT FROM array_agg(verdict ORDER BY verdict DESC)
                  FROM (SELECT h.*, (h.verdict, h.list, h.item, h.entry_id, h.codes, h.matched, h.territory,
                                     h.measure, h.valid, h.revision, h.legal_basis, h.remark)::text AS hit_text
                        FROM oracle_hits(s) AS h) AS h) AS h
$$;

-- Where they disagree.
CREATE VIEW disagreement AS
    SELECT s.*, e.verdict AS engine, o.verdict AS oracle,
           e.restricted AS engine_restricted, e.most_severe AS engine_most_severe,
           e.ordered AS engine_ordered,
           e.incomplete AS engine_incomplete, o.incomplete AS oracle_incomplete,
           e.hits AS engine_hits, o.hits AS oracle_hits
    FROM shipment AS s
    LEFT JOIN answer AS e ON e.no = s.no AND e.side = 'engine'
    LEFT JOIN answer AS o ON o.no = s.no AND o.side = 'oracle'
    WHERE e.verdict IS DISTINCT FROM o.verdict
       OR s.form NOT LIKE 'at%'
          AND (e.hits IS DISTINCT FROM o.hits
               OR e.incomplete IS DISTINCT FROM o.incomplete
               OR e.restricted IS DISTINCT FROM o.restricted
               OR e.most_severe IS DISTINCT FROM e.verdict
               OR NOT e.ordered)
    ORDER BY s.no;

--
-- First: a few lists, committed
--
SELECT setseed(0.2024);
SELECT certain_entries(), random_entries(45);
SELECT random_shipments(1100);
SELECT answer_all();
SELECT count(*) > 0 AS asked, count(*) FILTER (WHERE verdict IS NULL) AS without_verdict FROM answer;
SELECT * FROM disagreement LIMIT 10;

-- each verdict was an answer, in each form
SELECT v AS verdict,
       count(*) FILTER (WHERE s.form LIKE 'date%') >= 20 AS for_a_date,
       count(*) FILTER (WHERE s.form LIKE 'at%') >= 5 AS for_an_instant,
       count(*) FILTER (WHERE s.form LIKE 'now%') >= 5 AS for_now
FROM unnest('{not_listed,review,incomplete,license_required,prohibited}'::screening_verdict[]) AS v
LEFT JOIN answer AS o ON o.verdict = v AND o.side = 'oracle'
LEFT JOIN shipment AS s ON s.no = o.no
GROUP BY v ORDER BY v;

-- each reason of incomplete occurred, alone and among others, except that a list
-- that binds all always applies
SELECT r.reason, count(*) FILTER (WHERE o.incomplete = 1) >= 5 AS alone,
       count(*) FILTER (WHERE o.incomplete > 1) >= 5 AS with_others
FROM answer AS o, unnest(o.reasons) AS r (reason)
WHERE o.side = 'oracle'
GROUP BY r.reason ORDER BY r.reason;

-- each case of each test occurred: shipments with a date, against every entry
-- of the lists that apply
CREATE TABLE meeting AS
SELECT s.no, e.id AS entry_id, l.code IS NULL AS no_code, l.hidden,
       l.code <> s.hs AS truncated, l.unpadded <> l.code AS padded,
       listed && l.code AS touches, listed && l.unpadded AS unpadded_touches,
       listed @> l.code AS covers, e.codes @> l.code AS codes_cover, e.codes && l.code AS codes_touch,
       e.ex, e.except_codes, hs_length(s.hs) % 2 = 1 AS odd_length,
       d.destinations, reference.holds_everywhere(d.destinations) AS everywhere,
       s.destination, p.place, t.place AS matching_place,
       e.applies_if, e.exempt_if,
       reference.condition(s.attributes, e.exempt_if) AS exempt,
       reference.code_test(listed, e.ex, l.code, l.unpadded, l.hidden) AS code_test,
       t.result AS territory_test,
       reference.applies_test(s.attributes, e.applies_if) AS applies_test,
       reference.exempt_test(s.attributes, e.exempt_if) AS exempt_test
FROM (SELECT * FROM shipment WHERE form IN ('date', 'date text')) AS s,
     reference.applicable_lists(s.hs, s.ship_date, NULL, s.jurisdictions, s.tariff) AS l
JOIN control_list.entry AS e ON e.list = l.list,
     LATERAL (SELECT coalesce(e.destinations, l.destinations)) AS d (destinations),
     reference.listed_codes(e.codes, e.except_codes) AS listed,
     control_list.territory(s.destination) AS p (place),
     reference.territory_test(s.destination, s.via, d.destinations) AS t
WHERE e.codes IS NOT NULL AND e.valid @> l.day;

SELECT count(*) FILTER (WHERE code_test = 'full') >= 200 AS "full",
       count(*) FILTER (WHERE code_test = 'full' AND truncated) >= 50 AS truncated,
       count(*) FILTER (WHERE code_test = 'full' AND padded) >= 50 AS padded,
       count(*) FILTER (WHERE code_test = 'full' AND hidden) >= 10 AS hidden,
       count(*) FILTER (WHERE code_test = 'full' AND odd_length) >= 50 AS odd_length,
       count(*) FILTER (WHERE code_test = 'full' AND except_codes <> '{}') >= 10 AS beside_an_exception,
       count(*) FILTER (WHERE code_test = 'full' AND no_code) >= 1 AS no_code
FROM meeting;

SELECT count(*) FILTER (WHERE NOT ex AND touches AND NOT codes_cover) >= 50 AS broader,
       count(*) FILTER (WHERE NOT ex AND touches AND codes_cover AND NOT covers) >= 3 AS partly_excepted,
       count(*) FILTER (WHERE ex AND covers) >= 20 AS ex,
       count(*) FILTER (WHERE NOT touches AND unpadded_touches) >= 50 AS padded,
       count(*) FILTER (WHERE NOT touches AND NOT unpadded_touches AND hidden) >= 50 AS hidden,
       count(*) FILTER (WHERE no_code) >= 50 AS no_code
FROM meeting WHERE code_test = 'partial';

SELECT count(*) FILTER (WHERE code_test = 'none') >= 1000 AS "none",
       count(*) FILTER (WHERE code_test = 'none' AND codes_touch) >= 10 AS wholly_excepted
FROM meeting;

SELECT count(*) FILTER (WHERE everywhere) >= 100 AS everywhere,
       count(*) FILTER (WHERE everywhere AND place IS NULL) >= 10 AS everywhere_and_unknown,
       count(*) FILTER (WHERE NOT everywhere AND matching_place = place AND place = ANY (destinations)) >= 100 AS listed,
       count(*) FILTER (WHERE NOT everywhere AND matching_place = place AND place <> ALL (destinations)
                              AND destinations::text LIKE '%@%') >= 20 AS in_a_group,
       count(*) FILTER (WHERE NOT everywhere AND matching_place LIKE '%-%' AND matching_place <> ALL (destinations)
                              AND split_part(matching_place, '-', 1) = ANY (destinations)) >= 20 AS in_a_listed_country,
       count(*) FILTER (WHERE NOT everywhere AND matching_place <> place) >= 20 AS by_a_via
FROM meeting WHERE territory_test = 'full';

SELECT count(*) FILTER (WHERE matching_place IS NULL) >= 50 AS unknown,
       count(*) FILTER (WHERE matching_place NOT LIKE '%-%') >= 50 AS whole_country,
       count(*) FILTER (WHERE matching_place LIKE '%-%') >= 10 AS unknown_part
FROM meeting WHERE territory_test = 'partial';

SELECT count(*) >= 1000 AS "none",
       count(*) FILTER (WHERE place LIKE '%-%' AND destinations::text LIKE '%UA-%') >= 20 AS another_part
FROM meeting WHERE territory_test = 'none';

SELECT count(*) FILTER (WHERE applies_if IS NULL) >= 100 AS absent,
       count(*) FILTER (WHERE applies_if IS NOT NULL AND applies_test = 'full') >= 100 AS applies,
       count(*) FILTER (WHERE applies_test = 'partial') >= 100 AS applies_unknown,
       count(*) FILTER (WHERE applies_test = 'none') >= 100 AS applies_not,
       count(*) FILTER (WHERE exempt_test = 'none') >= 100 AS exempt,
       count(*) FILTER (WHERE exempt_if IS NOT NULL AND exempt IS NULL) >= 100 AS exempt_unknown,
       count(*) FILTER (WHERE NOT exempt) >= 100 AS exempt_not
FROM meeting;

-- each of the tests was once what made a hit fail, and each what made it partial
SELECT count(*) FILTER (WHERE code_test = 'none' AND territory_test = 'full'
                              AND applies_test = 'full' AND exempt_test = 'full') >= 20 AS code_fails,
       count(*) FILTER (WHERE code_test = 'full' AND territory_test = 'none'
                              AND applies_test = 'full' AND exempt_test = 'full') >= 20 AS territory_fails,
       count(*) FILTER (WHERE code_test = 'full' AND territory_test = 'full'
                              AND applies_test = 'none' AND exempt_test = 'full') >= 1 AS applies_fails,
       count(*) FILTER (WHERE code_test = 'full' AND territory_test = 'full'
                              AND applies_test = 'full' AND exempt_test = 'none') >= 1 AS exempt_fails,
       count(*) FILTER (WHERE code_test = 'partial' AND territory_test = 'full' AND applies_test = 'full'
                              AND exempt_test = 'full') >= 20 AS code_partial,
       count(*) FILTER (WHERE code_test = 'full' AND territory_test = 'partial' AND applies_test = 'full'
                              AND exempt_test = 'full') >= 10 AS territory_partial,
       count(*) FILTER (WHERE code_test = 'full' AND territory_test = 'full' AND applies_test = 'partial'
                              AND exempt_test = 'full') >= 3 AS applies_partial
FROM meeting;

--
-- Then: some of the shipments again while lists and entries change
--
DELETE FROM shipment WHERE no > 500;

-- Other entries, a tariff that the setting gives to those who name none, and no
-- list that binds all
TRUNCATE control_list.entry;
SELECT certain_entries(), random_entries(45);
UPDATE control_list.list SET enabled = false WHERE code = 'WATCH';
SET control_list.tariff = 'KR';
SELECT answer_all();
SELECT * FROM disagreement LIMIT 10;
SELECT count(*) >= 5 AS no_list_applies
FROM answer WHERE side = 'oracle' AND 'no list' = ANY (reasons);
RESET control_list.tariff;

-- A transaction sees its own changes ...
BEGIN;
DELETE FROM shipment WHERE no > 100;
UPDATE control_list.list SET enabled = true WHERE code IN ('WATCH', 'OFF', 'LAST');
INSERT INTO control_list.entry (list, item, codes) VALUES ('LAST', 'all', '01-99');
SELECT answer_all();
SELECT * FROM disagreement LIMIT 10;
SAVEPOINT before_groups;
UPDATE control_list.destination_group SET territory = 'JP' WHERE territory = 'KZ';
UPDATE control_list.entry SET valid = '(,)', ex = NOT ex;
SELECT answer_all();
SELECT * FROM disagreement LIMIT 10;
-- ... and, back at the savepoint, no longer
ROLLBACK TO SAVEPOINT before_groups;
SELECT answer_all();
SELECT * FROM disagreement LIMIT 10;
ROLLBACK;

-- No list at all: nothing is not listed.
BEGIN;
DELETE FROM shipment WHERE no > 100;
TRUNCATE control_list.entry;
SELECT answer_all();
SELECT side, min(verdict) AS least, max(verdict) AS most FROM answer GROUP BY side ORDER BY side;
SELECT * FROM disagreement LIMIT 10;
ROLLBACK;

\c :home
DROP DATABASE control_list_differential;
