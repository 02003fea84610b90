/*-------------------------------------------------------------------------
 *
 * compile.c
 *	  Puts a rulebook together from lists and entries as they are read.
 *
 * Sets of destinations are interned while entries come in; most entries have one of
 * few.  In the end the intervals are sorted, and each gets the greatest end of the
 * subtree of which it is the middle (lookup.c).
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "rulebook.h"

#include "catalog/pg_collation.h"
#include "common/hashfn.h"
#include "utils/memutils.h"
#include "utils/varlena.h"

/* where arrays and the hash table of sets begin; a power of two */
#define FIRST_CAPACITY 256

/* headings of four digits, from 0000 */
#define HEADING_COUNT 10000

/* small values share blocks of memory; larger ones have their own */
#define BLOCK_SIZE ((Size) 8 * 1024)

struct RulebookBuilder
{
	Rulebook   *rulebook;
	MemoryContext scratch;		/* for what only the builder needs */
	bool		is_part;		/* there are more entries than those that come */
	Size		list_capacity;
	Size		entry_capacity;
	Size		interval_capacity;
	Size		set_capacity;
	uint32		slot_count;		/* at least twice the number of sets */
	uint32	   *slots;			/* number of a set + 1, 0: free */
	int		   *lists_by_bytes; /* numbers of lists in the order of the bytes of their codes */
	char	   *block;			/* the free end of the last block */
	Size		block_left;
};

void
rulebook_check_memory(Size used)
{
	if (used > (Size) max_rulebook_memory * 1024)
		ereport(ERROR,
				(errcode(ERRCODE_CONFIGURATION_LIMIT_EXCEEDED),
				 errmsg("control lists need more memory than control_list.max_rulebook_memory allows"),
				 errdetail("The limit is %d kB.", max_rulebook_memory),
				 errhint("Raise control_list.max_rulebook_memory, or disable lists that nobody needs.")));
}

/* Makes room for one more element and counts it; returns the array. */
static void *
add_room(RulebookBuilder *builder, void *array, Size element, int *count, Size *capacity)
{
	if ((Size) *count < *capacity && array != NULL)
	{
		(*count)++;
		return array;
	}
	if (array != NULL || *capacity == 0)
		*capacity = Max(*capacity * 2, FIRST_CAPACITY);
	if (array == NULL)
		array = MemoryContextAllocHuge(builder->rulebook->context, *capacity * element);
	else
		array = repalloc_huge(array, *capacity * element);
	rulebook_check_memory(MemoryContextMemAllocated(builder->rulebook->context, true));
	(*count)++;
	return array;
}

RulebookBuilder *
builder_begin(MemoryContext parent, double entries, bool is_part)
{
	MemoryContext context = AllocSetContextCreate(parent, "control_list rulebook",
												  ALLOCSET_DEFAULT_SIZES);
	RulebookBuilder *builder = (RulebookBuilder *) palloc0(sizeof(RulebookBuilder));
	Rulebook   *rulebook = (Rulebook *) MemoryContextAllocZero(context, sizeof(Rulebook));

	rulebook->context = context;
	if (is_part)
		MemoryContextSetIdentifier(context, "part");
	builder->rulebook = rulebook;
	builder->scratch = CurrentMemoryContext;
	builder->is_part = is_part;
	builder->entry_capacity = builder->interval_capacity =
		(Size) Min(entries, max_rulebook_memory * 1024.0 / 4 / (sizeof(RuleEntry) + sizeof(RuleInterval)));
	builder->slot_count = 2 * FIRST_CAPACITY;
	builder->slots = (uint32 *) palloc0(builder->slot_count * sizeof(uint32));
	builder_destinations(builder, true, NULL, 0);
	return builder;
}

MemoryContext
builder_context(RulebookBuilder *builder)
{
	return builder->rulebook->context;
}

void *
builder_copy(RulebookBuilder *builder, const void *bytes, Size size)
{
	MemoryContext context = builder->rulebook->context;
	Size		aligned = INTALIGN(size);
	void	   *copy = builder->block;

	if (aligned > BLOCK_SIZE / 8)
		return memcpy(MemoryContextAlloc(context, size), bytes, size);
	if (aligned > builder->block_left)
	{
		copy = builder->block = (char *) MemoryContextAlloc(context, BLOCK_SIZE);
		builder->block_left = BLOCK_SIZE;
	}
	builder->block += aligned;
	builder->block_left -= aligned;
	return memcpy(copy, bytes, size);
}

/* ---- sets of destinations ---- */

static int
compare_territories(const void *a, const void *b)
{
	Territory	x = *(const Territory *) a;
	Territory	y = *(const Territory *) b;

	return (x > y) - (x < y);
}

static uint32
hash_territories(const Territory *territories, int count)
{
	return hash_bytes((const unsigned char *) territories, count * (int) sizeof(Territory));
}

/* The slot of an equal set, or the free one where it belongs. */
static uint32 *
find_slot(RulebookBuilder *builder, bool everywhere, const Territory *territories, int count)
{
	uint32		mask = builder->slot_count - 1;
	uint32		slot = hash_territories(territories, count) & mask;

	while (builder->slots[slot] != 0)
	{
		DestinationSet *set = &builder->rulebook->sets[builder->slots[slot] - 1];

		if (set->everywhere == everywhere && set->count == count &&
			memcmp(set->territories, territories, sizeof(Territory) * count) == 0)
			break;
		slot = (slot + 1) & mask;
	}
	return &builder->slots[slot];
}

static void
grow_slots(RulebookBuilder *builder)
{
	builder->slot_count *= 2;
	pfree(builder->slots);
	builder->slots = (uint32 *) MemoryContextAllocZero(builder->scratch, builder->slot_count * sizeof(uint32));
	for (int i = 0; i < builder->rulebook->set_count; i++)
	{
		DestinationSet *set = &builder->rulebook->sets[i];

		*find_slot(builder, set->everywhere, set->territories, set->count) = (uint32) i + 1;
	}
}

static void
add_set(RulebookBuilder *builder, bool everywhere, const Territory *territories, int count)
{
	Rulebook   *rulebook = builder->rulebook;
	Territory  *copy = (Territory *) MemoryContextAlloc(rulebook->context, sizeof(Territory) * Max(count, 1));
	DestinationSet *set;

	if (count > 0)
		memcpy(copy, territories, sizeof(Territory) * count);
	rulebook->sets = (DestinationSet *) add_room(builder, rulebook->sets, sizeof(DestinationSet),
												 &rulebook->set_count, &builder->set_capacity);
	set = &rulebook->sets[rulebook->set_count - 1];
	memset(set, 0, sizeof(DestinationSet));
	set->everywhere = everywhere;
	set->count = count;
	set->territories = copy;
	for (int i = 0; i < count; i++)
	{
		uint32		country = copy[i] >> 16;
		uint64	   *words = territory_is_subdivision(copy[i]) ? set->parted : set->listed;

		words[country / 64] |= UINT64CONST(1) << (country % 64);
	}
}

uint32
builder_destinations(RulebookBuilder *builder, bool everywhere, Territory *territories, int count)
{
	uint32	   *slot;
	int			distinct = 0;

	if (everywhere)
		count = 0;
	if (count > 0)
		qsort(territories, count, sizeof(Territory), compare_territories);
	for (int i = 0; i < count; i++)
	{
		if (i == 0 || territories[i] != territories[i - 1])
			territories[distinct++] = territories[i];
	}

	slot = find_slot(builder, everywhere, territories, distinct);
	if (*slot == 0)
	{
		add_set(builder, everywhere, territories, distinct);
		*slot = (uint32) builder->rulebook->set_count;
		if ((uint32) builder->rulebook->set_count > builder->slot_count / 2)
		{
			grow_slots(builder);
			return (uint32) builder->rulebook->set_count - 1;
		}
	}
	return *slot - 1;
}

/* ---- lists and entries ---- */

static int
compare_texts(const text *a, const text *b)
{
	int			a_length = VARSIZE_ANY_EXHDR(a);
	int			b_length = VARSIZE_ANY_EXHDR(b);
	int			order = memcmp(VARDATA_ANY(a), VARDATA_ANY(b), Min(a_length, b_length));

	return order != 0 ? order : a_length - b_length;
}

static int
compare_numbers_of_lists(const void *a, const void *b, void *lists)
{
	return compare_texts(((RuleList *) lists)[*(const int *) a].code, ((RuleList *) lists)[*(const int *) b].code);
}

static int
compare_lists(const void *a, const void *b)
{
	text	   *x = ((const RuleList *) a)->code;
	text	   *y = ((const RuleList *) b)->code;

	return varstr_cmp(VARDATA_ANY(x), VARSIZE_ANY_EXHDR(x), VARDATA_ANY(y), VARSIZE_ANY_EXHDR(y), DEFAULT_COLLATION_OID);
}

/* Hits are shown as the database sorts texts, but to find a list its bytes will do. */
void
builder_sort_lists(RulebookBuilder *builder)
{
	Rulebook   *rulebook = builder->rulebook;

	builder->lists_by_bytes = (int *) MemoryContextAlloc(builder->scratch, sizeof(int) * ((Size) rulebook->list_count + 1));
	for (int i = 0; i < rulebook->list_count; i++)
		builder->lists_by_bytes[i] = i;
	if (rulebook->list_count == 0)
		return;
	qsort(rulebook->lists, rulebook->list_count, sizeof(RuleList), compare_lists);
	qsort_arg(builder->lists_by_bytes, rulebook->list_count, sizeof(int), compare_numbers_of_lists, rulebook->lists);
}

int
builder_find_list(RulebookBuilder *builder, const text *code)
{
	Rulebook   *rulebook = builder->rulebook;
	int			low = 0;
	int			high = rulebook->list_count;

	while (low < high)
	{
		int			middle = low + (high - low) / 2;
		int			list = builder->lists_by_bytes[middle];
		int			order = compare_texts(code, rulebook->lists[list].code);

		if (order == 0)
			return list;
		if (order > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return -1;
}

RuleList *
builder_list(RulebookBuilder *builder, int list)
{
	return &builder->rulebook->lists[list];
}

void
builder_add_list(RulebookBuilder *builder, const RuleList *list)
{
	Rulebook   *rulebook = builder->rulebook;

	rulebook->lists = (RuleList *) add_room(builder, rulebook->lists, sizeof(RuleList),
											&rulebook->list_count, &builder->list_capacity);
	rulebook->lists[rulebook->list_count - 1] = *list;
}

static void
add_interval(RulebookBuilder *builder, HsRange codes)
{
	Rulebook   *rulebook = builder->rulebook;
	RuleInterval *interval;

	rulebook->intervals = (RuleInterval *) add_room(builder, rulebook->intervals, sizeof(RuleInterval),
													&rulebook->interval_count, &builder->interval_capacity);
	interval = &rulebook->intervals[rulebook->interval_count - 1];
	interval->codes = codes;
	interval->last = codes.high;
	interval->entry = rulebook->entry_count - 1;
}

void
builder_add_entry(RulebookBuilder *builder, const RuleEntry *entry, HsSet except)
{
	Rulebook   *rulebook = builder->rulebook;

	rulebook->entries = (RuleEntry *) add_room(builder, rulebook->entries, sizeof(RuleEntry),
											   &rulebook->entry_count, &builder->entry_capacity);
	rulebook->entries[rulebook->entry_count - 1] = *entry;
	rulebook->lists[entry->list].has_entries = true;
	rulebook->has_entries = true;

	if (except.count == 0)
		add_interval(builder, entry->codes);
	else
	{
		HsRange    *ranges = (HsRange *) palloc(sizeof(HsRange) * ((Size) except.count + 1));
		int			count = hs_set_minus((HsSet) {1, &entry->codes}, except, ranges);

		for (int i = 0; i < count; i++)
			add_interval(builder, ranges[i]);
		pfree(ranges);
	}
}

/* ---- the end ---- */

/* destinations that a list, or an entry of it, names */
typedef struct Claim
{
	int			list;
	uint32		destinations;
} Claim;

static int
compare_claims(const void *a, const void *b)
{
	const Claim *x = (const Claim *) a;
	const Claim *y = (const Claim *) b;

	if (x->list != y->list)
		return x->list < y->list ? -1 : 1;
	return (x->destinations > y->destinations) - (x->destinations < y->destinations);
}

/* The claims of all lists that make none before some day, sorted and each once. */
static Claim *
collect_claims(Rulebook *rulebook, int *count)
{
	Size		most = (Size) rulebook->entry_count + 1;
	Claim	   *claims;
	int			all = 0;
	int			distinct = 0;

	for (int i = 0; i < rulebook->list_count; i++)
		most += rulebook->lists[i].destinations.count;
	claims = (Claim *) palloc_extended(sizeof(Claim) * most, MCXT_ALLOC_HUGE);
	for (int i = 0; i < rulebook->list_count; i++)
	{
		const RuleList *list = &rulebook->lists[i];

		for (int j = 0; j < list->destinations.count && list->enabled && list->known_from != DATEVAL_NOBEGIN; j++)
			claims[all++] = (Claim) {i, list->destinations.sets[j].destinations};
	}
	for (int i = 0; i < rulebook->entry_count && all > 0; i++)
	{
		RuleEntry  *entry = &rulebook->entries[i];

		if (rulebook->lists[entry->list].known_from != DATEVAL_NOBEGIN)
			claims[all++] = (Claim) {entry->list, entry->destinations};
	}
	qsort(claims, all, sizeof(Claim), compare_claims);
	for (int i = 0; i < all; i++)
	{
		if (i == 0 || compare_claims(&claims[i], &claims[i - 1]) != 0)
			claims[distinct++] = claims[i];
	}
	*count = distinct;
	return claims;
}

/* All the destinations of the claims of one list, as one set. */
static uint32
unite_claims(RulebookBuilder *builder, const Claim *claims, int count)
{
	Rulebook   *rulebook = builder->rulebook;
	Territory  *territories;
	Size		territory_count = 0;
	bool		everywhere = false;
	uint32		set;

	for (int i = 0; i < count; i++)
		territory_count += rulebook->sets[claims[i].destinations].count;
	territories = (Territory *) palloc_extended(sizeof(Territory) * (territory_count + 1), MCXT_ALLOC_HUGE);
	territory_count = 0;
	for (int i = 0; i < count; i++)
	{
		DestinationSet *claimed = &rulebook->sets[claims[i].destinations];

		everywhere |= claimed->everywhere;
		memcpy(territories + territory_count, claimed->territories, sizeof(Territory) * claimed->count);
		territory_count += claimed->count;
	}
	set = builder_destinations(builder, everywhere, territories, (int) territory_count);
	pfree(territories);
	return set;
}

static void
set_claims(RulebookBuilder *builder)
{
	int			count;
	Claim	   *claims = collect_claims(builder->rulebook, &count);

	for (int first = 0, next; first < count; first = next)
	{
		for (next = first + 1; next < count && claims[next].list == claims[first].list; next++)
			;
		builder->rulebook->lists[claims[first].list].claims = unite_claims(builder, &claims[first], next - first);
	}
	pfree(claims);
}

static inline int
compare_intervals(const RuleInterval *a, const RuleInterval *b)
{
	int			order = hs_range_compare(a->codes, b->codes);

	return order != 0 ? order : (a->entry > b->entry) - (a->entry < b->entry);
}

#define ST_SORT sort_intervals
#define ST_ELEMENT_TYPE RuleInterval
#define ST_COMPARE(a, b) compare_intervals(a, b)
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

/* The heading in which a range begins. */
static inline int
first_heading(const RuleInterval *interval)
{
	return (int) (interval->codes.low / hs_span(HS_HEADING_DIGITS));
}

/* Sorts many intervals: deals them out by heading, of which each has few, and sorts these. */
static void
sort_by_heading(RuleInterval *intervals, int count)
{
	int		   *next = (int *) palloc0(sizeof(int) * (HEADING_COUNT + 1));	/* where the next one of a heading goes */
	int		   *end = (int *) palloc(sizeof(int) * HEADING_COUNT);

	for (int i = 0; i < count; i++)
		next[first_heading(&intervals[i]) + 1]++;
	for (int heading = 0; heading < HEADING_COUNT; heading++)
		end[heading] = next[heading + 1] += next[heading];

	for (int heading = 0; heading < HEADING_COUNT; heading++)
	{
		/* what lies here and belongs elsewhere changes places with what lies there */
		while (next[heading] < end[heading])
		{
			RuleInterval *here = &intervals[next[heading]];
			int			belongs = first_heading(here);

			if (belongs != heading)
			{
				RuleInterval *there = &intervals[next[belongs]];
				RuleInterval other = *there;

				*there = *here;
				*here = other;
			}
			next[belongs]++;
		}
	}
	for (int heading = 0, first = 0; heading < HEADING_COUNT; first = end[heading++])
	{
		if (end[heading] - first > 1)
			sort_intervals(&intervals[first], end[heading] - first);
	}
	pfree(next);
	pfree(end);
}

/* The greatest end among intervals from 'low' to before 'high', noted in the middle. */
static int64
note_last(RuleInterval *intervals, int low, int high)
{
	int			middle = low + (high - low) / 2;
	int64		below_low;
	int64		below_high;

	if (low >= high)
		return 0;
	below_low = note_last(intervals, low, middle);
	below_high = note_last(intervals, middle + 1, high);
	intervals[middle].last = Max(intervals[middle].codes.high, Max(below_low, below_high));
	return intervals[middle].last;
}

/* Until when some list may have something to say of a country that it does not know. */
static void
note_claimed_from(Rulebook *rulebook, bool is_part)
{
	for (uint32 country = 0; country < COUNTRY_COUNT; country++)
		rulebook->claimed_from[country] = DATEVAL_NOBEGIN;
	for (int i = 0; i < rulebook->list_count; i++)
	{
		const RuleList *list = &rulebook->lists[i];
		const DestinationSet *claims = &rulebook->sets[list->claims];

		if (!list->enabled || list->known_from == DATEVAL_NOBEGIN)
			continue;
		for (uint32 country = 0; country < COUNTRY_COUNT; country++)
		{
			if (is_part || claims->everywhere || has_bit(claims->listed, country) || has_bit(claims->parted, country))
				rulebook->claimed_from[country] = Max(rulebook->claimed_from[country], list->known_from);
		}
	}
}

/* Which countries are named at all, and which sets name each. */
static void
index_countries(Rulebook *rulebook)
{
	rulebook->set_words = (rulebook->set_count + 63) / 64;
	rulebook->naming_sets = (uint64 *)
		MemoryContextAllocExtended(rulebook->context, sizeof(uint64) * COUNTRY_COUNT * (Size) rulebook->set_words,
								   MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	rulebook_check_memory(MemoryContextMemAllocated(rulebook->context, true));
	for (uint32 set = 0; set < (uint32) rulebook->set_count; set++)
	{
		const DestinationSet *destinations = &rulebook->sets[set];
		uint64		bit = UINT64CONST(1) << (set % 64);

		for (uint32 country = 0; country < COUNTRY_COUNT && destinations->everywhere; country++)
			rulebook->naming_sets[(Size) country * rulebook->set_words + set / 64] |= bit;
		for (int i = 0; i < destinations->count; i++)
			rulebook->naming_sets[(Size) (destinations->territories[i] >> 16) * rulebook->set_words + set / 64] |= bit;
	}
}

/* Gives a bit to each country that a set lists and that has none. */
static void
number_countries(Rulebook *rulebook, DestinationSet *set, int *count)
{
	set->numbered = set->everywhere ? PG_UINT32_MAX : 0;
	for (int i = 0; i < set->count; i++)
	{
		uint8	   *number = &rulebook->country_numbers[set->territories[i] >> 16];

		if (*number == UNLISTED_COUNTRY)
			*number = (uint8) ((*count)++ % UNLISTED_COUNTRY);
		set->numbered |= (uint32) 1 << *number;
	}
	rulebook->countries |= set->numbered;
}

static void
note_named_countries(RulebookBuilder *builder)
{
	Rulebook   *rulebook = builder->rulebook;
	bool	   *is_used = (bool *) MemoryContextAllocZero(builder->scratch, (Size) rulebook->set_count);
	int			count = 0;

	memset(rulebook->country_numbers, UNLISTED_COUNTRY, COUNTRY_COUNT);
	for (int i = 0; i < rulebook->entry_count; i++)
		is_used[rulebook->entries[i].destinations] = true;
	for (int set = 0; set < rulebook->set_count; set++)
	{
		if (is_used[set])
			number_countries(rulebook, &rulebook->sets[set], &count);
	}
	pfree(is_used);
}

/* Do all lists that have entries use the digits of one tariff, or of none? */
static void
compare_tariffs(Rulebook *rulebook)
{
	bool		is_first = true;

	for (int i = 0; i < rulebook->list_count; i++)
	{
		if (!rulebook->lists[i].has_entries)
			continue;
		rulebook->tariffs_differ |= !is_first && rulebook->lists[i].tariff != rulebook->tariff;
		rulebook->tariff = rulebook->lists[i].tariff;
		is_first = false;
	}
}

Rulebook *
builder_finish(RulebookBuilder *builder)
{
	Rulebook   *rulebook = builder->rulebook;

	set_claims(builder);
	note_claimed_from(rulebook, builder->is_part);
	index_countries(rulebook);
	note_named_countries(builder);
	compare_tariffs(rulebook);
	if (rulebook->interval_count < HEADING_COUNT / 4)
		sort_intervals(rulebook->intervals, rulebook->interval_count);
	else
		sort_by_heading(rulebook->intervals, rulebook->interval_count);
	note_last(rulebook->intervals, 0, rulebook->interval_count);
	rulebook_start_programs(rulebook);
	rulebook_check_memory(MemoryContextMemAllocated(rulebook->context, true));
	return rulebook;
}
