/*-------------------------------------------------------------------------
 *
 * gist_split.c
 *	  GiST for hscode, hsrange and hsmultirange: how an overfull page is split.
 *
 * A split is named by two leaves: everything left of it ends at or before one of
 * them, everything right of it begins at or after the other.  What lies between
 * the two is the overlap, and a query in there has to visit both pages; so the
 * split with the least overlap is wanted.
 *
 * Candidates come from both sorted orders.  By first leaves: whatever begins before
 * a given range goes left, and the last leaf among those is the left page's.  By
 * last leaves, in the mirror: whatever ends after a given range goes right.  Either
 * way some ranges could be on both sides at no cost; these are dealt out so that
 * the sides come near the wanted sizes.  Core's split of its own range types works
 * on the same idea (rangetypes_gist.c, "double sorting split").
 *
 * Wanted sizes: a page that overflows on insertion is halved, or cut 3 to 7 at the
 * worst where this overlaps less.  A sorted build (PostgreSQL 15 and later) hands
 * over several full pages at once and splits the parts again until each fits; it is
 * told from the other case by the page that comes along, a full one, which holds
 * nearly all the entries or a part of them.  Core tests every key of a page that it
 * visits, so that a fuller page makes a smaller index but slower queries; and it
 * leaves no room for better cuts.  Leaf pages are made two thirds full, near enough.
 * Where space is no matter, in a small index and above the leaf pages, one part after
 * the other is cut off, until the next cut would leave what fits on a page; that is
 * halved.  Parts are a quarter of a page in a small index, and a twelfth above the leaf
 * pages: a query tests the keys of one page of every level, and they are fewest where
 * the levels above have about as many each.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "access/gist.h"
#include "storage/bufmgr.h"

#include "relation.h"

PG_FUNCTION_INFO_V1(hsrange_gist_picksplit);

/* how far from the middle an overflowing page may be cut, as a share of its entries */
#define MOST_SHIFT		0.2

/* how full pages of a sorted build shall be: large, small, above leaf pages; and by how much that may vary */
#define BUILD_FILL		(2.0 / 3.0)
#define BUILD_SPARSE	(1.0 / 4.0)
#define BUILD_INNER		(1.0 / 12.0)
#define BUILD_SHIFT		0.2

/* an index of so many pages is small */
#define SMALL_INDEX		((BlockNumber) 64)

typedef struct SplitItem
{
	HsRange		range;
	OffsetNumber offset;
} SplitItem;

/* How many ranges go left, and what that costs. */
typedef struct Split
{
	int64		left_last;		/* ranges that end after this must go right */
	int64		right_first;	/* ranges that begin before this must go left */
	int			left_count;
	int64		overlap;		/* leaves between the two */
	int			shift;			/* so far from the wanted number */
} Split;

typedef struct SplitContext
{
	int			count;
	int			wanted_left;	/* how many shall go left */
	int			most_shift;		/* and how many more or less at most */
	SplitItem  *by_low;			/* ascending by first, then by last leaf */
	SplitItem  *by_high;		/* ascending by last, then by first leaf */
	Split		best;
} SplitContext;

static int
compare_leaves(int64 a, int64 b)
{
	return (a > b) - (a < b);
}

static int
compare_low(const void *a, const void *b)
{
	const HsRange *x = &((const SplitItem *) a)->range;
	const HsRange *y = &((const SplitItem *) b)->range;
	int			order = compare_leaves(x->low, y->low);

	return order != 0 ? order : compare_leaves(x->high, y->high);
}

static int
compare_high(const void *a, const void *b)
{
	const HsRange *x = &((const SplitItem *) a)->range;
	const HsRange *y = &((const SplitItem *) b)->range;
	int			order = compare_leaves(x->high, y->high);

	return order != 0 ? order : compare_leaves(x->low, y->low);
}

/*
 * Considers a split of which must_left ranges must go left and must_right must go
 * right.  It replaces the best one if it overlaps less, or as much at a better place.
 */
static void
consider(SplitContext *context, int64 left_last, int64 right_first, int must_left, int must_right)
{
	Split	   *best = &context->best;
	int64		overlap = Max(left_last - right_first + 1, 0);
	int			left = Max(must_left, Min(context->wanted_left, context->count - must_right));
	int			shift = abs(left - context->wanted_left);

	if (shift > context->most_shift || left == 0 || left == context->count)
		return;
	if (best->left_count == 0 || overlap < best->overlap ||
		(overlap == best->overlap && shift < best->shift))
		*best = (Split) {left_last, right_first, left, overlap, shift};
}

/* whatever begins before some range goes left */
static void
consider_first_leaves(SplitContext *context)
{
	int64		left_last = context->by_low[0].range.high;
	int			not_after = 0;	/* so many end at or before left_last */

	for (int i = 1; i < context->count; i++)
	{
		int64		right_first = context->by_low[i].range.low;

		left_last = Max(left_last, context->by_low[i - 1].range.high);
		while (not_after < context->count && context->by_high[not_after].range.high <= left_last)
			not_after++;
		if (right_first > context->by_low[i - 1].range.low)
			consider(context, left_last, right_first, i, context->count - not_after);
	}
}

/* whatever ends after some range goes right */
static void
consider_last_leaves(SplitContext *context)
{
	int			last = context->count - 1;
	int64		right_first = context->by_high[last].range.low;
	int			before = context->count;	/* so many begin before right_first */

	for (int i = last - 1; i >= 0; i--)
	{
		int64		left_last = context->by_high[i].range.high;

		right_first = Min(right_first, context->by_high[i + 1].range.low);
		while (before > 0 && context->by_low[before - 1].range.low >= right_first)
			before--;
		if (left_last < context->by_high[i + 1].range.high)
			consider(context, left_last, right_first, before, last - i);
	}
}

static void
add_item(OffsetNumber *offsets, int *count, Datum *around, const SplitItem *item)
{
	HsRange    *bounds = DatumGetHsRangeP(*around);

	if (*count == 0)
		*bounds = item->range;
	bounds->low = Min(bounds->low, item->range.low);
	bounds->high = Max(bounds->high, item->range.high);
	offsets[(*count)++] = item->offset;
}

/* In order of first leaves, ranges that may be on both sides fill the left one first. */
static void
apply_split(const SplitContext *context, GIST_SPLITVEC *vector)
{
	const Split *split = &context->best;
	int			free_left = split->left_count;

	vector->spl_left = (OffsetNumber *) palloc(sizeof(OffsetNumber) * context->count);
	vector->spl_right = (OffsetNumber *) palloc(sizeof(OffsetNumber) * context->count);
	vector->spl_ldatum = HsRangeGetDatum(HS_EMPTY_KEY);
	vector->spl_rdatum = HsRangeGetDatum(HS_EMPTY_KEY);
	vector->spl_nleft = vector->spl_nright = 0;

	for (int i = 0; i < context->count; i++)
		if (context->by_low[i].range.low < split->right_first)
			free_left--;

	for (int i = 0; i < context->count; i++)
	{
		const SplitItem *item = &context->by_low[i];
		bool		left = item->range.low < split->right_first;

		if (!left && item->range.high <= split->left_last && free_left > 0)
		{
			left = true;
			free_left--;
		}
		if (left)
			add_item(vector->spl_left, &vector->spl_nleft, &vector->spl_ldatum, item);
		else
			add_item(vector->spl_right, &vector->spl_nright, &vector->spl_rdatum, item);
	}
}

/* see the head of the file */
static void
choose_sizes(SplitContext *context, const GISTENTRY *entry)
{
	int			count = context->count;
	int			on_page = PageGetMaxOffsetNumber(entry->page);
	int			part = Max((int) (on_page * (GIST_LEAF(entry) ? BUILD_SPARSE : BUILD_INNER)), 1);

	if (count <= on_page + part)
	{
		context->wanted_left = count / 2;
		context->most_shift = (int) (count * MOST_SHIFT);
	}
	else if (GIST_LEAF(entry) && RelationGetNumberOfBlocks(entry->rel) >= SMALL_INDEX)
	{
		int			pages = Max(2, (int) rint(count / (on_page * BUILD_FILL)));

		context->wanted_left = (int) ((int64) count * (pages / 2) / pages);
		context->most_shift = (int) (count * BUILD_SHIFT / pages);
	}
	else
	{
		context->wanted_left = part;
		context->most_shift = (int) (context->wanted_left * BUILD_SHIFT);
	}
}

static void
sort_entries(SplitContext *context, const GistEntryVector *entries)
{
	Size		size = sizeof(SplitItem) * context->count;

	context->by_low = (SplitItem *) palloc(size);
	context->by_high = (SplitItem *) palloc(size);
	for (int i = 0; i < context->count; i++)
	{
		context->by_low[i].offset = (OffsetNumber) (FirstOffsetNumber + i);
		context->by_low[i].range = *DatumGetHsRangeP(entries->vector[FirstOffsetNumber + i].key);
	}
	qsort(context->by_low, context->count, sizeof(SplitItem), compare_low);
	memcpy(context->by_high, context->by_low, size);
	qsort(context->by_high, context->count, sizeof(SplitItem), compare_high);
}

Datum
hsrange_gist_picksplit(PG_FUNCTION_ARGS)
{
	GistEntryVector *entries = (GistEntryVector *) PG_GETARG_POINTER(0);
	GIST_SPLITVEC *vector = (GIST_SPLITVEC *) PG_GETARG_POINTER(1);
	SplitContext context;
	int64		first;
	int64		last;

	context.count = entries->n - FirstOffsetNumber;
	choose_sizes(&context, &entries->vector[FirstOffsetNumber]);
	sort_entries(&context, entries);

	/* to begin with: all ranges could be on both sides, so there always is a split */
	first = context.by_low[0].range.low;
	last = context.by_high[context.count - 1].range.high;
	context.best = (Split) {last, first, 0, last - first, context.count};
	consider(&context, last, first, 0, 0);
	consider_first_leaves(&context);
	consider_last_leaves(&context);

	apply_split(&context, vector);
	PG_RETURN_POINTER(vector);
}
