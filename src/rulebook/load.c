/*-------------------------------------------------------------------------
 *
 * load.c
 *	  Reads the list tables, and their histories, under the active snapshot.
 *
 * With the rights of the owner of control_list.entry, a search_path that nobody else
 * writes to, and row security off, so that a role needs no rights on the tables and cannot
 * choose what is read.
 *
 * Rows are checked when they are written.  What still cannot be read (a row that came
 * in while triggers were off) is an error: a list that is not understood clears
 * nothing.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "rulebook.h"

#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/memutils.h"
#include "utils/syscache.h"
#include "utils/typcache.h"

/* the memory of the rulebook is looked at after so many rows */
#define BATCH 1000

/* a territory that destinations name, themselves or by a group of which it is a member for some time */
typedef struct Member
{
	text	   *group;			/* NULL: itself */
	Territory	territory;
	DateADT		from;			/* first day */
	DateADT		until;			/* first day no longer */
} Member;

/* an array of destinations, and its sets */
typedef struct KnownDestinations
{
	struct varlena *array;		/* perhaps with a short header */
	DatedSets	sets;
} KnownDestinations;

#define KNOWN_DESTINATIONS 1024

typedef struct Loader
{
	RulebookBuilder *builder;
	MemoryContext scratch;		/* lives as long as the load */
	MemoryContext caller_context;
	TypeCacheEntry *date_range;
	TypeCacheEntry *time_range; /* NULL: no history is read */

	/* the instant asked for, and the last and next ones at which something was recorded */
	TimestampTz known_at;
	TimestampTz recorded_from;
	TimestampTz recorded_until;

	int			member_count;
	int			member_capacity;
	Member	   *members;

	/* destinations that were read lately, by a hash of their bytes */
	KnownDestinations known[KNOWN_DESTINATIONS];

	int			list_count;
	uint64		entry_rows;

	/* what the last entry had, since the next one mostly has the same */
	int			last_list;
	text	   *last_revision;
} Loader;

static pg_noreturn void
refuse(const char *detail, const char *name, const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("a control list cannot be read"),
			 errdetail(detail, name),
			 errhint("%s", hint)));
}

/* ---- values ---- */

static Datum
get_known(const Row *row, int column)
{
	Datum		value;

	if (!row_get(row, column, &value))
		elog(ERROR, "column %d of a control list is null", column);
	return value;
}

/* A copy of a varlena value that lives as long as the context, with a short header if it has one. */
static void *
keep_in(MemoryContext context, Datum value)
{
	struct varlena *plain = PG_DETOAST_DATUM_PACKED(value);
	void	   *copy = MemoryContextAlloc(context, VARSIZE_ANY(plain));

	memcpy(copy, plain, VARSIZE_ANY(plain));
	return copy;
}

static void *
keep(Loader *loader, Datum value)
{
	struct varlena *plain = PG_DETOAST_DATUM_PACKED(value);

	return builder_copy(loader->builder, plain, VARSIZE_ANY(plain));
}

static text *
keep_text(Loader *loader, const Row *row, int column)
{
	Datum		value;

	return row_get(row, column, &value) ? (text *) keep(loader, value) : NULL;
}

static bool
is_same(const void *a, Datum b)
{
	struct varlena *other = (struct varlena *) DatumGetPointer(b);

	return a != NULL && !VARATT_IS_EXTERNAL(other) && VARSIZE_ANY(a) == VARSIZE_ANY(other) &&
		memcmp(a, other, VARSIZE_ANY(a)) == 0;
}

/* jsonpath wants its header in full and aligned */
static JsonPath *
keep_condition(Loader *loader, const Row *row, int column)
{
	MemoryContext old;
	JsonPath   *condition;
	Datum		value;

	if (!row_get(row, column, &value))
		return NULL;
	old = MemoryContextSwitchTo(builder_context(loader->builder));
	condition = DatumGetJsonPathPCopy(value);
	MemoryContextSwitchTo(old);
	return condition;
}

static bool
text_is(const text *value, const char *bytes, int length)
{
	return (int) VARSIZE_ANY_EXHDR(value) == length && memcmp(VARDATA_ANY(value), bytes, length) == 0;
}

static Territory
read_tariff(const Row *row, int column)
{
	Territory	tariff = TERRITORY_NONE;
	Datum		value;

	if (row_get(row, column, &value))
	{
		text	   *name = DatumGetTextPP(value);

		jurisdiction_read(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), &tariff);
	}
	return tariff;
}

/*
 * The days of a range as a half-open interval: infinite ends lie beyond all finite days.
 * False if the range cannot be told from them again.
 */
static bool
read_days(Loader *loader, const RangeType *days, DateADT *from, DateADT *until)
{
	RangeBound	lower;
	RangeBound	upper;
	bool		is_empty;

	range_deserialize(loader->date_range, days, &lower, &upper, &is_empty);
	*from = lower.infinite ? DATEVAL_NOBEGIN : DatumGetDateADT(lower.val);
	*until = upper.infinite ? DATEVAL_NOEND : DatumGetDateADT(upper.val);
	if (is_empty)
		*until = *from;
	return !is_empty && DATE_NOT_FINITE(*from) == lower.infinite && DATE_NOT_FINITE(*until) == upper.infinite;
}

static void
note_instant(Loader *loader, const RangeBound *bound)
{
	TimestampTz instant = DatumGetTimestampTz(bound->val);

	if (bound->infinite)
		return;
	if (instant <= loader->known_at)
		loader->recorded_from = Max(loader->recorded_from, instant);
	else
		loader->recorded_until = Min(loader->recorded_until, instant);
}

/* Was the row recorded at the instant asked for?  Its column 'recorded' says when it was. */
static bool
was_recorded(Loader *loader, const Row *row, int column)
{
	RangeType  *recorded;
	RangeBound	lower;
	RangeBound	upper;
	bool		is_empty;

	if (loader->known_at == KNOWN_NOW)
		return true;			/* no history is read then */
	recorded = DatumGetRangeTypeP(get_known(row, column));
	range_deserialize(loader->time_range, recorded, &lower, &upper, &is_empty);
	if (!is_empty)
	{
		note_instant(loader, &lower);
		note_instant(loader, &upper);
	}
	return range_contains_elem_internal(loader->time_range, recorded, TimestampTzGetDatum(loader->known_at));
}

/* ---- destinations ---- */

static Member *
add_member(Member **members, int *count, int *capacity)
{
	if (*count == *capacity)
	{
		*capacity *= 2;
		*members = (Member *) repalloc_huge(*members, sizeof(Member) * (Size) *capacity);
	}
	return &(*members)[(*count)++];
}

/* Appends the members of a group. */
static void
add_group(Loader *loader, const char *name, int length, Member **members, int *count, int *capacity)
{
	int			before = *count;

	for (int i = 0; i < loader->member_count; i++)
	{
		if (text_is(loader->members[i].group, name, length))
			*add_member(members, count, capacity) = loader->members[i];
	}
	if (*count == before)
		refuse("Destination group @%s does not exist.", pnstrdup(name, length),
			   "Insert the members of the group into control_list.destination_group.");
}

/* All that an array names at some time; NULL if it names everywhere, as one that is NULL does. */
static Member *
read_members(Loader *loader, ArrayType *array, int *count)
{
	Datum	   *values;
	bool	   *nulls;
	int			value_count;
	int			capacity = 16;
	Member	   *members = (Member *) palloc(sizeof(Member) * capacity);
	bool		everywhere = false;

	*count = 0;
	if (array == NULL)
		return NULL;
	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &values, &nulls, &value_count);
	for (int i = 0; i < value_count; i++)
	{
		text	   *name = nulls[i] ? NULL : DatumGetTextPP(values[i]);
		char	   *bytes = name == NULL ? "" : VARDATA_ANY(name);
		int			length = name == NULL ? 0 : VARSIZE_ANY_EXHDR(name);
		Member		member = {NULL, TERRITORY_NONE, DATEVAL_NOBEGIN, DATEVAL_NOEND};

		if (length == 1 && bytes[0] == '*')
			everywhere = true;
		else if (length > 0 && bytes[0] == '@')
			add_group(loader, bytes + 1, length - 1, &members, count, &capacity);
		else
		{
			if (!territory_read(bytes, length, &member.territory))
				refuse("Destination \"%s\" cannot be read.", pnstrdup(bytes, length),
					   "Write a country (RU), a subdivision (UA-43), a group (@name) or * for everywhere.");
			*add_member(&members, count, &capacity) = member;
		}
	}
	if (value_count == 0)
		refuse("It has an empty array of destinations%s.", "",
			   "Use NULL for the default destinations of the list, or '{*}' for everywhere.");
	if (!everywhere)
		return members;
	*count = 0;
	return NULL;
}

static int
compare_days(const void *a, const void *b)
{
	DateADT		x = *(const DateADT *) a;
	DateADT		y = *(const DateADT *) b;

	return (x > y) - (x < y);
}

/*
 * What an array of destinations stands for, from one day on which a group changes to
 * the next; most never do.  The sets of all days belong to the context.
 */
static DatedSets
read_destinations(Loader *loader, ArrayType *array, MemoryContext context)
{
	DatedSets	result = {0, NULL};
	int			count;
	Member	   *members = read_members(loader, array, &count);
	Territory  *territories = (Territory *) palloc_extended(sizeof(Territory) * ((Size) count + 1), MCXT_ALLOC_HUGE);
	DateADT    *ends = (DateADT *) palloc_extended(sizeof(DateADT) * (2 * (Size) count + 1), MCXT_ALLOC_HUGE);
	int			end_count = 0;
	DateADT		from = DATEVAL_NOBEGIN;

	for (int i = 0; i < count; i++)
	{
		ends[end_count++] = members[i].from;
		ends[end_count++] = members[i].until;
	}
	ends[end_count++] = DATEVAL_NOEND;
	qsort(ends, end_count, sizeof(DateADT), compare_days);

	result.sets = (DatedSet *) MemoryContextAllocHuge(context, sizeof(DatedSet) * (Size) end_count);
	for (int i = 0; i < end_count; i++)
	{
		int			territory_count = 0;

		CHECK_FOR_INTERRUPTS();
		if (ends[i] == from)
			continue;
		for (int j = 0; j < count; j++)
		{
			if (members[j].from <= from && from < members[j].until)
				territories[territory_count++] = members[j].territory;
		}
		result.sets[result.count].from = from;
		result.sets[result.count].until = ends[i];
		result.sets[result.count++].destinations =
			builder_destinations(loader->builder, members == NULL, territories, territory_count);
		from = ends[i];
	}
	return result;
}

/* ---- tables ---- */

/* of each source the last column says when a row was recorded */
static const SourceColumns member_source = {4, {"name", "territory", "valid", "recorded"}};

static bool
read_member(void *state, const Row *row)
{
	Loader	   *loader = (Loader *) state;
	text	   *territory = DatumGetTextPP(get_known(row, 2));
	Member	   *member;

	if (!was_recorded(loader, row, 4))
		return true;
	member = add_member(&loader->members, &loader->member_count, &loader->member_capacity);
	member->group = (text *) keep_in(loader->scratch, get_known(row, 1));
	(void) read_days(loader, DatumGetRangeTypeP(get_known(row, 3)), &member->from, &member->until);
	if (!territory_read(VARDATA_ANY(territory), VARSIZE_ANY_EXHDR(territory), &member->territory))
		refuse("A member of a destination group, \"%s\", cannot be read.", text_to_cstring(territory),
			   "Write a country (RU) or a subdivision (UA-43).");
	return true;
}

static void
read_jurisdictions(Loader *loader, RuleList *list, ArrayType *array)
{
	Datum	   *values;
	bool	   *nulls;
	int			count;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &values, &nulls, &count);
	list->jurisdictions = (Territory *) MemoryContextAlloc(builder_context(loader->builder),
														   sizeof(Territory) * Max(count, 1));
	for (int i = 0; i < count; i++)
	{
		text	   *name = nulls[i] ? cstring_to_text("") : DatumGetTextPP(values[i]);

		if (!jurisdiction_read(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), &list->jurisdictions[i]))
			refuse("Jurisdiction \"%s\" cannot be read.", text_to_cstring(name), "Write a country (KR), EU or UN.");
	}
	list->jurisdiction_count = count;
}

static const SourceColumns list_source = {10, {"code", "legal_basis", "time_zone", "tariff", "jurisdictions", "enabled", "destinations",
"measure", "known_from", "recorded"}};

static bool
read_list(void *state, const Row *row)
{
	Loader	   *loader = (Loader *) state;
	RuleList	list = {0};
	Datum		value;

	if (!was_recorded(loader, row, 10))
		return true;
	list.code = keep_text(loader, row, 1);
	for (int i = 0; i < loader->list_count && loader->known_at != KNOWN_NOW; i++)
	{
		if (text_is(builder_list(loader->builder, i)->code, VARDATA_ANY(list.code), VARSIZE_ANY_EXHDR(list.code)))
			refuse("List %s was recorded twice at the time of known_at.", quote_literal_cstr(text_to_cstring(list.code)),
				   "Compare control_list.list with control_list.list_history.");
	}
	list.legal_basis = keep_text(loader, row, 2);
	list.time_zone = keep_text(loader, row, 3);
	list.tariff = read_tariff(row, 4);
	if (row_get(row, 5, &value))
		read_jurisdictions(loader, &list, DatumGetArrayTypeP(value));
	list.enabled = DatumGetBool(get_known(row, 6));
	list.destinations = read_destinations(loader, row_get(row, 7, &value) ? DatumGetArrayTypeP(value) : NULL,
										  builder_context(loader->builder));
	list.measure = verdict_of_datum(get_known(row, 8));
	list.known_from = row_get(row, 9, &value) ? DatumGetDateADT(value) : DATEVAL_NOBEGIN;
	builder_add_list(loader->builder, &list);
	loader->list_count++;
	return true;
}

#define ENTRY_CODES 4
static const SourceColumns entry_source = {14, {"id", "list", "item", "codes", "except_codes", "ex", "destinations", "measure", "valid",
"applies_if", "exempt_if", "remark", "revision", "recorded"}};

/*
 * The days of an entry.  The range is kept where it cannot be told from them again, or
 * where the entry is to be parted.
 */
static void
read_valid(Loader *loader, Datum value, bool is_parted, RuleEntry *entry)
{
	if (!read_days(loader, DatumGetRangeTypeP(value), &entry->from, &entry->until) || is_parted)
	{
		MemoryContext old = MemoryContextSwitchTo(builder_context(loader->builder));

		entry->valid = DatumGetRangeTypePCopy(value);
		MemoryContextSwitchTo(old);
	}
}

static int
read_list_of_entry(Loader *loader, const Row *row)
{
	text	   *code = DatumGetTextPP(get_known(row, 2));
	int			list = loader->last_list;

	if (list < 0 || !text_is(builder_list(loader->builder, list)->code,
							 VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code)))
		list = builder_find_list(loader->builder, code);
	if (list < 0)
		refuse("There are entries of list %s, which does not exist.", quote_literal_cstr(text_to_cstring(code)),
			   "Insert the list into control_list.list, or delete its entries.");
	loader->last_list = list;
	return list;
}

static DatedSets
read_destinations_of_entry(Loader *loader, const Row *row, const RuleList *list)
{
	KnownDestinations *known;
	struct varlena *array;
	Datum		value;

	if (!row_get(row, 7, &value))
		return list->destinations;
	array = PG_DETOAST_DATUM_PACKED(value);
	known = &loader->known[hash_bytes((const unsigned char *) VARDATA_ANY(array), (int) VARSIZE_ANY_EXHDR(array)) % KNOWN_DESTINATIONS];
	if (!is_same(known->array, PointerGetDatum(array)))
	{
		known->sets = read_destinations(loader, DatumGetArrayTypeP(PointerGetDatum(array)), loader->scratch);
		known->array = (struct varlena *) keep_in(loader->scratch, PointerGetDatum(array));
	}
	return known->sets;
}

static bool
read_entry(void *state, const Row *row)
{
	Loader	   *loader = (Loader *) state;
	RuleEntry	entry = {0};
	RuleList   *list;
	DatedSets	destinations;
	HsSet		except = {0, NULL};
	Datum		value;

	if (++loader->entry_rows % BATCH == 0)
		rulebook_check_memory(MemoryContextMemAllocated(builder_context(loader->builder), true));
	/* an item in words is never matched */
	if (!was_recorded(loader, row, 14) || !row_get(row, ENTRY_CODES, &value))
		return true;
	entry.codes = *DatumGetHsRangeP(value);
	entry.list = read_list_of_entry(loader, row);
	list = builder_list(loader->builder, entry.list);
	if (!list->enabled)
		return true;

	entry.id = DatumGetInt64(get_known(row, 1));
	entry.item = keep_text(loader, row, 3);
	if (row_get(row, 5, &value))
		except = hs_multirange_set(DatumGetHsMultirangeP(value));
	entry.ex = DatumGetBool(get_known(row, 6));
	destinations = read_destinations_of_entry(loader, row, list);
	entry.measure = row_get(row, 8, &value) ? verdict_of_datum(value) : list->measure;
	read_valid(loader, get_known(row, 9), destinations.count > 1, &entry);
	entry.applies_if = keep_condition(loader, row, 10);
	entry.exempt_if = keep_condition(loader, row, 11);
	entry.remark = keep_text(loader, row, 12);
	if (row_get(row, 13, &value))
	{
		if (!is_same(loader->last_revision, value))
			loader->last_revision = (text *) keep(loader, value);
		entry.revision = loader->last_revision;
	}

	/* where its groups change, it stands there once for each of their periods */
	for (int i = 0; i < destinations.count; i++)
	{
		RuleEntry	part = entry;

		part.destinations = destinations.sets[i].destinations;
		part.from = Max(entry.from, destinations.sets[i].from);
		part.until = Min(entry.until, destinations.sets[i].until);
		builder_add_entry(loader->builder, &part, except);
	}
	return true;
}

/* How many entries there are, roughly: what VACUUM or ANALYZE has found, 0 if they have not. */
static double
expected_entries(void)
{
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(control_list_catalog.entry));
	double		entries = 0;

	if (HeapTupleIsValid(tuple))
	{
		entries = Max(((Form_pg_class) GETSTRUCT(tuple))->reltuples, 0);
		ReleaseSysCache(tuple);
	}
	return entries;
}

/* ---- settings ---- */

/* The settings under which lists are read, until AtEOXact_GUC() at the same level. */
static void
set_settings(void)
{
	static const char *const settings[][2] = {
		{"search_path", "pg_catalog, pg_temp"},
		{"row_security", "off"},
		/* licenses are looked up by index, however few there were when somebody last counted them */
		{"enable_seqscan", "off"},
		{"jit", "off"},
		{"max_parallel_workers_per_gather", "0"},
		/* Citus refuses queries on its tables inside of other queries otherwise */
		{CITUS_SETTING, "on"}
	};

	for (int i = 0; i < (int) lengthof(settings); i++)
	{
		if (GetConfigOption(settings[i][0], true, false) != NULL)
			(void) set_config_option(settings[i][0], settings[i][1], PGC_USERSET, PGC_S_SESSION,
									 GUC_ACTION_SAVE, true, 0, false);
	}
}

OwnerRights
owner_rights_begin(void)
{
	OwnerRights caller;

	GetUserIdAndSecContext(&caller.user, &caller.security);
	SetUserIdAndSecContext(control_list_catalog.owner,
						   caller.security | SECURITY_LOCAL_USERID_CHANGE | SECURITY_NOFORCE_RLS);
	caller.level = NewGUCNestLevel();
	set_settings();
	return caller;
}

void
owner_rights_end(OwnerRights caller)
{
	AtEOXact_GUC(true, caller.level);
	SetUserIdAndSecContext(caller.user, caller.security);
}

/* Reads a table, and its history if that counts; just what is asked about. */
static void
read_source(Loader *loader, const SourceColumns *source, const char *table, const char *history, RowReader read)
{
	bool		has_history = loader->known_at != KNOWN_NOW;

	source_read(source, table, source->column_count - !has_history, read, loader);
	if (has_history)
		source_read(source, history, source->column_count, read, loader);
}

/* Reads what there is beside entries.  The loader owns a memory context, which becomes the current one. */
static void
begin_load(Loader *loader, MemoryContext parent, TimestampTz known_at, double entries, bool is_part)
{
	loader->scratch = AllocSetContextCreate(CurrentMemoryContext, "control_list load", ALLOCSET_DEFAULT_SIZES);
	loader->caller_context = MemoryContextSwitchTo(loader->scratch);
	loader->date_range = lookup_type_cache(DATERANGEOID, TYPECACHE_RANGE_INFO);
	if (known_at != KNOWN_NOW)
		loader->time_range = lookup_type_cache(TSTZRANGEOID, TYPECACHE_RANGE_INFO);
	loader->known_at = known_at;
	loader->recorded_from = DT_NOBEGIN;
	loader->recorded_until = DT_NOEND;
	loader->last_list = -1;
	loader->builder = builder_begin(parent, entries, is_part);
	loader->member_capacity = 64;
	loader->members = (Member *) palloc(sizeof(Member) * loader->member_capacity);
	read_source(loader, &member_source, "destination_group", "destination_group_history", read_member);
	read_source(loader, &list_source, "list", "list_history", read_list);
	builder_sort_lists(loader->builder);
}

static Rulebook *
end_load(Loader *loader)
{
	Rulebook   *rulebook = builder_finish(loader->builder);

	rulebook->recorded_from = loader->known_at == KNOWN_NOW ? KNOWN_NOW : loader->recorded_from;
	rulebook->recorded_until = loader->recorded_until;
	rulebook->nomenclature = nomenclature_make(rulebook->context);
	MemoryContextSwitchTo(loader->caller_context);
	MemoryContextDelete(loader->scratch);
	return rulebook;
}

Rulebook *
rulebook_load(MemoryContext parent, TimestampTz known_at)
{
	Loader		loader = {0};
	Rulebook   *rulebook;
	OwnerRights caller = owner_rights_begin();

	begin_load(&loader, parent, known_at, expected_entries() * 1.1, false);
	read_source(&loader, &entry_source, "entry", "entry_history", read_entry);
	rulebook = end_load(&loader);
	owner_rights_end(caller);
	return rulebook;
}

Rulebook *
rulebook_load_part(MemoryContext parent, HsRange codes)
{
	Loader		loader = {0};
	Rulebook   *rulebook = NULL;
	SourceIndex entries;
	OwnerRights caller = owner_rights_begin();

	if (source_open_index(&entries, &entry_source, "entry", "entry_codes_idx", ENTRY_CODES))
	{
		begin_load(&loader, parent, KNOWN_NOW, 0, true);
		source_search(&entries, codes, read_entry, &loader);
		rulebook = end_load(&loader);
	}
	owner_rights_end(caller);
	/* an unknown code may meet what its chapter does not show; and where there are no entries at all, nothing is known */
	if (rulebook != NULL && (rulebook->nomenclature != NULL || !rulebook->has_entries))
	{
		MemoryContextDelete(rulebook->context);
		rulebook = NULL;
	}
	return rulebook;
}
