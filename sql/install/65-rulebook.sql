-- What tells a backend that the lists have changed; see docs/rulebook-cache.md.

CREATE TABLE control_list.generation (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    id uuid NOT NULL DEFAULT pg_catalog.gen_random_uuid(),
    changed_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
    unrecorded_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp()
);
COMMENT ON TABLE control_list.generation IS
'one row, which every transaction replaces that changes a list: rulebooks are kept by its id. Never dumped, and nothing to be edited by hand';
COMMENT ON COLUMN control_list.generation.single IS
'true: there is one row';
COMMENT ON COLUMN control_list.generation.id IS
'the state of the lists; a uuid, since numbers repeat on subscribers and after the extension is created again';
COMMENT ON COLUMN control_list.generation.changed_at IS
'since when the changes of that transaction are recorded; it never goes back, even if the clock does';
COMMENT ON COLUMN control_list.generation.unrecorded_at IS
'when something of which no history is kept, the nomenclature, was changed last, or may have been';

CREATE FUNCTION control_list.note_change() RETURNS trigger
LANGUAGE C
AS 'MODULE_PATHNAME', 'control_list_note_change';
COMMENT ON FUNCTION control_list.note_change() IS
'trigger of the list tables: tells the backend that its transaction changes lists, and replaces the generation';

CREATE FUNCTION control_list.announce_change() RETURNS trigger
LANGUAGE C
AS 'MODULE_PATHNAME', 'control_list_announce_change';
COMMENT ON FUNCTION control_list.announce_change() IS
'trigger of control_list.generation: holds the lock of all editors to the end of the transaction, and tells other backends to look at the generation again';

CREATE TRIGGER change_announced
    BEFORE INSERT OR UPDATE OR DELETE ON control_list.generation
    FOR EACH ROW EXECUTE FUNCTION control_list.announce_change();
COMMENT ON TRIGGER change_announced ON control_list.generation IS
'other backends hear of it before they can see it';
ALTER TABLE control_list.generation ENABLE ALWAYS TRIGGER change_announced;

-- announced as well: another extension may have been dropped in this transaction
INSERT INTO control_list.generation DEFAULT VALUES;

-- who has a trigger on a table of his own would hold the lock of all editors
REVOKE EXECUTE ON FUNCTION control_list.note_change(), control_list.check_rows() FROM PUBLIC;

-- all that a rulebook is made of, of now or of earlier
DO $$
DECLARE
    source text;
BEGIN
    FOREACH source IN ARRAY ARRAY['list', 'destination_group', 'entry',
                                  'list_history', 'destination_group_history', 'entry_history', 'nomenclature'] LOOP
        EXECUTE pg_catalog.format($sql$
            CREATE TRIGGER change_begins
                BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON control_list.%1$s
                FOR EACH STATEMENT EXECUTE FUNCTION control_list.note_change();
            COMMENT ON TRIGGER change_begins ON control_list.%1$s IS
            'from here on the transaction screens by rulebooks of its own';
            CREATE TRIGGER change_row
                BEFORE INSERT OR UPDATE OR DELETE ON control_list.%1$s
                FOR EACH ROW EXECUTE FUNCTION control_list.note_change();
            COMMENT ON TRIGGER change_row ON control_list.%1$s IS
            'the same for whoever writes rows without statements, as logical replication does';
            CREATE TRIGGER change_made
                AFTER INSERT OR UPDATE OR DELETE ON control_list.%1$s
                FOR EACH ROW EXECUTE FUNCTION control_list.note_change();
            COMMENT ON TRIGGER change_made ON control_list.%1$s IS
            'replaces the generation';
            CREATE TRIGGER change_ends
                AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON control_list.%1$s
                FOR EACH STATEMENT EXECUTE FUNCTION control_list.note_change();
            COMMENT ON TRIGGER change_ends ON control_list.%1$s IS
            'replaces the generation after TRUNCATE';
            ALTER TABLE control_list.%1$s
                ENABLE ALWAYS TRIGGER change_begins, ENABLE ALWAYS TRIGGER change_row,
                ENABLE ALWAYS TRIGGER change_made, ENABLE ALWAYS TRIGGER change_ends;
        $sql$, source);
    END LOOP;
END
$$;

CREATE FUNCTION control_list.rulebook_info(
    OUT generation uuid,
    OUT entries bigint,
    OUT intervals bigint,
    OUT bytes bigint,
    OUT compile_time interval,
    OUT builds bigint,
    OUT lookups bigint,
    OUT rulebooks int,
    OUT problem text)
LANGUAGE C VOLATILE PARALLEL RESTRICTED COST 100
AS 'MODULE_PATHNAME', 'control_list_rulebook_info';
COMMENT ON FUNCTION control_list.rulebook_info() IS
'the rulebook by which this backend screens now, loaded if need be: generation (NULL: a private one, of a transaction that has changed lists), its coded entries (each once more where its groups change), intervals of codes and bytes, how long it took to load and compile, how many were built and how many shipments screened by this backend, how many are kept, and why none can be kept (NULL: they can)';
