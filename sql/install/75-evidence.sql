-- Evidence: what was screened, and what the answer was; see docs/evidence.md.

CREATE TABLE control_list.screening_log (
    logged_at timestamptz NOT NULL,
    login text NOT NULL,
    role text,
    target text NOT NULL,
    key jsonb,
    inputs jsonb NOT NULL,
    verdict @extschema@.screening_verdict NOT NULL,
    hits jsonb NOT NULL CHECK (pg_catalog.jsonb_typeof(hits) = 'array'),
    generation uuid
) PARTITION BY RANGE (logged_at);
COMMENT ON TABLE control_list.screening_log IS
'screenings of protected tables; rows are added and never changed, and go by whole months with control_list.drop_log_partitions()';
COMMENT ON COLUMN control_list.screening_log.logged_at IS
'when it was screened, by the clock of the server';
COMMENT ON COLUMN control_list.screening_log.login IS
'who was logged in (session_user)';
COMMENT ON COLUMN control_list.screening_log.role IS
'the role that SET ROLE had chosen; NULL: none';
COMMENT ON COLUMN control_list.screening_log.target IS
'the table, with its schema, as it was called then';
COMMENT ON COLUMN control_list.screening_log.key IS
'the key of the row, for example {"id": 7}; NULL: the table has none';
COMMENT ON COLUMN control_list.screening_log.inputs IS
'what was screened: the arguments of the screening by name';
COMMENT ON COLUMN control_list.screening_log.verdict IS
'the answer';
COMMENT ON COLUMN control_list.screening_log.hits IS
'why: an array of screening_hits(), each with entry_id, list and revision';
COMMENT ON COLUMN control_list.screening_log.generation IS
'state of the lists by which was screened (control_list.generation); NULL: they could change unnoticed, as rulebook_info() says';

-- ---- nothing is changed ----

CREATE FUNCTION control_list.keep_log() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'cannot % table "%"', CASE TG_OP WHEN 'DELETE' THEN 'delete from' ELSE lower(TG_OP) END, TG_TABLE_NAME
        USING ERRCODE = 'object_not_in_prerequisite_state',
              DETAIL = 'The log of screenings is evidence: rows are added and never changed.',
              HINT = 'Use control_list.drop_log_partitions() to remove whole months that need not be kept any longer.',
              SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
END
$$;
COMMENT ON FUNCTION control_list.keep_log() IS
'trigger of control_list.screening_log and its partitions: SQLSTATE 55000 for UPDATE, DELETE and TRUNCATE, whoever tries';

-- partitions get the trigger of rows from their parent, and that of TRUNCATE from who makes them
CREATE TRIGGER keep_rows
    BEFORE UPDATE OR DELETE ON control_list.screening_log
    FOR EACH ROW EXECUTE FUNCTION control_list.keep_log();
ALTER TABLE control_list.screening_log ENABLE ALWAYS TRIGGER keep_rows;
COMMENT ON TRIGGER keep_rows ON control_list.screening_log IS
'rows are neither updated nor deleted';
CREATE TRIGGER keep_table
    BEFORE TRUNCATE ON control_list.screening_log
    FOR EACH STATEMENT EXECUTE FUNCTION control_list.keep_log();
ALTER TABLE control_list.screening_log ENABLE ALWAYS TRIGGER keep_table;
COMMENT ON TRIGGER keep_table ON control_list.screening_log IS
'no TRUNCATE';

-- ---- partitions ----
--
-- Indexes are those of the partitions alone.  Were there one of the parent, pg_restore, for which the
-- parent comes whole with CREATE EXTENSION, would make those of later partitions twice.  They are hash
-- indexes, since a key may be longer than what fits into a btree.

CREATE FUNCTION control_list.furnish_log_partition(partition regclass, contents text) RETURNS void
LANGUAGE plpgsql VOLATILE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    EXECUTE format('CREATE INDEX ON %s USING hash (key)', partition);
    EXECUTE format('CREATE TRIGGER keep_table BEFORE TRUNCATE ON %s
                    FOR EACH STATEMENT EXECUTE FUNCTION control_list.keep_log()', partition);
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER keep_table', partition);
    EXECUTE format('COMMENT ON TABLE %s IS %L', partition, contents);
END
$$;
COMMENT ON FUNCTION control_list.furnish_log_partition(regclass, text) IS
'index, trigger and comment of a partition of control_list.screening_log';

CREATE TABLE control_list.screening_log_default PARTITION OF control_list.screening_log DEFAULT;
SELECT control_list.furnish_log_partition('control_list.screening_log_default', 'screenings of months that have no partition');
SELECT pg_catalog.pg_extension_config_dump('control_list.screening_log_default', '');

-- SECURITY DEFINER: the partitions belong to the owner of the log, whoever may make them.
CREATE FUNCTION control_list.make_log_partitions(until date) RETURNS SETOF text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER COST 10000 ROWS 10
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    month timestamptz;
    name text;
BEGIN
    IF NOT coalesce(isfinite(until), false) THEN
        RAISE EXCEPTION 'partitions must be made until a day'
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Write the last day for which there should be one.';
    END IF;
    -- readers, too: a query that is planned before and runs after would miss what has moved
    LOCK TABLE ONLY control_list.screening_log IN ACCESS EXCLUSIVE MODE;
    ALTER TABLE control_list.screening_log_default DISABLE TRIGGER keep_rows;
    FOR month IN
        SELECT date_trunc('month', logged_at) FROM control_list.screening_log_default WHERE isfinite(logged_at)
        UNION
        SELECT generate_series(date_trunc('month', now()), until, '1 month')
        ORDER BY 1
    LOOP
        name := 'control_list.screening_log_' || to_char(month, 'YYYY_MM');
        CONTINUE WHEN to_regclass(name) IS NOT NULL;
        EXECUTE format('CREATE TABLE %s (LIKE control_list.screening_log INCLUDING ALL)', name);
        EXECUTE format('WITH moved AS (DELETE FROM control_list.screening_log_default
                                       WHERE logged_at >= %L AND logged_at < %L RETURNING *)
                        INSERT INTO %s SELECT * FROM moved', month, month + interval '1 month', name);
        EXECUTE format('ALTER TABLE control_list.screening_log ATTACH PARTITION %s FOR VALUES FROM (%L) TO (%L)',
                       name, month, month + interval '1 month');
        PERFORM control_list.furnish_log_partition(name::regclass, 'screenings of ' || to_char(month, 'YYYY-MM'));
        RETURN NEXT name;
    END LOOP;
    ALTER TABLE control_list.screening_log_default ENABLE ALWAYS TRIGGER keep_rows;
END
$$;
COMMENT ON FUNCTION control_list.make_log_partitions(date) IS
'makes the partitions of control_list.screening_log from this month to that of the day (in UTC), and those of months of which rows have been added already, which move there; returns their names. To be called now and then, by a role that was granted EXECUTE';
REVOKE EXECUTE ON FUNCTION control_list.make_log_partitions(date) FROM PUBLIC;

-- ---- what need not be kept any longer ----

CREATE TABLE control_list.log_retention (
    list text PRIMARY KEY,
    keep interval NOT NULL CHECK (keep > '0')
);
COMMENT ON TABLE control_list.log_retention IS
'how long screenings are kept as evidence; for ever while any list has no row here';
COMMENT ON COLUMN control_list.log_retention.list IS
'code of a list, also one that is gone but stands in the log';
COMMENT ON COLUMN control_list.log_retention.keep IS
'how long its law wants them kept after the month of the screening';
SELECT pg_catalog.pg_extension_config_dump('control_list.log_retention', '');

-- SECURITY INVOKER: only the owner of the log can drop a part of it.
CREATE FUNCTION control_list.drop_log_partitions() RETURNS SETOF text
LANGUAGE plpgsql VOLATILE COST 10000 ROWS 10
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    period record;
    unlimited text;
    keep_until timestamptz;
BEGIN
    FOR period IN
        SELECT c.oid::regclass::text AS name,
               substring(pg_get_expr(c.relpartbound, c.oid) FROM 'TO [(]''([^'']+)''[)]')::timestamptz AS ends
        FROM pg_inherits AS i
        JOIN pg_class AS c ON c.oid = i.inhrelid
        WHERE i.inhparent = 'control_list.screening_log'::regclass
        ORDER BY ends
    LOOP
        EXIT WHEN period.ends IS NULL OR period.ends > now();
        -- what a row does not name was screened, too, so all lists count
        EXECUTE format(
            'SELECT min(n.list) FILTER (WHERE r.keep IS NULL), max($1 + r.keep)
             FROM (SELECT l.code AS list FROM control_list.list AS l
                   UNION
                   SELECT h ->> ''list'' FROM %s AS s, jsonb_array_elements(s.hits) AS h
                   WHERE h ->> ''list'' IS NOT NULL) AS n
             LEFT JOIN control_list.log_retention AS r USING (list)', period.name)
        INTO unlimited, keep_until
        USING period.ends;
        IF unlimited IS NOT NULL THEN
            RAISE NOTICE 'table % is kept, since list % has no row in control_list.log_retention',
                period.name, quote_literal(unlimited);
        END IF;
        EXIT WHEN unlimited IS NOT NULL OR keep_until IS NULL OR keep_until > now();
        EXECUTE format('DROP TABLE %s', period.name);
        RAISE LOG 'control_list dropped table %, whose screenings were to be kept until %', period.name, keep_until;
        RETURN NEXT period.name;
    END LOOP;
END
$$;
COMMENT ON FUNCTION control_list.drop_log_partitions() IS
'drops the oldest months of control_list.screening_log, each as long as it is older than what control_list.log_retention says of every list that exists or is named in it; returns their names. For the owner of the log';
REVOKE EXECUTE ON FUNCTION control_list.drop_log_partitions(), control_list.furnish_log_partition(regclass, text) FROM PUBLIC;

-- ---- what is added ----

CREATE FUNCTION control_list.screened_generation() RETURNS uuid
LANGUAGE C VOLATILE PARALLEL RESTRICTED COST 10
AS 'MODULE_PATHNAME', 'control_list_screened_generation';
COMMENT ON FUNCTION control_list.screened_generation() IS
'state of the lists by which this transaction has screened last; the current one if it has not; NULL if lists could change unnoticed, as rulebook_info() says';

-- SECURITY DEFINER: rows are added by screenings alone, and nobody may insert them.  The trigger of a
-- protected table calls it with the rights of the owner.
CREATE FUNCTION control_list.log_screening(
    target regclass,
    key jsonb,
    inputs jsonb,
    verdict @extschema@.screening_verdict,
    hits jsonb)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER COST 100
SET search_path = pg_catalog, pg_temp
SET quote_all_identifiers = off
AS $$
BEGIN
    INSERT INTO control_list.screening_log (logged_at, login, role, target, key, inputs, verdict, hits, generation)
    VALUES (clock_timestamp(), session_user, nullif(current_setting('role'), 'none'), target, key, inputs, verdict,
            coalesce(hits, '[]'), control_list.screened_generation());
END
$$;
COMMENT ON FUNCTION control_list.log_screening(regclass, jsonb, jsonb, @extschema@.screening_verdict, jsonb) IS
'adds a row to control_list.screening_log; for the trigger of protected tables, and granted to nobody, since rows must not be forged';
REVOKE EXECUTE ON FUNCTION control_list.log_screening(regclass, jsonb, jsonb, @extschema@.screening_verdict, jsonb) FROM PUBLIC;
