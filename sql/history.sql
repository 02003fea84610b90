--
-- What was recorded earlier: every change keeps the row that was there, and known_at answers from it.
--
\set VERBOSITY terse
\set SHOW_CONTEXT never
-- what other tests have left
SET session_replication_role = replica;
TRUNCATE control_list.entry_history, control_list.list_history, control_list.destination_group_history;
RESET session_replication_role;
CREATE TABLE moment (name text PRIMARY KEY, at timestamptz DEFAULT clock_timestamp());
CREATE FUNCTION verdicts(known_at timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT string_agg(format('%s to %s: %s', code, destination, screen_shipment(code, destination, '2024-09-09', known_at => verdicts.known_at)),
                      ', ' ORDER BY code, destination)
    FROM (VALUES ('8542', 'RU'), ('8543', 'RU'), ('8703', 'RU'), ('9301', 'KZ')) AS s (code, destination)
$$;
CREATE VIEW then_and_now AS SELECT name, verdicts(at) FROM moment UNION ALL SELECT 'now', verdicts(NULL);

-- nothing is recorded yet
INSERT INTO moment VALUES ('before all');
INSERT INTO control_list.destination_group (name, territory) VALUES ('watch', 'KZ'), ('watch', 'KG');
INSERT INTO control_list.list (code, title, destinations, legal_basis) VALUES ('H', 'a list', '{RU}', 'first law');
INSERT INTO control_list.entry (list, item, codes, destinations) VALUES ('H', '1', '8542', NULL), ('H', '2', '8543', NULL), ('H', 'w', '9301', '{@watch}');
INSERT INTO moment VALUES ('loaded');

-- a code is corrected
UPDATE control_list.entry SET codes = '8542.31' WHERE item = '1';
INSERT INTO moment VALUES ('corrected');
-- an entry is added that was in force long before
INSERT INTO control_list.entry (list, item, codes, valid) VALUES ('H', '3', '8703', '[2024-01-01,)');
INSERT INTO moment VALUES ('added');
-- an entry is withdrawn
DELETE FROM control_list.entry WHERE item = '2';
INSERT INTO moment VALUES ('withdrawn');
-- a group changes
UPDATE control_list.destination_group SET territory = 'AM' WHERE territory = 'KZ';
INSERT INTO moment VALUES ('group');
-- the defaults of the list change
UPDATE control_list.list SET destinations = '{BY}', measure = 'prohibited', legal_basis = 'second law';
INSERT INTO moment VALUES ('list');
TRUNCATE control_list.entry;
INSERT INTO moment VALUES ('truncated');
SELECT t.* FROM then_and_now AS t LEFT JOIN moment USING (name) ORDER BY at;
-- the hits are those of that time as well
SELECT verdict, item, codes, measure, reason, legal_basis
FROM moment, screening_hits('8542', 'RU', '2024-09-09', known_at => at) WHERE name IN ('before all', 'loaded', 'corrected') ORDER BY at;
SELECT is_restricted('8542.31', 'RU', '2024-09-09', known_at => at) AS restricted,
       screen_shipment_at('8542.31'::hscode, 'RU', '2024-09-09 00:00+00', known_at => at), screen_shipment('8542.31'::hscode, 'RU', '2024-09-09', known_at => at)
FROM moment WHERE name IN ('corrected', 'truncated') ORDER BY at;
SELECT verdicts('-infinity'), verdicts('infinity') = verdicts(NULL) AS infinity_is_now;

-- each row is recorded without a gap, and once at a time
CREATE VIEW record AS
    SELECT 'entry ' || id AS what, recorded FROM (TABLE control_list.entry UNION ALL TABLE control_list.entry_history) AS r
    UNION ALL SELECT 'list ' || code, recorded FROM (TABLE control_list.list UNION ALL TABLE control_list.list_history) AS r;
CREATE VIEW broken_record AS
    SELECT * FROM (SELECT what, recorded, lag(recorded) OVER (PARTITION BY what ORDER BY recorded) AS before FROM record) AS r
    WHERE lower(recorded) <> upper(before) OR isempty(recorded);
SELECT * FROM broken_record;
SELECT item, codes, valid FROM control_list.entry_history ORDER BY lower(recorded), upper(recorded), item;
SELECT code, destinations, measure, legal_basis FROM control_list.list_history;
SELECT name, territory FROM control_list.destination_group_history;

-- a transaction is one change: what it does in between is recorded for nobody
INSERT INTO control_list.entry (list, item, codes) VALUES ('H', '1', '8542');
BEGIN;
UPDATE control_list.entry SET remark = 'a';
UPDATE control_list.entry SET remark = 'b';
INSERT INTO control_list.entry (list, item, codes) VALUES ('H', 'fleeting', '8543');
SAVEPOINT s;
UPDATE control_list.entry SET remark = 'c';
ROLLBACK TO s;
UPDATE control_list.entry SET remark = 'd' WHERE item = '1';
DELETE FROM control_list.entry WHERE item = 'fleeting';
UPDATE control_list.list SET title = 'the same';
SELECT count(DISTINCT lower(recorded)) AS instants, bool_and(lower(recorded) = control_list.recording_time()) AS own
FROM (SELECT recorded FROM control_list.entry UNION ALL SELECT recorded FROM control_list.list) AS r;
COMMIT;
SELECT control_list.recording_time();
SELECT e.item, e.remark, h.item AS before, h.remark, upper(h.recorded) = lower(e.recorded) AS follows
FROM control_list.entry AS e LEFT JOIN control_list.entry_history AS h USING (id);
SELECT count(*) FROM control_list.entry_history WHERE item = 'fleeting';
-- rolled back, nothing has happened
BEGIN;
UPDATE control_list.entry SET remark = 'e';
ROLLBACK;
SELECT count(*) FROM control_list.entry_history WHERE remark = 'd';

-- the clock goes back, so that the last change seems to come in an hour: the record goes on all the same
UPDATE control_list.generation SET changed_at = now() + '1 hour' RETURNING changed_at AS changed_at \gset
UPDATE control_list.entry SET remark = 'f';
UPDATE control_list.entry SET remark = 'g';
BEGIN;
TRUNCATE control_list.entry;
ROLLBACK;
SELECT remark, lower(recorded) - :'changed_at' AS after FROM (TABLE control_list.entry UNION ALL TABLE control_list.entry_history) AS r
WHERE remark IN ('f', 'g') ORDER BY remark;
UPDATE control_list.generation SET changed_at = clock_timestamp();
UPDATE control_list.entry SET remark = 'h';
SELECT * FROM broken_record;
DELETE FROM control_list.entry;
SELECT * FROM broken_record;
SELECT count(*) > 0 AS all_over FROM record WHERE what LIKE 'entry%' HAVING bool_and(NOT upper_inf(recorded));

-- a restore brings its own times; an UPDATE does not, nor does anything that is no time
INSERT INTO control_list.entry (list, item, codes, recorded) VALUES ('H', 'old', '8542', '[2024-01-01 00:00+00,)');
SELECT recorded = '[2024-01-01 00:00+00,)' AS as_it_was FROM control_list.entry;
UPDATE control_list.entry SET recorded = '[2000-01-01,)';
SELECT upper(h.recorded) = lower(e.recorded) AS follows, h.recorded = tstzrange('2024-01-01 00:00+00', lower(e.recorded)) AS kept
FROM control_list.entry AS e JOIN control_list.entry_history AS h USING (id);
UPDATE control_list.entry SET recorded = NULL RETURNING lower(recorded) = control_list.recording_time() AS now;
INSERT INTO control_list.entry (list, item, codes, recorded) VALUES ('H', 'x', '8542', '(,)');
INSERT INTO control_list.entry (list, item, codes, recorded) VALUES ('H', 'x', '8542', NULL);
INSERT INTO control_list.entry (list, item, codes, recorded) VALUES ('H', 'x', '8542', 'empty');
INSERT INTO control_list.entry (list, item, codes, recorded) VALUES ('H', 'x', '8542', '[2024-01-01,2024-02-01)');
INSERT INTO control_list.entry (list, item, codes, recorded) VALUES ('H', 'x', '8542', '(2024-01-01,)');
INSERT INTO control_list.list_history SELECT * FROM control_list.list;

-- what was recorded stays
UPDATE control_list.entry_history SET remark = 'x';
DELETE FROM control_list.list_history;
TRUNCATE control_list.destination_group_history;
CREATE ROLE regress_editor;
GRANT USAGE ON SCHEMA control_list TO regress_editor;
GRANT SELECT, INSERT, UPDATE, DELETE ON control_list.entry, control_list.list TO regress_editor;
SET ROLE regress_editor;
UPDATE control_list.entry SET remark = 'by an editor';
INSERT INTO control_list.entry_history SELECT * FROM control_list.entry;
SELECT count(*) FROM control_list.entry_history;
CREATE TEMPORARY TABLE entry (id int);
CREATE TRIGGER own BEFORE DELETE ON entry FOR EACH ROW EXECUTE FUNCTION control_list.record_change();
RESET ROLE;
CREATE TRIGGER own BEFORE DELETE ON pg_temp.entry FOR EACH ROW EXECUTE FUNCTION control_list.record_change();
INSERT INTO pg_temp.entry VALUES (1);
DELETE FROM pg_temp.entry;
DROP TABLE pg_temp.entry;
SELECT count(*) FROM control_list.entry_history WHERE upper(recorded) = (SELECT lower(recorded) FROM control_list.entry WHERE remark = 'by an editor');
DROP OWNED BY regress_editor;
DROP ROLE regress_editor;

-- in the middle of a command what was known does not change with each row
DELETE FROM control_list.entry;
INSERT INTO control_list.entry (list, item, codes, destinations) SELECT 'H', n::text, hscode_from_number(8540 + n, 4), '{RU}' FROM generate_series(1, 4) AS n;
INSERT INTO moment VALUES ('four');
CREATE FUNCTION known_count(OUT n bigint) LANGUAGE sql VOLATILE AS $$
    SELECT count(*) FROM moment, screening_hits('85', 'RU', '2024-09-09', known_at => at) WHERE name = 'four'
$$;
CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE NOTICE '% % %: % were known', TG_OP, TG_WHEN, OLD.item, known_count();
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER a_look BEFORE UPDATE OR DELETE ON control_list.entry FOR EACH ROW EXECUTE FUNCTION look();
CREATE TRIGGER a_look_after AFTER UPDATE OR DELETE ON control_list.entry FOR EACH ROW EXECUTE FUNCTION look();
UPDATE control_list.entry SET codes = '9701', item = 'x' || item WHERE item IN ('1', '2') AND known_count() = 4;
DELETE FROM control_list.entry WHERE known_count() = 4;
DROP TRIGGER a_look ON control_list.entry;
DROP TRIGGER a_look_after ON control_list.entry;
SELECT known_count(), verdicts(NULL);

-- what was known is a rulebook of its own: one for all instants between two changes
INSERT INTO control_list.entry (list, item, codes, destinations, measure) VALUES ('H', '1', '8542', '{RU}', 'license_required');
INSERT INTO moment VALUES ('one');
UPDATE control_list.entry SET measure = 'review';
INSERT INTO moment VALUES ('two');
UPDATE control_list.entry SET measure = 'prohibited';
SELECT at AS one FROM moment WHERE name = 'one' \gset
\c
CREATE FUNCTION builds() RETURNS bigint LANGUAGE sql VOLATILE AS 'SELECT builds FROM control_list.rulebook_info()';
SELECT builds() AS before \gset
SELECT screen_shipment('8542', 'RU', '2024-09-09', known_at => :'one') AS verdict, count(*) FROM generate_series(1, 1000) GROUP BY 1;
SELECT builds() - :before AS built;
SELECT screen_shipment('8542', 'RU', '2024-09-09', known_at => at) AS verdict, screen_shipment('8542', 'RU', '2024-09-09') AS now, count(*)
FROM moment, generate_series(1, 1000) WHERE name IN ('one', 'two') GROUP BY 1, 2 ORDER BY 1;
SELECT builds() - :before AS built;
SELECT screen_shipment('8542', 'RU', '2024-09-09', known_at => lower(e.recorded) - d) AS verdict, count(*)
FROM control_list.entry AS e, (VALUES (interval '0'), ('1 microsecond'), ('-1 day'), ('-1 year')) AS i (d), generate_series(1, 10) GROUP BY 1 ORDER BY 1;
SELECT builds() - :before <= 5 AS few, rulebooks FROM control_list.rulebook_info();
-- a change of the history itself is one of the lists
BEGIN;
SET LOCAL session_replication_role = replica;
UPDATE control_list.entry_history SET codes = '9702' WHERE measure = 'license_required';
SELECT screen_shipment('8542', 'RU', '2024-09-09', known_at => :'one');
ROLLBACK;
SELECT screen_shipment('8542', 'RU', '2024-09-09', known_at => :'one');
-- what cannot be understood is an error then, too
BEGIN;
INSERT INTO control_list.list_history SELECT (jsonb_populate_record(l, jsonb_build_object('recorded', tstzrange('2000-01-01', now())))).* FROM control_list.list AS l;
SELECT screen_shipment('8542', 'RU', '2024-09-09', known_at => :'one');
ROLLBACK;

-- the question of docs/history.md: both answers for one shipment, side by side
CREATE TABLE orders (id int, hs hscode, ship_to text, ship_date date, booked_at timestamptz);
INSERT INTO orders SELECT 1, '8542.31', 'RU', '2024-09-09', at FROM moment WHERE name = 'one';
SELECT o.id,
       screen_shipment(o.hs, o.ship_to, o.ship_date, known_at => o.booked_at) AS known_then,
       screen_shipment(o.hs, o.ship_to, o.ship_date) AS known_now
FROM orders AS o;
SELECT coalesce(t.list, n.list) AS list, coalesce(t.item, n.item) AS item,
       t.verdict AS known_then, n.verdict AS known_now, t.codes AS codes_then, n.codes AS codes_now
FROM orders AS o,
     LATERAL (SELECT * FROM screening_hits(o.hs, o.ship_to, o.ship_date, known_at => o.booked_at)) AS t
     FULL JOIN LATERAL (SELECT * FROM screening_hits(o.hs, o.ship_to, o.ship_date)) AS n ON n.entry_id = t.entry_id
WHERE o.id = 1;

-- a license for a group permits while the place is a member of it, as that was known
INSERT INTO control_list.destination_group (name, territory, valid) VALUES ('fair', 'RU', '[2024-01-01,2025-01-01)');
INSERT INTO control_list.license (number, list, destinations, codes, valid, waiver) VALUES ('X', 'H', '{@fair}', '{8542}', '(,)', true);
INSERT INTO moment VALUES ('licensed');
UPDATE control_list.destination_group SET valid = '[2024-01-01,2024-06-01)' WHERE name = 'fair';
SELECT day, screen_shipment('8542', 'RU', day, licenses => '{X}', known_at => at) AS known_then, screen_shipment('8542', 'RU', day, licenses => '{X}') AS known_now
FROM moment, unnest('{2023-12-31,2024-01-01,2024-05-31,2024-06-01,2024-12-31,2025-01-01}'::date[]) AS day WHERE name = 'licensed' ORDER BY day;
SELECT reason FROM screening_hits('8542', 'RU', '2024-06-01', licenses => '{X}');
DELETE FROM control_list.license;

DROP TABLE orders;
DROP VIEW then_and_now, broken_record, record;
DROP FUNCTION verdicts, known_count, look, builds;
DROP TABLE moment;
DELETE FROM control_list.entry;
DELETE FROM control_list.list;
DELETE FROM control_list.destination_group;
