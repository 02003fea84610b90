-- GiST: time to build an index over random ranges, and its size.

SELECT setseed(0.2022) \g /dev/null
SET maintenance_work_mem = '256MB';

CREATE TEMPORARY TABLE random_range AS
SELECT hsrange(low, hscode_from_number(least(hs_digits(low)::bigint + floor(random() * 4)::bigint, power(10, hs_length(low))::bigint - 1), hs_length(low))) AS v
FROM (SELECT hscode_from_number(floor(power(10, digits - 2) * (1 + random() * 98.99))::bigint, digits) AS low
      FROM generate_series(1, :rows) AS n, LATERAL (SELECT (ARRAY[4, 6, 8, 10])[1 + n % 4] AS digits) AS d OFFSET 0) AS r;
CREATE TABLE built (race text, name text, bytes bigint);

CREATE TABLE build_hsrange AS SELECT v FROM random_range;
CREATE TABLE build_int8range AS
SELECT int8range(rpad(hs_digits(lower(v)), 14, '0')::bigint, rpad(hs_digits(upper(v)), 14, '9')::bigint + 1) AS v FROM random_range;
\if :ip4r
CREATE TABLE build_ip4r AS
SELECT ip4r(floor(lower(v) * 4294967296::numeric / 1e14)::bigint::ip4, floor((upper(v) - 1) * 4294967296::numeric / 1e14)::bigint::ip4) AS v FROM build_int8range;
\endif
DROP TABLE random_range;
VACUUM ANALYZE;
INSERT INTO contender (race, name, statement, after)
SELECT 'build', name || ', GiST', format('CREATE INDEX build_index ON build_%s USING gist (v)', name),
       format('INSERT INTO built VALUES (''build'', ''%s, GiST'', pg_relation_size(''build_index'')); DROP INDEX build_index', name)
FROM unnest('{hsrange,int8range,ip4r}'::text[]) AS name WHERE to_regclass('build_' || name) IS NOT NULL;
CALL race('build', :runs);

CALL compare('build', 'hsrange, GiST', 'int8range, GiST', format('build an index of %s ranges', to_char(:rows, 'FM999,999,999')), 's', 1000, 1 / 3.0);
CALL compare('build', 'hsrange, GiST', 'ip4r, GiST', format('build an index of %s ranges', to_char(:rows, 'FM999,999,999')), 's', 1000);
INSERT INTO result (work, ours_name, ours, theirs_name, theirs, unit, target)
SELECT 'size of that index', a.name, min(a.bytes) / 1048576.0, b.name, min(b.bytes) / 1048576.0, 'MB', CASE b.name WHEN 'int8range, GiST' THEN 0.7 END
FROM built AS a JOIN built AS b ON a.name = 'hsrange, GiST' AND b.name <> a.name
GROUP BY a.name, b.name ORDER BY b.name DESC;
