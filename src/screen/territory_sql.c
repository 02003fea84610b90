/*-------------------------------------------------------------------------
 *
 * territory_sql.c
 *	  The functions of territory.c as SQL sees them.
 *
 * Only arguments and results are turned here; what is a territory, and the
 * form of a name, is decided in territory.c.  What cannot be read gives NULL,
 * never an error: it is data, and a screening has an answer for it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"

#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "hs/territory.h"

PG_FUNCTION_INFO_V1(control_list_territory);
PG_FUNCTION_INFO_V1(control_list_jurisdiction);
PG_FUNCTION_INFO_V1(control_list_is_known_subdivision);
PG_FUNCTION_INFO_V1(control_list_is_listable);
PG_FUNCTION_INFO_V1(control_list_country_name_form);

static text *
territory_to_text(Territory territory)
{
	char		buf[TERRITORY_TEXT_SIZE];
	int			length = territory_print(territory, buf);

	return cstring_to_text_with_len(buf, length);
}

/* control_list.territory(text) -> text */
Datum
control_list_territory(PG_FUNCTION_ARGS)
{
	text	   *arg = PG_GETARG_TEXT_PP(0);
	Territory	territory;

	if (!territory_read(VARDATA_ANY(arg), VARSIZE_ANY_EXHDR(arg), &territory))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(territory_to_text(territory));
}

/* control_list.jurisdiction(text) -> text */
Datum
control_list_jurisdiction(PG_FUNCTION_ARGS)
{
	text	   *arg = PG_GETARG_TEXT_PP(0);
	Territory	jurisdiction;

	if (!jurisdiction_read(VARDATA_ANY(arg), VARSIZE_ANY_EXHDR(arg), &jurisdiction))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(territory_to_text(jurisdiction));
}

/* control_list.is_known_subdivision(text) -> boolean */
Datum
control_list_is_known_subdivision(PG_FUNCTION_ARGS)
{
	text	   *arg = PG_GETARG_TEXT_PP(0);
	Territory	territory;

	PG_RETURN_BOOL(territory_read(VARDATA_ANY(arg), VARSIZE_ANY_EXHDR(arg), &territory) &&
				   territory_is_known_subdivision(territory));
}

/* control_list.is_listable(text) -> boolean */
Datum
control_list_is_listable(PG_FUNCTION_ARGS)
{
	text	   *arg = PG_GETARG_TEXT_PP(0);
	Territory	territory;

	PG_RETURN_BOOL(territory_read(VARDATA_ANY(arg), VARSIZE_ANY_EXHDR(arg), &territory) &&
				   (!territory_is_subdivision(territory) ||
					!territory_has_known_subdivisions(territory) ||
					territory_is_known_subdivision(territory)));
}

/*
 * control_list.country_name_form(text) -> text
 *
 * The form is the same in every encoding, so that names survive a dump that
 * is restored into another one.  The bytes of a SQL_ASCII database are taken
 * for UTF-8.
 */
Datum
control_list_country_name_form(PG_FUNCTION_ARGS)
{
	text	   *arg = PG_GETARG_TEXT_PP(0);
	char	   *name = VARDATA_ANY(arg);
	int			length = VARSIZE_ANY_EXHDR(arg);
	int			encoding = GetDatabaseEncoding();
	bool		convert = encoding != PG_UTF8 && encoding != PG_SQL_ASCII;
	char	   *form;

	if (convert && length > 0)
	{
		name = pg_server_to_any(name, length, PG_UTF8);
		length = (int) strlen(name);
	}

	form = palloc(length + 1);
	length = country_name_form(name, length, form);
	form[length] = '\0';

	if (convert && length > 0)
	{
		form = pg_any_to_server(form, length, PG_UTF8);
		length = (int) strlen(form);
	}
	PG_RETURN_TEXT_P(cstring_to_text_with_len(form, length));
}
