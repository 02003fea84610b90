/*-------------------------------------------------------------------------
 *
 * operators.c
 *	  Relations and set operations between codes, ranges and multiranges.
 *
 * A code and a range are seen as sets of one range, so that each operator has one
 * meaning, that of hs/hs_set.c, whatever stands on its sides.  The functions that
 * differ in their arguments alone are written by a macro; hscode_contained_by_hsrange
 * and so on, as SQL calls them.  There are none between two codes: a literal beside
 * a code is then a range, and nobody mistakes "covers" for "equals".
 *
 * Comparisons between a code and a range are here as well.  The order of codes is
 * that of their ranges, so both types share one btree family.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "type.h"

/* An argument as a set; the range must live as long as the set. */
static inline HsSet
hscode_argument(FunctionCallInfo fcinfo, int n, HsRange *range)
{
	*range = hs_code_range(PG_GETARG_HSCODE(n));
	return hs_set_of_range(range);
}

static inline HsSet
hsrange_argument(FunctionCallInfo fcinfo, int n, HsRange *range)
{
	*range = PG_GETARG_HSRANGE(n);
	return hs_set_of_range(range);
}

static inline HsSet
hsmultirange_argument(FunctionCallInfo fcinfo, int n, HsRange *range)
{
	(void) range;
	return PG_GETARG_HSSET(n);
}

#define DEFINE_RELATION(relation, left, right, name) \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	HsRange		a; \
	HsRange		b; \
	PG_RETURN_BOOL(relation(left##_argument(fcinfo, 0, &a), right##_argument(fcinfo, 1, &b))); \
}

/* one relation, between all types but two codes */
#define DEFINE_RELATIONS(relation, word) \
DEFINE_RELATION(relation, hscode, hsrange, hscode_##word##_hsrange) \
DEFINE_RELATION(relation, hscode, hsmultirange, hscode_##word##_hsmultirange) \
DEFINE_RELATION(relation, hsrange, hscode, hsrange_##word##_hscode) \
DEFINE_RELATION(relation, hsrange, hsrange, hsrange_##word##_hsrange) \
DEFINE_RELATION(relation, hsrange, hsmultirange, hsrange_##word##_hsmultirange) \
DEFINE_RELATION(relation, hsmultirange, hscode, hsmultirange_##word##_hscode) \
DEFINE_RELATION(relation, hsmultirange, hsrange, hsmultirange_##word##_hsrange) \
DEFINE_RELATION(relation, hsmultirange, hsmultirange, hsmultirange_##word##_hsmultirange)

DEFINE_RELATIONS(hs_set_contains, contains)
DEFINE_RELATIONS(hs_set_contained, contained_by)
DEFINE_RELATIONS(hs_set_overlaps, overlaps)
DEFINE_RELATIONS(hs_set_before, before)
DEFINE_RELATIONS(hs_set_after, after)
DEFINE_RELATIONS(hs_set_overleft, overleft)
DEFINE_RELATIONS(hs_set_overright, overright)
DEFINE_RELATIONS(hs_set_adjacent, adjacent)

#define DEFINE_OPERATION(operation, left, right, name) \
PG_FUNCTION_INFO_V1(name); \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	HsRange		x; \
	HsRange		y; \
	HsSet		a = left##_argument(fcinfo, 0, &x); \
	HsSet		b = right##_argument(fcinfo, 1, &y); \
	HsMultirange *result = hs_multirange_make((int64) a.count + b.count); \
	return hs_multirange_finish(result, operation(a, b, result->ranges)); \
}

/* one operation; codes come in by their cast to hsrange */
#define DEFINE_OPERATIONS(operation, word) \
DEFINE_OPERATION(operation, hsrange, hsrange, hsrange_##word##_hsrange) \
DEFINE_OPERATION(operation, hsrange, hsmultirange, hsrange_##word##_hsmultirange) \
DEFINE_OPERATION(operation, hsmultirange, hsrange, hsmultirange_##word##_hsrange) \
DEFINE_OPERATION(operation, hsmultirange, hsmultirange, hsmultirange_##word##_hsmultirange)

DEFINE_OPERATIONS(hs_set_union, plus)
DEFINE_OPERATIONS(hs_set_intersect, times)
DEFINE_OPERATIONS(hs_set_minus, minus)

#define DEFINE_COMPARISON(left, right, word, operator) \
PG_FUNCTION_INFO_V1(left##_##word##_##right); \
Datum \
left##_##word##_##right(PG_FUNCTION_ARGS) \
{ \
	HsRange		a; \
	HsRange		b; \
	(void) left##_argument(fcinfo, 0, &a); \
	(void) right##_argument(fcinfo, 1, &b); \
	PG_RETURN_BOOL(hs_range_compare(a, b) operator 0); \
}

#define DEFINE_COMPARISONS(left, right) \
DEFINE_COMPARISON(left, right, eq, ==) \
DEFINE_COMPARISON(left, right, ne, !=) \
DEFINE_COMPARISON(left, right, lt, <) \
DEFINE_COMPARISON(left, right, le, <=) \
DEFINE_COMPARISON(left, right, gt, >) \
DEFINE_COMPARISON(left, right, ge, >=) \
PG_FUNCTION_INFO_V1(left##_cmp_##right); \
Datum \
left##_cmp_##right(PG_FUNCTION_ARGS) \
{ \
	HsRange		a; \
	HsRange		b; \
	(void) left##_argument(fcinfo, 0, &a); \
	(void) right##_argument(fcinfo, 1, &b); \
	PG_RETURN_INT32(hs_range_compare(a, b)); \
}

DEFINE_COMPARISONS(hscode, hsrange)
DEFINE_COMPARISONS(hsrange, hscode)
