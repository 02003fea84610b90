/*-------------------------------------------------------------------------
 *
 * selectivity.c
 *	  Which share of rows is restricted: planner support of is_restricted().
 *
 * The function itself is asked, for values that the statistics of the columns offer:
 * most common values and bounds of histograms, each with the share of rows for
 * which it stands.  Columns are taken to be independent.  Most destinations are named
 * by no list, and for those the code and the day do not matter unless they are missing,
 * so that few combinations are left.
 *
 * PostgreSQL asks for functions that return boolean only; a comparison of
 * screen_shipment() with a verdict gets the default of its operator.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "rulebook/rulebook.h"

#include "access/htup_details.h"
#include "catalog/pg_statistic.h"
#include "miscadmin.h"
#include "nodes/pathnodes.h"
#include "nodes/supportnodes.h"
#include "optimizer/optimizer.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/selfuncs.h"

PG_FUNCTION_INFO_V1(control_list_restricted_support);

#define MOST_ARGUMENTS	9
#define CODE			0
#define DESTINATION		1
#define SHIP_DATE		2
#define LICENSES		5

/*
 * Values of a column that are tried at most, and combinations of them: with many
 * destinations that lists name, fewer codes are tried with each.  A screening that
 * names licenses reads them, and takes as long as some hundred others.
 */
static const int most_values[MOST_ARGUMENTS] = {100, 1000, 5, 1, 1, 1, 1, 1, 1};
#define MOST_CALLS		5000
#define MOST_CALLS_WITH_LICENSES	50

/* a value of an argument, and the share of rows that have it */
typedef struct Guess
{
	NullableDatum value;
	double		share;
} Guess;

typedef struct Guesses
{
	int			count;
	Guess	   *guesses;
} Guesses;

static void
add_guess(Guesses *guesses, Datum value, bool is_null, double share)
{
	Guess	   *guess = &guesses->guesses[guesses->count++];

	guess->value.value = value;
	guess->value.isnull = is_null;
	guess->share = share;
}

/* The values of a column, all that the statistics have. */
static Guesses
guesses_of_column(HeapTuple statistics, Oid type)
{
	AttStatsSlot common;
	AttStatsSlot histogram;
	Guesses		guesses = {0, NULL};
	double		rest = 1.0;
	double		null_share = ((Form_pg_statistic) GETSTRUCT(statistics))->stanullfrac;
	int16		length;
	bool		by_value;

	get_typlenbyval(type, &length, &by_value);
	if (!get_attstatsslot(&common, statistics, STATISTIC_KIND_MCV, InvalidOid,
						  ATTSTATSSLOT_VALUES | ATTSTATSSLOT_NUMBERS))
		memset(&common, 0, sizeof(common));
	if (!get_attstatsslot(&histogram, statistics, STATISTIC_KIND_HISTOGRAM, InvalidOid, ATTSTATSSLOT_VALUES))
		memset(&histogram, 0, sizeof(histogram));

	guesses.guesses = (Guess *) palloc(sizeof(Guess) * ((Size) common.nvalues + (Size) histogram.nvalues + 1));
	if (null_share > 0.0)
		add_guess(&guesses, (Datum) 0, true, null_share);
	rest -= null_share;
	for (int i = 0; i < Min(common.nvalues, common.nnumbers); i++)
	{
		add_guess(&guesses, datumCopy(common.values[i], by_value, length), false, common.numbers[i]);
		rest -= common.numbers[i];
	}
	for (int i = 0; i < histogram.nvalues; i++)
		add_guess(&guesses, datumCopy(histogram.values[i], by_value, length), false,
				  Max(rest, 0.0) / histogram.nvalues);
	free_attstatsslot(&common);
	free_attstatsslot(&histogram);
	return guesses;
}

static double
total_share(const Guesses *guesses)
{
	double		total = 0.0;

	for (int i = 0; i < guesses->count; i++)
		total += guesses->guesses[i].share;
	return total;
}

/*
 * Leaves so many of the values at most.  Marks stand in the middle of equal parts of
 * all rows, and a value is left that has one or more among its rows.
 */
static void
thin_out(Guesses *guesses, int most)
{
	double		total = total_share(guesses);
	double		passed = 0.0;
	double		marks_passed = 0.0;
	int			count = 0;

	if (guesses->count <= most || total <= 0.0)
		return;
	for (int i = 0; i < guesses->count; i++)
	{
		double		marks;

		passed += guesses->guesses[i].share;
		marks = floor(passed / total * most + 0.5) - marks_passed;
		if (marks < 1.0)
			continue;
		guesses->guesses[count] = guesses->guesses[i];
		guesses->guesses[count++].share = marks * total / most;
		marks_passed += marks;
	}
	guesses->count = count;
}

/* The first value, which is NULL if there are any, and one for all others. */
static Guesses
two_guesses(Guesses guesses)
{
	Guesses		two = {2, (Guess *) palloc(2 * sizeof(Guess))};

	if (guesses.count <= 2)
		return guesses;
	two.guesses[0] = guesses.guesses[0];
	two.guesses[1] = guesses.guesses[guesses.count - 1];
	two.guesses[1].share = total_share(&guesses) - two.guesses[0].share;
	return two;
}

/* What an argument may be; none if nothing is known. */
static Guesses
guess_argument(PlannerInfo *root, Node *argument, int relation, Oid function, int most)
{
	Guesses		guesses = {0, NULL};
	VariableStatData variable;

	argument = estimate_expression_value(root, argument);
	if (IsA(argument, Const))
	{
		guesses.guesses = (Guess *) palloc(sizeof(Guess));
		add_guess(&guesses, ((Const *) argument)->constvalue, ((Const *) argument)->constisnull, 1.0);
		return guesses;
	}
	examine_variable(root, argument, relation, &variable);
	if (HeapTupleIsValid(variable.statsTuple) && statistic_proc_security_check(&variable, function))
		guesses = guesses_of_column(variable.statsTuple, variable.atttype);
	ReleaseVariableStats(variable);
	thin_out(&guesses, most);
	return guesses;
}

/* Does any list name this destination, or have something to say because it is unknown? */
static bool
may_match(const Rulebook *rulebook, NullableDatum destination)
{
	text	   *name = destination.isnull ? NULL : DatumGetTextPP(destination.value);
	Territory	territory;

	return name == NULL || !territory_read(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), &territory) ||
		is_named(rulebook, territory);
}

/* may_match() for each destination */
static bool *
named_destinations(const Guesses *destinations)
{
	Rulebook   *rulebook = rulebook_current();
	bool	   *named = (bool *) palloc(sizeof(bool) * (Size) destinations->count);

	for (int i = 0; i < destinations->count; i++)
		named[i] = may_match(rulebook, destinations->guesses[i].value);
	return named;
}

/* The share of restricted rows among those with the destination that stands in the call. */
static double
restricted_share(FunctionCallInfo call, const Guesses *codes, const Guesses *dates)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "control_list estimate", ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);
	double		restricted = 0.0;
	double		all = 0.0;

	for (int i = 0; i < codes->count; i++)
	{
		call->args[CODE] = codes->guesses[i].value;
		for (int j = 0; j < Max(dates->count, 1); j++)
		{
			double		share = codes->guesses[i].share;

			if (dates->count > 0)
			{
				call->args[SHIP_DATE] = dates->guesses[j].value;
				share *= dates->guesses[j].share;
			}
			call->isnull = false;
			if (DatumGetBool(FunctionCallInvoke(call)))
				restricted += share;
			all += share;
			MemoryContextReset(context);
			CHECK_FOR_INTERRUPTS();
		}
	}
	MemoryContextSwitchTo(old);
	MemoryContextDelete(context);
	return all > 0.0 ? restricted / all : 0.0;
}

/* False if too little is known. */
static bool
estimate_share(SupportRequestSelectivity *request, double *share)
{
	LOCAL_FCINFO(call, MOST_ARGUMENTS);
	FmgrInfo	function;
	Guesses		guesses[MOST_ARGUMENTS];
	Guesses		two_codes;
	Guesses		two_dates;
	bool	   *named;
	int			named_count = 0;
	int			count = list_length(request->args);
	int			most_calls = MOST_CALLS;
	double		restricted = 0.0;
	double		all = 0.0;

	fmgr_info(request->funcid, &function);
	InitFunctionCallInfoData(*call, &function, count, request->inputcollid, NULL, NULL);
	memset(guesses, 0, sizeof(guesses));
	for (int i = 0; i < count; i++)
	{
		guesses[i] = guess_argument(request->root, (Node *) list_nth(request->args, i), request->varRelid,
									request->funcid, most_values[i]);
		/* of via, attributes and the like nothing is known but constants */
		call->args[i] = guesses[i].count == 1 ? guesses[i].guesses[0].value : (NullableDatum) {(Datum) 0, true};
	}
	if (guesses[CODE].count == 0 || guesses[DESTINATION].count == 0 ||
		(count > SHIP_DATE && guesses[SHIP_DATE].count == 0))
		return false;

	if (count > LICENSES && !call->args[LICENSES].isnull)
		most_calls = MOST_CALLS_WITH_LICENSES;
	named = named_destinations(&guesses[DESTINATION]);
	for (int i = 0; i < guesses[DESTINATION].count; i++)
		named_count += named[i];
	two_codes = two_guesses(guesses[CODE]);
	two_dates = two_guesses(guesses[SHIP_DATE]);
	thin_out(&guesses[CODE], most_calls / Max(named_count * Max(guesses[SHIP_DATE].count, 1), 1) + 1);
	for (int i = 0; i < guesses[DESTINATION].count; i++)
	{
		const Guess *destination = &guesses[DESTINATION].guesses[i];

		call->args[DESTINATION] = destination->value;
		restricted += destination->share *
			restricted_share(call, named[i] ? &guesses[CODE] : &two_codes, named[i] ? &guesses[SHIP_DATE] : &two_dates);
		all += destination->share;
	}
	*share = all > 0.0 ? restricted / all : 0.0;
	return true;
}

/* internal -> internal: how many rows of a scan is_restricted() lets through */
Datum
control_list_restricted_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);
	SupportRequestSelectivity *selectivity = (SupportRequestSelectivity *) request;
	double		share;

	if (!IsA(request, SupportRequestSelectivity) || selectivity->is_join ||
		!estimate_share(selectivity, &share))
		PG_RETURN_POINTER(NULL);
	CLAMP_PROBABILITY(share);
	selectivity->selectivity = share;
	PG_RETURN_POINTER(selectivity);
}
