--
-- The golden cases: answers that were worked out by hand from the meaning of a
-- screening.  They must come out of the engine and of the oracle alike.
--
-- Printed are only the cases that fail, and how many were tried.  The lists
-- are the real ones, and a few small ones, in a database of their own.
--
\set ECHO none
\set srcdir `echo "${PG_ABS_SRCDIR:-.}"`
\set load_lists :srcdir '/data/load_lists.sql'
\set reference :srcdir '/test/reference.sql'
SELECT pg_catalog.current_database() AS home \gset
SET client_min_messages = warning;
DROP DATABASE IF EXISTS control_list_golden;
CREATE DATABASE control_list_golden TEMPLATE template0;
\c control_list_golden
SET client_min_messages = warning;
SET jit = off;      -- takes longer than the queries of the oracle
CREATE EXTENSION control_list CASCADE;
\o /dev/null
\i :load_lists
\i :reference
\o
\set ECHO all

-- Three lists of one entry each, which the golden cases describe.
INSERT INTO control_list.list (code, title, destinations, measure) VALUES
    ('ENGINE', 'a condition on engine size', '{RU}', 'license_required'),
    ('EXCEPT', 'a heading less one subheading', '{RU}', 'license_required'),
    ('ALL', 'all goods to a part of a country', '{UA-43}', 'prohibited');
INSERT INTO control_list.entry (list, item, codes, except_codes, applies_if) VALUES
    ('ENGINE', '1', '8703', NULL, 'strict $.engine_cc > 2000'),
    ('EXCEPT', '1', '8542', '{8542.90}', NULL),
    ('ALL', '1', '01-99', NULL, NULL);

-- One row per case.  "at_least" marks those where a more severe answer would
-- do as well; "at" is an instant that stands in the place of the date.
CREATE TABLE golden (
    no int GENERATED ALWAYS AS IDENTITY,
    lists text[] DEFAULT '{KR-2-2}',
    code text,
    destination text DEFAULT 'RU',
    ship_date date DEFAULT '2024-09-09',
    at timestamptz,
    via text[],
    attributes jsonb,
    jurisdictions text[],
    tariff text,
    expected screening_verdict,
    at_least boolean DEFAULT false
);

-- Korea's list: codes, broad, padded, undivided, not listed
INSERT INTO golden (code, tariff, expected) VALUES
    ('8542.31',      NULL, 'license_required'),
    ('8542',         NULL, 'review'),
    ('8542000000',   NULL, 'review'),
    ('3819000000',   NULL, 'license_required'),
    ('8703.23',      NULL, 'review'),
    ('8703.23.9010', 'KR', 'license_required'),
    ('8703.23.9015', 'KR', 'not_listed'),
    ('8703.23.9010', 'US', 'review'),
    ('8703.23.9010', NULL, 'review'),
    ('8703.23.0000', 'KR', 'review'),
    ('0101.21',      NULL, 'not_listed');

-- a chapter that hides the true heading
INSERT INTO golden (code, destination, expected) VALUES
    ('9808000000', 'RU', 'review'),
    ('9808000000', 'JP', 'not_listed');

-- what is no code
INSERT INTO golden (code, expected) VALUES
    ('8541-8543', 'incomplete'),
    ('8542 8543', 'incomplete'),
    ('',          'incomplete'),
    ('10121',     'incomplete'),
    (NULL,        'incomplete');

-- destinations and routes
INSERT INTO golden (code, destination, via, expected) VALUES
    ('8542.31', NULL,      NULL,       'incomplete'),
    ('8542.31', 'Russia?', NULL,       'incomplete'),
    ('8542.31', 'JP',      '{BY}',     'license_required'),
    ('8542.31', 'JP',      '{Rusia}',  'incomplete'),
    ('8542.31', 'ru',      NULL,       'license_required'),
    ('8542.31', 'RUS',     NULL,       'license_required'),
    ('8542.31', 'RU ',     NULL,       'license_required');

-- dates
INSERT INTO golden (code, ship_date, expected, at_least) VALUES
    ('8542.31', '2023-06-01', 'incomplete',       false),
    ('8542.31', NULL,         'license_required', false),
    ('8542.31', 'infinity',   'incomplete',       true),
    ('2508.10', '2024-09-08', 'not_listed',       false),
    ('2508.10', '2024-09-09', 'license_required', false);

-- instants: midnight in Seoul
INSERT INTO golden (code, at, expected) VALUES
    ('2508.10', '2024-09-08 14:59 UTC', 'not_listed'),
    ('2508.10', '2024-09-08 15:00 UTC', 'license_required');

-- jurisdictions
INSERT INTO golden (code, jurisdictions, expected) VALUES
    ('0101.21', '{JP}',   'incomplete'),
    ('0101.21', '{KOR?}', 'incomplete');

-- conditions
INSERT INTO golden (lists, code, attributes, expected) VALUES
    ('{ENGINE}', '8703.23', '{"engine_cc": null}',   'review'),
    ('{ENGINE}', '8703.23', '{"engine_cc": "2500"}', 'review'),
    ('{ENGINE}', '8703.23', '{"engine_cc": 2000}',   'not_listed'),
    ('{ENGINE}', '8703.23', '{"engine_cc": 2001}',   'license_required'),
    ('{ENGINE}', '8703.23', '{}',                    'review'),
    ('{ENGINE}', '8703.23', NULL,                    'review');

-- exceptions
INSERT INTO golden (lists, code, expected) VALUES
    ('{EXCEPT}', '8542',    'review'),
    ('{EXCEPT}', '8542.90', 'not_listed'),
    ('{EXCEPT}', '8542.31', 'license_required');

-- all goods to a part of a country
INSERT INTO golden (lists, code, destination, expected) VALUES
    ('{ALL}', '0101.21', 'UA',    'review'),
    ('{ALL}', '0101.21', 'UA-30', 'not_listed'),
    ('{ALL}', '0101.21', 'UA-43', 'prohibited'),
    ('{ALL}', NULL,      'UA-43', 'prohibited');

-- two lists together
INSERT INTO golden (lists, code, destination, expected) VALUES
    ('{KR-2-2,CHPL}', '8542.31', 'KZ', 'review'),
    ('{KR-2-2,CHPL}', '8542.31', 'RU', 'license_required'),
    ('{KR-2-2,CHPL}', '8542.31', 'JP', 'not_listed');

-- Every case is put to each function that can take it: an unreadable code only
-- to those over text.
CREATE TABLE answer (no int, side text, form text, verdict screening_verdict);

-- The answers to the cases of the lists that are enabled now.
CREATE FUNCTION answer_enabled() RETURNS void LANGUAGE sql AS $$
INSERT INTO answer
WITH cases AS (
    SELECT g.*, control_list.read_code(g.code) AS hs,
           g.code IS NULL OR control_list.read_code(g.code) IS NOT NULL AS typed
    FROM golden AS g
    WHERE (SELECT array_agg(l.code) FROM control_list.list AS l WHERE l.enabled)
          <@ g.lists
      AND g.lists
          <@ (SELECT array_agg(l.code) FROM control_list.list AS l WHERE l.enabled)
)
    SELECT no, 'engine', 'screen_shipment, text',
           screen_shipment(code, destination, ship_date, via, attributes, NULL, jurisdictions, tariff)
    FROM cases WHERE at IS NULL
  UNION ALL
    SELECT no, 'engine', 'screen_shipment, hscode',
           screen_shipment(hs, destination, ship_date, via, attributes, NULL, jurisdictions, tariff)
    FROM cases WHERE at IS NULL AND typed
  UNION ALL
    SELECT no, 'engine', 'screen_shipment_at, text',
           screen_shipment_at(code, destination, at, via, attributes, NULL, jurisdictions, tariff)
    FROM cases WHERE at IS NOT NULL
  UNION ALL
    SELECT no, 'engine', 'screen_shipment_at, hscode',
           screen_shipment_at(hs, destination, at, via, attributes, NULL, jurisdictions, tariff)
    FROM cases WHERE at IS NOT NULL AND typed
  UNION ALL
    SELECT no, 'engine', 'screening_hits, text',
           (SELECT coalesce(max(h.verdict), 'not_listed')
            FROM screening_hits(code, destination, ship_date, via, attributes, NULL, jurisdictions, tariff) AS h)
    FROM cases WHERE at IS NULL
  UNION ALL
    SELECT no, 'engine', 'screening_hits, hscode',
           (SELECT coalesce(max(h.verdict), 'not_listed')
            FROM screening_hits(hs, destination, ship_date, via, attributes, NULL, jurisdictions, tariff) AS h)
    FROM cases WHERE at IS NULL AND typed
  UNION ALL
    SELECT no, 'oracle', 'screening_hits, text',
           (SELECT coalesce(max(h.verdict), 'not_listed')
            FROM reference.screening_hits(code, destination, ship_date, via, attributes, NULL, jurisdictions, tariff) AS h)
    FROM cases WHERE at IS NULL
  UNION ALL
    SELECT no, 'oracle', 'screening_hits, hscode',
           (SELECT coalesce(max(h.verdict), 'not_listed')
            FROM reference.screening_hits(hs, destination, ship_date, via, attributes, NULL, jurisdictions, tariff) AS h)
    FROM cases WHERE at IS NULL AND typed
  UNION ALL
    SELECT no, 'oracle', 'screening_hits_at, text',
           (SELECT coalesce(max(h.verdict), 'not_listed')
            FROM reference.screening_hits_at(code, destination, at, via, attributes, NULL, jurisdictions, tariff) AS h)
    FROM cases WHERE at IS NOT NULL
  UNION ALL
    SELECT no, 'oracle', 'screening_hits_at, hscode',
           (SELECT coalesce(max(h.verdict), 'not_listed')
            FROM reference.screening_hits_at(hs, destination, at, via, attributes, NULL, jurisdictions, tariff) AS h)
    FROM cases WHERE at IS NOT NULL AND typed
$$;

-- Korea alone
UPDATE control_list.list SET enabled = false WHERE code <> 'KR-2-2';
SELECT answer_enabled();

-- is_restricted is the same answer, drawn at review.
SELECT g.no, g.code, g.destination, g.expected
FROM golden AS g
WHERE g.lists = '{KR-2-2}' AND g.at IS NULL
  AND is_restricted(g.code, g.destination, g.ship_date, g.via, g.attributes, NULL,
                    g.jurisdictions, g.tariff)
      IS DISTINCT FROM (g.expected >= 'review')
ORDER BY g.no;

-- and with the Common High Priority List
UPDATE control_list.list SET enabled = true WHERE code = 'CHPL';
SELECT answer_enabled();

-- the small lists, one at a time
UPDATE control_list.list SET enabled = false WHERE enabled;
UPDATE control_list.list SET enabled = true WHERE code = 'ENGINE';
SELECT answer_enabled();
UPDATE control_list.list SET enabled = (code = 'EXCEPT') WHERE code IN ('ENGINE', 'EXCEPT');
SELECT answer_enabled();
UPDATE control_list.list SET enabled = (code = 'ALL') WHERE code IN ('EXCEPT', 'ALL');
SELECT answer_enabled();

-- The cases that fail: none expected.  A case without an answer fails too.
SELECT g.no, g.lists, g.code, g.destination, g.ship_date, g.at, g.via, g.attributes,
       g.jurisdictions, g.tariff, g.expected, a.side, a.form, a.verdict
FROM golden AS g LEFT JOIN answer AS a USING (no)
WHERE a.verdict IS NULL
   OR CASE WHEN g.at_least THEN a.verdict < g.expected
           ELSE a.verdict <> g.expected END
ORDER BY g.no, a.side, a.form;

-- How many cases there are, and how many of them each side was asked.
SELECT count(*) AS cases FROM golden;
SELECT side, count(DISTINCT no) AS cases, count(*) AS answers
FROM answer GROUP BY side ORDER BY side;

\c :home
DROP DATABASE control_list_golden;
