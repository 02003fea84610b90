-- A file is imported into an empty list; again, as it is; and again with an exception in every row and some rows more and less.

\set first :out '/first.txt'
\set next :out '/next.txt'
CREATE VIEW file AS
SELECT n, n::text AS item, hscode_from_number(1000000000 + n * (8999999999 / :rows), 10)::text AS hs_code, '2024-01-01' AS effective_from, 'remark ' || n AS remark
FROM generate_series(1, :rows) AS n;
COPY (SELECT item, hs_code, effective_from, remark FROM file) TO :'first' WITH (FORMAT csv, HEADER);
COPY (SELECT item, hs_code || ' except ' || replace(hs_code, '.', '') || '9999' AS hs_code, effective_from, remark FROM file WHERE n % 20 <> 0
      UNION ALL SELECT 'new ' || item, hs_code, effective_from, remark FROM file WHERE n % 20 = 0) TO :'next' WITH (FORMAT csv, HEADER);

INSERT INTO control_list.list (code, title) VALUES ('L', 'imported');
CREATE TABLE plain (LIKE control_list.entry INCLUDING ALL);
CREATE TABLE text_rows (item text, hs_code text, effective_from text, remark text);
CREATE FUNCTION empty_list() RETURNS void LANGUAGE sql AS $$
    TRUNCATE control_list.entry, plain, text_rows;
    TRUNCATE control_list.revision;
    SELECT control_list.begin_import('L', '{item,hs_code,effective_from,remark}');
$$;
CREATE FUNCTION import(file text, label text, effective date) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    PERFORM control_list.begin_import('L', '{item,hs_code,effective_from,remark}');
    EXECUTE format('COPY control_list_import FROM %L WITH (FORMAT csv)', file);
    RETURN (SELECT count(*) FROM control_list.apply_import(label, effective => effective, max_removed => 1));
END
$$;
CREATE FUNCTION insert_rows(file text) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('COPY text_rows FROM %L WITH (FORMAT csv, HEADER)', file);
    INSERT INTO plain (list, item, codes, valid, remark)
    SELECT 'L', item, hs_code::hscode, daterange(effective_from::date, NULL), remark FROM text_rows;
    RETURN 0;
END
$$;

INSERT INTO contender (race, name, statement, before) VALUES
    ('first', 'import', format('SELECT import(%L, ''first'', ''2024-01-01'')', :'first'), 'SELECT empty_list()'),
    ('first', 'COPY, INSERT', format('SELECT insert_rows(%L)', :'first'), 'SELECT empty_list()'),
    ('same', 'import', format('SELECT import(%L, ''same'', ''2024-06-01'')', :'first'),
     format('SELECT empty_list(), import(%L, ''first'', ''2024-01-01'')', :'first')),
    ('same', 'COPY, INSERT', format('SELECT insert_rows(%L)', :'first'), 'SELECT empty_list()'),
    ('next', 'import', format('SELECT import(%L, ''next'', ''2024-06-01'')', :'next'),
     format('SELECT empty_list(), import(%L, ''first'', ''2024-01-01'')', :'first')),
    ('next', 'COPY, INSERT', format('SELECT insert_rows(%L)', :'first'), 'SELECT empty_list()');
CALL race('first', :runs);
CALL race('same', :runs);
CALL race('next', :runs);
SELECT to_char(:rows, 'FM999,999,999') || ' rows' AS work \gset
-- what is inserted plainly is there to compare; the target is a time
CALL compare('first', 'import', 'COPY, INSERT', 'import of ' || :'work' || ' into an empty list', 's', 1000);
CALL compare('same', 'import', 'COPY, INSERT', 'the same file again', 's', 1000);
CALL compare('next', 'import', 'COPY, INSERT', 'a file in which every row has changed', 's', 1000);
UPDATE result SET target_words = 'at most 2 s', remark = CASE WHEN ours <= 2 THEN 'reached' ELSE 'NOT REACHED' END WHERE no = 1;
