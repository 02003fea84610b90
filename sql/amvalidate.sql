-- Every operator class is what its access method expects.
SELECT a.amname, c.opcname, c.opcintype::regtype AS type, amvalidate(c.oid) AS valid
FROM pg_opclass AS c
JOIN pg_am AS a ON a.oid = c.opcmethod
WHERE c.opcintype IN ('hscode'::regtype, 'hsrange'::regtype, 'hsmultirange'::regtype)
ORDER BY 1, 2, 3;

-- every object of the extension says what it is
SELECT d.classid::regclass, pg_describe_object(d.classid, d.objid, d.objsubid) AS without_comment
FROM pg_depend AS d
JOIN pg_extension AS e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass
WHERE d.deptype = 'e'
  AND e.extname = 'control_list'
  AND d.classid IN ('pg_proc'::regclass, 'pg_type'::regclass, 'pg_operator'::regclass,
                    'pg_opclass'::regclass, 'pg_opfamily'::regclass, 'pg_cast'::regclass,
                    'pg_class'::regclass, 'pg_namespace'::regclass)
  AND coalesce(obj_description(d.objid, d.classid::regclass::text), '') = ''
  AND NOT EXISTS (SELECT FROM pg_type AS t WHERE d.classid = 'pg_type'::regclass AND t.oid = d.objid
                  AND (t.typelem <> 0 OR t.typrelid <> 0))
  AND NOT EXISTS (SELECT FROM pg_class AS c WHERE d.classid = 'pg_class'::regclass AND c.oid = d.objid
                  AND c.relkind IN ('i', 'c'))
ORDER BY 1, 2;
SELECT a.attrelid::regclass AS "table", a.attname AS column_without_comment
FROM pg_depend AS d
JOIN pg_extension AS e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass
JOIN pg_class AS c ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND c.relkind IN ('r', 'p') AND NOT c.relispartition
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE d.deptype = 'e' AND e.extname = 'control_list' AND col_description(c.oid, a.attnum) IS NULL
ORDER BY 1, a.attnum;

-- functions of the extension declare that they may run in parallel, but those that write
SELECT p.oid::regprocedure AS not_parallel_safe
FROM pg_depend AS d
JOIN pg_extension AS e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass
JOIN pg_proc AS p ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid
WHERE e.extname = 'control_list' AND p.proparallel <> 's'
ORDER BY p.oid::regprocedure::text COLLATE "C";

-- just what relates or compares codes and ranges is leakproof: whatever they are, it raises no error
SELECT p.oid::regprocedure AS wrongly_or_not_leakproof
FROM pg_depend AS d
JOIN pg_extension AS e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass
JOIN pg_proc AS p ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid
WHERE e.extname = 'control_list'
  AND p.proleakproof <> (p.pronargs = 2 AND p.proargtypes[0] IN ('hscode'::regtype, 'hsrange'::regtype) AND p.proargtypes[1] IN ('hscode'::regtype, 'hsrange'::regtype)
                         AND p.prorettype IN ('boolean'::regtype, 'integer'::regtype))
ORDER BY p.oid::regprocedure::text COLLATE "C";

-- operators without a commutator or a negator: those of which nothing else says the same, or the opposite
SELECT oprname, count(*), count(*) FILTER (WHERE oprcom = 0) AS no_commutator, count(*) FILTER (WHERE oprnegate = 0) AS no_negator
FROM pg_operator
WHERE oprleft IN ('hscode'::regtype, 'hsrange'::regtype, 'hsmultirange'::regtype)
GROUP BY oprname ORDER BY oprname COLLATE "C";
