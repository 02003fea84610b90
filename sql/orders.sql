-- The part of the story about real export rows, where ../shared/data is there.
\set SHOW_CONTEXT never
\set ECHO none
BEGIN;
SET LOCAL datestyle = 'ISO, YMD';
\o /dev/null
\i data/load_lists.sql
\o
\i script/demo_orders.sql
ROLLBACK;
