-- GiST.  Operators are numbered as those of PostgreSQL's own ranges; 20 more stands
-- for a code on the right side, 40 more for a multirange.

CREATE FUNCTION @extschema@.hsrange_gist_consistent(internal, @extschema@.hsrange, smallint, oid, internal) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_gist_consistent';
COMMENT ON FUNCTION @extschema@.hsrange_gist_consistent(internal, @extschema@.hsrange, smallint, oid, internal) IS
'GiST support';

CREATE FUNCTION @extschema@.hsrange_gist_union(internal, internal) RETURNS @extschema@.hsrange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_gist_union';
COMMENT ON FUNCTION @extschema@.hsrange_gist_union(internal, internal) IS
'GiST support';

CREATE FUNCTION @extschema@.hsrange_gist_penalty(internal, internal, internal) RETURNS internal
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_gist_penalty';
COMMENT ON FUNCTION @extschema@.hsrange_gist_penalty(internal, internal, internal) IS
'GiST support';

CREATE FUNCTION @extschema@.hsrange_gist_picksplit(internal, internal) RETURNS internal
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_gist_picksplit';
COMMENT ON FUNCTION @extschema@.hsrange_gist_picksplit(internal, internal) IS
'GiST support';

CREATE FUNCTION @extschema@.hsrange_gist_same(@extschema@.hsrange, @extschema@.hsrange, internal) RETURNS internal
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_gist_same';
COMMENT ON FUNCTION @extschema@.hsrange_gist_same(@extschema@.hsrange, @extschema@.hsrange, internal) IS
'GiST support';

CREATE OPERATOR CLASS @extschema@.hsrange_ops
DEFAULT FOR TYPE @extschema@.hsrange USING gist AS
    OPERATOR 3 @extschema@.&& ,
    OPERATOR 7 @extschema@.@> ,
    OPERATOR 8 @extschema@.<@ ,
    OPERATOR 18 @extschema@.= ,
    OPERATOR 23 @extschema@.&& (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 27 @extschema@.@> (@extschema@.hsrange, @extschema@.hscode),
    FUNCTION 1 @extschema@.hsrange_gist_consistent(internal, @extschema@.hsrange, smallint, oid, internal),
    FUNCTION 2 @extschema@.hsrange_gist_union(internal, internal),
    FUNCTION 5 @extschema@.hsrange_gist_penalty(internal, internal, internal),
    FUNCTION 6 @extschema@.hsrange_gist_picksplit(internal, internal),
    FUNCTION 7 @extschema@.hsrange_gist_same(@extschema@.hsrange, @extschema@.hsrange, internal);
COMMENT ON OPERATOR CLASS @extschema@.hsrange_ops USING gist IS
'which ranges contain, overlap, equal or lie in a range or code';
