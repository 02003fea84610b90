--
-- What a screening sees of the changes of its own transaction: all that came
-- before its snapshot, whatever savepoints, exceptions and commits there were
-- in between.
--
\set ECHO none
\set look `echo "${PG_ABS_SRCDIR:-.}"` '/sql/include/look.sql'
\set look_away `echo "${PG_ABS_SRCDIR:-.}"` '/sql/include/look_away.sql'
\i :look
\set SHOW_CONTEXT never
\set ECHO all

-- changes without a word about them
CREATE PROCEDURE add(item text, measure screening_verdict DEFAULT NULL) LANGUAGE sql AS $$
    INSERT INTO control_list.entry (list, item, codes, measure) VALUES ('L', item, (8540 + item::int)::text::hsrange, measure)
$$;
CREATE PROCEDURE take(item text) LANGUAGE sql AS $$ DELETE FROM control_list.entry AS e WHERE e.item = take.item $$;

-- catches: own changes are not seen, or are still seen after they were undone
SELECT look();
BEGIN;
CALL add('1');
SELECT look(), glance(), ask('8541'), screen_shipment('8541', 'RU', '2024-09-09');
CALL add('2');
SELECT look(), glance(), ask('8542'), screen_shipment('8542', 'RU', '2024-09-09');
CALL take('1');
SELECT look(), glance(), ask('8541'), screen_shipment('8541', 'RU', '2024-09-09');
ROLLBACK;
SELECT look(), glance(), ask('8541'), ask('8542'), screen_shipment('8542', 'RU', '2024-09-09');
BEGIN;
CALL add('1', 'review');
COMMIT;
SELECT look();
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT look();
CALL take('1');
SELECT look();
COMMIT AND CHAIN;
SELECT look();
CALL add('1');
SELECT look();
ROLLBACK AND CHAIN;
SELECT look();
COMMIT;

--
-- Savepoints
--
-- catches: a rollback to a savepoint with no write after it, which moves nothing
-- that could be compared: neither the command counter nor the set of transactions
BEGIN;
SAVEPOINT a;
CALL add('1');
SELECT look();
ROLLBACK TO a;
SELECT look();
CALL add('1', 'review');
SELECT look();
ROLLBACK TO a;
SELECT look(), glance(), ask('8541');
COMMIT;
SELECT look();

-- catches: the same where something was changed before the savepoint
BEGIN;
CALL add('1');
SELECT look();
SAVEPOINT a;
CALL take('1');
SELECT look();
ROLLBACK TO a;
SELECT look();
SAVEPOINT b;
CALL add('2');
RELEASE b;
SELECT look();
ROLLBACK TO a;
SELECT look();
RELEASE a;
SELECT look();
CALL add('3');
SELECT look();
ROLLBACK;
SELECT look();

-- catches: a screening within the savepoint, but nothing seen before it
BEGIN;
SAVEPOINT a;
SAVEPOINT b;
CALL add('1');
ROLLBACK TO b;
SELECT look();
CALL add('2');
RELEASE b;
SELECT look();
ROLLBACK TO a;
SELECT look();
COMMIT;
SELECT look();

-- catches: an error in a savepoint, or one that ends the transaction
BEGIN;
SAVEPOINT a;
CALL add('1');
SELECT look();
CALL add('1');
ROLLBACK TO a;
SELECT look();
CALL add('2');
SELECT look();
SELECT 1 / 0;
COMMIT;
SELECT look();

-- catches: a transaction that only undoes what it has done
BEGIN;
CALL add('1');
SELECT look();
CALL take('1');
SELECT look();
COMMIT;
SELECT look();

-- catches: DDL that is undone, with what it has made unreadable meanwhile
BEGIN;
CALL add('1');
ALTER TABLE control_list.entry RENAME COLUMN codes TO goods;
DO $$
BEGIN
    IF ask('8541') < 'license_required' THEN
        RAISE NOTICE 'cleared';
    END IF;
EXCEPTION WHEN OTHERS THEN
    NULL;       -- no answer is a good answer
END
$$;
ROLLBACK;
SELECT look();
BEGIN;
SAVEPOINT a;
ALTER TABLE control_list.entry DISABLE TRIGGER ALL;
CALL add('1');
SELECT look();
ROLLBACK TO a;
SELECT look();
CALL add('2');
SELECT look();
COMMIT;
SELECT look();
CALL take('2');
SELECT look();

--
-- plpgsql, which keeps expressions and their state from statement to statement
--
-- catches: what an expression found the first time is kept
DO $$
DECLARE
    code text := '8541';
    found text;
    verdict screening_verdict;
BEGIN
    FOR n IN 1 .. 6 LOOP
        IF n % 2 = 1 THEN CALL add('1'); ELSE CALL take('1'); END IF;
        verdict := screen_shipment(code, 'RU', '2024-09-09');
        found := glance();
        RAISE NOTICE '% % % % %', n, verdict, is_restricted(code::hscode, 'RU', '2024-09-09'),
            found, (SELECT h.verdict FROM screening_hits(code, 'RU', '2024-09-09') AS h);
        EXECUTE 'SELECT screen_shipment($1, $2, $3)' INTO verdict USING code, 'RU', date '2024-09-09';
        RAISE NOTICE '% %', n, verdict;
    END LOOP;
END
$$;
SELECT look();

-- catches: a block with an exception, whose changes are gone when it is left
DO $$
BEGIN
    FOR n IN 1 .. 3 LOOP
        BEGIN
            CALL add('1');
            RAISE NOTICE '% inside: %', n, look();
            RAISE EXCEPTION 'never mind';
        EXCEPTION WHEN raise_exception THEN
            RAISE NOTICE '% caught: %', n, look();
        END;
        RAISE NOTICE '% outside: %, %', n, look(), screen_shipment('8541', 'RU', '2024-09-09');
        BEGIN
            CALL add((n + 1)::text);
            RAISE NOTICE '% kept: %', n, look();
        EXCEPTION WHEN raise_exception THEN
            NULL;
        END;
    END LOOP;
    RAISE NOTICE 'all: %', look();
END
$$;
SELECT look();
DELETE FROM control_list.entry WHERE item < 'a';

-- catches: one block within another
DO $$
BEGIN
    CALL add('1', 'review');
    BEGIN
        CALL add('2');
        BEGIN
            CALL add('3');
            RAISE NOTICE 'inner: %', look();
        EXCEPTION WHEN raise_exception THEN
            NULL;
        END;
        RAISE NOTICE 'between: %', look();
        RAISE EXCEPTION 'never mind';
    EXCEPTION WHEN raise_exception THEN
        NULL;
    END;
    RAISE NOTICE 'outer: %', look();
END
$$;
SELECT look();
DELETE FROM control_list.entry WHERE item < 'a';

-- catches: transactions that begin and end while a procedure keeps its state
CREATE PROCEDURE several() LANGUAGE plpgsql AS $$
DECLARE
    verdict screening_verdict;
BEGIN
    FOR n IN 1 .. 6 LOOP
        CALL add(n::text);
        verdict := screen_shipment((8540 + n)::text, 'RU', '2024-09-09');
        IF n % 3 = 0 THEN
            ROLLBACK;
        ELSIF n % 3 = 1 THEN
            COMMIT;
        END IF;
        RAISE NOTICE '% %, then %', n, verdict, screen_shipment((8540 + n)::text, 'RU', '2024-09-09');
    END LOOP;
END
$$;
CALL several();
SELECT look();
DELETE FROM control_list.entry WHERE item < 'a';

-- catches: functions that are stable, and see what their caller has changed
CREATE FUNCTION one_and_two() RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    found text[];
BEGIN
    CALL add('1', 'review');
    found := found || glance();
    found := found || (SELECT glance());
    CALL add('2', 'review');
    found := found || glance();
    RETURN array_to_string(found, ' | ') || ' | ' || glance();
END
$$;
BEGIN;
SELECT glance(), one_and_two(), glance();
SELECT glance();
ROLLBACK;
SELECT glance();

--
-- What happens when a transaction commits
--
CREATE FUNCTION at_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'at commit: %', look(); RETURN NULL; END $$;
CREATE TABLE orders (hs text, dest text, day date);
CREATE CONSTRAINT TRIGGER a AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION at_commit();
SELECT count(*) FROM control_list.protect('orders', 'hs', 'dest', 'day', deferred => true);

-- catches: deferred triggers see the lists as of the order, or of others
BEGIN;
INSERT INTO orders VALUES ('8541', 'RU', '2024-09-09');
SELECT look();
CALL add('1');
COMMIT;
SELECT look(), count(*) FROM orders;
BEGIN;
CALL add('1');
INSERT INTO orders VALUES ('8541', 'RU', '2024-09-09');
SELECT look();
CALL take('1');
COMMIT;
SELECT look(), count(*) FROM orders;
BEGIN;
INSERT INTO orders VALUES ('8541', 'RU', '2024-09-09');
SAVEPOINT a;
CALL add('1');
SELECT look();
ROLLBACK TO a;
SET CONSTRAINTS ALL IMMEDIATE;
CALL add('1');
SELECT look();
ROLLBACK;
SELECT look(), count(*) FROM orders;

-- catches: checks of a row by what is listed in the same transaction
CREATE TABLE checked (hs hscode CHECK (screen_shipment(hs, 'RU', '2024-09-09') < 'review'));
BEGIN;
CALL add('1');
SAVEPOINT a;
INSERT INTO checked VALUES ('8542'), ('8541');
ROLLBACK TO a;
CALL take('1');
INSERT INTO checked VALUES ('8542'), ('8541');
COMMIT;
SELECT look(), count(*) FROM checked;

-- catches: prepared statements whose plan is kept
SET plan_cache_mode = force_generic_plan;
PREPARE prepared (hscode) AS SELECT screen_shipment($1, 'RU', '2024-09-09'), glance();
EXECUTE prepared ('8541');
BEGIN;
CALL add('1');
EXECUTE prepared ('8541');
SAVEPOINT a;
CALL take('1');
EXECUTE prepared ('8541');
ROLLBACK TO a;
EXECUTE prepared ('8541');
ROLLBACK;
EXECUTE prepared ('8541');
CALL add('1', 'prohibited');
EXECUTE prepared ('8541');
CALL take('1');
EXECUTE prepared ('8541');
DEALLOCATE prepared;
RESET plan_cache_mode;

SELECT count(*) FROM control_list.unprotect('orders');
DROP TABLE orders, checked;
DROP FUNCTION at_commit(), one_and_two();
DROP PROCEDURE several(), add(text, screening_verdict), take(text);
\set ECHO none
\i :look_away
