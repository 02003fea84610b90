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

#include "screen/evidence.h"
#include "screen/protection.h"

#include "miscadmin.h"
#include "utils/guc.h"
#include "utils/memutils.h"

PG_MODULE_MAGIC;

void		_PG_init(void);

static char *tariff_setting;
Territory	default_tariff;
int			max_rulebook_memory;

/* What cannot be read is no tariff, so that codes count with six digits. */
static void
assign_tariff(const char *value, void *extra pg_attribute_unused())
{
	(void) jurisdiction_read(value, (int) strlen(value), &default_tariff);
}

/* what may take long in src/hs, which knows no server */
static void
check_for_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

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
							   assign_tariff,
							   NULL);
	DefineCustomIntVariable("control_list.max_rulebook_memory",
							"Memory that one compiled state of the control lists may use.",
							"A larger one is an error. A backend keeps up to three, and beside each up to 16 MB of what it has found lately; the nomenclature has the same limit for itself.",
							&max_rulebook_memory,
							256 * 1024,
							64,
							MAX_KILOBYTES,
							PGC_SUSET,
							GUC_UNIT_KB,
							NULL,
							NULL,
							NULL);
	DefineCustomBoolVariable("control_list.log_blocked",
							 "Writes a line of JSON to the server log for each row that is refused.",
							 "A refused row leaves no record in control_list.screening_log.",
							 &log_blocked,
							 true,
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
	hs_interrupt = check_for_interrupts;
	rulebook_cache_init();
	protection_init();
}
