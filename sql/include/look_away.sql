-- Takes away what look.sql made.
SET client_min_messages = warning;
DELETE FROM control_list.entry;
DELETE FROM control_list.list;
DROP FUNCTION glance(), look(), ask(text);
DROP VIEW verdicts;
DROP SCHEMA reference CASCADE;
RESET client_min_messages;
