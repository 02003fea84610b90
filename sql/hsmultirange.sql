-- hsmultirange: input, output, set algebra.
\set SHOW_CONTEXT never

SELECT quote_literal(t) AS text, t::hsmultirange AS set
FROM unnest(ARRAY['{}', ' { } ', '{8542}', '{8541-8543,8401}', '{8541,8542,8543}', '{84.01, 85-86}', '{8542.31,8542}',
                  '{8541.99.99999999,8542}', '{01-99}', '{8542.31-0000,8542.31-0001}']) WITH ORDINALITY AS u (t, n)
ORDER BY n;
\x
SELECT quote_literal(t) AS text, control_list.set_problem(t) AS problem
FROM unnest(ARRAY['', '8542', '{8542', '8542}', '{8542}}', '{,}', '{8542,}', '{8542;8543}', '{{8542}}', '{8543-8541}', '{854}']) WITH ORDINALITY AS u (t, n)
ORDER BY n;
\x
SELECT '8542'::hsmultirange;
SELECT '{8542,101.21}'::hsmultirange;

SELECT hsmultirange('8541', '8543'), hsmultirange(VARIADIC '{}'::hsrange[]), isempty('{}'::hsmultirange), isempty('{85}'::hsmultirange);
SELECT hsmultirange('8541', NULL);

-- difference is exact and reads back
SELECT s, s::text::hsmultirange = s AS reads_back
FROM unnest(ARRAY['{8708}'::hsmultirange - '{8708.10}', '{8542}'::hsmultirange - '{8542.90}', '{85}'::hsmultirange - '{85}',
                  '{8401-8409}'::hsmultirange - '{8403,8405-8406}', '{8542}'::hsmultirange - '{}',
                  '{8708}'::hsmultirange - '{8708.10.0001}']) AS s;

-- containment and overlap with ranges and codes
SELECT '{8401,8541-8543}'::hsmultirange @> '8542.31'::hsrange AS contains, '{8401,8541-8543}'::hsmultirange @> '8542'::hscode AS contains_code,
       '8540-8541'::hsrange <@ '{8401,8541-8543}'::hsmultirange AS straddles, '8540-8541'::hsrange && '{8401,8541-8543}'::hsmultirange AS overlaps,
       '{8401,8541}'::hsmultirange <@ '{84,85}' AS subset, '{84,86}'::hsmultirange && '{85,87}' AS disjoint, '{84,86}'::hsmultirange && '8601'::hscode AS with_code;

-- laws, on random sets
SELECT setseed(0.5);
CREATE TEMPORARY TABLE member AS
SELECT n, digits, first + floor(random() * 99 * first)::bigint AS low, floor(random() * 4)::bigint AS further
FROM generate_series(1, 300) AS n,
     generate_series(1, 1 + n % 7) AS m,
     LATERAL (SELECT (ARRAY[2, 4, 4, 5, 6, 6, 10])[1 + floor(random() * 7 + 0 * m)::int] AS digits) AS d,
     LATERAL (SELECT (10 ^ (digits - 2))::bigint AS first) AS f;
CREATE TEMPORARY TABLE sets AS
SELECT n, hsmultirange(VARIADIC array_agg(hsrange(hscode_from_number(low, digits),
           hscode_from_number(least(low + further, (10 ^ digits)::bigint - 1), digits)))) AS s
FROM member
GROUP BY n;
INSERT INTO sets VALUES (0, '{}'), (301, '{01-99}'), (302, '{}');
SELECT count(*) AS pairs,
       count(*) FILTER (WHERE (a - b) && b) AS rest_overlaps,
       count(*) FILTER (WHERE NOT a @> (a - b)) AS rest_outside,
       count(*) FILTER (WHERE (a - (a - b)) <> (b - (b - a))) AS intersection,
       count(*) FILTER (WHERE (a @> b) <> isempty(b - a)) AS containment,
       count(*) FILTER (WHERE (a && b) <> NOT isempty(a - (a - b))) AS overlap,
       count(*) FILTER (WHERE (a = b) <> (a @> b AND b @> a)) AS equality,
       count(*) FILTER (WHERE a = b AND hsmultirange_hash(a) <> hsmultirange_hash(b)) AS hash,
       count(*) FILTER (WHERE hsmultirange_cmp(a, b) <> -hsmultirange_cmp(b, a)) AS sign
FROM (SELECT x.s AS a, y.s AS b FROM sets AS x, sets AS y WHERE x.n % 3 = y.n % 3) AS p;
SELECT count(*) FILTER (WHERE s::text::hsmultirange <> s) AS not_read_back, count(*) > 200 AS many FROM sets;
SELECT count(*) = (SELECT count(*) FROM (SELECT DISTINCT s::text FROM sets) AS t) AS distinct_by_value FROM (SELECT s FROM sets GROUP BY s) AS g;

-- a set of 100,000 ranges
SELECT length(s::text) > 1000000 AS long, s @> '8542.21.0002'::hsrange AS has, s @> '8542.21.0003'::hsrange AS has_not
FROM (SELECT ('{' || string_agg(format('8542.%s.%s', 10 + n / 5000, lpad((n % 5000 * 2)::text, 4, '0')), ',') || '}')::hsmultirange AS s
      FROM generate_series(0, 99999) AS n) AS big;
-- more of them than are sorted in one step, in any order
SELECT hsmultirange(VARIADIC array_agg(r ORDER BY hsrange_hash(r), n)) = range_agg(r ORDER BY r) AS equal, count(DISTINCT r) > 100000 AS many
FROM generate_series(1, 200000) AS n,
     LATERAL (SELECT 100000000 + n * 48271::bigint % 199999 * 49003 AS number) AS m,
     LATERAL (SELECT CASE WHEN n % 3 = 0 THEN hscode_from_number(number * 100, 12) ELSE hscode_from_number(number, 10) END::hsrange AS r) AS ranges;

-- binary form
SELECT encode(hsmultirange_send('{8401,8541-8543}'), 'hex') AS sent;
\copy sets to 'results/hsmultirange_wire' with (format binary)
CREATE TEMPORARY TABLE sets2 (LIKE sets);
\copy sets2 from 'results/hsmultirange_wire' with (format binary)
SELECT count(*) AS differing FROM sets FULL JOIN sets2 USING (n) WHERE sets.s IS DISTINCT FROM sets2.s;

-- stored short, compressed and out of line
CREATE TEMPORARY TABLE stored (s hsmultirange);
INSERT INTO stored VALUES ('{}'), ('{8542}');
INSERT INTO stored SELECT ('{' || string_agg(format('%s', 1000 + n * 2), ',') || '}')::hsmultirange FROM generate_series(0, 4000) AS n;
SELECT s @> '8542'::hsrange AS has, isempty(s), s = s::text::hsmultirange AS same FROM stored;

-- a code is cast where it is asked for; what no value can hold is refused before it is read
SELECT '8542.31'::hscode::hsmultirange, hsmultirange('8542'::hscode), hsmultirange(NULL::hscode) IS NULL AS "null";
\set VERBOSITY sqlstate
SELECT repeat(',', 67108864)::hsmultirange;
\set VERBOSITY default

-- reading and sorting many ranges can be interrupted: what would come after it is not done
CREATE TEMPORARY SEQUENCE done;
CREATE TEMPORARY TABLE many AS SELECT t, string_to_array(btrim(t, '{}'), ',')::hsrange[] AS a
FROM (SELECT '{' || repeat('9999.99.99999999,0101.01.00000001,8542,', 1200000) || '01}') AS m (t);
SET statement_timeout = '20ms';
SELECT isempty(t::hsmultirange) OR nextval('done') > 0 FROM many;
SELECT isempty(hsmultirange(VARIADIC a)) OR nextval('done') > 0 FROM many;
RESET statement_timeout;
SELECT is_called FROM done;
