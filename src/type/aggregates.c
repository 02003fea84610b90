/*-------------------------------------------------------------------------
 *
 * aggregates.c
 *	  range_agg, range_intersect_agg, and what min and max are made of.
 *
 * range_agg collects ranges as they come, and puts them in order when its memory is
 * full and at the end.  So it holds as many ranges as the set has, however many rows
 * there are.  Its state can be shipped between processes, so it runs in parallel.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "utils/memutils.h"

#include "type.h"

PG_FUNCTION_INFO_V1(hs_range_agg_range);
PG_FUNCTION_INFO_V1(hs_range_agg_multirange);
PG_FUNCTION_INFO_V1(hs_range_agg_final);
PG_FUNCTION_INFO_V1(hs_range_agg_combine);
PG_FUNCTION_INFO_V1(hs_range_agg_serialize);
PG_FUNCTION_INFO_V1(hs_range_agg_deserialize);
PG_FUNCTION_INFO_V1(hs_intersect_agg_range);

/* The ranges seen so far, in no order; lives in the aggregate's context. */
typedef struct RangeAgg
{
	int64		count;
	int64		capacity;
	HsRange    *ranges;
} RangeAgg;

static RangeAgg *
make_range_agg(MemoryContext context, int64 capacity)
{
	RangeAgg   *state = (RangeAgg *) MemoryContextAlloc(context, sizeof(RangeAgg));

	state->count = 0;
	state->capacity = capacity;
	state->ranges = (HsRange *)
		MemoryContextAllocHuge(context, sizeof(HsRange) * (Size) capacity);
	return state;
}

/* The state in the first argument, a new one if it is NULL. */
static RangeAgg *
get_range_agg(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "range_agg called in non-aggregate context");
	if (PG_ARGISNULL(0))
		return make_range_agg(context, 16);
	return (RangeAgg *) PG_GETARG_POINTER(0);
}

/* Puts the ranges in order.  Raises program_limit_exceeded if no value can hold them. */
static void
normalize(RangeAgg *state)
{
	state->count = hs_set_normalize(state->ranges, (int) state->count);
	hs_multirange_check_count(state->count);
}

static void
add_ranges(RangeAgg *state, const HsRange *ranges, int64 count)
{
	if (state->count + count > state->capacity)
	{
		normalize(state);
		/* let half of it be free, so that it is not full again at once */
		if ((state->count + count) * 2 > state->capacity)
		{
			state->capacity = (state->count + count) * 2;
			state->ranges = (HsRange *)
				repalloc_huge(state->ranges, sizeof(HsRange) * (Size) state->capacity);
		}
	}
	memcpy(state->ranges + state->count, ranges, sizeof(HsRange) * (Size) count);
	state->count += count;
}

Datum
hs_range_agg_range(PG_FUNCTION_ARGS)
{
	RangeAgg   *state;

	if (PG_ARGISNULL(1) && PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = get_range_agg(fcinfo);
	if (!PG_ARGISNULL(1))
		add_ranges(state, DatumGetHsRangeP(PG_GETARG_DATUM(1)), 1);
	PG_RETURN_POINTER(state);
}

/* An empty multirange counts as a value: the result is then empty, not NULL. */
Datum
hs_range_agg_multirange(PG_FUNCTION_ARGS)
{
	RangeAgg   *state;
	HsSet		set;

	if (PG_ARGISNULL(1) && PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = get_range_agg(fcinfo);
	if (!PG_ARGISNULL(1))
	{
		set = PG_GETARG_HSSET(1);
		add_ranges(state, set.ranges, set.count);
	}
	PG_RETURN_POINTER(state);
}

Datum
hs_range_agg_final(PG_FUNCTION_ARGS)
{
	RangeAgg   *state;
	HsMultirange *result;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = (RangeAgg *) PG_GETARG_POINTER(0);
	normalize(state);
	result = hs_multirange_make(state->count);
	memcpy(result->ranges, state->ranges, sizeof(HsRange) * (Size) state->count);
	return hs_multirange_finish(result, (int) state->count);
}

Datum
hs_range_agg_combine(PG_FUNCTION_ARGS)
{
	RangeAgg   *other = PG_ARGISNULL(1) ? NULL : (RangeAgg *) PG_GETARG_POINTER(1);
	RangeAgg   *state;

	if (PG_ARGISNULL(0) && other == NULL)
		PG_RETURN_NULL();
	state = get_range_agg(fcinfo);
	if (other != NULL)
		add_ranges(state, other->ranges, other->count);
	PG_RETURN_POINTER(state);
}

Datum
hs_range_agg_serialize(PG_FUNCTION_ARGS)
{
	RangeAgg   *state = (RangeAgg *) PG_GETARG_POINTER(0);
	StringInfoData buffer;

	normalize(state);
	pq_begintypsend(&buffer);
	pq_sendbytes(&buffer, (char *) state->ranges, (int) (sizeof(HsRange) * state->count));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buffer));
}

Datum
hs_range_agg_deserialize(PG_FUNCTION_ARGS)
{
	bytea	   *bytes = PG_GETARG_BYTEA_PP(0);
	int64		count = (int64) (VARSIZE_ANY_EXHDR(bytes) / sizeof(HsRange));
	RangeAgg   *state = make_range_agg(CurrentMemoryContext, Max(count, 16));

	memcpy(state->ranges, VARDATA_ANY(bytes), sizeof(HsRange) * (Size) count);
	state->count = count;
	PG_RETURN_POINTER(state);
}

/* What is in the state and in the range; all of the range where there is no state. */
Datum
hs_intersect_agg_range(PG_FUNCTION_ARGS)
{
	HsSet		range;
	HsSet		state;
	HsMultirange *result;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		return PG_GETARG_DATUM(0);
	}
	range = hs_set_of_range(DatumGetHsRangeP(PG_GETARG_DATUM(1)));
	state = PG_ARGISNULL(0) ? range : PG_GETARG_HSSET(0);
	result = hs_multirange_make((int64) state.count + range.count);
	return hs_multirange_finish(result, hs_set_intersect(state, range, result->ranges));
}

#define DEFINE_CHOICES(type, compare) \
PG_FUNCTION_INFO_V1(type##_smaller); \
Datum \
type##_smaller(PG_FUNCTION_ARGS) \
{ \
	return compare <= 0 ? PG_GETARG_DATUM(0) : PG_GETARG_DATUM(1); \
} \
PG_FUNCTION_INFO_V1(type##_larger); \
Datum \
type##_larger(PG_FUNCTION_ARGS) \
{ \
	return compare >= 0 ? PG_GETARG_DATUM(0) : PG_GETARG_DATUM(1); \
}

DEFINE_CHOICES(hscode, PG_GETARG_HSCODE(0) - PG_GETARG_HSCODE(1))
DEFINE_CHOICES(hsrange, hs_range_compare(PG_GETARG_HSRANGE(0), PG_GETARG_HSRANGE(1)))
DEFINE_CHOICES(hsmultirange, hs_multirange_compare(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1)))
