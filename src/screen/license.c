/*-------------------------------------------------------------------------
 *
 * license.c
 *	  Reads the licenses that a shipment names, and asks them about a hit.
 *
 * Licenses are no part of the rulebook, or else every draw would cost everybody a
 * compile.  They are read when a hit asks for one, under the active snapshot, as the
 * lists are (rulebook/load.c): by SPI, as their owner, so that a screening needs no
 * rights on them.  How much is left of one is told by control_list.license_left(), by
 * which draw_license() decides, too.
 *
 * Whatever is in doubt does not permit: a license must cover all that the goods may
 * be, every place on the way, and prove its own condition.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "license.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

/* ---- reading ---- */

/* groups are replaced by their members, as recorded; the search_path is that of the owner's rights */
#define LICENSE_QUERY \
	"SELECT l.number, l.list, p.territories, l.codes, lower(l.valid), upper(l.valid), l.applies_if, l.waiver, " \
	"a.quantity <= 0 OR a.value <= 0, " \
	"p.begins, p.ends, " \
	"$4 AND (l.unit IS NOT NULL OR l.currency IS NOT NULL) AND " \
	"(($5::numeric = 0 AND (l.currency IS NULL OR coalesce($7::numeric, 0) = 0)) " \
	"OR ($3 <> '{}' " \
	"AND (l.unit IS NULL OR ($5::numeric > 0 AND l.unit = $6 AND ($5::numeric <= a.quantity) IS NOT FALSE)) " \
	"AND (l.currency IS NULL OR ($7::numeric >= 0 AND l.currency = $8 AND ($7::numeric <= a.value) IS NOT FALSE)))) IS NOT TRUE " \
	"FROM control_list.license AS l, control_list.license_left(l.number, $3) AS a, " \
	"LATERAL (SELECT array_agg(coalesce(g.territory, d)) AS territories, " \
	"array_agg(coalesce(lower(g.valid), '-infinity')) AS begins, array_agg(coalesce(upper(g.valid), 'infinity')) AS ends " \
	"FROM unnest(l.destinations) AS d " \
	"LEFT JOIN (TABLE control_list.destination_group UNION ALL TABLE control_list.destination_group_history) AS g " \
	"ON starts_with(d, '@') AND g.name = substr(d, 2) AND g.recorded @> $2) AS p " \
	"WHERE l.number = ANY ($1)"

#define LICENSE_ARGUMENTS 8

const LicenseOrder *license_order = NULL;

/* A column of a row of the query, counted from 1. */
static Datum
column(int row, int number, bool *is_null)
{
	return SPI_getbinval(SPI_tuptable->vals[row], SPI_tuptable->tupdesc, number, is_null);
}

/* What cannot be read (a group without members) is no place, and covers none; there are no nulls. */
static void
read_places(License *license, ArrayType *territories, ArrayType *begins, ArrayType *ends)
{
	Datum	   *values;
	Datum	   *from;
	Datum	   *until;
	int			count;

	deconstruct_array(territories, TEXTOID, -1, false, TYPALIGN_INT, &values, NULL, &count);
	deconstruct_array(begins, DATEOID, sizeof(DateADT), true, TYPALIGN_INT, &from, NULL, &count);
	deconstruct_array(ends, DATEOID, sizeof(DateADT), true, TYPALIGN_INT, &until, NULL, &count);
	license->places = (LicensePlace *) palloc(sizeof(LicensePlace) * Max(count, 1));
	for (int i = 0; i < count; i++)
	{
		text	   *name = DatumGetTextPP(values[i]);
		LicensePlace *place = &license->places[license->place_count];

		place->from = DatumGetDateADT(from[i]);
		place->until = DatumGetDateADT(until[i]);
		if (VARSIZE_ANY_EXHDR(name) == 1 && *VARDATA_ANY(name) == '*')
			license->everywhere = true;
		else if (territory_read(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), &place->territory))
			license->place_count++;
	}
}

/* All that is kept is copied to the current memory context. */
static void
read_license(License *license, int row)
{
	bool		is_null;
	Datum		value;

	license->exists = true;
	license->list = DatumGetTextPCopy(column(row, 2, &is_null));
	read_places(license, DatumGetArrayTypeP(column(row, 3, &is_null)), DatumGetArrayTypeP(column(row, 10, &is_null)),
				DatumGetArrayTypeP(column(row, 11, &is_null)));
	license->codes = hs_multirange_set((HsMultirange *) PG_DETOAST_DATUM_COPY(column(row, 4, &is_null)));
	value = column(row, 5, &is_null);
	license->from = is_null ? DATEVAL_NOBEGIN : DatumGetDateADT(value);
	value = column(row, 6, &is_null);
	license->until = is_null ? DATEVAL_NOEND : DatumGetDateADT(value);
	value = column(row, 7, &is_null);
	license->applies_if = is_null ? NULL : DatumGetJsonPathPCopy(value);
	license->waiver = DatumGetBool(column(row, 8, &is_null));
	value = column(row, 9, &is_null);
	license->used_up = !is_null && DatumGetBool(value);
	value = column(row, 12, &is_null);
	license->too_small = !is_null && DatumGetBool(value);
}

static bool
is_same_text(const text *a, const text *b)
{
	return VARSIZE_ANY_EXHDR(a) == VARSIZE_ANY_EXHDR(b) &&
		memcmp(VARDATA_ANY(a), VARDATA_ANY(b), VARSIZE_ANY_EXHDR(a)) == 0;
}

static License *
find_license(const Licenses *licenses, const text *number)
{
	for (int i = 0; i < licenses->count; i++)
	{
		if (is_same_text(licenses->licenses[i].number, number))
			return &licenses->licenses[i];
	}
	return NULL;
}

static void
execute_query(const Shipment *shipment, TimestampTz known_at)
{
	static SPIPlanPtr plan = NULL;
	static const LicenseOrder no_order = {0};
	const LicenseOrder *order = license_order == NULL ? &no_order : license_order;
	Datum		values[LICENSE_ARGUMENTS] = {
		PointerGetDatum(construct_array(shipment->license_names, shipment->license_count,
										TEXTOID, -1, false, TYPALIGN_INT)),
		TimestampTzGetDatum(known_at), order->references, BoolGetDatum(order->draws), order->quantity, order->unit,
		order->value, order->currency
	};
	char		nulls[LICENSE_ARGUMENTS];

	for (int i = 0; i < LICENSE_ARGUMENTS; i++)
		nulls[i] = i != 1 && i != 3 && DatumGetPointer(values[i]) == NULL ? 'n' : ' ';

	if (plan == NULL)
	{
		Oid			types[] = {TEXTARRAYOID, TIMESTAMPTZOID, TEXTARRAYOID, BOOLOID, TEXTOID, TEXTOID, TEXTOID, TEXTOID};
		SPIPlanPtr	made = SPI_prepare_cursor(LICENSE_QUERY, lengthof(types), types, CURSOR_OPT_GENERIC_PLAN);

		if (made == NULL)
			elog(ERROR, "SPI_prepare failed: %s", SPI_result_code_string(SPI_result));
		SPI_keepplan(made);
		plan = made;
	}
	if (SPI_execute_plan(plan, values, nulls, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read the licenses: %s", SPI_result_code_string(SPI_result));
}

Licenses
licenses_read(const Shipment *shipment, TimestampTz known_at)
{
	Licenses	licenses = {0, (License *) palloc0(sizeof(License) * (Size) shipment->license_count)};
	MemoryContext context = CurrentMemoryContext;
	MemoryContext old;
	OwnerRights caller;

	for (int i = 0; i < shipment->license_count; i++)
	{
		text	   *number = DatumGetTextPP(shipment->license_names[i]);

		CHECK_FOR_INTERRUPTS();
		if (find_license(&licenses, number) == NULL)
			licenses.licenses[licenses.count++].number = number;
	}

	caller = owner_rights_begin();
	SPI_connect();
	execute_query(shipment, known_at);
	old = MemoryContextSwitchTo(context);
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		bool		is_null;
		License    *license = find_license(&licenses, DatumGetTextPP(column((int) i, 1, &is_null)));

		if (license != NULL)
			read_license(license, (int) i);
	}
	MemoryContextSwitchTo(old);
	SPI_finish();
	owner_rights_end(caller);
	return licenses;
}

/* ---- asking ---- */

/*
 * What a license must cover: the code as it counts for the list, or all that it may
 * mean if the hit rests on that.
 */
static HsRange
goods_to_cover(const Shipment *shipment, bool own, const EntryMatch *match)
{
	HsCode		code = counted_code(shipment, own);

	if (code == HS_NO_CODE || (!own && hides_heading(code)))
		return (HsRange) {HS_FIRST_LEAF, HS_LAST_LEAF};
	if (match->match == CODE_UNKNOWN)
		return match->ancestor;
	return hs_code_range(match->match == CODE_PADDED ? hs_code_strip_zeros(code) : code);
}

const Place *
license_other_place(const License *license, const Shipment *shipment, DateADT day)
{
	for (int i = 0; i < shipment->place_count; i++)
	{
		bool		lies_in = license->everywhere;

		for (int j = 0; j < license->place_count && !lies_in; j++)
			lies_in = day >= license->places[j].from && day < license->places[j].until &&
				territory_lies_in(shipment->places[i].territory, license->places[j].territory);
		if (!lies_in)
			return &shipment->places[i];
	}
	return NULL;
}

LicenseAnswer
license_answer(const License *license, const RuleEntry *entry, RuleList *list, const EntryMatch *match, Shipment *shipment)
{
	HsRange		goods = goods_to_cover(shipment, is_own_tariff(list, shipment), match);
	DateADT		day = list_day(list, shipment);

	if (!license->exists)
		return LICENSE_UNKNOWN;
	if (!is_same_text(license->list, list->code))
		return LICENSE_OF_OTHER_LIST;
	if (entry->measure == PROHIBITED && !license->waiver)
		return LICENSE_NO_WAIVER;
	if (!hs_set_contains(license->codes, hs_set_of_range(&goods)))
		return LICENSE_FOR_OTHER_GOODS;
	if (license_other_place(license, shipment, day) != NULL)
		return LICENSE_FOR_OTHER_PLACE;
	if (day < license->from)
		return LICENSE_NOT_YET_VALID;
	if (day >= license->until)
		return LICENSE_EXPIRED;
	if (license->applies_if != NULL)
	{
		Answer		answer = condition_answer(license->applies_if, shipment_attributes(shipment));

		if (answer != ANSWER_TRUE)
			return answer == ANSWER_FALSE ? LICENSE_CONDITION_FAILS : LICENSE_CONDITION_UNKNOWN;
	}
	if (license->used_up)
		return LICENSE_USED_UP;
	return license->too_small ? LICENSE_TOO_SMALL : LICENSE_PERMITS;
}
