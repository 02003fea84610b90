-- Lists, their revisions, groups of destinations and entries.
--
-- These are ordinary tables: a list editor may write them with INSERT, UPDATE and
-- DELETE, and every row is checked as in an import.

-- ---- checks of single rows: true, or an error that says what to do ----

CREATE FUNCTION control_list.check_destinations(destinations text[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    destination text;
BEGIN
    IF destinations IS NULL THEN
        RETURN true;
    END IF;
    IF cardinality(destinations) = 0 THEN
        RAISE EXCEPTION 'destinations must not be an empty array'
            USING ERRCODE = 'check_violation',
                  HINT = 'Write ''{*}'' for everywhere; for lists and entries, NULL stands for the default.';
    END IF;
    FOREACH destination IN ARRAY destinations LOOP
        IF destination = '*' OR destination ~ '^@[a-z0-9_-]+$'
           OR control_list.is_listable(destination) THEN
            CONTINUE;
        END IF;
        RAISE EXCEPTION 'destination % cannot be read', coalesce(quote_literal(destination), 'NULL')
            USING ERRCODE = 'check_violation',
                  HINT = 'Write a country (RU), a subdivision (UA-43), a group (@name) or * for everywhere.';
    END LOOP;
    RETURN true;
END
$$;
COMMENT ON FUNCTION control_list.check_destinations(text[]) IS
'true if all destinations are territories, names of groups or *; else SQLSTATE 23514';

CREATE FUNCTION control_list.check_jurisdictions(jurisdictions text[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    jurisdiction text;
BEGIN
    IF jurisdictions IS NULL THEN
        RETURN true;
    END IF;
    IF cardinality(jurisdictions) = 0 THEN
        RAISE EXCEPTION 'jurisdictions must not be an empty array'
            USING ERRCODE = 'check_violation',
                  HINT = 'Use NULL for a list that binds everybody.';
    END IF;
    FOREACH jurisdiction IN ARRAY jurisdictions LOOP
        IF control_list.jurisdiction(jurisdiction) IS NULL THEN
            RAISE EXCEPTION 'jurisdiction % cannot be read', coalesce(quote_literal(jurisdiction), 'NULL')
                USING ERRCODE = 'check_violation',
                      HINT = 'Write a country (KR), EU or UN.';
        END IF;
    END LOOP;
    RETURN true;
END
$$;
COMMENT ON FUNCTION control_list.check_jurisdictions(text[]) IS
'true if all jurisdictions are countries, EU or UN; else SQLSTATE 23514';

CREATE FUNCTION control_list.check_time_zone(time_zone text) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- POSIX writes hours west of Greenwich, everybody else east: UTC+9 is not Seoul
    IF time_zone ~ '[0-9+]' AND NOT starts_with(time_zone, 'Etc/') THEN
        RAISE EXCEPTION 'time zone % is not a name', quote_literal(time_zone)
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Write the name of a place, such as Asia/Seoul.';
    END IF;
    -- an unknown name is an error here, too
    PERFORM now() AT TIME ZONE time_zone;
    RETURN true;
END
$$;
COMMENT ON FUNCTION control_list.check_time_zone(text) IS
'true if the server knows the name of the time zone; else SQLSTATE 22023';

CREATE FUNCTION control_list.check_condition(condition jsonpath) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'control_list_check_condition';
COMMENT ON FUNCTION control_list.check_condition(jsonpath) IS
'true if the condition is a strict jsonpath predicate that is unknown where an attribute is missing; else SQLSTATE 22023';

-- ---- tables ----
--
-- References between them are checked by triggers, not by foreign keys: a parallel
-- pg_restore loads the tables of an extension in any order (pg_dump does not record
-- foreign keys between their data), and a list must come back from every restore.

CREATE TABLE control_list.list (
    code text PRIMARY KEY CHECK (code <> ''),
    title text NOT NULL,
    authority text,
    legal_basis text,
    url text,
    jurisdictions text[] CHECK (control_list.check_jurisdictions(jurisdictions)),
    tariff text CHECK (tariff IS NULL OR control_list.jurisdiction(tariff) IS NOT NULL),
    time_zone text NOT NULL DEFAULT 'UTC' CHECK (control_list.check_time_zone(time_zone)),
    destinations text[] CHECK (control_list.check_destinations(destinations)),
    measure @extschema@.screening_verdict NOT NULL DEFAULT 'license_required'
        CHECK (measure IN ('review', 'license_required', 'prohibited')),
    known_from date CHECK (pg_catalog.isfinite(known_from)),
    enabled boolean NOT NULL DEFAULT true,
    recorded tstzrange NOT NULL DEFAULT pg_catalog.tstzrange(pg_catalog.now(), NULL)
        CHECK (recorded = pg_catalog.tstzrange(pg_catalog.lower(recorded), NULL)
               AND pg_catalog.isfinite(pg_catalog.lower(recorded)) IS TRUE)
);
COMMENT ON TABLE control_list.list IS
'one control list (regime), with the defaults of its entries';
COMMENT ON COLUMN control_list.list.code IS
'short name by which entries and answers refer to the list';
COMMENT ON COLUMN control_list.list.title IS
'what the list is called';
COMMENT ON COLUMN control_list.list.authority IS
'who publishes it';
COMMENT ON COLUMN control_list.list.legal_basis IS
'the law or notice that makes it binding; shown with every hit';
COMMENT ON COLUMN control_list.list.url IS
'where its official text is';
COMMENT ON COLUMN control_list.list.jurisdictions IS
'whose law it is (KR, EU, ...); NULL: binds everybody';
COMMENT ON COLUMN control_list.list.tariff IS
'country whose tariff gives the digits beyond six their meaning; NULL: the list has none';
COMMENT ON COLUMN control_list.list.time_zone IS
'where the days of the list begin, for example Asia/Seoul';
COMMENT ON COLUMN control_list.list.destinations IS
'default destinations of entries: territories, @groups, or * ; NULL: everywhere';
COMMENT ON COLUMN control_list.list.measure IS
'default measure of entries: review, license_required or prohibited';
COMMENT ON COLUMN control_list.list.known_from IS
'before this day the list makes no claim, and screening says incomplete; NULL: no such limit';
COMMENT ON COLUMN control_list.list.enabled IS
'false: screening does not read the list';
COMMENT ON COLUMN control_list.list.recorded IS
'when the row was known to this database';

CREATE TABLE control_list.revision (
    list text NOT NULL,
    label text NOT NULL CHECK (label <> ''),
    announced date CHECK (pg_catalog.isfinite(announced)),
    effective date CHECK (pg_catalog.isfinite(effective)),
    withdrawn date CHECK (pg_catalog.isfinite(withdrawn)),
    source text,
    sha256 bytea CHECK (pg_catalog.octet_length(sha256) = 32),
    recorded tstzrange NOT NULL DEFAULT pg_catalog.tstzrange(pg_catalog.now(), NULL)
        CHECK (recorded = pg_catalog.tstzrange(pg_catalog.lower(recorded), NULL)
               AND pg_catalog.isfinite(pg_catalog.lower(recorded)) IS TRUE),
    PRIMARY KEY (list, label)
);
COMMENT ON TABLE control_list.revision IS
'one published state of a list';
COMMENT ON COLUMN control_list.revision.list IS
'the list';
COMMENT ON COLUMN control_list.revision.label IS
'name of the revision, for example its date';
COMMENT ON COLUMN control_list.revision.announced IS
'day on which the revision was published';
COMMENT ON COLUMN control_list.revision.effective IS
'day on which it takes effect, in the time zone of the list';
COMMENT ON COLUMN control_list.revision.withdrawn IS
'first day on which it no longer holds, since it was stayed or withdrawn; see control_list.withdraw_revision()';
COMMENT ON COLUMN control_list.revision.source IS
'what it was read from, for example the name of a file';
COMMENT ON COLUMN control_list.revision.sha256 IS
'SHA-256 of that source';
COMMENT ON COLUMN control_list.revision.recorded IS
'when the row was known to this database';

CREATE TABLE control_list.destination_group (
    name text NOT NULL CHECK (name ~ '^[a-z0-9_-]+$'),
    territory text NOT NULL CHECK (control_list.is_listable(territory)),
    valid daterange NOT NULL DEFAULT '(,)'
        CHECK (NOT pg_catalog.isempty(valid) AND pg_catalog.lower(valid) IS DISTINCT FROM 'infinity'
               AND pg_catalog.upper(valid) IS DISTINCT FROM '-infinity'),
    recorded tstzrange NOT NULL DEFAULT pg_catalog.tstzrange(pg_catalog.now(), NULL)
        CHECK (recorded = pg_catalog.tstzrange(pg_catalog.lower(recorded), NULL)
               AND pg_catalog.isfinite(pg_catalog.lower(recorded)) IS TRUE),
    PRIMARY KEY (name, territory, valid)
);
COMMENT ON TABLE control_list.destination_group IS
'groups of territories, one row per member and time of its membership; lists and entries name a group as @name';
COMMENT ON COLUMN control_list.destination_group.name IS
'name of the group: small letters, digits, _ and -';
COMMENT ON COLUMN control_list.destination_group.territory IS
'a member: RU, RUS, UA-43';
COMMENT ON COLUMN control_list.destination_group.valid IS
'days on which it is one, in the time zone of the list that names the group';
COMMENT ON COLUMN control_list.destination_group.recorded IS
'when the row was known to this database';

CREATE TABLE control_list.entry (
    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    list text NOT NULL,
    item text NOT NULL CHECK (item <> ''),
    codes @extschema@.hsrange,
    except_codes @extschema@.hsmultirange,
    ex boolean NOT NULL DEFAULT false,
    destinations text[] CHECK (control_list.check_destinations(destinations)),
    measure @extschema@.screening_verdict
        CHECK (measure IN ('review', 'license_required', 'prohibited')),
    valid daterange NOT NULL DEFAULT '(,)'
        CHECK (NOT pg_catalog.isempty(valid) AND pg_catalog.lower(valid) IS DISTINCT FROM 'infinity'
               AND pg_catalog.upper(valid) IS DISTINCT FROM '-infinity'),
    applies_if jsonpath CHECK (control_list.check_condition(applies_if)),
    exempt_if jsonpath CHECK (control_list.check_condition(exempt_if)),
    remark text,
    revision text,
    recorded tstzrange NOT NULL DEFAULT pg_catalog.tstzrange(pg_catalog.now(), NULL)
        CHECK (recorded = pg_catalog.tstzrange(pg_catalog.lower(recorded), NULL)
               AND pg_catalog.isfinite(pg_catalog.lower(recorded)) IS TRUE),
    CONSTRAINT entry_except_codes_check CHECK (except_codes IS NULL OR codes IS NOT NULL),
    CONSTRAINT entry_not_all_excepted_check
        CHECK (NOT except_codes OPERATOR(@extschema@.@>) codes)
);
COMMENT ON TABLE control_list.entry IS
'one row of a list: which goods, to where, since when, under which conditions';
COMMENT ON SEQUENCE control_list.entry_id_seq IS
'numbers of entries';
COMMENT ON COLUMN control_list.entry.id IS
'number of the entry in this database';
COMMENT ON COLUMN control_list.entry.list IS
'the list';
COMMENT ON COLUMN control_list.entry.remark IS
'anything; shown with every hit';
COMMENT ON COLUMN control_list.entry.revision IS
'revision that brought the entry, if known';
COMMENT ON COLUMN control_list.entry.item IS
'number or name of the item in the list';
COMMENT ON COLUMN control_list.entry.codes IS
'codes that the entry covers; NULL: an item described in words, kept for the record and never matched';
COMMENT ON COLUMN control_list.entry.except_codes IS
'codes taken out of codes';
COMMENT ON COLUMN control_list.entry.ex IS
'the law takes only part of the code, so that a match always asks for review';
COMMENT ON COLUMN control_list.entry.destinations IS
'territories, @groups, or * for everywhere; NULL: the destinations of the list';
COMMENT ON COLUMN control_list.entry.measure IS
'review, license_required or prohibited; NULL: the measure of the list';
COMMENT ON COLUMN control_list.entry.valid IS
'days on which the entry is in force, in the time zone of the list';
COMMENT ON COLUMN control_list.entry.applies_if IS
'strict jsonpath predicate over the attributes of a shipment; the entry applies only where it is true, and asks for review where an attribute is missing';
COMMENT ON COLUMN control_list.entry.exempt_if IS
'strict jsonpath predicate; the entry does not apply where it is true';
COMMENT ON COLUMN control_list.entry.recorded IS
'when the row was known to this database';

CREATE INDEX entry_codes_idx ON control_list.entry USING gist (codes);
CREATE INDEX entry_list_item_idx ON control_list.entry (list, item);

SELECT pg_catalog.pg_extension_config_dump('control_list.list', '');
SELECT pg_catalog.pg_extension_config_dump('control_list.revision', '');
SELECT pg_catalog.pg_extension_config_dump('control_list.destination_group', '');
SELECT pg_catalog.pg_extension_config_dump('control_list.entry', '');
SELECT pg_catalog.pg_extension_config_dump('control_list.entry_id_seq', '');

-- ---- checks of several rows, under a lock and with the newest snapshot ----

CREATE FUNCTION control_list.resolve_destinations(destinations text[])
RETURNS TABLE (territory text, valid daterange)
LANGUAGE sql STABLE PARALLEL SAFE COST 100 ROWS 10
AS $$
    SELECT '*', '(,)'::daterange WHERE destinations IS NULL
    UNION
    SELECT coalesce(control_list.territory(coalesce(g.territory, d)), d), coalesce(g.valid, '(,)')
    FROM unnest(destinations) AS d
    LEFT JOIN control_list.destination_group AS g ON d = '@' || g.name
$$;
COMMENT ON FUNCTION control_list.resolve_destinations(text[]) IS
'canonical territories that destinations stand for, members of groups included, and when; * for everywhere, also for NULL; a group that does not exist stays as @name';

CREATE FUNCTION control_list.destinations_overlap(a text[], b text[], during daterange) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE COST 100
AS $$
    SELECT EXISTS (SELECT FROM control_list.resolve_destinations(a) AS x, control_list.resolve_destinations(b) AS y
                   WHERE ('*' IN (x.territory, y.territory) OR x.territory = y.territory
                          OR starts_with(x.territory, y.territory || '-')
                          OR starts_with(y.territory, x.territory || '-'))
                     AND x.valid * y.valid && during)
$$;
COMMENT ON FUNCTION control_list.destinations_overlap(text[], text[], daterange) IS
'true if two arrays of destinations have a place in common on some of these days';

CREATE FUNCTION control_list.codes_overlap(
    a @extschema@.hsrange, a_except @extschema@.hsmultirange, b @extschema@.hsrange, b_except @extschema@.hsmultirange) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 5
AS $$
    SELECT CASE WHEN a IS NULL OR b IS NULL THEN a IS NULL AND b IS NULL
                ELSE (@extschema@.hsmultirange(a) OPERATOR(@extschema@.-) coalesce(a_except, '{}'))
                     OPERATOR(@extschema@.&&) (@extschema@.hsmultirange(b) OPERATOR(@extschema@.-) coalesce(b_except, '{}')) END
$$;
COMMENT ON FUNCTION control_list.codes_overlap(@extschema@.hsrange, @extschema@.hsmultirange, @extschema@.hsrange, @extschema@.hsmultirange) IS
'true if two entries have codes in common, less what is excepted from each; what is described in words overlaps all that is';

CREATE FUNCTION control_list.refuse_overlap(ids bigint[], in_list text) RETURNS void
LANGUAGE plpgsql STABLE COST 100
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
    pair record;
BEGIN
    -- Entries of an item are taken in the order of their first leaf.  Where one begins after all before it have ended, a
    -- cluster begins; only those of one cluster are looked at pair by pair.  What is described in words lies before all codes.
    WITH touched AS MATERIALIZED (
        SELECT e.list, e.item FROM unnest(ids) AS i (id) JOIN control_list.entry AS e ON e.id = i.id
        UNION
        SELECT e.list, e.item FROM control_list.entry AS e WHERE e.list = in_list
    ),
    member AS MATERIALIZED (
        SELECT e AS entry, e.list, e.item, e.id,
               coalesce(rpad(@extschema@.hs_digits(@extschema@.lower(e.codes)), 14, '0'), '') COLLATE "C" AS first_leaf,
               coalesce(rpad(@extschema@.hs_digits(@extschema@.upper(e.codes)), 14, '9'), '') COLLATE "C" AS last_leaf
        FROM touched AS t JOIN control_list.entry AS e ON e.list = t.list AND e.item = t.item
    ),
    cluster AS MATERIALIZED (
        SELECT array_agg(c.entry) AS entries
        FROM (SELECT b.*, count(*) FILTER (WHERE b.begins) OVER (PARTITION BY b.list, b.item ORDER BY b.first_leaf, b.id) AS number
              FROM (SELECT m.*, m.first_leaf > max(m.last_leaf) OVER (PARTITION BY m.list, m.item ORDER BY m.first_leaf, m.id
                                                                      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS begins
                    FROM member AS m) AS b) AS c
        GROUP BY c.list, c.item, c.number
        HAVING count(*) > 1
    )
    SELECT e.list, e.item, coalesce(e.codes::text, '(words)') AS a, coalesce(o.codes::text, '(words)') AS b INTO pair
    FROM cluster AS c, unnest(c.entries) AS e, unnest(c.entries) AS o, control_list.list AS l
    WHERE e.id < o.id AND l.code = e.list AND o.valid && e.valid
      AND control_list.codes_overlap(e.codes, e.except_codes, o.codes, o.except_codes)
      AND control_list.destinations_overlap(coalesce(e.destinations, l.destinations),
                                            coalesce(o.destinations, l.destinations), e.valid * o.valid)
    ORDER BY o.id DESC, e.id
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'entries of item % of list % overlap', pair.item, pair.list
            USING ERRCODE = 'exclusion_violation',
                  DETAIL = format('Entries with codes %s and %s have codes, destinations and days in common.',
                                  pair.b, pair.a),
                  HINT = 'End the older entry before the newer one begins, or give them different items.',
                  SCHEMA = 'control_list', TABLE = 'entry';
    END IF;
END
$$;
COMMENT ON FUNCTION control_list.refuse_overlap(bigint[], text) IS
'SQLSTATE 23P01 if any of these entries, or of those of a list, overlaps another of its list and item in codes, destinations and time';

CREATE FUNCTION control_list.refuse_unknown_list(list_code text) RETURNS void
LANGUAGE plpgsql STABLE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM control_list.list AS l WHERE l.code = list_code) THEN
        RAISE EXCEPTION 'list % does not exist', quote_literal(list_code)
            USING ERRCODE = 'foreign_key_violation',
                  HINT = 'Insert it into control_list.list first.';
    END IF;
END
$$;
COMMENT ON FUNCTION control_list.refuse_unknown_list(text) IS
'SQLSTATE 23503 if there is no such list';

CREATE FUNCTION control_list.refuse_unknown_group(destinations text[], used_by text) RETURNS void
LANGUAGE plpgsql STABLE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    missing text;
BEGIN
    SELECT d INTO missing
    FROM unnest(destinations) AS d
    WHERE starts_with(d, '@')
      AND NOT EXISTS (SELECT FROM control_list.destination_group AS g WHERE d = '@' || g.name)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'destination group % does not exist', missing
            USING ERRCODE = 'foreign_key_violation',
                  DETAIL = format('It is used by %s.', used_by),
                  HINT = 'Insert the members of the group into control_list.destination_group first.';
    END IF;
END
$$;
COMMENT ON FUNCTION control_list.refuse_unknown_group(text[], text) IS
'SQLSTATE 23503 if destinations name a group that has no members';

-- A restore brings rows that were checked when they were recorded, perhaps before the rows to
-- which they refer: references are asked for where a row is recorded now.  A row that slips in
-- with another time does no harm: screening refuses to answer from an entry without its list.
CREATE FUNCTION control_list.recording_time() RETURNS timestamptz
LANGUAGE C STABLE PARALLEL RESTRICTED COST 1
AS 'MODULE_PATHNAME', 'control_list_recording_time';
COMMENT ON FUNCTION control_list.recording_time() IS
'the instant since which all changes of lists by this transaction are recorded, that of its first; NULL as long as it has made none';

CREATE FUNCTION control_list.is_restored(recorded tstzrange, inserted boolean) RETURNS boolean
LANGUAGE sql STABLE PARALLEL RESTRICTED COST 10
RETURN inserted AND pg_catalog.lower(recorded) <> pg_catalog.now()
    AND pg_catalog.lower(recorded) IS DISTINCT FROM control_list.recording_time();
COMMENT ON FUNCTION control_list.is_restored(tstzrange, boolean) IS
'true for a row that is inserted now but was recorded at another time';

CREATE FUNCTION control_list.check_entries(ids bigint[], inserted boolean) RETURNS void
LANGUAGE plpgsql STABLE COST 100
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
    e control_list.entry;
BEGIN
    SELECT w.* INTO e FROM unnest(ids) AS i (id) JOIN control_list.entry AS w ON w.id = i.id
    WHERE NOT control_list.is_restored(w.recorded, inserted)
      AND NOT EXISTS (SELECT FROM control_list.list AS l WHERE l.code = w.list)
    LIMIT 1;
    IF FOUND THEN
        PERFORM control_list.refuse_unknown_list(e.list);
    END IF;
    SELECT w.* INTO e FROM unnest(ids) AS i (id) JOIN control_list.entry AS w ON w.id = i.id
    WHERE w.revision IS NOT NULL AND NOT control_list.is_restored(w.recorded, inserted)
      AND NOT EXISTS (SELECT FROM control_list.revision AS r WHERE r.list = w.list AND r.label = w.revision)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'revision % of list % does not exist', quote_literal(e.revision), e.list
            USING ERRCODE = 'foreign_key_violation',
                  HINT = 'Insert it into control_list.revision first.';
    END IF;
    SELECT w.* INTO e FROM unnest(ids) AS i (id) JOIN control_list.entry AS w ON w.id = i.id, unnest(w.destinations) AS d
    WHERE starts_with(d, '@') AND NOT control_list.is_restored(w.recorded, inserted)
      AND NOT EXISTS (SELECT FROM control_list.destination_group AS g WHERE d = '@' || g.name)
    LIMIT 1;
    IF FOUND THEN
        PERFORM control_list.refuse_unknown_group(e.destinations, format('item %s of list %s', e.item, e.list));
    END IF;
    PERFORM control_list.refuse_overlap(ids, NULL);
END
$$;
COMMENT ON FUNCTION control_list.check_entries(bigint[], boolean) IS
'refuses entries whose list, revision or group does not exist (SQLSTATE 23503) or that overlap others (23P01)';

CREATE FUNCTION control_list.check_list(list_code text, inserted boolean) RETURNS void
LANGUAGE plpgsql STABLE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    l control_list.list;
BEGIN
    SELECT * INTO l FROM control_list.list WHERE code = list_code;
    IF FOUND THEN
        IF NOT control_list.is_restored(l.recorded, inserted) THEN
            PERFORM control_list.refuse_unknown_group(l.destinations, 'list ' || l.code);
        END IF;
        PERFORM control_list.refuse_overlap(NULL, list_code);
    ELSIF EXISTS (SELECT FROM control_list.entry AS e WHERE e.list = list_code)
       OR EXISTS (SELECT FROM control_list.revision AS r WHERE r.list = list_code)
       OR EXISTS (SELECT FROM control_list.license AS x WHERE x.list = list_code) THEN
        RAISE EXCEPTION 'list % is still in use', quote_literal(list_code)
            USING ERRCODE = 'foreign_key_violation',
                  DETAIL = 'It has entries, revisions or licenses.',
                  HINT = 'Set enabled to false to take a list out of screening.';
    END IF;
END
$$;
COMMENT ON FUNCTION control_list.check_list(text, boolean) IS
'refuses default destinations whose group does not exist and the end of a list in use (SQLSTATE 23503), and default destinations that let entries overlap (23P01)';

CREATE FUNCTION control_list.check_revision(list_code text, inserted boolean) RETURNS void
LANGUAGE plpgsql STABLE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    missing text;
BEGIN
    IF EXISTS (SELECT FROM control_list.revision AS r
               WHERE r.list = list_code AND NOT control_list.is_restored(r.recorded, inserted)) THEN
        PERFORM control_list.refuse_unknown_list(list_code);
    END IF;
    SELECT e.revision INTO missing
    FROM control_list.entry AS e
    LEFT JOIN control_list.revision AS r ON r.list = e.list AND r.label = e.revision
    WHERE e.list = list_code AND e.revision IS NOT NULL AND r.list IS NULL AND NOT inserted
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'revision % of list % is still in use', quote_literal(missing), list_code
            USING ERRCODE = 'foreign_key_violation',
                  DETAIL = 'It has entries.';
    END IF;
END
$$;
COMMENT ON FUNCTION control_list.check_revision(text, boolean) IS
'refuses a revision of a list that does not exist and the end of a revision in use (SQLSTATE 23503)';

CREATE FUNCTION control_list.check_group(group_name text, inserted boolean) RETURNS void
LANGUAGE plpgsql STABLE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    twice text;
    used record;
BEGIN
    SELECT a.territory INTO twice
    FROM control_list.destination_group AS a
    JOIN control_list.destination_group AS b ON b.name = a.name AND b.territory = a.territory
    WHERE a.name = group_name AND b.valid && a.valid AND b.valid <> a.valid
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'territory % is twice a member of group @%', twice, group_name
            USING ERRCODE = 'exclusion_violation',
                  DETAIL = 'Its memberships have days in common.',
                  HINT = 'End the older membership before the newer one begins.',
                  SCHEMA = 'control_list', TABLE = 'destination_group';
    END IF;
    FOR used IN
        SELECT l.code AS list, NULL AS item, l.destinations
        FROM control_list.list AS l WHERE '@' || group_name = ANY (l.destinations)
        UNION ALL
        SELECT e.list, e.item, e.destinations
        FROM control_list.entry AS e WHERE '@' || group_name = ANY (e.destinations)
    LOOP
        IF NOT inserted THEN
            PERFORM control_list.refuse_unknown_group(used.destinations,
                concat('item ' || used.item || ' of ', 'list ' || used.list));
        END IF;
        PERFORM control_list.refuse_overlap(NULL, used.list);
    END LOOP;
    IF NOT inserted THEN
        PERFORM control_list.refuse_unknown_group(x.destinations, 'license ' || x.number)
        FROM control_list.license AS x WHERE '@' || group_name = ANY (x.destinations);
    END IF;
END
$$;
COMMENT ON FUNCTION control_list.check_group(text, boolean) IS
'refuses the end of a group in use (SQLSTATE 23503), and a member that stands there twice or lets entries overlap (23P01)';

CREATE FUNCTION control_list.check_rows() RETURNS trigger
LANGUAGE C
AS 'MODULE_PATHNAME', 'control_list_check_rows';
COMMENT ON FUNCTION control_list.check_rows() IS
'trigger of the list tables: lets one transaction at a time write them and checks with the newest snapshot';

-- one check for all entries that a statement writes: an import has many
CREATE TRIGGER entry_check_insert
    AFTER INSERT ON control_list.entry
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION control_list.check_rows();
COMMENT ON TRIGGER entry_check_insert ON control_list.entry IS
'list, revision and groups exist, and entries of one item do not overlap';
CREATE TRIGGER entry_check_update
    AFTER UPDATE ON control_list.entry
    REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION control_list.check_rows();
COMMENT ON TRIGGER entry_check_update ON control_list.entry IS
'the same for entries that change';

CREATE TRIGGER list_check
    AFTER INSERT OR UPDATE OF code, destinations OR DELETE ON control_list.list
    FOR EACH ROW EXECUTE FUNCTION control_list.check_rows();
COMMENT ON TRIGGER list_check ON control_list.list IS
'groups exist, the default destinations do not let entries overlap, and a list in use stays';

CREATE TRIGGER revision_check
    AFTER INSERT OR UPDATE OR DELETE ON control_list.revision
    FOR EACH ROW EXECUTE FUNCTION control_list.check_rows();
COMMENT ON TRIGGER revision_check ON control_list.revision IS
'the list exists, and a revision in use stays';

CREATE TRIGGER destination_group_check
    AFTER INSERT OR UPDATE OR DELETE ON control_list.destination_group
    FOR EACH ROW EXECUTE FUNCTION control_list.check_rows();
COMMENT ON TRIGGER destination_group_check ON control_list.destination_group IS
'groups in use keep members, and new members do not let entries overlap';
