# A day of a DBA, from the first look at an order table to the copy that is restored in the evening: protect, block, hold, clear,
# license, draw, exhaust, expire, unprotect, dump, restore, with orders that have headers and lines.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";
use ControlListTest;
use Test::More;

my $node = new_server('main');
my $database = 'sales';

# One test: a statement answers so, or with an error like this.
sub answers
{
	my ($name, $statement, $expected) = @_;
	my ($status, $output, $error) = $node->psql($database, $statement);
	local $Test::Builder::Level = $Test::Builder::Level + 1;

	return ref $expected ? like($error, $expected, $name) : is($error eq '' ? $output : $error, $expected, $name);
}

# In the morning there are a list, orders with lines, and nobody has looked at them.
$node->safe_psql('postgres', "CREATE DATABASE $database");
$node->safe_psql($database, q{
	CREATE EXTENSION control_list;
	INSERT INTO control_list.list (code, title, legal_basis, tariff, time_zone, destinations)
	VALUES ('KR', 'Korea', 'Public Notice', 'KR', 'Asia/Seoul', '{RU,BY}');
	INSERT INTO control_list.entry (list, item, codes, valid) VALUES
		('KR', '1000', '8542.31', '[2024-02-24,)'), ('KR', '1001', '8703.23', '[2024-09-09,)');
	INSERT INTO control_list.license (number, list, destinations, codes, valid, max_quantity, unit)
	VALUES ('S-1', 'KR', '{RU}', '{8542.31}', '[2024-09-01,2025-08-31]', 100, 'kg');

	CREATE TABLE orders (id int PRIMARY KEY, ship_to text, at timestamptz, note text);
	CREATE TABLE lines (id int PRIMARY KEY, order_id int NOT NULL REFERENCES orders, hs hscode, kg numeric, license text,
		verdict screening_verdict);
	INSERT INTO orders VALUES (1, 'JP', '2024-09-09 00:00+09'), (2, 'RU', '2024-09-09 00:00+09'), (3, 'BY', '2024-09-08 23:59+09');
	INSERT INTO lines VALUES (10, 1, '8542.31', 80), (20, 2, '8542', 5), (21, 2, '8542.31', 7)});

# Protect: one statement, which says what it has done and which lines would not pass.
answers('protect', q{
	SELECT coalesce(verdict || ': ' || row_count, split_part(done, ' ', 1))
	FROM control_list.protect('lines', hs_code => 'hs', destination => 'order_id.ship_to', ship_date => 'order_id.at', tariff => '=KR',
		licenses => 'license', quantity => 'kg', unit => '=kg', reference => 'id', verdict_column => 'verdict', log => 'hits')},
	join("\n", ('trigger') x 6, 'license_required: 1', 'review: 1'));
answers('not twice', q{SELECT control_list.protect('lines', 'hs', 'order_id.ship_to')}, qr/is protected already/);
answers('all in place', q{SELECT name, problem FROM control_list.status WHERE part = 'protected table'}, 'lines|');

# Block: a restricted line is not written, whatever way it takes; an application reads the fields of the error.
my $blocked = qr/shipment of 8542.31 to RU is blocked: license required/;
answers('block', q{INSERT INTO lines VALUES (22, 2, '8542.31', 50)}, $blocked);
answers('block a header that changes', q{UPDATE orders SET ship_to = 'RU' WHERE id = 1}, $blocked);
answers('block a header that takes the place of another one',
	q{WITH gone AS (DELETE FROM orders WHERE id = 1 RETURNING id) INSERT INTO orders SELECT id, 'RU', '2024-09-09' FROM gone}, $blocked);
answers('block a line that moves', q{UPDATE lines SET order_id = 2 WHERE id = 10}, $blocked);
answers('a day begins at midnight in Seoul', q{INSERT INTO lines VALUES (30, 3, '8703.23', 1500) RETURNING verdict}, 'not_listed');
answers('and so another one', q{UPDATE orders SET at = '2024-09-08 15:00+00' WHERE id = 3}, qr/shipment of 8703.23 to BY is blocked/);
answers('the fields of the error', q{
	CREATE FUNCTION fields(statement text) RETURNS text LANGUAGE plpgsql AS $$
	DECLARE
		state text; name text; relation text; field text; detail text; hint text;
	BEGIN
		EXECUTE statement;
		RETURN 'no error';
	EXCEPTION WHEN OTHERS THEN
		GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, name = CONSTRAINT_NAME, relation = TABLE_NAME, field = COLUMN_NAME,
			detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
		RETURN concat_ws(E'\n', state, name, relation, field, detail, hint);
	END $$;
	SELECT fields('INSERT INTO lines VALUES (22, 2, ''8542.31'', 50)')},
	join("\n", '23514', 'export_control', 'lines', 'hs',
		'Item 1000 of list KR covers 8542.31 to RU. The item is in force since 2024-02-24 under Public Notice.',
		'Apply for a license of the authority, or change the order. screening_hits() shows every reason.'));

# Hold: a doubtful line is written, with a verdict that is the trigger's, and waits.
answers('hold', q{INSERT INTO lines VALUES (23, 2, '8542', 5, NULL, 'not_listed') RETURNING verdict}, 'review');
answers('nobody else writes the verdict', q{UPDATE lines SET verdict = 'not_listed' WHERE id = 23 RETURNING verdict}, 'review');
my $waiting = q{SELECT key ->> 'id', verdict FROM control_list.held_orders ORDER BY key};
answers('what waits', $waiting, "20|review\n21|license_required\n23|review");
answers('one verdict for an order', q{SELECT order_id, max(verdict) FROM lines WHERE verdict IS NOT NULL GROUP BY order_id ORDER BY order_id},
	"2|review\n3|not_listed");
answers('why, as JSON', q{SELECT h ->> 'item', h ->> 'matched', h ->> 'reason' FROM lines AS l, control_list.explain_row('lines', l) AS e,
		jsonb_array_elements(e.hits) AS h WHERE l.id = 23},
	'1000|partial|Item 1000 of list KR may cover 8542 to RU: the code is broader than the item.');

# Clear: these hits and these values, by a person with a reason.
answers('clear', q{SELECT count(control_list.clear_hold('lines', key, 'diodes only')) FROM control_list.held_orders WHERE verdict = 'review'}, '2');
answers('nothing waits but what is blocked', $waiting, '21|license_required');
answers('which cannot be cleared', q{SELECT control_list.clear_hold('lines', '{"id": 21}', 'diodes only')}, qr/is not held but blocked/);
answers('another value waits again', q{UPDATE orders SET at = '2024-09-10' WHERE id = 2; } . $waiting, $blocked);
answers('when the header can change', q{DELETE FROM lines WHERE id = 21; UPDATE orders SET at = '2024-09-10' WHERE id = 2; } . $waiting,
	"20|review\n23|review");

# License, draw, exhaust.
answers('a license', q{INSERT INTO lines VALUES (24, 2, '8542.31', 60, 'S-1') RETURNING verdict}, 'licensed');
my $left = q{SELECT quantity FROM control_list.license_left('S-1')};
answers('draws', $left, '40');
answers('more than is left', q{SELECT fields('INSERT INTO lines VALUES (25, 2, ''8542.31'', 41, ''S-1'')')},
	"LC004\n\n\n\nOf 100 kg, 40 are left, and 41 are to be drawn.\n");
answers('for another place', q{INSERT INTO lines VALUES (31, 3, '8542.31', 1, 'S-1')}, qr/license S-1 is not for BY/);
answers('exhaust', q{UPDATE lines SET kg = 100 WHERE id = 24; } . $left, '0');
answers('nothing is left', q{INSERT INTO lines VALUES (25, 2, '8542.31', 1, 'S-1')}, qr/license S-1 is used up/);
answers('cancel', q{UPDATE lines SET kg = 0 WHERE id = 24; } . $left, '100');
answers('draw again', q{UPDATE lines SET kg = 70 WHERE id = 24; } . $left, '30');

# Expire: a clearance, and a license.
answers('clear for a moment', q{SELECT count(control_list.clear_hold('lines', '{"id": 20}', 'until they answer', clock_timestamp() + '0.1 s')),
	count(control_list.clear_hold('lines', '{"id": 23}', 'for good'))}, '1|1');
answers('expire', "SELECT pg_sleep(0.2) \\g /dev/null\n$waiting", '20|review');
answers('a license that has expired', q{UPDATE orders SET at = '2025-09-01' WHERE id = 2},
	qr/license S-1 expired after 2025-08-31/);

# The log says what was screened.
answers('log', q{SELECT key ->> 'id', string_agg(verdict::text, ' ' ORDER BY logged_at) FROM control_list.screening_log GROUP BY key ORDER BY key},
	"20|review\n23|review review\n24|licensed licensed licensed licensed");

# A list that changes, and lines that were taken before.
$node->safe_psql($database, q{INSERT INTO control_list.entry (list, item, codes) VALUES ('KR', '1002', '01-99')});

# Dump, restore: all is as it was, in each copy.
my $state = q{
	SELECT * FROM lines ORDER BY id;
	SELECT target, key, verdict FROM control_list.held_orders ORDER BY key;
	SELECT name, problem FROM control_list.status WHERE part <> 'list';
	SELECT target, key, inputs, reason, expires FROM control_list.clearance ORDER BY id;
	SELECT license, line, reference, quantity, total_quantity FROM control_list.license_use ORDER BY line;
	SELECT key, verdict, hits, logged_at FROM control_list.screening_log ORDER BY logged_at};
my $before = $node->safe_psql($database, $state);
my @copies = restored($node, $database);
foreach my $copy (@copies)
{
	$database = $copy;
	answers("$copy: all as it was", $state, $before);
	answers("$copy: block", q{UPDATE orders SET ship_to = 'RU' WHERE id = 1}, $blocked);
	answers("$copy: draw", "BEGIN; INSERT INTO lines VALUES (25, 2, '8542.31', 20, 'S-1'); $left; ROLLBACK", '10');
	answers("$copy: give back", "DELETE FROM lines WHERE id = 24; $left", '100');
}

# Unprotect: the table is as it was, and what was cleared and drawn is kept.
$database = 'sales';
answers('unprotect', q{SELECT count(*) FROM control_list.unprotect('lines')}, '6');
answers('nothing is screened any more', q{INSERT INTO lines VALUES (32, 3, '8542.31', 1) RETURNING verdict}, '');
answers('nothing is left behind', q{SELECT count(*) FROM pg_trigger WHERE tgrelid IN ('orders'::regclass, 'lines'::regclass) AND NOT tgisinternal}, '0');
answers('what was done is kept', q{SELECT (SELECT count(*) FROM control_list.clearance), quantity FROM control_list.license_left('S-1')}, '4|30');
answers('not twice', q{SELECT control_list.unprotect('lines')}, qr/is not protected/);

$node->stop;
done_testing();
