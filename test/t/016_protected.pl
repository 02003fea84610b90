# Protected tables come back from a dump as they were: mapping, holds, clearances, and rows that would not pass today. Rows
# that are replicated are screened, too, whatever the session says about triggers.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";
use ControlListTest;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = new_server('main', '', allows_streaming => 'logical');
my $subscriber = new_server('subscriber');
my $dumps = PostgreSQL::Test::Utils::tempdir;

my $fill = q{
	INSERT INTO control_list.list (code, title, destinations) VALUES ('L', 'a list', '{RU}');
	INSERT INTO control_list.entry (list, item, codes) VALUES ('L', '1', '8542.31');
};
$node->safe_psql('postgres', 'CREATE DATABASE sales');
$node->safe_psql('sales', "CREATE EXTENSION control_list; $fill" . q{
	CREATE SCHEMA app;
	CREATE TABLE app.orders (id int PRIMARY KEY, gone int, ship_to text, status text);
	CREATE TABLE app.lines (gone int, order_id int REFERENCES app.orders, n int, hs hscode, PRIMARY KEY (order_id, n));
	CREATE TABLE app.parcels (gone int, id timestamptz PRIMARY KEY, "what?" text, "to" text, verdict screening_verdict) PARTITION BY RANGE (id);
	CREATE TABLE app.parcels_1 PARTITION OF app.parcels DEFAULT;
	ALTER TABLE app.orders DROP gone;
	ALTER TABLE app.lines DROP gone;
	ALTER TABLE app.parcels DROP gone;
	SELECT control_list.protect('app.lines', 'hs', 'order_id.ship_to', strict => true);
	SELECT control_list.protect('app.parcels', 'what?', 'to', verdict_column => 'verdict', jurisdictions => '={KR,EU}');
	ALTER TABLE app.orders RENAME ship_to TO dest;
	INSERT INTO app.orders VALUES (1, 'JP'), (2, 'RU');
	INSERT INTO app.lines VALUES (1, 1, '8542.31'), (2, 1, '9301');
	INSERT INTO app.parcels VALUES ('2024-09-09 00:00+00', '8542', 'RU'), ('2024-09-10 00:00+00', '8542', 'RU'), ('2024-09-11 00:00+00', '9302', 'RU');
	SET timezone = 'Asia/Seoul';
	SELECT control_list.clear_hold('app.parcels', key, 'known') FROM control_list.held_orders WHERE key ->> 'id' LIKE '2024-09-10%';
	INSERT INTO control_list.license (number, list, destinations, codes, valid, max_quantity, unit) VALUES ('A', 'L', '{RU}', '{8542}', '(,)', 10, 'kg');
	CREATE TABLE sales (id int PRIMARY KEY, hs text, kg int);
	SELECT control_list.protect('sales', 'hs', '=RU', licenses => '=A', quantity => 'kg', unit => '=kg', reference => 'id');
	ALTER TABLE sales RENAME TO sold;
	INSERT INTO sold VALUES (1, '8542.31', 4);
	-- listed after the orders were taken
	INSERT INTO control_list.entry (list, item, codes) VALUES ('L', '2', '93');
});

my $state = q{
	SELECT target, key, verdict FROM control_list.held_orders ORDER BY 1, 2;
	SELECT * FROM control_list.status ORDER BY part, name;
	SELECT target, key, reason FROM control_list.clearance;
	SELECT *, control_list.license_left('A') FROM control_list.ledger_name;
	SELECT tgrelid::regclass, tgname, tgenabled FROM pg_trigger WHERE tgname LIKE '%export_control%' ORDER BY tgrelid::regclass::text, tgname;
};
my $before = $node->safe_psql('sales', $state);
like($before, qr/app.lines\|\{"n": 1, "order_id": 2\}\|license_required/, 'an order of before is listed now');
like($before, qr/2024-09-09.*review/, 'one waits');
unlike($before, qr/2024-09-10.*review/, 'one is cleared');

sub is_protected
{
	my ($database, $name) = @_;

	is($node->safe_psql($database, $state), $before, "$name: all as it was");
	is( $node->safe_psql($database, q{BEGIN; UPDATE sold SET kg = 3; SELECT (control_list.license_left('A')).quantity; DELETE FROM sold;
			SELECT (control_list.license_left('A')).quantity; ROLLBACK}),
		"7\n10", "$name: an order gives back what it has drawn");
	foreach my $refused (
		q{INSERT INTO app.lines VALUES (2, 2, '8542.31')},
		q{UPDATE app.orders SET dest = 'RU' WHERE id = 1},
		q{INSERT INTO app.parcels VALUES (now(), '8542.31', 'RU')},
		q{SET session_replication_role = replica; INSERT INTO app.parcels VALUES (now(), '8542.31', 'RU')},
		q{SET session_replication_role = replica; INSERT INTO app.lines VALUES (2, 2, '8542.31')})
	{
		my ($status, $out, $error) = $node->psql($database, $refused);
		like($error, qr/is blocked: license required/, "$name: $refused");
	}
}
is_protected('sales', 'before');

$node->command_ok([ 'pg_dump', '-f', "$dumps/plain.sql", 'sales' ], 'plain dump');
$node->command_ok([ 'pg_dump', '-Fd', '-j', '2', '-f', "$dumps/dir", 'sales' ], 'parallel dump');
$node->safe_psql('postgres', "CREATE DATABASE $_") foreach ('plain', 'jobs');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', "$dumps/plain.sql", 'plain' ], 'plain restore');
$node->command_ok([ 'pg_restore', '-j', '2', '--exit-on-error', '-d', 'jobs', "$dumps/dir" ], 'parallel restore');
is_protected('plain', 'plain restore');
is_protected('jobs', 'parallel restore');

# data alone, into tables that are protected already
$node->safe_psql('jobs', 'TRUNCATE app.orders, app.lines, app.parcels');
$node->command_ok(
	[ 'pg_restore', '--data-only', '--disable-triggers', '--exit-on-error', '-n', 'app', '-d', 'jobs', "$dumps/dir" ], 'data alone');
is($node->safe_psql('jobs', 'SELECT count(*) FROM app.lines'), 2, 'rows that would not pass today are back');
is($node->safe_psql('jobs', 'SELECT count(*) FROM control_list.status WHERE problem IS NOT NULL'), 2, 'status says what --disable-triggers leaves behind');
$node->safe_psql('jobs', q{SELECT control_list.unprotect(t) FROM unnest('{app.lines,app.parcels}'::regclass[]) AS t});
is($node->safe_psql('jobs', q{SELECT count(*) FROM pg_trigger WHERE tgname LIKE '%export_control%' AND tgrelid <> 'sold'::regclass}), 0, 'unprotect() after a restore');
$node->safe_psql('jobs', q{
	SELECT control_list.protect('app.lines', 'hs', 'order_id.dest', strict => true);
	SELECT control_list.protect('app.parcels', 'what?', 'to', verdict_column => 'verdict', jurisdictions => '={KR,EU}')});
is_protected('jobs', 'protected again');

# what is replicated is screened where it arrives
$node->safe_psql('sales', 'SELECT control_list.unprotect(target) FROM control_list.protected_table; CREATE PUBLICATION p FOR TABLE app.orders, app.lines');
$subscriber->safe_psql('postgres', "CREATE EXTENSION control_list; $fill" . q{
	CREATE SCHEMA app;
	CREATE TABLE app.orders (id int PRIMARY KEY, dest text, status text);
	CREATE TABLE app.lines (order_id int REFERENCES app.orders, n int, hs hscode, PRIMARY KEY (order_id, n));
	SELECT control_list.protect('app.lines', 'hs', 'order_id.dest')});
$subscriber->safe_psql('postgres', q{CREATE SUBSCRIPTION s CONNECTION $$} . $node->connstr('sales') . q{$$ PUBLICATION p WITH (copy_data = false)});
$node->safe_psql('sales', q{INSERT INTO app.orders VALUES (3, 'JP'); INSERT INTO app.lines VALUES (3, 1, '8542.31')});
$node->wait_for_catchup('s');
is($subscriber->safe_psql('postgres', 'SELECT count(*) FROM app.lines'), 1, 'an order arrives');
my $offset = -s $subscriber->logfile;
$node->safe_psql('sales', q{UPDATE app.orders SET dest = 'RU' WHERE id = 3});
ok($subscriber->poll_query_until('postgres', qq{SELECT pg_read_file('} . $subscriber->logfile . qq{', $offset, 1000000) ~ 'is blocked: license required'}),
	'a header that would let it slip is refused by the subscriber');
is($subscriber->safe_psql('postgres', 'SELECT dest FROM app.orders'), 'JP', 'and does not arrive');

$subscriber->stop;
$node->stop;
done_testing();
