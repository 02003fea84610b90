# What outlives a transaction or a session: prepared transactions, exported snapshots, a crash.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";
use ControlListTest;
use Test::More;

my $node = new_server('main', "max_prepared_transactions = 5\n", allows_streaming => 1);
prepare($node, 'postgres');
$node->safe_psql('postgres', 'CREATE TABLE shipments AS SELECT n FROM generate_series(1, 100) AS n');
my $look = 'SELECT look(), glance()';
my $editor = session($node, 'postgres');
my $clerk = session($node, 'postgres');
my $reader = session($node, 'postgres');
my $rr = 'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM shipments;';

#
# Prepared transactions
#
# catches: what was seen before PREPARE TRANSACTION is seen after it, as if it had been committed
holds($_, $look, 'nothing|nothing', 'nothing is listed') foreach ($editor, $clerk, $reader);
answer($editor, 'BEGIN;' . add(1));
holds($editor, $look, '8541 license_required|8541 license_required', 'own change');
answer($editor, "PREPARE TRANSACTION 'p'");
holds($editor, $look, 'nothing|nothing', 'prepared: who did it');
holds($clerk, $look, 'nothing|nothing', 'prepared: a clerk');
answer($reader, $rr);
holds($reader, $look, 'nothing|nothing', 'prepared: a snapshot');

# catches: the session that prepared believes to be in the middle of a change
answer($editor, 'CREATE TABLE other (n int)');
holds($editor, 'BEGIN; SELECT glance(); INSERT INTO other VALUES (1); SELECT glance(); COMMIT', "nothing\nnothing", 'another transaction');
holds($editor, q{SELECT generation IS NOT NULL FROM control_list.rulebook_info()}, 't', 'has no rulebook of its own');

# catches: COMMIT PREPARED, which fires no trigger, tells nobody
answer($clerk, "COMMIT PREPARED 'p'");
holds($clerk, $look, '8541 license_required|8541 license_required', 'committed: who did it');
holds($editor, $look, '8541 license_required|8541 license_required', 'committed: who prepared');
holds($reader, $look, 'nothing|nothing', 'committed: the snapshot');
answer($reader, 'COMMIT');
holds($reader, $look, '8541 license_required|8541 license_required', 'committed: the next one');

# catches: ROLLBACK PREPARED
answer($editor, 'BEGIN;' . take(1) . 'SAVEPOINT s;' . add(2) . 'RELEASE s; SAVEPOINT t;' . add(3) . 'ROLLBACK TO t');
holds($editor, $look, '8542 license_required|8542 license_required', 'own changes with savepoints');
answer($editor, "PREPARE TRANSACTION 'p'");
holds($_, $look, '8541 license_required|8541 license_required', 'prepared with savepoints') foreach ($editor, $clerk);
answer($clerk, "ROLLBACK PREPARED 'p'");
holds($_, $look, '8541 license_required|8541 license_required', 'rolled back') foreach ($editor, $clerk, $reader);

# catches: who looks again and again while a transaction is prepared takes it for granted that nothing is about to change
my $looks = q{DO $$ BEGIN FOR n IN 1 .. 5 LOOP PERFORM glance(), pg_current_xact_id(); COMMIT; END LOOP; END $$};
foreach my $measure ('review', 'license_required')
{
	answer($clerk, $looks);
	answer($editor, 'BEGIN;' . change(1, $measure) . "PREPARE TRANSACTION 'p'");
	answer($clerk, $looks);
	answer($reader, "COMMIT PREPARED 'p'");
	holds($clerk, $look, "8541 $measure|8541 $measure", "committed after a look: $measure");
}

# catches: the next transaction takes what was seen before PREPARE for its own, once its command counter has come as far
answer($editor, 'BEGIN;' . add(2));
holds($editor, $look, '8541 license_required, 8542 license_required|8541 license_required, 8542 license_required', 'own change');
answer($editor, q{PREPARE TRANSACTION 'p'; BEGIN});
holds($editor, q{DO $$
	BEGIN
		FOR n IN 1 .. 200 LOOP
			INSERT INTO other VALUES (n);
			ASSERT glance() = '8541 license_required', glance();
		END LOOP;
	END $$}, '', 'prepared: later commands');
answer($editor, "ROLLBACK; ROLLBACK PREPARED 'p'");

answer($editor, add(2, 'review'));
holds($_, $look, '8541 license_required, 8542 review|8541 license_required, 8542 review', 'changed again') foreach ($editor, $clerk, $reader);
answer($editor, take(2));

# catches: a transaction that fails when it is prepared
answer($editor, 'BEGIN;' . take(1) . 'CREATE TEMPORARY TABLE t (n int)');
holds($editor, $look, 'nothing|nothing', 'own change');
like(answer($editor, "PREPARE TRANSACTION 'p'"), qr/^ERROR/, 'that cannot be prepared');
holds($_, $look, '8541 license_required|8541 license_required', 'is gone') foreach ($editor, $clerk);

# catches: a transaction that counts twice while it is being prepared, in place of an editor who has just committed. Both
# snapshots of the clerk have the same xmin, xmax and number of running transactions
my $slow = session($node, 'postgres');
answer($_, 'SET synchronous_commit = local') foreach ($editor, $clerk, $reader);
answer($slow, 'BEGIN; CREATE TABLE slowly (n int)');
answer($editor, 'BEGIN;' . add(4));
answer($reader, 'CREATE TABLE between (n int)');
answer($clerk, 'BEGIN');
my $running = q{SELECT glance(), split_part(pg_current_snapshot()::text, ':', 1), split_part(pg_current_snapshot()::text, ':', 2)};
my $before = answer($clerk, $running);
answer($editor, 'COMMIT');
answer($reader, q{ALTER SYSTEM SET synchronous_standby_names = 'nobody'});
answer($reader, 'SELECT pg_reload_conf()');
$node->poll_query_until('postgres', q{SELECT current_setting('synchronous_standby_names') = 'nobody'}) or die 'no standby is waited for';
answer($slow, 'SELECT 1') until answer($slow, 'SHOW synchronous_standby_names') eq 'nobody';
$slow->query_until(qr/preparing/, "\\echo preparing\nPREPARE TRANSACTION 's';\n\\echo prepared\n");
$node->poll_query_until('postgres', q{SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event = 'SyncRep'}) or die 'nobody waits';
my $after = answer($clerk, $running);
is($after =~ s/^[^|]*//r, $before =~ s/^[^|]*//r, 'snapshots with the same ends');
is($after =~ s/\|.*//r, '8541 license_required, 8544 license_required', 'an editor has committed while another prepares');
holds($clerk, q{SELECT count(*) FROM pg_prepared_xacts WHERE gid = 's'; ROLLBACK}, '1', 'which takes long');
answer($reader, 'ALTER SYSTEM RESET synchronous_standby_names');
answer($reader, 'SELECT pg_reload_conf()');
like($slow->query_until(qr/prepared\s/, "\n"), qr/prepared/, 'and ends');
answer($slow, "ROLLBACK PREPARED 's'");
$slow->quit;
answer($editor, take(4));
answer($_, 'RESET synchronous_commit') foreach ($editor, $clerk, $reader);

#
# Exported snapshots
#
# catches: an older snapshot that is taken over by a session that knows a newer state
my $snapshot = answer($reader, 'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT pg_export_snapshot()');
answer($editor, change(1, 'prohibited'));
holds($clerk, $look, '8541 prohibited|8541 prohibited', 'the newest state');
answer($clerk, "BEGIN ISOLATION LEVEL REPEATABLE READ; SET TRANSACTION SNAPSHOT '$snapshot'");
holds($clerk, $look, '8541 license_required|8541 license_required', 'the snapshot of somebody else');
answer($editor, change(1, 'review'));
holds($clerk, $look, '8541 license_required|8541 license_required', 'is kept');
answer($clerk, add(2));
holds($clerk, $look, '8541 license_required, 8542 license_required|8541 license_required, 8542 license_required', 'with own changes');
answer($clerk, 'ROLLBACK');
holds($clerk, $look, '8541 review|8541 review', 'and left');
my $new = session($node, 'postgres');
answer($new, "BEGIN ISOLATION LEVEL REPEATABLE READ; SET TRANSACTION SNAPSHOT '$snapshot'");
holds($new, $look, '8541 license_required|8541 license_required', 'a new session');
answer($new, 'COMMIT');
holds($new, $look, '8541 review|8541 review', 'and its next transaction');
holds($reader, $look, '8541 license_required|8541 license_required', 'who exported it');
answer($reader, 'COMMIT');

# catches: a snapshot of somebody else that has as many running transactions between the same ends, and other ones, taken for
# that of the transaction before: there the clerk himself was at work, and the editor had not committed yet
$running = q{SELECT pg_current_snapshot()::text};
answer($clerk, 'BEGIN; CREATE TABLE clerks (n int)');
answer($editor, 'BEGIN;' . change(1, 'prohibited'));
answer($new, 'CREATE TABLE later (n int)');
holds($clerk, $look, '8541 review|8541 review', 'while an editor is at work');
$before = answer($clerk, $running);
answer($editor, 'COMMIT');
$snapshot = answer($reader, 'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT pg_export_snapshot()');
answer($clerk, 'COMMIT');
answer($clerk, "BEGIN ISOLATION LEVEL REPEATABLE READ; SET TRANSACTION SNAPSHOT '$snapshot'");
holds($clerk, $look, '8541 prohibited|8541 prohibited', 'is no longer');
my $others = answer($clerk, $running);
is($others =~ s/:\d+$//r, $before =~ s/:\d+$//r, 'in a snapshot with the same ends');
isnt($others, $before, 'and another one that is running');
answer($_, 'COMMIT') foreach ($clerk, $reader);
answer($editor, change(1, 'review'));

# catches: a snapshot of somebody else that is older than an alteration of which no generation tells
$snapshot = answer($reader, 'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT pg_export_snapshot()');
answer($editor, unnoticed(change(1, 'prohibited')));
holds($clerk, $look, '8541 prohibited|8541 prohibited', 'altered');
answer($clerk, "BEGIN ISOLATION LEVEL REPEATABLE READ; SET TRANSACTION SNAPSHOT '$snapshot'");
holds($clerk, $look, '8541 review|8541 review', 'not in the snapshot');
answer($_, 'COMMIT') foreach ($clerk, $reader);
holds($clerk, $look, '8541 prohibited|8541 prohibited', 'and in the next one');
answer($editor, change(1, 'review'));

#
# A crash
#
# catches: a change that is committed and lost, or lost and believed; a name of the state that does not survive with it
answer($editor, change(1, 'prohibited'));
answer($clerk, 'BEGIN;' . add(3) . "PREPARE TRANSACTION 'p'");
answer($reader, 'BEGIN');
holds($reader, $look, '8541 prohibited|8541 prohibited', 'before the crash');
my $generation = $node->safe_psql('postgres', 'SELECT id FROM control_list.generation');
$node->stop('immediate');
$_->{run}->finish foreach ($editor, $clerk, $reader, $new);
$node->start;
($editor, $clerk, $reader) = map { session($node, 'postgres') } 1 .. 3;
is($node->safe_psql('postgres', 'SELECT id FROM control_list.generation'), $generation, 'the generation survives');
holds($_, $look, '8541 prohibited|8541 prohibited', 'after the crash') foreach ($editor, $clerk);
answer($clerk, "COMMIT PREPARED 'p'");
holds($_, $look, '8541 prohibited, 8543 license_required|8541 prohibited, 8543 license_required', 'prepared before, committed after')
  foreach ($editor, $clerk);
answer($editor, take(3));
holds($_, $look, '8541 prohibited|8541 prohibited', 'changed after the crash') foreach ($editor, $clerk, $reader);

# catches: a change that was not committed when the server went down
answer($editor, 'BEGIN;' . take(1));
holds($editor, $look, 'nothing|nothing', 'not committed');
answer($reader, 'CHECKPOINT');
$node->stop('immediate');
$_->{run}->finish foreach ($editor, $clerk, $reader);
$node->start;
$clerk = session($node, 'postgres');
holds($clerk, $look, '8541 prohibited|8541 prohibited', 'never was');

$clerk->quit;
$node->stop;
done_testing();
