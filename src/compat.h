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

/* 16 has one argument more, the context of soft errors */
#if PG_VERSION_NUM < 160000
#define range_serialize_hard(type, lower, upper) range_serialize(type, lower, upper, false)
#else
#define range_serialize_hard(type, lower, upper) range_serialize(type, lower, upper, false, NULL)
#endif

/* 18 moved the attribute before the declaration */
#if PG_VERSION_NUM < 180000
#define pg_noreturn pg_attribute_noreturn()
#endif

/* an index scan that nobody counts; 18 has one argument more, for who does */
#if PG_VERSION_NUM < 180000
#define index_beginscan_plain(table, index, snapshot, keys) index_beginscan(table, index, snapshot, keys, 0)
#else
#define index_beginscan_plain(table, index, snapshot, keys) index_beginscan(table, index, snapshot, NULL, keys, 0)
#endif

#if PG_VERSION_NUM < 150000
#include "executor/executor.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/tuplestore.h"

/* 15 has one: prepares a set-returning function that returns all its rows at once */
static inline void
InitMaterializedSRF(FunctionCallInfo fcinfo, bits32 flags pg_attribute_unused())
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	MemoryContext old;

	if (result == NULL || !IsA(result, ReturnSetInfo) || (result->allowedModes & SFRM_Materialize) == 0)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("set-valued function called in context that cannot accept a set")));
	old = MemoryContextSwitchTo(result->econtext->ecxt_per_query_memory);
	if (get_call_result_type(fcinfo, NULL, &result->setDesc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	result->setDesc = BlessTupleDesc(CreateTupleDescCopy(result->setDesc));
	result->setResult = tuplestore_begin_heap((result->allowedModes & SFRM_Materialize_Random) != 0, false, work_mem);
	result->returnMode = SFRM_Materialize;
	MemoryContextSwitchTo(old);
}
#endif

/* the context that collects soft errors, NULL where they are raised */
#define SOFT_ERRORS(fcinfo) ((struct Node *) (fcinfo)->context)

#endif							/* CONTROL_LIST_COMPAT_H */
