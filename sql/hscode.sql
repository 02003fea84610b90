-- hscode: input, output, order, helpers.
\set SHOW_CONTEXT never

-- what can be written, and how it prints
SELECT to_json(t) AS text, t::hscode AS code, hs_length(t::hscode) AS digits
FROM unnest(ARRAY['85', '8542', '85.42', '8542.31', '85.42.31', '8542 31 00', '8542.31-0000', '854231-0000',
                  '8542310000', '8542.310000', '8542.31 00', '8542.3', '8542.31.0', '8542.31.00.0',
                  '0101.21', '01', '99', '12345678901234', '1234.56.78901234', '85.4231',
                  ' 8542 ', E'\t8542.31\n']) WITH ORDINALITY AS u (t, n)
ORDER BY n;

-- output always reads back
SELECT count(*) AS codes, count(*) FILTER (WHERE code::text::hscode IS DISTINCT FROM code) AS changed
FROM (SELECT hscode_from_number(1 + (random() * (10 ^ digits * 0.98))::bigint + (10 ^ (digits - 2))::bigint, digits) AS code
      FROM generate_series(1, 1000), unnest('{2,4,5,6,7,8,9,10,11,12,13,14}'::int[]) AS digits
      WHERE digits > 2
      UNION ALL SELECT hscode_from_number(n, 2) FROM generate_series(1, 99) AS n) AS s;

-- what cannot: each says what is wrong and how to write it
CREATE FUNCTION pg_temp.problem(input text, type regtype)
RETURNS TABLE (state text, message text, detail text, hint text)
LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('SELECT %L::%s', input, type);
    message := 'accepted';
    RETURN NEXT;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT,
        detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
    RETURN NEXT;
END
$$;

\x
SELECT p.*
FROM unnest(ARRAY['8541-8543', '84-85', '8542 8543', '8541,8542', '00', '0042', '854', '8.54', '85.4', '10121', '101210015',
                  '8542310', '101.21', '1.01', '8542.3.1', '8', '', '  ', 'abc', '8542a', '8542..31', '8542.', '.8542',
                  '854231.00', '854231 00', '8542 3', '8542 310', '8542  31', '8542.31-00', '8542.31-000000', '8542-3100',
                  '8542.31-0000-0000', '8542.31-0000.00', '123456789012345', '1234.56.789012345', '-8542', '+8542',
                  '{8542}', E'8542\u00a031', E'\uff18\uff15\uff14\uff12']) WITH ORDINALITY AS u (t, n),
     LATERAL pg_temp.problem(t, 'hscode') AS p
ORDER BY n;
\x

-- long and strange texts are refused, not cut
SELECT length(p.message) > 1000000 AS whole_text, p.detail
FROM pg_temp.problem(repeat('85', 500000), 'hscode') AS p;
SELECT p.detail FROM pg_temp.problem(repeat('8542.', 200000), 'hscode') AS p;
SELECT (repeat(' ', 1000000) || '8542')::hscode AS blanks;

-- the type modifier admits one length
SELECT '8542.31.0000'::hscode(10), '8542.31.0000'::hscode::hscode(10);
SELECT '8542.31'::hscode(10);
SELECT '8542.31'::hscode::hscode(10);
SELECT '8542.31'::hscode(3);
SELECT '8542.31'::hscode(6, 7);
CREATE TEMPORARY TABLE line (hs hscode(10), broad hscode);
INSERT INTO line VALUES ('8542310000', '8542');
INSERT INTO line SELECT broad FROM line;
SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'line'::regclass AND attnum > 0 ORDER BY attnum;

-- order: digit by digit, a prefix before what it covers
SELECT array_agg(c ORDER BY c) AS ascending
FROM unnest('{8543,8542.31,8542.3,8542,85,8542.31.00,8542.30,8542.00,86,8541.99.99,8542.31.0001}'::hscode[]) AS c;
SELECT array_agg(c ORDER BY c DESC) AS descending
FROM unnest('{8543,8542.31,8542.3,8542,85,8542.31.00,8542.30,8542.00,86,8541.99.99,8542.31.0001}'::hscode[]) AS c;
SELECT hscode_cmp('8542', '8543') < 0 AS less, hscode_cmp('8543', '8542') > 0 AS greater,
       hscode_cmp('8542', '8542.00') < 0 AS prefix_first, hscode_cmp('8542.31', '85.42.31') = 0 AS equal;
SELECT '8542'::hscode < '8542.00', '8542'::hscode <= '8542', '8542'::hscode = '8542.0', '8542'::hscode <> '8542.0',
       '8542'::hscode >= '8542.00', '8543'::hscode > '8542.99';

-- the same value has the same hash, different ones differ here
SELECT hscode_hash('8542.31') = hscode_hash('85.42.31') AS same,
       hscode_hash('8542') <> hscode_hash('8542.00') AS other,
       hscode_hash_extended('8542', 1) <> hscode_hash_extended('8542', 2) AS seed;
SELECT count(*), count(DISTINCT c) FROM unnest('{8542,85.42,8542.00,8542.0}'::hscode[]) AS c;

-- helpers
SELECT c AS code, hs_chapter(c), hs_heading(c), hs_subheading(c), hs_length(c), hs_digits(c), hs_truncate(c, 4)
FROM unnest('{8542.31.0001,8542.3,8542,85,0101.21}'::hscode[]) AS c;
SELECT hs_truncate('8542.31', 3);
SELECT hs_truncate('8542.31', 15);
SELECT hscode_from_number(101210015, 10), hscode_from_number(1, 2), hscode_from_number(8542, 4), hscode_from_number(99999999999999, 14);
SELECT hscode_from_number(101210015, 8);
SELECT hscode_from_number(42, 4);
SELECT hscode_from_number(-1, 4);
SELECT hscode_from_number(9223372036854775807, 14);
SELECT hscode_from_number(8542, 3);

-- no cast from numbers, none from text unless it is asked for
SELECT 8542::hscode;
SELECT 8542::bigint::hscode;
CREATE TEMPORARY TABLE words (t text, v varchar(20));
INSERT INTO words SELECT '8542'::hscode;
INSERT INTO words (v) SELECT '8542'::hscode;
INSERT INTO words SELECT '8542'::hscode::text, '8542.31'::hscode::varchar;
INSERT INTO line (broad) SELECT t FROM words;
INSERT INTO line (broad) SELECT t::hscode FROM words;
SELECT v::hscode, t::char(10)::hscode FROM words;

-- binary form: what is sent can be received, nothing else
SELECT encode(hscode_send('8542.31'), 'hex') AS sent;
CREATE TEMPORARY TABLE wire (hs hscode);
INSERT INTO wire SELECT hscode_from_number(n, 6) FROM generate_series(10100, 989999, 997) AS n;
\copy wire to 'results/hscode_wire' with (format binary)
CREATE TEMPORARY TABLE wire2 (LIKE wire);
\copy wire2 from 'results/hscode_wire' with (format binary)
SELECT count(*) > 900 AS many, bool_and(EXISTS (SELECT FROM wire AS w WHERE w.hs = r.hs)) AS all_there FROM wire2 AS r;

-- btree and hash find what a scan finds
CREATE TEMPORARY TABLE goods AS
SELECT hscode_from_number((10100 + n * 7919 % 979000)::bigint, 6) AS hs FROM generate_series(1, 3000) AS n;
CREATE INDEX goods_btree ON goods (hs);
CREATE INDEX goods_hash ON goods USING hash (hs);
CREATE TEMPORARY TABLE found (method text, n bigint);
SET enable_seqscan = off;
INSERT INTO found SELECT 'index', count(*) FROM goods WHERE hs >= '8542' AND hs < '8543';
INSERT INTO found SELECT 'index', count(*) FROM goods WHERE hs = (SELECT hs FROM goods ORDER BY hs DESC LIMIT 1);
RESET enable_seqscan;
SET enable_indexscan = off; SET enable_bitmapscan = off; SET enable_indexonlyscan = off;
INSERT INTO found SELECT 'scan', count(*) FROM goods WHERE hs >= '8542' AND hs < '8543';
INSERT INTO found SELECT 'scan', count(*) FROM goods WHERE hs = (SELECT hs FROM goods ORDER BY hs DESC LIMIT 1);
RESET enable_indexscan; RESET enable_bitmapscan; RESET enable_indexonlyscan;
SELECT string_agg(n::text, ',' ORDER BY n) FILTER (WHERE method = 'index')
     = string_agg(n::text, ',' ORDER BY n) FILTER (WHERE method = 'scan') AS same FROM found;
