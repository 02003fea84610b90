-- Texts that nobody would write, read as every type and by every function that reads.
-- They are the seeds of the fuzz targets, mutated; what is read must read back, and
-- what is not must be said to be a bad text, by input and by the readers alike.
CREATE EXTENSION control_list;
SELECT setseed(0.8542) \g /dev/null

CREATE TEMPORARY TABLE seed AS
SELECT row_number() OVER (ORDER BY dir, name)::int AS id,
       convert_from(pg_read_binary_file(format('%s/%s/%s', :'seeds', dir, name)), 'UTF8') AS input
FROM unnest('{text,value,territory}'::text[]) AS dir, pg_ls_dir(format('%s/%s', :'seeds', dir)) AS name;

CREATE FUNCTION pg_temp.mutated(input text) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    odd text := E'00198.- ,{}\t\n\x01\x7fa\u00a0\u00b2\u0301\u2013\uff18\uc870\U0001f600';
    place int;
    size int;
BEGIN
    FOR i IN 1 .. floor(random() * 4)::int LOOP
        place := 1 + floor(random() * (length(input) + 1));
        size := floor(random() * 8);
        input := CASE floor(random() * 6)::int
            WHEN 0 THEN overlay(input PLACING '' FROM place FOR size)
            WHEN 1 THEN overlay(input PLACING repeat(substr(input, place, size), size) FROM place FOR 0)
            WHEN 2 THEN left(input, place - 1)
            WHEN 3 THEN overlay(input PLACING (SELECT s.input FROM seed AS s ORDER BY random() LIMIT 1) FROM place FOR size)
            ELSE overlay(input PLACING substr(odd, 1 + floor(random() * length(odd))::int, 1) FROM place FOR size % 2)
        END;
    END LOOP;
    RETURN input;
END
$$;

-- 'value', or the SQLSTATE
CREATE FUNCTION pg_temp.read(input text, type regtype, reader text, problem text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    outcome text := 'value';
    same boolean;
BEGIN
    BEGIN
        EXECUTE format('SELECT v::text::%1$s = v AND control_list.%2$s($1) = v FROM (SELECT $1::%1$s AS v OFFSET 0) AS s', type, reader)
        INTO same USING input;
    EXCEPTION WHEN OTHERS THEN
        outcome := SQLSTATE;
        EXECUTE format('SELECT control_list.%s($1) IS NULL', reader) INTO same USING input;
    END;
    IF same IS NOT TRUE THEN
        RAISE EXCEPTION 'wrongly read as %: %', type, quote_literal(input);
    END IF;
    EXECUTE format('SELECT (control_list.%s($1) IS NULL) = ($2 = ''value'')', problem) INTO same USING input, outcome;
    IF NOT same OR outcome NOT IN ('value', '22P02') THEN
        RAISE EXCEPTION 'unexpected outcome % as %: %', outcome, type, quote_literal(input);
    END IF;
    RETURN outcome;
END
$$;

CREATE TEMPORARY TABLE tried AS
SELECT pg_temp.mutated(input) AS input FROM generate_series(1, 3000) AS n JOIN seed ON id = 1 + n % (SELECT count(*) FROM seed);

SELECT type, outcome, count(*)
FROM (SELECT type, pg_temp.read(input, type, reader, problem) AS outcome
      FROM tried, (VALUES ('hscode'::regtype, 'read_code', 'code_problem'), ('hsrange', 'read_range', 'range_problem'),
                          ('hsmultirange', 'read_set', 'set_problem')) AS t (type, reader, problem)) AS o
GROUP BY 1, 2 ORDER BY 1, 2;

SELECT count(*) AS territories, count(t.territory) AS read, bool_and(control_list.territory(t.territory) = t.territory) AS reads_back,
       count(control_list.jurisdiction(input)) AS jurisdictions, sum(length(control_list.country_name_form(input))) > 0 AS names
FROM tried, LATERAL (SELECT control_list.territory(input)) AS t (territory);
