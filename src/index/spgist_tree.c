/*-------------------------------------------------------------------------
 *
 * spgist_tree.c
 *	  SP-GiST for hscode and hsrange: how the tree grows.  See spgist.h.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"

#include "spgist.h"

PG_FUNCTION_INFO_V1(hs_spgist_config);
PG_FUNCTION_INFO_V1(hscode_spgist_choose);
PG_FUNCTION_INFO_V1(hsrange_spgist_choose);
PG_FUNCTION_INFO_V1(hscode_spgist_picksplit);
PG_FUNCTION_INFO_V1(hsrange_spgist_picksplit);

static HsRange
hscode_range_of(Datum value)
{
	return hs_code_range(DatumGetHsCode(value));
}

static Datum
hscode_prefix_datum(EndsPrefix prefix)
{
	return HsCodeGetDatum(hs_code_make(prefix.ends.low, prefix.digits));
}

static EndsPrefix
hscode_prefix_of(Datum datum)
{
	HsCode		code = DatumGetHsCode(datum);
	EndsPrefix	prefix;

	prefix.ends.low = prefix.ends.high = hs_code_leaf(code);
	prefix.digits = hs_code_digits(code);
	return prefix;
}

static HsRange
hsrange_range_of(Datum value)
{
	return *DatumGetHsRangeP(value);
}

/* two prefixes fit where the two ends of a range do */
static Datum
hsrange_prefix_datum(EndsPrefix prefix)
{
	HsRange		codes;

	codes.low = hs_code_make(prefix.ends.low, prefix.digits);
	codes.high = hs_code_make(prefix.ends.high, prefix.digits);
	return HsRangeGetDatum(codes);
}

static EndsPrefix
hsrange_prefix_of(Datum datum)
{
	HsRange		codes = *DatumGetHsRangeP(datum);
	EndsPrefix	prefix;

	prefix.ends.low = hs_code_leaf(codes.low);
	prefix.ends.high = hs_code_leaf(codes.high);
	prefix.digits = hs_code_digits(codes.low);
	return prefix;
}

const EndsType hscode_ends = {
	hscode_range_of, hscode_prefix_datum, hscode_prefix_of, true
};

const EndsType hsrange_ends = {
	hsrange_range_of, hsrange_prefix_datum, hsrange_prefix_of, false
};

/* leaves and prefixes are of the type indexed; the values stay whole */
Datum
hs_spgist_config(PG_FUNCTION_ARGS)
{
	spgConfigIn *in = (spgConfigIn *) PG_GETARG_POINTER(0);
	spgConfigOut *out = (spgConfigOut *) PG_GETARG_POINTER(1);

	out->prefixType = in->attType;
	out->labelType = INT2OID;
	out->canReturnData = true;
	out->longValuesOK = false;
	PG_RETURN_VOID();
}

/* In how many of the first digits do two leaves agree?  At most so many. */
static int
common_digits(int64 a, int64 b, int most)
{
	while (most > 0 && a / hs_span(most) != b / hs_span(most))
		most--;
	return most;
}

/* The prefix shortened to what the range has in common with it. */
static EndsPrefix
common_prefix(EndsPrefix prefix, HsRange range)
{
	int			digits = common_digits(prefix.ends.low, range.low, prefix.digits);

	digits = common_digits(prefix.ends.high, range.high, digits);
	prefix.digits = digits;
	prefix.ends.low -= prefix.ends.low % hs_span(digits);
	prefix.ends.high -= prefix.ends.high % hs_span(digits);
	return prefix;
}

/* The digit after so many; all leaves count as having a zero after the last one. */
static int
digit_after(int64 leaf, int digits)
{
	return digits == HS_MAX_DIGITS ? 0 : (int) (leaf / hs_span(digits + 1) % 10);
}

static int16
label_of(HsRange range, int digits)
{
	return ENDS_LABEL(digit_after(range.low, digits), digit_after(range.high, digits));
}

/*
 * Puts a tuple with the given prefix and one node, labelled so, above the inner tuple,
 * which keeps its nodes and its prefix.
 */
static void
put_above(spgChooseOut *out, const EndsType *type, EndsPrefix prefix, int16 label, Datum old_prefix)
{
	out->resultType = spgSplitTuple;
	out->result.splitTuple.prefixHasPrefix = true;
	out->result.splitTuple.prefixPrefixDatum = type->prefix_datum(prefix);
	out->result.splitTuple.prefixNNodes = 1;
	out->result.splitTuple.prefixNodeLabels = (Datum *) palloc(sizeof(Datum));
	out->result.splitTuple.prefixNodeLabels[0] = Int16GetDatum(label);
	out->result.splitTuple.childNodeN = 0;
	out->result.splitTuple.postfixHasPrefix = true;
	out->result.splitTuple.postfixPrefixDatum = old_prefix;
}

/* The first node whose label is not less; labels are in ascending order. */
static int
find_node(const spgChooseIn *in, int16 label)
{
	int			node = 0;

	while (node < in->nNodes && DatumGetInt16(in->nodeLabels[node]) < label)
		node++;
	return node;
}

static void
choose(const spgChooseIn *in, spgChooseOut *out, const EndsType *type)
{
	HsRange		range = type->range_of(in->datum);
	EndsPrefix	prefix = type->prefix_of(in->prefixDatum);
	EndsPrefix	common = common_prefix(prefix, range);
	int16		label = label_of(range, prefix.digits);
	int			node = find_node(in, label);

	if (common.digits < prefix.digits)
	{
		/* a shorter prefix, below which the old one and the value part */
		put_above(out, type, common, label_of(prefix.ends, common.digits), in->prefixDatum);
	}
	else if (node < in->nNodes && DatumGetInt16(in->nodeLabels[node]) == label)
	{
		out->resultType = spgMatchNode;
		out->result.matchNode.nodeN = node;
		out->result.matchNode.levelAdd = 0;
		out->result.matchNode.restDatum = in->leafDatum;
	}
	else if (in->allTheSame)
	{
		/* cannot get another node, so goes below one that can; see spg_text_choose() */
		put_above(out, type, prefix, DatumGetInt16(in->nodeLabels[0]), in->prefixDatum);
	}
	else
	{
		out->resultType = spgAddNode;
		out->result.addNode.nodeLabel = Int16GetDatum(label);
		out->result.addNode.nodeN = node;
	}
}

static EndsPrefix
prefix_of_all(const spgPickSplitIn *in, const EndsType *type)
{
	EndsPrefix	prefix;

	prefix.ends = type->range_of(in->datums[0]);
	prefix.digits = HS_MAX_DIGITS;
	for (int i = 1; i < in->nTuples; i++)
		prefix = common_prefix(prefix, type->range_of(in->datums[i]));

	if (type->one_prefix)
	{
		HsRange		crosswise = {prefix.ends.high, prefix.ends.low};

		prefix = common_prefix(prefix, crosswise);
	}
	return prefix;
}

static void
picksplit(const spgPickSplitIn *in, spgPickSplitOut *out, const EndsType *type)
{
	EndsPrefix	prefix = prefix_of_all(in, type);
	int			nodes[ENDS_LABEL(9, 9) + 1];

	out->hasPrefix = true;
	out->prefixDatum = type->prefix_datum(prefix);
	out->nNodes = 0;
	out->nodeLabels = (Datum *) palloc(sizeof(Datum) * lengthof(nodes));
	out->mapTuplesToNodes = (int *) palloc(sizeof(int) * in->nTuples);
	out->leafTupleDatums = (Datum *) palloc(sizeof(Datum) * in->nTuples);

	/* which labels there are, and their nodes in ascending order */
	memset(nodes, -1, sizeof(nodes));
	for (int i = 0; i < in->nTuples; i++)
	{
		out->leafTupleDatums[i] = in->datums[i];
		nodes[label_of(type->range_of(in->datums[i]), prefix.digits)] = 0;
	}
	for (int label = 0; label < (int) lengthof(nodes); label++)
		if (nodes[label] == 0)
		{
			nodes[label] = out->nNodes;
			out->nodeLabels[out->nNodes++] = Int16GetDatum(label);
		}

	for (int i = 0; i < in->nTuples; i++)
		out->mapTuplesToNodes[i] = nodes[label_of(type->range_of(in->datums[i]), prefix.digits)];
}

Datum
hscode_spgist_choose(PG_FUNCTION_ARGS)
{
	choose((spgChooseIn *) PG_GETARG_POINTER(0), (spgChooseOut *) PG_GETARG_POINTER(1), &hscode_ends);
	PG_RETURN_VOID();
}

Datum
hsrange_spgist_choose(PG_FUNCTION_ARGS)
{
	choose((spgChooseIn *) PG_GETARG_POINTER(0), (spgChooseOut *) PG_GETARG_POINTER(1), &hsrange_ends);
	PG_RETURN_VOID();
}

Datum
hscode_spgist_picksplit(PG_FUNCTION_ARGS)
{
	picksplit((spgPickSplitIn *) PG_GETARG_POINTER(0), (spgPickSplitOut *) PG_GETARG_POINTER(1), &hscode_ends);
	PG_RETURN_VOID();
}

Datum
hsrange_spgist_picksplit(PG_FUNCTION_ARGS)
{
	picksplit((spgPickSplitIn *) PG_GETARG_POINTER(0), (spgPickSplitOut *) PG_GETARG_POINTER(1), &hsrange_ends);
	PG_RETURN_VOID();
}
