/*-------------------------------------------------------------------------
 *
 * rulebook.h
 *	  All enabled lists, compiled for screening in the memory of a backend.
 *
 * A rulebook is made of three things: lists with their defaults, entries, and the
 * intervals of codes that entries cover.  Intervals are sorted and searched as a
 * tree (lookup.c), and what a code has found once is kept as a program: the rules
 * that a shipment of it has to be tried on, most severe first; those that differ by
 * their days only, and leave none between, are one.  So a screening costs a probe into
 * a hash table and a few comparisons, whatever the number of entries.
 *
 * Sets of destinations are interned; each is two bitmaps over countries and the
 * subdivisions that it lists.  A group whose members change with time is one set
 * before and another one after; an entry that names it stands there once for each.
 *
 * load.c reads the list tables by way of source.c, compile.c puts the rulebook together, lookup.c
 * answers, nomenclature.c knows which codes there are, and cache.c decides which rulebook
 * a snapshot may use; history.c keeps what changes, and catalog.c knows the tables and
 * triggers of the extension.  What a shipment is
 * and what its verdict means is none of the business of this layer.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CONTROL_LIST_RULEBOOK_H
#define CONTROL_LIST_RULEBOOK_H

#include "type/type.h"

#include "hs/territory.h"
#include "utils/date.h"
#include "utils/jsonpath.h"
#include "utils/rangetypes.h"
#include "utils/rel.h"
#include "utils/snapshot.h"
#include "utils/timestamp.h"
#include "utils/uuid.h"

/* the labels of screening_verdict, in their order */
typedef enum Verdict
{
	NOT_LISTED,
	LICENSED,
	REVIEW,
	INCOMPLETE,
	LICENSE_REQUIRED,
	PROHIBITED
} Verdict;

#define VERDICT_COUNT (PROHIBITED + 1)

extern const char *const verdict_names[VERDICT_COUNT];

typedef enum Match
{
	MATCH_NONE,
	MATCH_PARTIAL,
	MATCH_FULL
} Match;

/*
 * How the codes of an entry meet those of a shipment, the more certain first.  All
 * but the first are partial matches.
 */
typedef enum CodeMatch
{
	CODE_COVERED,				/* wholly */
	CODE_EX,					/* wholly, but the law takes only part of it */
	CODE_HIDDEN,				/* its chapter hides the true heading */
	CODE_EXCEPTED,				/* wholly, but part of it is excepted */
	CODE_BROADER,				/* it reaches beyond the entry */
	CODE_PADDED,				/* if the zeros at its end are padding */
	CODE_UNKNOWN				/* the nomenclature has only a wider one */
} CodeMatch;

/* countries are numbered from 1 to 26 * 26 (hs/territory.h) */
#define COUNTRY_COUNT	(26 * 26 + 1)
#define COUNTRY_WORDS	((COUNTRY_COUNT + 63) / 64)

/* the bit of all that no entry lists, see names_country() */
#define UNLISTED_COUNTRY	31

typedef struct DestinationSet
{
	bool		everywhere;
	uint64		listed[COUNTRY_WORDS];	/* countries */
	uint64		parted[COUNTRY_WORDS];	/* countries of which a subdivision is listed */
	uint32		numbered;		/* all of these, as names_country() reads them; of a set that an entry has */
	int			count;
	const Territory *territories;	/* all of them, ascending */
} DestinationSet;

/* what destinations stand for in some days */
typedef struct DatedSet
{
	DateADT		from;			/* first day */
	DateADT		until;			/* first day no longer */
	uint32		destinations;
} DatedSet;

/* all of them, one after the other, from the first day of all to the last */
typedef struct DatedSets
{
	int			count;
	DatedSet   *sets;
} DatedSets;

typedef struct RuleList
{
	text	   *code;
	text	   *legal_basis;	/* NULL: none */
	text	   *time_zone;
	Territory	tariff;			/* TERRITORY_NONE: none */
	int			jurisdiction_count; /* 0: binds all */
	Territory  *jurisdictions;
	bool		enabled;
	bool		has_entries;	/* coded ones */
	DatedSets	destinations;	/* the default */
	uint32		claims;			/* all that it or a coded entry of it names, if it has known_from */
	Verdict		measure;
	DateADT		known_from;		/* DATEVAL_NOBEGIN: no such limit */

	/* the day of the instant that was asked last, in the time zone of the list */
	bool		has_day;
	TimestampTz instant;
	DateADT		day;
} RuleList;

typedef struct RuleEntry
{
	int64		id;
	HsRange		codes;
	int			list;
	uint32		destinations;
	DateADT		from;			/* first day in force */
	DateADT		until;			/* first day no longer in force */
	Verdict		measure;
	bool		ex;
	JsonPath   *applies_if;		/* NULL: always */
	JsonPath   *exempt_if;		/* NULL: never */
	text	   *item;
	text	   *revision;		/* NULL: unknown */
	text	   *remark;			/* NULL: none */
	RangeType  *valid;			/* NULL: just from one day until the other */
} RuleEntry;

/* codes that an entry lists, less its exceptions */
typedef struct RuleInterval
{
	HsRange		codes;
	int64		last;			/* greatest end in the subtree below, see lookup.c */
	int			entry;
} RuleInterval;

/* What a shipment of some code is tried on. */
typedef struct Rule
{
	Verdict		verdict;		/* if all other tests are full */
	uint32		destinations;
	int			list;
	DateADT		from;
	DateADT		until;
	int			entry;			/* whose conditions count; -1: none */
} Rule;

typedef struct Program
{
	int			count;
	Rule		rules[FLEXIBLE_ARRAY_MEMBER];
} Program;

/* small, since a scan of many goods meets them where they lie and not in a cache */
typedef struct ProgramSlot
{
	int64		key;			/* 0: free */
	uint32		countries;		/* that its rules name */
	uint32		program;		/* where it begins, see slot_program() */
} ProgramSlot;

typedef struct Nomenclature Nomenclature;

typedef struct Rulebook
{
	MemoryContext context;		/* owns everything here */

	/* nothing that was recorded at any of these instants, which follow one another, differs from it */
	TimestampTz recorded_from;	/* DT_NOBEGIN: nothing was recorded */
	TimestampTz recorded_until; /* the first instant no longer */
	Nomenclature *nomenclature; /* NULL: none is loaded */
	int			list_count;
	RuleList   *lists;			/* by code, as the database sorts texts */
	int			entry_count;
	RuleEntry  *entries;
	int			interval_count;
	RuleInterval *intervals;	/* by first leaf, the wider first */
	int			set_count;
	DestinationSet *sets;
	uint8		country_numbers[COUNTRY_COUNT]; /* see names_country() */
	uint32		countries;		/* that any entry names */
	int			set_words;
	uint64	   *naming_sets;	/* for each country set_words of them: the sets that name it */
	bool		has_entries;	/* any coded ones, of enabled lists */
	bool		tariffs_differ; /* of the lists that have any */
	Territory	tariff;			/* if they do not */
	DateADT		claimed_from[COUNTRY_COUNT];	/* the latest known_from of lists that name the country */

	/* programs made so far, one behind the other */
	char	   *programs;
	Size		program_bytes;
	Size		program_capacity;
	int			program_count;
	int			slot_shift;		/* 64 - log2 of the number of slots */
	ProgramSlot *slots;
	void	   *slot_memory;	/* in which they are aligned */
} Rulebook;

/* a code that meets an entry, on some days or on all */
typedef struct EntryMatch
{
	int			entry;
	CodeMatch	match;
	HsRange		ancestor;		/* that CODE_UNKNOWN rests on */
	DateADT		from;
	DateADT		until;
} EntryMatch;

/* ---- source.c ---- */

#define MOST_COLUMNS 14

/* what is read of a table of lists, and of its history: columns by name */
typedef struct SourceColumns
{
	int			column_count;
	const char *columns[MOST_COLUMNS];
} SourceColumns;

/* the row at hand: columns are counted from 1 as the source names them, and stand where 'numbers' says, from 1, too */
typedef struct Row
{
	const Datum *values;
	const bool *nulls;
	const AttrNumber *numbers;
} Row;

/* A column, false if it is NULL. */
static inline bool
row_get(const Row *row, int column, Datum *value)
{
	int			number = row->numbers[column - 1] - 1;

	*value = row->values[number];
	return !row->nulls[number];
}

/* Is handed a row, and may spend the current memory context; false if it has seen enough. */
typedef bool (*RowReader) (void *state, const Row *row);

/*
 * Hands each row of a table of the extension to a reader, with so many of the columns of the
 * source, as the active snapshot sees it.  To be called between owner_rights_begin()
 * and _end().  The lock on the table is kept until the end of the transaction.
 */
extern void source_read(const SourceColumns *source, const char *table, int column_count, RowReader read, void *state);

/* a table, and an index of a column of ranges */
typedef struct SourceIndex
{
	Relation	table;
	Relation	index;
	Oid			function;		/* asks whether ranges overlap */
	int			column_count;
	AttrNumber	numbers[MOST_COLUMNS];
} SourceIndex;

/*
 * Opens a table for source_search() by an index of a column of the source; false if it is read as fast in whole, or if the index is not
 * what it was, or of no use for the active snapshot.
 */
extern bool source_open_index(SourceIndex *opened, const SourceColumns *source, const char *table, const char *index, int column);

/* As source_read(), with all columns, for the rows whose range overlaps others, perhaps for some more; and closes the table. */
extern void source_search(SourceIndex *opened, HsRange codes, RowReader read, void *state);

/* set while lists are read if it is known: Citus refuses queries on its tables inside of other queries otherwise */
#define CITUS_SETTING "citus.allow_nested_distributed_execution"

/* ---- load.c ---- */

/*
 * What is known now: a row that is there is recorded without an end, a row of a
 * history is not.
 */
#define KNOWN_NOW DT_NOEND

/* Does the rulebook say what was recorded then? */
static inline bool
rulebook_was_recorded(const Rulebook *rulebook, TimestampTz known_at)
{
	if (known_at == KNOWN_NOW)
		return rulebook->recorded_until == KNOWN_NOW && rulebook->recorded_from != DT_NOBEGIN;
	return known_at >= rulebook->recorded_from && known_at < rulebook->recorded_until;
}

/*
 * Reads what the list tables and their histories had recorded at an instant, under the
 * active snapshot, as the owner of the tables, and compiles it.  The rulebook lives in a memory context of its own, a child of 'parent',
 * which is left alone if there is an error: XX001 for lists that cannot be read,
 * 53400 if the rulebook would be larger than control_list.max_rulebook_memory.
 */
extern Rulebook *rulebook_load(MemoryContext parent, TimestampTz known_at);

/*
 * The same of what is known now, with just the entries that overlap these codes; NULL if that would be of no
 * use.  What lists claim is not known then, and taken for everything; nor is whether a list has other entries.
 */
extern Rulebook *rulebook_load_part(MemoryContext parent, HsRange codes);

/* Who reads, while the tables are read with the rights of their owner. */
typedef struct OwnerRights
{
	Oid			user;
	int			security;
	int			level;			/* of settings */
} OwnerRights;

/*
 * From here on SPI reads the tables as the owner of control_list.entry does, with a
 * search_path that nobody else writes to and without row security; back to the caller
 * at the end.  control_list_catalog must be up to date, as it is once there is a
 * rulebook.  An error undoes it by itself.
 */
extern OwnerRights owner_rights_begin(void);
extern void owner_rights_end(OwnerRights caller);

/* ---- nomenclature.c ---- */

/* The nomenclature that the active snapshot sees, NULL if there is none; to be called while reading. */
extern Nomenclature *nomenclature_make(MemoryContext parent);

/* what a code that an edition lacks may mean, on the days on which it does */
typedef struct Ancestor
{
	HsRange		codes;
	DateADT		from;
	DateADT		until;
} Ancestor;

/*
 * The nearest ancestors of a code; returns how many, allocated in the current memory
 * context.  Reads the chapter of the code if need be, which, with those that were read
 * before, must not need more memory than a rulebook may (53400).
 */
extern int	nomenclature_ancestors(Nomenclature *nomenclature, HsCode code, Ancestor **ancestors);

/* What the nearest code is that an edition in force on the day describes; NULL if none does. */
extern char *nomenclature_description(HsCode code, DateADT day);

/* ---- compile.c ---- */

/* What load.c has read, and compile.c has made of it so far. */
typedef struct RulebookBuilder RulebookBuilder;

/* The number of entries is a guess, which only saves memory and time.  A part lacks entries. */
extern RulebookBuilder *builder_begin(MemoryContext parent, double entries, bool is_part);

/*
 * Interns the set of these territories ('everywhere': of all), in any order and
 * with repetitions; returns its number.
 */
extern uint32 builder_destinations(RulebookBuilder *builder, bool everywhere,
								   Territory *territories, int count);

/* The memory context to which everything belongs that a list or entry points to. */
extern MemoryContext builder_context(RulebookBuilder *builder);

/* A copy in it that is not to be freed alone, aligned as an int. */
extern void *builder_copy(RulebookBuilder *builder, const void *bytes, Size size);

/* The number of the list with this code, -1 if there is none. */
extern int	builder_find_list(RulebookBuilder *builder, const text *code);
extern RuleList *builder_list(RulebookBuilder *builder, int list);

extern void builder_add_list(RulebookBuilder *builder, const RuleList *list);

/* To be called when all lists are there, and before an entry comes. */
extern void builder_sort_lists(RulebookBuilder *builder);

/* An entry of an enabled list, and the codes that are taken out of it. */
extern void builder_add_entry(RulebookBuilder *builder, const RuleEntry *entry, HsSet except);

extern Rulebook *builder_finish(RulebookBuilder *builder);

/* Raises 53400 if that is more than control_list.max_rulebook_memory. */
extern void rulebook_check_memory(Size used);

/* ---- lookup.c ---- */

/*
 * Chapters under which goods are declared that have a heading elsewhere.  Within the
 * tariff of a list they are codes like others.
 */
static inline bool
hides_heading(HsCode code)
{
	int			chapter = (int) (hs_code_leaf(code) / HS_FIRST_LEAF);

	return chapter == 77 || chapter == 98 || chapter == 99;
}

/*
 * The entries that a code meets, in the order of entries: allocated in the current
 * memory context.  One may come several times, on other days; its best match comes first.  'own' says that the code is one of the tariff of the
 * lists that will be asked.  HS_NO_CODE means that the code is missing, and finds what
 * covers all goods.
 */
#define HS_NO_CODE ((HsCode) 0)

extern EntryMatch *rulebook_matches(const Rulebook *rulebook, HsCode code, bool own, int *count);

/* Prepares a new rulebook for programs. */
extern void rulebook_start_programs(Rulebook *rulebook);

/* rulebook_program() where the first glance finds nothing */
extern const ProgramSlot *rulebook_find_program(Rulebook *rulebook, HsCode code, bool own);

static inline uint32
program_slot(const Rulebook *rulebook, int64 key)
{
	return (uint32) (((uint64) key * UINT64CONST(0x9E3779B97F4A7C15)) >> rulebook->slot_shift);
}

static inline int64
program_key(HsCode code, bool own)
{
	return code * 4 + own * 2 + 1;
}

/*
 * The rules of a code, arguments as for rulebook_matches().  They belong to the
 * rulebook and are valid until the next call.
 */
static inline const ProgramSlot *
rulebook_program(Rulebook *rulebook, HsCode code, bool own)
{
	int64		key = program_key(code, own);
	const ProgramSlot *slot = &rulebook->slots[program_slot(rulebook, key)];

	return likely(slot->key == key) ? slot : rulebook_find_program(rulebook, code, own);
}

static inline const Program *
slot_program(const Rulebook *rulebook, const ProgramSlot *slot)
{
	return (const Program *) (rulebook->programs + slot->program);
}

/*
 * Is the country of a territory that is known among these?  Each that an entry lists has a bit: its own, or one of several where
 * they are more than UNLISTED_COUNTRY, so that it may seem to be there.  All others, which only entries for everywhere name, share one.
 */
static inline bool
names_country(const Rulebook *rulebook, uint32 countries, Territory territory)
{
	return (countries >> rulebook->country_numbers[territory >> 16] & 1) != 0;
}

static inline bool
has_bit(const uint64 *words, uint32 bit)
{
	return (words[bit / 64] >> (bit % 64) & 1) != 0;
}

/* False if no entry can match a territory that is known. */
static inline bool
is_named(const Rulebook *rulebook, Territory territory)
{
	return names_country(rulebook, rulebook->countries, territory);
}

/* The sets, as bits, that can match a territory that is known. */
static inline const uint64 *
naming_sets(const Rulebook *rulebook, Territory territory)
{
	return rulebook->naming_sets + (Size) (territory >> 16) * rulebook->set_words;
}

/* How a set covers a subdivision. */
extern Match set_match_subdivision(const DestinationSet *set, Territory territory);

/* How a set covers a territory; TERRITORY_NONE is an unknown one, which may be any. */
static inline Match
set_match(const DestinationSet *set, Territory territory)
{
	uint32		country = territory >> 16;

	if (set->everywhere || has_bit(set->listed, country))
		return MATCH_FULL;
	if (unlikely(territory == TERRITORY_NONE))
		return set->count > 0 ? MATCH_PARTIAL : MATCH_NONE;
	if (likely(!has_bit(set->parted, country)))
		return MATCH_NONE;
	return territory_is_subdivision(territory) ? set_match_subdivision(set, territory) : MATCH_PARTIAL;
}

/* ---- catalog.c ---- */

/* What the extension is made of, by its OIDs in this database. */
typedef struct ControlListCatalog
{
	Oid			entry;
	Oid			nomenclature;
	Oid			revision;
	Oid			generation;
	AttrNumber	generation_id;	/* its column of the uuid */
	bool		announced;		/* by whoever replaces it, before others can see that */
	Oid			owner;			/* of entry: loads run with his rights */
	Oid			verdicts[VERDICT_COUNT];	/* labels of screening_verdict */
	const char *problem;		/* why changes of lists could go unnoticed, NULL if nothing is wrong */
} ControlListCatalog;

extern ControlListCatalog control_list_catalog;

/*
 * True if a table of the extension may have been altered, created or dropped since
 * this was set to false, as at first.
 */
extern bool control_list_tables_altered;

/* How many messages about relations were heard. */
extern uint64 control_list_messages;

/*
 * Called for every relation whose form may have changed (InvalidOid: any), whenever the
 * server happens to say so: it may note that, no more.  A process has few places for such
 * callbacks, so the extension takes one.
 */
extern void (*control_list_relation_changed) (Oid relation);

/*
 * Brings control_list_catalog up to date.  Raises undefined_table if the extension is
 * damaged.
 */
extern void control_list_read_catalog(void);

/* Is it a table that a rulebook is made of? */
extern bool control_list_is_source(Oid table);

/*
 * Does a snapshot see the tables as they are, by all that was heard so far?  Whoever alters one
 * writes what the catalog says of it or of its triggers, so it does if it sees who has written that last.  Of
 * what the own transaction has written it may say either.
 */
extern bool control_list_sees_tables(Snapshot snapshot);

/* May this transaction itself have altered one?  It holds a lock as if it had. */
extern bool control_list_altered_here(void);

/*
 * Waits for every other transaction that writes a list table, and for those that rely on
 * lists not to change (control_list_share_lock); held to the end of this one.  There is
 * one lock for all lists: rows refer to rows that others are about to write or delete, so
 * that no lock on a row would do.  It is a lock on the table of the generation, in
 * a mode that readers do not meet.
 */
extern void control_list_lock(void);

/* Keeps others from changing a list until the end of the transaction. */
extern void control_list_share_lock(void);

/* The label of a verdict as a datum of screening_verdict, and back. */
static inline Datum
verdict_datum(Verdict verdict)
{
	return ObjectIdGetDatum(control_list_catalog.verdicts[verdict]);
}

extern Verdict verdict_of_datum(Datum label);

/* Are the labels the same?  Datums of large OIDs can differ, since one that comes from a row is taken for a number with a sign. */
static inline bool
is_same_verdict(Datum a, Datum b)
{
	return DatumGetObjectId(a) == DatumGetObjectId(b);
}

extern void control_list_catalog_init(void);

/* ---- cache.c ---- */

/*
 * The rulebook of the active snapshot, loaded if need be.  It is valid until the
 * next call, and while the snapshot is the active one.  Raises what rulebook_load()
 * does.
 */
extern Rulebook *rulebook_current(void);

/* The same of the lists as they were recorded at an instant. */
extern Rulebook *rulebook_known_at(TimestampTz known_at);

/*
 * A rulebook of the chapter of a code, to be asked about that code and others of the chapter only; what it does
 * not know is said at rulebook_load_part().  For connections that are made for one question: NULL, from then
 * on, once another chapter or too much is asked, or if no part is to be had.  Worth a call only
 * while rulebook_parts_left is more than 0.  Valid until the next call of this or rulebook_current().
 */
extern Rulebook *rulebook_part(HsCode code);
extern int	rulebook_parts_left;

/* Does the active snapshot see the lists as they are committed now? */
typedef enum ListsSeen
{
	SEES_NEWEST,
	SEES_OLDER,
	SEES_PERHAPS				/* the transaction itself changes lists, or the triggers do not tell */
} ListsSeen;

/* Worth asking only while nobody can commit a change of them: see control_list_share_lock(). */
extern ListsSeen rulebook_lists_seen(void);

/*
 * The generation of the lists by which this transaction has screened last; where they
 * were its own, or it has not screened yet, the one that the active snapshot sees.
 * False if there is not exactly one, or lists could change without another.  Like
 * rulebook_current() it ends the life of what that has returned before.
 */
extern bool rulebook_generation(pg_uuid_t *generation);

/*
 * The instant since which the changes of this transaction are recorded: that of its
 * first, as long as that is not rolled back; later than that of every other transaction
 * that has changed lists.  Whoever asks is about to change one, and waits for the others.
 */
extern TimestampTz recording_time(void);

extern void rulebook_cache_init(void);

/* screenings of this backend */
extern int64 rulebook_lookups;

/* ---- control_list.c ---- */

/* settings: the memory of a rulebook in kilobytes, and the default tariff, read */
extern int	max_rulebook_memory;
extern Territory default_tariff;

#endif							/* CONTROL_LIST_RULEBOOK_H */
