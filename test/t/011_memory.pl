# The memory of a backend does not grow with the number of states of the lists that it has
# seen, nor with the number of values that it has compared or collected.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";
use ControlListTest;
use Test::More;

# a table that is vacuumed or analyzed has backends build anew what they know of it
my $node = new_server('main', "autovacuum = off\n");
prepare($node, 'postgres');
$node->safe_psql('postgres', q{
	INSERT INTO control_list.list (code, title, destinations) VALUES ('M', 'many', '{JP}');
	SET session_replication_role = replica;
	INSERT INTO control_list.entry (list, item, codes, applies_if)
		SELECT 'M', 'many ' || n, hscode_from_number(200000 + n, 6), 'strict $.n > 1' FROM generate_series(1, 20) AS n;

	CREATE FUNCTION seen(item text) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
	BEGIN
		RETURN screen_shipment('9301', 'RU', '2024-09-09') > 'not_listed';
	END $$;

	-- states that are committed, those that only their transaction sees, and those in the middle of a command
	CREATE PROCEDURE live(states int) LANGUAGE plpgsql AS $$
	BEGIN
		FOR n IN 1 .. states LOOP
			UPDATE control_list.entry SET remark = n WHERE list = 'L' AND item = 'always' AND (n % 10 > 0 OR seen(item));
			IF n % 5 = 0 THEN
				PERFORM FROM screening_hits('9301', 'RU', '2024-09-09');
			END IF;
			IF n % 20 = 0 THEN
				BEGIN
					DELETE FROM control_list.entry WHERE list = 'L' AND item = 'always' AND seen(item);
					PERFORM seen('');
					RAISE EXCEPTION 'never mind';
				EXCEPTION WHEN raise_exception THEN
					PERFORM seen('');
				END;
			END IF;
			COMMIT;
			PERFORM seen('');
		END LOOP;
	END $$;
});

my $session = session($node, 'postgres');
my $used = 'SELECT sum(used_bytes), count(*) FROM pg_backend_memory_contexts';

# without the checks of rows, which are not what is measured
answer($session, 'SET session_replication_role = replica; CALL live(1000)');
answer($session, $used);
my ($bytes, $contexts) = split /\|/, answer($session, $used);
my $builds = answer($session, 'SELECT builds FROM control_list.rulebook_info()');
holds($session, 'CALL live(9000)', '', 'nine thousand states more');
my ($bytes_then, $contexts_then) = split /\|/, answer($session, $used);

cmp_ok(answer($session, 'SELECT builds FROM control_list.rulebook_info()'), '>=', $builds + 9000, 'each was read');
cmp_ok($bytes_then, '<', $bytes + 20_000, "$bytes bytes after a thousand states, $bytes_then after ten thousand");
cmp_ok($contexts_then, '<=', $contexts, "$contexts memory contexts, then $contexts_then");
holds($session, q{SELECT rulebooks BETWEEN 1 AND 3, screen_shipment('9301', 'RU', '2024-09-09') FROM control_list.rulebook_info()}, 't|license_required', 'and it screens');

$session->quit;

# comparisons of values that are stored out of line, in the memory of a query; an aggregate of few codes in many rows
SKIP:
{
	skip 'no /proc on this machine', 2 if !-r '/proc/self/status';
	$node->safe_psql('postgres', q{
		CREATE TABLE sets AS SELECT n, (SELECT range_agg(hsrange(hscode_from_number(10100 + n + k * 4, 6), hscode_from_number(10101 + n + k * 4, 6)))
		                                FROM generate_series(1, 140) AS k) AS set FROM generate_series(1, 5000) AS n;
		CREATE INDEX ON sets (set);
		ANALYZE sets;
	});
	$session = session($node, 'postgres');
	my $pid = answer($session, 'SELECT pg_backend_pid()');
	my $peak = sub {
		open my $status, '<', "/proc/$pid/status" or die "cannot read the status of $pid: $!";
		return (grep { /^VmHWM/ } <$status>)[0] =~ s/\D//gr;
	};
	answer($session, 'SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_bitmapscan = off;
	                  SET enable_memoize = off; SET enable_material = off');
	answer($session, 'SELECT count(*) FROM sets AS a JOIN sets AS b USING (set) WHERE a.n < 10');
	my $before = $peak->();
	holds($session, 'SELECT count(*) FROM sets AS a JOIN sets AS b USING (set)', 5000, 'five thousand look-ups of sets');
	holds($session, q{SELECT range_agg(hscode_from_number(8500 + n % 100, 4)) FROM generate_series(1, 3000000) AS n}, '{85}', 'three million codes together');
	cmp_ok($peak->(), '<', $before + 30_000, 'in no more memory');
	$session->quit;
}
$node->stop;
done_testing();
