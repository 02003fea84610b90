/*-------------------------------------------------------------------------
 *
 * typanalyze.c
 *	  What ANALYZE keeps for columns of codes and ranges.
 *
 * The nomenclature has some 1,200 headings and 5,600 subheadings, and queries ask
 * for one of them.  The hundred values that ANALYZE keeps for an ordinary column
 * resolve chapters, not headings, so a column whose target nobody has set gets a
 * multiple of default_statistics_target, and with it a larger sample.
 *
 * Still, a histogram is cut where rows are many, not where headings begin, and to
 * interpolate between its bounds means to spread rows over codes that do not exist:
 * most numbers are no code.  So beside the server's own statistics a column gets a
 * profile: how many rows begin in each subheading, or in each prefix of the length
 * that the room admits.  Most common values are counted elsewhere and left out.
 *
 * Columns of sets are analyzed by the server alone: their values are wide, and a
 * thousand of them would make statistics that cost more than they tell.
 *
 * The profile is a slot of pg_statistic of a kind of its own:
 *		values	the prefixes, as the numbers of their codes, ascending, packed into one
 *				bytea: to take an array of them apart costs the planner more than the
 *				rest of its work on a short query
 *		numbers	for each, the fraction of the rest of the column, that is of what
 *				is neither NULL nor a most common value, that begins before it
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "commands/vacuum.h"
#include "miscadmin.h"

#include "planner.h"

PG_FUNCTION_INFO_V1(hs_typanalyze);

#define TARGET_FACTOR	10
#define MAX_TARGET		10000	/* as ALTER TABLE ... SET STATISTICS has it */

/* how many prefixes a profile may have for each value of the target */
#define PREFIXES_PER_TARGET 10

/* 17 moved the target out of the attribute */
#if PG_VERSION_NUM >= 170000
#define STATISTICS_TARGET(stats) ((stats)->attstattarget)
#else
#define STATISTICS_TARGET(stats) ((stats)->attr->attstattarget)
#endif

/* the server's own way, which the profile is added to */
typedef struct ServerAnalyze
{
	AnalyzeAttrComputeStatsFunc compute_stats;
	void	   *extra_data;
} ServerAnalyze;

typedef struct Values
{
	HsRange    *ranges;
	int			count;
} Values;

static HsRange
datum_range(int length, Datum value)
{
	return hs_kind_of_length(length) == HS_KIND_CODE ?
		hs_code_range(DatumGetHsCode(value)) : *DatumGetHsRangeP(value);
}

/* The most common values that the server has found, sorted. */
static Values
common_values(VacAttrStats *stats)
{
	Values		common = {NULL, 0};

	for (int slot = 0; slot < STATISTIC_NUM_SLOTS; slot++)
	{
		if (stats->stakind[slot] != STATISTIC_KIND_MCV)
			continue;
		common.count = stats->numvalues[slot];
		common.ranges = (HsRange *) palloc(sizeof(HsRange) * common.count);
		for (int i = 0; i < common.count; i++)
			common.ranges[i] = datum_range(stats->attrtype->typlen,
										   stats->stavalues[slot][i]);
		qsort(common.ranges, common.count, sizeof(HsRange), hs_range_qsort_compare);
	}
	return common;
}

/* The rest of the sample, sorted. */
static Values
rest_values(VacAttrStats *stats, AnalyzeAttrFetchFunc fetch, int sample_rows)
{
	Values		common = common_values(stats);
	Values		rest;

	rest.count = 0;
	rest.ranges = (HsRange *) palloc(sizeof(HsRange) * sample_rows);
	for (int i = 0; i < sample_rows; i++)
	{
		bool		is_null;
		Datum		value = fetch(stats, i, &is_null);
		HsRange		range;

		CHECK_FOR_INTERRUPTS();
		if (is_null)
			continue;
		range = datum_range(stats->attrtype->typlen, value);
		if (common.count == 0 ||
			bsearch(&range, common.ranges, common.count, sizeof(HsRange), hs_range_qsort_compare) == NULL)
			rest.ranges[rest.count++] = range;
	}
	qsort(rest.ranges, rest.count, sizeof(HsRange), hs_range_qsort_compare);
	return rest;
}

/* How many prefixes of so many digits the values begin in. */
static int
count_prefixes(Values values, int digits)
{
	int64		span = hs_span(digits);
	int			count = 0;

	for (int i = 0; i < values.count; i++)
		count += i == 0 ||
			values.ranges[i].low / span != values.ranges[i - 1].low / span;
	return count;
}

/* The longest prefixes that are not too many. */
static int
choose_digits(Values values, int most)
{
	int			digits = HS_MAX_DIGITS;

	while (digits > HS_CHAPTER_DIGITS && count_prefixes(values, digits) > most)
		digits--;
	return digits;
}

/* Fills a slot with the profile of sorted values. */
static void
store_profile(VacAttrStats *stats, int slot, Values values, int digits)
{
	int			count = count_prefixes(values, digits);
	int64		span = hs_span(digits);
	MemoryContext old = MemoryContextSwitchTo(stats->anl_context);
	float4	   *numbers = (float4 *) palloc(sizeof(float4) * count);
	Size		size = VARHDRSZ + sizeof(HsCode) * count;
	bytea	   *prefixes = (bytea *) palloc(size);
	Datum	   *packed = (Datum *) palloc(sizeof(Datum));
	int			filled = 0;

	SET_VARSIZE(prefixes, size);
	packed[0] = PointerGetDatum(prefixes);

	for (int i = 0; i < values.count; i++)
	{
		int64		low = values.ranges[i].low;
		HsCode		prefix = hs_code_make(low - low % span, digits);

		if (i > 0 && low / span == values.ranges[i - 1].low / span)
			continue;
		memcpy(VARDATA(prefixes) + sizeof(HsCode) * filled, &prefix, sizeof(HsCode));
		numbers[filled++] = (float4) i / values.count;
	}
	MemoryContextSwitchTo(old);

	stats->stakind[slot] = HS_STATISTIC_KIND_PROFILE;
	stats->stanumbers[slot] = numbers;
	stats->numnumbers[slot] = count;
	stats->stavalues[slot] = packed;
	stats->numvalues[slot] = 1;
	stats->statypid[slot] = BYTEAOID;
	stats->statyplen[slot] = -1;
	stats->statypbyval[slot] = false;
	stats->statypalign[slot] = TYPALIGN_INT;
}

static void
compute_stats(VacAttrStatsP stats, AnalyzeAttrFetchFunc fetch, int sample_rows,
			  double total_rows)
{
	ServerAnalyze *server = (ServerAnalyze *) stats->extra_data;
	int			slot = 0;
	Values		values;

	stats->extra_data = server->extra_data;
	server->compute_stats(stats, fetch, sample_rows, total_rows);
	stats->extra_data = server;

	while (slot < STATISTIC_NUM_SLOTS && stats->stakind[slot] != 0)
		slot++;
	if (!stats->stats_valid || slot == STATISTIC_NUM_SLOTS)
		return;
	values = rest_values(stats, fetch, sample_rows);
	if (values.count > 0)
		store_profile(stats, slot, values,
					  choose_digits(values, PREFIXES_PER_TARGET * STATISTICS_TARGET(stats)));
}

Datum
hs_typanalyze(PG_FUNCTION_ARGS)
{
	VacAttrStats *stats = (VacAttrStats *) PG_GETARG_POINTER(0);
	ServerAnalyze *server;

	if (STATISTICS_TARGET(stats) < 0)
		STATISTICS_TARGET(stats) = Min(TARGET_FACTOR * default_statistics_target, MAX_TARGET);
	if (!std_typanalyze(stats))
		PG_RETURN_BOOL(false);

	server = (ServerAnalyze *) palloc(sizeof(ServerAnalyze));
	server->compute_stats = stats->compute_stats;
	server->extra_data = stats->extra_data;
	stats->compute_stats = compute_stats;
	stats->extra_data = server;
	PG_RETURN_BOOL(true);
}
