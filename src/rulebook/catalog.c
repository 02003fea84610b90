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

#include "access/table.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_enum.h"
#include "catalog/pg_trigger.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "storage/lmgr.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

static const char *const sources[] = {
	"list", "destination_group", "entry", "list_history", "destination_group_history", "entry_history", "nomenclature"
};

/* triggers of each source, all of them ENABLE ALWAYS */
static const char *const triggers[] = {"change_begins", "change_row", "change_made", "change_ends"};

/* trigger of control_list.generation, ENABLE ALWAYS, too */
static const char announcing[] = "change_announced";

const char *const verdict_names[VERDICT_COUNT] = {
	"not_listed", "licensed", "review", "incomplete", "license_required", "prohibited"
};

ControlListCatalog control_list_catalog;
bool		control_list_tables_altered = true;
uint64		control_list_messages;
void		(*control_list_relation_changed) (Oid relation);

static bool catalog_changed = true; /* what stands in control_list_catalog may no longer be so */
static Oid	source_oids[lengthof(sources)];

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

/* Has the relation a trigger of this name that fires for everybody? */
static bool
always_fires(Relation relation, const char *name)
{
	for (int i = 0; relation->trigdesc != NULL && i < relation->trigdesc->numtriggers; i++)
	{
		const Trigger *trigger = &relation->trigdesc->triggers[i];

		if (strcmp(trigger->tgname, name) == 0)
			return trigger->tgenabled == TRIGGER_FIRES_ALWAYS;
	}
	return false;
}

/* Why changes of a table could go unnoticed, NULL if every trigger fires for every row of it. */
static const char *
table_problem(Oid table)
{
	Relation	relation = table_open(table, AccessShareLock);
	bool		has_children = relation->rd_rel->relhassubclass &&
		find_inheritance_children(table, NoLock) != NIL;
	bool		is_complete = true;

	for (int i = 0; i < (int) lengthof(triggers); i++)
		is_complete = is_complete && always_fires(relation, triggers[i]);
	table_close(relation, AccessShareLock);
	if (has_children)
		return "a list table has inheritance children, which have no triggers";
	return is_complete ? NULL : "a trigger of a list table is not ENABLE ALWAYS";
}

/* Does whoever replaces the generation say so before he commits? */
static bool
is_announced(Oid generation)
{
	Relation	relation = table_open(generation, AccessShareLock);
	bool		result = always_fires(relation, announcing);

	table_close(relation, AccessShareLock);
	return result;
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
		control_list_catalog.announced = is_announced(control_list_catalog.generation);
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
