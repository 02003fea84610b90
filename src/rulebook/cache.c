/*-------------------------------------------------------------------------
 *
 * cache.c
 *	  When may a cached rulebook be believed?
 *
 * The long answer is docs/rulebook-cache.md.  In short:
 *
 * - The row of control_list.generation holds a uuid, which every transaction replaces
 *	 that changes a table of the lists.  A snapshot that sees a uuid sees the lists for
 *	 which it was made, and no others; so rulebooks are kept by uuid.
 * - The row is read once for each snapshot.  Two snapshots of one transaction with the
 *	 same xmin, xmax, numbers of running transactions, and command see the same, unless
 *	 the transaction itself is at work on the lists.  So do two with the same running
 *	 transactions, whatever the transaction and command, and later ones, as long as
 *	 nobody announces that he replaces the uuid.
 * - A transaction that has changed a list sees what nobody else sees.  It uses private
 *	 rulebooks, one for each snapshot, that die with it or with a subtransaction that
 *	 is rolled back.
 * - While one of its statements is still changing a list, what later commands see
 *	 changes from row to row, and nothing is kept for them at all.
 *
 * What was recorded earlier is kept in the same way, by instants: a rulebook holds for all
 * from one change of the lists to the next.
 *
 * The triggers of the tables (note_change below) tell this file about changes.  Where
 * they do not fire always, or the row is missing, nothing outlives a transaction.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "rulebook.h"

#include "access/parallel.h"
#include "access/tableam.h"
#include "access/transam.h"
#include "access/twophase.h"
#include "access/xact.h"
#include "access/xlog.h"
#include "commands/trigger.h"
#include "common/hashfn.h"
#include "executor/spi.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "portability/instr_time.h"
#include "storage/lmgr.h"
#include "storage/sinval.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/snapmgr.h"

PG_FUNCTION_INFO_V1(control_list_announce_change);
PG_FUNCTION_INFO_V1(control_list_note_change);
PG_FUNCTION_INFO_V1(control_list_recording_time);
PG_FUNCTION_INFO_V1(control_list_rulebook_info);

/* rulebooks kept in a backend */
#define KEPT 3

/* What tells the snapshots of a transaction apart. */
typedef struct SnapshotKey
{
	TransactionId xmin;
	TransactionId xmax;
	uint32		xcnt;
	int32		subxcnt;
	CommandId	curcid;
	uint64		running;		/* see running_hash() */
} SnapshotKey;

typedef enum Validity
{
	FOR_NOBODY,					/* any more */
	FOR_SNAPSHOT,				/* of this transaction */
	FOR_GENERATION
} Validity;

typedef struct KeptRulebook
{
	Rulebook   *rulebook;		/* NULL: free */
	Validity	validity;
	SnapshotKey snapshot;
	pg_uuid_t	generation;
	uint64		used;			/* the last time, for the choice of which one goes */
	double		compile_milliseconds;
} KeptRulebook;

/* A statement that is changing a table of the lists, or is about to. */
typedef struct ChangingStatement
{
	int			nest_level;		/* of transactions */
	CommandId	command;		/* later commands see its changes */
} ChangingStatement;

int64		rulebook_lookups;
int			rulebook_parts_left = 100;	/* each of these takes longer than by a rulebook that is believed */

static int64 builds;
static const char *problem;		/* why nothing could be kept for a generation */
static ItemPointerData generation_at;	/* where the row of the generation was last, if that was in the first block */
static TupleTableSlot *generation_slot; /* into which it is read there */
static KeptRulebook kept[KEPT];
static uint64 uses;

/* the last answers, about now and about earlier; each holds for every snapshot that looks the same */
typedef struct Belief
{
	bool		valid;
	SnapshotKey snapshot;
	Rulebook   *rulebook;
} Belief;

static Belief believed;
static Belief believed_then;

/* more transactions that run at once are not compared */
#define MOST_RUNNING 64

/*
 * The last rulebook that was believed for a generation, and what its snapshot says of which
 * transactions it sees.  That outlives the transaction of the snapshot.
 */
static struct
{
	KeptRulebook *kept;			/* NULL: none */
	TransactionId xmin;
	TransactionId xmax;
	uint32		xcnt;
	int32		subxcnt;
	TransactionId running[MOST_RUNNING];	/* xip and subxip */
}			remembered;

/*
 * Who replaces the generation says so before he commits, see control_list_announce_change().  So if nobody was about to,
 * and no message has come since, whatever a later snapshot sees besides, the lists are those of 'remembered'.
 */
static struct
{
	bool		valid;
	uint64		messages;		/* that were heard by then */
	TransactionId xmax;			/* of a snapshot that was taken then: those with a higher one are later */
}			calm;

/* the part of the lists of a generation, of which a new connection may need no more */
static struct
{
	Rulebook   *rulebook;		/* NULL: none */
	HsRange		codes;
	pg_uuid_t	generation;
}			part;

/* the last snapshot that was found to see the newest lists */
static struct
{
	bool		valid;
	SnapshotKey snapshot;
}			newest;

/* the generation by which was screened last, of this transaction */
static struct
{
	bool		known;
	pg_uuid_t	id;
}			screened;

/* the state of the top transaction, and what ends with it */
static struct
{
	bool		changed_lists;
	bool		changed_rows_alone; /* without statements that would say when they end */
	bool		altered_tables;
	CommandId	last_command;	/* no list was changed by a later one */
	int			statement_count;
	int			statement_capacity;
	ChangingStatement *statements;	/* the outermost first */
	SubTransactionId replaced_in;	/* who replaced the generation */
	SubTransactionId unrecorded_in; /* who noted a change of which no history is kept */
	TimestampTz recorded_at;	/* if somebody did: what that says */
}			transaction;

/* ---- snapshots ---- */

/*
 * A transaction that is being prepared counts twice for a while, so where there can
 * be one the numbers of running transactions do not tell which ones are running.
 */
static inline uint64
running_hash(Snapshot snapshot)
{
	if (likely(max_prepared_xacts == 0 || snapshot->xcnt == 0))
		return 0;
	return hash_bytes_extended((const unsigned char *) snapshot->xip,
							   (int) (sizeof(TransactionId) * snapshot->xcnt), 0);
}

static inline SnapshotKey
snapshot_key(Snapshot snapshot)
{
	return (SnapshotKey) {snapshot->xmin, snapshot->xmax, snapshot->xcnt, snapshot->subxcnt, snapshot->curcid,
		running_hash(snapshot)};
}

/* Is it a snapshot with this key? */
static inline bool
has_key(Snapshot snapshot, const SnapshotKey *key)
{
	return snapshot->xmin == key->xmin && snapshot->xmax == key->xmax && snapshot->xcnt == key->xcnt &&
		snapshot->subxcnt == key->subxcnt && snapshot->curcid == key->curcid && running_hash(snapshot) == key->running;
}

static inline bool
is_same_snapshot(const SnapshotKey *a, const SnapshotKey *b)
{
	return a->xmin == b->xmin && a->xmax == b->xmax && a->xcnt == b->xcnt && a->subxcnt == b->subxcnt &&
		a->curcid == b->curcid && a->running == b->running;
}

/*
 * The key under which a rulebook of this transaction is kept: commands that have
 * changed no list make no difference.
 */
static SnapshotKey
private_key(Snapshot snapshot)
{
	SnapshotKey key = snapshot_key(snapshot);

	if (transaction.statement_count == 0 && !transaction.altered_tables)
		key.curcid = Min(key.curcid, transaction.last_command + 1);
	return key;
}

/* Does the snapshot see changes that are still going on? */
static bool
is_disturbed(Snapshot snapshot)
{
	return transaction.changed_rows_alone ||
		(transaction.statement_count > 0 && snapshot->curcid > transaction.statements[0].command);
}

/* ---- rulebooks ---- */

static void
disbelieve(void)
{
	believed.valid = believed_then.valid = false;
}

static void
drop_rulebook(KeptRulebook *slot)
{
	if (slot->rulebook != NULL)
	{
		disbelieve();
		if (remembered.kept == slot)
			remembered.kept = NULL;
		MemoryContextDelete(slot->rulebook->context);
	}
	slot->rulebook = NULL;
}

/* Drops the rulebooks that hold for so much or less. */
static void
drop_rulebooks(Validity most)
{
	for (int i = 0; i < KEPT; i++)
	{
		if (kept[i].validity <= most)
			drop_rulebook(&kept[i]);
	}
}

static void
drop_part(void)
{
	if (part.rulebook != NULL)
		MemoryContextDelete(part.rulebook->context);
	part.rulebook = NULL;
}

static KeptRulebook *
find_rulebook(Validity validity, const SnapshotKey *snapshot, const pg_uuid_t *generation, TimestampTz known_at)
{
	for (int i = 0; i < KEPT; i++)
	{
		if (kept[i].rulebook == NULL || kept[i].validity != validity ||
			!rulebook_was_recorded(kept[i].rulebook, known_at))
			continue;
		if (validity == FOR_GENERATION ?
			memcmp(&kept[i].generation, generation, sizeof(pg_uuid_t)) == 0 :
			is_same_snapshot(&kept[i].snapshot, snapshot))
			return &kept[i];
	}
	return NULL;
}

/* The slot for one more: a free one, or that which was used least recently. */
static KeptRulebook *
choose_slot(void)
{
	KeptRulebook *chosen = &kept[0];

	for (int i = 0; i < KEPT; i++)
	{
		if (kept[i].rulebook == NULL)
			return &kept[i];
		if (kept[i].used < chosen->used)
			chosen = &kept[i];
	}
	return chosen;
}

/*
 * Loads a rulebook and puts it in the place of another.  If there is an error, nothing
 * has changed: what was loaded so far belongs to the (sub)transaction that is rolled
 * back.
 */
static KeptRulebook *
build_rulebook(Validity validity, const SnapshotKey *snapshot, const pg_uuid_t *generation, TimestampTz known_at)
{
	instr_time	start;
	instr_time	end;
	Rulebook   *rulebook;
	KeptRulebook *slot;

	rulebook_parts_left = 0;
	INSTR_TIME_SET_CURRENT(start);
	rulebook = rulebook_load(CurTransactionContext, known_at);
	INSTR_TIME_SET_CURRENT(end);
	INSTR_TIME_SUBTRACT(end, start);

	drop_part();
	drop_rulebooks(FOR_NOBODY);
	slot = choose_slot();
	drop_rulebook(slot);
	MemoryContextSetParent(rulebook->context, TopMemoryContext);
	slot->rulebook = rulebook;
	slot->validity = validity;
	slot->snapshot = *snapshot;
	slot->generation = *generation;
	slot->compile_milliseconds = INSTR_TIME_GET_MILLISEC(end);
	builds++;
	return slot;
}

/* ---- the generation ---- */

/* Notes where the row is, and prepares to read it there. */
static void
note_place(Relation table, ItemPointer place)
{
	MemoryContext old;

	if (generation_slot == NULL)
	{
		/* a description of its own, since that of the relation goes when it changes */
		old = MemoryContextSwitchTo(TopMemoryContext);
		generation_slot = MakeSingleTupleTableSlot(CreateTupleDescCopy(RelationGetDescr(table)), table_slot_callbacks(table));
		MemoryContextSwitchTo(old);
	}
	generation_at = *place;
}

static void
forget_place(void)
{
	ItemPointerSetInvalid(&generation_at);
	if (generation_slot != NULL)
	{
		TupleDesc	description = generation_slot->tts_tupleDescriptor;

		ExecDropSingleTupleTableSlot(generation_slot);
		generation_slot = NULL;
		FreeTupleDesc(description);
	}
}

/*
 * Whoever alters a table may change lists without triggers, and the generation stays.
 * A snapshot that was taken before need not see that, so what is loaded under it is
 * not kept for those that do, see control_list_sees_tables().  Who is interrupted here has heard of
 * nothing yet.
 */
static void
hear_of_altered_tables(void)
{
	control_list_tables_altered = false;
	disbelieve();
	forget_place();
	drop_part();
	drop_rulebooks(FOR_GENERATION);
	PG_TRY();
	{
		control_list_read_catalog();
		/* a worker does not know what its leader has altered */
		transaction.altered_tables |= IsParallelWorker() || control_list_altered_here();
	}
	PG_CATCH();
	{
		control_list_tables_altered = true;
		PG_RE_THROW();
	}
	PG_END_TRY();
}

/* Is there a rulebook with a nomenclature, of which chapters may have to be read yet? */
static bool
keeps_nomenclature(void)
{
	for (int i = 0; i < KEPT; i++)
	{
		if (kept[i].rulebook != NULL && kept[i].rulebook->nomenclature != NULL)
			return true;
	}
	return false;
}

/*
 * Opens the table of the generation.  Only when it is locked and all messages are heard
 * it is known to be the right one.  What comes in while they are heard is heard the next
 * time, before anything that is kept now is believed.  The lock is kept: to give it back
 * takes longer than to read the row.
 */
static Relation
open_generation(void)
{
	for (;;)
	{
		Oid			generation;
		Relation	table = NULL;

		CHECK_FOR_INTERRUPTS();

		control_list_read_catalog();
		/* nobody may truncate what will be read under this snapshot */
		if (keeps_nomenclature())
			LockRelationOid(control_list_catalog.nomenclature, AccessShareLock);
		generation = control_list_catalog.generation;
		LockRelationOid(generation, AccessShareLock);
		AcceptInvalidationMessages();
		if (control_list_tables_altered)
			hear_of_altered_tables();
		if (generation == control_list_catalog.generation)
			table = RelationIdGetRelation(generation);
		if (table != NULL)
			return table;
		UnlockRelationOid(generation, AccessShareLock);
	}
}

/* Takes the generation from its row; false if it is not there. */
static bool
get_generation(TupleTableSlot *slot, pg_uuid_t *generation)
{
	bool		is_null;
	Datum		id = slot_getattr(slot, control_list_catalog.generation_id, &is_null);

	if (!is_null)
		*generation = *DatumGetUUIDP(id);
	return !is_null;
}

/* As read_generation(), wherever the row is, and notes that. */
static bool
find_generation(Relation table, Snapshot snapshot, pg_uuid_t *generation)
{
	TupleTableSlot *slot = table_slot_create(table, NULL);
	TableScanDesc scan = table_beginscan(table, snapshot, 0, NULL);
	ItemPointerData place;
	int			rows = 0;

	while (table_scan_getnextslot(scan, ForwardScanDirection, slot))
	{
		rows += get_generation(slot, generation) ? 1 : 2;
		place = slot->tts_tid;
	}
	table_endscan(scan);
	ExecDropSingleTupleTableSlot(slot);
	if (rows == 1 && ItemPointerGetBlockNumberNoCheck(&place) == 0)
		note_place(table, &place);
	return rows == 1;
}

/*
 * Reads the generation that the snapshot sees; false if there is not exactly one.
 * Under SERIALIZABLE this is what counts as a read of the lists.
 *
 * Mostly the row is still where it was, which saves the scan.  There is no other one
 * then, by the primary key.  The first block of a table that has a row goes with
 * nothing less than a change of its form.
 */
static bool
read_generation(Relation table, Snapshot snapshot, pg_uuid_t *generation)
{
	if (ItemPointerIsValid(&generation_at))
	{
		bool		found = table_tuple_fetch_row_version(table, &generation_at, snapshot, generation_slot) &&
			get_generation(generation_slot, generation);

		ExecClearTuple(generation_slot);
		if (found)
			return true;
		ItemPointerSetInvalid(&generation_at);
	}
	return find_generation(table, snapshot, generation);
}

/* Of which generation are the lists that a snapshot sees?  False if none tells; 'problem' says why, if it is not for this transaction alone. */
static bool
see_generation(Snapshot snapshot, pg_uuid_t *generation)
{
	Relation	table = open_generation();
	bool		is_private = transaction.changed_lists || transaction.altered_tables || !control_list_sees_tables(snapshot);

	problem = control_list_catalog.problem;
	if (!is_private && problem == NULL && !read_generation(table, snapshot, generation))
		problem = "control_list.generation has not exactly one row";
	RelationClose(table);
	return !is_private && problem == NULL;
}

/* The rulebook of a snapshot, or of an instant, that is not the one asked about last. */
static KeptRulebook *
look_for_rulebook(Snapshot snapshot, TimestampTz known_at)
{
	pg_uuid_t	generation = {0};
	Validity	validity = see_generation(snapshot, &generation) ? FOR_GENERATION : FOR_SNAPSHOT;
	SnapshotKey key = private_key(snapshot);
	KeptRulebook *found;

	if (problem != NULL)
		remembered.kept = NULL;
	if (is_disturbed(snapshot) || (problem != NULL && TransactionIdIsValid(GetTopTransactionIdIfAny())))
		validity = FOR_NOBODY;

	found = find_rulebook(validity, &key, &generation, known_at);
	if (found == NULL || validity == FOR_NOBODY)
		found = build_rulebook(validity, &key, &generation, known_at);
	return found;
}

/*
 * Does a snapshot say all about which transactions it sees, and not too much to be kept?  Then
 * another one that says the same, of whatever transaction, sees the same ones, but for those
 * to which the two belong.
 */
static bool
is_plain(Snapshot snapshot)
{
	return snapshot->snapshot_type == SNAPSHOT_MVCC && !snapshot->suboverflowed && !snapshot->takenDuringRecovery &&
		snapshot->xcnt + (uint32) snapshot->subxcnt <= MOST_RUNNING;
}

static bool
is_calm(void)
{
	return calm.valid && calm.messages == control_list_messages;
}

/* Was the snapshot taken in the calm? */
static bool
sees_calm(Snapshot snapshot)
{
	return is_calm() && TransactionIdFollows(snapshot->xmax, calm.xmax);
}

/*
 * Is it calm from now on?  Not asked while messages come in one after the other.  Whoever is about to replace the
 * generation holds the lock of all editors until others can see that.
 */
static void
note_calm(const KeptRulebook *found)
{
	static uint64 messages_before;
	uint64		messages = control_list_messages;
	bool		is_moving = messages != messages_before;
	Oid			generation = control_list_catalog.generation;
	Relation	table;
	Snapshot	latest;
	pg_uuid_t	newest_id;

	calm.valid = false;
	messages_before = messages;
	if (is_moving || !control_list_catalog.announced || IsolationIsSerializable() || IsInParallelMode() ||
		RecoveryInProgress() || !ConditionalLockRelationOid(generation, RowShareLock))
		return;
	table = RelationIdGetRelation(generation);
	latest = RegisterSnapshot(GetLatestSnapshot());
	calm.valid = table != NULL && read_generation(table, latest, &newest_id) &&
		memcmp(&newest_id, &found->generation, sizeof(pg_uuid_t)) == 0;
	calm.messages = messages;
	calm.xmax = latest->xmax;
	UnregisterSnapshot(latest);
	if (table != NULL)
		RelationClose(table);
	UnlockRelationOid(generation, RowShareLock);
}

static void
remember(Snapshot snapshot, KeptRulebook *found)
{
	if (remembered.kept != found)
		calm.valid = false;
	remembered.kept = NULL;
	/* chapters of a nomenclature may have to be read yet, for which its table must be locked */
	if (found->validity != FOR_GENERATION || problem != NULL || found->rulebook->nomenclature != NULL || !is_plain(snapshot))
		return;
	remembered.kept = found;
	remembered.xmin = snapshot->xmin;
	remembered.xmax = snapshot->xmax;
	remembered.xcnt = snapshot->xcnt;
	remembered.subxcnt = snapshot->subxcnt;
	if (snapshot->xcnt > 0)
		memcpy(remembered.running, snapshot->xip, sizeof(TransactionId) * snapshot->xcnt);
	if (snapshot->subxcnt > 0)
		memcpy(remembered.running + snapshot->xcnt, snapshot->subxip, sizeof(TransactionId) * (uint32) snapshot->subxcnt);
	if (!is_calm())
		note_calm(found);
}

static bool
has_same_xids(const TransactionId *a, const TransactionId *b, uint32 count)
{
	return count == 0 || memcmp(a, b, sizeof(TransactionId) * count) == 0;
}

/* Does the snapshot see the transactions that the one of 'remembered' saw, and no others? */
static bool
sees_same(Snapshot snapshot)
{
	return snapshot->xmin == remembered.xmin && snapshot->xmax == remembered.xmax &&
		snapshot->xcnt == remembered.xcnt && snapshot->subxcnt == remembered.subxcnt &&
		has_same_xids(snapshot->xip, remembered.running, snapshot->xcnt) &&
		has_same_xids(snapshot->subxip, remembered.running + snapshot->xcnt, (uint32) snapshot->subxcnt);
}

/*
 * The rulebook of the last transaction, if the snapshot sees what that saw, or was taken in the calm since, and if it is
 * nothing special: what this one has done to the lists counts, under
 * SERIALIZABLE the generation must be read, and a parallel worker does not know what its
 * leader has done.  NULL otherwise.
 */
static KeptRulebook *
remembered_rulebook(Snapshot snapshot)
{
	if (remembered.kept == NULL)
		return NULL;
	/* as whoever reads the generation does */
	AcceptInvalidationMessages();
	if (control_list_tables_altered || transaction.changed_lists || transaction.altered_tables ||
		IsolationIsSerializable() || IsParallelWorker() || !is_plain(snapshot))
		return NULL;
	return sees_calm(snapshot) || sees_same(snapshot) ? remembered.kept : NULL;
}

static Rulebook *
believe(Belief *belief, Snapshot snapshot, TimestampTz known_at)
{
	KeptRulebook *found = known_at == KNOWN_NOW ? remembered_rulebook(snapshot) : NULL;

	if (found == NULL)
	{
		found = look_for_rulebook(snapshot, known_at);
		if (known_at == KNOWN_NOW)
			remember(snapshot, found);
	}
	found->used = ++uses;

	/* without triggers nobody would say that it is no longer true */
	belief->valid = found->validity != FOR_NOBODY && problem == NULL;
	belief->snapshot = snapshot_key(snapshot);
	belief->rulebook = found->rulebook;
	screened.known = found->validity == FOR_GENERATION;
	screened.id = found->generation;
	return found->rulebook;
}

static pg_attribute_always_inline Rulebook *
find_or_believe(Belief *belief, TimestampTz known_at)
{
	Rulebook   *rulebook;
	Snapshot	snapshot;

	if (unlikely(!ActiveSnapshotSet()))
	{
		PushActiveSnapshot(GetTransactionSnapshot());
		rulebook = believe(belief, GetActiveSnapshot(), known_at);
		PopActiveSnapshot();
		return rulebook;
	}
	snapshot = GetActiveSnapshot();
	if (likely(belief->valid && !control_list_tables_altered && has_key(snapshot, &belief->snapshot) &&
			   (known_at == KNOWN_NOW || rulebook_was_recorded(belief->rulebook, known_at))))
		return belief->rulebook;
	return believe(belief, snapshot, known_at);
}

Rulebook *
rulebook_current(void)
{
	return find_or_believe(&believed, KNOWN_NOW);
}

Rulebook *
rulebook_known_at(TimestampTz known_at)
{
	return known_at == KNOWN_NOW ? rulebook_current() : find_or_believe(&believed_then, known_at);
}

/* Under the same conditions as a rulebook that is kept for its generation. */
Rulebook *
rulebook_part(HsCode code)
{
	HsRange		chapter = hs_code_range(hs_code_truncate(code, HS_CHAPTER_DIGITS));
	pg_uuid_t	generation;

	Assert(hs_range_contains(chapter, hs_code_range(hs_code_strip_zeros(code))));
	rulebook_parts_left--;
	if (ActiveSnapshotSet() && !IsInParallelMode() && !hides_heading(code) && see_generation(GetActiveSnapshot(), &generation))
	{
		if (part.rulebook == NULL || memcmp(&part.generation, &generation, sizeof(pg_uuid_t)) != 0)
		{
			drop_part();
			part.rulebook = rulebook_load_part(CurTransactionContext, chapter);
			if (part.rulebook != NULL)
				MemoryContextSetParent(part.rulebook->context, TopMemoryContext);
			part.codes = chapter;
			part.generation = generation;
		}
		if (part.rulebook != NULL && hs_range_contains(part.codes, chapter))
		{
			screened.known = true;
			screened.id = generation;
			return part.rulebook;
		}
	}
	rulebook_parts_left = 0;
	return NULL;
}

ListsSeen
rulebook_lists_seen(void)
{
	Snapshot	snapshot = GetActiveSnapshot();
	Snapshot	latest;
	Relation	table;
	pg_uuid_t	seen;
	pg_uuid_t	now;
	bool		is_same;

	if ((newest.valid && has_key(snapshot, &newest.snapshot)) ||
		(remembered_rulebook(snapshot) != NULL && sees_calm(snapshot)))
		return SEES_NEWEST;
	table = open_generation();
	if (transaction.changed_lists || control_list_catalog.problem != NULL)
	{
		RelationClose(table);
		return SEES_PERHAPS;
	}
	latest = RegisterSnapshot(GetLatestSnapshot());
	is_same = read_generation(table, snapshot, &seen) && read_generation(table, latest, &now) &&
		memcmp(&seen, &now, sizeof(pg_uuid_t)) == 0;
	UnregisterSnapshot(latest);
	RelationClose(table);
	newest.valid = is_same;
	newest.snapshot = snapshot_key(snapshot);
	return is_same ? SEES_NEWEST : SEES_OLDER;
}

bool
rulebook_generation(pg_uuid_t *generation)
{
	Relation	table;
	bool		found;

	if (screened.known)
	{
		*generation = screened.id;
		return true;
	}
	table = open_generation();
	found = control_list_catalog.problem == NULL && read_generation(table, GetActiveSnapshot(), generation);
	RelationClose(table);
	return found;
}

/* ---- changes ---- */

/*
 * What a statement writes is visible to all commands after it, also to those that its
 * query has run before it came to write (WITH); what was loaded for them goes.
 */
static void
begin_statement(void)
{
	ChangingStatement *statement;

	if (transaction.statement_count == transaction.statement_capacity)
	{
		int			capacity = Max(2 * transaction.statement_capacity, 8);
		Size		size = sizeof(ChangingStatement) * (Size) capacity;

		if (transaction.statements == NULL)
			transaction.statements = (ChangingStatement *) MemoryContextAlloc(TopMemoryContext, size);
		else
			transaction.statements = (ChangingStatement *) repalloc(transaction.statements, size);
		transaction.statement_capacity = capacity;
	}
	statement = &transaction.statements[transaction.statement_count++];
	statement->nest_level = GetCurrentTransactionNestLevel();
	statement->command = ActiveSnapshotSet() ? GetActiveSnapshot()->curcid : FirstCommandId;
	transaction.last_command = GetCurrentCommandId(false);
	for (int i = 0; i < KEPT; i++)
	{
		if (kept[i].validity == FOR_SNAPSHOT && kept[i].snapshot.curcid > statement->command)
			drop_rulebook(&kept[i]);
	}
}

static void
end_statement(void)
{
	if (transaction.statement_count > 0)
		transaction.statement_count--;
	transaction.last_command = GetCurrentCommandId(false);
}

/*
 * Writes the generation, as the owner of the lists, and returns since when the changes
 * of this transaction are recorded.  Under the lock and with the newest snapshot, so
 * that it is no conflict that somebody else has replaced it since ours was taken.
 */
static TimestampTz
write_generation(const char *command)
{
	SPIPlanPtr	plan;
	Oid			user;
	int			security;
	bool		is_null;
	TimestampTz changed_at;

	control_list_lock();
	GetUserIdAndSecContext(&user, &security);
	SetUserIdAndSecContext(control_list_catalog.owner,
						   security | SECURITY_LOCAL_USERID_CHANGE | SECURITY_NOFORCE_RLS);
	SPI_connect();
	plan = SPI_prepare(command, 0, NULL);
	if (plan == NULL ||
		SPI_execute_snapshot(plan, NULL, NULL, GetLatestSnapshot(), InvalidSnapshot, false, false, 0) < 0 ||
		SPI_processed != 1)
		elog(ERROR, "could not replace the generation of the control lists");
	changed_at = DatumGetTimestampTz(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &is_null));
	SPI_finish();
	SetUserIdAndSecContext(user, security);
	return changed_at;
}

/* Its time is later than that of all who held the lock before, whatever the clock says. */
static void
replace_generation(void)
{
	if (transaction.replaced_in != InvalidSubTransactionId)
		return;
	transaction.recorded_at = write_generation("INSERT INTO control_list.generation AS g DEFAULT VALUES "
											   "ON CONFLICT (single) DO UPDATE SET id = excluded.id, changed_at = "
											   "GREATEST(excluded.changed_at, g.changed_at OPERATOR(pg_catalog.+) interval '1 microsecond') "
											   "RETURNING g.changed_at");
	transaction.replaced_in = GetCurrentSubTransactionId();
}

/* Notes that something has changed of which no history is kept: rescreening has to know. */
static void
note_unrecorded_change(void)
{
	if (transaction.unrecorded_in != InvalidSubTransactionId)
		return;
	replace_generation();
	write_generation("UPDATE control_list.generation AS g SET unrecorded_at = g.changed_at RETURNING g.changed_at");
	transaction.unrecorded_in = GetCurrentSubTransactionId();
}

TimestampTz
recording_time(void)
{
	transaction.changed_lists = true;
	replace_generation();
	return transaction.recorded_at;
}

Datum
control_list_recording_time(PG_FUNCTION_ARGS)
{
	if (transaction.replaced_in == InvalidSubTransactionId)
		PG_RETURN_NULL();
	PG_RETURN_TIMESTAMPTZ(transaction.recorded_at);
}

/*
 * The trigger of control_list.generation, BEFORE each row: those AFTER would run in the middle of a TRUNCATE, where the
 * server does not expect any.  A message reaches others when they take their next snapshot at the latest: who
 * sees what this transaction commits has heard of it before, unlike what the server says when all can see it already.
 * It is about a table whose form matters to nobody; of that of the generation everybody would load.
 *
 * This transaction sees a uuid that may be rolled back, also if it was written by hand: nothing is kept for that.
 */
Datum
control_list_announce_change(PG_FUNCTION_ARGS)
{
	TriggerData *data = (TriggerData *) fcinfo->context;
	SharedInvalidationMessage message = {0};

	control_list_read_catalog();
	if (!CALLED_AS_TRIGGER(fcinfo) || RelationGetRelid(data->tg_relation) != control_list_catalog.generation)
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("control_list.announce_change() must be fired by a trigger of control_list.generation")));
	transaction.changed_lists = true;
	disbelieve();
	control_list_lock();
	message.rc.id = SHAREDINVALRELCACHE_ID;
	message.rc.dbId = MyDatabaseId;
	message.rc.relId = control_list_catalog.revision;
	SendSharedInvalidMessages(&message, 1);
	return PointerGetDatum(TRIGGER_FIRED_BY_UPDATE(data->tg_event) ? data->tg_newtuple : data->tg_trigtuple);
}

/*
 * The triggers of the list tables: before and after each statement and each row.
 * Whoever applies changes of a publisher fires those of rows and of TRUNCATE only.
 */
Datum
control_list_note_change(PG_FUNCTION_ARGS)
{
	TriggerData *data = (TriggerData *) fcinfo->context;
	bool		is_before;
	bool		is_row;

	if (!CALLED_AS_TRIGGER(fcinfo) || !control_list_is_source(RelationGetRelid(data->tg_relation)))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("control_list.note_change() must be fired by a trigger of a list table")));
	is_before = TRIGGER_FIRED_BEFORE(data->tg_event);
	is_row = TRIGGER_FIRED_FOR_ROW(data->tg_event);

	transaction.changed_lists = true;
	disbelieve();
	if (is_row && is_before && transaction.statement_count == 0)
		transaction.changed_rows_alone = true;
	else if (!is_row && is_before)
	{
		control_list_lock();	/* before any row, lest two editors wait for each other */
		begin_statement();
	}
	else if (!is_row)
		end_statement();
	if (!is_before && (is_row || TRIGGER_FIRED_BY_TRUNCATE(data->tg_event)))
	{
		replace_generation();
		if (RelationGetRelid(data->tg_relation) == control_list_catalog.nomenclature)
			note_unrecorded_change();
	}

	if (!is_row)
		return PointerGetDatum(NULL);
	return PointerGetDatum(TRIGGER_FIRED_BY_UPDATE(data->tg_event) ? data->tg_newtuple : data->tg_trigtuple);
}

/* ---- ends of transactions ---- */

static void
at_transaction_end(XactEvent event, void *arg pg_attribute_unused())
{
	switch (event)
	{
		case XACT_EVENT_COMMIT:
		case XACT_EVENT_PARALLEL_COMMIT:
		case XACT_EVENT_ABORT:
		case XACT_EVENT_PARALLEL_ABORT:
		case XACT_EVENT_PREPARE:
			disbelieve();
			/* an earlier snapshot did not see these changes, however much it looks like a later one */
			if (transaction.changed_lists || transaction.altered_tables)
				remembered.kept = NULL;
			newest.valid = false;
			screened.known = false;
			drop_rulebooks(FOR_SNAPSHOT);
			transaction.changed_lists = false;
			transaction.changed_rows_alone = false;
			transaction.altered_tables = false;
			transaction.last_command = FirstCommandId;
			transaction.statement_count = 0;
			transaction.replaced_in = InvalidSubTransactionId;
			transaction.unrecorded_in = InvalidSubTransactionId;
			break;
		default:
			break;
	}
}

static void
at_subtransaction_end(SubXactEvent event, SubTransactionId mine, SubTransactionId parent, void *arg pg_attribute_unused())
{
	if (event == SUBXACT_EVENT_COMMIT_SUB)
	{
		if (transaction.replaced_in == mine)
			transaction.replaced_in = parent;
		if (transaction.unrecorded_in == mine)
			transaction.unrecorded_in = parent;
	}
	else if (event == SUBXACT_EVENT_ABORT_SUB)
	{
		/* the command counter goes on, but what it counted is undone */
		disbelieve();
		newest.valid = false;
		drop_rulebooks(FOR_SNAPSHOT);
		while (transaction.statement_count > 0 &&
			   transaction.statements[transaction.statement_count - 1].nest_level >= GetCurrentTransactionNestLevel())
			transaction.statement_count--;
		if (transaction.replaced_in == mine)
			transaction.replaced_in = InvalidSubTransactionId;
		if (transaction.unrecorded_in == mine)
			transaction.unrecorded_in = InvalidSubTransactionId;
	}
}

void
rulebook_cache_init(void)
{
	control_list_catalog_init();
	RegisterXactCallback(at_transaction_end, NULL);
	RegisterSubXactCallback(at_subtransaction_end, NULL);
}

/* ---- what is there ---- */

Datum
control_list_rulebook_info(PG_FUNCTION_ARGS)
{
	Rulebook   *rulebook = rulebook_current();
	KeptRulebook *slot = NULL;
	int			kept_count = 0;
	TupleDesc	description;
	Datum		values[9];
	bool		nulls[9] = {false};
	Interval	compile_time = {0};

	for (int i = 0; i < KEPT; i++)
	{
		if (kept[i].rulebook == rulebook)
			slot = &kept[i];
		kept_count += kept[i].rulebook != NULL;
	}
	compile_time.time = (TimeOffset) (slot->compile_milliseconds * 1000);

	nulls[0] = slot->validity != FOR_GENERATION;
	values[0] = UUIDPGetDatum(&slot->generation);
	values[1] = Int64GetDatum(rulebook->entry_count);
	values[2] = Int64GetDatum(rulebook->interval_count);
	values[3] = Int64GetDatum((int64) MemoryContextMemAllocated(rulebook->context, true));
	values[4] = IntervalPGetDatum(&compile_time);
	values[5] = Int64GetDatum(builds);
	values[6] = Int64GetDatum(rulebook_lookups);
	values[7] = Int32GetDatum(kept_count);
	nulls[8] = problem == NULL;
	values[8] = nulls[8] ? (Datum) 0 : CStringGetTextDatum(problem);

	if (get_call_result_type(fcinfo, NULL, &description) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(description), values, nulls)));
}
