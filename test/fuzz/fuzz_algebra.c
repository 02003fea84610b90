/*-------------------------------------------------------------------------
 *
 * fuzz_algebra.c
 *	  Target: sets of ranges against bitmaps.
 *
 * The leaves are cut into 64 pieces at the leaves of "cuts", which are where
 * arithmetic is likely to go wrong: the first leaf and the last, their
 * neighbours, the ends of chapters and headings.  A set is then a word of 64
 * bits, and each operation a line of bit arithmetic.
 *
 * The input is three sets, each a count and as many pairs of pieces, in any
 * order; all of it can be written in letters: '@' is 0, 'A' 1 and so on.
 *
 *-------------------------------------------------------------------------
 */
#include <string.h>

#include "fuzz.h"
#include "hs/hs.h"

#define PIECES 64
#define MOST_RANGES 40

static int64_t cuts[PIECES + 1];

typedef struct Model
{
	uint64_t	bits;
	int			count;
	HsRange    *ranges;			/* just as large as count */
} Model;

/* 32 cuts at the beginning and 32 at the end, their distances growing. */
static void
make_cuts(void)
{
	int64_t		distance = 1;

	for (int i = 0; i < PIECES / 2; i++)
	{
		cuts[i] = i == 0 ? HS_FIRST_LEAF : cuts[i - 1] + distance;
		cuts[PIECES - i] = i == 0 ? HS_LAST_LEAF + 1 : cuts[PIECES - i + 1] - distance;
		if (i % 2 == 1 && distance < INT64_C(1000000000000))
			distance *= 10;
	}
	cuts[PIECES / 2] = INT64_C(50000000000000);
	for (int i = 0; i < PIECES; i++)
		CHECK(cuts[i] < cuts[i + 1]);
}

static uint64_t
bits_between(int first, int last)
{
	return (last == 63 ? ~UINT64_C(0) : (UINT64_C(1) << (last + 1)) - 1) & ~((UINT64_C(1) << first) - 1);
}

/* The runs of bits as ranges; the model's own idea of a canonical set. */
static int
runs(uint64_t bits, HsRange *result)
{
	int			count = 0;

	for (int i = 0; i < PIECES; i++)
	{
		if ((bits >> i & 1) == 0)
			continue;
		if (i > 0 && (bits >> (i - 1) & 1) != 0)
			result[count - 1].high = cuts[i + 1] - 1;
		else
			result[count++] = (HsRange) {cuts[i], cuts[i + 1] - 1};
	}
	return count;
}

static HsSet
set_of(const Model *model)
{
	return (HsSet) {model->count, model->ranges};
}

/* Does the set consist of just these pieces? */
static void
check_is(HsSet set, uint64_t bits)
{
	HsRange		expected[PIECES];
	int			count = runs(bits, expected);

	CHECK(hs_set_is_valid(set));
	CHECK(set.count == count);
	CHECK(count == 0 || memcmp(set.ranges, expected, sizeof(HsRange) * (size_t) count) == 0);
}

static Model
take_set(Input *input)
{
	Model		model = {0, take_byte(input) % 64 % MOST_RANGES, NULL};

	model.ranges = malloc(sizeof(HsRange) * (size_t) model.count);
	for (int i = 0; i < model.count; i++)
	{
		int			a = take_byte(input) % PIECES;
		int			b = take_byte(input) % PIECES;
		int			first = a < b ? a : b;
		int			last = a < b ? b : a;

		model.bits |= bits_between(first, last);
		model.ranges[i] = (HsRange) {cuts[first], cuts[last + 1] - 1};
	}
	model.count = hs_set_normalize(model.ranges, model.count);
	/* so that the sanitizer sees whoever reads past the end */
	if (model.count > 0)
		model.ranges = realloc(model.ranges, sizeof(HsRange) * (size_t) model.count);
	check_is(set_of(&model), model.bits);
	return model;
}

static int
first_bit(uint64_t bits)
{
	return __builtin_ctzll(bits);
}

static int
last_bit(uint64_t bits)
{
	return 63 - __builtin_clzll(bits);
}

static void
check_operation(int (*operation) (HsSet, HsSet, HsRange *), const Model *a, const Model *b, uint64_t expected)
{
	size_t		size = sizeof(HsRange) * (size_t) (a->count + b->count);
	HsRange    *result = malloc(size);

	check_is((HsSet) {operation(set_of(a), set_of(b), result), result}, expected);
	free(result);
}

static void
check_relations(const Model *a, const Model *b)
{
	HsSet		x = set_of(a);
	HsSet		y = set_of(b);
	bool		both = a->bits != 0 && b->bits != 0;

	CHECK(hs_set_contains(x, y) == ((b->bits & ~a->bits) == 0));
	CHECK(hs_set_contained(x, y) == ((a->bits & ~b->bits) == 0));
	CHECK(hs_set_overlaps(x, y) == ((a->bits & b->bits) != 0));
	CHECK(hs_set_before(x, y) == (both && last_bit(a->bits) < first_bit(b->bits)));
	CHECK(hs_set_after(x, y) == (both && first_bit(a->bits) > last_bit(b->bits)));
	CHECK(hs_set_overleft(x, y) == (both && last_bit(a->bits) <= last_bit(b->bits)));
	CHECK(hs_set_overright(x, y) == (both && first_bit(a->bits) >= first_bit(b->bits)));
	CHECK(hs_set_adjacent(x, y) == (both && (last_bit(a->bits) + 1 == first_bit(b->bits) ||
											 last_bit(b->bits) + 1 == first_bit(a->bits))));
}

/* The order by its definition: the first range that differs, the wider one first. */
static int
model_compare(uint64_t a, uint64_t b)
{
	HsRange		x[PIECES];
	HsRange		y[PIECES];
	int			x_count = runs(a, x);
	int			y_count = runs(b, y);

	for (int i = 0; i < x_count && i < y_count; i++)
	{
		if (x[i].low != y[i].low)
			return x[i].low < y[i].low ? -1 : 1;
		if (x[i].high != y[i].high)
			return x[i].high > y[i].high ? -1 : 1;
	}
	return sign(x_count - y_count);
}

static void
check_pair(const Model *a, const Model *b)
{
	check_operation(hs_set_union, a, b, a->bits | b->bits);
	check_operation(hs_set_intersect, a, b, a->bits & b->bits);
	check_operation(hs_set_minus, a, b, a->bits & ~b->bits);
	check_relations(a, b);
	CHECK(sign(hs_set_compare(set_of(a), set_of(b))) == model_compare(a->bits, b->bits));
	CHECK((hs_set_compare(set_of(a), set_of(b)) == 0) == (a->bits == b->bits));

	for (int i = 0; i < a->count; i++)
	{
		for (int j = 0; j < b->count; j++)
		{
			HsRange		x = a->ranges[i];
			HsRange		y = b->ranges[j];

			CHECK(hs_range_contains(x, y) == hs_set_contains((HsSet) {1, &x}, (HsSet) {1, &y}));
			CHECK(hs_range_overlaps(x, y) == hs_set_overlaps((HsSet) {1, &x}, (HsSet) {1, &y}));
		}
	}
}

/* What separates or joins neighbours: damage a set at a seam and it is none. */
static void
check_invalid(const Model *a)
{
	if (a->count < 2)
		return;
	for (int i = 1; i < a->count; i++)
	{
		int64_t		low = a->ranges[i].low;

		a->ranges[i].low = a->ranges[i - 1].high + 1;
		CHECK(!hs_set_is_valid(set_of(a)));
		a->ranges[i].low = low;
	}
	CHECK(hs_set_is_valid(set_of(a)));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Input		input = {data, data + size};
	Model		sets[3];

	if (cuts[0] == 0)
		make_cuts();
	for (int i = 0; i < 3; i++)
		sets[i] = take_set(&input);
	for (int i = 0; i < 3; i++)
	{
		check_invalid(&sets[i]);
		for (int j = 0; j < 3; j++)
			check_pair(&sets[i], &sets[j]);
	}
	for (int i = 0; i < 3; i++)
		free(sets[i].ranges);
	return 0;
}
