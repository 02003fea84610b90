-- hsmultirange: a set of codes as a list of ranges.

CREATE TYPE @extschema@.hsmultirange;

CREATE FUNCTION @extschema@.hsmultirange_in(cstring) RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_in';
COMMENT ON FUNCTION @extschema@.hsmultirange_in(cstring) IS
'input';

CREATE FUNCTION @extschema@.hsmultirange_out(@extschema@.hsmultirange) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_out';
COMMENT ON FUNCTION @extschema@.hsmultirange_out(@extschema@.hsmultirange) IS
'output';

CREATE FUNCTION @extschema@.hsmultirange_recv(internal) RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_recv';
COMMENT ON FUNCTION @extschema@.hsmultirange_recv(internal) IS
'binary input';

CREATE FUNCTION @extschema@.hsmultirange_send(@extschema@.hsmultirange) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
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
COMMENT ON CAST (@extschema@.hsmultirange AS text) IS
'only where it is asked for';
CREATE CAST (text AS @extschema@.hsmultirange) WITH INOUT;
COMMENT ON CAST (text AS @extschema@.hsmultirange) IS
'only where it is asked for';
CREATE CAST (@extschema@.hsmultirange AS varchar) WITH INOUT;
COMMENT ON CAST (@extschema@.hsmultirange AS varchar) IS
'only where it is asked for';
CREATE CAST (varchar AS @extschema@.hsmultirange) WITH INOUT;
COMMENT ON CAST (varchar AS @extschema@.hsmultirange) IS
'only where it is asked for';
CREATE CAST (@extschema@.hsmultirange AS bpchar) WITH INOUT;
COMMENT ON CAST (@extschema@.hsmultirange AS bpchar) IS
'only where it is asked for';
CREATE CAST (bpchar AS @extschema@.hsmultirange) WITH INOUT;
COMMENT ON CAST (bpchar AS @extschema@.hsmultirange) IS
'only where it is asked for';

CREATE FUNCTION @extschema@.hsmultirange() RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_empty';
COMMENT ON FUNCTION @extschema@.hsmultirange() IS
'the empty set';

CREATE FUNCTION @extschema@.hsmultirange(@extschema@.hsrange) RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_from_range';
COMMENT ON FUNCTION @extschema@.hsmultirange(@extschema@.hsrange) IS
'set of all that a range covers';

CREATE CAST (@extschema@.hsrange AS @extschema@.hsmultirange)
    WITH FUNCTION @extschema@.hsmultirange(@extschema@.hsrange);
COMMENT ON CAST (@extschema@.hsrange AS @extschema@.hsmultirange) IS
'all that the range covers';

CREATE FUNCTION @extschema@.hsmultirange(@extschema@.hscode) RETURNS @extschema@.hsmultirange
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS 'SELECT @extschema@.hsmultirange($1::@extschema@.hsrange)';
COMMENT ON FUNCTION @extschema@.hsmultirange(@extschema@.hscode) IS
'set of all that a code covers';

CREATE CAST (@extschema@.hscode AS @extschema@.hsmultirange)
    WITH FUNCTION @extschema@.hsmultirange(@extschema@.hscode);
COMMENT ON CAST (@extschema@.hscode AS @extschema@.hsmultirange) IS
'all that the code covers';

CREATE FUNCTION @extschema@.hsmultirange(VARIADIC ranges @extschema@.hsrange[]) RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_make';
COMMENT ON FUNCTION @extschema@.hsmultirange(VARIADIC ranges @extschema@.hsrange[]) IS
'set of all that the ranges cover';

CREATE FUNCTION @extschema@.isempty(@extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_isempty';
COMMENT ON FUNCTION @extschema@.isempty(@extschema@.hsmultirange) IS
'true if the set holds no code';

CREATE FUNCTION @extschema@.range_merge(@extschema@.hsmultirange) RETURNS @extschema@.hsrange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_merge';
COMMENT ON FUNCTION @extschema@.range_merge(@extschema@.hsmultirange) IS
'smallest range around a set; NULL if the set is empty';

CREATE FUNCTION @extschema@.lower(@extschema@.hsmultirange) RETURNS @extschema@.hscode
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS 'SELECT @extschema@.lower(@extschema@.range_merge($1))';
COMMENT ON FUNCTION @extschema@.lower(@extschema@.hsmultirange) IS
'first code of the range around a set; NULL if the set is empty';

CREATE FUNCTION @extschema@.upper(@extschema@.hsmultirange) RETURNS @extschema@.hscode
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS 'SELECT @extschema@.upper(@extschema@.range_merge($1))';
COMMENT ON FUNCTION @extschema@.upper(@extschema@.hsmultirange) IS
'last code of the range around a set; NULL if the set is empty';

CREATE FUNCTION @extschema@.range_merge(@extschema@.hsrange, @extschema@.hsrange) RETURNS @extschema@.hsrange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_merge';
COMMENT ON FUNCTION @extschema@.range_merge(@extschema@.hsrange, @extschema@.hsrange) IS
'smallest range around two ranges';

CREATE FUNCTION @extschema@.unnest(@extschema@.hsmultirange) RETURNS SETOF @extschema@.hsrange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10
SUPPORT @extschema@.hs_unnest_support
AS 'MODULE_PATHNAME', 'hsmultirange_unnest';
COMMENT ON FUNCTION @extschema@.unnest(@extschema@.hsmultirange) IS
'ranges of a set, in order';

CREATE FUNCTION @extschema@.hsmultirange_eq(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_eq';
COMMENT ON FUNCTION @extschema@.hsmultirange_eq(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the = operator';

CREATE FUNCTION @extschema@.hsmultirange_ne(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_ne';
COMMENT ON FUNCTION @extschema@.hsmultirange_ne(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the <> operator';

CREATE FUNCTION @extschema@.hsmultirange_lt(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_lt';
COMMENT ON FUNCTION @extschema@.hsmultirange_lt(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the < operator';

CREATE FUNCTION @extschema@.hsmultirange_le(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_le';
COMMENT ON FUNCTION @extschema@.hsmultirange_le(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the <= operator';

CREATE FUNCTION @extschema@.hsmultirange_gt(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_gt';
COMMENT ON FUNCTION @extschema@.hsmultirange_gt(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the > operator';

CREATE FUNCTION @extschema@.hsmultirange_ge(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_ge';
COMMENT ON FUNCTION @extschema@.hsmultirange_ge(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the >= operator';

CREATE FUNCTION @extschema@.hsmultirange_cmp(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_cmp';
COMMENT ON FUNCTION @extschema@.hsmultirange_cmp(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'less, equal or greater: negative, zero or positive';

CREATE FUNCTION @extschema@.hsmultirange_hash(@extschema@.hsmultirange) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_hash';
COMMENT ON FUNCTION @extschema@.hsmultirange_hash(@extschema@.hsmultirange) IS
'hash';

CREATE FUNCTION @extschema@.hsmultirange_hash_extended(@extschema@.hsmultirange, bigint) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
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
