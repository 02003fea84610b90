/*-------------------------------------------------------------------------
 *
 * lookup.c
 *	  What a code meets in a rulebook.
 *
 * Intervals overlap (a heading, its subheadings, the same item of several lists), so
 * they are kept as an interval tree without pointers: sorted by their first leaf,
 * the middle of an array being the root and the halves beside it the subtrees.  Each
 * knows the greatest end below it, so whatever ends before a code begins is passed by.
 *
 * What has been found becomes the program of the code.  Nomenclatures are small, and
 * two million shipments have a few thousand codes; a scan of more codes than are
 * kept begins again from time to time.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "rulebook.h"

#include "miscadmin.h"
#include "utils/memutils.h"

/* programs kept at most, in number and in bytes, and room for them to begin with; two slots for a program */
#define MOST_PROGRAMS	32768
#define MOST_BYTES		((Size) 8 * 1024 * 1024)
#define FIRST_BYTES		((Size) 8 * 1024)
#define FIRST_SLOTS_LOG	6

/* ---- territories ---- */

Match
set_match_subdivision(const DestinationSet *set, Territory territory)
{
	int			low = 0;
	int			high = set->count;

	while (low < high)
	{
		int			middle = low + (high - low) / 2;

		if (set->territories[middle] == territory)
			return MATCH_FULL;
		if (set->territories[middle] < territory)
			low = middle + 1;
		else
			high = middle;
	}
	/* one of which nothing is known may be part of another, or have another name */
	return territory_is_known_subdivision(territory) ? MATCH_NONE : MATCH_PARTIAL;
}

/* ---- codes ---- */

/* a search for the entries that a code meets */
typedef struct Search
{
	const Rulebook *rulebook;
	bool		hidden;			/* the code hides the true heading */
	bool		only_covered;	/* the code is missing */
	HsRange		goods;			/* what the code says */
	HsRange		reach;			/* what it may mean */
	const Ancestor *ancestor;	/* that is looked at instead; NULL: none */
	int			count;
	int			capacity;
	EntryMatch *matches;
} Search;

static CodeMatch
match_interval(const Search *search, const RuleInterval *interval, const RuleEntry *entry)
{
	if (hs_range_contains(interval->codes, search->goods))
		return entry->ex ? CODE_EX : CODE_COVERED;
	if (search->hidden)
		return CODE_HIDDEN;
	if (!hs_range_overlaps(interval->codes, search->goods))
		return CODE_PADDED;
	return hs_range_contains(entry->codes, search->goods) ? CODE_EXCEPTED : CODE_BROADER;
}

static void
note_interval(Search *search, const RuleInterval *interval)
{
	EntryMatch	match = {.entry = interval->entry,.match = CODE_UNKNOWN,.from = DATEVAL_NOBEGIN,.until = DATEVAL_NOEND};

	if (search->ancestor != NULL)
	{
		match.ancestor = search->ancestor->codes;
		match.from = search->ancestor->from;
		match.until = search->ancestor->until;
	}
	else
		match.match = match_interval(search, interval, &search->rulebook->entries[interval->entry]);
	if (search->only_covered && match.match != CODE_COVERED)
		return;
	if (search->count == search->capacity)
	{
		search->capacity *= 2;
		search->matches = (EntryMatch *) repalloc_huge(search->matches,
													   sizeof(EntryMatch) * (Size) search->capacity);
	}
	search->matches[search->count++] = match;
}

/* Notes the intervals in a subtree that overlap the reach of the search. */
static void
search_subtree(Search *search, int low, int high)
{
	CHECK_FOR_INTERRUPTS();
	while (low < high)
	{
		int			middle = low + (high - low) / 2;
		const RuleInterval *interval = &search->rulebook->intervals[middle];

		if (interval->last < search->reach.low)
			return;
		search_subtree(search, low, middle);
		if (interval->codes.low > search->reach.high)
			return;
		if (interval->codes.high >= search->reach.low)
			note_interval(search, interval);
		low = middle + 1;
	}
}

static int
compare_matches(const void *a, const void *b)
{
	const EntryMatch *x = (const EntryMatch *) a;
	const EntryMatch *y = (const EntryMatch *) b;

	if (x->entry != y->entry)
		return x->entry < y->entry ? -1 : 1;
	if (x->match != y->match)
		return (int) x->match - (int) y->match;
	/* the widest ancestor first */
	if (x->ancestor.high - x->ancestor.low != y->ancestor.high - y->ancestor.low)
		return x->ancestor.high - x->ancestor.low > y->ancestor.high - y->ancestor.low ? -1 : 1;
	return (x->from > y->from) - (x->from < y->from);
}

/* What the nomenclature may mean by a code that it does not have. */
static void
search_ancestors(Search *search, HsCode code)
{
	Ancestor   *ancestors;
	int			count = nomenclature_ancestors(search->rulebook->nomenclature, code, &ancestors);

	for (int i = 0; i < count; i++)
	{
		search->ancestor = &ancestors[i];
		search->reach = ancestors[i].codes;
		search_subtree(search, 0, search->rulebook->interval_count);
	}
}

/* All matches of a code, an entry with exceptions perhaps several times. */
static void
search_code(Search *search, const Rulebook *rulebook, HsCode code, bool own)
{
	HsRange		all = {HS_FIRST_LEAF, HS_LAST_LEAF};

	search->rulebook = rulebook;
	search->only_covered = code == HS_NO_CODE;
	search->hidden = code != HS_NO_CODE && !own && hides_heading(code);
	search->goods = code == HS_NO_CODE ? all : hs_code_range(code);
	search->reach = code == HS_NO_CODE || search->hidden ? all : hs_code_range(hs_code_strip_zeros(code));
	search->ancestor = NULL;
	search->count = 0;
	search->capacity = 16;
	search->matches = (EntryMatch *) palloc(sizeof(EntryMatch) * search->capacity);
	search_subtree(search, 0, rulebook->interval_count);
	if (rulebook->nomenclature != NULL && code != HS_NO_CODE && !search->hidden)
		search_ancestors(search, code);
}

/* Does a match say nothing that the one before, of the same entry, does not say? */
static bool
is_repeated(EntryMatch before, EntryMatch match)
{
	return before.entry == match.entry && before.from <= match.from && match.until <= before.until;
}

EntryMatch *
rulebook_matches(const Rulebook *rulebook, HsCode code, bool own, int *count)
{
	Search		search;
	int			distinct = 0;

	search_code(&search, rulebook, code, own);
	/* the best match of an entry counts */
	qsort(search.matches, search.count, sizeof(EntryMatch), compare_matches);
	for (int i = 0; i < search.count; i++)
	{
		if (distinct == 0 || !is_repeated(search.matches[distinct - 1], search.matches[i]))
			search.matches[distinct++] = search.matches[i];
	}
	*count = distinct;
	return search.matches;
}

/* ---- programs ---- */

/* By all but the days: the most severe first. */
static inline int
compare_tests(const Rule *x, const Rule *y)
{
	if (x->verdict != y->verdict)
		return x->verdict > y->verdict ? -1 : 1;
	if (x->destinations != y->destinations)
		return x->destinations < y->destinations ? -1 : 1;
	if (x->list != y->list)
		return x->list < y->list ? -1 : 1;
	return (x->entry > y->entry) - (x->entry < y->entry);
}

/* Rules that need the same tests are neighbours, by their first day. */
static inline int
compare_rules(const Rule *x, const Rule *y)
{
	int			order = compare_tests(x, y);

	return order != 0 ? order : (x->from > y->from) - (x->from < y->from);
}

/* Does the next rule in this order differ by its days only, and leave no day between? */
static inline bool
continues(const Rule *rule, const Rule *next)
{
	return compare_tests(rule, next) == 0 && next->from <= rule->until;
}

#define ST_SORT sort_rules
#define ST_ELEMENT_TYPE Rule
#define ST_COMPARE(a, b) compare_rules(a, b)
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

static Rule
make_rule(const Rulebook *rulebook, EntryMatch match)
{
	const RuleEntry *entry = &rulebook->entries[match.entry];
	Rule		rule;

	rule.verdict = match.match == CODE_COVERED ? entry->measure : REVIEW;
	rule.destinations = entry->destinations;
	rule.list = entry->list;
	rule.from = Max(entry->from, match.from);
	rule.until = Min(entry->until, match.until);
	rule.entry = entry->applies_if != NULL || entry->exempt_if != NULL ? match.entry : -1;
	return rule;
}

/* Room for a program of so many rules. */
static Program *
add_program(Rulebook *rulebook, int rule_count)
{
	Size		begin = rulebook->program_bytes;
	Size		end = begin + offsetof(Program, rules) + sizeof(Rule) * (Size) rule_count;

	if (end > rulebook->program_capacity)
	{
		Size		capacity = Max(rulebook->program_capacity * 2, end);

		rulebook->programs = (char *) repalloc_huge(rulebook->programs, capacity);
		rulebook->program_capacity = capacity;
	}
	rulebook->program_bytes = end;
	return (Program *) (rulebook->programs + begin);
}

/* The rules of a code.  That an entry matches in several ways does no harm: the best of its rules is tried first. */
static ProgramSlot
make_program(Rulebook *rulebook, HsCode code, bool own)
{
	ProgramSlot slot = {program_key(code, own), 0, 0};
	Search		search;
	Rule	   *rules;
	Program    *program;
	int			count = 0;

	search_code(&search, rulebook, code, own);
	rules = (Rule *) palloc_extended(sizeof(Rule) * ((Size) search.count + 1), MCXT_ALLOC_HUGE);
	for (int i = 0; i < search.count; i++)
		rules[i] = make_rule(rulebook, search.matches[i]);
	sort_rules(rules, search.count);
	for (int i = 0; i < search.count; i++)
	{
		if (count > 0 && continues(&rules[count - 1], &rules[i]))
			rules[count - 1].until = Max(rules[count - 1].until, rules[i].until);
		else
			rules[count++] = rules[i];
	}
	for (int i = 0; i < count; i++)
		slot.countries |= rulebook->sets[rules[i].destinations].numbered;

	program = add_program(rulebook, count);
	program->count = count;
	memcpy(program->rules, rules, sizeof(Rule) * (Size) count);
	slot.program = (uint32) ((char *) program - rulebook->programs);
	pfree(rules);
	pfree(search.matches);
	return slot;
}

/* Where a key is, or the free slot where it belongs. */
static ProgramSlot *
find_program_slot(Rulebook *rulebook, int64 key)
{
	uint32		mask = ((uint32) 1 << (64 - rulebook->slot_shift)) - 1;
	uint32		slot = program_slot(rulebook, key);

	while (rulebook->slots[slot].key != 0 && rulebook->slots[slot].key != key)
		slot = (slot + 1) & mask;
	return &rulebook->slots[slot];
}

/* New slots, all of them free, none of them in two lines of a cache. */
static void
make_slots(Rulebook *rulebook, int slots_log)
{
	rulebook->slot_memory = MemoryContextAllocZero(rulebook->context, (sizeof(ProgramSlot) << slots_log) + PG_CACHE_LINE_SIZE);
	rulebook->slots = (ProgramSlot *) CACHELINEALIGN(rulebook->slot_memory);
	rulebook->slot_shift = 64 - slots_log;
}

void
rulebook_start_programs(Rulebook *rulebook)
{
	rulebook->programs = (char *) MemoryContextAlloc(rulebook->context, FIRST_BYTES);
	rulebook->program_capacity = FIRST_BYTES;
	rulebook->program_bytes = 0;
	rulebook->program_count = 0;
	make_slots(rulebook, FIRST_SLOTS_LOG);
}

/* Makes room for one more program: forgets all, or makes the table larger. */
static void
make_room(Rulebook *rulebook)
{
	int			slots_log = 64 - rulebook->slot_shift;
	Size		slot_count = (Size) 1 << slots_log;
	ProgramSlot *old = rulebook->slots;
	void	   *old_memory = rulebook->slot_memory;

	if (rulebook->program_count >= MOST_PROGRAMS || rulebook->program_bytes > MOST_BYTES)
	{
		memset(old, 0, sizeof(ProgramSlot) * slot_count);
		rulebook->program_count = 0;
		rulebook->program_bytes = 0;
		if (rulebook->program_capacity > 2 * MOST_BYTES)
		{
			rulebook->programs = (char *) repalloc_huge(rulebook->programs, FIRST_BYTES);
			rulebook->program_capacity = FIRST_BYTES;
		}
	}
	else if ((Size) rulebook->program_count >= slot_count / 2)
	{
		make_slots(rulebook, slots_log + 1);
		for (Size i = 0; i < slot_count; i++)
		{
			if (old[i].key != 0)
				*find_program_slot(rulebook, old[i].key) = old[i];
		}
		pfree(old_memory);
	}
}

const ProgramSlot *
rulebook_find_program(Rulebook *rulebook, HsCode code, bool own)
{
	ProgramSlot *slot = find_program_slot(rulebook, program_key(code, own));

	if (slot->key == 0)
	{
		ProgramSlot made;

		make_room(rulebook);
		made = make_program(rulebook, code, own);
		slot = find_program_slot(rulebook, made.key);
		*slot = made;
		rulebook->program_count++;
	}
	return slot;
}
