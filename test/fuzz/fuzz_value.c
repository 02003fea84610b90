/*-------------------------------------------------------------------------
 *
 * fuzz_value.c
 *	  Target: codes and ranges as values.
 *
 * The input makes two codes of digits and two arbitrary numbers.  The model of a
 * code is its string of digits: covering is being a prefix, order is strcmp(),
 * truncation cuts the string, padding zeros are its zeros at the end.
 *
 *-------------------------------------------------------------------------
 */
#include <string.h>

#include "fuzz.h"
#include "hs/hs.h"

typedef struct Code
{
	HsCode		code;
	char		digits[HS_MAX_DIGITS + 1];
} Code;

static const int lengths[] = {2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14};

#define LENGTHS (sizeof(lengths) / sizeof(lengths[0]))

static int64_t
take_number(Input *input)
{
	uint64_t	number = 0;

	for (int i = 0; i < 8; i++)
		number = number << 8 | take_byte(input);
	return (int64_t) number;
}

static Code
take_code(Input *input)
{
	Code		result;
	int			length = lengths[take_byte(input) % LENGTHS];

	for (int i = 0; i < length; i++)
		result.digits[i] = (char) ('0' + take_byte(input) % 10);
	result.digits[length] = '\0';
	if (strncmp(result.digits, "00", 2) == 0)
		result.digits[1] = '1';
	result.code = hs_code_make(strtoll(result.digits, NULL, 10) * hs_span(length), length);
	return result;
}

static bool
is_prefix(const char *prefix, const char *text)
{
	return strncmp(prefix, text, strlen(prefix)) == 0;
}

static void
check_digits(HsCode code, const char *digits)
{
	char		printed[HS_CODE_TEXT_SIZE];

	CHECK(hs_code_is_valid(code));
	hs_code_print_digits(code, printed);
	CHECK(strcmp(printed, digits) == 0);
}

static void
check_truncate(Code c)
{
	for (size_t i = 0; i < LENGTHS; i++)
	{
		char		expected[HS_MAX_DIGITS + 1];

		snprintf(expected, sizeof(expected), "%.*s", lengths[i], c.digits);
		check_digits(hs_code_truncate(c.code, lengths[i]), expected);
	}
}

/* Pairs of zeros, or half a pair, are taken off the end; two digits are left. */
static void
check_strip_zeros(Code c)
{
	size_t		length = strlen(c.digits);

	for (;;)
	{
		size_t		shorter = length % 2 != 0 ? length - 1 : length - 2;

		if (length <= 2 || strspn(c.digits + shorter, "0") != length - shorter)
			break;
		length = shorter;
		c.digits[length] = '\0';
	}
	check_digits(hs_code_strip_zeros(c.code), c.digits);
	CHECK(hs_code_strip_zeros(hs_code_strip_zeros(c.code)) == hs_code_strip_zeros(c.code));
}

static void
check_pair(Code a, Code b)
{
	HsRange		x = hs_code_range(a.code);
	HsRange		y = hs_code_range(b.code);
	HsRange		range;
	HsProblem	problem = hs_range_make(a.code, b.code, &range);
	int			order = strcmp(a.digits, b.digits);

	/* strcmp() puts a prefix before what it covers, too */
	CHECK(sign((a.code > b.code) - (a.code < b.code)) == sign(order));
	CHECK(sign(hs_range_compare(x, y)) == sign(order));
	CHECK(hs_range_contains(x, y) == is_prefix(a.digits, b.digits));
	CHECK(hs_range_overlaps(x, y) == (is_prefix(a.digits, b.digits) || is_prefix(b.digits, a.digits)));

	if (strlen(a.digits) != strlen(b.digits))
		CHECK(problem == HS_UNEQUAL_ENDS);
	else if (order > 0)
		CHECK(problem == HS_UPSIDE_DOWN);
	else
	{
		CHECK(problem == HS_OK && hs_range_is_valid(range));
		CHECK(range.low == x.low && range.high == y.high);
	}
}

/* Numbers of anywhere, such as a hostile client sends. */
static void
check_arbitrary(int64_t a, int64_t b)
{
	HsRange		range = {a, b};
	HsSet		set = {1, &range};
	bool		valid = a >= HS_FIRST_LEAF && b >= a && b <= HS_LAST_LEAF;
	char		text[HS_RANGE_TEXT_SIZE];
	HsRange		again;

	CHECK(hs_range_is_valid(range) == valid);
	CHECK(hs_set_is_valid(set) == valid);
	if (valid)
	{
		hs_range_print(range, text);
		CHECK(hs_range_parse(text, strlen(text), &again) == HS_OK);
		CHECK(hs_range_compare(range, again) == 0);
	}
	if (hs_code_is_valid(a))
	{
		HsCode		code;

		hs_code_print(a, text);
		CHECK(hs_code_parse(text, strlen(text), &code) == HS_OK);
		CHECK(code == a);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Input		input = {data, data + size};
	Code		a = take_code(&input);
	Code		b = take_code(&input);

	CHECK(hs_code_is_valid(a.code) && hs_code_is_valid(b.code));
	check_truncate(a);
	check_strip_zeros(a);
	check_pair(a, b);
	check_pair(a, a);

	/* neighbours of a code: another length, another digit, a leaf of no code */
	for (int64_t near = a.code - 20; near <= a.code + 20; near++)
		check_arbitrary(near, hs_code_leaf(b.code) + near % 16);
	check_arbitrary(hs_code_leaf(a.code), hs_code_leaf(b.code) - 1);
	check_arbitrary(take_number(&input), take_number(&input));
	return 0;
}
