/*-------------------------------------------------------------------------
 *
 * hs_set.c
 *	  Sets of leaves as sorted arrays of disjoint, non-adjacent ranges.
 *
 * A range is a set of one, and so is a code, so that every relation and operation
 * is written once.  Operations walk both arrays from low to high; relations look
 * ranges up by bisection.
 *
 * What a text or an aggregate has may be tens of millions of ranges, which take many
 * seconds to read and to sort.  Those are done in steps, so that one can be
 * interrupted in between.
 *
 *-------------------------------------------------------------------------
 */
#include <stdlib.h>

#include "hs_scan.h"

/* so many ranges are a step */
#define STEP	65536

void		(*hs_interrupt) (void) = NULL;

static void
take_step(void)
{
	if (hs_interrupt != NULL)
		hs_interrupt();
}

bool
hs_set_is_valid(HsSet set)
{
	for (int i = 0; i < set.count; i++)
	{
		if (!hs_range_is_valid(set.ranges[i]))
			return false;
		if (i > 0 && set.ranges[i].low <= set.ranges[i - 1].high + 1)
			return false;
	}
	return true;
}

/* The leaves between which the ranges begin.  True if they are in order of these. */
static bool
look_through(const HsRange *ranges, int count, HsRange *starts)
{
	bool		in_order = true;

	starts->low = starts->high = ranges[0].low;
	for (int i = 1; i < count; i++)
	{
		int64_t		low = ranges[i].low;

		in_order = in_order && ranges[i - 1].low <= low;
		starts->low = low < starts->low ? low : starts->low;
		starts->high = low > starts->high ? low : starts->high;
	}
	return in_order;
}

/* Moves what begins at or before a leaf to the front.  Returns how many that are. */
static int
divide(HsRange *ranges, int count, int64_t leaf)
{
	int			before = 0;

	for (int i = 0; i < count; i++)
	{
		HsRange		range = ranges[i];

		if (range.low > leaf)
			continue;
		ranges[i] = ranges[before];
		ranges[before++] = range;
	}
	return before;
}

/*
 * Sorts by first leaves.  What is too much for one step is divided in the middle of the
 * leaves in which it begins, again and again; so it ends after as many divisions as a
 * leaf has bits, whatever the ranges are.
 */
static void
sort_ranges(HsRange *ranges, int count)
{
	HsRange		starts;

	while (count > STEP && !look_through(ranges, count, &starts))
	{
		int			before = divide(ranges, count, starts.low + (starts.high - starts.low) / 2);

		take_step();
		sort_ranges(ranges, before);
		ranges += before;
		count -= before;
	}
	if (count <= STEP)
		qsort(ranges, (size_t) count, sizeof(HsRange), hs_range_qsort_compare);
}

int
hs_set_normalize(HsRange *ranges, int count)
{
	int			last = 0;

	if (count == 0)
		return 0;
	sort_ranges(ranges, count);
	for (int i = 1; i < count; i++)
	{
		if (ranges[i].low > ranges[last].high + 1)
			ranges[++last] = ranges[i];
		else if (ranges[i].high > ranges[last].high)
			ranges[last].high = ranges[i].high;
	}
	return last + 1;
}

/* True, and steps over it, if the cursor stands before this character. */
static bool
skip_character(HsCursor *cursor, char c)
{
	hs_skip_blanks(cursor);
	if (cursor->at == cursor->end || *cursor->at != c)
		return false;
	cursor->at++;
	return true;
}

HsProblem
hs_set_parse(const char *text, size_t size, HsRange *ranges, int capacity,
			 int *count)
{
	HsCursor	cursor = {text, text + size};
	int			filled = 0;
	HsProblem	problem;

	if (!skip_character(&cursor, '{'))
		return HS_BRACES;
	if (!skip_character(&cursor, '}'))
	{
		do
		{
			if (filled == capacity)
				return HS_TOO_MANY;
			if (filled % STEP == STEP - 1)
				take_step();
			problem = hs_scan_range(&cursor, &ranges[filled++]);
			if (problem != HS_OK)
				return problem;
		} while (skip_character(&cursor, ','));

		if (!skip_character(&cursor, '}'))
			return HS_BRACES;
	}
	if (hs_scan_end(&cursor) != HS_OK)
		return HS_BRACES;
	*count = hs_set_normalize(ranges, filled);
	return HS_OK;
}

int
hs_set_compare(HsSet a, HsSet b)
{
	int			common = a.count < b.count ? a.count : b.count;

	for (int i = 0; i < common; i++)
	{
		int			order = hs_range_compare(a.ranges[i], b.ranges[i]);

		if (order != 0)
			return order;
	}
	return (a.count > b.count) - (a.count < b.count);
}

/* The first range that does not end before the leaf, or NULL. */
static const HsRange *
find_leaf(HsSet set, int64_t leaf)
{
	int			low = 0;
	int			high = set.count;

	while (low < high)
	{
		int			middle = low + (high - low) / 2;

		if (set.ranges[middle].high < leaf)
			low = middle + 1;
		else
			high = middle;
	}
	return low < set.count ? &set.ranges[low] : NULL;
}

bool
hs_set_contains_ranges(HsSet a, HsSet b)
{
	for (int i = 0; i < b.count; i++)
	{
		const HsRange *found = find_leaf(a, b.ranges[i].low);

		if (found == NULL || !hs_range_contains(*found, b.ranges[i]))
			return false;
	}
	return true;
}

bool
hs_set_overlaps_ranges(HsSet a, HsSet b)
{
	/* look up each range of the smaller set in the larger one */
	if (b.count > a.count)
		return hs_set_overlaps_ranges(b, a);
	for (int i = 0; i < b.count; i++)
	{
		const HsRange *found = find_leaf(a, b.ranges[i].low);

		if (found == NULL)
			return false;
		if (hs_range_overlaps(*found, b.ranges[i]))
			return true;
	}
	return false;
}

bool
hs_set_before(HsSet a, HsSet b)
{
	return a.count > 0 && b.count > 0 &&
		hs_set_bounds(a).high < hs_set_bounds(b).low;
}

bool
hs_set_after(HsSet a, HsSet b)
{
	return hs_set_before(b, a);
}

bool
hs_set_overleft(HsSet a, HsSet b)
{
	return a.count > 0 && b.count > 0 &&
		hs_set_bounds(a).high <= hs_set_bounds(b).high;
}

bool
hs_set_overright(HsSet a, HsSet b)
{
	return a.count > 0 && b.count > 0 &&
		hs_set_bounds(a).low >= hs_set_bounds(b).low;
}

bool
hs_set_adjacent(HsSet a, HsSet b)
{
	return a.count > 0 && b.count > 0 &&
		(hs_set_bounds(a).high + 1 == hs_set_bounds(b).low ||
		 hs_set_bounds(b).high + 1 == hs_set_bounds(a).low);
}

int
hs_set_union(HsSet a, HsSet b, HsRange *result)
{
	int			count = 0;
	int			i = 0;
	int			j = 0;

	while (i < a.count || j < b.count)
	{
		bool		take_a = j == b.count ||
			(i < a.count && a.ranges[i].low <= b.ranges[j].low);
		HsRange		next = take_a ? a.ranges[i++] : b.ranges[j++];

		if (count == 0 || next.low > result[count - 1].high + 1)
			result[count++] = next;
		else if (next.high > result[count - 1].high)
			result[count - 1].high = next.high;
	}
	return count;
}

int
hs_set_intersect(HsSet a, HsSet b, HsRange *result)
{
	int			count = 0;
	int			i = 0;
	int			j = 0;

	while (i < a.count && j < b.count)
	{
		HsRange		x = a.ranges[i];
		HsRange		y = b.ranges[j];

		if (hs_range_overlaps(x, y))
			result[count++] = (HsRange) {x.low > y.low ? x.low : y.low,
				x.high < y.high ? x.high : y.high};
		if (x.high < y.high)
			i++;
		else
			j++;
	}
	return count;
}

int
hs_set_minus(HsSet a, HsSet b, HsRange *result)
{
	int			count = 0;
	int			j = 0;

	for (int i = 0; i < a.count; i++)
	{
		HsRange		rest = a.ranges[i];

		while (j < b.count && b.ranges[j].high < rest.low)
			j++;
		for (int k = j; k < b.count && b.ranges[k].low <= rest.high; k++)
		{
			if (b.ranges[k].low > rest.low)
				result[count++] = (HsRange) {rest.low, b.ranges[k].low - 1};
			rest.low = b.ranges[k].high + 1;
		}
		if (rest.low <= rest.high)
			result[count++] = rest;
	}
	return count;
}
