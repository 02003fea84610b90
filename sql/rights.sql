-- A role with nothing but EXECUTE can screen; what it plants or sets changes nothing.
\set SHOW_CONTEXT never
\set ON_ERROR_ROLLBACK on
BEGIN;
CREATE ROLE regress_clerk;
CREATE ROLE regress_editor;
INSERT INTO control_list.list (code, title, destinations) VALUES ('K', 'a list', '{RU,BY}');
INSERT INTO control_list.entry (list, item, codes) VALUES ('K', '1', '8542.31');
CREATE SCHEMA regress_evil AUTHORIZATION regress_clerk;
GRANT CREATE ON SCHEMA public TO regress_clerk;
GRANT TEMPORARY ON DATABASE contrib_regression TO regress_clerk;

SET LOCAL ROLE regress_clerk;
SELECT screen_shipment('8542.31', 'RU', '2024-09-09'), is_restricted('8542.31'::hscode, 'JP'), country_code('Russia');
SELECT verdict, item FROM screening_hits('8542.31', 'RU', '2024-09-09');
SELECT * FROM control_list.entry;
UPDATE control_list.list SET enabled = false;
SET LOCAL control_list.tariff = 'KR';

-- functions and operators in a schema that comes first, in public and in pg_temp
CREATE FUNCTION regress_evil.now() RETURNS timestamptz LANGUAGE sql IMMUTABLE AS $$ SELECT '1999-01-01'::timestamptz $$;
CREATE FUNCTION regress_evil.isfinite(date) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT false $$;
CREATE FUNCTION regress_evil.max(anyenum) RETURNS anyenum LANGUAGE sql IMMUTABLE AS $$ SELECT NULL $$;
CREATE FUNCTION regress_evil.no(hsrange, hsrange) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT false $$;
CREATE FUNCTION regress_evil.no(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT false $$;
CREATE FUNCTION regress_evil.screening_hits(text, text, date, text[], jsonb, text[], text[], text, timestamptz)
    RETURNS SETOF screening_hit LANGUAGE sql AS $$ SELECT NULL::screening_hit WHERE false $$;
CREATE OPERATOR regress_evil.&& (LEFTARG = hsrange, RIGHTARG = hsrange, FUNCTION = regress_evil.no);
CREATE OPERATOR regress_evil.= (LEFTARG = text, RIGHTARG = text, FUNCTION = regress_evil.no);
CREATE OPERATOR public.= (LEFTARG = text, RIGHTARG = text, FUNCTION = regress_evil.no);
CREATE OPERATOR public.&& (LEFTARG = text, RIGHTARG = text, FUNCTION = regress_evil.no);
CREATE TEMPORARY TABLE list (code text, enabled boolean);
CREATE TEMPORARY TABLE entry (list text);
SET LOCAL search_path = regress_evil, pg_temp, public, pg_catalog;
SELECT public.screen_shipment('8542.31', 'RU', '2024-09-09'), public.screen_shipment('8542.31'::public.hscode, 'RU'),
       public.is_restricted('8542.31', 'RU', '2024-09-09'), public.screen_shipment_at('8542.31', 'RU', '2024-09-09 00:00+00'),
       public.country_code('Russia');
SELECT verdict, item FROM public.screening_hits('8542.31'::public.hscode, 'RU', '2024-09-09');
RESET search_path;
RESET ROLE;

-- row security cannot thin a list out unseen
ALTER TABLE control_list.entry ENABLE ROW LEVEL SECURITY;
CREATE POLICY nothing ON control_list.entry USING (false);
SET LOCAL ROLE regress_clerk;
SELECT screen_shipment('8542.31', 'RU', '2024-09-09') AS owner_sees_all;
RESET ROLE;
ALTER TABLE control_list.entry DISABLE ROW LEVEL SECURITY;

-- a list editor needs the tables and nothing else
GRANT SELECT, INSERT, UPDATE, DELETE ON control_list.list, control_list.revision, control_list.destination_group, control_list.entry TO regress_editor;
SET LOCAL ROLE regress_editor;
INSERT INTO control_list.list (code, title, destinations) VALUES ('E', 'by the editor', '{KP}');
SELECT control_list.begin_import('E');
INSERT INTO control_list_import (item, hs_code) VALUES ('1', '01-99');
SELECT control_list.apply_import('r1');
SELECT screen_shipment('0101.21', 'KP', '2024-09-09');
INSERT INTO control_list.entry (list, item, codes) VALUES ('E', '1', '8542');
RESET ROLE;
ROLLBACK;

-- the caller's clock decides nothing about a condition
BEGIN;
INSERT INTO control_list.list (code, title) VALUES ('K', 'a list');
INSERT INTO control_list.entry (list, item, codes, exempt_if)
VALUES ('K', '1', '8703', 'strict $.made.datetime() < "2000-01-01T00:00:00+00:00".datetime()');
SET LOCAL timezone = 'Asia/Seoul';
SELECT screen_shipment('8703', 'JP', '2024-09-09', attributes => '{"made": "2000-01-01"}') AS seoul;
SET LOCAL timezone = 'America/New_York';
SELECT screen_shipment('8703', 'JP', '2024-09-09', attributes => '{"made": "2000-01-01"}') AS new_york;
ROLLBACK;

-- a setting made before the library is loaded does not count either
CREATE ROLE regress_clerk;
INSERT INTO control_list.list (code, title, tariff, destinations) VALUES ('K', 'a list', 'KR', '{RU}');
INSERT INTO control_list.entry (list, item, codes) VALUES ('K', '1', '8703.23.9010');
\c -
SET SESSION AUTHORIZATION regress_clerk;
SET control_list.tariff = 'KR';
SELECT screen_shipment('8703.23.9015', 'RU', '2024-09-09');
\c -
DELETE FROM control_list.entry;
DELETE FROM control_list.list;
DROP ROLE regress_clerk;
