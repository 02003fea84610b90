-- What the planner asks: estimators, support functions, statistics.

CREATE FUNCTION @extschema@.hs_sel(internal, oid, internal, integer) RETURNS double precision
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hs_sel';
COMMENT ON FUNCTION @extschema@.hs_sel(internal, oid, internal, integer) IS
'restriction selectivity of the relations between codes, ranges and sets';

CREATE FUNCTION @extschema@.hs_joinsel(internal, oid, internal, smallint, internal) RETURNS double precision
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hs_joinsel';
COMMENT ON FUNCTION @extschema@.hs_joinsel(internal, oid, internal, smallint, internal) IS
'join selectivity of the relations between codes, ranges and sets';

CREATE FUNCTION @extschema@.hs_ltsel(internal, oid, internal, integer) RETURNS double precision
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hs_ltsel';
COMMENT ON FUNCTION @extschema@.hs_ltsel(internal, oid, internal, integer) IS
'restriction selectivity of hscode < hsrange, what is not contained';

CREATE FUNCTION @extschema@.hs_lesel(internal, oid, internal, integer) RETURNS double precision
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hs_lesel';
COMMENT ON FUNCTION @extschema@.hs_lesel(internal, oid, internal, integer) IS
'restriction selectivity of hscode <= hsrange, a bound of what is contained';

CREATE FUNCTION @extschema@.hs_gesel(internal, oid, internal, integer) RETURNS double precision
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hs_gesel';
COMMENT ON FUNCTION @extschema@.hs_gesel(internal, oid, internal, integer) IS
'restriction selectivity of hscode >= hsrange, a bound of what is contained';

CREATE FUNCTION @extschema@.hs_gtsel(internal, oid, internal, integer) RETURNS double precision
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hs_gtsel';
COMMENT ON FUNCTION @extschema@.hs_gtsel(internal, oid, internal, integer) IS
'restriction selectivity of hscode > hsrange, what is not contained';

CREATE FUNCTION @extschema@.hs_relation_support(internal) RETURNS internal
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hs_relation_support';
COMMENT ON FUNCTION @extschema@.hs_relation_support(internal) IS
'planner support of the relations between codes, ranges and sets: index conditions on codes';

CREATE FUNCTION @extschema@.hs_unnest_support(internal) RETURNS internal
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hs_unnest_support';
COMMENT ON FUNCTION @extschema@.hs_unnest_support(internal) IS
'planner support of unnest: the number of ranges';

CREATE FUNCTION @extschema@.hs_typanalyze(internal) RETURNS boolean
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hs_typanalyze';
COMMENT ON FUNCTION @extschema@.hs_typanalyze(internal) IS
'statistics of codes and ranges: ten times the default target, so that headings are resolved';
