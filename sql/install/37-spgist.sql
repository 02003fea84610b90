-- SP-GiST: a radix tree on the digits of both ends.  Operators are numbered as for GiST.

CREATE FUNCTION @extschema@.hs_spgist_config(internal, internal) RETURNS void
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hs_spgist_config';
COMMENT ON FUNCTION @extschema@.hs_spgist_config(internal, internal) IS
'SP-GiST support: the types in the tree';

CREATE FUNCTION @extschema@.hscode_spgist_choose(internal, internal) RETURNS void
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_spgist_choose';
COMMENT ON FUNCTION @extschema@.hscode_spgist_choose(internal, internal) IS
'SP-GiST support: where a value goes';

CREATE FUNCTION @extschema@.hscode_spgist_picksplit(internal, internal) RETURNS void
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_spgist_picksplit';
COMMENT ON FUNCTION @extschema@.hscode_spgist_picksplit(internal, internal) IS
'SP-GiST support: split of a list of values';

CREATE FUNCTION @extschema@.hscode_spgist_inner_consistent(internal, internal) RETURNS void
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_spgist_inner_consistent';
COMMENT ON FUNCTION @extschema@.hscode_spgist_inner_consistent(internal, internal) IS
'SP-GiST support: which nodes may match a query';

CREATE FUNCTION @extschema@.hscode_spgist_leaf_consistent(internal, internal) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_spgist_leaf_consistent';
COMMENT ON FUNCTION @extschema@.hscode_spgist_leaf_consistent(internal, internal) IS
'SP-GiST support: does a value match a query';

CREATE OPERATOR CLASS @extschema@.hscode_ops
DEFAULT FOR TYPE @extschema@.hscode USING spgist AS
    OPERATOR 1 @extschema@.<< (@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 2 @extschema@.&< (@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 3 @extschema@.&& (@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 4 @extschema@.&> (@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 5 @extschema@.>> (@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 6 @extschema@.-|- (@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 7 @extschema@.@> (@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 8 @extschema@.<@ (@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 9 @extschema@.< (@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 10 @extschema@.<= (@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 11 @extschema@.>= (@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 12 @extschema@.> (@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 18 @extschema@.= (@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 19 @extschema@.<> (@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 29 @extschema@.< (@extschema@.hscode, @extschema@.hscode),
    OPERATOR 30 @extschema@.<= (@extschema@.hscode, @extschema@.hscode),
    OPERATOR 31 @extschema@.>= (@extschema@.hscode, @extschema@.hscode),
    OPERATOR 32 @extschema@.> (@extschema@.hscode, @extschema@.hscode),
    OPERATOR 38 @extschema@.= (@extschema@.hscode, @extschema@.hscode),
    OPERATOR 39 @extschema@.<> (@extschema@.hscode, @extschema@.hscode),
    OPERATOR 41 @extschema@.<< (@extschema@.hscode, @extschema@.hsmultirange),
    OPERATOR 42 @extschema@.&< (@extschema@.hscode, @extschema@.hsmultirange),
    OPERATOR 43 @extschema@.&& (@extschema@.hscode, @extschema@.hsmultirange),
    OPERATOR 44 @extschema@.&> (@extschema@.hscode, @extschema@.hsmultirange),
    OPERATOR 45 @extschema@.>> (@extschema@.hscode, @extschema@.hsmultirange),
    OPERATOR 46 @extschema@.-|- (@extschema@.hscode, @extschema@.hsmultirange),
    OPERATOR 47 @extschema@.@> (@extschema@.hscode, @extschema@.hsmultirange),
    OPERATOR 48 @extschema@.<@ (@extschema@.hscode, @extschema@.hsmultirange),
    FUNCTION 1 @extschema@.hs_spgist_config(internal, internal),
    FUNCTION 2 @extschema@.hscode_spgist_choose(internal, internal),
    FUNCTION 3 @extschema@.hscode_spgist_picksplit(internal, internal),
    FUNCTION 4 @extschema@.hscode_spgist_inner_consistent(internal, internal),
    FUNCTION 5 @extschema@.hscode_spgist_leaf_consistent(internal, internal);
COMMENT ON OPERATOR CLASS @extschema@.hscode_ops USING spgist IS
'relations of hscode to ranges, codes and multiranges';
COMMENT ON OPERATOR FAMILY @extschema@.hscode_ops USING spgist IS
'relations of hscode to ranges, codes and multiranges';

CREATE FUNCTION @extschema@.hsrange_spgist_choose(internal, internal) RETURNS void
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_spgist_choose';
COMMENT ON FUNCTION @extschema@.hsrange_spgist_choose(internal, internal) IS
'SP-GiST support: where a value goes';

CREATE FUNCTION @extschema@.hsrange_spgist_picksplit(internal, internal) RETURNS void
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_spgist_picksplit';
COMMENT ON FUNCTION @extschema@.hsrange_spgist_picksplit(internal, internal) IS
'SP-GiST support: split of a list of values';

CREATE FUNCTION @extschema@.hsrange_spgist_inner_consistent(internal, internal) RETURNS void
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_spgist_inner_consistent';
COMMENT ON FUNCTION @extschema@.hsrange_spgist_inner_consistent(internal, internal) IS
'SP-GiST support: which nodes may match a query';

CREATE FUNCTION @extschema@.hsrange_spgist_leaf_consistent(internal, internal) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_spgist_leaf_consistent';
COMMENT ON FUNCTION @extschema@.hsrange_spgist_leaf_consistent(internal, internal) IS
'SP-GiST support: does a value match a query';

CREATE OPERATOR CLASS @extschema@.hsrange_ops
DEFAULT FOR TYPE @extschema@.hsrange USING spgist AS
    OPERATOR 1 @extschema@.<< (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 2 @extschema@.&< (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 3 @extschema@.&& (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 4 @extschema@.&> (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 5 @extschema@.>> (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 6 @extschema@.-|- (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 7 @extschema@.@> (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 8 @extschema@.<@ (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 9 @extschema@.< (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 10 @extschema@.<= (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 11 @extschema@.>= (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 12 @extschema@.> (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 18 @extschema@.= (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 19 @extschema@.<> (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 21 @extschema@.<< (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 22 @extschema@.&< (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 23 @extschema@.&& (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 24 @extschema@.&> (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 25 @extschema@.>> (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 26 @extschema@.-|- (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 27 @extschema@.@> (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 28 @extschema@.<@ (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 29 @extschema@.< (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 30 @extschema@.<= (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 31 @extschema@.>= (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 32 @extschema@.> (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 38 @extschema@.= (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 39 @extschema@.<> (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 41 @extschema@.<< (@extschema@.hsrange, @extschema@.hsmultirange),
    OPERATOR 42 @extschema@.&< (@extschema@.hsrange, @extschema@.hsmultirange),
    OPERATOR 43 @extschema@.&& (@extschema@.hsrange, @extschema@.hsmultirange),
    OPERATOR 44 @extschema@.&> (@extschema@.hsrange, @extschema@.hsmultirange),
    OPERATOR 45 @extschema@.>> (@extschema@.hsrange, @extschema@.hsmultirange),
    OPERATOR 46 @extschema@.-|- (@extschema@.hsrange, @extschema@.hsmultirange),
    OPERATOR 47 @extschema@.@> (@extschema@.hsrange, @extschema@.hsmultirange),
    OPERATOR 48 @extschema@.<@ (@extschema@.hsrange, @extschema@.hsmultirange),
    FUNCTION 1 @extschema@.hs_spgist_config(internal, internal),
    FUNCTION 2 @extschema@.hsrange_spgist_choose(internal, internal),
    FUNCTION 3 @extschema@.hsrange_spgist_picksplit(internal, internal),
    FUNCTION 4 @extschema@.hsrange_spgist_inner_consistent(internal, internal),
    FUNCTION 5 @extschema@.hsrange_spgist_leaf_consistent(internal, internal);
COMMENT ON OPERATOR CLASS @extschema@.hsrange_ops USING spgist IS
'relations of hsrange to ranges, codes and multiranges';
COMMENT ON OPERATOR FAMILY @extschema@.hsrange_ops USING spgist IS
'relations of hsrange to ranges, codes and multiranges';
