-- A scan that calls us against the same scan that calls the function that does nothing.

CREATE FUNCTION scan(condition text) RETURNS text LANGUAGE sql AS $$ SELECT 'SELECT count(*) FROM shipment WHERE ' || condition $$;
INSERT INTO contender (race, name, statement, agrees, pieces)
VALUES ('scan', 'screen_shipment(hscode)', scan('screen_shipment(hs, destination, ship_date) >= ''license_required'''), true, :shipments),
       ('scan', 'do_nothing(hscode)', scan('do_nothing(hs, destination, ship_date) >= ''license_required'''), false, :shipments),
       ('scan', 'screen_shipment(text)', scan('screen_shipment(code, destination, ship_date) >= ''license_required'''), true, :shipments),
       ('scan', 'do_nothing(text)', scan('do_nothing(code, destination, ship_date) >= ''license_required'''), false, :shipments);
INSERT INTO contender (race, name, statement, before, after, pieces)
SELECT race, name || ', six digits', statement, 'SET control_list.tariff = ''''', 'RESET control_list.tariff', pieces
FROM contender WHERE name LIKE 'screen_shipment(%)';

SET max_parallel_workers_per_gather = 1;
SELECT plan_of(statement) @? '$.**."Node Type" ? (@ == "Gather")' AS parallel FROM contender WHERE name = 'screen_shipment(hscode)' \gset
SET max_parallel_workers_per_gather = 0;
\if :parallel
INSERT INTO contender (race, name, statement, before, after, agrees, pieces)
SELECT race, name || ', two processes', statement, 'SET max_parallel_workers_per_gather = 1', 'SET max_parallel_workers_per_gather = 0', agrees, pieces
FROM contender WHERE name IN ('screen_shipment(hscode)', 'do_nothing(hscode)');
\else
INSERT INTO note (note) VALUES ('the planner does not screen in parallel; no row about that');
\endif

-- who differs by some percent is disturbed easily, so they run longer
CALL race('scan', 3 * :runs);
CALL compare('scan', 'screen_shipment(hscode)', 'do_nothing(hscode)', 'a scan, for each shipment', 'ns', 1e-6, 1.3);
CALL compare('scan', 'screen_shipment(hscode), six digits', 'do_nothing(hscode)', 'the same, control_list.tariff not set', 'ns', 1e-6, 1.3);
CALL compare('scan', 'screen_shipment(text)', 'do_nothing(text)', 'a scan of codes as text', 'ns', 1e-6, 1.6);
CALL compare('scan', 'screen_shipment(text), six digits', 'do_nothing(text)', 'the same, control_list.tariff not set', 'ns', 1e-6, 1.6);
CALL compare('scan', 'screen_shipment(hscode), two processes', 'screen_shipment(hscode)', 'a scan in parallel', 'ns', 1e-6, 1 / 1.7);
CALL compare('scan', 'do_nothing(hscode), two processes', 'do_nothing(hscode)', 'the same with a function that does nothing', 'ns', 1e-6);
