-- Import: copy a file into a temporary table, compare it with the list, apply it as one revision.
--
-- begin_import() makes control_list_import, into which the file is copied as it is.  apply_import() reads it
-- into control_list_line and control_list_cell, control_list_wanted are the entries that lines stand for, and
-- control_list_pair is which of them the list has already; control_list_difference is what it returns.  All
-- are temporary tables, so that an import may be as large as a file, and is gone with an error.

-- ---- cells ----

CREATE FUNCTION control_list.read_cell(
    cell text,
    OUT codes @extschema@.hsrange[],
    OUT ex boolean[],
    OUT except_codes @extschema@.hsmultirange,
    OUT korean boolean,
    OUT pads_heading boolean,
    OUT problem text)
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'control_list_read_cell';
COMMENT ON FUNCTION control_list.read_cell(text) IS
'codes as a cell of a list has them (8541, 8542.31; chapters 84 and 85; ex 8703; 8542 except 8542.90), which of them are listed in part, what is excepted from them, whether a code has the Korean form 8542.31-0000, whether one may be a heading that zeros pad, or what is wrong';

CREATE FUNCTION control_list.date_problem(day text) RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
BEGIN
    IF day !~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' THEN
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
DECLARE
    places CONSTANT text[] := control_list.split_destinations(destinations);
BEGIN
    PERFORM control_list.check_destinations(places);
    PERFORM control_list.refuse_unknown_group(places, 'the import');
    RETURN NULL;
EXCEPTION WHEN check_violation OR foreign_key_violation THEN
    RETURN upper(left(SQLERRM, 1)) || substr(SQLERRM, 2) || '.';
END
$$;
COMMENT ON FUNCTION control_list.destinations_problem(text) IS
'what is wrong with a cell of destinations; NULL if nothing is';

CREATE FUNCTION control_list.cell_problem(field text, value text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE field
        WHEN 'destinations' THEN control_list.destinations_problem(value)
        WHEN 'measure' THEN
            CASE WHEN value NOT IN ('review', 'license_required', 'prohibited')
                 THEN 'A measure is review, license_required or prohibited.' END
        WHEN 'effective_from' THEN control_list.date_problem(value)
        WHEN 'effective_to' THEN control_list.date_problem(value)
        WHEN 'applies_if' THEN control_list.condition_problem(value)
        WHEN 'exempt_if' THEN control_list.condition_problem(value)
    END
$$;
COMMENT ON FUNCTION control_list.cell_problem(text, text) IS
'what is wrong with a cell whose value has nothing to do with other cells; NULL if nothing is';

-- ---- columns ----

CREATE FUNCTION control_list.import_columns() RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
RETURN '{item,hs_code,except_codes,destinations,measure,effective_from,effective_to,applies_if,exempt_if,remark}'::text[];
COMMENT ON FUNCTION control_list.import_columns() IS
'the columns that a file may have';

CREATE FUNCTION control_list.has_byte_order_mark(value text) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1
RETURN pg_catalog.substr(pg_catalog.convert_to(pg_catalog."left"(value, 3), 'SQL_ASCII'), 1, 3)
       OPERATOR(pg_catalog.=) '\xefbbbf'::bytea;
COMMENT ON FUNCTION control_list.has_byte_order_mark(text) IS
'does a text begin with the byte order mark of UTF-8?';

CREATE FUNCTION control_list.import_column(name text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT c.name
    FROM unnest(control_list.import_columns()) AS c (name)
    WHERE c.name = translate(lower(btrim(CASE WHEN control_list.has_byte_order_mark(import_column.name)
                                              THEN convert_from(substr(convert_to(import_column.name, 'SQL_ASCII'), 4), getdatabaseencoding())
                                              ELSE import_column.name END) COLLATE "C"), ' -', '__')
$$;
COMMENT ON FUNCTION control_list.import_column(text) IS
'the column that the header of a file means, in capitals or small, with blanks or hyphens in place of _; NULL if there is none';

CREATE FUNCTION control_list.begin_import(list text, columns text[] DEFAULT NULL) RETURNS void
LANGUAGE plpgsql VOLATILE COST 100
SET search_path = pg_catalog, pg_temp
SET client_min_messages = warning
AS $$
DECLARE
    unknown text;
    definition text;
BEGIN
    IF NOT EXISTS (SELECT FROM control_list.list AS l WHERE l.code = begin_import.list) THEN
        RAISE EXCEPTION 'list % does not exist', coalesce(quote_literal(list), 'NULL')
            USING ERRCODE = 'no_data_found',
                  HINT = 'Insert it into control_list.list first.';
    END IF;
    SELECT c.name INTO unknown
    FROM unnest(columns) AS c (name)
    WHERE c.name IS NOT NULL AND control_list.import_column(c.name) IS NULL
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'a file of a list has no column %', quote_literal(unknown)
            USING ERRCODE = 'undefined_column',
                  HINT = format('Columns are %s; write NULL for one that is not to be read.',
                                array_to_string(control_list.import_columns(), ', '));
    END IF;
    SELECT string_agg(format('%I text', coalesce(control_list.import_column(c.name), 'not_read_' || c.n)), ', ' ORDER BY c.n)
    INTO definition
    FROM unnest(coalesce(columns, control_list.import_columns())) WITH ORDINALITY AS c (name, n);
    DROP TABLE IF EXISTS pg_temp.control_list_import;
    EXECUTE format('CREATE TEMPORARY TABLE control_list_import (%s)', definition);
    EXECUTE format('COMMENT ON TABLE pg_temp.control_list_import IS %L', list);
END
$$;
COMMENT ON FUNCTION control_list.begin_import(text, text[]) IS
'makes the temporary table control_list_import, into which a file of the list is copied, with these columns in the order of the file (NULL for one that is not to be read), by default all: item, hs_code, except_codes, destinations, measure, effective_from, effective_to, applies_if, exempt_if, remark. A header that is copied, too, decides instead which column is which. SQLSTATE P0002 if there is no such list';

-- ---- what an import reports ----

CREATE TYPE control_list.import_difference AS (
    difference text,
    line bigint,
    item text,
    field text,
    old_value text,
    value text,
    reason text,
    entries bigint
);
COMMENT ON TYPE control_list.import_difference IS
'one difference between a file and its list: rejected, warning, removed, changed, added, or unchanged with the number of entries; lines are those of the file, whose first is the header';

-- ---- from the file to lines ----

CREATE FUNCTION control_list.import_lines() RETURNS text[]
LANGUAGE plpgsql VOLATILE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    first_row jsonb;
    has_header boolean;
    of_user boolean;
    given text[];
BEGIN
    SELECT to_jsonb(i) INTO first_row
    FROM pg_temp.control_list_import AS i
    WHERE i.ctid = (SELECT min(f.ctid) FROM pg_temp.control_list_import AS f);
    has_header := EXISTS (SELECT FROM jsonb_each_text(first_row) AS h WHERE control_list.import_column(h.value) IS NOT NULL);
    of_user := has_header OR NOT first_row ?& control_list.import_columns();

    -- a line break inside of a value makes a row of several lines
    EXECUTE (
        SELECT format('CREATE TEMPORARY TABLE control_list_line AS
                       SELECT r.row + %s + coalesce(sum(length(r.all) - length(replace(r.all, %L, ''''))) OVER (ORDER BY r.row
                                  ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS line, %s,
                              nullif(btrim(concat(%s)), '''') AS nameless
                       FROM (SELECT i.*, row_number() OVER (ORDER BY i.ctid) AS row, concat(%s) AS all
                             FROM pg_temp.control_list_import AS i) AS r
                       ORDER BY r.row OFFSET %s',
                      CASE WHEN has_header THEN 0 ELSE 1 END, E'\n',
                      (SELECT string_agg(format('nullif(btrim(%s, %L), '''') AS %I', coalesce('r.' || quote_ident(s.source), 'NULL::text'), E' \t\n\v\f\r', f.field),
                                         ', ' ORDER BY f.n)
                       FROM unnest(control_list.import_columns()) WITH ORDINALITY AS f (field, n)
                       LEFT JOIN (SELECT CASE WHEN has_header THEN control_list.import_column(h.value) ELSE h.key END AS field, min(h.key) AS source
                                  FROM jsonb_each_text(first_row) AS h GROUP BY 1) AS s ON s.field = f.field),
                      coalesce(string_agg('r.' || quote_ident(h.key), ', ')
                                   FILTER (WHERE has_header AND btrim(coalesce(h.value, '')) = '' AND NOT starts_with(h.key, 'not_read_')), ''''''),
                      string_agg(quote_ident(h.key), ', '),
                      CASE WHEN has_header THEN 1 ELSE 0 END)
        FROM jsonb_each_text(first_row) AS h);

    INSERT INTO pg_temp.control_list_difference (difference, line, value, reason)
    SELECT 'rejected', 1, h.value, 'This is not the name of a column.'
    FROM jsonb_each_text(first_row) AS h
    WHERE has_header AND btrim(h.value) <> '' AND control_list.import_column(h.value) IS NULL AND NOT starts_with(h.key, 'not_read_')
    UNION ALL
    SELECT 'rejected', 1, control_list.import_column(h.value), 'Two columns have this name.'
    FROM jsonb_each_text(first_row) AS h
    WHERE has_header
    GROUP BY control_list.import_column(h.value)
    HAVING count(control_list.import_column(h.value)) > 1
    UNION ALL
    SELECT 'rejected', l.line, l.nameless, 'The header has no name for this value.'
    FROM pg_temp.control_list_line AS l
    WHERE l.nameless IS NOT NULL;

    -- a column that was not copied has no value in any line
    EXECUTE (SELECT format('SELECT array_remove(ARRAY[%s], NULL) FROM pg_temp.control_list_line',
                           string_agg(format('CASE WHEN %L OR count(%I) > 0 THEN %L END',
                                             of_user AND f.field IN (SELECT CASE WHEN has_header THEN control_list.import_column(h.value) ELSE h.key END
                                                                     FROM jsonb_each_text(first_row) AS h),
                                             f.field, f.field), ', '))
             FROM unnest(control_list.import_columns()) AS f (field))
    INTO given;
    RETURN given;
END
$$;
COMMENT ON FUNCTION control_list.import_lines() IS
'first step of an import: reads control_list_import into control_list_line, whose columns have the names of the header, and returns the columns that the file has';

-- ---- what is wrong with lines ----

CREATE FUNCTION control_list.import_cells(of_list control_list.list, effective date) RETURNS void
LANGUAGE plpgsql VOLATILE COST 1000
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    has_items CONSTANT boolean := EXISTS (SELECT FROM pg_temp.control_list_line AS l WHERE l.item IS NOT NULL);
    is_korean CONSTANT boolean := control_list.jurisdiction(of_list.tariff) IS NOT DISTINCT FROM 'KR';
    last_line CONSTANT bigint := (SELECT max(l.line) FROM pg_temp.control_list_line AS l);
    rows_before CONSTANT text := (SELECT count(*) - 1 FROM pg_temp.control_list_line AS l);
    iso CONSTANT text := '^[0-9]{4}-[0-9]{2}-[0-9]{2}$';
BEGIN
    CREATE TEMPORARY TABLE control_list_cell AS
    SELECT l.line, c.codes, c.ex, c.problem, coalesce(c.korean, false) OR coalesce(x.korean, false) AS korean, c.pads_heading,
           x.problem AS except_problem, true = ANY (x.ex) OR x.except_codes IS NOT NULL AS except_of_except,
           coalesce(c.except_codes, '{}') OPERATOR(@extschema@.+) coalesce(@extschema@.hsmultirange(VARIADIC x.codes), '{}') AS except_codes
    FROM pg_temp.control_list_line AS l
    LEFT JOIN LATERAL control_list.read_cell(l.hs_code) AS c ON true
    LEFT JOIN LATERAL control_list.read_cell(l.except_codes) AS x ON true;

    -- cells that stand for themselves: each value is looked at once
    INSERT INTO pg_temp.control_list_difference (difference, line, item, field, value, reason)
    WITH cell AS MATERIALIZED (
        SELECT l.line, l.item, v.field, v.value
        FROM pg_temp.control_list_line AS l,
             LATERAL (VALUES ('destinations', l.destinations), ('measure', l.measure), ('effective_from', l.effective_from),
                             ('effective_to', l.effective_to), ('applies_if', l.applies_if), ('exempt_if', l.exempt_if)) AS v (field, value)
        WHERE v.value IS NOT NULL
    )
    SELECT 'rejected', c.line, c.item, c.field, c.value, d.problem
    FROM (SELECT v.field, v.value, control_list.cell_problem(v.field, v.value) AS problem
          FROM (SELECT DISTINCT c.field, c.value FROM cell AS c OFFSET 0) AS v) AS d
    JOIN cell AS c ON c.field = d.field AND c.value = d.value
    WHERE d.problem IS NOT NULL;

    INSERT INTO pg_temp.control_list_difference (difference, line, item, field, value, reason)
    SELECT 'rejected', l.line, l.item, p.field, p.value, p.reason
    FROM pg_temp.control_list_line AS l
    JOIN pg_temp.control_list_cell AS c ON c.line = l.line,
         LATERAL (VALUES
            ('item', l.item,
             CASE WHEN l.item IS NULL AND l.hs_code IS NULL THEN 'A row needs an item or a code.'
                  WHEN l.item IS NULL AND has_items THEN 'Other rows have an item; a merged cell may have lost it.'
                  WHEN l.item ~* '^((grand|sub)[ -]?)?totals?([^a-z0-9_][^a-z]*)?$' THEN 'This is a total, not an item.'
                  WHEN l.line <= 2 AND control_list.has_byte_order_mark(coalesce(l.item, l.hs_code)) THEN 'A byte order mark stands before it.'
             END),
            ('hs_code', l.hs_code,
             CASE WHEN c.problem IS NOT NULL THEN c.problem
                  WHEN l.line = last_line AND l.hs_code = rows_before THEN 'This is the number of rows before it, a total in whatever language.'
                  WHEN c.korean AND NOT is_korean THEN 'The form 8542.31-0000 is that of the Korean tariff, which is not that of the list.'
             END),
            ('except_codes', l.except_codes,
             CASE WHEN l.except_codes IS NULL THEN NULL
                  WHEN l.hs_code IS NULL THEN 'There are no codes to except from.'
                  WHEN c.except_problem IS NOT NULL THEN c.except_problem
                  WHEN c.except_of_except THEN 'An exception is made of plain codes.'
                  WHEN NOT c.except_codes OPERATOR(@extschema@.<@) @extschema@.hsmultirange(VARIADIC c.codes) THEN 'A code is excepted that is not listed.'
                  WHEN EXISTS (SELECT FROM unnest(c.codes) AS r WHERE c.except_codes OPERATOR(@extschema@.@>) r) THEN 'All of a code is excepted.'
             END),
            ('effective_to', l.effective_to,
             -- days as ISO texts sort as days do
             CASE WHEN l.effective_to ~ iso AND l.effective_to COLLATE "C" < coalesce(l.effective_from, effective::text)
                  THEN 'The last day is before the first.' END)
         ) AS p (field, value, reason)
    WHERE p.reason IS NOT NULL;
END
$$;
COMMENT ON FUNCTION control_list.import_cells(control_list.list, date) IS
'second step of an import: reads the codes of control_list_line into control_list_cell and reports what cannot be read';

-- ---- from lines to entries ----

CREATE FUNCTION control_list.import_entries(of_list control_list.list, effective date, unknown_codes text) RETURNS void
LANGUAGE plpgsql VOLATILE COST 1000
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
DECLARE
    first_day CONSTANT date := coalesce(effective, now() AT TIME ZONE of_list.time_zone);
BEGIN
    CREATE TEMPORARY TABLE control_list_wanted AS
    SELECT row_number() OVER (ORDER BY l.line, r.n) AS n, l.line, coalesce(l.item, l.hs_code) AS item,
           r.codes, coalesce(r.ex, false) AS ex,
           CASE WHEN c.except_codes OPERATOR(@extschema@.&&) r.codes THEN c.except_codes OPERATOR(@extschema@.*) r.codes END AS except_codes,
           control_list.split_destinations(l.destinations) AS destinations,
           l.measure::@extschema@.screening_verdict AS measure,
           l.effective_from::date AS since, l.effective_to::date + 1 AS until,
           l.applies_if::jsonpath AS applies_if, l.exempt_if::jsonpath AS exempt_if, l.remark
    FROM pg_temp.control_list_line AS l
    JOIN pg_temp.control_list_cell AS c ON c.line = l.line
    LEFT JOIN LATERAL unnest(c.codes, c.ex) WITH ORDINALITY AS r (codes, ex, n) ON true
    WHERE NOT EXISTS (SELECT FROM pg_temp.control_list_difference AS d WHERE d.line = l.line AND d.difference = 'rejected');

    -- the nomenclature, if one is in force, has both ends of each range; if none is, who knows what zeros pad
    INSERT INTO pg_temp.control_list_difference (difference, line, item, field, value, reason)
    WITH day AS MATERIALIZED (
        SELECT d.day, control_list.has_nomenclature(d.day) AS has_nomenclature
        FROM (SELECT DISTINCT coalesce(w.since, first_day) AS day FROM pg_temp.control_list_wanted AS w) AS d
    )
    SELECT DISTINCT CASE WHEN c.pads_heading OR unknown_codes = 'reject' THEN 'rejected' ELSE 'warning' END, w.line, w.item, 'hs_code', l.hs_code,
           CASE WHEN c.pads_heading THEN 'The zeros may only pad a heading: write four digits, or six.'
                ELSE format('The nomenclature does not have %s.', w.codes) END
    FROM pg_temp.control_list_wanted AS w
    JOIN pg_temp.control_list_line AS l ON l.line = w.line
    JOIN pg_temp.control_list_cell AS c ON c.line = w.line
    JOIN day AS d ON d.day = coalesce(w.since, first_day)
    WHERE CASE WHEN d.has_nomenclature
               THEN NOT (control_list.code_exists(@extschema@.lower(w.codes), d.day) AND control_list.code_exists(@extschema@.upper(w.codes), d.day))
               ELSE c.pads_heading END;

    -- lines of one item must differ in places or days
    INSERT INTO pg_temp.control_list_difference (difference, line, item, field, value, reason)
    WITH line AS MATERIALIZED (
        SELECT DISTINCT w.line, w.item, coalesce(w.destinations, of_list.destinations) AS destinations,
               daterange(coalesce(w.since, effective), w.until) AS valid
        FROM pg_temp.control_list_wanted AS w
    ),
    kind AS MATERIALIZED (
        SELECT l.item, l.destinations, l.valid, min(l.line) AS first_line
        FROM line AS l GROUP BY l.item, l.destinations, l.valid
    )
    SELECT 'rejected', l.line, l.item, 'item', l.item,
           format('Line %s has this item, too, for the same places and days; write all codes of an item in one cell.', min(k.first_line))
    FROM line AS l
    JOIN kind AS k ON k.item = l.item AND k.first_line < l.line AND k.valid && l.valid
    WHERE k.destinations IS NOT DISTINCT FROM l.destinations
       OR control_list.destinations_overlap(k.destinations, l.destinations, k.valid * l.valid)
    GROUP BY l.line, l.item;
END
$$;
COMMENT ON FUNCTION control_list.import_entries(control_list.list, date, text) IS
'third step of an import: makes control_list_wanted, the entries for which lines stand that can be read, and reports codes that do not exist and items that stand there twice';

-- ---- from entries to differences ----

CREATE FUNCTION control_list.canonical_destinations(destinations text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10
SET search_path = pg_catalog, pg_temp
AS 'SELECT ARRAY(SELECT DISTINCT coalesce(control_list.territory(d), d) FROM unnest(destinations) AS d ORDER BY 1)';
COMMENT ON FUNCTION control_list.canonical_destinations(text[]) IS
'destinations in an order of their own, so that equal ones are equal';

CREATE FUNCTION control_list.import_pairs(of_list control_list.list, effective date, whole boolean) RETURNS void
LANGUAGE plpgsql VOLATILE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- the list as it stands on the effective date, and what is known of later days
    CREATE TEMPORARY TABLE control_list_standing AS
    SELECT e.id, e.item, e.codes, control_list.canonical_destinations(e.destinations) AS destinations, e.valid
    FROM control_list.entry AS e
    WHERE e.list = of_list.code AND e.valid && daterange(effective, NULL)
      AND NOT EXISTS (SELECT FROM pg_temp.control_list_difference AS d WHERE d.item = e.item AND d.difference = 'rejected');
    CREATE TEMPORARY TABLE control_list_pair (n bigint, id bigint);

    -- first what has the same codes, destinations and first day, then one after the other may differ
    FOR depth IN REVERSE 3 .. CASE WHEN whole THEN 0 ELSE 1 END LOOP
        INSERT INTO pg_temp.control_list_pair
        WITH wanted AS (
            SELECT w.n, w.item, CASE WHEN depth > 0 THEN w.codes::text END AS codes, CASE WHEN depth > 1 THEN d.destinations::text END AS destinations,
                   CASE WHEN depth > 2 THEN w.since END AS since, w.codes AS a, d.destinations AS b, w.since AS c
            FROM pg_temp.control_list_wanted AS w,
                 LATERAL (SELECT control_list.canonical_destinations(w.destinations)) AS d (destinations)
            WHERE NOT EXISTS (SELECT FROM pg_temp.control_list_pair AS p WHERE p.n = w.n)
        ),
        standing AS (
            SELECT s.id, s.item, CASE WHEN depth > 0 THEN s.codes::text END AS codes, CASE WHEN depth > 1 THEN s.destinations::text END AS destinations,
                   CASE WHEN depth > 2 THEN lower(s.valid) END AS since, s.codes AS a, s.destinations AS b, lower(s.valid) AS c, upper(s.valid) AS until
            FROM pg_temp.control_list_standing AS s
            WHERE NOT EXISTS (SELECT FROM pg_temp.control_list_pair AS p WHERE p.id = s.id)
        )
        SELECT w.n, s.id
        FROM (SELECT w.*, row_number() OVER (PARTITION BY w.item, w.codes, w.destinations, w.since ORDER BY w.a, w.b, w.c, w.n) AS place FROM wanted AS w) AS w
        JOIN (SELECT s.*, row_number() OVER (PARTITION BY s.item, s.codes, s.destinations, s.since ORDER BY s.a, s.b, s.c, s.id) AS place FROM standing AS s) AS s
            ON s.item = w.item AND s.place = w.place AND coalesce(s.codes, '') = coalesce(w.codes, '')
               AND coalesce(s.destinations, '') = coalesce(w.destinations, '') AND (s.since = w.since OR depth < 3)
               AND (w.c < s.until) IS NOT FALSE;
    END LOOP;

    -- What the file does not have ends, unless what it has goes on where that ends anyway.  What is to begin later is not its
    -- concern.
    CREATE TEMPORARY TABLE control_list_removed AS
    SELECT s.*
    FROM pg_temp.control_list_standing AS s
    WHERE whole AND s.valid @> effective AND NOT EXISTS (SELECT FROM pg_temp.control_list_pair AS p WHERE p.id = s.id)
      AND NOT EXISTS (SELECT FROM pg_temp.control_list_wanted AS w WHERE w.item = s.item AND w.since = upper(s.valid));
END
$$;
COMMENT ON FUNCTION control_list.import_pairs(control_list.list, date, boolean) IS
'fourth step of an import: finds the entries of the list that are those of the file (control_list_pair) and those that are not (control_list_removed)';

CREATE FUNCTION control_list.import_outcomes(of_list control_list.list, effective date, given text[]) RETURNS void
LANGUAGE plpgsql VOLATILE COST 1000
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
BEGIN
    -- A column that the file does not have leaves entries as they are.  No entry begins later than it did, or ends before
    -- the effective date: earlier days are none of the file's concern.
    CREATE TEMPORARY TABLE control_list_outcome AS
    SELECT w.n, w.line, w.item, e.id, w.codes, w.ex, w.except_codes,
           CASE WHEN e.id IS NULL OR 'destinations' = ANY (given) THEN w.destinations ELSE e.destinations END AS destinations,
           CASE WHEN e.id IS NULL OR 'measure' = ANY (given) THEN w.measure ELSE e.measure END AS measure,
           CASE WHEN e.id IS NULL OR 'applies_if' = ANY (given) THEN w.applies_if ELSE e.applies_if END AS applies_if,
           CASE WHEN e.id IS NULL OR 'exempt_if' = ANY (given) THEN w.exempt_if ELSE e.exempt_if END AS exempt_if,
           CASE WHEN e.id IS NULL OR 'remark' = ANY (given) THEN w.remark ELSE e.remark END AS remark,
           CASE WHEN e.id IS NULL THEN coalesce(w.since, effective)
                WHEN lower_inf(e.valid) THEN NULL
                -- it goes on where another entry of the item has ended, or ends now
                WHEN EXISTS (SELECT FROM control_list.entry AS b
                             WHERE b.list = e.list AND b.item = e.item AND upper(b.valid) = lower(e.valid))
                    THEN least(greatest(w.since, effective), lower(e.valid))
                ELSE least(coalesce(w.since, effective), lower(e.valid)) END AS since,
           CASE WHEN e.id IS NULL THEN w.until
                WHEN 'effective_to' <> ALL (given) THEN upper(e.valid)
                WHEN w.until IS NOT NULL THEN greatest(w.until, effective) END AS until,
           greatest(w.since, effective) AS turn,        -- the day on which other words take effect
           w.since AS printed_since, e.valid AS old_valid
    FROM pg_temp.control_list_wanted AS w
    LEFT JOIN pg_temp.control_list_pair AS p ON p.n = w.n
    LEFT JOIN control_list.entry AS e ON e.id = p.id;

    INSERT INTO pg_temp.control_list_difference (difference, line, item, field, old_value, value, reason)
    SELECT 'rejected', o.line, o.item, 'effective_to', upper(o.old_valid)::text, o.until::text, 'The entry would end before it begins.'
    FROM pg_temp.control_list_outcome AS o
    WHERE o.until <= o.since
    UNION ALL
    SELECT 'rejected', o.line, o.item, 'hs_code', e.codes::text, NULL, 'The list has codes for this item; a merged cell may have lost them.'
    FROM pg_temp.control_list_outcome AS o
    JOIN control_list.entry AS e ON e.id = o.id
    WHERE o.codes IS NULL AND e.codes IS NOT NULL
    UNION ALL
    SELECT 'warning', o.line, o.item, 'effective_from', lower(o.old_valid)::text, o.printed_since::text,
           'The entry stays in force as long as it has been; an import lets none begin later.'
    FROM pg_temp.control_list_outcome AS o
    WHERE o.id IS NOT NULL AND o.printed_since > coalesce(lower(o.old_valid), '-infinity');

    CREATE TEMPORARY TABLE control_list_change AS
    SELECT o.n, c.field, c.old_value, c.value
    FROM pg_temp.control_list_outcome AS o
    JOIN control_list.entry AS e ON e.id = o.id,
         LATERAL (VALUES
            ('hs_code', CASE WHEN e.ex THEN 'ex ' ELSE '' END || e.codes::text, CASE WHEN o.ex THEN 'ex ' ELSE '' END || o.codes::text),
            ('except_codes', nullif(e.except_codes::text, '{}'), o.except_codes::text),
            ('destinations', control_list.canonical_destinations(e.destinations)::text, control_list.canonical_destinations(o.destinations)::text),
            ('measure', e.measure::text, o.measure::text),
            ('effective_from', lower(e.valid)::text, o.since::text),
            ('effective_to', (upper(e.valid) - 1)::text, (o.until - 1)::text),
            ('applies_if', e.applies_if::text, o.applies_if::text),
            ('exempt_if', e.exempt_if::text, o.exempt_if::text),
            ('remark', e.remark, o.remark)) AS c (field, old_value, value)
    WHERE c.old_value IS DISTINCT FROM c.value;

    -- what comes in must not meet what stays
    INSERT INTO pg_temp.control_list_difference (difference, line, item, field, value, reason)
    WITH staying AS MATERIALIZED (
        SELECT e.*
        FROM control_list.entry AS e
        WHERE e.list = of_list.code
          AND NOT EXISTS (SELECT FROM pg_temp.control_list_pair AS p WHERE p.id = e.id)
          AND NOT EXISTS (SELECT FROM pg_temp.control_list_removed AS r WHERE r.id = e.id)
    )
    SELECT 'rejected', o.line, o.item, 'hs_code', o.codes::text, format('The list has item %s with codes %s for some of the same places and days.', e.item, e.codes)
    FROM pg_temp.control_list_outcome AS o
    JOIN staying AS e ON e.item = o.item
    WHERE (o.id IS NULL OR EXISTS (SELECT FROM pg_temp.control_list_change AS c WHERE c.n = o.n AND c.field <> 'remark'))
      AND (o.until > o.since) IS NOT FALSE
      AND e.valid && daterange(o.since, o.until)
      AND control_list.codes_overlap(e.codes, e.except_codes, o.codes, o.except_codes)
      AND control_list.destinations_overlap(coalesce(e.destinations, of_list.destinations),
                                            coalesce(o.destinations, of_list.destinations),
                                            e.valid * daterange(o.since, o.until));
END
$$;
COMMENT ON FUNCTION control_list.import_outcomes(control_list.list, date, text[]) IS
'fifth step of an import: makes control_list_outcome, the entries as they will be, and control_list_change, which columns differ from those of the list, and reports what cannot be';

CREATE FUNCTION control_list.import_report() RETURNS void
LANGUAGE plpgsql VOLATILE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    INSERT INTO pg_temp.control_list_difference (difference, line, item, field, old_value, value, reason, entries)
    SELECT 'removed', NULL, r.item, NULL, r.codes::text, NULL, NULL, 1
    FROM pg_temp.control_list_removed AS r
    UNION ALL
    SELECT 'changed', o.line, o.item, c.field, c.old_value, c.value, NULL, NULL
    FROM pg_temp.control_list_change AS c
    JOIN pg_temp.control_list_outcome AS o ON o.n = c.n
    WHERE NOT EXISTS (SELECT FROM pg_temp.control_list_difference AS d WHERE d.line = o.line AND d.difference = 'rejected')
    UNION ALL
    SELECT 'added', o.line, o.item, NULL, NULL, CASE WHEN o.ex THEN 'ex ' ELSE '' END || o.codes::text,
           CASE WHEN o.codes IS NULL THEN 'It is described in words, and never matched.' END, 1
    FROM pg_temp.control_list_outcome AS o
    WHERE o.id IS NULL AND NOT EXISTS (SELECT FROM pg_temp.control_list_difference AS d WHERE d.line = o.line AND d.difference = 'rejected')
    UNION ALL
    SELECT 'unchanged', NULL, NULL, NULL, NULL, NULL, NULL, count(*)
    FROM pg_temp.control_list_outcome AS o
    WHERE o.id IS NOT NULL AND NOT EXISTS (SELECT FROM pg_temp.control_list_change AS c WHERE c.n = o.n);
END
$$;
COMMENT ON FUNCTION control_list.import_report() IS
'sixth step of an import: reports the differences';

CREATE FUNCTION control_list.destinations_within(a text[], b text[]) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT NOT EXISTS (SELECT FROM control_list.resolve_destinations(a) AS x
                       WHERE NOT EXISTS (SELECT FROM control_list.resolve_destinations(b) AS y
                                         WHERE (y.territory IN ('*', x.territory) OR starts_with(x.territory, y.territory || '-'))
                                           AND x.valid <@ y.valid))
$$;
COMMENT ON FUNCTION control_list.destinations_within(text[], text[]) IS
'does each of some destinations lie in one of others, on all of its days?';

CREATE FUNCTION control_list.import_ended(of_list control_list.list, effective date) RETURNS bigint
LANGUAGE plpgsql STABLE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- an entry whose codes change ends, too, and so does one whose last day has passed, or that loses codes or places
    RETURN (SELECT count(*) FROM pg_temp.control_list_removed)
           + (SELECT count(DISTINCT c.n)
              FROM pg_temp.control_list_change AS c
              JOIN pg_temp.control_list_outcome AS o ON o.n = c.n
              JOIN control_list.entry AS e ON e.id = o.id
              WHERE CASE c.field
                    WHEN 'hs_code' THEN e.codes IS NOT NULL AND (o.codes OPERATOR(@extschema@.=) e.codes) IS NOT TRUE
                    WHEN 'except_codes' THEN NOT o.except_codes OPERATOR(@extschema@.<@) coalesce(e.except_codes, '{}')
                    WHEN 'effective_to' THEN o.until <= effective
                    WHEN 'destinations' THEN NOT control_list.destinations_within(coalesce(e.destinations, of_list.destinations),
                                                                                  coalesce(o.destinations, of_list.destinations))
                    END);
END
$$;
COMMENT ON FUNCTION control_list.import_ended(control_list.list, date) IS
'how many entries an import would end, those among them that go on with other codes, or with less of them or fewer destinations';

-- ---- what an import writes ----

CREATE FUNCTION control_list.import_write(of_list control_list.list, label text, effective date) RETURNS void
LANGUAGE plpgsql VOLATILE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- What was never in force before goes; what was stays in force until the file takes effect.
    DELETE FROM control_list.entry AS e
    USING pg_temp.control_list_removed AS r
    WHERE e.id = r.id AND coalesce(lower(e.valid), '-infinity') >= effective;
    UPDATE control_list.entry AS e
    SET valid = daterange(lower(e.valid), effective)
    FROM pg_temp.control_list_removed AS r
    WHERE e.id = r.id;

    -- the same with entries that mean something else from now on: a new one goes on where the old one ends
    CREATE TEMPORARY TABLE control_list_turn AS
    SELECT DISTINCT o.n, o.id
    FROM pg_temp.control_list_outcome AS o
    JOIN pg_temp.control_list_change AS c ON c.n = o.n
    WHERE c.field NOT IN ('effective_from', 'effective_to', 'remark') AND coalesce(lower(o.old_valid), '-infinity') < o.turn;
    UPDATE control_list.entry AS e
    SET valid = e.valid * daterange(NULL, o.turn)
    FROM pg_temp.control_list_turn AS t
    JOIN pg_temp.control_list_outcome AS o ON o.n = t.n
    WHERE e.id = t.id;
    UPDATE control_list.entry AS e
    SET codes = o.codes, ex = o.ex, except_codes = o.except_codes, destinations = o.destinations, measure = o.measure,
        valid = daterange(o.since, o.until), applies_if = o.applies_if, exempt_if = o.exempt_if, remark = o.remark
    FROM pg_temp.control_list_outcome AS o
    WHERE e.id = o.id AND o.n IN (SELECT c.n FROM pg_temp.control_list_change AS c)
      AND NOT EXISTS (SELECT FROM pg_temp.control_list_turn AS t WHERE t.n = o.n);

    INSERT INTO control_list.entry
        (list, item, codes, ex, except_codes, destinations, measure, valid, applies_if, exempt_if, remark, revision)
    SELECT of_list.code, o.item, o.codes, o.ex, o.except_codes, o.destinations, o.measure,
           daterange(CASE WHEN o.id IS NULL THEN o.since ELSE o.turn END, o.until),
           o.applies_if, o.exempt_if, o.remark, label
    FROM pg_temp.control_list_outcome AS o
    WHERE o.id IS NULL OR EXISTS (SELECT FROM pg_temp.control_list_turn AS t WHERE t.n = o.n)
    ORDER BY o.n;
    DROP TABLE pg_temp.control_list_turn;
END
$$;
COMMENT ON FUNCTION control_list.import_write(control_list.list, text, date) IS
'last step of an import: writes the outcomes';

CREATE FUNCTION control_list.import_drop() RETURNS void
LANGUAGE plpgsql VOLATILE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    DROP TABLE pg_temp.control_list_line, pg_temp.control_list_cell, pg_temp.control_list_wanted, pg_temp.control_list_standing,
        pg_temp.control_list_pair, pg_temp.control_list_removed, pg_temp.control_list_outcome, pg_temp.control_list_change, pg_temp.control_list_difference;
END
$$;
COMMENT ON FUNCTION control_list.import_drop() IS
'drops the temporary tables of an import, but for the one into which the file was copied';

CREATE FUNCTION control_list.apply_import(
    label text,
    announced date DEFAULT NULL,
    effective date DEFAULT NULL,
    dry_run boolean DEFAULT false,
    mode text DEFAULT 'replace',
    expected_total bigint DEFAULT NULL,
    max_removed numeric DEFAULT 0.1,
    unknown_codes text DEFAULT 'reject',
    source text DEFAULT NULL,
    sha256 bytea DEFAULT NULL)
RETURNS SETOF control_list.import_difference
LANGUAGE plpgsql VOLATILE COST 1000
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
SET client_min_messages = warning
SET jit = off                   -- takes longer than the queries
SET enable_nestloop = off       -- a file is no handful of rows, whatever the planner knows of new tables
AS $$
DECLARE
    of_list control_list.list;
    given text[];
    total bigint := 0;
    standing bigint;
    ended bigint;
    refused bigint;
    details text;
BEGIN
    -- what another role has made in this session could run its functions with the rights of this one
    SELECT l.* INTO of_list
    FROM pg_class AS c JOIN control_list.list AS l ON l.code = obj_description(c.oid, 'pg_class')
    WHERE c.oid = to_regclass('pg_temp.control_list_import') AND c.relkind = 'r' AND pg_get_userbyid(c.relowner) = current_user;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no import to apply'
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  HINT = 'Call control_list.begin_import() and copy the file into control_list_import first.';
    END IF;
    IF coalesce(label, '') = '' AND NOT dry_run THEN
        RAISE EXCEPTION 'a revision needs a label'
            USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF mode NOT IN ('replace', 'add') OR mode IS NULL THEN
        RAISE EXCEPTION 'unrecognized mode of an import: %', coalesce(quote_literal(mode), 'NULL')
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Modes are replace (the file is the whole list) and add.';
    END IF;
    IF max_removed IS NULL OR max_removed NOT BETWEEN 0 AND 1 THEN
        RAISE EXCEPTION 'max_removed is a share of the entries, between 0 and 1'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF unknown_codes NOT IN ('reject', 'warn') OR unknown_codes IS NULL THEN
        RAISE EXCEPTION 'unrecognized treatment of unknown codes: %', coalesce(quote_literal(unknown_codes), 'NULL')
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'It is reject or warn.';
    END IF;
    IF NOT isfinite(effective) THEN
        RAISE EXCEPTION 'effective must be a finite date'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF mode = 'replace' AND effective IS NULL AND EXISTS (SELECT FROM control_list.entry AS e WHERE e.list = of_list.code) THEN
        RAISE EXCEPTION 'an import that replaces a list needs the day on which it takes effect'
            USING ERRCODE = 'null_value_not_allowed',
                  HINT = 'Name the first day of the revision as effective.';
    END IF;

    -- the revision comes first: its trigger waits for other editors, who may have changed the list
    IF NOT dry_run THEN
        INSERT INTO control_list.revision (list, label, announced, effective, source, sha256)
        VALUES (of_list.code, label, announced, effective, source, sha256);
        SELECT * INTO of_list FROM control_list.list AS l WHERE l.code = of_list.code;
    END IF;

    CREATE TEMPORARY TABLE control_list_difference OF control_list.import_difference;
    IF EXISTS (SELECT FROM pg_temp.control_list_import) THEN
        given := control_list.import_lines();
        SELECT count(*) INTO total FROM pg_temp.control_list_line;
    END IF;
    IF total = 0 THEN
        RAISE EXCEPTION 'import into list % is empty', of_list.code
            USING ERRCODE = 'no_data_found',
                  HINT = 'Copy the file into control_list_import, then apply the import. A header alone is no file of a list.';
    END IF;
    PERFORM control_list.import_cells(of_list, effective);
    PERFORM control_list.import_entries(of_list, effective, unknown_codes);
    PERFORM control_list.import_pairs(of_list, effective, mode = 'replace');
    PERFORM control_list.import_outcomes(of_list, effective, given);
    PERFORM control_list.import_report();

    INSERT INTO pg_temp.control_list_difference (difference, value, reason)
    SELECT 'rejected', total, format('The file has %s rows instead of %s; it may be cut short, or have rows that are no items.', total, expected_total)
    WHERE total <> expected_total;

    SELECT count(*) INTO standing FROM pg_temp.control_list_standing AS s WHERE s.valid @> effective;
    ended := control_list.import_ended(of_list, effective);
    INSERT INTO pg_temp.control_list_difference (difference, value, reason)
    SELECT 'rejected', ended, format('The import would end %s of %s entries; %s.', ended, standing,
                                     CASE mode WHEN 'add' THEN 'mode add ends none' ELSE 'more than max_removed allows' END)
    WHERE ended > CASE mode WHEN 'add' THEN 0 ELSE max_removed * standing END;

    IF NOT dry_run THEN
        SELECT count(*), string_agg(concat(r.place, r.reason), E'\n' ORDER BY r.number) FILTER (WHERE r.number <= 10)
        INTO refused, details
        FROM (SELECT d.reason, concat('line ' || d.line || ': ', coalesce(d.field || ' ', ''), coalesce(quote_literal(left(d.value, 80)), 'NULL'), ': ') AS place,
                     row_number() OVER (ORDER BY d.line, d.field COLLATE "C") AS number
              FROM pg_temp.control_list_difference AS d WHERE d.difference = 'rejected') AS r;
        IF refused > 0 THEN
            RAISE EXCEPTION 'import into list % is refused', of_list.code
                USING ERRCODE = 'data_exception',
                      DETAIL = details || CASE WHEN refused > 10 THEN format(E'\nand %s more', refused - 10) ELSE '' END,
                      HINT = 'Nothing was applied. With dry_run => true all reasons are returned.';
        END IF;
        PERFORM control_list.import_write(of_list, label, effective);
        DROP TABLE pg_temp.control_list_import;
    END IF;

    RETURN QUERY
    SELECT d.*
    FROM pg_temp.control_list_difference AS d
    ORDER BY array_position('{rejected,warning,removed,changed,added,unchanged}', d.difference), d.line, d.item COLLATE "C", d.field COLLATE "C", d.value COLLATE "C", d.reason COLLATE "C";
    PERFORM control_list.import_drop();
END
$$;
COMMENT ON FUNCTION control_list.apply_import(text, date, date, boolean, text, bigint, numeric, text, text, bytea) IS
'compares what was copied into control_list_import with its list and, unless dry_run, makes the list so from the day effective on, as one revision; returns the differences. mode replace: the file is the whole list, and what it lacks ends; add: nothing ends. effective is the first day of rows without effective_from; effective_to is the last day. unknown_codes: reject or warn of codes that the nomenclature does not have. source and sha256 are noted with the revision. All or nothing: SQLSTATE 22000 if a value is rejected, if the rows are not expected_total, or if more than the share max_removed of the entries would end or lose codes or destinations; P0002 for an empty import, 55000 if none has begun';
