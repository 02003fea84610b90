# Licenses outside of one session: a crash between draws, four sessions that draw the last units at every isolation level, a
# standby, and workers. test/specs/license_draw.spec has the steps of two sessions.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";
use ControlListTest;
use Test::More;

my $node = new_server('main', '', allows_streaming => 1);
prepare($node, 'postgres');
$node->safe_psql('postgres', add(1) . q{
	INSERT INTO control_list.license (number, list, destinations, codes, valid, max_quantity, unit)
		SELECT n, 'L', '{RU}', '{8541}', '(,)', 300, 'kg' FROM unnest('{A,read committed,repeatable read,serializable}'::text[]) AS n;
	CREATE VIEW answer AS SELECT (SELECT quantity FROM control_list.license_left('A')),
		screen_shipment('8541', 'RU', '2024-09-09', licenses => '{A}') AS verdict;

	-- draws, or returns, what a client wants; how it ended
	CREATE FUNCTION try(license text, quantity numeric, reference text, give_back boolean) RETURNS text LANGUAGE plpgsql AS $$
	BEGIN
		IF give_back THEN
			RETURN control_list.return_license(reference);
		END IF;
		RETURN (control_list.draw_license(license, quantity, NULL, reference, 'kg')).quantity_left;
	EXCEPTION WHEN SQLSTATE 'LC004' OR serialization_failure THEN
		RETURN SQLSTATE;
	END $$;
});
my $draw = q{SELECT quantity_left FROM control_list.draw_license('A', %s, NULL, '%s', 'kg')};

# catches: a draw that was not committed counts after a crash, or one that was does not
my $open = session($node, 'postgres');
answer($open, 'BEGIN; ' . sprintf($draw, 100, 'not committed'));
$node->stop('immediate');
$node->start;
is($node->safe_psql('postgres', 'SELECT * FROM answer'), '300|licensed', 'a draw in a transaction that crashed is none');
$node->safe_psql('postgres', sprintf($draw, 100, 'committed'));
$node->stop('immediate');
$node->start;
is($node->safe_psql('postgres', 'SELECT * FROM answer'), '200|licensed', 'one that was committed is kept');
$open->{run}->kill_kill;

# catches: an overdraw, a draw that is lost, a ledger with holes
foreach my $isolation ('read committed', 'repeatable read', 'serializable')
{
	my $script = $node->basedir . '/draw.sql';

	open(my $file, '>', $script) or die $!;
	print $file "\\set quantity random(1, 3)\n\\set back random(1, 10)\n\\set order random(1, 40)\n"
	  . "SELECT try('$isolation', :quantity, '$isolation ' || :order, :back = 1);\n";
	close $file;
	$node->command_ok([ 'pgbench', '-n', '-c', '4', '-j', '2', '-t', '150', '-f', $script, $node->connstr('postgres')
			. " options='-c default_transaction_isolation=" . ($isolation =~ s/ /\\\\ /r) . "'" ], "four sessions draw, $isolation");
	is( $node->safe_psql('postgres', qq{
			SELECT count(*) > 100, count(*) = max(line), max(total_quantity) <= 300, min(total_quantity) >= 0,
			       sum(quantity) = (array_agg(total_quantity ORDER BY line DESC))[1],
			       bool_and(total_quantity = so_far)
			FROM (SELECT *, sum(quantity) OVER (ORDER BY line) AS so_far FROM control_list.license_use WHERE license = '$isolation') AS u}),
		't|t|t|t|t|t', "the ledger is whole, $isolation");
	$node->safe_psql('postgres', qq{SELECT try('$isolation', 1, 'the rest', false) FROM generate_series(1, 310)});
	is($node->safe_psql('postgres', qq{SELECT quantity FROM control_list.license_left('$isolation')}), '0', "and can be drawn to the last, $isolation");
}

# catches: workers that see other licenses than their leader
my $leader = session($node, 'postgres');
answer($leader, ($node->pg_version < 16 ? 'SET force_parallel_mode = on' : 'SET debug_parallel_query = on'));
answer($leader, 'BEGIN');
holds($leader, 'SELECT * FROM answer', '200|licensed', 'a worker reads licenses');
answer($leader, sprintf($draw, 200, 'the rest'));
holds($leader, 'SELECT * FROM answer', '0|license_required', 'as its leader has drawn from them');
answer($leader, 'ROLLBACK');
$leader->quit;

# catches: a standby that cannot read licenses, or lets somebody draw
my $standby = new_standby($node);
$node->wait_for_catchup($standby);
my $clerk = session($standby, 'postgres');
holds($clerk, 'SELECT * FROM answer', '200|licensed', 'a standby reads licenses');
like(answer($clerk, sprintf($draw, 1, 'x')), qr/read-only transaction/, 'from which nobody draws there');
$node->safe_psql('postgres', sprintf($draw, 200, 'the rest'));
$node->wait_for_catchup($standby);
holds($clerk, 'SELECT * FROM answer', '0|license_required', 'and sees what is drawn elsewhere');
$clerk->quit;

$standby->stop;
$node->stop;
done_testing();
