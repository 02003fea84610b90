# A server that loads the library before it has a database: backends inherit it, and find what is theirs.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";
use ControlListTest;
use Test::More;

my $node = new_server('main', "shared_preload_libraries = 'control_list'\ncontrol_list.tariff = 'KR'\n");
my $screen = q{SELECT screen_shipment('8541', 'RU', '2024-09-09')};

is($node->safe_psql('postgres', 'SHOW control_list.tariff'), 'KR', 'a setting is known without a database that has the extension');
my ($status, undef, $error) = $node->psql('postgres', 'SET control_list.max_rulebook_memory = -1');
like($error, qr/-1.* is outside the valid range/, 'and checked');
prepare($node, $_) foreach ('one', 'two');
$node->safe_psql('one', add(1));
is($node->safe_psql('one', $screen), 'license_required', 'the lists of one database');
is($node->safe_psql('two', $screen), 'not_listed', 'and of the other');

my $clerk = session($node, 'one');
holds($clerk, $screen, 'license_required', 'a backend knows the lists');
$node->safe_psql('one', take(1));
holds($clerk, $screen, 'not_listed', 'and hears of a change');
$node->safe_psql('one', 'DROP EXTENSION control_list CASCADE; CREATE EXTENSION control_list');
holds($clerk, $screen, 'incomplete', 'and of a new extension');
$clerk->quit;
$node->restart;
is($node->safe_psql('two', $screen), 'not_listed', 'after a restart');

$node->stop;
done_testing();
