-- Which ranges cover this code?  A nested loop from the probes into one index of each kind.

SELECT setseed(0.8542) \g /dev/null

-- two lists of codes, short enough for all types
CREATE TABLE list (size int, code hscode, PRIMARY KEY (size, code));
CREATE TEMPORARY TABLE published (item text, hs_code text, effective_from date);
\copy published from 'data/kr_annex_2_2.csv' with (format csv, header)
INSERT INTO list SELECT DISTINCT 1402, hs_truncate(hs_code::hscode, 8) FROM published WHERE hs_code IS NOT NULL;
INSERT INTO list
SELECT 1402, code FROM (SELECT hscode_from_number(n, 4) AS code FROM generate_series(2501, 9706) AS n) AS heading
ORDER BY hscode_hash(code) LIMIT 1402 - (SELECT count(*) FROM list);
INSERT INTO list
SELECT DISTINCT :ranges, code
FROM (SELECT hscode_from_number(floor(power(10, digits - 2) * (1 + random() * 98.99))::bigint, digits) AS code
      FROM generate_series(1, 2 * :ranges) AS n, LATERAL (SELECT CASE WHEN n % 100 = 0 THEN 4 WHEN n % 5 = 0 THEN 6 ELSE 8 END AS digits) AS d OFFSET 0) AS random_code
LIMIT :ranges;

-- a third of the probes lies under each list, a third anywhere
CREATE TEMPORARY TABLE numbered AS
SELECT size, code, row_number() OVER (PARTITION BY size ORDER BY hscode_hash(code)) - 1 AS n FROM list;
CREATE TABLE probe AS
SELECT hscode_from_number(eight, 8) AS code, eight * 1000000 AS leaf, to_char(eight, 'FM00000000') AS digits
FROM (SELECT left(hs_digits(code) || to_char(floor(random() * 10000), 'FM0000'), 8)::bigint AS eight
      FROM generate_series(1, :probes) AS i JOIN numbered ON size = (ARRAY[1402, :ranges])[i % 3] AND n = i % size
      UNION ALL
      SELECT floor(1000000 * (1 + random() * 98.99))::bigint FROM generate_series(1, :probes / 3)) AS p
ORDER BY random();

-- enter NAME, METHOD, TYPE, VALUE, CONDITION: both lists as a table with an index, and the lookup in it
CREATE PROCEDURE enter(name text, method text, type text, value text, condition text) LANGUAGE plpgsql AS $$
DECLARE
    size int;
    relation text;
BEGIN
    FOR size IN SELECT DISTINCT list.size FROM list LOOP
        relation := format('%s_%s_%s', type, method, size);
        EXECUTE format('CREATE TABLE %s AS SELECT row_number() OVER (ORDER BY hscode_hash(code)) AS id, %s AS v
                        FROM (SELECT code, rpad(hs_digits(code), 14, ''0'')::numeric AS low, rpad(hs_digits(code), 14, ''9'')::numeric + 1 AS high
                              FROM list WHERE size = %s) AS l', relation, value, size);
        EXECUTE format('CREATE INDEX %s_index ON %1$s USING %s (v)', relation, method);
        EXECUTE format('ANALYZE %s', relation);
        INSERT INTO contender (race, name, statement, index)
        VALUES ('lookup ' || size, name, format('SELECT sum(r.id) FROM probe AS p JOIN %s AS r ON %s', relation, condition), relation || '_index');
    END LOOP;
END
$$;
SELECT EXISTS (SELECT FROM pg_opclass AS o JOIN pg_am AS a ON a.oid = opcmethod WHERE opcintype = 'hsrange'::regtype AND amname = 'spgist') AS spgist \gset

CALL enter('hsrange, GiST', 'gist', 'hsrange', 'code::hsrange', 'r.v @> p.code');
CALL enter('int8range, GiST', 'gist', 'int8range', 'int8range(low::bigint, high::bigint)', 'r.v @> p.leaf');
\if :spgist
CALL enter('hsrange, SP-GiST', 'spgist', 'hsrange', 'code::hsrange', 'r.v @> p.code');
\else
INSERT INTO note (note) VALUES ('hsrange has no SP-GiST operator class; its rows are left out');
\endif
CALL enter('int8range, SP-GiST', 'spgist', 'int8range', 'int8range(low::bigint, high::bigint)', 'r.v @> p.leaf');
\if :ip4r
ALTER TABLE probe ADD ip ip4r;
UPDATE probe SET ip = (floor(leaf::numeric * 4294967296 / 1e14)::bigint::ip4)::ip4r;
CALL enter('ip4r, GiST', 'gist', 'ip4r',
           'ip4r(floor(low * 4294967296 / 1e14)::bigint::ip4, (floor(high * 4294967296 / 1e14) - 1)::bigint::ip4)', 'r.v >>= p.ip');
\endif
\if :prefix
ALTER TABLE probe ADD prefix prefix_range;
UPDATE probe SET prefix = digits::prefix_range;
CALL enter('prefix_range, GiST', 'gist', 'prefix_range', 'hs_digits(code)::prefix_range', 'r.v @> p.prefix');
\endif
VACUUM FULL probe;
ANALYZE probe;

SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SET enable_material = off;
SET enable_memoize = off;
CREATE PROCEDURE compare_lookups(size int) LANGUAGE plpgsql AS $$
DECLARE
    work text := format('which of %s ranges cover a code', to_char(size, 'FM999,999,999'));
    per float8 := (SELECT count(*) / 1000.0 FROM probe);
BEGIN
    CALL compare('lookup ' || size, 'hsrange, GiST', 'int8range, GiST', work, 'µs', per, 1 / 3.0);
    CALL compare('lookup ' || size, 'hsrange, GiST', 'ip4r, GiST', work, 'µs', per, 1);
    CALL compare('lookup ' || size, 'hsrange, GiST', 'prefix_range, GiST', work, 'µs', per);
    CALL compare('lookup ' || size, 'hsrange, SP-GiST', 'ip4r, GiST', work, 'µs', per, 0.5);
    CALL compare('lookup ' || size, 'hsrange, SP-GiST', 'int8range, SP-GiST', work, 'µs', per);
END
$$;
CALL race('lookup 1402', :runs);
CALL compare_lookups(1402);
CALL race('lookup ' || :ranges, :runs);
CALL compare_lookups(:ranges);
