/*-------------------------------------------------------------------------
 *
 * protect.c
 *	  The triggers of protected tables.
 *
 * What is decided upon is the row as it is stored: the trigger BEFORE may write a
 * verdict, and sorts after others, but it is the trigger AFTER that refuses.  It screens
 * the final row, so nothing that other triggers, generated columns or the list of columns
 * of an UPDATE do can slip by.
 *
 * A row that goes through costs reading its columns and a screening; all else, and all
 * SQL, is for rows that do not just pass.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "evidence.h"
#include "protection.h"

#include "access/table.h"
#include "access/tableam.h"
#include "access/tupconvert.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "executor/tuptable.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/fmgroids.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/snapmgr.h"

PG_FUNCTION_INFO_V1(control_list_screen_row);
PG_FUNCTION_INFO_V1(control_list_screen_lines);
PG_FUNCTION_INFO_V1(control_list_keep_drawn);

/* set while rows are written so that they are screened again, though nothing in them has changed */
static bool screens_again;

/* the table or partition of which a row is written just for its verdict, see protection_hold() */
static Oid	rescreened = InvalidOid;

/* the one of which a row is written once more, see correct_verdict() */
static Oid	corrected = InvalidOid;

/* ---- screening ---- */

static Verdict
screen(const RowValues *values)
{
	LOCAL_FCINFO(call, ARG_KNOWN_AT + 1);

	InitFunctionCallInfoData(*call, NULL, ARG_KNOWN_AT + 1, InvalidOid, NULL, NULL);
	for (int i = 0; i < SCREENED_ROLES; i++)
	{
		call->args[i].value = values->values[i];
		call->args[i].isnull = values->nulls[i];
	}
	call->args[ARG_KNOWN_AT].value = values->known_at;
	call->args[ARG_KNOWN_AT].isnull = values->known_now;
	return verdict_of_datum(values->screen(call));
}

Verdict
protection_screen(const RowValues *values)
{
	const LicenseOrder *outer = license_order;
	Verdict		verdict;

	if (likely(values->nulls[ROLE_LICENSES]))
		return screen(values);
	license_order = &values->order;
	PG_TRY();
	{
		verdict = screen(values);
	}
	PG_FINALLY();
	{
		license_order = outer;
	}
	PG_END_TRY();
	return verdict;
}

static void
say_what_waits(void *relation)
{
	errcontext("waiting for a change of the control lists to be committed, before a row of relation \"%s\" is screened",
			   RelationGetRelationName((Relation) relation));
}

/*
 * With strict protection nobody can commit a change of the lists between the screening and
 * the end of the transaction, and the newest lists count.  True if it has pushed a
 * snapshot that sees them.
 */
static bool
begin_strict(Relation relation)
{
	ErrorContextCallback context = {error_context_stack, say_what_waits, relation};
	ListsSeen	seen;

	error_context_stack = &context;
	control_list_share_lock();
	error_context_stack = context.previous;

	seen = rulebook_lists_seen();
	if (seen == SEES_NEWEST)
		return false;
	if (seen == SEES_OLDER && IsolationUsesXactSnapshot())
		ereport(ERROR,
				(errcode(ERRCODE_T_R_SERIALIZATION_FAILURE),
				 errmsg("could not serialize access due to concurrent change of the control lists"),
				 errhint("The transaction might succeed if retried.")));
	PushActiveSnapshot(GetLatestSnapshot());
	return true;
}

/*
 * Pushes the snapshot under which a row is screened, if it is not the active one; true if
 * it has.  Where rows draw from licenses it sees what this statement has returned.
 */
static bool
begin_screening(const Protection *protection, Relation relation)
{
	if (protection->strict && begin_strict(relation))
		return true;
	if (!protection->draws)
		return false;
	PushCopiedSnapshot(GetActiveSnapshot());
	UpdateActiveSnapshotCommandId();
	return true;
}

/* Who writes a row is told by the draw what is wrong; one that is rescreened waits if it could not draw. */
static void
read_row(Protection *protection, Relation relation, HeapTuple old, HeapTuple row, RowValues *values)
{
	protection_read(protection, relation, old, row, HEADER_LOCKED, values);
	if (rescreened == RelationGetRelid(relation))
		protection_read_draw(protection, values);
}

static void
end_screening(bool has_pushed)
{
	if (has_pushed)
		PopActiveSnapshot();
}

/* ---- what there is to say ---- */

#define EXPLAIN_ARGUMENTS 17
#define EXPLAIN_QUERY \
	"SELECT e.key, e.inputs, e.hits, e.cleared, e.goods, e.place, e.detail, e.hint, e.covering " \
	"FROM control_list.explain_shipment($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, " \
	"$13::pg_catalog.numeric, $14, $15::pg_catalog.numeric, $16, $17) AS e"

const char *
protection_time_kind(const Protection *protection)
{
	switch (protection->sources[ROLE_SHIP_DATE].type)
	{
		case InvalidOid:
			return "now";
		case TIMESTAMPTZOID:
			return "instant";
		default:
			return "date";
	}
}

static Datum
copied(int column, Oid type, bool *is_null)
{
	Datum		value = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, column, is_null);

	return *is_null ? value : SPI_datumTransfer(value, get_typbyval(type), get_typlen(type));
}

static Jsonb *
copied_jsonb(int column)
{
	bool		is_null;
	Datum		value = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, column, &is_null);

	/* what is unpacked here would go with SPI_finish() */
	return is_null ? NULL : (Jsonb *) DatumGetPointer(SPI_datumTransfer(PointerGetDatum(PG_DETOAST_DATUM(value)), false, -1));
}

static char *
copied_text(int column)
{
	char	   *text = SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, column);

	return text == NULL ? NULL : strcpy(SPI_palloc(strlen(text) + 1), text);
}

typedef struct ExplainArguments
{
	Datum		values[EXPLAIN_ARGUMENTS];
	char		nulls[EXPLAIN_ARGUMENTS];
} ExplainArguments;

static void
set_argument(ExplainArguments *arguments, int number, Datum value, bool is_null)
{
	arguments->values[number - 1] = value;
	arguments->nulls[number - 1] = is_null ? 'n' : ' ';
}

int
begin_uniform_output(void)
{
	static const char *const settings[][2] = {
		{"timezone", "UTC"}, {"datestyle", "ISO, YMD"}, {"intervalstyle", "postgres"}, {"bytea_output", "hex"},
		{"extra_float_digits", "1"}, {"quote_all_identifiers", "off"}
	};
	int			level = NewGUCNestLevel();

	for (int i = 0; i < (int) lengthof(settings); i++)
		(void) set_config_option(settings[i][0], settings[i][1], PGC_USERSET, PGC_S_SESSION, GUC_ACTION_SAVE, true, 0, false);
	return level;
}

/*
 * A row as JSON.  A type may have a cast to JSON, a function that its owner has written, so
 * this must not be done with more rights than those of whoever writes or reads the row.
 */
static Datum
row_as_jsonb(Relation relation, HeapTuple row)
{
	FmgrInfo	to_jsonb;
	List	   *arguments = list_make1(makeNullConst(relation->rd_rel->reltype, -1, InvalidOid));

	fmgr_info(F_TO_JSONB, &to_jsonb);
	fmgr_info_set_expr((Node *) makeFuncExpr(F_TO_JSONB, JSONBOID, arguments, InvalidOid, InvalidOid, COERCE_EXPLICIT_CALL),
					   &to_jsonb);
	return FunctionCall1(&to_jsonb, heap_copy_tuple_as_datum(row, RelationGetDescr(relation)));
}

static void
set_arguments(ExplainArguments *arguments, const Protection *protection, Relation relation, HeapTuple row,
			  const RowValues *values)
{
	const char *time = protection_time_kind(protection);
	Datum		code = values->values[ROLE_HS_CODE];

	if (!protection->code_is_text && !values->nulls[ROLE_HS_CODE])
	{
		char		text[HS_CODE_TEXT_SIZE];

		hs_code_print(DatumGetHsCode(code), text);
		code = CStringGetTextDatum(text);
	}
	set_argument(arguments, 1, ObjectIdGetDatum(protection->target), false);
	set_argument(arguments, 2, row_as_jsonb(relation, row), false);
	set_argument(arguments, 3, code, values->nulls[ROLE_HS_CODE]);
	set_argument(arguments, 4, values->values[ROLE_DESTINATION], values->nulls[ROLE_DESTINATION]);
	set_argument(arguments, 5, CStringGetTextDatum(time), false);
	set_argument(arguments, 6, values->values[ROLE_SHIP_DATE], values->nulls[ROLE_SHIP_DATE] || strcmp(time, "date") != 0);
	set_argument(arguments, 7, values->values[ROLE_SHIP_DATE], values->nulls[ROLE_SHIP_DATE] || strcmp(time, "date") == 0);
	for (int i = ROLE_VIA; i < SCREENED_ROLES; i++)
		set_argument(arguments, i - ROLE_VIA + 8, values->values[i], values->nulls[i]);
	for (int i = SCREENED_ROLES; i < ROLE_COUNT; i++)
		set_argument(arguments, i - SCREENED_ROLES + 13, protection_text(protection, values, (Role) i), values->nulls[i]);
}

/* Runs the query for a row, whose own draws do not count against it. */
static void
execute_explanation(SPIPlanPtr plan, ExplainArguments *arguments, const RowValues *values)
{
	const LicenseOrder *outer = license_order;

	license_order = &values->order;
	PG_TRY();
	{
		/* by the snapshot under which the row was screened */
		if (SPI_execute_plan(plan, arguments->values, arguments->nulls, true, 0) != SPI_OK_SELECT || SPI_processed != 1)
			elog(ERROR, "a shipment could not be explained");
	}
	PG_FINALLY();
	{
		license_order = outer;
	}
	PG_END_TRY();
}

void
protection_explain(const Protection *protection, Relation relation, HeapTuple row, const RowValues *values,
				   Explanation *explanation)
{
	static SPIPlanPtr plan;
	Oid			types[EXPLAIN_ARGUMENTS] = {REGCLASSOID, JSONBOID, TEXTOID, TEXTOID, TEXTOID, DATEOID,
	TIMESTAMPTZOID, TEXTARRAYOID, JSONBOID, TEXTARRAYOID, TEXTARRAYOID, TEXTOID, TEXTOID, TEXTOID, TEXTOID, TEXTOID, TEXTOID};
	ExplainArguments arguments;
	Oid			user;
	int			security;
	int			level;
	bool		is_null;

	/* a key is known again by how it looks */
	level = begin_uniform_output();
	set_arguments(&arguments, protection, relation, row, values);
	GetUserIdAndSecContext(&user, &security);
	become_owner(control_list_catalog.entry);
	SPI_connect();
	if (plan == NULL)
	{
		SPIPlanPtr	made = SPI_prepare(EXPLAIN_QUERY, EXPLAIN_ARGUMENTS, types);

		if (made == NULL)
			elog(ERROR, "SPI_prepare failed: %s", SPI_result_code_string(SPI_result));
		SPI_keepplan(made);
		plan = made;
	}
	execute_explanation(plan, &arguments, values);
	explanation->key = copied_jsonb(1);
	explanation->inputs = copied_jsonb(2);
	explanation->hits = copied_jsonb(3);
	explanation->cleared = DatumGetBool(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 4, &is_null));
	explanation->goods = copied_text(5);
	explanation->place = copied_text(6);
	explanation->detail = copied_text(7);
	explanation->hint = copied_text(8);
	explanation->licenses = copied(9, TEXTARRAYOID, &is_null);
	SPI_finish();
	AtEOXact_GUC(true, level);
	SetUserIdAndSecContext(user, security);
}

/* ---- decisions ---- */

/* What the errors of a protected table say of it. */
static int
errprotected(const Protection *protection, Relation relation, const Trigger *trigger)
{
	const Source *code = &protection->sources[ROLE_HS_CODE];

	if (code->kind == SOURCE_COLUMN)
		errtablecol(relation, code->column);
	else
		errtable(relation);
	return err_generic_string(PG_DIAG_CONSTRAINT_NAME, trigger->tgname);
}

static char *
in_words(Verdict verdict)
{
	char	   *words = pstrdup(verdict_names[verdict]);

	for (char *c = words; *c != '\0'; c++)
	{
		if (*c == '_')
			*c = ' ';
	}
	return words;
}

static pg_noreturn void
refuse_verdict(const Protection *protection, Relation relation, const Trigger *trigger)
{
	ereport(ERROR,
			(errcode(ERRCODE_TRIGGERED_DATA_CHANGE_VIOLATION),
			 errmsg("the verdict of a row of relation \"%s\" was changed after it was written",
					RelationGetRelationName(relation)),
			 errdetail("A trigger has changed column \"%s\", or columns that are screened, after control_list had written it.",
					   get_attname(RelationGetRelid(relation), protection->verdict_column, false)),
			 errhint("Triggers BEFORE that change a row must have names that sort before \"~export_control\"."),
			 errprotected(protection, relation, trigger)));
}

/* Why a row is decided upon. */
typedef enum Occasion
{
	ROW_WRITTEN,
	ROW_STAYS,					/* it was there already */
	ROW_CHANGES					/* the same, but its verdict is another one now */
} Occasion;

/* Draws what the values say from the licenses that permit it, or refuses the row if there are none. */
static void
refuse_or_draw(const Protection *protection, Relation relation, const Trigger *trigger, const RowValues *values,
			   Verdict verdict, const Explanation *explanation)
{
	MemoryContext context = CurrentMemoryContext;

	PG_TRY();
	{
		if (values == NULL)
			ereport(ERROR,
					(errcode(ERRCODE_CHECK_VIOLATION),
					 errmsg("shipment of %s to %s is blocked: %s", explanation->goods, explanation->place, in_words(verdict)),
					 errdetail("%s", explanation->detail),
					 errhint("%s", explanation->hint),
					 errprotected(protection, relation, trigger)));
		protection_draw(protection, values, explanation->licenses);
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(context);
		evidence_blocked(protection->target, explanation->key, explanation->inputs, verdict, explanation->hits);
	}
	PG_END_TRY();
}

/* Decides on a row as it is stored, whose verdict this is. */
static void
judge(Protection *protection, Relation relation, HeapTuple row, const Trigger *trigger,
	  RowValues *values, Verdict verdict, Occasion occasion)
{
	bool		is_blocked = verdict >= protection->block_at && occasion == ROW_WRITTEN;
	bool		is_held = !is_blocked && verdict >= protection->hold_at && protection->block_at != NEVER &&
		protection->verdict_column == InvalidAttrNumber;
	bool		is_drawn = verdict >= LICENSED && !values->nulls[ROLE_LICENSES];
	bool		is_logged = occasion == ROW_WRITTEN ?
		protection->log == LOG_EVERYTHING || (protection->log == LOG_HITS && verdict > NOT_LISTED) :
		occasion == ROW_CHANGES;
	Explanation explanation;

	if (likely(!is_blocked && !is_held && !is_logged && !is_drawn))
		return;
	protection_explain(protection, relation, row, values, &explanation);
	if (is_blocked || (is_held && !explanation.cleared))
		refuse_or_draw(protection, relation, trigger, NULL, verdict, &explanation);
	if (is_drawn && DatumGetPointer(explanation.licenses) != NULL)
		refuse_or_draw(protection, relation, trigger, values, verdict, &explanation);
	if (is_logged)
		evidence_logged(protection->target, explanation.key, explanation.inputs, verdict, explanation.hits);
}

/* Runs a statement with a snapshot that is newer than the lock on the row. */
static void
execute_newest(const char *statement, int count, Oid *types, Datum *values)
{
	SPIPlanPtr	plan = SPI_prepare(statement, count, types);

	if (plan == NULL ||
		SPI_execute_snapshot(plan, values, NULL, GetLatestSnapshot(), InvalidSnapshot, false, true, 0) < 0)
		elog(ERROR, "could not execute: %s", statement);
}

/* Writes a version of a row as it is, so that its triggers do all; false if it is out of date. */
static bool
write_row_again(const Protection *protection, Relation relation, ItemPointer row)
{
	const char *verdict = quote_identifier(get_attname(RelationGetRelid(relation), protection->verdict_column, false));
	Oid			types[] = {OIDOID, TIDOID};
	Datum		values[] = {ObjectIdGetDatum(RelationGetRelid(relation)), PointerGetDatum(row)};
	bool		is_written;

	SPI_connect();
	/* by the table that was protected: who may write that needs no right on its partitions */
	execute_newest(psprintf("UPDATE %s AS r SET %s = r.%s "
							"WHERE r.tableoid OPERATOR(pg_catalog.=) $1 AND r.ctid OPERATOR(pg_catalog.=) $2",
							qualified_name(protection->target), verdict, verdict),
				   lengthof(types), types, values);
	is_written = SPI_processed > 0;
	SPI_finish();
	return is_written;
}

/*
 * What other rows of the statement have drawn or returned since the verdict was written may
 * have changed it, and where a row moves to another partition, what it has returned itself.
 * False if there is nothing to correct: the row was not written last by this statement, or
 * it has been tried.
 */
static bool
correct_verdict(const Protection *protection, Relation relation, HeapTuple row)
{
	Oid			outer = corrected;
	volatile bool is_corrected = false;
	Oid			user;
	int			security;

	if (!protection->draws || corrected == RelationGetRelid(relation))
		return false;
	corrected = RelationGetRelid(relation);
	GetUserIdAndSecContext(&user, &security);
	PG_TRY();
	{
		become_owner(protection->target);
		is_corrected = write_row_again(protection, relation, &row->t_self);
	}
	PG_FINALLY();
	{
		corrected = outer;
		SetUserIdAndSecContext(user, security);
	}
	PG_END_TRY();
	return is_corrected;
}

/* Screens a row as it is stored, and decides on it; old is what it was, NULL if it is new. */
static void
check_row(Protection *protection, Relation relation, HeapTuple old, HeapTuple row, const Trigger *trigger,
		  Occasion occasion)
{
	bool		has_pushed;
	bool		is_right;
	RowValues	values;
	Verdict		verdict;

	if (old != NULL && protection->draws)
		protection_return(protection, relation, old);
	has_pushed = begin_screening(protection, relation);
	read_row(protection, relation, old, row, &values);
	verdict = protection_screen(&values);
	is_right = protection->verdict_column == InvalidAttrNumber ||
		(values.has_verdict && is_same_verdict(values.verdict, verdict_datum(verdict)));
	if (is_right || !correct_verdict(protection, relation, row))
	{
		judge(protection, relation, row, trigger, &values, verdict, occasion);
		if (!is_right)
			refuse_verdict(protection, relation, trigger);
	}
	end_screening(has_pushed);
}

/* ---- the trigger of a protected table ---- */

static bool
is_same_column(HeapTuple a, HeapTuple b, TupleDesc description, AttrNumber column)
{
	Form_pg_attribute attribute = TupleDescAttr(description, column - 1);
	bool		a_null;
	bool		b_null;
	Datum		a_value = heap_getattr(a, column, description, &a_null);
	Datum		b_value = heap_getattr(b, column, description, &b_null);

	return a_null == b_null && (a_null || datum_image_eq(a_value, b_value, attribute->attbyval, attribute->attlen));
}

static bool
has_changed(HeapTuple old, HeapTuple new, TupleDesc description, const AttrNumber *columns, int count)
{
	for (int i = 0; i < count; i++)
	{
		if (!is_same_column(old, new, description, columns[i]))
			return true;
	}
	return false;
}

static bool
watched_changed(const Protection *protection, const TriggerData *data)
{
	return has_changed(data->tg_trigtuple, data->tg_newtuple, RelationGetDescr(data->tg_relation),
					   protection->watched, protection->watched_count);
}

static bool
has_no_verdict(const Protection *protection, const TriggerData *data)
{
	bool		is_null = false;

	if (protection->verdict_column != InvalidAttrNumber)
		(void) heap_getattr(data->tg_trigtuple, protection->verdict_column, RelationGetDescr(data->tg_relation), &is_null);
	return is_null;
}

static bool
is_rescreened(const TriggerData *data)
{
	return TRIGGER_FIRED_BY_UPDATE(data->tg_event) && RelationGetRelid(data->tg_relation) == rescreened;
}

/*
 * A statement that changes what is screened writes the row, whatever else it is for.  A
 * row that had no verdict was taken for not listed.
 */
static Occasion
occasion_of(const Protection *protection, const TriggerData *data)
{
	TupleDesc	description = RelationGetDescr(data->tg_relation);
	bool		is_null;
	Datum		verdict;

	if (!is_rescreened(data) || watched_changed(protection, data))
		return ROW_WRITTEN;
	if (!has_no_verdict(protection, data))
		return is_same_column(data->tg_trigtuple, data->tg_newtuple, description, protection->verdict_column) ?
			ROW_STAYS : ROW_CHANGES;
	verdict = heap_getattr(data->tg_newtuple, protection->verdict_column, description, &is_null);
	return is_null || is_same_verdict(verdict, verdict_datum(NOT_LISTED)) ? ROW_STAYS : ROW_CHANGES;
}

/*
 * Only the version of a row that is stored counts in the end, if others may come before
 * this one is looked at: in deferred mode, and where triggers that come first write the
 * row again, which would draw twice.
 */
static bool
skips_versions(const Protection *protection, const TriggerData *data)
{
	return data->tg_trigger->tgdeferrable || protection->draws;
}

/*
 * Must the row be screened?  The version that this transaction inserted may have been passed
 * over when it was updated, so that the update counts as the insert; also where COPY FREEZE
 * has hidden who inserted it.
 */
static bool
must_screen(const Protection *protection, const TriggerData *data)
{
	if (!TRIGGER_FIRED_BY_UPDATE(data->tg_event) || screens_again || is_rescreened(data) ||
		corrected == RelationGetRelid(data->tg_relation))
		return true;
	if (skips_versions(protection, data) &&
		TransactionIdIsCurrentTransactionId(HeapTupleHeaderGetRawXmin(data->tg_trigtuple->t_data)))
		return true;
	return has_no_verdict(protection, data) || watched_changed(protection, data);
}

/* A verdict is what the screening says, or stays what it was, whatever the client or another trigger wants. */
static HeapTuple
write_verdict(Protection *protection, TriggerData *data)
{
	Relation	relation = data->tg_relation;
	TupleDesc	description = RelationGetDescr(relation);
	bool		is_update = TRIGGER_FIRED_BY_UPDATE(data->tg_event);
	HeapTuple	row = is_update ? data->tg_newtuple : data->tg_trigtuple;
	int			column = protection->verdict_column;
	bool		has_pushed;
	RowValues	values;
	Datum		verdict;

	if (!must_screen(protection, data))
	{
		bool		is_null;

		if (is_same_column(data->tg_trigtuple, row, description, column))
			return row;
		verdict = heap_getattr(data->tg_trigtuple, column, description, &is_null);
		return heap_modify_tuple_by_cols(row, description, 1, &column, &verdict, &is_null);
	}
	has_pushed = begin_screening(protection, relation);
	read_row(protection, relation, is_update ? data->tg_trigtuple : NULL, row, &values);
	verdict = verdict_datum(protection_screen(&values));
	end_screening(has_pushed);
	return values.has_verdict && is_same_verdict(values.verdict, verdict) ? row :
		protection_with_verdict(protection, relation, row, verdict);
}

static pg_noreturn void
refuse_protocol(const char *function)
{
	ereport(ERROR,
			(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
			 errmsg("control_list.%s() must be fired by a trigger that control_list.protect() has made", function)));
}

/* A version that a later one has superseded is not stored. */
static bool
is_superseded(TriggerData *data)
{
	return !table_tuple_satisfies_snapshot(data->tg_relation,
										   TRIGGER_FIRED_BY_UPDATE(data->tg_event) ? data->tg_newslot : data->tg_trigslot,
										   SnapshotSelf);
}

/* It draws nothing, but what it replaced may have, by another reference than the last version. */
static void
return_superseded(const Protection *protection, TriggerData *data)
{
	if (TRIGGER_FIRED_BY_UPDATE(data->tg_event) && protection->draws &&
		!is_same_column(data->tg_trigtuple, data->tg_newtuple, RelationGetDescr(data->tg_relation),
						protection->sources[ROLE_REFERENCE].column))
		protection_return(protection, data->tg_relation, data->tg_trigtuple);
}

static Protection *
find_protection(FunctionCallInfo fcinfo, Relation relation)
{
	Protection *protection = (Protection *) fcinfo->flinfo->fn_extra;

	if (likely(protection != NULL && protection->valid && protection->relation == RelationGetRelid(relation)))
		return protection;
	protection = protection_of(relation);
	if (protection == NULL)
		protection_refuse(relation, "It has lost the trigger that says which columns to screen.");
	fcinfo->flinfo->fn_extra = protection;
	return protection;
}

/*
 * BEFORE INSERT OR UPDATE FOR EACH ROW writes the verdict, AFTER decides, and gives back what a
 * row that is deleted has drawn.
 */
Datum
control_list_screen_row(PG_FUNCTION_ARGS)
{
	TriggerData *data = (TriggerData *) fcinfo->context;
	Protection *protection;
	bool		is_update;

	if (!CALLED_AS_TRIGGER(fcinfo) || !TRIGGER_FIRED_FOR_ROW(data->tg_event))
		refuse_protocol("screen_row");
	protection = find_protection(fcinfo, data->tg_relation);
	is_update = TRIGGER_FIRED_BY_UPDATE(data->tg_event);
	if (TRIGGER_FIRED_BY_DELETE(data->tg_event))
	{
		if (TRIGGER_FIRED_BEFORE(data->tg_event) || !protection->draws)
			refuse_protocol("screen_row");
		protection_return(protection, data->tg_relation, data->tg_trigtuple);
		return PointerGetDatum(NULL);
	}
	if (TRIGGER_FIRED_BEFORE(data->tg_event))
	{
		if (protection->verdict_column == InvalidAttrNumber)
			refuse_protocol("screen_row");
		return PointerGetDatum(write_verdict(protection, data));
	}
	if (skips_versions(protection, data) && is_superseded(data))
	{
		return_superseded(protection, data);
		return PointerGetDatum(NULL);
	}
	if (must_screen(protection, data))
		check_row(protection, data->tg_relation, is_update ? data->tg_trigtuple : NULL,
				  is_update ? data->tg_newtuple : data->tg_trigtuple, data->tg_trigger, occasion_of(protection, data));
	else if (protection->verdict_column != InvalidAttrNumber &&
			 !is_same_column(data->tg_trigtuple, data->tg_newtuple, RelationGetDescr(data->tg_relation),
							 protection->verdict_column))
		refuse_verdict(protection, data->tg_relation, data->tg_trigger);
	return PointerGetDatum(NULL);
}

bool
protection_fetch(Relation relation, ItemPointer row, TupleTableSlot *slot)
{
	TableScanDesc scan = table_beginscan_tid(relation, GetActiveSnapshot());
	bool		found = table_tuple_tid_valid(scan, row) &&
		table_tuple_fetch_row_version(relation, row, GetActiveSnapshot(), slot);

	table_endscan(scan);
	return found;
}

/*
 * BEFORE TRUNCATE FOR EACH STATEMENT.  To give back what all rows have drawn would be wrong
 * where the orders were shipped and their rows are removed just to save space.
 */
Datum
control_list_keep_drawn(PG_FUNCTION_ARGS)
{
	TriggerData *data = (TriggerData *) fcinfo->context;
	Protection *protection;
	Oid			type = TEXTOID;
	Datum		ledger;
	Oid			user;
	int			security;

	if (!CALLED_AS_TRIGGER(fcinfo) || !TRIGGER_FIRED_BY_TRUNCATE(data->tg_event))
		refuse_protocol("keep_drawn");
	protection = find_protection(fcinfo, data->tg_relation);
	if (!protection->draws)
		return PointerGetDatum(NULL);
	ledger = CStringGetTextDatum(protection->ledger);
	GetUserIdAndSecContext(&user, &security);
	become_owner(control_list_catalog.entry);
	SPI_connect();
	execute_newest("SELECT FROM control_list.has_drawn($1) AS has_drawn WHERE has_drawn", 1, &type, &ledger);
	if (SPI_processed > 0)
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg("cannot truncate table \"%s\"", RelationGetRelationName(data->tg_relation)),
				 errdetail("Rows of table \"%s\" have drawn from licenses, and would not give it back.",
						   get_rel_name(protection->target)),
				 errhint("DELETE them. If the orders were shipped, so that nothing is to be given back: control_list.unprotect() it, truncate, and protect it again."),
				 errtable(data->tg_relation)));
	SPI_finish();
	SetUserIdAndSecContext(user, security);
	return PointerGetDatum(NULL);
}

/*
 * A row that somebody else has updated meanwhile is written in its newest version; one that
 * he has moved to another partition was screened there.
 */
bool
protection_hold(Protection *protection, Relation relation, ItemPointer row)
{
	TupleTableSlot *slot = table_slot_create(relation, NULL);
	TM_FailureData failure;
	Oid			outer = rescreened;
	bool		is_there;

	is_there = protection_fetch(relation, row, slot) &&
		table_tuple_lock(relation, row, GetActiveSnapshot(), slot, GetCurrentCommandId(true),
						 LockTupleNoKeyExclusive, LockWaitBlock, TUPLE_LOCK_FLAG_FIND_LAST_VERSION,
						 &failure) == TM_Ok;
	rescreened = RelationGetRelid(relation);
	PG_TRY();
	{
		if (is_there)
			(void) write_row_again(protection, relation, &slot->tts_tid);
	}
	PG_FINALLY();
	{
		rescreened = outer;
	}
	PG_END_TRY();
	ExecDropSingleTupleTableSlot(slot);
	return is_there;
}

/* ---- the trigger of a table to which a protected one refers ---- */

/* The row in the form of the table to which the foreign key refers, if it is one of a partition. */
static HeapTuple
row_of(Relation header, Relation stored_in, HeapTuple row)
{
	TupleConversionMap *map;

	if (RelationGetRelid(header) == RelationGetRelid(stored_in))
		return row;
	map = convert_tuples_by_name(RelationGetDescr(stored_in), RelationGetDescr(header));
	return map == NULL ? row : execute_attr_map_tuple(row, map);
}

/* Rows without a verdict of their own are looked at. */
static void
check_lines(Protection *protection, Relation lines, const Trigger *trigger)
{
	SPITupleTable *table = SPI_tuptable;
	uint64		count = SPI_processed;

	for (uint64 i = 0; i < count; i++)
	{
		bool		is_null;
		HeapTupleHeader line = DatumGetHeapTupleHeader(SPI_getbinval(table->vals[i], table->tupdesc, 1, &is_null));
		HeapTupleData row = {0};

		CHECK_FOR_INTERRUPTS();
		row.t_len = HeapTupleHeaderGetDatumLength(line);
		row.t_data = line;
		ItemPointerSetInvalid(&row.t_self);
		check_row(protection, lines, &row, &row, trigger, ROW_WRITTEN);
	}
}

/* Rows with a verdict are written, so that their own triggers do all. */
static void
rewrite_lines(Protection *protection, Relation lines, const Header *header, HeapTuple row, TupleDesc description)
{
	const char *verdict = quote_identifier(get_attname(RelationGetRelid(lines), protection->verdict_column, false));
	bool		outer = screens_again;

	screens_again = true;
	PG_TRY();
	{
		(void) header_execute_on_lines(header, "UPDATE", RelationGetRelid(lines),
									   psprintf(" SET %s = r.%s", verdict, verdict), row, description);
	}
	PG_FINALLY();
	{
		screens_again = outer;
	}
	PG_END_TRY();
}

static void
screen_lines(Protection *protection, Relation lines, const Header *header, Relation referenced, HeapTuple row,
			 const Trigger *trigger)
{
	TupleDesc	description = RelationGetDescr(referenced);
	bool		is_there;
	Oid			user;
	int			security;

	GetUserIdAndSecContext(&user, &security);
	SPI_connect();
	become_owner(header->relation);
	is_there = header_lock_changed(header, row, description);
	become_owner(RelationGetRelid(lines));
	if (!is_there)
		 /* nothing refers to it */ ;
	else if (protection->verdict_column != InvalidAttrNumber)
		rewrite_lines(protection, lines, header, row, description);
	else if (header_execute_on_lines(header, psprintf("SELECT r.*::%s FROM", qualified_name(RelationGetRelid(lines))),
									 RelationGetRelid(lines), "", row, description))
		check_lines(protection, lines, trigger);
	SPI_finish();
	SetUserIdAndSecContext(user, security);
}

/*
 * A row that leaves its key may have left it to another one: the foreign key asks just for
 * one to be there when the statement ends, and has been checked by now.  A row that comes
 * finds lines only where that is checked later, or not at all, as by who replays changes.
 * In deferred mode versions that were superseded are not looked at, so the last one is,
 * whatever it has changed.
 */
static void
screen_changed(Protection *protection, Relation lines, const Header *header, Relation referenced, TriggerData *data)
{
	TupleDesc	description = RelationGetDescr(referenced);
	const Trigger *trigger = data->tg_trigger;
	HeapTuple	old = row_of(referenced, data->tg_relation, data->tg_trigtuple);
	HeapTuple	new = old;
	bool		leaves = TRIGGER_FIRED_BY_DELETE(data->tg_event);
	bool		comes = TRIGGER_FIRED_BY_INSERT(data->tg_event) &&
		(header->comes_later || SessionReplicationRole == SESSION_REPLICATION_ROLE_REPLICA);

	if (TRIGGER_FIRED_BY_UPDATE(data->tg_event))
	{
		new = row_of(referenced, data->tg_relation, data->tg_newtuple);
		leaves = has_changed(old, new, description, header->referenced, header->key_count);
		comes = leaves || trigger->tgdeferrable ||
			has_changed(old, new, description, header->columns, header->column_count);
	}
	if (leaves)
		screen_lines(protection, lines, header, referenced, old, trigger);
	if (comes && !(trigger->tgdeferrable && is_superseded(data)))
		screen_lines(protection, lines, header, referenced, new, trigger);
}

/*
 * AFTER INSERT OR UPDATE OR DELETE FOR EACH ROW, a constraint trigger FROM the protected
 * table; its argument is the number of the header.
 */
Datum
control_list_screen_lines(PG_FUNCTION_ARGS)
{
	TriggerData *data = (TriggerData *) fcinfo->context;
	Relation	lines;
	Relation	referenced;
	Protection *protection;
	const Header *header;
	int			number;

	if (!CALLED_AS_TRIGGER(fcinfo) || !TRIGGER_FIRED_FOR_ROW(data->tg_event) || !TRIGGER_FIRED_AFTER(data->tg_event) ||
		!OidIsValid(data->tg_trigger->tgconstrrelid) || data->tg_trigger->tgnargs != 1)
		refuse_protocol("screen_lines");

	lines = table_open(data->tg_trigger->tgconstrrelid, AccessShareLock);
	protection = protection_of(lines);
	number = atoi(data->tg_trigger->tgargs[0]);
	if (protection == NULL || number < 1 || number > protection->header_count)
		protection_refuse(lines, "It has lost the trigger that says which columns to screen.");
	header = &protection->headers[number - 1];
	referenced = table_open(header->relation, AccessShareLock);
	screen_changed(protection, lines, header, referenced, data);
	table_close(referenced, NoLock);
	table_close(lines, NoLock);
	return PointerGetDatum(NULL);
}
