/*-------------------------------------------------------------------------
 *
 * protection_query.c
 *	  The rows of a protected table and what they are screened by, as text of a query.
 *
 * Who screens a whole table (control_list.impact(), control_list.rescreen()) does so by
 * one query, which the server can plan: as protection_read() reads one row, so the
 * expressions here read all of them, and a foreign key becomes a join.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "protection.h"

#include "access/table.h"
#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

PG_FUNCTION_INFO_V1(control_list_screening_query);

static const char *
column_name(const char *alias, Oid relation, AttrNumber column)
{
	return psprintf("%s.%s", alias, quote_identifier(get_attname(relation, column, false)));
}

static const char *
header_alias(int header)
{
	return psprintf("h%d", header + 1);
}

/* The tables to which foreign keys of the row o refer, as h1, h2 and so on. */
static const char *
joins_of(const Protection *protection)
{
	StringInfoData joins;

	initStringInfo(&joins);
	for (int i = 0; i < protection->header_count; i++)
	{
		const Header *header = &protection->headers[i];

		appendStringInfo(&joins, " LEFT JOIN %s AS %s ON ", qualified_name(header->relation), header_alias(i));
		for (int k = 0; k < header->key_count; k++)
		{
			if (k > 0)
				appendStringInfoString(&joins, " AND ");
			generate_operator_clause(&joins,
									 column_name(header_alias(i), header->relation, header->referenced[k]),
									 get_atttype(header->relation, header->referenced[k]),
									 header->operators[k],
									 column_name("o", protection->relation, header->keys[k]),
									 get_atttype(protection->relation, header->keys[k]));
		}
	}
	return joins.data;
}

static const char *
constant_literal(const Source *source)
{
	Oid			output;
	bool		is_varlena;

	getTypeOutputInfo(source->type, &output, &is_varlena);
	return psprintf("%s::%s", quote_literal_cstr(OidOutputFunctionCall(output, source->constant)),
					format_type_be_qualified(source->type));
}

/* A column as the engine wants it, like converted() of protection.c. */
static const char *
converted_column(Role role, Oid type, const char *column)
{
	bool		is_text = type == TEXTOID || type == VARCHAROID || type == BPCHAROID;

	if (type == TIMESTAMPOID)
		return psprintf("%s::pg_catalog.date", column);
	if (!is_text)
		return column;
	if (type != TEXTOID)
		column = psprintf("%s::pg_catalog.text", column);
	switch (role)
	{
		case ROLE_HS_CODE:
			return psprintf("pg_catalog.btrim(%s)", column);
		case ROLE_VIA:
		case ROLE_LICENSES:
		case ROLE_JURISDICTIONS:
			return psprintf("CASE WHEN %s IS NOT NULL THEN ARRAY[pg_catalog.btrim(%s)] END", column, column);
		default:
			return column;
	}
}

static const char *
expression(const Protection *protection, Role role)
{
	const Source *source = &protection->sources[role];

	switch (source->kind)
	{
		case SOURCE_NONE:
			break;
		case SOURCE_CONSTANT:
			return constant_literal(source);
		case SOURCE_COLUMN:
			return converted_column(role, source->type, column_name("o", protection->relation, source->column));
		case SOURCE_HEADER:
			{
				const Header *header = &protection->headers[source->header];

				return converted_column(role, source->type,
										column_name(header_alias(source->header), header->relation,
													header->columns[source->header_column]));
			}
	}
	return role == ROLE_SHIP_DATE ? "GREATEST(pg_catalog.now(), pg_catalog.statement_timestamp())" : "NULL";
}

/*
 * Joins, arguments of a screening, whether the date is an instant, the columns of code and verdict, whether licenses are
 * named, and whether rows have a date of their own.
 */
Datum
control_list_screening_query(PG_FUNCTION_ARGS)
{
	Protection *protection;
	Relation	relation;
	const Source *code;
	Oid			date;
	Datum		arguments[SCREENED_ROLES];
	Datum		values[7] = {0};
	bool		nulls[7] = {false};

	if (PG_ARGISNULL(0))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("the protected table must not be null")));
	relation = protection_open(PG_GETARG_OID(0), &protection);
	code = &protection->sources[ROLE_HS_CODE];
	date = protection->sources[ROLE_SHIP_DATE].type;
	for (int i = 0; i < SCREENED_ROLES; i++)
		arguments[i] = CStringGetTextDatum(expression(protection, (Role) i));
	values[0] = CStringGetTextDatum(joins_of(protection));
	values[1] = PointerGetDatum(construct_array(arguments, SCREENED_ROLES, TEXTOID, -1, false, TYPALIGN_INT));
	values[2] = BoolGetDatum(!OidIsValid(date) || date == TIMESTAMPTZOID);
	/* a text may be spelt in many ways, of which an index knows nothing */
	nulls[3] = code->kind != SOURCE_COLUMN || protection->code_is_text;
	if (!nulls[3])
		values[3] = CStringGetTextDatum(column_name("o", protection->relation, code->column));
	nulls[4] = protection->verdict_column == InvalidAttrNumber;
	if (!nulls[4])
		values[4] = CStringGetTextDatum(column_name("o", protection->relation, protection->verdict_column));
	values[5] = BoolGetDatum(protection->sources[ROLE_LICENSES].kind != SOURCE_NONE);
	values[6] = BoolGetDatum(protection->sources[ROLE_SHIP_DATE].kind != SOURCE_NONE);
	table_close(relation, NoLock);
	return protection_result(fcinfo, values, nulls);
}
