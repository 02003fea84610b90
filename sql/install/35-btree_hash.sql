-- btree and hash.  Codes and ranges have one order, so their classes are members
-- of one btree family and an index on either serves comparisons with both.

CREATE OPERATOR FAMILY @extschema@.hs_ops USING btree;
COMMENT ON OPERATOR FAMILY @extschema@.hs_ops USING btree IS
'order of codes and ranges: by the first code, then the broader before the narrower';

CREATE FUNCTION @extschema@.hscode_sortsupport(internal) RETURNS void
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_sortsupport';
COMMENT ON FUNCTION @extschema@.hscode_sortsupport(internal) IS
'sort support';

CREATE OPERATOR CLASS @extschema@.hscode_ops
DEFAULT FOR TYPE @extschema@.hscode USING btree FAMILY @extschema@.hs_ops AS
    OPERATOR 1 @extschema@.< ,
    OPERATOR 2 @extschema@.<= ,
    OPERATOR 3 @extschema@.= ,
    OPERATOR 4 @extschema@.>= ,
    OPERATOR 5 @extschema@.> ,
    FUNCTION 1 @extschema@.hscode_cmp(@extschema@.hscode, @extschema@.hscode),
    FUNCTION 2 @extschema@.hscode_sortsupport(internal),
    FUNCTION 4 pg_catalog.btequalimage(oid);
COMMENT ON OPERATOR CLASS @extschema@.hscode_ops USING btree IS
'order of hscode';

CREATE OPERATOR CLASS @extschema@.hscode_ops
DEFAULT FOR TYPE @extschema@.hscode USING hash AS
    OPERATOR 1 @extschema@.= ,
    FUNCTION 1 @extschema@.hscode_hash(@extschema@.hscode),
    FUNCTION 2 @extschema@.hscode_hash_extended(@extschema@.hscode, bigint);
COMMENT ON OPERATOR CLASS @extschema@.hscode_ops USING hash IS
'equality of hscode';
COMMENT ON OPERATOR FAMILY @extschema@.hscode_ops USING hash IS
'equality of hscode';

CREATE FUNCTION @extschema@.hsrange_sortsupport(internal) RETURNS void
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_sortsupport';
COMMENT ON FUNCTION @extschema@.hsrange_sortsupport(internal) IS
'sort support';

CREATE OPERATOR CLASS @extschema@.hsrange_ops
DEFAULT FOR TYPE @extschema@.hsrange USING btree FAMILY @extschema@.hs_ops AS
    OPERATOR 1 @extschema@.< ,
    OPERATOR 2 @extschema@.<= ,
    OPERATOR 3 @extschema@.= ,
    OPERATOR 4 @extschema@.>= ,
    OPERATOR 5 @extschema@.> ,
    FUNCTION 1 @extschema@.hsrange_cmp(@extschema@.hsrange, @extschema@.hsrange),
    FUNCTION 2 @extschema@.hsrange_sortsupport(internal),
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
COMMENT ON OPERATOR FAMILY @extschema@.hsrange_ops USING hash IS
'equality of hsrange';

CREATE FUNCTION @extschema@.hsmultirange_sortsupport(internal) RETURNS void
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_sortsupport';
COMMENT ON FUNCTION @extschema@.hsmultirange_sortsupport(internal) IS
'sort support';

CREATE OPERATOR CLASS @extschema@.hsmultirange_ops
DEFAULT FOR TYPE @extschema@.hsmultirange USING btree AS
    OPERATOR 1 @extschema@.< ,
    OPERATOR 2 @extschema@.<= ,
    OPERATOR 3 @extschema@.= ,
    OPERATOR 4 @extschema@.>= ,
    OPERATOR 5 @extschema@.> ,
    FUNCTION 1 @extschema@.hsmultirange_cmp(@extschema@.hsmultirange, @extschema@.hsmultirange),
    FUNCTION 2 @extschema@.hsmultirange_sortsupport(internal),
    FUNCTION 4 pg_catalog.btequalimage(oid);
COMMENT ON OPERATOR CLASS @extschema@.hsmultirange_ops USING btree IS
'order of hsmultirange';
COMMENT ON OPERATOR FAMILY @extschema@.hsmultirange_ops USING btree IS
'order of hsmultirange: by the first range in which two sets differ';

CREATE OPERATOR CLASS @extschema@.hsmultirange_ops
DEFAULT FOR TYPE @extschema@.hsmultirange USING hash AS
    OPERATOR 1 @extschema@.= ,
    FUNCTION 1 @extschema@.hsmultirange_hash(@extschema@.hsmultirange),
    FUNCTION 2 @extschema@.hsmultirange_hash_extended(@extschema@.hsmultirange, bigint);
COMMENT ON OPERATOR CLASS @extschema@.hsmultirange_ops USING hash IS
'equality of hsmultirange';
COMMENT ON OPERATOR FAMILY @extschema@.hsmultirange_ops USING hash IS
'equality of hsmultirange';

ALTER OPERATOR FAMILY @extschema@.hs_ops USING btree ADD
    OPERATOR 1 @extschema@.< (@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 2 @extschema@.<= (@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 3 @extschema@.= (@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 4 @extschema@.>= (@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 5 @extschema@.> (@extschema@.hscode, @extschema@.hsrange),
    FUNCTION 1 @extschema@.hs_cmp(@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 1 @extschema@.< (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 2 @extschema@.<= (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 3 @extschema@.= (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 4 @extschema@.>= (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 5 @extschema@.> (@extschema@.hsrange, @extschema@.hscode),
    FUNCTION 1 @extschema@.hs_cmp(@extschema@.hsrange, @extschema@.hscode);
