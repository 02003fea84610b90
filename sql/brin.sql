-- BRIN on codes and ranges: every operator answers as a scan does.
\set ECHO none
\i sql/include/index_values.sql
\set ECHO all
\set SHOW_CONTEXT never

-- rows in the order of their values, a few at the end in no order
CREATE TEMPORARY TABLE ordered_hsrange AS SELECT * FROM row_hsrange ORDER BY value;
CREATE TEMPORARY TABLE ordered_hscode AS SELECT * FROM row_hscode ORDER BY value;
CREATE INDEX minmax ON ordered_hscode USING brin (value) WITH (pages_per_range = 1);
CREATE INDEX inclusion ON ordered_hsrange USING brin (value) WITH (pages_per_range = 1);
VACUUM ANALYZE ordered_hsrange, ordered_hscode;
SELECT index, checks, not_used, wrong FROM unnest('{minmax,inclusion}'::text[]) AS index, pg_temp.check_index(index);
INSERT INTO ordered_hsrange SELECT id + 10000, value FROM row_hsrange WHERE id % 7 = 0;
INSERT INTO ordered_hscode SELECT id + 10000, value FROM row_hscode WHERE id % 7 = 0;
DELETE FROM ordered_hsrange WHERE id % 5 = 0;
DELETE FROM ordered_hscode WHERE id % 5 = 0;
SELECT index, checks, not_used, wrong FROM unnest('{minmax,inclusion}'::text[]) AS index, pg_temp.check_index(index);
VACUUM ordered_hsrange, ordered_hscode;
SELECT brin_summarize_new_values('minmax') >= 0 AS summarized;
SELECT index, checks, not_used, wrong FROM unnest('{minmax,inclusion}'::text[]) AS index, pg_temp.check_index(index);

-- several intervals for each block range
DROP INDEX minmax;
CREATE INDEX minmax_multi ON ordered_hscode USING brin (value hscode_minmax_multi_ops) WITH (pages_per_range = 2);
SELECT * FROM pg_temp.check_index('minmax_multi');

-- bloom filters for equality, in any order of rows
CREATE INDEX bloom ON ordered_hscode USING brin (value hscode_bloom_ops) WITH (pages_per_range = 1);
SELECT * FROM pg_temp.check_index('bloom');
