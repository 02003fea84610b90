-- Territories and jurisdictions: one reader for tables, screening and checks.

CREATE FUNCTION control_list.territory(code pg_catalog.text) RETURNS pg_catalog.text
	AS 'MODULE_PATHNAME', 'control_list_territory'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION control_list.territory(pg_catalog.text) IS
'canonical code of a territory: RU for ru, RUS or '' RU '', UA-43 for ua-43; NULL if the text is no ISO 3166-1 country (XK included) and has not the form of an ISO 3166-2 subdivision of one, or names a country as a subdivision (CN-HK for HK)';

CREATE FUNCTION control_list.is_known_subdivision(code pg_catalog.text) RETURNS pg_catalog.bool
	AS 'MODULE_PATHNAME', 'control_list_is_known_subdivision'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION control_list.is_known_subdivision(pg_catalog.text) IS
'is the text a subdivision that is known to exist? Those of Ukraine (ISO 3166-2:UA) are known; every other gives false, and a screening takes it for any part of its country';

CREATE FUNCTION control_list.is_listable(code pg_catalog.text) RETURNS pg_catalog.bool
	AS 'MODULE_PATHNAME', 'control_list_is_listable'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION control_list.is_listable(pg_catalog.text) IS
'may a list name this territory? One that control_list.territory() reads, but no subdivision that its country, where these are known, does not have (UA-99)';

CREATE FUNCTION control_list.jurisdiction(code pg_catalog.text) RETURNS pg_catalog.text
	AS 'MODULE_PATHNAME', 'control_list_jurisdiction'
	LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1;

COMMENT ON FUNCTION control_list.jurisdiction(pg_catalog.text) IS
'canonical code of a jurisdiction: a country as control_list.territory() reads it, or EU or UN; NULL for anything else, subdivisions included';
