-- The story that "make demo" tells prints what it should.
\set SHOW_CONTEXT never
\set ON_ERROR_ROLLBACK on
\set ECHO none
BEGIN;
SET LOCAL datestyle = 'ISO, YMD';
\i script/demo.sql
ROLLBACK;
