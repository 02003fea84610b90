-- Operators between the types.  A code is all that it covers; there are no such
-- operators between two codes, so that an untyped literal beside one is a range.

-- @>

CREATE FUNCTION @extschema@.hs_contains(@extschema@.hscode, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hscode_contains_hsrange';
COMMENT ON FUNCTION @extschema@.hs_contains(@extschema@.hscode, @extschema@.hsrange) IS
'implementation of the @> operator';

CREATE FUNCTION @extschema@.hs_contains(@extschema@.hscode, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hscode_contains_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_contains(@extschema@.hscode, @extschema@.hsmultirange) IS
'implementation of the @> operator';

CREATE FUNCTION @extschema@.hs_contains(@extschema@.hsrange, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsrange_contains_hscode';
COMMENT ON FUNCTION @extschema@.hs_contains(@extschema@.hsrange, @extschema@.hscode) IS
'implementation of the @> operator';

CREATE FUNCTION @extschema@.hs_contains(@extschema@.hsrange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsrange_contains_hsrange';
COMMENT ON FUNCTION @extschema@.hs_contains(@extschema@.hsrange, @extschema@.hsrange) IS
'implementation of the @> operator';

CREATE FUNCTION @extschema@.hs_contains(@extschema@.hsrange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsrange_contains_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_contains(@extschema@.hsrange, @extschema@.hsmultirange) IS
'implementation of the @> operator';

CREATE FUNCTION @extschema@.hs_contains(@extschema@.hsmultirange, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsmultirange_contains_hscode';
COMMENT ON FUNCTION @extschema@.hs_contains(@extschema@.hsmultirange, @extschema@.hscode) IS
'implementation of the @> operator';

CREATE FUNCTION @extschema@.hs_contains(@extschema@.hsmultirange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsmultirange_contains_hsrange';
COMMENT ON FUNCTION @extschema@.hs_contains(@extschema@.hsmultirange, @extschema@.hsrange) IS
'implementation of the @> operator';

CREATE FUNCTION @extschema@.hs_contains(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsmultirange_contains_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_contains(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the @> operator';

CREATE OPERATOR @extschema@.@> (
    FUNCTION = @extschema@.hs_contains,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.<@),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.@> (@extschema@.hscode, @extschema@.hsrange) IS
'contains';

CREATE OPERATOR @extschema@.@> (
    FUNCTION = @extschema@.hs_contains,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.<@),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.@> (@extschema@.hscode, @extschema@.hsmultirange) IS
'contains';

CREATE OPERATOR @extschema@.@> (
    FUNCTION = @extschema@.hs_contains,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hscode,
    COMMUTATOR = OPERATOR(@extschema@.<@),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.@> (@extschema@.hsrange, @extschema@.hscode) IS
'contains';

CREATE OPERATOR @extschema@.@> (
    FUNCTION = @extschema@.hs_contains,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.<@),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.@> (@extschema@.hsrange, @extschema@.hsrange) IS
'contains';

CREATE OPERATOR @extschema@.@> (
    FUNCTION = @extschema@.hs_contains,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.<@),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.@> (@extschema@.hsrange, @extschema@.hsmultirange) IS
'contains';

CREATE OPERATOR @extschema@.@> (
    FUNCTION = @extschema@.hs_contains,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hscode,
    COMMUTATOR = OPERATOR(@extschema@.<@),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.@> (@extschema@.hsmultirange, @extschema@.hscode) IS
'contains';

CREATE OPERATOR @extschema@.@> (
    FUNCTION = @extschema@.hs_contains,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.<@),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.@> (@extschema@.hsmultirange, @extschema@.hsrange) IS
'contains';

CREATE OPERATOR @extschema@.@> (
    FUNCTION = @extschema@.hs_contains,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.<@),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.@> (@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'contains';

-- <@

CREATE FUNCTION @extschema@.hs_contained_by(@extschema@.hscode, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hscode_contained_by_hsrange';
COMMENT ON FUNCTION @extschema@.hs_contained_by(@extschema@.hscode, @extschema@.hsrange) IS
'implementation of the <@ operator';

CREATE FUNCTION @extschema@.hs_contained_by(@extschema@.hscode, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hscode_contained_by_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_contained_by(@extschema@.hscode, @extschema@.hsmultirange) IS
'implementation of the <@ operator';

CREATE FUNCTION @extschema@.hs_contained_by(@extschema@.hsrange, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsrange_contained_by_hscode';
COMMENT ON FUNCTION @extschema@.hs_contained_by(@extschema@.hsrange, @extschema@.hscode) IS
'implementation of the <@ operator';

CREATE FUNCTION @extschema@.hs_contained_by(@extschema@.hsrange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsrange_contained_by_hsrange';
COMMENT ON FUNCTION @extschema@.hs_contained_by(@extschema@.hsrange, @extschema@.hsrange) IS
'implementation of the <@ operator';

CREATE FUNCTION @extschema@.hs_contained_by(@extschema@.hsrange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsrange_contained_by_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_contained_by(@extschema@.hsrange, @extschema@.hsmultirange) IS
'implementation of the <@ operator';

CREATE FUNCTION @extschema@.hs_contained_by(@extschema@.hsmultirange, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsmultirange_contained_by_hscode';
COMMENT ON FUNCTION @extschema@.hs_contained_by(@extschema@.hsmultirange, @extschema@.hscode) IS
'implementation of the <@ operator';

CREATE FUNCTION @extschema@.hs_contained_by(@extschema@.hsmultirange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsmultirange_contained_by_hsrange';
COMMENT ON FUNCTION @extschema@.hs_contained_by(@extschema@.hsmultirange, @extschema@.hsrange) IS
'implementation of the <@ operator';

CREATE FUNCTION @extschema@.hs_contained_by(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsmultirange_contained_by_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_contained_by(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the <@ operator';

CREATE OPERATOR @extschema@.<@ (
    FUNCTION = @extschema@.hs_contained_by,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.@>),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.<@ (@extschema@.hscode, @extschema@.hsrange) IS
'is contained by';

CREATE OPERATOR @extschema@.<@ (
    FUNCTION = @extschema@.hs_contained_by,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.@>),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.<@ (@extschema@.hscode, @extschema@.hsmultirange) IS
'is contained by';

CREATE OPERATOR @extschema@.<@ (
    FUNCTION = @extschema@.hs_contained_by,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hscode,
    COMMUTATOR = OPERATOR(@extschema@.@>),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.<@ (@extschema@.hsrange, @extschema@.hscode) IS
'is contained by';

CREATE OPERATOR @extschema@.<@ (
    FUNCTION = @extschema@.hs_contained_by,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.@>),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.<@ (@extschema@.hsrange, @extschema@.hsrange) IS
'is contained by';

CREATE OPERATOR @extschema@.<@ (
    FUNCTION = @extschema@.hs_contained_by,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.@>),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.<@ (@extschema@.hsrange, @extschema@.hsmultirange) IS
'is contained by';

CREATE OPERATOR @extschema@.<@ (
    FUNCTION = @extschema@.hs_contained_by,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hscode,
    COMMUTATOR = OPERATOR(@extschema@.@>),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.<@ (@extschema@.hsmultirange, @extschema@.hscode) IS
'is contained by';

CREATE OPERATOR @extschema@.<@ (
    FUNCTION = @extschema@.hs_contained_by,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.@>),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.<@ (@extschema@.hsmultirange, @extschema@.hsrange) IS
'is contained by';

CREATE OPERATOR @extschema@.<@ (
    FUNCTION = @extschema@.hs_contained_by,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.@>),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.<@ (@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'is contained by';

-- &&

CREATE FUNCTION @extschema@.hs_overlaps(@extschema@.hscode, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hscode_overlaps_hsrange';
COMMENT ON FUNCTION @extschema@.hs_overlaps(@extschema@.hscode, @extschema@.hsrange) IS
'implementation of the && operator';

CREATE FUNCTION @extschema@.hs_overlaps(@extschema@.hscode, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hscode_overlaps_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_overlaps(@extschema@.hscode, @extschema@.hsmultirange) IS
'implementation of the && operator';

CREATE FUNCTION @extschema@.hs_overlaps(@extschema@.hsrange, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsrange_overlaps_hscode';
COMMENT ON FUNCTION @extschema@.hs_overlaps(@extschema@.hsrange, @extschema@.hscode) IS
'implementation of the && operator';

CREATE FUNCTION @extschema@.hs_overlaps(@extschema@.hsrange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsrange_overlaps_hsrange';
COMMENT ON FUNCTION @extschema@.hs_overlaps(@extschema@.hsrange, @extschema@.hsrange) IS
'implementation of the && operator';

CREATE FUNCTION @extschema@.hs_overlaps(@extschema@.hsrange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsrange_overlaps_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_overlaps(@extschema@.hsrange, @extschema@.hsmultirange) IS
'implementation of the && operator';

CREATE FUNCTION @extschema@.hs_overlaps(@extschema@.hsmultirange, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsmultirange_overlaps_hscode';
COMMENT ON FUNCTION @extschema@.hs_overlaps(@extschema@.hsmultirange, @extschema@.hscode) IS
'implementation of the && operator';

CREATE FUNCTION @extschema@.hs_overlaps(@extschema@.hsmultirange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsmultirange_overlaps_hsrange';
COMMENT ON FUNCTION @extschema@.hs_overlaps(@extschema@.hsmultirange, @extschema@.hsrange) IS
'implementation of the && operator';

CREATE FUNCTION @extschema@.hs_overlaps(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsmultirange_overlaps_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_overlaps(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the && operator';

CREATE OPERATOR @extschema@.&& (
    FUNCTION = @extschema@.hs_overlaps,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.&&),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.&& (@extschema@.hscode, @extschema@.hsrange) IS
'overlaps';

CREATE OPERATOR @extschema@.&& (
    FUNCTION = @extschema@.hs_overlaps,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.&&),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.&& (@extschema@.hscode, @extschema@.hsmultirange) IS
'overlaps';

CREATE OPERATOR @extschema@.&& (
    FUNCTION = @extschema@.hs_overlaps,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hscode,
    COMMUTATOR = OPERATOR(@extschema@.&&),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.&& (@extschema@.hsrange, @extschema@.hscode) IS
'overlaps';

CREATE OPERATOR @extschema@.&& (
    FUNCTION = @extschema@.hs_overlaps,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.&&),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.&& (@extschema@.hsrange, @extschema@.hsrange) IS
'overlaps';

CREATE OPERATOR @extschema@.&& (
    FUNCTION = @extschema@.hs_overlaps,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.&&),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.&& (@extschema@.hsrange, @extschema@.hsmultirange) IS
'overlaps';

CREATE OPERATOR @extschema@.&& (
    FUNCTION = @extschema@.hs_overlaps,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hscode,
    COMMUTATOR = OPERATOR(@extschema@.&&),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.&& (@extschema@.hsmultirange, @extschema@.hscode) IS
'overlaps';

CREATE OPERATOR @extschema@.&& (
    FUNCTION = @extschema@.hs_overlaps,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.&&),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.&& (@extschema@.hsmultirange, @extschema@.hsrange) IS
'overlaps';

CREATE OPERATOR @extschema@.&& (
    FUNCTION = @extschema@.hs_overlaps,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.&&),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.&& (@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'overlaps';

-- <<

CREATE FUNCTION @extschema@.hs_before(@extschema@.hscode, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hscode_before_hsrange';
COMMENT ON FUNCTION @extschema@.hs_before(@extschema@.hscode, @extschema@.hsrange) IS
'implementation of the << operator';

CREATE FUNCTION @extschema@.hs_before(@extschema@.hscode, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hscode_before_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_before(@extschema@.hscode, @extschema@.hsmultirange) IS
'implementation of the << operator';

CREATE FUNCTION @extschema@.hs_before(@extschema@.hsrange, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsrange_before_hscode';
COMMENT ON FUNCTION @extschema@.hs_before(@extschema@.hsrange, @extschema@.hscode) IS
'implementation of the << operator';

CREATE FUNCTION @extschema@.hs_before(@extschema@.hsrange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsrange_before_hsrange';
COMMENT ON FUNCTION @extschema@.hs_before(@extschema@.hsrange, @extschema@.hsrange) IS
'implementation of the << operator';

CREATE FUNCTION @extschema@.hs_before(@extschema@.hsrange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsrange_before_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_before(@extschema@.hsrange, @extschema@.hsmultirange) IS
'implementation of the << operator';

CREATE FUNCTION @extschema@.hs_before(@extschema@.hsmultirange, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsmultirange_before_hscode';
COMMENT ON FUNCTION @extschema@.hs_before(@extschema@.hsmultirange, @extschema@.hscode) IS
'implementation of the << operator';

CREATE FUNCTION @extschema@.hs_before(@extschema@.hsmultirange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsmultirange_before_hsrange';
COMMENT ON FUNCTION @extschema@.hs_before(@extschema@.hsmultirange, @extschema@.hsrange) IS
'implementation of the << operator';

CREATE FUNCTION @extschema@.hs_before(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsmultirange_before_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_before(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the << operator';

CREATE OPERATOR @extschema@.<< (
    FUNCTION = @extschema@.hs_before,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.>>),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.<< (@extschema@.hscode, @extschema@.hsrange) IS
'ends before the other begins';

CREATE OPERATOR @extschema@.<< (
    FUNCTION = @extschema@.hs_before,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.>>),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.<< (@extschema@.hscode, @extschema@.hsmultirange) IS
'ends before the other begins';

CREATE OPERATOR @extschema@.<< (
    FUNCTION = @extschema@.hs_before,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hscode,
    COMMUTATOR = OPERATOR(@extschema@.>>),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.<< (@extschema@.hsrange, @extschema@.hscode) IS
'ends before the other begins';

CREATE OPERATOR @extschema@.<< (
    FUNCTION = @extschema@.hs_before,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.>>),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.<< (@extschema@.hsrange, @extschema@.hsrange) IS
'ends before the other begins';

CREATE OPERATOR @extschema@.<< (
    FUNCTION = @extschema@.hs_before,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.>>),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.<< (@extschema@.hsrange, @extschema@.hsmultirange) IS
'ends before the other begins';

CREATE OPERATOR @extschema@.<< (
    FUNCTION = @extschema@.hs_before,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hscode,
    COMMUTATOR = OPERATOR(@extschema@.>>),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.<< (@extschema@.hsmultirange, @extschema@.hscode) IS
'ends before the other begins';

CREATE OPERATOR @extschema@.<< (
    FUNCTION = @extschema@.hs_before,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.>>),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.<< (@extschema@.hsmultirange, @extschema@.hsrange) IS
'ends before the other begins';

CREATE OPERATOR @extschema@.<< (
    FUNCTION = @extschema@.hs_before,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.>>),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.<< (@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'ends before the other begins';

-- >>

CREATE FUNCTION @extschema@.hs_after(@extschema@.hscode, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hscode_after_hsrange';
COMMENT ON FUNCTION @extschema@.hs_after(@extschema@.hscode, @extschema@.hsrange) IS
'implementation of the >> operator';

CREATE FUNCTION @extschema@.hs_after(@extschema@.hscode, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hscode_after_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_after(@extschema@.hscode, @extschema@.hsmultirange) IS
'implementation of the >> operator';

CREATE FUNCTION @extschema@.hs_after(@extschema@.hsrange, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsrange_after_hscode';
COMMENT ON FUNCTION @extschema@.hs_after(@extschema@.hsrange, @extschema@.hscode) IS
'implementation of the >> operator';

CREATE FUNCTION @extschema@.hs_after(@extschema@.hsrange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsrange_after_hsrange';
COMMENT ON FUNCTION @extschema@.hs_after(@extschema@.hsrange, @extschema@.hsrange) IS
'implementation of the >> operator';

CREATE FUNCTION @extschema@.hs_after(@extschema@.hsrange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsrange_after_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_after(@extschema@.hsrange, @extschema@.hsmultirange) IS
'implementation of the >> operator';

CREATE FUNCTION @extschema@.hs_after(@extschema@.hsmultirange, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsmultirange_after_hscode';
COMMENT ON FUNCTION @extschema@.hs_after(@extschema@.hsmultirange, @extschema@.hscode) IS
'implementation of the >> operator';

CREATE FUNCTION @extschema@.hs_after(@extschema@.hsmultirange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsmultirange_after_hsrange';
COMMENT ON FUNCTION @extschema@.hs_after(@extschema@.hsmultirange, @extschema@.hsrange) IS
'implementation of the >> operator';

CREATE FUNCTION @extschema@.hs_after(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsmultirange_after_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_after(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the >> operator';

CREATE OPERATOR @extschema@.>> (
    FUNCTION = @extschema@.hs_after,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.<<),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.>> (@extschema@.hscode, @extschema@.hsrange) IS
'begins after the other ends';

CREATE OPERATOR @extschema@.>> (
    FUNCTION = @extschema@.hs_after,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.<<),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.>> (@extschema@.hscode, @extschema@.hsmultirange) IS
'begins after the other ends';

CREATE OPERATOR @extschema@.>> (
    FUNCTION = @extschema@.hs_after,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hscode,
    COMMUTATOR = OPERATOR(@extschema@.<<),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.>> (@extschema@.hsrange, @extschema@.hscode) IS
'begins after the other ends';

CREATE OPERATOR @extschema@.>> (
    FUNCTION = @extschema@.hs_after,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.<<),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.>> (@extschema@.hsrange, @extschema@.hsrange) IS
'begins after the other ends';

CREATE OPERATOR @extschema@.>> (
    FUNCTION = @extschema@.hs_after,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.<<),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.>> (@extschema@.hsrange, @extschema@.hsmultirange) IS
'begins after the other ends';

CREATE OPERATOR @extschema@.>> (
    FUNCTION = @extschema@.hs_after,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hscode,
    COMMUTATOR = OPERATOR(@extschema@.<<),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.>> (@extschema@.hsmultirange, @extschema@.hscode) IS
'begins after the other ends';

CREATE OPERATOR @extschema@.>> (
    FUNCTION = @extschema@.hs_after,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.<<),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.>> (@extschema@.hsmultirange, @extschema@.hsrange) IS
'begins after the other ends';

CREATE OPERATOR @extschema@.>> (
    FUNCTION = @extschema@.hs_after,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.<<),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.>> (@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'begins after the other ends';

-- &<

CREATE FUNCTION @extschema@.hs_overleft(@extschema@.hscode, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hscode_overleft_hsrange';
COMMENT ON FUNCTION @extschema@.hs_overleft(@extschema@.hscode, @extschema@.hsrange) IS
'implementation of the &< operator';

CREATE FUNCTION @extschema@.hs_overleft(@extschema@.hscode, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hscode_overleft_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_overleft(@extschema@.hscode, @extschema@.hsmultirange) IS
'implementation of the &< operator';

CREATE FUNCTION @extschema@.hs_overleft(@extschema@.hsrange, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsrange_overleft_hscode';
COMMENT ON FUNCTION @extschema@.hs_overleft(@extschema@.hsrange, @extschema@.hscode) IS
'implementation of the &< operator';

CREATE FUNCTION @extschema@.hs_overleft(@extschema@.hsrange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsrange_overleft_hsrange';
COMMENT ON FUNCTION @extschema@.hs_overleft(@extschema@.hsrange, @extschema@.hsrange) IS
'implementation of the &< operator';

CREATE FUNCTION @extschema@.hs_overleft(@extschema@.hsrange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsrange_overleft_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_overleft(@extschema@.hsrange, @extschema@.hsmultirange) IS
'implementation of the &< operator';

CREATE FUNCTION @extschema@.hs_overleft(@extschema@.hsmultirange, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsmultirange_overleft_hscode';
COMMENT ON FUNCTION @extschema@.hs_overleft(@extschema@.hsmultirange, @extschema@.hscode) IS
'implementation of the &< operator';

CREATE FUNCTION @extschema@.hs_overleft(@extschema@.hsmultirange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsmultirange_overleft_hsrange';
COMMENT ON FUNCTION @extschema@.hs_overleft(@extschema@.hsmultirange, @extschema@.hsrange) IS
'implementation of the &< operator';

CREATE FUNCTION @extschema@.hs_overleft(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsmultirange_overleft_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_overleft(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the &< operator';

CREATE OPERATOR @extschema@.&< (
    FUNCTION = @extschema@.hs_overleft,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hsrange,
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.&< (@extschema@.hscode, @extschema@.hsrange) IS
'does not end after the other';

CREATE OPERATOR @extschema@.&< (
    FUNCTION = @extschema@.hs_overleft,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hsmultirange,
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.&< (@extschema@.hscode, @extschema@.hsmultirange) IS
'does not end after the other';

CREATE OPERATOR @extschema@.&< (
    FUNCTION = @extschema@.hs_overleft,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hscode,
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.&< (@extschema@.hsrange, @extschema@.hscode) IS
'does not end after the other';

CREATE OPERATOR @extschema@.&< (
    FUNCTION = @extschema@.hs_overleft,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsrange,
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.&< (@extschema@.hsrange, @extschema@.hsrange) IS
'does not end after the other';

CREATE OPERATOR @extschema@.&< (
    FUNCTION = @extschema@.hs_overleft,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsmultirange,
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.&< (@extschema@.hsrange, @extschema@.hsmultirange) IS
'does not end after the other';

CREATE OPERATOR @extschema@.&< (
    FUNCTION = @extschema@.hs_overleft,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hscode,
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.&< (@extschema@.hsmultirange, @extschema@.hscode) IS
'does not end after the other';

CREATE OPERATOR @extschema@.&< (
    FUNCTION = @extschema@.hs_overleft,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsrange,
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.&< (@extschema@.hsmultirange, @extschema@.hsrange) IS
'does not end after the other';

CREATE OPERATOR @extschema@.&< (
    FUNCTION = @extschema@.hs_overleft,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsmultirange,
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.&< (@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'does not end after the other';

-- &>

CREATE FUNCTION @extschema@.hs_overright(@extschema@.hscode, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hscode_overright_hsrange';
COMMENT ON FUNCTION @extschema@.hs_overright(@extschema@.hscode, @extschema@.hsrange) IS
'implementation of the &> operator';

CREATE FUNCTION @extschema@.hs_overright(@extschema@.hscode, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hscode_overright_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_overright(@extschema@.hscode, @extschema@.hsmultirange) IS
'implementation of the &> operator';

CREATE FUNCTION @extschema@.hs_overright(@extschema@.hsrange, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsrange_overright_hscode';
COMMENT ON FUNCTION @extschema@.hs_overright(@extschema@.hsrange, @extschema@.hscode) IS
'implementation of the &> operator';

CREATE FUNCTION @extschema@.hs_overright(@extschema@.hsrange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsrange_overright_hsrange';
COMMENT ON FUNCTION @extschema@.hs_overright(@extschema@.hsrange, @extschema@.hsrange) IS
'implementation of the &> operator';

CREATE FUNCTION @extschema@.hs_overright(@extschema@.hsrange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsrange_overright_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_overright(@extschema@.hsrange, @extschema@.hsmultirange) IS
'implementation of the &> operator';

CREATE FUNCTION @extschema@.hs_overright(@extschema@.hsmultirange, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsmultirange_overright_hscode';
COMMENT ON FUNCTION @extschema@.hs_overright(@extschema@.hsmultirange, @extschema@.hscode) IS
'implementation of the &> operator';

CREATE FUNCTION @extschema@.hs_overright(@extschema@.hsmultirange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsmultirange_overright_hsrange';
COMMENT ON FUNCTION @extschema@.hs_overright(@extschema@.hsmultirange, @extschema@.hsrange) IS
'implementation of the &> operator';

CREATE FUNCTION @extschema@.hs_overright(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsmultirange_overright_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_overright(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the &> operator';

CREATE OPERATOR @extschema@.&> (
    FUNCTION = @extschema@.hs_overright,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hsrange,
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.&> (@extschema@.hscode, @extschema@.hsrange) IS
'does not begin before the other';

CREATE OPERATOR @extschema@.&> (
    FUNCTION = @extschema@.hs_overright,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hsmultirange,
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.&> (@extschema@.hscode, @extschema@.hsmultirange) IS
'does not begin before the other';

CREATE OPERATOR @extschema@.&> (
    FUNCTION = @extschema@.hs_overright,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hscode,
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.&> (@extschema@.hsrange, @extschema@.hscode) IS
'does not begin before the other';

CREATE OPERATOR @extschema@.&> (
    FUNCTION = @extschema@.hs_overright,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsrange,
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.&> (@extschema@.hsrange, @extschema@.hsrange) IS
'does not begin before the other';

CREATE OPERATOR @extschema@.&> (
    FUNCTION = @extschema@.hs_overright,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsmultirange,
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.&> (@extschema@.hsrange, @extschema@.hsmultirange) IS
'does not begin before the other';

CREATE OPERATOR @extschema@.&> (
    FUNCTION = @extschema@.hs_overright,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hscode,
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.&> (@extschema@.hsmultirange, @extschema@.hscode) IS
'does not begin before the other';

CREATE OPERATOR @extschema@.&> (
    FUNCTION = @extschema@.hs_overright,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsrange,
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.&> (@extschema@.hsmultirange, @extschema@.hsrange) IS
'does not begin before the other';

CREATE OPERATOR @extschema@.&> (
    FUNCTION = @extschema@.hs_overright,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsmultirange,
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.&> (@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'does not begin before the other';

-- -|-

CREATE FUNCTION @extschema@.hs_adjacent(@extschema@.hscode, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hscode_adjacent_hsrange';
COMMENT ON FUNCTION @extschema@.hs_adjacent(@extschema@.hscode, @extschema@.hsrange) IS
'implementation of the -|- operator';

CREATE FUNCTION @extschema@.hs_adjacent(@extschema@.hscode, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hscode_adjacent_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_adjacent(@extschema@.hscode, @extschema@.hsmultirange) IS
'implementation of the -|- operator';

CREATE FUNCTION @extschema@.hs_adjacent(@extschema@.hsrange, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsrange_adjacent_hscode';
COMMENT ON FUNCTION @extschema@.hs_adjacent(@extschema@.hsrange, @extschema@.hscode) IS
'implementation of the -|- operator';

CREATE FUNCTION @extschema@.hs_adjacent(@extschema@.hsrange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsrange_adjacent_hsrange';
COMMENT ON FUNCTION @extschema@.hs_adjacent(@extschema@.hsrange, @extschema@.hsrange) IS
'implementation of the -|- operator';

CREATE FUNCTION @extschema@.hs_adjacent(@extschema@.hsrange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsrange_adjacent_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_adjacent(@extschema@.hsrange, @extschema@.hsmultirange) IS
'implementation of the -|- operator';

CREATE FUNCTION @extschema@.hs_adjacent(@extschema@.hsmultirange, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsmultirange_adjacent_hscode';
COMMENT ON FUNCTION @extschema@.hs_adjacent(@extschema@.hsmultirange, @extschema@.hscode) IS
'implementation of the -|- operator';

CREATE FUNCTION @extschema@.hs_adjacent(@extschema@.hsmultirange, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsmultirange_adjacent_hsrange';
COMMENT ON FUNCTION @extschema@.hs_adjacent(@extschema@.hsmultirange, @extschema@.hsrange) IS
'implementation of the -|- operator';

CREATE FUNCTION @extschema@.hs_adjacent(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
SUPPORT @extschema@.hs_relation_support
AS 'MODULE_PATHNAME', 'hsmultirange_adjacent_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_adjacent(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the -|- operator';

CREATE OPERATOR @extschema@.-|- (
    FUNCTION = @extschema@.hs_adjacent,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.-|-),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.-|- (@extschema@.hscode, @extschema@.hsrange) IS
'one ends just before the other begins';

CREATE OPERATOR @extschema@.-|- (
    FUNCTION = @extschema@.hs_adjacent,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.-|-),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.-|- (@extschema@.hscode, @extschema@.hsmultirange) IS
'one ends just before the other begins';

CREATE OPERATOR @extschema@.-|- (
    FUNCTION = @extschema@.hs_adjacent,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hscode,
    COMMUTATOR = OPERATOR(@extschema@.-|-),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.-|- (@extschema@.hsrange, @extschema@.hscode) IS
'one ends just before the other begins';

CREATE OPERATOR @extschema@.-|- (
    FUNCTION = @extschema@.hs_adjacent,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.-|-),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.-|- (@extschema@.hsrange, @extschema@.hsrange) IS
'one ends just before the other begins';

CREATE OPERATOR @extschema@.-|- (
    FUNCTION = @extschema@.hs_adjacent,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.-|-),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.-|- (@extschema@.hsrange, @extschema@.hsmultirange) IS
'one ends just before the other begins';

CREATE OPERATOR @extschema@.-|- (
    FUNCTION = @extschema@.hs_adjacent,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hscode,
    COMMUTATOR = OPERATOR(@extschema@.-|-),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.-|- (@extschema@.hsmultirange, @extschema@.hscode) IS
'one ends just before the other begins';

CREATE OPERATOR @extschema@.-|- (
    FUNCTION = @extschema@.hs_adjacent,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.-|-),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.-|- (@extschema@.hsmultirange, @extschema@.hsrange) IS
'one ends just before the other begins';

CREATE OPERATOR @extschema@.-|- (
    FUNCTION = @extschema@.hs_adjacent,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.-|-),
    RESTRICT = @extschema@.hs_sel, JOIN = @extschema@.hs_joinsel
);
COMMENT ON OPERATOR @extschema@.-|- (@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'one ends just before the other begins';

-- + * -

CREATE FUNCTION @extschema@.hs_union(@extschema@.hsrange, @extschema@.hsrange) RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_plus_hsrange';
COMMENT ON FUNCTION @extschema@.hs_union(@extschema@.hsrange, @extschema@.hsrange) IS
'implementation of the + operator';

CREATE FUNCTION @extschema@.hs_union(@extschema@.hsrange, @extschema@.hsmultirange) RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_plus_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_union(@extschema@.hsrange, @extschema@.hsmultirange) IS
'implementation of the + operator';

CREATE FUNCTION @extschema@.hs_union(@extschema@.hsmultirange, @extschema@.hsrange) RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_plus_hsrange';
COMMENT ON FUNCTION @extschema@.hs_union(@extschema@.hsmultirange, @extschema@.hsrange) IS
'implementation of the + operator';

CREATE FUNCTION @extschema@.hs_union(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_plus_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_union(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the + operator';

CREATE OPERATOR @extschema@.+ (
    FUNCTION = @extschema@.hs_union,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.+)
);
COMMENT ON OPERATOR @extschema@.+ (@extschema@.hsrange, @extschema@.hsrange) IS
'union';

CREATE OPERATOR @extschema@.+ (
    FUNCTION = @extschema@.hs_union,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.+)
);
COMMENT ON OPERATOR @extschema@.+ (@extschema@.hsrange, @extschema@.hsmultirange) IS
'union';

CREATE OPERATOR @extschema@.+ (
    FUNCTION = @extschema@.hs_union,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.+)
);
COMMENT ON OPERATOR @extschema@.+ (@extschema@.hsmultirange, @extschema@.hsrange) IS
'union';

CREATE OPERATOR @extschema@.+ (
    FUNCTION = @extschema@.hs_union,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.+)
);
COMMENT ON OPERATOR @extschema@.+ (@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'union';

CREATE FUNCTION @extschema@.hs_intersect(@extschema@.hsrange, @extschema@.hsrange) RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_times_hsrange';
COMMENT ON FUNCTION @extschema@.hs_intersect(@extschema@.hsrange, @extschema@.hsrange) IS
'implementation of the * operator';

CREATE FUNCTION @extschema@.hs_intersect(@extschema@.hsrange, @extschema@.hsmultirange) RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_times_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_intersect(@extschema@.hsrange, @extschema@.hsmultirange) IS
'implementation of the * operator';

CREATE FUNCTION @extschema@.hs_intersect(@extschema@.hsmultirange, @extschema@.hsrange) RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_times_hsrange';
COMMENT ON FUNCTION @extschema@.hs_intersect(@extschema@.hsmultirange, @extschema@.hsrange) IS
'implementation of the * operator';

CREATE FUNCTION @extschema@.hs_intersect(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_times_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_intersect(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the * operator';

CREATE OPERATOR @extschema@.* (
    FUNCTION = @extschema@.hs_intersect,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.*)
);
COMMENT ON OPERATOR @extschema@.* (@extschema@.hsrange, @extschema@.hsrange) IS
'intersection';

CREATE OPERATOR @extschema@.* (
    FUNCTION = @extschema@.hs_intersect,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.*)
);
COMMENT ON OPERATOR @extschema@.* (@extschema@.hsrange, @extschema@.hsmultirange) IS
'intersection';

CREATE OPERATOR @extschema@.* (
    FUNCTION = @extschema@.hs_intersect,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.*)
);
COMMENT ON OPERATOR @extschema@.* (@extschema@.hsmultirange, @extschema@.hsrange) IS
'intersection';

CREATE OPERATOR @extschema@.* (
    FUNCTION = @extschema@.hs_intersect,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsmultirange,
    COMMUTATOR = OPERATOR(@extschema@.*)
);
COMMENT ON OPERATOR @extschema@.* (@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'intersection';

CREATE FUNCTION @extschema@.hs_minus(@extschema@.hsrange, @extschema@.hsrange) RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_minus_hsrange';
COMMENT ON FUNCTION @extschema@.hs_minus(@extschema@.hsrange, @extschema@.hsrange) IS
'implementation of the - operator';

CREATE FUNCTION @extschema@.hs_minus(@extschema@.hsrange, @extschema@.hsmultirange) RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_minus_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_minus(@extschema@.hsrange, @extschema@.hsmultirange) IS
'implementation of the - operator';

CREATE FUNCTION @extschema@.hs_minus(@extschema@.hsmultirange, @extschema@.hsrange) RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_minus_hsrange';
COMMENT ON FUNCTION @extschema@.hs_minus(@extschema@.hsmultirange, @extschema@.hsrange) IS
'implementation of the - operator';

CREATE FUNCTION @extschema@.hs_minus(@extschema@.hsmultirange, @extschema@.hsmultirange) RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsmultirange_minus_hsmultirange';
COMMENT ON FUNCTION @extschema@.hs_minus(@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'implementation of the - operator';

CREATE OPERATOR @extschema@.- (
    FUNCTION = @extschema@.hs_minus,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsrange
);
COMMENT ON OPERATOR @extschema@.- (@extschema@.hsrange, @extschema@.hsrange) IS
'difference';

CREATE OPERATOR @extschema@.- (
    FUNCTION = @extschema@.hs_minus,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hsmultirange
);
COMMENT ON OPERATOR @extschema@.- (@extschema@.hsrange, @extschema@.hsmultirange) IS
'difference';

CREATE OPERATOR @extschema@.- (
    FUNCTION = @extschema@.hs_minus,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsrange
);
COMMENT ON OPERATOR @extschema@.- (@extschema@.hsmultirange, @extschema@.hsrange) IS
'difference';

CREATE OPERATOR @extschema@.- (
    FUNCTION = @extschema@.hs_minus,
    LEFTARG = @extschema@.hsmultirange, RIGHTARG = @extschema@.hsmultirange
);
COMMENT ON OPERATOR @extschema@.- (@extschema@.hsmultirange, @extschema@.hsmultirange) IS
'difference';

-- comparisons between a code and a range, whose order is the same

CREATE FUNCTION @extschema@.hs_eq(@extschema@.hscode, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_eq_hsrange';
COMMENT ON FUNCTION @extschema@.hs_eq(@extschema@.hscode, @extschema@.hsrange) IS
'implementation of the = operator';

CREATE FUNCTION @extschema@.hs_eq(@extschema@.hsrange, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_eq_hscode';
COMMENT ON FUNCTION @extschema@.hs_eq(@extschema@.hsrange, @extschema@.hscode) IS
'implementation of the = operator';

CREATE FUNCTION @extschema@.hs_ne(@extschema@.hscode, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_ne_hsrange';
COMMENT ON FUNCTION @extschema@.hs_ne(@extschema@.hscode, @extschema@.hsrange) IS
'implementation of the <> operator';

CREATE FUNCTION @extschema@.hs_ne(@extschema@.hsrange, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_ne_hscode';
COMMENT ON FUNCTION @extschema@.hs_ne(@extschema@.hsrange, @extschema@.hscode) IS
'implementation of the <> operator';

CREATE FUNCTION @extschema@.hs_lt(@extschema@.hscode, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_lt_hsrange';
COMMENT ON FUNCTION @extschema@.hs_lt(@extschema@.hscode, @extschema@.hsrange) IS
'implementation of the < operator';

CREATE FUNCTION @extschema@.hs_lt(@extschema@.hsrange, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_lt_hscode';
COMMENT ON FUNCTION @extschema@.hs_lt(@extschema@.hsrange, @extschema@.hscode) IS
'implementation of the < operator';

CREATE FUNCTION @extschema@.hs_le(@extschema@.hscode, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_le_hsrange';
COMMENT ON FUNCTION @extschema@.hs_le(@extschema@.hscode, @extschema@.hsrange) IS
'implementation of the <= operator';

CREATE FUNCTION @extschema@.hs_le(@extschema@.hsrange, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_le_hscode';
COMMENT ON FUNCTION @extschema@.hs_le(@extschema@.hsrange, @extschema@.hscode) IS
'implementation of the <= operator';

CREATE FUNCTION @extschema@.hs_gt(@extschema@.hscode, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_gt_hsrange';
COMMENT ON FUNCTION @extschema@.hs_gt(@extschema@.hscode, @extschema@.hsrange) IS
'implementation of the > operator';

CREATE FUNCTION @extschema@.hs_gt(@extschema@.hsrange, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_gt_hscode';
COMMENT ON FUNCTION @extschema@.hs_gt(@extschema@.hsrange, @extschema@.hscode) IS
'implementation of the > operator';

CREATE FUNCTION @extschema@.hs_ge(@extschema@.hscode, @extschema@.hsrange) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_ge_hsrange';
COMMENT ON FUNCTION @extschema@.hs_ge(@extschema@.hscode, @extschema@.hsrange) IS
'implementation of the >= operator';

CREATE FUNCTION @extschema@.hs_ge(@extschema@.hsrange, @extschema@.hscode) RETURNS boolean
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_ge_hscode';
COMMENT ON FUNCTION @extschema@.hs_ge(@extschema@.hsrange, @extschema@.hscode) IS
'implementation of the >= operator';

CREATE FUNCTION @extschema@.hs_cmp(@extschema@.hscode, @extschema@.hsrange) RETURNS integer
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hscode_cmp_hsrange';
COMMENT ON FUNCTION @extschema@.hs_cmp(@extschema@.hscode, @extschema@.hsrange) IS
'less, equal or greater: negative, zero or positive';

CREATE FUNCTION @extschema@.hs_cmp(@extschema@.hsrange, @extschema@.hscode) RETURNS integer
LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'hsrange_cmp_hscode';
COMMENT ON FUNCTION @extschema@.hs_cmp(@extschema@.hsrange, @extschema@.hscode) IS
'less, equal or greater: negative, zero or positive';

CREATE OPERATOR @extschema@.= (
    FUNCTION = @extschema@.hs_eq,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.=),
    NEGATOR = OPERATOR(@extschema@.<>),
    RESTRICT = pg_catalog.eqsel, JOIN = pg_catalog.eqjoinsel,
    MERGES
);
COMMENT ON OPERATOR @extschema@.= (@extschema@.hscode, @extschema@.hsrange) IS
'equal';

CREATE OPERATOR @extschema@.= (
    FUNCTION = @extschema@.hs_eq,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hscode,
    COMMUTATOR = OPERATOR(@extschema@.=),
    NEGATOR = OPERATOR(@extschema@.<>),
    RESTRICT = pg_catalog.eqsel, JOIN = pg_catalog.eqjoinsel,
    MERGES
);
COMMENT ON OPERATOR @extschema@.= (@extschema@.hsrange, @extschema@.hscode) IS
'equal';

CREATE OPERATOR @extschema@.<> (
    FUNCTION = @extschema@.hs_ne,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.<>),
    NEGATOR = OPERATOR(@extschema@.=),
    RESTRICT = pg_catalog.neqsel, JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR @extschema@.<> (@extschema@.hscode, @extschema@.hsrange) IS
'not equal';

CREATE OPERATOR @extschema@.<> (
    FUNCTION = @extschema@.hs_ne,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hscode,
    COMMUTATOR = OPERATOR(@extschema@.<>),
    NEGATOR = OPERATOR(@extschema@.=),
    RESTRICT = pg_catalog.neqsel, JOIN = pg_catalog.neqjoinsel
);
COMMENT ON OPERATOR @extschema@.<> (@extschema@.hsrange, @extschema@.hscode) IS
'not equal';

CREATE OPERATOR @extschema@.< (
    FUNCTION = @extschema@.hs_lt,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.>),
    NEGATOR = OPERATOR(@extschema@.>=),
    RESTRICT = @extschema@.hs_ltsel, JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR @extschema@.< (@extschema@.hscode, @extschema@.hsrange) IS
'less than';

CREATE OPERATOR @extschema@.< (
    FUNCTION = @extschema@.hs_lt,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hscode,
    COMMUTATOR = OPERATOR(@extschema@.>),
    NEGATOR = OPERATOR(@extschema@.>=),
    RESTRICT = pg_catalog.scalarltsel, JOIN = pg_catalog.scalarltjoinsel
);
COMMENT ON OPERATOR @extschema@.< (@extschema@.hsrange, @extschema@.hscode) IS
'less than';

CREATE OPERATOR @extschema@.<= (
    FUNCTION = @extschema@.hs_le,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.>=),
    NEGATOR = OPERATOR(@extschema@.>),
    RESTRICT = @extschema@.hs_lesel, JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR @extschema@.<= (@extschema@.hscode, @extschema@.hsrange) IS
'less than or equal';

CREATE OPERATOR @extschema@.<= (
    FUNCTION = @extschema@.hs_le,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hscode,
    COMMUTATOR = OPERATOR(@extschema@.>=),
    NEGATOR = OPERATOR(@extschema@.>),
    RESTRICT = pg_catalog.scalarlesel, JOIN = pg_catalog.scalarlejoinsel
);
COMMENT ON OPERATOR @extschema@.<= (@extschema@.hsrange, @extschema@.hscode) IS
'less than or equal';

CREATE OPERATOR @extschema@.> (
    FUNCTION = @extschema@.hs_gt,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.<),
    NEGATOR = OPERATOR(@extschema@.<=),
    RESTRICT = @extschema@.hs_gtsel, JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR @extschema@.> (@extschema@.hscode, @extschema@.hsrange) IS
'greater than';

CREATE OPERATOR @extschema@.> (
    FUNCTION = @extschema@.hs_gt,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hscode,
    COMMUTATOR = OPERATOR(@extschema@.<),
    NEGATOR = OPERATOR(@extschema@.<=),
    RESTRICT = pg_catalog.scalargtsel, JOIN = pg_catalog.scalargtjoinsel
);
COMMENT ON OPERATOR @extschema@.> (@extschema@.hsrange, @extschema@.hscode) IS
'greater than';

CREATE OPERATOR @extschema@.>= (
    FUNCTION = @extschema@.hs_ge,
    LEFTARG = @extschema@.hscode, RIGHTARG = @extschema@.hsrange,
    COMMUTATOR = OPERATOR(@extschema@.<=),
    NEGATOR = OPERATOR(@extschema@.<),
    RESTRICT = @extschema@.hs_gesel, JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR @extschema@.>= (@extschema@.hscode, @extschema@.hsrange) IS
'greater than or equal';

CREATE OPERATOR @extschema@.>= (
    FUNCTION = @extschema@.hs_ge,
    LEFTARG = @extschema@.hsrange, RIGHTARG = @extschema@.hscode,
    COMMUTATOR = OPERATOR(@extschema@.<=),
    NEGATOR = OPERATOR(@extschema@.<),
    RESTRICT = pg_catalog.scalargesel, JOIN = pg_catalog.scalargejoinsel
);
COMMENT ON OPERATOR @extschema@.>= (@extschema@.hsrange, @extschema@.hscode) IS
'greater than or equal';
