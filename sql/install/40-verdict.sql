-- The answer of a screening.  The order of the labels is the order of severity.

CREATE TYPE @extschema@.screening_verdict AS ENUM (
    'not_listed', 'licensed', 'review', 'incomplete', 'license_required', 'prohibited'
);
COMMENT ON TYPE @extschema@.screening_verdict IS
'answer of a screening, in order of severity; below review goods may go without a person, but not_listed is no clearance: catch-all rules exist that no list of codes shows';
