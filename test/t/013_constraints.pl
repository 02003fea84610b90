# What docs/constraints.md says of constraints: what each refuses, and that each comes back from a dump though the lists
# have changed since its rows were written.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";
use ControlListTest;
use Test::More;

my $node = new_server('main');
my $dumps = PostgreSQL::Test::Utils::tempdir;

# The constraints, each with a row that was right, and that no list would let pass any longer.
my $add_check = q{ALTER TABLE sales.checked ADD CONSTRAINT export_control
	CHECK (public.screen_shipment(hs, ship_to, ship_date) < 'review') NOT VALID;};
$node->safe_psql('postgres', 'CREATE DATABASE sales');
$node->safe_psql('sales', qq{
	CREATE EXTENSION control_list;
	INSERT INTO control_list.list (code, title, destinations) VALUES ('L', 'a list', '{RU}');
	INSERT INTO control_list.entry (list, item, codes) VALUES ('L', '1', '8542');
	CREATE SCHEMA sales;
	CREATE TABLE sales.checked (id int PRIMARY KEY, hs hscode, ship_to text, ship_date date, note text);
	INSERT INTO sales.checked VALUES (0, '8542.31', 'RU', '2024-09-09');
	$add_check
	CREATE TABLE sales.constant (id int PRIMARY KEY, hs hscode, note text,
		CHECK (hs IS NOT NULL AND NOT hs && '{8542,8541}'::hsmultirange));
	CREATE DOMAIN sales.free_code AS hscode CHECK (NOT VALUE && '{8542,8541}'::hsmultirange);
	CREATE DOMAIN sales.russian_code AS hscode;
	ALTER DOMAIN sales.russian_code ADD CONSTRAINT export_control CHECK (public.screen_shipment(VALUE, 'RU', '2024-09-09') < 'review') NOT VALID;
	CREATE TABLE sales.typed (id int PRIMARY KEY, free sales.free_code, russian sales.russian_code, note text);
	INSERT INTO sales.checked VALUES (1, '8703.23', 'RU', '2024-09-09');
	INSERT INTO sales.constant VALUES (1, '8703.23');
	INSERT INTO sales.typed VALUES (1, '8703.23', '8703.23'), (2, NULL, '0101');
	INSERT INTO control_list.entry (list, item, codes) VALUES ('L', '2', '8703');
});

my @refused = (
	[ 'a listed shipment', q{INSERT INTO sales.checked VALUES (9, '8542.31', 'RU', '2024-09-09')}, 'export_control' ],
	[ 'one in doubt', q{INSERT INTO sales.checked VALUES (9, '85', 'RU', '2024-09-09')}, 'export_control' ],
	[ 'one without a code', q{INSERT INTO sales.checked VALUES (9, NULL, 'RU', '2024-09-09')}, 'export_control' ],
	[ 'one that was listed later', q{INSERT INTO sales.checked VALUES (9, '8703.23', 'RU', '2024-09-09')}, 'export_control' ],
	[ 'an old row, whatever is updated', q{UPDATE sales.checked SET note = 'x' WHERE id = 1}, 'export_control' ],
	[ 'the row that was wrong from the start', q{UPDATE sales.checked SET note = 'x' WHERE id = 0}, 'export_control' ],
	[ 'a code of the constant set', q{INSERT INTO sales.constant VALUES (9, '8541.10')}, 'constant_hs_check' ],
	[ 'a code that is broader', q{INSERT INTO sales.constant VALUES (9, '85')}, 'constant_hs_check' ],
	[ 'a missing code', q{INSERT INTO sales.constant VALUES (9, NULL)}, 'constant_hs_check' ],
	[ 'a code that is no free one', q{INSERT INTO sales.typed VALUES (9, '8542')}, 'free_code_check' ],
	[ 'a cast to a domain', q{SELECT '85'::sales.free_code}, 'free_code_check' ],
	[ 'a code that was listed later, in a domain', q{INSERT INTO sales.typed (id, russian) VALUES (9, '8703.23')}, 'export_control' ],
	[ 'a missing code in a domain that screens', q{INSERT INTO sales.typed VALUES (9, '0101', NULL)}, 'export_control' ],
	[ 'the same value, assigned anew', q{UPDATE sales.typed SET russian = '8703.23' WHERE id = 1}, 'export_control' ]);
my @allowed = (
	[ 'another shipment', q{INSERT INTO sales.checked VALUES (8, '0101.21', 'RU', '2024-09-09')} ],
	[ 'an old row that is made right', q{UPDATE sales.checked SET ship_to = 'JP' WHERE id = 1} ],
	[ 'a code that lists know and the constant does not', q{INSERT INTO sales.constant VALUES (8, '8703')} ],
	[ 'an old row of a constant', q{UPDATE sales.constant SET note = 'x'} ],
	[ 'an old row of domains, while they are not assigned', q{UPDATE sales.typed SET note = 'x'} ],
	[ 'a missing code in a domain of a constant', q{INSERT INTO sales.typed VALUES (8, NULL, '0101')} ]);
my $rows = q{SELECT string_agg(t, E'\n' ORDER BY t) FROM (SELECT t::text FROM sales.checked AS t
	UNION ALL SELECT t::text FROM sales.constant AS t UNION ALL SELECT t::text FROM sales.typed AS t) AS u (t)};
my $before = $node->safe_psql('sales', $rows);

# A test each of the rows, of what is refused, and of what is allowed; nothing stays.
sub guarded
{
	my ($database) = @_;
	my (@wrong, @stopped);
	local $Test::Builder::Level = $Test::Builder::Level + 1;

	is($node->safe_psql($database, $rows), $before, "$database: all rows are there");
	foreach (@refused)
	{
		my ($name, $statement, $constraint) = @$_;
		my ($status, undef, $stderr) = $node->psql($database, "BEGIN; $statement; ROLLBACK;");
		push @wrong, $name unless $status != 0 && $stderr =~ /violates check constraint "$constraint"/;
	}
	is("@wrong", '', "$database: refused");
	foreach (@allowed)
	{
		my ($name, $statement) = @$_;
		push @stopped, $name unless $node->psql($database, "BEGIN; $statement; ROLLBACK;") == 0;
	}
	is("@stopped", '', "$database: allowed");
	return;
}

guarded('sales');
guarded($_) foreach restored($node, 'sales');

# One schema, into a database that has lists of its own.
$node->command_ok([ 'pg_dump', '-n', 'sales', '-f', "$dumps/schema.sql", 'sales' ], 'dump of a schema');
$node->safe_psql('postgres', 'CREATE DATABASE one_schema');
$node->safe_psql('one_schema', q{
	CREATE EXTENSION control_list;
	INSERT INTO control_list.list (code, title, destinations) VALUES ('M', 'another list', '{RU}');
	INSERT INTO control_list.entry (list, item, codes) VALUES ('M', '1', '8542'), ('M', '2', '8703');
});
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', "$dumps/schema.sql", 'one_schema' ], 'restored');
guarded('one_schema');

# Data alone, into a schema that stands: no option turns a CHECK off, so that those that screen must go for the while.
$node->command_ok([ 'pg_dump', '-s', '-f', "$dumps/form.sql", 'sales' ], 'dump of the form');
$node->command_ok([ 'pg_dump', '-a', '--disable-triggers', '-f', "$dumps/data.sql", 'sales' ], 'dump of the data');
$node->safe_psql('postgres', 'CREATE DATABASE data_only');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', "$dumps/form.sql", 'data_only' ], 'form restored');
my @load = ('psql', '-X', '-q', '-1', '-v', 'ON_ERROR_STOP=1', '-f', "$dumps/data.sql", 'data_only');
$node->command_fails_like(\@load, qr/violates check constraint "export_control"/, 'old rows do not pass a CHECK that screens');
$node->safe_psql('data_only', q{ALTER TABLE sales.checked DROP CONSTRAINT export_control;});
$node->command_fails_like(\@load, qr/violates check constraint "export_control"/, 'nor such a domain');
$node->safe_psql('data_only', q{ALTER DOMAIN sales.russian_code DROP CONSTRAINT export_control;});
$node->command_ok(\@load, 'without them they come back');
$node->safe_psql('data_only', qq{$add_check
	ALTER DOMAIN sales.russian_code ADD CONSTRAINT export_control CHECK (public.screen_shipment(VALUE, 'RU', '2024-09-09') < 'review') NOT VALID;});
guarded('data_only');

# A constraint that counts as validated breaks every restore once a list has changed.
$node->safe_psql('sales', q{
	CREATE TABLE sales.validated (hs hscode, CHECK (public.screen_shipment(hs, 'RU', '2024-09-09') < 'review'));
	INSERT INTO sales.validated VALUES ('0101');
	INSERT INTO control_list.entry (list, item, codes) VALUES ('L', '3', '0101');
});
$node->command_ok([ 'pg_dump', '-f', "$dumps/validated.sql", 'sales' ], 'dump with a validated constraint');
$node->safe_psql('postgres', 'CREATE DATABASE validated');
$node->command_fails_like([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', "$dumps/validated.sql", 'validated' ],
	qr/violates check constraint "validated_hs_check"/, 'is not restored');

$node->stop;
done_testing();
