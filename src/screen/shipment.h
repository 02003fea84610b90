/*-------------------------------------------------------------------------
 *
 * shipment.h
 *	  A shipment as it is screened: arguments read once, and what is wrong with them.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CONTROL_LIST_SHIPMENT_H
#define CONTROL_LIST_SHIPMENT_H

#include "rulebook/rulebook.h"

#include "access/xact.h"
#include "utils/jsonb.h"

/* destination and vias that are read without asking for memory */
#define FEW_PLACES 4

typedef struct Place
{
	text	   *name;			/* NULL: missing */
	Territory	territory;		/* TERRITORY_NONE: missing or unknown */
} Place;

typedef struct Shipment
{
	HsCode		code;			/* HS_NO_CODE: missing or unreadable */
	text	   *code_text;		/* what could not be read, NULL if it is missing */
	int			place_count;	/* the destination first */
	Place	   *places;
	Place		few_places[FEW_PLACES];
	bool		has_unknown_place;

	/* the day, or else the instant that each list turns into one of its days */
	bool		has_day;
	DateADT		day;
	TimestampTz instant;
	const char *day_problem;	/* why it has no day of its own; NULL: nothing is wrong */

	Jsonb	   *attributes;		/* NULL: none */
	Jsonb	   *known_attributes;	/* without nulls, once somebody has asked */

	/* the jurisdictions that could be read; lists of others do not apply unless all do */
	bool		every_list;
	int			jurisdiction_count;
	Territory  *jurisdictions;
	int			jurisdiction_problems;
	ArrayType  *jurisdiction_names; /* NULL: none were given */

	int			license_count;
	Datum	   *license_names;	/* texts, perhaps with repetitions */

	Territory	tariff;			/* TERRITORY_NONE: none */
} Shipment;

/* What the arguments of a screening function begin with. */
typedef enum ShipmentForm
{
	SHIPMENT_ON_DATE,			/* code, destination, ship_date, and six more */
	SHIPMENT_AT_INSTANT,		/* code, destination, at, and six more */
	SHIPMENT_NOW				/* code, destination */
} ShipmentForm;

/* where the arguments are */
enum
{
	ARG_CODE,
	ARG_DESTINATION,
	ARG_DATE,
	ARG_VIA,
	ARG_ATTRIBUTES,
	ARG_LICENSES,
	ARG_JURISDICTIONS,
	ARG_TARIFF,
	ARG_KNOWN_AT
};

/* The arguments after the first three. */
extern void shipment_read_options(Shipment *shipment, FunctionCallInfo fcinfo);

/* A text argument, as PG_GETARG_TEXT_PP, without a call for one that is short. */
static inline text *
text_argument(FunctionCallInfo fcinfo, int n)
{
	struct varlena *value = (struct varlena *) DatumGetPointer(PG_GETARG_DATUM(n));

	if (likely(VARATT_IS_SHORT(value) && !VARATT_IS_EXTERNAL(value)))
		return (text *) value;
	return (text *) pg_detoast_datum_packed(value);
}

static inline Place
shipment_place(text *name)
{
	Place		place = {name, TERRITORY_NONE};

	if (name != NULL)
		(void) territory_read(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), &place.territory);
	return place;
}

/* HS_NO_CODE if the text cannot be read. */
static inline HsCode
shipment_code(text *name)
{
	HsCode		code;

	return hs_code_parse(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), &code) == HS_OK ? code : HS_NO_CODE;
}

static inline void
shipment_read_code(Shipment *shipment, FunctionCallInfo fcinfo, bool is_text)
{
	shipment->code = HS_NO_CODE;
	shipment->code_text = NULL;
	if (PG_ARGISNULL(ARG_CODE))
		return;
	if (!is_text)
		shipment->code = PG_GETARG_HSCODE(ARG_CODE);
	else
	{
		text	   *name = text_argument(fcinfo, ARG_CODE);

		shipment->code = shipment_code(name);
		if (shipment->code == HS_NO_CODE)
			shipment->code_text = name;
	}
}

static inline void
shipment_read_time(Shipment *shipment, FunctionCallInfo fcinfo, ShipmentForm form)
{
	bool		is_missing = form != SHIPMENT_NOW && PG_ARGISNULL(ARG_DATE);

	shipment->has_day = false;
	shipment->day_problem = NULL;
	if (form == SHIPMENT_ON_DATE && !is_missing)
	{
		shipment->day = PG_GETARG_DATEADT(ARG_DATE);
		shipment->has_day = !DATE_NOT_FINITE(shipment->day);
		if (shipment->has_day)
			return;
		shipment->day_problem = "The date is infinite.";
	}
	shipment->instant = GetCurrentTransactionStartTimestamp();
	if (form == SHIPMENT_ON_DATE && is_missing)
		shipment->day_problem = "The date is missing.";
	if (form == SHIPMENT_AT_INSTANT)
	{
		TimestampTz instant = is_missing ? DT_NOBEGIN : PG_GETARG_TIMESTAMPTZ(ARG_DATE);

		if (is_missing)
			shipment->day_problem = "The time is missing.";
		else if (TIMESTAMP_NOT_FINITE(instant))
			shipment->day_problem = "The time is infinite.";
		else
			shipment->instant = instant;
	}
}

/* Is there any argument after the first three, but known_at?  Not to be asked of SHIPMENT_NOW. */
static inline bool
shipment_has_options(FunctionCallInfo fcinfo)
{
	return !(PG_ARGISNULL(ARG_VIA) & PG_ARGISNULL(ARG_ATTRIBUTES) & PG_ARGISNULL(ARG_LICENSES) &
			 PG_ARGISNULL(ARG_JURISDICTIONS) & PG_ARGISNULL(ARG_TARIFF));
}

/*
 * Reads the arguments of a screening function; the code is a text, or an hscode.
 * What is missing or unreadable is noted, never an error.  The shipment points to
 * itself and to the arguments, so it is valid where it is and as long as they are.
 *
 * Inline, since most calls have three arguments and nothing to be read further.
 */
static pg_attribute_always_inline void
shipment_read(Shipment *shipment, FunctionCallInfo fcinfo, ShipmentForm form, bool is_text)
{
	bool		has_options = form != SHIPMENT_NOW && shipment_has_options(fcinfo);

	shipment_read_code(shipment, fcinfo, is_text);
	shipment_read_time(shipment, fcinfo, form);
	shipment->few_places[0] = shipment_place(PG_ARGISNULL(ARG_DESTINATION) ? NULL : text_argument(fcinfo, ARG_DESTINATION));
	shipment->places = shipment->few_places;
	shipment->place_count = 1;
	shipment->has_unknown_place = shipment->few_places[0].territory == TERRITORY_NONE;
	shipment->attributes = NULL;
	shipment->known_attributes = NULL;
	shipment->every_list = true;
	shipment->jurisdiction_problems = 0;
	shipment->jurisdiction_names = NULL;
	shipment->license_count = 0;
	shipment->tariff = default_tariff;
	if (unlikely(has_options))
		shipment_read_options(shipment, fcinfo);
}

/* The rulebook by which a screening function has to answer. */
static pg_attribute_always_inline Rulebook *
shipment_rulebook(FunctionCallInfo fcinfo, ShipmentForm form)
{
	if (form == SHIPMENT_NOW || likely(PG_ARGISNULL(ARG_KNOWN_AT)))
		return rulebook_current();
	return rulebook_known_at(PG_GETARG_TIMESTAMPTZ(ARG_KNOWN_AT));
}

/* Does a list apply to the jurisdictions that the shipment names? */
extern bool list_applies(const RuleList *list, const Shipment *shipment);

/* The day of the shipment in the time zone of a list. */
extern DateADT list_day(RuleList *list, const Shipment *shipment);

/* The day lies before all that the list claims, and it may have something to say. */
extern bool list_claims_later(const Rulebook *rulebook, RuleList *list, const Shipment *shipment);

/* The code as it counts for a list: in full within its own tariff, else six digits. */
static inline HsCode
counted_code(const Shipment *shipment, bool own)
{
	return own ? shipment->code : hs_code_subheading(shipment->code);
}

static inline bool
is_own_tariff(const RuleList *list, const Shipment *shipment)
{
	return shipment->tariff != TERRITORY_NONE && list->tariff == shipment->tariff;
}

/* Is any list with coded entries asked at all? */
extern bool some_list_applies(const Rulebook *rulebook, const Shipment *shipment);

/* The best match of a set with a place, and the first place that has it. */
extern Match match_places(const DestinationSet *set, const Shipment *shipment, const Place **best);

/* The attributes as conditions see them, made once. */
extern Jsonb *shipment_attributes(Shipment *shipment);

/* The answer of the conditions of an entry: MATCH_NONE if it does not apply. */
extern Match match_conditions(const RuleEntry *entry, Shipment *shipment);

/* ---- hits.c ---- */

/* The most severe verdict of all hits, with the licenses that the shipment names. */
extern Verdict licensed_verdict(Rulebook *rulebook, Shipment *shipment);

/* ---- condition.c ---- */

/*
 * What a condition answers about attributes: true, false, or unknown.  Errors of the
 * condition are unknown, too.
 */
typedef enum Answer
{
	ANSWER_FALSE,
	ANSWER_TRUE,
	ANSWER_UNKNOWN
} Answer;

extern Answer condition_answer(JsonPath *condition, Jsonb *attributes);

/* Attributes as conditions see them: a JSON null counts as missing; {} for NULL. */
extern Jsonb *attributes_without_nulls(Jsonb *attributes);

#endif							/* CONTROL_LIST_SHIPMENT_H */
