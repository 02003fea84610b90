-- hscode: one code of the Harmonized System.

CREATE TYPE @extschema@.hscode;

CREATE FUNCTION @extschema@.hscode_in(cstring, oid, integer) RETURNS @extschema@.hscode
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_in';
COMMENT ON FUNCTION @extschema@.hscode_in(cstring, oid, integer) IS
'input';

CREATE FUNCTION @extschema@.hscode_out(@extschema@.hscode) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_out';
COMMENT ON FUNCTION @extschema@.hscode_out(@extschema@.hscode) IS
'output';

CREATE FUNCTION @extschema@.hscode_recv(internal, oid, integer) RETURNS @extschema@.hscode
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_recv';
COMMENT ON FUNCTION @extschema@.hscode_recv(internal, oid, integer) IS
'binary input';

CREATE FUNCTION @extschema@.hscode_send(@extschema@.hscode) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_send';
COMMENT ON FUNCTION @extschema@.hscode_send(@extschema@.hscode) IS
'binary output';

CREATE FUNCTION @extschema@.hscode_typmod_in(cstring[]) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_typmod_in';
COMMENT ON FUNCTION @extschema@.hscode_typmod_in(cstring[]) IS
'input of the type modifier: the number of digits';

CREATE FUNCTION @extschema@.hscode_typmod_out(integer) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_typmod_out';
COMMENT ON FUNCTION @extschema@.hscode_typmod_out(integer) IS
'output of the type modifier';

-- The three types make a category of their own with hsrange preferred, so that an
-- untyped literal beside an hscode is a range.
CREATE TYPE @extschema@.hscode (
    INPUT = @extschema@.hscode_in,
    OUTPUT = @extschema@.hscode_out,
    RECEIVE = @extschema@.hscode_recv,
    SEND = @extschema@.hscode_send,
    TYPMOD_IN = @extschema@.hscode_typmod_in,
    TYPMOD_OUT = @extschema@.hscode_typmod_out,
    ANALYZE = @extschema@.hs_typanalyze,
    LIKE = pg_catalog.int8,
    CATEGORY = 'h'
);
COMMENT ON TYPE @extschema@.hscode IS
'code of the Harmonized System with 2 to 14 digits, such as 8542.31; hscode(10) admits 10 digits only';

-- Text is never taken for a value, nor a value for text, unless someone says so.
CREATE CAST (@extschema@.hscode AS text) WITH INOUT;
COMMENT ON CAST (@extschema@.hscode AS text) IS
'only where it is asked for';
CREATE CAST (text AS @extschema@.hscode) WITH INOUT;
COMMENT ON CAST (text AS @extschema@.hscode) IS
'only where it is asked for';
CREATE CAST (@extschema@.hscode AS varchar) WITH INOUT;
COMMENT ON CAST (@extschema@.hscode AS varchar) IS
'only where it is asked for';
CREATE CAST (varchar AS @extschema@.hscode) WITH INOUT;
COMMENT ON CAST (varchar AS @extschema@.hscode) IS
'only where it is asked for';
CREATE CAST (@extschema@.hscode AS bpchar) WITH INOUT;
COMMENT ON CAST (@extschema@.hscode AS bpchar) IS
'only where it is asked for';
CREATE CAST (bpchar AS @extschema@.hscode) WITH INOUT;
COMMENT ON CAST (bpchar AS @extschema@.hscode) IS
'only where it is asked for';

CREATE FUNCTION @extschema@.hscode(@extschema@.hscode, integer, boolean) RETURNS @extschema@.hscode
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_enforce_typmod';
COMMENT ON FUNCTION @extschema@.hscode(@extschema@.hscode, integer, boolean) IS
'checks the number of digits that a type modifier demands; SQLSTATE 22026 if the code has another';

CREATE CAST (@extschema@.hscode AS @extschema@.hscode)
    WITH FUNCTION @extschema@.hscode(@extschema@.hscode, integer, boolean) AS IMPLICIT;
COMMENT ON CAST (@extschema@.hscode AS @extschema@.hscode) IS
'checks the type modifier';

CREATE FUNCTION @extschema@.hscode_eq(@extschema@.hscode, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_eq';
COMMENT ON FUNCTION @extschema@.hscode_eq(@extschema@.hscode, @extschema@.hscode) IS
'implementation of the = operator';

CREATE FUNCTION @extschema@.hscode_ne(@extschema@.hscode, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_ne';
COMMENT ON FUNCTION @extschema@.hscode_ne(@extschema@.hscode, @extschema@.hscode) IS
'implementation of the <> operator';

CREATE FUNCTION @extschema@.hscode_lt(@extschema@.hscode, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_lt';
COMMENT ON FUNCTION @extschema@.hscode_lt(@extschema@.hscode, @extschema@.hscode) IS
'implementation of the < operator';

CREATE FUNCTION @extschema@.hscode_le(@extschema@.hscode, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_le';
COMMENT ON FUNCTION @extschema@.hscode_le(@extschema@.hscode, @extschema@.hscode) IS
'implementation of the <= operator';

CREATE FUNCTION @extschema@.hscode_gt(@extschema@.hscode, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_gt';
COMMENT ON FUNCTION @extschema@.hscode_gt(@extschema@.hscode, @extschema@.hscode) IS
'implementation of the > operator';

CREATE FUNCTION @extschema@.hscode_ge(@extschema@.hscode, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_ge';
COMMENT ON FUNCTION @extschema@.hscode_ge(@extschema@.hscode, @extschema@.hscode) IS
'implementation of the >= operator';

CREATE FUNCTION @extschema@.hscode_cmp(@extschema@.hscode, @extschema@.hscode) RETURNS integer
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_cmp';
COMMENT ON FUNCTION @extschema@.hscode_cmp(@extschema@.hscode, @extschema@.hscode) IS
'less, equal or greater: negative, zero or positive';

CREATE FUNCTION @extschema@.hscode_hash(@extschema@.hscode) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_hash';
COMMENT ON FUNCTION @extschema@.hscode_hash(@extschema@.hscode) IS
'hash';

CREATE FUNCTION @extschema@.hscode_hash_extended(@extschema@.hscode, bigint) RETURNS bigint
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_hash_extended';
COMMENT ON FUNCTION @extschema@.hscode_hash_extended(@extschema@.hscode, bigint) IS
'hash with a seed';

CREATE OPERATOR @extschema@.= (
    FUNCTION = @extschema@.hscode_eq,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hscode,
    COMMUTATOR = OPERATOR(@extschema@.=),
    NEGATOR = OPERATOR(@extschema@.<>),
    RESTRICT = pg_catalog.eqsel, JOIN = pg_catalog.eqjoinsel,
    HASHES, MERGES
);
COMMENT ON OPERATOR @extschema@.= (@extschema@.hscode, @extschema@.hscode) IS
'equal';

CREATE OPERATOR @extschema@.<> (
    FUNCTION = @extschema@.hscode_ne,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hscode,
    COMMUTATOR = OPERATOR(@extschema@.<>),
    NEGATOR = OPERATOR(@extschema@.=),
    RESTRICT = pg_catalog.neqsel, JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR @extschema@.<> (@extschema@.hscode, @extschema@.hscode) IS
'not equal';

CREATE OPERATOR @extschema@.< (
    FUNCTION = @extschema@.hscode_lt,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hscode,
    COMMUTATOR = OPERATOR(@extschema@.>),
    NEGATOR = OPERATOR(@extschema@.>=),
    RESTRICT = pg_catalog.scalarltsel, JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR @extschema@.< (@extschema@.hscode, @extschema@.hscode) IS
'less than';

CREATE OPERATOR @extschema@.<= (
    FUNCTION = @extschema@.hscode_le,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hscode,
    COMMUTATOR = OPERATOR(@extschema@.>=),
    NEGATOR = OPERATOR(@extschema@.>),
    RESTRICT = pg_catalog.scalarlesel, JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR @extschema@.<= (@extschema@.hscode, @extschema@.hscode) IS
'less than or equal';

CREATE OPERATOR @extschema@.> (
    FUNCTION = @extschema@.hscode_gt,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hscode,
    COMMUTATOR = OPERATOR(@extschema@.<),
    NEGATOR = OPERATOR(@extschema@.<=),
    RESTRICT = pg_catalog.scalargtsel, JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR @extschema@.> (@extschema@.hscode, @extschema@.hscode) IS
'greater than';

CREATE OPERATOR @extschema@.>= (
    FUNCTION = @extschema@.hscode_ge,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hscode,
    COMMUTATOR = OPERATOR(@extschema@.<=),
    NEGATOR = OPERATOR(@extschema@.<),
    RESTRICT = pg_catalog.scalargesel, JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR @extschema@.>= (@extschema@.hscode, @extschema@.hscode) IS
'greater than or equal';

CREATE FUNCTION @extschema@.hs_chapter(@extschema@.hscode) RETURNS @extschema@.hscode
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hs_chapter';
COMMENT ON FUNCTION @extschema@.hs_chapter(@extschema@.hscode) IS
'chapter (2 digits) of a code; NULL if the code is broader';

CREATE FUNCTION @extschema@.hs_heading(@extschema@.hscode) RETURNS @extschema@.hscode
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hs_heading';
COMMENT ON FUNCTION @extschema@.hs_heading(@extschema@.hscode) IS
'heading (4 digits) of a code; NULL if the code is broader';

CREATE FUNCTION @extschema@.hs_subheading(@extschema@.hscode) RETURNS @extschema@.hscode
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hs_subheading';
COMMENT ON FUNCTION @extschema@.hs_subheading(@extschema@.hscode) IS
'subheading (6 digits) of a code; NULL if the code is broader';

CREATE FUNCTION @extschema@.hs_length(@extschema@.hscode) RETURNS integer
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hs_length';
COMMENT ON FUNCTION @extschema@.hs_length(@extschema@.hscode) IS
'number of digits of a code, 2 to 14';

CREATE FUNCTION @extschema@.hs_truncate(@extschema@.hscode, digits integer) RETURNS @extschema@.hscode
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hs_truncate';
COMMENT ON FUNCTION @extschema@.hs_truncate(@extschema@.hscode, digits integer) IS
'code cut to at most so many digits (2 or 4 to 14, else SQLSTATE 22023); a shorter code stays as it is';

CREATE FUNCTION @extschema@.hs_digits(@extschema@.hscode) RETURNS text
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hs_digits';
COMMENT ON FUNCTION @extschema@.hs_digits(@extschema@.hscode) IS
'digits of a code without dots';

CREATE FUNCTION @extschema@.hscode_from_number(number bigint, digits integer) RETURNS @extschema@.hscode
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_from_number';
COMMENT ON FUNCTION @extschema@.hscode_from_number(number bigint, digits integer) IS
'code of so many digits from a number, with leading zeros put back; SQLSTATE 22003 if the number is no such code, 22023 if no code has so many digits';
