/*-------------------------------------------------------------------------
 *
 * gist_key.c
 *	  GiST for hscode, hsrange and hsmultirange: the keys and where they go.
 *
 * Every key is an hsrange.  A code becomes the range that it covers and can be had
 * back from it, since no two codes cover the same; a multirange becomes the range
 * around it and cannot.  The empty multirange becomes leaf 0, so that pages which
 * hold one are known by the beginning of their key.
 *
 * Tariff ranges are nested more than they are shifted: a chapter, headings in it,
 * subheadings in those.  Several keys of a page may hold a new range already, and
 * then the narrowest is the best, since the new one leaves it as it is and the
 * queries that will visit it are fewest.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/gist.h"

#include "relation.h"

PG_FUNCTION_INFO_V1(hscode_gist_compress);
PG_FUNCTION_INFO_V1(hscode_gist_fetch);
PG_FUNCTION_INFO_V1(hsmultirange_gist_compress);
PG_FUNCTION_INFO_V1(hsrange_gist_union);
PG_FUNCTION_INFO_V1(hsrange_gist_penalty);
PG_FUNCTION_INFO_V1(hsrange_gist_same);

static GISTENTRY *
entry_with_key(const GISTENTRY *entry, Datum key)
{
	GISTENTRY  *result = (GISTENTRY *) palloc(sizeof(GISTENTRY));

	gistentryinit(*result, key, entry->rel, entry->page, entry->offset, false);
	return result;
}

Datum
hscode_gist_compress(PG_FUNCTION_ARGS)
{
	GISTENTRY  *entry = (GISTENTRY *) PG_GETARG_POINTER(0);

	if (!entry->leafkey)
		PG_RETURN_POINTER(entry);
	PG_RETURN_POINTER(entry_with_key(entry, HsRangeGetDatum(hs_code_range(DatumGetHsCode(entry->key)))));
}

Datum
hscode_gist_fetch(PG_FUNCTION_ARGS)
{
	GISTENTRY  *entry = (GISTENTRY *) PG_GETARG_POINTER(0);
	HsCode		low;
	HsCode		high;

	/* what one code covers has two equal ends, and they are that code */
	hs_range_ends(*DatumGetHsRangeP(entry->key), &low, &high);
	PG_RETURN_POINTER(entry_with_key(entry, HsCodeGetDatum(low)));
}

Datum
hsmultirange_gist_compress(PG_FUNCTION_ARGS)
{
	GISTENTRY  *entry = (GISTENTRY *) PG_GETARG_POINTER(0);
	HsSet		set;

	if (!entry->leafkey)
		PG_RETURN_POINTER(entry);
	set = hs_multirange_set(DatumGetHsMultirangeP(entry->key));
	PG_RETURN_POINTER(entry_with_key(entry, HsRangeGetDatum(set.count > 0 ? hs_set_bounds(set) : HS_EMPTY_KEY)));
}

Datum
hsrange_gist_union(PG_FUNCTION_ARGS)
{
	GistEntryVector *entries = (GistEntryVector *) PG_GETARG_POINTER(0);
	int		   *size = (int *) PG_GETARG_POINTER(1);
	HsRange		around = *DatumGetHsRangeP(entries->vector[0].key);

	for (int i = 1; i < entries->n; i++)
		around = hs_range_around(around, *DatumGetHsRangeP(entries->vector[i].key));
	*size = sizeof(HsRange);
	PG_RETURN_HSRANGE(around);
}

/*
 * By how many leaves the key would have to grow; if by none, how large it is, as a
 * fraction of all leaves, which is less than any growth.
 */
Datum
hsrange_gist_penalty(PG_FUNCTION_ARGS)
{
	HsRange		key = *DatumGetHsRangeP(((GISTENTRY *) PG_GETARG_POINTER(0))->key);
	HsRange		added = *DatumGetHsRangeP(((GISTENTRY *) PG_GETARG_POINTER(1))->key);
	float	   *penalty = (float *) PG_GETARG_POINTER(2);
	HsRange		grown = hs_range_around(key, added);
	int64		growth = (grown.high - grown.low) - (key.high - key.low);

	*penalty = growth > 0 ? (float) growth : (float) (key.high - key.low) / (float) HS_LAST_LEAF;
	PG_RETURN_POINTER(penalty);
}

Datum
hsrange_gist_same(PG_FUNCTION_ARGS)
{
	bool	   *same = (bool *) PG_GETARG_POINTER(2);

	*same = hs_range_compare(PG_GETARG_HSRANGE(0), PG_GETARG_HSRANGE(1)) == 0;
	PG_RETURN_POINTER(same);
}
