\echo Use "CREATE EXTENSION control_list" to load this file. \quit

-- Types, operators and screening functions go to @extschema@, everything else
-- into a schema of its own.
CREATE SCHEMA control_list;
COMMENT ON SCHEMA control_list IS
'export-control lists, their management, and what protects tables';

-- the functions say what they do and the tables keep their own rights
GRANT USAGE ON SCHEMA control_list TO PUBLIC;
