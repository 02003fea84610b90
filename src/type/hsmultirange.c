/*-------------------------------------------------------------------------
 *
 * hsmultirange.c
 *	  The type hsmultirange: a canonical set of disjoint ranges.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "type.h"

PG_FUNCTION_INFO_V1(hsmultirange_in);
PG_FUNCTION_INFO_V1(hsmultirange_out);
PG_FUNCTION_INFO_V1(hsmultirange_recv);
PG_FUNCTION_INFO_V1(hsmultirange_send);
PG_FUNCTION_INFO_V1(hsmultirange_make);
PG_FUNCTION_INFO_V1(hsmultirange_isempty);
PG_FUNCTION_INFO_V1(hsmultirange_eq);
PG_FUNCTION_INFO_V1(hsmultirange_ne);
PG_FUNCTION_INFO_V1(hsmultirange_lt);
PG_FUNCTION_INFO_V1(hsmultirange_le);
PG_FUNCTION_INFO_V1(hsmultirange_gt);
PG_FUNCTION_INFO_V1(hsmultirange_ge);
PG_FUNCTION_INFO_V1(hsmultirange_cmp);
PG_FUNCTION_INFO_V1(hsmultirange_hash);
PG_FUNCTION_INFO_V1(hsmultirange_hash_extended);
PG_FUNCTION_INFO_V1(hsmultirange_empty);
PG_FUNCTION_INFO_V1(hsmultirange_from_range);
PG_FUNCTION_INFO_V1(hsmultirange_merge);
PG_FUNCTION_INFO_V1(hsrange_merge);
PG_FUNCTION_INFO_V1(hsmultirange_unnest);
PG_FUNCTION_INFO_V1(control_list_read_set);
PG_FUNCTION_INFO_V1(control_list_set_problem);

#define HSMULTIRANGE_BINARY_VERSION 1

/* how many ranges a varlena holds */
#define MOST_RANGES ((int64) ((MaxAllocSize - offsetof(HsMultirange, ranges)) / sizeof(HsRange)))

void
hs_multirange_check_count(int64 count)
{
	if (count > MOST_RANGES)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("hsmultirange would have too many ranges")));
}

HsMultirange *
hs_multirange_make(int64 capacity)
{
	HsMultirange *multirange;

	hs_multirange_check_count(capacity);
	multirange = (HsMultirange *) palloc(HS_MULTIRANGE_SIZE(capacity));
	multirange->unused = 0;
	return multirange;
}

Datum
hs_multirange_finish(HsMultirange *multirange, int count)
{
	SET_VARSIZE(multirange, HS_MULTIRANGE_SIZE(count));
	return PointerGetDatum(multirange);
}

/* Reads a set; *result is a new multirange unless there is a problem. */
static HsProblem
parse_multirange(const char *text, size_t size, Datum *result)
{
	int			capacity = 1;
	int			count;
	HsMultirange *multirange;
	HsProblem	problem;

	for (size_t i = 0; i < size; i++)
		capacity += text[i] == ',';
	if (capacity > MOST_RANGES)
		return HS_TOO_MANY;
	multirange = hs_multirange_make(capacity);
	problem = hs_set_parse(text, size, multirange->ranges, capacity, &count);
	if (problem == HS_OK)
		*result = hs_multirange_finish(multirange, count);
	return problem;
}

Datum
hsmultirange_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	Datum		result;
	HsProblem	problem = parse_multirange(text, strlen(text), &result);

	if (problem != HS_OK)
		return hs_report_problem(problem, "hsmultirange", text, SOFT_ERRORS(fcinfo));
	return result;
}

Datum
hsmultirange_out(PG_FUNCTION_ARGS)
{
	HsSet		set = PG_GETARG_HSSET(0);
	StringInfoData text;

	initStringInfo(&text);
	appendStringInfoChar(&text, '{');
	for (int i = 0; i < set.count; i++)
	{
		char		range[HS_RANGE_TEXT_SIZE];

		if (i > 0)
			appendStringInfoChar(&text, ',');
		hs_range_print(set.ranges[i], range);
		appendStringInfoString(&text, range);
	}
	appendStringInfoChar(&text, '}');
	PG_RETURN_CSTRING(text.data);
}

/* binary form: one byte of version, four of the count, sixteen for each range */
Datum
hsmultirange_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buffer = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(buffer);
	uint32		count = pq_getmsgint(buffer, 4);
	HsMultirange *multirange;
	Datum		result;

	if (version != HSMULTIRANGE_BINARY_VERSION ||
		count > (uint32) (buffer->len - buffer->cursor) / sizeof(HsRange))
		hs_report_binary("hsmultirange");
	multirange = hs_multirange_make(count);
	for (uint32 i = 0; i < count; i++)
	{
		multirange->ranges[i].low = pq_getmsgint64(buffer);
		multirange->ranges[i].high = pq_getmsgint64(buffer);
	}
	result = hs_multirange_finish(multirange, (int) count);
	if (!hs_set_is_valid(hs_multirange_set(multirange)))
		hs_report_binary("hsmultirange");
	return result;
}

Datum
hsmultirange_send(PG_FUNCTION_ARGS)
{
	HsSet		set = PG_GETARG_HSSET(0);
	StringInfoData buffer;

	pq_begintypsend(&buffer);
	pq_sendbyte(&buffer, HSMULTIRANGE_BINARY_VERSION);
	pq_sendint32(&buffer, (uint32) set.count);
	for (int i = 0; i < set.count; i++)
	{
		pq_sendint64(&buffer, set.ranges[i].low);
		pq_sendint64(&buffer, set.ranges[i].high);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buffer));
}

/* hsmultirange(VARIADIC hsrange[]), as the constructors of PostgreSQL's multiranges */
Datum
hsmultirange_make(PG_FUNCTION_ARGS)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
	Datum	   *elements;
	bool	   *nulls;
	int			count;
	HsMultirange *multirange;

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_CARDINALITY_VIOLATION),
				 errmsg("multiranges cannot be constructed from multidimensional arrays")));
	deconstruct_array(array, ARR_ELEMTYPE(array), sizeof(HsRange), false, TYPALIGN_DOUBLE,
					  &elements, &nulls, &count);
	multirange = hs_multirange_make(count);
	for (int i = 0; i < count; i++)
	{
		if (nulls[i])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("multirange values cannot contain null members")));
		multirange->ranges[i] = *DatumGetHsRangeP(elements[i]);
	}
	return hs_multirange_finish(multirange,
								hs_set_normalize(multirange->ranges, count));
}

Datum
hsmultirange_isempty(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(PG_GETARG_HSSET(0).count == 0);
}

int
hs_multirange_compare(Datum a, Datum b)
{
	HsMultirange *x = DatumGetHsMultirangeP(a);
	HsMultirange *y = DatumGetHsMultirangeP(b);
	int			order = hs_set_compare(hs_multirange_set(x), hs_multirange_set(y));

	if ((Pointer) x != DatumGetPointer(a))
		pfree(x);
	if ((Pointer) y != DatumGetPointer(b))
		pfree(y);
	return order;
}

#define DEFINE_COMPARISON(name, operator) \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_BOOL(hs_multirange_compare(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1)) operator 0); \
}

DEFINE_COMPARISON(hsmultirange_eq, ==)
DEFINE_COMPARISON(hsmultirange_ne, !=)
DEFINE_COMPARISON(hsmultirange_lt, <)
DEFINE_COMPARISON(hsmultirange_le, <=)
DEFINE_COMPARISON(hsmultirange_gt, >)
DEFINE_COMPARISON(hsmultirange_ge, >=)

Datum
hsmultirange_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(hs_multirange_compare(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1)));
}

Datum
hsmultirange_hash(PG_FUNCTION_ARGS)
{
	HsMultirange *multirange = DatumGetHsMultirangeP(PG_GETARG_DATUM(0));
	HsSet		set = hs_multirange_set(multirange);
	Datum		hash = hash_any((const unsigned char *) set.ranges,
								set.count * (int) sizeof(HsRange));

	PG_FREE_IF_COPY(multirange, 0);
	return hash;
}

Datum
hsmultirange_hash_extended(PG_FUNCTION_ARGS)
{
	HsMultirange *multirange = DatumGetHsMultirangeP(PG_GETARG_DATUM(0));
	HsSet		set = hs_multirange_set(multirange);
	Datum		hash = hash_any_extended((const unsigned char *) set.ranges,
										 set.count * (int) sizeof(HsRange),
										 PG_GETARG_INT64(1));

	PG_FREE_IF_COPY(multirange, 0);
	return hash;
}

Datum
hsmultirange_empty(PG_FUNCTION_ARGS)
{
	(void) fcinfo;
	return hs_multirange_finish(hs_multirange_make(0), 0);
}

Datum
hsmultirange_from_range(PG_FUNCTION_ARGS)
{
	HsMultirange *result = hs_multirange_make(1);

	result->ranges[0] = PG_GETARG_HSRANGE(0);
	return hs_multirange_finish(result, 1);
}

/* range_merge(): the smallest range around a set, NULL if it is empty */
Datum
hsmultirange_merge(PG_FUNCTION_ARGS)
{
	HsSet		set = PG_GETARG_HSSET(0);

	if (set.count == 0)
		PG_RETURN_NULL();
	PG_RETURN_HSRANGE(hs_set_bounds(set));
}

/* range_merge(): the smallest range around two */
Datum
hsrange_merge(PG_FUNCTION_ARGS)
{
	PG_RETURN_HSRANGE(hs_range_around(PG_GETARG_HSRANGE(0), PG_GETARG_HSRANGE(1)));
}

/* The ranges of a set, in order. */
Datum
hsmultirange_unnest(PG_FUNCTION_ARGS)
{
	FuncCallContext *context;
	HsSet		set;
	Datum		range;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext old;

		context = SRF_FIRSTCALL_INIT();
		old = MemoryContextSwitchTo(context->multi_call_memory_ctx);
		context->user_fctx = PG_DETOAST_DATUM_COPY(PG_GETARG_DATUM(0));
		MemoryContextSwitchTo(old);
	}
	context = SRF_PERCALL_SETUP();
	set = hs_multirange_set((HsMultirange *) context->user_fctx);
	if (context->call_cntr >= (uint64) set.count)
		SRF_RETURN_DONE(context);
	range = HsRangeGetDatum(set.ranges[context->call_cntr]);
	SRF_RETURN_NEXT(context, range);
}

/* A set, or NULL if the text cannot be read. */
Datum
control_list_read_set(PG_FUNCTION_ARGS)
{
	text	   *input = PG_GETARG_TEXT_PP(0);
	Datum		result;

	if (parse_multirange(VARDATA_ANY(input), VARSIZE_ANY_EXHDR(input), &result) != HS_OK)
		PG_RETURN_NULL();
	return result;
}

/* What is wrong with a text as a set, NULL if nothing is. */
Datum
control_list_set_problem(PG_FUNCTION_ARGS)
{
	text	   *input = PG_GETARG_TEXT_PP(0);
	Datum		result;
	HsProblem	problem = parse_multirange(VARDATA_ANY(input), VARSIZE_ANY_EXHDR(input), &result);

	if (problem == HS_OK)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(hs_problem_detail(problem)));
}
