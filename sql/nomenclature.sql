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

-- the editions of 2017 and 2022 as a nomenclature, and Korea's list
\set ECHO all
BEGIN;
CREATE TEMPORARY TABLE edition (code text, parent text, level int, description text);
\copy edition from ../shared/data/nomenclature/hs2017.csv with (format csv, header)
INSERT INTO control_list.nomenclature SELECT '2017', e.code::hscode, e.description, '[2017-01-01,2022-01-01)' FROM edition AS e WHERE e.level <= 6 AND e.code <> 'TOTAL';
INSERT INTO control_list.nomenclature SELECT '2022', h.hs_code::hscode, h.description, '[2022-01-01,)' FROM heading AS h WHERE h.hs_code <> 'TOTAL';
SELECT change, count(*) FROM control_list.edition_changes('2017', '2022') WHERE hs_length(code) = 6 GROUP BY change ORDER BY change;
\set ECHO none
\o /dev/null
\i data/load_lists.sql
\o
\set ECHO all
SELECT count(*) AS entries FROM control_list.entry;
SELECT c, hs_exists(c::hscode, '2017') AS in_2017, hs_exists(c::hscode, '2022') AS in_2022,
       screen_shipment(c, 'RU', '2024-09-09') AS to_russia, screen_shipment(c, 'JP', '2024-09-09') AS to_japan
FROM unnest('{8525.80,8803.30,8525.89,0101.21}'::text[]) AS c;
SELECT DISTINCT regexp_replace(reason, '^.* to RU', '') AS reason FROM screening_hits('8803.30', 'RU', '2024-09-09');
ROLLBACK;

-- names of countries: in two months of exports, and those of ISO 3166
\copy export from ../shared/data/orders/nz_exports_2025_feb.csv with (format csv, header)
SELECT count(DISTINCT country) AS names, count(DISTINCT country) FILTER (WHERE country_code(country) IS NOT NULL) AS mapped FROM export;
SELECT DISTINCT country COLLATE "C" AS unknown FROM export WHERE country_code(country) IS NULL ORDER BY 1;
CREATE TEMPORARY TABLE iso (alpha2 text, alpha3 text, number text, official_name text, display_name text);
\copy iso from ../shared/data/nomenclature/iso3166.csv with (format csv, header)
SELECT i.alpha2, n.name, country_code(n.name) FROM iso AS i, LATERAL (VALUES (i.alpha3), (i.official_name), (i.display_name)) AS n (name)
WHERE country_code(n.name) IS DISTINCT FROM i.alpha2 ORDER BY 1, 2;
\set ECHO none
\else
\echo 'real nomenclature: skipped, ../shared/data is not there'
\endif
