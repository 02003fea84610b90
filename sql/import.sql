-- Import of CSV files: all of a file or nothing, with line and value.
\set SHOW_CONTEXT never
\set ON_ERROR_ROLLBACK on

-- the lists of data/ have as many rows as their authorities say
BEGIN;
\i data/load_lists.sql
SELECT list, revision, lower(valid) AS in_force_from, count(*) AS items, count(codes) AS with_code,
       count(*) FILTER (WHERE codes IS NULL) AS in_words
FROM control_list.entry GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
SELECT list, count(*) AS numbers, count(codes) AS coded, count(DISTINCT item) AS items, count(DISTINCT codes) AS codes,
       count(*) FILTER (WHERE hs_length(lower(codes)) = 10) AS ten_digits
FROM control_list.entry GROUP BY list ORDER BY list;
SELECT min(item::int), max(item::int) FROM control_list.entry WHERE list = 'KR-2-2' AND codes IS NULL;
SELECT min(item::int), max(item::int) FROM control_list.entry WHERE list = 'KR-2-2' AND codes IS NOT NULL;
SELECT item, codes FROM control_list.entry WHERE hs_length(lower(codes)) = 10 ORDER BY item;
SELECT remark, count(*) FROM control_list.entry WHERE list = 'CHPL' GROUP BY remark ORDER BY remark;
SELECT name, territory FROM control_list.destination_group ORDER BY 1, 2;
SELECT to_regclass('pg_temp.control_list_import') IS NULL AS table_gone;
-- the same file again overlaps itself
SELECT control_list.begin_import('CHPL');
\copy control_list_import (item, hs_code, remark) from 'data/chpl.csv' with (format csv, header)
SELECT control_list.apply_import('again');
ROLLBACK;

-- what cannot be done
SELECT control_list.begin_import('nowhere');
SELECT control_list.begin_import(NULL);
SELECT control_list.apply_import('x');

BEGIN;
INSERT INTO control_list.list (code, title) VALUES ('T', 'test');
SELECT control_list.begin_import('T');
SELECT control_list.apply_import('empty');
COPY control_list_import (item, hs_code, except_codes, destinations, measure, effective_from, effective_to, applies_if, exempt_if, remark) FROM stdin;
1	8542	{8542.90}	RU, BY	prohibited	2024-01-01	2024-12-31	strict $.a > 1	strict $.b == 2	first
2	 8541-8543 	\N	@none;*	\N	\N	\N	\N	\N	\N
\N	8542.31	\N	\N	\N	\N	\N	\N	\N	the code is the item
4	\N	\N	{UA-43}	review	\N	\N	\N	\N	in words
\.
SELECT control_list.apply_import('r1');
INSERT INTO control_list.destination_group VALUES ('none', 'AQ');
SELECT control_list.apply_import('r1', announced => '2023-12-01', effective => '2024-02-01', expected_total => 4);
SELECT item, codes, except_codes, destinations, measure, valid, applies_if, exempt_if, remark, revision FROM control_list.entry ORDER BY id;
SELECT list, label, announced, effective FROM control_list.revision;
ROLLBACK;

-- every value that cannot be read is reported with its line; nothing is applied
BEGIN;
INSERT INTO control_list.list (code, title) VALUES ('T', 'test');
SELECT control_list.begin_import('T');
COPY control_list_import (item, hs_code, except_codes, destinations, measure, effective_from, effective_to, applies_if, remark) FROM stdin;
1	8542.31	\N	\N	\N	\N	\N	\N	\N
2	10121	\N	\N	\N	\N	\N	\N	\N
3	8543-8541	\N	\N	\N	\N	\N	\N	\N
4	8542	8542.90	\N	\N	\N	\N	\N	\N
5	8542	\N	Russia	\N	\N	\N	\N	\N
6	8542	\N	\N	forbidden	\N	\N	\N	\N
7	8542	\N	\N	\N	09.09.2024	\N	\N	\N
8	8542	\N	\N	\N	2024-02-30	\N	\N	\N
9	8542	\N	\N	\N	2024-02-03	2024-02-02	\N	\N
10	8542	\N	\N	\N	\N	\N	$.a > 1	\N
11	8542	\N	\N	\N	\N	\N	strict ((	\N
\N	\N	\N	\N	\N	\N	\N	\N	nothing
13	\N	{8542}	\N	\N	\N	\N	\N	\N
\.
SELECT * FROM control_list.import_problems();
SELECT control_list.apply_import('r1');
SELECT count(*) AS applied FROM control_list.entry;
SELECT control_list.apply_import('r1', expected_total => 14);
SELECT control_list.apply_import('');
ROLLBACK;
