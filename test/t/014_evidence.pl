# What a protected table leaves behind: rows in the log of screenings for rows that stay, and for those that were refused
# a line in the log of the server. The log of screenings comes back from a dump with its partitions, and from a dump of that; it stays append-only, and
# partitions are made and dropped as before.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";
use ControlListTest;
use JSON::PP;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = new_server('main');

# all that makes a log: rows where they are, bounds, indexes, triggers, owners, what is kept how long
my $log = q{
	SELECT pg_catalog.string_agg(t, E'\n' ORDER BY t COLLATE "C") FROM (
		SELECT l.tableoid::regclass || ' ' || l::text FROM control_list.screening_log AS l
		UNION ALL SELECT r::text FROM control_list.log_retention AS r
		UNION ALL SELECT c.oid::regclass || ' ' || pg_get_expr(c.relpartbound, c.oid) || ' of ' || c.relowner::regrole || ' '
				|| obj_description(c.oid, 'pg_class')
			FROM pg_inherits JOIN pg_class AS c ON c.oid = inhrelid WHERE inhparent = 'control_list.screening_log'::regclass
		UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid::regclass::text LIKE '%screening_log%'
		UNION ALL SELECT concat_ws(' ', tgrelid::regclass, tgname, tgenabled, tgparentid <> 0) FROM pg_trigger
			WHERE tgrelid::regclass::text LIKE '%screening_log%') AS u (t)};

# rows in an old month and in the default partition, keys that are odd, and lists that were edited since
$node->safe_psql('postgres', 'CREATE DATABASE log');
$node->safe_psql('log', q{
	CREATE EXTENSION control_list;
	CREATE TABLE orders (id int PRIMARY KEY);
	INSERT INTO control_list.list (code, title) VALUES ('L', 'a list');
	INSERT INTO control_list.log_retention VALUES ('L', '5 years');
	INSERT INTO control_list.screening_log (logged_at, login, target, key, inputs, verdict, hits) VALUES
		('2020-01-31 12:00+00', 'a', 't', '{"id": "\" \\\\ \n \t"}', '{}', 'review', '[{"list": "L", "revision": null}]'),
		('2020-02-01 00:00+00', 'b', 't', NULL, '{}', 'review', '[]');
	SELECT control_list.make_log_partitions((now() + '1 month')::date);
	SELECT control_list.log_screening('orders', '{"id": 1}', '{"hs_code": "8542"}', 'prohibited', '[]');
	INSERT INTO control_list.screening_log (logged_at, login, target, key, inputs, verdict, hits) VALUES
		('2021-05-05 12:00+00', 'c', 't', '{"id": 2}', '{}', 'licensed', '[]');
});
my $before = $node->safe_psql('log', $log);
like($before, qr/screening_log_2020_02 .*\nCREATE INDEX/s, 'a log with partitions');

foreach my $copy (restored($node, 'log'), map { restored($node, $_) } 'log_directory')
{
	is($node->safe_psql($copy, $log), $before, "$copy: the same log");
	my $refused = grep { $node->psql($copy, $_) == 3 } map { ("DELETE FROM $_", "TRUNCATE $_") }
		map { "control_list.screening_log$_" } ('', '_default', '_2020_01');
	is($refused, 6, "$copy: append-only, as before");
}

# the last copy is as good as the first
my $last = 'log_directory_plain';
is( $node->safe_psql($last, q{SELECT control_list.make_log_partitions('2020-01-01')}),
	'control_list.screening_log_2021_05', 'rows move to a partition of their own');
is( $node->safe_psql($last, q{SELECT control_list.drop_log_partitions()}),
	"control_list.screening_log_2020_01\ncontrol_list.screening_log_2020_02\ncontrol_list.screening_log_2021_05",
	'months go when they are old enough');
is($node->safe_psql($last, q{SELECT verdict FROM control_list.screening_log}), 'prohibited', 'and others stay');
$node->safe_psql($last, 'DROP EXTENSION control_list');
is($node->safe_psql($last, q{SELECT count(*) FROM pg_class WHERE relname LIKE 'screening_log%'}), '0', 'nothing is left of the extension');

# Orders with an odd name and a clerk who sends odd values.
$node->safe_psql('postgres', q{
	CREATE EXTENSION control_list;
	INSERT INTO control_list.list (code, title, destinations) VALUES ('L', 'a list', '{RU}');
	INSERT INTO control_list.revision (list, label) VALUES ('L', 'r1');
	INSERT INTO control_list.entry (list, item, codes, revision) VALUES ('L', '1', '8542', 'r1');
	CREATE ROLE clerk LOGIN;
	CREATE ROLE seller;
	GRANT seller TO clerk;
	CREATE SCHEMA "S s";
	CREATE TABLE "S s"."Order""s" (id text PRIMARY KEY, hs text, ship_to text, day date, attributes jsonb, verdict screening_verdict);
	GRANT USAGE ON SCHEMA "S s" TO seller;
	GRANT SELECT, INSERT, UPDATE ON "S s"."Order""s" TO seller;
	SELECT control_list.protect('"S s"."Order""s"', 'hs', 'ship_to', 'day', attributes => 'attributes', verdict_column => 'verdict', log => 'all');
});
my $table = q{"S s"."Order""s"};
my $generation = $node->safe_psql('postgres', 'SELECT id FROM control_list.generation');
my $clerk = session($node, 'postgres');
answer($clerk, 'SET SESSION AUTHORIZATION clerk; SET ROLE seller; SET client_min_messages = debug5; SET quote_all_identifiers = on');

# The objects of the lines that a statement has left in the log of the server, and what the client was told.
sub blocked
{
	my ($statement) = @_;
	my $offset = -s $node->logfile;

	answer($clerk, $statement);
	my @lines = map { /^\S+ \S+ \S+ \[\d+\] \S+ LOG:  control_list blocked (.*)/ ? decode_json($1) : () } split /\n/, slurp_file($node->logfile, $offset);
	return ($clerk->{stderr}, @lines);
}

my ($told, @lines) = blocked("INSERT INTO $table VALUES (E'\\n\\tx LOG:  control_list blocked {}\\x01\\r%s%n\\\\\"', '8542.31', 'RU', '2024-09-09', '{\"a\": [1, null]}')");
like($told, qr/is blocked: license required/, 'a refused row');
unlike($told, qr/generation/, 'the client sees nothing of the line');
is(@lines, 1, 'one line in the log of the server, whatever the order contains');
my $hits = delete $lines[0]{hits};
is_deeply($lines[0], {
		database => 'postgres', login => 'clerk', role => 'seller', target => $table, verdict => 'license_required', generation => $generation,
		sqlstate => '23514', message => 'shipment of 8542.31 to RU is blocked: license required', detail => 'Item 1 of list L covers 8542.31 to RU. The item is in force.',
		key => { id => "\n\tx LOG:  control_list blocked {}\x01\r%s%n\\\"" },
		inputs => { hs_code => '8542.31', destination => 'RU', ship_date => '2024-09-09', attributes => { a => [ 1, undef ] } } },
	'who, what and when');
is_deeply([ map { [ @$_{qw(list item revision verdict)} ] } @$hits ], [ [ 'L', '1', 'r1', 'license_required' ] ], 'and why');
is($node->safe_psql('postgres', 'SELECT count(*) FROM control_list.screening_log'), '0', 'its record was rolled back');

# of a statement of several rows the first one that is refused ends it; a savepoint takes back nothing
($told, @lines) = blocked("BEGIN; SAVEPOINT s; INSERT INTO $table SELECT n::text, '854' || n, 'RU', '2024-09-09' FROM generate_series(1, 3) AS n; ROLLBACK TO s; COMMIT");
is_deeply([ map { $_->{key}{id} } @lines ], ['2'], 'a savepoint');
# Who has a license, but not for so much, in this unit, or without saying how much, is refused by the license.
$node->safe_psql('postgres', q{
	INSERT INTO control_list.license (number, list, destinations, codes, valid, max_quantity, unit) VALUES ('A', 'L', '{RU}', '{8542}', '(,)', 10, 'kg');
	CREATE TABLE sales (id int PRIMARY KEY, hs text, kg int, unit text, verdict screening_verdict);
	GRANT SELECT, INSERT, UPDATE ON sales TO seller;
	SELECT control_list.protect('sales', 'hs', '=RU', licenses => '=A', quantity => 'kg', unit => 'unit', reference => 'id', log => 'all')});
my @refused = (
	[ "INSERT INTO sales VALUES (1, '8542', 7, 'kg'), (2, '8542', 4, 'kg')", 'LC004', 2, 'Of 10 kg, 3 are left, and 4 are to be drawn.' ],
	[ "INSERT INTO sales VALUES (3, '8542', 1, 'lb')", 'LC005', 3, undef ],
	[ "INSERT INTO sales VALUES (4, '8542', NULL, 'kg')", '23514', 4, undef ],
	[ "INSERT INTO sales VALUES (5, '8542', -1, 'kg')", '22023', 5, undef ]);
foreach my $refused (@refused)
{
	my ($statement, $state, $id, $detail) = @$refused;

	($told, @lines) = blocked($statement);
	unlike($told, qr/generation/, "$state: the client sees nothing of the line");
	is(@lines, 1, "$state: one line");
	my $line = $lines[0];
	my ($message) = $told =~ /ERROR:  (.*)/;
	is_deeply(
		[ @$line{qw(login role target key verdict sqlstate message detail)}, $$line{inputs}{licenses}, $$line{hits}[0]{verdict} ],
		[ 'clerk', 'seller', 'public.sales', { id => $id }, 'licensed', $state, $message, $detail, ['A'], 'licensed' ], "$state: $statement");
}
# what goes wrong otherwise is no refusal
my $editor = session($node, 'postgres');
answer($editor, q{BEGIN; SELECT FROM control_list.license FOR UPDATE});
($told, @lines) = blocked(q{SET lock_timeout = 1; INSERT INTO sales VALUES (6, '8542', 1, 'kg'); RESET lock_timeout});
like($told, qr/lock timeout/, 'somebody else was first');
is(@lines, 0, 'which is no refusal');
$editor->quit;
is($node->safe_psql('postgres', 'SELECT count(*) FROM control_list.screening_log'), '0', 'nothing is left of all that');

# the setting, which is the superuser's
($told, @lines) = blocked("RESET ROLE; RESET SESSION AUTHORIZATION; SELECT '0101'::hscode; SET control_list.log_blocked = off;
	INSERT INTO $table VALUES ('4', '8542', 'RU', '2024-09-09'); SET SESSION AUTHORIZATION clerk; SET ROLE seller");
like($told, qr/is blocked/, 'the setting changes nothing but the line');
is(@lines, 0, 'which is not written');

# rows that stay, with the lists by which they were screened
answer($clerk, "INSERT INTO $table VALUES ('5', '0101', 'RU', '2024-09-09'), ('6', '85', 'RU', '2024-09-09')");
$node->safe_psql('postgres', q{INSERT INTO control_list.entry (list, item, codes) VALUES ('L', '2', '0102')});
answer($clerk, "UPDATE $table SET ship_to = 'JP' WHERE id = '6'; UPDATE $table SET ship_to = ship_to");
is( $node->safe_psql('postgres', qq{
		SELECT key ->> 'id', login, role, target = '$table', verdict, jsonb_path_query_array(hits, '\$[*].revision'),
			inputs ->> 'destination', generation = '$generation'
		FROM control_list.screening_log ORDER BY logged_at}),
	join("\n", '5|clerk|seller|t|not_listed|[]|RU|t', '6|clerk|seller|t|review|["r1"]|RU|t', '6|clerk|seller|t|not_listed|[]|JP|f'),
	'rows that stay, with the lists by which they were screened');
like(answer($clerk, 'SELECT * FROM control_list.screening_log'), qr/permission denied/, 'the clerk does not read them');
$clerk->quit;

$node->stop;
done_testing();
