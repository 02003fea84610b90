-- One run of contender :no.  Before it the lists change, and the session has compiled them.

SELECT statement, statement ~ 'one_chapter' AS is_one_chapter FROM contender WHERE no = :no \gset
SELECT quote_literal(clock_timestamp()) AS since \gset
UPDATE control_list.list SET url = coalesce(url, '') || '.' WHERE code = 'KR-2-2';
SELECT pg_sleep(0.01) \g /dev/null
SELECT quote_literal(clock_timestamp()) AS one_chapter \gset
UPDATE control_list.entry SET remark = coalesce(remark, '') || '.' WHERE list = 'KR-2-2' AND item = '1160' AND :'is_one_chapter';
SELECT screen_shipment('8542.31', 'RU', '2024-09-09') \g /dev/null
SELECT clock_timestamp() AS started \gset
:statement;
UPDATE contender SET milliseconds = milliseconds || extract(epoch FROM clock_timestamp() - :'started')::float8 * 1000 WHERE no = :no;
