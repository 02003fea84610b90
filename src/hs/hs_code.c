/*-------------------------------------------------------------------------
 *
 * hs_code.c
 *	  Reading and printing HS codes and ranges of codes.
 *
 * There is one scanner, scan_code(), which reads a code from the head of a text
 * and stops where the code ends.  What may follow is for its callers to say: the
 * end for a code, a hyphen and a second code for a range, a comma or a brace for
 * a set.
 *
 * The hyphen is the hard case, since it joins the Korean form (8542.31-0000, one
 * tariff line) and separates a range (8542.31-8542.39).  It belongs to the code
 * just where six digits stand before it and exactly four, not continued by
 * another group, after it.
 *
 * A code that is written in an unusual way is refused rather than guessed at: a
 * group with an odd number of digits before the last group, or a number with an
 * odd number of digits, has most likely lost a zero in a spreadsheet.
 *
 *-------------------------------------------------------------------------
 */
#include <string.h>

#include "hs_scan.h"

const int64_t hs_spans[HS_MAX_DIGITS + 1] = {
	INT64_C(100000000000000),
	INT64_C(10000000000000),
	INT64_C(1000000000000),
	INT64_C(100000000000),
	INT64_C(10000000000),
	INT64_C(1000000000),
	INT64_C(100000000),
	INT64_C(10000000),
	INT64_C(1000000),
	INT64_C(100000),
	INT64_C(10000),
	INT64_C(1000),
	INT64_C(100),
	INT64_C(10),
	INT64_C(1)
};

/* What scan_code() has read so far. */
typedef struct Digits
{
	int64_t		number;
	int			count;
} Digits;

bool
hs_length_is_valid(int digits)
{
	return digits == HS_CHAPTER_DIGITS ||
		(digits >= HS_HEADING_DIGITS && digits <= HS_MAX_DIGITS);
}

bool
hs_code_is_valid(HsCode code)
{
	int			digits = hs_code_digits(code);
	int64_t		leaf = hs_code_leaf(code);

	return hs_length_is_valid(digits) &&
		leaf >= HS_FIRST_LEAF && leaf <= HS_LAST_LEAF &&
		leaf % hs_span(digits) == 0;
}

HsCode
hs_code_truncate(HsCode code, int digits)
{
	int64_t		leaf = hs_code_leaf(code);

	if (hs_code_digits(code) <= digits)
		return code;
	return hs_code_make(leaf - leaf % hs_span(digits), digits);
}

HsCode
hs_code_strip_zeros(HsCode code)
{
	int64_t		leaf = hs_code_leaf(code);
	int			digits = hs_code_digits(code);

	/* the last pair begins at an even number of digits */
	while (digits > HS_CHAPTER_DIGITS && leaf % hs_span((digits - 1) / 2 * 2) == 0)
		digits = (digits - 1) / 2 * 2;
	return hs_code_make(leaf, digits);
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

void
hs_skip_blanks(HsCursor *cursor)
{
	while (cursor->at < cursor->end && is_blank(*cursor->at))
		cursor->at++;
}

/* The character so far ahead, or a zero byte past the end. */
static char
peek(const HsCursor *cursor, ptrdiff_t ahead)
{
	return cursor->end - cursor->at > ahead ? cursor->at[ahead] : '\0';
}

/*
 * Reads the digits at the cursor and returns how many there are.  Counts those
 * that no longer fit without storing them.
 */
static int
scan_group(HsCursor *cursor, Digits *digits)
{
	int			length = 0;

	while (is_digit(peek(cursor, 0)))
	{
		if (digits->count < HS_MAX_DIGITS)
			digits->number = digits->number * 10 + (*cursor->at - '0');
		if (digits->count <= HS_MAX_DIGITS)
			digits->count++;
		if (length <= HS_MAX_DIGITS)
			length++;
		cursor->at++;
	}
	return length;
}

/*
 * At a hyphen after six digits: do exactly four digits follow, and no further
 * group?
 */
static bool
at_korean_suffix(const HsCursor *cursor)
{
	char		next = peek(cursor, 5);

	for (int i = 1; i <= 4; i++)
	{
		if (!is_digit(peek(cursor, i)))
			return false;
	}
	return !is_digit(next) && next != '.' &&
		!(next == ' ' && is_digit(peek(cursor, 6)));
}

/* The rules that concern the digits as a whole. */
static HsProblem
check_digits(const Digits *digits, bool grouped)
{
	if (digits->count == 3)
		return HS_THREE_DIGITS;
	if (digits->count > HS_MAX_DIGITS)
		return HS_TOO_LONG;
	if (digits->count == 1)
		return HS_ONE_DIGIT;
	if (!grouped && digits->count % 2 != 0)
		return HS_LOST_ZERO;
	if (digits->number < hs_span(HS_MAX_DIGITS + HS_CHAPTER_DIGITS - digits->count))
		return HS_CHAPTER_ZERO;
	return HS_OK;
}

HsProblem
hs_scan_code(HsCursor *cursor, HsCode *code)
{
	Digits		digits = {0, 0};
	HsProblem	problem;
	bool		grouped = false;
	char		separator = '\0';

	hs_skip_blanks(cursor);
	if (cursor->at == cursor->end)
		return HS_EMPTY;

	for (;;)
	{
		int			length = scan_group(cursor, &digits);
		char		next = peek(cursor, 0);
		bool		more = next == '.' || (next == ' ' && is_digit(peek(cursor, 1)));

		if (length == 0)
			return grouped ? HS_SEPARATOR : HS_CHARACTER;
		if (separator == ' ' && length != 2)
			return HS_SPACE_GROUP;
		if (separator == '\0' && more && length != 2 && length != 4)
			return digits.count == 3 || digits.count == 1 ? HS_FIRST_GROUP : HS_SEPARATOR;
		if (separator != '\0' && more && length % 2 != 0)
			return HS_ODD_GROUP;

		if (next == '-' && digits.count == HS_SUBHEADING_DIGITS &&
			at_korean_suffix(cursor))
		{
			cursor->at++;
			scan_group(cursor, &digits);
			break;
		}
		if (!more)
			break;
		grouped = true;
		separator = next;
		cursor->at++;
	}

	problem = check_digits(&digits, grouped);
	if (problem == HS_OK)
		*code = hs_code_make(digits.number * hs_span(digits.count), digits.count);
	return problem;
}

HsProblem
hs_scan_range(HsCursor *cursor, HsRange *range)
{
	HsCode		low;
	HsCode		high;
	HsProblem	problem;

	problem = hs_scan_code(cursor, &low);
	if (problem != HS_OK)
		return problem;
	hs_skip_blanks(cursor);
	if (peek(cursor, 0) != '-')
	{
		*range = hs_code_range(low);
		return HS_OK;
	}
	cursor->at++;
	problem = hs_scan_code(cursor, &high);
	if (problem == HS_OK)
		problem = hs_range_make(low, high, range);
	return problem;
}

HsProblem
hs_scan_end(HsCursor *cursor)
{
	hs_skip_blanks(cursor);
	switch (peek(cursor, 0))
	{
		case '-':
			return HS_HYPHEN;
		case ',':
			return HS_LIST;
		default:
			if (cursor->at == cursor->end)
				return HS_OK;
			return is_digit(*cursor->at) ? HS_SPACE_GROUP : HS_CHARACTER;
	}
}

/*
 * Reads a code that is written as digits alone, or as it is printed, which is what
 * nearly all are.  Whatever else there may be is left to the scanner, also what is wrong.
 */
static inline bool
parse_plain(const char *text, size_t size, HsCode *code)
{
	int64_t		number = 0;
	int			count = 0;
	int			dots = 0;

	if (size >= HS_CODE_TEXT_SIZE)
		return false;
	for (size_t i = 0; i < size; i++)
	{
		if (is_digit(text[i]))
		{
			number = number * 10 + (text[i] - '0');
			count++;
		}
		else if (text[i] == '.' && dots < 2 && count == HS_HEADING_DIGITS + 2 * dots)
			dots++;
		else
			return false;
	}
	if (count > HS_MAX_DIGITS ||
		(dots == 0 ? count % 2 != 0 : count <= 2 * dots + 2 || (dots == 1 && count > HS_SUBHEADING_DIGITS)))
		return false;
	number *= hs_spans[count];
	*code = hs_code_make(number, count);
	return number >= HS_FIRST_LEAF;
}

HsProblem
hs_code_parse(const char *text, size_t size, HsCode *code)
{
	HsCursor	cursor = {text, text + size};
	HsProblem	problem;

	if (parse_plain(text, size, code))
		return HS_OK;
	problem = hs_scan_code(&cursor, code);
	return problem != HS_OK ? problem : hs_scan_end(&cursor);
}

HsProblem
hs_range_parse(const char *text, size_t size, HsRange *range)
{
	HsCursor	cursor = {text, text + size};
	HsProblem	problem = hs_scan_range(&cursor, range);

	return problem != HS_OK ? problem : hs_scan_end(&cursor);
}

int
hs_code_print_digits(HsCode code, char *buffer)
{
	int			count = hs_code_digits(code);
	int64_t		number = hs_code_leaf(code) / hs_span(count);

	buffer[count] = '\0';
	for (int i = count - 1; i >= 0; i--)
	{
		buffer[i] = (char) ('0' + number % 10);
		number /= 10;
	}
	return count;
}

int
hs_code_print(HsCode code, char *buffer)
{
	char		digits[HS_CODE_TEXT_SIZE];
	int			count = hs_code_print_digits(code, digits);
	int			length = 0;

	for (int i = 0; i < count; i++)
	{
		if (i == HS_HEADING_DIGITS || i == HS_SUBHEADING_DIGITS)
			buffer[length++] = '.';
		buffer[length++] = digits[i];
	}
	buffer[length] = '\0';
	return length;
}

bool
hs_range_is_valid(HsRange range)
{
	return range.low >= HS_FIRST_LEAF && range.low <= range.high &&
		range.high <= HS_LAST_LEAF;
}

int
hs_range_qsort_compare(const void *a, const void *b)
{
	return hs_range_compare(*(const HsRange *) a, *(const HsRange *) b);
}

HsCode
hs_range_first_code(HsRange range)
{
	int			digits = HS_CHAPTER_DIGITS;

	while (range.low % hs_span(digits) != 0 || range.high - range.low < hs_span(digits) - 1 ||
		   !hs_length_is_valid(digits))
		digits++;
	return hs_code_make(range.low, digits);
}

HsProblem
hs_range_make(HsCode low, HsCode high, HsRange *range)
{
	if (hs_code_digits(low) != hs_code_digits(high))
		return HS_UNEQUAL_ENDS;
	if (low > high)
		return HS_UPSIDE_DOWN;
	range->low = hs_code_leaf(low);
	range->high = hs_code_range(high).high;
	return HS_OK;
}

void
hs_range_ends(HsRange range, HsCode *low, HsCode *high)
{
	int			digits = HS_MAX_DIGITS;

	for (int shorter = HS_MAX_DIGITS - 1; shorter >= HS_CHAPTER_DIGITS; shorter--)
	{
		int64_t		span = hs_span(shorter);

		if (range.low % span != 0 || range.high % span != span - 1)
			break;
		if (hs_length_is_valid(shorter))
			digits = shorter;
	}
	*low = hs_code_make(range.low, digits);
	*high = hs_code_make(range.high - (hs_span(digits) - 1), digits);
}

int
hs_range_print(HsRange range, char *buffer)
{
	HsCode		low;
	HsCode		high;
	int			length;

	hs_range_ends(range, &low, &high);
	length = hs_code_print(low, buffer);
	if (low != high)
	{
		buffer[length++] = '-';
		length += hs_code_print(high, buffer + length);
	}
	return length;
}
