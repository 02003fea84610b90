/*-------------------------------------------------------------------------
 *
 * rescreen.c
 *	  A row whose verdict has changed because the lists have.
 *
 * control_list.rescreen() finds such rows by a query; what is done about one is done
 * here, where nobody can say what to write: the row is named, not given, and it is
 * screened once more.  So the log holds what is true, whoever calls.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "evidence.h"
#include "protection.h"

#include "access/table.h"
#include "access/tableam.h"
#include "executor/tuptable.h"
#include "miscadmin.h"
#include "nodes/value.h"
#include "parser/parse_func.h"
#include "utils/acl.h"
#include "utils/snapmgr.h"

PG_FUNCTION_INFO_V1(control_list_rescreen_row);

/*
 * Has the log said this of the row last, and of the values that it has now?  If it says nothing about these, the verdict
 * was the prior one.
 */
static bool
is_known(const Protection *protection, const Explanation *explanation, Verdict verdict, Verdict prior)
{
	LOCAL_FCINFO(call, 3);
	FmgrInfo	function;
	Oid			types[] = {REGCLASSOID, JSONBOID, JSONBOID};
	Datum		arguments[] = {ObjectIdGetDatum(protection->target), PointerGetDatum(explanation->key),
	PointerGetDatum(explanation->inputs)};
	Datum		logged;

	if (explanation->key == NULL)
		return verdict == prior;
	fmgr_info(LookupFuncName(list_make2(makeString(pstrdup("control_list")), makeString(pstrdup("logged_verdict"))),
							 lengthof(types), types, false), &function);
	InitFunctionCallInfoData(*call, &function, lengthof(types), InvalidOid, NULL, NULL);
	for (int i = 0; i < (int) lengthof(types); i++)
	{
		call->args[i].value = arguments[i];
		call->args[i].isnull = false;
	}
	logged = FunctionCallInvoke(call);
	return verdict == (call->isnull ? prior : verdict_of_datum(logged));
}

static Verdict
screen_row(Protection *protection, Relation relation, HeapTuple row, Explanation *explanation)
{
	RowValues	values;
	Verdict		verdict;

	protection_read(protection, relation, NULL, row, HEADER_AS_SEEN, &values);
	protection_read_draw(protection, &values);
	verdict = protection_screen(&values);
	protection_explain(protection, relation, row, &values, explanation);
	return verdict;
}

/* Logs the verdict of a row as the active snapshot sees it, if that is new. */
static bool
log_row(Protection *protection, Relation relation, ItemPointer id, Verdict prior)
{
	TupleTableSlot *slot = table_slot_create(relation, NULL);
	bool		is_new = false;

	if (protection_fetch(relation, id, slot))
	{
		bool		must_free;
		HeapTuple	row = ExecFetchSlotHeapTuple(slot, true, &must_free);
		Verdict		verdict;
		Explanation explanation;

		verdict = screen_row(protection, relation, row, &explanation);
		is_new = !is_known(protection, &explanation, verdict, prior);
		if (is_new)
			evidence_logged(protection->target, explanation.key, explanation.inputs, verdict, explanation.hits);
		if (must_free)
			heap_freetuple(row);
	}
	ExecDropSingleTupleTableSlot(slot);
	return is_new;
}

/* Arguments: the table or partition, the row, its verdict until now, whether to write the new one. */
Datum
control_list_rescreen_row(PG_FUNCTION_ARGS)
{
	Protection *protection;
	Relation	relation = protection_open(PG_GETARG_OID(0), &protection);
	ItemPointer id = (ItemPointer) PG_GETARG_POINTER(1);
	AclResult	right = pg_class_aclcheck(protection->target, GetUserId(), ACL_SELECT);
	bool		result;

	if (relation->rd_rel->relkind != RELKIND_RELATION)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg("relation \"%s\" has no rows of its own", RelationGetRelationName(relation)),
				 errhint("Name the partition of the row, its tableoid.")));
	if (right != ACLCHECK_OK)
		aclcheck_error(right, get_relkind_objtype(relation->rd_rel->relkind), RelationGetRelationName(relation));
	if (PG_GETARG_BOOL(3))
	{
		if (protection->verdict_column == InvalidAttrNumber)
			ereport(ERROR,
					(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
					 errmsg("relation \"%s\" has no verdict column", RelationGetRelationName(relation))));
		result = protection_hold(protection, relation, id);
	}
	else
		result = log_row(protection, relation, id, verdict_of_datum(PG_GETARG_DATUM(2)));
	table_close(relation, NoLock);
	PG_RETURN_BOOL(result);
}
