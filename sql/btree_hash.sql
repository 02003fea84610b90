-- btree and hash on all three types: every operator answers as a scan does.
\set ECHO none
\i sql/include/index_values.sql
\set ECHO all
\set SHOW_CONTEXT never

CREATE INDEX btree_hsrange ON row_hsrange USING btree (value);
CREATE INDEX btree_hscode ON row_hscode USING btree (value);
CREATE INDEX btree_hsmultirange ON row_hsmultirange USING btree (value);
VACUUM ANALYZE row_hsrange, row_hscode, row_hsmultirange;
SELECT index, checks, not_used, wrong
FROM unnest('{btree_hsrange,btree_hscode,btree_hsmultirange}'::text[]) AS index, pg_temp.check_index(index);
DROP INDEX btree_hsrange, btree_hscode, btree_hsmultirange;

CREATE INDEX hash_hsrange ON row_hsrange USING hash (value);
CREATE INDEX hash_hscode ON row_hscode USING hash (value);
CREATE INDEX hash_hsmultirange ON row_hsmultirange USING hash (value);
DELETE FROM row_hsrange WHERE id % 3 = 0;
DELETE FROM row_hscode WHERE id % 3 = 0;
DELETE FROM row_hsmultirange WHERE id % 3 = 0;
VACUUM ANALYZE row_hsrange, row_hscode, row_hsmultirange;
SELECT index, checks, not_used, wrong
FROM unnest('{hash_hsrange,hash_hscode,hash_hsmultirange}'::text[]) AS index, pg_temp.check_index(index);
