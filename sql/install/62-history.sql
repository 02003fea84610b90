-- What was recorded earlier: each row of a list, a group or an entry that was changed or
-- deleted since, with the time for which it was recorded.  See docs/history.md.

CREATE TABLE control_list.list_history (
    LIKE control_list.list INCLUDING COMMENTS,
    CHECK (recorded = pg_catalog.tstzrange(pg_catalog.lower(recorded), pg_catalog.upper(recorded))
           AND pg_catalog.isfinite(pg_catalog.lower(recorded)) IS TRUE
           AND pg_catalog.isfinite(pg_catalog.upper(recorded)) IS TRUE)
);
COMMENT ON TABLE control_list.list_history IS
'lists as they were recorded earlier; written by UPDATE, DELETE and TRUNCATE of control_list.list, and never changed';

CREATE TABLE control_list.destination_group_history (
    LIKE control_list.destination_group INCLUDING COMMENTS,
    CHECK (recorded = pg_catalog.tstzrange(pg_catalog.lower(recorded), pg_catalog.upper(recorded))
           AND pg_catalog.isfinite(pg_catalog.lower(recorded)) IS TRUE
           AND pg_catalog.isfinite(pg_catalog.upper(recorded)) IS TRUE)
);
COMMENT ON TABLE control_list.destination_group_history IS
'members of groups as they were recorded earlier; written by UPDATE, DELETE and TRUNCATE of control_list.destination_group, and never changed';

CREATE TABLE control_list.entry_history (
    LIKE control_list.entry INCLUDING COMMENTS,
    CHECK (recorded = pg_catalog.tstzrange(pg_catalog.lower(recorded), pg_catalog.upper(recorded))
           AND pg_catalog.isfinite(pg_catalog.lower(recorded)) IS TRUE
           AND pg_catalog.isfinite(pg_catalog.upper(recorded)) IS TRUE)
);
COMMENT ON TABLE control_list.entry_history IS
'entries as they were recorded earlier; written by UPDATE, DELETE and TRUNCATE of control_list.entry, and never changed';

CREATE INDEX entry_history_id_idx ON control_list.entry_history (id);
CREATE INDEX entry_history_list_item_idx ON control_list.entry_history (list, item);

SELECT pg_catalog.pg_extension_config_dump('control_list.list_history', '');
SELECT pg_catalog.pg_extension_config_dump('control_list.destination_group_history', '');
SELECT pg_catalog.pg_extension_config_dump('control_list.entry_history', '');

CREATE FUNCTION control_list.record_change() RETURNS trigger
LANGUAGE C
AS 'MODULE_PATHNAME', 'control_list_record_change';
COMMENT ON FUNCTION control_list.record_change() IS
'trigger of the list tables: keeps the old row in the history, and notes since when the new one is recorded';

CREATE FUNCTION control_list.refuse_change() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION '% on table % is refused: what was recorded stays', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'object_not_in_prerequisite_state',
              HINT = 'A mistake is corrected in the list itself, where the history shows when it was known.',
              SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
END
$$;
COMMENT ON FUNCTION control_list.refuse_change() IS
'trigger of the histories: SQLSTATE 55000 for UPDATE, DELETE and TRUNCATE';

-- who has a trigger on a table of his own would write histories
REVOKE EXECUTE ON FUNCTION control_list.record_change() FROM PUBLIC;

-- Ordinary triggers: a subscriber gets histories from its publisher.  They come after
-- change_begins and change_row, which they expect.
DO $$
DECLARE
    recorded text;
BEGIN
    FOREACH recorded IN ARRAY ARRAY['list', 'destination_group', 'entry'] LOOP
        EXECUTE pg_catalog.format($sql$
            CREATE TRIGGER record_change
                BEFORE INSERT OR UPDATE OR DELETE ON control_list.%1$s
                FOR EACH ROW EXECUTE FUNCTION control_list.record_change();
            COMMENT ON TRIGGER record_change ON control_list.%1$s IS
            'keeps the old row in the history';
            CREATE TRIGGER record_truncate
                BEFORE TRUNCATE ON control_list.%1$s
                FOR EACH STATEMENT EXECUTE FUNCTION control_list.record_change();
            COMMENT ON TRIGGER record_truncate ON control_list.%1$s IS
            'keeps all rows in the history';
            CREATE TRIGGER refuse_change
                BEFORE UPDATE OR DELETE OR TRUNCATE ON control_list.%1$s_history
                FOR EACH STATEMENT EXECUTE FUNCTION control_list.refuse_change();
            COMMENT ON TRIGGER refuse_change ON control_list.%1$s_history IS
            'what was recorded stays';
        $sql$, recorded);
    END LOOP;
END
$$;

CREATE TRIGGER record_change
    BEFORE INSERT ON control_list.revision
    FOR EACH ROW EXECUTE FUNCTION control_list.record_change();
COMMENT ON TRIGGER record_change ON control_list.revision IS
'a revision is recorded at the same instant as what its transaction does to the list';
