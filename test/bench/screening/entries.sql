-- The second list grows until :entries are in force, those of the Korean list included.

INSERT INTO control_list.destination_group (name, territory)
SELECT name, unnest(territories::text[])
FROM (VALUES ('embargoed', '{RU,BY,IR,KP,SY,CU}'), ('watched', '{AE,AM,CN,HK,IN,KZ,KG,TJ,TR,UZ}'),
             ('arms', '{AF,CF,CD,HT,IQ,LB,LY,ML,SO,SS,SD,YE,ZW}')) AS g (name, territories)
ON CONFLICT DO NOTHING;
INSERT INTO control_list.list (code, title, tariff, destinations) VALUES ('MANY', 'Many entries', 'KR', '{RU,BY}') ON CONFLICT DO NOTHING;

-- each row is an item of its own, which need not be compared with all others
SET session_replication_role = replica;
INSERT INTO control_list.entry (list, item, codes, except_codes, ex, destinations, measure, valid, applies_if)
SELECT 'MANY', n, code, CASE WHEN fate < 0.05 AND hs_length(code) < 10 THEN hsmultirange(hsrange((hs_digits(code) || '10')::hscode)) END, fate > 0.97,
       CASE WHEN place < 0.4 THEN NULL WHEN place < 0.6 THEN '{@embargoed}' WHEN place < 0.65 THEN '{@watched,VN}' WHEN place < 0.7 THEN '{@arms}'
            WHEN place < 0.72 THEN '{UA-09,UA-14,UA-40,UA-43}' WHEN place < 0.73 THEN '{*}' ELSE countries END,
       CASE WHEN measure < 0.15 THEN 'review' WHEN measure < 0.25 THEN 'prohibited' END::screening_verdict,
       daterange(since, CASE WHEN n % 10 < 3 THEN since + 30 + days END),
       CASE WHEN fate BETWEEN 0.5 AND 0.51 THEN 'strict $.engine_cc > 2000'::jsonpath END
FROM made_up WHERE n BETWEEN (SELECT 1 + count(*) FROM control_list.entry WHERE list = 'MANY') AND :entries - 1402
ORDER BY n;
RESET session_replication_role;
VACUUM ANALYZE control_list.entry;
VACUUM ANALYZE control_list.list;
VACUUM ANALYZE control_list.destination_group;
