# Lists and their histories come back from a dump whole and once, and screening answers as
# before, about now and about earlier: plain and custom format, in parallel, with the
# extension in another schema.

use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', 'fsync = off');
$node->start;

my $dumps = PostgreSQL::Test::Utils::tempdir;

# what must be the same before and after
my $contents = q{
	SELECT md5(string_agg(t, E'\n' ORDER BY t))
	FROM (SELECT l::text FROM control_list.list AS l
	      UNION ALL SELECT r::text FROM control_list.revision AS r
	      UNION ALL SELECT g::text FROM control_list.destination_group AS g
	      UNION ALL SELECT e::text FROM control_list.entry AS e
	      UNION ALL SELECT n::text FROM control_list.nomenclature AS n
	      UNION ALL SELECT l::text FROM control_list.license AS l
	      UNION ALL SELECT u::text FROM control_list.license_use AS u
	      UNION ALL SELECT l::text FROM control_list.list_history AS l
	      UNION ALL SELECT g::text FROM control_list.destination_group_history AS g
	      UNION ALL SELECT e::text FROM control_list.entry_history AS e
	      UNION ALL SELECT a::text FROM control_list.country_alias AS a) AS u (t)};
my $verdicts = q{
	SELECT m.name || ': ' || string_agg(screen_shipment(c, d, '2024-09-09', licenses => '{used,open}', known_at => m.at)::text, ',' ORDER BY c, d)
	FROM public.moment AS m,
	     unnest('{8542.31,8542,0101.21,8703.23,2508.10,8525.80}'::text[]) AS c, unnest('{RU,KZ,JP,UA}'::text[]) AS d
	GROUP BY m.name ORDER BY m.name};

sub fill
{
	my ($database, $schema) = @_;

	$node->safe_psql('postgres', "CREATE DATABASE $database");
	$node->safe_psql($database, "CREATE SCHEMA IF NOT EXISTS $schema; CREATE EXTENSION control_list SCHEMA $schema CASCADE");
	$node->safe_psql($database, "SET search_path = $schema, public;" . q{
		CREATE TABLE public.moment (name text, at timestamptz DEFAULT clock_timestamp());
		INSERT INTO public.moment VALUES ('before');
		INSERT INTO control_list.destination_group VALUES ('watch', 'KZ'), ('watch', 'KG');
		INSERT INTO control_list.list (code, title, destinations, tariff, time_zone) VALUES
			('A', 'first', '{RU,@watch}', 'KR', 'Asia/Seoul'),
			('B', 'second', NULL, NULL, 'UTC');
		INSERT INTO control_list.revision (list, label, effective) VALUES ('A', 'r1', '2024-09-09');
		INSERT INTO control_list.entry (list, item, codes, valid, revision)
			SELECT 'A', n::text, hscode_from_number(2500 + n, 4), '[2024-09-09,)', 'r1'
			FROM generate_series(1, 500) AS n;
		INSERT INTO control_list.entry (list, item, codes, except_codes, destinations, measure, applies_if) VALUES
			('A', 'x', '8542', '{8542.90}', '{@watch,UA-43}', 'review', NULL),
			('A', 'z', '8542.31', NULL, NULL, NULL, NULL),
			('B', 'y', '8703', NULL, '{RU}', 'prohibited', 'strict $.engine_cc > 2000');
		INSERT INTO control_list.country_alias (name, code) VALUES ('rossiya', 'RU');
		DELETE FROM control_list.entry WHERE item = '7';
		INSERT INTO control_list.nomenclature VALUES ('2022', '8525', 'cameras', '[2022-01-01,)'), ('2022', '8525.81', NULL, '[2022-01-01,)');
		INSERT INTO control_list.entry (list, item, codes) VALUES ('A', 'c', '8525.81');
		INSERT INTO control_list.license (number, list, destinations, codes, valid, max_quantity, unit, quota_period, applies_if) VALUES
			('used', 'A', '{@watch}', '{8542}', '[2024-01-01,)', 10, 'kg', '1 year', 'strict $.civil == true'),
			('open', 'A', '{RU}', '{2508.10,8542}', '(,)', NULL, NULL, NULL, NULL);
		SELECT control_list.draw_license('used', 4, NULL, 'order 1', 'kg'), control_list.draw_license('used', 5, NULL, 'order 2', 'kg');
		SELECT control_list.return_license('order 1');
		INSERT INTO public.moment VALUES ('loaded');
		UPDATE control_list.entry SET codes = '0101.21' WHERE item = 'z';
		INSERT INTO public.moment VALUES ('code corrected');
		INSERT INTO control_list.entry (list, item, codes, destinations, valid) VALUES ('B', 'late', '8703.23', '{JP}', '[2024-01-01,)');
		INSERT INTO public.moment VALUES ('entry added');
		DELETE FROM control_list.entry WHERE item = 'x';
		INSERT INTO public.moment VALUES ('entry withdrawn');
		UPDATE control_list.destination_group SET valid = '(,2024-09-09)' WHERE territory = 'KZ';
		INSERT INTO public.moment VALUES ('group changed');
		UPDATE control_list.list SET measure = 'prohibited' WHERE code = 'A';
		INSERT INTO public.moment VALUES ('list changed');
		INSERT INTO public.moment VALUES ('now', NULL);
	});
}

sub answers
{
	my ($database, $schema) = @_;
	return $node->safe_psql($database, "SET search_path = $schema, public; $contents; $verdicts;");
}

foreach my $schema ('public', 'screening')
{
	my $from = "from_$schema";

	fill($from, $schema);
	my $before = answers($from, $schema);
	like($before, qr/license_required.*review/s, "$schema: lists are loaded");
	like($before, qr/,licensed,/, "$schema: a license permits");
	my %verdicts = map { /^(.*): (.*)$/ ? ($2 => $1) : () } split(/\n/, $before);
	is(scalar(keys %verdicts), 7, "$schema: every change makes a difference")
	  or diag($before);
	like($before, qr/^before: incomplete(,incomplete)+$/m, "$schema: nothing was known before");

	$node->command_ok([ 'pg_dump', '-f', "$dumps/$schema.sql", $from ], "$schema: plain dump");
	$node->command_ok([ 'pg_dump', '-Fd', '-j', '2', '-f', "$dumps/$schema.dir", $from ], "$schema: parallel dump");

	$node->safe_psql('postgres', "CREATE DATABASE plain_$schema");
	$node->command_ok(
		[ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', "$dumps/$schema.sql", "plain_$schema" ],
		"$schema: plain restore");
	is(answers("plain_$schema", $schema), $before, "$schema: the same after a plain restore");

	$node->safe_psql('postgres', "CREATE DATABASE jobs_$schema");
	$node->command_ok(
		[ 'pg_restore', '-j', '2', '--exit-on-error', '-d', "jobs_$schema", "$dumps/$schema.dir" ],
		"$schema: parallel restore");
	is(answers("jobs_$schema", $schema), $before, "$schema: the same after a parallel restore");

	is( $node->safe_psql("jobs_$schema",
			"INSERT INTO control_list.entry (list, item, codes) VALUES ('A', 'new', '0101') RETURNING id > 500"),
		't', "$schema: identities go on where they were");
	is( $node->safe_psql("jobs_$schema", "SELECT quantity_left FROM control_list.draw_license('used', 1, NULL, 'order 3', 'kg')"),
		'4', "$schema: licenses are drawn from as before");
	is( $node->safe_psql("jobs_$schema", q{
			UPDATE control_list.entry SET remark = 'new' WHERE item = '1';
			SELECT count(*), count(*) FILTER (WHERE upper(recorded) > now()) FROM control_list.entry_history WHERE item = '1'}),
		'1|0', "$schema: histories go on where they were");
	isnt($node->psql("jobs_$schema",
			"INSERT INTO control_list.entry (list, item, codes) VALUES ('A', '1', '25-26')"),
		0, "$schema: rules are in force after a restore");
}

$node->stop;
done_testing();
