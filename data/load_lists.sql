-- Loads the lists of this directory: Korea's, and the Common High Priority List as
-- a list to review for ten countries, those of Japan's diversion rule.  Run it with
-- psql from the directory above, with the extension created:
--
--     psql -f data/load_lists.sql

INSERT INTO control_list.list
    (code, title, authority, legal_basis, jurisdictions, tariff, time_zone, destinations, known_from)
VALUES
    ('KR-2-2', 'Goods restricted to Russia and Belarus',
     'Ministry of Trade, Industry and Energy', 'Public Notice on Trade of Strategic Items, Annex 2-2',
     '{KR}', 'KR', 'Asia/Seoul', '{RU,BY}', '2024-02-24');

INSERT INTO control_list.destination_group (name, territory)
SELECT 'diversion-watch', unnest('{AE,AM,CN,IN,KZ,KG,SY,TH,TR,UZ}'::text[]);

INSERT INTO control_list.list (code, title, authority, destinations, measure)
VALUES ('CHPL', 'Common High Priority List', 'US, EU, UK and Japan', '{@diversion-watch}', 'review');

SELECT control_list.begin_import('KR-2-2');
\copy control_list_import (item, hs_code, effective_from) from 'data/kr_annex_2_2.csv' with (format csv, header)
SELECT difference, count(*) FROM control_list.apply_import('2024-09-09', effective => '2024-09-09', expected_total => 1402) GROUP BY difference;
INSERT INTO control_list.revision (list, label, effective) VALUES ('KR-2-2', '2024-02-24', '2024-02-24');

SELECT control_list.begin_import('CHPL');
\copy control_list_import (item, hs_code, remark) from 'data/chpl.csv' with (format csv, header)
SELECT difference, count(*) FROM control_list.apply_import('2024-02-23', effective => '2024-02-23', expected_total => 50) GROUP BY difference;
