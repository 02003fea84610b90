# What the TAP tests share: servers with the extension, lists and the oracle, and sessions that stay connected.
#
# Every database that prepare() fills has the functions of sql/include/look.sql: glance() and look() give the verdicts
# of headings 8541 to 8544, as 'nothing' or '8541 review, ...', and say WRONG where the oracle disagrees.

package ControlListTest;

use strict;
use warnings;

use Cwd qw(abs_path);
use Exporter 'import';
use File::Basename;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

our @EXPORT = qw(new_server new_standby prepare session add take change unnoticed answer holds restored);

my $source = abs_path(dirname(__FILE__) . "/../..");

# A server that runs, with settings of its own; what init() is to know comes as options.
sub new_server
{
	my ($name, $settings, @options) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name);

	$node->init(@options);
	$node->append_conf('postgresql.conf', "fsync = off\njit = off\nclient_min_messages = warning\n" . ($settings // ''));
	$node->start;
	return $node;
}

# A hot standby, whose replay waits for its readers. It would do so for ever if the primary removed what they see, so the
# primary has heard of it.
sub new_standby
{
	my ($primary) = @_;
	my $standby = PostgreSQL::Test::Cluster->new('standby');

	$primary->backup('base');
	$standby->init_from_backup($primary, 'base', has_streaming => 1);
	$standby->append_conf('postgresql.conf', "max_standby_streaming_delay = -1\nhot_standby_feedback = on\nwal_receiver_status_interval = 1s");
	$standby->start;
	$primary->poll_query_until('postgres', q{SELECT count(backend_xmin) = 1 FROM pg_stat_replication}) or die 'no feedback of the standby';
	return $standby;
}

# The extension, a list L for RU with an entry that is always there, and the oracle.
sub prepare
{
	my ($node, $database) = @_;
	local $ENV{PG_ABS_SRCDIR} = $source;

	$node->safe_psql('postgres', "CREATE DATABASE $database") unless $database eq 'postgres';
	$node->safe_psql($database, 'CREATE EXTENSION control_list');
	$node->safe_psql($database, "\\i '$source/sql/include/look.sql'");
	return;
}

# Statements that put heading 854N on the list, or take it off.
sub add
{
	my ($n, $measure) = @_;
	$measure = defined $measure ? "'$measure'" : 'NULL';
	return "INSERT INTO control_list.entry (list, item, codes, measure) VALUES ('L', '$n', '854$n', $measure);";
}

sub take
{
	my ($n) = @_;
	return "DELETE FROM control_list.entry WHERE item = '$n';";
}

sub change
{
	my ($n, $measure) = @_;
	return "UPDATE control_list.entry SET measure = '$measure' WHERE item = '$n';";
}

# Statements on control_list.entry of which no generation tells, and nobody can see that triggers were off.
sub unnoticed
{
	my ($statements) = @_;
	return "BEGIN; ALTER TABLE control_list.entry DISABLE TRIGGER USER; $statements
		ALTER TABLE control_list.entry ENABLE TRIGGER USER, ENABLE ALWAYS TRIGGER change_begins, ENABLE ALWAYS TRIGGER change_row,
		ENABLE ALWAYS TRIGGER change_made, ENABLE ALWAYS TRIGGER change_ends; COMMIT;";
}

# A connection that stays, and goes on after an error.
sub session
{
	my ($node, $database, %options) = @_;
	return $node->background_psql($database, on_error_stop => 0, %options);
}

# What a session answers: its output, or "ERROR: ..." if there was an error.
sub answer
{
	my ($session, $query) = @_;

	$session->{stderr} = '';
	my $output = $session->query($query);
	return $1 if $session->{stderr} =~ /(ERROR: .*)/;
	return $output;
}

# One test: the session answers so.
sub holds
{
	my ($session, $query, $expected, $name) = @_;
	local $Test::Builder::Level = $Test::Builder::Level + 1;
	return is(answer($session, $query), $expected, $name);
}

# Dumps a database in plain and in custom format and as a directory with two jobs, and restores each without an error:
# six tests. Returns the names of the copies.
sub restored
{
	my ($node, $database) = @_;
	my $dumps = PostgreSQL::Test::Utils::tempdir;
	my %restore = (
		plain => [ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', "$dumps/plain" ],
		custom => [ 'pg_restore', '--exit-on-error', "$dumps/custom" ],
		directory => [ 'pg_restore', '--exit-on-error', '-j', '2', "$dumps/directory" ]);
	local $Test::Builder::Level = $Test::Builder::Level + 1;

	foreach my $format (sort keys %restore)
	{
		my $copy = "${database}_$format";

		$node->command_ok([ 'pg_dump', "-F$format", $format eq 'directory' ? ('-j', '2') : (), '-f', "$dumps/$format", $database ],
			"$database: dumped, $format");
		$node->safe_psql('postgres', "CREATE DATABASE $copy");
		$node->command_ok([ @{ $restore{$format} }, '-d', $copy ], "$database: restored, $format");
	}
	return map { "${database}_$_" } sort keys %restore;
}

1;
