/*-------------------------------------------------------------------------
 *
 * sort.c
 *	  Sort support: comparisons that the sorter calls without fmgr.
 *
 * Codes compare as the integers that they are.  Ranges are sorted by their first
 * leaf as an abbreviated key and compared in full where that is equal; the leaf is
 * all of the order but ties, so abbreviation never has to be given up.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/sortsupport.h"

#include "type.h"

PG_FUNCTION_INFO_V1(hscode_sortsupport);
PG_FUNCTION_INFO_V1(hsrange_sortsupport);
PG_FUNCTION_INFO_V1(hsmultirange_sortsupport);

#if SIZEOF_DATUM < 8 || PG_VERSION_NUM < 150000
static int
compare_codes(Datum a, Datum b, SortSupport ssup)
{
	HsCode		x = DatumGetHsCode(a);
	HsCode		y = DatumGetHsCode(b);

	(void) ssup;
	return (x > y) - (x < y);
}
#else
/* the sorter has a faster path for this one */
#define compare_codes ssup_datum_signed_cmp
#endif

static int
compare_ranges(Datum a, Datum b, SortSupport ssup)
{
	(void) ssup;
	return hs_range_compare(*DatumGetHsRangeP(a), *DatumGetHsRangeP(b));
}

static int
compare_multiranges(Datum a, Datum b, SortSupport ssup)
{
	(void) ssup;
	return hs_multirange_compare(a, b);
}

Datum
hscode_sortsupport(PG_FUNCTION_ARGS)
{
	SortSupport ssup = (SortSupport) PG_GETARG_POINTER(0);

	ssup->comparator = compare_codes;
	PG_RETURN_VOID();
}

#if SIZEOF_DATUM >= 8
static Datum
abbreviate_range(Datum original, SortSupport ssup)
{
	(void) ssup;
	return Int64GetDatum(DatumGetHsRangeP(original)->low);
}

static bool
never_abort(int count, SortSupport ssup)
{
	(void) count;
	(void) ssup;
	return false;
}
#endif

Datum
hsrange_sortsupport(PG_FUNCTION_ARGS)
{
	SortSupport ssup = (SortSupport) PG_GETARG_POINTER(0);

	ssup->comparator = compare_ranges;
#if SIZEOF_DATUM >= 8
	if (ssup->abbreviate)
	{
		ssup->abbrev_full_comparator = compare_ranges;
		ssup->comparator = compare_codes;	/* leaves are integers, too */
		ssup->abbrev_converter = abbreviate_range;
		ssup->abbrev_abort = never_abort;
	}
#endif
	PG_RETURN_VOID();
}

Datum
hsmultirange_sortsupport(PG_FUNCTION_ARGS)
{
	SortSupport ssup = (SortSupport) PG_GETARG_POINTER(0);

	ssup->comparator = compare_multiranges;
	PG_RETURN_VOID();
}
