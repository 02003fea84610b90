/*-------------------------------------------------------------------------
 *
 * hsrange.c
 *	  The type hsrange: input, output, construction, comparison.
 *
 * Operators with other types and the set operations are in operators.c.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "funcapi.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "type.h"

PG_FUNCTION_INFO_V1(hsrange_in);
PG_FUNCTION_INFO_V1(hsrange_out);
PG_FUNCTION_INFO_V1(hsrange_recv);
PG_FUNCTION_INFO_V1(hsrange_send);
PG_FUNCTION_INFO_V1(hsrange_make);
PG_FUNCTION_INFO_V1(hsrange_from_code);
PG_FUNCTION_INFO_V1(hsrange_lower);
PG_FUNCTION_INFO_V1(hsrange_upper);
PG_FUNCTION_INFO_V1(hs_split);
PG_FUNCTION_INFO_V1(hsrange_eq);
PG_FUNCTION_INFO_V1(hsrange_ne);
PG_FUNCTION_INFO_V1(hsrange_lt);
PG_FUNCTION_INFO_V1(hsrange_le);
PG_FUNCTION_INFO_V1(hsrange_gt);
PG_FUNCTION_INFO_V1(hsrange_ge);
PG_FUNCTION_INFO_V1(hsrange_cmp);
PG_FUNCTION_INFO_V1(hsrange_hash);
PG_FUNCTION_INFO_V1(hsrange_hash_extended);
PG_FUNCTION_INFO_V1(control_list_read_range);
PG_FUNCTION_INFO_V1(control_list_range_problem);

#define HSRANGE_BINARY_VERSION 1

Datum
hsrange_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	HsRange		range;
	HsProblem	problem = hs_range_parse(text, strlen(text), &range);

	if (problem != HS_OK)
		return hs_report_problem(problem, "hsrange", text, SOFT_ERRORS(fcinfo));
	PG_RETURN_HSRANGE(range);
}

Datum
hsrange_out(PG_FUNCTION_ARGS)
{
	char	   *text = (char *) palloc(HS_RANGE_TEXT_SIZE);

	hs_range_print(PG_GETARG_HSRANGE(0), text);
	PG_RETURN_CSTRING(text);
}

/* binary form: one byte of version, eight bytes for each end */
Datum
hsrange_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buffer = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(buffer);
	HsRange		range;

	range.low = pq_getmsgint64(buffer);
	range.high = pq_getmsgint64(buffer);
	if (version != HSRANGE_BINARY_VERSION || !hs_range_is_valid(range))
		hs_report_binary("hsrange");
	PG_RETURN_HSRANGE(range);
}

Datum
hsrange_send(PG_FUNCTION_ARGS)
{
	HsRange		range = PG_GETARG_HSRANGE(0);
	StringInfoData buffer;

	pq_begintypsend(&buffer);
	pq_sendbyte(&buffer, HSRANGE_BINARY_VERSION);
	pq_sendint64(&buffer, range.low);
	pq_sendint64(&buffer, range.high);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buffer));
}

Datum
hsrange_make(PG_FUNCTION_ARGS)
{
	HsCode		low = PG_GETARG_HSCODE(0);
	HsCode		high = PG_GETARG_HSCODE(1);
	HsRange		range;
	HsProblem	problem = hs_range_make(low, high, &range);

	if (problem != HS_OK)
	{
		char		low_text[HS_CODE_TEXT_SIZE];
		char		high_text[HS_CODE_TEXT_SIZE];

		hs_code_print(low, low_text);
		hs_code_print(high, high_text);
		ereport(ERROR,
				(errcode(ERRCODE_DATA_EXCEPTION),
				 errmsg("cannot make a range from %s to %s", low_text, high_text),
				 errdetail("%s", hs_problem_detail(problem))));
	}
	PG_RETURN_HSRANGE(range);
}

Datum
hsrange_from_code(PG_FUNCTION_ARGS)
{
	PG_RETURN_HSRANGE(hs_code_range(PG_GETARG_HSCODE(0)));
}

Datum
hsrange_lower(PG_FUNCTION_ARGS)
{
	HsCode		low;
	HsCode		high;

	hs_range_ends(PG_GETARG_HSRANGE(0), &low, &high);
	PG_RETURN_HSCODE(low);
}

Datum
hsrange_upper(PG_FUNCTION_ARGS)
{
	HsCode		low;
	HsCode		high;

	hs_range_ends(PG_GETARG_HSRANGE(0), &low, &high);
	PG_RETURN_HSCODE(high);
}

/* The fewest codes that cover just what a range covers, in order. */
Datum
hs_split(PG_FUNCTION_ARGS)
{
	FuncCallContext *context;
	HsRange    *rest;
	HsCode		code;

	if (SRF_IS_FIRSTCALL())
	{
		context = SRF_FIRSTCALL_INIT();
		rest = (HsRange *) MemoryContextAlloc(context->multi_call_memory_ctx, sizeof(HsRange));
		*rest = PG_GETARG_HSRANGE(0);
		context->user_fctx = rest;
	}
	context = SRF_PERCALL_SETUP();
	rest = (HsRange *) context->user_fctx;
	if (rest->low > rest->high)
		SRF_RETURN_DONE(context);
	code = hs_range_first_code(*rest);
	rest->low = hs_code_range(code).high + 1;
	SRF_RETURN_NEXT(context, HsCodeGetDatum(code));
}

#define DEFINE_COMPARISON(name, operator) \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_BOOL(hs_range_compare(PG_GETARG_HSRANGE(0), PG_GETARG_HSRANGE(1)) operator 0); \
}

DEFINE_COMPARISON(hsrange_eq, ==)
DEFINE_COMPARISON(hsrange_ne, !=)
DEFINE_COMPARISON(hsrange_lt, <)
DEFINE_COMPARISON(hsrange_le, <=)
DEFINE_COMPARISON(hsrange_gt, >)
DEFINE_COMPARISON(hsrange_ge, >=)

Datum
hsrange_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(hs_range_compare(PG_GETARG_HSRANGE(0), PG_GETARG_HSRANGE(1)));
}

Datum
hsrange_hash(PG_FUNCTION_ARGS)
{
	HsRange		range = PG_GETARG_HSRANGE(0);

	return hash_any((unsigned char *) &range, sizeof(range));
}

Datum
hsrange_hash_extended(PG_FUNCTION_ARGS)
{
	HsRange		range = PG_GETARG_HSRANGE(0);

	return hash_any_extended((unsigned char *) &range, sizeof(range),
							 PG_GETARG_INT64(1));
}

/* A range, or NULL if the text cannot be read. */
Datum
control_list_read_range(PG_FUNCTION_ARGS)
{
	text	   *input = PG_GETARG_TEXT_PP(0);
	HsRange		range;

	if (hs_range_parse(VARDATA_ANY(input), VARSIZE_ANY_EXHDR(input), &range) != HS_OK)
		PG_RETURN_NULL();
	PG_RETURN_HSRANGE(range);
}

/* What is wrong with a text as a range, NULL if nothing is. */
Datum
control_list_range_problem(PG_FUNCTION_ARGS)
{
	text	   *input = PG_GETARG_TEXT_PP(0);
	HsRange		range;
	HsProblem	problem = hs_range_parse(VARDATA_ANY(input), VARSIZE_ANY_EXHDR(input), &range);

	if (problem == HS_OK)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(hs_problem_detail(problem)));
}
