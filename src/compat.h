/*-------------------------------------------------------------------------
 *
 * compat.h
 *	  All that differs between the supported servers, PostgreSQL 14 to 18.
 *
 * Included after postgres.h, before any other header of the extension.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CONTROL_LIST_COMPAT_H
#define CONTROL_LIST_COMPAT_H

#include "fmgr.h"

#if PG_VERSION_NUM >= 160000
#include "nodes/miscnodes.h"
#include "varatt.h"
#else
/* before 16 there are no soft errors: whoever would collect one raises it */
#define ereturn(escontext, value, ...) \
	do { (void) (escontext); ereport(ERROR, __VA_ARGS__); return (value); } while (0)
#endif

/* 18 moved the attribute before the declaration */
#if PG_VERSION_NUM < 180000
#define pg_noreturn pg_attribute_noreturn()
#endif

/* the context that collects soft errors, NULL where they are raised */
#define SOFT_ERRORS(fcinfo) ((struct Node *) (fcinfo)->context)

#endif							/* CONTROL_LIST_COMPAT_H */
