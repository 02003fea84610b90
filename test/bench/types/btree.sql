-- All codes under a heading, by a plain btree: an untouched query against one that says
-- the bounds itself, and against LIKE on text.

SELECT setseed(0.31) \g /dev/null

-- ten digits; 2 % of the rows lie under 8542
CREATE TABLE code AS
SELECT n AS id, hscode_from_number(CASE WHEN n % 50 = 0 THEN 8542000000 + floor(random() * 1000000)::bigint
                                        ELSE floor(100000000 * (1 + random() * 98.99))::bigint END, 10) AS hs
FROM generate_series(1, :rows) AS n;
CREATE INDEX code_hs ON code (hs);
CREATE TABLE text_code AS SELECT id, hs_digits(hs) AS hs FROM code;
CREATE INDEX text_code_hs ON text_code (hs text_pattern_ops);
VACUUM ANALYZE code;
VACUUM ANALYZE text_code;

-- each statement asks ten times
CREATE FUNCTION ten_times(result text, relation text, condition text) RETURNS text LANGUAGE sql AS $$
    SELECT 'SELECT ' || string_agg(format('(SELECT %s FROM %s WHERE %s)', result, relation, condition), ' + ') FROM generate_series(1, 10)
$$;
INSERT INTO contender (race, name, statement, index)
SELECT race, name, ten_times(result, relation, condition), index
FROM (VALUES ('count', 'count(*)'), ('fetch', 'sum(id)')) AS r (race, result),
     (VALUES ('hs <@ ''8542''', 'code', 'hs <@ ''8542''', 'code_hs'),
             ('hs >= ''8542'' AND hs < ''8543''', 'code', 'hs >= ''8542''::hscode AND hs < ''8543''::hscode', 'code_hs'),
             ('text LIKE ''8542%''', 'text_code', 'hs LIKE ''8542%''', 'text_code_hs')) AS c (name, relation, condition, index);
CALL race('count', :runs);
CALL compare('count', 'hs <@ ''8542''', 'hs >= ''8542'' AND hs < ''8543''', 'count all under a heading', 'ms', 10, 1.05);
CALL compare('count', 'hs <@ ''8542''', 'text LIKE ''8542%''', 'count all under a heading', 'ms', 10);
CALL race('fetch', :runs);
CALL compare('fetch', 'hs <@ ''8542''', 'hs >= ''8542'' AND hs < ''8543''', 'fetch all under a heading', 'ms', 10, 1.05);
CALL compare('fetch', 'hs <@ ''8542''', 'text LIKE ''8542%''', 'fetch all under a heading', 'ms', 10);

-- the same with ranges in another table: 100 subheadings
CREATE TABLE heading AS
SELECT codes, lower(codes) AS low, upper_bound AS next
FROM (SELECT hscode_from_number(n, 6)::hsrange AS codes, hscode_from_number(n + 1, 6) AS upper_bound FROM generate_series(854200, 854299) AS n) AS h;
ANALYZE heading;
SET enable_hashjoin = off;
SET enable_mergejoin = off;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SET enable_material = off;
SET enable_memoize = off;
INSERT INTO contender (race, name, statement, index)
VALUES ('join', 'ON hs <@ codes', 'SELECT count(*) FROM heading JOIN code ON hs <@ codes', 'code_hs'),
       ('join', 'ON hs >= low AND hs < next', 'SELECT count(*) FROM heading JOIN code ON hs >= low AND hs < next', 'code_hs');
CALL race('join', :runs);
CALL compare('join', 'ON hs <@ codes', 'ON hs >= low AND hs < next', 'join with 100 subheadings', 'ms', 1);
