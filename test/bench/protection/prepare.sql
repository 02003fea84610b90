-- Orders, the Korean list, and tables that differ in their triggers.

SELECT setseed(0.1402) \g /dev/null
\o /dev/null
\i data/load_lists.sql
\o
UPDATE control_list.list SET enabled = code = 'KR-2-2';
INSERT INTO control_list.entry (list, item, codes, valid)
SELECT 'KR-2-2', 'heading ' || heading, heading, '[2024-09-09,)'
FROM (SELECT hscode_from_number(n, 4) AS heading FROM generate_series(2501, 9706) AS n) AS h
ORDER BY hscode_hash(heading) LIMIT 1402 - (SELECT count(*) FROM control_list.entry WHERE list = 'KR-2-2' AND codes IS NOT NULL);
VACUUM ANALYZE control_list.entry;

CREATE TABLE source AS
SELECT * FROM (
    SELECT n AS id, hscode_from_number(100000000 + floor(random() * 9600000000)::bigint, 10) AS hs,
           CASE WHEN n % 50 = 0 THEN 'RU' ELSE (ARRAY['CN', 'US', 'AU', 'JP', 'KR', 'SG', 'GB', 'DE', 'IN', 'VN'])[1 + floor(10 * random() ^ 2)::int] END AS destination,
           date '2023-01-01' + floor(random() * 1096)::int AS ship_date,
           ceil(random() * 500)::int AS quantity, round((random() * 10000)::numeric, 2) AS price, 'an order of some kind' AS note
    FROM generate_series(1, :row_count * 11 / 10) AS n) AS s
WHERE hs_chapter(hs) NOT IN ('77', '98', '99') AND NOT is_restricted(hs, destination, ship_date)
LIMIT :row_count;
VACUUM (FREEZE, ANALYZE) source;
COPY (SELECT * FROM source) TO :'file';

CREATE FUNCTION do_nothing() RETURNS trigger LANGUAGE C AS :'library', 'do_nothing';
-- what one would write
CREATE TABLE listed AS SELECT hs_digits(lower(codes)) AS prefix, valid, destinations FROM control_list.entry WHERE codes IS NOT NULL;
CREATE INDEX ON listed (prefix);
ANALYZE listed;
SELECT string_agg(format('left(code, %s)', digits), ', ') AS prefixes FROM (SELECT DISTINCT length(prefix) AS digits FROM listed) AS d \gset
SELECT format($$
    CREATE FUNCTION by_hand() RETURNS trigger LANGUAGE plpgsql AS '
    DECLARE
        code text := hs_digits(NEW.hs);
    BEGIN
        IF EXISTS (SELECT FROM bench.listed AS l WHERE l.prefix = ANY (ARRAY[%s]) AND l.valid @> NEW.ship_date)
           AND NEW.destination IN (''RU'', ''RUS'', ''BY'', ''BLR'') THEN
            RAISE EXCEPTION ''listed'';
        END IF;
        RETURN NULL;
    END'
    $$, :'prefixes') \gexec

-- a table of orders for each contender
CREATE PROCEDURE make(name text, with_verdict boolean DEFAULT false) LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE TABLE %I (id bigint PRIMARY KEY, hs hscode, destination text, ship_date date, quantity int, price numeric, note text)', name);
    IF with_verdict THEN
        EXECUTE format('ALTER TABLE %I ADD verdict screening_verdict', name);
    END IF;
END
$$;
CALL make('orders_plain');
CALL make('orders_empty');
CREATE TRIGGER after AFTER INSERT OR UPDATE ON orders_empty FOR EACH ROW EXECUTE FUNCTION do_nothing();
CALL make('orders_protected');
SELECT count(*) FROM control_list.protect('orders_protected', 'hs', 'destination', 'ship_date') \g /dev/null
CALL make('orders_strict');
SELECT count(*) FROM control_list.protect('orders_strict', 'hs', 'destination', 'ship_date', strict => true) \g /dev/null
CALL make('orders_plpgsql');
CREATE TRIGGER after AFTER INSERT OR UPDATE ON orders_plpgsql FOR EACH ROW EXECUTE FUNCTION by_hand();
CALL make('orders_empty_verdict', true);
CREATE TRIGGER before BEFORE INSERT OR UPDATE ON orders_empty_verdict FOR EACH ROW EXECUTE FUNCTION do_nothing();
CREATE TRIGGER after AFTER INSERT OR UPDATE ON orders_empty_verdict FOR EACH ROW EXECUTE FUNCTION do_nothing();
CALL make('orders_verdict', true);
SELECT count(*) FROM control_list.protect('orders_verdict', 'hs', 'destination', 'ship_date', verdict_column => 'verdict') \g /dev/null
