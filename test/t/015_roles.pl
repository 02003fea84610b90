# The GRANTs of docs/rights.md, as they stand there, given to real roles: what each may do, and that nobody else can. And
# that they come back from a dump.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";
use ControlListTest;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = new_server('main');
my @roles = qw(screener order_clerk compliance_officer list_editor order_owner stranger);

# Orders of an owner who protects them, one of them held, a list, a license, and a record in the log.
$node->safe_psql('postgres', 'CREATE DATABASE sales');
$node->safe_psql('sales', join('', map { "CREATE ROLE $_ LOGIN;" } @roles) . q{
	CREATE EXTENSION control_list;
	CREATE TABLE orders (id int PRIMARY KEY, hs text, ship_to text, ship_date date, verdict screening_verdict);
	ALTER TABLE orders OWNER TO order_owner;
	INSERT INTO control_list.destination_group VALUES ('g', 'KZ');
	INSERT INTO control_list.list (code, title, destinations) VALUES ('L', 'a list', '{RU}');
	INSERT INTO control_list.entry (list, item, codes) VALUES ('L', '1', '8542');
	INSERT INTO control_list.license (number, list, destinations, codes, valid) VALUES ('X-1', 'L', '{RU}', '{8542}', '(,)');
	SELECT control_list.draw_license('X-1', 1, 1, 'order 1');
	SELECT control_list.log_screening('orders', '{"id": 1}', '{}', 'not_listed', '[]');
});
my $rights = slurp_file("$FindBin::RealBin/../../docs/rights.md");
$node->safe_psql('sales', $1) while $rights =~ /^```sql\n(.*?)^```/gms;
my $protect = q{SELECT control_list.protect('orders', 'hs', 'ship_to', 'ship_date', verdict_column => 'verdict')};
$node->safe_psql('sales', $protect, extra_params => [ '-U', 'order_owner' ]);
$node->safe_psql('sales', q{INSERT INTO orders VALUES (1, '0101', 'JP', '2024-09-09'), (2, '85', 'RU', '2024-09-09')});

# Each statement, and who may run it.
my @rights = (
	# screening, and what it says, is all that everybody learns of a list
	[ q{SELECT screen_shipment('8542', 'RU', '2024-09-09'), country_code('Russia') FROM screening_hits('8542', 'RU', '2024-09-09')}, qw(screener compliance_officer list_editor order_owner) ],
	[ q{SELECT control_list.row_verdict('orders', (1, '8542', 'RU', '2024-09-09', NULL)::orders)}, qw(screener compliance_officer list_editor order_owner) ],
	[ q{SELECT control_list.explain_row('orders', (1, '8542', 'RU', '2024-09-09', NULL)::orders)}, qw(screener compliance_officer list_editor order_owner) ],
	[ q{SELECT control_list.explain_shipment('orders', '{}', '8542', 'RU', 'now', NULL, NULL, NULL, NULL, NULL, NULL, NULL)}, qw(compliance_officer) ],
	[ q{SELECT FROM control_list.list, control_list.revision, control_list.entry, control_list.destination_group}, qw(compliance_officer list_editor) ],
	[ q{SELECT FROM control_list.country_alias, control_list.nomenclature}, qw(list_editor) ],
	[ q{COPY control_list.entry (codes) TO STDOUT}, qw(compliance_officer list_editor) ],
	[ q{SELECT control_list.check_list('L', false)}, qw(compliance_officer list_editor) ],
	[ q{SELECT control_list.resolve_destinations('{@g}')}, qw(compliance_officer list_editor) ],
	[ q{SELECT FROM control_list.list_history, control_list.entry_history, control_list.destination_group_history, control_list.revision_history}, qw(compliance_officer list_editor) ],
	[ q{SELECT FROM control_list.generation}, qw() ],
	# lists
	[ q{INSERT INTO control_list.entry (list, item, codes) VALUES ('L', '2', '8541')}, qw(list_editor) ],
	[ q{UPDATE control_list.list SET enabled = false}, qw(list_editor) ],
	[ q{DELETE FROM control_list.entry}, qw(list_editor) ],
	[ q{INSERT INTO control_list.destination_group VALUES ('g', 'KG')}, qw(list_editor) ],
	[ q{INSERT INTO control_list.country_alias (name, code) VALUES ('rossiya', 'RU')}, qw(list_editor) ],
	[ q{INSERT INTO control_list.nomenclature VALUES ('2022', '8542')}, qw(list_editor) ],
	[ q{SELECT control_list.begin_import('L'); INSERT INTO control_list_import (item, hs_code) VALUES ('2', '8541'); SELECT control_list.apply_import('r1', mode => 'add')}, qw(list_editor) ],
	[ q{SELECT control_list.begin_import('L'); INSERT INTO control_list_import (item, hs_code, destinations) VALUES ('1', '8542 except 8542.90', '@g'), ('2', '8541', NULL);
		SELECT control_list.apply_import('r1', effective => '2024-01-01', max_removed => 1, source => 'file', sha256 => sha256('file'));
		SELECT control_list.withdraw_revision('L', 'r1', '2024-02-01')}, qw(list_editor) ],
	[ q{INSERT INTO control_list.entry_history SELECT (jsonb_populate_record(e, '{"recorded": "[2000-01-01,2001-01-01)"}')).* FROM control_list.entry AS e}, qw() ],
	[ q{UPDATE control_list.entry_history SET remark = 'x'}, qw() ],
	[ q{DELETE FROM control_list.list_history}, qw() ],
	[ q{TRUNCATE control_list.entry}, qw() ],
	[ q{ALTER TABLE control_list.entry DISABLE TRIGGER ALL}, qw() ],
	[ q{CREATE TABLE mine () INHERITS (control_list.entry)}, qw() ],
	[ q{UPDATE control_list.generation SET id = DEFAULT}, qw() ],
	# orders
	[ q{INSERT INTO orders VALUES (3, '0101', 'RU', '2024-09-09')}, qw(order_clerk order_owner) ],
	[ q{UPDATE orders SET hs = '0102'}, qw(order_clerk order_owner) ],
	[ q{DELETE FROM orders}, qw(order_clerk order_owner) ],
	[ q{SELECT FROM orders}, qw(order_clerk compliance_officer order_owner) ],
	[ q{SELECT control_list.unprotect('orders')}, qw(order_owner) ],
	[ q{DELETE FROM control_list.protected_table}, qw(order_owner) ],
	[ q{DROP TRIGGER export_control ON orders}, qw(order_owner) ],
	[ q{ALTER TABLE orders DISABLE TRIGGER export_control}, qw(order_owner) ],
	[ q{CREATE TRIGGER other BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()}, qw(order_owner) ],
	[ q{TRUNCATE orders}, qw(order_owner) ],
	[ q{SET session_replication_role = replica}, qw() ],
	[ q{SELECT '0101'::hscode; SET control_list.tariff = 'KR'}, qw() ],
	[ q{SELECT '0101'::hscode; SET control_list.log_blocked = off}, qw() ],
	# holds
	[ q{SELECT FROM control_list.held_orders}, qw(compliance_officer) ],
	[ q{SELECT control_list.waiting_orders()}, qw(compliance_officer order_owner) ],
	[ q{SELECT control_list.clear_hold('orders', '{"id": 2}', 'looked at')}, qw(compliance_officer) ],
	[ q{SELECT FROM control_list.clearance}, qw(compliance_officer) ],
	[ q{INSERT INTO control_list.clearance (target, key, inputs, hits, reason, cleared_by) VALUES ('orders', '{"id": 2}', '{}', '[]', 'r', 'x')}, qw() ],
	[ q{UPDATE control_list.clearance SET expires = NULL}, qw() ],
	# licenses
	[ q{SELECT FROM control_list.license, control_list.license_use}, qw(compliance_officer) ],
	[ q{SELECT control_list.license_left('X-1')}, qw(compliance_officer) ],
	[ q{INSERT INTO control_list.license (number, list, destinations, codes, valid) VALUES ('X-2', 'L', '{RU}', '{8542}', '(,)')}, qw(compliance_officer) ],
	[ q{UPDATE control_list.license SET holder = 'x'}, qw(compliance_officer) ],
	[ q{DELETE FROM control_list.license}, qw() ],
	[ q{SELECT control_list.draw_license('X-1', 1, 1, 'order 2')}, qw(compliance_officer) ],
	[ q{SELECT control_list.return_license('order 1')}, qw(compliance_officer) ],
	[ q{INSERT INTO control_list.license_use (license, line, reference) VALUES ('X-1', 9, 'x')}, qw() ],
	[ q{UPDATE control_list.license_use SET quantity = 0}, qw() ],
	[ q{SELECT control_list.append_use((NULL::control_list.license), 'x', 1, NULL, 1, NULL)}, qw() ],
	# evidence
	[ q{SELECT FROM control_list.screening_log}, qw(compliance_officer) ],
	[ q{SELECT FROM control_list.screening_log_default}, qw() ],
	[ q{INSERT INTO control_list.screening_log (logged_at, login, target, inputs, verdict, hits) VALUES (now(), 'x', 't', '{}', 'not_listed', '[]')}, qw() ],
	[ q{SELECT control_list.log_screening('orders', NULL, '{}', 'not_listed', NULL)}, qw() ],
	# what a change of the lists has hit
	[ q{SELECT FROM control_list.status, control_list.entry_search}, qw(compliance_officer) ],
	[ q{SELECT control_list.impact('orders', as_of => '2024-09-09')}, qw(compliance_officer order_owner) ],
	[ q{SELECT control_list.rescreen_begin('orders', now(), 10, 'hold'), control_list.rescreen_batch('orders', 10)}, qw(compliance_officer) ],
	[ q{SELECT control_list.rescreen_row('orders', '(0,1)', 'not_listed', true)}, qw(compliance_officer) ],
	[ q{SELECT control_list.what_changed(now()), control_list.logged_verdict('orders', '{"id": 1}')}, qw(compliance_officer) ],
	[ q{UPDATE control_list.rescreening SET finished_at = now()}, qw(compliance_officer) ],
	[ q{DELETE FROM control_list.screening_log}, qw() ],
	[ q{SELECT control_list.make_log_partitions('2024-01-01')}, qw(compliance_officer) ],
	[ q{SELECT control_list.drop_log_partitions()}, qw() ],
	[ q{SELECT FROM control_list.log_retention}, qw(compliance_officer) ],
	[ q{INSERT INTO control_list.log_retention VALUES ('L', '1 day')}, qw() ]);

my %session = map { $_ => session($node, 'sales', extra_params => [ '-U', $_ ]) } @roles;

# Those of all roles who may run a statement; the others are told that they must not.
foreach (@rights)
{
	my ($statement, @expected) = @$_;
	my @may;

	foreach my $role (@roles)
	{
		my $answer = answer($session{$role}, "BEGIN; $statement; ROLLBACK;");
		push @may, $answer !~ /^ERROR/ ? $role : $answer =~ /(permission denied|must be owner)/ ? () : "$role: $answer";
	}
	is("@may", "@expected", $statement);
}

# what is granted does not turn anything off
like(answer($session{order_clerk}, q{INSERT INTO orders VALUES (4, '8542', 'RU', '2024-09-09')}), qr/is blocked/, 'a restricted order');
like(answer($session{order_clerk}, q{UPDATE orders SET hs = '8542', ship_to = 'RU'}), qr/is blocked/, 'an order that becomes one');
holds($session{order_clerk}, q{UPDATE orders SET verdict = 'not_listed' WHERE id = 2 RETURNING verdict}, 'review', 'a verdict is not changed');
holds($session{order_clerk}, q{INSERT INTO orders VALUES (3, '85', 'RU', '2024-09-09', 'licensed') RETURNING verdict}, 'review', 'nor chosen');
like(answer($session{list_editor}, q{INSERT INTO control_list.entry (list, item, codes) VALUES ('L', '1', '8542.31')}), qr/overlap/, 'an entry twice');

# what ANALYZE knows of the lists is not told to everybody either
$node->safe_psql('sales', 'ANALYZE');
holds($session{$_}, q{SELECT count(*) FROM pg_stats WHERE schemaname = 'control_list' AND tablename <> 'protected_table'}, '0', "statistics: $_")
	foreach qw(screener order_clerk order_owner stranger);
$_->quit foreach values %session;

# rights come back from a dump, those that were taken from everybody, too
my $granted = q{
	SELECT string_agg(t, E'\n' ORDER BY t COLLATE "C") FROM (
		SELECT concat_ws(' ', c.oid::regclass, a.grantee::regrole, a.privilege_type)
			FROM pg_class AS c, aclexplode(c.relacl) AS a WHERE c.relnamespace IN ('control_list'::regnamespace, 'public'::regnamespace)
		UNION ALL SELECT concat_ws(' ', p.oid::regprocedure, a.grantee::regrole, a.privilege_type)
			FROM pg_proc AS p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a
			WHERE p.pronamespace IN ('control_list'::regnamespace, 'public'::regnamespace)) AS g (t)};
my $before = $node->safe_psql('sales', $granted);
like($before, qr/control_list.list list_editor UPDATE.*\nscreen_shipment.* screener EXECUTE/s, 'rights were granted');
is($node->safe_psql($_, $granted), $before, "$_: the same rights") foreach restored($node, 'sales');

$node->stop;
done_testing();
