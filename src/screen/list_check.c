/*-------------------------------------------------------------------------
 *
 * list_check.c
 *	  Rules that concern several rows of the list tables, exact under
 *	  concurrency.
 *
 * Two entries of one list and item must not overlap, and lists, revisions and
 * groups that are named must exist.  Overlap depends on other tables (default
 * destinations of the list, members of groups), which no exclusion constraint can
 * see, and foreign keys would break a parallel restore (sql/install/60-list.sql).
 * The way is that of PostgreSQL's own referential integrity triggers: first take a
 * lock that no concurrent writer of a list table gets, then look with the newest
 * snapshot, which sees what others have committed while we waited, even where the
 * transaction's own snapshot would not (REPEATABLE READ).
 *
 * What is checked is written in SQL, in the check functions of
 * sql/install/60-list.sql and 75-license.sql.  They run as the owner of the table that was written,
 * whatever the writer may read.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "rulebook/rulebook.h"

#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

PG_FUNCTION_INFO_V1(control_list_check_rows);

/* What the trigger does for one table; the key is its first argument in SQL. */
typedef struct TableCheck
{
	const char *table;
	const char *key;
	const char *check;
	SPIPlanPtr	plan;			/* of the check, kept once made */
} TableCheck;

static TableCheck table_checks[] = {
	{"entry", "id", "SELECT control_list.check_entry($1::pg_catalog.int8, $2)", NULL},
	{"list", "code", "SELECT control_list.check_list($1, $2)", NULL},
	{"revision", "list", "SELECT control_list.check_revision($1, $2)", NULL},
	{"destination_group", "name", "SELECT control_list.check_group($1, $2)", NULL},
	{"license", "number", "SELECT control_list.check_license($1, $2)", NULL}
};

static TableCheck *
find_table_check(Relation relation)
{
	for (int i = 0; i < (int) lengthof(table_checks); i++)
	{
		if (strcmp(table_checks[i].table, RelationGetRelationName(relation)) == 0)
			return &table_checks[i];
	}
	elog(ERROR, "control_list.check_rows() has no rule for table \"%s\"",
		 RelationGetRelationName(relation));
	return NULL;				/* keep compiler quiet */
}

/*
 * Runs the check with the key of the row and whether it is inserted.  Keeps the plan
 * for the rest of the session.
 */
static void
run_check(TableCheck *check, TriggerData *data, HeapTuple row)
{
	TupleDesc	description = RelationGetDescr(data->tg_relation);
	Oid			types[] = {TEXTOID, BOOLOID};
	char	   *key = SPI_getvalue(row, description, SPI_fnumber(description, check->key));
	Datum		values[2];

	if (key == NULL)
		elog(ERROR, "table \"%s\" has no column \"%s\"", check->table, check->key);
	values[0] = CStringGetTextDatum(key);
	values[1] = BoolGetDatum(TRIGGER_FIRED_BY_INSERT(data->tg_event));

	if (check->plan == NULL)
	{
		SPIPlanPtr	made = SPI_prepare(check->check, 2, types);

		if (made == NULL)
			elog(ERROR, "SPI_prepare failed: %s", SPI_result_code_string(SPI_result));
		SPI_keepplan(made);
		check->plan = made;
	}
	if (SPI_execute_snapshot(check->plan, values, NULL, GetLatestSnapshot(),
							 InvalidSnapshot, false, false, 0) != SPI_OK_SELECT)
		elog(ERROR, "SPI_execute_snapshot failed: %s", check->check);
}

/* AFTER INSERT, UPDATE or DELETE, for each row. */
Datum
control_list_check_rows(PG_FUNCTION_ARGS)
{
	TriggerData *data = (TriggerData *) fcinfo->context;
	TableCheck *check;
	Oid			writer;
	int			security_context;

	if (!CALLED_AS_TRIGGER(fcinfo) || !TRIGGER_FIRED_AFTER(data->tg_event) ||
		!TRIGGER_FIRED_FOR_ROW(data->tg_event))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("control_list.check_rows() must be fired AFTER ROW")));

	check = find_table_check(data->tg_relation);
	GetUserIdAndSecContext(&writer, &security_context);
	SetUserIdAndSecContext(data->tg_relation->rd_rel->relowner,
						   security_context | SECURITY_LOCAL_USERID_CHANGE |
						   SECURITY_NOFORCE_RLS);
	SPI_connect();
	control_list_lock();
	run_check(check, data, data->tg_trigtuple);
	if (TRIGGER_FIRED_BY_UPDATE(data->tg_event))
		run_check(check, data, data->tg_newtuple);
	SPI_finish();
	SetUserIdAndSecContext(writer, security_context);
	return PointerGetDatum(NULL);
}
