-- Why?  All hits of shipments that hit, by us and by the reference, which is the same in plain SQL.

\ir ../../reference.sql

CREATE TABLE hit AS
WITH listed AS MATERIALIZED (
    SELECT id, hs, CASE WHEN id % 10 = 0 THEN 'BY' ELSE 'RU' END AS destination, ship_date FROM shipment
    WHERE screen_shipment(hs, 'RU', ship_date) >= 'license_required' LIMIT :hits)
SELECT row_number() OVER (ORDER BY turn, id) AS id, hs, destination, ship_date
FROM listed, generate_series(1, (SELECT 1 + :hits / count(*) FROM listed)) AS turn
ORDER BY turn, listed.id LIMIT :hits;
CREATE TABLE few_hits AS SELECT * FROM hit ORDER BY id LIMIT :reference;
VACUUM ANALYZE hit;
VACUUM ANALYZE few_hits;

CREATE FUNCTION all_hits(schema text, shipments text) RETURNS text LANGUAGE sql AS $$
    SELECT format('SELECT concat_ws('' '', count(*), sum(h.entry_id), min(h.verdict), max(h.verdict), count(*) FILTER (WHERE h.matched = ''full''))
                   FROM %s AS s, %s.screening_hits(s.hs, s.destination, s.ship_date) AS h', shipments, schema)
$$;
INSERT INTO contender (race, name, statement, agrees, pieces)
VALUES ('hits', 'reference', all_hits('reference', 'few_hits'), true, :reference),
       ('hits', 'screening_hits, as few', all_hits('public', 'few_hits'), true, :reference),
       ('hits', 'screening_hits', all_hits('public', 'hit'), false, :hits);
CALL race('hits', :runs);
CALL compare('hits', 'screening_hits', 'reference', 'all hits of a shipment that hits', 'ns', 1e-6, 0.05);
