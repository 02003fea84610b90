/*-------------------------------------------------------------------------
 *
 * evidence.h
 *	  What is left behind of a screening.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CONTROL_LIST_EVIDENCE_H
#define CONTROL_LIST_EVIDENCE_H

#include "rulebook/rulebook.h"

#include "utils/jsonb.h"

/*
 * Adds a row to control_list.screening_log.  The relation is the protected table; key and
 * hits may be NULL.
 */
extern void evidence_logged(Oid relation, Jsonb *key, Jsonb *inputs, Verdict verdict, Jsonb *hits);

/*
 * To be called in PG_CATCH() about a row that could not be written, in a memory context
 * that lasts; raises the error again.  If it says that the order must not go, and not that
 * something went wrong or somebody else was first, a line is written to the server log
 * before, in the form that docs/evidence.md describes and if the setting
 * control_list.log_blocked is on: the statement will roll back all that it has written to
 * tables.  Arguments as for evidence_logged().  The client sees nothing of the line.
 */
pg_noreturn extern void evidence_blocked(Oid relation, Jsonb *key, Jsonb *inputs, Verdict verdict, Jsonb *hits);

/* setting: whether it is written */
extern bool log_blocked;

#endif							/* CONTROL_LIST_EVIDENCE_H */
