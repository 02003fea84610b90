--
-- A cursor sees the lists as of the moment it was opened, whatever its own
-- transaction changes afterwards.
--
\set ECHO none
\set look `echo "${PG_ABS_SRCDIR:-.}"` '/sql/include/look.sql'
\set look_away `echo "${PG_ABS_SRCDIR:-.}"` '/sql/include/look_away.sql'
\i :look
\set SHOW_CONTEXT never
\set ECHO all

CREATE PROCEDURE add(item text, measure screening_verdict DEFAULT NULL) LANGUAGE sql AS $$
    INSERT INTO control_list.entry (list, item, codes, measure) VALUES ('L', item, (8540 + item::int)::text::hsrange, measure)
$$;
CREATE PROCEDURE take(item text) LANGUAGE sql AS $$ DELETE FROM control_list.entry AS e WHERE e.item = take.item $$;
CREATE TABLE shipments AS SELECT n, ('854' || n % 4 + 1)::hscode AS hs FROM generate_series(1, 100) AS n;

-- catches: an open cursor follows the changes of its transaction, or makes the
-- next statement go back; it was opened before the first change, and read or not
SELECT look();
BEGIN;
DECLARE before CURSOR FOR SELECT n, glance() AS before, screen_shipment('8541', 'RU', '2024-09-09') FROM shipments;
DECLARE unread CURSOR FOR SELECT n, glance() AS unread, screen_shipment('8541', 'RU', '2024-09-09') FROM shipments;
FETCH before;
CALL add('1');
FETCH before;
SELECT look();
DECLARE one CURSOR FOR SELECT n, glance() AS one, screen_shipment('8541', 'RU', '2024-09-09') FROM shipments;
CALL add('2', 'review');
FETCH one;
FETCH before;
SELECT look();
DECLARE two CURSOR FOR SELECT n, glance() AS two, ask('8543') FROM shipments;
FETCH two;
FETCH one;
CALL take('1');
CALL add('3', 'prohibited');
FETCH one;
FETCH two;
FETCH unread;
FETCH before;
SELECT look(), glance();
FETCH one;
COMMIT;
SELECT look();

-- catches: the same over savepoints that are rolled back, with what they changed
BEGIN;
DECLARE before CURSOR FOR SELECT n, glance() AS before FROM shipments;
SAVEPOINT a;
CALL take('2');
DECLARE inside CURSOR FOR SELECT n, glance() AS inside FROM shipments;
FETCH inside;
FETCH before;
SELECT look();
ROLLBACK TO a;
FETCH before;
SELECT look();
CALL take('3');
SELECT look();
FETCH before;
SAVEPOINT b;
DECLARE later CURSOR FOR SELECT n, glance() AS later FROM shipments;
RELEASE b;
CALL add('1');
FETCH later;
FETCH before;
SELECT look();
ROLLBACK TO a;
FETCH before;
SELECT look();
ROLLBACK;
SELECT look();

-- catches: hits of one shipment that are fetched one by one
BEGIN;
CALL add('1');
DECLARE hits CURSOR FOR SELECT n, (screening_hits('85'::hscode, dest, '2024-09-09')).item
    FROM (VALUES (1, 'RU'), (2, NULL), (3, 'RU')) AS s (n, dest);
FETCH hits;
CALL take('2');
FETCH hits;
SELECT look();
SAVEPOINT a;
CALL take('3');
FETCH hits;
SELECT look();
ROLLBACK TO a;
FETCH 2 FROM hits;
CALL add('4');
FETCH ALL FROM hits;
SELECT look();
ROLLBACK;
SELECT look();

-- catches: cursors that are filled when their transaction ends
BEGIN;
DECLARE held CURSOR WITH HOLD FOR SELECT n, glance() AS held, screen_shipment('8541', 'RU', '2024-09-09') FROM shipments WHERE n <= 3;
CALL add('1');
SELECT look();
COMMIT;
FETCH held;
CALL take('1');
FETCH held;
SELECT look();
CLOSE held;
BEGIN;
CALL add('1');
DECLARE held CURSOR WITH HOLD FOR SELECT n, glance() AS held, screen_shipment('8541', 'RU', '2024-09-09') FROM shipments WHERE n <= 3;
FETCH held;
CALL take('1');
COMMIT;
FETCH held;
SELECT look();
CLOSE held;
BEGIN;
SAVEPOINT a;
CALL add('1');
DECLARE held CURSOR WITH HOLD FOR SELECT n, glance() AS held FROM shipments WHERE n <= 3;
RELEASE a;
SELECT look();
COMMIT;
FETCH held;
CALL take('1');
CLOSE held;

-- catches: loops of plpgsql whose body changes what their query asks for; they
-- fetch ten rows at first and fifty from then on
DO $$
DECLARE
    r record;
    found text[];
    bound CURSOR (code hscode) FOR SELECT screen_shipment(code, 'RU', '2024-09-09') AS verdict FROM shipments;
    other refcursor;
BEGIN
    FOR r IN SELECT n, screen_shipment('8541', 'RU', '2024-09-09') AS verdict FROM shipments LOOP
        IF r.n IN (1, 12) THEN CALL add('1'); END IF;
        IF r.n = 6 THEN CALL take('1'); END IF;
        found := found || concat(r.verdict, '/', screen_shipment('8541', 'RU', '2024-09-09'));
    END LOOP;
    FOR r IN SELECT f, count(*), min(n) FROM unnest(found) WITH ORDINALITY AS u (f, n) GROUP BY f ORDER BY min(n) LOOP
        RAISE NOTICE '% (% from %)', r.f, r.count, r.min;
    END LOOP;

    OPEN bound ('8541');
    OPEN other FOR EXECUTE 'SELECT ask(''8541'') FROM shipments';
    CALL take('1');
    FETCH bound INTO r;
    RAISE NOTICE 'bound: %', r.verdict;
    FETCH other INTO r;
    RAISE NOTICE 'other: %', r.ask;
    BEGIN
        CALL add('1', 'review');
        FETCH other INTO r;
        RAISE NOTICE 'other: %', r.ask;
        RAISE EXCEPTION 'never mind';
    EXCEPTION WHEN raise_exception THEN
        RAISE NOTICE 'now: %', look();
    END;
    FETCH bound INTO r;
    RAISE NOTICE 'bound: %', r.verdict;
    CLOSE bound;
END
$$;
SELECT look();

-- catches: a query that changes lists and is fetched row by row
BEGIN;
CREATE FUNCTION gone() RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY DELETE FROM control_list.entry WHERE list = 'L' AND item < 'a' RETURNING item || ': ' || look();
    RETURN NEXT look();
END
$$;
DECLARE c CURSOR FOR SELECT gone, glance() FROM gone();
FETCH c;
SELECT look();
FETCH ALL FROM c;
ROLLBACK;
SELECT look();

DROP TABLE shipments;
DROP PROCEDURE add(text, screening_verdict), take(text);
\set ECHO none
\i :look_away
