-- Import: a file is compared with its list and applied as a whole, or refused with line, value and reason.
\set SHOW_CONTEXT never
\set ON_ERROR_ROLLBACK on

-- the lists of data/ have as many rows as their authorities say
BEGIN;
\o /dev/null
\i data/load_lists.sql
\o
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
SELECT count(*) AS tables_left FROM pg_class WHERE relname LIKE 'control_list%' AND relpersistence = 't';
-- the same file again is no difference, whichever the mode
SELECT control_list.begin_import('CHPL');
\copy control_list_import (item, hs_code, remark) from 'data/chpl.csv' with (format csv, header)
SELECT * FROM control_list.apply_import('again', effective => '2025-01-01', mode => 'add', dry_run => true);
SELECT * FROM control_list.apply_import('again', effective => '2025-01-01');
-- the header, if it is copied, too, says which column is which
SELECT control_list.begin_import('KR-2-2', '{item,hs_code,effective_from}');
\copy control_list_import from 'data/kr_annex_2_2.csv' with (format csv)
SELECT * FROM control_list.apply_import('again', effective => '2025-01-01', expected_total => 1402);
ROLLBACK;

-- what cannot be done
SELECT control_list.begin_import('nowhere');
SELECT control_list.begin_import(NULL);
SELECT control_list.apply_import('x');
BEGIN;
INSERT INTO control_list.list (code, title) VALUES ('T', 'test');
SELECT control_list.begin_import('T', '{item,hscode}');
SELECT control_list.begin_import('T', '{item,item}');
SELECT control_list.begin_import('T');
SELECT control_list.apply_import('empty');
INSERT INTO control_list_import (item, hs_code) VALUES ('item', 'HS code');
SELECT control_list.apply_import('header alone', dry_run => true);
DELETE FROM control_list_import;
SELECT control_list.apply_import('');
SELECT control_list.apply_import('x', mode => 'merge');
SELECT control_list.apply_import('x', max_removed => 10);
SELECT control_list.apply_import('x', unknown_codes => 'accept');
SELECT control_list.apply_import('x', effective => 'infinity');

-- every column, and destinations in several notations
COPY control_list_import (item, hs_code, except_codes, destinations, measure, effective_from, effective_to, applies_if, exempt_if, remark) FROM stdin;
1	8542	{8542.90}	RU, BY	prohibited	2024-01-01	2024-12-31	strict $.a > 1	strict $.b == 2	first
2	 8541-8543 	\N	@none;*	\N	\N	\N	\N	\N	\N
4	\N	\N	{UA-43}	review	\N	\N	\N	\N	in words
\.
SELECT control_list.apply_import('r1');
INSERT INTO control_list.destination_group VALUES ('none', 'AQ');
SELECT * FROM control_list.apply_import('r1', announced => '2023-12-01', effective => '2024-02-01', expected_total => 3);
SELECT item, codes, except_codes, destinations, measure, valid, applies_if, exempt_if, remark, revision FROM control_list.entry ORDER BY id;
SELECT list, label, announced, effective FROM control_list.revision;
ROLLBACK;

-- notations of codes; items that are not given are the codes as printed
CREATE TEMPORARY TABLE notation (n int GENERATED ALWAYS AS IDENTITY, cell text);
INSERT INTO notation (cell) VALUES
    ('8542'), ('85.42'), ('8542.31'), ('8542 31 00'), ('8542310000'), (' 8542.31 '), ('8541-8543'), ('8471.30-8471.50'), ('84'), ('84-85'),
    ('8541, 8542.31; 9503'), ('8541,8542'), ('84, 85,90'), ('Chapters 84, 85 and 90'), ('chapter 31, heading 8542'), (E'8541\n8542.31\r\n9503'),
    ('ex 8703'), ('EX8703, 8704'), ('8703 and ex 8704'), ('8542 except 8542.90'), ('8542 (excluding 8542.90, 8542.39)'), ('8541, 8542, except 8542.90'),
    ('{8541,8543}'), ('8542.31-0000'), ('8542.31-0000, 8703.23-9010'), ('3819.00'), ('headings 8541 to 8543'), ('see note 5'), ('Chapter 8542'), ('ex ex 8703'),
    ('8542,31'), ('8542.310000'), ('8542.000000'), ('8542.3'), ('854231.0'), ('8.5423e+05'), ('101.21'), ('10121'), ('0101.21.0'), ('8542.31,'), (', 8542'),
    ('8542, 8542.31'), ('8542 except 8543'), ('8542 except 8542'), ('8542 except'), ('8542 except ex 8542.90'), ('except 8542'), ('8542 (8543)'),
    ('8542 (except 8542.90'), ('{8541,8543'), ('8541-8543.10'), ('8543-8541'), ('2208 00 00'), ('2208000000'), (U&'8542\20138543'), (''), ('ex'), ('0042');
SELECT n, replace(replace(cell, E'\n', '\n'), E'\r', '\r') AS cell, codes, CASE WHEN true = ANY (ex) THEN ex END AS ex, except_codes,
       nullif(korean, false) AS korean, nullif(pads_heading, false) AS pads, problem
FROM notation, control_list.read_cell(cell) ORDER BY n;
SELECT problem FROM control_list.read_cell(repeat('8542,', 100000));
SELECT problem FROM control_list.read_cell((SELECT string_agg(n::text, ',') FROM generate_series(100000, 199999) AS n) || ' except ' ||
                                           (SELECT string_agg(n::text || '00', ',') FROM generate_series(100000, 199999) AS n));

BEGIN;
INSERT INTO control_list.list (code, title, tariff) VALUES ('KR', 'of the Korean tariff', 'KOR'), ('T', 'of none', NULL);
SELECT control_list.begin_import('KR', '{hs_code,remark}');
COPY control_list_import FROM stdin WITH (FORMAT csv);
HS-CODE,Remark
8542.31-0000,
"ex 8703, 8704","two entries, one item"
"8541, 8542 except 8542.90",
\.
SELECT * FROM control_list.apply_import('r1');
SELECT item, codes, ex, except_codes, remark FROM control_list.entry ORDER BY id;
SELECT control_list.begin_import('T', '{hs_code}');
COPY control_list_import FROM stdin;
8542.31-0000
2208 00 00
3819.00
\.
SELECT * FROM control_list.apply_import('r1', dry_run => true);
ROLLBACK;

-- every value that cannot be read is reported with its line; nothing is applied
BEGIN;
INSERT INTO control_list.list (code, title, destinations) VALUES ('T', 'test', '{RU}');
SELECT control_list.begin_import('T');
COPY control_list_import (item, hs_code, except_codes, destinations, measure, effective_from, effective_to, applies_if, remark) FROM stdin;
1	8542.31	\N	\N	\N	\N	\N	\N	\N
2	10121	\N	\N	\N	\N	\N	\N	\N
3	8543-8541	\N	\N	\N	\N	\N	\N	a line break\n\nin a value
4	8542	8543	\N	\N	\N	\N	\N	\N
5	8542	8542	Russia	\N	\N	\N	\N	\N
6	8542	\N	@nobody	forbidden	\N	\N	\N	\N
7	8542	ex 8542.90	\N	\N	09.09.2024	\N	\N	\N
8	8542	10	\N	\N	2024-02-30	\N	\N	\N
9	8542	\N	\N	\N	2024-02-03	2024-02-02	\N	\N
10	8542	\N	\N	\N	\N	\N	$.a > 1	\N
11	8542	\N	\N	\N	\N	\N	strict ((	\N
\N	\N	\N	\N	\N	\N	\N	\N	nothing
13	\N	{8542}	\N	\N	\N	\N	\N	\N
\N	8542	\N	\N	\N	\N	\N	\N	a merged cell
Total	1402	\N	\N	\N	\N	\N	\N	\N
Grand total:	14	\N	\N	\N	\N	\N	\N	\N
1	8703	\N	\N	\N	\N	\N	\N	the same item
16	8703	\N	RU	\N	\N	2024-12-31	\N	\N
16	8704	\N	RU	\N	2025-01-01	\N	\N	other days
16	8705	\N	BY	\N	\N	\N	\N	other places
16	8706	\N	*	\N	2025-06-01	\N	\N	the same as two others
\.
SELECT line, item, field, value, reason FROM control_list.apply_import('r1', dry_run => true, expected_total => 20) WHERE difference = 'rejected';
SELECT control_list.apply_import('r1', expected_total => 20);
SELECT count(*) AS applied FROM control_list.entry;
SELECT count(*) AS revisions FROM control_list.revision;
ROLLBACK;

-- a total in any language is told by its number
BEGIN;
INSERT INTO control_list.list (code, title) VALUES ('T', 'test');
SELECT control_list.begin_import('T', '{item,hs_code}');
INSERT INTO control_list_import SELECT n::text, (8500 + n)::text FROM generate_series(1, 12) AS n;
SELECT difference, count(*) FROM control_list.apply_import('r1', dry_run => true) GROUP BY difference ORDER BY difference;
INSERT INTO control_list_import VALUES ('Summe', '12');
SELECT line, item, field, value, reason FROM control_list.apply_import('r1', dry_run => true) WHERE difference = 'rejected';
UPDATE control_list_import SET hs_code = '13' WHERE item = 'Summe';
SELECT count(*) FROM control_list.apply_import('r1', dry_run => true) WHERE difference = 'rejected';
ROLLBACK;

-- headers
BEGIN;
INSERT INTO control_list.list (code, title) VALUES ('T', 'test');
CREATE FUNCTION pg_temp.header(first_row text) RETURNS TABLE (d text, line bigint, item text, value text, reason text) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM control_list.begin_import('T', '{item,hs_code,NULL,remark}');
    INSERT INTO control_list_import SELECT r[1], r[2], r[3], r[4] FROM string_to_array(first_row, ',', '') AS r;
    INSERT INTO control_list_import VALUES ('1', '8542', 'x', '8543'), ('2', '8544', 'y', '8545');
    -- psql does not always count a mark as wide as it is
    RETURN QUERY SELECT i.difference, i.line, replace(i.item, U&'\FEFF', '(mark)'), replace(i.value, U&'\FEFF', '(mark)'), i.reason
    FROM control_list.apply_import('r', dry_run => true) AS i WHERE i.difference <> 'unchanged';
END
$$;
SELECT * FROM pg_temp.header('ITEM,HS CODE,whatever,Remark');
SELECT * FROM pg_temp.header('item,Remark,,Hs-Code');
SELECT * FROM pg_temp.header(U&'\FEFFItem,HS_CODE,,remark');
SELECT * FROM pg_temp.header('item,hscode,,remark');
SELECT * FROM pg_temp.header('item,hs_code,,item');
SELECT * FROM pg_temp.header('item,hs_code,,');
SELECT * FROM pg_temp.header(U&'\FEFF3,8703,,');
ROLLBACK;

-- a revision: what is added, removed, changed, and when
BEGIN;
INSERT INTO control_list.list (code, title, destinations) VALUES ('T', 'test', '{RU,BY}');
SELECT control_list.begin_import('T', '{item,hs_code,measure,destinations,effective_from,remark}');
COPY control_list_import FROM stdin;
1	8542	\N	\N	2024-01-01	\N
2	8541, 8543	\N	\N	2024-01-01	\N
3	8703	review	\N	2024-01-01	\N
4	8704	\N	{BY,RU}	2024-01-01	\N
5	\N	\N	\N	2024-01-01	in words
6	8706	\N	\N	2024-06-01	\N
7	8707	\N	\N	2024-01-01	\N
8	8708	\N	\N	2025-01-01	to begin later
9	8709	\N	\N	2024-01-01	\N
10	8710	\N	\N	2024-01-01	\N
\.
SELECT count(*) FROM control_list.apply_import('first', effective => '2024-01-01');
CREATE FUNCTION pg_temp.revise() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM control_list.begin_import('T', '{item,hs_code,measure,destinations,effective_from,remark}');
    INSERT INTO control_list_import VALUES
        ('1', 'ex 8542', NULL, NULL, '2024-01-01', NULL), ('2', '8543; 8545', NULL, NULL, NULL, NULL), ('3', '8703', 'prohibited', NULL, '2024-07-01', NULL),
        ('4', '87.04', NULL, 'rus blr', '2023-06-01', NULL), ('5', '8705', NULL, NULL, NULL, 'in words'), ('6', '8706', NULL, 'KZ', NULL, 'new'),
        ('9', '8709', NULL, NULL, '2024-03-01', NULL), ('10', '8710', NULL, NULL, NULL, NULL), ('11', '8711', NULL, NULL, NULL, NULL), ('12', NULL, NULL, NULL, NULL, 'more words');
END
$$;
SELECT pg_temp.revise();
SELECT * FROM control_list.apply_import('second', effective => '2024-06-01', dry_run => true);
SELECT control_list.apply_import('second', effective => '2024-06-01');
SELECT count(*) FROM control_list.apply_import('second', effective => '2024-06-01', max_removed => 0.5);
SELECT item, codes, ex, destinations, measure, valid, remark, revision FROM control_list.entry ORDER BY item::int, lower(valid), codes;
-- applied once more, nothing is to be done
SELECT pg_temp.revise();
SELECT difference, item, field, old_value, value, entries FROM control_list.apply_import('third', effective => '2024-06-01');
-- a day of its own is needed where something could end
SELECT pg_temp.revise();
SELECT control_list.apply_import('fourth');
ROLLBACK;

-- mode add ends nothing, and nothing that comes in may meet what stays
BEGIN;
INSERT INTO control_list.list (code, title) VALUES ('T', 'test');
INSERT INTO control_list.entry (list, item, codes, remark) VALUES ('T', '1', '8542', 'stays'), ('T', '2', '8703', 'stays');
SELECT control_list.begin_import('T', '{item,hs_code}');
COPY control_list_import FROM stdin;
1	8542.31
3	9503
\.
SELECT * FROM control_list.apply_import('r1', mode => 'add', dry_run => true);
SELECT control_list.apply_import('r1', mode => 'add');
DELETE FROM control_list_import WHERE item = '1';
SELECT * FROM control_list.apply_import('r1', mode => 'add');
SELECT item, codes, valid, remark FROM control_list.entry ORDER BY item;
ROLLBACK;

-- what a file has without a day is in force from the effective date on, though the list has it begin later
BEGIN;
INSERT INTO control_list.list (code, title) VALUES ('T', 'test');
INSERT INTO control_list.entry (list, item, codes, valid) VALUES
    ('T', 'later', '8541', '[2025-01-01,)'), ('T', 'other codes', '8542', '[2024-01-01,2025-01-01)'), ('T', 'other codes', '8543', '[2025-01-01,)'),
    ('T', 'goes on', '8544', '[2024-01-01,2024-03-01)'), ('T', 'goes on', '8544', '[2024-03-01,)');
SELECT control_list.begin_import('T', '{item,hs_code}');
INSERT INTO control_list_import VALUES ('later', '8541'), ('other codes', '8543'), ('goes on', '8544');
SELECT difference, item, field, old_value, value, entries FROM control_list.apply_import('r1', effective => '2024-06-01', max_removed => 1);
SELECT item, codes, valid FROM control_list.entry ORDER BY item, valid;
ROLLBACK;

-- a file that would empty the list is refused, also one whose codes have moved to other items, or whose last days have passed
BEGIN;
INSERT INTO control_list.list (code, title) VALUES ('T', 'test');
INSERT INTO control_list.entry (list, item, codes) SELECT 'T', n::text, hscode_from_number(8500 + n, 4) FROM generate_series(1, 20) AS n;
SELECT control_list.begin_import('T', '{item,hs_code}');
INSERT INTO control_list_import SELECT n::text, 8500 + n FROM generate_series(1, 17) AS n;
SELECT difference, value, reason FROM control_list.apply_import('r1', effective => '2024-09-09', dry_run => true) WHERE difference = 'rejected';
SELECT control_list.begin_import('T', '{item,hs_code}');
INSERT INTO control_list_import SELECT n::text, 8501 + n FROM generate_series(1, 20) AS n;
SELECT difference, value, reason FROM control_list.apply_import('r1', effective => '2024-09-09', dry_run => true) WHERE difference = 'rejected';
SELECT control_list.begin_import('T', '{item,hs_code,effective_from,effective_to}');
INSERT INTO control_list_import SELECT n::text, 8500 + n, '2024-01-01', CASE WHEN n > 17 THEN '2024-06-01' END FROM generate_series(1, 20) AS n;
SELECT difference, value, reason FROM control_list.apply_import('r1', effective => '2024-09-09', dry_run => true) WHERE difference = 'rejected';
SELECT control_list.begin_import('T', '{item,hs_code}');
INSERT INTO control_list_import SELECT n::text, 8500 + n FROM generate_series(1, 18) AS n;
SELECT difference, item, entries FROM control_list.apply_import('r1', effective => '2024-09-09');
SELECT count(*) AS in_force FROM control_list.entry WHERE valid @> date '2024-09-09';
ROLLBACK;

-- an item that had codes is not described in words all at once
BEGIN;
INSERT INTO control_list.list (code, title) VALUES ('T', 'test');
INSERT INTO control_list.entry (list, item, codes) VALUES ('T', '1', '8541'), ('T', '1', '8543'), ('T', '2', '8542'), ('T', '3', NULL);
SELECT control_list.begin_import('T', '{item,hs_code}');
INSERT INTO control_list_import VALUES ('1', '8541, 8543'), ('2', NULL), ('3', NULL), ('4', NULL);
SELECT difference, line, item, old_value, value, reason FROM control_list.apply_import('r1', effective => '2024-09-09', max_removed => 1, dry_run => true);
SELECT control_list.apply_import('r1', effective => '2024-09-09', max_removed => 1);
ROLLBACK;

-- places and exceptions: who loses them ends there, as who loses codes does
BEGIN;
INSERT INTO control_list.destination_group (name, territory, valid) VALUES ('g', 'KZ', '(,)'), ('g', 'AM', '[2024-01-01,)');
INSERT INTO control_list.list (code, title, destinations) VALUES ('T', 'test', '{RU,@g}');
INSERT INTO control_list.entry (list, item, codes, destinations) VALUES
    ('T', '1', '8501', NULL), ('T', '2', '8502', '{UA-43,KZ}'), ('T', '3', '8503', '{*}'), ('T', '4', '8504', '{RU}');
CREATE FUNCTION pg_temp.ended(mode text, VARIADIC cells text[]) RETURNS TABLE (value text, reason text) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM control_list.begin_import('T', '{item,hs_code,destinations,except_codes}');
    FOR i IN 1 .. cardinality(cells) LOOP
        EXECUTE format('INSERT INTO control_list_import VALUES (%s)', cells[i]);
    END LOOP;
    RETURN QUERY SELECT i.value, i.reason FROM control_list.apply_import('r', effective => '2024-06-01', mode => ended.mode, dry_run => true, max_removed => 0) AS i
        WHERE i.difference = 'rejected';
END
$$;
SELECT * FROM pg_temp.ended('replace', $$'1', '8501', 'KZ'$$, $$'2', '8502', 'UA-43'$$, $$'3', '8503', 'RU, BY'$$, $$'4', '8504', 'BY'$$);
SELECT * FROM pg_temp.ended('replace', $$'1', '8501', 'RU, KZ, AM'$$, $$'2', '8502', 'UA, @g'$$, $$'3', '8503', 'RU, *'$$, $$'4', '8504', NULL$$);
SELECT * FROM pg_temp.ended('replace', $$'1', '8501', 'RU, KZ', '8501.10'$$, $$'2', '8502', 'UA, @g'$$, $$'3', '8503', '*', '8503.00'$$, $$'4', '8504', 'RU'$$);
-- mode add ends none
SELECT * FROM pg_temp.ended('add', $$'1', '8501', 'RU, @g, BY'$$);
SELECT * FROM pg_temp.ended('add', $$'4', '8504', 'BY'$$);
SELECT control_list.apply_import('r', effective => '2024-06-01', mode => 'add', max_removed => 1);
ROLLBACK;

-- members of a group count on their days
BEGIN;
INSERT INTO control_list.destination_group (name, territory, valid) VALUES ('g', 'KZ', '(,)'), ('g', 'AM', '[2025-01-01,)');
INSERT INTO control_list.list (code, title, destinations) VALUES ('T', 'it''s "a list"', '{@g}');
INSERT INTO control_list.entry (list, item, codes, valid) VALUES ('T', '3', '8703', '[2024-01-01,)');
CREATE FUNCTION pg_temp.rejected(VARIADIC cells text[]) RETURNS TABLE (line bigint, item text, reason text) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM control_list.begin_import('T', '{item,hs_code,destinations,effective_from,effective_to}');
    FOR i IN 1 .. cardinality(cells) LOOP
        EXECUTE format('INSERT INTO control_list_import VALUES (%s)', cells[i]);
    END LOOP;
    RETURN QUERY SELECT i.line, i.item, i.reason FROM control_list.apply_import('r', effective => '2024-06-01', mode => 'add', dry_run => true) AS i
        WHERE i.difference = 'rejected';
END
$$;
SELECT * FROM pg_temp.rejected($$'1', '8542', '@g', NULL, '2024-12-31'$$, $$'1', '8542', 'AM', NULL, '2024-12-31'$$,
                               $$'2', '8542', '@g', NULL, '2025-01-01'$$, $$'2', '8542', 'AM', NULL, '2025-01-01'$$,
                               $$'3', '8703.23', 'AM', NULL, '2024-12-31'$$);
SELECT * FROM pg_temp.rejected($$'3', '8703.23', 'AM', '2025-01-01', NULL$$);
ROLLBACK;

-- files that COPY itself does not take leave nothing
BEGIN;
INSERT INTO control_list.list (code, title) VALUES ('T', 'test');
SELECT control_list.begin_import('T', '{item,hs_code}');
COPY control_list_import FROM stdin WITH (FORMAT csv);
1,8542
2
\.
COPY control_list_import FROM stdin WITH (FORMAT csv);
1,"8542
2,8543
\.
SELECT control_list.apply_import('r1');
ROLLBACK;

-- files as they come: Latin-1, a byte order mark, line ends of Windows, quotes, capitals, and rows that are none
BEGIN;
INSERT INTO control_list.list (code, title, destinations) VALUES ('T', 'test', '{RU}');
\! printf 'ITEM,HS_CODE,REMARK\r\n1,8542.31,"caf\351 ""noir"""\r\n2,"8541,\r\n8543",\r\n' > results/import_latin1.csv
\! printf '\357\273\277"ITEM",HS Code,Remark\r\n1,8542.31,caf\303\251\r\n"2","101.21",\r\n3,8542.310000,"two\r\nlines"\r\n,8543,\r\n5,0101.21,\r\n5,8544,\r\nTOTAL,5,\r\n' > results/import_utf8.csv
SELECT control_list.begin_import('T', '{item,hs_code,remark}');
\set SHOW_CONTEXT errors
\copy control_list_import from 'results/import_latin1.csv' with (format csv)
\set SHOW_CONTEXT never
SELECT control_list.apply_import('r1');
\copy control_list_import from 'results/import_latin1.csv' with (format csv, encoding 'LATIN1')
SELECT * FROM control_list.apply_import('r1', expected_total => 2);
SELECT item, codes, remark = U&'caf\00E9 "noir"' AS remark FROM control_list.entry ORDER BY id;
SELECT control_list.begin_import('T', '{item,hs_code,remark}');
\copy control_list_import from 'results/import_utf8.csv' with (format csv)
SELECT line, item, field, value, reason FROM control_list.apply_import('r2', effective => '2024-09-09', expected_total => 5, dry_run => true) WHERE difference = 'rejected';
SELECT control_list.apply_import('r2', effective => '2024-09-09');
SELECT label FROM control_list.revision;
ROLLBACK;
\! rm results/import_latin1.csv results/import_utf8.csv

-- what fails in the middle leaves nothing, and can be done again; where a file came from is noted
BEGIN;
INSERT INTO control_list.list (code, title) VALUES ('T', 'test');
INSERT INTO control_list.revision (list, label) VALUES ('T', 'old');
INSERT INTO control_list.entry (list, item, codes) VALUES ('T', '1', '8542'), ('T', '2', '8543');
CREATE FUNCTION pg_temp.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'in the middle'; END $$;
CREATE TRIGGER zz_fail BEFORE INSERT ON control_list.entry FOR EACH ROW WHEN (NEW.item = '4') EXECUTE FUNCTION pg_temp.fail();
SELECT control_list.begin_import('T', '{item,hs_code}');
INSERT INTO control_list_import VALUES ('1', '8541'), ('3', '8544'), ('4', '8545');
SELECT control_list.apply_import('new', effective => '2024-09-09', max_removed => 1);
SELECT item, codes, valid FROM control_list.entry;
SELECT label FROM control_list.revision;
SELECT relname FROM pg_class WHERE relname LIKE 'control_list%' AND relpersistence = 't';
DROP TRIGGER zz_fail ON control_list.entry;
\set VERBOSITY terse
SELECT control_list.apply_import('new', effective => '2024-09-09', max_removed => 1, sha256 => '\x00');
\set VERBOSITY default
SELECT count(*) FROM control_list.apply_import('new', effective => '2024-09-09', max_removed => 1, source => 'new.csv', sha256 => sha256('new'));
SELECT label, source, sha256 = sha256('new') AS sha256, added, removed, in_force FROM control_list.revision_history ORDER BY label;
SELECT last_import >= now() AS imported, next_revision IS NULL AS nothing_announced FROM control_list.status WHERE name = 'T';
ROLLBACK;

-- tables of the user's own stay, and what another role has made is not read
BEGIN;
CREATE ROLE regress_stranger;
INSERT INTO control_list.list (code, title) VALUES ('T', 'test');
SELECT control_list.begin_import('T', '{item,hs_code}');
INSERT INTO control_list_import VALUES ('1', '8541');
CREATE TEMPORARY TABLE control_list_cell AS SELECT 'mine' AS whose;
SELECT control_list.apply_import('r1');
TABLE control_list_cell;
DROP TABLE control_list_cell;
ALTER TABLE control_list_import OWNER TO regress_stranger;
SELECT control_list.apply_import('r1');
ALTER TABLE control_list_import OWNER TO CURRENT_USER;
SELECT difference, item FROM control_list.apply_import('r1');
ROLLBACK;
DROP TABLE notation;

-- how the session reads strings changes nothing; a new one, since functions keep what they have read
\c
SET escape_string_warning = off;
SELECT set_config('standard_conforming_strings', 'off', false) WHERE current_setting('server_version_num')::int < 190000 \g /dev/null
BEGIN;
INSERT INTO control_list.list (code, title) VALUES ('T', 'test');
SELECT control_list.begin_import('T', '{item,hs_code,effective_from}');
INSERT INTO control_list_import VALUES ('1', '8542', '2024-09-09'), ('2', '8543', '9.9.2024'), ('Totals: 2', '8544', NULL);
SELECT line, item, field, value, reason FROM control_list.apply_import('r1', dry_run => true) WHERE difference = 'rejected';
ROLLBACK;
