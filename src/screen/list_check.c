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

/*
 * What the trigger does for one table.  Checks have two arguments, whether rows are
 * inserted and a key of the row; those of entries are checked together, and come from
 * the transition table.
 */
typedef struct TableCheck
{
	const char *table;
	const char *key;			/* NULL: all rows of a statement at once */
	const char *check;
	SPIPlanPtr	plan;			/* of the check, kept once made */
} TableCheck;

static TableCheck table_checks[] = {
	{"entry", NULL, "SELECT control_list.check_entries(pg_catalog.array_agg(w.id), $1) FROM written AS w", NULL},
	{"list", "code", "SELECT control_list.check_list($2, $1)", NULL},
	{"revision", "list", "SELECT control_list.check_revision($2, $1)", NULL},
	{"destination_group", "name", "SELECT control_list.check_group($2, $1)", NULL},
	{"license", "number", "SELECT control_list.check_license($2, $1)", NULL}
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

/* The key of a row, which is never null. */
static Datum
key_of(const TableCheck *check, Relation relation, HeapTuple row)
{
	TupleDesc	description = RelationGetDescr(relation);
	char	   *key = SPI_getvalue(row, description, SPI_fnumber(description, check->key));

	if (key == NULL)
		elog(ERROR, "table \"%s\" has no column \"%s\"", check->table, check->key);
	return CStringGetTextDatum(key);
}

/* Runs the check for a row, or for the rows of a statement.  Keeps the plan for the rest of the session. */
static void
run_check(TableCheck *check, TriggerData *data, HeapTuple row)
{
	Oid			types[] = {BOOLOID, TEXTOID};
	int			argument_count = check->key != NULL ? 2 : 1;
	Datum		values[2];

	values[0] = BoolGetDatum(TRIGGER_FIRED_BY_INSERT(data->tg_event));
	if (check->key != NULL)
		values[1] = key_of(check, data->tg_relation, row);
	else if (SPI_register_trigger_data(data) != SPI_OK_TD_REGISTER)
		elog(ERROR, "could not find the rows of the statement");

	if (check->plan == NULL)
	{
		SPIPlanPtr	made = SPI_prepare(check->check, argument_count, types);

		if (made == NULL)
			elog(ERROR, "SPI_prepare failed: %s", SPI_result_code_string(SPI_result));
		SPI_keepplan(made);
		check->plan = made;
	}
	if (SPI_execute_snapshot(check->plan, values, NULL, GetLatestSnapshot(),
							 InvalidSnapshot, false, false, 0) != SPI_OK_SELECT)
		elog(ERROR, "SPI_execute_snapshot failed: %s", check->check);
}

/* AFTER INSERT, UPDATE or DELETE, for each row; for entries, for each statement. */
Datum
control_list_check_rows(PG_FUNCTION_ARGS)
{
	TriggerData *data = (TriggerData *) fcinfo->context;
	TableCheck *check;
	Oid			writer;
	int			security_context;

	if (!CALLED_AS_TRIGGER(fcinfo) || !TRIGGER_FIRED_AFTER(data->tg_event))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("control_list.check_rows() must be fired by an AFTER trigger")));

	check = find_table_check(data->tg_relation);
	if (check->key != NULL ? !TRIGGER_FIRED_FOR_ROW(data->tg_event) : data->tg_newtable == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("control_list.check_rows() must be fired by the triggers of the extension")));
	GetUserIdAndSecContext(&writer, &security_context);
	SetUserIdAndSecContext(data->tg_relation->rd_rel->relowner,
						   security_context | SECURITY_LOCAL_USERID_CHANGE |
						   SECURITY_NOFORCE_RLS);
	SPI_connect();
	control_list_lock();
	run_check(check, data, data->tg_trigtuple);
	if (check->key != NULL && TRIGGER_FIRED_BY_UPDATE(data->tg_event))
		run_check(check, data, data->tg_newtuple);
	SPI_finish();
	SetUserIdAndSecContext(writer, security_context);
	return PointerGetDatum(NULL);
}
