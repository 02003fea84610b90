-- hsrange: input, output, operators, GiST.
\set SHOW_CONTEXT never

SELECT quote_literal(t) AS text, t::hsrange AS range, lower(t::hsrange), upper(t::hsrange)
FROM unnest(ARRAY['8542', '8541-8543', '84-85', '8471.30-8471.50', '8471.30-8471.39', '8471.3', '8542.31-0000',
                  '8542.31-8542.39', '854231-854239', '8542.31-0000-8542.31-9999', '8542.31-0000-8542.31-0010', '01-99',
                  '8541 - 8543', '8400-8499', '8400-8409', '8542-8542', '8471.3-8471.5',
                  '8708.00.00000000-8708.10.00009999']) WITH ORDINALITY AS u (t, n)
ORDER BY n;

\x
SELECT quote_literal(t) AS text, control_list.range_problem(t) AS problem
FROM unnest(ARRAY['8543-8541', '8542-8542.31', '8541-', '-8541', '8541-8542-8543', '8542.31-00', '85-8542', '8541,8543', '', '00-99',
                  '85-86-87-88', '8541--8543', '10121-10129']) WITH ORDINALITY AS u (t, n)
ORDER BY n;
\x
SELECT '8543-8541'::hsrange;
SELECT '8542-8542.31'::hsrange;

-- constructor
SELECT hsrange('8541', '8543'), hsrange('8542.31', '8542.31'), hsrange('8542.31'::hscode), hsrange(NULL, '8543') IS NULL AS "null";
SELECT hsrange('8543', '8541');
SELECT hsrange('8541', '8542.31');

-- equal sets are equal, a broader range comes first
SELECT '8471.3'::hsrange = '8471.30-8471.39' AS equal,
       hsrange_hash('8471.3') = hsrange_hash('8471.30-8471.39') AS same_hash,
       hsrange_cmp('8542', '8542.00') < 0 AS broad_first,
       hsrange_cmp('8542.00', '8542') > 0 AS narrow_last,
       hsrange_cmp('8541', '8542') < 0 AS low_first;
SELECT array_agg(r ORDER BY r) FROM unnest('{8543,8542.31,8541-8543,8542,8542.00,8541}'::hsrange[]) AS r;
-- the order of codes is that of their ranges
SELECT count(*) AS wrong
FROM unnest('{85,8542,8542.0,8542.00,8542.3,8542.31,8542.31.00,8543,01,99,9999.99}'::hscode[]) AS a,
     unnest('{85,8542,8542.0,8542.00,8542.3,8542.31,8542.31.00,8543,01,99,9999.99}'::hscode[]) AS b
WHERE sign(hscode_cmp(a, b)) <> sign(hsrange_cmp(a, b));

-- an untyped literal beside an hscode is a range
SELECT '8542.31'::hscode <@ '8541-8543' AS in_range, '8542.31'::hscode <@ '8542' AS under, '8542'::hscode <@ '8542.31' AS broader,
       '8471.3'::hscode <@ '8471.30-8471.50' AS odd_length, '8542'::hscode && '8542.31' AS overlaps,
       '8541-8543' @> '8542.31'::hscode AS contains, '8542.31' && '8542'::hscode AS overlaps_left;
SELECT '8542.31'::hscode = '8542.31' AS literal_of_equal_is_a_code;
SELECT pg_typeof('8542'::hscode), '8542'::hscode = '8542'::hsrange AS by_implicit_cast;
SELECT '8542'::hscode && '8543'::hscode;
-- core's functions of these names are still there
SELECT lower('ABC'), upper('abc'), lower(int4range(1, 5)), upper('{[1,3)}'::int4multirange);

-- every operator against plain arithmetic on the ends
CREATE TEMPORARY TABLE pair AS
SELECT a, b FROM
  unnest('{01-99,85,8541,8542,8542.3,8542.30,8542.31,8542.31.0000,8541-8543,8542.31-8542.39,8542.31.00-8542.32.50,8471.3,8471.30-8471.50,99}'::hsrange[]) AS a,
  unnest('{01-99,85,8541,8542,8542.3,8542.30,8542.31,8542.31.0000,8541-8543,8542.31-8542.39,8542.31.00-8542.32.50,8471.3,8471.30-8471.50,99}'::hsrange[]) AS b;
CREATE FUNCTION pg_temp.leaf(code hscode, filler text) RETURNS bigint LANGUAGE sql AS
$$ SELECT rpad(hs_digits(code), 14, filler)::bigint $$;
SELECT count(*) AS pairs,
       count(*) FILTER (WHERE (a @> b) <> (al <= bl AND bh <= ah)) AS contains,
       count(*) FILTER (WHERE (a <@ b) <> (bl <= al AND ah <= bh)) AS contained,
       count(*) FILTER (WHERE (a && b) <> (al <= bh AND bl <= ah)) AS overlaps,
       count(*) FILTER (WHERE (a = b) <> (al = bl AND bh = ah)) AS equal,
       count(*) FILTER (WHERE (a < b) <> (al < bl OR al = bl AND ah > bh)) AS less,
       count(*) FILTER (WHERE (a <= b) <> (b >= a) OR (a > b) <> (b < a) OR (a <> b) = (a = b)) AS mirrored
FROM (SELECT a, b, pg_temp.leaf(lower(a), '0') AS al, pg_temp.leaf(upper(a), '9') AS ah,
             pg_temp.leaf(lower(b), '0') AS bl, pg_temp.leaf(upper(b), '9') AS bh FROM pair) AS p;

-- GiST answers as a scan does
CREATE TEMPORARY TABLE rule AS
SELECT n AS id,
       CASE n % 4
           WHEN 0 THEN hscode_from_number(1 + n % 99, 2)::hsrange
           WHEN 1 THEN hscode_from_number(100 + n * 37 % 9899, 4)::hsrange
           WHEN 2 THEN hsrange(hscode_from_number(10100 + n * 7919 % 900000, 6),
                               hscode_from_number(10100 + n * 7919 % 900000 + n % 500, 6))
           ELSE hscode_from_number((10100 + n * 104729 % 900000) * 10000::bigint + n % 9999, 10)::hsrange
       END AS codes
FROM generate_series(1, 4000) AS n;
CREATE INDEX rule_gist ON rule USING gist (codes);
CREATE TEMPORARY TABLE query AS
SELECT hscode_from_number(10100 + n * 15485863::bigint % 900000, 6) AS code,
       hsrange(hscode_from_number(100 + n * 31 % 9000, 4), hscode_from_number(100 + n * 31 % 9000 + n % 3, 4)) AS range
FROM generate_series(1, 100) AS n;
INSERT INTO query SELECT lower(codes), codes FROM rule WHERE id % 100 = 0;
CREATE FUNCTION pg_temp.answers() RETURNS text LANGUAGE sql AS $$
    SELECT md5(string_agg(concat_ws(' ', o, q.range, q.code, r.id), ',' ORDER BY o, q.range, q.code, r.id))
    FROM query AS q,
         LATERAL (SELECT '@>' AS o, id FROM rule WHERE codes @> q.range
                  UNION ALL SELECT '@>c', id FROM rule WHERE codes @> q.code
                  UNION ALL SELECT '<@', id FROM rule WHERE codes <@ q.range
                  UNION ALL SELECT '&&', id FROM rule WHERE codes && q.range
                  UNION ALL SELECT '=', id FROM rule WHERE codes = q.range) AS r
$$;
CREATE FUNCTION pg_temp.uses_index(query text, index text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    line text;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
        IF line LIKE '%' || index || '%' THEN
            RETURN true;
        END IF;
    END LOOP;
    RETURN false;
END
$$;
SET enable_seqscan = off;
SELECT pg_temp.uses_index($$SELECT id FROM rule WHERE codes @> '8542.31'::hsrange$$, 'rule_gist') AS contains,
       pg_temp.uses_index($$SELECT id FROM rule WHERE codes @> '8542.31'::hscode$$, 'rule_gist') AS contains_code,
       pg_temp.uses_index($$SELECT id FROM rule WHERE codes <@ '8542'$$, 'rule_gist') AS contained,
       pg_temp.uses_index($$SELECT id FROM rule WHERE codes && '8542'::hscode$$, 'rule_gist') AS overlaps_code,
       pg_temp.uses_index($$SELECT id FROM rule WHERE codes && '8542'$$, 'rule_gist') AS overlaps,
       pg_temp.uses_index($$SELECT id FROM rule WHERE codes = '8542'$$, 'rule_gist') AS equals;
SELECT pg_temp.answers() AS by_index \gset
RESET enable_seqscan;
SET enable_indexscan = off; SET enable_bitmapscan = off; SET enable_indexonlyscan = off;
SELECT pg_temp.answers() = :'by_index' AS same_as_scan;
RESET enable_indexscan; RESET enable_bitmapscan; RESET enable_indexonlyscan;

-- built by insertion, with deletions
CREATE TEMPORARY TABLE grown (id int, codes hsrange);
CREATE INDEX grown_gist ON grown USING gist (codes);
INSERT INTO grown SELECT id, codes FROM rule;
DELETE FROM grown WHERE id % 3 = 0;
VACUUM grown;
SET enable_seqscan = off;
SELECT count(*) = (SELECT count(*) FROM rule WHERE id % 3 <> 0 AND codes && '84-85') AS same FROM grown WHERE codes && '84-85';
RESET enable_seqscan;

-- binary form
SELECT encode(hsrange_send('8541-8543'), 'hex') AS sent;
\copy rule to 'results/hsrange_wire' with (format binary)
CREATE TEMPORARY TABLE rule2 (LIKE rule);
\copy rule2 from 'results/hsrange_wire' with (format binary)
SELECT count(*) AS differing FROM rule FULL JOIN rule2 USING (id) WHERE rule.codes IS DISTINCT FROM rule2.codes;

-- the fewest codes that make up a range, in order
SELECT r, array_agg(code) AS codes
FROM unnest('{8542,8541-8543,8471.30-8471.50,85-99,8501-8508,8542.31.00-8542.32.50,9999.99.99999999,0100.00.00000001-0100.00.00000021}'::hsrange[]) AS r, hs_split(r) AS code
GROUP BY r ORDER BY r;
SELECT count(*) > 2000 AS many,
       count(*) FILTER (WHERE whole <> hsmultirange(codes)) AS not_all_of_it,
       count(*) FILTER (WHERE disordered) AS disordered,
       count(*) FILTER (WHERE divided) AS divided
FROM (SELECT codes, range_agg(code) AS whole, bool_or(code::hsrange <= before OR code && before::hsrange) AS disordered,
             bool_or(broader <@ codes) AS divided
      FROM (SELECT codes, code, lag(code) OVER (PARTITION BY codes ORDER BY n) AS before,
                   CASE WHEN hs_length(code) > 2 THEN hs_truncate(code, CASE hs_length(code) WHEN 4 THEN 2 ELSE hs_length(code) - 1 END) END AS broader
            FROM (SELECT DISTINCT codes FROM rule) AS r, hs_split(codes) WITH ORDINALITY AS s (code, n)) AS s
      GROUP BY codes) AS ranges;
SELECT count(*) FROM hs_split('0100.00.00000001-9999.99.99999998');
