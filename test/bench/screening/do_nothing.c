/*
 * do_nothing.c: what a call costs. Answers not_listed and looks at nothing.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/syscache.h"
#include "catalog/pg_enum.h"
#include "utils/builtins.h"

PG_MODULE_MAGIC;

PG_FUNCTION_INFO_V1(do_nothing);

Datum
do_nothing(PG_FUNCTION_ARGS)
{
	static Oid	not_listed;

	if (unlikely(!OidIsValid(not_listed)))
		not_listed = GetSysCacheOid2(ENUMTYPOIDNAME, Anum_pg_enum_oid,
									 ObjectIdGetDatum(get_fn_expr_rettype(fcinfo->flinfo)),
									 CStringGetDatum("not_listed"));
	PG_RETURN_OID(not_listed);
}
