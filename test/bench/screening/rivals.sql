-- What one would write without control_list, for the lists in force: the Korean one, or many entries of another, too.
-- "rivals" is a schema for the tables; "which" follows the words for the work.  The lists hold everywhere here: a list for
-- two countries asks for the goods of few shipments only, whoever screens.

UPDATE control_list.list SET destinations = '{*}' WHERE enabled;
DELETE FROM contender WHERE race IN ('joins', 'int8range', 'prefix_range', 'plpgsql');
CREATE SCHEMA :rivals;
SET search_path = :rivals, bench, public;

-- the lists as rivals read them: their codes by length, the days of a code disjoint
CREATE TABLE listed AS
SELECT hs_length(lower(codes)) AS digits, hs_digits(lower(codes)) AS prefix, hs_digits(lower(codes))::bigint AS number,
       coalesce(lower(valid), '-infinity') AS since, coalesce(upper(valid), 'infinity') AS until
FROM (SELECT codes, unnest(range_agg(valid)) AS valid
      FROM control_list.entry JOIN control_list.list ON list.code = entry.list
      WHERE enabled AND codes IS NOT NULL GROUP BY codes) AS e;
CREATE INDEX listed_prefix ON listed (prefix);
ANALYZE listed;
SELECT format('CREATE TABLE listed_%s AS SELECT prefix, number, since, until FROM listed WHERE digits = %1$s', digits),
       format('ANALYZE listed_%s', digits)
FROM (SELECT DISTINCT digits FROM listed) AS d \gexec

-- join_listed SHIPMENTS, KEY, CUT, CONDITION: shipments joined with each length of the list, the most frequent first, on
-- KEY = CUT, where %1$s is the length and %2$s the power of ten that is cut off; what finds a partner counts
CREATE FUNCTION join_listed(shipments text, key text, cut text, condition text DEFAULT 'true') RETURNS text LANGUAGE sql AS $$
    SELECT format('SELECT count(*) FROM %s AS s %s WHERE (%s) AND %s', shipments,
                  string_agg(format('LEFT JOIN listed_%s AS l%1$s ON l%1$s.%s = %s AND s.ship_date >= l%1$s.since AND s.ship_date < l%1$s.until',
                                    digits, key, format(cut, digits, power(10, 10 - digits)::bigint)), ' ' ORDER BY n DESC),
                  string_agg(format('l%s.number IS NOT NULL', digits), ' OR '), condition)
    FROM (SELECT digits, count(*) AS n FROM listed GROUP BY digits) AS d
$$;
-- the same for each code that occurs, then one join
CREATE FUNCTION join_goods() RETURNS text LANGUAGE sql AS $$
    SELECT format('WITH goods AS MATERIALIZED (SELECT DISTINCT number FROM shipment),
                        day AS MATERIALIZED (SELECT number, unnest(range_agg(daterange(since, until))) AS valid FROM (%s) AS h GROUP BY number),
                        hit AS MATERIALIZED (SELECT number, lower(valid) AS since, upper(valid) AS until FROM day)
                   SELECT count(*) FROM shipment AS s LEFT JOIN hit AS h USING (number)
                   WHERE coalesce(s.ship_date >= h.since AND s.ship_date < h.until, false)',
                  string_agg(format('SELECT g.number, since, until FROM goods AS g JOIN listed_%s AS l ON l.number = g.number / %s',
                                    digits, power(10, 10 - digits)::bigint), ' UNION ALL '))
    FROM (SELECT DISTINCT digits FROM listed) AS d
$$;

-- the whole table at once
INSERT INTO contender (race, name, statement, agrees, pieces)
VALUES ('joins', 'screen_shipment', scan('screen_shipment(hs, destination, ship_date) >= ''license_required'''), true, :shipments),
       ('joins', 'do_nothing', scan('do_nothing(hs, destination, ship_date) >= ''license_required'''), false, :shipments),
       ('joins', 'hash joins, text', join_listed('shipment', 'prefix', 'left(s.code, %s)'), true, :shipments),
       ('joins', 'hash joins, text cast to bigint',
        join_listed('(SELECT ship_date, code::bigint AS number FROM shipment OFFSET 0)', 'number', 's.number / %2$s'), true, :shipments),
       ('joins', 'hash joins, bigint', join_listed('shipment', 'number', 's.number / %2$s'), true, :shipments),
       ('joins', 'each code once, bigint', join_goods(), true, :shipments);
CALL race('joins', :runs);
CALL compare_each('joins', 'screen_shipment', 'whole tables in one query' || :'which', 'ns', 1e-6, 0.2);
CALL compare_nothing('joins', 'screen_shipment', 'ns', 1e-6);

-- shipment by shipment
CREATE TABLE sample AS SELECT *, number * 10000 AS leaf FROM shipment ORDER BY id LIMIT :sample;
CREATE TABLE listed_int8range AS
SELECT int8range(rpad(prefix, 14, '0')::bigint, rpad(prefix, 14, '9')::bigint + 1) AS codes, daterange(since, until) AS days, since, until FROM listed;
CREATE INDEX listed_int8range_codes ON listed_int8range USING gist (codes);
CREATE TABLE listed_int8range_days AS SELECT * FROM listed_int8range;
CREATE INDEX listed_int8range_both ON listed_int8range_days USING gist (codes, days);
VACUUM ANALYZE listed_int8range;
VACUUM ANALYZE listed_int8range_days;

CREATE FUNCTION exists_in(relation text, condition text) RETURNS text LANGUAGE sql AS $$
    SELECT format('SELECT count(*) FROM sample AS s WHERE EXISTS (SELECT FROM %s AS l WHERE %s)', relation, condition)
$$;
CREATE FUNCTION call(function text) RETURNS text LANGUAGE sql AS $$
    SELECT format('SELECT count(*) FROM sample WHERE %s(hs, destination, ship_date) >= ''license_required''', function)
$$;
INSERT INTO contender (race, name, statement, index, agrees, pieces)
VALUES ('int8range', 'screen_shipment', call('screen_shipment'), NULL, true, :sample),
       ('int8range', 'do_nothing', call('do_nothing'), NULL, false, :sample),
       ('int8range', 'int8range, GiST', exists_in('listed_int8range', 'l.codes @> s.leaf AND s.ship_date >= l.since AND s.ship_date < l.until'),
        'listed_int8range_codes', true, :sample),
       ('int8range', 'int8range and daterange, GiST', exists_in('listed_int8range_days', 'l.codes @> s.leaf AND l.days @> s.ship_date'),
        'listed_int8range_both', true, :sample);
CALL race('int8range', :runs);
CALL compare_each('int8range', 'screen_shipment', 'EXISTS for each shipment' || :'which', 'ns', 1e-6, 1 / 60.0);
CALL compare_nothing('int8range', 'screen_shipment', 'ns', 1e-6);

\if :prefix
CREATE TABLE listed_prefix_range AS SELECT prefix::prefix_range AS codes, since, until FROM listed;
CREATE INDEX listed_prefix_range_codes ON listed_prefix_range USING gist (codes);
ANALYZE listed_prefix_range;
INSERT INTO contender (race, name, statement, index, agrees, pieces)
VALUES ('prefix_range', 'screen_shipment', call('screen_shipment'), NULL, true, :sample),
       ('prefix_range', 'do_nothing', call('do_nothing'), NULL, false, :sample),
       ('prefix_range', 'prefix_range, GiST',
        exists_in('listed_prefix_range', 'l.codes @> s.code::prefix_range AND s.ship_date >= l.since AND s.ship_date < l.until'),
        'listed_prefix_range_codes', true, :sample);
CALL race('prefix_range', :runs);
CALL compare_each('prefix_range', 'screen_shipment', 'EXISTS for each shipment' || :'which', 'ns', 1e-6, 1 / 150.0);
CALL compare_nothing('prefix_range', 'screen_shipment', 'ns', 1e-6);
\endif

-- a function, by a btree over the prefixes, all in one probe or one after the other, and by GiST
SELECT string_agg(format('left(code, %s)', digits), ', ') AS prefixes, string_agg(digits::text, ', ') AS digits
FROM (SELECT DISTINCT digits FROM listed ORDER BY digits) AS d \gset
SELECT format($$
    CREATE FUNCTION is_listed(code text, day date) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS '
    BEGIN
        RETURN EXISTS (SELECT FROM listed AS l WHERE l.prefix = ANY (ARRAY[%s]) AND day >= l.since AND day < l.until);
    END'
    $$, :'prefixes') \gexec
SELECT format($$
    CREATE FUNCTION is_listed_by_length(code text, day date) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS '
    DECLARE
        length int;
    BEGIN
        FOREACH length IN ARRAY ARRAY[%s] LOOP
            IF EXISTS (SELECT FROM listed AS l WHERE l.prefix = left(code, length) AND day >= l.since AND day < l.until) THEN
                RETURN true;
            END IF;
        END LOOP;
        RETURN false;
    END'
    $$, :'digits') \gexec
CREATE FUNCTION is_listed_by_range(code bigint, day date) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM listed_int8range_days AS l WHERE l.codes @> code AND l.days @> day);
END
$$;
INSERT INTO contender (race, name, statement, agrees, pieces)
VALUES ('plpgsql', 'screen_shipment', call('screen_shipment'), true, :sample),
       ('plpgsql', 'do_nothing', call('do_nothing'), false, :sample),
       ('plpgsql', 'prefix = ANY, btree', 'SELECT count(*) FROM sample WHERE is_listed(code, ship_date)', true, :sample),
       ('plpgsql', 'length by length, btree', 'SELECT count(*) FROM sample WHERE is_listed_by_length(code, ship_date)', true, :sample),
       ('plpgsql', 'int8range, GiST', 'SELECT count(*) FROM sample WHERE is_listed_by_range(leaf, ship_date)', true, :sample);
CALL race('plpgsql', :runs);
CALL compare_each('plpgsql', 'screen_shipment', 'a plpgsql function for each shipment' || :'which', 'ns', 1e-6, 0.01);
CALL compare_nothing('plpgsql', 'screen_shipment', 'ns', 1e-6);

\if :countries
-- the Korean list for two countries, which SQL asks for before it joins
UPDATE control_list.list SET destinations = '{RU,BY}' WHERE code = 'KR-2-2';
INSERT INTO contender (race, name, statement, agrees, pieces)
VALUES ('two countries', 'screen_shipment', scan('screen_shipment(hs, destination, ship_date) >= ''license_required'''), true, :shipments),
       ('two countries', 'hash joins, text',
        join_listed('shipment', 'prefix', 'left(s.code, %s)', 's.destination IN (''RU'', ''RUS'', ''BY'', ''BLR'')'), true, :shipments),
       ('two countries', 'hash joins, bigint',
        join_listed('shipment', 'number', 's.number / %2$s', 's.destination IN (''RU'', ''RUS'', ''BY'', ''BLR'')'), true, :shipments);
CALL race('two countries', :runs);
CALL compare_each('two countries', 'screen_shipment', 'whole tables in one query, but a list for 2 % of the shipments', 'ns', 1e-6);

-- the same, where the countries are data, too: a column of the list
ALTER TABLE listed ADD destinations text[] NOT NULL DEFAULT '{RU,RUS,BY,BLR}';
SELECT format('ALTER TABLE %I ADD destinations text[] NOT NULL DEFAULT ''{RU,RUS,BY,BLR}''', relname)
FROM pg_class WHERE relkind = 'r' AND relnamespace = :'rivals'::regnamespace AND relname ~ '^listed_([0-9]+|int8range_days|prefix_range)$' \gexec
ANALYZE;
SELECT format($$
    CREATE FUNCTION is_listed_to(code text, country text, day date) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS '
    BEGIN
        RETURN EXISTS (SELECT FROM listed AS l WHERE l.prefix = ANY (ARRAY[%s]) AND day >= l.since AND day < l.until AND country = ANY (l.destinations));
    END'
    $$, :'prefixes') \gexec
CREATE FUNCTION is_listed_to(code bigint, country text, day date) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN EXISTS (SELECT FROM listed_int8range_days AS l WHERE l.codes @> code AND l.days @> day AND country = ANY (l.destinations));
END
$$;
INSERT INTO contender (race, name, statement, index, agrees, pieces)
VALUES ('joins to', 'screen_shipment', scan('screen_shipment(hs, destination, ship_date) >= ''license_required'''), NULL, true, :shipments),
       ('joins to', 'hash joins, bigint', join_listed('shipment', 'number', 's.number / %2$s AND s.destination = ANY (l%1$s.destinations)'), NULL, true, :shipments),
       ('joins to', 'hash joins, text', join_listed('shipment', 'prefix', 'left(s.code, %s) AND s.destination = ANY (l%1$s.destinations)'), NULL, true, :shipments),
       ('int8range to', 'screen_shipment', call('screen_shipment'), NULL, true, :sample),
       ('int8range to', 'int8range and daterange, GiST',
        exists_in('listed_int8range_days', 'l.codes @> s.leaf AND l.days @> s.ship_date AND s.destination = ANY (l.destinations)'),
        'listed_int8range_both', true, :sample),
       ('plpgsql to', 'screen_shipment', call('screen_shipment'), NULL, true, :sample),
       ('plpgsql to', 'prefix = ANY, btree', 'SELECT count(*) FROM sample WHERE is_listed_to(code, destination, ship_date)', NULL, true, :sample),
       ('plpgsql to', 'int8range, GiST', 'SELECT count(*) FROM sample WHERE is_listed_to(leaf, destination, ship_date)', NULL, true, :sample);
CALL race('joins to', :runs);
CALL compare_each('joins to', 'screen_shipment', 'whole tables in one query, countries in the list', 'ns', 1e-6, 0.2);
CALL race('int8range to', :runs);
CALL compare_each('int8range to', 'screen_shipment', 'EXISTS for each shipment, countries in the list', 'ns', 1e-6, 1 / 60.0);
\if :prefix
INSERT INTO contender (race, name, statement, index, agrees, pieces)
VALUES ('prefix_range to', 'screen_shipment', call('screen_shipment'), NULL, true, :sample),
       ('prefix_range to', 'prefix_range, GiST',
        exists_in('listed_prefix_range', 'l.codes @> s.code::prefix_range AND s.ship_date >= l.since AND s.ship_date < l.until AND s.destination = ANY (l.destinations)'),
        'listed_prefix_range_codes', true, :sample);
CALL race('prefix_range to', :runs);
CALL compare_each('prefix_range to', 'screen_shipment', 'EXISTS for each shipment, countries in the list', 'ns', 1e-6, 1 / 150.0);
\endif
CALL race('plpgsql to', :runs);
CALL compare_each('plpgsql to', 'screen_shipment', 'a plpgsql function for each shipment, countries in the list', 'ns', 1e-6, 0.01);
\endif
