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

-- A revision is recorded at the same instant as what its transaction did to the list.  Entries that are written by hand
-- in other transactions count, too, if they end on its day.
CREATE FUNCTION control_list.revision_undone(list text, label text, turn date)
RETURNS TABLE (id bigint, item text, problem text, is_one boolean, days_before daterange, days_after daterange,
               restored control_list.entry)
LANGUAGE sql STABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp
SET datestyle = 'ISO, YMD'
AS $$
    WITH r AS MATERIALIZED (
        SELECT r.*, EXISTS (SELECT FROM control_list.revision AS o
                            WHERE o.list = r.list AND o.label <> r.label AND lower(o.recorded) = lower(r.recorded)) AS is_one_of_many
        FROM control_list.revision AS r
        WHERE r.list = revision_undone.list AND r.label = revision_undone.label
    ),
    change AS (
        SELECT DISTINCT ON (h.id) h.id, h.item, r.is_one_of_many AND upper(h.recorded) = lower(r.recorded) AS is_doubtful,
               to_jsonb(h) - 'recorded' AS before, to_jsonb(v) - 'recorded' AS after, to_jsonb(e) - 'recorded' AS now
        FROM r
        JOIN control_list.entry_history AS h ON h.list = r.list AND h.revision IS DISTINCT FROM r.label
        LEFT JOIN control_list.entry AS e ON e.id = h.id
        LEFT JOIN (TABLE control_list.entry UNION ALL TABLE control_list.entry_history) AS v
            ON v.id = h.id AND lower(v.recorded) = upper(h.recorded)
        WHERE upper(h.recorded) = lower(r.recorded)
           OR upper(e.valid) = r.effective AND coalesce(upper(h.valid) > r.effective, true)
        ORDER BY h.id, upper(h.recorded) = lower(r.recorded) DESC, upper(h.recorded) DESC
    ),
    -- columns get back the values that the revision has changed; others may have been corrected since
    undo AS (
        SELECT c.*, jsonb_object_agg(b.key, b.value) AS columns, bool_or(c.now -> b.key IS DISTINCT FROM c.after -> b.key) AS is_changed_since
        FROM change AS c, jsonb_each(c.before) AS b
        WHERE c.after -> b.key IS DISTINCT FROM b.value
        GROUP BY c.id, c.item, c.is_doubtful, c.before, c.after, c.now
    )
    SELECT u.id, u.item,
           CASE WHEN u.is_doubtful THEN 'An entry was changed by a transaction that recorded other revisions, too.'
                WHEN u.is_changed_since THEN 'An entry has been changed again since.' END,
           u.now IS NOT NULL AND (isempty(d.before) OR u.columns - '{valid,remark}'::text[] = '{}' AND (isempty(d.after) OR d.before -|- d.after)),
           d.before, d.after, t.restored
    FROM undo AS u, LATERAL (SELECT jsonb_populate_record(NULL::control_list.entry, coalesce(u.now, '{}') || u.columns)) AS t (restored),
         LATERAL (SELECT coalesce((u.now ->> 'valid')::daterange * daterange(NULL, turn), 'empty'),
                         (t.restored).valid * daterange(turn, NULL)) AS d (before, after)
    -- from that day on it would be the same
    WHERE u.columns - 'valid' <> '{}' OR d.after <> (u.now ->> 'valid')::daterange * daterange(turn, NULL)
$$;
COMMENT ON FUNCTION control_list.revision_undone(text, text, date) IS
'entries that a revision has changed or deleted, as they would be from a day on if it had not, what they keep of the days before, and why somebody has to look at them first (NULL: nobody has); for control_list.withdraw_revision()';

CREATE FUNCTION control_list.withdraw_revision(list text, label text, on_date date) RETURNS void
LANGUAGE plpgsql VOLATILE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    effective CONSTANT date := control_list.revision_day(list, label);
    -- the first day on which the list is as if there had been no revision; what it says of earlier ones is a correction
    turn CONSTANT date := greatest(effective, on_date);
    doubt record;
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
    WHERE e.list = withdraw_revision.list AND e.revision = withdraw_revision.label AND lower(e.valid) >= turn;
    UPDATE control_list.entry AS e SET valid = e.valid * daterange(NULL, turn)
    WHERE e.list = withdraw_revision.list AND e.revision = withdraw_revision.label
      AND lower(e.valid) >= effective AND e.valid && daterange(turn, NULL);

    -- what it changed, ended or deleted is as before
    SELECT u.* INTO doubt FROM control_list.revision_undone(list, label, turn) AS u WHERE u.problem IS NOT NULL ORDER BY u.id LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'item % of list % cannot be as it was before revision %', doubt.item, list, quote_literal(label)
            USING ERRCODE = 'object_not_in_prerequisite_state',
                  DETAIL = doubt.problem,
                  HINT = 'Withdraw later revisions first, or write the entries by hand and set withdrawn in control_list.revision.';
    END IF;
    WITH undone AS MATERIALIZED (
        SELECT u.* FROM control_list.revision_undone(list, label, turn) AS u
    ),
    never_there AS (
        DELETE FROM control_list.entry AS e USING undone AS u
        WHERE e.id = u.id AND u.is_one AND isempty(u.days_before) AND isempty(u.days_after)
    ),
    as_before AS (
        UPDATE control_list.entry AS e
        SET item = (u.restored).item, codes = (u.restored).codes, except_codes = (u.restored).except_codes, ex = (u.restored).ex,
            destinations = (u.restored).destinations, measure = (u.restored).measure, valid = u.days_before + u.days_after,
            applies_if = (u.restored).applies_if, exempt_if = (u.restored).exempt_if, remark = (u.restored).remark
        FROM undone AS u
        WHERE e.id = u.id AND u.is_one AND NOT (isempty(u.days_before) AND isempty(u.days_after))
    ),
    ended AS (
        UPDATE control_list.entry AS e SET valid = u.days_before
        FROM undone AS u
        WHERE e.id = u.id AND NOT u.is_one AND e.valid <> u.days_before
    )
    INSERT INTO control_list.entry
        (list, item, codes, except_codes, ex, destinations, measure, valid, applies_if, exempt_if, remark, revision)
    SELECT list, (u.restored).item, (u.restored).codes, (u.restored).except_codes, (u.restored).ex, (u.restored).destinations,
           (u.restored).measure, u.days_after, (u.restored).applies_if, (u.restored).exempt_if, (u.restored).remark, (u.restored).revision
    FROM undone AS u
    WHERE NOT u.is_one AND NOT isempty(u.days_after)
    ORDER BY u.id;
END
$$;
COMMENT ON FUNCTION control_list.withdraw_revision(text, text, date) IS
'ends a revision that was stayed or withdrawn, from a day on, and not before its effective date: what it brought ends or never comes into force, and what it changed, ended or deleted is as before, as the history knows it; SQLSTATE P0002 if there is no such revision, 55000 if it is withdrawn already, has no date, or has changed what was changed again since, 22023 for a day that is none';
