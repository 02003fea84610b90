/*-------------------------------------------------------------------------
 *
 * evidence.c
 *	  What is left behind of a screening.
 *
 * A screening of a row that stays is recorded in control_list.screening_log
 * (sql/install/75-evidence.sql).  A row that is refused takes its record with it, so
 * this goes to the server log: one line of JSON, which no rollback undoes.
 *
 * The line has no context, statement or backtrace, and goes to nobody but the log.
 * JSON escapes all control characters, so that a value cannot begin a line of its own.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "evidence.h"
#include "protection.h"

#include "catalog/pg_type.h"
#include "commands/dbcommands.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/json.h"
#include "utils/lsyscache.h"
#include "utils/uuid.h"

PG_FUNCTION_INFO_V1(control_list_screened_generation);

#define ERRCODE_DATA_EXCEPTION_CLASS ERRCODE_TO_CATEGORY(ERRCODE_DATA_EXCEPTION)
#define ERRCODE_LICENSE_CLASS MAKE_SQLSTATE('L', 'C', '0', '0', '0')

bool		log_blocked;

/* ---- one field of the line after another ---- */

static void
append_name(StringInfo line, const char *name)
{
	appendStringInfo(line, "%s\"%s\": ", line->len > 1 ? ", " : "", name);
}

static void
append_text(StringInfo line, const char *name, const char *value)
{
	append_name(line, name);
	if (value != NULL)
		escape_json(line, value);
	else
		appendStringInfoString(line, "null");
}

static void
append_jsonb(StringInfo line, const char *name, Jsonb *value)
{
	append_name(line, name);
	if (value != NULL)
		JsonbToCString(line, &value->root, VARSIZE(value));
	else
		appendStringInfoString(line, "null");
}

/* The role that SET ROLE has chosen, NULL if there is none; functions with rights of their own do not change it. */
static const char *
chosen_role(void)
{
	const char *role = GetConfigOption("role", false, false);

	return strcmp(role, "none") == 0 ? NULL : role;
}

static char *
generation_text(void)
{
	pg_uuid_t	generation;

	if (!rulebook_generation(&generation))
		return NULL;
	return DatumGetCString(DirectFunctionCall1(uuid_out, UUIDPGetDatum(&generation)));
}

/* The verdict forbids it, a license does (class LC), or the order does not say what the license counts. */
static bool
is_refusal(const ErrorData *error)
{
	return error->sqlerrcode == ERRCODE_CHECK_VIOLATION ||
		ERRCODE_TO_CATEGORY(error->sqlerrcode) == ERRCODE_DATA_EXCEPTION_CLASS ||
		ERRCODE_TO_CATEGORY(error->sqlerrcode) == ERRCODE_LICENSE_CLASS;
}

static void
write_line(Oid relation, Jsonb *key, Jsonb *inputs, Verdict verdict, Jsonb *hits, const ErrorData *error)
{
	StringInfoData line;
	int			level = begin_uniform_output();

	initStringInfo(&line);
	appendStringInfoChar(&line, '{');
	append_text(&line, "database", get_database_name(MyDatabaseId));
	append_text(&line, "login", GetUserNameFromId(GetSessionUserId(), true));
	append_text(&line, "role", chosen_role());
	append_text(&line, "target", qualified_name(relation));
	append_jsonb(&line, "key", key);
	append_jsonb(&line, "inputs", inputs);
	append_text(&line, "verdict", verdict_names[verdict]);
	append_jsonb(&line, "hits", hits);
	append_text(&line, "generation", generation_text());
	append_text(&line, "sqlstate", unpack_sql_state(error->sqlerrcode));
	append_text(&line, "message", error->message);
	append_text(&line, "detail", error->detail);
	appendStringInfoChar(&line, '}');
	AtEOXact_GUC(true, level);
	ereport(LOG_SERVER_ONLY,
			(errmsg_internal("control_list blocked %s", line.data),
			 errhidestmt(true),
			 errhidecontext(true)));
	pfree(line.data);
}

void
evidence_blocked(Oid relation, Jsonb *key, Jsonb *inputs, Verdict verdict, Jsonb *hits)
{
	ErrorData  *error = CopyErrorData();

	FlushErrorState();
	if (log_blocked && is_refusal(error))
		write_line(relation, key, inputs, verdict, hits, error);
	ReThrowError(error);
}

/* ---- screening_log ---- */

#define LOG_ARGUMENTS 5

void
evidence_logged(Oid relation, Jsonb *key, Jsonb *inputs, Verdict verdict, Jsonb *hits)
{
	static SPIPlanPtr plan;
	static Oid	verdict_type;
	Oid			type = get_atttype(control_list_catalog.entry, get_attnum(control_list_catalog.entry, "measure"));
	Oid			types[LOG_ARGUMENTS] = {REGCLASSOID, JSONBOID, JSONBOID, type, JSONBOID};
	Datum		values[LOG_ARGUMENTS] = {ObjectIdGetDatum(relation), PointerGetDatum(key), PointerGetDatum(inputs),
	verdict_datum(verdict), PointerGetDatum(hits)};
	char		nulls[LOG_ARGUMENTS] = {' ', key == NULL ? 'n' : ' ', ' ', ' ', hits == NULL ? 'n' : ' '};
	Oid			user;
	int			security;

	GetUserIdAndSecContext(&user, &security);
	become_owner(control_list_catalog.entry);
	SPI_connect();
	/* the extension may have been created again, and its types with it */
	if (plan == NULL || verdict_type != type)
	{
		SPIPlanPtr	made = SPI_prepare("SELECT control_list.log_screening($1, $2, $3, $4, $5)", LOG_ARGUMENTS, types);

		if (made == NULL)
			elog(ERROR, "SPI_prepare failed: %s", SPI_result_code_string(SPI_result));
		SPI_keepplan(made);
		if (plan != NULL)
			SPI_freeplan(plan);
		plan = made;
		verdict_type = type;
	}
	if (SPI_execute_plan(plan, values, nulls, false, 0) != SPI_OK_SELECT)
		elog(ERROR, "a screening could not be logged");
	SPI_finish();
	SetUserIdAndSecContext(user, security);
}

Datum
control_list_screened_generation(PG_FUNCTION_ARGS)
{
	pg_uuid_t  *generation = (pg_uuid_t *) palloc(sizeof(pg_uuid_t));

	if (!rulebook_generation(generation))
		PG_RETURN_NULL();
	PG_RETURN_UUID_P(generation);
}
