/*-------------------------------------------------------------------------
 *
 * relation.c
 *	  Tests of rows and pages against queries.  See relation.h.
 *
 * Most relations look at the ends of the query only, so a multirange counts as
 * the range around it.  Where the gaps in it matter, which is for && and <@, it is
 * looked up as a set.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "relation.h"

void
hs_query_read(HsQuery *query, Datum argument, StrategyNumber strategy)
{
	query->set = hs_set_of_range(&query->bounds);
	query->relation = strategy % HS_CODE_STRATEGIES;

	if (strategy < HS_CODE_STRATEGIES)
		query->bounds = *DatumGetHsRangeP(argument);
	else if (strategy < HS_MULTIRANGE_STRATEGIES)
		query->bounds = hs_code_range(DatumGetHsCode(argument));
	else
	{
		query->set = hs_multirange_set(DatumGetHsMultirangeP(argument));
		if (query->set.count > 0)
			query->bounds = hs_set_bounds(query->set);
	}
}

/* does any leaf of the range belong to the query? */
static inline bool
range_meets_query(HsRange range, const HsQuery *query)
{
	if (!hs_range_overlaps(range, query->bounds))
		return false;
	return query->set.count == 1 || hs_set_overlaps(hs_set_of_range(&range), query->set);
}

static inline bool
range_has_leaf(HsRange range, int64 leaf)
{
	return range.low <= leaf && leaf <= range.high;
}

static inline bool
range_lies_in_query(HsRange range, const HsQuery *query)
{
	if (!hs_range_contains(query->bounds, range))
		return false;
	return query->set.count == 1 || hs_set_contains(query->set, hs_set_of_range(&range));
}

/*
 * May rows match the empty query, some of which are perhaps empty, or perhaps not?
 * It is contained in everything, comes before everything else, and that is all.
 */
static bool
may_match_empty_query(const HsQuery *query, bool empty_rows, bool other_rows)
{
	switch (query->relation)
	{
		case HS_CONTAINS:
		case HS_GREATER_EQUAL:
			return true;
		case HS_CONTAINED_BY:
		case HS_LESS_EQUAL:
		case HS_EQUAL:
			return empty_rows;
		case HS_GREATER:
		case HS_NOT_EQUAL:
			return other_rows;
		default:
			return false;
	}
}

bool
hs_row_matches(HsRange row, const HsQuery *query)
{
	HsRange		bounds = query->bounds;

	if (query->set.count == 0)
		return may_match_empty_query(query, false, true);

	switch (query->relation)
	{
		case HS_BEFORE:
			return row.high < bounds.low;
		case HS_OVERLEFT:
			return row.high <= bounds.high;
		case HS_OVERLAPS:
			return range_meets_query(row, query);
		case HS_OVERRIGHT:
			return row.low >= bounds.low;
		case HS_AFTER:
			return row.low > bounds.high;
		case HS_ADJACENT:
			return row.high + 1 == bounds.low || bounds.high + 1 == row.low;
		case HS_CONTAINS:
			return hs_range_contains(row, bounds);
		case HS_CONTAINED_BY:
			return range_lies_in_query(row, query);
		case HS_LESS:
			return hs_range_compare(row, bounds) < 0;
		case HS_LESS_EQUAL:
			return hs_range_compare(row, bounds) <= 0;
		case HS_GREATER_EQUAL:
			return hs_range_compare(row, bounds) >= 0;
		case HS_GREATER:
			return hs_range_compare(row, bounds) > 0;
		case HS_EQUAL:
			return hs_range_compare(row, bounds) == 0;
		case HS_NOT_EQUAL:
			return hs_range_compare(row, bounds) != 0;
		default:
			elog(ERROR, "unrecognized strategy of an HS index: %d", query->relation);
			return false;		/* keep compiler quiet */
	}
}

bool
hs_bounds_match(HsRange bounds, const HsQuery *query, bool *recheck)
{
	bool		is_empty = hs_key_has_empty(bounds);

	*recheck = false;
	if (query->set.count == 0)
		return may_match_empty_query(query, is_empty, !is_empty);
	if (is_empty)
		return query->relation == HS_CONTAINED_BY || query->relation == HS_LESS ||
			query->relation == HS_LESS_EQUAL || query->relation == HS_NOT_EQUAL;

	switch (query->relation)
	{
		case HS_OVERLAPS:
			*recheck = true;
			return range_meets_query(bounds, query);
		case HS_CONTAINS:
			*recheck = true;
			return hs_range_contains(bounds, query->bounds);
		case HS_CONTAINED_BY:
			/* between its ends the row may have the gaps of the query or not */
			*recheck = query->set.count > 1;
			return range_meets_query((HsRange) {bounds.low, bounds.low}, query) &&
				range_meets_query((HsRange) {bounds.high, bounds.high}, query);
		case HS_LESS:
		case HS_LESS_EQUAL:
			/* sets that begin at the same leaf are in order of what follows */
			*recheck = bounds.low == query->bounds.low;
			return bounds.low <= query->bounds.low;
		case HS_GREATER_EQUAL:
		case HS_GREATER:
			*recheck = bounds.low == query->bounds.low;
			return bounds.low >= query->bounds.low;
		case HS_EQUAL:
			*recheck = true;
			return hs_range_compare(bounds, query->bounds) == 0;
		case HS_NOT_EQUAL:
			*recheck = hs_range_compare(bounds, query->bounds) == 0;
			return true;
		default:
			return hs_row_matches(bounds, query);
	}
}

bool
hs_box_may_match(HsBox box, const HsQuery *query)
{
	HsRange		bounds = query->bounds;

	if (query->set.count == 0)
		return may_match_empty_query(query, hs_key_has_empty(box.low), true);

	switch (query->relation)
	{
		case HS_BEFORE:
			return box.high.low < bounds.low;
		case HS_OVERLEFT:
			return box.high.low <= bounds.high;
		case HS_OVERLAPS:
			return range_meets_query((HsRange) {box.low.low, box.high.high}, query);
		case HS_OVERRIGHT:
			return box.low.high >= bounds.low;
		case HS_AFTER:
			return box.low.high > bounds.high;
		case HS_ADJACENT:
			return range_has_leaf(box.high, bounds.low - 1) ||
				range_has_leaf(box.low, bounds.high + 1);
		case HS_CONTAINS:
			return box.low.low <= bounds.low && bounds.high <= box.high.high;
		case HS_CONTAINED_BY:
			if (hs_key_has_empty(box.low))
				return true;
			return range_meets_query(box.low, query) && range_meets_query(box.high, query);
		case HS_LESS:
		case HS_LESS_EQUAL:
			return box.low.low <= bounds.low;
		case HS_GREATER_EQUAL:
		case HS_GREATER:
			return box.low.high >= bounds.low;
		case HS_NOT_EQUAL:
			return true;
		case HS_EQUAL:
			return range_has_leaf(box.low, bounds.low) && range_has_leaf(box.high, bounds.high);
		default:
			elog(ERROR, "unrecognized strategy of an HS index: %d", query->relation);
			return false;		/* keep compiler quiet */
	}
}
