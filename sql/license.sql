-- Licenses: what may stand in them, what they permit, and how they are drawn from.
\set SHOW_CONTEXT never
\set ON_ERROR_ROLLBACK on
SET datestyle = 'ISO, YMD';
BEGIN;
-- what a statement answers, or the fields of its error
CREATE FUNCTION pg_temp.attempt(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text;
    detail text;
    hint text;
BEGIN
    EXECUTE statement INTO answer;
    RETURN answer;
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
    RETURN concat_ws(' | ', SQLSTATE, SQLERRM, CASE WHEN detail NOT LIKE 'Failing row%' THEN nullif(detail, '') END, nullif(hint, ''));
END
$$;

INSERT INTO control_list.destination_group VALUES ('near', 'KZ'), ('near', 'KG');
INSERT INTO control_list.list (code, title, tariff, time_zone, destinations) VALUES
    ('K', 'a list', 'KR', 'Asia/Seoul', '{RU,BY,KZ,UA-43}'),
    ('M', 'more', NULL, 'UTC', '{RU,KZ}');
INSERT INTO control_list.entry (list, item, codes, measure, applies_if) VALUES
    ('K', 'chips', '8542.31', NULL, NULL),
    ('K', 'car', '8703.23.9010', NULL, NULL),
    ('K', 'arms', '9301', 'prohibited', NULL),
    ('K', 'engine', '8407', NULL, 'strict $.kw > 100'),
    ('M', 'chips too', '8542', NULL, NULL),
    ('M', 'parts', '8473', 'review', NULL);

-- what is refused
SELECT pg_temp.attempt('INSERT INTO control_list.license (number, list, destinations, codes, valid, ' || columns || ')
    VALUES (' || required || ', ' || more || ')') AS refused
FROM (VALUES
    ('remark', '''X'', ''none'', ''{RU}'', ''{85}'', ''(,)''', 'NULL'),
    ('remark', ''''', ''K'', ''{RU}'', ''{85}'', ''(,)''', 'NULL'),
    ('remark', ''' X'', ''K'', ''{RU}'', ''{85}'', ''(,)''', 'NULL'),
    ('remark', '''X'', ''K'', ''{}'', ''{85}'', ''(,)''', 'NULL'),
    ('remark', '''X'', ''K'', ''{Russia}'', ''{85}'', ''(,)''', 'NULL'),
    ('remark', '''X'', ''K'', ''{@nobody}'', ''{85}'', ''(,)''', 'NULL'),
    ('remark', '''X'', ''K'', ''{RU}'', ''{}'', ''(,)''', 'NULL'),
    ('remark', '''X'', ''K'', ''{RU}'', ''{85}'', ''empty''', 'NULL'),
    ('remark', '''X'', ''K'', ''{RU}'', ''{85}'', ''(,-infinity]''', 'NULL'),
    ('max_quantity', '''X'', ''K'', ''{RU}'', ''{85}'', ''(,)''', '10'),
    ('max_value', '''X'', ''K'', ''{RU}'', ''{85}'', ''(,)''', '10'),
    ('max_quantity, unit', '''X'', ''K'', ''{RU}'', ''{85}'', ''(,)''', '0, ''kg'''),
    ('max_quantity, unit', '''X'', ''K'', ''{RU}'', ''{85}'', ''(,)''', '''NaN'', ''kg'''),
    ('max_quantity, unit', '''X'', ''K'', ''{RU}'', ''{85}'', ''(,)''', '10, '''''),
    ('max_value, currency', '''X'', ''K'', ''{RU}'', ''{85}'', ''(,)''', '10, ''Euro'''),
    ('quota_period', '''X'', ''K'', ''{RU}'', ''{85}'', ''(,)''', '''1 year'''),
    ('max_quantity, unit, quota_period', '''X'', ''K'', ''{RU}'', ''{85}'', ''(,)''', '10, ''kg'', ''1 month -29 days'''),
    ('max_quantity, unit, quota_period', '''X'', ''K'', ''{RU}'', ''{85}'', ''(,)''', '10, ''kg'', ''101 years'''),
    ('applies_if', '''X'', ''K'', ''{RU}'', ''{85}'', ''(,)''', '''$.a > 1''')) AS v (columns, required, more);

INSERT INTO control_list.license (number, list, destinations, codes, valid, max_quantity, unit, max_value, currency) VALUES
    ('CAP', 'K', '{RU,@near}', '{8542}', '[2024-01-01,2024-12-31]', 10, 'kg', 1000, 'USD');
INSERT INTO control_list.license (number, list, holder, consignee, destinations, codes, valid, applies_if, waiver) VALUES
    ('OPEN', 'K', 'we', 'they', '{*}', '{8542.31,8407,8703.23}', '(,)', NULL, false),
    ('CAR', 'K', NULL, NULL, '{RU}', '{8703.23.9010}', '(,)', NULL, false),
    ('COND', 'K', NULL, NULL, '{RU}', '{8542}', '(,)', 'strict $.civil == true', false),
    ('WAIVER', 'K', NULL, NULL, '{RU}', '{01-99}', '(,)', NULL, true),
    ('OTHER', 'M', NULL, NULL, '{*}', '{01-99}', '(,)', NULL, true);

--
-- Drawing
--
SELECT * FROM control_list.draw_license('CAP', 4, 300.50, 'order 1', 'kg', 'USD', '2024-06-01');
SELECT * FROM control_list.draw_license('OPEN', 4, 300.50, 'order 1');
SELECT pg_temp.attempt('SELECT control_list.draw_license(' || arguments || ')') AS refused
FROM unnest(ARRAY[
    $$'none', 1, 1, 'order 2', 'kg', 'USD'$$,
    $$NULL, 1, 1, 'order 2', 'kg', 'USD'$$,
    $$'CAP', 1, 1, 'order 2', 'kg', 'USD', '2023-12-31'$$,
    $$'CAP', 1, 1, 'order 2', 'kg', 'USD', '2025-01-01'$$,
    $$'CAP', 1, 1, 'order 2', 'kg', 'USD', 'infinity'$$,
    $$'CAP', 6.01, 1, 'order 2', 'kg', 'USD', '2024-06-01'$$,
    $$'CAP', 1, 700, 'order 2', 'kg', 'USD', '2024-06-01'$$,
    $$'CAP', 7, 700, 'order 2', 'kg', 'USD', '2024-06-01'$$,
    $$'CAP', 1, 1, 'order 2', 'KG', 'USD', '2024-06-01'$$,
    $$'CAP', 1, 1, 'order 2', NULL, 'USD', '2024-06-01'$$,
    $$'CAP', 1, 1, 'order 2', 'kg', 'EUR', '2024-06-01'$$,
    $$'CAP', 1, 1, 'order 2', 'kg', NULL, '2024-06-01'$$,
    $$'CAP', NULL, 1, 'order 2', 'kg', 'USD', '2024-06-01'$$,
    $$'CAP', 1, NULL, 'order 2', 'kg', 'USD', '2024-06-01'$$,
    $$'CAP', 0, 1, 'order 2', 'kg', 'USD', '2024-06-01'$$,
    $$'CAP', -1, 1, 'order 2', 'kg', 'USD', '2024-06-01'$$,
    $$'CAP', 'NaN', 1, 'order 2', 'kg', 'USD', '2024-06-01'$$,
    $$'CAP', 1, '-Infinity', 'order 2', 'kg', 'USD', '2024-06-01'$$,
    $$'OPEN', -1, 1, 'order 2'$$,
    $$'CAP', 1, 1, NULL, 'kg', 'USD', '2024-06-01'$$,
    $$'CAP', 1, 1, '', 'kg', 'USD', '2024-06-01'$$]) AS a (arguments);

SELECT left(pg_temp.attempt($$SELECT control_list.draw_license('CAP', 1, 1, 'order 2', 'kg', 'USD')$$), 5) AS today;

-- a draw that is rolled back was none; the last of it may be drawn, no more
SAVEPOINT before;
SELECT * FROM control_list.draw_license('CAP', 6, 0, 'order 3', 'kg', 'USD', '2024-06-01');
SELECT screen_shipment('8542.31', 'RU', '2024-06-01', licenses => '{CAP,OTHER}') AS verdict,
       (SELECT reason FROM screening_hits('8542.31', 'RU', '2024-06-01', licenses => '{CAP}') WHERE list = 'K') AS why;
ROLLBACK TO before;
SELECT * FROM control_list.license_left('CAP');
SELECT * FROM control_list.draw_license('CAP', 6, 699.50, 'order 4', 'kg', 'USD', '2024-06-01');
SELECT pg_temp.attempt($$SELECT control_list.draw_license('CAP', 0.001, 0, 'order 5', 'kg', 'USD', '2024-06-01')$$) AS used_up;
SELECT verdict, reason FROM screening_hits('8542.31', 'RU', '2024-06-01', licenses => '{CAP}') WHERE list = 'K';

-- what is returned can be drawn again, and is returned once
SELECT control_list.return_license('order 1'), control_list.return_license('order 1') AS again, control_list.return_license('none'), control_list.return_license(NULL) AS nothing;
SELECT verdict, reason FROM screening_hits('8542.31', 'RU', '2024-06-01', licenses => '{CAP}') WHERE list = 'K';
SELECT license, line, reference, quantity, unit, value, currency, returns, total_quantity, total_value,
       used_at <= recorded_at AS times, recorded_by = session_user AS by_me
FROM control_list.license_use ORDER BY license, line;
SELECT * FROM control_list.license_left('CAP'), control_list.license_left('OPEN') AS open (no_limit, neither);
SELECT * FROM control_list.license_left('none');

-- a limit that is lowered below what was drawn leaves nothing, and what was drawn stays counted
UPDATE control_list.license SET max_quantity = 5 WHERE number = 'CAP';
SELECT * FROM control_list.license_left('CAP');
SELECT pg_temp.attempt($$SELECT control_list.draw_license('CAP', 1, 0, 'order 5', 'kg', 'USD', '2024-06-01')$$) AS overdrawn;
SELECT pg_temp.attempt(statement) AS refused FROM unnest(ARRAY[
    $$UPDATE control_list.license SET unit = 'g' WHERE number = 'CAP'$$,
    $$UPDATE control_list.license SET max_value = NULL, currency = NULL WHERE number = 'CAP'$$,
    $$UPDATE control_list.license SET unit = 'kg', max_quantity = 4 WHERE number = 'OPEN'$$,
    $$UPDATE control_list.license SET number = 'NEW' WHERE number = 'CAP'$$,
    $$DELETE FROM control_list.license WHERE number = 'CAP'$$,
    $$UPDATE control_list.license_use SET quantity = 1$$,
    $$DELETE FROM control_list.license_use$$,
    $$TRUNCATE control_list.license_use$$,
    $$DELETE FROM control_list.list WHERE code = 'M'$$,
    $$DELETE FROM control_list.destination_group$$]) AS s (statement);
SET session_replication_role = replica;
SELECT pg_temp.attempt('DELETE FROM control_list.license_use') AS refused;
RESET session_replication_role;
UPDATE control_list.license SET max_quantity = 10, remark = 'as before' WHERE number = 'CAP';

-- within a statement nothing changes: it sees what was drawn before it began
SELECT screen_shipment('8542.31', 'RU', '2024-06-01', licenses => '{CAP,OTHER}') AS as_before,
       (d).quantity_left
FROM (SELECT control_list.draw_license('CAP', 1, 1, 'order 6', 'kg', 'USD', '2024-06-01') AS d FROM generate_series(1, 4)) AS drawn;

SELECT control_list.return_license('order 6');

-- rolling quotas: by the calendar of the list, and what is returned frees the time in which it was drawn
INSERT INTO control_list.license (number, list, destinations, codes, valid, max_quantity, unit, quota_period) VALUES
    ('MONTH', 'K', '{*}', '{85}', '(,)', 10, 'kg', '1 month');
SELECT control_list.append_use(l, u.reference, u.quantity, 'kg', NULL, NULL,
           used_at => (now() AT TIME ZONE 'Asia/Seoul' - u.ago) AT TIME ZONE 'Asia/Seoul')
FROM control_list.license AS l,
     (VALUES ('long ago', 9, '1 month'::interval), ('lately', 3, '1 month -1 second'), ('today', 4, '0')) AS u (reference, quantity, ago)
WHERE l.number = 'MONTH' \g /dev/null
SELECT quantity AS left_of_10 FROM control_list.license_left('MONTH');
SELECT pg_temp.attempt($$SELECT control_list.draw_license('MONTH', 4, NULL, 'order 7', 'kg')$$) AS too_much;
SELECT control_list.return_license('long ago'), (SELECT quantity FROM control_list.license_left('MONTH')) AS before;
SELECT quantity AS as_before FROM control_list.license_left('MONTH');
SELECT control_list.return_license('lately') \g /dev/null
SELECT quantity AS three_more FROM control_list.license_left('MONTH');
SET LOCAL timezone = 'Pacific/Kiritimati';
SELECT quantity AS everywhere FROM control_list.license_left('MONTH');
RESET timezone;
SELECT quantity_left FROM control_list.draw_license('MONTH', 6, NULL, 'order 7', 'kg');
SELECT reason FROM screening_hits('8542.31', 'RU', '2024-06-01', licenses => '{MONTH}') WHERE list = 'K';

--
-- Screening: each hit with each license
--
CREATE FUNCTION pg_temp.hits(code text, destination text, day date, via text[], attributes jsonb, licenses text[], tariff text)
RETURNS TABLE (verdict screening_verdict, all_in_all screening_verdict, reason text) LANGUAGE sql AS $$
    SELECT h.verdict, screen_shipment(code, destination, day, via, attributes, licenses, NULL, tariff), h.reason
    FROM screening_hits(code, destination, day, via, attributes, licenses, NULL, tariff) AS h
$$;
SELECT h.* FROM (VALUES
    -- permitted, wholly or in part, or not at all
    ('8542.31', 'RU', '2024-06-01'::date, NULL::text[], NULL::jsonb, '{OPEN}'::text[], NULL),
    ('8542.31', 'RU', '2024-06-01', NULL, NULL, '{OTHER,OPEN}', NULL),
    ('8542', 'RU', '2024-06-01', NULL, NULL, '{OTHER,OPEN}', NULL),
    ('8407', 'RU', '2024-06-01', NULL, NULL, '{OPEN}', NULL),
    ('8542.31', 'UA', '2024-06-01', NULL, NULL, '{OPEN}', NULL),
    -- the days of the license, in the time zone of its list
    ('8542.31', 'BY', '2023-12-31', '{KZ}', NULL, '{CAP}', NULL),
    ('8542.31', 'KZ', '2024-01-01', NULL, NULL, '{CAP,OTHER}', NULL),
    ('8542.31', 'KZ', '2025-01-01', NULL, NULL, '{CAP,OTHER}', NULL),
    ('8542.31', 'KZ', '2023-12-31', NULL, NULL, '{CAP,OTHER}', NULL),
    -- destination and every via
    ('8542.31', 'RU', '2024-01-01', '{BY}', NULL, '{CAP,OTHER}', NULL),
    ('8542.31', 'RU', '2024-01-01', '{KG,ru}', NULL, '{CAP,OTHER}', NULL),
    ('8542.31', 'RU', '2024-01-01', '{Rusia}', NULL, '{CAP,OTHER}', NULL),
    ('8542.31', 'RU', '2024-01-01', '{NULL}', NULL, '{CAP,OTHER}', NULL),
    -- the whole code as it counts, and all that it may mean
    ('8703.23.9010', 'RU', '2024-06-01', NULL, NULL, '{CAR}', 'KR'),
    ('8703.23.9010', 'RU', '2024-06-01', NULL, NULL, '{CAR}', 'US'),
    ('8703.23.9010', 'RU', '2024-06-01', NULL, NULL, '{OPEN}', 'US'),
    ('8703.23.0000', 'RU', '2024-06-01', NULL, NULL, '{CAR}', 'KR'),
    ('8703.23.0000', 'RU', '2024-06-01', NULL, NULL, '{OPEN}', 'KR'),
    ('8703.00.0000', 'RU', '2024-06-01', NULL, NULL, '{OPEN}', 'KR'),
    -- its own condition must be true
    ('8542.31', 'RU', '2024-06-01', NULL, '{"civil": true}', '{COND,OTHER}', NULL),
    ('8542.31', 'RU', '2024-06-01', NULL, '{"civil": false}', '{COND,OTHER}', NULL),
    ('8542.31', 'RU', '2024-06-01', NULL, '{"civil": null}', '{COND,OTHER}', NULL),
    -- what is prohibited needs a waiver, and a review is a review
    ('9301', 'RU', '2024-06-01', NULL, NULL, '{OTHER,OPEN}', NULL),
    ('9301', 'RU', '2024-06-01', NULL, NULL, '{OPEN,WAIVER}', NULL),
    ('93', 'RU', '2024-06-01', NULL, NULL, '{WAIVER}', NULL),
    ('8473', 'RU', '2024-06-01', NULL, NULL, '{OTHER,WAIVER}', NULL),
    -- what hides its heading needs a license for all goods
    ('9808', 'UA-43', '2024-06-01', NULL, NULL, '{OPEN}', NULL),
    -- numbers that are none
    ('8542.31', 'UA-43', '2024-06-01', NULL, NULL, '{open,"OPEN ",NULL,""}', NULL),
    ('8542.31', 'UA-43', '2024-06-01', NULL, NULL, '{NULL}', NULL),
    ('8542.31', 'UA-43', '2024-06-01', NULL, NULL, '{}', NULL),
    -- what is incomplete stays so
    ('8542.31', 'RU', NULL, NULL, NULL, '{OPEN,OTHER}', NULL),
    ('8542.31', 'Russia?', '2024-06-01', NULL, NULL, '{OPEN,OTHER}', NULL),
    (NULL, 'RU', '2024-06-01', NULL, NULL, '{WAIVER,OTHER}', NULL)
) AS s (code, destination, day, via, attributes, licenses, tariff),
LATERAL pg_temp.hits(s.code, s.destination, s.day, s.via, s.attributes, s.licenses, s.tariff) AS h;

-- the other forms; a Korean day begins at 15:00 UTC the day before
SELECT screen_shipment('8542.31'::hscode, 'KZ', '2024-06-01', licenses => '{CAP,OTHER}') AS by_code,
       is_restricted('8542.31', 'KZ', '2024-06-01', licenses => '{CAP,OTHER}') AS restricted,
       screen_shipment_at('8542.31', 'KZ', '2023-12-31 14:59 UTC', licenses => '{CAP,OTHER}') AS too_early,
       screen_shipment_at('8542.31'::hscode, 'KZ', '2023-12-31 15:00 UTC', licenses => '{CAP,OTHER}') AS in_time;

-- which to draw from
SELECT control_list.covering_licenses('8542.31', 'RU', '2024-06-01', licenses => '{none,OTHER,OPEN,CAP,OTHER}') AS two,
       control_list.covering_licenses('8542.31', 'RU', '2024-06-01', licenses => '{CAP,OPEN}') AS one,
       control_list.covering_licenses_at('8542.31', 'KZ', '2023-12-31 14:59 UTC', licenses => '{CAP}') AS too_early,
       control_list.covering_licenses('8542.31', 'RU', '2024-06-01') AS unnamed,
       control_list.covering_licenses(NULL, NULL, NULL, licenses => '{CAP}') AS unknown;

-- a group of which the members go; without them it is no place
SET LOCAL session_replication_role = replica;
DELETE FROM control_list.destination_group WHERE territory = 'KZ';
RESET session_replication_role;
SELECT reason FROM screening_hits('8542.31', 'KZ', '2024-06-01', licenses => '{CAP}') WHERE list = 'K';
ROLLBACK;

--
-- Rights: whoever may screen may name licenses; whoever may draw may not write the ledger
--
BEGIN;
CREATE ROLE regress_clerk;
CREATE ROLE regress_officer;
CREATE SCHEMA regress_evil AUTHORIZATION regress_clerk;
GRANT TEMPORARY ON DATABASE contrib_regression TO regress_clerk;
INSERT INTO control_list.list (code, title) VALUES ('K', 'a list');
INSERT INTO control_list.entry (list, item, codes) VALUES ('K', 'chips', '8542.31');
INSERT INTO control_list.license (number, list, destinations, codes, valid, max_quantity, unit)
VALUES ('A', 'K', '{*}', '{85}', '(,)', 10, 'kg'), ('B', 'K', '{*}', '{85}', '(,)', 10, 'kg');
SELECT quantity_left FROM control_list.draw_license('B', 10, NULL, 'order 1', 'kg');
GRANT EXECUTE ON FUNCTION control_list.draw_license, control_list.return_license TO regress_officer;

SET LOCAL ROLE regress_clerk;
SELECT control_list.draw_license('A', 1, NULL, 'order 2', 'kg');
SELECT control_list.return_license('order 1');
SELECT control_list.license_left('A');
SELECT * FROM control_list.license_use;
CREATE FUNCTION regress_evil.no(numeric, integer) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT false $$;
CREATE OPERATOR regress_evil.<= (LEFTARG = numeric, RIGHTARG = integer, FUNCTION = regress_evil.no);
CREATE FUNCTION regress_evil.no(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT true $$;
CREATE OPERATOR regress_evil.= (LEFTARG = text, RIGHTARG = text, FUNCTION = regress_evil.no);
CREATE TEMPORARY TABLE license (number text, list text);
CREATE TEMPORARY TABLE license_use (license text);
SET LOCAL search_path = regress_evil, pg_temp, public, pg_catalog;
SELECT public.screen_shipment('8542.31', 'RU', '2024-09-09', licenses => '{A}') AS a,
       public.screen_shipment('8542.31', 'RU', '2024-09-09', licenses => '{B}') AS b;
RESET search_path;
RESET ROLE;

ALTER TABLE control_list.license ENABLE ROW LEVEL SECURITY;
ALTER TABLE control_list.license_use ENABLE ROW LEVEL SECURITY;
SET LOCAL ROLE regress_officer;
SELECT quantity_left FROM control_list.draw_license('A', 1, NULL, 'order 2', 'kg');
SELECT control_list.return_license('order 2');
INSERT INTO control_list.license_use (license, line, reference) VALUES ('A', 3, 'x');
SELECT control_list.append_use(NULL, 'x', 1, 'kg', NULL, NULL);
SELECT screen_shipment('8542.31', 'RU', '2024-09-09', licenses => '{B}') AS used_up_for_everybody;
RESET ROLE;
SELECT recorded_by = session_user AS by_me FROM control_list.license_use WHERE license = 'A';
ROLLBACK;
