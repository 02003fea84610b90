/*-------------------------------------------------------------------------
 *
 * verdict.c
 *	  screen_shipment(), screen_shipment_at() and is_restricted(); and what has changed
 *	  since the lists have.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "shipment.h"

/* Must the answer be incomplete at least? */
static inline bool
is_incomplete(const Rulebook *rulebook, const Shipment *shipment)
{
	if (shipment->code == HS_NO_CODE || shipment->has_unknown_place || shipment->day_problem != NULL ||
		shipment->jurisdiction_problems > 0 || rulebook->recorded_from == DT_NOBEGIN || !rulebook->has_entries ||
		(!shipment->every_list && !some_list_applies(rulebook, shipment)))
		return true;
	if (likely(shipment->has_day && shipment->place_count == 1 &&
			   shipment->day >= rulebook->claimed_from[shipment->places[0].territory >> 16]))
		return false;
	for (int i = 0; i < rulebook->list_count; i++)
	{
		if (list_claims_later(rulebook, &rulebook->lists[i], shipment))
			return true;
	}
	return false;
}

/* as nearly every shipment has */
static inline bool
has_one_known_place(const Shipment *shipment)
{
	return shipment->place_count == 1 && !shipment->has_unknown_place;
}

/*
 * The most severe verdict among the rules of a program, if it is more than the one
 * that is given.  Of a code that counts differently for the lists of its own tariff
 * only the rules of these, or of the others, are asked.
 */
static Verdict
run_program(Rulebook *rulebook, const ProgramSlot *slot, Shipment *shipment, bool own, Verdict verdict)
{
	const Program *program = slot_program(rulebook, slot);
	const uint64 *naming = NULL;

	if (has_one_known_place(shipment))
	{
		if (!names_country(rulebook, slot->countries, shipment->places[0].territory))
			return verdict;
		naming = naming_sets(rulebook, shipment->places[0].territory);
	}
	for (int i = 0; i < program->count; i++)
	{
		const Rule *rule = &program->rules[i];
		RuleList   *list;
		const Place *place;
		Match		match;
		DateADT		day;

		if (rule->verdict <= verdict)
			break;
		if (naming != NULL && !has_bit(naming, rule->destinations))
			continue;
		list = &rulebook->lists[rule->list];
		day = list_day(list, shipment);
		if (day < rule->from || day >= rule->until)
			continue;
		match = match_places(&rulebook->sets[rule->destinations], shipment, &place);
		if (match == MATCH_NONE || (match == MATCH_PARTIAL && verdict >= REVIEW))
			continue;
		if (is_own_tariff(list, shipment) != own || !list_applies(list, shipment))
			continue;
		if (rule->entry >= 0)
		{
			match = Min(match, match_conditions(&rulebook->entries[rule->entry], shipment));
			if (match == MATCH_NONE)
				continue;
		}
		verdict = Max(verdict, match == MATCH_FULL ? rule->verdict : REVIEW);
	}
	return verdict;
}

/*
 * The verdict at a glance, which suffices for nearly all shipments: code, destination and date
 * are there and nothing else, no entry is met in part or on a condition, and what goes to a part of a country is
 * not too early for any list that claims some of it.  False for all others, which are looked into below, with
 * the same answer.
 */
static pg_attribute_always_inline bool
glance(Rulebook *rulebook, FunctionCallInfo fcinfo, bool is_text, Verdict *verdict)
{
	const ProgramSlot *slot;
	const Program *program;
	const uint64 *naming;
	Territory	territory;
	DateADT		day;
	HsCode		code;
	bool		is_early;
	bool		own;

	if (!rulebook->has_entries || shipment_has_options(fcinfo) ||
		PG_ARGISNULL(ARG_CODE) || PG_ARGISNULL(ARG_DESTINATION) || PG_ARGISNULL(ARG_DATE))
		return false;
	territory = shipment_place(text_argument(fcinfo, ARG_DESTINATION)).territory;
	day = PG_GETARG_DATEADT(ARG_DATE);
	if (territory == TERRITORY_NONE || DATE_NOT_FINITE(day))
		return false;
	is_early = day < rulebook->claimed_from[territory >> 16];
	/* lists may claim other subdivisions, but of a country in whole they claim some */
	if (unlikely(territory_is_subdivision(territory)) && is_early)
		return false;
	*verdict = is_early ? INCOMPLETE : NOT_LISTED;
	if (!is_text && !is_named(rulebook, territory))
		return true;			/* whatever the code */
	code = is_text ? shipment_code(text_argument(fcinfo, ARG_CODE)) : PG_GETARG_HSCODE(ARG_CODE);
	if (code == HS_NO_CODE)
		return false;
	if (!is_named(rulebook, territory))
		return true;
	if (rulebook->tariffs_differ)
		return false;
	own = default_tariff != TERRITORY_NONE && default_tariff == rulebook->tariff;
	slot = rulebook_program(rulebook, own ? code : hs_code_subheading(code), own);
	if (!names_country(rulebook, slot->countries, territory))
		return true;
	program = slot_program(rulebook, slot);
	naming = naming_sets(rulebook, territory);
	for (int i = 0; i < program->count; i++)
	{
		const Rule *rule = &program->rules[i];

		if (rule->verdict <= *verdict)
			break;
		if (!has_bit(naming, rule->destinations) || day < rule->from || day >= rule->until)
			continue;
		if (rule->entry >= 0 || set_match(&rulebook->sets[rule->destinations], territory) != MATCH_FULL)
			return false;
		*verdict = rule->verdict;	/* the most severe ones come first */
		return true;
	}
	return true;
}

/* Whatever it is.  Not inline, so that a glance needs no room for it. */
static pg_noinline Verdict
look_into(Rulebook *rulebook, FunctionCallInfo fcinfo, ShipmentForm form, bool is_text)
{
	Verdict		verdict;
	Shipment	shipment;

	shipment_read(&shipment, fcinfo, form, is_text);
	verdict = is_incomplete(rulebook, &shipment) ? INCOMPLETE : NOT_LISTED;
	if (has_one_known_place(&shipment) && !is_named(rulebook, shipment.places[0].territory))
		return verdict;

	if (rulebook->tariffs_differ || shipment.tariff == TERRITORY_NONE || shipment.tariff != rulebook->tariff)
		verdict = run_program(rulebook, rulebook_program(rulebook, counted_code(&shipment, false), false),
							  &shipment, false, verdict);
	if (shipment.tariff != TERRITORY_NONE && (rulebook->tariffs_differ || shipment.tariff == rulebook->tariff))
		verdict = run_program(rulebook, rulebook_program(rulebook, counted_code(&shipment, true), true),
							  &shipment, true, verdict);
	if (unlikely(shipment.license_count > 0) && verdict >= REVIEW)
		verdict = licensed_verdict(rulebook, &shipment);
	return verdict;
}

static pg_attribute_always_inline Verdict
screen_by(Rulebook *rulebook, FunctionCallInfo fcinfo, ShipmentForm form, bool is_text)
{
	Verdict		verdict;

	rulebook_lookups++;
	if (form == SHIPMENT_ON_DATE && glance(rulebook, fcinfo, is_text, &verdict))
		return verdict;
	return look_into(rulebook, fcinfo, form, is_text);
}

/*
 * The verdict for a connection that has not loaded all lists yet, and perhaps never will: by a part of them, if it is a
 * shipment of which a part knows all.  Where no list claims the country later, lists without
 * entries make no difference.
 */
static pg_noinline bool
screen_by_part(FunctionCallInfo fcinfo, bool is_text, Verdict *verdict)
{
	Rulebook   *rulebook;
	Territory	territory;
	DateADT		day;
	HsCode		code;

	if (shipment_has_options(fcinfo) || !PG_ARGISNULL(ARG_KNOWN_AT) ||
		PG_ARGISNULL(ARG_CODE) || PG_ARGISNULL(ARG_DESTINATION) || PG_ARGISNULL(ARG_DATE))
		return false;
	code = is_text ? shipment_code(text_argument(fcinfo, ARG_CODE)) : PG_GETARG_HSCODE(ARG_CODE);
	territory = shipment_place(text_argument(fcinfo, ARG_DESTINATION)).territory;
	day = PG_GETARG_DATEADT(ARG_DATE);
	if (code == HS_NO_CODE || territory == TERRITORY_NONE || DATE_NOT_FINITE(day))
		return false;
	rulebook = rulebook_part(code);
	if (rulebook == NULL || day < rulebook->claimed_from[territory >> 16])
		return false;
	rulebook_lookups++;
	*verdict = look_into(rulebook, fcinfo, SHIPMENT_ON_DATE, is_text);
	return true;
}

static pg_attribute_always_inline Verdict
screen(FunctionCallInfo fcinfo, ShipmentForm form, bool is_text)
{
	Verdict		verdict;

	if (form == SHIPMENT_ON_DATE && unlikely(rulebook_parts_left > 0) && screen_by_part(fcinfo, is_text, &verdict))
		return verdict;
	return screen_by(shipment_rulebook(fcinfo, form), fcinfo, form, is_text);
}

/* A shipment without a date that is screened as one of an instant. */
static pg_noinline Verdict
screen_undated(Rulebook *rulebook, FunctionCallInfo fcinfo, TimestampTz instant, bool is_text)
{
	LOCAL_FCINFO(call, ARG_KNOWN_AT + 1);

	memcpy(call, fcinfo, SizeForFunctionCallInfo(ARG_KNOWN_AT + 1));
	call->args[ARG_DATE].value = TimestampTzGetDatum(instant);
	call->args[ARG_DATE].isnull = false;
	return Max(screen_by(rulebook, call, SHIPMENT_AT_INSTANT, is_text), INCOMPLETE);
}

/*
 * The verdict as the lists were known at known_at, if it is another one now; else NULL.
 * What has no date is a shipment of today now, and was one of that day then.
 */
static pg_attribute_always_inline Datum
changed_from(FunctionCallInfo fcinfo, ShipmentForm form, bool is_text)
{
	TimestampTz known_at;
	bool		is_dated;
	Rulebook   *rulebook;
	Verdict		now;
	Verdict		then;

	if (PG_ARGISNULL(ARG_KNOWN_AT))
		PG_RETURN_NULL();
	known_at = PG_GETARG_TIMESTAMPTZ(ARG_KNOWN_AT);
	is_dated = !PG_ARGISNULL(ARG_DATE) &&
		(form == SHIPMENT_ON_DATE ? !DATE_NOT_FINITE(PG_GETARG_DATEADT(ARG_DATE)) :
		 !TIMESTAMP_NOT_FINITE(PG_GETARG_TIMESTAMPTZ(ARG_DATE)));
	now = screen_by(rulebook_current(), fcinfo, form, is_text);
	rulebook = rulebook_known_at(known_at);
	then = likely(is_dated) ? screen_by(rulebook, fcinfo, form, is_text) :
		screen_undated(rulebook, fcinfo, known_at, is_text);
	if (likely(now == then))
		PG_RETURN_NULL();
	return verdict_datum(then);
}

/* ---- what SQL calls ---- */

#define SCREENING_FUNCTIONS(name, form, is_text) \
	PG_FUNCTION_INFO_V1(screen_shipment_##name); \
	Datum \
	screen_shipment_##name(PG_FUNCTION_ARGS) \
	{ \
		return verdict_datum(screen(fcinfo, form, is_text)); \
	} \
	PG_FUNCTION_INFO_V1(is_restricted_##name); \
	Datum \
	is_restricted_##name(PG_FUNCTION_ARGS) \
	{ \
		PG_RETURN_BOOL(screen(fcinfo, form, is_text) >= REVIEW); \
	}

SCREENING_FUNCTIONS(code_date, SHIPMENT_ON_DATE, false)
SCREENING_FUNCTIONS(code_instant, SHIPMENT_AT_INSTANT, false)
SCREENING_FUNCTIONS(code_now, SHIPMENT_NOW, false)
SCREENING_FUNCTIONS(text_date, SHIPMENT_ON_DATE, true)
SCREENING_FUNCTIONS(text_instant, SHIPMENT_AT_INSTANT, true)
SCREENING_FUNCTIONS(text_now, SHIPMENT_NOW, true)

#define CHANGE_FUNCTION(name, form, is_text) \
	PG_FUNCTION_INFO_V1(verdict_changed_from_##name); \
	Datum \
	verdict_changed_from_##name(PG_FUNCTION_ARGS) \
	{ \
		return changed_from(fcinfo, form, is_text); \
	}

CHANGE_FUNCTION(code_date, SHIPMENT_ON_DATE, false)
CHANGE_FUNCTION(code_instant, SHIPMENT_AT_INSTANT, false)
CHANGE_FUNCTION(text_date, SHIPMENT_ON_DATE, true)
CHANGE_FUNCTION(text_instant, SHIPMENT_AT_INSTANT, true)
