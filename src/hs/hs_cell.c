/*-------------------------------------------------------------------------
 *
 * hs_cell.c
 *	  Codes as a cell of a published list has them.
 *
 *		cell	= codes [ "except" codes ]
 *		codes	= element { ( "," | ";" | "and" | line break ) element }
 *		element = { "ex" | "chapter" | "heading" | "subheading" } code [ "-" code ]
 *
 * Words may be in capitals, and stand for all elements after them until the next
 * word; "ex" is for one element alone.  Files have been through spreadsheets, so a
 * code that reads well may still be wrong: 8542.3 was 8542.30 once, and 8542.310000
 * is a number.  Such cells are refused, and a person writes what was meant.
 *
 *-------------------------------------------------------------------------
 */
#include <stdlib.h>
#include <string.h>

#include "hs_scan.h"

typedef enum Word
{
	WORD_NONE,
	WORD_EX,
	WORD_AND,
	WORD_EXCEPT,
	WORD_CHAPTER,
	WORD_HEADING,
	WORD_SUBHEADING,
	WORD_UNKNOWN
} Word;

static const struct
{
	const char *text;
	Word		word;
}			words[] =
{
	{"ex", WORD_EX},
	{"and", WORD_AND},
	{"except", WORD_EXCEPT},
	{"excepting", WORD_EXCEPT},
	{"excluding", WORD_EXCEPT},
	{"chapter", WORD_CHAPTER},
	{"chapters", WORD_CHAPTER},
	{"heading", WORD_HEADING},
	{"headings", WORD_HEADING},
	{"subheading", WORD_SUBHEADING},
	{"subheadings", WORD_SUBHEADING}
};

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* True, and steps over it and the blanks before it, if the character comes next. */
static bool
skip_character(HsCursor *cursor, char c)
{
	HsCursor	next = *cursor;

	hs_skip_blanks(&next);
	if (next.at == next.end || *next.at != c)
		return false;
	cursor->at = next.at + 1;
	return true;
}

static bool
is_word(const char *text, size_t size, const char *word)
{
	if (strlen(word) != size)
		return false;
	for (size_t i = 0; i < size; i++)
	{
		if ((text[i] | 0x20) != word[i])
			return false;
	}
	return true;
}

/* The word at the cursor, and steps over it; WORD_NONE if there is none. */
static Word
skip_word(HsCursor *cursor)
{
	const char *begin;

	hs_skip_blanks(cursor);
	begin = cursor->at;
	while (cursor->at < cursor->end && is_letter(*cursor->at))
		cursor->at++;
	if (cursor->at == begin)
		return WORD_NONE;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
	{
		if (is_word(begin, (size_t) (cursor->at - begin), words[i].text))
			return words[i].word;
	}
	return WORD_UNKNOWN;
}

/* The word at the cursor, which stays where it is. */
static Word
at_word(const HsCursor *cursor)
{
	HsCursor	copy = *cursor;

	return skip_word(&copy);
}

/*
 * Is it written as a number with decimals: one point, and more than two digits after
 * it?
 */
static bool
is_number(const char *begin, const char *end)
{
	const char *point = memchr(begin, '.', (size_t) (end - begin));

	if (point == NULL || end - point <= 3)
		return false;
	for (const char *at = point + 1; at < end; at++)
	{
		if (*at < '0' || *at > '9')
			return false;
	}
	return true;
}

static HsProblem
parse_code(HsCursor *cursor, HsCell *cell, HsCode *code)
{
	const char *begin;
	HsProblem	problem;

	hs_skip_blanks(cursor);
	begin = cursor->at;
	problem = hs_scan_code(cursor, code);
	if (problem != HS_OK)
		return problem;
	if (is_number(begin, cursor->at))
		return HS_NUMBER;
	if (hs_code_digits(*code) == 5 || hs_code_digits(*code) == 7)
		return HS_LOST_LAST_ZERO;
	cell->pads_heading |= hs_code_digits(*code) > HS_SUBHEADING_DIGITS &&
		hs_code_digits(hs_code_strip_zeros(*code)) <= HS_HEADING_DIGITS;
	cell->korean |= memchr(begin, '-', (size_t) (cursor->at - begin)) != NULL;
	return HS_OK;
}

static HsProblem
check_depth(HsCode code, Word word)
{
	int			digits = hs_code_digits(code);

	if ((word == WORD_CHAPTER && digits != HS_CHAPTER_DIGITS) ||
		(word == WORD_HEADING && digits != HS_HEADING_DIGITS) ||
		(word == WORD_SUBHEADING && digits != HS_SUBHEADING_DIGITS))
		return HS_DEPTH;
	return HS_OK;
}

/* What is common to the elements of a list of codes. */
typedef struct CodeList
{
	Word		word;			/* that stands before the element, or an earlier one */
	bool		has_bare_chapter;	/* two digits without a word */
	bool		has_longer;
} CodeList;

/* Reads words, and a code or a range. */
static HsProblem
parse_element(HsCursor *cursor, HsCell *cell, CodeList *list, HsListed *element)
{
	HsCode		low;
	HsCode		high;
	HsProblem	problem;
	Word		word;

	element->ex = false;
	while ((word = skip_word(cursor)) != WORD_NONE)
	{
		if (word == WORD_EX && !element->ex)
			element->ex = true;
		else if (word >= WORD_CHAPTER && word <= WORD_SUBHEADING)
			list->word = word;
		else
			return HS_WORD;
	}
	problem = parse_code(cursor, cell, &low);
	high = low;
	if (problem == HS_OK && skip_character(cursor, '-'))
		problem = parse_code(cursor, cell, &high);
	if (problem == HS_OK)
		problem = hs_range_make(low, high, &element->codes);
	if (problem == HS_OK)
		problem = check_depth(low, list->word);
	if (problem != HS_OK)
		return problem;
	list->has_bare_chapter |= hs_code_digits(low) == HS_CHAPTER_DIGITS && list->word == WORD_NONE;
	list->has_longer |= hs_code_digits(low) > HS_CHAPTER_DIGITS;
	return HS_OK;
}

/*
 * Steps over what stands between two elements; false if no element follows.  An
 * "except" begins something else, whatever stands before it.
 */
static bool
skip_separator(HsCursor *cursor)
{
	HsCursor	next = *cursor;
	bool		is_separated = skip_character(&next, ',') || skip_character(&next, ';');

	if (at_word(&next) == WORD_AND)
	{
		(void) skip_word(&next);
		is_separated = true;
	}
	hs_skip_blanks(&next);
	if (!is_separated && next.at < next.end && (at_word(&next) != WORD_NONE || (*next.at >= '0' && *next.at <= '9')))
		is_separated = memchr(cursor->at, '\n', (size_t) (next.at - cursor->at)) != NULL;
	if (!is_separated || at_word(&next) == WORD_EXCEPT)
		return false;
	*cursor = next;
	return true;
}

/* Reads a list of codes into at most capacity elements. */
static HsProblem
parse_codes(HsCursor *cursor, HsCell *cell, int capacity, HsListed *elements, int *count)
{
	CodeList	list = {WORD_NONE, false, false};

	*count = 0;
	do
	{
		HsProblem	problem;

		if (*count == capacity)
			return HS_TOO_MANY;
		problem = parse_element(cursor, cell, &list, &elements[(*count)++]);
		if (problem != HS_OK)
			return problem;
	} while (skip_separator(cursor));
	return list.has_bare_chapter && list.has_longer ? HS_CHAPTER_OR_DECIMALS : HS_OK;
}

static int
compare_listed(const void *a, const void *b)
{
	return hs_range_compare(((const HsListed *) a)->codes, ((const HsListed *) b)->codes);
}

/* No code may be listed twice.  Sorts the elements. */
static HsProblem
check_listed(HsListed *listed, int count)
{
	qsort(listed, (size_t) count, sizeof(HsListed), compare_listed);
	for (int i = 1; i < count; i++)
	{
		if (listed[i].codes.low <= listed[i - 1].codes.high)
			return HS_LISTED_TWICE;
	}
	return HS_OK;
}

/* What is excepted must be listed, and something must be left of each element. */
static HsProblem
check_except(const HsCell *cell)
{
	HsSet		except = {cell->except_count, cell->except};

	for (int i = 0, j = 0; i < cell->except_count; i++)
	{
		while (j < cell->count && cell->listed[j].codes.high < cell->except[i].low)
			j++;
		if (j == cell->count || !hs_range_contains(cell->listed[j].codes, cell->except[i]))
			return HS_NOT_EXCEPTED;
	}
	for (int i = 0; i < cell->count; i++)
	{
		if (hs_set_contains(except, hs_set_of_range(&cell->listed[i].codes)))
			return HS_ALL_EXCEPTED;
	}
	return HS_OK;
}

/* Reads what follows "except".  The elements are scratch. */
static HsProblem
parse_except(HsCursor *cursor, HsCell *cell, int capacity, HsListed *elements)
{
	int			count;
	HsProblem	problem = parse_codes(cursor, cell, capacity, elements, &count);

	if (problem != HS_OK)
		return problem;
	for (int i = 0; i < count; i++)
	{
		if (elements[i].ex)
			return HS_WORD;
		cell->except[i] = elements[i].codes;
	}
	cell->except_count = hs_set_normalize(cell->except, count);
	return HS_OK;
}

HsProblem
hs_cell_parse(const char *text, size_t size, int capacity, HsCell *cell)
{
	HsCursor	cursor = {text, text + size};
	bool		in_braces = skip_character(&cursor, '{');
	bool		in_parentheses;
	HsProblem	problem;

	cell->except_count = 0;
	cell->korean = false;
	cell->pads_heading = false;
	problem = parse_codes(&cursor, cell, capacity, cell->listed, &cell->count);
	if (problem != HS_OK)
		return problem;
	if (in_braces && !skip_character(&cursor, '}'))
		return HS_BRACES;

	(void) skip_character(&cursor, ',');
	in_parentheses = skip_character(&cursor, '(');
	if (at_word(&cursor) == WORD_EXCEPT)
	{
		(void) skip_word(&cursor);
		problem = parse_except(&cursor, cell, capacity - cell->count, cell->listed + cell->count);
		if (problem != HS_OK)
			return problem;
	}
	else if (at_word(&cursor) != WORD_NONE)
		return HS_WORD;
	else if (in_parentheses)
		return HS_CHARACTER;
	if (in_parentheses && !skip_character(&cursor, ')'))
		return HS_CHARACTER;

	problem = hs_scan_end(&cursor);
	if (problem == HS_OK)
		problem = check_listed(cell->listed, cell->count);
	if (problem == HS_OK)
		problem = check_except(cell);
	return problem;
}
