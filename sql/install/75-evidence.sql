-- Evidence: what was screened, and what the answer was; see docs/evidence.md.

CREATE TABLE control_list.screening_log (
    logged_at timestamptz NOT NULL,
    login text NOT NULL,
    role text,
    target text NOT NULL,
    key jsonb,
    inputs jsonb NOT NULL,
    verdict @extschema@.screening_verdict NOT NULL,
    hits jsonb NOT NULL,
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
'state of the lists by which was screened (control_list.generation)';

CREATE TABLE control_list.screening_log_default PARTITION OF control_list.screening_log DEFAULT;
COMMENT ON TABLE control_list.screening_log_default IS
'screenings of months for which nobody has made a partition yet';
SELECT pg_catalog.pg_extension_config_dump('control_list.screening_log_default', '');

CREATE FUNCTION control_list.screened_generation() RETURNS uuid
LANGUAGE C VOLATILE PARALLEL RESTRICTED COST 10
AS 'MODULE_PATHNAME', 'control_list_screened_generation';
COMMENT ON FUNCTION control_list.screened_generation() IS
'state of the lists by which this transaction has screened last; the current one if it has not, NULL if there is none';

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
