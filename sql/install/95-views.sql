-- Views for people: what is there, and is it in order?

CREATE VIEW control_list.status AS
SELECT 'list' AS part, l.code AS name, f.label AS revision, f.effective, n.label AS next_revision, n.effective AS next_effective,
       e.in_force AS entries, i.imported AS last_import, a.days AS age,
       CASE WHEN NOT l.enabled THEN 'it is disabled, so that screening does not read it'
            WHEN e.coded = 0 THEN 'it has no entry with codes, so that nothing is on it'
            WHEN a.days >= 180 AND n.label IS NULL THEN pg_catalog.format('no revision for %s days', a.days)
       END AS problem
FROM control_list.list AS l
CROSS JOIN LATERAL (SELECT (pg_catalog.now() AT TIME ZONE l.time_zone)::date AS today) AS t
CROSS JOIN LATERAL (
    SELECT pg_catalog.count(*) FILTER (WHERE e.codes IS NOT NULL AND e.valid @> t.today) AS in_force,
           pg_catalog.count(e.codes) AS coded,
           (pg_catalog.max(pg_catalog.lower(e.recorded)) AT TIME ZONE l.time_zone)::date AS last_change
    FROM control_list.entry AS e WHERE e.list = l.code) AS e
LEFT JOIN LATERAL (
    SELECT h.label, h.effective FROM control_list.revision_history AS h
    WHERE h.list = l.code AND h.state = 'in force' ORDER BY h.label DESC LIMIT 1) AS f ON true
LEFT JOIN LATERAL (
    SELECT h.label, h.effective FROM control_list.revision_history AS h
    WHERE h.list = l.code AND h.state = 'announced' ORDER BY h.effective, h.label LIMIT 1) AS n ON true
CROSS JOIN LATERAL (
    SELECT pg_catalog.max(pg_catalog.lower(r.recorded)) AS imported
    FROM control_list.revision AS r WHERE r.list = l.code) AS i
CROSS JOIN LATERAL (SELECT t.today - coalesce(f.effective, e.last_change) AS days) AS a
UNION ALL
SELECT 'rulebook', 'of this session', NULL, NULL, NULL, NULL, r.entries, NULL, NULL,
       coalesce(r.problem, CASE WHEN r.entries = 0 THEN 'no enabled list has entries with codes, so that every answer is incomplete' END)
FROM control_list.rulebook_info() AS r
UNION ALL
SELECT 'protected table', p.target::text, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
       coalesce(control_list.protection_problem(p.target),
                (SELECT pg_catalog.format('rescreening has come to %s of %s blocks since %s', s.blocks_done, s.blocks, s.started_at)
                 FROM control_list.rescreening AS s WHERE s.target = p.target AND s.finished_at IS NULL))
FROM control_list.protected_table AS p
UNION ALL
SELECT 'log', 'control_list.screening_log', NULL, NULL, NULL, NULL, NULL, NULL, NULL,
       (SELECT pg_catalog.min(control_list.trigger_problem(m, 'control_list.keep_log', e))
        FROM control_list.members('control_list.screening_log') AS m, pg_catalog.unnest('{27,34}'::int[]) AS e)
UNION ALL
SELECT 'ledger', 'control_list.license_use', NULL, NULL, NULL, NULL, NULL, NULL, NULL,
       coalesce(control_list.trigger_problem('control_list.license_use', 'control_list.keep_ledger', 58),
                control_list.trigger_problem('control_list.license', 'control_list.check_rows', 29, always => false));
COMMENT ON VIEW control_list.status IS
'is everything in order? one row for each list, for the rulebook, for each protected table, for the log of screenings and for the ledger of licenses, with what is wrong about it (NULL: nothing); days are those of the list';
COMMENT ON COLUMN control_list.status.part IS
'list, rulebook, protected table, log or ledger';
COMMENT ON COLUMN control_list.status.name IS
'its name';
COMMENT ON COLUMN control_list.status.revision IS
'the revision in force';
COMMENT ON COLUMN control_list.status.effective IS
'since when';
COMMENT ON COLUMN control_list.status.next_revision IS
'the next one';
COMMENT ON COLUMN control_list.status.next_effective IS
'when it takes effect';
COMMENT ON COLUMN control_list.status.entries IS
'entries with codes: of a list those in force today, of the rulebook all';
COMMENT ON COLUMN control_list.status.last_import IS
'when the last revision was recorded';
COMMENT ON COLUMN control_list.status.age IS
'days since the revision in force took effect or, without one, since an entry was changed';
COMMENT ON COLUMN control_list.status.problem IS
'what a person should look at; NULL: nothing';

CREATE VIEW control_list.entry_search AS
SELECT e.list, e.item, e.codes, e.except_codes, e.ex,
       ARRAY(SELECT DISTINCT coalesce(control_list.territory(coalesce(g.territory, d)), d)
             FROM pg_catalog.unnest(coalesce(e.destinations, l.destinations, '{*}')) AS d
             LEFT JOIN control_list.destination_group AS g ON d = '@' || g.name AND g.valid && e.valid
             ORDER BY 1) AS territories,
       coalesce(e.measure, l.measure) AS measure, e.valid, e.revision,
       l.enabled AND e.codes IS NOT NULL AND e.valid @> (pg_catalog.now() AT TIME ZONE l.time_zone)::date AS in_force,
       pg_catalog.concat_ws(' ', e.item, e.codes, e.remark, l.title, l.authority, l.legal_basis,
           (SELECT pg_catalog.string_agg(n.description, ' ' ORDER BY n.code, n.edition)
            FROM control_list.nomenclature AS n
            WHERE (n.code OPERATOR(@extschema@.<@) e.codes OR n.code OPERATOR(@extschema@.@>) e.codes) AND n.valid && e.valid)) AS words,
       e.remark, l.title, l.legal_basis, e.id
FROM control_list.entry AS e
JOIN control_list.list AS l ON l.code = e.list;
COMMENT ON VIEW control_list.entry_search IS
'entries as one looks for them: WHERE codes && ''8542'' AND territories && ''{RU,*}'' AND valid @> date ''2024-09-09'' AND words ILIKE ''%aircraft%''';
COMMENT ON COLUMN control_list.entry_search.list IS
'the list';
COMMENT ON COLUMN control_list.entry_search.item IS
'number or name of the item in the list';
COMMENT ON COLUMN control_list.entry_search.codes IS
'codes that the entry covers; NULL: an item described in words';
COMMENT ON COLUMN control_list.entry_search.except_codes IS
'codes taken out of codes';
COMMENT ON COLUMN control_list.entry_search.ex IS
'the law takes only part of the code';
COMMENT ON COLUMN control_list.entry_search.territories IS
'where it holds: its destinations or those of the list, groups resolved; * for everywhere';
COMMENT ON COLUMN control_list.entry_search.measure IS
'what it demands: its measure or that of the list';
COMMENT ON COLUMN control_list.entry_search.valid IS
'days on which it is in force';
COMMENT ON COLUMN control_list.entry_search.revision IS
'revision that brought it';
COMMENT ON COLUMN control_list.entry_search.in_force IS
'does a shipment of today meet it?';
COMMENT ON COLUMN control_list.entry_search.words IS
'all texts about it, descriptions of its codes in the nomenclature among them, to be searched with ILIKE';
COMMENT ON COLUMN control_list.entry_search.remark IS
'anything';
COMMENT ON COLUMN control_list.entry_search.title IS
'title of the list';
COMMENT ON COLUMN control_list.entry_search.legal_basis IS
'law or notice of the list';
COMMENT ON COLUMN control_list.entry_search.id IS
'number of the entry';
