-- hsrange: all that a code covers, or all from one code to another.

CREATE TYPE @extschema@.hsrange;

CREATE FUNCTION @extschema@.hsrange_in(cstring) RETURNS @extschema@.hsrange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_in';
COMMENT ON FUNCTION @extschema@.hsrange_in(cstring) IS
'input';

CREATE FUNCTION @extschema@.hsrange_out(@extschema@.hsrange) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_out';
COMMENT ON FUNCTION @extschema@.hsrange_out(@extschema@.hsrange) IS
'output';

CREATE FUNCTION @extschema@.hsrange_recv(internal) RETURNS @extschema@.hsrange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_recv';
COMMENT ON FUNCTION @extschema@.hsrange_recv(internal) IS
'binary input';

CREATE FUNCTION @extschema@.hsrange_send(@extschema@.hsrange) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_send';
COMMENT ON FUNCTION @extschema@.hsrange_send(@extschema@.hsrange) IS
'binary output';

CREATE TYPE @extschema@.hsrange (
    INPUT = @extschema@.hsrange_in,
    OUTPUT = @extschema@.hsrange_out,
    RECEIVE = @extschema@.hsrange_recv,
    SEND = @extschema@.hsrange_send,
    ANALYZE = @extschema@.hs_typanalyze,
    INTERNALLENGTH = 16,
    ALIGNMENT = double,
    CATEGORY = 'h',
    PREFERRED = true
);
COMMENT ON TYPE @extschema@.hsrange IS
'range of HS codes with all that they cover, such as 8542 or 8541-8543';

-- Text is never taken for a value, nor a value for text, unless someone says so.
CREATE CAST (@extschema@.hsrange AS text) WITH INOUT;
COMMENT ON CAST (@extschema@.hsrange AS text) IS
'only where it is asked for';
CREATE CAST (text AS @extschema@.hsrange) WITH INOUT;
COMMENT ON CAST (text AS @extschema@.hsrange) IS
'only where it is asked for';
CREATE CAST (@extschema@.hsrange AS varchar) WITH INOUT;
COMMENT ON CAST (@extschema@.hsrange AS varchar) IS
'only where it is asked for';
CREATE CAST (varchar AS @extschema@.hsrange) WITH INOUT;
COMMENT ON CAST (varchar AS @extschema@.hsrange) IS
'only where it is asked for';
CREATE CAST (@extschema@.hsrange AS bpchar) WITH INOUT;
COMMENT ON CAST (@extschema@.hsrange AS bpchar) IS
'only where it is asked for';
CREATE CAST (bpchar AS @extschema@.hsrange) WITH INOUT;
COMMENT ON CAST (bpchar AS @extschema@.hsrange) IS
'only where it is asked for';

CREATE FUNCTION @extschema@.hsrange(@extschema@.hscode) RETURNS @extschema@.hsrange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_from_code';
COMMENT ON FUNCTION @extschema@.hsrange(@extschema@.hscode) IS
'all that a code covers';

CREATE CAST (@extschema@.hscode AS @extschema@.hsrange)
    WITH FUNCTION @extschema@.hsrange(@extschema@.hscode) AS IMPLICIT;
COMMENT ON CAST (@extschema@.hscode AS @extschema@.hsrange) IS
'all that the code covers';

CREATE FUNCTION @extschema@.hsrange(low @extschema@.hscode, high @extschema@.hscode) RETURNS @extschema@.hsrange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_make';
COMMENT ON FUNCTION @extschema@.hsrange(low @extschema@.hscode, high @extschema@.hscode) IS
'range from one code to another, with all that both cover; both have the same number of digits and are in order, else SQLSTATE 22000';

CREATE FUNCTION @extschema@.lower(@extschema@.hsrange) RETURNS @extschema@.hscode
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_lower';
COMMENT ON FUNCTION @extschema@.lower(@extschema@.hsrange) IS
'first code of a range; it has as many digits as the upper one';

CREATE FUNCTION @extschema@.upper(@extschema@.hsrange) RETURNS @extschema@.hscode
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_upper';
COMMENT ON FUNCTION @extschema@.upper(@extschema@.hsrange) IS
'last code of a range, which covers the end of it; it has as many digits as the lower one';

CREATE FUNCTION @extschema@.hs_split(@extschema@.hsrange) RETURNS SETOF @extschema@.hscode
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10
AS 'MODULE_PATHNAME', 'hs_split';
COMMENT ON FUNCTION @extschema@.hs_split(@extschema@.hsrange) IS
'the fewest codes that together cover what a range covers, and nothing else, in order';

CREATE FUNCTION @extschema@.hsrange_eq(@extschema@.hsrange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_eq';
COMMENT ON FUNCTION @extschema@.hsrange_eq(@extschema@.hsrange, @extschema@.hsrange) IS
'implementation of the = operator';

CREATE FUNCTION @extschema@.hsrange_ne(@extschema@.hsrange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_ne';
COMMENT ON FUNCTION @extschema@.hsrange_ne(@extschema@.hsrange, @extschema@.hsrange) IS
'implementation of the <> operator';

CREATE FUNCTION @extschema@.hsrange_lt(@extschema@.hsrange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_lt';
COMMENT ON FUNCTION @extschema@.hsrange_lt(@extschema@.hsrange, @extschema@.hsrange) IS
'implementation of the < operator';

CREATE FUNCTION @extschema@.hsrange_le(@extschema@.hsrange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_le';
COMMENT ON FUNCTION @extschema@.hsrange_le(@extschema@.hsrange, @extschema@.hsrange) IS
'implementation of the <= operator';

CREATE FUNCTION @extschema@.hsrange_gt(@extschema@.hsrange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_gt';
COMMENT ON FUNCTION @extschema@.hsrange_gt(@extschema@.hsrange, @extschema@.hsrange) IS
'implementation of the > operator';

CREATE FUNCTION @extschema@.hsrange_ge(@extschema@.hsrange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_ge';
COMMENT ON FUNCTION @extschema@.hsrange_ge(@extschema@.hsrange, @extschema@.hsrange) IS
'implementation of the >= operator';

CREATE FUNCTION @extschema@.hsrange_cmp(@extschema@.hsrange, @extschema@.hsrange) RETURNS integer
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_cmp';
COMMENT ON FUNCTION @extschema@.hsrange_cmp(@extschema@.hsrange, @extschema@.hsrange) IS
'less, equal or greater: negative, zero or positive';

CREATE FUNCTION @extschema@.hsrange_hash(@extschema@.hsrange) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_hash';
COMMENT ON FUNCTION @extschema@.hsrange_hash(@extschema@.hsrange) IS
'hash';

CREATE FUNCTION @extschema@.hsrange_hash_extended(@extschema@.hsrange, bigint) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
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
