/*-------------------------------------------------------------------------
 *
 * gist_consistent.c
 *	  GiST for hscode, hsrange and hsmultirange: which keys match a query?
 *
 * The three operator classes build the same tree, whose keys are hsranges: on leaf
 * pages the range of the row, above them the smallest range around all below.
 * For codes and ranges the key says everything, so no answer is rechecked.  For a
 * multirange the key is the range around it, which decides relations of its ends
 * and leaves the others to a recheck.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/gist.h"

#include "relation.h"

PG_FUNCTION_INFO_V1(hscode_gist_consistent);
PG_FUNCTION_INFO_V1(hsrange_gist_consistent);
PG_FUNCTION_INFO_V1(hsmultirange_gist_consistent);

/* above the leaf pages the ends of rows can be anywhere in the key */
static bool
page_may_match(HsRange key, const HsQuery *query)
{
	HsBox		box = {key, key};

	return hs_box_may_match(box, query);
}

/* for rows that their keys say all about */
static Datum
exact_consistent(FunctionCallInfo fcinfo)
{
	GISTENTRY  *entry = (GISTENTRY *) PG_GETARG_POINTER(0);
	HsRange		key = *DatumGetHsRangeP(entry->key);
	HsQuery		query;

	hs_query_read(&query, PG_GETARG_DATUM(1), (StrategyNumber) PG_GETARG_UINT16(2));

	PG_RETURN_BOOL(GIST_LEAF(entry) ? hs_row_matches(key, &query) : page_may_match(key, &query));
}

Datum
hscode_gist_consistent(PG_FUNCTION_ARGS)
{
	*(bool *) PG_GETARG_POINTER(4) = false;
	return exact_consistent(fcinfo);
}

/*
 * Most queries ask which ranges cover or overlap a code or a range, and most keys of a
 * page do not.  On every page the key itself then has to, so there is no more to say.
 */
Datum
hsrange_gist_consistent(PG_FUNCTION_ARGS)
{
	HsRange		key = *DatumGetHsRangeP(((GISTENTRY *) PG_GETARG_POINTER(0))->key);
	Datum		argument = PG_GETARG_DATUM(1);
	HsCode		code;

	*(bool *) PG_GETARG_POINTER(4) = false;
	switch (PG_GETARG_UINT16(2))
	{
		case HS_CONTAINS + HS_CODE_STRATEGIES:
			code = DatumGetHsCode(argument);
			PG_RETURN_BOOL(key.low <= hs_code_leaf(code) && hs_code_leaf(code) <= key.high &&
						   hs_range_contains(key, hs_code_range(code)));
		case HS_OVERLAPS + HS_CODE_STRATEGIES:
			code = DatumGetHsCode(argument);
			PG_RETURN_BOOL(hs_code_leaf(code) <= key.high &&
						   hs_range_overlaps(key, hs_code_range(code)));
		case HS_CONTAINS:
			PG_RETURN_BOOL(hs_range_contains(key, *DatumGetHsRangeP(argument)));
		case HS_OVERLAPS:
			PG_RETURN_BOOL(hs_range_overlaps(key, *DatumGetHsRangeP(argument)));
		default:
			return exact_consistent(fcinfo);
	}
}

Datum
hsmultirange_gist_consistent(PG_FUNCTION_ARGS)
{
	GISTENTRY  *entry = (GISTENTRY *) PG_GETARG_POINTER(0);
	bool	   *recheck = (bool *) PG_GETARG_POINTER(4);
	HsRange		key = *DatumGetHsRangeP(entry->key);
	HsQuery		query;

	*recheck = true;
	hs_query_read(&query, PG_GETARG_DATUM(1), (StrategyNumber) PG_GETARG_UINT16(2));

	PG_RETURN_BOOL(GIST_LEAF(entry) ? hs_bounds_match(key, &query, recheck) : page_may_match(key, &query));
}
