/*-------------------------------------------------------------------------
 *
 * source.c
 *	  Reads the rows of a table that a rulebook is made of.
 *
 * A plain table is scanned as it lies there, which saves a new connection the parser and the planner, and each
 * row the executor.  Whatever else it is (one with children, a table of Citus, whose rows lie elsewhere, or one that lacks
 * a column) is read by a query, as the server reads it or says why it cannot.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "rulebook.h"

#include "access/genam.h"
#include "access/relation.h"
#include "access/stratnum.h"
#include "access/table.h"
#include "access/tableam.h"
#include "catalog/namespace.h"
#include "catalog/pg_am_d.h"
#include "catalog/pg_class.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "storage/bufmgr.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

/* a table of fewer blocks is read as fast in whole as by an index */
#define FEW_BLOCKS 8

/* where rows go, and what of them is wanted */
typedef struct Reading
{
	RowReader	read;
	void	   *state;
	const AttrNumber *numbers;
	int			last;			/* column of a row that is taken apart */
	MemoryContext row_context;	/* reset after each row */
} Reading;

/* where the server puts the rows of a query */
typedef struct RowReceiver
{
	DestReceiver receiver;
	Reading		reading;
} RowReceiver;

/* Finds the columns in a table; false if one is not there. */
static bool
find_columns(Relation table, const SourceColumns *source, int column_count, AttrNumber *numbers)
{
	TupleDesc	description = RelationGetDescr(table);

	for (int i = 0; i < column_count; i++)
	{
		int			number = 0;

		while (number < description->natts &&
			   (TupleDescAttr(description, number)->attisdropped ||
				strcmp(NameStr(TupleDescAttr(description, number)->attname), source->columns[i]) != 0))
			number++;
		if (number == description->natts)
			return false;
		numbers[i] = (AttrNumber) (number + 1);
	}
	return true;
}

static Reading
begin_reading(const AttrNumber *numbers, int column_count, RowReader read, void *state)
{
	Reading		reading = {read, state, numbers, 0, NULL};

	for (int i = 0; i < column_count; i++)
		reading.last = Max(reading.last, numbers[i]);
	reading.row_context = AllocSetContextCreate(CurrentMemoryContext, "control_list row", ALLOCSET_SMALL_SIZES);
	return reading;
}

/* Hands a row to its reader; false if he has seen enough. */
static bool
hand_over(const Reading *reading, TupleTableSlot *slot)
{
	MemoryContext old = MemoryContextSwitchTo(reading->row_context);
	Row			row = {slot->tts_values, slot->tts_isnull, reading->numbers};
	bool		go_on;

	CHECK_FOR_INTERRUPTS();
	slot_getsomeattrs(slot, reading->last);
	go_on = reading->read(reading->state, &row);
	MemoryContextSwitchTo(old);
	MemoryContextReset(reading->row_context);
	return go_on;
}

static void
end_reading(const Reading *reading)
{
	MemoryContextDelete(reading->row_context);
}

/* The table, locked; NULL if it is not to be scanned or lacks a column of the source. */
static Relation
open_plain(const SourceColumns *source, const char *table, int column_count, AttrNumber *numbers)
{
	Relation	relation = table_openrv_extended(makeRangeVar("control_list", unconstify(char *, table), -1), AccessShareLock, true);

	if (relation != NULL &&
		(relation->rd_rel->relkind != RELKIND_RELATION || relation->rd_rel->relhassubclass ||
		 GetConfigOption(CITUS_SETTING, true, false) != NULL || !find_columns(relation, source, column_count, numbers)))
	{
		table_close(relation, NoLock);
		relation = NULL;
	}
	return relation;
}

static bool
receive_row(TupleTableSlot *slot, DestReceiver *self)
{
	return hand_over(&((RowReceiver *) self)->reading, slot);
}

static void
start_receiving(DestReceiver *self pg_attribute_unused(), int operation pg_attribute_unused(),
				TupleDesc description pg_attribute_unused())
{
}

static void
stop_receiving(DestReceiver *self pg_attribute_unused())
{
}

/* Reads whatever it is. */
static void
query(const SourceColumns *source, const char *table, int column_count, RowReader read, void *state)
{
	RowReceiver receiver = {0};
	SPIExecuteOptions options = {0};
	AttrNumber	numbers[MOST_COLUMNS];
	StringInfoData text;

	initStringInfo(&text);
	for (int i = 0; i < column_count; i++)
	{
		numbers[i] = (AttrNumber) (i + 1);
		appendStringInfo(&text, "%s s.%s", i == 0 ? "SELECT" : ",", source->columns[i]);
	}
	appendStringInfo(&text, " FROM control_list.%s AS s", table);

	receiver.receiver.receiveSlot = receive_row;
	receiver.receiver.rStartup = start_receiving;
	receiver.receiver.rShutdown = stop_receiving;
	receiver.receiver.rDestroy = stop_receiving;
	receiver.receiver.mydest = DestNone;
	receiver.reading = begin_reading(numbers, column_count, read, state);
	options.read_only = true;
	options.dest = &receiver.receiver;
	SPI_connect();
	if (SPI_execute_extended(text.data, &options) < 0)
		elog(ERROR, "could not read the control lists: %s", SPI_result_code_string(SPI_result));
	SPI_finish();
	end_reading(&receiver.reading);
	pfree(text.data);
}

void
source_read(const SourceColumns *source, const char *table, int column_count, RowReader read, void *state)
{
	AttrNumber	numbers[MOST_COLUMNS];
	Relation	relation = open_plain(source, table, column_count, numbers);
	Reading		reading;
	TupleTableSlot *slot;
	TableScanDesc scan;

	if (relation == NULL)
	{
		query(source, table, column_count, read, state);
		return;
	}
	reading = begin_reading(numbers, column_count, read, state);
	slot = table_slot_create(relation, NULL);
	scan = table_beginscan(relation, GetActiveSnapshot(), 0, NULL);
	while (table_scan_getnextslot(scan, ForwardScanDirection, slot) && hand_over(&reading, slot))
		;
	table_endscan(scan);
	ExecDropSingleTupleTableSlot(slot);
	end_reading(&reading);
	/* as after a query */
	table_close(relation, NoLock);
}

/* The function of the operator that asks a GiST index of ranges whether they overlap; InvalidOid if it is no such index. */
static Oid
overlap_function(Relation index, Relation table, AttrNumber column)
{
	Form_pg_index form = index->rd_index;
	Oid			operator;

	if (index->rd_rel->relkind != RELKIND_INDEX || index->rd_rel->relam != GIST_AM_OID || form->indrelid != RelationGetRelid(table) ||
		!form->indisvalid || form->indcheckxmin || form->indkey.values[0] != column || RelationGetIndexPredicate(index) != NIL)
		return InvalidOid;
	operator = get_opfamily_member(index->rd_opfamily[0], index->rd_opcintype[0], index->rd_opcintype[0], RTOverlapStrategyNumber);
	return OidIsValid(operator) ? get_opcode(operator) : InvalidOid;
}

bool
source_open_index(SourceIndex *opened, const SourceColumns *source, const char *table, const char *index, int column)
{
	Oid			number;

	opened->column_count = source->column_count;
	opened->index = NULL;
	opened->function = InvalidOid;
	/* an index that was made on a primary lacks what older snapshots of its standbys see */
	if (GetActiveSnapshot()->takenDuringRecovery)
		return false;
	opened->table = open_plain(source, table, source->column_count, opened->numbers);
	if (opened->table == NULL)
		return false;
	if (RelationGetNumberOfBlocks(opened->table) >= FEW_BLOCKS)
	{
		number = get_relname_relid(index, RelationGetNamespace(opened->table));
		opened->index = OidIsValid(number) ? try_relation_open(number, AccessShareLock) : NULL;
	}
	if (opened->index != NULL)
		opened->function = overlap_function(opened->index, opened->table, opened->numbers[column - 1]);
	if (OidIsValid(opened->function))
		return true;
	if (opened->index != NULL)
		relation_close(opened->index, NoLock);
	table_close(opened->table, NoLock);
	return false;
}

void
source_search(SourceIndex *opened, HsRange codes, RowReader read, void *state)
{
	Reading		reading = begin_reading(opened->numbers, opened->column_count, read, state);
	TupleTableSlot *slot = table_slot_create(opened->table, NULL);
	ScanKeyData key;
	IndexScanDesc scan;

	ScanKeyEntryInitialize(&key, 0, 1, RTOverlapStrategyNumber, opened->index->rd_opcintype[0], InvalidOid, opened->function,
						   PointerGetDatum(&codes));
	scan = index_beginscan_plain(opened->table, opened->index, GetActiveSnapshot(), 1);
	index_rescan(scan, &key, 1, NULL, 0);
	while (index_getnext_slot(scan, ForwardScanDirection, slot) && hand_over(&reading, slot))
		;
	index_endscan(scan);
	ExecDropSingleTupleTableSlot(slot);
	end_reading(&reading);
	relation_close(opened->index, NoLock);
	table_close(opened->table, NoLock);
}
