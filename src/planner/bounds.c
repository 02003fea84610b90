/*-------------------------------------------------------------------------
 *
 * bounds.c
 *	  Where the codes of a range begin and end in the order of codes.
 *
 * A range is an interval of leaves, and in the order of codes its codes lie between
 * two of them.  The first is not the one that its text begins with: 8471.30-8471.50
 * contains 8471.3, which sorts before 8471.30.  The last is the last leaf.  But not
 * all between them need be contained: 8471.5 lies between, and reaches farther.
 * That happens just where a code begins after the start of the range and ends after
 * its end.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/lsyscache.h"

#include "planner.h"

PG_FUNCTION_INFO_V1(hsrange_first_code);
PG_FUNCTION_INFO_V1(hsrange_last_code);
PG_FUNCTION_INFO_V1(hsmultirange_first_code);
PG_FUNCTION_INFO_V1(hsmultirange_last_code);
PG_FUNCTION_INFO_V1(hsrange_covering_codes);

/* The code of so many digits that a leaf lies in. */
static inline HsCode
code_around(int64 leaf, int digits)
{
	return hs_code_make(leaf - leaf % hs_span(digits), digits);
}

static HsCode
last_code(HsRange range)
{
	return hs_code_make(range.high, HS_MAX_DIGITS);
}

bool
hs_range_is_interval(HsRange range)
{
	for (int digits = HS_CHAPTER_DIGITS; digits < HS_MAX_DIGITS; digits++)
	{
		HsRange		last = hs_code_range(code_around(range.high, digits));

		if (hs_length_is_valid(digits) && last.low > range.low && last.high > range.high)
			return false;
	}
	return true;
}

Datum
hsrange_first_code(PG_FUNCTION_ARGS)
{
	PG_RETURN_HSCODE(hs_range_first_code(PG_GETARG_HSRANGE(0)));
}

Datum
hsrange_last_code(PG_FUNCTION_ARGS)
{
	PG_RETURN_HSCODE(last_code(PG_GETARG_HSRANGE(0)));
}

Datum
hsmultirange_first_code(PG_FUNCTION_ARGS)
{
	HsSet		set = PG_GETARG_HSSET(0);

	if (set.count == 0)
		PG_RETURN_NULL();
	PG_RETURN_HSCODE(hs_range_first_code(set.ranges[0]));
}

Datum
hsmultirange_last_code(PG_FUNCTION_ARGS)
{
	HsSet		set = PG_GETARG_HSSET(0);

	if (set.count == 0)
		PG_RETURN_NULL();
	PG_RETURN_HSCODE(last_code(set.ranges[set.count - 1]));
}

/* All codes that cover a range, from the broadest to the narrowest. */
Datum
hsrange_covering_codes(PG_FUNCTION_ARGS)
{
	HsRange		range = PG_GETARG_HSRANGE(0);
	Oid			type = get_element_type(get_func_rettype(fcinfo->flinfo->fn_oid));
	Datum		codes[HS_MAX_DIGITS];
	int			count = 0;

	for (int digits = HS_CHAPTER_DIGITS; digits <= HS_MAX_DIGITS; digits++)
	{
		HsCode		code = code_around(range.low, digits);

		if (hs_length_is_valid(digits) && hs_range_contains(hs_code_range(code), range))
			codes[count++] = HsCodeGetDatum(code);
	}
	PG_RETURN_ARRAYTYPE_P(construct_array(codes, count, type, sizeof(HsCode),
										  FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}
