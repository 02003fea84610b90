-- Where the codes of a range begin and end; what the planner puts into index conditions.

CREATE FUNCTION @extschema@.hs_first_code(@extschema@.hsrange) RETURNS @extschema@.hscode
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_first_code';
COMMENT ON FUNCTION @extschema@.hs_first_code(@extschema@.hsrange) IS
'first code, in the order of codes, that a range contains: 8471.3 for 8471.30-8471.50';

CREATE FUNCTION @extschema@.hs_first_code(@extschema@.hsmultirange) RETURNS @extschema@.hscode
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_first_code';
COMMENT ON FUNCTION @extschema@.hs_first_code(@extschema@.hsmultirange) IS
'first code, in the order of codes, that a set contains; NULL if the set is empty';

CREATE FUNCTION @extschema@.hs_last_code(@extschema@.hsrange) RETURNS @extschema@.hscode
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_last_code';
COMMENT ON FUNCTION @extschema@.hs_last_code(@extschema@.hsrange) IS
'last code, in the order of codes, that a range contains; it has 14 digits';

CREATE FUNCTION @extschema@.hs_last_code(@extschema@.hsmultirange) RETURNS @extschema@.hscode
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_last_code';
COMMENT ON FUNCTION @extschema@.hs_last_code(@extschema@.hsmultirange) IS
'last code, in the order of codes, that a set contains; it has 14 digits; NULL if the set is empty';

CREATE FUNCTION @extschema@.hs_covering_codes(@extschema@.hsrange) RETURNS @extschema@.hscode[]
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_covering_codes';
COMMENT ON FUNCTION @extschema@.hs_covering_codes(@extschema@.hsrange) IS
'all codes that contain a range, from the chapter down: {85,8542} for 8542';
