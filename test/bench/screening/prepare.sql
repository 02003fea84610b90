-- What is screened, by what: shipments, the Korean list, and a function that does nothing.

SELECT setseed(0.1402) \g /dev/null

-- as a Korean exporter would have it: all digits of a code are those of the list's tariff
SELECT format('ALTER DATABASE %I SET control_list.tariff = ''KR''', current_database()) \gexec

-- the list, with headings instead of the items that are described in words
\o /dev/null
\i data/load_lists.sql
\o
UPDATE control_list.list SET enabled = code = 'KR-2-2';
INSERT INTO control_list.entry (list, item, codes, valid)
SELECT 'KR-2-2', 'heading ' || heading, heading, '[2024-09-09,)'
FROM (SELECT hscode_from_number(n, 4) AS heading FROM generate_series(2501, 9706) AS n) AS h
ORDER BY hscode_hash(heading) LIMIT 1402 - (SELECT count(*) FROM control_list.entry WHERE list = 'KR-2-2' AND codes IS NOT NULL);
VACUUM ANALYZE control_list.list;
VACUUM ANALYZE control_list.entry;
VACUUM ANALYZE control_list.destination_group;

-- which goods go where: real export rows, else random ones that a country's trade might have
CREATE TABLE export (month text, hs text, country text, uom text, fob text, quantity text, reexport_fob text, reexport_quantity text);
\if :{?orders}
\set january :orders '/nz_exports_2025_jan.csv'
\set february :orders '/nz_exports_2025_feb.csv'
COPY export FROM :'january' WITH (FORMAT csv, HEADER);
COPY export FROM :'february' WITH (FORMAT csv, HEADER);
\else
INSERT INTO note (note) VALUES ('the real export rows (../shared/data/orders) are not there; the goods are random');
INSERT INTO export (hs, country)
SELECT code, (ARRAY['CN', 'US', 'AU', 'JP', 'KR', 'SG', 'GB', 'DE', 'IN', 'VN', 'TH', 'AE', 'TR', 'NL', 'KZ', 'MX', 'Ships'' Stores'])[1 + floor(17 * random() ^ 2)::int]
FROM (SELECT CASE WHEN n % 4 = 0 THEN (SELECT rpad(hs_digits(lower(codes)), 10, n::text) FROM control_list.entry
                                       WHERE list = 'KR-2-2' AND codes IS NOT NULL OFFSET n % 1402 LIMIT 1)
                  ELSE to_char(100000000 + floor(random() * 9600000000)::bigint, 'FM0000000000') END AS code
      FROM generate_series(1, 6000) AS n) AS c, generate_series(1, 6);
\endif
CREATE TEMPORARY TABLE goods AS
SELECT row_number() OVER () AS no, hs::hscode AS hs, hs AS code, coalesce(country_code(country), country) AS country FROM export;

-- three years of shipments: 2 % go to Russia and Belarus, some countries have three letters
CREATE TABLE shipment AS
SELECT id, hs, code, code::bigint AS number,
       CASE WHEN spelling < 0.99 OR three IS NULL THEN two ELSE three END AS destination, ship_date, quantity, price
FROM (SELECT n AS id, 1 + floor(random() * (SELECT count(*) FROM goods))::bigint AS no, random() AS fate, random() AS spelling,
             date '2023-01-01' + floor(random() * 1096)::int AS ship_date,
             ceil(random() * 500)::int AS quantity, round((random() * 10000)::numeric, 2) AS price
      FROM generate_series(1, :shipments) AS n OFFSET 0) AS drawn
JOIN goods USING (no),
LATERAL (SELECT CASE WHEN fate < 0.017 THEN 'RU' WHEN fate < 0.02 THEN 'BY' ELSE country END AS two) AS t
LEFT JOIN (VALUES ('RU', 'RUS'), ('BY', 'BLR'), ('AU', 'AUS'), ('US', 'USA'), ('CN', 'CHN'), ('JP', 'JPN')) AS spelled (two, three) USING (two)
ORDER BY id;
VACUUM (FREEZE, ANALYZE) shipment;

-- the same arguments, the same result, the same cost, and nothing done
SELECT format('CREATE FUNCTION do_nothing(%s) RETURNS screening_verdict LANGUAGE C STABLE PARALLEL SAFE COST %s AS %L, ''do_nothing''',
              pg_get_function_arguments(oid), procost, :'library')
FROM pg_proc WHERE proname = 'screen_shipment' AND pronargs = 9 \gexec

-- each code once: whoever has screened these has met all goods
CREATE TABLE goods_once AS SELECT row_number() OVER (ORDER BY hs) AS no, hs FROM (SELECT DISTINCT hs FROM shipment) AS d;
ANALYZE goods_once;

-- what other lists might hold: a fifth of the codes are those of goods that occur, cut to 4 to 10 digits, the others are random;
-- there are some 200 ways to name destinations
CREATE TEMPORARY TABLE destinations AS
SELECT n, (SELECT array_agg(DISTINCT (ARRAY['AE', 'AF', 'BY', 'CN', 'CU', 'ET', 'HK', 'IN', 'IQ', 'IR', 'KG', 'KP', 'KZ', 'LY', 'MM', 'NI', 'PK', 'RU', 'SD',
                                            'SY', 'TR', 'UZ', 'VE', 'ZW'])[1 + floor(random() * 24)::int])
           FROM generate_series(1, 1 + n % 6)) AS countries
FROM generate_series(0, 199) AS n;
CREATE TABLE made_up AS
SELECT r.n, code, place, since, days, fate, measure, countries
FROM (SELECT n, CASE WHEN n % 100 = 0 THEN 4 WHEN n % 5 = 0 THEN 6 WHEN n % 2 = 0 THEN 8 ELSE 10 END AS digits,
             random() AS real, 1 + floor(random() * (SELECT count(*) FROM goods_once))::bigint AS no, random() AS number,
             random() AS place, random() AS fate, random() AS measure,
             date '2014-01-01' + floor(random() * 4200)::int AS since, floor(random() * 2000)::int AS days
      FROM generate_series(1, greatest(20000, :entries)) AS n OFFSET 0) AS r
JOIN goods_once USING (no)
JOIN destinations AS d ON d.n = r.n % 200,
LATERAL (SELECT CASE WHEN real < 0.2 THEN hs_truncate(hs, digits)
                     ELSE hscode_from_number(floor(power(10, digits - 2) * (1 + number * 95.99))::bigint, digits) END AS code) AS c;
ANALYZE made_up;
