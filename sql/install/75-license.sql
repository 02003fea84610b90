-- Licenses, and the ledger of what was drawn from them.
--
-- A license is no part of the rulebook: a screening reads those that it names when a hit asks
-- for one (src/screen/license.c).
--
-- The ledger is a bank book.  Lines of a license are numbered 1, 2, 3 ..., each with the total so
-- far, and are never changed: what is returned is a line of its own.  So the last line says how
-- much was drawn, and of two sessions that saw the same last line only one can write the next.

CREATE TABLE control_list.license (
    number text PRIMARY KEY CHECK (number <> '' AND number = pg_catalog.btrim(number)),
    list text NOT NULL,
    holder text,
    consignee text,
    destinations text[] NOT NULL CHECK (control_list.check_destinations(destinations)),
    codes @extschema@.hsmultirange NOT NULL CHECK (NOT @extschema@.isempty(codes)),
    valid daterange NOT NULL
        CHECK (NOT pg_catalog.isempty(valid) AND pg_catalog.lower(valid) IS DISTINCT FROM 'infinity'
               AND pg_catalog.upper(valid) IS DISTINCT FROM '-infinity'),
    max_quantity numeric CHECK (max_quantity > 0 AND max_quantity < 'Infinity'),
    unit text CHECK (unit <> '' AND unit = pg_catalog.btrim(unit)),
    max_value numeric CHECK (max_value > 0 AND max_value < 'Infinity'),
    currency text CHECK (currency ~ '^[A-Z]{3}$'),
    quota_period interval
        -- months, days and time forward, each, and not too long to be taken from today
        CHECK (quota_period > '0' AND quota_period <= '100 years'
               AND least(extract(year FROM quota_period), extract(month FROM quota_period), extract(day FROM quota_period),
                         extract(hour FROM quota_period), extract(minute FROM quota_period), extract(second FROM quota_period)) >= 0),
    applies_if jsonpath CHECK (control_list.check_condition(applies_if)),
    waiver boolean NOT NULL DEFAULT false,
    remark text,
    recorded tstzrange NOT NULL DEFAULT pg_catalog.tstzrange(pg_catalog.now(), NULL)
        CHECK (NOT pg_catalog.isempty(recorded) AND NOT pg_catalog.lower_inf(recorded)),
    CONSTRAINT license_unit_of_max_quantity_check CHECK (max_quantity IS NULL OR unit IS NOT NULL),
    CONSTRAINT license_currency_of_max_value_check CHECK (max_value IS NULL OR currency IS NOT NULL),
    CONSTRAINT license_limit_of_quota_period_check
        CHECK (quota_period IS NULL OR max_quantity IS NOT NULL OR max_value IS NOT NULL)
);
COMMENT ON TABLE control_list.license IS
'permissions of an authority, bounded in goods, places, time, quantity and value';
COMMENT ON COLUMN control_list.license.number IS
'number of the license, by which a screening names it';
COMMENT ON COLUMN control_list.license.list IS
'the list whose entries it permits';
COMMENT ON COLUMN control_list.license.holder IS
'to whom it was given';
COMMENT ON COLUMN control_list.license.consignee IS
'who may receive the goods';
COMMENT ON COLUMN control_list.license.destinations IS
'territories, @groups, or * for everywhere; the destination and every via of a shipment must lie in them';
COMMENT ON COLUMN control_list.license.codes IS
'codes that it permits; they must cover the whole code of a shipment; {01-99}: all goods';
COMMENT ON COLUMN control_list.license.valid IS
'days on which it is in force, in the time zone of the list';
COMMENT ON COLUMN control_list.license.max_quantity IS
'how much may be drawn; NULL: no limit';
COMMENT ON COLUMN control_list.license.unit IS
'unit in which quantities are counted, exactly as every draw names it; NULL: they are not counted';
COMMENT ON COLUMN control_list.license.max_value IS
'value that may be drawn; NULL: no limit';
COMMENT ON COLUMN control_list.license.currency IS
'currency in which values are counted (ISO 4217), exactly as every draw names it; NULL: they are not counted';
COMMENT ON COLUMN control_list.license.quota_period IS
'the limits hold for what was drawn within this time before now (by the calendar of the list''s time zone); NULL: for all that was ever drawn';
COMMENT ON COLUMN control_list.license.applies_if IS
'strict jsonpath predicate over the attributes of a shipment; the license permits only where it is true, not where an attribute is missing';
COMMENT ON COLUMN control_list.license.waiver IS
'true: it permits what is prohibited, too';
COMMENT ON COLUMN control_list.license.remark IS
'anything';
COMMENT ON COLUMN control_list.license.recorded IS
'when the row was known to this database';

CREATE TABLE control_list.license_use (
    license text NOT NULL,
    line bigint NOT NULL CHECK (line > 0),
    reference text NOT NULL,
    quantity numeric,
    unit text,
    value numeric,
    currency text,
    returns bigint CHECK (returns < line),
    total_quantity numeric,
    total_value numeric,
    used_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
    recorded_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
    recorded_by name NOT NULL DEFAULT SESSION_USER,
    PRIMARY KEY (license, line)
);
COMMENT ON TABLE control_list.license_use IS
'ledger of the licenses: written by draw_license() and return_license() alone, never changed';
COMMENT ON COLUMN control_list.license_use.license IS
'number of the license';
COMMENT ON COLUMN control_list.license_use.line IS
'number of the line among those of the license: 1, 2, 3 ...';
COMMENT ON COLUMN control_list.license_use.reference IS
'what it was drawn for, for example an order';
COMMENT ON COLUMN control_list.license_use.quantity IS
'quantity drawn; negative: returned';
COMMENT ON COLUMN control_list.license_use.unit IS
'unit of the quantity';
COMMENT ON COLUMN control_list.license_use.value IS
'value drawn; negative: returned';
COMMENT ON COLUMN control_list.license_use.currency IS
'currency of the value';
COMMENT ON COLUMN control_list.license_use.returns IS
'the line of the same license that this one takes back; NULL: it is a draw';
COMMENT ON COLUMN control_list.license_use.total_quantity IS
'sum of the quantities up to this line; NULL: the license counts none';
COMMENT ON COLUMN control_list.license_use.total_value IS
'sum of the values up to this line; NULL: the license counts none';
COMMENT ON COLUMN control_list.license_use.used_at IS
'when it was drawn, by which it falls into a quota_period; a return has the time of the line that it takes back';
COMMENT ON COLUMN control_list.license_use.recorded_at IS
'when the line was written';
COMMENT ON COLUMN control_list.license_use.recorded_by IS
'whose session wrote it';

CREATE UNIQUE INDEX license_use_returns_idx ON control_list.license_use (license, returns) WHERE returns IS NOT NULL;
CREATE INDEX license_use_used_at_idx ON control_list.license_use (license, used_at);
CREATE INDEX license_use_reference_idx ON control_list.license_use (reference);

SELECT pg_catalog.pg_extension_config_dump('control_list.license', '');
SELECT pg_catalog.pg_extension_config_dump('control_list.license_use', '');

-- ---- checks ----

CREATE FUNCTION control_list.check_license(license_number text, inserted boolean) RETURNS void
LANGUAGE plpgsql STABLE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    l control_list.license;
    last_use control_list.license_use;
BEGIN
    SELECT * INTO last_use FROM control_list.license_use AS u
    WHERE u.license = license_number ORDER BY u.line DESC LIMIT 1;
    SELECT * INTO l FROM control_list.license WHERE number = license_number;
    IF l.number IS NULL THEN
        IF last_use.line IS NULL THEN
            RETURN;
        END IF;
        RAISE EXCEPTION 'license % has been drawn from', quote_literal(license_number)
            USING ERRCODE = 'foreign_key_violation',
                  HINT = 'End its validity instead.';
    END IF;
    IF NOT control_list.is_restored(l.recorded, inserted) THEN
        PERFORM control_list.refuse_unknown_list(l.list);
        PERFORM control_list.refuse_unknown_group(l.destinations, 'license ' || l.number);
    END IF;
    IF last_use.line IS NOT NULL
       AND ((l.unit IS NULL) <> (last_use.total_quantity IS NULL) OR l.unit <> last_use.unit
            OR (l.currency IS NULL) <> (last_use.total_value IS NULL) OR l.currency <> last_use.currency) THEN
        RAISE EXCEPTION 'license % has been drawn from in another unit or currency', quote_literal(license_number)
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  HINT = 'Record what is left as a license of another number.';
    END IF;
END
$$;
COMMENT ON FUNCTION control_list.check_license(text, boolean) IS
'refuses a license whose list or group does not exist, the end or a new number of a license that was drawn from (SQLSTATE 23503), and another unit or currency for it (55000)';

CREATE TRIGGER license_check
    AFTER INSERT OR UPDATE OR DELETE ON control_list.license
    FOR EACH ROW EXECUTE FUNCTION control_list.check_rows();
COMMENT ON TRIGGER license_check ON control_list.license IS
'list and groups exist, and what was drawn from a license stays counted';

CREATE FUNCTION control_list.keep_ledger() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'lines of table % are never changed', TG_TABLE_NAME
        USING ERRCODE = 'object_not_in_prerequisite_state',
              HINT = 'control_list.return_license() takes back what was drawn.';
END
$$;
COMMENT ON FUNCTION control_list.keep_ledger() IS
'trigger of control_list.license_use: refuses UPDATE, DELETE and TRUNCATE (SQLSTATE 55000)';

CREATE TRIGGER keep_ledger
    BEFORE UPDATE OR DELETE OR TRUNCATE ON control_list.license_use
    FOR EACH STATEMENT EXECUTE FUNCTION control_list.keep_ledger();
ALTER TABLE control_list.license_use ENABLE ALWAYS TRIGGER keep_ledger;
COMMENT ON TRIGGER keep_ledger ON control_list.license_use IS
'the ledger only grows';

-- ---- what is left ----

CREATE FUNCTION control_list.license_left(number text, "besides" text[] DEFAULT NULL)
RETURNS TABLE (quantity numeric, value numeric)
LANGUAGE sql STABLE PARALLEL SAFE COST 100 ROWS 1
BEGIN ATOMIC
    SELECT l.max_quantity - coalesce(used.quantity, 0) + coalesce(own.quantity, 0),
           l.max_value - coalesce(used.value, 0) + coalesce(own.value, 0)
    FROM control_list.license AS l
    LEFT JOIN control_list.list AS i ON i.code = l.list
    CROSS JOIN LATERAL (SELECT coalesce(i.time_zone, 'UTC') AS name) AS zone
    CROSS JOIN LATERAL (SELECT (pg_catalog.now() AT TIME ZONE zone.name - l.quota_period) AT TIME ZONE zone.name AS since) AS quota
    CROSS JOIN LATERAL (
        SELECT pg_catalog.sum(u.quantity) AS quantity, pg_catalog.sum(u.value) AS value
        FROM ((SELECT t.total_quantity AS quantity, t.total_value AS value
               FROM control_list.license_use AS t
               WHERE t.license = l.number AND l.quota_period IS NULL
               ORDER BY t.line DESC LIMIT 1)
              UNION ALL
              SELECT t.quantity, t.value
              FROM control_list.license_use AS t
              WHERE t.license = l.number AND t.used_at > quota.since
             ) AS u) AS used
    CROSS JOIN LATERAL (
        SELECT pg_catalog.sum(t.quantity) AS quantity, pg_catalog.sum(t.value) AS value
        FROM control_list.license_use AS t
        WHERE t.license = l.number AND t.reference = ANY ("besides") AND (l.quota_period IS NULL OR t.used_at > quota.since)) AS own
    WHERE l.number = license_left.number;
END;
COMMENT ON FUNCTION control_list.license_left(text, text[]) IS
'quantity and value that may still be drawn from a license, as the snapshot sees it, and as if all were returned that was drawn for the references besides; NULL: no limit; no row if there is no such license';

-- ---- which to draw from ----

CREATE FUNCTION control_list.covering_licenses(
    hs_code text,
    destination text,
    ship_date date,
    via text[] DEFAULT NULL,
    attributes jsonb DEFAULT NULL,
    licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL,
    tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS text[]
LANGUAGE C STABLE PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME', 'covering_licenses_date';
COMMENT ON FUNCTION control_list.covering_licenses(text, text, date, text[], jsonb, text[], text[], text, timestamptz) IS
'the licenses by which hits of a shipment are licensed, each once: for each hit the first of those named that permits it. In an order that is always the same, so that two that draw from them do not wait for each other';

CREATE FUNCTION control_list.covering_licenses_at(
    hs_code text,
    destination text,
    at timestamptz,
    via text[] DEFAULT NULL,
    attributes jsonb DEFAULT NULL,
    licenses text[] DEFAULT NULL,
    jurisdictions text[] DEFAULT NULL,
    tariff text DEFAULT NULL,
    known_at timestamptz DEFAULT NULL)
RETURNS text[]
LANGUAGE C STABLE PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME', 'covering_licenses_instant';
COMMENT ON FUNCTION control_list.covering_licenses_at(text, text, timestamptz, text[], jsonb, text[], text[], text, timestamptz) IS
'the licenses by which hits of a shipment at an instant are licensed, as covering_licenses()';

-- ---- draw and return ----

CREATE FUNCTION control_list.append_use(
    l control_list.license,
    reference text,
    quantity numeric,
    unit text,
    value numeric,
    currency text,
    returns bigint DEFAULT NULL,
    used_at timestamptz DEFAULT pg_catalog.clock_timestamp())
RETURNS void
-- its callers have pinned the search_path, and every draw waits for it
LANGUAGE plpgsql VOLATILE COST 100
AS $$
BEGIN
    INSERT INTO control_list.license_use
        (license, line, reference, quantity, unit, value, currency, returns, used_at, total_quantity, total_value)
    SELECT l.number, coalesce(last.line, 0) + 1, append_use.reference, append_use.quantity, append_use.unit,
           append_use.value, append_use.currency, append_use.returns, append_use.used_at,
           CASE WHEN l.unit IS NOT NULL THEN coalesce(last.total_quantity, 0) + append_use.quantity END,
           CASE WHEN l.currency IS NOT NULL THEN coalesce(last.total_value, 0) + append_use.value END
    FROM (VALUES (true)) AS one
    LEFT JOIN (SELECT u.line, u.total_quantity, u.total_value FROM control_list.license_use AS u
               WHERE u.license = l.number ORDER BY u.line DESC LIMIT 1) AS last ON true
    -- a line that the snapshot does not see: above READ COMMITTED this is an error by itself
    ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'could not serialize access to the ledger of license %', quote_literal(l.number)
            USING ERRCODE = 'serialization_failure';
    END IF;
END
$$;
COMMENT ON FUNCTION control_list.append_use(control_list.license, text, numeric, text, numeric, text, bigint, timestamptz) IS
'writes the next line of the ledger of a license whose row the caller has locked; SQLSTATE 40001 if there is one that the snapshot does not see';

CREATE FUNCTION control_list.draw_license(
    number text,
    quantity numeric,
    value numeric,
    reference text,
    unit text DEFAULT NULL,
    currency text DEFAULT NULL,
    ship_date date DEFAULT NULL,
    OUT quantity_left numeric,
    OUT value_left numeric)
-- with the rights of the owner, so that whoever may draw need not be able to write the ledger otherwise
LANGUAGE plpgsql VOLATILE SECURITY DEFINER COST 1000
SET search_path = pg_catalog, pg_temp
-- the ledger is read by its indexes, however small it was when somebody last looked
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
AS $$
DECLARE
    l control_list.license;
    day date := ship_date;
BEGIN
    IF coalesce(reference, '') = '' THEN
        RAISE EXCEPTION 'a draw needs a reference'
            USING ERRCODE = 'null_value_not_allowed',
                  HINT = 'Name the order, so that return_license() can take it back.';
    END IF;
    IF NOT (quantity > 0 AND quantity < 'Infinity') OR NOT (value >= 0 AND value < 'Infinity') OR NOT isfinite(ship_date) THEN
        RAISE EXCEPTION 'a draw must be of a quantity above zero, a value not below it, and a finite date'
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'return_license() takes back what was drawn.';
    END IF;

    -- Whoever draws waits here for the others.  What these have drawn meanwhile is seen by the
    -- statements that follow, not by this one.
    SELECT * INTO l FROM control_list.license AS x WHERE x.number = draw_license.number FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'license % does not exist', coalesce(quote_literal(number), 'NULL')
            USING ERRCODE = 'LC001',
                  HINT = 'Record it in control_list.license, or correct the number.';
    END IF;

    IF day IS NULL THEN
        SELECT (now() AT TIME ZONE i.time_zone)::date INTO day FROM control_list.list AS i WHERE i.code = l.list;
    END IF;
    IF day < lower(l.valid) THEN
        RAISE EXCEPTION 'license % is not yet valid', quote_literal(number)
            USING ERRCODE = 'LC002',
                  DETAIL = format('Its first day is %s, and it is drawn from on %s.',
                                  to_char(lower(l.valid), 'YYYY-MM-DD'), to_char(day, 'YYYY-MM-DD'));
    ELSIF (l.valid @> day) IS NOT TRUE THEN
        RAISE EXCEPTION 'license % has expired', quote_literal(number)
            USING ERRCODE = 'LC003',
                  DETAIL = format('Its last day was %s, and it is drawn from on %s.',
                                  to_char(upper(l.valid) - 1, 'YYYY-MM-DD'), to_char(day, 'YYYY-MM-DD'));
    END IF;

    IF (l.unit IS NOT NULL AND quantity IS NULL) OR (l.currency IS NOT NULL AND value IS NULL) THEN
        RAISE EXCEPTION 'license % counts what is drawn', quote_literal(number)
            USING ERRCODE = 'null_value_not_allowed',
                  DETAIL = 'A draw must say ' || concat_ws(' and ', 'the quantity in ' || l.unit, 'the value in ' || l.currency) || '.';
    END IF;
    IF l.unit <> coalesce(unit, '') THEN
        RAISE EXCEPTION 'license % is counted in %, not in %', quote_literal(number), l.unit, coalesce(unit, 'an unknown unit')
            USING ERRCODE = 'LC005',
                  HINT = 'Convert the quantity.';
    END IF;
    IF l.currency <> coalesce(currency, '') THEN
        RAISE EXCEPTION 'license % is counted in %, not in %', quote_literal(number), l.currency, coalesce(currency, 'an unknown currency')
            USING ERRCODE = 'LC006',
                  HINT = 'Convert the value.';
    END IF;

    SELECT r.quantity, r.value INTO quantity_left, value_left FROM control_list.license_left(number) AS r;
    IF quantity_left < quantity OR value_left < value THEN
        RAISE EXCEPTION 'license % is used up', quote_literal(number)
            USING ERRCODE = 'LC004',
                  DETAIL = concat_ws(' ',
                      CASE WHEN quantity_left < quantity THEN format('Of %s %s, %s are left, and %s are to be drawn.',
                               l.max_quantity, l.unit, greatest(quantity_left, 0), quantity) END,
                      CASE WHEN value_left < value THEN format('Of %s %s, %s are left, and %s are to be drawn.',
                               l.max_value, l.currency, greatest(value_left, 0), value) END,
                      'What was drawn counts for ' || l.quota_period || '.');
    END IF;
    PERFORM control_list.append_use(l, reference, quantity, unit, value, currency);
    quantity_left := quantity_left - quantity;
    value_left := value_left - value;
END
$$;
COMMENT ON FUNCTION control_list.draw_license(text, numeric, numeric, text, text, text, date) IS
'draws a quantity and a value from a license for a reference (an order), on a day (NULL: today, by the clock of its list), and returns what is left (NULL: no limit). It waits for others that draw from the license, never overdraws it, and does not ask whether it permits the goods: screening does. SQLSTATE LC001 no such license, LC002 not yet valid, LC003 expired, LC004 used up, LC005 another unit, LC006 another currency, 22004 something needed is NULL, 22023 a number or date that makes no sense, 40001 another transaction has drawn (REPEATABLE READ and above: try again)';

CREATE FUNCTION control_list.return_license(reference text) RETURNS bigint
-- with the rights of the owner, as draw_license()
LANGUAGE plpgsql VOLATILE SECURITY DEFINER COST 1000
SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
AS $$
DECLARE
    l control_list.license;
    u control_list.license_use;
    returned bigint := 0;
BEGIN
    -- in an order, so that two that return do not wait for each other
    FOR l IN
        SELECT * FROM control_list.license AS x
        WHERE x.number IN (SELECT d.license FROM control_list.license_use AS d WHERE d.reference = return_license.reference)
        ORDER BY x.number COLLATE "C"
        FOR NO KEY UPDATE
    LOOP
        FOR u IN
            SELECT * FROM control_list.license_use AS d
            WHERE d.license = l.number AND d.reference = return_license.reference AND d.returns IS NULL
              AND NOT EXISTS (SELECT FROM control_list.license_use AS r WHERE r.license = d.license AND r.returns = d.line)
            ORDER BY d.line
        LOOP
            PERFORM control_list.append_use(l, u.reference, -u.quantity, u.unit, -u.value, u.currency, u.line, u.used_at);
            returned := returned + 1;
        END LOOP;
    END LOOP;
    RETURN returned;
END
$$;
COMMENT ON FUNCTION control_list.return_license(text) IS
'takes back all that was drawn for a reference and not yet returned, from every license, and returns how many draws these were (0: none). SQLSTATE 40001 as for draw_license()';

REVOKE EXECUTE ON FUNCTION
    control_list.append_use(control_list.license, text, numeric, text, numeric, text, bigint, timestamptz),
    control_list.draw_license(text, numeric, numeric, text, text, text, date),
    control_list.return_license(text)
FROM PUBLIC;
