-- What README.md shows of licenses and of protected tables is so.
\set SHOW_CONTEXT never
\set ON_ERROR_ROLLBACK on
\set ECHO none
BEGIN;
SET LOCAL datestyle = 'ISO, YMD';
\o /dev/null
ALTER TABLE control_list.entry ALTER id RESTART;
ALTER TABLE control_list.clearance ALTER id RESTART;
\i data/load_lists.sql
\o
\! awk '/^## / { shown = /Licenses|Protected tables/ } /^```/ { inside = shown && /sql/; next } inside' README.md >results/readme.sql
\set ECHO all
\i results/readme.sql
ROLLBACK;
