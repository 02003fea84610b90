/*-------------------------------------------------------------------------
 *
 * hs_scan.h
 *	  The scanner that hs_code.c and hs_set.c share; private to src/hs.
 *
 * A cursor walks over text that need not end with a zero byte.  Each function
 * leaves it behind what it has read, or anywhere if it returns a problem.
 *
 *-------------------------------------------------------------------------
 */
#ifndef HS_SCAN_H
#define HS_SCAN_H

#include "hs.h"

typedef struct HsCursor
{
	const char *at;
	const char *end;
} HsCursor;

extern void hs_skip_blanks(HsCursor *cursor);

/* Reads one code, the blanks before it too; what follows is not looked at. */
extern HsProblem hs_scan_code(HsCursor *cursor, HsCode *code);

/* Reads one code or two joined by a hyphen. */
extern HsProblem hs_scan_range(HsCursor *cursor, HsRange *range);

/* HS_OK if nothing but blanks is left. */
extern HsProblem hs_scan_end(HsCursor *cursor);

#endif							/* HS_SCAN_H */
