-- Import: copy a file into a temporary table, then apply it as one revision.

CREATE FUNCTION control_list.read_set(codes text) RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'control_list_read_set';
COMMENT ON FUNCTION control_list.read_set(text) IS
'set of codes from text; NULL if it cannot be read';

CREATE FUNCTION control_list.set_problem(codes text) RETURNS text
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'control_list_set_problem';
COMMENT ON FUNCTION control_list.set_problem(text) IS
'what is wrong with a text as a set of codes; NULL if nothing is';

CREATE FUNCTION control_list.date_problem(day text) RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
BEGIN
    IF day !~ '^\d{4}-\d{2}-\d{2}$' THEN
        RETURN 'A date is written as 2024-09-09.';
    END IF;
    PERFORM day::date;
    RETURN NULL;
EXCEPTION WHEN data_exception THEN
    RETURN 'There is no such day.';
END
$$;
COMMENT ON FUNCTION control_list.date_problem(text) IS
'what is wrong with a text as a date; NULL if nothing is';

CREATE FUNCTION control_list.condition_problem(condition text) RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM control_list.check_condition(condition::jsonpath);
    RETURN NULL;
EXCEPTION WHEN data_exception OR syntax_error THEN
    RETURN upper(left(SQLERRM, 1)) || substr(SQLERRM, 2) || '.';
END
$$;
COMMENT ON FUNCTION control_list.condition_problem(text) IS
'what is wrong with a text as a condition; NULL if nothing is';

CREATE FUNCTION control_list.split_destinations(destinations text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10
RETURN pg_catalog.regexp_split_to_array(pg_catalog.btrim(destinations, '{} '), '[, ;]+');
COMMENT ON FUNCTION control_list.split_destinations(text) IS
'destinations of a cell, where commas, semicolons or spaces stand between them';

CREATE FUNCTION control_list.destinations_problem(destinations text) RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM control_list.check_destinations(control_list.split_destinations(destinations));
    RETURN NULL;
EXCEPTION WHEN check_violation THEN
    RETURN upper(left(SQLERRM, 1)) || substr(SQLERRM, 2) || '.';
END
$$;
COMMENT ON FUNCTION control_list.destinations_problem(text) IS
'what is wrong with a cell of destinations; NULL if nothing is';

CREATE FUNCTION control_list.begin_import(list text) RETURNS void
LANGUAGE plpgsql VOLATILE COST 100
SET search_path = pg_catalog, pg_temp
SET client_min_messages = warning
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM control_list.list AS l WHERE l.code = begin_import.list) THEN
        RAISE EXCEPTION 'list % does not exist', coalesce(quote_literal(list), 'NULL')
            USING ERRCODE = 'no_data_found',
                  HINT = 'Insert it into control_list.list first.';
    END IF;
    DROP TABLE IF EXISTS pg_temp.control_list_import;
    CREATE TEMPORARY TABLE control_list_import (
        item text,
        hs_code text,
        except_codes text,
        destinations text,
        measure text,
        effective_from text,
        effective_to text,
        applies_if text,
        exempt_if text,
        remark text
    );
    EXECUTE format('COMMENT ON TABLE pg_temp.control_list_import IS %L', list);
END
$$;
COMMENT ON FUNCTION control_list.begin_import(text) IS
'makes the temporary table control_list_import, into which a file of the list is copied: item, hs_code, except_codes, destinations, measure, effective_from, effective_to, applies_if, exempt_if, remark, all text; SQLSTATE P0002 if there is no such list';

CREATE FUNCTION control_list.import_problems(effective date DEFAULT NULL)
RETURNS TABLE (line bigint, field text, value text, problem text)
LANGUAGE plpgsql STABLE COST 100
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
BEGIN
    -- the first line of a file is its header
    RETURN QUERY
    SELECT i.line, p.field, p.value, p.problem
    FROM (SELECT row_number() OVER (ORDER BY r.ctid) + 1 AS line, r.* FROM pg_temp.control_list_import AS r) AS i,
         LATERAL (VALUES
            ('item', i.item,
             CASE WHEN btrim(coalesce(i.item, i.hs_code, '')) = '' THEN 'A row needs an item or a code.' END),
            ('hs_code', i.hs_code, control_list.range_problem(nullif(btrim(i.hs_code), ''))),
            ('except_codes', i.except_codes,
             CASE WHEN nullif(btrim(i.hs_code), '') IS NULL AND btrim(i.except_codes) <> ''
                  THEN 'There are no codes to except from.'
                  ELSE control_list.set_problem(nullif(btrim(i.except_codes), '')) END),
            ('destinations', i.destinations, control_list.destinations_problem(nullif(btrim(i.destinations), ''))),
            ('measure', i.measure,
             CASE WHEN btrim(i.measure) NOT IN ('', 'review', 'license_required', 'prohibited')
                  THEN 'A measure is review, license_required or prohibited.' END),
            ('effective_from', i.effective_from, control_list.date_problem(nullif(btrim(i.effective_from), ''))),
            ('effective_to', i.effective_to,
             coalesce(control_list.date_problem(nullif(btrim(i.effective_to), '')),
                      -- days as ISO texts sort as days do
                      CASE WHEN btrim(i.effective_to) <> ''
                            AND btrim(i.effective_to) COLLATE "C"
                                < coalesce(nullif(btrim(i.effective_from), ''), effective::text)
                           THEN 'The last day is before the first.' END)),
            ('applies_if', i.applies_if, control_list.condition_problem(nullif(btrim(i.applies_if), ''))),
            ('exempt_if', i.exempt_if, control_list.condition_problem(nullif(btrim(i.exempt_if), '')))
         ) AS p (field, value, problem)
    WHERE p.problem IS NOT NULL
    ORDER BY i.line;
END
$$;
COMMENT ON FUNCTION control_list.import_problems(date) IS
'what cannot be read in control_list_import; lines are counted as in one file with a header and without line breaks inside a value; effective is the first day of rows without effective_from';

CREATE FUNCTION control_list.apply_import(
    label text,
    announced date DEFAULT NULL,
    effective date DEFAULT NULL,
    expected_total bigint DEFAULT NULL)
RETURNS bigint
LANGUAGE plpgsql VOLATILE COST 100
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    list_code text;
    total bigint;
    refused bigint;
    details text;
BEGIN
    list_code := obj_description(to_regclass('pg_temp.control_list_import'), 'pg_class');
    IF NOT EXISTS (SELECT FROM control_list.list AS l WHERE l.code = list_code) THEN
        RAISE EXCEPTION 'there is no import to apply'
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  HINT = 'Call control_list.begin_import() and copy the file into control_list_import first.';
    END IF;
    IF coalesce(label, '') = '' THEN
        RAISE EXCEPTION 'a revision needs a label'
            USING ERRCODE = 'null_value_not_allowed';
    END IF;
    SELECT count(*) INTO total FROM pg_temp.control_list_import;
    IF total = 0 THEN
        RAISE EXCEPTION 'import into list % is empty', list_code
            USING ERRCODE = 'no_data_found',
                  HINT = 'Copy the file into control_list_import, then apply the import.';
    END IF;
    IF total <> expected_total THEN
        RAISE EXCEPTION 'import into list % has % rows instead of %', list_code, total, expected_total
            USING ERRCODE = 'cardinality_violation',
                  HINT = 'The file may be cut short or hold rows that are no items.';
    END IF;

    SELECT count(*), string_agg(format('line %s: %s %s: %s', p.line, p.field,
                                       coalesce(quote_literal(left(p.value, 80)), 'NULL'), p.problem),
                                E'\n' ORDER BY p.line) FILTER (WHERE p.number <= 10)
    INTO refused, details
    FROM (SELECT row_number() OVER () AS number, * FROM control_list.import_problems(effective)) AS p;
    IF refused > 0 THEN
        RAISE EXCEPTION 'import into list % has % values that cannot be read', list_code, refused
            USING ERRCODE = 'data_exception',
                  DETAIL = details || CASE WHEN refused > 10 THEN format(E'\nand %s more', refused - 10) ELSE '' END,
                  HINT = 'Nothing was applied. SELECT * FROM control_list.import_problems() shows all of them.';
    END IF;

    INSERT INTO control_list.revision (list, label, announced, effective)
    VALUES (list_code, label, announced, effective);

    INSERT INTO control_list.entry
        (list, item, codes, except_codes, destinations, measure, valid, applies_if, exempt_if, remark, revision)
    SELECT list_code,
           btrim(coalesce(nullif(btrim(i.item), ''), i.hs_code)),
           control_list.read_range(nullif(btrim(i.hs_code), '')),
           control_list.read_set(nullif(btrim(i.except_codes), '')),
           control_list.split_destinations(nullif(btrim(i.destinations), '')),
           nullif(btrim(i.measure), '')::@extschema@.screening_verdict,
           daterange(coalesce(nullif(btrim(i.effective_from), '')::date, effective),
                     nullif(btrim(i.effective_to), '')::date, '[]'),
           nullif(btrim(i.applies_if), '')::jsonpath,
           nullif(btrim(i.exempt_if), '')::jsonpath,
           nullif(i.remark, ''),
           label
    FROM pg_temp.control_list_import AS i
    ORDER BY i.ctid;

    DROP TABLE pg_temp.control_list_import;
    RETURN total;
END
$$;
COMMENT ON FUNCTION control_list.apply_import(text, date, date, bigint) IS
'adds what was copied into control_list_import to its list as one revision and returns the number of rows; all of it or, with an error that names line and value, nothing. effective is the first day of rows without effective_from; effective_to is the last day. SQLSTATE 22000 for values that cannot be read, 21000 if the rows are not expected_total, P0002 for an empty import, 55000 if none has begun';
