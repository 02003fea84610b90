-- How benchmarks measure: contenders do the same work in turns, A B A B, and the fastest
-- run of each counts.  Time is taken in the server around one statement, so it holds no
-- start of a client.  Contenders that give different answers, or that do not use the
-- index that they are about, are not compared.

CREATE SCHEMA bench;
SET search_path = bench, public;

CREATE TABLE contender (
    no int GENERATED ALWAYS AS IDENTITY,
    race text NOT NULL,
    name text NOT NULL,
    statement text NOT NULL,        -- what is timed
    before text,                    -- what is done before each run, and after it
    after text,
    index text,                     -- the index that it must use
    node text,                      -- the node of the plan that uses it
    milliseconds float8[],
    PRIMARY KEY (race, name)
);
CREATE TABLE result (
    no int GENERATED ALWAYS AS IDENTITY,
    work text, ours_name text, ours float8, theirs_name text, theirs float8, unit text, target float8, target_words text, remark text
);
CREATE TABLE note (no int GENERATED ALWAYS AS IDENTITY, note text);

CREATE VIEW report AS
SELECT no, work, ours_name, round(ours::numeric, CASE WHEN ours < 10 THEN 2 WHEN ours < 1000 THEN 1 ELSE 0 END) AS ours,
       theirs_name, round(theirs::numeric, CASE WHEN theirs < 10 THEN 2 WHEN theirs < 1000 THEN 1 ELSE 0 END) AS theirs,
       unit, round((ours / theirs)::numeric, 2) AS ratio, coalesce(target_words, 'at most ' || round(target::numeric, 2)) AS target,
       coalesce(remark, CASE WHEN ours / theirs <= target THEN 'reached' WHEN target IS NOT NULL THEN 'NOT REACHED' END) AS remark
FROM result;

-- The kind of node by which a statement looks something up in an index, NULL if it does not.
CREATE FUNCTION node_of(statement text, index text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    plan json;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT JSON, COSTS OFF) ' || statement INTO plan;
    RETURN (SELECT min(node ->> 'Node Type')
            FROM jsonb_path_query(plan::jsonb, 'strict $.** ? (@."Index Name" == $index && exists (@."Index Cond"))', jsonb_build_object('index', index), true) AS node);
END
$$;

-- Strikes out who uses no index or answers differently from the first.
CREATE PROCEDURE admit(which text) LANGUAGE plpgsql AS $$
DECLARE
    c contender;
    answer text;
    first_answer text;
BEGIN
    FOR c IN SELECT * FROM contender WHERE race = which AND index IS NOT NULL ORDER BY no LOOP
        UPDATE contender SET node = node_of(c.statement, c.index) WHERE race = which AND name = c.name RETURNING node INTO c.node;
        EXECUTE c.statement INTO answer;
        first_answer := coalesce(first_answer, answer);
        IF c.node IS NULL THEN
            INSERT INTO note (note) VALUES (format('%s: %s is not measured, its plan does not use the index', which, c.name));
            DELETE FROM contender WHERE race = which AND name = c.name;
        ELSIF answer IS DISTINCT FROM first_answer THEN
            RAISE 'race %: % answers %, others %', which, c.name, answer, first_answer;
        END IF;
    END LOOP;
END
$$;

CREATE PROCEDURE race(which text, runs int) LANGUAGE plpgsql AS $$
DECLARE
    c contender;
    started timestamptz;
    elapsed float8;
BEGIN
    CALL admit(which);
    COMMIT;
    FOR run IN 1 .. runs LOOP
        FOR c IN SELECT * FROM contender WHERE race = which ORDER BY no LOOP
            IF c.before IS NOT NULL THEN
                EXECUTE c.before;
            END IF;
            started := clock_timestamp();
            EXECUTE c.statement;
            elapsed := extract(epoch FROM clock_timestamp() - started) * 1000;
            IF c.after IS NOT NULL THEN
                EXECUTE c.after;
            END IF;
            UPDATE contender SET milliseconds = milliseconds || elapsed WHERE race = which AND name = c.name;
        END LOOP;
        COMMIT;
    END LOOP;
END
$$;

-- One row of the report: the fastest runs of two contenders, milliseconds divided by "per".
CREATE PROCEDURE compare(which text, ours text, theirs text, work text, unit text, per float8, target float8 DEFAULT NULL) LANGUAGE plpgsql AS $$
DECLARE
    a contender;
    b contender;
BEGIN
    SELECT * INTO a FROM contender WHERE race = which AND name = ours;
    SELECT * INTO b FROM contender WHERE race = which AND name = theirs;
    IF a.node IS DISTINCT FROM b.node AND a.name IS NOT NULL AND b.name IS NOT NULL THEN
        INSERT INTO note (note) VALUES (format('%s: %s (%s) and %s (%s) are not compared, their plans differ', work, ours, a.node, theirs, b.node));
    ELSIF a.name IS NOT NULL AND b.name IS NOT NULL THEN
        INSERT INTO result (work, ours_name, ours, theirs_name, theirs, unit, target)
        SELECT compare.work, ours, min(m) / per, theirs, (SELECT min(m) FROM unnest(b.milliseconds) AS m) / per, compare.unit, compare.target
        FROM unnest(a.milliseconds) AS m;
    END IF;
END
$$;
