# A subscriber answers by what is applied: its sessions, and triggers that the apply worker itself fires. Rows come
# without statements there, and ordinary triggers do not fire.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";
use ControlListTest;
use PostgreSQL::Test::Cluster;
use Test::More;

my $publisher = new_server('publisher', "logical_decoding_work_mem = '64kB'\n", allows_streaming => 'logical');
my $look = 'SELECT look(), glance()';

prepare($publisher, 'tables');
$publisher->safe_psql('tables', 'CREATE TABLE orders (n int PRIMARY KEY, hs hscode)');
$publisher->safe_psql('postgres', 'CREATE DATABASE everything TEMPLATE tables');

# a copy, so that both sides begin with the same lists and the same name of their state
$publisher->backup('base');
my $subscriber = PostgreSQL::Test::Cluster->new('subscriber');
$subscriber->init_from_backup($publisher, 'base');
$subscriber->start;

# orders are screened when they are applied, and what was found is kept beside them
foreach my $database ('tables', 'everything')
{
	$subscriber->safe_psql($database, q{
		CREATE TABLE found (at serial PRIMARY KEY, n int, verdict text, looked text);
		CREATE FUNCTION find() RETURNS trigger LANGUAGE plpgsql SET search_path = public AS $$
		BEGIN
			INSERT INTO found (n, verdict, looked) VALUES (NEW.n, screen_shipment(NEW.hs, 'RU', '2024-09-09'), look());
			RETURN NEW;
		END $$;
		CREATE TRIGGER find AFTER INSERT ON orders FOR EACH ROW EXECUTE FUNCTION find();
		ALTER TABLE orders ENABLE ALWAYS TRIGGER find;
	});
}

# changes the publisher and waits until the subscriber has applied that
sub apply
{
	my ($database, $statements) = @_;
	$publisher->safe_psql($database, $statements);
	$publisher->wait_for_catchup("sub_$database");
	return;
}

# what the trigger has found for these orders
sub found
{
	my ($database, $first, $last) = @_;
	return $subscriber->safe_psql($database,
		"SELECT string_agg(n || ': ' || verdict || ' (' || looked || ')', E'\\n' ORDER BY at) FROM found WHERE n BETWEEN $first AND $last");
}

sub subscribe
{
	my ($database, $publication, $options) = @_;
	my $connection = $publisher->connstr . " dbname=$database";

	$publisher->safe_psql($database, "CREATE PUBLICATION p $publication");
	$subscriber->safe_psql($database,
		"CREATE SUBSCRIPTION sub_$database CONNECTION '$connection' PUBLICATION p WITH (streaming = on, $options)");
	$subscriber->wait_for_subscription_sync($publisher, "sub_$database", $database);
	return;
}

# catches: tables that the first copy fills
my $database = 'tables';
my $clerk = session($subscriber, $database);
$publisher->safe_psql($database, add(1));
$subscriber->safe_psql($database, 'TRUNCATE control_list.list, control_list.entry');
holds($clerk, q{SELECT screen_shipment('8541', 'RU', '2024-09-09')}, 'incomplete', 'no lists yet');
subscribe($database, 'FOR TABLE control_list.list, control_list.destination_group, control_list.entry, control_list.list_history, '
	. 'control_list.destination_group_history, control_list.entry_history, orders', 'copy_data = true');
holds($clerk, $look, '8541 license_required|8541 license_required', 'the first copy');
my $reader = session($subscriber, $database);

# publications of the tables, and of all tables with that of the generation among them; both sides have the same lists then
foreach my $database ('tables', 'everything')
{
	if ($database eq 'everything')
	{
		$publisher->safe_psql($database, add(1));
		$subscriber->safe_psql($database, add(1));
		subscribe($database, 'FOR ALL TABLES', 'copy_data = false');
		$_->quit foreach ($clerk, $reader);
		$clerk = session($subscriber, $database);
		$reader = session($subscriber, $database);
		holds($clerk, $look, '8541 license_required|8541 license_required', "$database: lists");
	}

	# catches: sessions of a subscriber do not hear of rows that are applied
	apply($database, add(2));
	holds($clerk, $look, '8541 license_required, 8542 license_required|8541 license_required, 8542 license_required', "$database: inserted");
	answer($reader, 'BEGIN ISOLATION LEVEL REPEATABLE READ');
	holds($reader, $look, '8541 license_required, 8542 license_required|8541 license_required, 8542 license_required', "$database: a snapshot");
	my $then = $publisher->safe_psql($database, 'SELECT clock_timestamp()');
	my $known = "SELECT screen_shipment('8542', 'RU', '2024-09-09', known_at => '$then')";
	holds($clerk, $known, 'license_required', "$database: what is known now");
	apply($database, change(2, 'review'));
	holds($clerk, $known, 'license_required', "$database: what was known before");
	holds($clerk, $look, '8541 license_required, 8542 review|8541 license_required, 8542 review', "$database: updated");
	apply($database, take(2));
	holds($clerk, $look, '8541 license_required|8541 license_required', "$database: deleted");
	apply($database, q{INSERT INTO control_list.destination_group VALUES ('g', 'JP');
		UPDATE control_list.list SET destinations = '{@g}' WHERE code = 'L'});
	holds($clerk, $look, 'nothing|nothing', "$database: list and group");
	apply($database, q{INSERT INTO control_list.destination_group VALUES ('g', 'RU')});
	holds($clerk, $look, '8541 license_required|8541 license_required', "$database: a member");
	holds($reader, $look, '8541 license_required, 8542 license_required|8541 license_required, 8542 license_required', "$database: the snapshot");
	answer($reader, 'COMMIT');
	holds($reader, $look, '8541 license_required|8541 license_required', "$database: its end");
	holds($_, $known, 'license_required', "$database: what was known before all that") foreach ($clerk, $reader);
	is($subscriber->safe_psql($database, "SELECT count(*) FROM control_list.entry_history WHERE item = '2'"), '2', "$database: recorded once");

	# catches: the apply worker itself, which lives on from transaction to transaction, keeps what it found
	apply($database, q{INSERT INTO orders VALUES (1, '8541'), (2, '8542')});
	apply($database, add(2));
	apply($database, q{INSERT INTO orders VALUES (3, '8542')});
	apply($database, take(2));
	apply($database, q{INSERT INTO orders VALUES (4, '8542')});
	is( found($database, 1, 4),
		"1: license_required (8541 license_required)\n2: not_listed (8541 license_required)\n"
		  . "3: license_required (8541 license_required, 8542 license_required)\n4: not_listed (8541 license_required)",
		"$database: orders between changes");

	# catches: a change in the same transaction, with no statement that would say when it begins or ends
	apply($database, 'BEGIN;' . q{INSERT INTO orders VALUES (5, '8542');} . add(2) . q{INSERT INTO orders VALUES (6, '8542');}
		. change(2, 'prohibited') . q{INSERT INTO orders VALUES (7, '8542');} . take(2) . q{INSERT INTO orders VALUES (8, '8542');} . 'COMMIT');
	is( found($database, 5, 8),
		"5: not_listed (8541 license_required)\n6: license_required (8541 license_required, 8542 license_required)\n"
		  . "7: prohibited (8541 license_required, 8542 prohibited)\n8: not_listed (8541 license_required)",
		"$database: orders within a change");

	# catches: rows of one command, and those of a savepoint that was rolled back
	apply($database, 'BEGIN; SAVEPOINT s;' . add(2) . q{INSERT INTO orders VALUES (9, '8542');} . 'ROLLBACK TO s;'
		. q{INSERT INTO orders VALUES (10, '8542');} . add(3) . add(4) . q{INSERT INTO orders VALUES (11, '8543');}
		. q{DELETE FROM control_list.entry WHERE item IN ('3', '4');} . q{INSERT INTO orders VALUES (12, '8543');} . 'COMMIT');
	is( found($database, 9, 12),
		"10: not_listed (8541 license_required)\n"
		  . "11: license_required (8541 license_required, 8543 license_required, 8544 license_required)\n12: not_listed (8541 license_required)",
		"$database: orders beside a savepoint");

	# catches: TRUNCATE, which is applied without rows
	apply($database, q{BEGIN; TRUNCATE control_list.entry; INSERT INTO orders VALUES (13, '8541');
		INSERT INTO control_list.entry (list, item, codes) VALUES ('L', 'always', '9301'); INSERT INTO orders VALUES (14, '8541');} . 'COMMIT');
	is($subscriber->safe_psql($database, q{SELECT string_agg(verdict, ' ' ORDER BY at) FROM found WHERE n IN (13, 14)}),
		'incomplete not_listed', "$database: orders beside TRUNCATE");
	holds($clerk, $look, 'nothing|nothing', "$database: truncated");

	# catches: a large transaction, which is applied as a stream
	apply($database, q{BEGIN; SET LOCAL session_replication_role = replica;
		INSERT INTO control_list.entry (list, item, codes, measure)
			SELECT 'L', 'many ' || n, hscode_from_number(900000 + n, 6), 'review' FROM generate_series(1, 1500) AS n;
		INSERT INTO orders VALUES (15, '9015.00');} . add(1) . q{INSERT INTO orders VALUES (16, '8541'); COMMIT});
	is( found($database, 15, 16), "15: review (nothing)\n16: license_required (8541 license_required)", "$database: orders beside many entries");
	holds($clerk, $look, '8541 license_required|8541 license_required', "$database: many entries");

	# catches: changes of the subscriber's own, between those of the publisher
	answer($reader, 'BEGIN;' . add(2));
	holds($clerk, $look, '8541 license_required|8541 license_required', "$database: not committed");
	answer($reader, 'COMMIT');
	holds($clerk, $look, '8541 license_required, 8542 license_required|8541 license_required, 8542 license_required', "$database: own change");
	apply($database, change(1, 'review'));
	holds($clerk, $look, '8541 review, 8542 license_required|8541 review, 8542 license_required', "$database: the publisher's");
	$subscriber->safe_psql($database, take(2));
	holds($clerk, $look, '8541 review|8541 review', "$database: own change again");
	apply($database, q{INSERT INTO orders VALUES (17, '8542')});
	is(found($database, 17, 17), '17: not_listed (8541 review)', "$database: seen by the worker");
	apply($database, take(1));
	holds($clerk, $look, 'nothing|nothing', "$database: the publisher's again");
	is($subscriber->safe_psql($database, "SELECT count(*) FROM found WHERE looked LIKE 'WRONG%'"), '0', "$database: all as the oracle says");
}

$_->quit foreach ($clerk, $reader);
$subscriber->stop;
$publisher->stop;
done_testing();
