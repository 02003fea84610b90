/*-------------------------------------------------------------------------
 *
 * protection_sql.c
 *	  Rows of protected tables, as SQL asks about them.
 *
 * The same code that the triggers use, with the snapshot and the rights of the caller: who
 * may not read the table to which a foreign key refers cannot read it here.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "protection.h"

#include "access/relation.h"
#include "access/table.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

PG_FUNCTION_INFO_V1(control_list_protection);
PG_FUNCTION_INFO_V1(control_list_row_verdict);
PG_FUNCTION_INFO_V1(control_list_explain_row);
PG_FUNCTION_INFO_V1(control_list_explain_order);

Relation
protection_open(Oid target, Protection **protection)
{
	Relation	relation = try_relation_open(target, AccessShareLock);

	if (relation == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("relation with OID %u does not exist", target),
				 errhint("If it was protected, control_list.unprotect(%u) forgets it.", target)));
	*protection = protection_of(relation);
	if (*protection == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("relation \"%s\" is not protected", RelationGetRelationName(relation)),
				 errhint("Call control_list.protect() for it.")));
	return relation;
}

Datum
protection_result(FunctionCallInfo fcinfo, Datum *values, bool *nulls)
{
	TupleDesc	description;

	if (get_call_result_type(fcinfo, NULL, &description) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(description), values, nulls));
}

/* The settings of a protection, columns by their names of today. */
Datum
control_list_protection(PG_FUNCTION_ARGS)
{
	Protection *protection;
	Relation	relation = protection_open(PG_GETARG_OID(0), &protection);
	Datum		values[5] = {0};
	bool		nulls[5] = {true, true, true, false, true};
	NameData	column;
	NameData	reference;

	control_list_read_catalog();
	if (protection->verdict_column != InvalidAttrNumber)
	{
		namestrcpy(&column, get_attname(RelationGetRelid(relation), protection->verdict_column, false));
		values[0] = NameGetDatum(&column);
		nulls[0] = false;
	}
	if (protection->block_at != NEVER)
	{
		values[1] = verdict_datum(protection->block_at);
		nulls[1] = false;
	}
	if (protection->hold_at != NEVER)
	{
		values[2] = verdict_datum(protection->hold_at);
		nulls[2] = false;
	}
	values[3] = ObjectIdGetDatum(protection->target);
	if (protection->draws)
	{
		namestrcpy(&reference, get_attname(RelationGetRelid(relation), protection->sources[ROLE_REFERENCE].column, false));
		values[4] = NameGetDatum(&reference);
		nulls[4] = false;
	}
	table_close(relation, NoLock);
	return protection_result(fcinfo, values, nulls);
}

/* Reads the row that is the second argument. */
static void
read_argument(FunctionCallInfo fcinfo, Protection **protection, Relation *relation, HeapTuple row, RowValues *values)
{
	HeapTupleHeader header = PG_GETARG_HEAPTUPLEHEADER(1);

	*relation = protection_open(PG_GETARG_OID(0), protection);
	if (HeapTupleHeaderGetTypeId(header) != (*relation)->rd_rel->reltype)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("the row is not one of relation \"%s\"", RelationGetRelationName(*relation))));
	row->t_len = HeapTupleHeaderGetDatumLength(header);
	ItemPointerSetInvalid(&row->t_self);
	row->t_tableOid = InvalidOid;
	row->t_data = header;
	protection_read(*protection, *relation, NULL, row, HEADER_AS_SEEN, values);
	protection_read_draw(*protection, values);
}

/* Arguments: the table, its row, and perhaps another day than its own, and when what was known counts. */
Datum
control_list_row_verdict(PG_FUNCTION_ARGS)
{
	Protection *protection;
	Relation	relation;
	HeapTupleData row;
	RowValues	values;
	Verdict		verdict;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	read_argument(fcinfo, &protection, &relation, &row, &values);
	if (!PG_ARGISNULL(2))
	{
		values.screen = protection->screen_on_date;
		values.values[ROLE_SHIP_DATE] = PG_GETARG_DATUM(2);
		values.nulls[ROLE_SHIP_DATE] = false;
	}
	if (!PG_ARGISNULL(3))
	{
		values.known_now = false;
		values.known_at = PG_GETARG_DATUM(3);
	}
	verdict = protection_screen(&values);
	table_close(relation, NoLock);
	return verdict_datum(verdict);
}

Datum
control_list_explain_row(PG_FUNCTION_ARGS)
{
	Protection *protection;
	Relation	relation;
	HeapTupleData row;
	RowValues	values;
	Verdict		verdict;
	Explanation explanation;
	Datum		results[5];
	bool		nulls[5] = {false};

	read_argument(fcinfo, &protection, &relation, &row, &values);
	verdict = protection_screen(&values);
	protection_explain(protection, relation, &row, &values, &explanation);
	table_close(relation, NoLock);
	results[0] = PointerGetDatum(explanation.key);
	nulls[0] = explanation.key == NULL;
	results[1] = PointerGetDatum(explanation.inputs);
	results[2] = verdict_datum(verdict);
	results[3] = PointerGetDatum(explanation.hits);
	results[4] = BoolGetDatum(explanation.cleared);
	return protection_result(fcinfo, results, nulls);
}

/*
 * explain_row() of the one row that the condition finds, NULL if there is none.  For functions
 * with more rights than their caller: the table is read as its owner reads it, whose
 * index expressions, policies and casts may be anything.
 */
Datum
control_list_explain_order(PG_FUNCTION_ARGS)
{
	Oid			target = PG_GETARG_OID(0);
	char	   *condition = text_to_cstring(PG_GETARG_TEXT_PP(1));
	Oid			types[] = {REGCLASSOID};
	Datum		arguments[] = {ObjectIdGetDatum(target)};
	Datum		explanation = (Datum) 0;
	bool		is_null = true;
	Oid			user;
	int			security;

	GetUserIdAndSecContext(&user, &security);
	become_owner(target);
	SetUserIdAndSecContext(GetUserId(), security | SECURITY_LOCAL_USERID_CHANGE | SECURITY_NOFORCE_RLS | SECURITY_RESTRICTED_OPERATION);
	SPI_connect();
	if (SPI_execute_with_args(psprintf("SELECT control_list.explain_row($1, o.*) FROM %s AS o WHERE %s", qualified_name(target), condition),
							  1, types, arguments, NULL, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "an order could not be explained");
	if (SPI_processed > 1)
		ereport(ERROR,
				(errcode(ERRCODE_CARDINALITY_VIOLATION),
				 errmsg("relation \"%s\" has several orders of this key", get_rel_name(target)),
				 errhint("Name the inheritance child that is meant.")));
	if (SPI_processed == 1)
		explanation = SPI_datumTransfer(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &is_null), false, -1);
	SPI_finish();
	SetUserIdAndSecContext(user, security);
	if (is_null)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(explanation);
}
