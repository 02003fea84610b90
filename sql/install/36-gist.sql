-- GiST.  Operators are numbered as those of PostgreSQL's own ranges; 20 more stands
-- for a code on the right side, 40 more for a multirange.  The keys of all three
-- classes are ranges, so they share all that deals with keys alone.

CREATE FUNCTION @extschema@.hsrange_gist_union(internal, internal) RETURNS @extschema@.hsrange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_gist_union';
COMMENT ON FUNCTION @extschema@.hsrange_gist_union(internal, internal) IS
'GiST support: the range around keys';

CREATE FUNCTION @extschema@.hsrange_gist_penalty(internal, internal, internal) RETURNS internal
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_gist_penalty';
COMMENT ON FUNCTION @extschema@.hsrange_gist_penalty(internal, internal, internal) IS
'GiST support: how ill a range fits under a key';

CREATE FUNCTION @extschema@.hsrange_gist_picksplit(internal, internal) RETURNS internal
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_gist_picksplit';
COMMENT ON FUNCTION @extschema@.hsrange_gist_picksplit(internal, internal) IS
'GiST support: split of a page';

CREATE FUNCTION @extschema@.hsrange_gist_same(@extschema@.hsrange, @extschema@.hsrange, internal) RETURNS internal
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_gist_same';
COMMENT ON FUNCTION @extschema@.hsrange_gist_same(@extschema@.hsrange, @extschema@.hsrange, internal) IS
'GiST support: equality of keys';

CREATE FUNCTION @extschema@.hsrange_gist_consistent(internal, @extschema@.hsrange, smallint, oid, internal) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_gist_consistent';
COMMENT ON FUNCTION @extschema@.hsrange_gist_consistent(internal, @extschema@.hsrange, smallint, oid, internal) IS
'GiST support: does a key match a query';

CREATE OPERATOR CLASS @extschema@.hsrange_ops
DEFAULT FOR TYPE @extschema@.hsrange USING gist AS
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
    FUNCTION 1 @extschema@.hsrange_gist_consistent(internal, @extschema@.hsrange, smallint, oid, internal),
    FUNCTION 2 @extschema@.hsrange_gist_union(internal, internal),
    FUNCTION 5 @extschema@.hsrange_gist_penalty(internal, internal, internal),
    FUNCTION 6 @extschema@.hsrange_gist_picksplit(internal, internal),
    FUNCTION 7 @extschema@.hsrange_gist_same(@extschema@.hsrange, @extschema@.hsrange, internal),
    FUNCTION 11 @extschema@.hsrange_sortsupport(internal);
COMMENT ON OPERATOR CLASS @extschema@.hsrange_ops USING gist IS
'relations of hsrange to ranges, codes and multiranges';
COMMENT ON OPERATOR FAMILY @extschema@.hsrange_ops USING gist IS
'relations of hsrange to ranges, codes and multiranges';

CREATE FUNCTION @extschema@.hscode_gist_consistent(internal, @extschema@.hscode, smallint, oid, internal) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_gist_consistent';
COMMENT ON FUNCTION @extschema@.hscode_gist_consistent(internal, @extschema@.hscode, smallint, oid, internal) IS
'GiST support: does a key match a query';

CREATE FUNCTION @extschema@.hscode_gist_compress(internal) RETURNS internal
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_gist_compress';
COMMENT ON FUNCTION @extschema@.hscode_gist_compress(internal) IS
'GiST support: the range that a code covers';

CREATE FUNCTION @extschema@.hscode_gist_fetch(internal) RETURNS internal
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_gist_fetch';
COMMENT ON FUNCTION @extschema@.hscode_gist_fetch(internal) IS
'GiST support: the code that covers a range';

CREATE OPERATOR CLASS @extschema@.hscode_ops
DEFAULT FOR TYPE @extschema@.hscode USING gist AS
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
    FUNCTION 1 @extschema@.hscode_gist_consistent(internal, @extschema@.hscode, smallint, oid, internal),
    FUNCTION 2 @extschema@.hsrange_gist_union(internal, internal),
    FUNCTION 3 @extschema@.hscode_gist_compress(internal),
    FUNCTION 5 @extschema@.hsrange_gist_penalty(internal, internal, internal),
    FUNCTION 6 @extschema@.hsrange_gist_picksplit(internal, internal),
    FUNCTION 7 @extschema@.hsrange_gist_same(@extschema@.hsrange, @extschema@.hsrange, internal),
    FUNCTION 9 @extschema@.hscode_gist_fetch(internal),
    FUNCTION 11 @extschema@.hsrange_sortsupport(internal),
    STORAGE @extschema@.hsrange;
COMMENT ON OPERATOR CLASS @extschema@.hscode_ops USING gist IS
'relations of hscode to ranges, codes and multiranges';
COMMENT ON OPERATOR FAMILY @extschema@.hscode_ops USING gist IS
'relations of hscode to ranges, codes and multiranges';

CREATE FUNCTION @extschema@.hsmultirange_gist_consistent(internal, @extschema@.hsmultirange, smallint, oid, internal) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_gist_consistent';
COMMENT ON FUNCTION @extschema@.hsmultirange_gist_consistent(internal, @extschema@.hsmultirange, smallint, oid, internal) IS
'GiST support: does a key match a query';

CREATE FUNCTION @extschema@.hsmultirange_gist_compress(internal) RETURNS internal
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_gist_compress';
COMMENT ON FUNCTION @extschema@.hsmultirange_gist_compress(internal) IS
'GiST support: the range around a multirange';

CREATE OPERATOR CLASS @extschema@.hsmultirange_ops
DEFAULT FOR TYPE @extschema@.hsmultirange USING gist AS
    OPERATOR 1 @extschema@.<< (@extschema@.hsmultirange, @extschema@.hsrange),
    OPERATOR 2 @extschema@.&< (@extschema@.hsmultirange, @extschema@.hsrange),
    OPERATOR 3 @extschema@.&& (@extschema@.hsmultirange, @extschema@.hsrange),
    OPERATOR 4 @extschema@.&> (@extschema@.hsmultirange, @extschema@.hsrange),
    OPERATOR 5 @extschema@.>> (@extschema@.hsmultirange, @extschema@.hsrange),
    OPERATOR 6 @extschema@.-|- (@extschema@.hsmultirange, @extschema@.hsrange),
    OPERATOR 7 @extschema@.@> (@extschema@.hsmultirange, @extschema@.hsrange),
    OPERATOR 8 @extschema@.<@ (@extschema@.hsmultirange, @extschema@.hsrange),
    OPERATOR 21 @extschema@.<< (@extschema@.hsmultirange, @extschema@.hscode),
    OPERATOR 22 @extschema@.&< (@extschema@.hsmultirange, @extschema@.hscode),
    OPERATOR 23 @extschema@.&& (@extschema@.hsmultirange, @extschema@.hscode),
    OPERATOR 24 @extschema@.&> (@extschema@.hsmultirange, @extschema@.hscode),
    OPERATOR 25 @extschema@.>> (@extschema@.hsmultirange, @extschema@.hscode),
    OPERATOR 26 @extschema@.-|- (@extschema@.hsmultirange, @extschema@.hscode),
    OPERATOR 27 @extschema@.@> (@extschema@.hsmultirange, @extschema@.hscode),
    OPERATOR 28 @extschema@.<@ (@extschema@.hsmultirange, @extschema@.hscode),
    OPERATOR 41 @extschema@.<< (@extschema@.hsmultirange, @extschema@.hsmultirange),
    OPERATOR 42 @extschema@.&< (@extschema@.hsmultirange, @extschema@.hsmultirange),
    OPERATOR 43 @extschema@.&& (@extschema@.hsmultirange, @extschema@.hsmultirange),
    OPERATOR 44 @extschema@.&> (@extschema@.hsmultirange, @extschema@.hsmultirange),
    OPERATOR 45 @extschema@.>> (@extschema@.hsmultirange, @extschema@.hsmultirange),
    OPERATOR 46 @extschema@.-|- (@extschema@.hsmultirange, @extschema@.hsmultirange),
    OPERATOR 47 @extschema@.@> (@extschema@.hsmultirange, @extschema@.hsmultirange),
    OPERATOR 48 @extschema@.<@ (@extschema@.hsmultirange, @extschema@.hsmultirange),
    OPERATOR 49 @extschema@.< (@extschema@.hsmultirange, @extschema@.hsmultirange),
    OPERATOR 50 @extschema@.<= (@extschema@.hsmultirange, @extschema@.hsmultirange),
    OPERATOR 51 @extschema@.>= (@extschema@.hsmultirange, @extschema@.hsmultirange),
    OPERATOR 52 @extschema@.> (@extschema@.hsmultirange, @extschema@.hsmultirange),
    OPERATOR 58 @extschema@.= (@extschema@.hsmultirange, @extschema@.hsmultirange),
    OPERATOR 59 @extschema@.<> (@extschema@.hsmultirange, @extschema@.hsmultirange),
    FUNCTION 1 @extschema@.hsmultirange_gist_consistent(internal, @extschema@.hsmultirange, smallint, oid, internal),
    FUNCTION 2 @extschema@.hsrange_gist_union(internal, internal),
    FUNCTION 3 @extschema@.hsmultirange_gist_compress(internal),
    FUNCTION 5 @extschema@.hsrange_gist_penalty(internal, internal, internal),
    FUNCTION 6 @extschema@.hsrange_gist_picksplit(internal, internal),
    FUNCTION 7 @extschema@.hsrange_gist_same(@extschema@.hsrange, @extschema@.hsrange, internal),
    FUNCTION 11 @extschema@.hsrange_sortsupport(internal),
    STORAGE @extschema@.hsrange;
COMMENT ON OPERATOR CLASS @extschema@.hsmultirange_ops USING gist IS
'relations of hsmultirange to ranges, codes and multiranges';
COMMENT ON OPERATOR FAMILY @extschema@.hsmultirange_ops USING gist IS
'relations of hsmultirange to ranges, codes and multiranges';

-- PostgreSQL 18 asks each class which strategy is equality, for keys WITHOUT OVERLAPS.
DO $$
DECLARE
    class text;
    strategy int;
BEGIN
    IF pg_catalog.current_setting('server_version_num')::int >= 180000 THEN
        FOR class, strategy IN VALUES ('hsrange', 18), ('hscode', 38), ('hsmultirange', 58) LOOP
            EXECUTE pg_catalog.format('CREATE FUNCTION @extschema@.%s_gist_translate_cmptype(integer) RETURNS smallint
                                       LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1
                                       AS ''SELECT CASE $1 WHEN 3 THEN %s ELSE 0 END::smallint''', class, strategy);
            EXECUTE pg_catalog.format('COMMENT ON FUNCTION @extschema@.%s_gist_translate_cmptype(integer) IS
                                       ''GiST support: the strategy of equality''', class);
            EXECUTE pg_catalog.format('ALTER OPERATOR FAMILY @extschema@.%s_ops USING gist ADD
                                       FUNCTION 12 ("any", "any") @extschema@.%1$s_gist_translate_cmptype(integer)', class);
        END LOOP;
    END IF;
END
$$;
