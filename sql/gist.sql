-- GiST on ranges, codes and multiranges: every operator answers as a scan does.
\set ECHO none
\i sql/include/index_values.sql
\set ECHO all
\set SHOW_CONTEXT never

-- built over existing rows, by sorting
CREATE INDEX built_hsrange ON row_hsrange USING gist (value);
CREATE INDEX built_hscode ON row_hscode USING gist (value);
CREATE INDEX built_hsmultirange ON row_hsmultirange USING gist (value);
VACUUM ANALYZE row_hsrange, row_hscode, row_hsmultirange;
SELECT index, checks, not_used, wrong
FROM unnest('{built_hsrange,built_hscode,built_hsmultirange}'::text[]) AS index, pg_temp.check_index(index);

-- grown row by row, thinned out, grown again; in ascending order, too
CREATE TEMPORARY TABLE grown_hsrange (LIKE row_hsrange);
CREATE TEMPORARY TABLE grown_hscode (LIKE row_hscode);
CREATE TEMPORARY TABLE grown_hsmultirange (LIKE row_hsmultirange);
CREATE INDEX grown_hsrange_value ON grown_hsrange USING gist (value);
CREATE INDEX grown_hscode_value ON grown_hscode USING gist (value);
CREATE INDEX grown_hsmultirange_value ON grown_hsmultirange USING gist (value);
INSERT INTO grown_hsrange SELECT * FROM row_hsrange ORDER BY id;
INSERT INTO grown_hscode SELECT * FROM row_hscode ORDER BY id;
INSERT INTO grown_hsmultirange SELECT * FROM row_hsmultirange ORDER BY id;
DELETE FROM grown_hsrange WHERE id % 3 = 0 OR id BETWEEN 800 AND 1000;
DELETE FROM grown_hscode WHERE id % 3 = 0 OR id BETWEEN 800 AND 1000;
DELETE FROM grown_hsmultirange WHERE id % 3 = 0 OR id BETWEEN 800 AND 1000;
VACUUM grown_hsrange, grown_hscode, grown_hsmultirange;
INSERT INTO grown_hsrange SELECT id + 10000, value FROM row_hsrange WHERE id % 2 = 0 ORDER BY value;
INSERT INTO grown_hscode SELECT id + 10000, value FROM row_hscode WHERE id % 2 = 0 ORDER BY value;
INSERT INTO grown_hsmultirange SELECT id + 10000, value FROM row_hsmultirange WHERE id % 2 = 0 ORDER BY value;
VACUUM ANALYZE grown_hsrange, grown_hscode, grown_hsmultirange;
SELECT index, checks, not_used, wrong
FROM unnest('{grown_hsrange_value,grown_hscode_value,grown_hsmultirange_value}'::text[]) AS index, pg_temp.check_index(index);

-- built without sorting; with a second column, which breaks ties when a page is split;
-- with many equal rows and many empty ones
CREATE INDEX buffered_hsrange ON row_hsrange USING gist (value) WITH (buffering = on);
DROP INDEX built_hsrange;
SELECT * FROM pg_temp.check_index('buffered_hsrange');
CREATE TEMPORARY TABLE two (id bigint, value hsrange, code hscode, empty hsmultirange);
CREATE INDEX two_value ON two USING gist (value, code, empty);
INSERT INTO two SELECT r.id, CASE WHEN r.id % 2 = 0 THEN '8542' ELSE r.value END, c.value, CASE WHEN r.id % 5 > 0 THEN '{}' ELSE m.value END
FROM row_hsrange AS r JOIN row_hscode AS c USING (id) JOIN row_hsmultirange AS m USING (id);
SELECT pg_temp.allow_scan('indexscan');
SELECT pg_temp.explains($$SELECT * FROM two WHERE value @> '8542.31' AND code <@ '85' AND empty <@ '{}'$$, 'two_value') AS used;
CREATE TEMPORARY TABLE two_answer AS
SELECT id FROM two WHERE value @> '8542.31'::hsrange AND code <@ '85'::hsrange AND empty <@ '8542'::hsrange;
SELECT pg_temp.allow_scan('seqscan');
SELECT count(*) AS differing
FROM two_answer FULL JOIN (SELECT id FROM two WHERE value @> '8542.31'::hsrange AND code <@ '85'::hsrange AND empty <@ '8542'::hsrange) AS scan USING (id)
WHERE two_answer.id IS NULL OR scan.id IS NULL;
SELECT pg_temp.allow_scan(NULL);

-- the empty multirange is found where it belongs, and nowhere else
SET enable_seqscan = off;
SELECT (SELECT count(*) FROM row_hsmultirange WHERE value = '{}') = (SELECT count(*) FROM row_hsmultirange WHERE isempty(value)) AS equal,
       (SELECT count(*) FROM row_hsmultirange WHERE value && '{01-99}'::hsmultirange) = (SELECT count(*) FROM row_hsmultirange WHERE NOT isempty(value)) AS overlap,
       (SELECT count(*) FROM row_hsmultirange WHERE value <@ '{}'::hsmultirange) > 0 AS contained;
SELECT (SELECT count(*) FROM row_hscode WHERE value IS NULL) AS null_codes,
       (SELECT count(*) FROM row_hsrange WHERE value IS NULL) AS null_ranges;
RESET enable_seqscan;

-- no two rules for one code
CREATE TEMPORARY TABLE rule (codes hsrange, EXCLUDE USING gist (codes WITH &&));
INSERT INTO rule VALUES ('8542'), ('8471.30-8471.50'), ('8543');
INSERT INTO rule VALUES ('8471.3');
INSERT INTO rule VALUES ('8471.60'), ('8471.2');

-- A sorted build leaves room on its pages, most in a small index. A large one is not much larger than one made row by row.
CREATE TEMPORARY TABLE sorted AS
SELECT hscode_from_number(100000000 + n * 961748941::bigint % 9799999999, 10) AS hs FROM generate_series(1, 60000) AS n;
CREATE TEMPORARY TABLE grown (LIKE sorted);
CREATE INDEX sorted_hs ON sorted USING gist (hs);
CREATE INDEX grown_hs ON grown USING gist (hs);
INSERT INTO grown SELECT * FROM sorted;
SELECT pg_relation_size('sorted_hs') < 1.5 * pg_relation_size('grown_hs') AS compact;

-- one code for a name; and what a list says of some codes holds on each day once, which PostgreSQL 18 has words for
CREATE TEMPORARY TABLE named (name int4range, hs hscode, codes hsrange, set hsmultirange,
    EXCLUDE USING gist (name WITH =, hs WITH <>), EXCLUDE USING gist (name WITH =, codes WITH <>), EXCLUDE USING gist (name WITH =, set WITH <>));
INSERT INTO named VALUES ('[1,1]', '8542', '8541-8543', '{8541,8543}'), ('[2,2]', '8543', '8541-8542', '{8541}'), ('[1,1]', '8542', '8541-8543', '{8541,8543}');
INSERT INTO named VALUES ('[1,1]', '8543', '8541-8543', '{8541,8543}');
INSERT INTO named VALUES ('[1,1]', '8542', '8541-8542', '{8541,8543}');
INSERT INTO named VALUES ('[1,1]', '8542', '8541-8543', '{8541,8544}');
CREATE FUNCTION pg_temp.refusal(command text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE command;
    RETURN 'none';
EXCEPTION WHEN exclusion_violation THEN
    RETURN SQLSTATE;
END
$$;
DO $$
DECLARE
    key text := CASE WHEN current_setting('server_version_num')::int >= 180000 THEN 'UNIQUE (%I, at WITHOUT OVERLAPS)'
                     ELSE 'EXCLUDE USING gist (%I WITH =, at WITH &&)' END;
BEGIN
    EXECUTE format('CREATE TEMPORARY TABLE valid (hs hscode, codes hsrange, set hsmultirange, at daterange, '
                   || concat_ws(', ', key, key, key) || ')', 'hs', 'codes', 'set');
END
$$;
INSERT INTO valid (hs, codes, set, at) VALUES ('8542', NULL, NULL, '[2024-01-01,2024-07-01)'), (NULL, '8541-8543', NULL, '[2024-01-01,2024-07-01)'),
    (NULL, NULL, '{8541,8543}', '[2024-01-01,2024-07-01)'), ('8542', '8541-8543', '{8541,8543}', '[2024-07-01,)'), ('8542.31', '8541-8542', '{8541-8543}', '[2024-01-01,)');
SELECT what, pg_temp.refusal(format('INSERT INTO valid (%s, at) VALUES (%L, %L)', what, value, '[2024-06-01,2024-08-01)')) AS refusal
FROM (VALUES ('hs', '8542'), ('codes', '8541-8543'), ('set', '{8541,8543}'), ('set', '{8541-8542}'), ('codes', '8543'), ('hs', '8543')) AS v (what, value);
