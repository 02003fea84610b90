-- Aggregates.

CREATE FUNCTION @extschema@.hscode_smaller(@extschema@.hscode, @extschema@.hscode) RETURNS @extschema@.hscode
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_smaller';
COMMENT ON FUNCTION @extschema@.hscode_smaller(@extschema@.hscode, @extschema@.hscode) IS
'the smaller of two';

CREATE AGGREGATE @extschema@.min(@extschema@.hscode) (
    SFUNC = @extschema@.hscode_smaller,
    STYPE = @extschema@.hscode,
    COMBINEFUNC = @extschema@.hscode_smaller,
    SORTOP = OPERATOR(@extschema@.<),
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE @extschema@.min(@extschema@.hscode) IS
'smallest of all, in the order of hscode';

CREATE FUNCTION @extschema@.hscode_larger(@extschema@.hscode, @extschema@.hscode) RETURNS @extschema@.hscode
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_larger';
COMMENT ON FUNCTION @extschema@.hscode_larger(@extschema@.hscode, @extschema@.hscode) IS
'the larger of two';

CREATE AGGREGATE @extschema@.max(@extschema@.hscode) (
    SFUNC = @extschema@.hscode_larger,
    STYPE = @extschema@.hscode,
    COMBINEFUNC = @extschema@.hscode_larger,
    SORTOP = OPERATOR(@extschema@.>),
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE @extschema@.max(@extschema@.hscode) IS
'greatest of all, in the order of hscode';

CREATE FUNCTION @extschema@.hsrange_smaller(@extschema@.hsrange, @extschema@.hsrange) RETURNS @extschema@.hsrange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_smaller';
COMMENT ON FUNCTION @extschema@.hsrange_smaller(@extschema@.hsrange, @extschema@.hsrange) IS
'the smaller of two';

CREATE AGGREGATE @extschema@.min(@extschema@.hsrange) (
    SFUNC = @extschema@.hsrange_smaller,
    STYPE = @extschema@.hsrange,
    COMBINEFUNC = @extschema@.hsrange_smaller,
    SORTOP = OPERATOR(@extschema@.<),
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE @extschema@.min(@extschema@.hsrange) IS
'smallest of all, in the order of hsrange';

CREATE FUNCTION @extschema@.hsrange_larger(@extschema@.hsrange, @extschema@.hsrange) RETURNS @extschema@.hsrange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_larger';
COMMENT ON FUNCTION @extschema@.hsrange_larger(@extschema@.hsrange, @extschema@.hsrange) IS
'the larger of two';

CREATE AGGREGATE @extschema@.max(@extschema@.hsrange) (
    SFUNC = @extschema@.hsrange_larger,
    STYPE = @extschema@.hsrange,
    COMBINEFUNC = @extschema@.hsrange_larger,
    SORTOP = OPERATOR(@extschema@.>),
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE @extschema@.max(@extschema@.hsrange) IS
'greatest of all, in the order of hsrange';

CREATE FUNCTION @extschema@.hsmultirange_smaller(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_smaller';
COMMENT ON FUNCTION @extschema@.hsmultirange_smaller(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'the smaller of two';

CREATE AGGREGATE @extschema@.min(@extschema@.hsmultirange) (
    SFUNC = @extschema@.hsmultirange_smaller,
    STYPE = @extschema@.hsmultirange,
    COMBINEFUNC = @extschema@.hsmultirange_smaller,
    SORTOP = OPERATOR(@extschema@.<),
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE @extschema@.min(@extschema@.hsmultirange) IS
'smallest of all, in the order of hsmultirange';

CREATE FUNCTION @extschema@.hsmultirange_larger(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_larger';
COMMENT ON FUNCTION @extschema@.hsmultirange_larger(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'the larger of two';

CREATE AGGREGATE @extschema@.max(@extschema@.hsmultirange) (
    SFUNC = @extschema@.hsmultirange_larger,
    STYPE = @extschema@.hsmultirange,
    COMBINEFUNC = @extschema@.hsmultirange_larger,
    SORTOP = OPERATOR(@extschema@.>),
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE @extschema@.max(@extschema@.hsmultirange) IS
'greatest of all, in the order of hsmultirange';

-- range_agg takes codes, too: they are ranges by their cast.
CREATE FUNCTION @extschema@.hs_range_agg_step(internal, @extschema@.hsrange) RETURNS internal
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hs_range_agg_range';
COMMENT ON FUNCTION @extschema@.hs_range_agg_step(internal, @extschema@.hsrange) IS
'aggregate support';

CREATE FUNCTION @extschema@.hs_range_agg_step(internal, @extschema@.hsmultirange) RETURNS internal
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hs_range_agg_multirange';
COMMENT ON FUNCTION @extschema@.hs_range_agg_step(internal, @extschema@.hsmultirange) IS
'aggregate support';

CREATE FUNCTION @extschema@.hs_range_agg_final(internal) RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hs_range_agg_final';
COMMENT ON FUNCTION @extschema@.hs_range_agg_final(internal) IS
'aggregate support';

CREATE FUNCTION @extschema@.hs_range_agg_combine(internal, internal) RETURNS internal
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hs_range_agg_combine';
COMMENT ON FUNCTION @extschema@.hs_range_agg_combine(internal, internal) IS
'aggregate support';

CREATE FUNCTION @extschema@.hs_range_agg_serialize(internal) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hs_range_agg_serialize';
COMMENT ON FUNCTION @extschema@.hs_range_agg_serialize(internal) IS
'aggregate support';

CREATE FUNCTION @extschema@.hs_range_agg_deserialize(bytea, internal) RETURNS internal
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hs_range_agg_deserialize';
COMMENT ON FUNCTION @extschema@.hs_range_agg_deserialize(bytea, internal) IS
'aggregate support';

CREATE AGGREGATE @extschema@.range_agg(@extschema@.hsrange) (
    SFUNC = @extschema@.hs_range_agg_step,
    STYPE = internal,
    FINALFUNC = @extschema@.hs_range_agg_final,
    COMBINEFUNC = @extschema@.hs_range_agg_combine,
    SERIALFUNC = @extschema@.hs_range_agg_serialize,
    DESERIALFUNC = @extschema@.hs_range_agg_deserialize,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE @extschema@.range_agg(@extschema@.hsrange) IS
'set of all that the values cover; NULL if there is none';

CREATE AGGREGATE @extschema@.range_agg(@extschema@.hsmultirange) (
    SFUNC = @extschema@.hs_range_agg_step,
    STYPE = internal,
    FINALFUNC = @extschema@.hs_range_agg_final,
    COMBINEFUNC = @extschema@.hs_range_agg_combine,
    SERIALFUNC = @extschema@.hs_range_agg_serialize,
    DESERIALFUNC = @extschema@.hs_range_agg_deserialize,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE @extschema@.range_agg(@extschema@.hsmultirange) IS
'set of all that the values cover; NULL if there is none';

CREATE FUNCTION @extschema@.hs_intersect_agg_step(@extschema@.hsmultirange, @extschema@.hsrange) RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hs_intersect_agg_range';
COMMENT ON FUNCTION @extschema@.hs_intersect_agg_step(@extschema@.hsmultirange, @extschema@.hsrange) IS
'aggregate support';

CREATE AGGREGATE @extschema@.range_intersect_agg(@extschema@.hsrange) (
    SFUNC = @extschema@.hs_intersect_agg_step,
    STYPE = @extschema@.hsmultirange,
    COMBINEFUNC = @extschema@.hs_intersect,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE @extschema@.range_intersect_agg(@extschema@.hsrange) IS
'set of what all the values cover in common; NULL if there is none';

CREATE AGGREGATE @extschema@.range_intersect_agg(@extschema@.hsmultirange) (
    SFUNC = @extschema@.hs_intersect,
    STYPE = @extschema@.hsmultirange,
    COMBINEFUNC = @extschema@.hs_intersect,
    PARALLEL = SAFE
);
COMMENT ON AGGREGATE @extschema@.range_intersect_agg(@extschema@.hsmultirange) IS
'set of what all the values cover in common; NULL if there is none';
