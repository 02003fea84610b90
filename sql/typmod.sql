-- The types where types are used: type modifier, domains, arrays, composites, partition
-- keys, grouping and joins, literals; and core's functions of the same names beside them.
\set SHOW_CONTEXT never

CREATE FUNCTION pg_temp.sqlstate(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE statement;
    RETURN 'ok';
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE;
END
$$;

-- how many nodes of a plan have such a line
CREATE FUNCTION pg_temp.plan_lines(query text, pattern text) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    line text;
    lines int := 0;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
        lines := lines + (line ~ pattern)::int;
    END LOOP;
    RETURN lines;
END
$$;

--
-- hscode(n)
--
SELECT n AS digits, pg_temp.sqlstate(format('SELECT NULL::hscode(%s)', n)) AS type,
       pg_temp.sqlstate(format('SELECT %L::hscode(%s)', '8542.3100000000', n)) AS fourteen_digits
FROM unnest('{-1,0,1,2,3,4,5,6,10,14,15,2147483647}'::int[]) AS n;
SELECT pg_temp.sqlstate('SELECT NULL::hscode(''x'')') AS word, pg_temp.sqlstate('SELECT NULL::hscode(4, 6)') AS two,
       pg_temp.sqlstate('SELECT NULL::hsrange(4)') AS range, pg_temp.sqlstate('SELECT NULL::hsmultirange(4)') AS set;
CREATE TEMPORARY TABLE line (id int GENERATED ALWAYS AS IDENTITY, tariff hscode(10), any_code hscode, codes hscode(6)[]);
INSERT INTO line (tariff, any_code, codes) VALUES ('8542.31.0000', '8542', '{8542.31,854232}');
SELECT pg_temp.sqlstate(s) AS state, s AS statement
FROM unnest(ARRAY[$$INSERT INTO line (tariff) VALUES ('8542.31')$$, $$INSERT INTO line (tariff) SELECT any_code FROM line$$,
                  $$UPDATE line SET tariff = hs_truncate(tariff, 8)$$, $$INSERT INTO line (codes) VALUES ('{8542.31,8542}')$$,
                  $$ALTER TABLE line ALTER any_code TYPE hscode(6)$$, $$ALTER TABLE line ALTER any_code TYPE hscode(4)$$,
                  $$ALTER TABLE line ALTER tariff TYPE hscode$$, $$INSERT INTO line (tariff) VALUES ('8542.31')$$]) AS s;
SELECT id, tariff, any_code, codes FROM line ORDER BY id;
SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'line'::regclass AND attnum > 0 ORDER BY attnum;
-- a modifier changes nothing else: the same operators, the same index
CREATE INDEX line_codes ON line (any_code);
SELECT any_code <@ '8541-8543' AS covered, any_code = '8542' AS equal FROM line WHERE id = 1;

--
-- Domains
--
CREATE DOMAIN subheading AS hscode CHECK (hs_length(VALUE) = 6);
CREATE DOMAIN tariff_line AS hscode(10) NOT NULL;
CREATE DOMAIN electronics AS hsrange CHECK (VALUE <@ '84-85');
CREATE DOMAIN some_codes AS hsmultirange CHECK (NOT isempty(VALUE));
SELECT pg_temp.sqlstate(s) AS state, s AS statement
FROM unnest(ARRAY[$$SELECT '8542.31'::subheading$$, $$SELECT '8542'::subheading$$, $$SELECT '8542.31.0000'::tariff_line$$,
                  $$SELECT '8542.31'::tariff_line$$, $$SELECT NULL::tariff_line$$, $$SELECT '8541-8543'::electronics$$, $$SELECT '8541-8643'::electronics$$,
                  $$SELECT '{8541}'::some_codes$$, $$SELECT '{}'::some_codes$$, $$SELECT '8541'::hsrange::hsmultirange::some_codes$$]) AS s;
SELECT '8542.31'::subheading <@ '8542' AS covered, '8542'::electronics @> '8542.31'::subheading AS contains,
       '{8541-8543}'::some_codes @> '8542'::electronics AS in_set, '8542.31'::subheading = '8542.31'::hscode AS equal,
       '8542.31'::subheading < '8542.32'::subheading AS less, lower('8541-8543'::electronics), isempty('{8541}'::some_codes),
       '{8541}'::some_codes + '8542'::electronics AS both;
SELECT max(s), min(s), count(DISTINCT s), range_agg(s) FROM unnest('{8542.31,8542.32,8542.31}'::subheading[]) AS s;

--
-- Arrays and composites
--
SELECT '{8542,85.43,"8542 31 00",NULL}'::hscode[] AS codes, '{8541-8543,8471.3}'::hsrange[] AS ranges, '{"{8401,8541-8543}","{}"}'::hsmultirange[] AS sets;
SELECT '8542'::hscode = ANY ('{8541,8542}'::hscode[]) AS any, '8542.31'::hscode <@ ANY ('{8541,8542}'::hsrange[]) AS covered_by_any,
       '{8542}'::hscode[] < '{8542,8543}' AS array_order, '{8542}'::hscode[] && '{8542,8543}' AS array_overlap, '{8542,8543}'::hscode[] @> '{8543}' AS array_contains,
       array_position('{8541,8542}'::hscode[], '8542'::hscode) AS position,
       (SELECT array_agg(c ORDER BY c) FROM unnest('{8543,8542.31,8542}'::hscode[]) AS c) AS sorted;
CREATE TYPE item AS (no int, code hscode, codes hsrange, except_codes hsmultirange);
SELECT ROW(1, '8542', '8541-8543', '{8542.90,8543}')::item AS item, ('(1,8542,8541-8543,"{8542.90,8543}")'::item).except_codes;
SELECT ROW(1, '8542', '8541-8543', '{}')::item < ROW(1, '8542', '8541-8542', '{}')::item AS broader_first,
       ROW(1, '8542', '8541', '{}')::item = ROW(1, '85.42', '8541', '{}')::item AS equal,
       hash_record(ROW(1, '8542', '8541', '{8401}')::item) = hash_record(ROW(1, '85.42', '8541-8541', '{ 8401 }')::item) AS same_hash;
SELECT r::item FROM unnest(ARRAY[ROW(2, '8542', NULL, NULL), ROW(1, '8543', '8541', '{}')]::item[]) AS r ORDER BY r;
SELECT to_jsonb(ROW(1, '8542.31', '8541-8543', '{8401,8541}')::item) AS json,
       jsonb_populate_record(NULL::item, '{"code": "8542.31", "codes": "8541-8543", "except_codes": "{8401}"}') AS record;

--
-- Partition keys
--
CREATE TABLE by_range (id int, hs hscode) PARTITION BY RANGE (hs);
CREATE TABLE by_range_low PARTITION OF by_range FOR VALUES FROM (MINVALUE) TO ('84');
CREATE TABLE by_range_84 PARTITION OF by_range FOR VALUES FROM ('84') TO ('85');
CREATE TABLE by_range_85 PARTITION OF by_range FOR VALUES FROM ('85') TO ('86');
CREATE TABLE by_range_high PARTITION OF by_range FOR VALUES FROM ('86') TO (MAXVALUE);
CREATE TABLE by_list (id int, hs hscode) PARTITION BY LIST (hs);
CREATE TABLE by_list_8541 PARTITION OF by_list FOR VALUES IN ('8541', '85.41.00');
CREATE TABLE by_list_8542 PARTITION OF by_list FOR VALUES IN ('8542', '8542.31');
CREATE TABLE by_list_rest PARTITION OF by_list DEFAULT;
CREATE TABLE by_hash (id int, hs hscode, codes hsrange, except_codes hsmultirange) PARTITION BY HASH (hs, codes, except_codes);
CREATE TABLE by_hash_0 PARTITION OF by_hash FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE by_hash_1 PARTITION OF by_hash FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE by_hash_2 PARTITION OF by_hash FOR VALUES WITH (MODULUS 3, REMAINDER 2);
CREATE TABLE by_codes (id int, codes hsrange) PARTITION BY RANGE (codes);
CREATE TABLE by_codes_low PARTITION OF by_codes FOR VALUES FROM (MINVALUE) TO ('85');
CREATE TABLE by_codes_high PARTITION OF by_codes FOR VALUES FROM ('85') TO (MAXVALUE);
CREATE TABLE by_set (id int, codes hsmultirange) PARTITION BY LIST (codes);
CREATE TABLE by_set_none PARTITION OF by_set FOR VALUES IN ('{}');
CREATE TABLE by_set_some PARTITION OF by_set FOR VALUES IN ('{8541,8543}', '{8541-8543}');
SELECT pg_temp.sqlstate($$CREATE TABLE overlap PARTITION OF by_range FOR VALUES FROM ('8542') TO ('8543')$$) AS overlapping,
       pg_temp.sqlstate($$CREATE TABLE overlap PARTITION OF by_list FOR VALUES IN ('85.42')$$) AS same_value,
       pg_temp.sqlstate($$CREATE TABLE overlap PARTITION OF by_set FOR VALUES IN ('{8541-8542,8543}')$$) AS same_set,
       pg_temp.sqlstate($$CREATE TABLE upside_down PARTITION OF by_codes FOR VALUES FROM ('8542.31') TO ('8542')$$) AS upside_down,
       pg_temp.sqlstate($$INSERT INTO by_set VALUES (1, '{84}')$$) AS no_partition;

CREATE TEMPORARY TABLE goods AS
SELECT n AS id, hscode_from_number(10100 + n * 7919 % 979000, 6) AS hs FROM generate_series(1, 2000) AS n
UNION ALL
SELECT 2000 + n, c FROM unnest('{84,8399.99.99999999,83,8499.99,85,8542,8542.31,8541,8541.00,86,99,01}'::hscode[]) WITH ORDINALITY AS u (c, n);
INSERT INTO by_range SELECT id, hs FROM goods;
INSERT INTO by_list SELECT id, hs FROM goods;
INSERT INTO by_hash SELECT id, hs, hs, hsmultirange(hs::hsrange) FROM goods;
INSERT INTO by_codes SELECT id, hs FROM goods;
INSERT INTO by_set SELECT n, (ARRAY['{}', '{8541,8543}', '{8543,8542,8541}', '{8541-8543}'])[1 + n % 4]::hsmultirange FROM generate_series(1, 12) AS n;

SELECT count(*) FILTER (WHERE tableoid = 'by_range_low'::regclass AND NOT hs << '84') AS below,
       count(*) FILTER (WHERE tableoid = 'by_range_84'::regclass AND NOT hs <@ '84') AS in_84,
       count(*) FILTER (WHERE tableoid = 'by_range_85'::regclass AND NOT hs <@ '85') AS in_85,
       count(*) FILTER (WHERE tableoid = 'by_range_high'::regclass AND NOT hs >> '85') AS above, count(DISTINCT tableoid) AS partitions FROM by_range;
SELECT tableoid::regclass AS partition, array_agg(DISTINCT hs) AS codes FROM by_list WHERE hs <@ '8541-8542' AND hs_length(hs) < 7 AND id > 2000 GROUP BY 1 ORDER BY 1;
SELECT count(DISTINCT tableoid) AS partitions, count(*) = (SELECT count(*) FROM goods) AS all_there, min(n) > 400 AS spread
FROM (SELECT tableoid, count(*) OVER (PARTITION BY tableoid) AS n FROM by_hash) AS h;
SELECT count(*) FILTER (WHERE (tableoid = 'by_codes_low'::regclass) <> (codes < '85')) AS wrong, count(DISTINCT tableoid) AS partitions FROM by_codes;
SELECT tableoid::regclass AS partition, codes, count(*) FROM by_set GROUP BY 1, 2 ORDER BY 1, 2;

-- pruning leaves the partitions that can hold it, and the answer as it was
SELECT query, pg_temp.plan_lines('SELECT id FROM ' || query, 'Scan.* on by_') AS partitions
FROM unnest(ARRAY[$$by_range WHERE hs = '8542.31'::hscode$$, $$by_range WHERE hs >= '85' AND hs < '86'$$, $$by_range WHERE hs < '83'::hscode$$,
                  $$by_range WHERE hs >= '84.99' AND hs <= '8542'::hsrange$$, $$by_list WHERE hs = '8542.31'::hscode$$, $$by_list WHERE hs IN ('8541', '8542'::hscode)$$,
                  $$by_codes WHERE codes = '8542'$$, $$by_codes WHERE codes > '86'$$, $$by_set WHERE codes = '{}'$$,
                  $$by_hash WHERE hs = '8542'::hscode AND codes = '8542' AND except_codes = '{8542}'$$]) AS query;
SELECT (SELECT count(*) FROM by_range WHERE hs >= '85' AND hs < '86') = (SELECT count(*) FROM goods WHERE hs >= '85' AND hs < '86') AS range_same,
       (SELECT count(*) FROM by_range WHERE hs <@ '8541-8542') = (SELECT count(*) FROM goods WHERE hs <@ '8541-8542') AS containment_same,
       (SELECT array_agg(id ORDER BY id) FROM by_hash WHERE hs = '8542'::hscode AND codes = '8542' AND except_codes = '{8542}')
           = (SELECT array_agg(id::int ORDER BY id) FROM goods WHERE hs = '8542'::hscode) AS hash_same,
       (SELECT count(*) FROM by_codes WHERE codes <@ '8471-8543') = (SELECT count(*) FROM goods WHERE hs <@ '8471-8543') AS codes_same;
-- with a parameter, pruned at run time
PREPARE by_code(hscode) AS SELECT count(*) FROM by_range WHERE hs = $1;
SET plan_cache_mode = force_generic_plan;
EXECUTE by_code('8542.31');
SELECT pg_temp.plan_lines('EXECUTE by_code(''8542.31'')', 'Scan.* on by_range') AS partitions, pg_temp.plan_lines('EXECUTE by_code(''8542.31'')', 'Subplans Removed: 3') AS removed;
RESET plan_cache_mode;
-- joined and grouped partition by partition
SET enable_partitionwise_join = on;
SET enable_partitionwise_aggregate = on;
SELECT pg_temp.plan_lines('SELECT count(*) FROM by_range AS a JOIN by_range AS b USING (hs)', 'Join|Nested') AS joins,
       pg_temp.plan_lines('SELECT hs, count(*) FROM by_range GROUP BY hs', 'Aggregate') AS aggregates;
RESET enable_partitionwise_join;
RESET enable_partitionwise_aggregate;
-- a row that moves
UPDATE by_range SET hs = '8542.39' WHERE id = 2012;
SELECT tableoid::regclass AS partition, hs FROM by_range WHERE id = 2012;
DROP TABLE by_range, by_list, by_hash, by_codes, by_set;

--
-- GROUP BY, DISTINCT, joins, each by hash and by sort
--
CREATE TEMPORARY TABLE l AS
SELECT n, hscode_from_number(100 + n % 300, 4) AS c, hsrange(hscode_from_number(100 + n % 300, 4), hscode_from_number(100 + n % 300 + n % 2, 4)) AS r,
       hsmultirange(hscode_from_number(100 + n % 300, 4)::hsrange, hscode_from_number(1000 + n % 7, 4)::hsrange) AS m
FROM generate_series(1, 3000) AS n;
CREATE TEMPORARY TABLE r AS SELECT * FROM l WHERE n % 3 = 0;
INSERT INTO l VALUES (0, NULL, NULL, NULL), (-1, NULL, NULL, NULL);
ANALYZE l, r;
CREATE TEMPORARY TABLE ways (what text, way text, used boolean, result text);
CREATE FUNCTION pg_temp.try(way text, node text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    column_name text;
    query text;
    result text;
BEGIN
    FOREACH column_name IN ARRAY '{c,r,m}'::text[] LOOP
        query := format('SELECT count(*) || '' '' || sum(k) FROM (SELECT %s, count(*) AS k FROM l GROUP BY %1$s) AS g', column_name);
        EXECUTE query INTO result;
        INSERT INTO ways VALUES ('group by ' || column_name, way, pg_temp.plan_lines(query, CASE way WHEN 'hash' THEN 'HashAggregate' ELSE 'GroupAggregate' END) = 1, result);
        query := format('SELECT count(*) FROM (SELECT DISTINCT %s FROM l) AS d', column_name);
        EXECUTE query INTO result;
        INSERT INTO ways VALUES ('distinct ' || column_name, way, pg_temp.plan_lines(query, CASE way WHEN 'hash' THEN 'HashAggregate' ELSE 'Unique' END) = 1, result);
        query := format('SELECT count(*) || '' '' || sum(l.n::bigint * r.n) FROM l JOIN r USING (%s)', column_name);
        EXECUTE query INTO result;
        INSERT INTO ways VALUES ('join ' || column_name, way, pg_temp.plan_lines(query, node) = 1, result);
        query := format('SELECT count(*) || '' '' || count(r.n) FROM l FULL JOIN r USING (%s)', column_name);
        IF way <> 'loop' THEN
            EXECUTE query INTO result;
            INSERT INTO ways VALUES ('full join ' || column_name, way, pg_temp.plan_lines(query, node) = 1, result);
        END IF;
    END LOOP;
    -- a code and a range: one order, so they can be merged
    query := 'SELECT count(*) || '' '' || sum(l.n::bigint * r.n) FROM l JOIN r ON l.c = r.r';
    IF way <> 'hash' THEN
        EXECUTE query INTO result;
        INSERT INTO ways VALUES ('join code and range', way, pg_temp.plan_lines(query, node) = 1, result);
    END IF;
END
$$;
SET enable_sort = off; SET enable_mergejoin = off; SET enable_nestloop = off;
SELECT pg_temp.try('hash', 'Hash.* Join');
RESET enable_sort; RESET enable_mergejoin; RESET enable_nestloop;
SET enable_hashagg = off; SET enable_hashjoin = off; SET enable_nestloop = off;
SELECT pg_temp.try('sort', 'Merge.* Join');
RESET enable_hashagg; RESET enable_hashjoin; RESET enable_nestloop;
SET enable_hashagg = off; SET enable_hashjoin = off; SET enable_mergejoin = off;
SELECT pg_temp.try('loop', 'Nested Loop');
RESET enable_hashagg; RESET enable_hashjoin; RESET enable_mergejoin;
SELECT what, count(*) AS ways, bool_and(used) AS used, count(DISTINCT result) AS results, min(result) AS result FROM ways GROUP BY what ORDER BY what;

--
-- Untyped literals
--
SELECT pg_typeof(h) AS what, h <@ '8541-8543' AS contained, h && '8542' AS overlaps, h << '9999' AS before, h >= '85' AS ge, h = '8542.31' AS equal, h -|- '8542.32' AS adjacent
FROM (SELECT '8542.31'::hscode AS h) AS s;
SELECT pg_typeof(h) AS what, h @> '8542.31' AS contains, h && '8542' AS overlaps, '8541' << h AS after, h <= '8541-8544' AS le, h = '8541-8543' AS equal, h + '8544' AS plus, h - '8542' AS minus
FROM (SELECT '8541-8543'::hsrange AS h) AS s;
SELECT pg_typeof(h) AS what, h @> '{8542.31}' AS contains, h && '{8542}' AS overlaps, h = '{8541-8543}' AS equal, h + '{8544}' AS plus, h * '{8542,85.44}' AS times
FROM (SELECT '{8541-8543}'::hsmultirange AS h) AS s;
SELECT pg_temp.sqlstate($$SELECT '8542'::hscode <@ '{8541}'$$) AS code_and_set, pg_temp.sqlstate($$SELECT '8542'::hscode <@ '8542'::hscode$$) AS two_codes,
       pg_temp.sqlstate($$SELECT '8542'::hscode = 8542$$) AS number, pg_temp.sqlstate($$SELECT '8542'::hscode = '8542'::text$$) AS text,
       pg_temp.sqlstate($$SELECT '{8541}'::hsmultirange @> '8541'$$) AS set_and_range, pg_temp.sqlstate($$SELECT '8542'::hscode || 'x'$$) AS concatenation;
SELECT h BETWEEN '8541' AND '8543' AS between, h IN ('8541', '8542') AS "in", coalesce(h, '8543') AS coalesce, CASE WHEN h > '85' THEN h ELSE '84' END AS "case",
       greatest(h, '8543') AS greatest, nullif(h, '8542') AS nullif
FROM (SELECT '8542'::hscode AS h) AS s;

--
-- Core's functions of the same names
--
SELECT lower('ABC'), upper('abc'), lower('[1,5)'::int8range), upper('{[1,3),[5,8)}'::int8multirange), lower('[2025-01-01,2025-02-01)'::daterange),
       isempty('empty'::int4range), isempty('{}'::int4multirange), range_merge('[1,2)'::int4range, '[5,6)'), range_merge('{[1,2),[5,6)}'::int4multirange);
SELECT lower(x), upper(x) FROM (SELECT 'Abc' AS x) AS unknown;
SELECT range_agg(r), range_intersect_agg(r) FROM unnest('{"[1,3)","[2,5)"}'::int4range[]) AS r;
SELECT array_agg(r) AS of_multirange FROM unnest('{[1,2),[5,6)}'::int4multirange) AS r;
SELECT array_agg(r) AS of_array, min(r), max(r) FROM unnest('{3,1,2}'::int[]) AS r;
SELECT * FROM unnest('{1,2}'::int[], '{a,b}'::text[]) AS u (a, b);
SELECT min(t), max(t), min('x') AS unknown FROM unnest('{b,a}'::text[]) AS t;
SELECT '{[1,3)}'::int4multirange + '{[5,7)}'::int4multirange AS plus, '[1,5)'::int4range * '[3,9)'::int4range AS times, '[1,5)'::int4range - '[3,9)'::int4range AS minus,
       1 + 2 AS int, '2025-01-01'::date - 1 AS date, '2 days'::interval * 2 AS interval, '{1,2}'::int[] @> '{1}' AS array, '[1,5)'::int4range @> 3 AS element,
       '{"a": 1}'::jsonb @> '{"a": 1}' AS jsonb, '10.0.0.0/8'::inet >> '10.1.2.3' AS inet, '[1,2)'::int4range -|- '[2,3)' AS adjacent, '(1,1),(0,0)'::box && '(2,2),(1,1)' AS box;
