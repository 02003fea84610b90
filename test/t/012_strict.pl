# Four sessions write orders while lists change all the time. Every order is either screened by the new list, or committed
# and visible to whoever looks after the change, if the table is protected strictly; else some slip through.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";
use ControlListTest;
use Test::More;

my $writers = 4;
my $node = new_server('main');
$node->safe_psql('postgres', q{
	CREATE EXTENSION control_list;
	CREATE TABLE done (writer int);
	CREATE TABLE look (code hscode, orders bigint);

	-- the n-th code that comes to be listed
	CREATE FUNCTION code(n bigint) RETURNS hscode LANGUAGE sql IMMUTABLE AS 'SELECT hscode_from_number(850000 + n, 6)';

	-- writes orders for the code that will be listed next, until there are enough
	CREATE PROCEDURE write(target regclass, batches int, size int) LANGUAGE plpgsql AS $$
	DECLARE
		next bigint;
		written int := 0;
	BEGIN
		WHILE written < batches LOOP
			COMMIT;
			SELECT count(*) INTO next FROM control_list.entry;	-- 'always', and those before it
			BEGIN
				EXECUTE format('INSERT INTO %s (hs, dest) SELECT code($1), ''RU'' FROM generate_series(1, $2)', target) USING next, size;
				written := written + 1;
				PERFORM pg_sleep(0.002 * random());
			EXCEPTION WHEN check_violation OR serialization_failure THEN
				NULL;
			END;
		END LOOP;
		INSERT INTO done VALUES (1);
	END $$;

	-- lists one code after the other, and looks for orders of it each time
	CREATE PROCEDURE edit(target regclass, writers int) LANGUAGE plpgsql AS $$
	BEGIN
		FOR n IN 1 .. 2000 LOOP
			EXIT WHEN (SELECT count(*) FROM done) = writers;
			INSERT INTO control_list.entry (list, item, codes) VALUES ('L', n, code(n));
			COMMIT;
			EXECUTE format('INSERT INTO look SELECT code($1), count(*) FROM %s WHERE hs = code($1)', target) USING n;
			COMMIT;
			PERFORM pg_sleep(0.002);
		END LOOP;
	END $$;
});

sub orders
{
	my ($strict, $batches, $size) = @_;
	my $table = $strict eq 'true' ? 'strict' : 'loose';

	$node->safe_psql('postgres', qq{
		DELETE FROM control_list.entry;
		DELETE FROM control_list.list;
		INSERT INTO control_list.list (code, title, destinations) VALUES ('L', 'a list', '{RU}');
		INSERT INTO control_list.entry (list, item, codes) VALUES ('L', 'always', '9301');
		TRUNCATE done, look;
		CREATE TABLE $table (hs hscode, dest text);
		CREATE INDEX ON $table (hs);
		SELECT control_list.protect('$table', 'hs', 'dest', strict => $strict);
	});
	my @sessions = map { session($node, 'postgres') } 0 .. $writers;
	foreach my $n (0 .. $writers)
	{
		my $isolation = $n == 1 ? 'repeatable read' : 'read committed';
		my $call = $n == 0 ? "edit('$table', $writers)" : "write('$table', $batches, $size)";
		$sessions[$n]->{stdin} .= "SET default_transaction_isolation = '$isolation'; CALL $call;\n\\echo done\n";
		$sessions[$n]->{run}->pump_nb;
	}
	foreach my $n (0 .. $writers)
	{
		like($sessions[$n]->query_until(qr/done/, "\n"), qr/done/, "$table: " . ($n == 0 ? 'the editor' : "writer $n"));
		is($sessions[$n]->{stderr}, '', 'has no error');
		$sessions[$n]->quit;
	}
	return split /\|/, $node->safe_psql('postgres', qq{
		SELECT (SELECT count(*) FROM $table), count(*), count(*) FILTER (WHERE l.orders > 0),
		       sum((SELECT count(*) FROM $table AS o WHERE o.hs = l.code) - l.orders)
		FROM look AS l});
}

# an order whose code is listed, and which was not there when somebody looked after that, has slipped through
my ($orders, $changes, $seen, $slips) = orders('true', 500, 100);
is($orders, 200_000, 'strict: 200,000 orders');
cmp_ok($changes, '>', 50, "strict: $changes changes of the list");
cmp_ok($seen, '>', 10, "strict: orders were there already at $seen of them");
is($slips, 0, 'strict: no order has slipped through');

($orders, $changes, $seen, $slips) = orders('false', 500, 10);
cmp_ok($slips, '>', 0, "not strict: $slips of $orders orders have slipped through");

# the wait is bounded, and says what for
my $editor = session($node, 'postgres');
holds($editor, "BEGIN; UPDATE control_list.list SET title = 'another';", '', 'an editor does not come to an end');
my ($status, $out, $error) = $node->psql('postgres', "SET lock_timeout = '50ms'; INSERT INTO strict VALUES ('0101', 'RU')");
like($error, qr/ERROR:  canceling statement due to lock timeout.*waiting for a change of the control lists to be committed.*relation "strict"/s,
	'lock_timeout, with words');
is($node->safe_psql('postgres', "INSERT INTO loose VALUES ('0101', 'RU') RETURNING hs"), '0101', 'others do not wait');
holds($editor, 'ROLLBACK;', '', 'nothing was changed');
$editor->quit;

$node->stop;
done_testing();
