--
-- The engine against the oracle: very many random shipments, on many small random
-- lists and on the real ones.  Printed are the disagreements (none expected), and
-- whether each verdict and each case of each test occurred often enough for the
-- agreement to mean something.
--
-- For runs by hand there are environment variables, which make the others anew:
--     DIFFERENTIAL_SEED     another number, other lists and shipments (1)
--     DIFFERENTIAL_ROUNDS   more or fewer lists, each with 5,000 shipments (40)
--     DIFFERENTIAL_COUNTS   a file for the counts
--
\set ECHO none
\set srcdir `echo "${PG_ABS_SRCDIR:-.}"`
\set seed `echo "${DIFFERENTIAL_SEED:-1}"`
\set rounds `echo "${DIFFERENTIAL_ROUNDS:-40}"`
\set counts `echo "${DIFFERENTIAL_COUNTS:-/dev/null}"`
\set load_lists :srcdir '/data/load_lists.sql'
\set reference :srcdir '/test/reference.sql'
\set generators :srcdir '/sql/include/differential.sql'
SELECT pg_catalog.current_database() AS home \gset
SET client_min_messages = warning;
DROP DATABASE IF EXISTS control_list_differential_many;
CREATE DATABASE control_list_differential_many TEMPLATE template0;
\c control_list_differential_many
SET client_min_messages = warning;
CREATE EXTENSION control_list CASCADE;
\o /dev/null
\i :reference
\i :generators
\o

--
-- Random lists, groups, entries and licenses in place of those so far: one time few that say little,
-- another time many
--
CREATE FUNCTION forget_all() RETURNS void LANGUAGE sql VOLATILE SET session_replication_role = replica AS $$
    TRUNCATE control_list.entry, control_list.revision, control_list.list, control_list.destination_group,
        control_list.entry_history, control_list.list_history, control_list.destination_group_history
$$;

CREATE FUNCTION random_lists() RETURNS void LANGUAGE sql VOLATILE AS $$
    SELECT forget_all();

    INSERT INTO control_list.destination_group (name, territory, valid)
    SELECT name, territory, unnest(random_memberships())
    FROM (SELECT DISTINCT name, pick('KZ', 'TR', 'BY', 'RU', 'ua-09', 'UA-14', 'UA-43', 'UA', 'KZ-75', 'CHN') AS territory
          FROM unnest('{watch,watch,watch,mixed,mixed,mixed}'::text[]) AS name) AS member;

    INSERT INTO control_list.list
        (code, title, legal_basis, jurisdictions, tariff, time_zone, destinations, measure, known_from, enabled)
    SELECT pick('', 'l', 'L', 'Liste ', '목록 ', '%s ') || i, 'a list',
           CASE WHEN chance(0.5) THEN 'law ' || i END,
           CASE WHEN chance(0.4)
                THEN pick('{KR}', '{kor}', '{US,JP}', '{UN,EU}', '{KR,US}')::text[] END,
           CASE WHEN chance(0.6) THEN pick('KR', 'KR', 'kor', 'US', 'JP', 'EU') END,
           pick('UTC', 'Asia/Seoul', 'Asia/Seoul', 'Asia/Tokyo', 'America/New_York', 'Europe/Brussels',
                'Asia/Kathmandu', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'),
           CASE WHEN chance(0.8) THEN random_destinations() END,
           random_measure(),
           CASE WHEN chance(0.1)
                THEN pick('2024-02-24', '2024-02-24', '2024-09-09', current_date::text)::date END,
           i = 1 OR chance(0.9)
    FROM generate_series(1, pick_number(1, 2, 3, 4, 5)) AS i;

    INSERT INTO control_list.revision (list, label)
    SELECT code, 'first' FROM control_list.list;

    SELECT random_entries(pick_number(4, 8, 12, 16, 20, 30), array_agg(code ORDER BY code)) FROM control_list.list;
    SELECT random_licenses(9, array_agg(code ORDER BY code)) FROM control_list.list;

    TRUNCATE control_list.nomenclature;
    SELECT CASE WHEN chance(0.15) THEN random_nomenclature() END;
$$;

-- Changes of the entries that there are, about one in ten
CREATE FUNCTION random_changes() RETURNS void LANGUAGE sql VOLATILE AS $$
    UPDATE control_list.entry
    SET except_codes = random_exceptions(codes), ex = chance(0.3),
        destinations = CASE WHEN chance(0.8) THEN random_destinations() END,
        measure = CASE WHEN chance(0.8) THEN random_measure() END,
        valid = CASE WHEN chance(0.5) THEN random_validity() ELSE '(,)' END,
        applies_if = CASE WHEN chance(0.5) THEN random_condition() END,
        exempt_if = CASE WHEN chance(0.5) THEN random_condition() END
    WHERE chance(0.1)
$$;

--
-- What was tried: shipments with a date against the entries of the lists that apply (against
-- those of other codes only for one shipment in twenty).  A case of one test counts where none
-- of the other three fails, so that it shows in the answer.
--
CREATE VIEW meeting AS
WITH entries AS MATERIALIZED (
    SELECT * FROM reference.entries() AS e WHERE e.codes IS NOT NULL
),
shipments AS MATERIALIZED (
    SELECT s.*, reference.without_nulls(s.attributes) AS known, control_list.territory(s.destination) AS place
    FROM shipment AS s WHERE s.form IN ('date', 'date text') AND s.no % 2 = 0
),
by_code AS MATERIALIZED (
    SELECT s.destination, s.via, s.known, s.place, c.result AS code_test, l.code IS NULL AS no_code, l.hidden,
           l.code <> s.hs AS truncated, hs_length(l.code) > 6 AS tariff_line, l.unpadded <> l.code AS padded,
           coalesce(e.listed && l.ancestors, false) AS ancestor_touches,
           left(hs_digits(s.hs), 2) IN ('77', '98', '99') AND NOT l.hidden AS own_chapter,
           e.listed && l.code AS touches, e.listed && l.unpadded AS unpadded_touches,
           e.listed @> l.code AS covers, e.codes @> l.code AS codes_cover, e.codes && l.code AS codes_touch,
           e.listed <> hsmultirange(e.codes) AS excepts, hs_length(s.hs) % 2 = 1 AS odd_length,
           e.ex, e.everywhere, m.territories, e.applies_if, e.exempt_if
    FROM shipments AS s,
         reference.instant(s.known_at) AS k (instant),
         reference.applicable_lists(s.hs, s.ship_date, NULL, s.jurisdictions, s.tariff, k.instant) AS l
    JOIN entries AS e ON e.list = l.list AND e.valid @> l.day,
         reference.territories_on(l.day, e.members, k.instant) AS m,
         reference.code_test(e.listed, e.ex, l.code, l.unpadded, l.ancestors, l.hidden) AS c (result)
    WHERE e.recorded @> k.instant AND (c.result <> 'none' OR e.codes && l.code OR s.no % 20 = 0)
),
tested AS MATERIALIZED (
    SELECT b.*, t.place AS matching_place, t.place = ANY (b.territories) AS place_listed,
           reference.condition(b.known, b.exempt_if) AS exempt,
           t.result AS territory_test,
           reference.applies_test(b.known, b.applies_if) AS applies_test,
           reference.exempt_test(b.known, b.exempt_if) AS exempt_test
    FROM by_code AS b,
         reference.territory_test(b.destination, b.via, b.everywhere, b.territories) AS t
)
SELECT t.*,
       'none' <> ALL (ARRAY[territory_test, applies_test, exempt_test]) AS code_decides,
       'none' <> ALL (ARRAY[code_test, applies_test, exempt_test]) AS territory_decides,
       'none' <> ALL (ARRAY[code_test, territory_test, exempt_test]) AS applies_decides,
       'none' <> ALL (ARRAY[code_test, territory_test, applies_test]) AS exempt_decides
FROM tested AS t;

CREATE TABLE tally (
    what text,
    item text,
    times bigint
);

CREATE FUNCTION count_cases() RETURNS void LANGUAGE sql VOLATILE AS $$
    INSERT INTO tally
    SELECT 'verdict', v.verdict::text, count(*) FROM oracle_verdict AS v GROUP BY v.verdict;

    INSERT INTO tally
    SELECT 'verdict by form', v.verdict || ', ' || s.form, count(*)
    FROM oracle_verdict AS v JOIN shipment AS s ON s.no = v.no GROUP BY v.verdict, s.form;

    INSERT INTO tally
    SELECT 'reason', reason, count(*) FROM oracle_hit WHERE entry_id IS NULL GROUP BY reason;

    INSERT INTO tally
    SELECT 'only reason', reason, count(*)
    FROM (SELECT min(reason) AS reason FROM oracle_hit GROUP BY no HAVING count(*) = 1 AND min(entry_id) IS NULL) AS alone
    GROUP BY reason;

    INSERT INTO tally
    SELECT 'license', substring(a.answer FROM '(review|permits|unknown|other list|no waiver|other goods|other place|not yet valid|'
                                             || 'expired|condition fails|condition unknown|used up)$'), count(*)
    FROM oracle_hit AS h, regexp_split_to_table(h.reason, '; ') WITH ORDINALITY AS a (answer, n)
    WHERE h.entry_id IS NOT NULL AND a.n > 1
    GROUP BY 2;

    -- those with a colon are cells of the table
    INSERT INTO tally
    SELECT CASE WHEN c.key LIKE '%:%' THEN 'cell' ELSE 'finer' END, c.key, c.value::bigint
    FROM (SELECT
              count(*) FILTER (WHERE code_decides AND code_test = 'full') AS "code full: covered",
              count(*) FILTER (WHERE code_decides AND NOT ex AND touches AND NOT codes_cover) AS "code partial: broader",
              count(*) FILTER (WHERE code_decides AND NOT ex AND touches AND codes_cover AND NOT covers)
                  AS "code partial: part of it is excepted",
              count(*) FILTER (WHERE code_decides AND ex AND covers) AS "code partial: ex",
              count(*) FILTER (WHERE code_decides AND code_test = 'none') AS "code none: no overlap",

              count(*) FILTER (WHERE code_decides AND code_test = 'full' AND truncated) AS "covered, six digits count",
              count(*) FILTER (WHERE code_decides AND code_test = 'full' AND tariff_line) AS "covered, a line of the tariff",
              count(*) FILTER (WHERE code_decides AND code_test = 'full' AND padded) AS "covered, ends in zeros",
              count(*) FILTER (WHERE code_decides AND code_test = 'full' AND hidden) AS "covered, hides the heading",
              count(*) FILTER (WHERE code_decides AND code_test = 'full' AND own_chapter) AS "covered, chapter of the tariff",
              count(*) FILTER (WHERE code_decides AND code_test = 'full' AND odd_length) AS "covered, odd length",
              count(*) FILTER (WHERE code_decides AND code_test = 'full' AND excepts) AS "covered, beside an exception",
              count(*) FILTER (WHERE code_decides AND NOT touches AND unpadded_touches) AS "partial, without its zeros",
              count(*) FILTER (WHERE code_decides AND NOT touches AND NOT unpadded_touches AND ancestor_touches)
                  AS "partial, the nomenclature lacks it",
              count(*) FILTER (WHERE code_decides AND NOT touches AND NOT unpadded_touches AND hidden)
                  AS "partial, hides the heading",
              count(*) FILTER (WHERE code_decides AND code_test = 'none' AND own_chapter) AS "no overlap, chapter of the tariff",
              count(*) FILTER (WHERE code_decides AND code_test = 'none' AND codes_touch) AS "no overlap, all is excepted",
              count(*) FILTER (WHERE code_decides AND code_test = 'full' AND no_code) AS "no code, all are covered",
              count(*) FILTER (WHERE code_decides AND code_test = 'partial' AND no_code) AS "no code, not all are covered",

              count(*) FILTER (WHERE territory_decides AND everywhere) AS "territory full: everywhere",
              count(*) FILTER (WHERE territory_decides AND NOT everywhere AND territory_test = 'full' AND place_listed)
                  AS "territory full: listed",
              count(*) FILTER (WHERE territory_decides AND NOT everywhere AND territory_test = 'full' AND NOT place_listed)
                  AS "territory full: in a listed country",
              count(*) FILTER (WHERE territory_decides AND NOT everywhere AND territory_test = 'full'
                                     AND matching_place IS DISTINCT FROM place) AS "territory full: by a via",
              count(*) FILTER (WHERE territory_decides AND territory_test = 'partial' AND matching_place NOT LIKE '%-%')
                  AS "territory partial: a part of it is listed",
              count(*) FILTER (WHERE territory_decides AND territory_test = 'partial' AND matching_place LIKE '%-%')
                  AS "territory partial: an unknown part",
              count(*) FILTER (WHERE territory_decides AND territory_test = 'partial' AND matching_place IS NULL)
                  AS "territory partial: unknown",
              count(*) FILTER (WHERE territory_decides AND territory_test = 'none') AS "territory none: elsewhere",

              count(*) FILTER (WHERE territory_decides AND NOT everywhere AND territories = '{}') AS "elsewhere, a group without members",
              count(*) FILTER (WHERE territory_decides AND everywhere AND place IS NULL) AS "everywhere, unknown destination",
              count(*) FILTER (WHERE territory_decides AND territory_test = 'partial' AND place IS NOT NULL
                                     AND matching_place IS NULL) AS "unknown via",
              count(*) FILTER (WHERE territory_decides AND territory_test = 'none' AND place LIKE 'UA-%'
                                     AND territories::text LIKE '%UA-%') AS "elsewhere, another part",

              count(*) FILTER (WHERE applies_decides AND applies_if IS NULL) AS "applies_if full: absent",
              count(*) FILTER (WHERE applies_decides AND applies_if IS NOT NULL AND applies_test = 'full')
                  AS "applies_if full: true",
              count(*) FILTER (WHERE applies_decides AND applies_test = 'partial')
                  AS "applies_if partial: an attribute is missing",
              count(*) FILTER (WHERE applies_decides AND applies_test = 'none') AS "applies_if none: false",

              count(*) FILTER (WHERE exempt_decides AND exempt_if IS NULL) AS "exempt_if full: absent",
              count(*) FILTER (WHERE exempt_decides AND NOT exempt) AS "exempt_if full: false",
              count(*) FILTER (WHERE exempt_decides AND exempt_if IS NOT NULL AND exempt IS NULL)
                  AS "exempt_if full: an attribute is missing",
              count(*) FILTER (WHERE exempt_decides AND exempt_test = 'none') AS "exempt_if none: true",

              count(*) FILTER (WHERE code_test = 'full' AND territory_test = 'full' AND applies_test = 'full'
                                     AND exempt_test = 'full') AS "all full",
              count(*) FILTER (WHERE code_test = 'partial' AND territory_test = 'full' AND applies_test = 'full'
                                     AND exempt_test = 'full') AS "only the code partial",
              count(*) FILTER (WHERE code_test = 'full' AND territory_test = 'partial' AND applies_test = 'full'
                                     AND exempt_test = 'full') AS "only the territory partial",
              count(*) FILTER (WHERE code_test = 'full' AND territory_test = 'full' AND applies_test = 'partial'
                                     AND exempt_test = 'full') AS "only the condition partial"
          FROM meeting) AS counts,
         jsonb_each_text(to_jsonb(counts)) AS c
$$;

--
-- The rounds.  Lists are committed before they are asked.  The caller's settings differ, too: a
-- tariff for those who name none, which matters, and a time zone, which may not.  The first
-- disagreement ends it all, so that the lists are still there to be looked at.
--
CREATE TABLE stopped (
    at_round int
);

CREATE PROCEDURE ask_rounds(seed bigint, first int, last int, shipments int, new_lists boolean) LANGUAGE plpgsql AS $$
BEGIN
    FOR round IN first..last LOOP
        EXIT WHEN EXISTS (SELECT FROM stopped);
        PERFORM setseed((seed * 7919 + round) % 1000003 / 1000003.0);
        IF new_lists THEN
            PERFORM random_lists();
            COMMIT;
            PERFORM random_history();
            COMMIT;
            PERFORM random_history();
        ELSIF round > first THEN
            PERFORM random_changes();
        END IF;
        COMMIT;
        ANALYZE control_list.list, control_list.entry, control_list.destination_group, control_list.nomenclature,
            control_list.list_history, control_list.entry_history, control_list.destination_group_history;
        PERFORM set_config('control_list.tariff', pick('', '', 'KR', 'kor', 'US', 'K?'), false),
                set_config('TimeZone', pick('UTC', 'Asia/Seoul', 'Pacific/Pago_Pago', 'Pacific/Kiritimati'), false);
        PERFORM random_shipments(shipments);
        ANALYZE shipment;
        PERFORM ask_both();
        ANALYZE engine_verdict, engine_hit, oracle_hit;
        INSERT INTO stopped SELECT round WHERE EXISTS (SELECT FROM disagreement);
        IF new_lists THEN
            PERFORM count_cases();
        END IF;
        COMMIT;
    END LOOP;
END
$$;

\set ECHO all

-- many small lists
CALL ask_rounds(:seed, 1, :rounds, 5000, true);

-- the real ones, as they are, then more and more changed
\set ECHO none
SELECT NOT EXISTS (SELECT FROM stopped) AS going_on \gset
\if :going_on
\o /dev/null
SELECT forget_all();
\i :load_lists
\o
INSERT INTO control_list.destination_group (name, territory) VALUES ('watch', 'KZ'), ('mixed', 'UA-14');
SELECT random_licenses(9, array_agg(code ORDER BY code)) AS licenses FROM control_list.list \gset
\endif
\set ECHO all
CALL ask_rounds(:seed, 1001, 1003, 600, false);

-- Where they disagree.
SELECT o.at_round, d.what, s.* FROM stopped AS o, disagreement AS d JOIN shipment AS s USING (no) ORDER BY s.no LIMIT 10;
SELECT e.*, l.* FROM control_list.entry AS e JOIN control_list.list AS l ON l.code = e.list
WHERE e.id IN (SELECT entry_id FROM disagreement) ORDER BY e.id LIMIT 10;

SELECT what, item, sum(times) AS times FROM tally GROUP BY what, item ORDER BY what, item COLLATE "C" \g :counts

-- What was tried often enough for the agreement to mean something: each verdict as 5 % of the
-- answers, each cell 1,000 times, each finer case 50 times; fewer rounds than usual cannot tell
SELECT :rounds >= 40 AS all_rounds \gset
\if :all_rounds
SELECT sum(times) >= 200000 AS shipments FROM tally WHERE what = 'verdict';
SELECT item AS verdict, sum(times) >= 0.05 * sum(sum(times)) OVER () AS enough
FROM tally WHERE what = 'verdict' GROUP BY item ORDER BY item COLLATE "C";
SELECT item AS verdict_by_form, sum(times) >= 500 AS enough
FROM tally WHERE what = 'verdict by form' GROUP BY item ORDER BY item COLLATE "C";
SELECT item AS reason, sum(times) FILTER (WHERE what = 'reason') >= 1000 AS enough,
       sum(times) FILTER (WHERE what = 'only reason') >= 100 AS alone
FROM tally WHERE what LIKE '%reason' GROUP BY item ORDER BY item COLLATE "C";
SELECT item AS answer_of_a_license, sum(times) >= 1000 AS enough FROM tally WHERE what = 'license' GROUP BY item ORDER BY item COLLATE "C";
SELECT item AS cell, sum(times) >= 1000 AS enough FROM tally WHERE what = 'cell' GROUP BY item ORDER BY item COLLATE "C";
SELECT item AS finer, sum(times) >= 50 AS enough FROM tally WHERE what = 'finer' GROUP BY item ORDER BY item COLLATE "C";
\endif

\c :home
DROP DATABASE control_list_differential_many;
