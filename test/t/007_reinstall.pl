# The extension is dropped and created again while sessions live that have screened: types, functions and tables are others
# then, and nothing of the old ones may answer.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";
use ControlListTest;
use Test::More;

my $node = new_server('main');
my $verdict = q{screen_shipment('8541', 'RU', '2024-09-09')};
my $ask = "SELECT $verdict";
my $hits = q{SELECT h.verdict, h.item, h.measure FROM screening_hits('8541', 'RU', '2024-09-09') AS h};

# lists that give 8541 this measure
sub lists
{
	my ($measure) = @_;
	return qq{INSERT INTO control_list.list (code, title, destinations) VALUES ('L', 'a list', '{RU}');
		INSERT INTO control_list.entry (list, item, codes, measure) VALUES ('L', '$measure', '8541', '$measure');};
}

$node->safe_psql('postgres', 'CREATE EXTENSION control_list; CREATE SCHEMA elsewhere;' . lists('review') . "
	CREATE FUNCTION by_expression() RETURNS text LANGUAGE plpgsql AS \$\$ BEGIN RETURN $verdict; END \$\$;
	CREATE FUNCTION by_query() RETURNS text LANGUAGE plpgsql AS \$\$ BEGIN RETURN (SELECT v::text FROM $verdict AS v); END \$\$;");

my $admin = session($node, 'postgres');
my $clerk = session($node, 'postgres');
my @forms = ($ask, 'SELECT by_expression()', 'SELECT by_query()', 'EXECUTE prepared', 'EXECUTE generic');

sub everybody
{
	my ($expected, $name) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	foreach my $form (@forms)
	{
		holds($clerk, $form, $expected, "$name: $form");
	}
	holds($clerk, $hits, "$expected|$expected|$expected", "$name: hits");
	holds($admin, $ask, $expected, "$name: who did it");
	return;
}

answer($clerk, "PREPARE prepared AS SELECT ${verdict}::text; PREPARE generic AS SELECT ${verdict}::text; SET plan_cache_mode = force_generic_plan;");
everybody('review', 'at first');

# catches: an uncommitted or rolled back DROP EXTENSION empties the memory of the session, or its catalog
answer($admin, 'BEGIN; DROP EXTENSION control_list CASCADE');
like(answer($admin, $ask), qr/^ERROR/, 'dropped');
answer($admin, 'ROLLBACK');
everybody('review', 'not dropped');

# catches: labels of the type, functions and tables are remembered by number
answer($admin, 'DROP EXTENSION control_list CASCADE');
like(answer($clerk, $_), qr/^ERROR/, "dropped: $_") foreach ($ask, $hits);
answer($admin, 'CREATE EXTENSION control_list');
holds($_, $ask, 'incomplete', 'created without lists') foreach ($clerk, $admin);
answer($admin, lists('prohibited'));
everybody('prohibited', 'created');
answer($admin, q{UPDATE control_list.entry SET measure = 'review', item = 'review'});
everybody('review', 'changed');

# catches: the session that screens does it itself, in one transaction, with its own lists
answer($clerk, 'BEGIN; DROP EXTENSION control_list CASCADE; CREATE EXTENSION control_list;' . lists('license_required'));
holds($clerk, $ask, 'license_required', 'by itself, not committed');
answer($clerk, 'ROLLBACK');
everybody('review', 'by itself, rolled back');
answer($clerk, 'BEGIN; DROP EXTENSION control_list CASCADE; CREATE EXTENSION control_list;' . lists('license_required') . 'COMMIT');
everybody('license_required', 'by itself');
answer($clerk, 'DROP EXTENSION control_list CASCADE; CREATE EXTENSION control_list;' . lists('prohibited'));
everybody('prohibited', 'by itself, without a transaction');

# catches: who has screened before goes on by the lists that are gone, until the server says so
answer($admin, 'BEGIN; DROP EXTENSION control_list CASCADE; CREATE EXTENSION control_list');
holds($admin, q{SELECT count(*) FROM pg_locks WHERE relation = 'control_list.generation'::regclass AND mode = 'ExclusiveLock'}, 1,
	'created: announced before it is committed');
answer($admin, 'ROLLBACK');
everybody('prohibited', 'not created');

# catches: another session's open transaction sees the lists of another extension
my $reader = session($node, 'postgres');
answer($reader, 'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM pg_am');
answer($admin, 'DROP EXTENSION control_list CASCADE; CREATE EXTENSION control_list;' . lists('review'));
unlike(answer($reader, $ask), qr/not_listed|prohibited/, 'a snapshot from before');
answer($reader, 'ROLLBACK');
holds($reader, $ask, 'review', 'the next one');
everybody('review', 'meanwhile');

# catches: the schema of types and functions is remembered
answer($admin, 'DROP EXTENSION control_list CASCADE; CREATE EXTENSION control_list SCHEMA elsewhere');
like(answer($clerk, $ask), qr/^ERROR/, 'not in the search_path');
answer($_, 'SET search_path = public, elsewhere') foreach ($admin, $clerk, $reader);
answer($admin, lists('license_required'));
everybody('license_required', 'in another schema');
holds($reader, $ask, 'license_required', 'in another schema: a reader');
answer($admin, q{UPDATE control_list.entry SET measure = 'prohibited', item = 'prohibited'});
everybody('prohibited', 'changed there');
answer($admin, 'DROP EXTENSION control_list CASCADE; CREATE EXTENSION control_list SCHEMA public;' . lists('review'));
everybody('review', 'and back');

# catches: nothing survives an invalidation of all caches, at any moment; what checks entries would take minutes then
SKIP:
{
	answer($clerk, 'SET debug_discard_caches = 1') !~ /^ERROR/
	  or skip 'the server does not discard caches', 1;
	answer($admin, q{UPDATE control_list.entry SET measure = 'prohibited', item = 'prohibited'});
	everybody('prohibited', 'with no caches');
	answer($clerk, q{BEGIN; SET LOCAL session_replication_role = replica; UPDATE control_list.entry SET measure = 'license_required', item = 'license_required'});
	holds($clerk, $ask, 'license_required', 'with no caches: own change');
	holds($clerk, 'SELECT by_expression()', 'license_required', 'with no caches: own change');
	answer($clerk, 'ROLLBACK');
	everybody('prohibited', 'with no caches: rolled back');
}

$_->quit foreach ($admin, $clerk, $reader);
$node->stop;
done_testing();
