/*-------------------------------------------------------------------------
 *
 * support.c
 *	  Planner support functions: relations become index conditions.
 *
 * No btree knows what "is contained by" means, but the codes that stand in a
 * relation to a range lie between two codes (bounds.c), and every index on the
 * order of codes can find those.  So hs <@ range becomes
 *		hs >= hs_first_code(range) AND hs <= hs_last_code(range)
 * and hs && range begins at the chapter, the broadest code that can overlap.  The
 * calls stay in the condition where the range is a parameter, a stable function or
 * a column of another table, and are folded at once where it is a constant.
 *
 * The planner sees a pair of bounds as a range, and estimates how much of the index
 * lies between, unless the bounds come from another table; then it multiplies two
 * guesses and thinks little of the index.  So there the last code is compared as a
 * range, hs <= hs_last_code(range)::hsrange, which is the same in the common order
 * of codes and ranges, and the estimator of that operator knows better
 * (selectivity.c).
 *
 * The condition is lossy, that is, checked again on each row, unless the interval
 * is exactly the answer: for constants that can be seen (every code is such a one),
 * and for a code cast to a range it is known.
 *
 * Where the range is such a constant and the code a column, the comparisons take the
 * place of the relation altogether (interval_comparisons).
 *
 * A code that contains a range is one of at most twelve; hs @> range becomes
 * hs = ANY (hs_covering_codes(range)).
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/supportnodes.h"
#include "optimizer/optimizer.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

#include "planner.h"

PG_FUNCTION_INFO_V1(hs_relation_support);
PG_FUNCTION_INFO_V1(hs_unnest_support);

/* where the codes begin or end that can stand in a relation to a set */
typedef enum Bound
{
	NONE,
	FIRST,						/* the first code in the set */
	FIRST_CHAPTER,				/* the chapter where the set begins */
	LAST,						/* the last code in the set */
	LAST_CHAPTER				/* the chapter where the set ends */
} Bound;

typedef struct CodeInterval
{
	Bound		low;
	StrategyNumber low_strategy;
	Bound		high;
	StrategyNumber high_strategy;
} CodeInterval;

/* by relation, and by the side on which the indexed column stands */
static const CodeInterval intervals[][2] = {
	[HS_CONTAINS] = {
		{NONE, 0, NONE, 0},
		{FIRST, BTGreaterEqualStrategyNumber, LAST, BTLessEqualStrategyNumber},
	},
	[HS_CONTAINED_BY] = {
		{FIRST, BTGreaterEqualStrategyNumber, LAST, BTLessEqualStrategyNumber},
		{NONE, 0, NONE, 0},
	},
	[HS_OVERLAPS] = {
		{FIRST_CHAPTER, BTGreaterEqualStrategyNumber, LAST, BTLessEqualStrategyNumber},
		{FIRST_CHAPTER, BTGreaterEqualStrategyNumber, LAST, BTLessEqualStrategyNumber},
	},
	[HS_BEFORE] = {
		{NONE, 0, FIRST, BTLessStrategyNumber},
		{LAST, BTGreaterStrategyNumber, NONE, 0},
	},
	[HS_AFTER] = {
		{LAST, BTGreaterStrategyNumber, NONE, 0},
		{NONE, 0, FIRST, BTLessStrategyNumber},
	},
	[HS_OVERLEFT] = {
		{NONE, 0, LAST, BTLessEqualStrategyNumber},
		{LAST_CHAPTER, BTGreaterEqualStrategyNumber, NONE, 0},
	},
	[HS_OVERRIGHT] = {
		{FIRST_CHAPTER, BTGreaterEqualStrategyNumber, NONE, 0},
		{NONE, 0, LAST, BTLessEqualStrategyNumber},
	},
	[HS_ADJACENT] = {
		{NONE, 0, NONE, 0},
		{NONE, 0, NONE, 0},
	},
};

/* a condition on an index of codes, while it is being made */
typedef struct IndexCondition
{
	SupportRequestIndexCondition *request;
	Oid			schema;			/* where the extension's functions are */
	Oid			code_type;
	Node	   *column;
	Node	   *other;
	Oid			other_type;
} IndexCondition;

/* The arguments of an operator or a function call, NIL if there are not two. */
static List *
arguments_of(Node *clause)
{
	List	   *args = NIL;

	if (is_opclause(clause))
		args = ((OpExpr *) clause)->args;
	else if (is_funcclause(clause))
		args = ((FuncExpr *) clause)->args;
	return list_length(args) == 2 ? args : NIL;
}

/* The type of ranges, which is what range_merge() makes of a multirange. */
static Oid
range_type_of(Oid multirange_type, Oid schema)
{
	Oid			merge = hs_find_function("range_merge", multirange_type, schema);

	return OidIsValid(merge) ? get_func_rettype(merge) : InvalidOid;
}

/* A call of a function of the extension; NULL if somebody has dropped it. */
static Node *
make_call(IndexCondition *condition, const char *name, Node *argument,
		  Oid argument_type, Oid result_type)
{
	Oid			function = hs_find_function(name, argument_type, condition->schema);

	if (!OidIsValid(function))
		return NULL;
	return (Node *) makeFuncExpr(function, result_type, list_make1(copyObject(argument)),
								 InvalidOid, InvalidOid, COERCE_EXPLICIT_CALL);
}

static Node *
make_bound(IndexCondition *condition, Bound bound)
{
	bool		first = bound == FIRST || bound == FIRST_CHAPTER;
	Node	   *code = make_call(condition, first ? "hs_first_code" : "hs_last_code",
								 condition->other, condition->other_type,
								 condition->code_type);

	if (code != NULL && (bound == FIRST_CHAPTER || bound == LAST_CHAPTER))
		code = make_call(condition, "hs_chapter", code,
						 condition->code_type, condition->code_type);
	return code;
}

/* The operator for a btree strategy between codes and a type, InvalidOid if somebody has dropped it. */
static Oid
order_operator(Oid code_type, StrategyNumber strategy, Oid right_type)
{
	return get_opfamily_member(lookup_type_cache(code_type, TYPECACHE_BTREE_OPFAMILY)->btree_opf,
							   code_type, right_type, strategy);
}

/* The same, if the index has it. */
static Oid
index_operator(IndexCondition *condition, StrategyNumber strategy, Oid right_type)
{
	Oid			operator = order_operator(condition->code_type, strategy, right_type);

	return OidIsValid(operator) &&
		op_in_opfamily(operator, condition->request->opfamily) ? operator : InvalidOid;
}

/* column OPERATOR bound; NULL if that cannot be said to the index. */
static Expr *
make_comparison(IndexCondition *condition, StrategyNumber strategy, Node *bound,
				Oid bound_type)
{
	Oid			operator = index_operator(condition, strategy, bound_type);

	if (!OidIsValid(operator) || bound == NULL)
		return NULL;
	if (IsA(condition->other, Const))
		bound = eval_const_expressions(condition->request->root, bound);
	return make_opclause(operator, BOOLOID, false, (Expr *) condition->column,
						 (Expr *) bound, InvalidOid, InvalidOid);
}

/* The upper bound of a pair that depends on another table. */
static Expr *
make_joining_bound(IndexCondition *condition, const CodeInterval *interval)
{
	Oid			range_type = condition->other_type;
	Node	   *bound = make_bound(condition, interval->high);

	if (hs_kind_of_length(get_typlen(range_type)) == HS_KIND_MULTIRANGE)
		range_type = range_type_of(range_type, condition->schema);
	if (bound == NULL || !OidIsValid(range_type))
		return NULL;
	return make_comparison(condition, interval->high_strategy,
						   make_call(condition, "hsrange", bound,
									 condition->code_type, range_type),
						   range_type);
}

/* The comparisons that say that the column lies in the interval, NIL if not to be said. */
static List *
interval_condition(IndexCondition *condition, const CodeInterval *interval)
{
	Expr	   *low = NULL;
	Expr	   *high = NULL;
	List	   *conditions = NIL;

	if (interval->low != NONE)
	{
		low = make_comparison(condition, interval->low_strategy,
							  make_bound(condition, interval->low),
							  condition->code_type);
		if (low == NULL)
			return NIL;
		conditions = lappend(conditions, low);
	}
	if (interval->high != NONE)
	{
		if (low != NULL && contain_var_clause(condition->other))
			high = make_joining_bound(condition, interval);
		if (high == NULL)
			high = make_comparison(condition, interval->high_strategy,
								   make_bound(condition, interval->high),
								   condition->code_type);
		if (high == NULL)
			return NIL;
		conditions = lappend(conditions, high);
	}
	return conditions;
}

/*
 * column = ANY (the codes that cover the range).  The planner takes the answer of an
 * array condition on a later column of an index for sorted, unless it sees the
 * array in the query, so this is for first columns; and for ranges, since every
 * code contains the empty set.
 */
static List *
covering_condition(IndexCondition *condition)
{
	SupportRequestIndexCondition *request = condition->request;
	Oid			operator = index_operator(condition, BTEqualStrategyNumber,
									condition->code_type);
	ScalarArrayOpExpr *any;
	Node	   *codes;

	if (!OidIsValid(operator) || request->indexcol != 0 ||
		!request->index->amsearcharray)
		return NIL;
	codes = make_call(condition, "hs_covering_codes", condition->other,
					  condition->other_type, get_array_type(condition->code_type));
	if (codes == NULL)
		return NIL;
	if (IsA(condition->other, Const))
		codes = eval_const_expressions(request->root, codes);

	any = makeNode(ScalarArrayOpExpr);
	any->opno = operator;
	any->opfuncid = get_opcode(operator);
	any->useOr = true;
	any->args = list_make2(condition->column, codes);
	any->location = -1;
	request->lossy = false;
	return list_make1(any);
}

/* Are the codes in the interval exactly those that stand in the relation? */
static bool
interval_is_exact(IndexCondition *condition, const CodeInterval *interval)
{
	Const	   *constant;
	HsRange		range;
	HsSet		set;

	if (interval->low == LAST)
		return true;			/* all that come after it begin after it */
	if (interval->low == NONE || interval->high == NONE)
		return false;
	if (hs_code_under_cast(condition->other) != NULL)
		return interval->low == FIRST;
	if (!IsA(condition->other, Const))
		return false;

	constant = (Const *) condition->other;
	if (constant->constisnull)
		return true;			/* neither finds anything */
	set = hs_datum_set(hs_kind_of_length(constant->constlen), constant->constvalue, &range);
	if (set.count != 1)
		return set.count == 0;
	if (interval->low == FIRST)
		return hs_range_is_interval(set.ranges[0]);
	/* what begins in a chapter overlaps a range that begins with the chapter */
	return set.ranges[0].low % hs_span(HS_CHAPTER_DIGITS) == 0;
}

static List *
index_condition(SupportRequestIndexCondition *request)
{
	const HsRelation *relation = hs_relation_of_function(request->funcid);
	List	   *args = arguments_of(request->node);
	IndexCondition condition;
	const CodeInterval *interval;
	Oid		   *types;
	int			count;

	if (relation == NULL || args == NIL)
		return NIL;
	(void) get_func_signature(request->funcid, &types, &count);
	condition.request = request;
	condition.schema = get_func_namespace(request->funcid);
	condition.code_type = types[request->indexarg];
	condition.other_type = types[1 - request->indexarg];
	condition.column = (Node *) list_nth(args, request->indexarg);
	condition.other = (Node *) list_nth(args, 1 - request->indexarg);
	if (hs_kind_of_length(get_typlen(condition.code_type)) != HS_KIND_CODE ||
		!is_pseudo_constant_for_index(request->root, condition.other, request->index))
		return NIL;

	if (relation->name == (request->indexarg == 0 ? HS_CONTAINS : HS_CONTAINED_BY))
		return covering_condition(&condition);
	interval = &intervals[relation->name][request->indexarg];
	request->lossy = !interval_is_exact(&condition, interval);
	return interval_condition(&condition, interval);
}

static Const *
make_range(Oid range_type, HsRange range)
{
	return makeConst(range_type, -1, InvalidOid, sizeof(HsRange), HsRangeGetDatum(range), false, false);
}

/* If the node is a constant multirange of one range, that as a constant; else NULL. */
static Const *
single_range(Node *node, Oid range_type)
{
	Const	   *constant = (Const *) node;
	HsSet		set;

	if (!IsA(node, Const) || constant->constisnull || constant->constlen != -1)
		return NULL;
	set = hs_multirange_set(DatumGetHsMultirangeP(constant->constvalue));
	if (set.count != 1)
		return NULL;
	return make_range(range_type, set.ranges[0]);
}

/*
 * Constant multiranges of one range become that range, which is faster to compare
 * with.  An empty one is left alone: the answer is NULL for NULL, not false.  True if
 * there were any; the types follow.
 */
static bool
narrow_sets(List *args, Oid *types, Oid schema)
{
	bool		changed = false;

	for (int i = 0; i < 2; i++)
	{
		Oid			range_type;
		Const	   *range;

		if (hs_kind_of_length(get_typlen(types[i])) != HS_KIND_MULTIRANGE)
			continue;
		range_type = range_type_of(types[i], schema);
		range = single_range((Node *) list_nth(args, i), range_type);
		if (range == NULL)
			continue;
		types[i] = range_type;
		lfirst(list_nth_cell(args, i)) = range;
		changed = true;
	}
	return changed;
}

/* code OPERATOR constant; NULL if there is no such operator */
static Expr *
compare_with_constant(Node *code, Oid code_type, StrategyNumber strategy, Const *constant)
{
	Oid			operator = order_operator(code_type, strategy, constant->consttype);

	if (!OidIsValid(operator))
		return NULL;
	return make_opclause(operator, BOOLOID, false, (Expr *) copyObject(code), (Expr *) constant, InvalidOid, InvalidOid);
}

/*
 * code <@ range as the two comparisons that all of the planner understands: a bitmap scan
 * does not check them again, partitions are chosen by them, and partial indexes proven.
 * NULL unless the range is a constant and an interval, and the code a column, which costs
 * nothing to read twice.  Both are comparisons with ranges, since the planner would pair
 * comparisons with codes, and know less of them than of the relation (selectivity.c).
 */
static Node *
interval_comparisons(Node *code, Oid code_type, Node *other)
{
	Node	   *column = IsA(code, RelabelType) ? (Node *) ((RelabelType *) code)->arg : code;
	Const	   *constant = (Const *) other;
	HsRange		range;
	Expr	   *low;
	Expr	   *high;

	if (!IsA(column, Var) || !IsA(other, Const) || constant->constisnull)
		return NULL;
	range = *DatumGetHsRangeP(constant->constvalue);
	if (!hs_range_is_interval(range))
		return NULL;
	low = compare_with_constant(code, code_type, BTGreaterEqualStrategyNumber, copyObject(constant));
	high = compare_with_constant(code, code_type, BTLessEqualStrategyNumber,
								 make_range(constant->consttype, (HsRange) {range.high, range.high}));
	return low != NULL && high != NULL ? (Node *) make_andclause(list_make2(low, high)) : NULL;
}

static Node *
simplify(SupportRequestSimplify *request)
{
	FuncExpr   *call = request->fcall;
	const HsRelation *relation = hs_relation_of_function(call->funcid);
	Oid			schema = get_func_namespace(call->funcid);
	List	   *args = list_copy(call->args);
	Node	   *comparisons = NULL;
	Oid		   *types;
	int			count;
	bool		changed;
	Oid			operator;

	if (relation == NULL || list_length(args) != 2)
		return NULL;
	(void) get_func_signature(call->funcid, &types, &count);
	changed = narrow_sets(args, types, schema);

	if (relation->name == HS_CONTAINED_BY || relation->name == HS_CONTAINS)
	{
		int			inner = relation->name == HS_CONTAINED_BY ? 0 : 1;

		if (hs_kind_of_length(get_typlen(types[inner])) == HS_KIND_CODE &&
			hs_kind_of_length(get_typlen(types[1 - inner])) == HS_KIND_RANGE)
			comparisons = interval_comparisons((Node *) list_nth(args, inner), types[inner],
											   (Node *) list_nth(args, 1 - inner));
	}
	if (comparisons != NULL || !changed)
		return comparisons;

	operator = hs_find_operator(relation->operator, types[0], types[1], schema);
	if (!OidIsValid(operator))
		return NULL;
	return (Node *) make_opclause(operator, BOOLOID, false, (Expr *) linitial(args),
								  (Expr *) lsecond(args), InvalidOid, InvalidOid);
}

/* A call of the function estimates like the operator. */
static bool
estimate_call(SupportRequestSelectivity *request)
{
	const HsRelation *relation = hs_relation_of_function(request->funcid);

	if (relation == NULL || list_length(request->args) != 2)
		return false;
	request->selectivity = request->is_join ?
		hs_join_selectivity(request->root, relation, request->funcid,
							request->args, request->sjinfo) :
		hs_restriction_selectivity(request->root, relation, request->funcid,
								   request->args, request->varRelid);
	return true;
}

/* SUPPORT of every function that is a relation */
Datum
hs_relation_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);

	if (IsA(request, SupportRequestIndexCondition))
		PG_RETURN_POINTER(index_condition((SupportRequestIndexCondition *) request));
	if (IsA(request, SupportRequestSimplify))
		PG_RETURN_POINTER(simplify((SupportRequestSimplify *) request));
	if (IsA(request, SupportRequestSelectivity) &&
		estimate_call((SupportRequestSelectivity *) request))
		PG_RETURN_POINTER(request);
	PG_RETURN_POINTER(NULL);
}

/* SUPPORT of unnest(hsmultirange): how many ranges there are */
Datum
hs_unnest_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);

	if (IsA(request, SupportRequestRows))
	{
		SupportRequestRows *rows = (SupportRequestRows *) request;
		double		count = -1;

		if (is_funcclause(rows->node))
			count = hs_mean_count(rows->root,
								  (Node *) linitial(((FuncExpr *) rows->node)->args));
		if (count >= 0)
		{
			rows->rows = count;
			PG_RETURN_POINTER(rows);
		}
	}
	PG_RETURN_POINTER(NULL);
}
