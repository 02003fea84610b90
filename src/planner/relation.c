/*-------------------------------------------------------------------------
 *
 * relation.c
 *	  Which relation an operator or a function of the extension stands for.
 *
 * An extension's objects have no fixed OIDs.  What is looked for is found by its name,
 * in the schema of the function that the planner asks about.  What is given is
 * trusted only if its C function is the one that is meant: everybody can make an
 * operator of that name and say that we estimate it, and we would take its
 * arguments for ours.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_operator.h"
#include "catalog/pg_proc.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/selfuncs.h"
#include "utils/syscache.h"

#include "planner.h"

/*
 * Without statistics or with an unknown operand a containment is taken for the
 * pair of bounds that it is on an index, and a position for one bound; overlap
 * takes in the broader codes too, and adjacency is as rare as equality.
 */
static const HsRelation relations[] = {
	[HS_CONTAINS] = {HS_CONTAINS, "@>", "hs_contains", hs_set_contains, DEFAULT_RANGE_INEQ_SEL},
	[HS_CONTAINED_BY] = {HS_CONTAINED_BY, "<@", "hs_contained_by", hs_set_contained, DEFAULT_RANGE_INEQ_SEL},
	[HS_OVERLAPS] = {HS_OVERLAPS, "&&", "hs_overlaps", hs_set_overlaps, 2 * DEFAULT_RANGE_INEQ_SEL},
	[HS_BEFORE] = {HS_BEFORE, "<<", "hs_before", hs_set_before, DEFAULT_INEQ_SEL},
	[HS_AFTER] = {HS_AFTER, ">>", "hs_after", hs_set_after, DEFAULT_INEQ_SEL},
	[HS_OVERLEFT] = {HS_OVERLEFT, "&<", "hs_overleft", hs_set_overleft, DEFAULT_INEQ_SEL},
	[HS_OVERRIGHT] = {HS_OVERRIGHT, "&>", "hs_overright", hs_set_overright, DEFAULT_INEQ_SEL},
	[HS_ADJACENT] = {HS_ADJACENT, "-|-", "hs_adjacent", hs_set_adjacent, DEFAULT_EQ_SEL},
};

const HsRelation *
hs_relation(HsRelationName name)
{
	return &relations[name];
}

bool
hs_is_function(Oid function, PGFunction address)
{
	FmgrInfo	info;

	if (!OidIsValid(function))
		return false;
	fmgr_info(function, &info);
	return info.fn_addr == address;
}

const HsRelation *
hs_relation_of_function(Oid function)
{
	char	   *name;

	/* just a superuser can say that a function has our support */
	if (!hs_is_function(get_func_support(function), hs_relation_support))
		return NULL;
	name = get_func_name(function);
	for (size_t i = 0; i < lengthof(relations); i++)
	{
		if (strcmp(name, relations[i].function) == 0)
			return &relations[i];
	}
	return NULL;
}

Oid
hs_find_operator(const char *name, Oid left, Oid right, Oid schema)
{
	return GetSysCacheOid4(OPERNAMENSP, Anum_pg_operator_oid,
						   CStringGetDatum(name), ObjectIdGetDatum(left),
						   ObjectIdGetDatum(right), ObjectIdGetDatum(schema));
}

Oid
hs_find_function(const char *name, Oid argument, Oid schema)
{
	oidvector  *arguments = buildoidvector(&argument, 1);

	return GetSysCacheOid3(PROCNAMEARGSNSP, Anum_pg_proc_oid,
						   CStringGetDatum(name), PointerGetDatum(arguments),
						   ObjectIdGetDatum(schema));
}

Node *
hs_code_under_cast(Node *expression)
{
	FuncExpr   *call;

	if (!IsA(expression, FuncExpr))
		return NULL;
	call = (FuncExpr *) expression;
	if (list_length(call->args) != 1)
		return NULL;
	return hs_is_function(call->funcid, hsrange_from_code) ?
		(Node *) linitial(call->args) : NULL;
}
