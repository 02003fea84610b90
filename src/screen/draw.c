/*-------------------------------------------------------------------------
 *
 * draw.c
 *	  What rows of a protected table draw from licenses, and give back.
 *
 * A row draws, after it was screened, from each license that permits one of its hits.  What
 * it has drawn is returned before it is screened again, and when it is deleted.  Limits are
 * kept by draw_license(), which waits for others; that the screening finds a license used
 * up is for the words.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "protection.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#define DRAW_ARGUMENTS 9

static Datum
as_text(Oid type, Datum value)
{
	Oid			output;
	bool		is_varlena;

	getTypeOutputInfo(type, &output, &is_varlena);
	return CStringGetTextDatum(OidOutputFunctionCall(output, value));
}

/* References of several tables must not meet in the ledger. */
static Datum
ledger_reference(const Protection *protection, Datum value)
{
	Datum		reference = as_text(protection->sources[ROLE_REFERENCE].type, value);

	return CStringGetTextDatum(psprintf("%s:%s", protection->ledger, TextDatumGetCString(reference)));
}

/* Runs a query of SQL functions that write the ledger, as the owner of the lists. */
static void
execute(const char *query, int count, Oid *types, Datum *values, const char *nulls)
{
	Oid			user;
	int			security;

	GetUserIdAndSecContext(&user, &security);
	become_owner(control_list_catalog.entry);
	SPI_connect();
	if (SPI_execute_with_args(query, count, types, values, nulls, false, 0) != SPI_OK_SELECT)
		elog(ERROR, "the ledger of licenses could not be written");
	SPI_finish();
	SetUserIdAndSecContext(user, security);
}

void
protection_return(const Protection *protection, Relation relation, HeapTuple row)
{
	const Source *reference = &protection->sources[ROLE_REFERENCE];
	Oid			type = TEXTOID;
	Datum		value;
	bool		is_null;

	value = heap_getattr(row, reference->column, RelationGetDescr(relation), &is_null);
	if (is_null)
		return;
	value = ledger_reference(protection, value);
	execute("SELECT control_list.return_license($1)", 1, &type, &value, NULL);
}

void
protection_draw(const Protection *protection, const RowValues *values, Datum licenses)
{
	static const Role roles[] = {ROLE_QUANTITY, ROLE_UNIT, ROLE_VALUE, ROLE_CURRENCY};
	Oid			types[DRAW_ARGUMENTS] = {TEXTARRAYOID, TEXTOID, DATEOID, TIMESTAMPTZOID, TEXTOID, TEXTOID, TEXTOID,
	TEXTOID, TEXTOID};
	const char *time = protection_time_kind(protection);
	bool		on_date = strcmp(time, "date") == 0;
	Datum		arguments[DRAW_ARGUMENTS];
	char		nulls[DRAW_ARGUMENTS];

	memset(nulls, ' ', sizeof(nulls));
	arguments[0] = licenses;
	arguments[1] = CStringGetTextDatum(time);
	arguments[2] = arguments[3] = values->values[ROLE_SHIP_DATE];
	nulls[2] = values->nulls[ROLE_SHIP_DATE] || !on_date ? 'n' : ' ';
	nulls[3] = values->nulls[ROLE_SHIP_DATE] || on_date ? 'n' : ' ';
	for (int i = 0; i < (int) lengthof(roles); i++)
	{
		nulls[4 + i] = values->nulls[roles[i]] ? 'n' : ' ';
		arguments[4 + i] = values->nulls[roles[i]] ? (Datum) 0 :
			as_text(protection->sources[roles[i]].type, values->values[roles[i]]);
	}
	nulls[8] = protection->draws && !values->nulls[ROLE_REFERENCE] ? ' ' : 'n';
	arguments[8] = nulls[8] == 'n' ? (Datum) 0 : ledger_reference(protection, values->values[ROLE_REFERENCE]);
	execute("SELECT control_list.draw_for_order($1, $2, $3, $4, $5::pg_catalog.numeric, $6, $7::pg_catalog.numeric, $8, $9)",
			DRAW_ARGUMENTS, types, arguments, nulls);
}
