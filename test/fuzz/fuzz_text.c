/*-------------------------------------------------------------------------
 *
 * fuzz_text.c
 *	  Target: reading and printing codes, ranges and sets.
 *
 * The input is a text, and is read as all three.  Which texts are codes is said
 * once more by two regular expressions.  A range is a code, or two codes with a
 * hyphen between, wherever that stands; a set is what its members are one by one.
 * What is accepted must print as the shortest text that reads back.
 *
 *-------------------------------------------------------------------------
 */
#include <regex.h>
#include <string.h>

#include "fuzz.h"
#include "hs/hs.h"

/* the longest text for which the slow models of range and set are asked */
#define LONGEST_SPLIT 200

static const char grouped[] =
"^(([0-9]{2})+"					/* digits alone, in pairs */
"|([0-9]{2}|[0-9]{4})(\\.([0-9]{2})+| [0-9]{2})*(\\.[0-9]+| [0-9]{2})?)$";

static const char korean[] =
"^([0-9]{6}|[0-9]{4}[. ][0-9]{2}|[0-9]{2}\\.[0-9]{4}|[0-9]{2}[. ][0-9]{2}[. ][0-9]{2})-[0-9]{4}$";

static bool
matches(const char *text, const char *pattern, regex_t *compiled, bool *ready)
{
	if (!*ready)
		CHECK(regcomp(compiled, pattern, REG_EXTENDED | REG_NOSUB) == 0);
	*ready = true;
	return regexec(compiled, text, 0, NULL, 0) == 0;
}

static bool
is_blank(char c)
{
	return c != '\0' && strchr(" \t\n\v\f\r", c) != NULL;
}

/* Is it a code?  If so, its digits go into the buffer. */
static bool
model_code(const char *text, size_t size, char digits[HS_MAX_DIGITS + 1])
{
	static regex_t grouped_regex,
				korean_regex;
	static bool grouped_ready,
				korean_ready;
	char	   *copy;
	size_t		count = 0;
	bool		is_code;

	if (memchr(text, '\0', size) != NULL)
		return false;
	while (size > 0 && is_blank(text[size - 1]))
		size--;
	while (size > 0 && is_blank(*text))
		text++, size--;

	copy = strndup(text, size);
	is_code = matches(copy, grouped, &grouped_regex, &grouped_ready) ||
		matches(copy, korean, &korean_regex, &korean_ready);
	for (size_t i = 0; is_code && i < size; i++)
	{
		if (copy[i] >= '0' && copy[i] <= '9' && count++ < HS_MAX_DIGITS)
			digits[count - 1] = copy[i];
	}
	free(copy);
	if (!is_code || count > HS_MAX_DIGITS || count == 3 || count < 2)
		return false;
	digits[count] = '\0';
	return strncmp(digits, "00", 2) != 0;
}

static void
check_code(const char *text, size_t size)
{
	char		digits[HS_MAX_DIGITS + 1];
	char		printed[HS_CODE_TEXT_SIZE];
	char		plain[HS_CODE_TEXT_SIZE];
	HsCode		code = -1;
	HsCode		again;
	HsProblem	problem = hs_code_parse(text, size, &code);

	CHECK((problem == HS_OK) == model_code(text, size, digits));
	CHECK((problem == HS_OK) == (hs_problem_detail(problem) == NULL));
	if (problem != HS_OK)
		return;

	CHECK(hs_code_is_valid(code));
	CHECK(hs_code_digits(code) == (int) strlen(digits));
	CHECK(hs_code_print_digits(code, plain) == (int) strlen(plain));
	CHECK(strcmp(plain, digits) == 0);
	CHECK(hs_code_print(code, printed) == (int) strlen(printed));
	CHECK(hs_code_parse(printed, strlen(printed), &again) == HS_OK);
	CHECK(again == code);
}

/* The number that a code's digits make when filled up with one digit. */
static int64_t
fill(const char *digits, char with)
{
	char		filled[HS_MAX_DIGITS + 1];

	memset(filled, with, HS_MAX_DIGITS);
	filled[HS_MAX_DIGITS] = '\0';
	memcpy(filled, digits, strlen(digits));
	return strtoll(filled, NULL, 10);
}

static bool
model_range(const char *text, size_t size, HsRange *range)
{
	char		low[HS_MAX_DIGITS + 1];
	char		high[HS_MAX_DIGITS + 1];

	if (model_code(text, size, low))
	{
		*range = (HsRange) {fill(low, '0'), fill(low, '9')};
		return true;
	}
	for (size_t i = 0; i < size; i++)
	{
		if (text[i] == '-' && model_code(text, i, low) &&
			model_code(text + i + 1, size - i - 1, high) &&
			strlen(low) == strlen(high) && strcmp(low, high) <= 0)
		{
			*range = (HsRange) {fill(low, '0'), fill(high, '9')};
			return true;
		}
	}
	return false;
}

/* Of all pairs of codes of one length that say the range the shortest is printed. */
static void
check_shortest(HsRange range)
{
	char		printed[HS_RANGE_TEXT_SIZE];
	char		low[HS_CODE_TEXT_SIZE];
	char		high[HS_CODE_TEXT_SIZE];
	HsCode		first;
	HsCode		last;
	HsRange		again;
	int			digits = HS_MAX_DIGITS;

	for (int n = HS_MAX_DIGITS; n >= HS_CHAPTER_DIGITS; n--)
	{
		if (n != 3 && range.low % hs_span(n) == 0 && (range.high + 1) % hs_span(n) == 0)
			digits = n;
	}
	hs_range_ends(range, &first, &last);
	CHECK(hs_code_is_valid(first) && hs_code_is_valid(last));
	CHECK(hs_code_digits(first) == digits && hs_code_digits(last) == digits);

	CHECK(hs_range_print(range, printed) == (int) strlen(printed));
	CHECK(hs_range_parse(printed, strlen(printed), &again) == HS_OK);
	CHECK(hs_range_compare(again, range) == 0);

	hs_code_print_digits(first, low);
	hs_code_print_digits(last, high);
	CHECK(fill(low, '0') == range.low && fill(high, '9') == range.high);
}

static void
check_range(const char *text, size_t size)
{
	HsRange		range = {-1, -1};
	HsRange		expected;
	HsProblem	problem = hs_range_parse(text, size, &range);

	CHECK((problem == HS_OK) == (hs_problem_detail(problem) == NULL));
	if (problem == HS_OK)
	{
		CHECK(hs_range_is_valid(range));
		check_shortest(range);
	}
	if (size <= LONGEST_SPLIT)
	{
		CHECK((problem == HS_OK) == model_range(text, size, &expected));
		CHECK(problem != HS_OK || hs_range_compare(range, expected) == 0);
	}
}

/* A list of ranges in braces; *covered says what they have in common with the set. */
static bool
model_set(const char *text, size_t size, HsSet set)
{
	const char *end = text + size;
	bool		first = true;

	while (text < end && is_blank(*text))
		text++;
	while (end > text && is_blank(end[-1]))
		end--;
	if (end - text < 2 || *text != '{' || end[-1] != '}')
		return false;
	text++, end--;
	for (const char *c = text; c < end && is_blank(*c); c++)
	{
		if (c + 1 == end)
			return true;		/* {} with blanks inside */
	}
	if (text == end)
		return true;

	for (; first || text < end; first = false)
	{
		const char *comma = memchr(text, ',', (size_t) (end - text));
		HsRange		range;
		HsSet		member = {1, &range};

		if (!model_range(text, (size_t) ((comma ? comma : end) - text), &range))
			return false;
		CHECK(set.count < 0 || hs_set_contains(set, member));
		if (comma == NULL)
			return true;
		text = comma + 1;
	}
	return false;				/* a comma at the end */
}

/* The set printed as the server prints it. */
static char *
print_set(HsSet set)
{
	char	   *text = malloc((size_t) set.count * (HS_RANGE_TEXT_SIZE + 1) + 3);
	int			length = 0;

	text[length++] = '{';
	for (int i = 0; i < set.count; i++)
	{
		if (i > 0)
			text[length++] = ',';
		length += hs_range_print(set.ranges[i], text + length);
	}
	text[length++] = '}';
	text[length] = '\0';
	return text;
}

static void
check_set(const char *text, size_t size)
{
	int			capacity = 1;
	HsRange    *ranges;
	HsRange    *again;
	HsSet		set = {-1, NULL};
	HsProblem	problem;
	int			count;

	for (size_t i = 0; i < size; i++)
		capacity += text[i] == ',';
	ranges = malloc(sizeof(HsRange) * (size_t) capacity);
	again = malloc(sizeof(HsRange) * (size_t) capacity);
	problem = hs_set_parse(text, size, ranges, capacity, &set.count);
	set.ranges = ranges;

	CHECK(problem != HS_TOO_MANY);
	CHECK((problem == HS_OK) == (hs_problem_detail(problem) == NULL));
	if (problem == HS_OK)
	{
		char	   *printed = print_set(set);

		CHECK(set.count <= capacity && hs_set_is_valid(set));
		CHECK(hs_set_parse(printed, strlen(printed), again, capacity, &count) == HS_OK);
		CHECK(hs_set_compare((HsSet) {count, again}, set) == 0);
		if (set.count > 0)
			CHECK(hs_set_parse(printed, strlen(printed), again, set.count - 1, &count) == HS_TOO_MANY);
		free(printed);
	}
	else
		set.count = -1;
	if (size <= LONGEST_SPLIT)
		CHECK((problem == HS_OK) == model_set(text, size, set));
	free(ranges);
	free(again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *) data;

	check_code(text, size);
	check_range(text, size);
	check_set(text, size);
	return 0;
}
