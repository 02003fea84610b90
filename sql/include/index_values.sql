-- For tests of access methods: values, queries, and a check of an index against a
-- sequential scan for every operator that its operator class has.
--
-- Values come from hash functions, so they are random enough and always the same.
-- Digits are few, so that values meet, nest and touch; some values are nasty.

SET jit = off;      -- takes longer than the queries

CREATE FUNCTION pg_temp.pick(seed bigint, n bigint) RETURNS bigint LANGUAGE sql AS
$$ SELECT (hashint8extended(seed, 42) & 9223372036854775807) % n $$;

-- a chapter of four and then twelve digits, cut to some length
CREATE FUNCTION pg_temp.a_code(seed bigint) RETURNS hscode LANGUAGE sql AS $$
    SELECT hscode_from_number(substr(digits, 1, length)::bigint, length)
    FROM (SELECT (ARRAY['01', '84', '85', '99'])[1 + pg_temp.pick(seed, 4)]
                 || translate(lpad(to_hex(pg_temp.pick(seed + 1, 4294967296)), 8, '0'), '0123456789abcdef', '0001234567899990')
                 || lpad(pg_temp.pick(seed + 2, 10000)::text, 4, '0') AS digits,
                 (ARRAY[2, 4, 4, 5, 6, 6, 6, 6, 7, 8, 9, 10, 10, 11, 12, 13, 14])[1 + pg_temp.pick(seed + 3, 17)] AS length) AS c
$$;

-- all that a code covers, or from there to a code of the same length
CREATE FUNCTION pg_temp.a_range(seed bigint) RETURNS hsrange LANGUAGE sql AS $$
    SELECT CASE WHEN pg_temp.pick(seed + 4, 3) > 0 OR digits + step >= 10 ^ length THEN code
                ELSE hsrange(code, hscode_from_number((digits + step)::bigint, length)) END
    FROM (SELECT code, hs_length(code) AS length, hs_digits(code)::numeric AS digits,
                 pg_temp.pick(seed + 5, (ARRAY[3, 20, 1000])[1 + pg_temp.pick(seed + 6, 3)]) AS step
          FROM (SELECT pg_temp.a_code(seed) AS code) AS c) AS r
$$;

CREATE FUNCTION pg_temp.a_multirange(seed bigint) RETURNS hsmultirange LANGUAGE sql AS $$
    SELECT coalesce(range_agg(pg_temp.a_range(seed + 100 * n)), '{}') FROM generate_series(1, pg_temp.pick(seed + 7, 5)) AS n
$$;

CREATE TEMPORARY TABLE nasty (id bigint, value hsrange);
INSERT INTO nasty SELECT row_number() OVER (), value FROM unnest('{
    8471.3,8471.30-8471.50,8542.31,8542.31.00-8542.32.50,8542.3,8542.30,8542.31.0000,8542.31-8542.39,8542,8541-8543,
    85,84-85,01-99,01,99,0101.00,01.01,9999.99.99999999,0100.00.00000000,0100.00.00000000-9999.99.99999999,
    84,8400,8400.00,8400.0,8499,8499.9,84-85,8542.30.00000000,8542.39.99999999,8471.29,8471.51,8542.30-8542.32}'::hsrange[]) AS value;

-- 44 queries of each type, the nasty ones among them
CREATE TEMPORARY TABLE query_hsrange AS
SELECT id, value FROM nasty UNION ALL SELECT n, pg_temp.a_range(n * 1000) FROM generate_series(33, 44) AS n;
CREATE TEMPORARY TABLE query_hscode AS
SELECT id, lower(value) AS value FROM nasty UNION ALL SELECT n, pg_temp.a_code(n * 2000) FROM generate_series(33, 44) AS n;
CREATE TEMPORARY TABLE query_hsmultirange AS
SELECT id, CASE WHEN id % 3 > 0 THEN hsmultirange(value) - hsmultirange(lower(value)::hsrange) ELSE hsmultirange(value) END AS value
FROM nasty UNION ALL SELECT n, pg_temp.a_multirange(n * 3000) FROM generate_series(33, 44) AS n;

-- rows; a NULL of each type as well
CREATE TEMPORARY TABLE row_hsrange AS
SELECT id, value FROM nasty UNION ALL SELECT n, pg_temp.a_range(n * 10) FROM generate_series(33, 1500) AS n UNION ALL SELECT 0, NULL;
CREATE TEMPORARY TABLE row_hscode AS
SELECT id, lower(value) AS value FROM nasty UNION ALL SELECT n, pg_temp.a_code(n * 20) FROM generate_series(33, 1500) AS n UNION ALL SELECT 0, NULL;
CREATE TEMPORARY TABLE row_hsmultirange AS
SELECT id, hsmultirange(value) AS value FROM nasty
UNION ALL SELECT n, pg_temp.a_multirange(n * 30) FROM generate_series(33, 1500) AS n UNION ALL SELECT 0, NULL;

CREATE FUNCTION pg_temp.explains(query text, words text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    line text;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
        IF line LIKE '%' || words || '%' THEN
            RETURN true;
        END IF;
    END LOOP;
    RETURN false;
END
$$;

-- allows the planner one kind of scan, or all if it is NULL
CREATE FUNCTION pg_temp.allow_scan(wanted text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('enable_' || kind, (wanted IS NULL OR wanted = kind OR (wanted = 'indexonlyscan' AND kind = 'indexscan'))::text, false)
    FROM unnest('{seqscan,indexscan,indexonlyscan,bitmapscan}'::text[]) AS kind;
END
$$;

-- Compares the answers of an index on column value with those of a sequential scan: for
-- every operator of the operator class, in every kind of scan that the index knows, to
-- all queries of the type on the right.  Says how many such pairs there were, which
-- plans did not use the index, and which answers were wrong.
CREATE FUNCTION pg_temp.check_index(index text, OUT checks int, OUT not_used text[], OUT wrong text[]) LANGUAGE plpgsql AS $$
DECLARE
    operator record;
    kind text;
    scan_name text;
    -- what is counted and summed up: rows, or values where no row may be looked at
    of_rows CONSTANT text := 'count(*) || '' '' || coalesce(sum((r.id + 7) * (q.id + 11) % 1009), 0)';
    of_values text;
    joined text;
    query text;
    expected_rows text;
    expected_values text;
    actual text;
BEGIN
    checks := 0;
    FOR operator IN
        SELECT i.indrelid::regclass AS rows, c.opcintype::regtype AS type, a.amoprighttype::regtype AS argument,
               format('OPERATOR(%I.%s)', n.nspname, o.oprname) AS name
        FROM pg_index AS i
        JOIN pg_opclass AS c ON c.oid = i.indclass[0]
        JOIN pg_amop AS a ON a.amopfamily = c.opcfamily AND a.amoplefttype = c.opcintype
        JOIN pg_operator AS o ON o.oid = a.amopopr
        JOIN pg_namespace AS n ON n.oid = o.oprnamespace
        WHERE i.indexrelid = index::regclass
        ORDER BY a.amopstrategy, a.amoprighttype::regtype::text
    LOOP
        of_values := format('count(*) || '' '' || coalesce(sum(%s_hash(r.value)::bigint * q.id), 0)', operator.type);
        joined := format('FROM query_%s AS q, LATERAL (SELECT %%s FROM %s AS r WHERE r.value %s q.value OFFSET 0) AS r',
                         operator.argument, operator.rows, operator.name);
        PERFORM pg_temp.allow_scan('seqscan');
        EXECUTE format('SELECT %s, %s ', of_rows, of_values) || format(joined, '*') INTO expected_rows, expected_values;

        FOREACH kind IN ARRAY '{indexscan,bitmapscan,indexonlyscan}'::text[] LOOP
            CONTINUE WHEN NOT CASE kind
                WHEN 'indexscan' THEN pg_index_has_property(index::regclass, 'index_scan')
                WHEN 'bitmapscan' THEN pg_index_has_property(index::regclass, 'bitmap_scan')
                ELSE pg_index_column_has_property(index::regclass, 1, 'returnable') END;
            scan_name := CASE kind WHEN 'indexscan' THEN 'Index Scan using '
                                   WHEN 'bitmapscan' THEN 'Bitmap Index Scan on '
                                   ELSE 'Index Only Scan using ' END || index;
            PERFORM pg_temp.allow_scan(kind);
            query := CASE kind WHEN 'indexonlyscan' THEN format('SELECT %s ', of_values) || format(joined, 'value')
                               ELSE format('SELECT %s ', of_rows) || format(joined, 'id') END;
            EXECUTE query INTO actual;
            checks := checks + 1;
            IF NOT pg_temp.explains(query, scan_name) THEN
                not_used := not_used || concat_ws(' ', operator.name, operator.argument, kind);
            END IF;
            IF actual <> (CASE kind WHEN 'indexonlyscan' THEN expected_values ELSE expected_rows END) THEN
                wrong := wrong || concat_ws(' ', operator.name, operator.argument, kind);
            END IF;
        END LOOP;
    END LOOP;
    PERFORM pg_temp.allow_scan(NULL);
END
$$;
