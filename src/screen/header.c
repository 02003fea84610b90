/*-------------------------------------------------------------------------
 *
 * header.c
 *	  The row to which a foreign key of a protected table refers.
 *
 * Goods stand on the lines of an order, its destination stands on its header.  A line is
 * screened with the header as it is when the line is committed, and a header that changes
 * has its lines screened again (protect.c).  Two transactions that do this at the same time
 * must not miss each other:
 *
 * - Who screens a line first locks the header FOR KEY SHARE, as the foreign key itself
 *	 does, and then reads it with a snapshot that is newer than the lock.
 * - Who has changed a header, or has put it in the place of another one, locks it FOR UPDATE,
 *	 which waits for all such lines, and then reads the lines with a snapshot that is newer
 *	 than that.
 *
 * So the line is there for the one, or the new header is there for the other.  Ordinary
 * updates of a header, which change no mapped column, wait for nobody.
 *
 * Rows are read with the rights of the owner of their table, whatever the writer may read.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "protection.h"

#include "access/table.h"
#include "catalog/pg_class.h"
#include "catalog/pg_constraint.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"
#include "utils/typcache.h"

void
become_owner(Oid relation)
{
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(relation));
	Oid			user;
	int			security;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for relation %u", relation);
	GetUserIdAndSecContext(&user, &security);
	SetUserIdAndSecContext(((Form_pg_class) GETSTRUCT(tuple))->relowner,
						   security | SECURITY_LOCAL_USERID_CHANGE | SECURITY_NOFORCE_RLS);
	ReleaseSysCache(tuple);
}

/* The foreign key of which the column is a part; there must be one.  A copy, as the server may forget its own. */
static ForeignKeyCacheInfo *
find_foreign_key(Relation relation, AttrNumber column)
{
	ForeignKeyCacheInfo *found = NULL;
	List	   *keys = copyObject(RelationGetFKeyList(relation));
	ListCell   *cell;

	foreach(cell, keys)
	{
		ForeignKeyCacheInfo *key = lfirst_node(ForeignKeyCacheInfo, cell);

		/* a key that refers to a partitioned table has one of its own for each partition */
		if (get_rel_relispartition(key->confrelid))
			continue;
		for (int i = 0; i < key->nkeys; i++)
		{
			if (key->conkey[i] != column)
				continue;
			if (found != NULL)
				ereport(ERROR,
						(errcode(ERRCODE_AMBIGUOUS_COLUMN),
						 errmsg("column \"%s\" of relation \"%s\" belongs to several foreign keys",
								get_attname(RelationGetRelid(relation), column, false),
								RelationGetRelationName(relation)),
						 errhint("Give it one foreign key, to the table whose columns are screened.")));
			found = key;
		}
	}
	if (found == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("column \"%s\" of relation \"%s\" has no foreign key",
						get_attname(RelationGetRelid(relation), column, false), RelationGetRelationName(relation)),
				 errhint("Add a foreign key to the table whose columns are screened.")));
	return found;
}

/* Takes over the columns that the trigger on the referenced table lists. */
static void
read_columns(Header *header, Relation referenced, Oid target, int number, Oid columns_function)
{
	char		argument[12];

	pg_ltoa(number, argument);
	for (int i = 0; referenced->trigdesc != NULL && i < referenced->trigdesc->numtriggers; i++)
	{
		const Trigger *trigger = &referenced->trigdesc->triggers[i];

		if (trigger->tgfoid != columns_function || trigger->tgconstrrelid != target ||
			trigger->tgnargs != 1 || strcmp(trigger->tgargs[0], argument) != 0)
			continue;
		header->column_count = trigger->tgnattr;
		header->columns = (AttrNumber *) palloc(sizeof(AttrNumber) * trigger->tgnattr);
		memcpy(header->columns, trigger->tgattr, sizeof(AttrNumber) * trigger->tgnattr);
		return;
	}
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("the protection of relation \"%s\" is damaged", get_rel_name(target)),
			 errdetail("Relation \"%s\" has lost the trigger that belongs to it.", RelationGetRelationName(referenced)),
			 errhint("Call control_list.unprotect() and control_list.protect() again.")));
}

/* Reads of a foreign key what the server does not keep at hand. */
static void
read_constraint(Header *header, Relation relation, const ForeignKeyCacheInfo *key)
{
	HeapTuple	tuple = SearchSysCache1(CONSTROID, ObjectIdGetDatum(key->conoid));
	Form_pg_constraint constraint;
	bool		is_proper = true;

	if (!HeapTupleIsValid(tuple))
		elog(ERROR, "cache lookup failed for constraint %u", key->conoid);
	constraint = (Form_pg_constraint) GETSTRUCT(tuple);
	header->comes_later = constraint->condeferrable;
#if PG_VERSION_NUM >= 180000
	is_proper = constraint->conenforced && !constraint->conperiod;
#endif
	if (!is_proper)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("foreign key \"%s\" of relation \"%s\" cannot be followed",
						NameStr(constraint->conname), RelationGetRelationName(relation)),
				 errdetail("It is not enforced, or refers to a period."),
				 errhint("Add a foreign key that refers to one row of the table whose columns are screened.")));
	ReleaseSysCache(tuple);
}

void
header_build(Header *header, Relation relation, Oid target, AttrNumber column, int number, Oid columns_function)
{
	ForeignKeyCacheInfo *key = find_foreign_key(relation, column);
	Relation	referenced;

	memset(header, 0, sizeof(Header));
	read_constraint(header, relation, key);
	header->key_column = column;
	header->relation = key->confrelid;
	header->key_count = key->nkeys;
	memcpy(header->keys, key->conkey, sizeof(AttrNumber) * key->nkeys);
	memcpy(header->referenced, key->confkey, sizeof(AttrNumber) * key->nkeys);
	memcpy(header->operators, key->conpfeqop, sizeof(Oid) * key->nkeys);

	/* the lock is kept, so that what is read here stays true while it is used first */
	referenced = table_open(header->relation, AccessShareLock);
	read_columns(header, referenced, target, number, columns_function);
	table_close(referenced, NoLock);
}

/* ---- queries ---- */

char *
qualified_name(Oid relation)
{
	return quote_qualified_identifier(get_namespace_name(get_rel_namespace(relation)), get_rel_name(relation));
}

/* What is asked about a row by its key. */
typedef struct KeyQuery
{
	const char *head;			/* up to the relation */
	Oid			relation;		/* that is asked, as r */
	const char *middle;			/* up to the condition */
	const char *tail;
	const AttrNumber *columns;	/* of it */
	const Oid  *operators;
	bool		column_first;	/* its column is the left argument of the operator */
	Oid			asking;			/* relation whose row has the parameters */
	const AttrNumber *parameters;	/* in these columns */
} KeyQuery;

static SPIPlanPtr
prepare(const Header *header, const KeyQuery *key)
{
	StringInfoData query;
	Oid			types[INDEX_MAX_KEYS];
	SPIPlanPtr	plan;

	initStringInfo(&query);
	appendStringInfo(&query, "%s %s AS r%s", key->head, qualified_name(key->relation), key->middle);
	for (int i = 0; i < header->key_count; i++)
	{
		const char *column = psprintf("r.%s", quote_identifier(get_attname(key->relation, key->columns[i], false)));
		const char *parameter = psprintf("$%d", i + 1);
		Oid			column_type = get_atttype(key->relation, key->columns[i]);

		types[i] = get_atttype(key->asking, key->parameters[i]);
		appendStringInfoString(&query, i == 0 ? " WHERE " : " AND ");
		if (key->column_first)
			generate_operator_clause(&query, column, column_type, key->operators[i], parameter, types[i]);
		else
			generate_operator_clause(&query, parameter, types[i], key->operators[i], column, column_type);
	}
	appendStringInfoString(&query, key->tail);
	plan = SPI_prepare(query.data, header->key_count, types);
	if (plan == NULL)
		elog(ERROR, "SPI_prepare failed: %s: %s", SPI_result_code_string(SPI_result), query.data);
	return plan;
}

/* The columns of a row; false if one of them is NULL. */
static bool
get_key(const Header *header, HeapTuple row, TupleDesc description, const AttrNumber *columns, Datum *key)
{
	for (int i = 0; i < header->key_count; i++)
	{
		bool		is_null;

		key[i] = heap_getattr(row, columns[i], description, &is_null);
		if (is_null)
			return false;
	}
	return true;
}

/* Runs a query that may wait for others, with a snapshot that is newer than whatever came before. */
static void
execute(SPIPlanPtr plan, Datum *key)
{
	int			result = SPI_execute_snapshot(plan, key, NULL, GetLatestSnapshot(), InvalidSnapshot, false, true, 0);

	if (result < 0)
		elog(ERROR, "SPI_execute_snapshot failed: %s", SPI_result_code_string(result));
}

/* A foreign key refers to rows of the table and its partitions, and not of its inheritance children. */
static const char *
from_only(Oid relation)
{
	return get_rel_relkind(relation) == RELKIND_PARTITIONED_TABLE ? " FROM" : " FROM ONLY";
}

static SPIPlanPtr
prepare_lock(const Header *header, Oid asking)
{
	KeyQuery	query = {psprintf("SELECT%s", from_only(header->relation)), header->relation, "", " FOR KEY SHARE", header->referenced,
	header->operators, true, asking, header->keys};

	return prepare(header, &query);
}

static SPIPlanPtr
prepare_read(const Header *header, Oid asking)
{
	KeyQuery	query = {NULL, header->relation, "", "", header->referenced, header->operators, true, asking, header->keys};
	StringInfoData head;

	initStringInfo(&head);
	appendStringInfoString(&head, "SELECT ");
	for (int i = 0; i < header->column_count; i++)
		appendStringInfo(&head, "%sr.%s", i == 0 ? "" : ", ",
						 quote_identifier(get_attname(header->relation, header->columns[i], false)));
	appendStringInfoString(&head, from_only(header->relation));
	query.head = head.data;
	return prepare(header, &query);
}

static void
copy_values(const Header *header, Datum *values, bool *nulls)
{
	for (int i = 0; i < header->column_count; i++)
	{
		Form_pg_attribute column = TupleDescAttr(SPI_tuptable->tupdesc, i);

		values[i] = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, i + 1, &nulls[i]);
		if (!nulls[i])
			values[i] = SPI_datumTransfer(values[i], column->attbyval, column->attlen);
	}
}

void
header_read(Header *header, Relation relation, HeapTuple row, HeaderAccess access, Datum *values, bool *nulls)
{
	Datum		key[INDEX_MAX_KEYS];
	Oid			user;
	int			security;

	memset(nulls, true, sizeof(bool) * header->column_count);
	if (!get_key(header, row, RelationGetDescr(relation), header->keys, key))
		return;
	GetUserIdAndSecContext(&user, &security);
	SPI_connect();
	if (header->read_plan == NULL)
	{
		SPIPlanPtr	plan = prepare_read(header, RelationGetRelid(relation));

		SPI_keepplan(plan);
		header->read_plan = plan;
	}
	if (access == HEADER_AS_SEEN)
		(void) SPI_execute_plan(header->read_plan, key, NULL, true, 0);
	else
	{
		become_owner(header->relation);
		if (header->lock_plan == NULL)
		{
			SPIPlanPtr	plan = prepare_lock(header, RelationGetRelid(relation));

			SPI_keepplan(plan);
			header->lock_plan = plan;
		}
		execute(header->lock_plan, key);
		execute(header->read_plan, key);
	}
	if (SPI_processed > 0)
		copy_values(header, values, nulls);
	SPI_finish();
	SetUserIdAndSecContext(user, security);
}

bool
header_lock_changed(const Header *header, HeapTuple row, TupleDesc description)
{
	KeyQuery	query = {psprintf("SELECT%s", from_only(header->relation)), header->relation, "", " FOR UPDATE",
	header->referenced, NULL, true, header->relation, header->referenced};
	Oid			operators[INDEX_MAX_KEYS];
	Datum		key[INDEX_MAX_KEYS];

	for (int i = 0; i < header->key_count; i++)
		operators[i] = lookup_type_cache(get_atttype(header->relation, header->referenced[i]),
										 TYPECACHE_EQ_OPR)->eq_opr;
	query.operators = operators;
	if (!get_key(header, row, description, header->referenced, key))
		return false;
	execute(prepare(header, &query), key);
	return SPI_processed > 0;
}

bool
header_execute_on_lines(const Header *header, const char *head, Oid lines, const char *middle,
						HeapTuple row, TupleDesc description)
{
	KeyQuery	query = {head, lines, middle, "", header->keys, header->operators, false,
	header->relation, header->referenced};
	Datum		key[INDEX_MAX_KEYS];

	if (!get_key(header, row, description, header->referenced, key))
		return false;
	execute(prepare(header, &query), key);
	return true;
}
