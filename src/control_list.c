/*-------------------------------------------------------------------------
 *
 * control_list.c
 *	  What the server calls when it loads the library, and the settings.
 *
 * Settings are PGC_SUSET: they change what triggers and constraints decide, so a
 * clerk must not have them.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "compat.h"

#include "utils/guc.h"

PG_MODULE_MAGIC;

void		_PG_init(void);

static char *tariff_setting;

void
_PG_init(void)
{
	DefineCustomStringVariable("control_list.tariff",
							   "Tariff whose digits beyond six the screened codes use.",
							   "A country such as KR, used where a screening is not told another; "
							   "empty: codes count with six digits.",
							   &tariff_setting,
							   "",
							   PGC_SUSET,
							   0,
							   NULL,
							   NULL,
							   NULL);
#if PG_VERSION_NUM >= 150000
	MarkGUCPrefixReserved("control_list");
#else
	EmitWarningsOnPlaceholders("control_list");
#endif
}
