/*-------------------------------------------------------------------------
 *
 * spgist_scan.c
 *	  SP-GiST for hscode and hsrange: which paths and values match?  See spgist.h.
 *
 * The path to a node tells how both ends of all values below begin, that is, between
 * which leaves they lie; relation.h says whether such values may match.  Leaf values
 * are whole, so nothing is reconstructed on the way and nothing is rechecked.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "spgist.h"

PG_FUNCTION_INFO_V1(hscode_spgist_inner_consistent);
PG_FUNCTION_INFO_V1(hsrange_spgist_inner_consistent);
PG_FUNCTION_INFO_V1(hscode_spgist_leaf_consistent);
PG_FUNCTION_INFO_V1(hsrange_spgist_leaf_consistent);

/* The leaves that begin with a prefix and then a digit, which is worth so much. */
static inline HsRange
leaves_below(int64 prefix, int digit, int64 span)
{
	HsRange		leaves;

	leaves.low = prefix + digit * span;
	leaves.high = leaves.low + span - 1;
	return leaves;
}

static void
inner_consistent(const spgInnerConsistentIn *in, spgInnerConsistentOut *out, const EndsType *type)
{
	EndsPrefix	prefix = type->prefix_of(in->prefixDatum);
	int64		span = hs_span(Min(prefix.digits + 1, HS_MAX_DIGITS));
	HsQuery    *queries = (HsQuery *) palloc(sizeof(HsQuery) * in->nkeys);

	for (int i = 0; i < in->nkeys; i++)
		hs_query_read(&queries[i], in->scankeys[i].sk_argument, in->scankeys[i].sk_strategy);

	out->nNodes = 0;
	out->nodeNumbers = (int *) palloc(sizeof(int) * in->nNodes);
	for (int node = 0; node < in->nNodes; node++)
	{
		int16		label = DatumGetInt16(in->nodeLabels[node]);
		HsBox		box;
		bool		may_match = true;

		box.low = leaves_below(prefix.ends.low, ENDS_LABEL_LOW(label), span);
		box.high = leaves_below(prefix.ends.high, ENDS_LABEL_HIGH(label), span);
		/* chapter 00 stands for empty multiranges, and there are none here */
		box.low.low = Max(box.low.low, HS_FIRST_LEAF);

		for (int i = 0; i < in->nkeys && may_match; i++)
			may_match = hs_box_may_match(box, &queries[i]);
		if (may_match)
			out->nodeNumbers[out->nNodes++] = node;
	}
}

static bool
leaf_consistent(const spgLeafConsistentIn *in, spgLeafConsistentOut *out, HsRange range)
{
	out->recheck = false;
	out->leafValue = in->leafDatum;

	for (int i = 0; i < in->nkeys; i++)
	{
		HsQuery		query;

		hs_query_read(&query, in->scankeys[i].sk_argument, in->scankeys[i].sk_strategy);
		if (!hs_row_matches(range, &query))
			return false;
	}
	return true;
}

Datum
hscode_spgist_inner_consistent(PG_FUNCTION_ARGS)
{
	inner_consistent((spgInnerConsistentIn *) PG_GETARG_POINTER(0),
					 (spgInnerConsistentOut *) PG_GETARG_POINTER(1), &hscode_ends);
	PG_RETURN_VOID();
}

Datum
hsrange_spgist_inner_consistent(PG_FUNCTION_ARGS)
{
	inner_consistent((spgInnerConsistentIn *) PG_GETARG_POINTER(0),
					 (spgInnerConsistentOut *) PG_GETARG_POINTER(1), &hsrange_ends);
	PG_RETURN_VOID();
}

Datum
hscode_spgist_leaf_consistent(PG_FUNCTION_ARGS)
{
	spgLeafConsistentIn *in = (spgLeafConsistentIn *) PG_GETARG_POINTER(0);

	PG_RETURN_BOOL(leaf_consistent(in, (spgLeafConsistentOut *) PG_GETARG_POINTER(1),
								   hs_code_range(DatumGetHsCode(in->leafDatum))));
}

Datum
hsrange_spgist_leaf_consistent(PG_FUNCTION_ARGS)
{
	spgLeafConsistentIn *in = (spgLeafConsistentIn *) PG_GETARG_POINTER(0);

	PG_RETURN_BOOL(leaf_consistent(in, (spgLeafConsistentOut *) PG_GETARG_POINTER(1),
								   *DatumGetHsRangeP(in->leafDatum)));
}
