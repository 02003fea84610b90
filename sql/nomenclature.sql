-- Every access method on the real nomenclature and lists, where ../shared/data has them.
\set SHOW_CONTEXT never
\set ECHO none
\set there `test -r ../shared/data/nomenclature/hs2022.csv && test -r ../shared/data/orders/nz_exports_2025_jan.csv && echo true || echo false`
\if :there
\i sql/include/index_values.sql
CREATE TEMPORARY TABLE heading (hs_code text, parent text, level int, description text);
CREATE TEMPORARY TABLE item (item_no int, hs_code text, effective_from date, remark text);
CREATE TEMPORARY TABLE us (hs_code text);
CREATE TEMPORARY TABLE export (
    month text, hs text, country text, uom text, fob numeric, quantity numeric, reexport_fob numeric, reexport_quantity numeric
);
\copy heading from ../shared/data/nomenclature/hs2022.csv with (format csv, header)
\copy item from ../shared/data/lists/kr_annex_2_2.csv with (format csv, header)
\copy us from ../shared/data/lists/us_ear_746_supp4.csv with (format csv, header)
\copy export from ../shared/data/orders/nz_exports_2025_jan.csv with (format csv, header)

TRUNCATE row_hscode, row_hsrange, row_hsmultirange, query_hscode, query_hsrange, query_hsmultirange;
INSERT INTO row_hscode SELECT row_number() OVER (), code
FROM (SELECT control_list.read_code(hs_code) AS code FROM heading UNION ALL SELECT DISTINCT control_list.read_code(hs) FROM export) AS c;
INSERT INTO row_hsrange SELECT row_number() OVER (), codes
FROM (SELECT control_list.read_range(hs_code) AS codes FROM item UNION ALL SELECT control_list.read_range(hs_code) FROM us
      UNION ALL SELECT hsrange(min(value), max(value)) FROM row_hscode WHERE hs_length(value) = 6 GROUP BY hs_heading(value)) AS r;
INSERT INTO row_hsmultirange SELECT row_number() OVER (), codes
FROM (SELECT range_agg(value) AS codes FROM row_hsrange GROUP BY hs_truncate(lower(value), 4)
      UNION ALL SELECT range_agg(value) FROM row_hsrange GROUP BY id % 700) AS m;
INSERT INTO query_hscode SELECT id, value FROM row_hscode WHERE id % 1723 = 0;
INSERT INTO query_hsrange SELECT id, value FROM row_hsrange WHERE id % 499 = 0;
INSERT INTO query_hsmultirange SELECT id, value FROM row_hsmultirange WHERE id % 167 = 0;
\echo 'indexes whose answers to real queries differ from those of a scan, or are not used:'
CREATE FUNCTION pg_temp.check_method(method text) RETURNS TABLE (index text, not_used text[], wrong text[]) LANGUAGE plpgsql AS $$
DECLARE
    type text;
BEGIN
    FOREACH type IN ARRAY '{hscode,hsrange,hsmultirange}'::text[] LOOP
        CONTINUE WHEN NOT EXISTS (SELECT FROM pg_opclass AS c JOIN pg_am AS a ON a.oid = c.opcmethod
                                  WHERE a.amname = method AND c.opcintype = type::regtype AND c.opcdefault);
        index := method || '_' || type;
        EXECUTE format('CREATE INDEX %s ON row_%s USING %s (value)', index, type, method);
        SELECT c.not_used, c.wrong INTO not_used, wrong FROM pg_temp.check_index(index) AS c;
        EXECUTE format('DROP INDEX %s', index);
        IF not_used IS NOT NULL OR wrong IS NOT NULL THEN
            RETURN NEXT;
        END IF;
    END LOOP;
END
$$;
VACUUM ANALYZE row_hscode, row_hsrange, row_hsmultirange;
SELECT method, c.* FROM unnest('{btree,hash,gist,spgist,brin}'::text[]) AS method, pg_temp.check_method(method) AS c;
\else
\echo 'real nomenclature: skipped, ../shared/data is not there'
\endif
