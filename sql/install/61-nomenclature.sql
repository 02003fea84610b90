-- The nomenclature: which codes there are.  Optional; whoever loads it gets more out of a screening.

CREATE TABLE control_list.nomenclature (
    edition text NOT NULL CHECK (edition <> ''),
    code @extschema@.hscode NOT NULL,
    description text,
    valid daterange NOT NULL DEFAULT '(,)' CHECK (NOT pg_catalog.isempty(valid)),
    PRIMARY KEY (edition, code)
);
COMMENT ON TABLE control_list.nomenclature IS
'codes of the editions of a nomenclature, such as HS 2017 and HS 2022: a code that an edition in force lacks asks for review wherever its nearest heading is listed, and imports refuse it';
COMMENT ON COLUMN control_list.nomenclature.edition IS
'which edition has the code';
COMMENT ON COLUMN control_list.nomenclature.code IS
'the code: chapters, headings, subheadings, and lines if the edition has them';
COMMENT ON COLUMN control_list.nomenclature.description IS
'what it is; shown with every hit';
COMMENT ON COLUMN control_list.nomenclature.valid IS
'days on which the edition has the code';
CREATE INDEX nomenclature_code_idx ON control_list.nomenclature (code);
SELECT pg_catalog.pg_extension_config_dump('control_list.nomenclature', '');

-- SECURITY DEFINER: whoever may call these needs no right on the table.

CREATE FUNCTION @extschema@.hs_exists(code @extschema@.hscode, edition text) RETURNS boolean
LANGUAGE sql STABLE STRICT PARALLEL SAFE SECURITY DEFINER COST 50
SET search_path = pg_catalog, pg_temp
SET row_security = off
AS $$
    SELECT CASE WHEN EXISTS (SELECT FROM control_list.nomenclature AS n WHERE n.edition = hs_exists.edition)
                THEN EXISTS (SELECT FROM control_list.nomenclature AS n
                             WHERE n.edition = hs_exists.edition AND n.code OPERATOR(@extschema@.=) hs_exists.code) END
$$;
COMMENT ON FUNCTION @extschema@.hs_exists(@extschema@.hscode, text) IS
'does an edition of the nomenclature have the code? NULL if the edition is not loaded';

CREATE FUNCTION control_list.edition_changes(old_edition text, new_edition text)
RETURNS TABLE (code @extschema@.hscode, change text, description text)
LANGUAGE sql STABLE STRICT PARALLEL SAFE SECURITY DEFINER COST 1000
SET search_path = pg_catalog, pg_temp
SET row_security = off
AS $$
    SELECT o.code, 'retired', o.description
    FROM control_list.nomenclature AS o
    WHERE o.edition = old_edition AND NOT EXISTS (
        SELECT FROM control_list.nomenclature AS n WHERE n.edition = new_edition AND n.code OPERATOR(@extschema@.=) o.code)
    UNION ALL
    SELECT n.code, 'new', n.description
    FROM control_list.nomenclature AS n
    WHERE n.edition = new_edition AND NOT EXISTS (
        SELECT FROM control_list.nomenclature AS o WHERE o.edition = old_edition AND o.code OPERATOR(@extschema@.=) n.code)
    ORDER BY 1
$$;
COMMENT ON FUNCTION control_list.edition_changes(text, text) IS
'codes that only one of two editions of the nomenclature has: retired or new';

CREATE FUNCTION control_list.has_nomenclature(day date) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER COST 50
SET search_path = pg_catalog, pg_temp
SET row_security = off
AS 'SELECT EXISTS (SELECT FROM control_list.nomenclature AS n WHERE n.valid @> day)';
COMMENT ON FUNCTION control_list.has_nomenclature(date) IS
'is any edition of a nomenclature in force on the day?';

CREATE FUNCTION control_list.code_exists(code @extschema@.hscode, day date) RETURNS boolean
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'control_list_code_exists';
COMMENT ON FUNCTION control_list.code_exists(@extschema@.hscode, date) IS
'do the editions in force on the day have the code, or codes below it, or none that divides it further?';
