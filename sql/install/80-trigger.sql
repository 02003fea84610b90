-- The trigger that keeps restricted orders out of a table.

CREATE FUNCTION control_list.text_array(value jsonb) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
RETURN CASE
           WHEN value IS NULL OR value = 'null' THEN NULL
           WHEN pg_catalog.jsonb_typeof(value) = 'array'
               THEN ARRAY(SELECT pg_catalog.jsonb_array_elements_text(value))
           ELSE ARRAY[value #>> '{}']
       END;
COMMENT ON FUNCTION control_list.text_array(jsonb) IS
'array of texts from the JSON form of a column that holds an array or a single text';

CREATE FUNCTION control_list.block_shipment() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    known CONSTANT text[] := '{hs_code,destination,ship_date,via,attributes,licenses,jurisdictions,tariff,block_at}';
    required CONSTANT text[] := '{hs_code,destination,ship_date}';
    options jsonb := '{}';
    argument text;
    name text;
    value text;
    shipment jsonb := to_jsonb(NEW);
    block_at @extschema@.screening_verdict := 'review';
    hs_code text;
    destination text;
    ship_date text;
    date_type regtype;
    ship_day date;
    instant timestamptz;
    via text[];
    attributes jsonb;
    licenses text[];
    jurisdictions text[];
    tariff text;
    verdict @extschema@.screening_verdict;
    hit @extschema@.screening_hit;
BEGIN
    IF TG_WHEN <> 'AFTER' OR TG_LEVEL <> 'ROW' OR TG_OP NOT IN ('INSERT', 'UPDATE') THEN
        RAISE EXCEPTION 'control_list.block_shipment() must be fired AFTER INSERT OR UPDATE FOR EACH ROW'
            USING ERRCODE = 'trigger_protocol_violated',
                  HINT = 'A BEFORE trigger would not see what later triggers change.';
    END IF;

    FOREACH argument IN ARRAY coalesce(TG_ARGV[:], '{}') LOOP
        name := btrim(split_part(argument, '=', 1));
        value := btrim(substr(argument, strpos(argument, '=') + 1));
        IF strpos(argument, '=') = 0 OR NOT name = ANY (known) OR value = '' OR options ? name THEN
            RAISE EXCEPTION 'trigger "%" has an invalid argument %', TG_NAME, quote_literal(argument)
                USING ERRCODE = 'invalid_parameter_value',
                      HINT = 'Write each of ' || array_to_string(known, ', ') || ' at most once, as in ''hs_code=column''.';
        END IF;
        IF name = 'block_at' THEN
            block_at := value::@extschema@.screening_verdict;
        ELSIF NOT shipment ? value THEN
            RAISE EXCEPTION 'column "%" of relation "%" does not exist', value, TG_TABLE_NAME
                USING ERRCODE = 'undefined_column',
                      DETAIL = format('Trigger "%s" takes %s from it.', TG_NAME, name),
                      SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME;
        END IF;
        options := options || jsonb_build_object(name, value);
    END LOOP;
    IF NOT options ?& required THEN
        RAISE EXCEPTION 'trigger "%" lacks an argument', TG_NAME
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Name the columns of ' || array_to_string(required, ', ') || ', as in ''hs_code=column''.';
    END IF;
    IF block_at < 'review' THEN
        RAISE EXCEPTION 'trigger "%" cannot block at %', TG_NAME, block_at
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Goods may go without a person below review; block at review or above.';
    END IF;

    hs_code := btrim(shipment ->> (options ->> 'hs_code'));
    destination := btrim(shipment ->> (options ->> 'destination'));
    ship_date := shipment ->> (options ->> 'ship_date');
    WITH RECURSIVE base AS (
        SELECT a.atttypid AS type
        FROM pg_attribute AS a
        WHERE a.attrelid = TG_RELID AND a.attname = options ->> 'ship_date'
        UNION ALL
        SELECT t.typbasetype FROM base AS b JOIN pg_type AS t ON t.oid = b.type AND t.typtype = 'd'
    )
    SELECT b.type INTO date_type
    FROM base AS b JOIN pg_type AS t ON t.oid = b.type
    WHERE t.typtype <> 'd';
    IF date_type = 'timestamptz'::regtype THEN
        instant := ship_date::timestamptz;
    ELSIF date_type IN ('date'::regtype, 'timestamp'::regtype) THEN
        ship_day := ship_date::date;
    ELSE
        RAISE EXCEPTION 'column "%" of relation "%" is of type %', options ->> 'ship_date', TG_TABLE_NAME, date_type
            USING ERRCODE = 'datatype_mismatch',
                  HINT = 'The column of ship_date must be of type date, timestamp or timestamptz.';
    END IF;

    via := control_list.text_array(shipment -> (options ->> 'via'));
    attributes := nullif(shipment -> (options ->> 'attributes'), 'null');
    licenses := control_list.text_array(shipment -> (options ->> 'licenses'));
    jurisdictions := control_list.text_array(shipment -> (options ->> 'jurisdictions'));
    tariff := shipment ->> (options ->> 'tariff');
    IF date_type = 'timestamptz'::regtype THEN
        verdict := @extschema@.screen_shipment_at(hs_code, destination, instant, via, attributes, licenses, jurisdictions, tariff);
    ELSE
        verdict := @extschema@.screen_shipment(hs_code, destination, ship_day, via, attributes, licenses, jurisdictions, tariff);
    END IF;
    IF verdict < block_at THEN
        RETURN NULL;
    END IF;

    IF date_type = 'timestamptz'::regtype THEN
        SELECT h.* INTO STRICT hit
        FROM control_list.screening_hits_at(hs_code, destination, instant, via, attributes, licenses, jurisdictions, tariff) AS h
        LIMIT 1;
    ELSE
        SELECT h.* INTO STRICT hit
        FROM @extschema@.screening_hits(hs_code, destination, ship_day, via, attributes, licenses, jurisdictions, tariff) AS h
        LIMIT 1;
    END IF;

    RAISE EXCEPTION USING
        ERRCODE = 'check_violation',
        MESSAGE = format('shipment of %s to %s is blocked: %s',
            coalesce(hs_code, 'goods without an HS code'),
            coalesce(destination, 'an unknown destination'),
            replace(hit.verdict::text, '_', ' ')),
        DETAIL = hit.reason || CASE WHEN hit.entry_id IS NULL THEN ''
            ELSE format(' The item is in force%s%s.',
                        coalesce(' since ' || to_char(lower(hit.valid), 'YYYY-MM-DD'), ''),
                        coalesce(' under ' || hit.legal_basis, '')) END,
        HINT = CASE
            WHEN hit.verdict = 'prohibited' THEN 'No license is possible for these goods; the order must not be shipped.'
            WHEN hit.verdict = 'license_required' THEN 'Apply for a license of the authority, or change the order.'
            WHEN hit.verdict = 'incomplete' THEN 'Complete the data of the order.'
            ELSE 'Let a person of export control review the order.' END
            || ' screening_hits() shows every reason.',
        CONSTRAINT = TG_NAME,
        SCHEMA = TG_TABLE_SCHEMA,
        TABLE = TG_TABLE_NAME,
        COLUMN = options ->> 'hs_code';
END
$$;
COMMENT ON FUNCTION control_list.block_shipment() IS
'trigger AFTER INSERT OR UPDATE FOR EACH ROW that refuses rows (SQLSTATE 23514) whose verdict is block_at (default review) or above; arguments name columns: hs_code=, destination=, ship_date= and, if wanted, via=, attributes=, licenses=, jurisdictions=, tariff=';
