/*-------------------------------------------------------------------------
 *
 * protection.h
 *	  What control_list.protect() has set up for a table, as its triggers need it.
 *
 * The mapping of columns to the arguments of a screening lives in a trigger that does
 * nothing, control_list.protected_columns(): its list of columns (UPDATE OF a, b) is kept
 * by the server by number and dumped by name, so it survives renames, dumps and the
 * attaching of partitions, and its arguments say what each column is for:
 *
 *	  hs_code=$1	the first column of the list
 *	  via=$2.1		the first column that the trigger on the table to which the
 *					foreign key of column 2 refers lists
 *	  tariff==KR	a constant
 *
 * The trigger on the referenced table is a constraint trigger FROM the protected one, so
 * that the server knows that they belong together.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CONTROL_LIST_PROTECTION_H
#define CONTROL_LIST_PROTECTION_H

#include "license.h"
#include "shipment.h"

#include "executor/spi.h"
#include "utils/rel.h"

/* what a column may be for; the first are the arguments of a screening, in their order */
typedef enum Role
{
	ROLE_HS_CODE,
	ROLE_DESTINATION,
	ROLE_SHIP_DATE,
	ROLE_VIA,
	ROLE_ATTRIBUTES,
	ROLE_LICENSES,
	ROLE_JURISDICTIONS,
	ROLE_TARIFF,
	SCREENED_ROLES,
	ROLE_QUANTITY = SCREENED_ROLES,
	ROLE_UNIT,
	ROLE_VALUE,
	ROLE_CURRENCY,
	ROLE_REFERENCE,
	ROLE_COUNT
} Role;

typedef enum SourceKind
{
	SOURCE_NONE,
	SOURCE_CONSTANT,
	SOURCE_COLUMN,
	SOURCE_HEADER				/* a column of the row that a foreign key refers to */
} SourceKind;

/* Where an argument comes from. */
typedef struct Source
{
	SourceKind	kind;
	Oid			type;			/* of the value, below domains */
	Datum		constant;
	AttrNumber	column;			/* of the protected table */
	int			header;			/* which one of the protection */
	int			header_column;	/* which one of those read from it, from 0 */
} Source;

/* A row that a foreign key refers to. */
typedef struct Header
{
	Oid			relation;
	AttrNumber	key_column;		/* by which the protection names it */
	int			key_count;
	AttrNumber	keys[INDEX_MAX_KEYS];	/* of the protected table */
	AttrNumber	referenced[INDEX_MAX_KEYS];
	Oid			operators[INDEX_MAX_KEYS];	/* referenced = key */
	bool		comes_later;	/* the key can be checked when rows refer to it already */
	int			column_count;
	AttrNumber *columns;		/* that are read */
	SPIPlanPtr	lock_plan;		/* NULL until they are needed */
	SPIPlanPtr	read_plan;
} Header;

typedef enum LogLevel
{
	LOG_NOTHING,
	LOG_HITS,
	LOG_EVERYTHING
} LogLevel;

/* more severe than any verdict: never */
#define NEVER ((Verdict) VERDICT_COUNT)

typedef struct Protection
{
	Oid			relation;		/* whose rows are screened, perhaps a partition or child */
	Oid			target;			/* that was given to protect() */
	bool		valid;
	struct Protection *next;	/* of those that are retired */
	MemoryContext context;
	Source		sources[ROLE_COUNT];
	int			read_count;
	Role		read[ROLE_COUNT];	/* those that have a source */
	TupleTableSlot *slot;		/* for a row that is read */
	AttrNumber	last_column;	/* that is read from it */
	int			header_count;
	Header	   *headers;
	int			watched_count;
	AttrNumber *watched;		/* columns whose change asks for a screening */
	AttrNumber	verdict_column; /* InvalidAttrNumber: none */
	Verdict		block_at;
	Verdict		hold_at;
	LogLevel	log;
	bool		strict;
	bool		draws;			/* from licenses, by a reference */
	const char *ledger;			/* under which name references stand in the ledger */
	bool		code_is_text;	/* else it is an hscode */
	PGFunction	screen;			/* of the engine, by the types of code and time */
	PGFunction	screen_on_date;	/* the same for a date */
} Protection;

/*
 * The protection of a table or partition; NULL if it has none.  Valid to the end of the
 * transaction.  Raises 55000 if it is damaged.
 */
extern Protection *protection_of(Relation relation);

/* Raises the error for a protection that is damaged. */
pg_noreturn extern void protection_refuse(Relation relation, const char *detail);

extern void protection_init(void);

/* What a shipment is made of, as read from a row. */
typedef struct RowValues
{
	Datum		values[ROLE_COUNT]; /* of those that are not null */
	bool		nulls[ROLE_COUNT];
	Datum		verdict;		/* that is written in it */
	bool		has_verdict;
	LicenseOrder order;
	PGFunction	screen;			/* of the engine */
	bool		known_now;
	Datum		known_at;		/* else a timestamptz */
} RowValues;

/* How the rows are read to which foreign keys refer. */
typedef enum HeaderAccess
{
	HEADER_AS_SEEN,				/* by the active snapshot, with the rights of the caller */
	HEADER_LOCKED				/* as it is and will be until the end of the transaction */
} HeaderAccess;

/*
 * The arguments of a row, in the current memory context or pointing into the row; old is
 * what it replaces, or NULL.
 */
extern void protection_read(Protection *protection, Relation relation, HeapTuple old, HeapTuple row,
							HeaderAccess access, RowValues *values);

/*
 * A row that protection_read() has just read, with this verdict: allocated in the current
 * memory context.  To be called at once, while what was read is still there.
 */
extern HeapTuple protection_with_verdict(Protection *protection, Relation relation, HeapTuple row, Datum verdict);

/* ---- header.c ---- */

/* Finds the foreign key of a column, and what is read through it; it is header 'number' of the protection. */
extern void header_build(Header *header, Relation relation, Oid target, AttrNumber column, int number,
						 Oid columns_function);

/* Reads the columns of the row to which a row refers; all are NULL if there is none. */
extern void header_read(Header *header, Relation relation, HeapTuple row, HeaderAccess access,
						Datum *values, bool *nulls);

/*
 * For a row of the referenced table that has changed: waits for everybody who has
 * screened a row that refers to its key.  False if there is no row of that key any more.
 * In SPI, as the owner of the table.
 */
extern bool header_lock_changed(const Header *header, HeapTuple row, TupleDesc description);

/*
 * Runs a statement on the rows of the protected table that refer to a row of the
 * referenced one: head, its name, AS r, middle, and the condition.  False if none can.
 * In SPI, as the owner of the protected table.
 */
extern bool header_execute_on_lines(const Header *header, const char *head, Oid lines, const char *middle,
									HeapTuple row, TupleDesc description);

extern char *qualified_name(Oid relation);

/* Takes on the rights of the owner of a relation, row security aside. */
extern void become_owner(Oid relation);

/* ---- protect.c ---- */

/* The verdict of a shipment, by the rulebook of the active snapshot. */
extern Verdict protection_screen(const RowValues *values);

/* What there is to say about a row that does not just pass, in the current memory context. */
typedef struct Explanation
{
	Jsonb	   *key;			/* NULL: the table has no primary key */
	Jsonb	   *inputs;
	Jsonb	   *hits;
	bool		cleared;		/* somebody has cleared all of them */
	Datum		licenses;		/* that permit some of them: a text[], or 0 for none */
	char	   *goods;
	char	   *place;
	char	   *detail;
	char	   *hint;
} Explanation;

/*
 * From here on values and names look as they do for everybody, whatever the session has set, until
 * AtEOXact_GUC(true, level) with the level that is returned.
 */
extern int	begin_uniform_output(void);

/* What the date of a shipment is: date, instant, or now. */
extern const char *protection_time_kind(const Protection *protection);

/* control_list.explain_shipment(), with the rights of the owner of the lists. */
extern void protection_explain(const Protection *protection, Relation relation, HeapTuple row,
							   const RowValues *values, Explanation *explanation);

/*
 * Puts the version of a row that is there, and that the active snapshot sees, into the slot;
 * false if there is none.  The row may be any, of a table that has rows of its own.
 */
extern bool protection_fetch(Relation relation, ItemPointer row, TupleTableSlot *slot);

/*
 * Writes the verdict of a row again, since the lists have changed, and logs it: the row is
 * there already, so it is not refused, unless the statement changes what is screened.  With
 * the rights of the caller; false if the row is gone.
 */
extern bool protection_hold(Protection *protection, Relation relation, ItemPointer row);

/* ---- draw.c ---- */

/* The references of a row and of what it replaces (or NULL), as they stand in the ledger: a text[]. */
extern Datum protection_references(const Protection *protection, Relation relation, HeapTuple old, HeapTuple row);

/* From here on a screening asks, too, whether the row can draw from a license what it says. */
extern void protection_read_draw(const Protection *protection, RowValues *values);

/* A value of the row as text, 0 if it has none. */
extern Datum protection_text(const Protection *protection, const RowValues *values, Role role);

/* Gives back what a row has drawn from licenses. */
extern void protection_return(const Protection *protection, Relation relation, HeapTuple row);

/*
 * Draws from each of the licenses what the row says.  Raises what draw_license() does, and
 * 23514 for a license that is limited where the row does not say how much it takes.
 */
extern void protection_draw(const Protection *protection, const RowValues *values, Datum licenses);

/* ---- protection_sql.c ---- */

/* Opens a protected table, to be closed with table_close(); 55000 if it is not protected. */
extern Relation protection_open(Oid target, Protection **protection);

/* The row that a function of SQL returns. */
extern Datum protection_result(FunctionCallInfo fcinfo, Datum *values, bool *nulls);

#endif							/* CONTROL_LIST_PROTECTION_H */
