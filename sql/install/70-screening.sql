-- Screening: DESIGN's meaning, by the rulebook (src/rulebook, src/screen).
--
-- Each function stands here twice: for a code, and for its text, where what is no code
-- gives incomplete, not an error.  COST is that of a screening in a backend that has the
-- rulebook, measured beside int4 = int4.

CREATE FUNCTION control_list.read_code(code text) RETURNS @extschema@.hscode
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'control_list_read_code';
COMMENT ON FUNCTION control_list.read_code(text) IS
'code from text; NULL if it cannot be read';

CREATE FUNCTION control_list.code_problem(code text) RETURNS text
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'control_list_code_problem';
COMMENT ON FUNCTION control_list.code_problem(text) IS
'what is wrong with a text as a code; NULL if nothing is';

CREATE FUNCTION control_list.read_range(codes text) RETURNS @extschema@.hsrange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'control_list_read_range';
COMMENT ON FUNCTION control_list.read_range(text) IS
'range from text; NULL if it cannot be read';

CREATE FUNCTION control_list.range_problem(codes text) RETURNS text
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'control_list_range_problem';
COMMENT ON FUNCTION control_list.range_problem(text) IS
'what is wrong with a text as a range; NULL if nothing is';

CREATE FUNCTION control_list.read_set(codes text) RETURNS @extschema@.hsmultirange
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'control_list_read_set';
COMMENT ON FUNCTION control_list.read_set(text) IS
'set of codes from text; NULL if it cannot be read';

CREATE FUNCTION control_list.set_problem(codes text) RETURNS text
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'control_list_set_problem';
COMMENT ON FUNCTION control_list.set_problem(text) IS
'what is wrong with a text as a set of codes; NULL if nothing is';

CREATE TYPE @extschema@.screening_hit AS (
    verdict @extschema@.screening_verdict,
    list text,
    item text,
    entry_id bigint,
    codes @extschema@.hsrange,
    matched text,
    territory text,
    measure @extschema@.screening_verdict,
    valid daterange,
    revision text,
    reason text,
    legal_basis text,
    remark text
);
COMMENT ON TYPE @extschema@.screening_hit IS
'one reason of a verdict: an entry that matched in full or in part, or, without an entry, why the answer is incomplete';

CREATE FUNCTION control_list.restricted_support(internal) RETURNS internal
LANGUAGE C STRICT
AS 'MODULE_PATHNAME', 'control_list_restricted_support';
COMMENT ON FUNCTION control_list.restricted_support(internal) IS
'planner support of is_restricted(): the share of restricted rows, from the statistics of the columns';

-- ---- the public forms: first a code, then its text ----

CREATE FUNCTION @extschema@.screen_shipment(
    hs_code @extschema@.hscode,
    destination text,
    ship_date date,
    via text[] DEFAULT NULL,
    attributes jsonb DEFAULT NULL,
    licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL,
    tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS @extschema@.screening_verdict
LANGUAGE C STABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'screen_shipment_code_date';
COMMENT ON FUNCTION @extschema@.screen_shipment(@extschema@.hscode, text, date, text[], jsonb, text[], text[], text, timestamptz) IS
'verdict for goods (HS code) to a destination and via others on a date; never NULL. not_listed is no clearance';

CREATE FUNCTION @extschema@.screen_shipment(hs_code @extschema@.hscode, destination text)
RETURNS @extschema@.screening_verdict
LANGUAGE C STABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'screen_shipment_code_now';
COMMENT ON FUNCTION @extschema@.screen_shipment(@extschema@.hscode, text) IS
'verdict for a shipment of today, by the clock of each list; never NULL';

CREATE FUNCTION @extschema@.screen_shipment_at(
    hs_code @extschema@.hscode,
    destination text,
    at timestamptz,
    via text[] DEFAULT NULL,
    attributes jsonb DEFAULT NULL,
    licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL,
    tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS @extschema@.screening_verdict
LANGUAGE C STABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'screen_shipment_code_instant';
COMMENT ON FUNCTION @extschema@.screen_shipment_at(@extschema@.hscode, text, timestamptz, text[], jsonb, text[], text[], text, timestamptz) IS
'verdict for a shipment at an instant, which each list turns into a date of its own time zone; never NULL';

CREATE FUNCTION @extschema@.is_restricted(
    hs_code @extschema@.hscode,
    destination text,
    ship_date date,
    via text[] DEFAULT NULL,
    attributes jsonb DEFAULT NULL,
    licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL,
    tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS boolean
LANGUAGE C STABLE PARALLEL SAFE COST 10 SUPPORT control_list.restricted_support
AS 'MODULE_PATHNAME', 'is_restricted_code_date';
COMMENT ON FUNCTION @extschema@.is_restricted(@extschema@.hscode, text, date, text[], jsonb, text[], text[], text, timestamptz) IS
'true if a shipment must not go without a person: its verdict is review or above; never NULL';

CREATE FUNCTION @extschema@.is_restricted(hs_code @extschema@.hscode, destination text)
RETURNS boolean
LANGUAGE C STABLE PARALLEL SAFE COST 10 SUPPORT control_list.restricted_support
AS 'MODULE_PATHNAME', 'is_restricted_code_now';
COMMENT ON FUNCTION @extschema@.is_restricted(@extschema@.hscode, text) IS
'true if a shipment of today must not go without a person; never NULL';

CREATE FUNCTION @extschema@.screening_hits(
    hs_code @extschema@.hscode,
    destination text,
    ship_date date,
    via text[] DEFAULT NULL,
    attributes jsonb DEFAULT NULL,
    licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL,
    tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS SETOF @extschema@.screening_hit
LANGUAGE C STABLE PARALLEL SAFE COST 100 ROWS 3
AS 'MODULE_PATHNAME', 'screening_hits_code_date';
COMMENT ON FUNCTION @extschema@.screening_hits(@extschema@.hscode, text, date, text[], jsonb, text[], text[], text, timestamptz) IS
'why a shipment has its verdict: one row for each entry that matches and each reason of incomplete, most severe first';

CREATE FUNCTION @extschema@.screening_hits(hs_code @extschema@.hscode, destination text)
RETURNS SETOF @extschema@.screening_hit
LANGUAGE C STABLE PARALLEL SAFE COST 100 ROWS 3
AS 'MODULE_PATHNAME', 'screening_hits_code_now';
COMMENT ON FUNCTION @extschema@.screening_hits(@extschema@.hscode, text) IS
'why a shipment of today, by the clock of each list, has its verdict';

CREATE FUNCTION @extschema@.screen_shipment(
    hs_code text,
    destination text,
    ship_date date,
    via text[] DEFAULT NULL,
    attributes jsonb DEFAULT NULL,
    licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL,
    tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS @extschema@.screening_verdict
LANGUAGE C STABLE PARALLEL SAFE COST 20
AS 'MODULE_PATHNAME', 'screen_shipment_text_date';
COMMENT ON FUNCTION @extschema@.screen_shipment(text, text, date, text[], jsonb, text[], text[], text, timestamptz) IS
'verdict for goods (HS code) to a destination and via others on a date; never NULL; a text that is no code gives incomplete, not an error. not_listed is no clearance';

CREATE FUNCTION @extschema@.screen_shipment(hs_code text, destination text)
RETURNS @extschema@.screening_verdict
LANGUAGE C STABLE PARALLEL SAFE COST 20
AS 'MODULE_PATHNAME', 'screen_shipment_text_now';
COMMENT ON FUNCTION @extschema@.screen_shipment(text, text) IS
'verdict for a shipment of today, by the clock of each list; never NULL; a text that is no code gives incomplete, not an error';

CREATE FUNCTION @extschema@.screen_shipment_at(
    hs_code text,
    destination text,
    at timestamptz,
    via text[] DEFAULT NULL,
    attributes jsonb DEFAULT NULL,
    licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL,
    tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS @extschema@.screening_verdict
LANGUAGE C STABLE PARALLEL SAFE COST 20
AS 'MODULE_PATHNAME', 'screen_shipment_text_instant';
COMMENT ON FUNCTION @extschema@.screen_shipment_at(text, text, timestamptz, text[], jsonb, text[], text[], text, timestamptz) IS
'verdict for a shipment at an instant, which each list turns into a date of its own time zone; never NULL; a text that is no code gives incomplete, not an error';

CREATE FUNCTION @extschema@.is_restricted(
    hs_code text,
    destination text,
    ship_date date,
    via text[] DEFAULT NULL,
    attributes jsonb DEFAULT NULL,
    licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL,
    tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS boolean
LANGUAGE C STABLE PARALLEL SAFE COST 20 SUPPORT control_list.restricted_support
AS 'MODULE_PATHNAME', 'is_restricted_text_date';
COMMENT ON FUNCTION @extschema@.is_restricted(text, text, date, text[], jsonb, text[], text[], text, timestamptz) IS
'true if a shipment must not go without a person: its verdict is review or above; never NULL';

CREATE FUNCTION @extschema@.is_restricted(hs_code text, destination text)
RETURNS boolean
LANGUAGE C STABLE PARALLEL SAFE COST 20 SUPPORT control_list.restricted_support
AS 'MODULE_PATHNAME', 'is_restricted_text_now';
COMMENT ON FUNCTION @extschema@.is_restricted(text, text) IS
'true if a shipment of today must not go without a person; never NULL';

CREATE FUNCTION @extschema@.screening_hits(
    hs_code text,
    destination text,
    ship_date date,
    via text[] DEFAULT NULL,
    attributes jsonb DEFAULT NULL,
    licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL,
    tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS SETOF @extschema@.screening_hit
LANGUAGE C STABLE PARALLEL SAFE COST 100 ROWS 3
AS 'MODULE_PATHNAME', 'screening_hits_text_date';
COMMENT ON FUNCTION @extschema@.screening_hits(text, text, date, text[], jsonb, text[], text[], text, timestamptz) IS
'why a shipment has its verdict: one row for each entry that matches and each reason of incomplete, most severe first; a text that is no code gives incomplete, not an error';

CREATE FUNCTION @extschema@.screening_hits(hs_code text, destination text)
RETURNS SETOF @extschema@.screening_hit
LANGUAGE C STABLE PARALLEL SAFE COST 100 ROWS 3
AS 'MODULE_PATHNAME', 'screening_hits_text_now';
COMMENT ON FUNCTION @extschema@.screening_hits(text, text) IS
'why a shipment of today, by the clock of each list, has its verdict; a text that is no code gives incomplete, not an error';

CREATE FUNCTION control_list.screening_hits_at(
    hs_code text,
    destination text,
    at timestamptz,
    via text[] DEFAULT NULL,
    attributes jsonb DEFAULT NULL,
    licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL,
    tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS SETOF @extschema@.screening_hit
LANGUAGE C STABLE PARALLEL SAFE COST 100 ROWS 3
AS 'MODULE_PATHNAME', 'screening_hits_text_instant';
COMMENT ON FUNCTION control_list.screening_hits_at(text, text, timestamptz, text[], jsonb, text[], text[], text, timestamptz) IS
'why a shipment at an instant has its verdict; a text that is no code gives incomplete, not an error; for the trigger';
