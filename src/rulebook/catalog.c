/*-------------------------------------------------------------------------
 *
 * catalog.c
 *	  The tables, triggers and labels of the extension in this database.
 *
 * OIDs change when the extension is dropped and created again, in the life of a
 * backend too.  So they are looked up by name, and again after any of the tables has
 * changed its form.  The relcache callback only sets flags: it can come at any
 * moment, and says nothing about which snapshot sees the change.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "rulebook.h"

#include "access/genam.h"
#include "access/table.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_enum.h"
#include "catalog/pg_trigger.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "storage/lmgr.h"
#include "utils/fmgroids.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"

static const char *const sources[] = {
	"list", "destination_group", "entry", "list_history", "destination_group_history", "entry_history", "nomenclature"
};

/* triggers of each source, all of them ENABLE ALWAYS */
static const char *const triggers[] = {"change_begins", "change_row", "change_made", "change_ends"};

/* trigger of control_list.generation, ENABLE ALWAYS, too */
static const char *const announcing = "change_announced";

const char *const verdict_names[VERDICT_COUNT] = {
	"not_listed", "licensed", "review", "incomplete", "license_required", "prohibited"
};

ControlListCatalog control_list_catalog;
bool		control_list_tables_altered = true;
uint64		control_list_messages;
void		(*control_list_relation_changed) (Oid relation);

static bool catalog_changed = true; /* what stands in control_list_catalog may no longer be so */
static Oid	source_oids[lengthof(sources)];

/*
 * Who has written what the catalog says of the tables and of their triggers: mostly one transaction, that of CREATE EXTENSION.
 * There are some sixty such rows, and those of other people's triggers.  If so many do not suffice, no snapshot sees all.
 */
#define MOST_WRITERS 256
static TransactionId writers[MOST_WRITERS];
static int	writer_count;

static Oid
find_table(Oid namespace, const char *name)
{
	Oid			table = get_relname_relid(name, namespace);

	if (!OidIsValid(table))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_TABLE),
				 errmsg("table control_list.%s does not exist", name),
				 errhint("Drop extension control_list and create it again.")));
	return table;
}

static void
note_writer(HeapTuple tuple)
{
	TransactionId writer = HeapTupleHeaderGetXmin(tuple->t_data);

	for (int i = 0; i < Min(writer_count, MOST_WRITERS); i++)
	{
		if (writers[i] == writer)
			return;
	}
	if (writer_count < MOST_WRITERS)
		writers[writer_count] = writer;
	writer_count++;
}

bool
control_list_sees_tables(Snapshot snapshot)
{
	for (int i = 0; i < Min(writer_count, MOST_WRITERS); i++)
	{
		if (TransactionIdIsNormal(writers[i]) && XidInMVCCSnapshot(writers[i], snapshot))
			return false;
	}
	return writer_count <= MOST_WRITERS;
}

/*
 * How many triggers of these names does a table have that fire for everybody?  To open the table, as one does who means
 * to read it, would take longer.
 */
static int
count_firing(Oid table, const char *const *names, int name_count)
{
	Relation	catalog = table_open(TriggerRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;
	int			count = 0;

	ScanKeyInit(&key, Anum_pg_trigger_tgrelid, BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(table));
	scan = systable_beginscan(catalog, TriggerRelidNameIndexId, true, NULL, 1, &key);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_trigger trigger = (Form_pg_trigger) GETSTRUCT(tuple);

		note_writer(tuple);
		for (int i = 0; i < name_count && trigger->tgenabled == TRIGGER_FIRES_ALWAYS; i++)
			count += strcmp(NameStr(trigger->tgname), names[i]) == 0;
	}
	systable_endscan(scan);
	table_close(catalog, AccessShareLock);
	return count;
}

/* Why changes of a table could go unnoticed, NULL if every trigger fires for every row of it. */
static const char *
table_problem(Oid table)
{
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(table));
	bool		has_children;

	if (!HeapTupleIsValid(tuple))
		return "a list table is being dropped";
	has_children = ((Form_pg_class) GETSTRUCT(tuple))->relhassubclass && find_inheritance_children(table, NoLock) != NIL;
	note_writer(tuple);
	ReleaseSysCache(tuple);
	if (has_children)
		return "a list table has inheritance children, which have no triggers";
	return count_firing(table, triggers, lengthof(triggers)) == lengthof(triggers) ? NULL :
		"a trigger of a list table is not ENABLE ALWAYS";
}

static void
read_verdicts(Oid entry)
{
	AttrNumber	column = get_attnum(entry, "measure");
	Oid			type = column == InvalidAttrNumber ? InvalidOid : get_atttype(entry, column);

	for (int i = 0; i < VERDICT_COUNT; i++)
	{
		HeapTuple	label = SearchSysCache2(ENUMTYPOIDNAME, ObjectIdGetDatum(type), CStringGetDatum(verdict_names[i]));

		if (!HeapTupleIsValid(label))
			ereport(ERROR,
					(errcode(ERRCODE_UNDEFINED_COLUMN),
					 errmsg("column \"measure\" of table control_list.entry is not of type screening_verdict"),
					 errhint("Drop extension control_list and create it again.")));
		control_list_catalog.verdicts[i] = ((Form_pg_enum) GETSTRUCT(label))->oid;
		ReleaseSysCache(label);
	}
}

static Oid
owner_of(Oid table)
{
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(table));
	Oid			owner;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for relation %u", table);
	owner = ((Form_pg_class) GETSTRUCT(tuple))->relowner;
	ReleaseSysCache(tuple);
	return owner;
}

void
control_list_read_catalog(void)
{
	Oid			namespace;

	/* that a problem is gone need not be heard of: children go without a word */
	if (!catalog_changed && control_list_catalog.problem == NULL)
		return;
	/* whatever comes in from here on may concern what is read here */
	catalog_changed = false;
	PG_TRY();
	{
		namespace = get_namespace_oid("control_list", false);
		control_list_catalog.problem = NULL;
		writer_count = 0;
		for (int i = 0; i < (int) lengthof(sources); i++)
		{
			const char *problem;

			source_oids[i] = find_table(namespace, sources[i]);
			problem = table_problem(source_oids[i]);
			if (problem != NULL)
				control_list_catalog.problem = problem;
		}
		control_list_catalog.entry = find_table(namespace, "entry");
		control_list_catalog.revision = find_table(namespace, "revision");
		control_list_catalog.nomenclature = find_table(namespace, "nomenclature");
		control_list_catalog.generation = find_table(namespace, "generation");
		control_list_catalog.generation_id = get_attnum(control_list_catalog.generation, "id");
		if (control_list_catalog.generation_id == InvalidAttrNumber ||
			get_atttype(control_list_catalog.generation, control_list_catalog.generation_id) != UUIDOID)
			ereport(ERROR,
					(errcode(ERRCODE_UNDEFINED_COLUMN),
					 errmsg("table control_list.generation has no column \"id\" of type uuid"),
					 errhint("Drop extension control_list and create it again.")));
		/* does whoever replaces the generation say so before he commits? */
		control_list_catalog.announced = count_firing(control_list_catalog.generation, &announcing, 1) == 1;
		control_list_catalog.owner = owner_of(control_list_catalog.entry);
		read_verdicts(control_list_catalog.entry);
	}
	PG_CATCH();
	{
		catalog_changed = true;
		PG_RE_THROW();
	}
	PG_END_TRY();
}

void
control_list_lock(void)
{
	control_list_read_catalog();
	LockRelationOid(control_list_catalog.generation, ExclusiveLock);
}

void
control_list_share_lock(void)
{
	control_list_read_catalog();
	LockRelationOid(control_list_catalog.generation, RowShareLock);
}

Verdict
verdict_of_datum(Datum label)
{
	for (int i = 0; i < VERDICT_COUNT; i++)
	{
		if (control_list_catalog.verdicts[i] == DatumGetObjectId(label))
			return (Verdict) i;
	}
	elog(ERROR, "unrecognized screening_verdict: %u", DatumGetObjectId(label));
	return NOT_LISTED;			/* keep compiler quiet */
}

static bool
is_source(Oid table)
{
	for (int i = 0; i < (int) lengthof(sources); i++)
	{
		if (table == source_oids[i])
			return true;
	}
	return false;
}

bool
control_list_is_source(Oid table)
{
	control_list_read_catalog();
	return is_source(table);
}

bool
control_list_altered_here(void)
{
	bool		altered = false;

	/* who has written nothing has altered nothing */
	if (!TransactionIdIsValid(GetTopTransactionIdIfAny()))
		return false;
	for (int i = 0; i < (int) lengthof(sources); i++)
	{
		Relation	relation = table_open(source_oids[i], AccessShareLock);

		altered |= CheckRelationLockedByMe(relation, ShareRowExclusiveLock, true);
		table_close(relation, AccessShareLock);
	}
	return altered;
}

static void
note_relcache_change(Datum arg pg_attribute_unused(), Oid relation)
{
	control_list_messages++;
	if (!OidIsValid(relation) || relation == control_list_catalog.generation || is_source(relation))
		catalog_changed = control_list_tables_altered = true;
	if (control_list_relation_changed != NULL)
		control_list_relation_changed(relation);
}

void
control_list_catalog_init(void)
{
	CacheRegisterRelcacheCallback(note_relcache_change, (Datum) 0);
}
