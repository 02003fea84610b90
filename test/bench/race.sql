-- How benchmarks measure: contenders do the same work in turns, A B C C B A, and the fastest
-- run of each counts: who comes after one that reads the same finds it in the caches of the
-- processor, so none always comes first.  Time is taken in the server around one statement, so it holds no
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
    warm text,                      -- what is done when that is committed, so that the statement is not the first to see it
    index text,                     -- the index that it must use
    node text,                      -- the node of the plan that uses it
    agrees boolean NOT NULL DEFAULT false,  -- it must answer as the first of its race does; so must whoever uses an index
    pieces bigint NOT NULL DEFAULT 1,       -- of work that the statement does: times are compared for one piece
    milliseconds float8[],
    PRIMARY KEY (race, name)
);
CREATE TABLE result (
    no int GENERATED ALWAYS AS IDENTITY,
    work text, ours_name text, ours float8, theirs_name text, theirs float8, unit text,
    target float8,                  -- at most so many times theirs
    more float8,                    -- or: at most so many units more than theirs
    target_words text, remark text
);
CREATE TABLE note (no int GENERATED ALWAYS AS IDENTITY, note text);

CREATE FUNCTION rounded(number float8) RETURNS numeric LANGUAGE sql AS $$
    SELECT round(number::numeric, CASE WHEN number < 10 THEN 2 WHEN number < 1000 THEN 1 ELSE 0 END)
$$;
CREATE FUNCTION rounded_ratio(ratio float8) RETURNS numeric LANGUAGE sql AS $$
    SELECT round(ratio::numeric, CASE WHEN ratio < 0.1 THEN 4 ELSE 2 END)
$$;
CREATE VIEW report AS
SELECT no, work, ours_name, rounded(ours) AS ours, theirs_name, rounded(theirs) AS theirs, unit,
       CASE WHEN more IS NULL THEN rounded_ratio(ours / theirs)::text ELSE to_char(ours - theirs, 'FMSG9990.00 ') || unit END AS ratio,
       coalesce(target_words, 'at most ' || rounded_ratio(target), 'at most +' || more || ' ' || unit) AS target,
       coalesce(remark, CASE WHEN ours / theirs <= target OR ours - theirs <= more THEN 'reached'
                             WHEN target IS NOT NULL OR more IS NOT NULL THEN 'NOT REACHED' END) AS remark
FROM result;

CREATE FUNCTION plan_of(statement text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    plan json;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT JSON, COSTS OFF) ' || statement INTO plan;
    RETURN plan;
END
$$;

-- The kind of node by which a statement looks something up in an index, NULL if it does not.
CREATE FUNCTION node_of(statement text, index text) RETURNS text LANGUAGE sql AS $$
    SELECT min(node ->> 'Node Type')
    FROM jsonb_path_query(plan_of(statement), 'strict $.** ? (@."Index Name" == $index && exists (@."Index Cond"))', jsonb_build_object('index', index), true) AS node
$$;

-- Strikes out who uses no index or answers differently from the first.
CREATE PROCEDURE admit(which text) LANGUAGE plpgsql AS $$
DECLARE
    c contender;
    answer text;
    first_answer text;
BEGIN
    FOR c IN SELECT * FROM contender WHERE race = which AND (index IS NOT NULL OR agrees) ORDER BY no LOOP
        UPDATE contender SET node = node_of(c.statement, c.index) WHERE race = which AND name = c.name RETURNING node INTO c.node;
        EXECUTE c.statement INTO answer;
        first_answer := coalesce(first_answer, answer);
        IF c.node IS NULL AND c.index IS NOT NULL THEN
            INSERT INTO note (note) VALUES (format('%s: %s is not measured, its plan does not use the index', which, c.name));
            DELETE FROM contender WHERE race = which AND name = c.name;
        ELSIF answer IS DISTINCT FROM first_answer THEN
            RAISE 'race %: % answers %, others %', which, c.name, answer, first_answer;
        END IF;
    END LOOP;
END
$$;

-- So many runs of each, to and fro, or as many as go into some seconds: what is short is more easily disturbed.
CREATE PROCEDURE race(which text, runs int) LANGUAGE plpgsql AS $$
DECLARE
    c contender;
    begun CONSTANT timestamptz := clock_timestamp();
    started timestamptz;
    elapsed float8;
    run int := 0;
BEGIN
    CALL admit(which);
    COMMIT;
    WHILE run < runs OR (run < 10 * runs AND clock_timestamp() < begun + runs * interval '2 seconds') LOOP
        run := run + 1;
        FOR c IN SELECT * FROM contender WHERE race = which ORDER BY no * (-1) ^ run LOOP
            IF c.before IS NOT NULL THEN
                EXECUTE c.before;
            END IF;
            IF c.warm IS NOT NULL THEN
                COMMIT;
                EXECUTE c.warm;
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

-- One row of the report: the fastest runs of two contenders, milliseconds divided by "per".  The target is a ratio
-- or, as "more", a difference.
CREATE PROCEDURE compare(which text, ours text, theirs text, work text, unit text, per float8, target float8 DEFAULT NULL, more float8 DEFAULT NULL) LANGUAGE plpgsql AS $$
DECLARE
    a contender;
    b contender;
BEGIN
    SELECT * INTO a FROM contender WHERE race = which AND name = ours;
    SELECT * INTO b FROM contender WHERE race = which AND name = theirs;
    IF a.node <> b.node THEN
        INSERT INTO note (note) VALUES (format('%s: %s (%s) and %s (%s) are not compared, their plans differ', work, ours, a.node, theirs, b.node));
    ELSIF a.name IS NOT NULL AND b.name IS NOT NULL THEN
        INSERT INTO result (work, ours_name, ours, theirs_name, theirs, unit, target, more)
        SELECT compare.work, ours, min(m) / a.pieces / per, theirs, (SELECT min(m) FROM unnest(b.milliseconds) AS m) / b.pieces / per,
               compare.unit, compare.target, compare.more
        FROM unnest(a.milliseconds) AS m;
    END IF;
END
$$;

-- A row for each other contender, the fastest first, but for those that do nothing.
CREATE PROCEDURE compare_each(which text, ours text, work text, unit text, per float8, target float8 DEFAULT NULL) LANGUAGE plpgsql AS $$
DECLARE
    theirs text;
BEGIN
    FOR theirs IN
        SELECT name FROM contender, unnest(milliseconds) AS m WHERE race = which AND name <> ours AND name NOT LIKE 'do_nothing%' GROUP BY name ORDER BY min(m / pieces)
    LOOP
        CALL compare(which, ours, theirs, work, unit, per, target);
    END LOOP;
END
$$;

-- How far anybody could come who calls a function for each row: one that does nothing beside the fastest of the others.
CREATE PROCEDURE compare_nothing(which text, ours text, unit text, per float8) LANGUAGE plpgsql AS $$
DECLARE
    fastest CONSTANT text := (SELECT name FROM contender, unnest(milliseconds) AS m WHERE race = which AND name NOT IN (ours, 'do_nothing') GROUP BY name ORDER BY min(m / pieces) LIMIT 1);
BEGIN
    CALL compare(which, 'do_nothing', fastest, 'the same with a function that does nothing', unit, per);
END
$$;
