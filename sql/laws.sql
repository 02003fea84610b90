-- Laws of set algebra and order, on random values; and the same answers as int8range
-- and int8multirange give on the same leaves.  Operators, comparison functions and
-- hashes are taken from the catalogs, so that none is forgotten.
\set SHOW_CONTEXT never
SELECT setseed(0.8542);

--
-- Random values.  Few different digits, so that values touch, nest and are equal.
--
CREATE FUNCTION pg_temp.random_digits(length int) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    digits text := ('{01,02,84,85,99}'::text[])[1 + floor(random() * 5)];
BEGIN
    WHILE length(digits) < length LOOP
        digits := digits || substr('000199', 1 + floor(random() * 6)::int, 1);
    END LOOP;
    RETURN digits;
END
$$;

-- 2 or 4 to 14 digits, short ones more often
CREATE FUNCTION pg_temp.random_length() RETURNS int LANGUAGE sql VOLATILE AS $$
    SELECT ('{2,4,4,4,5,6,6,6,6,7,8,10,13,14}'::int[])[1 + floor(random() * 14)]
$$;

-- Both ends of a range: often one code, else two with digits in common.
CREATE FUNCTION pg_temp.random_ends(OUT low text, OUT high text) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    size int := pg_temp.random_length();
    other text := pg_temp.random_digits(size);
BEGIN
    low := pg_temp.random_digits(size);
    high := overlay(other PLACING left(low, floor(random() * (size + 1))::int) FROM 1);
    IF random() < 0.3 THEN
        high := low;
    ELSIF high < low THEN
        SELECT high, low INTO low, high;
    END IF;
END
$$;

-- each value in ours and in core's types; what_ord are numbers in the order that the value has
CREATE TEMPORARY TABLE operand (
    id int PRIMARY KEY,
    hscode hscode, hsrange hsrange, hsmultirange hsmultirange,
    hscode_core int8range, hsrange_core int8range, hsmultirange_core int8multirange,
    hscode_ord int8[], hsrange_ord int8[], hsmultirange_ord int8[]
);

CREATE FUNCTION pg_temp.random_operand(id int) RETURNS operand LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    result operand;
    code text := pg_temp.random_digits(pg_temp.random_length());
    ends record;
    ours hsrange[] := '{}';
    core int8range[] := '{}';
BEGIN
    FOR i IN 0 .. (id % 8) LOOP
        SELECT * INTO ends FROM pg_temp.random_ends();
        ours := ours || hsrange(hscode_from_number(ends.low::bigint, length(ends.low)),
                                hscode_from_number(ends.high::bigint, length(ends.high)));
        core := core || int8range(rpad(ends.low, 14, '0')::bigint, rpad(ends.high, 14, '9')::bigint + 1);
    END LOOP;
    result.id := id;
    result.hscode := hscode_from_number(code::bigint, length(code));
    result.hscode_core := int8range(rpad(code, 14, '0')::bigint, rpad(code, 14, '9')::bigint + 1);
    result.hsrange := ours[1];
    result.hsrange_core := core[1];
    result.hsmultirange := hsmultirange(VARIADIC ours[2:]);
    result.hsmultirange_core := int8multirange(VARIADIC core[2:]);
    result.hscode_ord := ARRAY[lower(result.hscode_core), -upper(result.hscode_core)];
    result.hsrange_ord := ARRAY[lower(result.hsrange_core), -upper(result.hsrange_core)];
    SELECT coalesce(array_agg(e ORDER BY n, i), '{}') INTO result.hsmultirange_ord
    FROM unnest(result.hsmultirange_core) WITH ORDINALITY AS u (r, n),
         LATERAL (VALUES (1, lower(r)), (2, -upper(r))) AS v (i, e);
    RETURN result;
END
$$;
INSERT INTO operand SELECT o.* FROM generate_series(1, 3000) AS n, LATERAL pg_temp.random_operand(n) AS o;
-- the extremes
UPDATE operand SET hscode = '99', hscode_core = '[99000000000000,100000000000000)', hscode_ord = '{99000000000000,-100000000000000}',
    hsrange = '01-99', hsrange_core = '[1000000000000,100000000000000)', hsrange_ord = '{1000000000000,-100000000000000}',
    hsmultirange = '{01-99}', hsmultirange_core = '{[1000000000000,100000000000000)}',
    hsmultirange_ord = '{1000000000000,-100000000000000}'
WHERE id % 100 = 0;
-- and sets that touch
UPDATE operand SET hsmultirange = hsmultirange(format('%s', chapter)::hsrange),
    hsmultirange_core = int8multirange(int8range(chapter * 1000000000000, (chapter + 1) * 1000000000000)),
    hsmultirange_ord = ARRAY[chapter * 1000000000000, -(chapter + 1) * 1000000000000]
FROM unnest('{84,85,86}'::bigint[]) AS chapter WHERE id % 30 = chapter % 30;
ANALYZE operand;

-- pairs at random, some of them with themselves
CREATE TEMPORARY TABLE pair AS
SELECT a, CASE WHEN n % 20 = 0 THEN a ELSE b END AS b
FROM (SELECT n, 1 + floor(random() * 3000)::int AS a, 1 + floor(random() * 3000)::int AS b
      FROM generate_series(1, 20000) AS n OFFSET 0) AS r;
CREATE TEMPORARY TABLE sides AS
SELECT l.hscode AS l_hscode, l.hsrange AS l_hsrange, l.hsmultirange AS l_hsmultirange,
       r.hscode AS r_hscode, r.hsrange AS r_hsrange, r.hsmultirange AS r_hsmultirange,
       l.hscode_core AS l_hscode_core, l.hsrange_core AS l_hsrange_core, l.hsmultirange_core AS l_hsmultirange_core,
       r.hscode_core AS r_hscode_core, r.hsrange_core AS r_hsrange_core, r.hsmultirange_core AS r_hsmultirange_core,
       l.hscode_ord AS l_hscode_ord, l.hsrange_ord AS l_hsrange_ord, l.hsmultirange_ord AS l_hsmultirange_ord,
       r.hscode_ord AS r_hscode_ord, r.hsrange_ord AS r_hsrange_ord, r.hsmultirange_ord AS r_hsmultirange_ord
FROM pair JOIN operand AS l ON l.id = a JOIN operand AS r ON r.id = b;

-- a set in core's type, by way of its text
CREATE FUNCTION pg_temp.core(set hsmultirange) RETURNS int8multirange LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(range_agg(int8range(rpad(hs_digits(lower(r)), 14, '0')::bigint,
                                        rpad(hs_digits(upper(r)), 14, '9')::bigint + 1)), '{}')
    FROM unnest(set) AS r
$$;
SELECT count(*) FILTER (WHERE pg_temp.core(hsmultirange) <> hsmultirange_core) AS sets,
       count(*) FILTER (WHERE pg_temp.core(hsmultirange(hsrange)) <> int8multirange(hsrange_core)) AS ranges,
       count(*) FILTER (WHERE pg_temp.core(hsmultirange(hscode::hsrange)) <> int8multirange(hscode_core)) AS codes,
       count(*) FILTER (WHERE hsmultirange::text::hsmultirange <> hsmultirange OR hsrange::text::hsrange <> hsrange
                           OR hscode::text::hscode <> hscode) AS not_read_back,
       count(*) FILTER (WHERE isempty(hsmultirange)) BETWEEN 100 AND 1000 AS some_are_empty
FROM operand;

--
-- Every operator, between every pair of types
--
CREATE TEMPORARY TABLE outcome (kind text, what text, cases bigint, violations bigint, vacuous boolean DEFAULT false);

-- 'l OPERATOR(s.op) r' on two columns; what a column is called follows from its type
CREATE FUNCTION pg_temp.applied(operator oid, "left" text, "right" text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT format('%s OPERATOR(%I.%s) %s', "left", nspname, oprname, "right")
    FROM pg_operator JOIN pg_namespace AS n ON n.oid = oprnamespace WHERE pg_operator.oid = operator
$$;

CREATE TEMPORARY TABLE operator AS
SELECT oid, oprname AS name, oprleft::regtype::text AS l, oprright::regtype::text AS r, oprresult::regtype::text AS result, oprcom, oprnegate,
       CASE WHEN oprname = ANY ('{@>,<@,&&,<<,>>,&<,&>,-|-}') THEN 'relation'
            WHEN oprname = ANY ('{=,<>,<,<=,>,>=}') THEN 'comparison'
            WHEN oprname = ANY ('{+,*,-}') THEN 'operation' END AS kind
FROM pg_operator
WHERE oprleft IN ('hscode'::regtype, 'hsrange'::regtype, 'hsmultirange'::regtype)
  AND oprright IN ('hscode'::regtype, 'hsrange'::regtype, 'hsmultirange'::regtype);

-- relations as core has them between ranges and multiranges, comparisons as between arrays
DO $$
DECLARE
    o record;
    expected text;
BEGIN
    FOR o IN SELECT * FROM operator WHERE kind IN ('relation', 'comparison') LOOP
        expected := format('l_%s_%s OPERATOR(pg_catalog.%s) r_%s_%2$s', o.l,
                           CASE o.kind WHEN 'relation' THEN 'core' ELSE 'ord' END, o.name, o.r);
        EXECUTE format($q$
            INSERT INTO outcome
            SELECT %L, %L, count(*), count(*) FILTER (WHERE ours IS DISTINCT FROM (%s)),
                   count(*) FILTER (WHERE ours) < 20 OR count(*) FILTER (WHERE NOT ours) < 20
            FROM (SELECT %s AS ours, * FROM sides OFFSET 0) AS s$q$,
            o.kind, o.oid::regoperator, expected, pg_temp.applied(o.oid, 'l_' || o.l, 'r_' || o.r));
        IF o.oprcom <> 0 THEN
            EXECUTE format('INSERT INTO outcome SELECT %L, %L, count(*), count(*) FILTER (WHERE (%s) IS DISTINCT FROM (%s)) FROM sides',
                'commutator', o.oid::regoperator, pg_temp.applied(o.oid, 'l_' || o.l, 'r_' || o.r),
                pg_temp.applied(o.oprcom, 'r_' || o.r, 'l_' || o.l));
        END IF;
        IF o.oprnegate <> 0 THEN
            EXECUTE format('INSERT INTO outcome SELECT %L, %L, count(*), count(*) FILTER (WHERE (%s) IS NOT DISTINCT FROM (%s)) FROM sides',
                'negator', o.oid::regoperator, pg_temp.applied(o.oid, 'l_' || o.l, 'r_' || o.r),
                pg_temp.applied(o.oprnegate, 'l_' || o.l, 'r_' || o.r));
        END IF;
    END LOOP;
END
$$;

-- operations as core has them between multiranges
CREATE TEMPORARY TABLE few_sides AS SELECT * FROM sides LIMIT 4000;
DO $$
DECLARE
    o record;
    expected text;
BEGIN
    FOR o IN SELECT * FROM operator WHERE kind = 'operation' LOOP
        expected := format('int8multirange(l_%s_core) OPERATOR(pg_catalog.%s) int8multirange(r_%s_core)', o.l, o.name, o.r);
        expected := replace(expected, 'int8multirange(l_hsmultirange_core)', 'l_hsmultirange_core');
        expected := replace(expected, 'int8multirange(r_hsmultirange_core)', 'r_hsmultirange_core');
        EXECUTE format('INSERT INTO outcome SELECT %L, %L, count(*), count(*) FILTER (WHERE pg_temp.core(%s) IS DISTINCT FROM (%s)) FROM few_sides',
            'operation', o.oid::regoperator, pg_temp.applied(o.oid, 'l_' || o.l, 'r_' || o.r), expected);
        IF o.oprcom <> 0 THEN
            EXECUTE format('INSERT INTO outcome SELECT %L, %L, count(*), count(*) FILTER (WHERE (%s) IS DISTINCT FROM (%s)) FROM few_sides',
                'commutator', o.oid::regoperator, pg_temp.applied(o.oid, 'l_' || o.l, 'r_' || o.r),
                pg_temp.applied(o.oprcom, 'r_' || o.r, 'l_' || o.l));
        END IF;
    END LOOP;
END
$$;

-- a code is the range that it covers, wherever a range may stand
DO $$
DECLARE
    o record;
BEGIN
    FOR o IN SELECT x.*, y.oid AS as_range, replace(x.l, 'hscode', 'hsrange') AS l2, replace(x.r, 'hscode', 'hsrange') AS r2
             FROM operator AS x JOIN operator AS y ON y.name = x.name
                  AND y.l = replace(x.l, 'hscode', 'hsrange') AND y.r = replace(x.r, 'hscode', 'hsrange')
             WHERE 'hscode' IN (x.l, x.r) LOOP
        EXECUTE format('INSERT INTO outcome SELECT %L, %L, count(*), count(*) FILTER (WHERE (%s) IS DISTINCT FROM (%s)) FROM sides',
            'code as range', o.oid::regoperator, pg_temp.applied(o.oid, 'l_' || o.l, 'r_' || o.r),
            pg_temp.applied(o.as_range, format('l_%s::%s', o.l, o.l2), format('r_%s::%s', o.r, o.r2)));
    END LOOP;
END
$$;
INSERT INTO outcome
SELECT 'operation', 'code and range', count(*),
       count(*) FILTER (WHERE l_hscode + r_hsrange <> l_hscode::hsrange + r_hsrange OR l_hsmultirange - r_hscode <> l_hsmultirange - r_hscode::hsrange
                           OR r_hscode * l_hsmultirange <> r_hscode::hsrange * l_hsmultirange)
FROM sides;

-- the signs of comparison functions, as btree knows them
DO $$
DECLARE
    f record;
BEGIN
    FOR f IN SELECT p.amproc, p.amproclefttype::regtype AS l, p.amprocrighttype::regtype AS r
             FROM pg_amproc AS p JOIN pg_opfamily AS o ON o.oid = p.amprocfamily JOIN pg_am AS a ON a.oid = o.opfmethod
             WHERE a.amname = 'btree' AND p.amprocnum = 1
               AND p.amproclefttype IN ('hscode'::regtype, 'hsrange'::regtype, 'hsmultirange'::regtype) LOOP
        EXECUTE format($q$
            INSERT INTO outcome
            SELECT 'sign', %L, count(*),
                   count(*) FILTER (WHERE sign(cmp) <> btarraycmp(l_%s_ord, r_%s_ord) OR sign(cmp) <> - sign(back)),
                   count(DISTINCT sign(cmp)) < 3
            FROM (SELECT %s(l_%2$s, r_%3$s) AS cmp, btarraycmp(r_%3$s_ord, l_%2$s_ord) AS back, * FROM sides OFFSET 0) AS s$q$,
            f.amproc::regprocedure, f.l, f.r, f.amproc::regproc);
    END LOOP;
END
$$;

-- what is equal has one hash, by any seed; the plain hash is half of the extended one; most values have a hash of their own
DO $$
DECLARE
    f record;
BEGIN
    FOR f IN SELECT p.amproc, q.amproc AS extended, p.amproclefttype::regtype AS type
             FROM pg_amproc AS p JOIN pg_amproc AS q ON q.amprocfamily = p.amprocfamily AND q.amprocnum = 2
             JOIN pg_opfamily AS o ON o.oid = p.amprocfamily JOIN pg_am AS a ON a.oid = o.opfmethod
             WHERE a.amname = 'hash' AND p.amprocnum = 1
               AND p.amproclefttype IN ('hscode'::regtype, 'hsrange'::regtype, 'hsmultirange'::regtype) LOOP
        EXECUTE format($q$
            INSERT INTO outcome
            SELECT 'hash', %L, count(*),
                   count(*) FILTER (WHERE l_%s = r_%2$s AND (%s(l_%2$s) <> %3$s(r_%2$s) OR %4$s(l_%2$s, 42) <> %4$s(r_%2$s, 42)))
                 + count(*) FILTER (WHERE %3$s(l_%2$s) <> (%4$s(l_%2$s, 0) << 32 >> 32)::int),
                   count(*) FILTER (WHERE l_%2$s = r_%2$s) < 20
                   OR count(DISTINCT %3$s(l_%2$s)) < 0.99 * count(DISTINCT l_%2$s) OR count(DISTINCT %4$s(l_%2$s, 7)) < count(DISTINCT l_%2$s)
            FROM sides$q$,
            f.amproc::regprocedure, f.type, f.amproc::regproc, f.extended::regproc);
    END LOOP;
END
$$;

-- sorting is by the same order, with sort support and without
INSERT INTO outcome
SELECT 'sorting', 'ascending', count(*), count(*) FILTER (WHERE c <> c_ord OR r <> r_ord OR m <> m_ord)
FROM (SELECT dense_rank() OVER (ORDER BY hscode) AS c, dense_rank() OVER (ORDER BY hscode_ord) AS c_ord,
             dense_rank() OVER (ORDER BY hsrange) AS r, dense_rank() OVER (ORDER BY hsrange_ord) AS r_ord,
             dense_rank() OVER (ORDER BY hsmultirange) AS m, dense_rank() OVER (ORDER BY hsmultirange_ord) AS m_ord
      FROM operand) AS ranks;
INSERT INTO outcome
SELECT 'sorting', 'descending', count(*), count(*) FILTER (WHERE c <> c_ord OR r <> r_ord OR m <> m_ord)
FROM (SELECT dense_rank() OVER (ORDER BY hscode DESC, id) AS c, dense_rank() OVER (ORDER BY hscode_ord DESC, id) AS c_ord,
             dense_rank() OVER (ORDER BY hsrange DESC, id) AS r, dense_rank() OVER (ORDER BY hsrange_ord DESC, id) AS r_ord,
             dense_rank() OVER (ORDER BY hsmultirange DESC, id) AS m, dense_rank() OVER (ORDER BY hsmultirange_ord DESC, id) AS m_ord
      FROM operand) AS ranks;

SELECT kind, count(*) >= CASE kind WHEN 'relation' THEN 64 WHEN 'comparison' THEN 30 WHEN 'operation' THEN 12 WHEN 'commutator' THEN 86
                                   WHEN 'negator' THEN 30 WHEN 'code as range' THEN 50 WHEN 'sign' THEN 5 WHEN 'hash' THEN 3 ELSE 2 END AS all_there,
       sum(violations) AS violations, sum(vacuous::int) AS vacuous
FROM outcome GROUP BY kind ORDER BY kind;
SELECT kind, what, cases, violations, vacuous FROM outcome WHERE violations > 0 OR vacuous;
SELECT oid::regoperator AS without_a_law FROM operator WHERE kind IS NULL ORDER BY 1;
-- an operator that says it can be hashed has a hash
SELECT o.oid::regoperator AS cannot_be_hashed FROM operator JOIN pg_operator AS o USING (oid)
WHERE o.oprcanhash AND NOT EXISTS (SELECT FROM pg_amop AS a JOIN pg_am AS m ON m.oid = a.amopmethod WHERE m.amname = 'hash' AND a.amopopr = o.oid);

--
-- Laws between three sets, and the whole of everything
--
CREATE TEMPORARY TABLE triple AS
SELECT x.hsmultirange AS a, y.hsmultirange AS b, z.hsmultirange AS c, x.hsrange AS ra, y.hsrange AS rb, z.hsrange AS rc,
       x.hscode AS ca, y.hscode AS cb, z.hscode AS cc, hsmultirange('01-99'::hsrange) AS u, hsmultirange() AS e
FROM (SELECT 1 + floor(random() * 3000)::int AS i, 1 + floor(random() * 3000)::int AS j, 1 + floor(random() * 3000)::int AS k
      FROM generate_series(1, 25000) OFFSET 0) AS n
JOIN operand AS x ON x.id = i JOIN operand AS y ON y.id = j JOIN operand AS z ON z.id = k;
INSERT INTO outcome SELECT 'law', 'triple', 25 * count(*), 0 FROM triple;
\x
SELECT count(*) FILTER (WHERE a + b <> b + a OR a * b <> b * a) AS commutative,
       count(*) FILTER (WHERE (a + b) + c <> a + (b + c) OR (a * b) * c <> a * (b * c)) AS associative,
       count(*) FILTER (WHERE a * (b + c) <> a * b + a * c OR a + b * c <> (a + b) * (a + c)) AS distributive,
       count(*) FILTER (WHERE a + a * b <> a OR a * (a + b) <> a) AS absorption,
       count(*) FILTER (WHERE a + a <> a OR a * a <> a OR a - a <> e) AS idempotent,
       count(*) FILTER (WHERE a + e <> a OR a * e <> e OR a - e <> a OR e - a <> e) AS empty,
       count(*) FILTER (WHERE a + u <> u OR a * u <> a OR a - u <> e) AS whole,
       count(*) FILTER (WHERE a + (u - a) <> u OR a * (u - a) <> e OR u - (u - a) <> a) AS complement,
       count(*) FILTER (WHERE u - (a + b) <> (u - a) * (u - b) OR u - a * b <> (u - a) + (u - b)) AS de_morgan,
       count(*) FILTER (WHERE a - b <> a * (u - b) OR a - (b + c) <> a - b - c OR a - (a - b) <> a * b) AS difference,
       count(*) FILTER (WHERE (a - b) + (b - a) <> (a + b) - a * b) AS symmetric_difference,
       count(*) FILTER (WHERE (a <@ b) <> (a * b = a) OR (a <@ b) <> (a + b = b) OR (a <@ b) <> isempty(a - b)) AS containment,
       count(*) FILTER (WHERE (a && b) <> NOT isempty(a * b)) AS overlap,
       count(*) FILTER (WHERE (a = b) <> (a @> b AND b @> a)) AS equality,
       count(*) FILTER (WHERE a @> b AND b @> c AND NOT a @> c) AS containment_transitive,
       count(*) FILTER (WHERE (a << b OR a >> b) AND a && b) AS beside_and_overlapping,
       count(*) FILTER (WHERE a << b AND NOT a &< b OR a >> b AND NOT a &> b) AS before_and_not_overleft,
       count(*) FILTER (WHERE a << b AND b << c AND NOT a << c AND NOT isempty(b)) AS before_transitive,
       count(*) FILTER (WHERE ra -|- rb AND (ra && rb OR lower(hsmultirange(ra, rb)) IS NULL OR NOT hsmultirange(range_merge(ra, rb)) = ra + rb)) AS adjacent,
       count(*) FILTER (WHERE (ra + rb)::text <> ((a + ra) * (ra + rb) + (ra + rb) * (u - (a + ra)))::text) AS canonical,
       count(*) FILTER (WHERE (a <= b AND b <= c AND NOT a <= c) OR (ra <= rb AND rb <= rc AND NOT ra <= rc)
                           OR (ca <= cb AND cb <= cc AND NOT ca <= cc) OR (ca <= rb AND rb <= cc AND NOT ca <= cc)
                           OR (ra <= cb AND cb <= rc AND NOT ra <= rc)) AS order_transitive,
       count(*) FILTER (WHERE (a < b)::int + (a = b)::int + (a > b)::int <> 1 OR (ra < rb)::int + (ra = rb)::int + (ra > rb)::int <> 1
                           OR (ca < cb)::int + (ca = cb)::int + (ca > cb)::int <> 1 OR (ca < rb)::int + (ca = rb)::int + (ca > rb)::int <> 1) AS trichotomy,
       count(*) FILTER (WHERE (ca < cb) <> (ca::hsrange < cb::hsrange) OR (ca < rb) <> (ca::hsrange < rb)) AS order_of_codes_and_ranges,
       count(*) FILTER (WHERE ca::hsrange @> cb AND NOT ca <= cb) AS prefix_first,
       count(*) FILTER (WHERE range_merge(ra, rb) <> range_merge(ra + rb) OR (a <> e AND NOT range_merge(a) @> a)) AS merge
FROM triple;
\x

--
-- Functions and aggregates, against core's
--
SELECT count(*) FILTER (WHERE pg_temp.core(hsmultirange(range_merge(hsmultirange))) IS DISTINCT FROM
                              CASE WHEN NOT isempty(hsmultirange_core) THEN int8multirange(range_merge(hsmultirange_core)) END
                              AND NOT isempty(hsmultirange)) AS range_merge,
       count(*) FILTER (WHERE range_merge(hsmultirange) IS NULL <> isempty(hsmultirange_core)) AS merge_of_none,
       count(*) FILTER (WHERE rpad(hs_digits(lower(hsmultirange)), 14, '0')::bigint IS DISTINCT FROM lower(hsmultirange_core)
                           OR rpad(hs_digits(upper(hsmultirange)), 14, '9')::bigint + 1 IS DISTINCT FROM upper(hsmultirange_core)) AS ends,
       count(*) FILTER (WHERE isempty(hsmultirange) <> isempty(hsmultirange_core)) AS isempty,
       count(*) FILTER (WHERE ARRAY(SELECT pg_temp.core(hsmultirange(r)) FROM unnest(hsmultirange) WITH ORDINALITY AS u (r, n) ORDER BY n)
                           <> ARRAY(SELECT int8multirange(r) FROM unnest(hsmultirange_core) WITH ORDINALITY AS u (r, n) ORDER BY n)) AS unnest
FROM operand;

-- groups of 1 to 9, some values missing
CREATE TEMPORARY TABLE member AS
SELECT n % 997 AS g, CASE WHEN n % 11 > 0 THEN o.hscode END AS hscode, CASE WHEN n % 11 > 0 THEN o.hsrange END AS hsrange,
       CASE WHEN n % 11 > 0 THEN o.hsmultirange END AS hsmultirange,
       CASE WHEN n % 11 > 0 THEN o.hscode_core END AS hscode_core, CASE WHEN n % 11 > 0 THEN o.hsrange_core END AS hsrange_core,
       CASE WHEN n % 11 > 0 THEN o.hsmultirange_core END AS hsmultirange_core,
       CASE WHEN n % 11 > 0 THEN o.hscode_ord END AS hscode_ord, CASE WHEN n % 11 > 0 THEN o.hsrange_ord END AS hsrange_ord,
       CASE WHEN n % 11 > 0 THEN o.hsmultirange_ord END AS hsmultirange_ord
FROM (SELECT n, 1 + floor(random() * 3000)::int AS i FROM generate_series(1, 5000) AS n OFFSET 0) AS r JOIN operand AS o ON o.id = i
WHERE n % 9 >= n % 997 % 9;
INSERT INTO member (g) SELECT 1000 FROM generate_series(1, 3);
CREATE TEMPORARY TABLE aggregate AS
SELECT g, range_agg(hscode) AS by_code, range_agg(hsrange) AS by_range, range_agg(hsmultirange) AS by_set,
       range_agg(hscode_core) AS core_by_code, range_agg(hsrange_core) AS core_by_range,
       (SELECT range_agg(r) FROM member AS m, unnest(m.hsmultirange_core) AS r WHERE m.g = member.g) AS core_by_set,
       range_intersect_agg(hsrange) AS common, range_intersect_agg(hsmultirange) AS common_set,
       range_intersect_agg(hsrange_core) AS core_common, range_intersect_agg(hsmultirange_core) AS core_common_set,
       min(hscode) AS min_code, max(hscode) AS max_code, min(hsrange) AS min_range, max(hsrange) AS max_range, min(hsmultirange) AS min_set, max(hsmultirange) AS max_set,
       (array_agg(hscode ORDER BY hscode_ord) FILTER (WHERE hscode IS NOT NULL))[1] AS first_code,
       (array_agg(hscode ORDER BY hscode_ord DESC) FILTER (WHERE hscode IS NOT NULL))[1] AS last_code,
       (array_agg(hsrange ORDER BY hsrange_ord) FILTER (WHERE hsrange IS NOT NULL))[1] AS first_range,
       (array_agg(hsrange ORDER BY hsrange_ord DESC) FILTER (WHERE hsrange IS NOT NULL))[1] AS last_range,
       (array_agg(hsmultirange ORDER BY hsmultirange_ord) FILTER (WHERE hsmultirange IS NOT NULL))[1] AS first_set,
       (array_agg(hsmultirange ORDER BY hsmultirange_ord DESC) FILTER (WHERE hsmultirange IS NOT NULL))[1] AS last_set,
       count(hsmultirange) AS sets
FROM member GROUP BY g;
SELECT count(*) > 900 AS groups,
       count(*) FILTER (WHERE pg_temp.core(by_code) IS DISTINCT FROM core_by_code AND core_by_code IS NOT NULL) AS range_agg_of_codes,
       count(*) FILTER (WHERE pg_temp.core(by_range) IS DISTINCT FROM core_by_range AND core_by_range IS NOT NULL) AS of_ranges,
       count(*) FILTER (WHERE pg_temp.core(by_set) IS DISTINCT FROM coalesce(core_by_set, '{}') AND sets > 0) AS of_sets,
       count(*) FILTER (WHERE pg_temp.core(common) IS DISTINCT FROM int8multirange(core_common) AND core_common IS NOT NULL) AS range_intersect_agg,
       count(*) FILTER (WHERE pg_temp.core(common_set) IS DISTINCT FROM core_common_set AND core_common_set IS NOT NULL) AS of_sets,
       count(*) FILTER (WHERE min_code IS DISTINCT FROM first_code OR min_range IS DISTINCT FROM first_range OR min_set IS DISTINCT FROM first_set) AS min,
       count(*) FILTER (WHERE max_code IS DISTINCT FROM last_code OR max_range IS DISTINCT FROM last_range OR max_set IS DISTINCT FROM last_set) AS max,
       count(*) FILTER (WHERE (by_code IS NULL) <> (sets = 0) OR (by_range IS NULL) <> (sets = 0) OR (by_set IS NULL) <> (sets = 0)
                           OR (common IS NULL) <> (sets = 0) OR (common_set IS NULL) <> (sets = 0)) AS "null"
FROM aggregate;

-- of no rows, of no values, of empty sets
SELECT range_agg(hsrange) AS range_agg, range_agg(hsmultirange) AS of_sets, range_intersect_agg(hsrange) AS range_intersect_agg, min(hscode), max(hsmultirange)
FROM operand WHERE false;
SELECT range_agg(hscode) AS of_codes, range_agg(hsrange) AS range_agg, range_agg(hsmultirange) AS of_sets, range_intersect_agg(hsrange) AS range_intersect_agg
FROM member WHERE g = 1000;
SELECT range_agg(s) AS range_agg, range_intersect_agg(s) AS range_intersect_agg FROM unnest('{"{}","{}"}'::hsmultirange[]) AS s;

-- by several processes as by one
CREATE TABLE laws_parallel AS
SELECT hscode, hsrange, hsmultirange FROM operand, generate_series(1, 20)
WHERE hs_length(hscode) > 5 AND hs_length(lower(hsrange)) > 5
  AND NOT EXISTS (SELECT FROM unnest(hsmultirange) AS r WHERE hs_length(lower(r)) < 6);
INSERT INTO laws_parallel VALUES (NULL, NULL, NULL), ('8542', '8541-8543', '{}');
ANALYZE laws_parallel;
CREATE FUNCTION pg_temp.plan_has(query text, node text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    line text;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
        IF line LIKE '%' || node || '%' THEN
            RETURN true;
        END IF;
    END LOOP;
    RETURN false;
END
$$;
CREATE TEMPORARY TABLE processes (n int, result text);
\set query 'SELECT concat_ws(\';\', range_agg(hscode), range_agg(hsrange), range_agg(hsmultirange), range_intersect_agg(hsrange), range_intersect_agg(hsmultirange), min(hscode), max(hscode), min(hsrange), max(hsrange), min(hsmultirange), max(hsmultirange)) FROM laws_parallel'
SET max_parallel_workers_per_gather = 0;
INSERT INTO processes SELECT 1, (:query);
SET max_parallel_workers_per_gather = 3;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SELECT pg_temp.plan_has(:'query', 'Partial Aggregate') AS partial, pg_temp.plan_has(:'query', 'Parallel Seq Scan') AS parallel;
INSERT INTO processes SELECT 3, (:query);
RESET max_parallel_workers_per_gather; RESET parallel_setup_cost; RESET parallel_tuple_cost; RESET min_parallel_table_scan_size;
SELECT count(DISTINCT result) AS results, min(length(result)) > 100 AS long FROM processes;
DROP TABLE laws_parallel;

SELECT sum(cases) >= 100000 AS enough_cases, sum(violations) AS violations FROM outcome;
