-- Lists that change, and two ways to look at them, for the tests of what a
-- screening sees.  Each look asks the oracle the same question with the same
-- snapshot, and says so if it disagrees.
\set srcdir `echo "${PG_ABS_SRCDIR:-.}"`
\set reference :srcdir '/test/reference.sql'
SET client_min_messages = warning;
SET jit = off;      -- takes longer than the queries of the oracle
SET enable_seqscan = off;       -- commands visit the entries of a list in the order of their items
SET enable_bitmapscan = off;
\o /dev/null
\i :reference
\o
RESET client_min_messages;

INSERT INTO control_list.list (code, title, destinations) VALUES ('L', 'a list', '{RU}');
INSERT INTO control_list.entry (list, item, codes) VALUES ('L', 'always', '9301');

-- the verdicts that are not not_listed, of headings that the tests list
CREATE VIEW verdicts AS
    SELECT engine.found AS engine, oracle.found AS oracle
    FROM (SELECT string_agg(c || ' ' || v, ', ' ORDER BY c) AS found
          FROM unnest('{8541,8542,8543,8544}'::text[]) AS c, screen_shipment(c, 'RU', '2024-09-09') AS v
          WHERE v <> 'not_listed') AS engine,
         (SELECT string_agg(c || ' ' || v, ', ' ORDER BY c) AS found
          FROM (SELECT c, max(h.verdict) AS v
                FROM unnest('{8541,8542,8543,8544}'::text[]) AS c, reference.screening_hits(c, 'RU', '2024-09-09') AS h
                GROUP BY c) AS hits) AS oracle;

-- as the statement that calls it
CREATE FUNCTION glance() RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT CASE WHEN engine IS NOT DISTINCT FROM oracle THEN coalesce(engine, 'nothing')
                        ELSE format('WRONG: %s, should be: %s', engine, oracle) END
            FROM verdicts);
END
$$;

-- as of this moment, also in the middle of the statement that calls it
CREATE FUNCTION look() RETURNS text LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    RETURN glance();
END
$$;

-- a screening without a query around it
CREATE FUNCTION ask(code text) RETURNS screening_verdict LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    RETURN screen_shipment(code, 'RU', '2024-09-09');
END
$$;
