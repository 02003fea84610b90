/*-------------------------------------------------------------------------
 *
 * nomenclature.c
 *	  Which codes there are, and what a code that is none may mean.
 *
 * A code that an edition in force lacks counts also as its nearest ancestor there:
 * 8525.80, which was divided otherwise in 2022, may be anything of 8525.  An edition has
 * a code if it has the code itself or codes below it, or if the nearest one above it is
 * divided no further: an edition of six digits says nothing about tariff lines.  Each
 * edition is asked for itself, so that a code has to be in all that know its heading.
 *
 * Editions are large, and a backend asks about few codes.  So chapters are read when
 * a code of theirs is asked for the first time, under the snapshot of that screening: a
 * rulebook is used only by snapshots that see the same nomenclature, since that is one of
 * the tables that it is made of (cache.c).
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "rulebook.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"
#include "utils/typcache.h"

PG_FUNCTION_INFO_V1(control_list_code_exists);

typedef struct KnownCode
{
	HsRange		codes;
	DateADT		from;
	DateADT		until;
} KnownCode;

/* what one edition has in a chapter */
typedef struct Edition
{
	int			count;
	KnownCode  *codes;			/* by first leaf, the wider first */
	int			day_count;
	DateADT    *days;			/* ascending: on each something begins or ends */
} Edition;

typedef struct Chapter
{
	bool		is_read;
	int			count;
	Edition    *editions;
} Chapter;

#define CHAPTER_COUNT 100

struct Nomenclature
{
	MemoryContext context;
	Chapter		chapters[CHAPTER_COUNT];
};

/* ---- reading ---- */

static Oid
code_type(void)
{
	return get_atttype(control_list_catalog.nomenclature, get_attnum(control_list_catalog.nomenclature, "code"));
}

/* The schema of the type, in which its operators are, as SQL writes it. */
static const char *
code_schema(void)
{
	HeapTuple	tuple = SearchSysCache1(TYPEOID, ObjectIdGetDatum(code_type()));
	Oid			schema;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "column \"code\" of table control_list.nomenclature has no type");
	schema = ((Form_pg_type) GETSTRUCT(tuple))->typnamespace;
	ReleaseSysCache(tuple);
	return quote_identifier(get_namespace_name(schema));
}

static Datum
get_value(uint64 row, int column)
{
	bool		is_null;
	Datum		value = SPI_getbinval(SPI_tuptable->vals[row], SPI_tuptable->tupdesc, column, &is_null);

	if (is_null)
		elog(ERROR, "column %d of a nomenclature is null", column);
	return value;
}

static KnownCode
get_code(uint64 row)
{
	TypeCacheEntry *date_range = lookup_type_cache(DATERANGEOID, TYPECACHE_RANGE_INFO);
	RangeBound	from;
	RangeBound	until;
	bool		is_empty;

	range_deserialize(date_range, DatumGetRangeTypeP(get_value(row, 3)), &from, &until, &is_empty);
	return (KnownCode) {
		hs_code_range(DatumGetHsCode(get_value(row, 2))),
		from.infinite ? DATEVAL_NOBEGIN : DatumGetDateADT(from.val),
		until.infinite ? DATEVAL_NOEND : DatumGetDateADT(until.val)
	};
}

static int
compare_days(const void *a, const void *b)
{
	DateADT		x = *(const DateADT *) a;
	DateADT		y = *(const DateADT *) b;

	return (x > y) - (x < y);
}

/* Makes an edition of the rows from 'first' to before 'end'. */
static Edition
make_edition(MemoryContext context, uint64 first, uint64 end)
{
	Edition		edition;
	int			distinct = 0;

	edition.count = (int) (end - first);
	edition.codes = (KnownCode *) MemoryContextAlloc(context, sizeof(KnownCode) * (Size) edition.count);
	edition.days = (DateADT *) MemoryContextAlloc(context, sizeof(DateADT) * 2 * (Size) edition.count);
	edition.day_count = 0;
	for (uint64 row = first; row < end; row++)
	{
		KnownCode	code = get_code(row);

		edition.codes[row - first] = code;
		if (row > first && code.from == edition.codes[row - first - 1].from && code.until == edition.codes[row - first - 1].until)
			continue;
		edition.days[edition.day_count++] = code.from;
		edition.days[edition.day_count++] = code.until;
	}
	qsort(edition.days, edition.day_count, sizeof(DateADT), compare_days);
	for (int i = 0; i < edition.day_count; i++)
	{
		if (i == 0 || edition.days[i] != edition.days[i - 1])
			edition.days[distinct++] = edition.days[i];
	}
	edition.day_count = distinct;
	return edition;
}

static bool
is_same_edition(uint64 a, uint64 b)
{
	text	   *x = DatumGetTextPP(get_value(a, 1));
	text	   *y = DatumGetTextPP(get_value(b, 1));

	return VARSIZE_ANY_EXHDR(x) == VARSIZE_ANY_EXHDR(y) &&
		memcmp(VARDATA_ANY(x), VARDATA_ANY(y), VARSIZE_ANY_EXHDR(x)) == 0;
}

/* Makes the editions of a chapter of the rows that were read, which come by edition and code. */
static void
make_editions(Chapter *chapter, MemoryContext context)
{
	int			count = 0;
	Edition    *editions;

	for (uint64 row = 0; row < SPI_processed; row++)
		count += row == 0 || !is_same_edition(row, row - 1);
	editions = (Edition *) MemoryContextAlloc(context, sizeof(Edition) * (Size) Max(count, 1));
	count = 0;
	for (uint64 first = 0, end; first < SPI_processed; first = end)
	{
		for (end = first + 1; end < SPI_processed && is_same_edition(first, end); end++)
			;
		editions[count++] = make_edition(context, first, end);
	}
	chapter->editions = editions;
	chapter->count = count;
}

/* Who reads; what he sees, if nobody else has said what. */
typedef struct Reader
{
	OwnerRights caller;
	bool		has_snapshot;
} Reader;

static Reader
begin_reading(void)
{
	Reader		reader;

	reader.has_snapshot = !ActiveSnapshotSet();
	if (reader.has_snapshot)
		PushActiveSnapshot(GetTransactionSnapshot());
	reader.caller = owner_rights_begin();
	SPI_connect();
	return reader;
}

static void
end_reading(Reader reader)
{
	SPI_finish();
	owner_rights_end(reader.caller);
	if (reader.has_snapshot)
		PopActiveSnapshot();
}

static void
read_rows(const char *query, int argument_count, Oid *types, Datum *values)
{
	if (SPI_execute_with_args(query, argument_count, types, values, NULL, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read the nomenclature: %s", SPI_result_code_string(SPI_result));
}

static void
read_chapter(Nomenclature *nomenclature, int number)
{
	Chapter    *chapter = &nomenclature->chapters[number];
	const char *schema;
	Oid			types[2];
	Datum		values[2];
	Reader		reader = begin_reading();
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "control_list chapter", ALLOCSET_SMALL_SIZES);

	schema = code_schema();
	types[0] = types[1] = code_type();
	values[0] = HsCodeGetDatum(hs_code_make(number * HS_FIRST_LEAF, HS_CHAPTER_DIGITS));
	values[1] = HsCodeGetDatum(hs_code_make((number + 1) * HS_FIRST_LEAF - 1, HS_MAX_DIGITS));
	read_rows(psprintf("SELECT n.edition, n.code, n.valid FROM control_list.nomenclature AS n "
					   "WHERE n.code OPERATOR(%s.>=) $1 AND n.code OPERATOR(%s.<=) $2 ORDER BY n.edition, n.code",
					   schema, schema), 2, types, values);
	make_editions(chapter, context);
	rulebook_check_memory(MemoryContextMemAllocated(nomenclature->context, true) + MemoryContextMemAllocated(context, false));
	/* until here an error leaves nothing behind */
	MemoryContextSetParent(context, nomenclature->context);
	chapter->is_read = true;
	end_reading(reader);
}

static Chapter *
find_chapter(Nomenclature *nomenclature, HsCode code)
{
	int			number = (int) (hs_code_leaf(code) / HS_FIRST_LEAF);

	if (!nomenclature->chapters[number].is_read)
		read_chapter(nomenclature, number);
	return &nomenclature->chapters[number];
}

static bool
note_row(void *has_rows, const Row *row pg_attribute_unused())
{
	*(bool *) has_rows = true;
	return false;
}

Nomenclature *
nomenclature_make(MemoryContext parent)
{
	static const SourceColumns source = {1, {"code"}};
	Nomenclature *nomenclature;
	bool		has_rows = false;

	source_read(&source, "nomenclature", source.column_count, note_row, &has_rows);
	if (!has_rows)
		return NULL;
	nomenclature = (Nomenclature *) MemoryContextAllocZero(parent, sizeof(Nomenclature));
	nomenclature->context = AllocSetContextCreate(parent, "control_list nomenclature", ALLOCSET_DEFAULT_SIZES);
	return nomenclature;
}

/* ---- asking ---- */

static inline bool
is_in_force(const KnownCode *code, DateADT day)
{
	return code->from <= day && day < code->until;
}

/*
 * The nearest code above one that an edition lacks on a day; NULL if it has it, or knows
 * nothing above it.  *has says which.
 */
static const KnownCode *
find_ancestor(const Edition *edition, HsRange codes, DateADT day, bool *has)
{
	const KnownCode *nearest = NULL;

	*has = true;
	for (int i = 0; i < edition->count; i++)
	{
		const KnownCode *known = &edition->codes[i];

		if (known->codes.low > codes.high)
			break;
		if (!is_in_force(known, day))
			continue;
		if (hs_range_contains(codes, known->codes))
			return NULL;
		/* the wider come first */
		if (hs_range_contains(known->codes, codes))
			nearest = known;
	}
	*has = false;
	if (nearest == NULL)
		return NULL;
	for (const KnownCode *below = nearest + 1; below < edition->codes + edition->count; below++)
	{
		if (below->codes.low > nearest->codes.high)
			break;
		if (is_in_force(below, day))
			return nearest;
	}
	*has = true;				/* it is divided no further */
	return NULL;
}

int
nomenclature_ancestors(Nomenclature *nomenclature, HsCode code, Ancestor **ancestors)
{
	const Chapter *chapter = find_chapter(nomenclature, code);
	int			capacity = 0;
	int			count = 0;

	for (int i = 0; i < chapter->count; i++)
		capacity += chapter->editions[i].day_count;
	*ancestors = (Ancestor *) palloc(sizeof(Ancestor) * (Size) Max(capacity, 1));
	for (int i = 0; i < chapter->count; i++)
	{
		const Edition *edition = &chapter->editions[i];

		/* what holds on the first day of a period holds until the next */
		for (int j = 0; j + 1 < edition->day_count; j++)
		{
			bool		has;
			const KnownCode *nearest;

			CHECK_FOR_INTERRUPTS();
			nearest = find_ancestor(edition, hs_code_range(code), edition->days[j], &has);
			if (nearest != NULL)
				(*ancestors)[count++] = (Ancestor) {nearest->codes, edition->days[j], edition->days[j + 1]};
		}
	}
	return count;
}

/* control_list.code_exists(code hscode, day date) -> boolean */
Datum
control_list_code_exists(PG_FUNCTION_ARGS)
{
	HsCode		code = PG_GETARG_HSCODE(0);
	DateADT		day = PG_GETARG_DATEADT(1);
	Nomenclature *nomenclature = rulebook_current()->nomenclature;
	const Chapter *chapter = nomenclature == NULL ? NULL : find_chapter(nomenclature, code);
	bool		exists = false;

	for (int i = 0; chapter != NULL && i < chapter->count; i++)
	{
		bool		has;

		if (find_ancestor(&chapter->editions[i], hs_code_range(code), day, &has) != NULL)
			PG_RETURN_BOOL(false);
		exists |= has;
	}
	PG_RETURN_BOOL(exists);
}

/* ---- descriptions ---- */

char *
nomenclature_description(HsCode code, DateADT day)
{
	MemoryContext caller = CurrentMemoryContext;
	Datum		prefixes[HS_MAX_DIGITS];
	int			count = 0;
	const char *schema;
	Oid			types[2];
	Datum		values[2];
	Reader		reader = begin_reading();
	char	   *description = NULL;

	schema = code_schema();
	for (int digits = HS_CHAPTER_DIGITS; digits <= hs_code_digits(code); digits++)
	{
		if (hs_length_is_valid(digits))
			prefixes[count++] = HsCodeGetDatum(hs_code_truncate(code, digits));
	}
	types[0] = get_array_type(code_type());
	types[1] = DATEOID;
	values[0] = PointerGetDatum(construct_array(prefixes, count, code_type(), sizeof(HsCode), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
	values[1] = DateADTGetDatum(day);
	/* the nearest one of the last edition */
	read_rows(psprintf("SELECT n.code, n.description FROM control_list.nomenclature AS n "
					   "WHERE n.code OPERATOR(%s.=) ANY ($1) AND n.valid OPERATOR(pg_catalog.@>) $2 AND n.description IS NOT NULL "
					   "ORDER BY n.code DESC, n.edition DESC LIMIT 1", schema), 2, types, values);
	if (SPI_processed > 0)
	{
		HsCode		nearest = DatumGetHsCode(get_value(0, 1));
		text	   *words = DatumGetTextPP(get_value(0, 2));
		char		buffer[HS_CODE_TEXT_SIZE];
		MemoryContext old = MemoryContextSwitchTo(caller);

		hs_code_print(nearest, buffer);
		description = nearest == code ? text_to_cstring(words) : psprintf("in %s: %s", buffer, text_to_cstring(words));
		MemoryContextSwitchTo(old);
	}
	end_reading(reader);
	return description;
}
