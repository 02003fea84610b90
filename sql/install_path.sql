-- Functions that stand in the target schema before CREATE EXTENSION, with just the
-- arguments that the extension calls polymorphic and variadic ones with, are never called.
\set SHOW_CONTEXT never
\set ECHO none
SELECT pg_catalog.current_database() AS home \gset
SET client_min_messages = warning;
DROP DATABASE IF EXISTS control_list_path;
CREATE DATABASE control_list_path TEMPLATE template0;
\c control_list_path
SET client_min_messages = warning;
SET datestyle = 'ISO, YMD';
CREATE FUNCTION public.caught() RETURNS void LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'a planted function was called'; END $$;
-- those that the tables and functions of the extension call, with results that fit
CREATE FUNCTION public.lower(tstzrange) RETURNS timestamptz LANGUAGE sql AS $$ SELECT public.caught()::text::timestamptz $$;
CREATE FUNCTION public.lower(daterange) RETURNS date LANGUAGE sql AS $$ SELECT public.caught()::text::date $$;
CREATE FUNCTION public.lower_inf(tstzrange) RETURNS boolean LANGUAGE sql AS $$ SELECT public.caught()::text::boolean $$;
CREATE FUNCTION public.isempty(tstzrange) RETURNS boolean LANGUAGE sql AS $$ SELECT public.caught()::text::boolean $$;
CREATE FUNCTION public.isempty(daterange) RETURNS boolean LANGUAGE sql AS $$ SELECT public.caught()::text::boolean $$;
CREATE FUNCTION public.cardinality(text[]) RETURNS integer LANGUAGE sql AS $$ SELECT public.caught()::text::integer $$;
CREATE FUNCTION public.unnest(text[]) RETURNS SETOF text LANGUAGE sql AS $$ SELECT public.caught()::text $$;
CREATE FUNCTION public.array_prepend(text, text[]) RETURNS text[] LANGUAGE sql AS $$ SELECT public.caught()::text::text[] $$;
CREATE FUNCTION public.array_position(text[], text) RETURNS integer LANGUAGE sql AS $$ SELECT public.caught()::text::integer $$;
-- every function that takes any type, planted for the types that lists are made of
DO $$
DECLARE
    f record;
    t record;
    planted int := 0;
BEGIN
    FOR f IN
        SELECT p.oid, p.proname, p.proargtypes::oid[] AS args, p.provariadic
        FROM pg_proc AS p
        WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f' AND cardinality(p.proargtypes::oid[]) BETWEEN 1 AND 3
          AND (p.proargtypes::oid[] && ARRAY['anyelement', 'anyarray', 'anyrange', 'anynonarray', 'anycompatible',
                   'anycompatiblearray', 'anycompatiblenonarray', 'anymultirange', '"any"', 'anyenum']::regtype[]::oid[])
          AND p.proname !~ '^(array_|range_|multirange_|enum_|record_)?(in|out|send|recv|typanalyze|subscript_handler)$'
    LOOP
        FOR t IN SELECT * FROM (VALUES ('text', 'text[]', 'tstzrange'), ('date', 'date[]', 'daterange'), ('text', 'text[]', 'daterange'),
                                       ('bigint', 'bigint[]', 'tstzrange'), ('jsonb', 'jsonb[]', 'daterange')) AS v (scalar, list, span) LOOP
            BEGIN
                EXECUTE format('CREATE FUNCTION public.%I(%s) RETURNS text LANGUAGE sql AS $f$ SELECT public.caught()::text $f$', f.proname,
                    (SELECT string_agg(CASE a.type::regtype::text
                                           WHEN 'anyarray' THEN t.list WHEN 'anycompatiblearray' THEN t.list
                                           WHEN 'anyrange' THEN t.span
                                           WHEN 'anyelement' THEN t.scalar WHEN 'anynonarray' THEN t.scalar
                                           WHEN 'anycompatible' THEN t.scalar WHEN 'anycompatiblenonarray' THEN t.scalar
                                           WHEN '"any"' THEN t.scalar
                                           ELSE a.type::regtype::text END, ', ' ORDER BY a.n)
                     FROM unnest(f.args) WITH ORDINALITY AS a (type, n)));
                planted := planted + 1;
            EXCEPTION WHEN duplicate_function OR invalid_function_definition OR feature_not_supported THEN
                NULL;
            END;
        END LOOP;
    END LOOP;
    IF planted < 100 THEN
        RAISE EXCEPTION 'only % functions were planted', planted;
    END IF;
END
$$;
CREATE FUNCTION public.tstzrange(timestamptz, text) RETURNS tstzrange LANGUAGE sql AS $$ SELECT public.caught()::text::tstzrange $$;
CREATE FUNCTION public.format(text, text, text) RETURNS text LANGUAGE sql AS $$ SELECT public.caught()::text $$;
CREATE FUNCTION public.concat_ws(text, text, text) RETURNS text LANGUAGE sql AS $$ SELECT public.caught()::text $$;
\set ECHO all
CREATE EXTENSION control_list CASCADE;
INSERT INTO control_list.destination_group VALUES ('g', 'KZ');
INSERT INTO control_list.list (code, title, destinations, jurisdictions) VALUES ('K', 'a list', '{RU,@g}', '{KR}');
SELECT control_list.begin_import('K');
INSERT INTO control_list_import (item, hs_code, effective_from, destinations, applies_if) VALUES
    ('1', '8542.31', '2024-09-09', NULL, NULL), ('2', '8703', NULL, 'RU, BY', 'strict $.cc > 2000');
SELECT control_list.apply_import('r1', effective => '2024-01-01');
SELECT screen_shipment('8542.31', 'RU', '2024-09-09'), screen_shipment('8542'::hscode, 'KZ'), is_restricted('x', NULL, NULL, '{BY}', '{}', '{}', '{KR}', 'KR'),
       screen_shipment_at('8703', 'RU', '2024-09-09 00:00+00', attributes => '{"cc": 3000}'), country_code('Korea, Republic of');
SELECT verdict, item, reason FROM screening_hits('nonsense', 'RU', 'infinity', via => '{KZ,XX}', jurisdictions => '{KR,x}');
CREATE TABLE orders (hs text, ship_to text, ship_date timestamptz, via text[]);
SELECT count(*) FROM control_list.protect('orders', 'hs', 'ship_to', 'ship_date', via => 'via');
INSERT INTO orders VALUES ('8542.31', 'JP', '2024-09-09', '{RU}');
INSERT INTO orders VALUES ('8542.31', 'JP', '2024-09-09', '{DE}');
UPDATE control_list.entry SET remark = 'x' WHERE item = '1';
DELETE FROM control_list.destination_group;
\c :home
DROP DATABASE control_list_path;
