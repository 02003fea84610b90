-- What protect() blocks, and what a driver sees.
\set SHOW_CONTEXT never
\set ON_ERROR_ROLLBACK on
BEGIN;
INSERT INTO control_list.list (code, title, legal_basis, tariff, time_zone, destinations)
VALUES ('K', 'a list', 'the law', 'KR', 'Asia/Seoul', '{RU,BY}');
INSERT INTO control_list.entry (list, item, codes, valid, measure, applies_if) VALUES
    ('K', '1', '8542.31', '[2024-06-01,)', NULL, NULL),
    ('K', '2', '9301', '[2024-06-01,)', 'prohibited', NULL),
    ('K', '3', '8703', '[2024-06-01,)', NULL, 'strict $.cc > 2000'),
    ('K', '4', '8421.39.9010', '[2024-06-01,)', NULL, NULL);

CREATE TABLE orders (id int PRIMARY KEY, hs hscode, ship_to text, shipped date);
SELECT * FROM control_list.protect('orders', 'hs', 'ship_to', 'shipped');
INSERT INTO orders VALUES (1, '0101.21', 'RU', '2024-09-09'), (2, '8542.31', 'JP', '2024-09-09'), (3, '8542.31', 'RU', '2024-05-31');
INSERT INTO orders VALUES (4, '8542.31', 'RU', '2024-09-09');
INSERT INTO orders VALUES (4, '9301.10', 'BY', '2024-09-09');
INSERT INTO orders VALUES (4, '8542', 'RU', '2024-09-09');
INSERT INTO orders VALUES (4, '0101.21', NULL, '2024-09-09');
INSERT INTO orders VALUES (4, NULL, 'JP', NULL);
UPDATE orders SET ship_to = 'RUS' WHERE id = 2;
UPDATE orders SET shipped = '2024-06-01' WHERE id = 3;
COPY orders FROM stdin;
5	8542.31	RU	2024-09-09
\.
INSERT INTO orders VALUES (1, '8542.31', 'RU', '2024-09-09') ON CONFLICT (id) DO UPDATE SET hs = excluded.hs, ship_to = excluded.ship_to;
-- a later BEFORE trigger does not slip by
CREATE FUNCTION pg_temp.divert() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.ship_to := 'BY'; RETURN NEW; END $$;
CREATE TRIGGER zzz BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION pg_temp.divert();
INSERT INTO orders VALUES (6, '8542.31', 'JP', '2024-09-09');
DROP TRIGGER zzz ON orders;

-- the fields that drivers read
DO $$
DECLARE
    c text; t text; s text; col text; state text;
BEGIN
    INSERT INTO orders VALUES (4, '8542.31', 'RU', '2024-09-09');
EXCEPTION WHEN check_violation THEN
    GET STACKED DIAGNOSTICS c = CONSTRAINT_NAME, t = TABLE_NAME, s = SCHEMA_NAME, col = COLUMN_NAME, state = RETURNED_SQLSTATE;
    RAISE NOTICE 'sqlstate %, constraint %, table %.%, column %', state, c, s, t, col;
END
$$;

-- all arguments, other types of columns, block_at
CREATE TABLE lines (code varchar(20), dest char(3), at timestamptz, route text[], data jsonb, law text[], codes_of text);
SELECT count(*) FROM control_list.protect('lines', 'code', 'dest', 'at', via => 'route', attributes => 'data',
    jurisdictions => 'law', tariff => 'codes_of', hold_at => NULL);
INSERT INTO lines VALUES ('8542', 'RU', '2024-09-09 00:00+00');                    -- review is let pass
INSERT INTO lines VALUES ('nonsense', 'RU', '2024-09-09 00:00+00');                -- incomplete too
INSERT INTO lines VALUES ('8542.31', 'RU', '2024-05-31 14:59+00');                 -- not yet in force in Seoul
INSERT INTO lines VALUES ('8542.31', 'RU', '2024-05-31 15:00+00');
SET LOCAL timezone = 'America/New_York';                                            -- a clerk's clock changes nothing
SET LOCAL datestyle = 'German';
INSERT INTO lines VALUES ('8542.31', 'RU', '2024-05-31 15:00+00');
RESET timezone;
RESET datestyle;
INSERT INTO lines VALUES ('8542.31', 'JPN', '2024-09-09 00:00+00', '{KZ,BY}');
INSERT INTO lines VALUES ('8703.23', 'RUS', '2024-09-09 00:00+00', NULL, '{"cc": 1600}'), ('8703.23', 'RUS', '2024-09-09 00:00+00', NULL, NULL);
INSERT INTO lines VALUES ('8703.23', 'RUS', '2024-09-09 00:00+00', NULL, '{"cc": 2500}');
INSERT INTO lines VALUES ('8421.39.9010', 'RUS', '2024-09-09 00:00+00', NULL, NULL, '{KR}', 'US');
INSERT INTO lines VALUES ('8421.39.9010', 'RUS', '2024-09-09 00:00+00', NULL, NULL, '{KR}', 'KR');

-- what cannot be set up says why
CREATE TABLE wrong (hs text, dest text, day date, n int, v text, verdict screening_verdict, g text GENERATED ALWAYS AS (dest) STORED);
SELECT control_list.protect('wrong', 'hs', 'date');
SELECT control_list.protect('wrong', 'hs', 'n.ship_to');
SELECT control_list.protect('wrong', NULL, 'dest');
SELECT control_list.protect('wrong', 'hs', 'dest', 'n');
SELECT control_list.protect('wrong', 'hs', 'dest', '=2024-09-09');
SELECT control_list.protect('wrong', '=8542.31', '=RU');
SELECT control_list.protect('wrong', 'n', 'dest', 'day');
SELECT control_list.protect('wrong', 'hs', 'dest', 'day', attributes => '={');
SELECT control_list.protect('wrong', 'hs', 'dest', 'day', block_at => 'licensed');
SELECT control_list.protect('wrong', 'hs', 'dest', 'day', log => 'some');
SELECT control_list.protect('wrong', 'hs', 'dest', 'day', also_on => '{n,status}');
SELECT control_list.protect('wrong', 'hs', 'dest', 'day', verdict_column => 'v');
SELECT control_list.protect('wrong', 'hs', 'dest', 'day', verdict_column => 'hs');
SELECT control_list.protect('wrong', 'hs', 'g', 'day', verdict_column => 'verdict');
SELECT control_list.protect('wrong', 'hs', 'dest', 'day', verdict_column => 'verdict', deferred => true);
CREATE VIEW shown AS SELECT * FROM wrong;
SELECT control_list.protect('shown', 'hs', 'dest', 'day');
SELECT control_list.protect('control_list.entry', 'item', 'list');
SELECT control_list.protect('orders', 'hs', 'ship_to', 'shipped');
SELECT control_list.protect('pg_catalog.pg_class', 'relname', 'relname');
SELECT control_list.unprotect('wrong');
CREATE TRIGGER t AFTER INSERT ON wrong FOR EACH ROW EXECUTE FUNCTION control_list.screen_row();
INSERT INTO wrong VALUES ('0101.21', 'JP', '2024-09-09');
SELECT control_list.screen_row();
ROLLBACK;
