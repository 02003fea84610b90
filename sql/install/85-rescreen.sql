-- A list changes: what would that hit, and what has it hit?  See docs/rescreening.md.

-- ---- a protected table as a query ----

CREATE FUNCTION control_list.screening_query(
    target regclass,
    OUT joins text,
    OUT arguments text[],
    OUT at_instant boolean,
    OUT code_column text,
    OUT verdict_column text,
    OUT has_licenses boolean,
    OUT has_date boolean)
LANGUAGE C STABLE PARALLEL RESTRICTED COST 100
AS 'MODULE_PATHNAME', 'control_list_screening_query';
COMMENT ON FUNCTION control_list.screening_query(regclass) IS
'how to screen the rows o of a protected table, or of a partition of one, by one query: the tables that are joined, the first eight arguments of a screening, whether the third is an instant, the column of the code (NULL: it is no hscode, or in another table) and that of the verdict (NULL: none), whether licenses are named, and whether rows have a date of their own; SQLSTATE 55000 if it is not protected, 22004 for NULL';

CREATE FUNCTION control_list.screening_call(
    function text,
    arguments text[],
    at_instant boolean,
    as_of date,
    known_at timestamptz)
RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 10
RETURN pg_catalog.format('%s%s(%s, %L::pg_catalog.timestamptz)', function,
           CASE WHEN at_instant AND as_of IS NULL THEN '_at' END,
           pg_catalog.array_to_string(
               CASE WHEN as_of IS NULL THEN arguments
                    ELSE arguments[:2] || pg_catalog.format('%L::pg_catalog.date', as_of) || arguments[4:] END, ', '),
           known_at);
COMMENT ON FUNCTION control_list.screening_call(text, text[], boolean, date, timestamptz) IS
'call of a screening function with the arguments of screening_query(), as of a day (NULL: each row as of its own) and as known at a time (NULL: now)';

CREATE FUNCTION control_list.key_as_json(target regclass) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(format('jsonb_build_object(%s)', string_agg(format('%L, o.%1$I', a.attname), ', ')), 'NULL::jsonb')
    FROM pg_index AS i
    JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
    WHERE i.indrelid = target AND i.indisprimary
$$;
COMMENT ON FUNCTION control_list.key_as_json(regclass) IS
'primary key of a row o as JSON, an expression that is NULL if the table has none';

-- What a row has drawn itself does not count against it, of which a screening by arguments knows nothing.  Days and times
-- are written as the settings of the caller have it, who has fixed them, and runs the query under the same.
CREATE FUNCTION control_list.verdict_call(target regclass, q record, as_of date, known_at timestamptz) RETURNS text
LANGUAGE plpgsql STABLE COST 10
AS $$
BEGIN
    RETURN CASE WHEN q.has_licenses
        THEN pg_catalog.format('control_list.row_verdict(%L::pg_catalog.regclass, o.*, %L, %L)', target, as_of, known_at)
        ELSE control_list.screening_call('@extschema@.screen_shipment', q.arguments, q.at_instant, as_of, known_at) END;
END
$$;
COMMENT ON FUNCTION control_list.verdict_call(regclass, record, date, timestamptz) IS
'the verdict of the row o of a query that is made of q, screening_query(target), as of a day and as known at a time like screening_call()';

CREATE FUNCTION control_list.verdict_changed_from(
    hs_code @extschema@.hscode,
    destination text,
    ship_date date,
    via text[],
    attributes jsonb,
    licenses text[],
    jurisdictions text[],
    tariff text,
    since timestamptz)
RETURNS @extschema@.screening_verdict
LANGUAGE C STABLE PARALLEL SAFE COST 20
AS 'MODULE_PATHNAME', 'verdict_changed_from_code_date';
COMMENT ON FUNCTION control_list.verdict_changed_from(@extschema@.hscode, text, date, text[], jsonb, text[], text[], text, timestamptz) IS
'verdict of a shipment on its date, as it was known since; NULL if it is the same now, or since is NULL. Without a date it is one of today now, and was one of that instant then';

CREATE FUNCTION control_list.verdict_changed_from(
    hs_code @extschema@.hscode,
    destination text,
    at timestamptz,
    via text[],
    attributes jsonb,
    licenses text[],
    jurisdictions text[],
    tariff text,
    since timestamptz)
RETURNS @extschema@.screening_verdict
LANGUAGE C STABLE PARALLEL SAFE COST 20
AS 'MODULE_PATHNAME', 'verdict_changed_from_code_instant';
COMMENT ON FUNCTION control_list.verdict_changed_from(@extschema@.hscode, text, timestamptz, text[], jsonb, text[], text[], text, timestamptz) IS
'verdict of a shipment at an instant, as it was known since; NULL if it is the same now, or since is NULL. Without a date it is one of today now, and was one of that instant then';

CREATE FUNCTION control_list.verdict_changed_from(
    hs_code text,
    destination text,
    ship_date date,
    via text[],
    attributes jsonb,
    licenses text[],
    jurisdictions text[],
    tariff text,
    since timestamptz)
RETURNS @extschema@.screening_verdict
LANGUAGE C STABLE PARALLEL SAFE COST 40
AS 'MODULE_PATHNAME', 'verdict_changed_from_text_date';
COMMENT ON FUNCTION control_list.verdict_changed_from(text, text, date, text[], jsonb, text[], text[], text, timestamptz) IS
'verdict of a shipment of a code as text on its date, as it was known since; NULL if it is the same now, or since is NULL. Without a date it is one of today now, and was one of that instant then';

CREATE FUNCTION control_list.verdict_changed_from(
    hs_code text,
    destination text,
    at timestamptz,
    via text[],
    attributes jsonb,
    licenses text[],
    jurisdictions text[],
    tariff text,
    since timestamptz)
RETURNS @extschema@.screening_verdict
LANGUAGE C STABLE PARALLEL SAFE COST 40
AS 'MODULE_PATHNAME', 'verdict_changed_from_text_instant';
COMMENT ON FUNCTION control_list.verdict_changed_from(text, text, timestamptz, text[], jsonb, text[], text[], text, timestamptz) IS
'verdict of a shipment of a code as text at an instant, as it was known since; NULL if it is the same now, or since is NULL. Without a date it is one of today now, and was one of that instant then';

-- ---- what would change? ----

CREATE FUNCTION control_list.impact(
    target regclass,
    list text DEFAULT NULL,
    revision text DEFAULT NULL,
    as_of date DEFAULT NULL,
    before_revision text DEFAULT NULL,
    before date DEFAULT NULL,
    known_at timestamptz DEFAULT NULL,
    known_before timestamptz DEFAULT NULL)
RETURNS TABLE (
    key jsonb,
    destination text,
    verdict_before @extschema@.screening_verdict,
    verdict_after @extschema@.screening_verdict)
LANGUAGE plpgsql STABLE COST 100000
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    q record;
    was text;
    is_now text;
    by_list text := '';
BEGIN
    IF num_nonnulls(revision, as_of) > 1 OR num_nonnulls(before_revision, before) > 1 THEN
        RAISE EXCEPTION 'a revision and a day cannot be given together'
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'A revision stands for the day on which it takes effect.';
    END IF;
    IF list IS NOT NULL THEN
        PERFORM control_list.refuse_unknown_list(list);
    END IF;
    IF revision IS NOT NULL THEN
        as_of := control_list.revision_day(list, revision);
    END IF;
    IF before_revision IS NOT NULL THEN
        before := control_list.revision_day(list, before_revision);
    END IF;
    IF num_nonnulls(as_of, before, known_at, known_before) = 0 THEN
        RAISE EXCEPTION 'there is nothing to compare'
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Name a revision, a day or a time at which something was known.';
    ELSIF NOT (coalesce(isfinite(as_of), true) AND coalesce(isfinite(before), true)) THEN
        RAISE EXCEPTION 'a day must be finite'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF before IS NULL THEN
        before := as_of - (num_nonnulls(known_at, known_before) = 0)::int;
    END IF;

    q := control_list.screening_query(target);
    was := control_list.verdict_call(target, q, before, known_before);
    is_now := control_list.verdict_call(target, q, as_of, known_at);
    IF list IS NOT NULL THEN
        -- the hits of the list on either side, of rows that change; those at an instant are asked by text
        q.arguments[1] := q.arguments[1] || '::pg_catalog.text';
        SELECT format(' AND %s IS DISTINCT FROM %s', min(h.hits) FILTER (WHERE side.n = 1), min(h.hits) FILTER (WHERE side.n = 2))
        INTO by_list
        FROM (VALUES (1, before, known_before), (2, as_of, known_at)) AS side (n, day, known),
             LATERAL (SELECT format('ARRAY(SELECT (h.verdict, h.entry_id, h.reason)::text FROM %s AS h WHERE h.list = %L ORDER BY 1)',
                                    control_list.screening_call(
                                        CASE WHEN q.at_instant AND side.day IS NULL THEN 'control_list.screening_hits'
                                             ELSE '@extschema@.screening_hits' END,
                                        q.arguments, q.at_instant, side.day, side.known), list) AS hits) AS h;
    END IF;
    RETURN QUERY EXECUTE format('SELECT %s, %s::text, %s, %s FROM %s WHERE %3$s <> %4$s%6$s',
        control_list.key_as_json(target), q.arguments[2], was, is_now, concat(target, ' AS o', q.joins), by_list);
END
$$;
COMMENT ON FUNCTION control_list.impact(regclass, text, text, date, text, date, timestamptz, timestamptz) IS
'rows of a protected table whose verdict changes: as if shipped on the day before a revision takes effect (or another day) and on that day, or as known at one time and at another; a day that is NULL is that of the row, a time that is NULL is now. With a list: rows where what this list says changes. Only reads';

CREATE FUNCTION control_list.impact_summary(
    target regclass,
    list text DEFAULT NULL,
    revision text DEFAULT NULL,
    as_of date DEFAULT NULL,
    before_revision text DEFAULT NULL,
    before date DEFAULT NULL,
    known_at timestamptz DEFAULT NULL,
    known_before timestamptz DEFAULT NULL)
RETURNS TABLE (
    verdict_before @extschema@.screening_verdict,
    verdict_after @extschema@.screening_verdict,
    destination text,
    orders bigint)
LANGUAGE sql STABLE COST 100000
AS $$
    SELECT i.verdict_before, i.verdict_after, i.destination, pg_catalog.count(*)
    FROM control_list.impact(target, list, revision, as_of, before_revision, before, known_at, known_before) AS i
    GROUP BY i.verdict_before, i.verdict_after, i.destination
    ORDER BY i.verdict_after DESC, i.verdict_before, i.destination
$$;
COMMENT ON FUNCTION control_list.impact_summary(regclass, text, text, date, text, date, timestamptz, timestamptz) IS
'how many rows control_list.impact() finds with the same arguments, by verdicts and destination';

-- ---- what has changed ----

CREATE TABLE control_list.rescreening (
    target regclass PRIMARY KEY,
    since timestamptz,
    is_known boolean NOT NULL,
    on_change text NOT NULL CHECK (on_change IN ('log', 'hold')),
    generation uuid,
    codes @extschema@.hsmultirange,
    at_once boolean NOT NULL,
    parts regclass[] NOT NULL,
    files oid[] NOT NULL,
    horizon xid8 NOT NULL,
    transactions bigint NOT NULL DEFAULT 1,
    part int NOT NULL DEFAULT 1,
    next_block bigint NOT NULL DEFAULT 0,
    blocks bigint NOT NULL,
    blocks_done bigint NOT NULL DEFAULT 0,
    rows_expected float8 NOT NULL,
    changed bigint NOT NULL DEFAULT 0,
    worked interval NOT NULL DEFAULT '0',
    started_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
    finished_at timestamptz
);
COMMENT ON TABLE control_list.rescreening IS
'how far control_list.rescreen() has come with each table, the last time that it was called';
COMMENT ON COLUMN control_list.rescreening.target IS
'the protected table';
COMMENT ON COLUMN control_list.rescreening.since IS
'rows are screened again that a change since then could have touched; NULL: all';
COMMENT ON COLUMN control_list.rescreening.is_known IS
'lists were recorded by then, and the nomenclature is still the same, so that verdicts can be compared with what was known';
COMMENT ON COLUMN control_list.rescreening.on_change IS
'log: changed verdicts are logged; hold: they are written, too';
COMMENT ON COLUMN control_list.rescreening.generation IS
'state of the lists when it began: it goes on only as long as that is the same';
COMMENT ON COLUMN control_list.rescreening.codes IS
'codes of these rows; NULL: all';
COMMENT ON COLUMN control_list.rescreening.at_once IS
'they are so few that each part is one batch';
COMMENT ON COLUMN control_list.rescreening.parts IS
'the table, its partitions and children: those that have rows';
COMMENT ON COLUMN control_list.rescreening.files IS
'files of the parts, which change if a part is rewritten';
COMMENT ON COLUMN control_list.rescreening.horizon IS
'all older transactions had ended when it began';
COMMENT ON COLUMN control_list.rescreening.transactions IS
'its own ones since then';
COMMENT ON COLUMN control_list.rescreening.part IS
'number of the part whose turn it is';
COMMENT ON COLUMN control_list.rescreening.next_block IS
'its first block that was not screened yet';
COMMENT ON COLUMN control_list.rescreening.blocks IS
'how many blocks there were when it began';
COMMENT ON COLUMN control_list.rescreening.blocks_done IS
'blocks screened so far';
COMMENT ON COLUMN control_list.rescreening.rows_expected IS
'about how many rows there were to screen';
COMMENT ON COLUMN control_list.rescreening.changed IS
'verdicts changed so far';
COMMENT ON COLUMN control_list.rescreening.worked IS
'how long that took';
COMMENT ON COLUMN control_list.rescreening.started_at IS
'when it began';
COMMENT ON COLUMN control_list.rescreening.finished_at IS
'when it came to the end; NULL: not yet';

-- A row without a day of its own is one of today: what comes into force or ends by its date is a change to it, though
-- nobody changes anything.
CREATE FUNCTION control_list.has_turned(valid daterange, days daterange) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
RETURN pg_catalog.lower(valid) <@ days OR pg_catalog.upper(valid) <@ days;
COMMENT ON FUNCTION control_list.has_turned(daterange, daterange) IS
'do days begin or end, that is are they over, on one of these?';

CREATE FUNCTION control_list.days_since(since timestamptz, time_zone text) RETURNS daterange
LANGUAGE sql STABLE PARALLEL SAFE COST 10
RETURN pg_catalog.daterange(least((since AT TIME ZONE time_zone)::date, (pg_catalog.now() AT TIME ZONE time_zone)::date),
                            (pg_catalog.now() AT TIME ZONE time_zone)::date, '(]');
COMMENT ON FUNCTION control_list.days_since(timestamptz, text) IS
'days after that of an instant, up to today';

-- A code counts as itself or as a broader one, down to its chapter, and a chapter that hides the true
-- heading as any: entries of a chapter touch just that chapter and the hidden ones.
--
-- SECURITY DEFINER: who rescreens need not be able to read the lists.
CREATE FUNCTION control_list.what_changed(since timestamptz, OUT codes @extschema@.hsmultirange, OUT is_known boolean)
LANGUAGE plpgsql STABLE COST 1000 SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    -- the nomenclature has no history: what was said with another one cannot be asked again
    is_recorded CONSTANT boolean := EXISTS (SELECT FROM control_list.generation WHERE unrecorded_at < since);
    reaches_further boolean;
    last_change timestamptz;
BEGIN
    is_known := is_recorded AND EXISTS (SELECT FROM control_list.list WHERE lower(recorded) < since
                                        UNION ALL SELECT FROM control_list.list_history WHERE lower(recorded) < since);
    -- what holds for a whole list or group touches everything
    IF NOT is_recorded OR EXISTS (SELECT FROM control_list.list WHERE lower(recorded) >= since
                                  UNION ALL SELECT FROM control_list.destination_group WHERE lower(recorded) >= since
                                  UNION ALL SELECT FROM control_list.list_history WHERE upper(recorded) >= since
                                  UNION ALL SELECT FROM control_list.destination_group_history WHERE upper(recorded) >= since)
       OR EXISTS (SELECT FROM (SELECT known_from, control_list.days_since(since, time_zone) AS days FROM control_list.list OFFSET 0) AS l,
                      LATERAL (SELECT daterange(l.known_from, NULL) UNION ALL SELECT g.valid FROM control_list.destination_group AS g
                               UNION ALL SELECT DISTINCT n.valid FROM control_list.nomenclature AS n) AS d (valid)
                  WHERE control_list.has_turned(d.valid, l.days)) THEN
        RETURN;
    END IF;
    SELECT @extschema@.range_agg(@extschema@.hsrange(@extschema@.hs_truncate(@extschema@.lower(c.codes), 2),
                                                     @extschema@.hs_truncate(@extschema@.upper(c.codes), 2))),
           -- a list that makes a claim makes it wherever its entries go, and none without entries
           bool_or(c.codes IS NOT NULL
                   AND (c.destinations IS NOT NULL AND l.known_from IS NOT NULL
                        OR NOT EXISTS (SELECT FROM control_list.entry AS e
                                       WHERE e.list = l.code AND e.codes IS NOT NULL AND lower(e.recorded) < since))),
           greatest(max(c.changed), (SELECT max(lower(r.recorded)) FROM control_list.revision AS r), since)
    INTO codes, reaches_further, last_change
    FROM (SELECT e.list, e.codes, e.destinations, e.valid, lower(e.recorded) AS changed FROM control_list.entry AS e
          UNION ALL
          SELECT h.list, h.codes, h.destinations, NULL, upper(h.recorded) FROM control_list.entry_history AS h) AS c
    LEFT JOIN (SELECT code, known_from, control_list.days_since(since, time_zone) AS days FROM control_list.list OFFSET 0) AS l ON l.code = c.list
    WHERE c.changed >= since OR control_list.has_turned(c.valid, l.days);
    -- the last change may have been one of something else
    IF reaches_further OR (SELECT g.changed_at FROM control_list.generation AS g) > last_change THEN
        codes := NULL;
    ELSE
        codes := coalesce(codes OPERATOR(@extschema@.+) '{77,98-99}'::@extschema@.hsmultirange, '{}');
    END IF;
END
$$;
COMMENT ON FUNCTION control_list.what_changed(timestamptz) IS
'codes whose verdicts can have changed since then, with the lists or, of rows without a day, with the date, as chapters (NULL: all codes), and whether all that there was by then was recorded';

CREATE FUNCTION control_list.code_condition(code_column text, codes @extschema@.hsmultirange) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce('(' || string_agg(format('%s OPERATOR(@extschema@.<@) %L::@extschema@.hsrange OR ', code_column, r), '')
                        || code_column || ' IS NULL)',
                    (codes IS NULL)::text)
    FROM @extschema@.unnest(codes) AS r
$$;
COMMENT ON FUNCTION control_list.code_condition(text, @extschema@.hsmultirange) IS
'condition of a query: the code of a row is one of these, or missing, as an index on the column can serve it; true for all codes (NULL), false for none';

CREATE FUNCTION control_list.logged_verdict(target regclass, key jsonb, inputs jsonb DEFAULT NULL) RETURNS @extschema@.screening_verdict
LANGUAGE sql STABLE COST 1000 SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT l.verdict
    FROM (SELECT s.verdict, s.inputs FROM control_list.screening_log AS s
          WHERE s.target = $1::text AND s.key = $2 ORDER BY s.logged_at DESC LIMIT 1) AS l
    WHERE $3 IS NULL OR l.inputs = $3
$$;
COMMENT ON FUNCTION control_list.logged_verdict(regclass, jsonb, jsonb) IS
'the last verdict of a row in control_list.screening_log; NULL if there is none, or if other values than these were screened then';

CREATE FUNCTION control_list.rescreen_row(
    relation regclass,
    row_id tid,
    prior @extschema@.screening_verdict,
    hold boolean)
RETURNS boolean
LANGUAGE C VOLATILE STRICT COST 10000
AS 'MODULE_PATHNAME', 'control_list_rescreen_row';
COMMENT ON FUNCTION control_list.rescreen_row(regclass, tid, @extschema@.screening_verdict, boolean) IS
'screens a row of a protected table again and logs its verdict, if that is neither the last one in the log nor, where the log has none of these values, the prior one; hold writes it, too, and always logs it. False if there was nothing to log';

-- ---- rescreening ----

CREATE FUNCTION control_list.parts_of(target regclass, OUT parts regclass[], OUT files oid[])
LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(array_agg(c.oid::regclass ORDER BY c.oid), '{}'),
           coalesce(array_agg(pg_relation_filenode(c.oid) ORDER BY c.oid), '{}')
    FROM control_list.members(target) AS m JOIN pg_class AS c ON c.oid = m
    WHERE c.relkind = 'r'
$$;
COMMENT ON FUNCTION control_list.parts_of(regclass) IS
'a table, its partitions and children, those that have rows, and their files';

CREATE FUNCTION control_list.blocks_of(part regclass) RETURNS bigint
LANGUAGE sql VOLATILE STRICT PARALLEL SAFE COST 100
RETURN pg_catalog.pg_relation_size(part) / pg_catalog.current_setting('block_size')::bigint;
COMMENT ON FUNCTION control_list.blocks_of(regclass) IS
'blocks of a table';

CREATE FUNCTION control_list.rescreen_begin(target regclass, since timestamptz, batch int, on_change text) RETURNS text
LANGUAGE plpgsql VOLATILE COST 10000
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
SET timezone = 'UTC'
SET row_security = off
AS $$
DECLARE
    lists CONSTANT uuid := (SELECT i.generation FROM control_list.rulebook_info() AS i);
    q record;
    p record;
    change record;
    plan json;
    rows_expected float8;
    r control_list.rescreening;
BEGIN
    q := control_list.screening_query(target);
    IF on_change IS NULL OR on_change NOT IN ('log', 'hold') THEN
        RAISE EXCEPTION 'on_change must be log or hold'
            USING ERRCODE = 'invalid_parameter_value';
    ELSIF on_change = 'hold' AND q.verdict_column IS NULL THEN
        RAISE EXCEPTION 'rows of relation % cannot be held', target
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  DETAIL = 'It has no verdict column.',
                  HINT = 'Protect it with verdict_column, or log what has changed.';
    ELSIF (batch BETWEEN 1 AND 10000000) IS NOT TRUE THEN
        RAISE EXCEPTION 'a batch must have 1 to 10000000 rows'
            USING ERRCODE = 'invalid_parameter_value';
    ELSIF since > clock_timestamp() THEN
        RAISE EXCEPTION 'nothing can have changed since %', since
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'What takes effect later is known now: since is when the lists were changed.';
    END IF;

    p := control_list.parts_of(target);
    SELECT * INTO r FROM control_list.rescreening AS s WHERE s.target = rescreen_begin.target FOR UPDATE;
    IF FOUND AND r.finished_at IS NULL AND r.generation = lists AND r.parts = p.parts AND r.files = p.files
       AND r.since IS NOT DISTINCT FROM rescreen_begin.since AND r.on_change = rescreen_begin.on_change
       AND @extschema@.isempty((control_list.what_changed(r.started_at)).codes) THEN
        RETURN format('rescreening of %s goes on, %s of %s blocks are done', target, r.blocks_done, r.blocks);
    END IF;

    change := control_list.what_changed(since);
    IF q.code_column IS NULL OR q.arguments[6] <> 'NULL' THEN
        -- as text a code may be written in ways that no index knows; and licenses come and go by themselves
        change.codes := NULL;
    END IF;
    EXECUTE format('EXPLAIN (FORMAT JSON) SELECT FROM %s AS o WHERE %s',
                   target, control_list.code_condition(q.code_column, change.codes)) INTO plan;
    rows_expected := plan #>> '{0,Plan,Plan Rows}';
    -- the row stays where it is, so that another session that takes turns, or begins now, too, finds it
    INSERT INTO control_list.rescreening (target, since, is_known, on_change, generation, codes, at_once, parts, files, horizon, rows_expected, blocks, finished_at)
    VALUES (rescreen_begin.target, rescreen_begin.since, coalesce(change.is_known, false), rescreen_begin.on_change, lists, change.codes,
            rows_expected <= batch, p.parts, p.files, least(pg_snapshot_xmin(pg_current_snapshot()), pg_current_xact_id()), rows_expected,
            (SELECT coalesce(sum(control_list.blocks_of(b)), 0) FROM unnest(p.parts) AS b),
            CASE WHEN p.parts = '{}' THEN clock_timestamp() END)
    ON CONFLICT ON CONSTRAINT rescreening_pkey DO UPDATE
    SET (since, is_known, on_change, generation, codes, at_once, parts, files, horizon, transactions, part, next_block, blocks, blocks_done,
         rows_expected, changed, worked, started_at, finished_at)
      = (EXCLUDED.since, EXCLUDED.is_known, EXCLUDED.on_change, EXCLUDED.generation, EXCLUDED.codes, EXCLUDED.at_once, EXCLUDED.parts,
         EXCLUDED.files, EXCLUDED.horizon, EXCLUDED.transactions, EXCLUDED.part, EXCLUDED.next_block, EXCLUDED.blocks, EXCLUDED.blocks_done,
         EXCLUDED.rows_expected, EXCLUDED.changed, EXCLUDED.worked, EXCLUDED.started_at, EXCLUDED.finished_at);
    RETURN format('rescreening of %s begins, about %s rows%s', target, rows_expected, ' with codes ' || change.codes);
END
$$;
COMMENT ON FUNCTION control_list.rescreen_begin(regclass, timestamptz, int, text) IS
'checks the arguments of control_list.rescreen() and notes them in control_list.rescreening, unless it can go on where it was stopped; says which';

-- The blocks of a part are read in turn, each batch by a snapshot of its own.  Whoever updates a row meanwhile
-- writes it elsewhere, perhaps into a block that was read before; and a transaction that has screened its rows
-- by the old lists may commit.  So at the end of a part come the rows that were written since the beginning, if there
-- has been any transaction but these.
--
-- Keys of rows must look as they do in the log: the settings are those of begin_uniform_output() in protect.c.
CREATE FUNCTION control_list.rescreen_batch(
    target regclass,
    batch int,
    join_for interval DEFAULT '0',
    OUT message text,
    OUT is_last boolean)
LANGUAGE plpgsql VOLATILE COST 100000
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
SET timezone = 'UTC'
SET intervalstyle = 'postgres'
SET bytea_output = 'hex'
SET extra_float_digits = 1
SET quote_all_identifiers = off
SET row_security = off
SET jit = off       -- a batch is short
AS $$
DECLARE
    began CONSTANT timestamptz := clock_timestamp();
    r control_list.rescreening;
    relation regclass;
    q record;
    size record;
    condition text;
    query text;
    verdict text;
    changed text := 'true';
    prior text;
    synchronous text;
    next_block bigint;
    end_block bigint;
    is_part_done boolean := false;
    rows_found bigint;
    rows_changed bigint;
    said_at interval;
    share_done float8;
    progress text;
BEGIN
    SELECT * INTO STRICT r FROM control_list.rescreening AS s WHERE s.target = rescreen_batch.target FOR UPDATE;
    IF r.finished_at IS NOT NULL THEN
        -- another session has taken turns with this one, or a partitioned table has no partitions
        message := format('%s: nothing is left to do', target);
        is_last := true;
        RETURN;
    END IF;
    relation := r.parts[r.part];
    IF relation IS DISTINCT FROM target THEN
        IF (relation IN (SELECT m FROM control_list.members(target) AS m)) IS NOT TRUE THEN
            -- whoever can write control_list.rescreening must not have others write tables of his
            RAISE EXCEPTION 'relation % is no part of relation % any more', relation, target
                USING ERRCODE = 'object_not_in_prerequisite_state',
                      HINT = 'Call control_list.rescreen() again.';
        END IF;
    END IF;
    q := control_list.screening_query(relation);
    condition := CASE WHEN r.codes IS NULL THEN 'true' ELSE control_list.code_condition(q.code_column, r.codes) END;
    SELECT control_list.blocks_of(relation) AS blocks,
           CASE WHEN c.reltuples > 0 AND c.relpages > 0 THEN c.reltuples / c.relpages ELSE 100 END AS rows_per_block
    INTO size FROM pg_class AS c WHERE c.oid = relation;
    end_block := r.next_block;
    IF r.at_once THEN
        is_part_done := true;
        end_block := size.blocks;
    ELSIF r.next_block >= size.blocks THEN
        is_part_done := true;
        condition := CASE WHEN pg_current_xact_id()::text::numeric - r.horizon::text::numeric = r.transactions THEN 'false'
                          ELSE format('%s AND age(o.xmin) <= %s', condition, age(r.horizon::xid)) END;
    ELSE
        condition := condition || ' AND o.ctid >= $1 AND o.ctid < $2';
    END IF;

    -- what the verdict was, or NULL if that has not changed
    IF q.verdict_column IS NULL AND r.is_known AND q.has_date AND NOT q.has_licenses THEN
        prior := format('control_list.verdict_changed_from(%s, %L)', array_to_string(q.arguments, ', '), r.since);
        changed := prior || ' IS NOT NULL';
    ELSE
        verdict := control_list.verdict_call(relation, q, NULL, NULL);
        IF q.verdict_column IS NOT NULL THEN
            changed := format('%s IS DISTINCT FROM %s', verdict, q.verdict_column);
            prior := format('coalesce(%s, ''not_listed'')', q.verdict_column);
        ELSIF r.is_known AND NOT q.has_licenses THEN
            -- a row of today now, and then of that day
            q.arguments[3] := format('%L::timestamptz', r.since);
            prior := format('nullif(%s, %s)', control_list.verdict_call(relation, q, NULL, r.since), verdict);
        ELSE
            -- of a hit it must be seen by which values the log knows it
            prior := format('CASE WHEN %s = ''not_listed'' THEN nullif(control_list.logged_verdict(%L, %s), ''not_listed'') ELSE ''not_listed'' END',
                            verdict, target, control_list.key_as_json(target));
        END IF;
    END IF;
    query := format('SELECT count(*), count(*) FILTER (WHERE control_list.rescreen_row(%1$L, o.ctid, %5$s, %6$L)) FROM ONLY %1$s AS o%2$s WHERE %3$s AND %4$s',
                    relation, q.joins, condition, changed, prior, r.on_change = 'hold');
    LOOP
        next_block := end_block;
        IF NOT is_part_done THEN
            end_block := least(next_block + ceil(batch / size.rows_per_block), size.blocks);
        END IF;
        EXECUTE query INTO rows_found, rows_changed USING format('(%s,0)', next_block)::tid, format('(%s,0)', end_block)::tid;
        -- as long as no row was touched nobody can wait for this transaction
        EXIT WHEN is_part_done OR rows_found > 0 OR end_block >= size.blocks OR clock_timestamp() - began >= join_for;
    END LOOP;

    is_last := is_part_done AND r.part = cardinality(r.parts);
    said_at := date_trunc('second', r.worked);
    UPDATE control_list.rescreening AS s
    SET part = s.part + is_part_done::int,
        next_block = CASE WHEN is_part_done THEN 0 ELSE end_block END,
        blocks_done = s.blocks_done + end_block - s.next_block,
        transactions = s.transactions + 1,
        changed = s.changed + rows_changed,
        worked = s.worked + (clock_timestamp() - began),
        finished_at = CASE WHEN is_last THEN clock_timestamp() END
    WHERE s.target = rescreen_batch.target
    RETURNING * INTO r;
    IF NOT is_last THEN
        -- only the last batch waits until all that was done is safe
        synchronous := set_config('synchronous_commit', 'off', true);
    END IF;
    IF is_last OR date_trunc('second', r.worked) > said_at THEN
        share_done := CASE WHEN is_last THEN 1 ELSE least(r.blocks_done::float8 / greatest(r.blocks, 1), 0.99) END;
        progress := format('%s verdicts changed, %s rows a second', r.changed,
                           round(share_done * r.rows_expected / extract(epoch FROM r.worked + interval '1 microsecond')::float8));
        message := CASE WHEN is_last THEN format('%s: done, %s', target, progress)
                        ELSE format('%s: %s %%, %s, %s left', target, floor(100 * share_done), progress,
                                    date_trunc('second', r.worked * (1 / greatest(share_done, 0.0001) - 1))) END;
    END IF;
    IF is_last THEN
        IF r.files <> (SELECT p.files FROM control_list.parts_of(target) AS p)
           OR r.generation IS DISTINCT FROM (SELECT i.generation FROM control_list.rulebook_info() AS i)
           OR @extschema@.isempty((control_list.what_changed(r.started_at)).codes) IS NOT TRUE THEN
            RAISE WARNING 'the lists or relation % have changed while it was rescreened', target
                USING DETAIL = 'Rows may have been passed over, or screened by lists of before.',
                      HINT = 'Call control_list.rescreen() again.';
        END IF;
    END IF;
END
$$;
COMMENT ON FUNCTION control_list.rescreen_batch(regclass, int, interval) IS
'screens the next batch of rows of a table, as control_list.rescreening says, and as long as no verdict has changed and this time is not over the next ones, too; says at the end and about once a second how far it has come, else NULL; for control_list.rescreen()';

CREATE PROCEDURE control_list.rescreen(
    target regclass,
    since timestamptz DEFAULT NULL,
    batch int DEFAULT 10000,
    on_change text DEFAULT 'log')
LANGUAGE plpgsql
AS $$
-- a procedure that commits cannot fix its search_path: only what is qualified may stand here
DECLARE
    step record;
BEGIN
    RAISE NOTICE '%', control_list.rescreen_begin(target, since, batch, on_change);
    COMMIT;
    LOOP
        step := control_list.rescreen_batch(target, batch, '100 ms');
        COMMIT;
        IF step.message IS NOT NULL THEN
            RAISE NOTICE '%', step.message;
        END IF;
        EXIT WHEN step.is_last;
    END LOOP;
END
$$;
COMMENT ON PROCEDURE control_list.rescreen(regclass, timestamptz, int, text) IS
'screens the rows of a protected table again that a change of the lists since then (NULL: ever) could have touched, in transactions that write in at most one batch of so many rows; adds a row to control_list.screening_log for each verdict that has changed, and with on_change hold writes it to the verdict column. May be stopped at any time: the same call goes on, if the lists are still the same';

REVOKE EXECUTE ON FUNCTION control_list.logged_verdict(regclass, jsonb, jsonb), control_list.what_changed(timestamptz),
    control_list.rescreen_row(regclass, tid, @extschema@.screening_verdict, boolean) FROM PUBLIC;
