/*-------------------------------------------------------------------------
 *
 * planner.h
 *	  What the planner is told about relations between codes, ranges and sets.
 *
 * support.c rewrites conditions, selectivity.c estimates them, bounds.c holds the
 * functions that rewritten conditions call, typanalyze.c decides how much
 * statistics to keep.  They meet here: relation.c knows which relation an operator
 * or a function of the extension stands for.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CONTROL_LIST_PLANNER_H
#define CONTROL_LIST_PLANNER_H

#include "nodes/pathnodes.h"

#include "type/type.h"

/* the types, which their lengths tell apart */
typedef enum HsKind
{
	HS_KIND_CODE,
	HS_KIND_RANGE,
	HS_KIND_MULTIRANGE
} HsKind;

typedef enum HsRelationName
{
	HS_CONTAINS,
	HS_CONTAINED_BY,
	HS_OVERLAPS,
	HS_BEFORE,
	HS_AFTER,
	HS_OVERLEFT,
	HS_OVERRIGHT,
	HS_ADJACENT
} HsRelationName;

/* One relation, whatever the types on its sides. */
typedef struct HsRelation
{
	HsRelationName name;
	const char *operator;
	const char *function;
	bool		(*holds) (HsSet a, HsSet b);
	double		default_selectivity;
} HsRelation;

/* the functions that are known by their address */
extern Datum hs_relation_support(PG_FUNCTION_ARGS);
extern Datum hsrange_from_code(PG_FUNCTION_ARGS);
extern Datum hsrange_last_code(PG_FUNCTION_ARGS);
extern Datum hsmultirange_last_code(PG_FUNCTION_ARGS);
extern Datum hscode_lt_hsrange(PG_FUNCTION_ARGS);
extern Datum hscode_le_hsrange(PG_FUNCTION_ARGS);
extern Datum hscode_ge_hsrange(PG_FUNCTION_ARGS);
extern Datum hscode_gt_hsrange(PG_FUNCTION_ARGS);

/* ---- relation.c ---- */

/* True if a function of SQL is this function in C. */
extern bool hs_is_function(Oid function, PGFunction address);

/* The relation that a function of the extension stands for, NULL if for none. */
extern const HsRelation *hs_relation_of_function(Oid function);

/* A relation by its name in C. */
extern const HsRelation *hs_relation(HsRelationName name);

/* The operator of a name between two types in a schema, InvalidOid if there is none. */
extern Oid	hs_find_operator(const char *name, Oid left, Oid right, Oid schema);

/* The function of a name with one argument in a schema, InvalidOid if there is none. */
extern Oid	hs_find_function(const char *name, Oid argument, Oid schema);

/* Which of the types has values of this length. */
static inline HsKind
hs_kind_of_length(int length)
{
	return length == sizeof(HsCode) ? HS_KIND_CODE :
		length == sizeof(HsRange) ? HS_KIND_RANGE : HS_KIND_MULTIRANGE;
}

/* A value as a set.  A code's range is put into *range, which must live as long. */
static inline HsSet
hs_datum_set(HsKind kind, Datum value, HsRange *range)
{
	if (kind == HS_KIND_MULTIRANGE)
		return hs_multirange_set(DatumGetHsMultirangeP(value));
	if (kind == HS_KIND_RANGE)
		return hs_set_of_range(DatumGetHsRangeP(value));
	*range = hs_code_range(DatumGetHsCode(value));
	return hs_set_of_range(range);
}

/* If the expression is the cast of a code to a range, the code; else NULL. */
extern Node *hs_code_under_cast(Node *expression);

/* ---- bounds.c ---- */

/*
 * True if the codes from hs_first_code() to hs_last_code() are exactly those that
 * the range contains.
 */
extern bool hs_range_is_interval(HsRange range);

/* ---- typanalyze.c ---- */

/*
 * The kind of statistics that holds a profile, from the numbers that pg_statistic.h
 * leaves to whoever wants one.
 */
#define HS_STATISTIC_KIND_PROFILE 18543

/* ---- selectivity.c ---- */

/* The fraction of rows, or of pairs of rows, for which the relation holds. */
extern double hs_restriction_selectivity(PlannerInfo *root, const HsRelation *relation,
										 Oid function, List *args, int varRelid);
extern double hs_join_selectivity(PlannerInfo *root, const HsRelation *relation,
								  Oid function, List *args, SpecialJoinInfo *sjinfo);

/* The mean number of ranges in the multiranges that an expression yields, or -1. */
extern double hs_mean_count(PlannerInfo *root, Node *expression);

#endif							/* CONTROL_LIST_PLANNER_H */
