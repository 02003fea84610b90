/*-------------------------------------------------------------------------
 *
 * type.h
 *	  The three types as the server knows them: datums, arguments, results.
 *
 * hscode is passed by value where int8 is; hsrange is 16 bytes passed by
 * reference; hsmultirange is a varlena.  What the values mean is in hs/hs.h.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CONTROL_LIST_TYPE_H
#define CONTROL_LIST_TYPE_H

#include "compat.h"
#include "hs/hs.h"

/* on disk: the ranges follow the header; count follows from the size */
typedef struct HsMultirange
{
	int32		vl_len_;		/* varlena header, do not touch directly */
	int32		unused;			/* keeps the ranges aligned; always zero */
	HsRange		ranges[FLEXIBLE_ARRAY_MEMBER];
} HsMultirange;

#define HS_MULTIRANGE_SIZE(count) \
	(offsetof(HsMultirange, ranges) + sizeof(HsRange) * (Size) (count))

#define DatumGetHsCode(d)		((HsCode) DatumGetInt64(d))
#define HsCodeGetDatum(c)		Int64GetDatum((int64) (c))
#define PG_GETARG_HSCODE(n)		DatumGetHsCode(PG_GETARG_DATUM(n))
#define PG_RETURN_HSCODE(c)		return HsCodeGetDatum(c)

#define DatumGetHsRangeP(d)		((HsRange *) DatumGetPointer(d))
#define PG_GETARG_HSRANGE(n)	(*DatumGetHsRangeP(PG_GETARG_DATUM(n)))
#define PG_RETURN_HSRANGE(r)	return HsRangeGetDatum(r)

#define DatumGetHsMultirangeP(d) ((HsMultirange *) PG_DETOAST_DATUM(d))
#define PG_GETARG_HSSET(n)		hs_multirange_set(DatumGetHsMultirangeP(PG_GETARG_DATUM(n)))

/* A copy of the range in the current memory context. */
static inline Datum
HsRangeGetDatum(HsRange range)
{
	HsRange    *copy = (HsRange *) palloc(sizeof(HsRange));

	*copy = range;
	return PointerGetDatum(copy);
}

/* The ranges of a detoasted multirange, which keeps owning them. */
static inline HsSet
hs_multirange_set(const HsMultirange *multirange)
{
	HsSet		set;

	set.count = (int) ((VARSIZE(multirange) - offsetof(HsMultirange, ranges)) / sizeof(HsRange));
	set.ranges = multirange->ranges;
	return set;
}

/* Raises program_limit_exceeded if a varlena cannot hold so many ranges. */
extern void hs_multirange_check_count(int64 count);

/*
 * A multirange with room for so many ranges, whose number is checked, in the current
 * memory context; with fewer in the end, shrink it by hs_multirange_finish().
 */
extern HsMultirange *hs_multirange_make(int64 capacity);
extern Datum hs_multirange_finish(HsMultirange *multirange, int count);

/*
 * The order of two multiranges, as hs_set_compare().  Leaves no detoasted copies
 * behind: indexes compare in memory that lives as long as the query.
 */
extern int	hs_multirange_compare(Datum a, Datum b);

/*
 * Raises (or, given a soft error context, saves) the error for a text that
 * cannot be read: invalid_text_representation with DETAIL and HINT, or
 * program_limit_exceeded for HS_TOO_MANY.  Returns 0.
 */
extern Datum hs_report_problem(HsProblem problem, const char *type,
							   const char *text, struct Node *escontext);

/* Raises invalid_binary_representation for a value that recv does not take. */
pg_noreturn extern void hs_report_binary(const char *type);

#endif							/* CONTROL_LIST_TYPE_H */
