/*-------------------------------------------------------------------------
 *
 * selectivity.c
 *	  How many rows stand in a relation: RESTRICT and JOIN of the operators.
 *
 * The most common values are asked one by one.  The rest of the column is known by
 * its histogram, which is a sample of it, and by its profile (typanalyze.c), which
 * says how many values begin in each prefix.  Inside of a prefix the histogram says
 * where, and a column without a profile has it do both, since the order of values is
 * that of their first leaves.
 *
 * Most relations to a constant are nearly the same as "the value begins in this
 * interval of leaves": what is contained in a range begins in it, what comes before
 * it begins before it.  How many begin in an interval is read off the profile.  Where
 * beginning there and standing in the relation differ (8471.5 begins in
 * 8471.30-8471.50 and reaches farther; 85 overlaps 8542 but begins before it) the
 * sample says how often, and the estimate is corrected by it.  "Contains" and "is
 * adjacent to" have no such interval and are left to the sample.
 *
 * A join is the mean of the restriction over a sample of one side; a semijoin the
 * mean chance that one row of the other side matches.
 *
 * Without statistics, with an operand that nothing is known of, or where the user
 * may not see the statistics, the default of the relation is taken (relation.c).
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "access/detoast.h"
#include "access/htup_details.h"
#include "catalog/pg_statistic.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"
#include "utils/selfuncs.h"

#include "planner.h"

PG_FUNCTION_INFO_V1(hs_sel);
PG_FUNCTION_INFO_V1(hs_joinsel);
PG_FUNCTION_INFO_V1(hs_gesel);
PG_FUNCTION_INFO_V1(hs_ltsel);
PG_FUNCTION_INFO_V1(hs_lesel);
PG_FUNCTION_INFO_V1(hs_gtsel);

/*
 * A join looks at so many values of each kind of statistics of one side, and for
 * each corrects the other by so many values of its sample.
 */
#define JOIN_SAMPLE		20
#define JOIN_CORRECTION	100

/* values that begin in these leaves, the end not included, and how many come before */
typedef struct Piece
{
	int64		low;
	int64		end;
	double		before;
	double		after;
} Piece;

/* where values begin: pieces, ascending, by the profile or else by the histogram */
typedef struct Starts
{
	int			count;
	const char *prefixes;		/* codes one after the other, perhaps not aligned */
	const float4 *before;
	const HsSet *sample;		/* one more than pieces */
} Starts;

/* what is known of one side; "the rest" is what is neither NULL nor common */
typedef struct Column
{
	HsKind		kind;
	double		null_fraction;
	double		rest_fraction;
	double		value_fraction; /* of the rest, that is one distinct value */
	AttStatsSlot common_slot;
	AttStatsSlot sample_slot;
	AttStatsSlot profile_slot;
	HsSet	   *common;			/* the most common values */
	float4	   *common_fractions;
	int			common_count;
	HsSet	   *sample;			/* the histogram, as a sample of the rest */
	int			sample_count;
	Starts		buckets;		/* where the rest begins, by the histogram */
	Starts		starts;			/* by the profile, or the same as buckets */
} Column;

/* ---- statistics ---- */

/* The values of a slot as sets. */
static HsSet *
slot_sets(const AttStatsSlot *slot, HsKind kind)
{
	HsSet	   *sets = (HsSet *) palloc(sizeof(HsSet) * slot->nvalues);
	HsRange    *ranges = (HsRange *) palloc(sizeof(HsRange) * slot->nvalues);

	for (int i = 0; i < slot->nvalues; i++)
		sets[i] = hs_datum_set(kind, slot->values[i], &ranges[i]);
	return sets;
}

/* The first leaf of a value; the empty set comes before all. */
static int64
start_of(HsSet value)
{
	return value.count == 0 ? -1 : value.ranges[0].low;
}

/* The piece of a prefix, or of a bucket. */
static Piece
piece_at(const Starts *starts, int i)
{
	Piece		piece;

	if (starts->prefixes != NULL)
	{
		HsCode		code;
		HsRange		prefix;

		memcpy(&code, starts->prefixes + sizeof(HsCode) * i, sizeof(HsCode));
		prefix = hs_code_range(code);
		piece.low = prefix.low;
		piece.end = prefix.high + 1;
		piece.before = starts->before[i];
		piece.after = i + 1 < starts->count ? starts->before[i + 1] : 1.0;
	}
	else
	{
		piece.low = start_of(starts->sample[i]);
		piece.end = start_of(starts->sample[i + 1]);
		piece.before = (double) i / starts->count;
		piece.after = (double) (i + 1) / starts->count;
	}
	return piece;
}

static void
open_starts(Column *column, VariableStatData *variable)
{
	AttStatsSlot *profile = &column->profile_slot;

	column->buckets.sample = column->sample;
	column->buckets.count = Max(column->sample_count - 1, 0);
	column->starts = column->buckets;
	if (get_attstatsslot(profile, variable->statsTuple, HS_STATISTIC_KIND_PROFILE,
						 InvalidOid, ATTSTATSSLOT_VALUES | ATTSTATSSLOT_NUMBERS))
	{
		column->starts.prefixes = VARDATA_ANY(DatumGetPointer(profile->values[0]));
		column->starts.before = profile->numbers;
		column->starts.count = profile->nnumbers;
	}
}

/*
 * Looks the statistics up.  False, with nothing to be closed, if there are none or
 * if they may not be used with this function.
 */
static bool
open_column(VariableStatData *variable, Oid function, Column *column)
{
	bool		has_common;
	bool		has_sample;
	bool		is_default;
	double		distinct;

	if (!HeapTupleIsValid(variable->statsTuple) ||
		!statistic_proc_security_check(variable, function))
		return false;
	memset(column, 0, sizeof(Column));
	has_common = get_attstatsslot(&column->common_slot, variable->statsTuple,
								  STATISTIC_KIND_MCV, InvalidOid,
								  ATTSTATSSLOT_VALUES | ATTSTATSSLOT_NUMBERS);
	has_sample = get_attstatsslot(&column->sample_slot, variable->statsTuple,
								  STATISTIC_KIND_HISTOGRAM, InvalidOid,
								  ATTSTATSSLOT_VALUES);
	if (!has_common && !has_sample)
		return false;

	column->kind = hs_kind_of_length(get_typlen(has_common ?
												column->common_slot.valuetype :
												column->sample_slot.valuetype));
	column->null_fraction =
		((Form_pg_statistic) GETSTRUCT(variable->statsTuple))->stanullfrac;
	column->common = slot_sets(&column->common_slot, column->kind);
	column->common_fractions = column->common_slot.numbers;
	column->common_count = Min(column->common_slot.nvalues, column->common_slot.nnumbers);
	column->rest_fraction = 1.0 - column->null_fraction;
	for (int i = 0; i < column->common_count; i++)
		column->rest_fraction -= column->common_fractions[i];
	column->rest_fraction = Max(column->rest_fraction, 0.0);
	column->sample = slot_sets(&column->sample_slot, column->kind);
	column->sample_count = column->sample_slot.nvalues;
	open_starts(column, variable);

	distinct = get_variable_numdistinct(variable, &is_default) - column->common_count;
	column->value_fraction = 1.0 / Max(distinct, 1.0);
	return true;
}

static void
close_column(Column *column)
{
	free_attstatsslot(&column->common_slot);
	free_attstatsslot(&column->sample_slot);
	free_attstatsslot(&column->profile_slot);
}

/* ---- restriction ---- */

static bool
holds(const HsRelation *relation, HsSet value, HsSet constant, bool value_on_left)
{
	return value_on_left ? relation->holds(value, constant) :
		relation->holds(constant, value);
}

/*
 * The leaves in which values begin, more or less, that stand in the relation to the
 * set: a set that uses *range if it needs memory, empty if there are no such leaves.
 */
static HsSet
starting_leaves(const HsRelation *relation, HsSet set, bool value_on_left, HsRange *range)
{
	HsSet		none = {0, NULL};
	HsSet		one = {1, range};
	HsRange		bounds;

	if (set.count == 0)
		return none;
	bounds = hs_set_bounds(set);
	range->low = 0;
	range->high = HS_LAST_LEAF;
	switch (relation->name)
	{
		case HS_CONTAINS:
			return value_on_left ? none : set;
		case HS_CONTAINED_BY:
			return value_on_left ? set : none;
		case HS_OVERLAPS:
			return set;
		case HS_BEFORE:
		case HS_AFTER:
			if ((relation->name == HS_BEFORE) == value_on_left)
				range->high = bounds.low - 1;
			else
				range->low = bounds.high + 1;
			return one;
		case HS_OVERLEFT:
			if (value_on_left)
				range->high = bounds.high;
			else
				range->low = bounds.high;
			return one;
		case HS_OVERRIGHT:
			if (value_on_left)
				range->low = bounds.low;
			else
				range->high = bounds.low;
			return one;
		case HS_ADJACENT:
			break;
	}
	return none;
}

/* Finds the last piece that begins before a leaf; false if there is none. */
static bool
piece_before(const Starts *starts, int64 leaf, Piece *piece)
{
	int			low = 0;
	int			high = starts->count;

	while (low < high)
	{
		int			middle = low + (high - low) / 2;

		if (piece_at(starts, middle).low < leaf)
			low = middle + 1;
		else
			high = middle;
	}
	if (low > 0)
		*piece = piece_at(starts, low - 1);
	return low > 0;
}

/* The fraction of the rest that begins before a leaf, by the histogram. */
static double
bucket_fraction_before(const Column *column, int64 leaf)
{
	Piece		bucket;

	if (!piece_before(&column->buckets, leaf, &bucket))
		return 0.0;
	if (leaf >= bucket.end)
		return bucket.after;
	return bucket.before + (bucket.after - bucket.before) *
		(double) (leaf - bucket.low) / (double) (bucket.end - bucket.low);
}

/* The share of a piece that begins before a leaf in it. */
static double
share_before(const Column *column, const Piece *piece, int64 leaf)
{
	double		before = bucket_fraction_before(column, piece->low);
	double		all = bucket_fraction_before(column, piece->end) - before;

	if (all > 0.0)
		return (bucket_fraction_before(column, leaf) - before) / all;
	return (double) (leaf - piece->low) / (double) (piece->end - piece->low);
}

/* The fraction of the rest that begins before a leaf. */
static double
fraction_before(const Column *column, int64 leaf)
{
	Piece		piece;

	if (!piece_before(&column->starts, leaf, &piece))
		return 0.0;
	if (leaf >= piece.end)
		return piece.after;
	return piece.before + (piece.after - piece.before) * share_before(column, &piece, leaf);
}

/*
 * The fraction of the rest that begins in these leaves.  Inside of a piece the leaves
 * that are codes are few and far between, and who asks for some of them asks for a
 * code: then it is one value, or all that the piece has.
 */
static double
fraction_within(const Column *column, HsRange leaves)
{
	double		fraction = fraction_before(column, leaves.high + 1) -
		fraction_before(column, leaves.low);
	Piece		piece;

	if (piece_before(&column->starts, leaves.low + 1, &piece) && leaves.low < piece.end)
		fraction = Max(fraction, Min(column->value_fraction, piece.after - piece.before));
	return fraction;
}

/*
 * How much oftener values of the sample stand in the relation than begin in the
 * leaves.  Each step-th value is looked at.
 */
static double
sample_excess(const Column *column, const HsRelation *relation, HsSet constant,
			  bool value_on_left, HsSet leaves, int step)
{
	int			excess = 0;
	int			looked_at = 0;

	for (int i = step / 2; i < column->sample_count; i += step)
	{
		HsSet		value = column->sample[i];
		HsRange		start = {start_of(value), start_of(value)};

		excess += holds(relation, value, constant, value_on_left);
		excess -= hs_set_overlaps(leaves, (HsSet) {1, &start});
		looked_at++;
	}
	return (double) excess / Max(looked_at, 1);
}

/* The fraction of the rest that stands in the relation. */
static double
rest_selectivity(const Column *column, const HsRelation *relation, HsSet constant,
				 bool value_on_left, int most)
{
	HsRange		space;
	HsSet		leaves = starting_leaves(relation, constant, value_on_left, &space);
	int			step = 1;
	double		selectivity = 0.0;

	if (leaves.count > 0)
		step = Max(column->sample_count / most, 1);
	for (int i = 0; i < leaves.count; i++)
		selectivity += fraction_within(column, leaves.ranges[i]);
	selectivity += sample_excess(column, relation, constant, value_on_left, leaves, step);
	return Max(selectivity, 0.0);
}

/*
 * The fraction of all rows that stand in the relation to a constant.  Where the
 * sample merely corrects, at most so many values of it are looked at.
 */
static double
column_selectivity(const Column *column, const HsRelation *relation, HsSet constant,
				   bool value_on_left, int most)
{
	double		common = 0.0;

	for (int i = 0; i < column->common_count; i++)
	{
		if (holds(relation, column->common[i], constant, value_on_left))
			common += column->common_fractions[i];
	}
	if (column->starts.count > 0)
		return common + column->rest_fraction *
			rest_selectivity(column, relation, constant, value_on_left, most);
	/* the few that are left are like the others */
	return common / Max(1.0 - column->null_fraction - column->rest_fraction, 1e-6) *
		(1.0 - column->null_fraction);
}

/*
 * The same for a constant that somebody asks for.  If nothing is left but the sample,
 * and it is not the whole column and none of it matches, the truth is somewhere
 * between one value of the column and one of the sample.
 */
static double
constant_selectivity(const Column *column, const HsRelation *relation, HsSet constant,
					 bool value_on_left, int most)
{
	double		selectivity = column_selectivity(column, relation, constant,
												 value_on_left, most);
	HsRange		space;

	if (selectivity > 0.0 || column->value_fraction * column->sample_count >= 1.0 ||
		starting_leaves(relation, constant, value_on_left, &space).count > 0)
		return selectivity;
	return column->rest_fraction *
		sqrt(column->value_fraction / Max(column->sample_count, 1));
}

/* ---- join ---- */

/* Values of one side, and the fraction of its rows that each stands for. */
typedef struct Sample
{
	int			count;
	HsSet		values[2 * JOIN_SAMPLE];
	double		fractions[2 * JOIN_SAMPLE];
} Sample;

static void
add_to_sample(Sample *sample, HsSet value, double fraction)
{
	sample->values[sample->count] = value;
	sample->fractions[sample->count++] = fraction;
}

/* The most common values, and values at equal distances from the histogram. */
static void
draw_sample(const Column *column, Sample *sample)
{
	int			common = Min(column->common_count, JOIN_SAMPLE);
	int			others = Min(column->sample_count, JOIN_SAMPLE);
	double		rest = 1.0 - column->null_fraction;

	sample->count = 0;
	for (int i = 0; i < common; i++)
	{
		rest -= column->common_fractions[i];
		add_to_sample(sample, column->common[i], column->common_fractions[i]);
	}
	rest = Max(rest, 0.0);
	for (int i = 0; i < others; i++)
	{
		/* the middle of each part, so that a short histogram is taken as it is */
		int			at = (int) ((i + 0.5) * column->sample_count / others);

		add_to_sample(sample, column->sample[at], rest / others);
	}
}

/* The fraction of all pairs; the sample's side is said by sample_on_left. */
static double
mean_selectivity(const Sample *sample, bool sample_on_left, const Column *column,
				 const HsRelation *relation)
{
	double		sum = 0.0;

	for (int i = 0; i < sample->count; i++)
		sum += sample->fractions[i] *
			column_selectivity(column, relation, sample->values[i], !sample_on_left,
							   JOIN_CORRECTION);
	return sum;
}

/*
 * The fraction of the sample's side that has a match among so many rows.  What is
 * asked for by a constant is taken to be there (fraction_within).  A value of another
 * column may just as well not be; so the chance is the mean of both beliefs, lest
 * an antijoin seem to find nothing.
 */
static double
matched_fraction(const Sample *sample, bool sample_on_left, const Column *column,
				 const HsRelation *relation, double rows)
{
	Column		doubted = *column;
	double		sum = 0.0;

	doubted.value_fraction = 0.0;
	for (int i = 0; i < sample->count; i++)
	{
		double		believed = rows *
			constant_selectivity(column, relation, sample->values[i], !sample_on_left,
								 JOIN_CORRECTION);
		double		known = rows *
			column_selectivity(&doubted, relation, sample->values[i], !sample_on_left,
							   JOIN_CORRECTION);

		sum += sample->fractions[i] * (Min(believed, 1.0) + Min(known, 1.0)) / 2;
	}
	return sum;
}

/*
 * The fraction of pairs.  Codes are better asked than sampled: the histogram of
 * codes resolves more than its values.
 */
static double
pair_selectivity(const Column *left, const Column *right, const HsRelation *relation)
{
	bool		sample_left = left->kind != HS_KIND_CODE;
	Sample	   *sample = (Sample *) palloc(sizeof(Sample));

	draw_sample(sample_left ? left : right, sample);
	return mean_selectivity(sample, sample_left, sample_left ? right : left, relation);
}

/* ---- expressions ---- */

/* As examine_variable(); a code cast to a range has the statistics of the code. */
static void
examine_side(PlannerInfo *root, Node *side, int varRelid, VariableStatData *variable)
{
	Node	   *code = hs_code_under_cast(side);

	examine_variable(root, code != NULL ? code : side, varRelid, variable);
}

/* The other operand is not a constant, but perhaps a column of another table. */
static double
unknown_operand_selectivity(PlannerInfo *root, const HsRelation *relation, Oid function,
							const Column *column, Node *other, bool value_on_left)
{
	double		selectivity = relation->default_selectivity * (1.0 - column->null_fraction);
	VariableStatData variable;
	Column		other_column;

	if (!contain_var_clause(other))
		return selectivity;
	examine_side(root, other, 0, &variable);
	if (open_column(&variable, function, &other_column))
	{
		selectivity = value_on_left ? pair_selectivity(column, &other_column, relation) :
			pair_selectivity(&other_column, column, relation);
		close_column(&other_column);
	}
	ReleaseVariableStats(variable);
	return selectivity;
}

static double
operand_selectivity(PlannerInfo *root, const HsRelation *relation, Oid function,
					const Column *column, Node *other, bool value_on_left)
{
	Const	   *constant = (Const *) other;
	HsRange		range;

	if (!IsA(other, Const))
		return unknown_operand_selectivity(root, relation, function, column, other,
										   value_on_left);
	return constant_selectivity(column, relation,
								hs_datum_set(hs_kind_of_length(constant->constlen),
											 constant->constvalue, &range),
								value_on_left, Max(column->sample_count, 1));
}

double
hs_restriction_selectivity(PlannerInfo *root, const HsRelation *relation, Oid function,
						   List *args, int varRelid)
{
	double		selectivity = relation->default_selectivity;
	List	   *sides = NIL;
	ListCell   *cell;
	VariableStatData variable;
	Node	   *other;
	bool		value_on_left;
	Column		column;

	foreach(cell, args)
	{
		Node	   *code = hs_code_under_cast((Node *) lfirst(cell));

		sides = lappend(sides, code != NULL ? code : lfirst(cell));
	}
	if (!get_restriction_variable(root, sides, varRelid, &variable, &other, &value_on_left))
		return selectivity;
	if (IsA(other, Const) && ((Const *) other)->constisnull)
		selectivity = 0.0;
	else if (open_column(&variable, function, &column))
	{
		selectivity = operand_selectivity(root, relation, function, &column, other,
										  value_on_left);
		close_column(&column);
	}
	ReleaseVariableStats(variable);
	CLAMP_PROBABILITY(selectivity);
	return selectivity;
}

static bool
is_semijoin(const SpecialJoinInfo *sjinfo)
{
	return sjinfo != NULL &&
		(sjinfo->jointype == JOIN_SEMI || sjinfo->jointype == JOIN_ANTI);
}

/* Is the right operand the outer side of the join? */
static bool
outer_is_right(const VariableStatData *left, const VariableStatData *right,
			   const SpecialJoinInfo *sjinfo)
{
	return (left->rel != NULL &&
			bms_is_subset(left->rel->relids, sjinfo->syn_righthand)) ||
		(right->rel != NULL &&
		 bms_is_subset(right->rel->relids, sjinfo->syn_lefthand));
}

static double
semijoin_selectivity(const Column *outer, const Column *inner, bool outer_on_left,
					 const RelOptInfo *inner_relation, const HsRelation *relation)
{
	Sample	   *sample = (Sample *) palloc(sizeof(Sample));
	double		rows = inner_relation != NULL ? inner_relation->rows : 1.0;

	draw_sample(outer, sample);
	return matched_fraction(sample, outer_on_left, inner, relation, rows);
}

double
hs_join_selectivity(PlannerInfo *root, const HsRelation *relation, Oid function,
					List *args, SpecialJoinInfo *sjinfo)
{
	double		selectivity = relation->default_selectivity;
	VariableStatData left;
	VariableStatData right;
	Column		left_column;
	Column		right_column;
	bool		has_left;
	bool		has_right;

	if (list_length(args) != 2)
		return selectivity;
	examine_side(root, (Node *) linitial(args), 0, &left);
	examine_side(root, (Node *) lsecond(args), 0, &right);
	has_left = open_column(&left, function, &left_column);
	has_right = open_column(&right, function, &right_column);

	if (has_left && has_right && !is_semijoin(sjinfo))
		selectivity = pair_selectivity(&left_column, &right_column, relation);
	else if (has_left && has_right && outer_is_right(&left, &right, sjinfo))
		selectivity = semijoin_selectivity(&right_column, &left_column, false,
										   left.rel, relation);
	else if (has_left && has_right)
		selectivity = semijoin_selectivity(&left_column, &right_column, true,
										   right.rel, relation);
	if (has_left)
		close_column(&left_column);
	if (has_right)
		close_column(&right_column);
	ReleaseVariableStats(left);
	ReleaseVariableStats(right);
	CLAMP_PROBABILITY(selectivity);
	return selectivity;
}

double
hs_mean_count(PlannerInfo *root, Node *expression)
{
	Node	   *value = estimate_expression_value(root, expression);
	VariableStatData variable;
	double		count = -1.0;

	if (IsA(value, Const))
	{
		Const	   *constant = (Const *) value;

		return constant->constisnull ? 0.0 :
			hs_multirange_set(DatumGetHsMultirangeP(constant->constvalue)).count;
	}
	if (root == NULL || !IsA(value, Var))
		return count;
	examine_variable(root, value, 0, &variable);
	if (HeapTupleIsValid(variable.statsTuple))
	{
		int			width = ((Form_pg_statistic) GETSTRUCT(variable.statsTuple))->stawidth;

		/* values out of line count as pointers, and say nothing */
		if (width > (int) TOAST_POINTER_SIZE)
			count = rint((width - (double) HS_MULTIRANGE_SIZE(0)) / sizeof(HsRange));
	}
	ReleaseVariableStats(variable);
	return count;
}

/* ---- what SQL calls ---- */

/* RESTRICT of the operators that are relations */
Datum
hs_sel(PG_FUNCTION_ARGS)
{
	PlannerInfo *root = (PlannerInfo *) PG_GETARG_POINTER(0);
	Oid			operator = PG_GETARG_OID(1);
	List	   *args = (List *) PG_GETARG_POINTER(2);
	int			varRelid = PG_GETARG_INT32(3);
	const HsRelation *relation = hs_relation_of_function(get_opcode(operator));

	if (relation == NULL)
		PG_RETURN_FLOAT8(DEFAULT_EQ_SEL);
	PG_RETURN_FLOAT8(hs_restriction_selectivity(root, relation, get_opcode(operator),
												args, varRelid));
}

/* JOIN of the operators that are relations */
Datum
hs_joinsel(PG_FUNCTION_ARGS)
{
	PlannerInfo *root = (PlannerInfo *) PG_GETARG_POINTER(0);
	Oid			operator = PG_GETARG_OID(1);
	List	   *args = (List *) PG_GETARG_POINTER(2);
	SpecialJoinInfo *sjinfo = (SpecialJoinInfo *) PG_GETARG_POINTER(4);
	const HsRelation *relation = hs_relation_of_function(get_opcode(operator));

	if (relation == NULL)
		PG_RETURN_FLOAT8(DEFAULT_EQ_SEL);
	PG_RETURN_FLOAT8(hs_join_selectivity(root, relation, get_opcode(operator),
										 args, sjinfo));
}

/* If the expression is the bound hs_last_code(set)::hsrange, the set; else NULL. */
static Node *
set_under_bound(Node *expression)
{
	Node	   *bound = hs_code_under_cast(expression);
	FuncExpr   *call = (FuncExpr *) bound;

	if (bound == NULL || !IsA(bound, FuncExpr))
		return NULL;
	return hs_is_function(call->funcid, hsrange_last_code) ||
		hs_is_function(call->funcid, hsmultirange_last_code) ?
		(Node *) linitial(call->args) : NULL;
}

/*
 * support.c makes two comparisons of "is contained by".  In a join the lower bound is
 * code >= hs_first_code(r), which the planner takes for DEFAULT_INEQ_SEL, and multiplies.
 * With a constant it is code >= r, which in the common order of codes and ranges is the
 * same, and code <= the last leaf of r.  What the two say together is then charged to the
 * lower one, wherever it stands, and the upper one counts as true: so they are estimated
 * right beside any others, and negated, too.  Who compares codes by their order with
 * constant ranges himself gets these estimates as well.
 */

/* The range with which an operator of this function compares; NULL if it is no constant, or the operator another. */
static const HsRange *
constant_range(FunctionCallInfo fcinfo, PGFunction comparison)
{
	List	   *args = (List *) PG_GETARG_POINTER(2);
	Const	   *constant = list_length(args) == 2 ? (Const *) lsecond(args) : NULL;

	/* anybody can make operators of other types, and name this estimator */
	if (constant == NULL || !IsA(constant, Const) || constant->constisnull ||
		!hs_is_function(get_opcode(PG_GETARG_OID(1)), comparison))
		return NULL;
	return DatumGetHsRangeP(constant->constvalue);
}

static bool
is_last_leaf(const HsRange *range)
{
	return range != NULL && range->low == range->high;
}

static double
contained_selectivity(FunctionCallInfo fcinfo, List *args)
{
	return hs_restriction_selectivity((PlannerInfo *) PG_GETARG_POINTER(0), hs_relation(HS_CONTAINED_BY),
									  get_opcode(PG_GETARG_OID(1)), args, PG_GETARG_INT32(3));
}

/* The estimate of core for an operator. */
static double
core_selectivity(PGFunction estimator, FunctionCallInfo fcinfo, Oid operator)
{
	return DatumGetFloat8(DirectFunctionCall4Coll(estimator, PG_GET_COLLATION(), PG_GETARG_DATUM(0),
												  ObjectIdGetDatum(operator), PG_GETARG_DATUM(2), PG_GETARG_DATUM(3)));
}

/* RESTRICT of hscode >= hsrange */
Datum
hs_gesel(PG_FUNCTION_ARGS)
{
	List	   *args = (List *) PG_GETARG_POINTER(2);

	PG_RETURN_FLOAT8(constant_range(fcinfo, hscode_ge_hsrange) != NULL ? contained_selectivity(fcinfo, args) :
					 core_selectivity(scalargesel, fcinfo, PG_GETARG_OID(1)));
}

/* RESTRICT of hscode < hsrange, its negator: all that is not NULL, and not contained */
Datum
hs_ltsel(PG_FUNCTION_ARGS)
{
	List	   *args = (List *) PG_GETARG_POINTER(2);
	double		selectivity = core_selectivity(scalarltsel, fcinfo, PG_GETARG_OID(1));

	if (constant_range(fcinfo, hscode_lt_hsrange) != NULL)
		selectivity += core_selectivity(scalargesel, fcinfo, get_negator(PG_GETARG_OID(1))) - contained_selectivity(fcinfo, args);
	CLAMP_PROBABILITY(selectivity);
	PG_RETURN_FLOAT8(selectivity);
}

/* RESTRICT of hscode <= hsrange */
Datum
hs_lesel(PG_FUNCTION_ARGS)
{
	List	   *args = (List *) PG_GETARG_POINTER(2);
	Node	   *set = list_length(args) == 2 && hs_is_function(get_opcode(PG_GETARG_OID(1)), hscode_le_hsrange) ?
		set_under_bound((Node *) lsecond(args)) : NULL;

	if (set != NULL && contain_var_clause(set))
		PG_RETURN_FLOAT8(Min(contained_selectivity(fcinfo, list_make2(linitial(args), set)) / DEFAULT_INEQ_SEL, 1.0));
	PG_RETURN_FLOAT8(is_last_leaf(constant_range(fcinfo, hscode_le_hsrange)) ? 1.0 :
					 core_selectivity(scalarlesel, fcinfo, PG_GETARG_OID(1)));
}

/* RESTRICT of hscode > hsrange, its negator */
Datum
hs_gtsel(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(is_last_leaf(constant_range(fcinfo, hscode_gt_hsrange)) ? 0.0 :
					 core_selectivity(scalargtsel, fcinfo, PG_GETARG_OID(1)));
}
