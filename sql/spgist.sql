-- SP-GiST on ranges and codes: every operator answers as a scan does.
\set ECHO none
\i sql/include/index_values.sql
\set ECHO all
\set SHOW_CONTEXT never

-- built over existing rows
CREATE INDEX built_hsrange ON row_hsrange USING spgist (value);
CREATE INDEX built_hscode ON row_hscode USING spgist (value);
VACUUM ANALYZE row_hsrange, row_hscode;
SELECT index, checks, not_used, wrong
FROM unnest('{built_hsrange,built_hscode}'::text[]) AS index, pg_temp.check_index(index);

-- grown row by row, thinned out, grown again; in ascending order, too
CREATE TEMPORARY TABLE grown_hsrange (LIKE row_hsrange);
CREATE TEMPORARY TABLE grown_hscode (LIKE row_hscode);
CREATE INDEX grown_hsrange_value ON grown_hsrange USING spgist (value);
CREATE INDEX grown_hscode_value ON grown_hscode USING spgist (value);
INSERT INTO grown_hsrange SELECT * FROM row_hsrange ORDER BY value;
INSERT INTO grown_hscode SELECT * FROM row_hscode ORDER BY value;
DELETE FROM grown_hsrange WHERE id % 3 = 0 OR id BETWEEN 800 AND 1000;
DELETE FROM grown_hscode WHERE id % 3 = 0 OR id BETWEEN 800 AND 1000;
VACUUM grown_hsrange, grown_hscode;
INSERT INTO grown_hsrange SELECT id + 10000, value FROM row_hsrange WHERE id % 2 = 0 ORDER BY id;
INSERT INTO grown_hscode SELECT id + 10000, value FROM row_hscode WHERE id % 2 = 0 ORDER BY id;
VACUUM ANALYZE grown_hsrange, grown_hscode;
SELECT index, checks, not_used, wrong
FROM unnest('{grown_hsrange_value,grown_hscode_value}'::text[]) AS index, pg_temp.check_index(index);

-- many equal values, then others beside and below them: tuples that are all the same
-- have to be divided, above and below
CREATE TEMPORARY TABLE same_hsrange (LIKE row_hsrange);
CREATE TEMPORARY TABLE same_hscode (LIKE row_hscode);
CREATE INDEX same_hsrange_value ON same_hsrange USING spgist (value);
CREATE INDEX same_hscode_value ON same_hscode USING spgist (value);
INSERT INTO same_hsrange SELECT n, '8542.31.00-8542.32.50' FROM generate_series(1, 1000) AS n;
INSERT INTO same_hscode SELECT n, '8542.31' FROM generate_series(1, 1000) AS n;
INSERT INTO same_hsrange SELECT n + 1000, (ARRAY['8542.31.00', '8542.31.00-8542.32.51', '8542', '01-99', '8542.32.50'])[1 + n % 5]::hsrange
FROM generate_series(1, 1000) AS n;
INSERT INTO same_hscode SELECT n + 1000, (ARRAY['8542.31.00', '8542', '8542.3', '85', '8542.39', '8542.31.00000000'])[1 + n % 6]::hscode
FROM generate_series(1, 1000) AS n;
-- ranges that straddle chapters and headings, all of them
INSERT INTO same_hsrange SELECT n + 2000, hsrange(hscode_from_number(8400 + n % 100, 4), hscode_from_number(8500 + n % 97, 4))
FROM generate_series(1, 1000) AS n;
VACUUM ANALYZE same_hsrange, same_hscode;
SELECT index, checks, not_used, wrong
FROM unnest('{same_hsrange_value,same_hscode_value}'::text[]) AS index, pg_temp.check_index(index);

-- several conditions at once, and NULLs
SELECT pg_temp.allow_scan('indexscan');
SELECT pg_temp.explains($$SELECT * FROM row_hsrange WHERE value @> '8542.31'::hscode AND value <@ '85'::hsrange$$, 'built_hsrange') AS used;
CREATE TEMPORARY TABLE both_answer AS
SELECT id FROM row_hsrange WHERE value @> '8542.31'::hscode AND value <@ '85'::hsrange AND value &> '{8542,9999}'::hsmultirange;
SELECT count(*) AS nulls FROM row_hsrange WHERE value IS NULL;
SELECT pg_temp.allow_scan('seqscan');
SELECT count(*) AS differing
FROM both_answer FULL JOIN (SELECT id FROM row_hsrange WHERE value @> '8542.31'::hscode AND value <@ '85'::hsrange AND value &> '{8542,9999}'::hsmultirange) AS scan USING (id)
WHERE both_answer.id IS NULL OR scan.id IS NULL;
SELECT pg_temp.allow_scan(NULL);
