# One session changes lists a thousand times and more while four others screen, in every kind of transaction. Each of their
# answers is compared with the oracle's in the same snapshot.

use strict;
use warnings;

use FindBin;
use lib "$FindBin::RealBin/../perl";
use ControlListTest;
use Test::More;

my $changes = 1000;
my $checkers = 4;
my $rounds = 60;
my $node = new_server('main');
prepare($node, 'postgres');
$node->safe_psql('postgres', q{
	INSERT INTO control_list.destination_group VALUES ('g', 'KZ'), ('g', 'TR');
	INSERT INTO control_list.list (code, title, destinations, tariff, jurisdictions, time_zone) VALUES
		('M', 'by group', '{@g}', 'KR', NULL, 'Asia/Seoul'), ('N', 'of one law', NULL, NULL, '{KR}', 'UTC');
	INSERT INTO control_list.entry (list, item, codes, measure) VALUES ('M', 'always', '8542.31', 'review'), ('N', 'always', '87', 'prohibited');

	CREATE TABLE shipments (hs text, dest text, day date, via text[], laws text[]);
	INSERT INTO shipments VALUES
		('8541.10', 'RU', '2024-09-09', NULL, NULL), ('8542.31', 'KZ', '2024-09-09', NULL, NULL), ('8542.31', 'JP', '2024-09-08', '{BY,TR}', NULL),
		('8542', 'RU', '2024-09-09', NULL, '{KR}'), ('8703.23', 'RU', '2024-09-09', NULL, '{JP}'), ('8703.23', 'US', '2024-09-09', NULL, '{KR}'),
		('8544', 'UA-43', '2024-09-09', NULL, NULL), ('9301', 'RU', NULL, NULL, NULL);

	-- how often the oracle disagrees in the snapshot of the caller, and what the engine said
	CREATE FUNCTION judge(IN again int, OUT wrong bigint, OUT answers text) LANGUAGE plpgsql STABLE AS $$
	BEGIN
		SELECT count(*) FILTER (WHERE j.engine <> j.oracle), string_agg(j.engine::text, ' ')
		INTO wrong, answers
		FROM (SELECT screen_shipment(s.hs, s.dest, s.day, s.via, jurisdictions => s.laws) AS engine,
		             (SELECT coalesce(max(h.verdict), 'not_listed')
		              FROM reference.screening_hits(s.hs, s.dest, s.day, s.via, NULL, NULL, s.laws) AS h) AS oracle
		      FROM shipments AS s) AS j;
	END $$;

	CREATE TABLE changed (n int);
	CREATE TABLE judged (kind text, checks int, wrong int, states int, moved int);

	-- screens so often, and until the editor has made his changes; counts answers, wrong ones, and how often they have changed
	CREATE PROCEDURE check_answers(rounds int, seed float8) LANGUAGE plpgsql AS $$
	DECLARE
		kinds CONSTANT text[] := '{statement,read committed,repeatable read,cursor,own change}';
		kind text;
		checks int[] := '{0,0,0,0,0}';
		wrong int[] := '{0,0,0,0,0}';
		states int[] := '{0,0,0,0,0}';
		moved int[] := '{0,0,0,0,0}';
		round int := 0;
		k int;
		first record;
		second record;
		before text := '';
		c refcursor;
	BEGIN
		PERFORM setseed(seed);
		LOOP
			COMMIT;
			EXIT WHEN round >= rounds AND EXISTS (SELECT FROM changed);
			round := round + 1;
			-- snapshots differ, though nothing may have changed
			IF random() < 0.7 THEN
				PERFORM pg_current_xact_id();
				COMMIT;
			END IF;
			-- an own change makes the editor wait
			k := CASE WHEN round % 10 = 0 THEN 5 ELSE 1 + floor(4 * random())::int END;
			kind := kinds[k];
			IF kind = 'repeatable read' THEN
				COMMIT;
				SET TRANSACTION ISOLATION LEVEL REPEATABLE READ;
			END IF;

			IF kind = 'cursor' THEN
				OPEN c FOR SELECT j.* FROM generate_series(1, 2) AS n, judge(n) AS j;
				FETCH c INTO first;
				PERFORM pg_sleep(0.003 * random()), judge(0);
				FETCH c INTO second;
				CLOSE c;
			ELSIF kind = 'own change' THEN
				BEGIN
					-- a row of its own: to lock one of the editor's before the lists would be a deadlock
					INSERT INTO control_list.entry (list, item, codes, measure) VALUES ('L', 'own ' || seed, '85', 'prohibited');
					SELECT * INTO first FROM judge(1);
					RAISE EXCEPTION 'never mind';
				EXCEPTION WHEN raise_exception THEN
					SELECT * INTO second FROM judge(1);
				END;
				ROLLBACK;
			ELSE
				SELECT * INTO first FROM judge(1);
				IF kind = 'statement' THEN
					COMMIT;
				END IF;
				PERFORM pg_sleep(0.003 * random());
				second := judge(2);
			END IF;
			checks[k] := checks[k] + 2;
			wrong[k] := wrong[k] + first.wrong + second.wrong;
			states[k] := states[k] + (first.answers <> before)::int;
			before := first.answers;
			moved[k] := moved[k] + (first.answers <> second.answers)::int;
		END LOOP;
		INSERT INTO judged SELECT * FROM unnest(kinds, checks, wrong, states, moved);
	END $$;

	-- changes lists so often, and until everybody has judged
	CREATE PROCEDURE edit(changes int, checkers int) LANGUAGE plpgsql AS $$
	DECLARE
		measures CONSTANT screening_verdict[] := '{review,license_required,prohibited}';
		code text;
	BEGIN
		PERFORM setseed(0.4);
		FOR n IN 1 .. 100 * changes LOOP
			EXIT WHEN n > changes AND (SELECT count(*) FROM judged) = checkers * 5;
			IF n > changes AND NOT EXISTS (SELECT FROM changed) THEN
				INSERT INTO changed VALUES (n);
				COMMIT;
			END IF;
			code := (ARRAY['8541', '8542', '8542.31', '8544', '87'])[1 + floor(5 * random())];
			CASE floor(9 * random())::int
				WHEN 0, 1, 2 THEN
					DELETE FROM control_list.entry WHERE item = code;
					IF NOT FOUND THEN
						INSERT INTO control_list.entry (list, item, codes, destinations) VALUES
							((ARRAY['L', 'M', 'N'])[1 + floor(3 * random())], code, code::hsrange, (ARRAY['{*}', '{@g,UA}', NULL])[1 + floor(3 * random())]::text[]);
					END IF;
				WHEN 3 THEN
					UPDATE control_list.entry SET measure = measures[1 + floor(3 * random())] WHERE item = code OR item = 'always';
				WHEN 4 THEN
					UPDATE control_list.entry SET ex = NOT ex, valid = daterange('2024-09-08'::date + floor(3 * random())::int, NULL) WHERE item = code;
				WHEN 5 THEN
					UPDATE control_list.list SET enabled = NOT enabled WHERE list.code = (ARRAY['L', 'M', 'N'])[1 + floor(3 * random())];
				WHEN 6 THEN
					UPDATE control_list.destination_group SET territory = CASE territory WHEN 'RU' THEN 'KZ' ELSE 'RU' END WHERE territory IN ('RU', 'KZ');
				WHEN 7 THEN
					UPDATE control_list.list SET known_from = CASE WHEN known_from IS NULL THEN date '2024-09-09' END WHERE list.code = 'N';
				ELSE
					UPDATE control_list.list SET measure = measures[1 + floor(3 * random())];
					BEGIN
						DELETE FROM control_list.entry;
						RAISE EXCEPTION 'never mind';
					EXCEPTION WHEN raise_exception THEN
						NULL;
					END;
			END CASE;
			IF random() < 0.1 THEN
				ROLLBACK;
			ELSE
				COMMIT;
			END IF;
			-- a moment in which nobody changes anything
			IF n > changes OR random() < 0.3 THEN
				PERFORM pg_sleep(0.01 * random());
			END IF;
		END LOOP;
	END $$;
});

my @sessions = map { session($node, 'postgres') } 0 .. $checkers;
foreach my $n (0 .. $checkers)
{
	my $call = $n == 0 ? "edit($changes, $checkers)" : "check_answers($rounds, " . $n / 10 . ')';
	# the editor waits for the others
	$sessions[$n]->{stdin} .= 'SELECT pg_sleep(0.3);' if $n == 0;
	$sessions[$n]->{stdin} .= "CALL $call;\n\\echo done\n";
	$sessions[$n]->{run}->pump_nb;
}
foreach my $n (0 .. $checkers)
{
	like($sessions[$n]->query_until(qr/done/, "\n"), qr/done/, $n == 0 ? 'the editor' : "checker $n");
	is($sessions[$n]->{stderr}, '', 'has no error');
	$sessions[$n]->quit;
}

foreach my $kind ('statement', 'read committed', 'repeatable read', 'cursor', 'own change')
{
	my ($checks, $wrong, $states, $moved) = split /\|/,
	  $node->safe_psql('postgres', "SELECT sum(checks), sum(wrong), sum(states), sum(moved) FROM judged WHERE kind = '$kind'");
	is($wrong, 0, "$kind: all answers are right");
	cmp_ok($checks, '>', 10, "$kind: $checks comparisons");
	cmp_ok($states, '>', 5, "$kind: $states states");
	is($moved, 0, "$kind: one state") if $kind eq 'repeatable read' || $kind eq 'cursor';
	cmp_ok($moved, '>', 0, "$kind: $moved changes seen") if $kind eq 'statement' || $kind eq 'read committed' || $kind eq 'own change';
}
is($node->safe_psql('postgres', 'SELECT count(*) FROM judged'), 5 * $checkers, 'everybody has judged');

$node->stop;
done_testing();
