/*-------------------------------------------------------------------------
 *
 * hs_problem.c
 *	  What is wrong with a text, in words.
 *
 * The same sentences serve error messages of the types, reports of an import and
 * the reasons of a screening.
 *
 *-------------------------------------------------------------------------
 */
#include "hs.h"

static const char write_a_code[] =
"Write 2 to 14 digits, such as 8542, 8542.31 or 8542.31.0001.";

static const char write_a_range[] =
"For more than one code use type hsrange (8541-8543) or hsmultirange ({8541,8543}).";

static const char keep_zeros[] =
"Keep codes as text, or pad numbers with hscode_from_number(number, digits).";

typedef struct Wording
{
	const char *detail;
	const char *hint;
} Wording;

static const Wording wordings[] = {
	[HS_EMPTY] = {"There is no code.", write_a_code},
	[HS_CHARACTER] = {"A code consists of digits, with '.', ' ' or '-' between groups of digits.",
		write_a_code},
	[HS_SEPARATOR] = {"A separator must stand between two groups of digits, the first being 2 or 4 digits.",
		write_a_code},
	[HS_LOST_ZERO] = {"An undotted code has an even number of digits; a leading zero may have been lost.",
		keep_zeros},
	[HS_THREE_DIGITS] = {"A code cannot have three digits; a leading zero may have been lost.",
		keep_zeros},
	[HS_ONE_DIGIT] = {"A code has at least two digits; a leading zero may have been lost.",
		keep_zeros},
	[HS_TOO_LONG] = {"A code has at most 14 digits.", write_a_code},
	[HS_FIRST_GROUP] = {"The first group has 2 or 4 digits; a leading zero may have been lost.",
		keep_zeros},
	[HS_ODD_GROUP] = {"Only the last group may have an odd number of digits; a leading zero may have been lost.",
		keep_zeros},
	[HS_SPACE_GROUP] = {"A space may stand only before a group of exactly two digits.",
		write_a_range},
	[HS_HYPHEN] = {"A hyphen may stand only between six and four digits, as in 8542.31-0000.",
		write_a_range},
	[HS_LIST] = {"A comma separates codes; this is more than one.", write_a_range},
	[HS_CHAPTER_ZERO] = {"There is no chapter 00.", write_a_code},
	[HS_UNEQUAL_ENDS] = {"The ends of a range must have the same number of digits.",
		"Write both ends to the same depth, such as 8541.00-8543.90."},
	[HS_UPSIDE_DOWN] = {"The lower end of a range must not be greater than the upper end.", NULL},
	[HS_BRACES] = {"A set of codes is a list in braces, with commas between its ranges.",
		"Write {} or a list such as {8401,8541-8543}."},
	[HS_TOO_MANY] = {"There are too many ranges.", NULL},
	[HS_NUMBER] = {"More than two digits after the only point are those of a number in a spreadsheet, not of a code.",
		keep_zeros},
	[HS_LOST_LAST_ZERO] = {"No list counts with five or seven digits; a zero at the end may have been lost.",
		"Write the zero, or a range such as 8542.30-8542.39."},
	[HS_WORD] = {"The words that may stand beside codes are ex, except, excluding, and, chapter, heading, subheading.", NULL},
	[HS_DEPTH] = {"A chapter has two digits, a heading four, a subheading six.", NULL},
	[HS_CHAPTER_OR_DECIMALS] = {"Two digits among longer codes may be a chapter or the decimals of a code.",
		"Write \"chapter\" before it, or the whole code."},
	[HS_LISTED_TWICE] = {"A code is listed twice.", NULL},
	[HS_NOT_EXCEPTED] = {"A code is excepted that is not listed.", NULL},
	[HS_ALL_EXCEPTED] = {"All of a code is excepted.", NULL}
};

const char *
hs_problem_detail(HsProblem problem)
{
	return wordings[problem].detail;
}

const char *
hs_problem_hint(HsProblem problem)
{
	return wordings[problem].hint;
}
