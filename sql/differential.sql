--
-- The engine against the oracle while lists change: committed, in the middle of
-- a transaction, back at a savepoint.  Printed are the disagreements, none expected.
-- differential_many asks about many more shipments, and counts what they tried.
--
\set ECHO none
\set srcdir `echo "${PG_ABS_SRCDIR:-.}"`
\set reference :srcdir '/test/reference.sql'
\set generators :srcdir '/sql/include/differential.sql'
SELECT pg_catalog.current_database() AS home \gset
SET client_min_messages = warning;
DROP DATABASE IF EXISTS control_list_differential;
CREATE DATABASE control_list_differential TEMPLATE template0;
\c control_list_differential
SET client_min_messages = warning;
CREATE EXTENSION control_list CASCADE;
\o /dev/null
\i :reference
\i :generators
\o
\set ECHO all

--
-- The lists.  LAST is to be enabled last, see below.
--
INSERT INTO control_list.destination_group (name, territory, valid) VALUES
    ('watch', 'KZ', '(,2024-09-09)'), ('watch', 'TR', '(,)'), ('watch', 'KZ', '[2025-01-01,)'),
    ('mixed', 'BY', '(,)'), ('mixed', 'UA-09', '[2024-02-24,)'), ('mixed', 'UA-14', '(,)');

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
    ('WATCH', 'a group',         '8542',         '{8542.31}', false, NULL,           NULL, NULL, NULL),
    ('WORDS', 'all that is new', NULL,           NULL,        false, NULL,           NULL, NULL, NULL)
$$;

--
-- First: a few lists, committed
--
SELECT setseed(0.2024);
SELECT certain_entries(), random_entries(45, '{HOME,CLAIM,WORLD,WATCH,OFF}');
SELECT random_licenses(9, '{HOME,CLAIM,WORLD,WATCH}');
SELECT random_shipments(1000);
SELECT ask_both();
SELECT count(*) AS asked, count(verdict) AS answers, count(DISTINCT verdict) AS verdicts FROM engine_verdict;
SELECT * FROM disagreement JOIN shipment USING (no) ORDER BY no LIMIT 10;

--
-- Then: some of the shipments again while lists and entries change
--
DELETE FROM shipment WHERE no > 500;

-- Some of them with what was known before and after
SELECT random_history();
UPDATE control_list.destination_group SET valid = '(,2024-09-09)' WHERE territory = 'TR';
WITH known AS MATERIALIZED (
    SELECT some_instants(8) AS instants
)
UPDATE shipment SET known_at = pick(VARIADIC instants)::timestamptz FROM known WHERE no % 2 = 0;
SELECT ask_both();
SELECT * FROM disagreement JOIN shipment USING (no) ORDER BY no LIMIT 10;
SELECT count(DISTINCT known_at) >= 5 AS instants, count(*) FILTER (WHERE s.known_at IS NOT NULL AND v.verdict <> n.verdict) > 10 AS knew_otherwise
FROM shipment AS s
JOIN oracle_verdict AS v USING (no),
     LATERAL (SELECT coalesce(max(h.verdict), 'not_listed') AS verdict
              FROM reference.all_hits(coalesce(s.hs, control_list.read_code(s.code)), s.destination, s.ship_date, NULL, s.via, s.attributes, NULL,
                                      s.jurisdictions, s.tariff, NULL) AS h) AS n
WHERE s.form LIKE 'date%';

-- Other entries, a tariff that the setting gives to those who name none, and no
-- list that binds all
TRUNCATE control_list.entry;
SELECT certain_entries(), random_entries(45, '{HOME,CLAIM,WORLD,WATCH,OFF}');
UPDATE control_list.list SET enabled = false WHERE code = 'WATCH';
SET control_list.tariff = 'KR';
SELECT ask_both();
SELECT * FROM disagreement JOIN shipment USING (no) ORDER BY no LIMIT 10;
SELECT count(*) > 0 AS no_list_applies FROM oracle_hit WHERE reason = 'no list';
RESET control_list.tariff;

-- A nomenclature that lacks some of the codes
SELECT random_nomenclature();
SELECT ask_both();
SELECT * FROM disagreement JOIN shipment USING (no) ORDER BY no LIMIT 10;
SELECT count(*) > 0 AS unknown_codes FROM engine_hit WHERE reason LIKE '%the nomenclature does not have the code%';
TRUNCATE control_list.nomenclature;

-- A transaction sees its own changes ...
BEGIN;
DELETE FROM shipment WHERE no > 100;
SELECT control_list.append_use(l, 'all of it', 10, l.unit, 1000, l.currency) FROM control_list.license AS l;
UPDATE control_list.license SET waiver = NOT waiver;
UPDATE control_list.list SET enabled = true WHERE code IN ('WATCH', 'OFF', 'LAST');
INSERT INTO control_list.entry (list, item, codes) VALUES ('LAST', 'all', '01-99');
SELECT ask_both();
SELECT * FROM disagreement JOIN shipment USING (no) ORDER BY no LIMIT 10;
SAVEPOINT before_groups;
UPDATE control_list.destination_group SET territory = 'JP' WHERE territory = 'KZ';
UPDATE control_list.entry SET valid = '(,)', ex = NOT ex;
SELECT ask_both();
SELECT * FROM disagreement JOIN shipment USING (no) ORDER BY no LIMIT 10;
-- ... and, back at the savepoint, no longer
ROLLBACK TO SAVEPOINT before_groups;
SELECT ask_both();
SELECT * FROM disagreement JOIN shipment USING (no) ORDER BY no LIMIT 10;
ROLLBACK;

-- No list at all: nothing is not listed, unless one asks what was known.
BEGIN;
DELETE FROM shipment WHERE no > 200;
TRUNCATE control_list.entry;
SELECT ask_both();
SELECT s.known_at IS NULL AS now, min(v.verdict) AS least, max(v.verdict) AS most
FROM engine_verdict AS v JOIN shipment AS s USING (no) GROUP BY 1 ORDER BY 1;
SELECT * FROM disagreement JOIN shipment USING (no) ORDER BY no LIMIT 10;
ROLLBACK;

--
-- The comparison can fail: answers of the engine, changed by hand, one after the other
--
SELECT ask_both();
BEGIN;
UPDATE engine_verdict SET verdict = 'review' WHERE no = (SELECT min(no) FROM engine_verdict WHERE verdict = 'prohibited');
SELECT what FROM disagreement;
ROLLBACK;
BEGIN;
DELETE FROM engine_verdict WHERE no = (SELECT min(no) FROM engine_verdict WHERE verdict = 'not_listed' AND restricted IS NULL);
SELECT what FROM disagreement;
ROLLBACK;
BEGIN;
UPDATE engine_verdict SET restricted = NOT restricted WHERE no = (SELECT min(no) FROM engine_verdict WHERE verdict = 'incomplete' AND restricted);
SELECT what FROM disagreement;
ROLLBACK;
BEGIN;
UPDATE engine_hit SET territory = 'AQ' WHERE ctid = (SELECT min(ctid) FROM engine_hit WHERE entry_id IS NOT NULL);
SELECT left(what, 24) AS what FROM disagreement ORDER BY 1;
ROLLBACK;
BEGIN;
UPDATE engine_hit SET reason = 'A via point is missing.' WHERE ctid = (SELECT min(ctid) FROM engine_hit WHERE reason LIKE 'The destination%');
SELECT left(what, 24) AS what FROM disagreement ORDER BY 1;
ROLLBACK;
BEGIN;
INSERT INTO engine_hit SELECT * FROM engine_hit WHERE ctid = (SELECT min(ctid) FROM engine_hit);
SELECT left(what, 24) AS what FROM disagreement ORDER BY 1;
ROLLBACK;
BEGIN;
UPDATE engine_hit SET place = -place WHERE no = (SELECT min(no) FROM (SELECT no FROM engine_hit GROUP BY no HAVING min(verdict) < max(verdict)) AS n);
SELECT DISTINCT what FROM disagreement;
ROLLBACK;

\c :home
DROP DATABASE control_list_differential;
