-- Screening: what DESIGN calls the meaning, as one query over the list tables.
--
-- control_list.find_hits() answers for all forms.  The public functions only say
-- what they know: a code or why there is none, a day or an instant.

CREATE FUNCTION control_list.read_code(code text) RETURNS @extschema@.hscode
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'control_list_read_code';
COMMENT ON FUNCTION control_list.read_code(text) IS
'code from text; NULL if it cannot be read';

CREATE FUNCTION control_list.code_problem(code text) RETURNS text
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'control_list_code_problem';
COMMENT ON FUNCTION control_list.code_problem(text) IS
'what is wrong with a text as a code; NULL if nothing is';

CREATE FUNCTION control_list.read_range(codes text) RETURNS @extschema@.hsrange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'control_list_read_range';
COMMENT ON FUNCTION control_list.read_range(text) IS
'range from text; NULL if it cannot be read';

CREATE FUNCTION control_list.range_problem(codes text) RETURNS text
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'control_list_range_problem';
COMMENT ON FUNCTION control_list.range_problem(text) IS
'what is wrong with a text as a range; NULL if nothing is';

CREATE FUNCTION control_list.strip_zeros(code @extschema@.hscode) RETURNS @extschema@.hscode
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'control_list_strip_zeros';
COMMENT ON FUNCTION control_list.strip_zeros(@extschema@.hscode) IS
'code without the pairs of zeros that pad it: 8542 for 8542.00.0000';

CREATE FUNCTION control_list.without_nulls(attributes jsonb) RETURNS jsonb
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'control_list_without_nulls';
COMMENT ON FUNCTION control_list.without_nulls(jsonb) IS
'attributes as conditions see them: JSON nulls are missing';

CREATE FUNCTION control_list.match_territory(territory text, listed text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 100
AS $$
DECLARE
    country text := split_part(territory, '-', 1);
    place text;
BEGIN
    IF '*' = ANY (listed) OR territory = ANY (listed) OR country = ANY (listed) THEN
        RETURN 'full';
    END IF;
    FOREACH place IN ARRAY listed LOOP
        IF starts_with(place, '@') THEN
            RAISE EXCEPTION 'a control list cannot be read'
                USING ERRCODE = 'data_corrupted',
                      DETAIL = format('Destination group %s does not exist.', place),
                      HINT = 'Insert the members of the group into control_list.destination_group.';
        END IF;
        IF territory IS NULL OR starts_with(place, country || '-')
           AND NOT control_list.is_known_subdivision(territory) THEN
            RETURN 'partial';
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION control_list.match_territory(text, text[]) IS
'full or partial match of a canonical territory (NULL: unknown) with resolved destinations; NULL: none; SQLSTATE XX001 if they name a group that does not exist';

CREATE TYPE @extschema@.screening_hit AS (
    verdict @extschema@.screening_verdict,
    list text,
    item text,
    entry_id bigint,
    codes @extschema@.hsrange,
    matched text,
    territory text,
    measure @extschema@.screening_verdict,
    valid daterange,
    revision text,
    reason text,
    legal_basis text,
    remark text
);
COMMENT ON TYPE @extschema@.screening_hit IS
'one reason of a verdict: an entry that matched in full or in part, or, without an entry, why the answer is incomplete';

CREATE FUNCTION control_list.find_hits(
    hs_code @extschema@.hscode,     -- NULL: missing
    code_problem text,              -- the sentence to say if it is missing
    destination text,
    ship_day date,                  -- NULL: the day of the instant in each list's time zone
    instant timestamptz,            -- never NULL
    day_problem text,               -- why the shipment has no day of its own, if so
    via text[],
    attributes jsonb,
    licenses text[],
    shipment_jurisdictions text[],
    shipment_tariff text,
    known_at timestamptz)
RETURNS SETOF @extschema@.screening_hit
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER
COST 10000 ROWS 5
SET search_path = pg_catalog, pg_temp
SET row_security = off
SET plan_cache_mode = force_generic_plan
SET jit = off
SET timezone = 'UTC'     -- conditions may compare times; the caller's clock decides nothing
AS $$
DECLARE
    missing_list text;
    every_list boolean;             -- jurisdictions exclude none
    own_jurisdictions text[];
    known_attributes jsonb := control_list.without_nulls(coalesce(attributes, '{}'));
    own_tariff text := control_list.jurisdiction(
        coalesce(shipment_tariff, current_setting('control_list.tariff', true)));
    -- the broadest reading of the code, for the index; its readings for one list lie in it
    broadest @extschema@.hsrange := CASE
        WHEN @extschema@.hs_digits(@extschema@.hs_chapter(hs_code)) IN ('77', '98', '99') THEN NULL
        ELSE control_list.strip_zeros(@extschema@.hs_truncate(hs_code, 6)) END;
BEGIN
    SELECT e.list INTO missing_list
    FROM control_list.entry AS e
    WHERE e.codes OPERATOR(@extschema@.&&) coalesce(broadest, '01-99')
      AND NOT EXISTS (SELECT FROM control_list.list AS l WHERE l.code = e.list)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'a control list cannot be read'
            USING ERRCODE = 'data_corrupted',
                  DETAIL = format('There are entries of list %L, which does not exist.', missing_list),
                  HINT = 'Insert the list into control_list.list, or delete its entries.';
    END IF;

    own_jurisdictions := ARRAY(SELECT control_list.jurisdiction(j) FROM unnest(shipment_jurisdictions) AS j);
    every_list := shipment_jurisdictions IS NULL OR cardinality(shipment_jurisdictions) = 0
        OR array_position(own_jurisdictions, NULL) IS NOT NULL;

    RETURN QUERY
    WITH place AS (
        SELECT p.number, p.place, control_list.territory(p.place) AS territory
        FROM unnest(array_prepend(destination, ARRAY(SELECT unnest(via))))
            WITH ORDINALITY AS p (place, number)
    ),
    applicable AS (
        SELECT l.*, day_of.day, code_of.counted, control_list.strip_zeros(code_of.counted) AS stripped,
               NOT tariff_of.own AND @extschema@.hs_digits(@extschema@.hs_chapter(hs_code))
                   IN ('77', '98', '99') AS hidden,
               coalesce(code_of.counted::@extschema@.hsrange, '01-99'::@extschema@.hsrange) AS goods,
               control_list.resolve_destinations(l.destinations) AS default_destinations
        FROM control_list.list AS l,
             LATERAL (SELECT coalesce(ship_day, (instant AT TIME ZONE l.time_zone)::date) AS day) AS day_of,
             LATERAL (SELECT coalesce(own_tariff = control_list.jurisdiction(l.tariff), false) AS own) AS tariff_of,
             LATERAL (SELECT CASE WHEN tariff_of.own THEN hs_code
                                  ELSE @extschema@.hs_truncate(hs_code, 6) END AS counted) AS code_of
        WHERE l.enabled
          AND (every_list OR l.jurisdictions IS NULL
               OR ARRAY(SELECT control_list.jurisdiction(j) FROM unnest(l.jurisdictions) AS j)
                  && own_jurisdictions)
    ),
    candidate AS (
        SELECT l.code AS list, l.legal_basis, l.counted, l.stripped, l.hidden, l.goods,
               e.item, e.id, e.codes, e.except_codes, e.ex, e.valid, e.applies_if, e.exempt_if, e.revision, e.remark,
               coalesce(e.measure, l.measure) AS measure,
               CASE WHEN e.destinations IS NULL THEN l.default_destinations
                    ELSE control_list.resolve_destinations(e.destinations) END AS listed,
               @extschema@.hsmultirange(e.codes)
                   OPERATOR(@extschema@.-) coalesce(e.except_codes, '{}') AS covered
        FROM applicable AS l
        JOIN control_list.entry AS e ON e.list = l.code
        WHERE e.codes OPERATOR(@extschema@.&&) coalesce(broadest, '01-99')
          AND e.valid @> l.day
    ),
    tested AS (
        SELECT c.*, match.*,
               jsonb_path_match_tz(known_attributes, c.applies_if, '{}', true) AS applies,
               jsonb_path_match_tz(known_attributes, c.exempt_if, '{}', true) AS exempt,
               CASE
                   WHEN c.covered OPERATOR(@extschema@.@>) c.goods
                       THEN CASE WHEN c.ex THEN 'only part of the code is listed' END
                   WHEN c.hidden
                       THEN format('chapter %s hides the true heading', @extschema@.hs_chapter(hs_code))
                   WHEN c.covered OPERATOR(@extschema@.&&) c.goods
                       THEN CASE WHEN c.codes OPERATOR(@extschema@.@>) c.goods
                                     THEN 'part of the code is excepted'
                                 WHEN c.counted OPERATOR(@extschema@.<>) hs_code
                                     THEN 'digits beyond six do not count without the tariff of the list'
                                 ELSE 'the code is broader than the item' END
                   ELSE 'the code may be padded with zeros'
               END AS code_doubt
        FROM candidate AS c,
             LATERAL (SELECT m.place_match, p.territory, p.place
                      FROM place AS p,
                           LATERAL (SELECT control_list.match_territory(p.territory, c.listed)
                                    AS place_match OFFSET 0) AS m
                      ORDER BY m.place_match NULLS LAST, p.number
                      LIMIT 1) AS match
        WHERE c.covered OPERATOR(@extschema@.&&) c.goods
           OR c.covered OPERATOR(@extschema@.&&) c.stripped::@extschema@.hsrange
           OR c.hidden
    ),
    hit AS (
        SELECT t.*, d.doubts
        FROM tested AS t,
             LATERAL (SELECT concat_ws(', and ',
                 t.code_doubt,
                 CASE WHEN t.place_match = 'partial'
                      THEN CASE WHEN t.territory IS NULL THEN 'the territory is unknown'
                                ELSE 'only part of the territory is listed' END END,
                 CASE WHEN t.applies_if IS NOT NULL AND t.applies IS NULL
                      THEN 'an attribute that the condition needs is missing' END) AS doubts) AS d
        WHERE t.place_match IS NOT NULL
          AND t.applies IS NOT FALSE
          AND t.exempt IS NOT TRUE
          AND (hs_code IS NOT NULL OR d.doubts = '')
    ),
    answer AS (
        SELECT CASE WHEN h.doubts = '' THEN h.measure ELSE 'review' END AS verdict,
               h.list, h.item, h.id, h.codes,
               CASE WHEN h.doubts = '' THEN 'full' ELSE 'partial' END AS matched,
               h.territory, h.measure, h.valid, h.revision,
               CASE WHEN h.doubts = ''
                    THEN format('Item %s of list %s covers %s to %s.', h.item, h.list,
                                coalesce(h.counted::text, 'all codes'), coalesce(h.territory, 'everywhere'))
                    ELSE format('Item %s of list %s may cover %s to %s: %s.', h.item, h.list,
                                hs_code, coalesce(h.territory, quote_literal(h.place), 'an unknown territory'), h.doubts)
               END AS reason,
               h.legal_basis, h.remark
        FROM hit AS h
        UNION ALL
        SELECT 'incomplete', doubt.list, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, doubt.reason, NULL, NULL
        FROM (
            SELECT NULL AS list, code_problem AS reason
            WHERE hs_code IS NULL
            UNION ALL
            SELECT NULL, format('%s %s.', CASE WHEN p.number = 1 THEN 'The destination' ELSE 'A via point' END,
                                coalesce(quote_literal(p.place) || ' cannot be read', 'is missing'))
            FROM place AS p WHERE p.territory IS NULL
            UNION ALL
            SELECT NULL, day_problem
            WHERE day_problem IS NOT NULL
            UNION ALL
            SELECT l.code, format('List %s makes no claim before %s.', l.code, to_char(l.known_from, 'YYYY-MM-DD'))
            FROM applicable AS l
            WHERE l.day < l.known_from
              AND EXISTS (SELECT FROM place AS p
                          WHERE control_list.match_territory(p.territory, l.default_destinations) IS NOT NULL
                             OR EXISTS (SELECT FROM control_list.entry AS e
                                        WHERE e.list = l.code AND e.codes IS NOT NULL
                                          AND e.destinations IS NOT NULL
                                          AND control_list.match_territory(p.territory,
                                                  control_list.resolve_destinations(e.destinations)) IS NOT NULL))
            UNION ALL
            SELECT NULL, CASE WHEN j.jurisdiction IS NULL THEN 'A jurisdiction is missing.'
                              ELSE format('The jurisdiction %L cannot be read.', j.jurisdiction) END
            FROM unnest(CASE WHEN cardinality(shipment_jurisdictions) = 0 THEN ARRAY[NULL]
                             ELSE shipment_jurisdictions END)
                AS j (jurisdiction)
            WHERE control_list.jurisdiction(j.jurisdiction) IS NULL
            UNION ALL
            SELECT NULL, 'This version keeps no record of what was known earlier.'
            WHERE known_at IS NOT NULL
            UNION ALL
            SELECT NULL, 'No enabled list with coded entries applies.'
            WHERE NOT EXISTS (SELECT FROM applicable AS l
                              JOIN control_list.entry AS e ON e.list = l.code
                              WHERE e.codes IS NOT NULL)
        ) AS doubt
    )
    SELECT a.* FROM answer AS a
    ORDER BY a.verdict DESC, a.list, a.id;
END
$$;
COMMENT ON FUNCTION control_list.find_hits(@extschema@.hscode, text, text, date, timestamptz, text, text[],
    jsonb, text[], text[], text, timestamptz) IS
'what screening_hits() returns, for all its forms';

-- ---- what a form knows ----

CREATE FUNCTION control_list.code_reason(code text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
RETURN CASE WHEN code IS NULL THEN 'The HS code is missing.'
            ELSE pg_catalog.format('The HS code %L cannot be read. %s', code, control_list.code_problem(code)) END;
COMMENT ON FUNCTION control_list.code_reason(text) IS
'why a screening of this text has no code';

CREATE FUNCTION control_list.day_reason(ship_date date) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
RETURN CASE WHEN ship_date IS NULL THEN 'The date is missing.'
            WHEN NOT pg_catalog.isfinite(ship_date) THEN 'The date is infinite.' END;
COMMENT ON FUNCTION control_list.day_reason(date) IS
'why a screening with this date has no day; NULL if it has';

CREATE FUNCTION control_list.instant_reason(instant timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
RETURN CASE WHEN instant IS NULL THEN 'The time is missing.'
            WHEN NOT pg_catalog.isfinite(instant) THEN 'The time is infinite.' END;
COMMENT ON FUNCTION control_list.instant_reason(timestamptz) IS
'why a screening with this instant has no day; NULL if it has';

-- ---- the public forms: first a code, then its text ----

CREATE FUNCTION @extschema@.screening_hits(
    hs_code @extschema@.hscode,
    destination text,
    ship_date date,
    via text[] DEFAULT NULL,
    attributes jsonb DEFAULT NULL,
    licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL,
    tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS SETOF @extschema@.screening_hit
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 5
BEGIN ATOMIC
    SELECT * FROM control_list.find_hits(hs_code, 'The HS code is missing.', destination,
        CASE WHEN pg_catalog.isfinite(ship_date) THEN ship_date END, pg_catalog.now(), control_list.day_reason(ship_date),
        via, attributes, licenses, jurisdictions, tariff, known_at);
END;
COMMENT ON FUNCTION @extschema@.screening_hits(@extschema@.hscode, text, date, text[], jsonb, text[], text[], text, timestamptz) IS
'why a shipment has its verdict: one row for each entry that matches and each reason of incomplete, most severe first';

CREATE FUNCTION @extschema@.screening_hits(hs_code @extschema@.hscode, destination text)
RETURNS SETOF @extschema@.screening_hit
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 5
BEGIN ATOMIC
    SELECT * FROM control_list.find_hits(hs_code, 'The HS code is missing.', destination,
        NULL, pg_catalog.now(), NULL, NULL, NULL, NULL, NULL, NULL, NULL);
END;
COMMENT ON FUNCTION @extschema@.screening_hits(@extschema@.hscode, text) IS
'why a shipment of today, by the clock of each list, has its verdict';

CREATE FUNCTION @extschema@.screen_shipment(
    hs_code @extschema@.hscode,
    destination text,
    ship_date date,
    via text[] DEFAULT NULL,
    attributes jsonb DEFAULT NULL,
    licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL,
    tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS @extschema@.screening_verdict
LANGUAGE sql STABLE PARALLEL SAFE COST 10000
RETURN (SELECT coalesce(pg_catalog.max(h.verdict), 'not_listed')
        FROM @extschema@.screening_hits(hs_code, destination, ship_date,
            via, attributes, licenses, jurisdictions, tariff, known_at) AS h);
COMMENT ON FUNCTION @extschema@.screen_shipment(@extschema@.hscode, text, date, text[], jsonb, text[], text[], text, timestamptz) IS
'verdict for goods (HS code) to a destination and via others on a date; never NULL. not_listed is no clearance';

CREATE FUNCTION @extschema@.screen_shipment(hs_code @extschema@.hscode, destination text)
RETURNS @extschema@.screening_verdict
LANGUAGE sql STABLE PARALLEL SAFE COST 10000
RETURN (SELECT coalesce(pg_catalog.max(h.verdict), 'not_listed')
        FROM @extschema@.screening_hits(hs_code, destination) AS h);
COMMENT ON FUNCTION @extschema@.screen_shipment(@extschema@.hscode, text) IS
'verdict for a shipment of today, by the clock of each list; never NULL';

CREATE FUNCTION @extschema@.screen_shipment_at(
    hs_code @extschema@.hscode,
    destination text,
    at timestamptz,
    via text[] DEFAULT NULL,
    attributes jsonb DEFAULT NULL,
    licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL,
    tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS @extschema@.screening_verdict
LANGUAGE sql STABLE PARALLEL SAFE COST 10000
RETURN (SELECT coalesce(pg_catalog.max(h.verdict), 'not_listed')
        FROM control_list.find_hits(hs_code, 'The HS code is missing.', destination,
            NULL, CASE WHEN pg_catalog.isfinite(at) THEN at ELSE pg_catalog.now() END,
            control_list.instant_reason(at),
            via, attributes, licenses, jurisdictions, tariff, known_at) AS h);
COMMENT ON FUNCTION @extschema@.screen_shipment_at(@extschema@.hscode, text, timestamptz, text[], jsonb, text[], text[], text, timestamptz) IS
'verdict for a shipment at an instant, which each list turns into a date of its own time zone; never NULL';

CREATE FUNCTION @extschema@.is_restricted(
    hs_code @extschema@.hscode,
    destination text,
    ship_date date,
    via text[] DEFAULT NULL,
    attributes jsonb DEFAULT NULL,
    licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL,
    tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE COST 10000
RETURN @extschema@.screen_shipment(hs_code, destination, ship_date,
    via, attributes, licenses, jurisdictions, tariff, known_at) >= 'review';
COMMENT ON FUNCTION @extschema@.is_restricted(@extschema@.hscode, text, date, text[], jsonb, text[], text[], text, timestamptz) IS
'true if a shipment must not go without a person: its verdict is review or above; never NULL';

CREATE FUNCTION @extschema@.is_restricted(hs_code @extschema@.hscode, destination text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE COST 10000
RETURN @extschema@.screen_shipment(hs_code, destination) >= 'review';
COMMENT ON FUNCTION @extschema@.is_restricted(@extschema@.hscode, text) IS
'true if a shipment of today must not go without a person; never NULL';

CREATE FUNCTION @extschema@.screening_hits(
    hs_code text,
    destination text,
    ship_date date,
    via text[] DEFAULT NULL,
    attributes jsonb DEFAULT NULL,
    licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL,
    tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS SETOF @extschema@.screening_hit
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 5
BEGIN ATOMIC
    SELECT * FROM control_list.find_hits(control_list.read_code(hs_code), control_list.code_reason(hs_code), destination,
        CASE WHEN pg_catalog.isfinite(ship_date) THEN ship_date END, pg_catalog.now(), control_list.day_reason(ship_date),
        via, attributes, licenses, jurisdictions, tariff, known_at);
END;
COMMENT ON FUNCTION @extschema@.screening_hits(text, text, date, text[], jsonb, text[], text[], text, timestamptz) IS
'why a shipment has its verdict: one row for each entry that matches and each reason of incomplete, most severe first; a text that is no code gives incomplete, not an error';

CREATE FUNCTION @extschema@.screening_hits(hs_code text, destination text)
RETURNS SETOF @extschema@.screening_hit
LANGUAGE sql STABLE PARALLEL SAFE COST 10000 ROWS 5
BEGIN ATOMIC
    SELECT * FROM control_list.find_hits(control_list.read_code(hs_code), control_list.code_reason(hs_code), destination,
        NULL, pg_catalog.now(), NULL, NULL, NULL, NULL, NULL, NULL, NULL);
END;
COMMENT ON FUNCTION @extschema@.screening_hits(text, text) IS
'why a shipment of today, by the clock of each list, has its verdict; a text that is no code gives incomplete, not an error';

CREATE FUNCTION @extschema@.screen_shipment(
    hs_code text,
    destination text,
    ship_date date,
    via text[] DEFAULT NULL,
    attributes jsonb DEFAULT NULL,
    licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL,
    tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS @extschema@.screening_verdict
LANGUAGE sql STABLE PARALLEL SAFE COST 10000
RETURN (SELECT coalesce(pg_catalog.max(h.verdict), 'not_listed')
        FROM @extschema@.screening_hits(hs_code, destination, ship_date,
            via, attributes, licenses, jurisdictions, tariff, known_at) AS h);
COMMENT ON FUNCTION @extschema@.screen_shipment(text, text, date, text[], jsonb, text[], text[], text, timestamptz) IS
'verdict for goods (HS code) to a destination and via others on a date; never NULL; a text that is no code gives incomplete, not an error. not_listed is no clearance';

CREATE FUNCTION @extschema@.screen_shipment(hs_code text, destination text)
RETURNS @extschema@.screening_verdict
LANGUAGE sql STABLE PARALLEL SAFE COST 10000
RETURN (SELECT coalesce(pg_catalog.max(h.verdict), 'not_listed')
        FROM @extschema@.screening_hits(hs_code, destination) AS h);
COMMENT ON FUNCTION @extschema@.screen_shipment(text, text) IS
'verdict for a shipment of today, by the clock of each list; never NULL; a text that is no code gives incomplete, not an error';

CREATE FUNCTION @extschema@.screen_shipment_at(
    hs_code text,
    destination text,
    at timestamptz,
    via text[] DEFAULT NULL,
    attributes jsonb DEFAULT NULL,
    licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL,
    tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS @extschema@.screening_verdict
LANGUAGE sql STABLE PARALLEL SAFE COST 10000
RETURN (SELECT coalesce(pg_catalog.max(h.verdict), 'not_listed')
        FROM control_list.find_hits(control_list.read_code(hs_code), control_list.code_reason(hs_code), destination,
            NULL, CASE WHEN pg_catalog.isfinite(at) THEN at ELSE pg_catalog.now() END,
            control_list.instant_reason(at),
            via, attributes, licenses, jurisdictions, tariff, known_at) AS h);
COMMENT ON FUNCTION @extschema@.screen_shipment_at(text, text, timestamptz, text[], jsonb, text[], text[], text, timestamptz) IS
'verdict for a shipment at an instant, which each list turns into a date of its own time zone; never NULL; a text that is no code gives incomplete, not an error';

CREATE FUNCTION @extschema@.is_restricted(
    hs_code text,
    destination text,
    ship_date date,
    via text[] DEFAULT NULL,
    attributes jsonb DEFAULT NULL,
    licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL,
    tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE COST 10000
RETURN @extschema@.screen_shipment(hs_code, destination, ship_date,
    via, attributes, licenses, jurisdictions, tariff, known_at) >= 'review';
COMMENT ON FUNCTION @extschema@.is_restricted(text, text, date, text[], jsonb, text[], text[], text, timestamptz) IS
'true if a shipment must not go without a person: its verdict is review or above; never NULL';

CREATE FUNCTION @extschema@.is_restricted(hs_code text, destination text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE COST 10000
RETURN @extschema@.screen_shipment(hs_code, destination) >= 'review';
COMMENT ON FUNCTION @extschema@.is_restricted(text, text) IS
'true if a shipment of today must not go without a person; never NULL';
