# What a new connection asks first is answered by a part of the lists, the entries of one chapter: the verdict is the same,
# nothing is answered by a part that it does not know, and a part is believed no longer than all lists would be.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";
use ControlListTest;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = new_server('main', "autovacuum = off\n", allows_streaming => 1);
prepare($node, 'postgres');
$node->safe_psql('postgres', q{
	INSERT INTO control_list.destination_group VALUES ('g', 'KZ'), ('g', 'TR'), ('g', 'UA-43');
	INSERT INTO control_list.destination_group VALUES ('g', 'KG', daterange('2024-03-01', NULL));
	INSERT INTO control_list.list (code, title, destinations, tariff, known_from, measure) VALUES
		('M', 'by group', '{@g}', 'KR', '2024-02-24', 'license_required'), ('N', 'no tariff', '{SY}', NULL, NULL, 'review'),
		('O', 'long ago', '{BY}', 'US', '2024-01-01', 'prohibited'), ('P', 'disabled', '{*}', NULL, NULL, 'prohibited');
	UPDATE control_list.list SET enabled = false WHERE code = 'P';
	SET session_replication_role = replica;
	SELECT setseed(0.22);

	-- all kinds of entries, in few chapters and in many
	CREATE FUNCTION random_code(chapters int[]) RETURNS hscode LANGUAGE sql VOLATILE AS $$
		SELECT hscode_from_number(chapter::bigint * (10 ^ (digits - 2))::bigint + floor(random() * 10 ^ least(digits - 2, 3))::bigint * (10 ^ greatest(digits - 5, 0))::bigint, digits)
		FROM (SELECT chapters[1 + floor(random() * cardinality(chapters))] AS chapter, (ARRAY[2, 4, 4, 6, 6, 8, 10])[1 + floor(random() * 7)] AS digits) AS r
	$$;
	INSERT INTO control_list.entry (list, item, codes, except_codes, ex, destinations, measure, valid, applies_if)
	SELECT (ARRAY['L', 'M', 'N', 'O', 'P'])[1 + floor(random() * 5)], 'e' || n,
	       CASE WHEN n % 50 = 0 THEN hsrange('84', '85') WHEN n % 50 = 1 THEN hsrange('27', '97') ELSE hsrange(code) END,
	       CASE WHEN n % 7 = 0 AND hs_length(code) < 8 THEN hsmultirange(hsrange((hs_digits(code) || '10')::hscode)) END, n % 11 = 0,
	       (ARRAY['{RU}', '{KZ,BY}', '{@g,VN}', '{UA-40}', NULL, NULL, NULL])[1 + floor(random() * 7)]::text[],
	       (ARRAY['review', 'license_required', 'prohibited', NULL])[1 + floor(random() * 4)]::screening_verdict,
	       daterange('2024-01-01'::date + floor(random() * 200)::int, CASE WHEN n % 3 = 0 THEN date '2024-10-01' END),
	       CASE WHEN n % 13 = 0 THEN 'strict $.cc > 1'::jsonpath END
	FROM (SELECT n, random_code(CASE WHEN n % 2 = 0 THEN '{84,85}' ELSE '{1,2,27,84,85,88,90,93,98,99}' END::int[]) AS code FROM generate_series(1, 3000) AS n OFFSET 0) AS r;
	RESET session_replication_role;
	ANALYZE control_list.entry;

	CREATE TABLE shipments AS
	SELECT n AS id, CASE WHEN n % 31 = 0 THEN NULL WHEN n % 17 = 0 THEN left(hs_digits(code) || '00000000', 10) ELSE hs_digits(code) END AS hs,
	       (ARRAY['RU', 'KZ', 'JP', 'BY', 'KG', 'UA-43', 'VN', 'DE', 'UA', 'XX', NULL])[1 + floor(random() ^ 2 * 11)] AS dest,
	       CASE WHEN n % 29 > 0 THEN date '2023-12-15' + floor(random() * 400)::int END AS day
	FROM (SELECT n, random_code('{1,2,27,84,85,86,88,90,93,98,99}') AS code FROM generate_series(1, 2000) AS n OFFSET 0) AS r;
	CREATE TABLE asked (id int, is_part boolean);
});

# by all lists, which whoever asks about the rulebook loads; and by the oracle where that takes no ages
my $all = session($node, 'postgres');
answer($all, 'SELECT builds FROM control_list.rulebook_info()');
answer($all, q{CREATE TABLE expected AS SELECT s.*, screen_shipment(hs, dest, day) AS by_text, screen_shipment(hs::hscode, dest, day) AS by_code,
	is_restricted(hs, dest, day) AS restricted, NULL::screening_verdict AS oracle FROM shipments AS s});
answer($all, q{UPDATE expected SET oracle = (SELECT coalesce(max(h.verdict), 'not_listed') FROM reference.screening_hits(hs, dest, day) AS h) WHERE id <= 150});
answer($all, 'CREATE UNIQUE INDEX ON expected (id)');
holds($all, q{SELECT count(*), count(*) FILTER (WHERE by_text <> oracle) FROM expected WHERE oracle IS NOT NULL}, '150|0', 'the oracle says the same');
holds($all, q{SELECT string_agg(by_text::text, ' ' ORDER BY by_text) FROM (SELECT by_text FROM expected GROUP BY by_text HAVING count(*) > 50) AS v},
	'not_listed review incomplete license_required prohibited', 'of all kinds');

# catches: a part that lacks what another chapter, a list or a group says
$node->safe_psql('postgres', q{
	-- the parts and the rulebooks that this backend has
	CREATE FUNCTION has(part boolean) RETURNS boolean LANGUAGE sql VOLATILE AS $$
		SELECT EXISTS (SELECT FROM pg_backend_memory_contexts WHERE name = 'control_list rulebook' AND (ident = 'part') IS NOT DISTINCT FROM nullif(part, false))
	$$;
	CREATE FUNCTION ask(number int) RETURNS void LANGUAGE plpgsql AS $$
	DECLARE
		e expected;
		text_says screening_verdict;
		code_says screening_verdict;
		says boolean;
	BEGIN
		SELECT * INTO STRICT e FROM expected WHERE id = number;
		-- who is asked first has not loaded anything
		IF number % 3 = 0 THEN
			text_says := screen_shipment(e.hs, e.dest, e.day);
		ELSIF number % 3 = 1 THEN
			code_says := screen_shipment(e.hs::hscode, e.dest, e.day);
		ELSE
			says := is_restricted(e.hs, e.dest, e.day);
		END IF;
		INSERT INTO asked SELECT number, has(true);
		text_says := coalesce(text_says, screen_shipment(e.hs, e.dest, e.day));
		code_says := coalesce(code_says, screen_shipment(e.hs::hscode, e.dest, e.day));
		says := coalesce(says, is_restricted(e.hs, e.dest, e.day));
		IF (text_says, code_says, says) IS DISTINCT FROM (e.by_text, e.by_code, e.restricted) THEN
			RAISE EXCEPTION 'shipment %: % % %', e, text_says, code_says, says;
		END IF;
	END $$;
});
my $script = "$PostgreSQL::Test::Utils::tmp_check/ask.sql";
append_to_file($script, q{
\set id random(1, 2000)
SELECT ask(:id);
});
$node->command_ok([ 'pgbench', '-n', '-C', '-c', '2', '-t', '600', '-f', $script, 'postgres' ], 'twelve hundred connections get the answers that all lists give');
my ($asked, $by_part) = split /\|/, $node->safe_psql('postgres', 'SELECT count(*), count(*) FILTER (WHERE is_part) FROM asked');
is($asked, 1200, 'all have asked');
cmp_ok($by_part, '>', 300, "$by_part of them a part");
cmp_ok($by_part, '<', 1100, 'and not all');

# catches: a part that answers for another chapter, or for ever
my $clerk = session($node, 'postgres');
my $which = 'SELECT has(true), has(false)';
my $first = q{SELECT screen_shipment('9301'::hscode, 'RU', '2024-09-09')};
$node->safe_psql('postgres', q{DELETE FROM control_list.entry WHERE codes && '93' AND item <> 'always'});
holds($clerk, $first, 'license_required', 'the first question');
holds($clerk, $which, 't|f', 'a part');
holds($clerk, $first, 'license_required', 'the second one, of the same chapter');
holds($clerk, $which, 't|f', 'the same part');
answer($clerk, q{SELECT screen_shipment('8541'::hscode, 'RU', '2024-09-09')});
holds($clerk, $which, 'f|t', 'another chapter: all lists');
holds($clerk, $first, 'license_required', 'which say the same');
holds($clerk, $which, 'f|t', 'from now on');
$clerk->quit;
$clerk = session($node, 'postgres');
holds($clerk, q{SELECT count(screen_shipment('9301'::hscode, 'RU', '2024-09-09')) FROM generate_series(1, 100) AS n WHERE n > 0 AND random() < 2}, 100, 'many of one chapter');
answer($clerk, q{SELECT screen_shipment('9301'::hscode, 'RU', '2024-09-09'), count(*) FROM generate_series(1, 3)});
holds($clerk, $which, 'f|t', 'all lists in the end');
$clerk->quit;
foreach my $question (
	q{screen_shipment('9301'::hscode, NULL, '2024-09-09')}, q{screen_shipment('9301'::hscode, 'RU', NULL::date)}, q{screen_shipment('9301', 'nowhere', '2024-09-09')},
	q{screen_shipment('no code', 'RU', '2024-09-09')}, q{screen_shipment('9301'::hscode, 'RU', '2024-02-23'::date)}, q{screen_shipment('9801'::hscode, 'RU', '2024-09-09')},
	q{screen_shipment('9301'::hscode, 'RU', '2024-09-09'::date, via => '{BY}')}, q{screen_shipment_at('9301'::hscode, 'RU', '2024-09-09'::timestamptz)},
	q{(SELECT count(*) FROM screening_hits('9301'::hscode, 'RU', '2024-09-09'))}, q{screen_shipment('5001'::hscode, 'RU', '2024-09-09')})
{
	$clerk = session($node, 'postgres');
	answer($clerk, "SELECT $question");
	holds($clerk, $which, 'f|t', "all lists for $question");
	$clerk->quit;
}

# catches: a part of what is known now, where it was asked what was known then
my $then = $node->safe_psql('postgres', 'SELECT clock_timestamp()');
$node->safe_psql('postgres', q{UPDATE control_list.entry SET measure = 'review' WHERE item = 'always'});
$clerk = session($node, 'postgres');
my $known = qq{SELECT screen_shipment('9301'::hscode, 'RU', '2024-09-09', known_at => '$then')};
holds($clerk, $known, 'license_required', 'what was known');
holds($clerk, $which, 'f|t', 'all lists');
$clerk->quit;
$clerk = session($node, 'postgres');
holds($clerk, $first, 'review', 'what is known now');
holds($clerk, $which, 't|f', 'a part');
holds($clerk, $known, 'license_required', 'what was known, after that');
$clerk->quit;
$node->safe_psql('postgres', q{UPDATE control_list.entry SET measure = NULL WHERE item = 'always'});

# catches: a part of lists that have changed, or that this snapshot does not see
my $editor = session($node, 'postgres');
answer($editor, "BEGIN; UPDATE control_list.entry SET measure = 'prohibited' WHERE item = 'always'");
$clerk = session($node, 'postgres');
holds($clerk, $first, 'license_required', 'not committed');
holds($clerk, $which, 't|f', 'a part');
holds($editor, $first, 'prohibited', 'whose change it is');
holds($editor, $which, 'f|t', 'no part');
answer($editor, 'COMMIT');
holds($clerk, $first, 'prohibited', 'committed');
holds($clerk, $which, 't|f', 'another part');
$clerk->quit;
$clerk = session($node, 'postgres');
answer($clerk, 'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM shipments');
answer($editor, q{UPDATE control_list.entry SET measure = 'review' WHERE item = 'always'});
holds($clerk, $first, 'prohibited', 'an older snapshot');
holds($clerk, $which, 't|f', 'a part of its own');
answer($editor, q{UPDATE control_list.entry SET measure = 'license_required' WHERE item = 'always'});
holds($clerk, $first, 'prohibited', 'which it keeps');
answer($clerk, 'COMMIT');
holds($clerk, $first, 'license_required', 'to its end');
holds($clerk, $which, 't|f', 'then another part');
answer($clerk, q{BEGIN; DELETE FROM control_list.entry WHERE item = 'always'});
holds($clerk, $first, 'not_listed', 'an own change');
answer($clerk, 'ROLLBACK');
holds($clerk, $first, 'license_required', 'rolled back');
$clerk->quit;
$clerk = session($node, 'postgres');
answer($clerk, 'BEGIN ISOLATION LEVEL SERIALIZABLE; INSERT INTO asked VALUES (-1)');
holds($clerk, $first, 'license_required', 'serializable');
holds($clerk, $which, 't|f', 'a part');
answer($editor, q{BEGIN ISOLATION LEVEL SERIALIZABLE; SELECT count(*) FROM asked});
answer($editor, q{UPDATE control_list.entry SET measure = 'review' WHERE item = 'always'});
answer($clerk, 'COMMIT');
like(answer($editor, 'COMMIT'), qr/could not serialize access/, 'write skew');
answer($editor, 'ROLLBACK');
$clerk->quit;

# catches: a part of a table that was altered, or an index that is not what it was
$clerk = session($node, 'postgres');
holds($clerk, $first, 'license_required', 'before the alteration');
holds($clerk, $which, 't|f', 'a part');
answer($editor, unnoticed(change('always', 'prohibited')));
holds($clerk, $first, 'prohibited', 'while triggers were off');
holds($clerk, $which, 't|f', 'a new part');
$clerk->quit;
foreach my $change ('ALTER INDEX control_list.entry_codes_idx RENAME TO other_idx', 'DROP INDEX control_list.other_idx',
	'CREATE INDEX entry_codes_idx ON control_list.entry USING gist (codes) WHERE ex', 'DROP INDEX control_list.entry_codes_idx; CREATE INDEX entry_codes_idx ON control_list.entry (codes)')
{
	answer($editor, $change);
	$clerk = session($node, 'postgres');
	holds($clerk, $first, 'prohibited', "after $change");
	holds($clerk, $which, 'f|t', 'all lists');
	$clerk->quit;
}
answer($editor, 'DROP INDEX control_list.entry_codes_idx; CREATE INDEX entry_codes_idx ON control_list.entry USING gist (codes)');
$clerk = session($node, 'postgres');
holds($clerk, $first, 'prohibited', 'the index is there again');
holds($clerk, $which, 't|f', 'a part');

# catches: an index that was made on the primary, and lacks a row that an older snapshot of the standby sees
my $standby = new_standby($node);
my $reader = session($standby, 'postgres');
answer($reader, 'BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT count(*) FROM shipments');
answer($editor, q{INSERT INTO control_list.entry (list, item, codes, measure) VALUES ('L', 'another', '9302', 'review')});
answer($editor, q{DELETE FROM control_list.entry WHERE item = 'always'});
answer($editor, 'REINDEX INDEX CONCURRENTLY control_list.entry_codes_idx');
$node->wait_for_catchup($standby);
holds($reader, $first, 'prohibited', 'an older snapshot of a standby');
holds($reader, $which, 'f|t', 'all lists');
answer($reader, 'COMMIT');
holds($reader, $first, 'not_listed', 'a later one');
holds($clerk, $first, 'not_listed', 'the primary');

answer($editor, 'TRUNCATE control_list.entry');
holds($clerk, $first, 'incomplete', 'truncated');

$_->quit foreach ($clerk, $editor, $all, $reader);
$standby->stop;
$node->stop;
done_testing();
