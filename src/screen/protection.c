/*-------------------------------------------------------------------------
 *
 * protection.c
 *	  Reads the protection of a table from its triggers, and shipments from its rows.
 *
 * A protection is read once and kept until the server says that the table, or one to
 * which it refers, has changed.  One that is out of date may still be in use further up
 * the stack, so it lives to the end of the transaction.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "protection.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/stratnum.h"
#include "access/table.h"
#include "access/tupmacs.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_trigger.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "executor/tuptable.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "nodes/value.h"
#include "parser/parse_func.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/fmgrprotos.h"
#include "utils/hsearch.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/syscache.h"

#define HSCODE_TYPE 1			/* stands for the OID of hscode, which no type of core has */
#define TEXT_TYPES TEXTOID, VARCHAROID, BPCHAROID

/* What a role is called, and the types that a column of it may have. */
static const struct
{
	const char *name;
	Oid			types[8];		/* up to InvalidOid */
	const char *words;
}			roles[ROLE_COUNT] = {
	{"hs_code", {TEXT_TYPES, HSCODE_TYPE}, "text, varchar, char or hscode"},
	{"destination", {TEXT_TYPES}, "text, varchar or char"},
	{"ship_date", {DATEOID, TIMESTAMPOID, TIMESTAMPTZOID}, "date, timestamp or timestamptz"},
	{"via", {TEXT_TYPES, TEXTARRAYOID}, "text[], text, varchar or char"},
	{"attributes", {JSONBOID}, "jsonb"},
	{"licenses", {TEXT_TYPES, TEXTARRAYOID}, "text[], text, varchar or char"},
	{"jurisdictions", {TEXT_TYPES, TEXTARRAYOID}, "text[], text, varchar or char"},
	{"tariff", {TEXT_TYPES}, "text, varchar or char"},
	{"quantity", {NUMERICOID, INT8OID, INT4OID, INT2OID}, "numeric, bigint, integer or smallint"},
	{"unit", {TEXT_TYPES}, "text, varchar or char"},
	{"value", {NUMERICOID, INT8OID, INT4OID, INT2OID}, "numeric, bigint, integer or smallint"},
	{"currency", {TEXT_TYPES}, "text, varchar or char"},
	{"reference", {TEXT_TYPES, NUMERICOID, INT8OID, INT4OID, UUIDOID}, "text, varchar, char, bigint, integer, numeric or uuid"}
};

typedef struct Known
{
	Oid			relation;		/* key */
	Protection *protection;		/* NULL: to be read */
} Known;

static HTAB *known;				/* protections by relation */
static Protection *retired;
static uint64 messages;			/* of changes of tables that were heard so far */

PG_FUNCTION_INFO_V1(control_list_protected_columns);

/* the functions of the engine that screen */
extern Datum screen_shipment_code_date(PG_FUNCTION_ARGS);
extern Datum screen_shipment_code_instant(PG_FUNCTION_ARGS);
extern Datum screen_shipment_text_date(PG_FUNCTION_ARGS);
extern Datum screen_shipment_text_instant(PG_FUNCTION_ARGS);

/* ---- what is kept ---- */

static void
retire(Known *entry)
{
	if (entry->protection == NULL)
		return;
	entry->protection->valid = false;
	entry->protection->next = retired;
	retired = entry->protection;
	entry->protection = NULL;
}

static bool
concerns(const Protection *protection, Oid relation)
{
	if (!OidIsValid(relation) || protection->relation == relation)
		return true;
	for (int i = 0; i < protection->header_count; i++)
	{
		if (protection->headers[i].relation == relation)
			return true;
	}
	return false;
}

/* Called by the server at any moment: notes what is out of date, and does nothing else. */
static void
forget(Oid relation)
{
	HASH_SEQ_STATUS status;
	Known	   *entry;

	messages++;
	hash_seq_init(&status, known);
	while ((entry = (Known *) hash_seq_search(&status)) != NULL)
	{
		if (entry->protection != NULL && concerns(entry->protection, relation))
			retire(entry);
	}
}

static void
forget_all(Datum arg pg_attribute_unused(), int cache pg_attribute_unused(), uint32 hash pg_attribute_unused())
{
	forget(InvalidOid);
}

static void
free_retired(XactEvent event, void *arg pg_attribute_unused())
{
	if (event != XACT_EVENT_COMMIT && event != XACT_EVENT_ABORT && event != XACT_EVENT_PREPARE)
		return;
	while (retired != NULL)
	{
		Protection *protection = retired;

		retired = protection->next;
		for (int i = 0; i < protection->header_count; i++)
		{
			if (protection->headers[i].lock_plan != NULL)
				SPI_freeplan(protection->headers[i].lock_plan);
			if (protection->headers[i].read_plan != NULL)
				SPI_freeplan(protection->headers[i].read_plan);
		}
		MemoryContextDelete(protection->context);
	}
}

void
protection_init(void)
{
	HASHCTL		control = {0};

	control.keysize = sizeof(Oid);
	control.entrysize = sizeof(Known);
	known = hash_create("control_list protections", 16, &control, HASH_ELEM | HASH_BLOBS);
	RegisterXactCallback(free_retired, NULL);
	control_list_relation_changed = forget;
	/* plans of headers name their schema */
	CacheRegisterSyscacheCallback(NAMESPACEOID, forget_all, (Datum) 0);
}

/* ---- what the triggers say ---- */

void
protection_refuse(Relation relation, const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("the protection of relation \"%s\" is damaged", RelationGetRelationName(relation)),
			 errdetail("%s", detail),
			 errhint("Call control_list.unprotect() and control_list.protect() again.")));
}

/* The column of the list that a text such as $1 means; sets 'rest' to what follows. */
static AttrNumber
listed_column(Relation relation, const Trigger *trigger, const char *text, const char **rest)
{
	char	   *end;
	long		number = strtol(text + 1, &end, 10);

	if (text[0] != '$' || number < 1 || number > trigger->tgnattr)
		protection_refuse(relation, psprintf("Argument \"%s\" of trigger \"%s\" names no column of it.", text, trigger->tgname));
	*rest = end;
	return trigger->tgattr[number - 1];
}

static bool
is_text(Oid type)
{
	return type == TEXTOID || type == VARCHAROID || type == BPCHAROID;
}

static Oid
verdict_type(void)
{
	return get_atttype(control_list_catalog.entry, get_attnum(control_list_catalog.entry, "measure"));
}

/* hscode is in the schema of screening_verdict. */
static bool
is_hscode(Oid type)
{
	HeapTuple	verdict = SearchSysCache1(TYPEOID, ObjectIdGetDatum(verdict_type()));
	Oid			namespace = ((Form_pg_type) GETSTRUCT(verdict))->typnamespace;

	ReleaseSysCache(verdict);
	return type == GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid, CStringGetDatum("hscode"), ObjectIdGetDatum(namespace));
}

static void
refuse_virtual(Relation relation, AttrNumber column)
{
	Form_pg_attribute attribute = TupleDescAttr(RelationGetDescr(relation), column - 1);

	if (attribute->attgenerated != '\0' && attribute->attgenerated != ATTRIBUTE_GENERATED_STORED)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("column \"%s\" of relation \"%s\" is not stored",
						NameStr(attribute->attname), RelationGetRelationName(relation)),
				 errhint("Make it a stored generated column.")));
}

/* The type of a column below domains, if it may have the role. */
static Oid
column_type(Relation relation, AttrNumber column, Role role)
{
	Form_pg_attribute attribute = TupleDescAttr(RelationGetDescr(relation), column - 1);
	Oid			type = getBaseType(attribute->atttypid);

	refuse_virtual(relation, column);
	for (int i = 0; OidIsValid(roles[role].types[i]); i++)
	{
		Oid			fits = roles[role].types[i];

		if (type == fits || (fits == HSCODE_TYPE && is_hscode(type)))
			return type;
	}
	ereport(ERROR,
			(errcode(ERRCODE_DATATYPE_MISMATCH),
			 errmsg("column \"%s\" of relation \"%s\" is of type %s",
					NameStr(attribute->attname), RelationGetRelationName(relation), format_type_be(attribute->atttypid)),
			 errhint("The column of %s must be of type %s.", roles[role].name, roles[role].words),
			 errtablecol(relation, column)));
}

/* A constant has the type in which the engine wants the argument. */
static Oid
constant_type(Role role)
{
	switch (role)
	{
		case ROLE_VIA:
		case ROLE_LICENSES:
		case ROLE_JURISDICTIONS:
			return TEXTARRAYOID;
		case ROLE_ATTRIBUTES:
			return JSONBOID;
		case ROLE_QUANTITY:
		case ROLE_VALUE:
			return NUMERICOID;
		default:
			return TEXTOID;
	}
}

static Datum
read_constant(Oid type, const char *text)
{
	Oid			input;
	Oid			parameter;
	Datum		value;

	/* '=KR' is short for '={KR}' */
	if (type == TEXTARRAYOID && text[0] != '{')
	{
		value = CStringGetTextDatum(text);
		return PointerGetDatum(construct_array(&value, 1, TEXTOID, -1, false, TYPALIGN_INT));
	}
	getTypeInputInfo(type, &input, &parameter);
	return OidInputFunctionCall(input, unconstify(char *, text), parameter, -1);
}

/* The number of a header among those of the protection, added if it is new. */
static int
header_of_key(Protection *protection, Relation relation, AttrNumber column, Oid columns_function)
{
	Header	   *header;

	for (int i = 0; i < protection->header_count; i++)
	{
		if (protection->headers[i].key_column == column)
			return i;
	}
	if (protection->headers == NULL)
		protection->headers = (Header *) palloc(sizeof(Header) * ROLE_COUNT);
	header = &protection->headers[protection->header_count];
	header_build(header, relation, protection->target, column, protection->header_count + 1, columns_function);
	return protection->header_count++;
}

static void
read_source(Protection *protection, Relation relation, const Trigger *trigger, Role role, const char *text)
{
	Source	   *source = &protection->sources[role];
	const char *rest;

	if (text[0] == '=')
	{
		source->kind = SOURCE_CONSTANT;
		source->type = constant_type(role);
		source->constant = read_constant(source->type, text + 1);
		return;
	}
	source->column = listed_column(relation, trigger, text, &rest);
	if (*rest == '\0')
	{
		source->kind = SOURCE_COLUMN;
		source->type = column_type(relation, source->column, role);
	}
	else
	{
		Header	   *header;
		Relation	referenced;

		source->kind = SOURCE_HEADER;
		source->header = header_of_key(protection, relation, source->column, trigger->tgfoid);
		source->header_column = atoi(rest + 1) - 1;
		header = &protection->headers[source->header];
		if (*rest != '.' || source->header_column < 0 || source->header_column >= header->column_count)
			protection_refuse(relation, psprintf("Argument \"%s\" of trigger \"%s\" names no column of the referenced table.",
									  text, trigger->tgname));
		referenced = table_open(header->relation, AccessShareLock);
		source->type = column_type(referenced, header->columns[source->header_column], role);
		table_close(referenced, AccessShareLock);
	}
}

static Verdict
read_verdict(Relation relation, const char *text)
{
	for (int i = 0; i < VERDICT_COUNT; i++)
	{
		if (strcmp(text, verdict_names[i]) == 0)
			return (Verdict) i;
	}
	protection_refuse(relation, psprintf("\"%s\" is no verdict.", text));
}

static void
read_argument(Protection *protection, Relation relation, const Trigger *trigger, const char *argument)
{
	const char *equals = strchr(argument, '=');
	const char *value = equals == NULL ? "" : equals + 1;
	Size		length = equals == NULL ? 0 : equals - argument;
	const char *rest;

	for (int i = 0; i < ROLE_COUNT; i++)
	{
		if (strlen(roles[i].name) == length && strncmp(argument, roles[i].name, length) == 0)
		{
			read_source(protection, relation, trigger, (Role) i, value);
			return;
		}
	}
	if (strncmp(argument, "verdict=", 8) == 0)
		protection->verdict_column = listed_column(relation, trigger, value, &rest);
	else if (strncmp(argument, "block_at=", 9) == 0)
		protection->block_at = read_verdict(relation, value);
	else if (strncmp(argument, "hold_at=", 8) == 0)
		protection->hold_at = read_verdict(relation, value);
	else if (strcmp(argument, "log=hits") == 0)
		protection->log = LOG_HITS;
	else if (strcmp(argument, "log=all") == 0)
		protection->log = LOG_EVERYTHING;
	else if (strncmp(argument, "ledger=", 7) == 0)
		protection->ledger = pstrdup(value);
	else if (strcmp(argument, "strict") == 0)
		protection->strict = true;
	else
		protection_refuse(relation, psprintf("Trigger \"%s\" has an invalid argument \"%s\".", trigger->tgname, argument));
}

/* All columns of the list are watched but the one that is written. */
static void
watch_columns(Protection *protection, Relation relation, const Trigger *trigger)
{
	protection->watched = (AttrNumber *) palloc(sizeof(AttrNumber) * trigger->tgnattr);
	for (int i = 0; i < trigger->tgnattr; i++)
	{
		refuse_virtual(relation, trigger->tgattr[i]);
		if (trigger->tgattr[i] != protection->verdict_column)
			protection->watched[protection->watched_count++] = trigger->tgattr[i];
	}
}

static void
check_verdict_column(const Protection *protection, Relation relation)
{
	Form_pg_attribute column = TupleDescAttr(RelationGetDescr(relation), protection->verdict_column - 1);

	if (column->atttypid != verdict_type())
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("column \"%s\" of relation \"%s\" is of type %s",
						NameStr(column->attname), RelationGetRelationName(relation), format_type_be(column->atttypid)),
				 errhint("The verdict column must be of type screening_verdict.")));
}

static PGFunction
engine_function(const Protection *protection, bool at_instant)
{
	if (protection->code_is_text)
		return at_instant ? screen_shipment_text_instant : screen_shipment_text_date;
	return at_instant ? screen_shipment_code_instant : screen_shipment_code_date;
}

/* The trigger that carries the mapping of the relation itself, NULL if there is none. */
static const Trigger *
find_columns(const TriggerDesc *triggers, Oid columns_function)
{
	for (int i = 0; triggers != NULL && i < triggers->numtriggers; i++)
	{
		const Trigger *trigger = &triggers->triggers[i];

		if (trigger->tgfoid == columns_function && !OidIsValid(trigger->tgconstrrelid))
			return trigger;
	}
	return NULL;
}

/*
 * Strict protection holds off editors of lists, and draws and records are written with the
 * rights of the owner of the lists.  Everybody can make the triggers for a table of his
 * own, and must not be able to do that by them; so what does it must be on record, itself
 * or as the inheritance child of a table that is.  What it draws stands in the ledger under
 * the name that is recorded for it, so that it returns nothing of another table.
 */
static void
check_recorded(const Protection *protection, Relation relation)
{
	Oid			types[] = {REGCLASSOID, TEXTOID};
	Datum		values[] = {ObjectIdGetDatum(protection->target), (Datum) 0};
	char		nulls[] = {' ', 'n'};
	Oid			user;
	int			security;

	if (protection->draws)
	{
		values[1] = CStringGetTextDatum(protection->ledger);
		nulls[1] = ' ';
	}
	GetUserIdAndSecContext(&user, &security);
	become_owner(control_list_catalog.entry);
	SPI_connect();
	if (SPI_execute_with_args("WITH RECURSIVE t AS (SELECT $1::pg_catalog.oid AS oid UNION "
							  "SELECT i.inhparent FROM pg_catalog.pg_inherits AS i JOIN t ON i.inhrelid OPERATOR(pg_catalog.=) t.oid) "
							  "SELECT FROM control_list.protected_table AS p JOIN t ON p.target OPERATOR(pg_catalog.=) t.oid "
							  "WHERE $2 IS NULL OR EXISTS (SELECT FROM control_list.ledger_name AS l "
							  "WHERE l.target OPERATOR(pg_catalog.=) $1 AND l.name OPERATOR(pg_catalog.=) $2)",
							  lengthof(types), types, values, nulls, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read control_list.protected_table");
	if (SPI_processed == 0)
		protection_refuse(relation, protection->draws ?
						  "It draws from licenses, but control_list.protected_table does not have it, or control_list.ledger_name has not this name for it." :
						  "It is strict or logged, but control_list.protected_table does not have it.");
	SPI_finish();
	SetUserIdAndSecContext(user, security);
}

/* Reads the catalog, since a lock on the table might wait for whoever changes both it and its child. */
static bool
has_columns(Oid relation, Oid columns_function)
{
	Relation	triggers = table_open(TriggerRelationId, AccessShareLock);
	bool		found = false;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_trigger_tgrelid, BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(relation));
	scan = systable_beginscan(triggers, TriggerRelidNameIndexId, true, NULL, 1, &key);
	while (!found && HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_trigger trigger = (Form_pg_trigger) GETSTRUCT(tuple);

		found = trigger->tgfoid == columns_function && !OidIsValid(trigger->tgconstrrelid);
	}
	systable_endscan(scan);
	table_close(triggers, AccessShareLock);
	return found;
}

/* A table that is protected and of which this one is a partition or child. */
static Oid
protected_parent(Oid child, Oid columns_function)
{
	Relation	inherits = table_open(InheritsRelationId, AccessShareLock);
	Oid			result = InvalidOid;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, Anum_pg_inherits_inhrelid, BTEqualStrategyNumber, F_OIDEQ, ObjectIdGetDatum(child));
	scan = systable_beginscan(inherits, InheritsRelidSeqnoIndexId, true, NULL, 1, &key);
	while (!OidIsValid(result) && HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Oid			parent = ((Form_pg_inherits) GETSTRUCT(tuple))->inhparent;

		if (has_columns(parent, columns_function))
			result = parent;
	}
	systable_endscan(scan);
	table_close(inherits, AccessShareLock);
	return result;
}

/* The table that was given to protect(): rows of its partitions and children are its rows. */
static Oid
protected_as(Oid relation, Oid columns_function)
{
	Oid			parent = protected_parent(relation, columns_function);

	return OidIsValid(parent) ? protected_as(parent, columns_function) : relation;
}

/* What there is to do for each row. */
static void
note_sources(Protection *protection, Relation relation)
{
	for (int i = 0; i < ROLE_COUNT; i++)
	{
		const Source *source = &protection->sources[i];

		if (source->kind == SOURCE_NONE)
			continue;
		protection->read[protection->read_count++] = (Role) i;
		if (source->kind == SOURCE_COLUMN)
			protection->last_column = Max(protection->last_column, source->column);
	}
	protection->slot = MakeSingleTupleTableSlot(CreateTupleDescCopyConstr(RelationGetDescr(relation)), &TTSOpsHeapTuple);
}

static Protection *
read_protection(Relation relation, const Trigger *trigger, MemoryContext context)
{
	Protection *protection = (Protection *) palloc0(sizeof(Protection));
	Oid			time;

	protection->context = context;
	protection->relation = RelationGetRelid(relation);
	protection->target = protected_as(protection->relation, trigger->tgfoid);
	protection->block_at = protection->hold_at = NEVER;
	for (int i = 0; i < trigger->tgnargs; i++)
		read_argument(protection, relation, trigger, trigger->tgargs[i]);
	if (protection->sources[ROLE_HS_CODE].kind == SOURCE_NONE || protection->sources[ROLE_DESTINATION].kind == SOURCE_NONE)
		protection_refuse(relation, "It does not say where the HS code and the destination are.");
	if (protection->verdict_column != InvalidAttrNumber)
		check_verdict_column(protection, relation);
	note_sources(protection, relation);
	watch_columns(protection, relation, trigger);
	protection->draws = protection->sources[ROLE_REFERENCE].kind == SOURCE_COLUMN && protection->ledger != NULL;
	if (protection->strict || protection->draws || protection->log != LOG_NOTHING)
		check_recorded(protection, relation);
	protection->code_is_text = is_text(protection->sources[ROLE_HS_CODE].type);
	time = protection->sources[ROLE_SHIP_DATE].type;
	protection->screen = engine_function(protection, !OidIsValid(time) || time == TIMESTAMPTZOID);
	protection->screen_on_date = engine_function(protection, false);
	protection->valid = true;
	return protection;
}

Protection *
protection_of(Relation relation)
{
	Oid			key = RelationGetRelid(relation);
	Known	   *entry = (Known *) hash_search(known, &key, HASH_FIND, NULL);
	uint64		heard = messages;
	Protection *protection;
	MemoryContext context;
	MemoryContext old;
	const Trigger *trigger;
	List	   *name;

	if (entry != NULL && entry->protection != NULL)
		return entry->protection;

	control_list_read_catalog();
	name = list_make2(makeString(pstrdup("control_list")), makeString(pstrdup("protected_columns")));
	/* a copy: those of the relation can go whenever the server hears of something */
	trigger = find_columns(CopyTriggerDesc(relation->trigdesc), LookupFuncName(name, 0, NULL, false));
	if (trigger == NULL)
		return NULL;
	context = AllocSetContextCreate(CurTransactionContext, "control_list protection", ALLOCSET_SMALL_SIZES);
	old = MemoryContextSwitchTo(context);
	protection = read_protection(relation, trigger, context);
	MemoryContextSwitchTo(old);

	entry = (Known *) hash_search(known, &key, HASH_ENTER, NULL);
	MemoryContextSetParent(context, TopMemoryContext);
	entry->protection = protection;
	/* what was heard of meanwhile may concern it, so it serves this once */
	if (messages != heard)
		retire(entry);
	return protection;
}

/* ---- rows ---- */

/* Engine and people take a code with blanks around it for that code. */
static Datum
trimmed(Datum value)
{
	text	   *code = DatumGetTextPP(value);
	const char *bytes = VARDATA_ANY(code);
	int			length = VARSIZE_ANY_EXHDR(code);

	if (likely(length == 0 || (bytes[0] != ' ' && bytes[length - 1] != ' ')))
		return PointerGetDatum(code);
	while (length > 0 && bytes[length - 1] == ' ')
		length--;
	while (length > 0 && bytes[0] == ' ')
	{
		bytes++;
		length--;
	}
	return PointerGetDatum(cstring_to_text_with_len(bytes, length));
}

/* A value as the engine wants it. */
static Datum
converted(Role role, Oid type, Datum value)
{
	switch (role)
	{
		case ROLE_HS_CODE:
			return is_text(type) ? trimmed(value) : value;
		case ROLE_SHIP_DATE:
			return type == TIMESTAMPOID ? DirectFunctionCall1(timestamp_date, value) : value;
		case ROLE_VIA:
		case ROLE_LICENSES:
		case ROLE_JURISDICTIONS:
			if (is_text(type))
			{
				value = trimmed(value);
				return PointerGetDatum(construct_array(&value, 1, TEXTOID, -1, false, TYPALIGN_INT));
			}
			return value;
		default:
			return value;
	}
}

/* Is the verdict in the last column, so that it is where the row ends?  A row can be older than columns of its table. */
static bool
has_verdict_last(const Protection *protection, TupleDesc description, HeapTuple row)
{
	return protection->verdict_column == description->natts && HeapTupleHeaderGetNatts(row->t_data) == description->natts;
}

static bool
is_null_at_end(HeapTuple row, TupleDesc description)
{
	return HeapTupleHasNulls(row) && att_isnull(description->natts - 1, row->t_data->t_bits);
}

/* Reads the verdict of a row that is in the slot; false if it is NULL.  Nothing else behind what is screened need be read. */
static bool
read_written_verdict(const Protection *protection, TupleDesc description, HeapTuple row, Datum *verdict)
{
	bool		is_null;

	if (has_verdict_last(protection, description, row))
	{
		is_null = is_null_at_end(row, description);
		if (!is_null)
			*verdict = ObjectIdGetDatum(*(Oid *) ((char *) row->t_data + row->t_len - sizeof(Oid)));
	}
	else
		*verdict = slot_getattr(protection->slot, protection->verdict_column, &is_null);
	return !is_null;
}

/*
 * The row with a verdict in its last column: what heap_form_tuple() makes of its values.
 * Since all before that stays as it is, it is copied, not taken apart.
 */
static HeapTuple
with_last_column(HeapTuple row, TupleDesc description, Datum verdict)
{
	HeapTupleHeader header = row->t_data;
	int			last = description->natts - 1;
	Size		kept = row->t_len - header->t_hoff - (is_null_at_end(row, description) ? 0 : sizeof(Oid));
	Size		offset = INTALIGN(kept);
	Size		size = SizeofHeapTupleHeader;
	bool		has_nulls = false;
	HeapTuple	written;
	bool		is_null PG_USED_FOR_ASSERTS_ONLY;

	for (int i = 0; i < last && HeapTupleHasNulls(row) && !has_nulls; i++)
		has_nulls = att_isnull(i, header->t_bits);
	if (has_nulls)
		size += BITMAPLEN(description->natts);
	size = MAXALIGN(size);

	written = (HeapTuple) palloc0(HEAPTUPLESIZE + size + offset + sizeof(Oid));
	written->t_len = (uint32) (size + offset + sizeof(Oid));
	written->t_self = row->t_self;
	written->t_tableOid = row->t_tableOid;
	written->t_data = (HeapTupleHeader) ((char *) written + HEAPTUPLESIZE);
	memcpy(written->t_data, header, SizeofHeapTupleHeader);
	HeapTupleHeaderSetDatumLength(written->t_data, written->t_len);
	written->t_data->t_hoff = (uint8) size;
	if (has_nulls)
	{
		memcpy(written->t_data->t_bits, header->t_bits, BITMAPLEN(description->natts));
		written->t_data->t_bits[last / BITS_PER_BYTE] |= (uint8) (1 << last % BITS_PER_BYTE);
	}
	else
		written->t_data->t_infomask &= (uint16) ~HEAP_HASNULL;
	memcpy((char *) written->t_data + size, (char *) header + header->t_hoff, kept);
	*(Oid *) ((char *) written->t_data + size + offset) = DatumGetObjectId(verdict);
	Assert(DatumGetObjectId(heap_getattr(written, last + 1, description, &is_null)) == DatumGetObjectId(verdict));
	return written;
}

HeapTuple
protection_with_verdict(Protection *protection, Relation relation, HeapTuple row, Datum verdict)
{
	TupleDesc	description = RelationGetDescr(relation);
	TupleTableSlot *slot = protection->slot;
	int			column = protection->verdict_column - 1;
	HeapTuple	written;

	if (has_verdict_last(protection, description, row))
		return with_last_column(row, description, verdict);

	/* it was read just now, unless another row came between */
	if (unlikely(((HeapTupleTableSlot *) slot)->tuple != row))
		ExecStoreHeapTuple(row, slot, false);
	slot_getallattrs(slot);
	slot->tts_values[column] = verdict;
	slot->tts_isnull[column] = false;
	written = heap_form_tuple(description, slot->tts_values, slot->tts_isnull);
	ExecClearTuple(slot);
	written->t_data->t_ctid = row->t_data->t_ctid;
	written->t_self = row->t_self;
	written->t_tableOid = row->t_tableOid;
	return written;
}

void
protection_read(Protection *protection, Relation relation, HeapTuple old, HeapTuple row, HeaderAccess access,
				RowValues *values)
{
	TupleTableSlot *slot = protection->slot;
	Datum	   *header_values[ROLE_COUNT];
	bool	   *header_nulls[ROLE_COUNT];

	/* not the values themselves: to clear so much takes longer than all the rest */
	memset(values->nulls, true, sizeof(values->nulls));
	values->has_verdict = false;
	values->order = (LicenseOrder) {0};
	for (int i = 0; i < protection->header_count; i++)
	{
		Header	   *header = &protection->headers[i];

		header_values[i] = (Datum *) palloc(sizeof(Datum) * header->column_count);
		header_nulls[i] = (bool *) palloc(sizeof(bool) * header->column_count);
		header_read(header, relation, row, access, header_values[i], header_nulls[i]);
	}
	/* one walk along the row, however many columns are read */
	ExecStoreHeapTuple(row, slot, false);
	slot_getsomeattrs(slot, protection->last_column);
	for (int i = 0; i < protection->read_count; i++)
	{
		Role		role = protection->read[i];
		const Source *source = &protection->sources[role];

		switch (source->kind)
		{
			case SOURCE_NONE:
				break;
			case SOURCE_CONSTANT:
				values->values[role] = source->constant;
				values->nulls[role] = false;
				continue;
			case SOURCE_COLUMN:
				values->values[role] = slot->tts_values[source->column - 1];
				values->nulls[role] = slot->tts_isnull[source->column - 1];
				break;
			case SOURCE_HEADER:
				values->values[role] = header_values[source->header][source->header_column];
				values->nulls[role] = header_nulls[source->header][source->header_column];
				break;
		}
		if (!values->nulls[role])
			values->values[role] = converted(role, source->type, values->values[role]);
	}
	if (protection->verdict_column != InvalidAttrNumber)
		values->has_verdict = read_written_verdict(protection, RelationGetDescr(relation), row, &values->verdict);
	if (protection->draws)
		values->order.references = protection_references(protection, relation, old, row);
	values->screen = protection->screen;
	values->known_now = true;
	values->known_at = 0;
	if (protection->sources[ROLE_SHIP_DATE].kind == SOURCE_NONE)
	{
		/* when it is written: the transaction may have begun on another day, and a procedure goes on from one to the next */
		values->values[ROLE_SHIP_DATE] = TimestampTzGetDatum(Max(GetCurrentTransactionStartTimestamp(),
																 GetCurrentStatementStartTimestamp()));
		values->nulls[ROLE_SHIP_DATE] = false;
	}
}

/* The trigger that carries a mapping; it has nothing to do. */
Datum
control_list_protected_columns(PG_FUNCTION_ARGS)
{
	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("control_list.protected_columns() must be fired by a trigger")));
	return PointerGetDatum(NULL);
}
