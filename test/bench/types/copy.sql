-- COPY: the same digits into a column of codes and a column of bigint.

\set digits :out '/digits.txt'
\set dotted :out '/dotted.txt'
CREATE TABLE copy_hscode (v hscode);
CREATE TABLE copy_bigint (v bigint);
-- no zero in front, which a number would lose
COPY (SELECT hs_digits(hs) FROM code WHERE hs >= '10') TO :'digits';
COPY (SELECT hs FROM code WHERE hs >= '10') TO :'dotted';
INSERT INTO contender (race, name, statement, before)
VALUES ('copy', 'bigint, digits', format('COPY copy_bigint FROM %L', :'digits'), 'TRUNCATE copy_bigint'),
       ('copy', 'hscode, digits', format('COPY copy_hscode FROM %L', :'digits'), 'TRUNCATE copy_hscode'),
       ('copy', 'hscode, dotted', format('COPY copy_hscode FROM %L', :'dotted'), 'TRUNCATE copy_hscode');
CALL race('copy', :runs);
SELECT format('COPY in of %s codes', to_char(count(*), 'FM999,999,999')) AS work FROM copy_hscode \gset
CALL compare('copy', 'hscode, digits', 'bigint, digits', :'work', 'ms', 1, 1.15);
CALL compare('copy', 'hscode, dotted', 'bigint, digits', 'the same, as codes are printed', 'ms', 1, 1.15);
