# A load that fails is an error for whoever screens, and for nobody later: cancelled, too large, broken lists, a column that
# is gone. The next statement works, what was known before is still known, and nothing is left behind.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";
use ControlListTest;
use Test::More;

# a table that is vacuumed or analyzed has backends build anew what they know of it
my $node = new_server('main', "autovacuum = off\n");
prepare($node, 'postgres');

# Triggers that check rows stay silent: they take their time with 100,000 entries, and refuse what no list could have.
sub quietly
{
	my ($statements) = @_;
	return "BEGIN; SET LOCAL session_replication_role = replica; $statements; COMMIT;";
}

my $ask = q{SELECT screen_shipment('8541', 'RU', '2024-09-09')};
my $all = q{SELECT screen_shipment('8541', 'RU', '2024-09-09'), screen_shipment('1000.99', 'RU', '2024-09-09'), screen_shipment('1999.98'::hscode, 'RU', '2024-09-09')};
my $known = 'license_required|review|review';
my $used = q{SELECT sum(used_bytes) FROM pg_backend_memory_contexts};
my $contexts = q{SELECT count(*) FROM pg_backend_memory_contexts WHERE name NOT LIKE 'index info' AND name NOT LIKE 'relation rules'};

$node->safe_psql('postgres', quietly(q{
	INSERT INTO control_list.entry (list, item, codes, measure, remark)
		SELECT 'L', 'many ' || n, hscode_from_number(100000 + n, 6), 'review', 'number ' || n FROM generate_series(1, 100000) AS n}) . 'ANALYZE control_list.entry;' . add(1));

my $clerk = session($node, 'postgres');
my $editor = session($node, 'postgres');
holds($clerk, $all, $known, 'with 100,000 entries');

#
# Cancelled
#
# catches: half of a load is believed, or keeps its memory, or leaves rights and settings behind
my ($cancelled, $wrong, $before, $number) = (0, 0, undef, undef);
foreach my $round (1 .. 2)
{
	foreach my $milliseconds (3, 8, 20, 50)
	{
		answer($editor, quietly("UPDATE control_list.entry SET remark = 'round $round $milliseconds' WHERE list = 'L' AND item = '1'"));
		my $found = answer($clerk, "SET statement_timeout = $milliseconds; $ask; SET statement_timeout = 0;");
		if ($found =~ /canceling statement due to statement timeout/) { $cancelled++; }
		elsif ($found ne 'license_required')                          { $wrong++; diag($found); }
		$wrong++ if answer($clerk, $all) ne $known;
	}
	($before, $number) = (answer($clerk, $used), answer($clerk, $contexts)) if $round == 1;
}
is($wrong, 0, 'right or cancelled');
cmp_ok($cancelled, '>', 3, 'some loads were cancelled');
cmp_ok(answer($clerk, $used), '<', $before + 200_000, 'nothing is left behind');
is(answer($clerk, $contexts), $number, 'and no memory context');

# catches: the same for pg_cancel_backend(), in a transaction that goes on
my $pid = answer($clerk, 'SELECT pg_backend_pid()');
answer($clerk, 'BEGIN;' . add(2) . 'SAVEPOINT s; SET LOCAL statement_timeout = 5');
like(answer($clerk, $ask), qr/canceling statement/, 'cancelled in a savepoint');
answer($clerk, 'ROLLBACK TO s');
holds($clerk, $ask . q{, screen_shipment('8542', 'RU', '2024-09-09')}, 'license_required|license_required', 'own changes are still there');
answer($clerk, 'ROLLBACK');
holds($clerk, $all, $known, 'and left');
answer($editor, "SELECT pg_cancel_backend($pid)");
answer($clerk, 'SELECT 1');
holds($clerk, $all, $known, 'after pg_cancel_backend()');

#
# Too large
#
# catches: a rulebook that grows without end, an error that leaves its memory, or takes the one that was there
holds($clerk, q{SELECT builds = (SELECT builds FROM control_list.rulebook_info()), problem IS NULL FROM control_list.rulebook_info()}, 't|t', 'one rulebook');
my $builds = answer($clerk, 'SELECT builds FROM control_list.rulebook_info()');
answer($clerk, q{SET control_list.max_rulebook_memory = '2MB'});
holds($clerk, $all, $known, 'a lower limit does not take what is there');
answer($clerk, 'BEGIN; ' . change(1, 'prohibited'));
answer($clerk, '\set VERBOSITY sqlstate');
like(answer($clerk, $ask), qr/^ERROR:\s+53400/, 'but what would be new is refused');
answer($clerk, '\set VERBOSITY default');
like(answer($clerk, 'ROLLBACK; BEGIN;' . change(1, 'prohibited') . $ask), qr/ERROR/, 'again');
answer($clerk, 'ROLLBACK');
holds($clerk, $all, $known, 'what was there is still there');
holds($clerk, 'SELECT builds FROM control_list.rulebook_info()', $builds, 'not built anew');
foreach my $round (1 .. 8)
{
	answer($clerk, quietly(change(1, 'prohibited') . $ask));
	$before = answer($clerk, $used) if $round == 3;
}
cmp_ok(answer($clerk, $used), '<', $before + 50_000, 'no memory is lost');
answer($editor, quietly(change(1, 'prohibited')));
like(answer($clerk, $ask), qr/ERROR/, 'a new state that is too large');
like(answer($clerk, $ask), qr/ERROR/, 'is not taken for the old one');
answer($clerk, 'RESET control_list.max_rulebook_memory');
holds($clerk, $ask, 'prohibited', 'with room it is read');

#
# Broken
#
answer($editor, change(1, 'license_required') . q{DELETE FROM control_list.entry WHERE item LIKE 'many %'});
my $fine = 'license_required|not_listed|not_listed';
holds($clerk, $all, $fine, 'few entries again');

# catches: lists that cannot be read clear goods that they do not name, or all that a session asks later
my %broken = (
	'an entry of no list' => q{INSERT INTO control_list.entry (list, item, codes) VALUES ('none', '1', '95')},
	'a group of nobody' => q{INSERT INTO control_list.entry (list, item, codes, destinations) VALUES ('L', '5', '95', '{@none}')},
	'a list for a group of nobody' => q{UPDATE control_list.list SET destinations = '{@none}'},
	'no list at all, but entries' => q{DELETE FROM control_list.list});
foreach my $name (sort keys %broken)
{
	my $mended = q{DELETE FROM control_list.entry WHERE codes = '95'; INSERT INTO control_list.list (code, title) VALUES ('L', 'a list') ON CONFLICT DO NOTHING;
		UPDATE control_list.list SET destinations = '{RU}';};
	answer($editor, quietly($broken{$name}) =~ s/COMMIT;$//r);
	holds($clerk, $all, $fine, "$name: not committed");
	like(answer($editor, $ask), qr/ERROR:  a control list cannot be read/, "$name: who broke it");
	answer($editor, 'ROLLBACK');
	holds($editor, $all, $fine, "$name: rolled back");
	answer($editor, quietly($broken{$name}));
	like(answer($clerk, $_), qr/ERROR:  a control list cannot be read/, "$name: an error for $_")
	  foreach ($ask, q{SELECT screen_shipment('0101', 'JP', '2024-09-09')}, q{SELECT count(*) FROM screening_hits('8541'::hscode, 'RU', '2024-09-09')},
		q{SELECT is_restricted('8541', 'RU')}, 'SELECT problem FROM control_list.rulebook_info()');
	answer($clerk, 'BEGIN; SAVEPOINT s');
	like(answer($clerk, $ask), qr/ERROR/, "$name: in a savepoint");
	answer($clerk, 'ROLLBACK TO s');
	answer($editor, quietly($mended));
	holds($clerk, $all, $fine, "$name: mended");
	answer($clerk, 'COMMIT');
	holds($editor, $all, $fine, "$name: mended by the editor");
}

# catches: a table that lacks a column, until that is rolled back
foreach my $drop ('entry DROP COLUMN remark', 'entry DROP COLUMN ex', 'list DROP COLUMN enabled', 'destination_group DROP COLUMN territory', 'generation DROP COLUMN id')
{
	answer($clerk, 'BEGIN; SAVEPOINT s');
	answer($clerk, "ALTER TABLE control_list.$drop CASCADE");
	like(answer($clerk, $ask), qr/^(ERROR.*|license_required)$/, "$drop: an error, if anything");
	answer($clerk, 'ROLLBACK TO s');
	holds($clerk, $all, $fine, "$drop: the savepoint is rolled back");
	answer($clerk, 'ROLLBACK');
	holds($clerk, $all, $fine, "$drop: all is rolled back");
	holds($editor, $all, $fine, "$drop: nobody else has noticed");
}

# catches: an error of the caller while it screens
like(answer($clerk, q{SELECT screen_shipment('8541', 'RU', '2024-09-09'), 1 / (n - 2) FROM generate_series(1, 3) AS n}), qr/division by zero/, 'an error in the middle');
holds($clerk, $all, $fine, 'does no harm');

$_->quit foreach ($clerk, $editor);
$node->stop;
done_testing();
