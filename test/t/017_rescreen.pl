# Rescreening under load: rows that move while their table is read, a run that is stopped, and what a standby can say.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";
use ControlListTest;
use PostgreSQL::Test::Utils;
use Test::More;

my $primary = new_server('primary', "autovacuum_naptime = 1s\n", allows_streaming => 1);
$primary->safe_psql('postgres', q{
	CREATE EXTENSION control_list;
	INSERT INTO control_list.list (code, title, destinations) VALUES ('L', 'a list', '{RU}');
	INSERT INTO control_list.revision (list, label, effective) VALUES ('L', 'r2', '2024-09-09');
	INSERT INTO control_list.entry (list, item, codes, valid) VALUES ('L', '1', '9301', '(,)'), ('L', '2', '8543', '[2024-09-09,)');
	CREATE TABLE orders (id int PRIMARY KEY, hs hscode, dest text, day date, note text, verdict screening_verdict);
	INSERT INTO orders SELECT n, hscode_from_number(8540 + n % 5, 4), 'RU', '2024-09-08', repeat('x', n % 100) FROM generate_series(1, 20000) AS n;
	SELECT control_list.protect('orders', 'hs', 'dest', 'day', verdict_column => 'verdict')});
my $wrong = q{SELECT count(*) FROM orders AS o WHERE o.verdict IS DISTINCT FROM control_list.row_verdict('orders', o.*)};
$primary->safe_psql('postgres', q{CALL control_list.rescreen('orders', on_change => 'hold')});
is($primary->safe_psql('postgres', $wrong), '0', 'all rows have their verdicts');

# catches: rows that are updated in columns that nobody screens move from blocks to come into those that were read
my $script = "$PostgreSQL::Test::Utils::tmp_check/move.sql";
append_to_file($script, q{
\set id random(1, 20000)
UPDATE orders SET note = repeat('y', :id % 300) WHERE id = :id;
});
my $writers = IPC::Run::start([ 'pgbench', '-n', '-c', '2', '-T', '60', '-f', $script, '-d', $primary->connstr('postgres') ],
	'>', \my $out, '2>', \my $errors);
my $before = $primary->safe_psql('postgres', 'SELECT clock_timestamp()');
for my $n (1, 2)
{
	$primary->safe_psql('postgres', "INSERT INTO control_list.entry (list, item, codes) VALUES ('L', 'more $n', '854$n')");
	$primary->safe_psql('postgres', q{CALL control_list.rescreen('orders', batch => 500, on_change => 'hold')});
	is($primary->safe_psql('postgres', $wrong), '0', "no row is missed while others write, $n");
}
ok($writers->pumpable, 'others have written all the time');
$writers->kill_kill;
is($primary->safe_psql('postgres', q{SELECT count(*) FROM (SELECT FROM control_list.screening_log GROUP BY key HAVING count(*) > 1) AS twice}),
	'0', 'a changed verdict is logged once');
is($primary->safe_psql('postgres', q{SELECT count(*) FROM control_list.screening_log}), '8000', 'and each of them is');

# catches: a run that is cancelled loses what it had done, or does not go on
$primary->safe_psql('postgres', q{DELETE FROM control_list.entry WHERE item LIKE 'more%'});
my $clerk = session($primary, 'postgres');
my $officer = session($primary, 'postgres');
answer($clerk, 'BEGIN; SELECT FROM orders WHERE ctid = ANY (ARRAY(SELECT ctid FROM orders ORDER BY ctid OFFSET 10000 LIMIT 100)) FOR UPDATE');
$officer->query_until(qr/begun/, q{\echo begun
	CALL control_list.rescreen('orders', batch => 100, on_change => 'hold');
});
$primary->poll_query_until('postgres', q{SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'}) or die 'nobody waits for a row';
$primary->safe_psql('postgres', q{SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query LIKE '%CALL%' AND pid <> pg_backend_pid()});
$officer->quit;
$clerk->quit;
my ($done, $unfinished) = split /\|/, $primary->safe_psql('postgres', q{SELECT blocks_done, finished_at IS NULL FROM control_list.rescreening});
is($unfinished, 't', 'cancelled');
# it tells how far it is when it has worked for another second
$primary->safe_psql('postgres', q{UPDATE control_list.rescreening SET worked = interval '0.999999 s'});
my (undef, undef, $notices) = $primary->psql('postgres', q{SET client_min_messages = notice; CALL control_list.rescreen('orders', on_change => 'hold')});
like($notices, qr/goes on, $done of \d+ blocks are done.*orders: \d+ %, \d+ verdicts changed, \d+ rows a second, \S+ left.*orders: done, \d+ verdicts changed/s, 'goes on where it was');
is($primary->safe_psql('postgres', $wrong), '0', 'and comes to the end');

# catches: impact writes something, or needs a primary
my $standby = new_standby($primary);
$primary->wait_for_catchup($standby);
is($standby->safe_psql('postgres', q{SELECT * FROM control_list.impact_summary('orders', 'L', 'r2')}),
	'not_listed|license_required|RU|4000', 'a standby says what a revision would hit');
is($standby->safe_psql('postgres', qq{SELECT sum(orders) FROM control_list.impact_summary('orders', known_before => '$before')}),
	'', 'and what has changed since');
is($standby->safe_psql('postgres', q{SELECT part, name FROM control_list.status WHERE problem IS NULL ORDER BY 1}),
	"ledger|control_list.license_use\nlog|control_list.screening_log\nprotected table|orders\nrulebook|of this session", 'and in which state it is');

$standby->stop;
$primary->stop;
done_testing();
