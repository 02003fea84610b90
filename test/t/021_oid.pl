# OIDs of two thousand million and more, as clusters have that have lived long, are not taken for negative numbers.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";
use ControlListTest;
use Test::More;

my $node = new_server('main');
$node->stop;
$node->command_ok([ 'pg_resetwal', '-o', 4_000_000_000, $node->data_dir ], 'the next OID is a large one');
$node->start;
prepare($node, 'postgres');
my $clerk = session($node, 'postgres');
holds($clerk, q{SELECT 'control_list.entry'::regclass::oid::bigint > 2147483647}, 't', 'OIDs are large');

# catches: labels of a verdict, types and tables that are not recognized again
answer($clerk, add(1) . add(2, 'review') . q{
	CREATE TABLE header (id int PRIMARY KEY, dest text);
	CREATE TABLE line (id int PRIMARY KEY, header int REFERENCES header, hs hscode, verdict screening_verdict);
	INSERT INTO header VALUES (1, 'RU'), (2, 'JP')});
holds($clerk, q{SELECT count(*) > 0 FROM control_list.protect('line', 'hs', 'header.dest', verdict_column => 'verdict', log => 'all', strict => true)}, 't', 'protected');
holds($clerk, q{INSERT INTO line VALUES (1, 2, '8541'), (2, 1, '8542') RETURNING verdict}, "not_listed\nreview", 'verdicts are written');
like(answer($clerk, q{INSERT INTO line VALUES (3, 1, '8541')}), qr/is blocked: license required/, 'an order is blocked');
holds($clerk, q{UPDATE line SET header = header RETURNING verdict}, "not_listed\nreview", 'and stay');
like(answer($clerk, q{UPDATE header SET dest = 'BY' WHERE id = 1; SELECT verdict FROM line WHERE id = 2}), qr/^not_listed$/, 'a header that changes');
answer($clerk, q{UPDATE header SET dest = 'RU' WHERE id = 1});
answer($clerk, change(2, 'prohibited'));
holds($clerk, q{SELECT control_list.rescreen_row('line', ctid, verdict, true) FROM line WHERE id = 2}, 't', 'screened again');
holds($clerk, q{SELECT string_agg(verdict::text, ' ' ORDER BY id) FROM line}, 'not_listed prohibited', 'with another verdict');
holds($clerk, q{SELECT string_agg(verdict::text, ' ' ORDER BY logged_at) FROM control_list.screening_log WHERE key = '{"id": 2}'}, 'review not_listed review prohibited', 'and all are logged');
holds($clerk, q{SELECT look()}, '8541 license_required, 8542 prohibited', 'as the oracle says');

$clerk->quit;
$node->stop;
done_testing();
