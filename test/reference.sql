--
-- The meaning of a screening, written once more as plain SQL.
--
-- This is the oracle: every engine, present or future, has to give the
-- answers that come out of here (see sql/golden.sql and
-- sql/differential.sql).  It is meant to be read beside section 4 of the
-- design, one function for each test of its table and one clause for each of
-- its sentences.  It is slow, and should stay so: whoever is tempted to make
-- it clever would then have to test it.
--
-- It uses the operators of the types and the readers of single values
-- (territory, jurisdiction, read_code) but none of the screening functions.
-- Run it with the schema of the extension in the search_path.
--
-- Functions that return tables are written so that PostgreSQL can expand them
-- in the query that calls them.  To screen many shipments, call screening_hits
-- in FROM, beside a table of shipments: then all of them share one plan, and
-- what the lists say (reference.entries) is read once.  screen_shipment plans
-- everything anew for each.
--
CREATE SCHEMA reference;


-- ---------------------------------------------------------------------------
-- The records
-- ---------------------------------------------------------------------------

-- The instant at which something was recorded in order to count: known_at; if
-- that is not given, now, which is when only what has not ended is recorded.
CREATE FUNCTION reference.instant(known_at timestamptz)
RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(known_at, 'infinity')
$$;

-- All lists, members of groups and entries that ever were: those that are there,
-- and those that were changed or deleted since.
CREATE FUNCTION reference.list_records()
RETURNS SETOF control_list.list LANGUAGE sql STABLE AS $$
    SELECT * FROM control_list.list
  UNION ALL
    SELECT * FROM control_list.list_history
$$;

CREATE FUNCTION reference.group_records()
RETURNS SETOF control_list.destination_group LANGUAGE sql STABLE AS $$
    SELECT * FROM control_list.destination_group
  UNION ALL
    SELECT * FROM control_list.destination_group_history
$$;

CREATE FUNCTION reference.entry_records()
RETURNS SETOF control_list.entry LANGUAGE sql STABLE AS $$
    SELECT * FROM control_list.entry
  UNION ALL
    SELECT * FROM control_list.entry_history
$$;


-- ---------------------------------------------------------------------------
-- The code
-- ---------------------------------------------------------------------------

-- Is the shipment's code written in the national tariff of this list?  No if
-- either of the two names none, or one that cannot be read.
CREATE FUNCTION reference.same_tariff(tariff text, list_tariff text)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(control_list.jurisdiction(tariff)
                    = control_list.jurisdiction(list_tariff), false)
$$;

-- Tariff: digits beyond the sixth have a meaning within one national tariff
-- only, so elsewhere just the first six count.
CREATE FUNCTION reference.code_as_counted(code hscode, same_tariff boolean)
RETURNS hscode LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN same_tariff OR hs_length(code) <= 6 THEN code
                ELSE hs_truncate(code, 6)
           END
$$;

-- Zeros: the code without the pairs of zeros at its end.  Pairs are counted
-- from the front, the chapter always stays, and a lone last zero is half of
-- such a pair.  So: up to the last digit that is no zero, and to the end of its
-- pair, if the code is as long as that.
CREATE FUNCTION reference.code_without_padding(code hscode)
RETURNS hscode LANGUAGE sql IMMUTABLE AS $$
    SELECT hs_truncate(code, least(hs_length(code),
                                   (length(rtrim(hs_digits(code), '0')) + 1) / 2 * 2))
$$;

-- Chapters 77, 98 and 99 stand for goods whose true heading is not shown,
-- unless the code is one of the list's own tariff, which may use them.
CREATE FUNCTION reference.hides_heading(code hscode, same_tariff boolean)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT left(hs_digits(code), 2) IN ('77', '98', '99') AND NOT same_tariff
$$;

-- Nomenclature: what a code counts as, too, that an edition in force on the day
-- lacks.  An edition has a code if it has the code itself or a code below it, or
-- if the nearest code above it is divided no further.
CREATE FUNCTION reference.ancestors(code hscode, day date)
RETURNS TABLE (ancestor hscode) LANGUAGE sql STABLE AS $$
    WITH chapter AS MATERIALIZED (
        SELECT n.edition, n.code
        FROM control_list.nomenclature AS n
        WHERE n.code <@ hs_truncate(ancestors.code, 2)::hsrange AND n.valid @> day
    )
    SELECT nearest.code
    FROM (SELECT DISTINCT c.edition FROM chapter AS c) AS e,
         LATERAL (SELECT c.code
                  FROM chapter AS c
                  WHERE c.edition = e.edition AND c.code::hsrange @> ancestors.code
                  ORDER BY hs_length(c.code) DESC
                  LIMIT 1) AS nearest
    WHERE NOT EXISTS (SELECT FROM chapter AS c
                      WHERE c.edition = e.edition AND c.code <@ ancestors.code::hsrange)
      AND EXISTS (SELECT FROM chapter AS c
                  WHERE c.edition = e.edition AND c.code <@ nearest.code::hsrange AND c.code <> nearest.code)
$$;

-- What an entry lists: its codes less its exceptions.  An item that is
-- described in words lists no code, and so is never matched.
CREATE FUNCTION reference.listed_codes(codes hsrange, except_codes hsmultirange)
RETURNS hsmultirange LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN codes IS NULL THEN '{}'::hsmultirange
        ELSE hsmultirange(codes) - coalesce(except_codes, '{}'::hsmultirange)
    END
$$;

-- The row "code" of the table.
--     listed     what the entry lists
--     ex         the law takes only part of what is listed
--     code       the shipment's code as it counts for this list, or NULL
--     unpadded   the same without padding zeros
--     ancestors  what the nomenclature may mean by it, if it lacks the code
--     hidden     does the code hide the true heading?
CREATE FUNCTION reference.code_test(listed hsmultirange, ex boolean, code hscode,
                                    unpadded hscode, ancestors hsmultirange, hidden boolean)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        -- What lists nothing matches nothing.
        WHEN isempty(listed) THEN 'none'

        -- A missing code is every code: only an entry for all goods covers it.
        WHEN code IS NULL AND listed @> '01-99'::hsrange AND NOT ex THEN 'full'
        WHEN code IS NULL THEN 'partial'

        -- Full: covered, nothing of it excepted, and not "ex".  Only the code
        -- as written can match in full, not the one without its zeros.
        WHEN listed @> code AND NOT ex THEN 'full'

        -- Partial: any other overlap.
        WHEN listed && code THEN 'partial'

        -- The code without its zeros counts for partial matches as well.
        WHEN listed && unpadded THEN 'partial'

        -- So does its nearest ancestor, where the nomenclature lacks the code.
        WHEN listed && ancestors THEN 'partial'

        -- A hidden heading could be any, hence one that is listed.
        WHEN hidden THEN 'partial'

        ELSE 'none'
    END
$$;


-- ---------------------------------------------------------------------------
-- The territory
-- ---------------------------------------------------------------------------

-- No destinations at all (neither of the entry nor of its list), or a '*'
-- among them: the entry holds everywhere.
CREATE FUNCTION reference.holds_everywhere(destinations text[])
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT destinations IS NULL OR '*' = ANY (destinations)
$$;

-- A territory that destinations list, on which days, and when that was recorded.
CREATE TYPE reference.member AS (
    territory text,
    valid daterange,
    recorded tstzrange
);

-- What destinations list, each group replaced by its members.
CREATE FUNCTION reference.listed_members(destinations text[])
RETURNS reference.member[] LANGUAGE sql STABLE AS $$
    SELECT ARRAY(
        SELECT (control_list.territory(d), '(,)', '(,)')::reference.member
        FROM unnest(destinations) AS d
        WHERE d <> '*' AND d NOT LIKE '@%'
      UNION ALL
        SELECT (control_list.territory(g.territory), g.valid, g.recorded)::reference.member
        FROM unnest(destinations) AS d
        JOIN reference.group_records() AS g ON d = '@' || g.name)
$$;

-- The territories listed on a day, or on any if that is NULL, as recorded.
CREATE FUNCTION reference.territories_on(day date, members reference.member[], instant timestamptz)
RETURNS TABLE (territories text[]) LANGUAGE sql IMMUTABLE AS $$
    SELECT ARRAY(SELECT m.territory FROM unnest(members) AS m
                 WHERE (day IS NULL OR m.valid @> day) AND m.recorded @> instant)
$$;

-- RU of RU, UA of UA-43.
CREATE FUNCTION reference.country_of(territory text)
RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT split_part(territory, '-', 1)
$$;

-- The row "territory" of the table, for one place that a shipment goes to or
-- through (as control_list.territory reads it, NULL if it could not).
CREATE FUNCTION reference.place_test(place text, everywhere boolean, territories text[])
RETURNS TABLE (result text) LANGUAGE sql STABLE AS $$
    SELECT CASE
        -- Full: the entry holds everywhere, thus also in a place unknown.
        WHEN everywhere THEN 'full'

        -- None: groups without members on the day list no place at all.
        WHEN territories = '{}' THEN 'none'

        -- Partial: a missing or unknown place could be any.
        WHEN place IS NULL THEN 'partial'

        -- Full: the place is listed, or lies in a country that is.
        WHEN place = ANY (territories) THEN 'full'
        WHEN reference.country_of(place) = ANY (territories) THEN 'full'

        -- Partial: a part of the country is listed, and the place is the
        -- whole country, or a part of it of which nothing is known.
        WHEN NOT control_list.is_known_subdivision(place)
             AND EXISTS (SELECT FROM unnest(territories) AS t
                         WHERE t LIKE reference.country_of(place) || '-%')
        THEN 'partial'

        ELSE 'none'
    END
$$;

-- The places of a shipment, read: the destination first, then each via.
CREATE FUNCTION reference.places(destination text, via text[])
RETURNS TABLE (stop bigint, place text) LANGUAGE sql IMMUTABLE AS $$
    SELECT 0, control_list.territory(destination)
  UNION ALL
    SELECT v.stop, control_list.territory(v.name)
    FROM unnest(via) WITH ORDINALITY AS v (name, stop)
$$;

-- The row "territory" for the whole shipment: the best that one of its places
-- does, and the first place that does so.
CREATE FUNCTION reference.territory_test(destination text, via text[],
                                         everywhere boolean, territories text[])
RETURNS TABLE (result text, place text) LANGUAGE sql STABLE AS $$
    SELECT t.result, p.place
    FROM reference.places(destination, via) AS p,
         reference.place_test(p.place, everywhere, territories) AS t
    ORDER BY array_position(ARRAY['full', 'partial', 'none'], t.result), p.stop
    LIMIT 1
$$;


-- ---------------------------------------------------------------------------
-- The conditions
-- ---------------------------------------------------------------------------

-- A JSON null counts as missing: members that are null leave their object.  An
-- element of an array cannot leave (the next would take its place), nor can the
-- whole document: there an empty object, which compares with nothing, stands
-- for it.  No attributes at all are an empty object, too.  (In SQL each level of
-- the recursion would be planned anew.)
CREATE FUNCTION reference.without_nulls(attributes jsonb)
RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    CASE coalesce(jsonb_typeof(attributes), 'null')
        WHEN 'null' THEN
            RETURN '{}';
        WHEN 'object' THEN
            RETURN (SELECT coalesce(jsonb_object_agg(m.key, reference.without_nulls(m.value)), '{}')
                    FROM jsonb_each(attributes) AS m
                    WHERE m.value <> 'null');
        WHEN 'array' THEN
            RETURN (SELECT coalesce(jsonb_agg(reference.without_nulls(e.value) ORDER BY e.n), '[]')
                    FROM jsonb_array_elements(attributes) WITH ORDINALITY AS e (value, n));
        ELSE
            RETURN attributes;
    END CASE;
END
$$;

-- Does a condition hold for attributes without nulls?  NULL: something that it
-- needs is missing, or is of another type (a string "2500" is not a number).  Times
-- without a zone are UTC, whatever the caller's is.
CREATE FUNCTION reference.condition(attributes jsonb, condition jsonpath)
RETURNS boolean LANGUAGE sql STABLE SET timezone = 'UTC' AS $$
    SELECT jsonb_path_match_tz(attributes, condition, vars => '{}', silent => true)
$$;

-- The row "applies_if" of the table.
CREATE FUNCTION reference.applies_test(attributes jsonb, applies_if jsonpath)
RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN applies_if IS NULL THEN 'full'
        ELSE CASE reference.condition(attributes, applies_if)
                 WHEN true THEN 'full'
                 WHEN false THEN 'none'
                 ELSE 'partial'
             END
    END
$$;

-- The row "exempt_if" of the table: only what is proven exempts.
CREATE FUNCTION reference.exempt_test(attributes jsonb, exempt_if jsonpath)
RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN exempt_if IS NULL THEN 'full'
        WHEN reference.condition(attributes, exempt_if) THEN 'none'
        ELSE 'full'
    END
$$;


-- ---------------------------------------------------------------------------
-- The lists
-- ---------------------------------------------------------------------------

-- Jurisdictions, read: one that is missing or unreadable is NULL.
CREATE FUNCTION reference.jurisdictions(names text[])
RETURNS TABLE (read text[]) LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN names IS NOT NULL
                THEN ARRAY(SELECT control_list.jurisdiction(n) FROM unnest(names) AS n)
           END
$$;

-- Does a list apply to the jurisdictions that the shipment names?  (Both read.)
CREATE FUNCTION reference.list_applies(jurisdictions text[], list_jurisdictions text[])
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT
        -- Yes if no question is made of it,
           jurisdictions IS NULL
        -- if the list itself names none, and so binds all,
           OR coalesce(list_jurisdictions, '{}') = '{}'
        -- if one of those asked for is missing or unreadable, and so could be
        -- any, or if there is none in the array,
           OR array_position(jurisdictions, NULL) IS NOT NULL
           OR jurisdictions = '{}'
        -- or if the two have one in common.
           OR jurisdictions && list_jurisdictions
$$;

-- Was a date, or else an instant, given that can be placed in time?
CREATE FUNCTION reference.has_date(ship_date date, at timestamptz)
RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(isfinite(ship_date), isfinite(at), false)
$$;

-- The day of the screening for a list: the date; or the instant as a date in
-- the list's time zone; where both are missing, the list's today.
CREATE FUNCTION reference.day_of(ship_date date, at timestamptz, time_zone text)
RETURNS date LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN NOT reference.has_date(ship_date, at) THEN (now() AT TIME ZONE time_zone)::date
        WHEN ship_date IS NOT NULL THEN ship_date
        ELSE (at AT TIME ZONE time_zone)::date
    END
$$;

-- What the enabled lists say of themselves, and when that was recorded.
CREATE FUNCTION reference.lists()
RETURNS TABLE (code text, jurisdictions text[], tariff text, time_zone text, known_from date,
               recorded tstzrange)
LANGUAGE sql STABLE AS $$
    SELECT l.code, j.read, l.tariff, l.time_zone, l.known_from, l.recorded
    FROM reference.list_records() AS l,
         reference.jurisdictions(l.jurisdictions) AS j
    WHERE l.enabled
$$;

-- The lists that apply, with the day on which each is asked and what becomes
-- of the code there.  A tariff that is not given is the setting's.
CREATE FUNCTION reference.applicable_lists(hs_code hscode, ship_date date, at timestamptz,
                                           jurisdictions text[], tariff text, instant timestamptz)
RETURNS TABLE (list text, known_from date, day date,
               code hscode, unpadded hscode, ancestors hsmultirange, hidden boolean)
LANGUAGE sql STABLE AS $$
    WITH lists AS MATERIALIZED (
        SELECT * FROM reference.lists()
    ),
    asked AS MATERIALIZED (
        SELECT * FROM reference.jurisdictions(applicable_lists.jurisdictions)
    )
    SELECT l.code, l.known_from,
           reference.day_of(ship_date, at, l.time_zone),
           c.code,
           reference.code_without_padding(c.code),
           (SELECT range_agg(a.ancestor)
            FROM reference.ancestors(c.code, reference.day_of(ship_date, at, l.time_zone)) AS a),
           reference.hides_heading(c.code, s.same_tariff)
    FROM asked AS a,
         lists AS l,
         reference.same_tariff(coalesce(applicable_lists.tariff,
                                        current_setting('control_list.tariff', true)),
                               l.tariff) AS s (same_tariff),
         reference.code_as_counted(hs_code, s.same_tariff) AS c (code)
    WHERE reference.list_applies(a.read, l.jurisdictions)
      AND l.recorded @> instant
$$;

-- What the lists say, one row for each entry, and when that was recorded.  What an
-- entry does not say for itself, its list says.
CREATE FUNCTION reference.entries()
RETURNS TABLE (list text, legal_basis text, id bigint, item text, codes hsrange,
               listed hsmultirange, ex boolean, everywhere boolean, members reference.member[],
               measure screening_verdict, valid daterange, applies_if jsonpath,
               exempt_if jsonpath, revision text, remark text, recorded tstzrange)
LANGUAGE sql STABLE AS $$
    SELECT l.code, l.legal_basis, e.id, e.item, e.codes,
           reference.listed_codes(e.codes, e.except_codes), e.ex,
           reference.holds_everywhere(d.destinations),
           reference.listed_members(d.destinations),
           coalesce(e.measure, l.measure), e.valid, e.applies_if,
           e.exempt_if, e.revision, e.remark, e.recorded * l.recorded
    FROM reference.list_records() AS l
    JOIN reference.entry_records() AS e ON e.list = l.code AND e.recorded && l.recorded,
         LATERAL (SELECT coalesce(e.destinations, l.destinations)) AS d (destinations)
$$;


-- ---------------------------------------------------------------------------
-- The licenses
-- ---------------------------------------------------------------------------

-- What a license must cover.  Goods that are missing, or whose heading is hidden,
-- may be any.  The code as it counts for the list, where that is listed; else the hit
-- is there because of what the code is without its zeros, or of its ancestors (the
-- widest holds the others), and that has to be covered.
CREATE FUNCTION reference.goods_to_cover(listed hsmultirange, code hscode, unpadded hscode, ancestors hsmultirange, hidden boolean)
RETURNS hsrange LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN code IS NULL OR hidden THEN '01-99'::hsrange
        WHEN listed && code THEN code::hsrange
        WHEN listed && unpadded THEN unpadded::hsrange
        ELSE range_merge(ancestors)
    END
$$;

-- What the ledger says of a license: its draws, less those returned.  With a
-- quota_period, those of that time before now, by the calendar of the list.
CREATE FUNCTION reference.used(license text, quota_period interval, time_zone text)
RETURNS TABLE (quantity numeric, value numeric) LANGUAGE sql STABLE AS $$
    SELECT coalesce(sum(u.quantity), 0), coalesce(sum(u.value), 0)
    FROM control_list.license_use AS u
    WHERE u.license = used.license AND u.returns IS NULL
      AND NOT EXISTS (SELECT FROM control_list.license_use AS r
                      WHERE r.license = u.license AND r.returns = u.line)
      AND (quota_period IS NULL
           OR u.used_at > (now() AT TIME ZONE used.time_zone - quota_period) AT TIME ZONE used.time_zone)
$$;

-- What the licenses say of themselves.
CREATE FUNCTION reference.licenses()
RETURNS TABLE (number text, list text, everywhere boolean, members reference.member[], codes hsmultirange,
               valid daterange, applies_if jsonpath, waiver boolean, used_up boolean)
LANGUAGE sql STABLE AS $$
    SELECT l.number, l.list,
           reference.holds_everywhere(l.destinations),
           reference.listed_members(l.destinations),
           l.codes, l.valid, l.applies_if, l.waiver,
           coalesce(u.quantity >= l.max_quantity, false) OR coalesce(u.value >= l.max_value, false)
    FROM control_list.license AS l
    JOIN control_list.list AS i ON i.code = l.list,
         reference.used(l.number, l.quota_period, i.time_zone) AS u
$$;

-- The numbers that a shipment names, each once, at its first place.
CREATE FUNCTION reference.named_licenses(licenses text[])
RETURNS TABLE (number text, place bigint) LANGUAGE sql IMMUTABLE AS $$
    SELECT n.number, min(n.place)
    FROM unnest(licenses) WITH ORDINALITY AS n (number, place)
    WHERE n.number IS NOT NULL
    GROUP BY n.number
$$;

-- What a license says to a hit (what it says of itself is NULL if there is none of the number): the first thing that fails, or 'permits'.
--     list, measure   of the entry
--     goods           what has to be covered
--     elsewhere       does the destination or a via not lie, in full, where the license holds?
--     day             of the shipment, for the list
CREATE FUNCTION reference.license_test(list text, measure screening_verdict, goods hsrange, elsewhere boolean,
                                       day date, attributes jsonb,
                                       license_list text, waiver boolean, codes hsmultirange,
                                       valid daterange, applies_if jsonpath, used_up boolean)
RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN license_list IS NULL THEN 'unknown'
        WHEN license_list <> list THEN 'other list'
        WHEN measure = 'prohibited' AND NOT waiver THEN 'no waiver'
        WHEN NOT codes @> goods THEN 'other goods'
        WHEN elsewhere THEN 'other place'
        WHEN day < lower(valid) THEN 'not yet valid'
        WHEN NOT valid @> day THEN 'expired'
        WHEN reference.applies_test(attributes, applies_if) = 'none' THEN 'condition fails'
        WHEN reference.applies_test(attributes, applies_if) = 'partial' THEN 'condition unknown'
        WHEN used_up THEN 'used up'
        ELSE 'permits'
    END
$$;


-- ---------------------------------------------------------------------------
-- What an entry says, and why a screening is incomplete
-- ---------------------------------------------------------------------------

-- One row for each entry that is hit.
CREATE FUNCTION reference.entry_hits(hs_code hscode, destination text,
                                     ship_date date, at timestamptz, via text[],
                                     attributes jsonb, licenses text[], jurisdictions text[], tariff text,
                                     instant timestamptz)
RETURNS TABLE (verdict screening_verdict, list text, item text, entry_id bigint,
               codes hsrange, matched text, territory text, measure screening_verdict,
               valid daterange, revision text, reason text, legal_basis text, remark text)
LANGUAGE sql STABLE AS $$
    -- The lists that apply
    WITH lists AS MATERIALIZED (
        SELECT * FROM reference.applicable_lists(hs_code, ship_date, at, jurisdictions, tariff, instant)
    ),
    entries AS MATERIALIZED (
        SELECT * FROM reference.entries()
    ),
    -- The licenses that the shipment names
    named AS MATERIALIZED (
        SELECT n.number, n.place, l.list, l.codes, l.valid, l.applies_if, l.waiver, l.used_up,
               l.everywhere, l.members
        FROM reference.named_licenses(licenses) AS n
        LEFT JOIN reference.licenses() AS l ON l.number = n.number
    ),
    -- Their entries in force on the day, those that the code does not rule out
    by_code AS MATERIALIZED (
        SELECT e.*, l.day, reference.goods_to_cover(e.listed, l.code, l.unpadded, l.ancestors, l.hidden) AS goods,
               c.result AS code_test
        FROM lists AS l
        JOIN entries AS e ON e.list = l.list AND e.valid @> l.day AND e.recorded @> instant,
             reference.code_test(e.listed, e.ex, l.code, l.unpadded, l.ancestors, l.hidden) AS c (result)
        WHERE c.result <> 'none'
    ),
    -- Those that the territory does not rule out, either
    by_place AS MATERIALIZED (
        SELECT b.*, t.place, t.result AS territory_test
        FROM by_code AS b,
             reference.territories_on(b.day, b.members, instant) AS m,
             reference.territory_test(destination, via, b.everywhere, m.territories) AS t
        WHERE t.result <> 'none'
    ),
    -- All four tests
    tested AS (
        SELECT b.*, r.results,
               CASE WHEN 'partial' = ANY (r.results) THEN 'partial' ELSE 'full' END AS matched
        FROM by_place AS b,
             LATERAL (SELECT ARRAY[b.code_test,
                                   b.territory_test,
                                   reference.applies_test(attributes, b.applies_if),
                                   reference.exempt_test(attributes, b.exempt_if)]) AS r (results)
    )
    SELECT CASE
               -- A license permits what would need one, a waiver also what is prohibited.
               WHEN measure <> 'review' AND a.permitted THEN 'licensed'
               -- All full: what the entry demands.
               WHEN matched = 'full' THEN measure
               -- One or more of them partial: a person has to look.
               ELSE 'review'
           END,
           list, item, id, codes, matched, place, measure, valid, revision,
           'entry' || CASE
               WHEN measure <> 'review' THEN a.words
               -- Where a person has to look anyway, a license changes nothing.
               WHEN a.words <> '' THEN '; review'
               ELSE ''
           END,
           legal_basis, remark
    FROM tested AS t,
         -- The first license that permits the hit; if none does, what fails of each
         LATERAL (SELECT coalesce(bool_or(n.answer = 'permits'), false) AS permitted,
                         coalesce((array_agg(n.words ORDER BY n.place) FILTER (WHERE n.answer = 'permits'))[1],
                                  string_agg(n.words, '' ORDER BY n.place),
                                  '') AS words
                  FROM (SELECT n.place, x.answer, format('; %s %s', n.number, x.answer) AS words
                        FROM named AS n,
                             -- Do all places lie where the license holds on the day?
                             LATERAL (SELECT EXISTS (
                                 SELECT FROM reference.places(destination, via) AS p,
                                             reference.territories_on(t.day, n.members, instant) AS m,
                                             reference.place_test(p.place, n.everywhere, m.territories) AS r
                                 WHERE r.result <> 'full')) AS e (elsewhere),
                             reference.license_test(t.list, t.measure, t.goods, e.elsewhere, t.day, attributes,
                                                    n.list, n.waiver, n.codes, n.valid, n.applies_if,
                                                    n.used_up) AS x (answer)) AS n) AS a
    WHERE
      -- A test that fails: no hit.
          'none' <> ALL (results)
      -- A missing code matches nearly everything in part; it lists only what
      -- it matches in full.
      AND (hs_code IS NOT NULL OR matched = 'full')
$$;

-- All destinations of a list: its own, and those of its coded entries.
CREATE FUNCTION reference.destinations_of_lists()
RETURNS TABLE (list text, everywhere boolean, members reference.member[], recorded tstzrange)
LANGUAGE sql STABLE AS $$
    SELECT l.code, reference.holds_everywhere(l.destinations),
           reference.listed_members(l.destinations), l.recorded
    FROM reference.list_records() AS l
  UNION
    SELECT e.list, e.everywhere, e.members, e.recorded
    FROM reference.entries() AS e
    WHERE e.codes IS NOT NULL
$$;

-- One row for each reason why the answer cannot be less than incomplete: a
-- word for the kind of reason and, where a list is the cause, that list.
CREATE FUNCTION reference.incomplete_reasons(hs_code hscode, destination text,
                                             ship_date date, at timestamptz, via text[],
                                             jurisdictions text[], tariff text,
                                             instant timestamptz)
RETURNS TABLE (reason text, list text)
LANGUAGE sql STABLE AS $$
    WITH lists AS MATERIALIZED (
        SELECT * FROM reference.applicable_lists(hs_code, ship_date, at, jurisdictions, tariff, instant)
    ),
    destinations AS MATERIALIZED (
        SELECT * FROM reference.destinations_of_lists()
    )
    -- The code is missing or unreadable (an unreadable text arrives as NULL).
    SELECT 'code', NULL
    WHERE hs_code IS NULL
  UNION ALL
    -- The destination is missing or unreadable.
    SELECT 'destination', NULL
    WHERE control_list.territory(destination) IS NULL
  UNION ALL
    -- A via is: one row for each.
    SELECT 'via', NULL
    FROM unnest(via) AS v
    WHERE control_list.territory(v) IS NULL
  UNION ALL
    -- The date is missing or infinite.
    SELECT 'date', NULL
    WHERE NOT reference.has_date(ship_date, at)
  UNION ALL
    -- The date lies before the time of which an applicable list, whose
    -- destinations could match, on whatever day, makes any claim: one row for each
    -- such list.
    SELECT DISTINCT 'known_from', l.list
    FROM lists AS l
    JOIN destinations AS d ON d.list = l.list AND d.recorded @> instant,
         reference.territories_on(NULL, d.members, instant) AS m,
         reference.territory_test(destination, via, d.everywhere, m.territories) AS t
    WHERE l.day < l.known_from
      AND t.result <> 'none'
  UNION ALL
    -- A jurisdiction is missing or unreadable: one row for each.
    SELECT 'jurisdiction', NULL
    FROM unnest(jurisdictions) AS j
    WHERE control_list.jurisdiction(j) IS NULL
  UNION ALL
    -- Jurisdictions are given, and there is none among them.
    SELECT 'jurisdiction', NULL
    WHERE jurisdictions = '{}'
  UNION ALL
    -- No list that is enabled, has coded entries and applies: the question was
    -- put to nobody.
    SELECT 'no list', NULL
    WHERE NOT EXISTS (
        SELECT
        FROM lists AS l
        JOIN reference.entry_records() AS e ON e.list = l.list
        WHERE e.codes IS NOT NULL AND e.recorded @> instant)
  UNION ALL
    -- What was known earlier is asked for, before the first record of anything.
    SELECT 'known_at', NULL
    WHERE instant < 'infinity'
      AND NOT EXISTS (SELECT FROM reference.list_records() AS r WHERE lower(r.recorded) <= instant)
      AND NOT EXISTS (SELECT FROM reference.group_records() AS r WHERE lower(r.recorded) <= instant)
      AND NOT EXISTS (SELECT FROM reference.entry_records() AS r WHERE lower(r.recorded) <= instant)
$$;

-- Everything that a screening finds: the entries hit and the reasons of
-- incomplete, most severe first.  Either ship_date or at is given.
CREATE FUNCTION reference.all_hits(hs_code hscode, destination text,
                                   ship_date date, at timestamptz, via text[],
                                   attributes jsonb, licenses text[],
                                   jurisdictions text[], tariff text, known_at timestamptz)
RETURNS TABLE (verdict screening_verdict, list text, item text, entry_id bigint,
               codes hsrange, matched text, territory text, measure screening_verdict,
               valid daterange, revision text, reason text, legal_basis text, remark text)
LANGUAGE sql STABLE AS $$
    SELECT h.*
    FROM reference.without_nulls(attributes) AS a (attributes),
         reference.instant(known_at) AS k (instant),
         reference.entry_hits(hs_code, destination, ship_date, at, via,
                              a.attributes, licenses, jurisdictions, tariff, k.instant) AS h
  UNION ALL
    SELECT 'incomplete', i.list, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
           i.reason, NULL, NULL
    FROM reference.instant(known_at) AS k (instant),
         reference.incomplete_reasons(hs_code, destination, ship_date, at, via,
                                      jurisdictions, tariff, k.instant) AS i
    ORDER BY 1 DESC, list, item, entry_id, reason
$$;


-- ---------------------------------------------------------------------------
-- The functions to compare with those of the extension
-- ---------------------------------------------------------------------------

CREATE FUNCTION reference.screening_hits(
    hs_code hscode, destination text, ship_date date,
    via text[] DEFAULT NULL, attributes jsonb DEFAULT NULL, licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL, tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS TABLE (verdict screening_verdict, list text, item text, entry_id bigint,
               codes hsrange, matched text, territory text, measure screening_verdict,
               valid daterange, revision text, reason text, legal_basis text, remark text)
LANGUAGE sql STABLE AS $$
    SELECT * FROM reference.all_hits(hs_code, destination, ship_date, NULL, via,
                                     attributes, licenses, jurisdictions, tariff, known_at)
$$;

-- Over text: a code that cannot be read is a missing one.
CREATE FUNCTION reference.screening_hits(
    hs_code text, destination text, ship_date date,
    via text[] DEFAULT NULL, attributes jsonb DEFAULT NULL, licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL, tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS TABLE (verdict screening_verdict, list text, item text, entry_id bigint,
               codes hsrange, matched text, territory text, measure screening_verdict,
               valid daterange, revision text, reason text, legal_basis text, remark text)
LANGUAGE sql STABLE AS $$
    SELECT * FROM reference.all_hits(control_list.read_code(hs_code), destination,
                                     ship_date, NULL, via,
                                     attributes, licenses, jurisdictions, tariff, known_at)
$$;

-- An instant, which is a date of its own in the time zone of each list.
CREATE FUNCTION reference.screening_hits_at(
    hs_code hscode, destination text, at timestamptz,
    via text[] DEFAULT NULL, attributes jsonb DEFAULT NULL, licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL, tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS TABLE (verdict screening_verdict, list text, item text, entry_id bigint,
               codes hsrange, matched text, territory text, measure screening_verdict,
               valid daterange, revision text, reason text, legal_basis text, remark text)
LANGUAGE sql STABLE AS $$
    SELECT * FROM reference.all_hits(hs_code, destination, NULL, at, via,
                                     attributes, licenses, jurisdictions, tariff, known_at)
$$;

CREATE FUNCTION reference.screening_hits_at(
    hs_code text, destination text, at timestamptz,
    via text[] DEFAULT NULL, attributes jsonb DEFAULT NULL, licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL, tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS TABLE (verdict screening_verdict, list text, item text, entry_id bigint,
               codes hsrange, matched text, territory text, measure screening_verdict,
               valid daterange, revision text, reason text, legal_basis text, remark text)
LANGUAGE sql STABLE AS $$
    SELECT * FROM reference.all_hits(control_list.read_code(hs_code), destination,
                                     NULL, at, via,
                                     attributes, licenses, jurisdictions, tariff, known_at)
$$;

-- The verdict is that of the most severe hit.  No hit: not listed.
CREATE FUNCTION reference.screen_shipment(
    hs_code hscode, destination text, ship_date date,
    via text[] DEFAULT NULL, attributes jsonb DEFAULT NULL, licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL, tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS screening_verdict LANGUAGE sql STABLE AS $$
    SELECT coalesce(max(h.verdict), 'not_listed')
    FROM reference.screening_hits(hs_code, destination, ship_date, via, attributes,
                                  licenses, jurisdictions, tariff, known_at) AS h
$$;

CREATE FUNCTION reference.screen_shipment(
    hs_code text, destination text, ship_date date,
    via text[] DEFAULT NULL, attributes jsonb DEFAULT NULL, licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL, tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS screening_verdict LANGUAGE sql STABLE AS $$
    SELECT coalesce(max(h.verdict), 'not_listed')
    FROM reference.screening_hits(hs_code, destination, ship_date, via, attributes,
                                  licenses, jurisdictions, tariff, known_at) AS h
$$;

CREATE FUNCTION reference.screen_shipment_at(
    hs_code hscode, destination text, at timestamptz,
    via text[] DEFAULT NULL, attributes jsonb DEFAULT NULL, licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL, tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS screening_verdict LANGUAGE sql STABLE AS $$
    SELECT coalesce(max(h.verdict), 'not_listed')
    FROM reference.screening_hits_at(hs_code, destination, at, via, attributes,
                                     licenses, jurisdictions, tariff, known_at) AS h
$$;

CREATE FUNCTION reference.screen_shipment_at(
    hs_code text, destination text, at timestamptz,
    via text[] DEFAULT NULL, attributes jsonb DEFAULT NULL, licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL, tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS screening_verdict LANGUAGE sql STABLE AS $$
    SELECT coalesce(max(h.verdict), 'not_listed')
    FROM reference.screening_hits_at(hs_code, destination, at, via, attributes,
                                     licenses, jurisdictions, tariff, known_at) AS h
$$;

-- Without a date: now, which each list reads off its own clock.
CREATE FUNCTION reference.screen_shipment(hs_code hscode, destination text)
RETURNS screening_verdict LANGUAGE sql STABLE AS $$
    SELECT reference.screen_shipment_at(hs_code, destination, now())
$$;

CREATE FUNCTION reference.screen_shipment(hs_code text, destination text)
RETURNS screening_verdict LANGUAGE sql STABLE AS $$
    SELECT reference.screen_shipment_at(hs_code, destination, now())
$$;
