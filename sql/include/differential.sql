-- For the tests that compare the engine with the oracle: random lists, random
-- shipments, and the answers of both sides to them.  To be included in a database
-- of its own, which has the extension and test/reference.sql.
--
-- Everything is drawn from a small vocabulary, so that shipments and entries
-- meet often and in each way that the meaning of a screening knows.

SET jit = off;      -- takes longer than the queries of the oracle

--
-- Random values
--

-- one of some texts (NULL among them)
CREATE FUNCTION pick(VARIADIC choices text[]) RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT choices[1 + floor(random() * cardinality(choices))::int]
$$;

CREATE FUNCTION pick_number(VARIADIC choices int[]) RETURNS int LANGUAGE sql VOLATILE AS $$
    SELECT choices[1 + floor(random() * cardinality(choices))::int]
$$;

CREATE FUNCTION chance(p double precision) RETURNS boolean LANGUAGE sql VOLATILE AS $$
    SELECT random() < p
$$;

-- a code of n digits: with few different digits in each place, often padded, or any
CREATE FUNCTION random_code(n int) RETURNS hscode LANGUAGE sql VOLATILE AS $$
    SELECT hs_truncate(
        (CASE WHEN chance(0.85)
              THEN pick('84', '85', '85', '85', '87', '87', '87', '01', '77', '98', '99')
                   || pick('41', '42', '42', '43', '03', '00')
                   || pick('23', '31', '31', '90', '10', '00', '00')
                   || pick('90', '90', '01', '00', '00')
                   || pick('10', '15', '00', '00')
                   || pick('00', '00', '05') || pick('00', '07')
              ELSE lpad((1e12 + floor(random() * 99e12))::bigint::text, 14, '0')
         END)::hscode, n)
$$;

-- a code of n digits at an end of some codes: covered, broader, or just outside
CREATE FUNCTION near_code(codes hsrange, n int) RETURNS hscode LANGUAGE sql VOLATILE AS $$
    SELECT hscode_from_number(
               greatest(10::bigint ^ (n - 2),
                        least(10::bigint ^ n - 1,
                              left(pick(hs_digits(lower(codes)), hs_digits(upper(codes)))
                                   || pick('000000000000', '999999999999', '900000000000', '310000150007'), n)::bigint
                              + pick_number(0, 0, 0, 0, -1, 1)))::bigint, n)
$$;

-- codes as entries have them: mostly headings, subheadings and tariff lines,
-- nested in one another, some of them ranges
CREATE FUNCTION random_range() RETURNS hsrange LANGUAGE sql VOLATILE AS $$
    SELECT CASE WHEN chance(0.02) THEN '01-99'::hsrange
                WHEN left(a::text, 2) = left(b::text, 2) AND chance(0.2) OR chance(0.03)
                THEN hsrange(least(a, b), greatest(a, b))
                ELSE a::hsrange
           END
    FROM pick_number(2, 4, 4, 4, 5, 6, 6, 6, 6, 7, 8, 10, 10, 14) AS n,
         LATERAL (SELECT random_code(n) AS a, random_code(n) AS b) AS ends
$$;

-- exceptions, some of which have nothing to do with the codes; an entry may not
-- except all that it lists
CREATE FUNCTION random_exceptions(codes hsrange) RETURNS hsmultirange LANGUAGE sql VOLATILE AS $$
    SELECT CASE WHEN NOT except_codes @> codes THEN except_codes END
    FROM (SELECT random_range() AS range, near_code(codes, pick_number(6, 8, 10)) AS line) AS drawn,
         LATERAL (SELECT CASE WHEN chance(0.1) THEN hsmultirange(range)
                              WHEN chance(0.1) THEN hsmultirange(range, line)
                              WHEN chance(0.5) THEN hsmultirange(line)
                              WHEN chance(0.05) THEN '{}' END) AS x (except_codes)
$$;

-- where lists and entries hold
CREATE FUNCTION random_destinations() RETURNS text[] LANGUAGE sql VOLATILE AS $$
    SELECT pick('{RU}', '{RU,BY}', '{BY}', '{*}', '{@watch}', '{@mixed}', '{CN,@watch}', '{KP,KP,TR}',
                '{UA-43}', '{ua-43, UA-14}', '{UA}', '{KZ-75, by}', '{blr}', '{RU-MOW}', '{UA-43, RU-MOW}', '{JP,*}')::text[]
$$;

-- when entries are in force
CREATE FUNCTION random_validity() RETURNS daterange LANGUAGE sql VOLATILE AS $$
    SELECT pick('[2024-02-24,)', '[2024-02-24,2024-09-09)', '[2024-09-09,)', '[2024-09-09,2024-09-10)',
                '(,2024-09-09)', '[2030-01-01,)', '[-infinity,2024-09-09]', '[2024-09-09,infinity]',
                format('[%s,)', current_date), format('[%s,)', current_date + 1),
                format('(,%s)', current_date), format('[2024-02-24,%s]', current_date))::daterange
$$;

-- when a territory is a member of a group
CREATE FUNCTION random_memberships() RETURNS daterange[] LANGUAGE sql VOLATILE AS $$
    SELECT CASE WHEN chance(0.5) THEN '{"(,)"}'
                WHEN chance(0.5) THEN ARRAY[random_validity()]
                ELSE '{"(,2024-02-24)", "[2024-09-09,2024-09-10)", "[2025-01-01,)"}' END
$$;

CREATE FUNCTION random_measure() RETURNS screening_verdict LANGUAGE sql VOLATILE AS $$
    SELECT pick('review', 'license_required', 'license_required', 'license_required', 'license_required',
                'license_required', 'prohibited', 'prohibited', 'prohibited')::screening_verdict
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
                'strict $.spec.width == $.sizes[0]',
                'strict $.engine_cc / 1000 > 2 && 10 / $.sizes[0] >= 2',
                'strict $.made.datetime() < "2024-02-24 00:00:00+09".datetime()',
                'strict $.fuel starts with "d"',
                'strict $.fuel like_regex "^die"')::jsonpath
$$;

CREATE FUNCTION random_attributes() RETURNS jsonb LANGUAGE sql VOLATILE AS $$
    SELECT pick(NULL, '{}', 'null', '[]', '5', '{"engine_cc": null}', '{"engine_cc": "2500"}', '{"engine_cc": 2000}',
                '{"engine_cc": 2001}', '{"engine_cc": 2500.5}', '{"engine_cc": [2001]}',
                '{"made": "2024-02-23 16:00:00"}', '{"made": "2024-02-23", "used": "true"}',
                '{"engine_cc": 1600, "fuel": "diesel", "used": false}',
                '{"engine_cc": 3500, "fuel": "petrol", "used": true, "made": "2024-02-23 15:00:00"}',
                '{"fuel": "diesel", "spec": {"width": 8}, "sizes": [1, 9]}',
                '{"fuel": null, "spec": {"width": null}, "sizes": [9, null]}',
                '{"used": null, "spec": null, "sizes": [null, {"x": null}, 9]}',
                '{"used": true, "spec": {"width": 12}, "sizes": [1, 3, 9]}',
                '{"engine_cc": 2001, "fuel": "diesel", "used": false, "spec": {"width": 12, "more": [null]}, '
                    '"sizes": [1, {"x": 7}], "made": "2024-02-23 14:59:59"}',
                '{"engine_cc": 2001, "fuel": "petrol", "used": true, "spec": {"width": 10}, "sizes": [9, 5]}',
                '{"engine_cc": 1999.9, "fuel": "Diesel", "used": false, "spec": {"width": 9}, "sizes": [0, 6]}',
                '{"engine_cc": 2999, "fuel": "die", "used": true, "spec": {"width": 11}, "sizes": [3, {"x": 2}], '
                    '"made": "2024-02-23 20:00:00-05"}')::jsonb
$$;

--
-- Entries of some lists, half of them plain
--
CREATE FUNCTION random_entries(n int, lists text[]) RETURNS void LANGUAGE sql VOLATILE AS $$
    INSERT INTO control_list.entry (list, item, codes, except_codes, ex, destinations, measure,
                                    valid, applies_if, exempt_if, remark, revision)
    SELECT list, 'item ' || i, codes,
           CASE WHEN NOT plain OR chance(0.4) THEN random_exceptions(codes) END,
           NOT plain AND chance(0.3),
           CASE WHEN chance(0.6) THEN random_destinations() END,
           CASE WHEN chance(0.4) THEN random_measure() END,
           CASE WHEN NOT plain AND chance(0.6) THEN random_validity() ELSE '(,)' END,
           CASE WHEN NOT plain AND chance(0.5) THEN random_condition() END,
           CASE WHEN NOT plain AND chance(0.5) THEN random_condition() END,
           CASE WHEN chance(0.5) THEN 'remark ' || i END,
           CASE WHEN chance(0.5) THEN 'first' END
    FROM (SELECT i, pick(VARIADIC lists) AS list, chance(0.5) AS plain,
                 CASE WHEN chance(0.95) THEN random_range() END AS codes
          FROM generate_series(1, n) AS i) AS drawn
$$;

-- Changes of entries, lists and groups, so that they have a history: what goes, what comes,
-- and what is corrected
CREATE FUNCTION random_history() RETURNS void LANGUAGE sql VOLATILE AS $$
    UPDATE control_list.entry
    SET codes = random_range(), except_codes = NULL, remark = concat(remark, ' corrected')
    WHERE chance(0.15);
    UPDATE control_list.entry
    SET except_codes = random_exceptions(codes), measure = random_measure(),
        destinations = CASE WHEN chance(0.5) THEN random_destinations() END,
        valid = CASE WHEN chance(0.3) THEN random_validity() ELSE valid END
    WHERE chance(0.2);
    DELETE FROM control_list.entry WHERE chance(0.1);
    INSERT INTO control_list.entry (list, item, codes)
    SELECT code, 'added after ' || (SELECT max(id) FROM control_list.entry), random_range()
    FROM control_list.list WHERE chance(0.5);
    UPDATE control_list.list
    SET destinations = CASE WHEN chance(0.8) THEN random_destinations() END, measure = random_measure(),
        legal_basis = 'another law', enabled = chance(0.9),
        known_from = CASE WHEN chance(0.05) THEN '2024-09-09'::date END
    WHERE chance(0.3);
    UPDATE control_list.destination_group AS g
    SET territory = changed.territory
    FROM (SELECT pick('watch', 'mixed') AS name, pick('AM', 'GE', 'UA-43') AS territory) AS changed
    WHERE g.name = changed.name AND g.valid = '(,)'
      AND g.territory = (SELECT min(m.territory) FROM control_list.destination_group AS m
                         WHERE m.name = changed.name AND m.valid = '(,)')
      AND NOT EXISTS (SELECT FROM control_list.destination_group AS m
                      WHERE m.name = changed.name AND m.territory = changed.territory);
$$;

-- Some of the instants at which something was recorded, and the ones just before
CREATE FUNCTION some_instants(n int) RETURNS text[] LANGUAGE sql VOLATILE AS $$
    SELECT array_agg(at AT TIME ZONE 'UTC' || ' UTC')
    FROM (SELECT at
          FROM (SELECT DISTINCT lower(r.recorded) - pick('0', '1 microsecond')::interval AS at
                FROM (SELECT recorded FROM reference.list_records()
                      UNION ALL SELECT recorded FROM reference.group_records()
                      UNION ALL SELECT recorded FROM reference.entry_records()) AS r) AS instants
          ORDER BY random() LIMIT n) AS chosen
$$;

--
-- The licenses L1, L2 ... for some lists, in place of those so far: many that permit much, so that each of the
-- things that can fail is the only one often enough.  Of most that have a limit something is used, lately or
-- long ago, more than was ever allowed in some, and some is returned.
--
ALTER TABLE control_list.license_use DISABLE TRIGGER keep_ledger;

CREATE FUNCTION random_licenses(n int, lists text[]) RETURNS void LANGUAGE sql VOLATILE AS $$
    TRUNCATE control_list.license, control_list.license_use;

    INSERT INTO control_list.license (number, list, destinations, codes, valid, max_quantity, unit, max_value, currency,
                                      quota_period, applies_if, waiver)
    SELECT 'L' || i, list,
           CASE WHEN chance(0.85) THEN '{*}' ELSE random_destinations() END,
           CASE WHEN chance(0.8) THEN '{01-99}' WHEN chance(0.5) THEN hsmultirange(random_range(), random_range())
                ELSE coalesce((SELECT range_agg(e.codes) FROM control_list.entry AS e WHERE e.list = drawn.list), '{85}') END,
           CASE WHEN chance(0.75) THEN '(,)' WHEN chance(0.3) THEN '(,2024-09-09)' ELSE random_validity() END,
           CASE WHEN by_quantity THEN 10 END, CASE WHEN by_quantity OR chance(0.5) THEN 'kg' END,
           CASE WHEN by_value THEN 1000 END, CASE WHEN by_value OR chance(0.5) THEN 'USD' END,
           CASE WHEN by_quantity OR by_value THEN pick(NULL, '1 mon', '30 days', '1 year 12:00')::interval END,
           CASE WHEN chance(0.25) THEN random_condition() END,
           chance(0.8)
    FROM (SELECT i, lists[1 + i % cardinality(lists)] AS list, chance(0.4) AS by_quantity, chance(0.2) AS by_value
          FROM generate_series(1, n) AS i) AS drawn;

    SELECT control_list.append_use(l, pick('kept', 'returned'), pick_number(1, 4, 6, 10), l.unit, pick_number(100, 400, 1000), l.currency,
                                   used_at => now() - pick('0', '29 days', '32 days', '2 years')::interval)
    FROM control_list.license AS l, generate_series(1, 3) WHERE chance(0.7);
    SELECT control_list.return_license('returned');
$$;

--
-- A nomenclature: one edition follows another, and a third has tariff lines and is
-- always in force.  Each lacks something, some of it on some days only.
--
CREATE FUNCTION random_nomenclature() RETURNS void LANGUAGE sql VOLATILE AS $$
    INSERT INTO control_list.nomenclature (edition, code, valid)
    SELECT c.edition, hs_truncate(c.code, c.digits), CASE WHEN chance(0.1) THEN random_validity() ELSE c.valid END
    FROM (SELECT *
          FROM (SELECT random_code(14) AS code FROM generate_series(1, 60)) AS d,
               (VALUES ('old', '(,2024-09-09)'::daterange, 6), ('new', '[2024-09-09,)', 6), ('lines', '(,)', 10)) AS e (edition, valid, depth),
               (VALUES (2), (4), (6), (8), (10)) AS l (digits)
          OFFSET 0) AS c          -- a chance for each
    WHERE c.digits <= c.depth AND chance(CASE WHEN c.digits = 2 THEN 0.9 ELSE 0.5 END)
    ON CONFLICT DO NOTHING
$$;

--
-- The shipments
--
CREATE TABLE shipment (
    no int PRIMARY KEY,
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
    tariff text,
    known_at timestamptz
);

-- n shipments in place of those so far.  Most are near some entry, or one of its exceptions, in
-- what they are or in where they go, and some are aimed at it; the others are any.  One in ten is
-- no more than code, destination and date, which the engine mostly answers at a glance.
CREATE FUNCTION random_shipments(n int) RETURNS void LANGUAGE sql VOLATILE AS $$
    TRUNCATE shipment;
    INSERT INTO shipment (no, form, hs, code, destination, ship_date, at, via, attributes,
                          licenses, jurisdictions, tariff, known_at)
    WITH target AS MATERIALIZED (
        SELECT row_number() OVER (ORDER BY e.id, c.codes) AS number, c.codes, l.tariff,
               coalesce(e.destinations, l.destinations, '{*}') AS destinations
        FROM control_list.entry AS e JOIN control_list.list AS l ON l.code = e.list,
             LATERAL (SELECT e.codes UNION ALL SELECT unnest(e.except_codes)) AS c (codes)
        WHERE e.codes IS NOT NULL
    ),
    recorded AS MATERIALIZED (
        SELECT some_instants(2) AS instants
    ),
    drawn AS MATERIALIZED (
        SELECT no, chance(0.5) AS aimed, chance(0.1) AS plain,
               1 + floor(random() * (SELECT count(*) FROM target)) AS number,
               pick('date', 'date', 'date', 'date text', 'date text', 'at', 'at text', 'now', 'now text') AS form,
               pick_number(2, 4, 4, 5, 6, 6, 6, 7, 8, 8, 9, 10, 10, 10, 11, 12, 13, 14) AS length
        FROM generate_series(1, n) AS no
    ),
    coded AS MATERIALIZED (
        SELECT d.no, d.form, d.aimed, d.plain, t.tariff,
               CASE WHEN chance(0.97)
                    THEN CASE WHEN t.codes IS NULL OR NOT d.aimed AND chance(0.2) THEN random_code(d.length)
                              WHEN NOT d.aimed AND chance(0.4) THEN near_code(t.codes, d.length)
                              WHEN chance(0.4) THEN near_code(t.codes, hs_length(lower(t.codes)))
                              ELSE near_code(t.codes, greatest(d.length, hs_length(lower(t.codes)))) END
               END AS hs,
               CASE WHEN d.aimed OR chance(0.3) THEN pick(VARIADIC t.destinations) END AS destination
        FROM drawn AS d LEFT JOIN target AS t ON t.number = d.number
    )
    SELECT no, form, hs,
           CASE WHEN chance(0.85) THEN hs::text
                WHEN chance(0.5) THEN hs_digits(hs)     -- an odd one is unreadable
                ELSE pick(NULL, '', ' ', '10121', '8541-8543', '8542 8543', '0042', '85.4',
                          ' 8542.31 ', '8542 31 00', '8542.31-0000', '8542.31.0', '8500.0') END,
           CASE WHEN control_list.territory(destination) IS NOT NULL THEN destination
                WHEN chance(0.97)
                THEN pick('RU', 'RU', 'ru', ' RUS', 'BY', 'BLR', 'KZ', 'KZ-75', 'KZ-ALA', 'TR', 'CN',
                          'JP', 'UA', 'UA-43', 'UA-14', 'UA-30', 'ua-09 ', 'UA-99', 'RU-MOW', 'RU-SPE', 'JP-13', 'XK', 'KP')
                ELSE pick(NULL, '', 'Russia?', 'XX', 'ZZ-01', '*', '@watch') END,
           CASE WHEN chance(0.97)
                THEN pick('2023-06-01', '2024-02-23', '2024-02-24', '2024-09-08', '2024-09-09',
                          '2024-09-10', '2025-06-01', '2031-01-01')::date
                ELSE pick(NULL, 'infinity', '-infinity')::date END,
           CASE WHEN chance(0.97)
                THEN pick('2024-02-23 14:59:59.999999 UTC', '2024-02-23 15:00 UTC',
                          '2024-09-08 09:59 UTC', '2024-09-08 10:00 UTC',
                          '2024-09-08 14:59:59.999999 UTC', '2024-09-08 15:00 UTC',
                          '2024-09-08 23:59 UTC', '2024-09-09 00:00 UTC',
                          '2024-09-09 03:59 UTC', '2024-09-09 04:00 UTC', '2025-06-01 12:00 UTC')::timestamptz
                ELSE pick(NULL, 'infinity', '-infinity')::timestamptz END,
           CASE WHEN NOT plain AND chance(0.3)
                THEN pick('{}', '{JP}', '{BY}', '{JP,by}', '{{JP,CN},{TR,BLR}}', '{UA}', '{KZ,UA-43}',
                          '{UA-99}', '{NULL}', '{JP,Rusia}', '{Rusia,NULL,RU}')::text[] END,
           CASE WHEN NOT plain THEN random_attributes() END,
           CASE WHEN NOT plain AND chance(CASE WHEN aimed THEN 0.9 ELSE 0.3 END)
                THEN pick('{L1,L2,L3,L4,L5,L6,L7,L8,L9}', '{L9,L8,L7,L6,L5,L4,L3,L2,L1}', '{L3,L2,L1,L6,L5,L4,L9,L8,L7}', '{L2,L8,L5,L7,L1,L4}', '{L3,L4,L3,NULL,L3}',
                          '{L1,L6}', '{L5,L2,L4,L7}', '{no such license}', '{l1,NULL,L2}', '{{L4,L1},{L5,L6}}', '{NULL}', '{}')::text[] END,
           CASE WHEN NOT plain AND NOT aimed AND chance(0.4)
                THEN pick('{KR}', '{kor}', '{KR}', '{JP}', '{US,KR}', '{US}', '{EU}', '{FR,EU}',
                          '{}', '{NULL}', '{KOR?}', '{KR,UA-43}', '{{JP,EU},{US,KR}}')::text[] END,
           CASE WHEN plain THEN NULL
                WHEN aimed THEN tariff
                WHEN chance(0.7) THEN pick('KR', 'KR', 'kor', 'US', 'JP', 'FR', 'K?', '') END,
           CASE WHEN chance(0.2) THEN pick(VARIADIC instants)
                WHEN chance(0.02) THEN pick('2024-01-01', 'infinity', '-infinity') END::timestamptz
    FROM coded, recorded
$$;

--
-- The answers of both sides
--
CREATE TABLE engine_verdict (
    no int,
    verdict screening_verdict,
    restricted boolean
);

CREATE TABLE engine_hit (
    no int,
    verdict screening_verdict, list text, item text, entry_id bigint,
    codes hsrange, matched text, territory text, measure screening_verdict,
    valid daterange, revision text, reason text, legal_basis text, remark text,
    place bigint        -- among the hits of this shipment
);

CREATE TABLE oracle_hit (
    no int,
    verdict screening_verdict, list text, item text, entry_id bigint,
    codes hsrange, matched text, territory text, measure screening_verdict,
    valid daterange, revision text, reason text, legal_basis text, remark text
);

-- The oracle has a word for each kind of reason, the engine a sentence: for an entry first what it covers, then
-- what the licenses say to it.
CREATE FUNCTION kinds_of_clauses(reason text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(string_agg('; ' || CASE
        WHEN c.clause = 'no license replaces a review' THEN 'review'
        WHEN c.clause LIKE 'license ''%'' does not exist' THEN substr(c.clause, 10, length(c.clause) - 25) || ' unknown'
        WHEN c.clause LIKE 'the condition of license % is not met' THEN split_part(c.clause, ' ', 5) || ' condition fails'
        WHEN c.clause LIKE 'an attribute that license % needs is missing' THEN split_part(c.clause, ' ', 5) || ' condition unknown'
        ELSE split_part(c.clause, ' ', 2) || CASE
            WHEN c.clause LIKE 'license % permits it' THEN ' permits'
            WHEN c.clause LIKE 'license % is one of list _%' THEN ' other list'
            WHEN c.clause LIKE 'license % is no waiver of a prohibition' THEN ' no waiver'
            WHEN c.clause LIKE 'license % does not cover all that the code may be' THEN ' other goods'
            WHEN c.clause LIKE 'license % is not for _%' THEN ' other place'
            WHEN c.clause LIKE 'license % is not valid before ____-__-__' THEN ' not yet valid'
            WHEN c.clause LIKE 'license % expired after ____-__-__' THEN ' expired'
            WHEN c.clause LIKE 'license % is used up' THEN ' used up'
            ELSE ' ' || c.clause
        END
    END, '' ORDER BY c.n) FILTER (WHERE c.n > 1), '')
    FROM unnest(string_to_array(rtrim(reason, '.'), '; ')) WITH ORDINALITY AS c (clause, n)
$$;

CREATE FUNCTION kind_of_reason(h engine_hit) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN h.entry_id IS NOT NULL
             AND starts_with(h.reason, format('Item %s of list %s %s ', h.item, h.list,
                                              CASE h.matched WHEN 'full' THEN 'covers' ELSE 'may cover' END))
        THEN 'entry' || CASE WHEN h.reason LIKE '%; %' THEN kinds_of_clauses(h.reason) ELSE '' END
        WHEN h.reason LIKE 'The HS code %' THEN 'code'
        WHEN h.reason LIKE 'The destination %' THEN 'destination'
        WHEN h.reason LIKE 'A via point %' THEN 'via'
        WHEN h.reason LIKE 'The date is %' OR h.reason LIKE 'The time is %' THEN 'date'
        WHEN starts_with(h.reason, format('List %s makes no claim before ', h.list)) THEN 'known_from'
        WHEN h.reason LIKE '_% jurisdiction %' THEN 'jurisdiction'
        WHEN h.reason = 'No enabled list with coded entries applies.' THEN 'no list'
        WHEN h.reason = 'The time of known_at lies before the first record.' THEN 'known_at'
        ELSE h.reason
    END
$$;

CREATE FUNCTION ask_engine() RETURNS void LANGUAGE sql VOLATILE AS $$
    TRUNCATE engine_verdict, engine_hit;

    INSERT INTO engine_verdict
    SELECT s.no,
           screen_shipment(s.hs, s.destination, s.ship_date, s.via, s.attributes,
                           s.licenses, s.jurisdictions, s.tariff, s.known_at),
           is_restricted(s.hs, s.destination, s.ship_date, s.via, s.attributes,
                         s.licenses, s.jurisdictions, s.tariff, s.known_at)
    FROM shipment AS s WHERE s.form = 'date';
    INSERT INTO engine_verdict
    SELECT s.no,
           screen_shipment(s.code, s.destination, s.ship_date, s.via, s.attributes,
                           s.licenses, s.jurisdictions, s.tariff, s.known_at),
           is_restricted(s.code, s.destination, s.ship_date, s.via, s.attributes,
                         s.licenses, s.jurisdictions, s.tariff, s.known_at)
    FROM shipment AS s WHERE s.form = 'date text';
    INSERT INTO engine_verdict
    SELECT s.no, screen_shipment_at(s.hs, s.destination, s.at, s.via, s.attributes,
                                    s.licenses, s.jurisdictions, s.tariff, s.known_at)
    FROM shipment AS s WHERE s.form = 'at';
    INSERT INTO engine_verdict
    SELECT s.no, screen_shipment_at(s.code, s.destination, s.at, s.via, s.attributes,
                                    s.licenses, s.jurisdictions, s.tariff, s.known_at)
    FROM shipment AS s WHERE s.form = 'at text';
    INSERT INTO engine_verdict
    SELECT s.no, screen_shipment(s.hs, s.destination), is_restricted(s.hs, s.destination)
    FROM shipment AS s WHERE s.form = 'now';
    INSERT INTO engine_verdict
    SELECT s.no, screen_shipment(s.code, s.destination), is_restricted(s.code, s.destination)
    FROM shipment AS s WHERE s.form = 'now text';

    -- For an instant the engine gives the verdict only.
    INSERT INTO engine_hit
    SELECT s.no, h.*
    FROM shipment AS s,
         screening_hits(s.hs, s.destination, s.ship_date, s.via, s.attributes,
                        s.licenses, s.jurisdictions, s.tariff, s.known_at) WITH ORDINALITY AS h
    WHERE s.form = 'date';
    INSERT INTO engine_hit
    SELECT s.no, h.*
    FROM shipment AS s,
         screening_hits(s.code, s.destination, s.ship_date, s.via, s.attributes,
                        s.licenses, s.jurisdictions, s.tariff, s.known_at) WITH ORDINALITY AS h
    WHERE s.form = 'date text';
    INSERT INTO engine_hit
    SELECT s.no, h.*
    FROM shipment AS s, screening_hits(s.hs, s.destination) WITH ORDINALITY AS h
    WHERE s.form = 'now';
    INSERT INTO engine_hit
    SELECT s.no, h.*
    FROM shipment AS s, screening_hits(s.code, s.destination) WITH ORDINALITY AS h
    WHERE s.form = 'now text';
$$;

CREATE FUNCTION ask_oracle() RETURNS void LANGUAGE sql VOLATILE AS $$
    TRUNCATE oracle_hit;

    INSERT INTO oracle_hit
    SELECT s.no, h.*
    FROM shipment AS s,
         reference.screening_hits(s.hs, s.destination, s.ship_date, s.via, s.attributes,
                                  s.licenses, s.jurisdictions, s.tariff, s.known_at) AS h
    WHERE s.form = 'date';
    INSERT INTO oracle_hit
    SELECT s.no, h.*
    FROM shipment AS s,
         reference.screening_hits(s.code, s.destination, s.ship_date, s.via, s.attributes,
                                  s.licenses, s.jurisdictions, s.tariff, s.known_at) AS h
    WHERE s.form = 'date text';
    INSERT INTO oracle_hit
    SELECT s.no, h.*
    FROM shipment AS s,
         reference.screening_hits_at(s.hs, s.destination, s.at, s.via, s.attributes,
                                     s.licenses, s.jurisdictions, s.tariff, s.known_at) AS h
    WHERE s.form = 'at';
    INSERT INTO oracle_hit
    SELECT s.no, h.*
    FROM shipment AS s,
         reference.screening_hits_at(s.code, s.destination, s.at, s.via, s.attributes,
                                     s.licenses, s.jurisdictions, s.tariff, s.known_at) AS h
    WHERE s.form = 'at text';
    INSERT INTO oracle_hit
    SELECT s.no, h.*
    FROM shipment AS s, reference.screening_hits_at(s.hs, s.destination, now()) AS h
    WHERE s.form = 'now';
    INSERT INTO oracle_hit
    SELECT s.no, h.*
    FROM shipment AS s, reference.screening_hits_at(s.code, s.destination, now()) AS h
    WHERE s.form = 'now text';
$$;

-- The verdict is that of the most severe hit; no hit, not listed: as reference.screen_shipment
-- has it.
CREATE VIEW oracle_verdict AS
    SELECT s.no, coalesce(max(h.verdict), 'not_listed') AS verdict
    FROM shipment AS s LEFT JOIN oracle_hit AS h ON h.no = s.no
    GROUP BY s.no;

-- Where the two disagree, or the engine with itself.
CREATE VIEW disagreement AS
    WITH engine AS (
        SELECT h.no, h.verdict, h.list, h.item, h.entry_id, h.codes, h.matched, h.territory, h.measure,
               h.valid, h.revision, kind_of_reason(h) AS reason, h.legal_basis, h.remark
        FROM engine_hit AS h
    ),
    oracle AS (
        SELECT h.* FROM oracle_hit AS h JOIN shipment AS s ON s.no = h.no AND s.form NOT LIKE 'at%'
    )
    SELECT o.no, NULL::bigint AS entry_id, format('verdict of the engine: %s, of the oracle: %s', e.verdict, o.verdict) AS what
    FROM oracle_verdict AS o LEFT JOIN engine_verdict AS e ON e.no = o.no
    WHERE e.verdict IS DISTINCT FROM o.verdict
  UNION ALL
    SELECT o.no, NULL::bigint, format('verdict of the oracle: %s, restricted to the engine: %s', o.verdict, e.restricted)
    FROM oracle_verdict AS o
    JOIN shipment AS s ON s.no = o.no AND s.form NOT LIKE 'at%'
    LEFT JOIN engine_verdict AS e ON e.no = o.no
    WHERE e.restricted IS DISTINCT FROM (o.verdict >= 'review')
  UNION ALL
    SELECT alone.no, alone.entry_id, 'hit of the engine alone: ' || alone::text
    FROM (SELECT * FROM engine EXCEPT ALL SELECT * FROM oracle) AS alone
  UNION ALL
    SELECT alone.no, alone.entry_id, 'hit of the oracle alone: ' || alone::text
    FROM (SELECT * FROM oracle EXCEPT ALL SELECT * FROM engine) AS alone
  UNION ALL
    SELECT h.no, NULL::bigint, 'not the most severe hit first'
    FROM (SELECT no, verdict, lag(verdict) OVER (PARTITION BY no ORDER BY place) AS before FROM engine_hit) AS h
    WHERE h.verdict > h.before;

-- Asks both sides about all shipments, in place of the answers so far.
CREATE FUNCTION ask_both() RETURNS void LANGUAGE sql VOLATILE AS $$
    SELECT ask_engine();
    SELECT ask_oracle();
$$;
