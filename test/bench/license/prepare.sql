-- A license that is drawn from, one with a quota, and the rival.

INSERT INTO control_list.list (code, title) VALUES ('L', 'a list');
INSERT INTO control_list.license (number, list, destinations, codes, valid, max_quantity, unit, max_value, currency, quota_period) VALUES
    ('plain', 'L', '{*}', '{85}', '(,)', 1e9, 'kg', 1e9, 'USD', NULL),
    ('quota', 'L', '{*}', '{85}', '(,)', 1e9, 'kg', 1e9, 'USD', '1 year');
-- 1,000 draws within the period
SELECT count(control_list.draw_license('quota', 1, 1, 'order', 'kg', 'USD')) FROM generate_series(1, 1000);

CREATE TABLE rival (number text PRIMARY KEY, quantity numeric NOT NULL);
CREATE TABLE rival_use (number text, reference text, quantity numeric);
INSERT INTO rival VALUES ('plain', 1e9);
CREATE FUNCTION take(taken_from text, taken numeric, taken_for text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
    quantity_left numeric;
BEGIN
    UPDATE rival SET quantity = quantity - taken WHERE number = taken_from AND quantity >= taken RETURNING quantity INTO quantity_left;
    IF NOT FOUND THEN
        RAISE 'used up';
    END IF;
    INSERT INTO rival_use VALUES (taken_from, taken_for, taken);
    RETURN quantity_left;
END
$$;

INSERT INTO contender (race, name, statement)
SELECT race, name, statement
FROM unnest('{one session,two sessions}'::text[]) AS race,
     (VALUES ('draw_license', $$SELECT control_list.draw_license('plain', 1, 1, 'order', 'kg', 'USD')$$),
             ('draw_license, quota', $$SELECT control_list.draw_license('quota', 0.001, 1, 'order', 'kg', 'USD')$$),
             ('UPDATE', $$SELECT take('plain', 1, 'order')$$)) AS c (name, statement);
