-- The log of screenings: what is written.
\set SHOW_CONTEXT never
CREATE ROLE regress_clerk;
CREATE ROLE regress_seller IN ROLE regress_clerk;
CREATE SCHEMA "odd ""schema";
CREATE TABLE "odd ""schema"."Order" (id int PRIMARY KEY);
CREATE TABLE regress_orders (id int PRIMARY KEY);
CREATE TEMPORARY TABLE screening_log (a int);
CREATE VIEW logged AS
    SELECT logged_at BETWEEN now() AND clock_timestamp() AS "when", replace(login, session_user, 'me') AS login, role, target, key, inputs, verdict, hits,
           generation = (SELECT id FROM control_list.generation) AS "generation"
    FROM control_list.screening_log;

BEGIN;
SELECT control_list.log_screening('"odd ""schema"."Order"', '{"id": 1}', '{"hs_code": "8542", "destination": "RU"}', 'review', '[{"entry_id": 7, "list": "K"}]');
-- odd characters, no key, no hits, a role that was chosen
SET search_path = 'odd "schema';
SELECT control_list.log_screening('"Order"', NULL, '{"hs_code": "\" \\ \n \u0001 é %s"}', 'not_listed', NULL);
RESET search_path;
SELECT * FROM logged;
ROLLBACK;

-- which lists: those of the screening, also one's own; test/specs/evidence.spec has those of others
BEGIN;
INSERT INTO control_list.list (code, title) VALUES ('K', 'a list');
SELECT screen_shipment('8542', 'RU');
SELECT control_list.log_screening('regress_orders', '{"id": 1}', '{}', 'not_listed', '[]');
SELECT "generation" AS my_own FROM logged;
ROLLBACK;

-- nobody forges a row, and nobody reads one
SET ROLE regress_seller;
SELECT control_list.log_screening('regress_orders', '{"id": 1}', '{}', 'not_listed', '[]');
INSERT INTO control_list.screening_log (logged_at, login, target, inputs, verdict, hits) VALUES (now(), 'me', 't', '{}', 'not_listed', '[]');
INSERT INTO control_list.screening_log_default (logged_at, login, target, inputs, verdict, hits) VALUES (now(), 'me', 't', '{}', 'not_listed', '[]');
SELECT * FROM control_list.screening_log;
SET control_list.log_blocked = off;
RESET ROLE;

-- who may call it is not named as the one who did, but who was logged in, and as whom
GRANT EXECUTE ON FUNCTION control_list.log_screening TO regress_clerk;
BEGIN;
SET LOCAL ROLE regress_clerk;
SELECT control_list.log_screening('regress_orders', '{"id": 1}', '{}', 'not_listed', '[]');
RESET ROLE;
SELECT login, role, target FROM logged;
ROLLBACK;

DROP VIEW logged;
DROP TABLE regress_orders, screening_log, "odd ""schema"."Order";
DROP SCHEMA "odd ""schema";
REVOKE EXECUTE ON FUNCTION control_list.log_screening FROM regress_clerk;
DROP ROLE regress_seller, regress_clerk;
