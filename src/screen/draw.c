/*-------------------------------------------------------------------------
 *
 * draw.c
 *	  What rows of a protected table draw from licenses, and give back.
 *
 * A row draws when it is stored, after it was screened, from each license that permits one of
 * its hits.  What it has drawn before is returned then, and when it is deleted; until then
 * it does not count against the row itself (LicenseOrder).  Limits are kept by
 * draw_license(), which waits for others; that the screening finds a license used up is for
 * the words.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "protection.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
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

/* The reference of a row; false if it has none. */
static bool
get_reference(const Protection *protection, Relation relation, HeapTuple row, Datum *reference)
{
	bool		is_null;
	Datum		value = heap_getattr(row, protection->sources[ROLE_REFERENCE].column, RelationGetDescr(relation), &is_null);

	if (!is_null)
		*reference = ledger_reference(protection, value);
	return !is_null;
}

Datum
protection_references(const Protection *protection, Relation relation, HeapTuple old, HeapTuple row)
{
	Datum		references[2];
	int			count = 0;

	if (old != NULL && get_reference(protection, relation, old, &references[count]))
		count++;
	if (get_reference(protection, relation, row, &references[count]))
		count++;
	return PointerGetDatum(construct_array(references, count, TEXTOID, -1, false, TYPALIGN_INT));
}

void
protection_return(const Protection *protection, Relation relation, HeapTuple row)
{
	Oid			type = TEXTOID;
	Datum		reference;

	if (get_reference(protection, relation, row, &reference))
		execute("SELECT control_list.return_license($1)", 1, &type, &reference, NULL);
}

Datum
protection_text(const Protection *protection, const RowValues *values, Role role)
{
	return values->nulls[role] ? (Datum) 0 : as_text(protection->sources[role].type, values->values[role]);
}

void
protection_read_draw(const Protection *protection, RowValues *values)
{
	LicenseOrder *order = &values->order;

	if (values->nulls[ROLE_LICENSES])
		return;
	if (DatumGetPointer(order->references) == NULL)
		order->references = PointerGetDatum(construct_empty_array(TEXTOID));
	order->draws = true;
	order->quantity = protection_text(protection, values, ROLE_QUANTITY);
	order->unit = protection_text(protection, values, ROLE_UNIT);
	order->value = protection_text(protection, values, ROLE_VALUE);
	order->currency = protection_text(protection, values, ROLE_CURRENCY);
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
		arguments[4 + i] = protection_text(protection, values, roles[i]);
	}
	nulls[8] = protection->draws && !values->nulls[ROLE_REFERENCE] ? ' ' : 'n';
	arguments[8] = nulls[8] == 'n' ? (Datum) 0 : ledger_reference(protection, values->values[ROLE_REFERENCE]);
	execute("SELECT control_list.draw_for_order($1, $2, $3, $4, $5::pg_catalog.numeric, $6, $7::pg_catalog.numeric, $8, $9)",
			DRAW_ARGUMENTS, types, arguments, nulls);
}
