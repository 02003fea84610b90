-- A list of codes and days, which rivals can answer, too: with the Korean one it has :entries.

INSERT INTO control_list.list (code, title, tariff) VALUES ('PLAIN', 'Many codes', 'KR');
UPDATE control_list.list SET enabled = code IN ('KR-2-2', 'PLAIN');

-- each row is an item of its own, which need not be compared with all others
SET session_replication_role = replica;
INSERT INTO control_list.entry (list, item, codes, valid)
SELECT 'PLAIN', n, code, daterange(since, CASE WHEN n % 10 < 3 THEN since + 30 + days END) FROM made_up WHERE n <= :entries - 1402 ORDER BY n;
RESET session_replication_role;
VACUUM ANALYZE control_list.entry;
VACUUM ANALYZE control_list.list;
