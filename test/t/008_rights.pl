# An ordinary role makes a session as hostile as it may, screens, and gets the answers that everybody gets; the load
# that a rulebook needs happens in that session. sql/rights.sql has what one session can show.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";
use ControlListTest;
use Test::More;

my $node = new_server('main');
prepare($node, 'postgres');
$node->safe_psql('postgres', q{
	CREATE ROLE keeper;
	CREATE ROLE clerk LOGIN;
	CREATE ROLE stranger LOGIN;
	GRANT CREATE ON SCHEMA public TO clerk;
	CREATE SCHEMA evil AUTHORIZATION clerk;
	INSERT INTO control_list.destination_group VALUES ('g', 'KZ');
	INSERT INTO control_list.list (code, title, destinations, jurisdictions, known_from, tariff)
		VALUES ('M', 'more', '{@g,UA-43}', '{KR}', '2024-01-01', 'KR');
	INSERT INTO control_list.entry (list, item, codes, applies_if) VALUES
		('M', 'c', '8703.23.9010', 'strict $.cc > 2000 && $.made.datetime() < "2000-01-02".datetime()');
} . add(1));

my $answers = q{SELECT pg_catalog.string_agg(v::pg_catalog.text, ' ') FROM (VALUES
	(public.screen_shipment('8541', 'RU', '2024-09-09')),
	(public.screen_shipment('8542'::public.hscode, 'RU', '2024-09-09')),
	(public.screen_shipment('8703.23.9010', 'KZ', '2024-09-09', tariff => 'KR', attributes => '{"cc": 2500, "made": "2000-01-01"}')),
	(public.screen_shipment('8703.23.9010'::public.hscode, 'UA', '2024-09-09', NULL, '{"cc": 2500, "made": "2000-01-03"}', tariff => 'KR')),
	(public.screen_shipment_at('8541', 'RU', '2024-09-09 00:00+00')),
	(public.screen_shipment('8541', 'JP', '2023-01-01')),
	(public.screen_shipment('0101', 'KZ', '2023-01-01'))) AS a (v)};
my $expected = 'license_required not_listed license_required not_listed license_required not_listed incomplete';

sub clerk { return session($node, 'postgres', extra_params => [ '-U', 'clerk' ]); }

# the clerk connects anew, so that the session loads the lists itself, after these statements
sub screens
{
	my ($statements, $name) = @_;
	my $clerk = clerk();
	local $Test::Builder::Level = $Test::Builder::Level + 1;

	answer($clerk, $statements);
	holds($clerk, $answers, $expected, $name);
	$clerk->quit;
	return;
}

# catches: a load with the rights of the caller
my $clerk = clerk();
like(answer($clerk, 'SELECT * FROM control_list.entry'), qr/permission denied/, 'the clerk may not read');
like(answer($clerk, 'UPDATE control_list.generation SET id = DEFAULT'), qr/permission denied/, 'nor rename the state');
holds($clerk, $answers, $expected, 'but screens');

# catches: rights or settings of the load stay in the session
like(answer($clerk, 'SELECT * FROM control_list.entry'), qr/permission denied/, 'still may not read');
holds($clerk, 'SELECT current_user, session_user', 'clerk|clerk', 'still the same');
holds($clerk, q{SELECT current_setting('search_path'), current_setting('row_security')}, '"$user", public|on', 'with the same settings');
$node->safe_psql('postgres', q{SET session_replication_role = replica; INSERT INTO control_list.entry (list, item, codes) VALUES ('none', '1', '95')});
like(answer($clerk, 'BEGIN; SELECT 1; ' . $answers), qr/cannot be read/, 'a list that cannot be read');
like(answer($clerk, 'SELECT * FROM control_list.entry'), qr/ERROR/, 'no rights left over from the error');
answer($clerk, 'ROLLBACK');
holds($clerk, q{SELECT current_user || current_setting('search_path') || current_setting('row_security')}, 'clerk"$user", publicon', 'nor settings');
$node->safe_psql('postgres', q{SET session_replication_role = replica; DELETE FROM control_list.entry WHERE list = 'none'});
holds($clerk, $answers, $expected, 'again readable');

# catches: names that are looked up where the clerk can plant them
$node->safe_psql('postgres', $_, extra_params => [ '-U', 'clerk' ]) foreach (q{
	CREATE TYPE evil.text AS (t int);
	CREATE TYPE public.uuid AS (t int);
	CREATE DOMAIN public.date AS pg_catalog.text;
	CREATE FUNCTION public.gen_random_uuid() RETURNS pg_catalog.uuid LANGUAGE sql AS $$ SELECT NULL::pg_catalog.uuid $$;
	CREATE FUNCTION evil.no(anyelement, anyelement) RETURNS boolean LANGUAGE sql AS $$ SELECT false $$;
	CREATE FUNCTION public.no(pg_catalog.text, pg_catalog.text) RETURNS boolean LANGUAGE sql AS $$ SELECT false $$;
	CREATE FUNCTION public.no(hsrange, hsrange) RETURNS boolean LANGUAGE sql AS $$ SELECT false $$;
	CREATE FUNCTION public.territory(pg_catalog.text) RETURNS pg_catalog.text LANGUAGE sql AS $$ SELECT 'JP' $$;
	CREATE FUNCTION public.jsonb_path_match_tz(jsonb, jsonpath) RETURNS boolean LANGUAGE sql AS $$ SELECT false $$;
	CREATE OPERATOR public.< (LEFTARG = pg_catalog.text, RIGHTARG = pg_catalog.text, FUNCTION = public.no);
	CREATE OPERATOR public.= (LEFTARG = pg_catalog.text, RIGHTARG = pg_catalog.text, FUNCTION = public.no);
	CREATE OPERATOR evil.= (LEFTARG = anyelement, RIGHTARG = anyelement, FUNCTION = evil.no);
	CREATE OPERATOR evil.< (LEFTARG = anyelement, RIGHTARG = anyelement, FUNCTION = evil.no);
	CREATE TABLE evil.entry (list pg_catalog.text);
	CREATE TABLE evil.pg_trigger (tgname name);
	CREATE TABLE evil.pg_enum (enumlabel name);
	CREATE VIEW evil.list AS SELECT 1 AS code;
});
screens('SET search_path = evil, public, pg_temp, pg_catalog', 'planted functions, operators and types');
screens(q{CREATE TEMPORARY TABLE generation (single boolean, id pg_catalog.uuid); CREATE TEMPORARY TABLE list (code pg_catalog.text);
	CREATE TEMPORARY TABLE pg_class (oid oid); SET search_path = pg_temp, evil}, 'planted temporary tables');
screens(q{SET search_path = ''}, 'no search_path');

# catches: settings of the session by which the lists are read
screens('SET row_security = off', 'row security off');
screens(q{SET DateStyle = 'German'; SET TimeZone = 'Pacific/Kiritimati'; SET IntervalStyle = iso_8601; SET bytea_output = escape;
	SET extra_float_digits = -15; SET xmloption = document; SET lc_messages = 'C'}, 'formats');
screens('SET enable_seqscan = off; SET enable_indexscan = off; SET enable_sort = off; SET enable_bitmapscan = off; SET work_mem = 64;
	SET plan_cache_mode = force_custom_plan; SET cursor_tuple_fraction = 0; SET jit = on; SET jit_above_cost = 0; SET max_stack_depth = 100', 'plans');
screens('SET default_transaction_read_only = on', 'read only');
screens('SET default_transaction_isolation = serializable; SET default_transaction_deferrable = on; SET default_transaction_read_only = on', 'serializable');
screens('SET transform_null_equals = on; SET array_nulls = off; SET standard_conforming_strings = off; SET escape_string_warning = off;
	SET quote_all_identifiers = on', 'dialects');
screens(($node->pg_version < 16 ? 'SET force_parallel_mode = on' : 'SET debug_parallel_query = on'), 'a parallel worker');
screens("LOAD 'plpgsql'; SET plpgsql.variable_conflict = error; SET plpgsql.extra_errors = 'none'; SET check_function_bodies = off", 'languages');

# catches: row security of the caller, or of the owner, thins out a list unseen
$node->safe_psql('postgres', q{
	ALTER TABLE control_list.entry ENABLE ROW LEVEL SECURITY;
	ALTER TABLE control_list.list ENABLE ROW LEVEL SECURITY;
	ALTER TABLE control_list.generation ENABLE ROW LEVEL SECURITY;
	CREATE POLICY none ON control_list.entry USING (false);
});
screens('', 'row security');
$node->safe_psql('postgres', q{
	ALTER TABLE control_list.entry OWNER TO keeper;
	ALTER TABLE control_list.list OWNER TO keeper;
	ALTER TABLE control_list.destination_group OWNER TO keeper;
	ALTER TABLE control_list.revision OWNER TO keeper;
	ALTER TABLE control_list.list_history OWNER TO keeper;
	ALTER TABLE control_list.destination_group_history OWNER TO keeper;
	ALTER TABLE control_list.entry_history OWNER TO keeper;
	ALTER TABLE control_list.nomenclature OWNER TO keeper;
	ALTER TABLE control_list.generation OWNER TO keeper;
	GRANT USAGE ON SCHEMA control_list TO keeper;
});
screens('', 'an owner who is no superuser');
$node->safe_psql('postgres', 'ALTER TABLE control_list.entry FORCE ROW LEVEL SECURITY; ALTER TABLE control_list.list FORCE ROW LEVEL SECURITY');
my $forced = clerk();
like(answer($forced, $answers), qr/^(ERROR.*|$expected)$/, 'row security that the owner forces upon himself');
$forced->quit;
$node->safe_psql('postgres', 'ALTER TABLE control_list.entry NO FORCE ROW LEVEL SECURITY; ALTER TABLE control_list.list NO FORCE ROW LEVEL SECURITY');
screens('', 'no longer forced');

# catches: an owner who may not read all that the load reads gets a part of it
$node->safe_psql('postgres', 'ALTER TABLE control_list.list OWNER TO postgres');
my $partial = clerk();
like(answer($partial, $answers), qr/^(ERROR.*|$expected)$/, 'lists of different owners');
$partial->quit;
$node->safe_psql('postgres', 'ALTER TABLE control_list.list OWNER TO keeper');
screens('', 'lists of one owner');
holds($clerk, $answers, $expected, 'for who was there before, too');

# catches: changes by a role that may write lists and nothing else
$node->safe_psql('postgres', q{
	ALTER TABLE control_list.entry DISABLE ROW LEVEL SECURITY;
	ALTER TABLE control_list.list DISABLE ROW LEVEL SECURITY;
	CREATE ROLE editor LOGIN;
	GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON control_list.entry TO editor;
});
my $editor = session($node, 'postgres', extra_params => [ '-U', 'editor' ]);
answer($editor, 'SET search_path = evil, public');
holds($editor, add(2, 'prohibited') =~ s/;$/ RETURNING item/r, '2', 'an editor writes');
holds($editor, q{SELECT public.screen_shipment('8542', 'RU', '2024-09-09')}, 'prohibited', 'an editor screens');
holds($clerk, q{SELECT public.screen_shipment('8542', 'RU', '2024-09-09')}, 'prohibited', 'a clerk sees it');
my $then = answer($editor, 'SELECT clock_timestamp()');
answer($editor, take(2));
holds($_, qq{SELECT public.screen_shipment('8542', 'RU', '2024-09-09', known_at => '$then')}, 'prohibited', 'what was known before') foreach ($editor, $clerk);
like(answer($editor, 'SELECT * FROM control_list.entry_history'), qr/permission denied/, 'who may not read the history');
holds($clerk, $answers, $expected, 'and sees it gone');
holds($editor, 'BEGIN; TRUNCATE control_list.entry; SELECT public.screen_shipment(\'8542\', \'RU\', \'2024-09-09\'); ROLLBACK;', 'incomplete', 'an editor truncates');
$editor->quit;

# catches: who has no EXECUTE
$node->safe_psql('postgres', q{
	REVOKE EXECUTE ON FUNCTION screen_shipment(text, text, date, text[], jsonb, text[], text[], text, timestamptz) FROM PUBLIC;
	GRANT EXECUTE ON FUNCTION screen_shipment(text, text, date, text[], jsonb, text[], text[], text, timestamptz) TO clerk;
});
my $stranger = session($node, 'postgres', extra_params => [ '-U', 'stranger' ]);
like(answer($stranger, q{SELECT screen_shipment('8541', 'RU', pg_catalog.date '2024-09-09')}), qr/permission denied/, 'a stranger may not screen');
holds($clerk, $answers, $expected, 'the clerk may');
$stranger->quit;

# catches: a clerk who sets limits
like(answer($clerk, "SET control_list.max_rulebook_memory = '64kB'"), qr/permission denied/, 'the clerk may not set limits');

$clerk->quit;
$node->stop;
done_testing();
