-- Estimates for every heading and subheading of the real export rows: what share of them
-- is within a factor of 2, or 20 rows?

\if :{?orders}
\set january :orders '/nz_exports_2025_jan.csv'
\set february :orders '/nz_exports_2025_feb.csv'
CREATE TABLE export (month text, hs text, country text, uom text, fob text, quantity text, reexport_fob text, reexport_quantity text);
COPY export FROM :'january' WITH (FORMAT csv, HEADER);
COPY export FROM :'february' WITH (FORMAT csv, HEADER);
CREATE TABLE estimated AS SELECT hs::hscode AS hs, hs AS digits FROM export;
ANALYZE estimated;

CREATE FUNCTION estimate(condition text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
    plan json;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT JSON) SELECT FROM estimated WHERE ' || condition INTO plan;
    RETURN plan -> 0 -> 'Plan' ->> 'Plan Rows';
END
$$;
CREATE FUNCTION good(estimate float8, actual float8) RETURNS int LANGUAGE sql AS $$
    SELECT (abs(estimate - actual) <= 20 OR estimate BETWEEN actual / 2 AND actual * 2)::int
$$;
CREATE TABLE estimate AS
SELECT level, code, actual, estimate(format('hs <@ %L', code)) AS ours,
       estimate(format('hs >= %L::hscode AND hs < %L::hscode', code, hscode_from_number(hs_digits(code)::bigint + 1, hs_length(code)))) AS bounds,
       estimate(format('digits LIKE %L', hs_digits(code) || '%')) AS "like"
FROM (SELECT level, hs_truncate(hs, level) AS code, count(*) AS actual FROM estimated, unnest('{4,6}'::int[]) AS level GROUP BY 1, 2) AS c
WHERE code < '9999';
INSERT INTO result (work, ours_name, ours, theirs_name, theirs, unit, target_words, remark)
SELECT format('good estimates for %s %s', count(*), CASE level WHEN 4 THEN 'headings' ELSE 'subheadings' END), 'hs <@ code', 100 * avg(good(ours, actual)),
       theirs, 100 * avg(CASE theirs WHEN 'text LIKE' THEN good("like", actual) ELSE good(bounds, actual) END), '%', 'at least 95 %',
       CASE WHEN avg(good(ours, actual)) >= 0.95 THEN 'reached' ELSE 'NOT REACHED' END
FROM estimate, unnest('{bounds,text LIKE}'::text[]) AS theirs
GROUP BY level, theirs ORDER BY level, theirs;
\else
INSERT INTO note (note) VALUES ('the real export rows (../shared/data/orders) are not there; no estimates');
\endif
