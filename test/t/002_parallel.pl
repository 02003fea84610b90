# Parallel workers answer by the lists of their leader's snapshot: what it has changed and not committed, what it has
# rolled back, and what others have committed since, or not.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";
use ControlListTest;
use Test::More;

my $node = new_server('main', q{
	max_worker_processes = 8
	max_parallel_workers = 4
	max_parallel_workers_per_gather = 2
	parallel_setup_cost = 0
	parallel_tuple_cost = 0
	min_parallel_table_scan_size = 0
	parallel_leader_participation = off
});
prepare($node, 'postgres');
$node->safe_psql('postgres', q{
	CREATE TABLE shipments AS SELECT n, ('854' || n % 4 + 1)::hscode AS hs FROM generate_series(1, 400) AS n;
	ALTER TABLE shipments SET (parallel_workers = 2);
	ANALYZE shipments;

	-- how many there are of each verdict, found by workers alone
	CREATE VIEW counted AS
		SELECT screen_shipment(hs, 'RU', '2024-09-09') AS verdict, count(*) AS shipments FROM shipments GROUP BY 1;
	CREATE FUNCTION count_now() RETURNS text LANGUAGE plpgsql VOLATILE AS $$
	DECLARE
		found text;
	BEGIN
		EXECUTE $q$SELECT string_agg(verdict || ' ' || shipments, ', ' ORDER BY verdict) FROM counted$q$ INTO found;
		RETURN found;
	END $$;
	CREATE FUNCTION tell(item text) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
	BEGIN
		INSERT INTO told VALUES (item, count_now());
		RETURN true;
	END $$;
	CREATE TABLE told (item text, counted text);
});

like($node->safe_psql('postgres', 'EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) SELECT * FROM counted'),
	qr/Workers Launched: [12]/, 'workers screen');

my $counted = q{SELECT string_agg(verdict || ' ' || shipments, ', ' ORDER BY verdict) FROM counted};
my $nothing = 'not_listed 400';
my $one = 'not_listed 300, license_required 100';
my $leader = session($node, 'postgres');
my $other = session($node, 'postgres');

# catches: workers that read lists in another way than their leader
holds($leader, $counted, $nothing, 'nothing is listed');
answer($other, add(1));
holds($leader, $counted, $one, 'what another session has listed');
answer($other, take(1));
holds($leader, $counted, $nothing, 'and taken off');

# catches: workers do not know what their leader has changed and not committed
answer($leader, 'BEGIN;' . add(1));
holds($leader, $counted, $one, 'what the leader itself has listed');
answer($leader, 'SAVEPOINT s;' . add(2));
holds($leader, $counted, 'not_listed 200, license_required 200', 'in a savepoint');
answer($leader, 'ROLLBACK TO s;');
holds($leader, $counted, $one, 'which is rolled back');
answer($leader, 'RELEASE s; SAVEPOINT s;' . change(1, 'review') . 'RELEASE s;');
holds($leader, $counted, 'not_listed 300, review 100', 'in a savepoint that is released');
holds($other, $counted, $nothing, 'which concerns nobody else');
answer($leader, 'ROLLBACK');
holds($leader, $counted, $nothing, 'after the rollback');

# catches: workers answer by the newest lists, not by those of the snapshot
answer($leader, 'BEGIN ISOLATION LEVEL REPEATABLE READ');
holds($leader, $counted, $nothing, 'the snapshot');
answer($other, add(1));
holds($leader, $counted, $nothing, 'is kept');
answer($leader, add(2, 'prohibited'));
holds($leader, $counted, 'not_listed 300, prohibited 100', 'with own changes');
answer($leader, 'ROLLBACK');
holds($leader, $counted, $one, 'and left');

# catches: a query with workers in the middle of a command
answer($other, add(2, 'prohibited'));
answer($leader, 'BEGIN; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;');
answer($leader, "DELETE FROM control_list.entry WHERE list = 'L' AND item < '3' AND tell(item)");
holds($leader, 'SELECT * FROM told ORDER BY item', "1|not_listed 200, license_required 100, prohibited 100\n2|not_listed 300, prohibited 100",
	'half of a command');
holds($leader, 'SELECT count_now()', $nothing, 'all of it');
answer($leader, 'ROLLBACK');
holds($leader, $counted, 'not_listed 200, license_required 100, prohibited 100', 'none of it');

# catches: hits, and plans that put everything into a worker
my $debug = $node->pg_version < 16 ? 'force_parallel_mode' : 'debug_parallel_query';
answer($leader, "SET $debug = on");
holds($leader, q{SELECT string_agg(h.item || ' ' || h.verdict, ', ' ORDER BY h.item)
	FROM (SELECT DISTINCT hs FROM shipments) AS s, screening_hits(s.hs, 'RU', '2024-09-09') AS h},
	'1 license_required, 2 prohibited', 'hits');
answer($leader, 'BEGIN;' . change(1, 'review'));
holds($leader, q{SELECT screen_shipment('8541.10', 'RU', '2024-09-09'), is_restricted('8542'::hscode, 'RU', '2024-09-09')},
	'review|t', 'one row');
answer($leader, 'ROLLBACK');
holds($leader, q{SELECT screen_shipment('8541.10', 'RU', '2024-09-09')}, 'license_required', 'one row');

# catches: a worker that reads lists is no read under SERIALIZABLE
$node->safe_psql('postgres', 'CREATE TABLE orders (hs text)');
my $skew = 'BEGIN ISOLATION LEVEL SERIALIZABLE';
answer($leader, $skew);
answer($other, $skew);
holds($leader, $counted, 'not_listed 200, license_required 100, prohibited 100', 'read by workers');
answer($leader, q{INSERT INTO orders VALUES ('8543')});
answer($other, q{INSERT INTO control_list.entry (list, item, codes) SELECT 'L', '3', '8543' WHERE NOT EXISTS (SELECT FROM orders)});
holds($other, 'COMMIT', '', 'the editor is first');
like(answer($leader, 'COMMIT'), qr/could not serialize access/, 'the clerk fails');

$leader->quit;
$other->quit;
$node->stop;
done_testing();
