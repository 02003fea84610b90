# A hot standby answers by the lists that its snapshot sees while changes are replayed; so does a session that is still
# there after the standby was promoted.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";
use ControlListTest;
use Test::More;

my $primary = new_server('primary', "max_prepared_transactions = 2\n", allows_streaming => 1);
prepare($primary, 'postgres');
$primary->safe_psql('postgres', q{
	CREATE TABLE shipments AS SELECT n FROM generate_series(1, 20) AS n;
	CREATE TABLE unrelated (n int);
	-- waits where the editor's lock says so, in the middle of a query
	CREATE FUNCTION wait() RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT pg_advisory_lock(4)::text || pg_advisory_unlock(4) $$;
});
my $standby = new_standby($primary);

# changes lists on the primary, and waits until the standby has them
sub replay
{
	my ($statements) = @_;
	$primary->safe_psql('postgres', $statements);
	$primary->wait_for_catchup($standby);
	return;
}

my $look = 'SELECT look(), glance()';
my $clerk = session($standby, 'postgres');
my $reader = session($standby, 'postgres');
my $holder = session($standby, 'postgres');

# catches: a standby, which has neither triggers nor transactions of its own, does not hear of changes
$primary->wait_for_catchup($standby);
holds($clerk, $look, 'nothing|nothing', 'nothing is listed');
replay(add(1));
holds($clerk, $look, '8541 license_required|8541 license_required', 'an entry is replayed');
my $then = $primary->safe_psql('postgres', 'SELECT clock_timestamp()');
replay(change(1, 'review') . q{INSERT INTO control_list.destination_group VALUES ('g', 'JP');
	UPDATE control_list.list SET destinations = '{@g}' WHERE code = 'L'});
holds($clerk, $look, 'nothing|nothing', 'a list and a group are replayed');
replay(q{INSERT INTO control_list.destination_group VALUES ('g', 'RU')});
holds($clerk, $look, '8541 review|8541 review', 'another member of it');
holds($clerk, "SELECT screen_shipment('8541', 'RU', '2024-09-09', known_at => '$then')", 'license_required', 'what was known before');

# catches: the fixed snapshot of a standby follows the replay, or leaves old lists behind
answer($reader, 'BEGIN ISOLATION LEVEL REPEATABLE READ');
holds($reader, $look, '8541 review|8541 review', 'the snapshot');
replay(add(2));
holds($reader, $look, '8541 review|8541 review', 'is kept');
holds($clerk, $look, '8541 review, 8542 license_required|8541 review, 8542 license_required', 'by nobody else');
replay(take(2));
replay(take(1));
holds($reader, $look, '8541 review|8541 review', 'over two changes more');
answer($reader, 'COMMIT');
holds($reader, $look, 'nothing|nothing', 'until it ends');
answer($reader, 'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM unrelated');
replay(add(1));
holds($reader, $look, 'nothing|nothing', 'lists that are first read after they have changed');
answer($reader, 'COMMIT');
holds($reader, $look, '8541 license_required|8541 license_required', 'are not kept');

# catches: what is replayed but not committed is seen, also with more savepoints than a snapshot lists
my $editor = session($primary, 'postgres');
answer($editor, 'BEGIN;' . add(2) . 'SELECT pg_current_xact_id()');
replay('INSERT INTO unrelated VALUES (1)');
holds($clerk, $look, '8541 license_required|8541 license_required', 'not committed');
answer($editor, "SAVEPOINT s; UPDATE control_list.entry SET remark = 'r' WHERE item = '2'; RELEASE s;" x 80);
replay('INSERT INTO unrelated VALUES (2)');
holds($clerk, $look, '8541 license_required|8541 license_required', 'not committed, with many savepoints');
answer($editor, 'ROLLBACK');
replay('INSERT INTO unrelated VALUES (3)');
holds($clerk, $look, '8541 license_required|8541 license_required', 'rolled back');
my $older = session($primary, 'postgres');
answer($older, 'BEGIN; SELECT pg_current_xact_id()');
answer($editor, 'BEGIN;' . "SAVEPOINT s; UPDATE control_list.entry SET remark = 'r' WHERE item = '1'; RELEASE s;" x 80 . change(1, 'review'));
replay('INSERT INTO unrelated VALUES (4)');
holds($clerk, $look, '8541 license_required|8541 license_required', 'again not committed');
answer($editor, "PREPARE TRANSACTION 'p'");
replay('INSERT INTO unrelated VALUES (5)');

# catches: snapshots of one transaction that differ in the number of those that run alone, as older and later ones are there
answer($clerk, 'BEGIN');
holds($clerk, $look, '8541 license_required|8541 license_required', 'prepared');
replay("COMMIT PREPARED 'p'");
holds($clerk, $look, '8541 review|8541 review', 'committed');
answer($clerk, 'COMMIT');
$_->quit foreach ($editor, $older);

# catches: a query takes notice of what is replayed while it runs
answer($holder, 'SELECT pg_advisory_lock(4)');
$reader->query_until(qr/begun/, q{\echo begun
	SELECT string_agg(DISTINCT glance() || CASE WHEN n = 10 THEN left(wait(), 0) ELSE '' END, ' and ') FROM shipments;
	\echo ended
});
$standby->poll_query_until('postgres', q{SELECT count(*) = 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted})
	or die 'the query does not wait';
replay(change(1, 'prohibited'));
holds($clerk, $look, '8541 prohibited|8541 prohibited', 'changed while a query runs');
answer($holder, 'SELECT pg_advisory_unlock(4)');
is($reader->query_until(qr/ended/, "\n"), "8541 review\nended\n", 'which keeps to what it began with');

# catches: an open cursor of a standby
answer($reader, 'BEGIN; DECLARE c CURSOR FOR SELECT glance() FROM shipments');
holds($reader, 'FETCH c', '8541 prohibited', 'a cursor');
replay(take(1));
holds($reader, $look, 'nothing|nothing', 'changed while it is open');
holds($reader, 'FETCH c', '8541 prohibited', 'the cursor');
answer($reader, 'COMMIT');

# catches: TRUNCATE and DDL that are replayed
replay('TRUNCATE control_list.entry');
holds($clerk, q{SELECT screen_shipment('8541', 'RU', '2024-09-09')}, 'incomplete', 'truncated');
replay(q{INSERT INTO control_list.entry (list, item, codes) VALUES ('L', 'always', '9301');} . add(3));
holds($clerk, $look, '8543 license_required|8543 license_required', 'filled again');
replay('ALTER TABLE control_list.entry DISABLE TRIGGER ALL;' . add(4));
holds($clerk, $look, '8543 license_required, 8544 license_required|8543 license_required, 8544 license_required', 'behind the back of triggers');
replay(take(4) . 'ALTER TABLE control_list.entry ENABLE TRIGGER ALL;');
holds($clerk, $look, '8543 license_required|8543 license_required', 'once more');
replay(q{DO $$ DECLARE t name; BEGIN
	FOR t IN SELECT tgname FROM pg_trigger WHERE tgrelid = 'control_list.entry'::regclass AND tgname LIKE 'change%' LOOP
		EXECUTE format('ALTER TABLE control_list.entry ENABLE ALWAYS TRIGGER %I', t);
	END LOOP; END $$});
holds($clerk, 'SELECT problem IS NULL FROM control_list.rulebook_info()', 't', 'the triggers are there again');

# catches: a session that lives through the promotion goes on as on a standby
answer($reader, 'BEGIN ISOLATION LEVEL REPEATABLE READ');
holds($reader, $look, '8543 license_required|8543 license_required', 'before the promotion');
$standby->promote;
holds($clerk, $look, '8543 license_required|8543 license_required', 'after the promotion');
answer($clerk, 'BEGIN;' . add(1));
holds($clerk, $look, '8541 license_required, 8543 license_required|8541 license_required, 8543 license_required', 'own changes');
holds($holder, $look, '8543 license_required|8543 license_required', 'which others do not see');
answer($clerk, 'COMMIT');
holds($holder, $look, '8541 license_required, 8543 license_required|8541 license_required, 8543 license_required', 'until they are committed');
holds($reader, $look, '8543 license_required|8543 license_required', 'but not by an older snapshot');
answer($reader, 'COMMIT');
holds($reader, $look, '8541 license_required, 8543 license_required|8541 license_required, 8543 license_required', 'only when it ends');

$_->quit foreach ($clerk, $reader, $holder);
$standby->stop;
$primary->stop;
done_testing();
