# Changes behind the back of the triggers: triggers that are off or fire no longer always, tables that are rewritten, a
# generation that is missing. Answers stay right, and rulebook_info() tells why nothing is kept.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";
use ControlListTest;
use Test::More;

my $node = new_server('main');
prepare($node, 'postgres');
$node->safe_psql('postgres', q{
	CREATE TABLE shipments AS SELECT n FROM generate_series(1, 100) AS n;
	CREATE FUNCTION wait() RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT pg_advisory_lock(4)::text || pg_advisory_unlock(4) $$;
	CREATE PROCEDURE always() LANGUAGE plpgsql AS $$
	DECLARE
		t record;
	BEGIN
		FOR t IN SELECT tgrelid::regclass AS of, tgname AS name FROM pg_trigger WHERE tgname LIKE 'change\_%' AND tgenabled <> 'A' LOOP
			EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER %I', t.of, t.name);
		END LOOP;
	END $$;
});
my $look = 'SELECT look(), glance()';
my $problem = 'SELECT generation IS NULL, problem IS NOT NULL FROM control_list.rulebook_info()';
my $off = 'ALTER TABLE control_list.entry DISABLE TRIGGER ALL;';
my $on = 'ALTER TABLE control_list.entry ENABLE TRIGGER ALL;';
my $always = 'CALL always();';

my $admin = session($node, 'postgres');
my $clerk = session($node, 'postgres');
my $reader = session($node, 'postgres');
my $cursor = session($node, 'postgres');

sub everybody
{
	my ($expected, $name) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	holds($clerk, $look, "$expected|$expected", "$name: a clerk");
	holds($admin, $look, "$expected|$expected", "$name: who did it");
	return;
}

# a session whose snapshot is older, and that has screened with it, or not yet
sub look_back
{
	my ($session, $expected, $name) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	holds($session, $look, "$expected|$expected", "$name: an older snapshot");
	answer($session, 'COMMIT');
	return;
}

my $old = 'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM shipments;';

everybody('nothing', 'at first');
holds($reader, $look, 'nothing|nothing', 'a reader');
holds($clerk, $problem, 'f|f', 'nothing is wrong');

# catches: what a kept rulebook says is believed although nobody tells of changes any more
answer($admin, $off);
holds($clerk, $problem, 't|t', 'triggers are off');
answer($admin, add(1));
everybody('8541 license_required', 'changed while triggers are off');
answer($admin, 'BEGIN;' . change(1, 'review'));
holds($clerk, $look, '8541 license_required|8541 license_required', 'not committed');
holds($admin, $look, '8541 review|8541 review', 'its own');
answer($admin, 'SAVEPOINT s;' . take(1));
holds($admin, $look, 'nothing|nothing', 'in a savepoint');
answer($admin, 'ROLLBACK TO s');
holds($admin, $look, '8541 review|8541 review', 'which is rolled back');
answer($admin, 'ROLLBACK');
everybody('8541 license_required', 'rolled back');

# catches: in the middle of a command nobody tells of
answer($admin, q{CREATE FUNCTION seen(item text) RETURNS boolean LANGUAGE plpgsql AS $$
	BEGIN RAISE WARNING '%: %', item, look(); RETURN true; END $$});
answer($admin, 'BEGIN; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;' . add(2));
answer($admin, q{DELETE FROM control_list.entry WHERE list = 'L' AND item < '3' AND seen(item)});
is(join(', ', $admin->{stderr} =~ /WARNING:  (.*)/g), '1: 8541 license_required, 8542 license_required, 2: 8542 license_required',
	'in the middle of a command');
answer($admin, 'ROLLBACK');

# catches: triggers that are there again, but not for replication
answer($admin, $on);
holds($clerk, $problem, 't|t', 'triggers are on, but do not fire always');
answer($admin, 'SET session_replication_role = replica;' . change(1, 'prohibited') . 'RESET session_replication_role;');
everybody('8541 prohibited', 'changed as a replica');
answer($admin, change(1, 'review'));
everybody('8541 review', 'changed as always');

# catches: the state of the lists has its old name, but not what that stands for
answer($admin, $always);
holds($clerk, 'SELECT problem IS NULL FROM control_list.rulebook_info()', 't', 'triggers fire always');
everybody('8541 review', 'in order again');
holds($clerk, $problem, 'f|f', 'and kept');
answer($admin, 'SET session_replication_role = replica;' . change(1, 'prohibited') . 'RESET session_replication_role;');
everybody('8541 prohibited', 'as a replica');
answer($admin, take(1));
everybody('nothing', 'in order');

# catches: an older snapshot reads the lists anew because of the message, and keeps them for later
answer($_, $old) foreach ($reader, $cursor);
holds($reader, $look, 'nothing|nothing', 'a snapshot that screens');
answer($admin, "BEGIN; $off" . add(1) . "$on $always COMMIT");
look_back($reader, 'nothing', 'off and on in one transaction');
look_back($cursor, 'nothing', 'off and on in one transaction, seen first then');
everybody('8541 license_required', 'off and on in one transaction');
holds($_, $look, '8541 license_required|8541 license_required', 'and those who looked back') foreach ($reader, $cursor);
answer($cursor, 'BEGIN; DECLARE c CURSOR FOR SELECT glance() FROM shipments');
holds($cursor, 'FETCH c', '8541 license_required', 'a cursor');
answer($reader, 'BEGIN; DECLARE c CURSOR FOR SELECT glance() FROM shipments');
answer($admin, "BEGIN; $off" . change(1, 'review') . "$on $always COMMIT");
holds($_, 'FETCH c', '8541 license_required', 'keeps to its lists') foreach ($reader, $cursor);
holds($_, $look, '8541 review|8541 review', 'the next statement does not') foreach ($reader, $cursor);
holds($_, 'FETCH c', '8541 license_required', 'nor does it disturb the cursor') foreach ($reader, $cursor);
answer($_, 'COMMIT') foreach ($reader, $cursor);
everybody('8541 review', 'the cursors are closed');
holds($_, $look, '8541 review|8541 review', 'for those who had them, too') foreach ($reader, $cursor);

# catches: the same in a session that screens for the first time, and had no table to hear about
foreach my $first ('SELECT pg_advisory_lock(4), pg_advisory_unlock(4), glance()', "FETCH c")
{
	my $new = session($node, 'postgres');
	my $name = $first =~ /FETCH/ ? 'first in a cursor' : 'first in a long statement';

	# the functions are known, the lists are not
	answer($new, 'SELECT NULL::hscode; BEGIN; DECLARE c CURSOR FOR SELECT glance() FROM shipments;');
	answer($admin, 'SELECT pg_advisory_lock(4)');
	if ($first !~ /FETCH/)
	{
		answer($new, 'COMMIT');
		$new->{stdin} .= "$first;\n\\echo done\n";
		$new->{run}->pump_nb;
		$node->poll_query_until('postgres', q{SELECT count(*) = 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted})
			or die 'the statement does not wait';
	}
	answer($admin, "BEGIN; $off" . change(1, 'prohibited') . "$on $always COMMIT");
	answer($admin, 'SELECT pg_advisory_unlock(4)');
	if ($first =~ /FETCH/) { holds($new, $first, '8541 review', $name); }
	else                   { like($new->query_until(qr/done/, "\n"), qr/8541 review/, $name); }
	holds($new, $look, '8541 prohibited|8541 prohibited', "$name: the next statement");
	answer($new, 'COMMIT');
	holds($new, $look, '8541 prohibited|8541 prohibited', "$name: the next transaction");
	$new->quit;
	answer($admin, change(1, 'review'));
}

# catches: only one trigger of one table is off, or fires only for replicas
foreach my $table ('list', 'destination_group', 'entry', 'list_history', 'destination_group_history', 'entry_history', 'nomenclature')
{
	foreach my $trigger ('change_begins', 'change_row', 'change_made', 'change_ends')
	{
		foreach my $state ("DISABLE TRIGGER $trigger", "ENABLE REPLICA TRIGGER $trigger", "ENABLE TRIGGER $trigger")
		{
			answer($admin, "ALTER TABLE control_list.$table $state");
			holds($clerk, $problem, 't|t', "$table: $state");
		}
		answer($admin, "ALTER TABLE control_list.$table ENABLE ALWAYS TRIGGER $trigger");
	}
}
holds($clerk, 'SELECT problem IS NULL FROM control_list.rulebook_info()', 't', 'all triggers fire always');
everybody('8541 review', 'all triggers fire always');

# catches: a missing row of the generation is taken for an old state, or a new one for the first
answer($admin, 'DELETE FROM control_list.generation');
holds($clerk, $problem, 't|t', 'there is no generation');
answer($admin, 'SET session_replication_role = replica;' . change(1, 'prohibited') . 'RESET session_replication_role;');
everybody('8541 prohibited', 'changed without a generation');
answer($admin, 'DELETE FROM control_list.generation; BEGIN;' . change(1, 'review'));
holds($clerk, $look, '8541 prohibited|8541 prohibited', 'not committed without a generation');
answer($admin, 'ROLLBACK');
everybody('8541 prohibited', 'rolled back without a generation');
answer($admin, change(1, 'review'));
everybody('8541 review', 'there is a generation again');
holds($clerk, $problem, 'f|f', 'and it is used');

# catches: its row is looked for where it was, in a file that has no such block any more
foreach my $empty ('TRUNCATE control_list.generation', 'DELETE FROM control_list.generation; VACUUM control_list.generation')
{
	holds($clerk, $look, '8541 review|8541 review', 'the place of the generation is known');
	answer($admin, $empty);
	holds($clerk, $problem, 't|t', "there is no generation after $empty");
	holds($clerk, $look, '8541 review|8541 review', "screened after $empty");
	answer($admin, 'INSERT INTO control_list.generation DEFAULT VALUES');
	holds($clerk, $problem, 'f|f', 'and there is one again');
}

# catches: a table that is rewritten, which no trigger sees; older snapshots may find it empty, and clear nothing
answer($reader, $old);
# views would be in the way
answer($admin, "ALTER EXTENSION control_list DROP VIEW control_list.$_; DROP VIEW control_list.$_") foreach ('entry_search', 'status');
answer($admin, q{ALTER TABLE control_list.entry ALTER COLUMN measure TYPE screening_verdict USING 'prohibited'});
everybody('8541 prohibited', 'rewritten');
holds($reader, q{SELECT screen_shipment('8541', 'RU', '2024-09-09') IN ('review', 'incomplete')}, 't', 'an older snapshot of it');
answer($reader, 'COMMIT');
holds($reader, $look, '8541 prohibited|8541 prohibited', 'the next one');
answer($reader, $old);
answer($admin, 'ALTER TABLE control_list.list ALTER COLUMN enabled TYPE boolean USING false');
everybody(join(', ', map { "854$_ incomplete" } 1 .. 4), 'another table rewritten');
holds($reader, q{SELECT screen_shipment('8541', 'RU', '2024-09-09') IN ('prohibited', 'incomplete')}, 't', 'an older snapshot of that')
  if answer($reader, q{SELECT screen_shipment('8541', 'RU', '2024-09-09')}) !~ /cannot be read/;
answer($reader, 'ROLLBACK');
holds($reader, q{SELECT screen_shipment('8541', 'RU', '2024-09-09')}, 'incomplete', 'and the next one');
answer($admin, 'UPDATE control_list.list SET enabled = true');
everybody('8541 prohibited', 'and corrected');

# catches: tables that are moved, but not changed
answer($reader, $old);
answer($admin, 'VACUUM FULL control_list.entry; VACUUM FULL control_list.generation; CLUSTER control_list.list USING list_pkey; REINDEX TABLE control_list.entry');
everybody('8541 prohibited', 'moved');
look_back($reader, '8541 prohibited', 'moved');

# catches: what is altered and rolled back
answer($admin, "BEGIN; $off" . take(1) . 'SAVEPOINT s; TRUNCATE control_list.list; ROLLBACK TO s;');
holds($admin, $look, 'nothing|nothing', 'altered');
answer($admin, 'ROLLBACK');
everybody('8541 prohibited', 'not altered');
holds($clerk, $problem, 'f|f', 'nothing is wrong');

$_->quit foreach ($admin, $clerk, $reader, $cursor);
$node->stop;
done_testing();
