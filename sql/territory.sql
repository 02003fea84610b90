-- Territories, jurisdictions, and names of countries.
-- Bytes outside ASCII are written as escapes, so that the client's encoding does not matter.

-- what is a territory: case and surrounding blanks do not matter, anything else does
SELECT to_json(t) AS text, control_list.territory(t)
FROM unnest(ARRAY['RU', 'ru', 'Ru', 'RU ', ' RU', E'\t\n RU \r\x0b\f', 'RUS', 'rus', 'XK', 'XKX', 'GB', 'GBR',
	'UA-43', 'ua-43', ' Ua-43 ', 'UA-4', 'UA-99', 'GB-ENG', 'us-ca', 'XK-1']) WITH ORDINALITY AS u (t, n)
ORDER BY n;

-- none of these is one
SELECT count(*) AS tried, count(control_list.territory(t)) AS readable
FROM unnest(ARRAY['', ' ', 'R', 'R U', 'RU.', 'RU?', 'Russia', 'Russia?', 'Rusia', 'RUSS', 'XX', 'XXX', 'ZZ', 'AA',
	'UK', 'EL', 'EU', 'UN', 'SU', 'EUE', 'UA-', 'UA-4343', 'UA--4', 'UA-4-', 'UA-4 3', 'UA 43', 'UA43', 'UA_43',
	'UA -43', 'UA- 43', '-43', '43', '643', 'UKR-43', 'EU-43', 'XX-43', '*', '@watch', 'RU,BY', 'RU;BY',
	E'R\303\234', E'\320\240\320\243', E'RU\302\240', E'\302\240RU', E'UA-\303\251']) AS u (t);
SELECT control_list.territory(NULL) IS NULL AS null_is_null;

-- what has two names is read by one only
SELECT count(*) AS tried, count(control_list.territory(t)) AS readable
FROM unnest(ARRAY['CN-HK', 'cn-tw', 'US-PR', 'FR-974', 'NL-BQ1', 'NO-21', 'RS-KM', 'FI-01', 'RU-CR', 'CN-71']) AS u (t);
SELECT t, control_list.territory(t), control_list.is_known_subdivision(t), control_list.is_listable(t)
FROM unnest(ARRAY['UA-43', 'UA-99', 'UA', 'CN-XJ', 'nonsense']) AS u (t);

-- long texts
SELECT control_list.territory(repeat('x', 1048576)) AS letters,
	control_list.territory(repeat(' ', 1048576)) AS blanks,
	control_list.territory('RU' || repeat(' ', 1048576)) AS trailing,
	control_list.territory(repeat(' ', 1048576) || 'UA-43') AS leading,
	control_list.territory('UA-' || repeat('4', 1048576)) AS subdivision;
SELECT control_list.jurisdiction(repeat('x', 1048576)) AS jurisdiction,
	control_list.is_known_subdivision(repeat('x', 1048576)) AS known,
	country_code(repeat('x', 1048576)) AS name,
	country_code(repeat(' ', 1048576) || 'Korea,' || repeat(' ', 1048576) || 'Republic of') AS blanks;

-- every country by both of its codes, and none besides
CREATE TEMPORARY TABLE country AS
SELECT split_part(pair, ' ', 1) AS alpha2, split_part(pair, ' ', 2) AS alpha3
FROM regexp_split_to_table(trim(E'\n\t' FROM '
	AD AND, AE ARE, AF AFG, AG ATG, AI AIA, AL ALB, AM ARM, AO AGO, AQ ATA, AR ARG,
	AS ASM, AT AUT, AU AUS, AW ABW, AX ALA, AZ AZE, BA BIH, BB BRB, BD BGD, BE BEL,
	BF BFA, BG BGR, BH BHR, BI BDI, BJ BEN, BL BLM, BM BMU, BN BRN, BO BOL, BQ BES,
	BR BRA, BS BHS, BT BTN, BV BVT, BW BWA, BY BLR, BZ BLZ, CA CAN, CC CCK, CD COD,
	CF CAF, CG COG, CH CHE, CI CIV, CK COK, CL CHL, CM CMR, CN CHN, CO COL, CR CRI,
	CU CUB, CV CPV, CW CUW, CX CXR, CY CYP, CZ CZE, DE DEU, DJ DJI, DK DNK, DM DMA,
	DO DOM, DZ DZA, EC ECU, EE EST, EG EGY, EH ESH, ER ERI, ES ESP, ET ETH, FI FIN,
	FJ FJI, FK FLK, FM FSM, FO FRO, FR FRA, GA GAB, GB GBR, GD GRD, GE GEO, GF GUF,
	GG GGY, GH GHA, GI GIB, GL GRL, GM GMB, GN GIN, GP GLP, GQ GNQ, GR GRC, GS SGS,
	GT GTM, GU GUM, GW GNB, GY GUY, HK HKG, HM HMD, HN HND, HR HRV, HT HTI, HU HUN,
	ID IDN, IE IRL, IL ISR, IM IMN, IN IND, IO IOT, IQ IRQ, IR IRN, IS ISL, IT ITA,
	JE JEY, JM JAM, JO JOR, JP JPN, KE KEN, KG KGZ, KH KHM, KI KIR, KM COM, KN KNA,
	KP PRK, KR KOR, KW KWT, KY CYM, KZ KAZ, LA LAO, LB LBN, LC LCA, LI LIE, LK LKA,
	LR LBR, LS LSO, LT LTU, LU LUX, LV LVA, LY LBY, MA MAR, MC MCO, MD MDA, ME MNE,
	MF MAF, MG MDG, MH MHL, MK MKD, ML MLI, MM MMR, MN MNG, MO MAC, MP MNP, MQ MTQ,
	MR MRT, MS MSR, MT MLT, MU MUS, MV MDV, MW MWI, MX MEX, MY MYS, MZ MOZ, NA NAM,
	NC NCL, NE NER, NF NFK, NG NGA, NI NIC, NL NLD, NO NOR, NP NPL, NR NRU, NU NIU,
	NZ NZL, OM OMN, PA PAN, PE PER, PF PYF, PG PNG, PH PHL, PK PAK, PL POL, PM SPM,
	PN PCN, PR PRI, PS PSE, PT PRT, PW PLW, PY PRY, QA QAT, RE REU, RO ROU, RS SRB,
	RU RUS, RW RWA, SA SAU, SB SLB, SC SYC, SD SDN, SE SWE, SG SGP, SH SHN, SI SVN,
	SJ SJM, SK SVK, SL SLE, SM SMR, SN SEN, SO SOM, SR SUR, SS SSD, ST STP, SV SLV,
	SX SXM, SY SYR, SZ SWZ, TC TCA, TD TCD, TF ATF, TG TGO, TH THA, TJ TJK, TK TKL,
	TL TLS, TM TKM, TN TUN, TO TON, TR TUR, TT TTO, TV TUV, TW TWN, TZ TZA, UA UKR,
	UG UGA, UM UMI, US USA, UY URY, UZ UZB, VA VAT, VC VCT, VE VEN, VG VGB, VI VIR,
	VN VNM, VU VUT, WF WLF, WS WSM, XK XKX, YE YEM, YT MYT, ZA ZAF, ZM ZMB, ZW ZWE
'), E',\\s*') AS pair;
SELECT count(*) AS countries,
	bool_and(control_list.territory(alpha2) = alpha2) AS alpha2,
	bool_and(control_list.territory(alpha3) = alpha2) AS alpha3,
	bool_and(control_list.territory(lower(alpha3)) = alpha2) AS small_alpha3,
	bool_and(control_list.jurisdiction(alpha3) = alpha2) AS jurisdiction,
	bool_and(country_code(alpha3) = alpha2) AS country_code,
	bool_and(control_list.territory(alpha2 || '-x') = alpha2 || '-X') AS subdivision,
	bool_and(control_list.territory(alpha3 || '-X') IS NULL) AS no_alpha3_subdivision,
	bool_and(EXISTS (SELECT FROM control_list.country_alias a WHERE a.code = alpha2)) AS named
FROM country;
SELECT count(control_list.territory(a || b)) AS two_letters
FROM (SELECT chr(65 + i) FROM generate_series(0, 25) AS i) AS a (a),
	(SELECT chr(65 + i) FROM generate_series(0, 25) AS i) AS b (b);
SELECT count(control_list.territory(a || b || c)) AS three_letters
FROM (SELECT chr(65 + i) FROM generate_series(0, 25) AS i) AS a (a),
	(SELECT chr(65 + i) FROM generate_series(0, 25) AS i) AS b (b),
	(SELECT chr(65 + i) FROM generate_series(0, 25) AS i) AS c (c);

-- a canonical code is its own canonical code; every form of a subdivision is read back
SELECT count(*) AS subdivisions, bool_and(control_list.territory('UA-' || s) = 'UA-' || s) AS same
FROM (SELECT chr(c) FROM generate_series(48, 90) AS c WHERE c NOT BETWEEN 58 AND 64) AS a (a),
	(SELECT '' UNION ALL SELECT chr(c) FROM generate_series(48, 90) AS c WHERE c NOT BETWEEN 58 AND 64) AS b (b),
	(SELECT '' UNION ALL SELECT chr(c) FROM generate_series(48, 90) AS c WHERE c NOT BETWEEN 58 AND 64) AS c (c),
	LATERAL (SELECT a || b || c) AS s (s)
WHERE b <> '' OR c = '';

-- subdivisions that are known to exist
SELECT string_agg(s, ' ' ORDER BY s) AS known
FROM generate_series(0, 99) AS i, to_char(i, 'FM00') AS s
WHERE control_list.is_known_subdivision('UA-' || s);
SELECT t, control_list.is_known_subdivision(t)
FROM unnest(ARRAY['ua-43', ' UA-43 ', 'UA', 'UA-4', 'UA-430', 'UA-99', 'US-43', 'UKR-43', 'Crimea', '']) AS u (t);

-- jurisdictions: countries, EU and UN
SELECT quote_literal(t) AS text, control_list.jurisdiction(t)
FROM unnest(ARRAY['KR', 'kor', ' us ', 'EU', ' eu', 'un', 'XKX', 'UK', 'EL', 'KR?', 'EUR', 'EUE', 'EU-1', 'UA-43', 'XX', '',
	'Korea']) WITH ORDINALITY AS u (t, n)
ORDER BY n;

-- names of countries: short names, inverted and natural, and what is met in practice
SELECT name, country_code(name)
FROM unnest(ARRAY['Korea, Republic of', 'Republic of Korea', 'KOREA,  republic OF ', 'South Korea', 'North Korea',
	'Korea, Democratic People''s Republic of', 'Iran, Islamic Republic of', 'Iran (Islamic Republic of)', 'Iran',
	'Tanzania, United Republic of', 'Moldova, Republic of', 'Venezuela, Bolivarian Republic of',
	'Micronesia, Federated States of', 'Bolivia, Plurinational State of', 'Congo, Democratic Republic of the',
	'Congo, the Democratic Republic of the', 'Democratic Republic of the Congo', 'Republic of the Congo',
	'Palestine, State of', 'Taiwan, Province of China', 'Taiwan', 'Virgin Islands, British', 'US Virgin Islands',
	'Turkiye', 'Turkey', 'Cote d''Ivoire', 'Ivory Coast', 'UK', 'EL', 'Great Britain', 'USA', 'U.S.A.', 'United States',
	'UAE', 'Russia', 'RUSSIAN FEDERATION', 'Viet Nam', 'Vietnam', 'Czechia', 'Czech Republic', 'Eswatini', 'Swaziland',
	'Cabo Verde', 'Cape Verde', 'North Macedonia', 'Myanmar', 'Burma', 'Holy See', 'Vatican', 'Hong Kong',
	'Hong Kong (Special Administrative Region)', 'Macao', 'Macau', 'China, People''s Republic of', 'Kosovo', 'Guinea',
	'ru', 'RUS', ' ua-43 ']) WITH ORDINALITY AS u (name, n)
ORDER BY n;

-- official names, and the parts of Ukraine that lists name
SELECT name, country_code(name)
FROM unnest(ARRAY['Federal Republic of Germany', 'French Republic', 'Swiss Confederation', 'United Mexican States', 'Socialist Republic of Viet Nam',
	'Crimea', 'Autonomous Republic of Crimea', 'Sevastopol', 'Donetsk', 'Luhansk', 'Lugansk', 'Kherson', 'Zaporizhzhia', 'Zaporozhye'])
	WITH ORDINALITY AS u (name, n)
ORDER BY n;

-- accents, apostrophes, hyphens and blanks of all kinds are one spelling
SELECT want, bool_and(country_code(name) IS NOT DISTINCT FROM want) AS same
FROM (VALUES
	('TR', E'T\303\274rkiye'), ('TR', E'T\303\234RK\304\260YE'), ('TR', E'Tu\314\210rkiye'),
	('CI', E'C\303\264te d\342\200\231Ivoire'), ('CI', E'C\303\224TE D''IVOIRE'), ('CI', 'Cote d`Ivoire'),
	('CW', E'Cura\303\247ao'), ('CW', 'Curacao'), ('AX', E'\303\205land Islands'), ('AX', E'A\314\212land Islands'),
	('RE', E'R\303\251union'), ('RE', 'REUNION'), ('BL', E'Saint Barth\303\251lemy'), ('BL', 'St. Barthelemy'),
	('ST', E'S\303\243o Tom\303\251 and Pr\303\255ncipe'), ('ST', E'S\303\243o Tom\303\251 & Pr\303\255ncipe'),
	('GW', E'Guinea\342\200\221Bissau'), ('KR', E'Korea,\302\240Republic\302\240of')) AS v (want, name)
GROUP BY want
ORDER BY want;

-- ambiguous, unknown, misspelt or decorated: NULL, never a guess
SELECT count(*) AS tried, count(country_code(name)) AS mapped
FROM unnest(ARRAY['Korea', 'korea', 'Congo', 'Congo (the)', 'Virgin Islands', 'Saint Martin', 'St. Martin', 'Macedonia',
	'Yugoslavia', 'Soviet Union', 'USSR', 'EU', 'UN', 'European Union', 'XX', 'Russia?', 'Rusia', 'Russ', 'Russia.', 'Russland',
	'Republic of', 'Korea,Republic of', 'Germany / France', 'Unknown', 'n/a', '', ' ', '-', '*', '%', 'Russi_', '@watch',
	'Destination Unknown - EU', 'Ships'' Stores', 'Ships'' Bunkering', 'Passengers'' Effects', 'UA-4343']) AS u (name);
SELECT country_code(NULL) IS NULL AS null_is_null;

-- seeded names mean what codes of the same letters mean, are in normal form, and keep it
SELECT count(*) AS misleading
FROM control_list.country_alias
WHERE NOT seeded
	OR control_list.territory(name) <> code
	OR control_list.country_name_form(upper(name COLLATE "C")) <> name;

-- own names are checked
INSERT INTO control_list.country_alias VALUES ('muscovy', 'RU');
SELECT country_code(' Muscovy ');
INSERT INTO control_list.country_alias VALUES ('Muscovy Company', 'RU');
INSERT INTO control_list.country_alias VALUES ('', 'RU');
INSERT INTO control_list.country_alias VALUES ('muscovia', 'RUS');
INSERT INTO control_list.country_alias VALUES ('muscovia', 'XX');
INSERT INTO control_list.country_alias VALUES ('muscovia', NULL);
INSERT INTO control_list.country_alias VALUES ('russia', 'BY');
DELETE FROM control_list.country_alias WHERE name = 'muscovy';

-- only own names are dumped
SELECT extcondition[array_position(extconfig, 'control_list.country_alias'::regclass::oid)] AS dumped
FROM pg_extension
WHERE 'control_list.country_alias'::regclass = ANY (extconfig);

-- anybody can ask, without a right on the table, and with any search_path
CREATE ROLE regress_territory_clerk;
SELECT has_table_privilege('regress_territory_clerk', 'control_list.country_alias', 'SELECT') AS can_read;
CREATE SCHEMA hostile;
CREATE FUNCTION hostile.always(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE OPERATOR hostile.= (LEFTARG = text, RIGHTARG = text, FUNCTION = hostile.always);
GRANT USAGE ON SCHEMA hostile TO regress_territory_clerk;
SET ROLE regress_territory_clerk;
SET search_path = hostile, pg_catalog, public;
SELECT country_code('South Korea') AS known, country_code('Nowhere') AS unknown;
RESET search_path;
RESET ROLE;
DROP OPERATOR hostile.= (text, text);
DROP FUNCTION hostile.always(text, text);
DROP SCHEMA hostile;
DROP ROLE regress_territory_clerk;

-- declarations and comments
SELECT proname, provolatile, proisstrict, proparallel, prosecdef, obj_description(oid, 'pg_proc') IS NOT NULL AS comment
FROM pg_proc
WHERE proname IN ('territory', 'jurisdiction', 'is_known_subdivision', 'country_name_form', 'country_code')
ORDER BY proname;
DROP TABLE country;
