-- Many rows at once.

SELECT format('INSERT INTO contender (race, name, statement, before, pieces)
               SELECT %1$L, t, format(%2$L, t), format(''TRUNCATE %%s'', t), %3$s
               FROM unnest(''{orders_empty,orders_protected,orders_strict,orders_empty_verdict,orders_verdict}''::text[]) AS t',
              race, statement, :row_count)
FROM (VALUES ('INSERT', 'INSERT INTO %s (id, hs, destination, ship_date, quantity, price, note) SELECT * FROM source'),
             ('COPY', format('COPY %%s (id, hs, destination, ship_date, quantity, price, note) FROM %L', :'file'))) AS r (race, statement) \gexec
CALL race('INSERT', :runs);
CALL race('COPY', :runs);
CALL compare('INSERT', 'orders_protected', 'orders_empty', 'INSERT ... SELECT, a row', 'ns', 1e-6, 1.2);
CALL compare('INSERT', 'orders_verdict', 'orders_empty_verdict', 'the same with a verdict column', 'ns', 1e-6, 1.2);
CALL compare('INSERT', 'orders_strict', 'orders_empty', 'the same with strict protection', 'ns', 1e-6);
CALL compare('COPY', 'orders_protected', 'orders_empty', 'COPY, a row', 'ns', 1e-6, 1.2);
CALL compare('COPY', 'orders_verdict', 'orders_empty_verdict', 'the same with a verdict column', 'ns', 1e-6, 1.2);
CALL compare('COPY', 'orders_strict', 'orders_empty', 'the same with strict protection', 'ns', 1e-6);

INSERT INTO contender (race, name, statement, before, pieces)
SELECT 'by hand', t, format('INSERT INTO %s SELECT * FROM source LIMIT %s', t, :sample), format('TRUNCATE %s', t), :sample
FROM unnest('{orders_protected,orders_plpgsql}'::text[]) AS t;
CALL race('by hand', :runs);
CALL compare('by hand', 'orders_protected', 'orders_plpgsql', 'INSERT ... SELECT beside a plpgsql trigger', 'ns', 1e-6);
