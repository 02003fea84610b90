/*-------------------------------------------------------------------------
 *
 * hscode.c
 *	  The type hscode: input, output, type modifier, comparison, helpers.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "libpq/pqformat.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "type.h"

PG_FUNCTION_INFO_V1(hscode_in);
PG_FUNCTION_INFO_V1(hscode_out);
PG_FUNCTION_INFO_V1(hscode_recv);
PG_FUNCTION_INFO_V1(hscode_send);
PG_FUNCTION_INFO_V1(hscode_typmod_in);
PG_FUNCTION_INFO_V1(hscode_typmod_out);
PG_FUNCTION_INFO_V1(hscode_enforce_typmod);
PG_FUNCTION_INFO_V1(hscode_eq);
PG_FUNCTION_INFO_V1(hscode_ne);
PG_FUNCTION_INFO_V1(hscode_lt);
PG_FUNCTION_INFO_V1(hscode_le);
PG_FUNCTION_INFO_V1(hscode_gt);
PG_FUNCTION_INFO_V1(hscode_ge);
PG_FUNCTION_INFO_V1(hscode_cmp);
PG_FUNCTION_INFO_V1(hscode_hash);
PG_FUNCTION_INFO_V1(hscode_hash_extended);
PG_FUNCTION_INFO_V1(hs_chapter);
PG_FUNCTION_INFO_V1(hs_heading);
PG_FUNCTION_INFO_V1(hs_subheading);
PG_FUNCTION_INFO_V1(hs_length);
PG_FUNCTION_INFO_V1(hs_truncate);
PG_FUNCTION_INFO_V1(hs_digits);
PG_FUNCTION_INFO_V1(hscode_from_number);
PG_FUNCTION_INFO_V1(control_list_read_code);
PG_FUNCTION_INFO_V1(control_list_code_problem);
PG_FUNCTION_INFO_V1(control_list_strip_zeros);

#define HSCODE_BINARY_VERSION 1

Datum
hs_report_problem(HsProblem problem, const char *type, const char *text,
				  struct Node *escontext)
{
	const char *hint = hs_problem_hint(problem);

	if (problem == HS_TOO_MANY)
		ereturn(escontext, (Datum) 0,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("%s would have too many ranges", type)));
	ereturn(escontext, (Datum) 0,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type %s: \"%s\"", type, text),
			 errdetail("%s", hs_problem_detail(problem)),
			 hint ? errhint("%s", hint) : 0));
}

void
hs_report_binary(const char *type)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary value for type %s", type)));
}

/*
 * True, or the error, if the type modifier admits the code.  -1 admits all.
 */
static bool
check_typmod(HsCode code, int32 typmod, struct Node *escontext)
{
	char		text[HS_CODE_TEXT_SIZE];

	if (typmod < 0 || hs_code_digits(code) == typmod)
		return true;
	hs_code_print(code, text);
	ereturn(escontext, false,
			(errcode(ERRCODE_STRING_DATA_LENGTH_MISMATCH),
			 errmsg("code %s does not match type hscode(%d)", text, typmod),
			 errdetail("The code has %d digits.", hs_code_digits(code))));
}

Datum
hscode_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	int32		typmod = PG_GETARG_INT32(2);
	HsCode		code;
	HsProblem	problem = hs_code_parse(text, strlen(text), &code);

	if (problem != HS_OK)
		return hs_report_problem(problem, "hscode", text, SOFT_ERRORS(fcinfo));
	if (!check_typmod(code, typmod, SOFT_ERRORS(fcinfo)))
		return (Datum) 0;
	PG_RETURN_HSCODE(code);
}

Datum
hscode_out(PG_FUNCTION_ARGS)
{
	char	   *text = (char *) palloc(HS_CODE_TEXT_SIZE);

	hs_code_print(PG_GETARG_HSCODE(0), text);
	PG_RETURN_CSTRING(text);
}

/* binary form: one byte of version, eight bytes of the value */
Datum
hscode_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buffer = (StringInfo) PG_GETARG_POINTER(0);
	int32		typmod = PG_GETARG_INT32(2);
	int			version = pq_getmsgbyte(buffer);
	HsCode		code = pq_getmsgint64(buffer);

	if (version != HSCODE_BINARY_VERSION || !hs_code_is_valid(code))
		hs_report_binary("hscode");
	check_typmod(code, typmod, NULL);
	PG_RETURN_HSCODE(code);
}

Datum
hscode_send(PG_FUNCTION_ARGS)
{
	StringInfoData buffer;

	pq_begintypsend(&buffer);
	pq_sendbyte(&buffer, HSCODE_BINARY_VERSION);
	pq_sendint64(&buffer, PG_GETARG_HSCODE(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&buffer));
}

Datum
hscode_typmod_in(PG_FUNCTION_ARGS)
{
	int			count;
	int32	   *modifiers = ArrayGetIntegerTypmods(PG_GETARG_ARRAYTYPE_P(0), &count);

	if (count != 1 || !hs_length_is_valid(modifiers[0]))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("type modifier of hscode must be a number of digits: 2 or 4 to 14")));
	PG_RETURN_INT32(modifiers[0]);
}

Datum
hscode_typmod_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(psprintf("(%d)", PG_GETARG_INT32(0)));
}

/* the cast from hscode to hscode(n) */
Datum
hscode_enforce_typmod(PG_FUNCTION_ARGS)
{
	HsCode		code = PG_GETARG_HSCODE(0);

	check_typmod(code, PG_GETARG_INT32(1), NULL);
	PG_RETURN_HSCODE(code);
}

#define DEFINE_COMPARISON(name, operator) \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	PG_RETURN_BOOL(PG_GETARG_HSCODE(0) operator PG_GETARG_HSCODE(1)); \
}

DEFINE_COMPARISON(hscode_eq, ==)
DEFINE_COMPARISON(hscode_ne, !=)
DEFINE_COMPARISON(hscode_lt, <)
DEFINE_COMPARISON(hscode_le, <=)
DEFINE_COMPARISON(hscode_gt, >)
DEFINE_COMPARISON(hscode_ge, >=)

Datum
hscode_cmp(PG_FUNCTION_ARGS)
{
	HsCode		a = PG_GETARG_HSCODE(0);
	HsCode		b = PG_GETARG_HSCODE(1);

	PG_RETURN_INT32((a > b) - (a < b));
}

Datum
hscode_hash(PG_FUNCTION_ARGS)
{
	HsCode		code = PG_GETARG_HSCODE(0);

	return hash_any((unsigned char *) &code, sizeof(code));
}

Datum
hscode_hash_extended(PG_FUNCTION_ARGS)
{
	HsCode		code = PG_GETARG_HSCODE(0);

	return hash_any_extended((unsigned char *) &code, sizeof(code),
							 PG_GETARG_INT64(1));
}

/* The code at one level of the Harmonized System; NULL if it is broader. */
static Datum
code_at_level(FunctionCallInfo fcinfo, int digits)
{
	HsCode		code = PG_GETARG_HSCODE(0);

	if (hs_code_digits(code) < digits)
		PG_RETURN_NULL();
	PG_RETURN_HSCODE(hs_code_truncate(code, digits));
}

Datum
hs_chapter(PG_FUNCTION_ARGS)
{
	return code_at_level(fcinfo, HS_CHAPTER_DIGITS);
}

Datum
hs_heading(PG_FUNCTION_ARGS)
{
	return code_at_level(fcinfo, HS_HEADING_DIGITS);
}

Datum
hs_subheading(PG_FUNCTION_ARGS)
{
	return code_at_level(fcinfo, HS_SUBHEADING_DIGITS);
}

Datum
hs_length(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(hs_code_digits(PG_GETARG_HSCODE(0)));
}

/* Raises invalid_parameter_value for a number of digits that no code has. */
static void
check_length(int32 digits)
{
	if (!hs_length_is_valid(digits))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("a code cannot have %d digits", digits),
				 errdetail("The number of digits must be 2 or 4 to 14.")));
}

Datum
hs_truncate(PG_FUNCTION_ARGS)
{
	int32		digits = PG_GETARG_INT32(1);

	check_length(digits);
	PG_RETURN_HSCODE(hs_code_truncate(PG_GETARG_HSCODE(0), digits));
}

Datum
hs_digits(PG_FUNCTION_ARGS)
{
	char		text[HS_CODE_TEXT_SIZE];

	hs_code_print_digits(PG_GETARG_HSCODE(0), text);
	PG_RETURN_TEXT_P(cstring_to_text(text));
}

Datum
hscode_from_number(PG_FUNCTION_ARGS)
{
	int64		number = PG_GETARG_INT64(0);
	int32		digits = PG_GETARG_INT32(1);
	int64		first;

	check_length(digits);
	first = hs_span(HS_MAX_DIGITS + HS_CHAPTER_DIGITS - digits);
	if (number < first || number >= hs_span(HS_MAX_DIGITS - digits))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("number " INT64_FORMAT " is not a code of %d digits", number, digits),
				 errdetail("Codes of %d digits run from chapter 01, " INT64_FORMAT ", to " INT64_FORMAT ".",
						   digits, first, hs_span(HS_MAX_DIGITS - digits) - 1)));
	PG_RETURN_HSCODE(hs_code_make(number * hs_span(digits), digits));
}

/* A code, or NULL if the text cannot be read. */
Datum
control_list_read_code(PG_FUNCTION_ARGS)
{
	text	   *input = PG_GETARG_TEXT_PP(0);
	HsCode		code;

	if (hs_code_parse(VARDATA_ANY(input), VARSIZE_ANY_EXHDR(input), &code) != HS_OK)
		PG_RETURN_NULL();
	PG_RETURN_HSCODE(code);
}

/* What is wrong with a text as a code, NULL if nothing is. */
Datum
control_list_code_problem(PG_FUNCTION_ARGS)
{
	text	   *input = PG_GETARG_TEXT_PP(0);
	HsCode		code;
	HsProblem	problem = hs_code_parse(VARDATA_ANY(input), VARSIZE_ANY_EXHDR(input), &code);

	if (problem == HS_OK)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(hs_problem_detail(problem)));
}

/* The code without the zeros that pad it. */
Datum
control_list_strip_zeros(PG_FUNCTION_ARGS)
{
	PG_RETURN_HSCODE(hs_code_strip_zeros(PG_GETARG_HSCODE(0)));
}
