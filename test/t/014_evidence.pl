# The log of screenings comes back from a dump with its partitions, and from a dump of that; it stays append-only, and
# partitions are made and dropped as before.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";
use ControlListTest;
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

$node->stop;
done_testing();
