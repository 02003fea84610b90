CALL compare('rescreen', 'impact of a revision', 'plain scan', 'impact, for each row', 'ns', 1e-6, 2.5);
CALL compare('rescreen', 'impact of a correction', 'plain scan', 'impact, for each row', 'ns', 1e-6, 2.5);
CALL compare('rescreen', 'what was known', 'plain scan', 'rescreening, compared with what was known', 'ns', 1e-6, 1 / 0.6);
CALL compare('rescreen', 'what was known, batches of 100,000', 'plain scan', 'the same', 'ns', 1e-6, 1 / 0.6);
CALL compare('rescreen', 'the verdict column', 'plain scan beside a verdict', 'rescreening, compared with the verdict column', 'ns', 1e-6, 1 / 0.6);
CALL compare('rescreen', 'one chapter, by an index', 'plain scan', 'an entry of one chapter has changed, for each row of the table', 'ns', 1e-6);
