/*-------------------------------------------------------------------------
 *
 * cell.c
 *	  A cell of a file as SQL sees it.
 *
 * What the notations mean is in hs/hs_cell.c; the import itself is written in SQL, in
 * sql/install/90-import.sql.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "type/type.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

PG_FUNCTION_INFO_V1(control_list_read_cell);

/* the columns of the result */
enum
{
	CELL_CODES,
	CELL_EX,
	CELL_EXCEPT_CODES,
	CELL_KOREAN,
	CELL_PADS_HEADING,
	CELL_PROBLEM,
	CELL_COLUMNS
};

/* The row type of the result, looked up once for all calls of a query. */
static TupleDesc
result_description(FunctionCallInfo fcinfo)
{
	MemoryContext old;
	TupleDesc	description;

	if (fcinfo->flinfo->fn_extra == NULL)
	{
		if (get_call_result_type(fcinfo, NULL, &description) != TYPEFUNC_COMPOSITE)
			elog(ERROR, "return type must be a row type");
		old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
		fcinfo->flinfo->fn_extra = BlessTupleDesc(CreateTupleDescCopy(description));
		MemoryContextSwitchTo(old);
	}
	return (TupleDesc) fcinfo->flinfo->fn_extra;
}

static Datum
codes_array(const HsCell *cell, Oid array_type)
{
	Oid			type = get_element_type(array_type);
	Datum	   *codes = (Datum *) palloc(sizeof(Datum) * (Size) cell->count);

	for (int i = 0; i < cell->count; i++)
		codes[i] = PointerGetDatum(&cell->listed[i].codes);
	return PointerGetDatum(construct_array(codes, cell->count, type, sizeof(HsRange), false, TYPALIGN_DOUBLE));
}

static Datum
ex_array(const HsCell *cell)
{
	Datum	   *ex = (Datum *) palloc(sizeof(Datum) * (Size) cell->count);

	for (int i = 0; i < cell->count; i++)
		ex[i] = BoolGetDatum(cell->listed[i].ex);
	return PointerGetDatum(construct_array(ex, cell->count, BOOLOID, 1, true, TYPALIGN_CHAR));
}

static Datum
except_set(const HsCell *cell)
{
	HsMultirange *set = hs_multirange_make(cell->except_count);

	memcpy(set->ranges, cell->except, sizeof(HsRange) * (Size) cell->except_count);
	return hs_multirange_finish(set, cell->except_count);
}

/*
 * control_list.read_cell(cell text, OUT codes hsrange[], OUT ex boolean[],
 *						  OUT except_codes hsmultirange, OUT korean boolean, OUT pads_heading boolean,
 *						  OUT problem text)
 */
Datum
control_list_read_cell(PG_FUNCTION_ARGS)
{
	text	   *input = PG_GETARG_TEXT_PP(0);
	char	   *bytes = VARDATA_ANY(input);
	int			size = VARSIZE_ANY_EXHDR(input);
	int			capacity = size / 2 + 1;
	TupleDesc	description = result_description(fcinfo);
	Datum		values[CELL_COLUMNS];
	bool		nulls[CELL_COLUMNS];
	HsCell		cell;
	HsProblem	problem;

	cell.listed = (HsListed *) palloc_extended(sizeof(HsListed) * (Size) capacity, MCXT_ALLOC_HUGE);
	cell.except = (HsRange *) palloc_extended(sizeof(HsRange) * (Size) capacity, MCXT_ALLOC_HUGE);
	problem = hs_cell_parse(bytes, (size_t) size, capacity, &cell);
	memset(nulls, problem != HS_OK, sizeof(nulls));
	if (problem != HS_OK)
	{
		values[CELL_PROBLEM] = CStringGetTextDatum(hs_problem_detail(problem));
		nulls[CELL_PROBLEM] = false;
	}
	else
	{
		values[CELL_CODES] = codes_array(&cell, TupleDescAttr(description, CELL_CODES)->atttypid);
		values[CELL_EX] = ex_array(&cell);
		values[CELL_EXCEPT_CODES] = except_set(&cell);
		values[CELL_KOREAN] = BoolGetDatum(cell.korean);
		values[CELL_PADS_HEADING] = BoolGetDatum(cell.pads_heading);
		nulls[CELL_EXCEPT_CODES] = cell.except_count == 0;
		nulls[CELL_PROBLEM] = true;
	}
	pfree(cell.listed);
	pfree(cell.except);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(description, values, nulls)));
}
