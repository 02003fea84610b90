/*-------------------------------------------------------------------------
 *
 * relation.h
 *	  Do a row and a query match; could anything below a page match?
 *
 * One engine answers for all trees.  An operator class hands over three things:
 * the query (a range, a code or a multirange, read once into an HsQuery), the
 * relation that the operator tests, and what its tree knows about rows:
 *
 * - an exact row, the range of a code or a range;
 * - a lossy row, the range around a multirange;
 * - a box: the leaves among which the first leaves of all rows below lie, and
 *	 those among which the last ones lie.  Above the leaf pages of a GiST tree both
 *	 are the key; in an SP-GiST tree they follow from the digits on the path.
 *
 * That a box may match means that some range with ends in it would match; so each
 * test of a box asks the ends that suit the relation best.
 *
 * Strategy numbers are those of PostgreSQL's own ranges (access/stratnum.h) where
 * the right side is a range, with those of the order in a gap between them;
 * HS_CODE_STRATEGIES more for a code, and HS_MULTIRANGE_STRATEGIES more for a
 * multirange.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CONTROL_LIST_RELATION_H
#define CONTROL_LIST_RELATION_H

#include "access/stratnum.h"

#include "type/type.h"

#define HS_BEFORE			RTLeftStrategyNumber
#define HS_OVERLEFT			RTOverLeftStrategyNumber
#define HS_OVERLAPS			RTOverlapStrategyNumber
#define HS_OVERRIGHT		RTOverRightStrategyNumber
#define HS_AFTER			RTRightStrategyNumber
#define HS_ADJACENT			6
#define HS_CONTAINS			RTContainsStrategyNumber
#define HS_CONTAINED_BY		RTContainedByStrategyNumber
#define HS_LESS				9
#define HS_LESS_EQUAL		10
#define HS_GREATER_EQUAL	11
#define HS_GREATER			12
#define HS_EQUAL			RTEqualStrategyNumber
#define HS_NOT_EQUAL		RTNotEqualStrategyNumber

#define HS_CODE_STRATEGIES			20
#define HS_MULTIRANGE_STRATEGIES	40

/* The right side of an operator.  The empty multirange has no bounds. */
typedef struct HsQuery
{
	StrategyNumber relation;
	HsRange		bounds;
	HsSet		set;			/* points to bounds unless a multirange */
} HsQuery;

/* Where the first and where the last leaves of some rows are. */
typedef struct HsBox
{
	HsRange		low;
	HsRange		high;
} HsBox;

/*
 * What stands for the empty multirange in a tree of ranges: leaf 0, which lies in
 * chapter 00, where no code is.
 */
#define HS_EMPTY_KEY		((HsRange) {0, 0})

static inline bool
hs_key_has_empty(HsRange key)
{
	return key.low < HS_FIRST_LEAF;
}

/*
 * Reads the argument of a scan key.  The query may point into the argument and to
 * itself, so it is valid where it is and as long as the argument.
 */
extern void hs_query_read(HsQuery *query, Datum argument, StrategyNumber strategy);

/* True if a row that is this range matches. */
extern bool hs_row_matches(HsRange row, const HsQuery *query);

/*
 * True if a multirange with these bounds (or HS_EMPTY_KEY) may match; *recheck says
 * whether it may also not.
 */
extern bool hs_bounds_match(HsRange bounds, const HsQuery *query, bool *recheck);

/* True if a row with its ends in the box may match. */
extern bool hs_box_may_match(HsBox box, const HsQuery *query);

#endif							/* CONTROL_LIST_RELATION_H */
