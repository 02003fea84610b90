--
-- What a screening sees in the middle of a command that changes lists: a
-- volatile function sees the rows that are changed so far, a stable one those
-- before the command.
--
\set ECHO none
\set look `echo "${PG_ABS_SRCDIR:-.}"` '/sql/include/look.sql'
\set look_away `echo "${PG_ABS_SRCDIR:-.}"` '/sql/include/look_away.sql'
\i :look
\set SHOW_CONTEXT never
\set ECHO all

--
-- Triggers before and after those of the extension
--
CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE NOTICE '% % % %: %', TG_NAME, TG_WHEN, TG_LEVEL, TG_OP, look();
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;

-- catches: what was seen before the first row is kept for the whole command; a
-- trigger that runs before ours, or after it but before the row is written,
-- sees the list as it will be, or makes it stay as it was
CREATE TRIGGER a BEFORE INSERT OR UPDATE OR DELETE ON control_list.entry FOR EACH ROW EXECUTE FUNCTION tell();
CREATE TRIGGER z BEFORE INSERT OR UPDATE OR DELETE ON control_list.entry FOR EACH ROW EXECUTE FUNCTION tell();
SELECT look();
INSERT INTO control_list.entry (list, item, codes, measure) VALUES ('L', '1', '8541', 'review'), ('L', '2', '8542', 'prohibited');
SELECT look();
UPDATE control_list.entry SET measure = 'license_required' WHERE list = 'L' AND item < '3';
SELECT look();
DELETE FROM control_list.entry WHERE list = 'L' AND item < '3';
SELECT look();
DROP TRIGGER a ON control_list.entry;
DROP TRIGGER z ON control_list.entry;

-- catches: the same with row triggers that run after the command
CREATE TRIGGER a AFTER INSERT OR UPDATE OR DELETE ON control_list.entry FOR EACH ROW EXECUTE FUNCTION tell();
CREATE TRIGGER z AFTER INSERT OR UPDATE OR DELETE ON control_list.entry FOR EACH ROW EXECUTE FUNCTION tell();
INSERT INTO control_list.entry (list, item, codes, measure) VALUES ('L', '1', '8541', 'review'), ('L', '2', '8542', 'prohibited');
UPDATE control_list.entry SET measure = 'license_required' WHERE list = 'L' AND item < '3';
DELETE FROM control_list.entry WHERE list = 'L' AND item < '3';
DROP TRIGGER a ON control_list.entry;
DROP TRIGGER z ON control_list.entry;

-- catches: the same with triggers of the statement, TRUNCATE among them
CREATE TRIGGER a BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON control_list.entry FOR EACH STATEMENT EXECUTE FUNCTION tell();
CREATE TRIGGER b AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON control_list.entry FOR EACH STATEMENT EXECUTE FUNCTION tell();
CREATE TRIGGER y BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON control_list.entry FOR EACH STATEMENT EXECUTE FUNCTION tell();
CREATE TRIGGER z AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON control_list.entry FOR EACH STATEMENT EXECUTE FUNCTION tell();
INSERT INTO control_list.entry (list, item, codes, measure) VALUES ('L', '1', '8541', 'review');
UPDATE control_list.entry SET measure = 'license_required' WHERE item = '1';
BEGIN;
TRUNCATE control_list.entry;
SELECT screen_shipment('0101.21', 'RU', '2024-09-09'), ask('0101.21');
ROLLBACK;
SELECT look();
DELETE FROM control_list.entry WHERE item = '1';
DROP TRIGGER a ON control_list.entry;
DROP TRIGGER b ON control_list.entry;
DROP TRIGGER y ON control_list.entry;
DROP TRIGGER z ON control_list.entry;

-- catches: the same for another table that screening reads
INSERT INTO control_list.destination_group VALUES ('g', 'RU'), ('g', 'KZ');
INSERT INTO control_list.list (code, title, destinations) VALUES ('G', 'by group', '{@g}');
INSERT INTO control_list.entry (list, item, codes) VALUES ('G', '1', '8544');
CREATE TRIGGER a BEFORE INSERT OR UPDATE OR DELETE ON control_list.destination_group FOR EACH ROW EXECUTE FUNCTION tell();
CREATE TRIGGER z BEFORE INSERT OR UPDATE OR DELETE ON control_list.destination_group FOR EACH ROW EXECUTE FUNCTION tell();
CREATE TRIGGER z BEFORE UPDATE ON control_list.list FOR EACH ROW EXECUTE FUNCTION tell();
DELETE FROM control_list.destination_group WHERE name = 'g' AND territory = 'RU';
INSERT INTO control_list.destination_group VALUES ('g', 'RU'), ('g', 'JP');
UPDATE control_list.list SET measure = 'prohibited';
SELECT look();
DROP TRIGGER a ON control_list.destination_group;
DROP TRIGGER z ON control_list.destination_group;
DROP TRIGGER z ON control_list.list;
UPDATE control_list.list SET measure = 'license_required';
DELETE FROM control_list.entry WHERE list = 'G';
DELETE FROM control_list.list WHERE code = 'G';
DELETE FROM control_list.destination_group;

-- catches: a row that a trigger takes out of the command leaves the command
-- unfinished, or counts as changed
CREATE FUNCTION skip() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'skip: %', look(); RETURN NULL; END $$;
CREATE TRIGGER z BEFORE INSERT OR UPDATE OR DELETE ON control_list.entry FOR EACH ROW EXECUTE FUNCTION skip();
INSERT INTO control_list.entry (list, item, codes) VALUES ('L', '1', '8541');
DELETE FROM control_list.entry;
SELECT look();
DROP TRIGGER z ON control_list.entry;
INSERT INTO control_list.entry (list, item, codes) VALUES ('L', '1', '8541');
SELECT look();
DELETE FROM control_list.entry WHERE item = '1';

-- catches: a trigger that changes lists itself ends the command in which it runs
CREATE FUNCTION cascade() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.item = '1' THEN
        INSERT INTO control_list.entry (list, item, codes, measure) VALUES ('L', '3', '8543', 'review');
    END IF;
    RAISE NOTICE '% %: %', TG_WHEN, NEW.item, look();
    RETURN NEW;
END
$$;
CREATE TRIGGER b BEFORE INSERT ON control_list.entry FOR EACH ROW EXECUTE FUNCTION cascade();
INSERT INTO control_list.entry (list, item, codes) VALUES ('L', '1', '8541'), ('L', '2', '8542'), ('L', '4', '8544');
SELECT look();
DROP TRIGGER b ON control_list.entry;
DELETE FROM control_list.entry WHERE item < 'a';
CREATE TRIGGER b AFTER INSERT ON control_list.entry FOR EACH ROW EXECUTE FUNCTION cascade();
INSERT INTO control_list.entry (list, item, codes) VALUES ('L', '1', '8541'), ('L', '2', '8542'), ('L', '4', '8544');
SELECT look();
DROP TRIGGER b ON control_list.entry;
DELETE FROM control_list.entry WHERE item < 'a';

--
-- Functions in the command itself
--
CREATE TABLE fixed AS
    SELECT 'L' AS list, n::text AS item, (8540 + n)::text::hsrange AS codes FROM generate_series(1, 4) AS n;
INSERT INTO control_list.entry (list, item, codes) SELECT * FROM fixed ORDER BY item;
CREATE FUNCTION seen(item text) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    RAISE NOTICE '%: %', item, look();
    RETURN true;
END
$$;
SELECT look();

-- catches: within a command the first look is kept, because the command counter
-- does not move from row to row; after the rollback the last one
BEGIN;
DELETE FROM control_list.entry WHERE list = 'L' AND item < 'a' AND seen(item);
SELECT look(), glance();
ROLLBACK;
SELECT look(), glance();
BEGIN;
SAVEPOINT s;
DELETE FROM control_list.entry WHERE list = 'L' AND item < 'a' AND seen(item);
ROLLBACK TO s;
SELECT look(), glance();
UPDATE control_list.entry SET measure = 'review' WHERE list = 'L' AND item < 'a' AND seen(item);
SELECT look(), glance();
COMMIT;
SELECT look(), glance();

-- catches: a stable look takes notice of the command, or a volatile one does not;
-- one takes what the other has made, row by row
BEGIN;
UPDATE control_list.entry SET measure = 'prohibited', remark = screen_shipment('8542', 'RU', '2024-09-09')
WHERE list = 'L' AND item < '4' RETURNING item, remark, screen_shipment('8542'::hscode, 'RU', '2024-09-09'), ask('8542');
SELECT screen_shipment('8542', 'RU', '2024-09-09');
UPDATE control_list.entry SET measure = 'license_required', remark = concat_ws(' | ', glance(), look(), glance())
WHERE list = 'L' AND item < '4' RETURNING item, remark;
SELECT look(), glance();
ROLLBACK;
SELECT look(), glance();

-- catches: rows that an INSERT writes one by one
BEGIN;
DELETE FROM control_list.entry WHERE item < 'a';
INSERT INTO control_list.entry (list, item, codes, remark) SELECT list, item, codes, concat_ws(' | ', look(), glance()) FROM fixed ORDER BY item;
SELECT item, remark FROM control_list.entry ORDER BY item;
SELECT look();
ROLLBACK;
SELECT look();

-- catches: commands that write as part of a query
BEGIN;
WITH gone AS (DELETE FROM control_list.entry WHERE list = 'L' AND item < '3' RETURNING item)
SELECT item, screen_shipment('8541', 'RU', '2024-09-09'), ask('8541'), ask('8542') FROM gone;
SELECT look();
WITH new AS (INSERT INTO control_list.entry (list, item, codes) VALUES ('L', '1', '8541'))
SELECT look(), glance();
SELECT look();
WITH gone AS (DELETE FROM control_list.entry WHERE item = '3' RETURNING item, look() AS before),
     new AS (INSERT INTO control_list.entry (list, item, codes) SELECT 'L', '2', '8542' FROM gone RETURNING look() AS after)
SELECT gone.before, new.after, glance() FROM gone, new;
SELECT look();
ROLLBACK;
SELECT look();

-- catches: an INSERT that finds its row there changes nothing, but is a command
BEGIN;
DELETE FROM control_list.entry WHERE item IN ('3', '4');
SELECT id AS one FROM control_list.entry WHERE item = '1' \gset
INSERT INTO control_list.entry (id, list, item, codes) VALUES (:one, 'L', '3', '8543') ON CONFLICT DO NOTHING;
SELECT look();
INSERT INTO control_list.entry (id, list, item, codes) VALUES (:one, 'L', '3', '8543')
    ON CONFLICT (id) DO UPDATE SET remark = look(), measure = 'prohibited' RETURNING remark, look(), glance();
SELECT look();
INSERT INTO control_list.entry (id, list, item, codes) VALUES (:one, 'L', '3', '8543')
    ON CONFLICT (id) DO UPDATE SET remark = 'not so' WHERE NOT seen(entry.item);
INSERT INTO control_list.entry (list, item, codes) VALUES ('L', '3', '8543') ON CONFLICT DO NOTHING;
SELECT look();
ROLLBACK;
SELECT look();
INSERT INTO control_list.entry (id, list, item, codes) VALUES (:one, 'L', '3', '8543') ON CONFLICT DO NOTHING;
SELECT look();

-- catches: COPY in either direction
BEGIN;
COPY (DELETE FROM control_list.entry WHERE list = 'L' AND item < 'a' RETURNING look()) TO stdout;
SELECT look();
CREATE TRIGGER z BEFORE INSERT ON control_list.entry FOR EACH ROW EXECUTE FUNCTION tell();
COPY control_list.entry (list, item, codes) FROM stdin;
L	1	8541
L	2	8542
L	3	8543
\.
SELECT look();
ROLLBACK;
SELECT look();

-- catches: MERGE; servers that do not have it do the same in another way
CREATE FUNCTION quiet(item text) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$ BEGIN RETURN NOT starts_with(look(), 'WRONG'); END $$;
BEGIN;
DO $$
BEGIN
    IF current_setting('server_version_num')::int >= 150000 THEN
        EXECUTE 'MERGE INTO control_list.entry AS e USING fixed AS f ON e.item = f.item
                 WHEN MATCHED AND f.item < ''3'' AND quiet(f.item) THEN UPDATE SET measure = ''prohibited''
                 WHEN MATCHED THEN DELETE';
    ELSE
        UPDATE control_list.entry SET measure = 'prohibited' WHERE list = 'L' AND item < '3' AND quiet(item);
        DELETE FROM control_list.entry WHERE item IN ('3', '4');
    END IF;
END
$$;
SELECT look();
ROLLBACK;
SELECT look();

-- catches: a command in which nothing was changed does not end
BEGIN;
UPDATE control_list.entry SET measure = 'prohibited' WHERE false;
DELETE FROM control_list.entry WHERE item = 'none' AND seen(item);
SELECT look();
UPDATE control_list.entry SET measure = 'prohibited' WHERE item = '1';
SELECT look();
ROLLBACK;
SELECT look();

--
-- Commands that fail halfway, and commands within commands
--
CREATE FUNCTION seen_until(item text, bad text) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    IF item = bad THEN
        RAISE EXCEPTION '% is bad', item USING DETAIL = look();
    END IF;
    RETURN true;
END
$$;

-- catches: a command that has failed is still in its middle, or its rows are gone
DELETE FROM control_list.entry WHERE list = 'L' AND item < 'a' AND seen_until(item, '3');
SELECT look();
DO $$
BEGIN
    BEGIN
        DELETE FROM control_list.entry WHERE list = 'L' AND item < 'a' AND seen_until(item, '3');
    EXCEPTION WHEN raise_exception THEN
        RAISE NOTICE 'failed: %', look();
    END;
    RAISE NOTICE 'after: %', look();
    DELETE FROM control_list.entry WHERE item = '1';
    RAISE NOTICE 'one is gone: %', look();
    BEGIN
        UPDATE control_list.entry SET measure = 'prohibited' WHERE list = 'L' AND item < 'a' AND seen_until(item, '4');
    EXCEPTION WHEN raise_exception THEN
        RAISE NOTICE 'failed: %', look();
    END;
    RAISE NOTICE 'after: %', look();
END
$$;
SELECT look();
INSERT INTO control_list.entry (list, item, codes) VALUES ('L', '1', '8541');

-- catches: the outer command is taken for finished because an inner one is, or
-- because an inner one has failed and was rolled back
CREATE FUNCTION meddle(item text, fail boolean) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    RAISE NOTICE '%: %', item, look();
    BEGIN
        UPDATE control_list.entry SET measure = 'review' WHERE codes = '9301';
        IF fail THEN
            RAISE EXCEPTION 'never mind';
        END IF;
    EXCEPTION WHEN raise_exception THEN
        NULL;
    END;
    RAISE NOTICE '%: %, %', item, look(), ask('9301');
    RETURN true;
END
$$;
BEGIN;
DELETE FROM control_list.entry WHERE list = 'L' AND item < 'a' AND meddle(item, false);
SELECT look(), glance();
ROLLBACK;
SELECT look(), glance();
BEGIN;
DELETE FROM control_list.entry WHERE list = 'L' AND item < 'a' AND meddle(item, true);
SELECT look(), glance();
ROLLBACK;
SELECT look(), glance();

-- catches: a query that reads while functions change what it asks for
CREATE FUNCTION change(item text, to_measure screening_verdict) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    UPDATE control_list.entry AS e SET measure = to_measure WHERE e.item = change.item;
    RETURN look();
END
$$;
BEGIN;
SELECT item, glance() AS before, change(item, 'review'), glance() AS after, ask('8541'), screen_shipment('8541', 'RU', '2024-09-09')
FROM fixed ORDER BY item;
SELECT look(), glance();
ROLLBACK;
SELECT look(), glance();

DROP TABLE fixed;
DROP FUNCTION tell(), skip(), cascade(), seen(text), quiet(text), seen_until(text, text), meddle(text, boolean), change(text, screening_verdict);
\set ECHO none
\i :look_away
