/*-------------------------------------------------------------------------
 *
 * hits.c
 *	  screening_hits(): why a shipment has its verdict, and which licenses permit it.
 *
 * One row for each entry that matches and one for each reason of incomplete, the most
 * severe first.  All rows are made at once, so nothing is left behind that would need
 * the rulebook when the caller stops in the middle.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "license.h"

#include "catalog/pg_collation.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"
#include "utils/typcache.h"

#define HIT_COLUMNS 13

typedef struct Hit
{
	Verdict		verdict;
	int			list;			/* -1: none */
	int			entry;			/* -1: none, a reason of incomplete */
	EntryMatch	match;
	Match		place_match;
	const Place *place;
	Match		condition_match;
	const License *license;		/* that permits it, NULL if none does */
	const char *reason;			/* of what has no entry */
	int			number;			/* in the order in which they are found */
} Hit;

typedef struct Hits
{
	Rulebook   *rulebook;
	Shipment   *shipment;
	bool		has_licenses;	/* they have been read */
	Licenses	licenses;
	int			count;
	int			capacity;
	Hit		   *hits;

	/* the code that was described last, on which day, and how */
	MemoryContext words;
	HsCode		described;
	DateADT		described_on;
	char	   *description;	/* NULL: not at all */
} Hits;

static Hit *
add_hit(Hits *hits)
{
	if (hits->count == hits->capacity)
	{
		hits->capacity = Max(2 * hits->capacity, 8);
		if (hits->hits == NULL)
			hits->hits = (Hit *) palloc(sizeof(Hit) * (Size) hits->capacity);
		else
			hits->hits = (Hit *) repalloc_huge(hits->hits, sizeof(Hit) * (Size) hits->capacity);
	}
	return &hits->hits[hits->count++];
}

/* ---- licenses ---- */

/* What a license that is named says to a hit. */
static LicenseAnswer
ask_license(const Hits *hits, const Hit *hit, const License *license)
{
	RuleEntry  *entry = &hits->rulebook->entries[hit->entry];

	return license_answer(license, entry, &hits->rulebook->lists[hit->list], &hit->match, hits->shipment);
}

/* The first license that permits a hit of an entry that can be licensed. */
static const License *
find_license(Hits *hits, const Hit *hit)
{
	if (!hits->has_licenses)
	{
		hits->licenses = licenses_read(hits->shipment, hits->rulebook->recorded_from);
		hits->has_licenses = true;
	}
	for (int i = 0; i < hits->licenses.count; i++)
	{
		const License *license = &hits->licenses.licenses[i];

		if (ask_license(hits, hit, license) == LICENSE_PERMITS)
			return license;
	}
	return NULL;
}

/* ---- entries ---- */

static void
add_entry(Hits *hits, EntryMatch match)
{
	Rulebook   *rulebook = hits->rulebook;
	RuleEntry  *entry = &rulebook->entries[match.entry];
	RuleList   *list = &rulebook->lists[entry->list];
	DateADT		day = list_day(list, hits->shipment);
	Hit			hit = {0};
	bool		is_full;

	hit.list = entry->list;
	hit.entry = match.entry;
	hit.match = match;
	if (day < match.from || day >= match.until)
		return;
	hit.place_match = match_places(&rulebook->sets[entry->destinations], hits->shipment, &hit.place);
	if (day < entry->from || day >= entry->until || hit.place_match == MATCH_NONE)
		return;
	hit.condition_match = entry->applies_if == NULL && entry->exempt_if == NULL ? MATCH_FULL :
		match_conditions(entry, hits->shipment);
	if (hit.condition_match == MATCH_NONE)
		return;

	is_full = match.match == CODE_COVERED && hit.place_match == MATCH_FULL && hit.condition_match == MATCH_FULL;
	/* a missing code may be anything, which says nothing */
	if (!is_full && hits->shipment->code == HS_NO_CODE)
		return;
	hit.verdict = is_full ? entry->measure : REVIEW;
	if (hits->shipment->license_count > 0 && is_licensable(entry))
		hit.license = find_license(hits, &hit);
	if (hit.license != NULL)
		hit.verdict = LICENSED;
	*add_hit(hits) = hit;
}

/* The entries of the lists whose tariff is, or is not, that of the shipment. */
static void
add_entries(Hits *hits, bool own)
{
	int			count;
	EntryMatch *matches = rulebook_matches(hits->rulebook, counted_code(hits->shipment, own), own, &count);

	for (int i = 0; i < count; i++)
	{
		RuleList   *list = &hits->rulebook->lists[hits->rulebook->entries[matches[i].entry].list];

		/* the best match of an entry that counts on the day */
		if (hits->count > 0 && hits->hits[hits->count - 1].entry == matches[i].entry)
			continue;
		if (is_own_tariff(list, hits->shipment) == own && list_applies(list, hits->shipment))
			add_entry(hits, matches[i]);
	}
}

/* ---- reasons of incomplete ---- */

static void
add_reason(Hits *hits, int list, const char *reason)
{
	Hit		   *hit = add_hit(hits);

	memset(hit, 0, sizeof(Hit));
	hit->verdict = INCOMPLETE;
	hit->list = list;
	hit->entry = -1;
	hit->reason = reason;
	hit->number = hits->count;
}

static char *
quote(const text *value)
{
	return quote_literal_cstr(text_to_cstring(value));
}

static void
add_code_reason(Hits *hits)
{
	text	   *code = hits->shipment->code_text;
	HsCode		ignored;

	if (hits->shipment->code != HS_NO_CODE)
		return;
	if (code == NULL)
		add_reason(hits, -1, "The HS code is missing.");
	else
		add_reason(hits, -1, psprintf("The HS code %s cannot be read. %s", quote(code),
									  hs_problem_detail(hs_code_parse(VARDATA_ANY(code), VARSIZE_ANY_EXHDR(code),
																	  &ignored))));
}

static void
add_place_reasons(Hits *hits)
{
	for (int i = 0; i < hits->shipment->place_count; i++)
	{
		const Place *place = &hits->shipment->places[i];
		const char *what = i == 0 ? "The destination" : "A via point";

		if (place->territory != TERRITORY_NONE)
			continue;
		add_reason(hits, -1, place->name == NULL ? psprintf("%s is missing.", what) :
				   psprintf("%s %s cannot be read.", what, quote(place->name)));
	}
}

static char *
day_text(DateADT day)
{
	Datum		midnight = DirectFunctionCall1(date_timestamp, DateADTGetDatum(day));

	return TextDatumGetCString(DirectFunctionCall2(timestamp_to_char, midnight, CStringGetTextDatum("YYYY-MM-DD")));
}

static void
add_claim_reasons(Hits *hits)
{
	for (int i = 0; i < hits->rulebook->list_count; i++)
	{
		RuleList   *list = &hits->rulebook->lists[i];

		if (list_claims_later(hits->rulebook, list, hits->shipment))
			add_reason(hits, i, psprintf("List %s makes no claim before %s.", text_to_cstring(list->code),
										 day_text(list->known_from)));
	}
}

static void
add_jurisdiction_reasons(Hits *hits)
{
	Datum	   *values;
	bool	   *nulls;
	int			count;

	if (hits->shipment->jurisdiction_problems == 0)
		return;
	deconstruct_array(hits->shipment->jurisdiction_names, TEXTOID, -1, false, TYPALIGN_INT, &values, &nulls, &count);
	if (count == 0)
		add_reason(hits, -1, "A jurisdiction is missing.");
	for (int i = 0; i < count; i++)
	{
		text	   *name = nulls[i] ? NULL : DatumGetTextPP(values[i]);
		Territory	ignored;

		if (name == NULL)
			add_reason(hits, -1, "A jurisdiction is missing.");
		else if (!jurisdiction_read(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), &ignored))
			add_reason(hits, -1, psprintf("The jurisdiction %s cannot be read.", quote(name)));
	}
}

static void
add_reasons(Hits *hits)
{
	add_code_reason(hits);
	add_place_reasons(hits);
	if (hits->shipment->day_problem != NULL)
		add_reason(hits, -1, hits->shipment->day_problem);
	add_claim_reasons(hits);
	add_jurisdiction_reasons(hits);
	if (hits->rulebook->recorded_from == DT_NOBEGIN)
		add_reason(hits, -1, "The time of known_at lies before the first record.");
	if (!some_list_applies(hits->rulebook, hits->shipment))
		add_reason(hits, -1, "No enabled list with coded entries applies.");
}

/* ---- words ---- */

static char *
code_text(HsCode code)
{
	char	   *text = (char *) palloc(HS_CODE_TEXT_SIZE);

	hs_code_print(code, text);
	return text;
}

/* The code with what the nomenclature says of it on the day of the shipment, if it says anything. */
static char *
described_code(Hits *hits, const Hit *hit, HsCode code)
{
	DateADT		day = list_day(&hits->rulebook->lists[hit->list], hits->shipment);

	if (hits->rulebook->nomenclature == NULL)
		return code_text(code);
	if (hits->described != code || hits->described_on != day)
	{
		MemoryContext old = MemoryContextSwitchTo(hits->words);

		hits->description = nomenclature_description(code, day);
		hits->described = code;
		hits->described_on = day;
		MemoryContextSwitchTo(old);
	}
	return hits->description == NULL ? code_text(code) : psprintf("%s (%s)", code_text(code), hits->description);
}

static char *
territory_text(Territory territory)
{
	char	   *text = (char *) palloc(TERRITORY_TEXT_SIZE);

	territory_print(territory, text);
	return text;
}

/* Why the code of a shipment matches in part, NULL if it matches in full. */
static const char *
code_doubt(const Hits *hits, const Hit *hit, HsCode counted)
{
	HsCode		code = hits->shipment->code;

	switch (hit->match.match)
	{
		case CODE_COVERED:
			break;
		case CODE_EX:
			return "only part of the code is listed";
		case CODE_HIDDEN:
			return psprintf("chapter %s hides the true heading", code_text(hs_code_truncate(code, HS_CHAPTER_DIGITS)));
		case CODE_EXCEPTED:
			return "part of the code is excepted";
		case CODE_BROADER:
			return counted != code ? "digits beyond six do not count without the tariff of the list" :
				"the code is broader than the item";
		case CODE_PADDED:
			return "the code may be padded with zeros";
		case CODE_UNKNOWN:
			return "the nomenclature does not have the code";
	}
	return NULL;
}

static void
append_doubt(StringInfo text, const char *doubt)
{
	if (doubt != NULL)
		appendStringInfo(text, "%s%s", text->len > 0 ? ", and " : "", doubt);
}

/* What is partial, an empty text if nothing is. */
static char *
doubts(const Hits *hits, const Hit *hit, HsCode counted)
{
	StringInfoData text;

	initStringInfo(&text);
	append_doubt(&text, code_doubt(hits, hit, counted));
	if (hit->place_match == MATCH_PARTIAL)
		append_doubt(&text, hit->place->territory == TERRITORY_NONE ? "the territory is unknown" :
					 "only part of the territory is listed");
	if (hit->condition_match == MATCH_PARTIAL)
		append_doubt(&text, "an attribute that the condition needs is missing");
	return text.data;
}

/* Why a license does not permit a hit, or that it does. */
static char *
license_words(const Hits *hits, const License *license, RuleList *list, LicenseAnswer answer)
{
	char	   *number = text_to_cstring(license->number);
	const Place *place;

	switch (answer)
	{
		case LICENSE_PERMITS:
			return psprintf("license %s permits it", number);
		case LICENSE_UNKNOWN:
			return psprintf("license %s does not exist", quote_literal_cstr(number));
		case LICENSE_OF_OTHER_LIST:
			return psprintf("license %s is one of list %s", number, text_to_cstring(license->list));
		case LICENSE_NO_WAIVER:
			return psprintf("license %s is no waiver of a prohibition", number);
		case LICENSE_FOR_OTHER_GOODS:
			return psprintf("license %s does not cover all that the code may be", number);
		case LICENSE_FOR_OTHER_PLACE:
			place = license_other_place(license, hits->shipment, list_day(list, hits->shipment));
			return psprintf("license %s is not for %s", number,
							place->territory != TERRITORY_NONE ? territory_text(place->territory) :
							place->name != NULL ? quote(place->name) : "an unknown territory");
		case LICENSE_NOT_YET_VALID:
			return psprintf("license %s is not valid before %s", number, day_text(license->from));
		case LICENSE_EXPIRED:
			return psprintf("license %s expired after %s", number, day_text(license->until - 1));
		case LICENSE_CONDITION_FAILS:
			return psprintf("the condition of license %s is not met", number);
		case LICENSE_CONDITION_UNKNOWN:
			return psprintf("an attribute that license %s needs is missing", number);
		case LICENSE_USED_UP:
			return psprintf("license %s is used up", number);
		case LICENSE_TOO_SMALL:
			return psprintf("license %s has not enough left for the order, or counts something else", number);
	}
	return NULL;				/* keep compiler quiet */
}

/* What the licenses say to a hit: the one that permits it, else each that is named. */
static char *
license_clauses(const Hits *hits, const Hit *hit)
{
	RuleList   *list = &hits->rulebook->lists[hit->list];
	StringInfoData text;

	initStringInfo(&text);
	if (hit->license != NULL)
		appendStringInfo(&text, "; %s", license_words(hits, hit->license, list, LICENSE_PERMITS));
	else if (hits->shipment->license_count > 0 && !is_licensable(&hits->rulebook->entries[hit->entry]))
		appendStringInfoString(&text, "; no license replaces a review");
	else
	{
		for (int i = 0; i < hits->licenses.count; i++)
		{
			const License *license = &hits->licenses.licenses[i];

			appendStringInfo(&text, "; %s", license_words(hits, license, list, ask_license(hits, hit, license)));
		}
	}
	return text.data;
}

static char *
entry_reason(Hits *hits, const Hit *hit)
{
	const RuleEntry *entry = &hits->rulebook->entries[hit->entry];
	const RuleList *list = &hits->rulebook->lists[hit->list];
	HsCode		counted = counted_code(hits->shipment, is_own_tariff(list, hits->shipment));
	char	   *item = text_to_cstring(entry->item);
	char	   *name = text_to_cstring(list->code);
	char	   *doubt = doubts(hits, hit, counted);
	char	   *clauses = license_clauses(hits, hit);
	const Place *place = hit->place;
	const char *territory = place->territory != TERRITORY_NONE ? territory_text(place->territory) : NULL;

	if (doubt[0] == '\0')
		return psprintf("Item %s of list %s covers %s to %s%s.", item, name,
						counted == HS_NO_CODE ? "all codes" : described_code(hits, hit, counted),
						territory != NULL ? territory : "everywhere", clauses);
	if (territory == NULL)
		territory = place->name != NULL ? quote(place->name) : "an unknown territory";
	return psprintf("Item %s of list %s may cover %s to %s: %s%s.", item, name,
					described_code(hits, hit, hits->shipment->code), territory, doubt, clauses);
}

/* ---- rows ---- */

/* The most severe first, then by list and entry; what has none comes last. */
static int
compare_hits(const void *a, const void *b, void *arg)
{
	const Hit  *x = (const Hit *) a;
	const Hit  *y = (const Hit *) b;
	const Hits *hits = (const Hits *) arg;

	if (x->verdict != y->verdict)
		return x->verdict > y->verdict ? -1 : 1;
	if (x->list != y->list)
		return (uint32) x->list < (uint32) y->list ? -1 : 1;
	if (x->entry >= 0 && y->entry >= 0)
	{
		int64		x_id = hits->rulebook->entries[x->entry].id;
		int64		y_id = hits->rulebook->entries[y->entry].id;

		return (x_id > y_id) - (x_id < y_id);
	}
	if ((x->entry < 0) != (y->entry < 0))
		return x->entry < 0 ? 1 : -1;
	return x->number - y->number;
}

static void
set_text(Datum *values, bool *nulls, int column, const text *value)
{
	nulls[column] = value == NULL;
	values[column] = PointerGetDatum(value);
}

/* The days on which an entry is in force. */
static RangeType *
entry_valid(const RuleEntry *entry)
{
	RangeBound	from = {DateADTGetDatum(entry->from), DATE_NOT_FINITE(entry->from), true, true};
	RangeBound	until = {DateADTGetDatum(entry->until), DATE_NOT_FINITE(entry->until), false, false};

	if (entry->valid != NULL)
		return entry->valid;
	return range_serialize_hard(lookup_type_cache(DATERANGEOID, TYPECACHE_RANGE_INFO), &from, &until);
}

static void
put_hit(Hits *hits, const Hit *hit, Tuplestorestate *store, TupleDesc description)
{
	Datum		values[HIT_COLUMNS] = {0};
	bool		nulls[HIT_COLUMNS];
	const RuleList *list = hit->list >= 0 ? &hits->rulebook->lists[hit->list] : NULL;
	const RuleEntry *entry = hit->entry >= 0 ? &hits->rulebook->entries[hit->entry] : NULL;

	memset(nulls, true, sizeof(nulls));
	values[0] = verdict_datum(hit->verdict);
	nulls[0] = false;
	if (list != NULL)
		set_text(values, nulls, 1, list->code);
	if (entry != NULL)
	{
		bool		is_full = hit->match.match == CODE_COVERED && hit->place_match == MATCH_FULL &&
			hit->condition_match == MATCH_FULL;

		set_text(values, nulls, 2, entry->item);
		values[3] = Int64GetDatum(entry->id);
		values[4] = PointerGetDatum(&entry->codes);
		values[5] = CStringGetTextDatum(is_full ? "full" : "partial");
		values[7] = verdict_datum(entry->measure);
		values[8] = RangeTypePGetDatum(entry_valid(entry));
		nulls[3] = nulls[4] = nulls[5] = nulls[7] = nulls[8] = false;
		if (hit->place->territory != TERRITORY_NONE)
			set_text(values, nulls, 6, cstring_to_text(territory_text(hit->place->territory)));
		set_text(values, nulls, 9, entry->revision);
		set_text(values, nulls, 11, list->legal_basis);
		set_text(values, nulls, 12, entry->remark);
	}
	set_text(values, nulls, 10, cstring_to_text(entry != NULL ? entry_reason(hits, hit) : hit->reason));
	tuplestore_putvalues(store, description, values, nulls);
}

/* All hits of a shipment that has been read. */
static Hits
find_hits(Rulebook *rulebook, Shipment *shipment)
{
	Hits		hits = {.rulebook = rulebook,.shipment = shipment,.words = CurrentMemoryContext};

	add_entries(&hits, false);
	if (shipment->tariff != TERRITORY_NONE)
		add_entries(&hits, true);
	add_reasons(&hits);
	return hits;
}

Verdict
licensed_verdict(Rulebook *rulebook, Shipment *shipment)
{
	Hits		hits = find_hits(rulebook, shipment);
	Verdict		verdict = NOT_LISTED;

	for (int i = 0; i < hits.count; i++)
		verdict = Max(verdict, hits.hits[i].verdict);
	return verdict;
}

static Datum
screening_hits(FunctionCallInfo fcinfo, ShipmentForm form, bool is_text)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Rulebook   *rulebook = shipment_rulebook(fcinfo, form);
	Shipment	shipment;
	Hits		hits;
	MemoryContext row;
	MemoryContext old;

	InitMaterializedSRF(fcinfo, 0);
	rulebook_lookups++;
	shipment_read(&shipment, fcinfo, form, is_text);
	hits = find_hits(rulebook, &shipment);
	if (hits.count > 0)
		qsort_arg(hits.hits, hits.count, sizeof(Hit), compare_hits, &hits);

	row = AllocSetContextCreate(CurrentMemoryContext, "control_list hit", ALLOCSET_SMALL_SIZES);
	old = MemoryContextSwitchTo(row);
	for (int i = 0; i < hits.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		put_hit(&hits, &hits.hits[i], result->setResult, result->setDesc);
		MemoryContextReset(row);
	}
	MemoryContextSwitchTo(old);
	return (Datum) 0;
}

#define HITS_FUNCTION(name, form, is_text) \
	PG_FUNCTION_INFO_V1(screening_hits_##name); \
	Datum \
	screening_hits_##name(PG_FUNCTION_ARGS) \
	{ \
		return screening_hits(fcinfo, form, is_text); \
	}

HITS_FUNCTION(code_date, SHIPMENT_ON_DATE, false)
HITS_FUNCTION(code_now, SHIPMENT_NOW, false)
HITS_FUNCTION(text_date, SHIPMENT_ON_DATE, true)
HITS_FUNCTION(text_now, SHIPMENT_NOW, true)
HITS_FUNCTION(text_instant, SHIPMENT_AT_INSTANT, true)

/* ---- licenses to draw from ---- */

static int
compare_texts(const void *a, const void *b)
{
	char	   *x = TextDatumGetCString(*(const Datum *) a);
	char	   *y = TextDatumGetCString(*(const Datum *) b);

	return strcmp(x, y);
}

/*
 * The licenses that permit hits, each once, in the order of their bytes: whoever draws
 * from them in this order meets no deadlock.
 */
static Datum
covering_licenses(FunctionCallInfo fcinfo, ShipmentForm form)
{
	Rulebook   *rulebook = shipment_rulebook(fcinfo, form);
	Shipment	shipment;
	Hits		hits;
	Datum	   *numbers;
	int			count = 0;
	int			distinct = 0;

	rulebook_lookups++;
	shipment_read(&shipment, fcinfo, form, true);
	hits = find_hits(rulebook, &shipment);
	numbers = (Datum *) palloc_extended(sizeof(Datum) * ((Size) hits.count + 1), MCXT_ALLOC_HUGE);
	for (int i = 0; i < hits.count; i++)
	{
		if (hits.hits[i].license != NULL)
			numbers[count++] = PointerGetDatum(hits.hits[i].license->number);
	}
	if (count > 0)
		qsort(numbers, count, sizeof(Datum), compare_texts);
	for (int i = 0; i < count; i++)
	{
		/* one license is one text */
		if (i == 0 || numbers[i] != numbers[distinct - 1])
			numbers[distinct++] = numbers[i];
	}
	PG_RETURN_ARRAYTYPE_P(construct_array(numbers, distinct, TEXTOID, -1, false, TYPALIGN_INT));
}

#define LICENSES_FUNCTION(name, form) \
	PG_FUNCTION_INFO_V1(covering_licenses_##name); \
	Datum \
	covering_licenses_##name(PG_FUNCTION_ARGS) \
	{ \
		return covering_licenses(fcinfo, form); \
	}

LICENSES_FUNCTION(date, SHIPMENT_ON_DATE)
LICENSES_FUNCTION(instant, SHIPMENT_AT_INSTANT)
