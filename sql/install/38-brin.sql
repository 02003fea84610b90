-- BRIN.  minmax and minmax-multi know the least and the greatest code of a block range;
-- between two codes lie as many codes as between two integers, so core's distance
-- serves.  inclusion knows the range around all ranges of a block range; operators are
-- numbered as core numbers them for its own ranges (access/stratnum.h).

CREATE OPERATOR CLASS @extschema@.hscode_minmax_ops
DEFAULT FOR TYPE @extschema@.hscode USING brin AS
    OPERATOR 1 @extschema@.< (@extschema@.hscode, @extschema@.hscode),
    OPERATOR 2 @extschema@.<= (@extschema@.hscode, @extschema@.hscode),
    OPERATOR 3 @extschema@.= (@extschema@.hscode, @extschema@.hscode),
    OPERATOR 4 @extschema@.>= (@extschema@.hscode, @extschema@.hscode),
    OPERATOR 5 @extschema@.> (@extschema@.hscode, @extschema@.hscode),
    OPERATOR 1 @extschema@.< (@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 2 @extschema@.<= (@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 3 @extschema@.= (@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 4 @extschema@.>= (@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 5 @extschema@.> (@extschema@.hscode, @extschema@.hsrange),
    FUNCTION 1 pg_catalog.brin_minmax_opcinfo(internal),
    FUNCTION 2 pg_catalog.brin_minmax_add_value(internal, internal, internal, internal),
    FUNCTION 3 pg_catalog.brin_minmax_consistent(internal, internal, internal),
    FUNCTION 4 pg_catalog.brin_minmax_union(internal, internal, internal);
COMMENT ON OPERATOR CLASS @extschema@.hscode_minmax_ops USING brin IS
'the least and the greatest code of a block range';
COMMENT ON OPERATOR FAMILY @extschema@.hscode_minmax_ops USING brin IS
'the least and the greatest code of a block range';

CREATE OPERATOR CLASS @extschema@.hscode_minmax_multi_ops
FOR TYPE @extschema@.hscode USING brin AS
    OPERATOR 1 @extschema@.< (@extschema@.hscode, @extschema@.hscode),
    OPERATOR 2 @extschema@.<= (@extschema@.hscode, @extschema@.hscode),
    OPERATOR 3 @extschema@.= (@extschema@.hscode, @extschema@.hscode),
    OPERATOR 4 @extschema@.>= (@extschema@.hscode, @extschema@.hscode),
    OPERATOR 5 @extschema@.> (@extschema@.hscode, @extschema@.hscode),
    OPERATOR 1 @extschema@.< (@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 2 @extschema@.<= (@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 3 @extschema@.= (@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 4 @extschema@.>= (@extschema@.hscode, @extschema@.hsrange),
    OPERATOR 5 @extschema@.> (@extschema@.hscode, @extschema@.hsrange),
    FUNCTION 1 pg_catalog.brin_minmax_multi_opcinfo(internal),
    FUNCTION 2 pg_catalog.brin_minmax_multi_add_value(internal, internal, internal, internal),
    FUNCTION 3 pg_catalog.brin_minmax_multi_consistent(internal, internal, internal, integer),
    FUNCTION 4 pg_catalog.brin_minmax_multi_union(internal, internal, internal),
    FUNCTION 5 pg_catalog.brin_minmax_multi_options(internal),
    FUNCTION 11 pg_catalog.brin_minmax_multi_distance_int8(internal, internal);
COMMENT ON OPERATOR CLASS @extschema@.hscode_minmax_multi_ops USING brin IS
'several intervals of codes for each block range';
COMMENT ON OPERATOR FAMILY @extschema@.hscode_minmax_multi_ops USING brin IS
'several intervals of codes for each block range';

CREATE OPERATOR CLASS @extschema@.hsrange_inclusion_ops
DEFAULT FOR TYPE @extschema@.hsrange USING brin AS
    OPERATOR 1 @extschema@.<< (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 2 @extschema@.&< (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 3 @extschema@.&& (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 4 @extschema@.&> (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 5 @extschema@.>> (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 7 @extschema@.@> (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 8 @extschema@.<@ (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 17 @extschema@.-|- (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 18 @extschema@.= (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 20 @extschema@.< (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 21 @extschema@.<= (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 22 @extschema@.> (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 23 @extschema@.>= (@extschema@.hsrange, @extschema@.hsrange),
    OPERATOR 1 @extschema@.<< (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 2 @extschema@.&< (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 3 @extschema@.&& (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 4 @extschema@.&> (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 5 @extschema@.>> (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 7 @extschema@.@> (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 8 @extschema@.<@ (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 17 @extschema@.-|- (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 18 @extschema@.= (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 20 @extschema@.< (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 21 @extschema@.<= (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 22 @extschema@.> (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 23 @extschema@.>= (@extschema@.hsrange, @extschema@.hscode),
    OPERATOR 1 @extschema@.<< (@extschema@.hsrange, @extschema@.hsmultirange),
    OPERATOR 2 @extschema@.&< (@extschema@.hsrange, @extschema@.hsmultirange),
    OPERATOR 3 @extschema@.&& (@extschema@.hsrange, @extschema@.hsmultirange),
    OPERATOR 4 @extschema@.&> (@extschema@.hsrange, @extschema@.hsmultirange),
    OPERATOR 5 @extschema@.>> (@extschema@.hsrange, @extschema@.hsmultirange),
    OPERATOR 7 @extschema@.@> (@extschema@.hsrange, @extschema@.hsmultirange),
    OPERATOR 8 @extschema@.<@ (@extschema@.hsrange, @extschema@.hsmultirange),
    OPERATOR 17 @extschema@.-|- (@extschema@.hsrange, @extschema@.hsmultirange),
    FUNCTION 1 pg_catalog.brin_inclusion_opcinfo(internal),
    FUNCTION 2 pg_catalog.brin_inclusion_add_value(internal, internal, internal, internal),
    FUNCTION 3 pg_catalog.brin_inclusion_consistent(internal, internal, internal),
    FUNCTION 4 pg_catalog.brin_inclusion_union(internal, internal, internal),
    FUNCTION 11 @extschema@.range_merge(@extschema@.hsrange, @extschema@.hsrange),
    FUNCTION 13 @extschema@.hs_contains(@extschema@.hsrange, @extschema@.hsrange);
COMMENT ON OPERATOR CLASS @extschema@.hsrange_inclusion_ops USING brin IS
'the range around all ranges of a block range';
COMMENT ON OPERATOR FAMILY @extschema@.hsrange_inclusion_ops USING brin IS
'the range around all ranges of a block range';

CREATE OPERATOR CLASS @extschema@.hscode_bloom_ops
FOR TYPE @extschema@.hscode USING brin AS
    OPERATOR 1 @extschema@.= (@extschema@.hscode, @extschema@.hscode),
    FUNCTION 1 pg_catalog.brin_bloom_opcinfo(internal),
    FUNCTION 2 pg_catalog.brin_bloom_add_value(internal, internal, internal, internal),
    FUNCTION 3 pg_catalog.brin_bloom_consistent(internal, internal, internal, integer),
    FUNCTION 4 pg_catalog.brin_bloom_union(internal, internal, internal),
    FUNCTION 5 pg_catalog.brin_bloom_options(internal),
    FUNCTION 11 @extschema@.hscode_hash(@extschema@.hscode);
COMMENT ON OPERATOR CLASS @extschema@.hscode_bloom_ops USING brin IS
'which codes may be in a block range, in any order of rows';
COMMENT ON OPERATOR FAMILY @extschema@.hscode_bloom_ops USING brin IS
'which codes may be in a block range, in any order of rows';
