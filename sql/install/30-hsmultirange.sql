-- hsmultirange: a set of codes as a list of ranges.

CREATE TYPE @extschema@.hsmultirange;

CREATE FUNCTION @extschema@.hsmultirange_in(cstring) RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsmultirange_in';
COMMENT ON FUNCTION @extschema@.hsmultirange_in(cstring) IS
'input';

CREATE FUNCTION @extschema@.hsmultirange_out(@extschema@.hsmultirange) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsmultirange_out';
COMMENT ON FUNCTION @extschema@.hsmultirange_out(@extschema@.hsmultirange) IS
'output';

CREATE FUNCTION @extschema@.hsmultirange_recv(internal) RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsmultirange_recv';
COMMENT ON FUNCTION @extschema@.hsmultirange_recv(internal) IS
'binary input';

CREATE FUNCTION @extschema@.hsmultirange_send(@extschema@.hsmultirange) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsmultirange_send';
COMMENT ON FUNCTION @extschema@.hsmultirange_send(@extschema@.hsmultirange) IS
'binary output';

CREATE TYPE @extschema@.hsmultirange (
    INPUT = @extschema@.hsmultirange_in,
    OUTPUT = @extschema@.hsmultirange_out,
    RECEIVE = @extschema@.hsmultirange_recv,
    SEND = @extschema@.hsmultirange_send,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = double,
    STORAGE = extended,
    CATEGORY = 'h'
);
COMMENT ON TYPE @extschema@.hsmultirange IS
'set of HS codes as disjoint ranges in order, such as {8401,8541-8543}';

-- Text is never taken for a value, nor a value for text, unless someone says so.
CREATE CAST (@extschema@.hsmultirange AS text) WITH INOUT;
CREATE CAST (text AS @extschema@.hsmultirange) WITH INOUT;
CREATE CAST (@extschema@.hsmultirange AS varchar) WITH INOUT;
CREATE CAST (varchar AS @extschema@.hsmultirange) WITH INOUT;
CREATE CAST (@extschema@.hsmultirange AS bpchar) WITH INOUT;
CREATE CAST (bpchar AS @extschema@.hsmultirange) WITH INOUT;

CREATE FUNCTION @extschema@.hsmultirange(VARIADIC ranges @extschema@.hsrange[]) RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsmultirange_make';
COMMENT ON FUNCTION @extschema@.hsmultirange(VARIADIC ranges @extschema@.hsrange[]) IS
'set of all that the ranges cover; without arguments the empty set';

CREATE FUNCTION @extschema@.isempty(@extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsmultirange_isempty';
COMMENT ON FUNCTION @extschema@.isempty(@extschema@.hsmultirange) IS
'true if the set holds no code';

CREATE FUNCTION @extschema@.hsmultirange_eq(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsmultirange_eq';
COMMENT ON FUNCTION @extschema@.hsmultirange_eq(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the = operator';

CREATE FUNCTION @extschema@.hsmultirange_ne(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsmultirange_ne';
COMMENT ON FUNCTION @extschema@.hsmultirange_ne(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the <> operator';

CREATE FUNCTION @extschema@.hsmultirange_lt(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsmultirange_lt';
COMMENT ON FUNCTION @extschema@.hsmultirange_lt(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the < operator';

CREATE FUNCTION @extschema@.hsmultirange_le(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsmultirange_le';
COMMENT ON FUNCTION @extschema@.hsmultirange_le(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the <= operator';

CREATE FUNCTION @extschema@.hsmultirange_gt(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsmultirange_gt';
COMMENT ON FUNCTION @extschema@.hsmultirange_gt(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the > operator';

CREATE FUNCTION @extschema@.hsmultirange_ge(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsmultirange_ge';
COMMENT ON FUNCTION @extschema@.hsmultirange_ge(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the >= operator';

CREATE FUNCTION @extschema@.hsmultirange_cmp(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsmultirange_cmp';
COMMENT ON FUNCTION @extschema@.hsmultirange_cmp(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'less, equal or greater: negative, zero or positive';

CREATE FUNCTION @extschema@.hsmultirange_hash(@extschema@.hsmultirange) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsmultirange_hash';
COMMENT ON FUNCTION @extschema@.hsmultirange_hash(@extschema@.hsmultirange) IS
'hash';

CREATE FUNCTION @extschema@.hsmultirange_hash_extended(@extschema@.hsmultirange, bigint) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsmultirange_hash_extended';
COMMENT ON FUNCTION @extschema@.hsmultirange_hash_extended(@extschema@.hsmultirange, bigint) IS
'hash with a seed';

CREATE OPERATOR @extschema@.= (
    FUNCTION = @extschema@.hsmultirange_eq,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.=),
    NEGATOR = OPERATOR(@extschema@.<>),
    RESTRICT = pg_catalog.eqsel, JOIN = pg_catalog.eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR @extschema@.= (@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'equal';

CREATE OPERATOR @extschema@.<> (
    FUNCTION = @extschema@.hsmultirange_ne,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.<>),
    NEGATOR = OPERATOR(@extschema@.=),
    RESTRICT = pg_catalog.neqsel, JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR @extschema@.<> (@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'not equal';

CREATE OPERATOR @extschema@.< (
    FUNCTION = @extschema@.hsmultirange_lt,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.>),
    NEGATOR = OPERATOR(@extschema@.>=),
    RESTRICT = pg_catalog.scalarltsel, JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR @extschema@.< (@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'less than';

CREATE OPERATOR @extschema@.<= (
    FUNCTION = @extschema@.hsmultirange_le,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.>=),
    NEGATOR = OPERATOR(@extschema@.>),
    RESTRICT = pg_catalog.scalarlesel, JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR @extschema@.<= (@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'less than or equal';

CREATE OPERATOR @extschema@.> (
    FUNCTION = @extschema@.hsmultirange_gt,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.<),
    NEGATOR = OPERATOR(@extschema@.<=),
    RESTRICT = pg_catalog.scalargtsel, JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR @extschema@.> (@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'greater than';

CREATE OPERATOR @extschema@.>= (
    FUNCTION = @extschema@.hsmultirange_ge,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.<=),
    NEGATOR = OPERATOR(@extschema@.<),
    RESTRICT = pg_catalog.scalargesel, JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR @extschema@.>= (@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'greater than or equal';

CREATE OPERATOR CLASS @extschema@.hsmultirange_ops
DEFAULT FOR TYPE @extschema@.hsmultirange USING btree AS
    OPERATOR 1 @extschema@.< ,
    OPERATOR 2 @extschema@.<= ,
    OPERATOR 3 @extschema@.= ,
    OPERATOR 4 @extschema@.>= ,
    OPERATOR 5 @extschema@.> ,
    FUNCTION 1 @extschema@.hsmultirange_cmp(@extschema@.hsmultirange, @extschema@.hsmultirange),
    FUNCTION 4 pg_catalog.btequalimage(oid);
COMMENT ON OPERATOR CLASS @extschema@.hsmultirange_ops USING btree IS
'order of hsmultirange';

CREATE OPERATOR CLASS @extschema@.hsmultirange_ops
DEFAULT FOR TYPE @extschema@.hsmultirange USING hash AS
    OPERATOR 1 @extschema@.= ,
    FUNCTION 1 @extschema@.hsmultirange_hash(@extschema@.hsmultirange),
    FUNCTION 2 @extschema@.hsmultirange_hash_extended(@extschema@.hsmultirange, bigint);
COMMENT ON OPERATOR CLASS @extschema@.hsmultirange_ops USING hash IS
'equality of hsmultirange';

CREATE FUNCTION @extschema@.hsmultirange_contains(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsmultirange_contains';
COMMENT ON FUNCTION @extschema@.hsmultirange_contains(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the @> operator';

CREATE FUNCTION @extschema@.hsmultirange_contained(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsmultirange_contained';
COMMENT ON FUNCTION @extschema@.hsmultirange_contained(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the <@ operator';

CREATE FUNCTION @extschema@.hsmultirange_overlaps(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsmultirange_overlaps';
COMMENT ON FUNCTION @extschema@.hsmultirange_overlaps(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the && operator';

CREATE FUNCTION @extschema@.hsmultirange_contains_range(@extschema@.hsmultirange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsmultirange_contains_range';
COMMENT ON FUNCTION @extschema@.hsmultirange_contains_range(@extschema@.hsmultirange, @extschema@.hsrange) IS
'implementation of the @> operator';

CREATE FUNCTION @extschema@.hsrange_contained_multirange(@extschema@.hsrange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_contained_multirange';
COMMENT ON FUNCTION @extschema@.hsrange_contained_multirange(@extschema@.hsrange, @extschema@.hsmultirange) IS
'implementation of the <@ operator';

CREATE FUNCTION @extschema@.hsmultirange_overlaps_range(@extschema@.hsmultirange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsmultirange_overlaps_range';
COMMENT ON FUNCTION @extschema@.hsmultirange_overlaps_range(@extschema@.hsmultirange, @extschema@.hsrange) IS
'implementation of the && operator';

CREATE FUNCTION @extschema@.hsrange_overlaps_multirange(@extschema@.hsrange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsrange_overlaps_multirange';
COMMENT ON FUNCTION @extschema@.hsrange_overlaps_multirange(@extschema@.hsrange, @extschema@.hsmultirange) IS
'implementation of the && operator';

CREATE FUNCTION @extschema@.hsmultirange_minus(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'hsmultirange_minus';
COMMENT ON FUNCTION @extschema@.hsmultirange_minus(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the - operator';

CREATE OPERATOR @extschema@.@> (
    FUNCTION = @extschema@.hsmultirange_contains,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.<@),
    RESTRICT = pg_catalog.contsel, JOIN = pg_catalog.contjoinsel
);
COMMENT ON OPERATOR @extschema@.@> (@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'contains';

CREATE OPERATOR @extschema@.<@ (
    FUNCTION = @extschema@.hsmultirange_contained,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.@>),
    RESTRICT = pg_catalog.contsel, JOIN = pg_catalog.contjoinsel
);
COMMENT ON OPERATOR @extschema@.<@ (@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'is contained by';

CREATE OPERATOR @extschema@.&& (
    FUNCTION = @extschema@.hsmultirange_overlaps,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.&&),
    RESTRICT = pg_catalog.areasel, JOIN = pg_catalog.areajoinsel
);
COMMENT ON OPERATOR @extschema@.&& (@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'overlaps';

CREATE OPERATOR @extschema@.@> (
    FUNCTION = @extschema@.hsmultirange_contains_range,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.<@),
    RESTRICT = pg_catalog.contsel, JOIN = pg_catalog.contjoinsel
);
COMMENT ON OPERATOR @extschema@.@> (@extschema@.hsmultirange, @extschema@.hsrange) IS
'contains';

CREATE OPERATOR @extschema@.<@ (
    FUNCTION = @extschema@.hsrange_contained_multirange,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.@>),
    RESTRICT = pg_catalog.contsel, JOIN = pg_catalog.contjoinsel
);
COMMENT ON OPERATOR @extschema@.<@ (@extschema@.hsrange, @extschema@.hsmultirange) IS
'is contained by';

CREATE OPERATOR @extschema@.&& (
    FUNCTION = @extschema@.hsmultirange_overlaps_range,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.&&),
    RESTRICT = pg_catalog.areasel, JOIN = pg_catalog.areajoinsel
);
COMMENT ON OPERATOR @extschema@.&& (@extschema@.hsmultirange, @extschema@.hsrange) IS
'overlaps';

CREATE OPERATOR @extschema@.&& (
    FUNCTION = @extschema@.hsrange_overlaps_multirange,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.&&),
    RESTRICT = pg_catalog.areasel, JOIN = pg_catalog.areajoinsel
);
COMMENT ON OPERATOR @extschema@.&& (@extschema@.hsrange, @extschema@.hsmultirange) IS
'overlaps';

CREATE OPERATOR @extschema@.- (
    FUNCTION = @extschema@.hsmultirange_minus,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsmultirange
);
COMMENT ON OPERATOR @extschema@.- (@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'difference';
