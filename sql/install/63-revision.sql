-- Revisions: what each has changed, and how one is taken back.

-- Everything is counted by date: a revision that is to come takes effect by itself, and one
-- that was withdrawn ends.
CREATE VIEW control_list.revision_history AS
SELECT r.list, r.label, r.announced, r.effective, r.withdrawn,
       CASE WHEN r.withdrawn <= greatest(r.effective, t.today) THEN 'withdrawn'
            WHEN r.effective > t.today THEN 'announced'
            WHEN r.effective < (SELECT pg_catalog.max(o.effective) FROM control_list.revision AS o
                                WHERE o.list = r.list AND o.effective <= t.today
                                  AND (o.withdrawn <= greatest(o.effective, t.today)) IS NOT TRUE)
                THEN 'replaced'
            WHEN r.effective <= t.today THEN 'in force'
       END AS state,
       c.added, c.removed, c.in_force, r.source, r.sha256
FROM control_list.revision AS r
JOIN control_list.list AS l ON l.code = r.list
CROSS JOIN LATERAL (SELECT (pg_catalog.now() AT TIME ZONE l.time_zone)::date AS today) AS t
LEFT JOIN LATERAL (
    SELECT pg_catalog.count(*) FILTER (WHERE i.after AND NOT i.before) AS added,
           pg_catalog.count(*) FILTER (WHERE i.before AND NOT i.after) AS removed,
           pg_catalog.count(*) FILTER (WHERE i.after) AS in_force
    FROM (SELECT e.item,
                 pg_catalog.bool_or(e.valid @> r.effective) AS after,
                 pg_catalog.bool_or(e.valid @> (r.effective - 1)) AS before
          FROM control_list.entry AS e WHERE e.list = r.list
          GROUP BY e.item) AS i
) AS c ON r.effective IS NOT NULL;
COMMENT ON VIEW control_list.revision_history IS
'revisions with their state today, by the clock of the list (announced, in force, replaced, withdrawn), and the numbers of items that their effective date adds, removes and leaves in force; items in words count, too';

CREATE FUNCTION control_list.revision_day(list text, label text) RETURNS date
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    effective date;
BEGIN
    SELECT r.effective INTO effective
    FROM control_list.revision AS r
    WHERE r.list = revision_day.list AND r.label = revision_day.label;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'revision % of list % does not exist',
            coalesce(quote_literal(label), 'NULL'), coalesce(quote_literal(list), 'NULL')
            USING ERRCODE = 'no_data_found',
                  HINT = 'control_list.revision_history shows the revisions that there are.';
    END IF;
    IF effective IS NULL THEN
        RAISE EXCEPTION 'revision % of list % has no effective date', quote_literal(label), list
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  HINT = 'Set effective in control_list.revision first.';
    END IF;
    RETURN effective;
END
$$;
COMMENT ON FUNCTION control_list.revision_day(text, text) IS
'the effective date of a revision; SQLSTATE P0002 if there is none of that label, 55000 if it has no date';

CREATE FUNCTION control_list.revision_diff(list text, a text, b text)
RETURNS TABLE (change text, item text, codes_added @extschema@.hsmultirange, codes_removed @extschema@.hsmultirange,
               columns text[])
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 ROWS 100
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    day_a CONSTANT date := control_list.revision_day(list, a);
    day_b CONSTANT date := control_list.revision_day(list, b);
BEGIN
    RETURN QUERY
    WITH state AS MATERIALIZED (
        SELECT e.*, s.is_b,
               @extschema@.hsmultirange(e.codes) OPERATOR(@extschema@.-) coalesce(e.except_codes, '{}') AS listed
        FROM control_list.entry AS e
        JOIN (VALUES (false, day_a), (true, day_b)) AS s (is_b, day) ON e.valid @> s.day
        WHERE e.list = revision_diff.list
    ),
    item AS (
        SELECT s.item,
               CASE WHEN bool_and(s.is_b) THEN 'added' WHEN bool_or(s.is_b) THEN 'changed' ELSE 'removed' END AS change,
               coalesce(@extschema@.range_agg(s.listed) FILTER (WHERE NOT s.is_b), '{}') AS before,
               coalesce(@extschema@.range_agg(s.listed) FILTER (WHERE s.is_b), '{}') AS after
        FROM state AS s
        GROUP BY s.item
    ),
    differing AS (
        SELECT s.item, c.name
        FROM state AS s,
             LATERAL (VALUES ('codes', s.codes::text), ('except_codes', s.except_codes::text), ('ex', s.ex::text),
                             ('destinations', s.destinations::text), ('measure', s.measure::text),
                             ('applies_if', s.applies_if::text), ('exempt_if', s.exempt_if::text),
                             ('remark', s.remark)) AS c (name, value)
        GROUP BY s.item, c.name
        HAVING array_agg(c.value ORDER BY c.value) FILTER (WHERE s.is_b)
               IS DISTINCT FROM array_agg(c.value ORDER BY c.value) FILTER (WHERE NOT s.is_b)
    ),
    difference AS (
        SELECT i.*, (SELECT array_agg(d.name ORDER BY d.name) FROM differing AS d WHERE d.item = i.item) AS columns
        FROM item AS i
    )
    SELECT d.change, d.item, d.after OPERATOR(@extschema@.-) d.before, d.before OPERATOR(@extschema@.-) d.after,
           CASE WHEN d.change = 'changed' THEN d.columns END
    FROM difference AS d
    WHERE d.change <> 'changed' OR d.columns IS NOT NULL
    ORDER BY d.change, d.item;
END
$$;
COMMENT ON FUNCTION control_list.revision_diff(text, text, text) IS
'how the items in force differ between the effective dates of two revisions: added, removed or changed, the codes that came and went, and for a change the columns that differ';

CREATE FUNCTION control_list.withdraw_revision(list text, label text, on_date date) RETURNS void
LANGUAGE plpgsql VOLATILE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    effective CONSTANT date := control_list.revision_day(list, label);
    ended record;
BEGIN
    IF isfinite(on_date) IS NOT TRUE THEN
        RAISE EXCEPTION 'the day on which a revision is withdrawn must be finite'
            USING ERRCODE = 'invalid_parameter_value',
                  HINT = 'Give the first day on which it no longer holds.';
    END IF;
    -- from here on no other editor comes in between
    UPDATE control_list.revision AS r SET withdrawn = on_date
    WHERE r.list = withdraw_revision.list AND r.label = withdraw_revision.label AND r.withdrawn IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'revision % of list % is already withdrawn', quote_literal(label), list
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;

    -- what it brought ends, or never comes into force: the history keeps it
    DELETE FROM control_list.entry AS e
    WHERE e.list = withdraw_revision.list AND e.revision = withdraw_revision.label
      AND lower(e.valid) >= greatest(effective, on_date);
    UPDATE control_list.entry AS e SET valid = e.valid * daterange(NULL, on_date)
    WHERE e.list = withdraw_revision.list AND e.revision = withdraw_revision.label
      AND lower(e.valid) >= effective AND e.valid && daterange(on_date, NULL);

    -- what it ended goes on, or comes back, until it was to end before
    FOR ended IN
        SELECT DISTINCT ON (e.id) e.id, upper(h.valid) AS until
        FROM control_list.entry AS e
        JOIN control_list.entry_history AS h ON h.id = e.id AND h.list = e.list
        WHERE e.list = withdraw_revision.list AND e.revision IS DISTINCT FROM withdraw_revision.label
          AND upper(e.valid) = effective AND coalesce(upper(h.valid) > greatest(effective, on_date), true)
        ORDER BY e.id, upper(h.recorded) DESC
    LOOP
        IF on_date <= effective THEN
            UPDATE control_list.entry AS e SET valid = daterange(lower(e.valid), ended.until) WHERE e.id = ended.id;
        ELSE
            INSERT INTO control_list.entry
                (list, item, codes, except_codes, ex, destinations, measure, valid, applies_if, exempt_if, remark, revision)
            SELECT e.list, e.item, e.codes, e.except_codes, e.ex, e.destinations, e.measure,
                   daterange(on_date, ended.until), e.applies_if, e.exempt_if, e.remark, e.revision
            FROM control_list.entry AS e WHERE e.id = ended.id;
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION control_list.withdraw_revision(text, text, date) IS
'ends a revision that was stayed or withdrawn, from a day on: what it brought ends or never comes into force, and what ended on its effective date goes on, as the history knows it; SQLSTATE P0002 if there is no such revision, 55000 if it is withdrawn already or has no date, 22023 for a day that is none';
