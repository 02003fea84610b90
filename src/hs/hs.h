/*-------------------------------------------------------------------------
 *
 * hs.h
 *	  Pure values of the Harmonized System: codes, ranges and sets of codes.
 *
 * The idea: a code is the set of its continuations to 14 digits.  The numbers
 * from 0 to 10^14 - 1 are called leaves; a code is then an interval of leaves,
 * namely all those that begin with its digits.  8542 is the interval
 * 85420000000000 to 85429999999999.  Everything else follows from arithmetic on
 * leaves: "covers" is containment of intervals, "adjacent" is plus one.
 *
 * Nothing here knows the server: no fmgr, no palloc, no ereport.  Functions
 * that can fail return an HsProblem, functions that produce many values write
 * into memory of the caller.  All can be compiled and fuzzed alone.
 *
 * Digits and notations: World Customs Organization, Harmonized System
 * Convention (chapter 2, heading 4, subheading 6 digits); national tariff lines
 * use up to 14.
 *
 *-------------------------------------------------------------------------
 */
#ifndef HS_H
#define HS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HS_MAX_DIGITS		14
#define HS_CHAPTER_DIGITS	2
#define HS_HEADING_DIGITS	4
#define HS_SUBHEADING_DIGITS 6

/* the first and the last leaf: chapters run from 01 to 99, there is no 00 */
#define HS_FIRST_LEAF		INT64_C(1000000000000)
#define HS_LAST_LEAF		INT64_C(99999999999999)

/* leaves below a subheading */
#define HS_SUBHEADING_SPAN	INT64_C(100000000)

/* sizes of printed values, with the terminating zero */
#define HS_CODE_TEXT_SIZE	17	/* DDDD.DD.DDDDDDDD */
#define HS_RANGE_TEXT_SIZE	(2 * HS_CODE_TEXT_SIZE)

/*
 * A code: its first leaf and its number of digits, as leaf * 16 + digits.
 * Comparing the numbers compares digit by digit, a prefix before what it
 * covers: equal first leaves differ only in their number of zeros.
 */
typedef int64_t HsCode;

/* A range of leaves, both ends included.  Never empty. */
typedef struct HsRange
{
	int64_t		low;
	int64_t		high;
} HsRange;

/*
 * A set of leaves: ranges in ascending order, neither overlapping nor adjacent,
 * so that equal sets have equal ranges.  May be empty.  Does not own its memory.
 */
typedef struct HsSet
{
	int			count;
	const HsRange *ranges;
} HsSet;

/* What can be wrong with a text; hs_problem_detail() puts it into words. */
typedef enum HsProblem
{
	HS_OK = 0,
	HS_EMPTY,
	HS_CHARACTER,
	HS_SEPARATOR,
	HS_LOST_ZERO,
	HS_THREE_DIGITS,
	HS_ONE_DIGIT,
	HS_TOO_LONG,
	HS_FIRST_GROUP,
	HS_ODD_GROUP,
	HS_SPACE_GROUP,
	HS_HYPHEN,
	HS_LIST,
	HS_CHAPTER_ZERO,
	HS_UNEQUAL_ENDS,
	HS_UPSIDE_DOWN,
	HS_BRACES,
	HS_TOO_MANY,
	/* of cells of a list only */
	HS_NUMBER,
	HS_LOST_LAST_ZERO,
	HS_WORD,
	HS_DEPTH,
	HS_CHAPTER_OR_DECIMALS,
	HS_LISTED_TWICE,
	HS_NOT_EXCEPTED,
	HS_ALL_EXCEPTED
} HsProblem;

/* ---- problems ---- */

/* One sentence that says what is wrong.  Static text, NULL for HS_OK. */
extern const char *hs_problem_detail(HsProblem problem);

/* One sentence that says how to write it.  Static text, NULL if there is none. */
extern const char *hs_problem_hint(HsProblem problem);

/* ---- codes ---- */

/*
 * True if a code can have this many digits: 2, 4, or 5 to 14.  Three digits are
 * no code in any tariff and nearly always a heading that lost its zero.
 */
extern bool hs_length_is_valid(int digits);

/* The power of ten that spans the leaves below a prefix of so many digits. */
extern const int64_t hs_spans[HS_MAX_DIGITS + 1];

static inline int64_t
hs_span(int digits)
{
	return hs_spans[digits];
}

static inline int64_t
hs_code_leaf(HsCode code)
{
	return code >> 4;
}

static inline int
hs_code_digits(HsCode code)
{
	return (int) (code & 15);
}

static inline HsCode
hs_code_make(int64_t leaf, int digits)
{
	return leaf * 16 + digits;
}

/* True if the number is a code: a valid length, no digit beyond it, a chapter. */
extern bool hs_code_is_valid(HsCode code);

/* All that the code covers. */
static inline HsRange
hs_code_range(HsCode code)
{
	HsRange		range;

	range.low = hs_code_leaf(code);
	range.high = range.low + hs_span(hs_code_digits(code)) - 1;
	return range;
}

/*
 * The code cut to so many digits (a valid length); itself if it is not longer.
 */
extern HsCode hs_code_truncate(HsCode code, int digits);

/* The same for six digits, inline. */
static inline HsCode
hs_code_subheading(HsCode code)
{
	int64_t		leaf = hs_code_leaf(code);

	if (hs_code_digits(code) <= HS_SUBHEADING_DIGITS)
		return code;
	return hs_code_make(leaf - leaf % HS_SUBHEADING_SPAN, HS_SUBHEADING_DIGITS);
}

/*
 * The code without the zeros that pad it: pairs of digits counted from the front
 * are taken off the end while they are zeros, and so is half a pair.  Two digits
 * are always left.
 */
extern HsCode hs_code_strip_zeros(HsCode code);

/*
 * Reads a code from size bytes of text, which need not end with a zero byte.
 * Blanks around it are ignored.  The grammar is DESIGN's: digits, '.' between
 * groups, a space before groups of two digits, '-' once between six and four
 * digits (the Korean form).
 */
extern HsProblem hs_code_parse(const char *text, size_t size, HsCode *code);

/* Prints DD, DDDD, DDDD.D or DDDD.DD.REST; returns the length without the zero. */
extern int	hs_code_print(HsCode code, char *buffer);

/* Prints the digits alone; the buffer has HS_CODE_TEXT_SIZE bytes. */
extern int	hs_code_print_digits(HsCode code, char *buffer);

/* ---- ranges ---- */

/* True if both ends are leaves and in order. */
extern bool hs_range_is_valid(HsRange range);

/*
 * The range from all that low covers to all that high covers.  Both have the
 * same number of digits and are in order, else HS_UNEQUAL_ENDS or HS_UPSIDE_DOWN.
 */
extern HsProblem hs_range_make(HsCode low, HsCode high, HsRange *range);

/*
 * The ends as codes, both of the same number of digits, the smallest number that
 * says the same range.  They are equal if the range is all that one code covers.
 */
extern void hs_range_ends(HsRange range, HsCode *low, HsCode *high);

/* Reads 'code' or 'code-code'; as for hs_code_parse. */
extern HsProblem hs_range_parse(const char *text, size_t size, HsRange *range);

/* Prints the shortest text that reads back; returns its length. */
extern int	hs_range_print(HsRange range, char *buffer);

/*
 * Total order: by the first leaf, then the wider range first.  So ranges that are
 * codes come in the order of the codes.  Negative, zero or positive.
 */
static inline int
hs_range_compare(HsRange a, HsRange b)
{
	if (a.low != b.low)
		return a.low < b.low ? -1 : 1;
	if (a.high != b.high)
		return a.high > b.high ? -1 : 1;
	return 0;
}

static inline bool
hs_range_contains(HsRange a, HsRange b)
{
	return a.low <= b.low && b.high <= a.high;
}

static inline bool
hs_range_overlaps(HsRange a, HsRange b)
{
	return a.low <= b.high && b.low <= a.high;
}

/* The same for qsort() and bsearch(), of HsRange. */
extern int	hs_range_qsort_compare(const void *a, const void *b);

/* The smallest range around two. */
static inline HsRange
hs_range_around(HsRange a, HsRange b)
{
	HsRange		around;

	around.low = a.low < b.low ? a.low : b.low;
	around.high = a.high > b.high ? a.high : b.high;
	return around;
}

/* The shortest code that begins where the range begins and covers nothing beyond it. */
extern HsCode hs_range_first_code(HsRange range);

/* ---- cells ---- */

/* codes that a cell of a published list names */
typedef struct HsListed
{
	HsRange		codes;
	bool		ex;				/* the law takes only part of them */
} HsListed;

/* What a cell says, in memory of the caller: each array has the same room. */
typedef struct HsCell
{
	int			count;
	HsListed   *listed;			/* as written, neither sorted nor joined */
	int			except_count;
	HsRange    *except;			/* normalized, a set */
	bool		korean;			/* has a code in the Korean form, 8542.31-0000 */
	bool		pads_heading;	/* has a code beyond six digits that may be a heading, 2208000000 */
} HsCell;

/*
 * Reads codes as lists print them: "8541, 8542.31", "chapters 84, 85 and 90",
 * "ex 8703", "8542 except 8542.90", "8541-8543".  Stricter than a code alone: what may
 * have been a number in a spreadsheet is refused.  At most capacity elements are read,
 * else HS_TOO_MANY; the number of characters is capacity enough.
 */
extern HsProblem hs_cell_parse(const char *text, size_t size, int capacity, HsCell *cell);

/* ---- sets ---- */

/* The set of what one range covers; the range must live as long as the set. */
static inline HsSet
hs_set_of_range(const HsRange *range)
{
	HsSet		set;

	set.count = 1;
	set.ranges = range;
	return set;
}

/* True if the ranges are valid, ascending, disjoint and not adjacent. */
extern bool hs_set_is_valid(HsSet set);

/*
 * Called every so often while many ranges are read or sorted, unless it is NULL.  It
 * need not return: nothing here owns what would then be lost.
 */
extern void (*hs_interrupt) (void);

/*
 * Sorts ranges and joins those that overlap or touch, in place.  Returns how many
 * are left; they then make an HsSet.
 */
extern int	hs_set_normalize(HsRange *ranges, int count);

/*
 * Reads '{range,range,...}' into at most capacity ranges and normalizes them.
 * Says how many there are in *count.  Each range ends with a comma or brace, so
 * one more than the number of commas in the text is always capacity enough;
 * HS_TOO_MANY if it was not.
 */
extern HsProblem hs_set_parse(const char *text, size_t size,
							  HsRange *ranges, int capacity, int *count);

/* Order by the first range in which they differ; a beginning of a set first. */
extern int	hs_set_compare(HsSet a, HsSet b);

/* The smallest range around a set that is not empty. */
static inline HsRange
hs_set_bounds(HsSet set)
{
	HsRange		bounds;

	bounds.low = set.ranges[0].low;
	bounds.high = set.ranges[set.count - 1].high;
	return bounds;
}

/*
 * Relations between sets, as between PostgreSQL's multiranges.  The empty set is
 * contained in every set and has no other relation to any.
 */
extern bool hs_set_contains_ranges(HsSet a, HsSet b);
extern bool hs_set_overlaps_ranges(HsSet a, HsSet b);

/* codes and ranges are sets of one range, which the compiler sees where it is so */
static inline bool
hs_set_contains(HsSet a, HsSet b)
{
	return a.count == 1 && b.count == 1 ? hs_range_contains(*a.ranges, *b.ranges) : hs_set_contains_ranges(a, b);
}

static inline bool
hs_set_contained(HsSet a, HsSet b)
{
	return hs_set_contains(b, a);
}

static inline bool
hs_set_overlaps(HsSet a, HsSet b)
{
	return a.count == 1 && b.count == 1 ? hs_range_overlaps(*a.ranges, *b.ranges) : hs_set_overlaps_ranges(a, b);
}

/* a ends before b begins; a begins after b ends */
extern bool hs_set_before(HsSet a, HsSet b);
extern bool hs_set_after(HsSet a, HsSet b);

/* a does not extend beyond the end of b; a does not begin before b begins */
extern bool hs_set_overleft(HsSet a, HsSet b);
extern bool hs_set_overright(HsSet a, HsSet b);

/* one ends just before the other begins */
extern bool hs_set_adjacent(HsSet a, HsSet b);

/*
 * The leaves that are in a or b, in both, in a but not in b.  Each writes at most
 * a.count + b.count ranges into result, normalized, and returns how many; result
 * must not be the memory of a or b.
 */
extern int	hs_set_union(HsSet a, HsSet b, HsRange *result);
extern int	hs_set_intersect(HsSet a, HsSet b, HsRange *result);
extern int	hs_set_minus(HsSet a, HsSet b, HsRange *result);

#endif							/* HS_H */
