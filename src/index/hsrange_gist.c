/*-------------------------------------------------------------------------
 *
 * hsrange_gist.c
 *	  GiST operator class for hsrange: which ranges cover, overlap or lie in this?
 *
 * A key, in leaves and above, is an hsrange: that of the row, or the smallest
 * range around all below it.  Nothing is compressed and nothing is lossy, so
 * index-only scans need no fetch function and no answer is rechecked.
 *
 * On an inner page a key bounds what lies below, so it may go down where
 * - something below could overlap the query: the key overlaps it;
 * - something below could contain or equal the query: the key contains it;
 * - something below could lie in the query: the key overlaps it.
 *
 * A page is split where its ranges, in the order of their middles, fall into
 * halves.  Tariff ranges are short and mostly disjoint, so halves hardly overlap.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/gist.h"
#include "access/stratnum.h"

#include "type/type.h"

PG_FUNCTION_INFO_V1(hsrange_gist_consistent);
PG_FUNCTION_INFO_V1(hsrange_gist_union);
PG_FUNCTION_INFO_V1(hsrange_gist_penalty);
PG_FUNCTION_INFO_V1(hsrange_gist_picksplit);
PG_FUNCTION_INFO_V1(hsrange_gist_same);

/* those that PostgreSQL's own ranges have are numbered alike (access/stratnum.h) */
#define HS_OVERLAPS_STRATEGY		3
#define HS_CONTAINS_STRATEGY		7
#define HS_CONTAINED_STRATEGY		8
#define HS_OVERLAPS_CODE_STRATEGY	23
#define HS_CONTAINS_CODE_STRATEGY	27
#define HS_EQUAL_STRATEGY			18

static inline HsRange
entry_range(const GistEntryVector *entries, int i)
{
	return *DatumGetHsRangeP(entries->vector[i].key);
}

static inline HsRange
range_around(HsRange a, HsRange b)
{
	HsRange		around;

	around.low = Min(a.low, b.low);
	around.high = Max(a.high, b.high);
	return around;
}

static bool
row_matches(HsRange key, HsRange query, StrategyNumber strategy)
{
	switch (strategy)
	{
		case HS_OVERLAPS_STRATEGY:
			return hs_range_overlaps(key, query);
		case HS_CONTAINS_STRATEGY:
			return hs_range_contains(key, query);
		case HS_CONTAINED_STRATEGY:
			return hs_range_contains(query, key);
		case HS_EQUAL_STRATEGY:
			return hs_range_compare(key, query) == 0;
		default:
			elog(ERROR, "unrecognized hsrange strategy: %d", strategy);
			return false;		/* keep compiler quiet */
	}
}

static bool
page_may_match(HsRange key, HsRange query, StrategyNumber strategy)
{
	if (strategy == HS_OVERLAPS_STRATEGY || strategy == HS_CONTAINED_STRATEGY)
		return hs_range_overlaps(key, query);
	return hs_range_contains(key, query);
}

Datum
hsrange_gist_consistent(PG_FUNCTION_ARGS)
{
	GISTENTRY  *entry = (GISTENTRY *) PG_GETARG_POINTER(0);
	StrategyNumber strategy = (StrategyNumber) PG_GETARG_UINT16(2);
	bool	   *recheck = (bool *) PG_GETARG_POINTER(4);
	HsRange		key = *DatumGetHsRangeP(entry->key);
	HsRange		query;

	*recheck = false;
	switch (strategy)
	{
		case HS_CONTAINS_CODE_STRATEGY:
			query = hs_code_range(PG_GETARG_HSCODE(1));
			strategy = HS_CONTAINS_STRATEGY;
			break;
		case HS_OVERLAPS_CODE_STRATEGY:
			query = hs_code_range(PG_GETARG_HSCODE(1));
			strategy = HS_OVERLAPS_STRATEGY;
			break;
		default:
			query = PG_GETARG_HSRANGE(1);
	}

	PG_RETURN_BOOL(GIST_LEAF(entry) ?
				   row_matches(key, query, strategy) :
				   page_may_match(key, query, strategy));
}

Datum
hsrange_gist_union(PG_FUNCTION_ARGS)
{
	GistEntryVector *entries = (GistEntryVector *) PG_GETARG_POINTER(0);
	int		   *size = (int *) PG_GETARG_POINTER(1);
	HsRange		around = entry_range(entries, 0);

	for (int i = 1; i < entries->n; i++)
		around = range_around(around, entry_range(entries, i));
	*size = sizeof(HsRange);
	PG_RETURN_HSRANGE(around);
}

/* by how many leaves the key would have to grow */
Datum
hsrange_gist_penalty(PG_FUNCTION_ARGS)
{
	HsRange		key = *DatumGetHsRangeP(((GISTENTRY *) PG_GETARG_POINTER(0))->key);
	HsRange		added = *DatumGetHsRangeP(((GISTENTRY *) PG_GETARG_POINTER(1))->key);
	float	   *penalty = (float *) PG_GETARG_POINTER(2);
	HsRange		grown = range_around(key, added);

	*penalty = (float) ((grown.high - grown.low) - (key.high - key.low));
	PG_RETURN_POINTER(penalty);
}

typedef struct SplitItem
{
	int64		middle;			/* twice the middle of the range */
	OffsetNumber offset;
} SplitItem;

static int
compare_split_items(const void *a, const void *b)
{
	int64		middle_a = ((const SplitItem *) a)->middle;
	int64		middle_b = ((const SplitItem *) b)->middle;

	return (middle_a > middle_b) - (middle_a < middle_b);
}

/* The items of one side of a split: their offsets, and the range around them. */
static Datum
fill_side(const GistEntryVector *entries, const SplitItem *items, int count,
		  OffsetNumber *offsets)
{
	HsRange		around = entry_range(entries, items[0].offset);

	for (int i = 0; i < count; i++)
	{
		offsets[i] = items[i].offset;
		around = range_around(around, entry_range(entries, items[i].offset));
	}
	return HsRangeGetDatum(around);
}

Datum
hsrange_gist_picksplit(PG_FUNCTION_ARGS)
{
	GistEntryVector *entries = (GistEntryVector *) PG_GETARG_POINTER(0);
	GIST_SPLITVEC *split = (GIST_SPLITVEC *) PG_GETARG_POINTER(1);
	int			count = entries->n - FirstOffsetNumber;
	int			left = count / 2;
	SplitItem  *items = (SplitItem *) palloc(sizeof(SplitItem) * count);

	for (int i = 0; i < count; i++)
	{
		HsRange		range;

		items[i].offset = (OffsetNumber) (FirstOffsetNumber + i);
		range = entry_range(entries, items[i].offset);
		items[i].middle = range.low + range.high;
	}
	qsort(items, count, sizeof(SplitItem), compare_split_items);

	split->spl_nleft = left;
	split->spl_nright = count - left;
	split->spl_left = (OffsetNumber *) palloc(sizeof(OffsetNumber) * (left + 1));
	split->spl_right = (OffsetNumber *) palloc(sizeof(OffsetNumber) * (count - left + 1));
	split->spl_ldatum = fill_side(entries, items, left, split->spl_left);
	split->spl_rdatum = fill_side(entries, items + left, count - left, split->spl_right);
	PG_RETURN_POINTER(split);
}

Datum
hsrange_gist_same(PG_FUNCTION_ARGS)
{
	bool	   *same = (bool *) PG_GETARG_POINTER(2);

	*same = hs_range_compare(PG_GETARG_HSRANGE(0), PG_GETARG_HSRANGE(1)) == 0;
	PG_RETURN_POINTER(same);
}
