-- The binary protocol and input from anywhere: what is sent can be received, everything
-- else is a clean error, never a bad value.
\set SHOW_CONTEXT never

--
-- Round trips: alone, in arrays, in composites, NULL
--
CREATE TYPE wire_item AS (code hscode, codes hsrange, except_codes hsmultirange);
CREATE TEMPORARY TABLE sent (id int, code hscode, tariff hscode(10), codes hsrange, except_codes hsmultirange, codes3 hscode[], item wire_item);
INSERT INTO sent
SELECT n, c, hscode_from_number(101000000 + n * 7919::bigint, 10), hsrange(hs_truncate(c, 4), hs_truncate(c, 4)),
       hsmultirange(c::hsrange, hscode_from_number(9999 - n % 17, 4)::hsrange), ARRAY[c, NULL, hs_chapter(c)], ROW(c, c, hsmultirange(c::hsrange))::wire_item
FROM (SELECT n, hscode_from_number(10100 + n * 7919 % 979000, 6) AS c FROM generate_series(1, 1000) AS n OFFSET 0) AS s;
INSERT INTO sent VALUES (0, NULL, NULL, NULL, NULL, NULL, NULL), (-1, '01', '0101000000', '01-99', '{}', '{}', NULL),
    (-2, '99.99.99.99999999', '9999.99.9999', '9999.99.99999999', '{0100.00.00000000,99.99.99.99999999}', '{99}', ROW(NULL, NULL, NULL));
\copy sent to 'results/wire_sent' with (format binary)
CREATE TEMPORARY TABLE received (LIKE sent);
\copy received from 'results/wire_sent' with (format binary)
SELECT count(*) AS rows, count(*) FILTER (WHERE sent IS DISTINCT FROM received) AS differing FROM sent FULL JOIN received USING (id);
\copy sent to 'results/wire_sent' with (format csv)
TRUNCATE received;
\copy received from 'results/wire_sent' with (format csv)
SELECT count(*) AS rows, count(*) FILTER (WHERE sent IS DISTINCT FROM received) AS differing FROM sent FULL JOIN received USING (id);

--
-- Any bytes as the binary form of a value.  COPY reads them from a file that the server
-- writes into its data directory, and that is removed below.
--
CREATE FUNCTION pg_temp.copy(bytes bytea, target text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    object oid := lo_from_bytea(0, '\x5047434f50590aff0d0a00' || '\x0000000000000000'::bytea || '\x0001'
                                || int4send(length(bytes)) || bytes || '\xffff');
BEGIN
    PERFORM lo_export(object, 'control_list_wire');
    PERFORM lo_unlink(object);
    EXECUTE format('DELETE FROM %s', target);
    EXECUTE format('COPY %s FROM %L WITH (FORMAT binary)', target, 'control_list_wire');
END
$$;
-- what is accepted must be sent as it came, and be a value that could have been written
CREATE FUNCTION pg_temp.receive(bytes bytea, target text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    same boolean;
BEGIN
    PERFORM pg_temp.copy(bytes, target);
    EXECUTE format('SELECT %s(v) = $1 AND v::text::%s = v FROM %s',
                   CASE target WHEN 'wire_array' THEN 'array_send' WHEN 'wire_line' THEN 'hscode_send' ELSE replace(target, 'wire_', '') || '_send' END,
                   (SELECT atttypid::regtype FROM pg_attribute WHERE attrelid = target::regclass AND attname = 'v'), target)
    INTO same USING bytes;
    RETURN CASE WHEN same THEN 'received' ELSE 'BAD VALUE' END;
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE;
END
$$;
CREATE TEMPORARY TABLE wire_hscode (v hscode);
CREATE TEMPORARY TABLE wire_hsrange (v hsrange);
CREATE TEMPORARY TABLE wire_hsmultirange (v hsmultirange);

-- the parts of the binary forms
CREATE FUNCTION pg_temp.code(leaf bigint, digits int) RETURNS bytea LANGUAGE sql AS $$ SELECT int8send(leaf * 16 + digits) $$;
CREATE FUNCTION pg_temp.ends(low bigint, high bigint) RETURNS bytea LANGUAGE sql AS $$ SELECT int8send(low) || int8send(high) $$;

SELECT what, pg_temp.receive(bytes, 'wire_hscode') AS result
FROM (VALUES
    (1, 'valid', '\x01' || pg_temp.code(85420000000000, 4)),
    (2, 'version 0', '\x00' || pg_temp.code(85420000000000, 4)),
    (3, 'version 2', '\x02' || pg_temp.code(85420000000000, 4)),
    (4, 'version 255', '\xff' || pg_temp.code(85420000000000, 4)),
    (5, 'nothing', ''),
    (6, 'version only', '\x01'),
    (7, 'truncated', substr('\x01' || pg_temp.code(85420000000000, 4), 1, 8)),
    (8, 'too long', '\x01' || pg_temp.code(85420000000000, 4) || '\x00'),
    (9, '0 digits', '\x01' || pg_temp.code(85420000000000, 0)),
    (10, '1 digit', '\x01' || pg_temp.code(80000000000000, 1)),
    (11, '2 digits', '\x01' || pg_temp.code(85000000000000, 2)),
    (12, '3 digits', '\x01' || pg_temp.code(85400000000000, 3)),
    (13, '14 digits', '\x01' || pg_temp.code(85400000000001, 14)),
    (14, '15 digits', '\x01' || pg_temp.code(85420000000000, 15)),
    (15, 'digits beyond its length', '\x01' || pg_temp.code(85423100000000, 4)),
    (16, 'chapter 00', '\x01' || pg_temp.code(0, 2)),
    (17, 'chapter 00, a line', '\x01' || pg_temp.code(999999999999, 14)),
    (18, 'chapter 01', '\x01' || pg_temp.code(1000000000000, 14)),
    (19, 'chapter 99', '\x01' || pg_temp.code(99999999999999, 14)),
    (20, 'chapter 100', '\x01' || pg_temp.code(100000000000000, 2)),
    (21, 'negative', '\x01' || pg_temp.code(-85420000000000, 4)),
    (22, 'greatest number', '\x01' || int8send(9223372036854775807)),
    (23, 'least number', '\x01' || int8send(-9223372036854775808)),
    (24, 'as text', '8542')) AS v (n, what, bytes) ORDER BY n;

SELECT what, pg_temp.receive(bytes, 'wire_hsrange') AS result
FROM (VALUES
    (1, 'valid', '\x01' || pg_temp.ends(85410000000000, 85439999999999)),
    (2, 'one leaf', '\x01' || pg_temp.ends(85410000000000, 85410000000000)),
    (3, 'everything', '\x01' || pg_temp.ends(1000000000000, 99999999999999)),
    (4, 'version 2', '\x02' || pg_temp.ends(85410000000000, 85439999999999)),
    (5, 'truncated', '\x01' || int8send(85410000000000)),
    (6, 'too long', '\x01' || pg_temp.ends(85410000000000, 85439999999999) || '\x0000'),
    (7, 'low > high', '\x01' || pg_temp.ends(85410000000001, 85410000000000)),
    (8, 'below the first leaf', '\x01' || pg_temp.ends(999999999999, 85410000000000)),
    (9, 'above the last leaf', '\x01' || pg_temp.ends(85410000000000, 100000000000000)),
    (10, 'negative', '\x01' || pg_temp.ends(-1, 85410000000000)),
    (11, 'extremes', '\x01' || pg_temp.ends(-9223372036854775808, 9223372036854775807))) AS v (n, what, bytes) ORDER BY n;

SELECT what, pg_temp.receive(bytes, 'wire_hsmultirange') AS result
FROM (VALUES
    (1, 'empty', '\x01' || int4send(0)),
    (2, 'one', '\x01' || int4send(1) || pg_temp.ends(85410000000000, 85439999999999)),
    (3, 'two', '\x01' || int4send(2) || pg_temp.ends(84010000000000, 84019999999999) || pg_temp.ends(85410000000000, 85439999999999)),
    (4, 'apart by one', '\x01' || int4send(2) || pg_temp.ends(84010000000000, 84010000000000) || pg_temp.ends(84010000000002, 84010000000002)),
    (5, 'adjacent', '\x01' || int4send(2) || pg_temp.ends(84010000000000, 84010000000000) || pg_temp.ends(84010000000001, 84010000000001)),
    (6, 'overlapping', '\x01' || int4send(2) || pg_temp.ends(84010000000000, 84019999999999) || pg_temp.ends(84015000000000, 84029999999999)),
    (7, 'twice', '\x01' || int4send(2) || pg_temp.ends(84010000000000, 84019999999999) || pg_temp.ends(84010000000000, 84019999999999)),
    (8, 'descending', '\x01' || int4send(2) || pg_temp.ends(85410000000000, 85439999999999) || pg_temp.ends(84010000000000, 84019999999999)),
    (9, 'low > high', '\x01' || int4send(1) || pg_temp.ends(85410000000001, 85410000000000)),
    (10, 'second below the first leaf', '\x01' || int4send(2) || pg_temp.ends(84010000000000, 84019999999999) || pg_temp.ends(0, 1)),
    (11, 'version 0', '\x00' || int4send(0)),
    (12, 'no count', '\x01'),
    (13, 'half a count', '\x010000'),
    (14, 'fewer than counted', '\x01' || int4send(2) || pg_temp.ends(85410000000000, 85439999999999)),
    (15, 'more than counted', '\x01' || int4send(0) || pg_temp.ends(85410000000000, 85439999999999)),
    (16, 'count -1', '\x01' || int4send(-1)),
    (17, 'count -1 and a range', '\x01' || int4send(-1) || pg_temp.ends(85410000000000, 85439999999999)),
    (18, 'count 2^28', '\x01' || int4send(268435456) || pg_temp.ends(85410000000000, 85439999999999)),
    (19, 'count 2^31 - 1', '\x01' || int4send(2147483647)),
    (20, 'last byte lost', substr('\x01' || int4send(1) || pg_temp.ends(85410000000000, 85439999999999), 1, 20))) AS v (n, what, bytes) ORDER BY n;

-- the type modifier holds on the wire, and arrays are read member by member
CREATE TEMPORARY TABLE wire_line (v hscode(10));
CREATE TEMPORARY TABLE wire_array (v hscode[]);
SELECT pg_temp.receive(hscode_send('8542.31.0000'), 'wire_line') AS ten_digits, pg_temp.receive(hscode_send('8542.31'), 'wire_line') AS six_digits,
       pg_temp.receive(array_send('{8542,NULL,8543}'::hscode[]), 'wire_array') AS "array",
       pg_temp.receive(set_byte(bytes, length(bytes) - 1, get_byte(bytes, length(bytes) - 1) & 240 | 3), 'wire_array') AS three_digits
FROM array_send('{8542,NULL,8543}'::hscode[]) AS bytes;

-- a few thousand random byte strings: noise, and values with one byte changed, cut or longer
SELECT setseed(0.31);
CREATE FUNCTION pg_temp.noise(size int) RETURNS bytea LANGUAGE sql VOLATILE AS $$
    SELECT coalesce(decode(string_agg(lpad(to_hex(floor(random() * 256)::int), 2, '0'), ''), 'hex'), '') FROM generate_series(1, size)
$$;
CREATE FUNCTION pg_temp.damaged(value bytea) RETURNS bytea LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    place int := floor(random() * length(value));
BEGIN
    RETURN CASE floor(random() * 6)::int
        WHEN 0 THEN set_byte(value, place, floor(random() * 256)::int)
        WHEN 1 THEN set_bit(value, floor(random() * 8 * length(value))::int, floor(random() * 2)::int)
        WHEN 2 THEN substr(value, 1, place)
        WHEN 3 THEN value || pg_temp.noise(1 + place)
        WHEN 4 THEN overlay(value PLACING pg_temp.noise(8) FROM 1 + place)
        ELSE overlay(value PLACING int8send((random() * 1.1e14)::bigint) FROM 2 + 4 * (length(value) > 17)::int)
    END;
END
$$;
CREATE TEMPORARY TABLE hostile AS
SELECT target, pg_temp.receive(bytes, target) AS result
FROM (SELECT CASE WHEN n % 4 = 0 THEN pg_temp.noise(n % 60) ELSE pg_temp.damaged(CASE n % 3 WHEN 0 THEN hscode_send(code) WHEN 1 THEN hsrange_send(codes)
                  ELSE hsmultirange_send(except_codes) END) END AS bytes,
             (ARRAY['wire_hscode', 'wire_hsrange', 'wire_hsmultirange'])[1 + n % 3] AS target
      FROM generate_series(1, 4500) AS n JOIN sent ON id = 1 + n % 1000 OFFSET 0) AS b;
SELECT target, count(*) AS tried, count(*) FILTER (WHERE result = 'received') >= 20 AS some_received, count(*) FILTER (WHERE result = '22P03') >= 100 AS invalid,
       count(*) FILTER (WHERE result = '08P01') >= 20 AS too_short, count(*) FILTER (WHERE result NOT IN ('received', '22P03', '08P01')) AS anything_else
FROM hostile GROUP BY target ORDER BY target;
SELECT target, result, count(*) FROM hostile WHERE result NOT IN ('received', '22P03', '08P01') GROUP BY 1, 2 ORDER BY 1, 2;
COPY (SELECT) TO PROGRAM 'cat > control_list_wire; rm -f control_list_wire';

--
-- Long and strange texts
--
CREATE FUNCTION pg_temp.read(input text, type text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    length_of_output int;
BEGIN
    EXECUTE format('SELECT length(($1::%s)::text)', type) INTO length_of_output USING input;
    RETURN 'length ' || length_of_output;
EXCEPTION WHEN OTHERS THEN
    RETURN SQLSTATE;
END
$$;
SELECT what, pg_temp.read(input, 'hscode') AS hscode, pg_temp.read(input, 'hsrange') AS hsrange, pg_temp.read(input, 'hsmultirange') AS hsmultirange
FROM (VALUES
    (1, '1 MB of digits', repeat('85', 500000)),
    (2, '1 MB of dots', repeat('.', 1000000)),
    (3, '1 MB of groups', '85' || repeat('.42', 333333)),
    (4, '1 MB of blanks', repeat(' ', 999996) || '8542'),
    (5, '1 MB of hyphens', repeat('-', 1000000)),
    (6, '1 MB of ends', repeat('8542-', 200000) || '8542'),
    (7, '1 MB of braces', repeat('{', 1000000)),
    (8, '1 MB of commas', '{' || repeat(',', 1000000) || '}'),
    (9, '1 MB of equal members', '{' || repeat('8542,', 200000) || '8542}'),
    (10, '1 MB of blanks in braces', '{' || repeat(' ', 1000000) || '}'),
    (11, 'nested braces', '{{8542}}'),
    (12, 'a second set', '{8542}{8543}'),
    (13, 'Arabic digits', E'\u0668\u0665\u0664\u0662'),
    (14, 'fullwidth digits', E'\uff18\uff15\uff14\uff12'),
    (15, 'superscript', E'854\u00b2'),
    (16, 'no-break space', E'8542\u00a031'),
    (17, 'en dash', E'8541\u20138543'),
    (18, 'minus sign', E'8541\u22128543'),
    (19, 'ideographic comma', E'{8541\u30018543}'),
    (20, 'byte order mark', E'\ufeff8542'),
    (21, 'zero-width space', E'8542\u200b'),
    (22, 'combining accent', E'8542\u0301'),
    (23, 'emoji', E'8542\U0001f600'),
    (24, 'control characters', E'85\x0142'),
    (25, 'vertical tab around', E'\x0b8542\x0b'),
    (26, 'a number', '8.542e3'),
    (27, 'hexadecimal', '0x8542'),
    (28, 'quotes', '''8542''')) AS t (n, what, input) ORDER BY n;
-- there is no NUL in a text
SELECT pg_temp.read(convert_from('\x38353432'::bytea, 'UTF8'), 'hscode') AS without;
SELECT convert_from('\x3835003432'::bytea, 'UTF8')::hscode;

-- an error shows the text, whatever it is
SELECT E'85\u2013\U0001f600'::hscode;

--
-- 100,000 members
--
CREATE TEMPORARY TABLE large AS
SELECT n, s, s::text AS t
FROM (SELECT 1 AS n, ('{' || string_agg(format('%s.%s.%s', 1000 + i / 25, 10, lpad((i % 25 * 2)::text, 2, '0')), ',' ORDER BY random()) || '}')::hsmultirange AS s
      FROM generate_series(0, 99999) AS i
      UNION ALL
      SELECT 2, range_agg(hsrange(hscode_from_number(100010000000 + i * 20::bigint, 12), hscode_from_number(100010000000 + i * 20::bigint + 9, 12)) ORDER BY random())
      FROM generate_series(0, 99999) AS i) AS sets;
SELECT n, (SELECT count(*) FROM unnest(s)) AS members, length(t) > 1000000 AS long, t::hsmultirange = s AS reads_back, hsmultirange_hash(t::hsmultirange) = hsmultirange_hash(s) AS same_hash,
       isempty(s - s) AND s + s = s AND s * s = s AS same, (SELECT count(*) FROM unnest('{01-99}'::hsmultirange - s)) AS rest,
       s @> s AS contains, s && ('{01-99}'::hsmultirange - s) AS overlaps_rest, hsmultirange_cmp(s, s - range_merge(s)) AS greater
FROM large ORDER BY n;
\copy large to 'results/wire_large' with (format binary)
CREATE TEMPORARY TABLE large_received (LIKE large);
\copy large_received from 'results/wire_large' with (format binary)
SELECT n, l.s = r.s AS same FROM large AS l JOIN large_received AS r USING (n) ORDER BY n;
-- stored compressed and out of line, looked up and changed there
SELECT n, s @> (SELECT range_agg(lower(r)) FROM (SELECT r FROM unnest(s) AS r LIMIT 1000) AS some_of_them) AS has,
       s && (SELECT range_agg(lower(r)) FROM (SELECT r FROM unnest('{01-99}' - s) AS r OFFSET 1 LIMIT 1000) AS some_others) AS has_not
FROM large ORDER BY n;
UPDATE large SET s = s - '{1000-1999}' WHERE n = 1;
SELECT (SELECT count(*) FROM unnest(s)) AS members, min(lower(s)) FROM large WHERE n = 1 GROUP BY s;
