-- The part of the story about the week before the revision prints what it should.
\set SHOW_CONTEXT never
\set ECHO none
SELECT pg_catalog.current_database() AS home \gset
SET client_min_messages = warning;
DROP DATABASE IF EXISTS control_list_week;
CREATE DATABASE control_list_week TEMPLATE template0;
\c control_list_week
SET client_min_messages = warning;
SET datestyle = 'ISO, YMD';
CREATE EXTENSION control_list CASCADE;
\i script/demo_week.sql
\c :home
DROP DATABASE control_list_week;
