/*-------------------------------------------------------------------------
 *
 * shipment.c
 *	  Reads a shipment, and asks the tests of one list or entry about it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "shipment.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/fmgrprotos.h"

/* ---- arguments ---- */

static void
read_vias(Shipment *shipment, ArrayType *array)
{
	Datum	   *values;
	bool	   *nulls;
	int			count;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &values, &nulls, &count);
	if (count + 1 > FEW_PLACES)
	{
		shipment->places = (Place *) palloc(sizeof(Place) * ((Size) count + 1));
		shipment->places[0] = shipment->few_places[0];
	}
	for (int i = 0; i < count; i++)
	{
		Place		place = shipment_place(nulls[i] ? NULL : DatumGetTextPP(values[i]));

		shipment->places[shipment->place_count++] = place;
		shipment->has_unknown_place |= place.territory == TERRITORY_NONE;
	}
}

static void
read_jurisdictions(Shipment *shipment, ArrayType *array)
{
	Datum	   *values;
	bool	   *nulls;
	int			count;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &values, &nulls, &count);
	shipment->jurisdiction_names = array;
	shipment->jurisdiction_count = 0;
	shipment->jurisdictions = (Territory *) palloc(sizeof(Territory) * Max(count, 1));
	for (int i = 0; i < count; i++)
	{
		Territory  *jurisdiction = &shipment->jurisdictions[shipment->jurisdiction_count];
		text	   *name = nulls[i] ? NULL : DatumGetTextPP(values[i]);

		if (name != NULL && jurisdiction_read(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), jurisdiction))
			shipment->jurisdiction_count++;
		else
			shipment->jurisdiction_problems++;
	}
	/* to name none is to say nothing */
	if (count == 0)
		shipment->jurisdiction_problems = 1;
	shipment->every_list = shipment->jurisdiction_problems > 0;
}

/* A license without a number is none. */
static void
read_licenses(Shipment *shipment, ArrayType *array)
{
	Datum	   *values;
	bool	   *nulls;
	int			count;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &values, &nulls, &count);
	shipment->license_names = values;
	for (int i = 0; i < count; i++)
	{
		if (!nulls[i])
			values[shipment->license_count++] = values[i];
	}
}

void
shipment_read_options(Shipment *shipment, FunctionCallInfo fcinfo)
{
	if (!PG_ARGISNULL(ARG_VIA))
		read_vias(shipment, PG_GETARG_ARRAYTYPE_P(ARG_VIA));
	if (!PG_ARGISNULL(ARG_ATTRIBUTES))
		shipment->attributes = PG_GETARG_JSONB_P(ARG_ATTRIBUTES);
	if (!PG_ARGISNULL(ARG_LICENSES))
		read_licenses(shipment, PG_GETARG_ARRAYTYPE_P(ARG_LICENSES));
	if (!PG_ARGISNULL(ARG_JURISDICTIONS))
		read_jurisdictions(shipment, PG_GETARG_ARRAYTYPE_P(ARG_JURISDICTIONS));
	if (!PG_ARGISNULL(ARG_TARIFF))
	{
		text	   *tariff = PG_GETARG_TEXT_PP(ARG_TARIFF);

		/* one that cannot be read is none, and the setting does not come in for it */
		(void) jurisdiction_read(VARDATA_ANY(tariff), VARSIZE_ANY_EXHDR(tariff), &shipment->tariff);
	}
}

/* ---- lists ---- */

bool
list_applies(const RuleList *list, const Shipment *shipment)
{
	if (!list->enabled)
		return false;
	if (shipment->every_list || list->jurisdiction_count == 0)
		return true;
	for (int i = 0; i < list->jurisdiction_count; i++)
	{
		for (int j = 0; j < shipment->jurisdiction_count; j++)
		{
			if (list->jurisdictions[i] == shipment->jurisdictions[j])
				return true;
		}
	}
	return false;
}

bool
some_list_applies(const Rulebook *rulebook, const Shipment *shipment)
{
	if (shipment->every_list)
		return rulebook->has_entries;
	for (int i = 0; i < rulebook->list_count; i++)
	{
		if (rulebook->lists[i].has_entries && list_applies(&rulebook->lists[i], shipment))
			return true;
	}
	return false;
}

DateADT
list_day(RuleList *list, const Shipment *shipment)
{
	if (likely(shipment->has_day))
		return shipment->day;
	if (!list->has_day || list->instant != shipment->instant)
	{
		Datum		local = DirectFunctionCall2(timestamptz_zone, PointerGetDatum(list->time_zone),
												TimestampTzGetDatum(shipment->instant));

		list->day = DatumGetDateADT(DirectFunctionCall1(timestamp_date, local));
		list->instant = shipment->instant;
		list->has_day = true;
	}
	return list->day;
}

bool
list_claims_later(const Rulebook *rulebook, RuleList *list, const Shipment *shipment)
{
	const Place *place;

	return list->known_from != DATEVAL_NOBEGIN && list_applies(list, shipment) &&
		list_day(list, shipment) < list->known_from &&
		match_places(&rulebook->sets[list->claims], shipment, &place) != MATCH_NONE;
}

/* ---- entries ---- */

Match
match_places(const DestinationSet *set, const Shipment *shipment, const Place **best)
{
	Match		best_match = MATCH_NONE;

	*best = NULL;
	for (int i = 0; i < shipment->place_count && best_match < MATCH_FULL; i++)
	{
		Match		match = set_match(set, shipment->places[i].territory);

		if (match > best_match)
		{
			best_match = match;
			*best = &shipment->places[i];
		}
	}
	return best_match;
}

Jsonb *
shipment_attributes(Shipment *shipment)
{
	if (shipment->known_attributes == NULL)
		shipment->known_attributes = attributes_without_nulls(shipment->attributes);
	return shipment->known_attributes;
}

Match
match_conditions(const RuleEntry *entry, Shipment *shipment)
{
	Match		match = MATCH_FULL;

	if (entry->applies_if != NULL)
	{
		Answer		answer = condition_answer(entry->applies_if, shipment_attributes(shipment));

		if (answer == ANSWER_FALSE)
			return MATCH_NONE;
		if (answer == ANSWER_UNKNOWN)
			match = MATCH_PARTIAL;
	}
	/* an exemption must be proven */
	if (entry->exempt_if != NULL &&
		condition_answer(entry->exempt_if, shipment_attributes(shipment)) == ANSWER_TRUE)
		return MATCH_NONE;
	return match;
}
