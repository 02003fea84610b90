-- What is open to everybody, and what runs with other rights than the caller's.  Whoever opens more says so in docs/rights.md.

-- Tests with real roles are in test/t/015_roles.pl.

-- functions that run with the rights of the owner
SELECT p.oid::regprocedure AS runs_as_owner, has_function_privilege('public', p.oid, 'EXECUTE') AS for_everybody,
       'search_path=pg_catalog, pg_temp' = ANY (p.proconfig) AS has_fixed_path
FROM pg_depend AS d
JOIN pg_extension AS e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass
JOIN pg_proc AS p ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid
WHERE e.extname = 'control_list' AND d.deptype = 'e' AND p.prosecdef
ORDER BY p.oid::regprocedure::text COLLATE "C";

-- tables, views and sequences on which everybody has a right
SELECT c.oid::regclass AS open, a.privilege_type
FROM pg_class AS c, aclexplode(c.relacl) AS a
WHERE c.relnamespace = 'control_list'::regnamespace AND a.grantee = 0;

-- settings that are not the superuser's; the library must be loaded to know
SELECT screen_shipment('0101', 'JP') IS NOT NULL AS loaded;
SELECT name, context FROM pg_settings WHERE name LIKE 'control\_list.%' AND context <> 'superuser';

-- what the owner of a table has written (index expressions, casts, policies) runs with no more rights than his
\set SHOW_CONTEXT never
BEGIN;
CREATE ROLE regress_owner;
CREATE ROLE regress_officer;
CREATE SCHEMA regress_owned AUTHORIZATION regress_owner;
GRANT USAGE ON SCHEMA regress_owned TO regress_officer;
GRANT SELECT, INSERT, DELETE ON control_list.protected_table TO regress_owner;
GRANT EXECUTE ON FUNCTION control_list.clear_hold TO regress_officer;
INSERT INTO control_list.list (code, title, destinations) VALUES ('L', 'a list', '{RU}');
INSERT INTO control_list.entry (list, item, codes) VALUES ('L', '1', '8542');
SET LOCAL ROLE regress_owner;
CREATE FUNCTION regress_owned.caught() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
    IF current_user <> 'regress_owner' THEN
        RAISE EXCEPTION 'a function of the owner of a table was run as somebody else';
    END IF;
    RETURN 1;
END
$$;
CREATE FUNCTION regress_owned.caught_too() RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN RETURN regress_owned.caught(); END $$;
CREATE TYPE regress_owned.kind AS ENUM ('a');
CREATE FUNCTION regress_owned.as_json(regress_owned.kind) RETURNS json LANGUAGE sql AS $$ SELECT to_json(regress_owned.caught()) $$;
CREATE CAST (regress_owned.kind AS json) WITH FUNCTION regress_owned.as_json;
CREATE TABLE regress_owned.orders (id int PRIMARY KEY, hs text, ship_to text, kind regress_owned.kind, verdict screening_verdict);
CREATE INDEX ON regress_owned.orders ((id + regress_owned.caught_too()));
SELECT done FROM control_list.protect('regress_owned.orders', 'hs', 'ship_to', verdict_column => 'verdict', log => 'all');
INSERT INTO regress_owned.orders VALUES (1, '85', 'RU', 'a');
SET LOCAL ROLE regress_officer;
SELECT control_list.clear_hold('regress_owned.orders', '{"id": 1}', 'looked at') > 0 AS cleared;
RESET ROLE;
ROLLBACK;

-- the triggers of protected tables, which everybody may make, give nobody more rights than protect() has recorded
\set ON_ERROR_ROLLBACK on
BEGIN;
CREATE ROLE regress_owner;
CREATE SCHEMA regress_owned AUTHORIZATION regress_owner;
INSERT INTO control_list.list (code, title, destinations) VALUES ('L', 'a list', '{RU}');
INSERT INTO control_list.entry (list, item, codes) VALUES ('L', '1', '8542');
INSERT INTO control_list.license (number, list, destinations, codes, valid, max_quantity, unit) VALUES ('X-1', 'L', '{RU}', '{8542}', '(,)', 100, 'kg');
SELECT control_list.draw_license('X-1', 40, NULL, 'public.orders:7', 'kg');
SET LOCAL ROLE regress_owner;
CREATE TABLE regress_owned.orders (id int PRIMARY KEY, hs text, ship_to text, license text, kg int, unit text);
CREATE TRIGGER columns AFTER UPDATE OF id, hs, ship_to, license, kg, unit ON regress_owned.orders FOR EACH ROW
    EXECUTE FUNCTION control_list.protected_columns('hs_code=$2', 'destination=$3', 'licenses=$4', 'quantity=$5', 'unit=$6', 'reference=$1', 'ledger=public.orders');
CREATE TRIGGER screen AFTER INSERT OR UPDATE OR DELETE ON regress_owned.orders FOR EACH ROW EXECUTE FUNCTION control_list.screen_row();
INSERT INTO regress_owned.orders VALUES (7, '8542', 'RU', 'X-1', 30, 'kg');
INSERT INTO regress_owned.orders VALUES (7, '0101', 'JP', 'X-1', 30, 'kg');
DROP TRIGGER columns ON regress_owned.orders;
CREATE TRIGGER columns AFTER UPDATE OF hs, ship_to ON regress_owned.orders FOR EACH ROW
    EXECUTE FUNCTION control_list.protected_columns('hs_code=$1', 'destination=$2', 'log=all');
INSERT INTO regress_owned.orders VALUES (8, '8542', 'RU');
-- who may protect tables has no part in what others have drawn
RESET ROLE;
GRANT SELECT, INSERT, DELETE ON control_list.protected_table TO regress_owner;
GRANT EXECUTE ON FUNCTION control_list.name_in_ledger TO regress_owner;
SET LOCAL ROLE regress_owner;
DROP TRIGGER columns ON regress_owned.orders;
CREATE TRIGGER columns AFTER UPDATE OF id, hs, ship_to, license, kg, unit ON regress_owned.orders FOR EACH ROW
    EXECUTE FUNCTION control_list.protected_columns('hs_code=$2', 'destination=$3', 'licenses=$4', 'quantity=$5', 'unit=$6', 'reference=$1', 'ledger=public.orders');
SELECT control_list.name_in_ledger('regress_owned.orders');
INSERT INTO control_list.protected_table VALUES ('regress_owned.orders', '{}');
INSERT INTO regress_owned.orders VALUES (7, '0101', 'JP', 'X-1', 30, 'kg');
DELETE FROM regress_owned.orders WHERE id = 7;
DELETE FROM control_list.protected_table WHERE target = 'regress_owned.orders'::regclass;
-- to screen, and refuse, is everybody's
DROP TRIGGER columns ON regress_owned.orders;
CREATE TRIGGER columns AFTER UPDATE OF hs, ship_to ON regress_owned.orders FOR EACH ROW
    EXECUTE FUNCTION control_list.protected_columns('hs_code=$1', 'destination=$2', 'block_at=review');
INSERT INTO regress_owned.orders VALUES (9, '0101', 'RU');
INSERT INTO regress_owned.orders VALUES (10, '8542', 'RU');
RESET ROLE;
SELECT line, reference, quantity FROM control_list.license_use;
SELECT count(*) AS logged FROM control_list.screening_log WHERE target = 'regress_owned.orders';
ROLLBACK;
