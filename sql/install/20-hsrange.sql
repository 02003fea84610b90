-- hsrange: all that a code covers, or all from one code to another.

CREATE TYPE @extschema@.hsrange;

CREATE FUNCTION @extschema@.hsrange_in(cstring) RETURNS @extschema@.hsrange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_in';
COMMENT ON FUNCTION @extschema@.hsrange_in(cstring) IS
'input';

CREATE FUNCTION @extschema@.hsrange_out(@extschema@.hsrange) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_out';
COMMENT ON FUNCTION @extschema@.hsrange_out(@extschema@.hsrange) IS
'output';

CREATE FUNCTION @extschema@.hsrange_recv(internal) RETURNS @extschema@.hsrange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_recv';
COMMENT ON FUNCTION @extschema@.hsrange_recv(internal) IS
'binary input';

CREATE FUNCTION @extschema@.hsrange_send(@extschema@.hsrange) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_send';
COMMENT ON FUNCTION @extschema@.hsrange_send(@extschema@.hsrange) IS
'binary output';

CREATE TYPE @extschema@.hsrange (
    INPUT = @extschema@.hsrange_in,
    OUTPUT = @extschema@.hsrange_out,
    RECEIVE = @extschema@.hsrange_recv,
    SEND = @extschema@.hsrange_send,
    INTERNALLENGTH = 16,
    ALIGNMENT = double,
    CATEGORY = 'h',
    PREFERRED = true
);
COMMENT ON TYPE @extschema@.hsrange IS
'range of HS codes with all that they cover, such as 8542 or 8541-8543';

-- Text is never taken for a value, nor a value for text, unless someone says so.
CREATE CAST (@extschema@.hsrange AS text) WITH INOUT;
CREATE CAST (text AS @extschema@.hsrange) WITH INOUT;
CREATE CAST (@extschema@.hsrange AS varchar) WITH INOUT;
CREATE CAST (varchar AS @extschema@.hsrange) WITH INOUT;
CREATE CAST (@extschema@.hsrange AS bpchar) WITH INOUT;
CREATE CAST (bpchar AS @extschema@.hsrange) WITH INOUT;

CREATE FUNCTION @extschema@.hsrange(@extschema@.hscode) RETURNS @extschema@.hsrange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_from_code';
COMMENT ON FUNCTION @extschema@.hsrange(@extschema@.hscode) IS
'all that a code covers';

CREATE CAST (@extschema@.hscode AS @extschema@.hsrange) WITH FUNCTION @extschema@.hsrange(@extschema@.hscode) AS IMPLICIT;

CREATE FUNCTION @extschema@.hsrange(low @extschema@.hscode, high @extschema@.hscode) RETURNS @extschema@.hsrange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_make';
COMMENT ON FUNCTION @extschema@.hsrange(low @extschema@.hscode, high @extschema@.hscode) IS
'range from one code to another, with all that both cover; both have the same number of digits and are in order, else SQLSTATE 22000';

CREATE FUNCTION @extschema@.lower(@extschema@.hsrange) RETURNS @extschema@.hscode
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_lower';
COMMENT ON FUNCTION @extschema@.lower(@extschema@.hsrange) IS
'first code of a range; it has as many digits as the upper one';

CREATE FUNCTION @extschema@.upper(@extschema@.hsrange) RETURNS @extschema@.hscode
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_upper';
COMMENT ON FUNCTION @extschema@.upper(@extschema@.hsrange) IS
'last code of a range, which covers the end of it; it has as many digits as the lower one';

CREATE FUNCTION @extschema@.hsrange_eq(@extschema@.hsrange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_eq';
COMMENT ON FUNCTION @extschema@.hsrange_eq(@extschema@.hsrange, @extschema@.hsrange) IS
'implementation of the = operator';

CREATE FUNCTION @extschema@.hsrange_ne(@extschema@.hsrange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_ne';
COMMENT ON FUNCTION @extschema@.hsrange_ne(@extschema@.hsrange, @extschema@.hsrange) IS
'implementation of the <> operator';

CREATE FUNCTION @extschema@.hsrange_lt(@extschema@.hsrange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_lt';
COMMENT ON FUNCTION @extschema@.hsrange_lt(@extschema@.hsrange, @extschema@.hsrange) IS
'implementation of the < operator';

CREATE FUNCTION @extschema@.hsrange_le(@extschema@.hsrange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_le';
COMMENT ON FUNCTION @extschema@.hsrange_le(@extschema@.hsrange, @extschema@.hsrange) IS
'implementation of the <= operator';

CREATE FUNCTION @extschema@.hsrange_gt(@extschema@.hsrange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_gt';
COMMENT ON FUNCTION @extschema@.hsrange_gt(@extschema@.hsrange, @extschema@.hsrange) IS
'implementation of the > operator';

CREATE FUNCTION @extschema@.hsrange_ge(@extschema@.hsrange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_ge';
COMMENT ON FUNCTION @extschema@.hsrange_ge(@extschema@.hsrange, @extschema@.hsrange) IS
'implementation of the >= operator';

CREATE FUNCTION @extschema@.hsrange_cmp(@extschema@.hsrange, @extschema@.hsrange) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_cmp';
COMMENT ON FUNCTION @extschema@.hsrange_cmp(@extschema@.hsrange, @extschema@.hsrange) IS
'less, equal or greater: negative, zero or positive';

CREATE FUNCTION @extschema@.hsrange_hash(@extschema@.hsrange) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_hash';
COMMENT ON FUNCTION @extschema@.hsrange_hash(@extschema@.hsrange) IS
'hash';

CREATE FUNCTION @extschema@.hsrange_hash_extended(@extschema@.hsrange, bigint) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_hash_extended';
COMMENT ON FUNCTION @extschema@.hsrange_hash_extended(@extschema@.hsrange, bigint) IS
'hash with a seed';

CREATE OPERATOR @extschema@.= (
    FUNCTION = @extschema@.hsrange_eq,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.=),
    NEGATOR = OPERATOR(@extschema@.<>),
    RESTRICT = pg_catalog.eqsel, JOIN = pg_catalog.eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR @extschema@.= (@extschema@.hsrange, @extschema@.hsrange) IS
'equal';

CREATE OPERATOR @extschema@.<> (
    FUNCTION = @extschema@.hsrange_ne,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.<>),
    NEGATOR = OPERATOR(@extschema@.=),
    RESTRICT = pg_catalog.neqsel, JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR @extschema@.<> (@extschema@.hsrange, @extschema@.hsrange) IS
'not equal';

CREATE OPERATOR @extschema@.< (
    FUNCTION = @extschema@.hsrange_lt,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.>),
    NEGATOR = OPERATOR(@extschema@.>=),
    RESTRICT = pg_catalog.scalarltsel, JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR @extschema@.< (@extschema@.hsrange, @extschema@.hsrange) IS
'less than';

CREATE OPERATOR @extschema@.<= (
    FUNCTION = @extschema@.hsrange_le,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.>=),
    NEGATOR = OPERATOR(@extschema@.>),
    RESTRICT = pg_catalog.scalarlesel, JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR @extschema@.<= (@extschema@.hsrange, @extschema@.hsrange) IS
'less than or equal';

CREATE OPERATOR @extschema@.> (
    FUNCTION = @extschema@.hsrange_gt,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.<),
    NEGATOR = OPERATOR(@extschema@.<=),
    RESTRICT = pg_catalog.scalargtsel, JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR @extschema@.> (@extschema@.hsrange, @extschema@.hsrange) IS
'greater than';

CREATE OPERATOR @extschema@.>= (
    FUNCTION = @extschema@.hsrange_ge,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.<=),
    NEGATOR = OPERATOR(@extschema@.<),
    RESTRICT = pg_catalog.scalargesel, JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR @extschema@.>= (@extschema@.hsrange, @extschema@.hsrange) IS
'greater than or equal';

CREATE OPERATOR CLASS @extschema@.hsrange_ops
DEFAULT FOR TYPE @extschema@.hsrange USING btree AS
    OPERATOR 1 @extschema@.< ,
    OPERATOR 2 @extschema@.<= ,
    OPERATOR 3 @extschema@.= ,
    OPERATOR 4 @extschema@.>= ,
    OPERATOR 5 @extschema@.> ,
    FUNCTION 1 @extschema@.hsrange_cmp(@extschema@.hsrange, @extschema@.hsrange),
    FUNCTION 4 pg_catalog.btequalimage(oid);
COMMENT ON OPERATOR CLASS @extschema@.hsrange_ops USING btree IS
'order of hsrange';

CREATE OPERATOR CLASS @extschema@.hsrange_ops
DEFAULT FOR TYPE @extschema@.hsrange USING hash AS
    OPERATOR 1 @extschema@.= ,
    FUNCTION 1 @extschema@.hsrange_hash(@extschema@.hsrange),
    FUNCTION 2 @extschema@.hsrange_hash_extended(@extschema@.hsrange, bigint);
COMMENT ON OPERATOR CLASS @extschema@.hsrange_ops USING hash IS
'equality of hsrange';

CREATE FUNCTION @extschema@.hsrange_contains(@extschema@.hsrange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_contains';
COMMENT ON FUNCTION @extschema@.hsrange_contains(@extschema@.hsrange, @extschema@.hsrange) IS
'implementation of the @> operator';

CREATE FUNCTION @extschema@.hsrange_contained(@extschema@.hsrange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_contained';
COMMENT ON FUNCTION @extschema@.hsrange_contained(@extschema@.hsrange, @extschema@.hsrange) IS
'implementation of the <@ operator';

CREATE FUNCTION @extschema@.hsrange_overlaps(@extschema@.hsrange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_overlaps';
COMMENT ON FUNCTION @extschema@.hsrange_overlaps(@extschema@.hsrange, @extschema@.hsrange) IS
'implementation of the && operator';

CREATE FUNCTION @extschema@.hsrange_contains_code(@extschema@.hsrange, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_contains_code';
COMMENT ON FUNCTION @extschema@.hsrange_contains_code(@extschema@.hsrange, @extschema@.hscode) IS
'implementation of the @> operator';

CREATE FUNCTION @extschema@.hscode_contained_range(@extschema@.hscode, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hscode_contained_range';
COMMENT ON FUNCTION @extschema@.hscode_contained_range(@extschema@.hscode, @extschema@.hsrange) IS
'implementation of the <@ operator';

CREATE FUNCTION @extschema@.hsrange_overlaps_code(@extschema@.hsrange, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_overlaps_code';
COMMENT ON FUNCTION @extschema@.hsrange_overlaps_code(@extschema@.hsrange, @extschema@.hscode) IS
'implementation of the && operator';

CREATE FUNCTION @extschema@.hscode_overlaps_range(@extschema@.hscode, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hscode_overlaps_range';
COMMENT ON FUNCTION @extschema@.hscode_overlaps_range(@extschema@.hscode, @extschema@.hsrange) IS
'implementation of the && operator';

CREATE OPERATOR @extschema@.@> (
    FUNCTION = @extschema@.hsrange_contains,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.<@),
    RESTRICT = pg_catalog.contsel, JOIN = pg_catalog.contjoinsel
);
COMMENT ON OPERATOR @extschema@.@> (@extschema@.hsrange, @extschema@.hsrange) IS
'contains';

CREATE OPERATOR @extschema@.<@ (
    FUNCTION = @extschema@.hsrange_contained,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.@>),
    RESTRICT = pg_catalog.contsel, JOIN = pg_catalog.contjoinsel
);
COMMENT ON OPERATOR @extschema@.<@ (@extschema@.hsrange, @extschema@.hsrange) IS
'is contained by';

CREATE OPERATOR @extschema@.&& (
    FUNCTION = @extschema@.hsrange_overlaps,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.&&),
    RESTRICT = pg_catalog.areasel, JOIN = pg_catalog.areajoinsel
);
COMMENT ON OPERATOR @extschema@.&& (@extschema@.hsrange, @extschema@.hsrange) IS
'overlaps';

CREATE OPERATOR @extschema@.@> (
    FUNCTION = @extschema@.hsrange_contains_code,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hscode,
    COMMUTATOR = OPERATOR(@extschema@.<@),
    RESTRICT = pg_catalog.contsel, JOIN = pg_catalog.contjoinsel
);
COMMENT ON OPERATOR @extschema@.@> (@extschema@.hsrange, @extschema@.hscode) IS
'contains all that the code covers';

CREATE OPERATOR @extschema@.<@ (
    FUNCTION = @extschema@.hscode_contained_range,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.@>),
    RESTRICT = pg_catalog.contsel, JOIN = pg_catalog.contjoinsel
);
COMMENT ON OPERATOR @extschema@.<@ (@extschema@.hscode, @extschema@.hsrange) IS
'all that the code covers is contained by';

CREATE OPERATOR @extschema@.&& (
    FUNCTION = @extschema@.hsrange_overlaps_code,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hscode,
    COMMUTATOR = OPERATOR(@extschema@.&&),
    RESTRICT = pg_catalog.areasel, JOIN = pg_catalog.areajoinsel
);
COMMENT ON OPERATOR @extschema@.&& (@extschema@.hsrange, @extschema@.hscode) IS
'overlaps what the code covers';

CREATE OPERATOR @extschema@.&& (
    FUNCTION = @extschema@.hscode_overlaps_range,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.&&),
    RESTRICT = pg_catalog.areasel, JOIN = pg_catalog.areajoinsel
);
COMMENT ON OPERATOR @extschema@.&& (@extschema@.hscode, @extschema@.hsrange) IS
'what the code covers overlaps';

CREATE FUNCTION @extschema@.hsrange_gist_consistent(internal, @extschema@.hsrange, smallint, oid, internal) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_gist_consistent';
COMMENT ON FUNCTION @extschema@.hsrange_gist_consistent(internal, @extschema@.hsrange, smallint, oid, internal) IS
'GiST support';

CREATE FUNCTION @extschema@.hsrange_gist_union(internal, internal) RETURNS @extschema@.hsrange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_gist_union';
COMMENT ON FUNCTION @extschema@.hsrange_gist_union(internal, internal) IS
'GiST support';

CREATE FUNCTION @extschema@.hsrange_gist_penalty(internal, internal, internal) RETURNS internal
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_gist_penalty';
COMMENT ON FUNCTION @extschema@.hsrange_gist_penalty(internal, internal, internal) IS
'GiST support';

CREATE FUNCTION @extschema@.hsrange_gist_picksplit(internal, internal) RETURNS internal
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_gist_picksplit';
COMMENT ON FUNCTION @extschema@.hsrange_gist_picksplit(internal, internal) IS
'GiST support';

CREATE FUNCTION @extschema@.hsrange_gist_same(@extschema@.hsrange, @extschema@.hsrange, internal) RETURNS internal
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_gist_same';
COMMENT ON FUNCTION @extschema@.hsrange_gist_same(@extschema@.hsrange, @extschema@.hsrange, internal) IS
'GiST support';

CREATE OPERATOR CLASS @extschema@.hsrange_ops
DEFAULT FOR TYPE @extschema@.hsrange USING gist AS
    OPERATOR 3 @extschema@.&& ,
    OPERATOR 7 @extschema@.@> ,
    OPERATOR 8 @extschema@.<@ ,
    OPERATOR 16 @extschema@.@> (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 17 @extschema@.&& (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 18 @extschema@.= ,
    FUNCTION 1 @extschema@.hsrange_gist_consistent(internal, @extschema@.hsrange, smallint, oid, internal),
    FUNCTION 2 @extschema@.hsrange_gist_union(internal, internal),
    FUNCTION 5 @extschema@.hsrange_gist_penalty(internal, internal, internal),
    FUNCTION 6 @extschema@.hsrange_gist_picksplit(internal, internal),
    FUNCTION 7 @extschema@.hsrange_gist_same(@extschema@.hsrange, @extschema@.hsrange, internal);
COMMENT ON OPERATOR CLASS @extschema@.hsrange_ops USING gist IS
'which ranges contain, overlap, equal or lie in a range or code';
