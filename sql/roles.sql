-- What is open to everybody, and what runs with other rights than the caller's.  Whoever opens more says so in docs/rights.md.

-- Tests with real roles are in test/t/015_roles.pl.

-- functions that run with the rights of the owner
SELECT p.oid::regprocedure AS runs_as_owner, has_function_privilege('public', p.oid, 'EXECUTE') AS for_everybody, p.proconfig
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
