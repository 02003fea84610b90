/*-------------------------------------------------------------------------
 *
 * history.c
 *	  Keeps every row of the lists that is changed or deleted.
 *
 * A row says since when it is recorded.  When it goes it is put into the history of
 * its table, with the instant until which it was recorded, and what takes its place is
 * recorded from there on.  All changes of a transaction have the same instant, so what
 * was recorded at any time is what some transaction has left, whole; the instants
 * follow one another as the transactions do (recording_time() in cache.c).  What a
 * transaction itself has made and changed again was never recorded for anybody.
 *
 * Rows are kept before they go: who looks in the middle of a command may find a row
 * and what was kept of it, but never neither.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "rulebook.h"

#include "access/htup_details.h"
#include "access/tableam.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/typcache.h"

PG_FUNCTION_INFO_V1(control_list_record_change);

/* How the rows of a table are kept. */
typedef struct History
{
	const char *table;
	const char *insert;
	Oid			oid;			/* of the table for which the plan was made: it may be created again */
	SPIPlanPtr	plan;			/* of the insert, kept once made */
} History;

static History histories[] = {
	{"list", "INSERT INTO control_list.list_history SELECT ($1).*", InvalidOid, NULL},
	{"destination_group", "INSERT INTO control_list.destination_group_history SELECT ($1).*", InvalidOid, NULL},
	{"entry", "INSERT INTO control_list.entry_history SELECT ($1).*", InvalidOid, NULL}
};

static History *
find_history(Relation table)
{
	for (int i = 0; i < (int) lengthof(histories); i++)
	{
		if (strcmp(histories[i].table, RelationGetRelationName(table)) == 0)
			return &histories[i];
	}
	elog(ERROR, "table \"%s\" has no history", RelationGetRelationName(table));
	return NULL;				/* keep compiler quiet */
}

static SPIPlanPtr
history_plan(Relation table)
{
	History    *history = find_history(table);
	Oid			row_type = table->rd_rel->reltype;
	SPIPlanPtr	made;

	if (history->oid == RelationGetRelid(table))
		return history->plan;
	made = SPI_prepare(history->insert, 1, &row_type);
	if (made == NULL)
		elog(ERROR, "SPI_prepare failed: %s", SPI_result_code_string(SPI_result));
	SPI_keepplan(made);
	if (history->plan != NULL)
		SPI_freeplan(history->plan);
	history->plan = made;
	history->oid = RelationGetRelid(table);
	return made;
}

static TypeCacheEntry *
range_type(void)
{
	return lookup_type_cache(TSTZRANGEOID, TYPECACHE_RANGE_INFO);
}

static int
recorded_column(Relation table)
{
	int			column = get_attnum(RelationGetRelid(table), "recorded");

	if (column == InvalidAttrNumber)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_COLUMN),
				 errmsg("column \"recorded\" of table \"%s\" does not exist", RelationGetRelationName(table)),
				 errhint("Drop extension control_list and create it again.")));
	return column;
}

/* Since when a row is recorded; DT_NOBEGIN if it does not say so, which the table will not accept. */
static TimestampTz
recorded_since(Relation table, HeapTuple row)
{
	bool		is_null;
	Datum		recorded = heap_getattr(row, recorded_column(table), RelationGetDescr(table), &is_null);
	RangeBound	lower;
	RangeBound	upper;
	bool		is_empty = true;

	if (!is_null)
		range_deserialize(range_type(), DatumGetRangeTypeP(recorded), &lower, &upper, &is_empty);
	return is_empty || lower.infinite ? DT_NOBEGIN : DatumGetTimestampTz(lower.val);
}

/* The row as it is recorded since 'from', until 'until' if that is not DT_NOEND. */
static HeapTuple
row_recorded(Relation table, HeapTuple row, TimestampTz from, TimestampTz until)
{
	RangeBound	lower = {TimestampTzGetDatum(from), false, true, true};
	RangeBound	upper = {TimestampTzGetDatum(until), until == DT_NOEND, false, false};
	Datum		recorded = RangeTypePGetDatum(range_serialize_hard(range_type(), &lower, &upper));
	int			column = recorded_column(table);
	bool		is_null = false;

	return heap_modify_tuple_by_cols(row, RelationGetDescr(table), 1, &column, &recorded, &is_null);
}

/*
 * Keeps a row that goes, and returns the instant at which it does: that of the
 * transaction, but later than it came.
 */
static TimestampTz
keep_row(Relation table, HeapTuple row)
{
	TimestampTz since = recorded_since(table, row);
	TimestampTz until = recording_time();
	Datum		value;

	if (since == until)
		return until;
	until = Max(until, since + 1);
	value = heap_copy_tuple_as_datum(row_recorded(table, row, since, until), RelationGetDescr(table));
	if (SPI_execute_plan(history_plan(table), &value, NULL, false, 0) != SPI_OK_INSERT)
		elog(ERROR, "could not write the history of table \"%s\"", RelationGetRelationName(table));
	return until;
}

/*
 * Keeps all rows of a table, with the newest snapshot: those that others have written
 * since ours was taken go, too.
 */
static void
keep_all_rows(Relation table)
{
	Snapshot	snapshot = RegisterSnapshot(GetLatestSnapshot());
	TableScanDesc scan = table_beginscan(table, snapshot, 0, NULL);
	TupleTableSlot *slot = table_slot_create(table, NULL);
	MemoryContext row = AllocSetContextCreate(CurrentMemoryContext, "control_list row", ALLOCSET_SMALL_SIZES);

	while (table_scan_getnextslot(scan, ForwardScanDirection, slot))
	{
		bool		should_free;

		CHECK_FOR_INTERRUPTS();
		MemoryContextReset(row);
		/* each time: SPI comes back in a context of its own */
		MemoryContextSwitchTo(row);
		keep_row(table, ExecFetchSlotHeapTuple(slot, false, &should_free));
	}
	ExecDropSingleTupleTableSlot(slot);
	table_endscan(scan);
	UnregisterSnapshot(snapshot);
}

/* The row that an INSERT is to write: a time other than now comes from a restore, and stays. */
static HeapTuple
inserted_row(Relation table, HeapTuple row)
{
	if (recorded_since(table, row) != GetCurrentTransactionStartTimestamp())
		return row;
	return row_recorded(table, row, recording_time(), DT_NOEND);
}

/* Is it a table whose rows say since when they are recorded, at an event that writes that? */
static bool
has_record(const TriggerData *data)
{
	Oid			table = RelationGetRelid(data->tg_relation);

	return control_list_is_source(table) ||
		(table == control_list_catalog.revision && TRIGGER_FIRED_BY_INSERT(data->tg_event));
}

/*
 * BEFORE INSERT, UPDATE or DELETE, for each row, and BEFORE TRUNCATE; BEFORE INSERT only
 * for revisions, which have no history, but the instant of what comes with them.
 * Histories are written with the rights of the owner of the lists, whatever the writer may.
 */
Datum
control_list_record_change(PG_FUNCTION_ARGS)
{
	TriggerData *data = (TriggerData *) fcinfo->context;
	HeapTuple	result = NULL;
	Oid			user;
	int			security;

	if (!CALLED_AS_TRIGGER(fcinfo) || !TRIGGER_FIRED_BEFORE(data->tg_event) ||
		!has_record(data) ||
		TRIGGER_FIRED_FOR_ROW(data->tg_event) == TRIGGER_FIRED_BY_TRUNCATE(data->tg_event))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("control_list.record_change() must be fired by a trigger of a list table")));
	GetUserIdAndSecContext(&user, &security);
	SetUserIdAndSecContext(control_list_catalog.owner,
						   security | SECURITY_LOCAL_USERID_CHANGE | SECURITY_NOFORCE_RLS);
	SPI_connect();
	if (TRIGGER_FIRED_BY_TRUNCATE(data->tg_event))
		keep_all_rows(data->tg_relation);
	else if (TRIGGER_FIRED_BY_INSERT(data->tg_event))
		result = inserted_row(data->tg_relation, data->tg_trigtuple);
	else
	{
		TimestampTz until = keep_row(data->tg_relation, data->tg_trigtuple);

		result = TRIGGER_FIRED_BY_UPDATE(data->tg_event) ?
			row_recorded(data->tg_relation, data->tg_newtuple, until, DT_NOEND) : data->tg_trigtuple;
	}
	if (result != NULL && result != data->tg_trigtuple)
		result = SPI_copytuple(result);
	SPI_finish();
	SetUserIdAndSecContext(user, security);
	return PointerGetDatum(result);
}
