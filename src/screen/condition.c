/*-------------------------------------------------------------------------
 *
 * condition.c
 *	  Conditions of entries: which jsonpath predicates may stand in applies_if and
 *	  exempt_if, and what attributes they are asked about.
 *
 * A condition has three answers: true, false, and unknown where an attribute that
 * it needs is missing.  jsonpath gives unknown for missing data only in strict
 * mode, and even there some constructs turn it into a definite answer: exists()
 * and filters say false, "is unknown" says true, wildcards skip what is not there,
 * and a predicate used as a value becomes null.  A list that answers definitely on
 * missing data would clear goods that nobody has looked at, so all of these are
 * refused when the list is written.  So are comparisons with null (a JSON null
 * counts as missing), comparisons that ask for no attribute, type(), and what could
 * fail for good when a shipment is screened (variables, templates of datetime()).
 *
 * The check allows what it knows: an item that a later server adds is refused
 * until someone has thought about it.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "shipment.h"

#include "miscadmin.h"
#include "pgtime.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"

PG_FUNCTION_INFO_V1(control_list_check_condition);

static void
refuse(const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("condition must not use %s", what),
			 errdetail("It could answer definitely, or fail, where an attribute is missing."),
			 errhint("Write a predicate such as: strict $.engine_cc > 2000")));
}

static bool
is_predicate(const JsonPathItem *item)
{
	switch (item->type)
	{
		case jpiAnd:
		case jpiOr:
		case jpiNot:
		case jpiEqual:
		case jpiNotEqual:
		case jpiLess:
		case jpiGreater:
		case jpiLessOrEqual:
		case jpiGreaterOrEqual:
		case jpiStartsWith:
		case jpiLikeRegex:
			return true;
		default:
			return false;
	}
}

static bool check_item(JsonPathItem *item);

static bool
check_operands(JsonPathItem *item)
{
	JsonPathItem operand;
	bool		asks;

	jspGetLeftArg(item, &operand);
	asks = check_item(&operand);
	jspGetRightArg(item, &operand);
	return check_item(&operand) || asks;
}

static bool
check_operand(JsonPathItem *item)
{
	JsonPathItem operand;

	jspGetArg(item, &operand);
	return check_item(&operand);
}

/* $ stands before the name of an attribute. */
static bool
check_root(JsonPathItem *item)
{
	JsonPathItem next;

	if (!jspGetNext(item, &next) || next.type != jpiKey)
		refuse("$ without the name of an attribute");
	return true;
}

static void
check_subscripts(JsonPathItem *item)
{
	for (int i = 0; i < item->content.array.nelems; i++)
	{
		JsonPathItem from;
		JsonPathItem to;

		if (jspGetArraySubscript(item, &from, &to, i))
			refuse("array slices");
		check_item(&from);
	}
}

/*
 * Checks an item, its operands, and the accessors that follow it.  Returns whether
 * it asks for an attribute.
 */
static bool
check_item(JsonPathItem *item)
{
	JsonPathItem next;
	bool		asks = false;

	check_stack_depth();
	if (is_predicate(item) && jspHasNext(item))
		refuse("a predicate as a value");

	switch (item->type)
	{
		case jpiRoot:
			asks = check_root(item);
			break;
		case jpiKey:
		case jpiString:
		case jpiNumeric:
		case jpiBool:
		case jpiLast:
		case jpiSize:
		case jpiAbs:
		case jpiFloor:
		case jpiCeiling:
		case jpiDouble:
#if PG_VERSION_NUM >= 170000
		case jpiBigint:
		case jpiBoolean:
		case jpiDate:
		case jpiDecimal:
		case jpiInteger:
		case jpiNumber:
		case jpiStringFunc:
		case jpiTime:
		case jpiTimeTz:
		case jpiTimestamp:
		case jpiTimestampTz:
#endif
			break;
		case jpiAnd:
		case jpiOr:
		case jpiEqual:
		case jpiNotEqual:
		case jpiLess:
		case jpiGreater:
		case jpiLessOrEqual:
		case jpiGreaterOrEqual:
		case jpiAdd:
		case jpiSub:
		case jpiMul:
		case jpiDiv:
		case jpiMod:
		case jpiStartsWith:
			asks = check_operands(item);
			break;
		case jpiNot:
		case jpiPlus:
		case jpiMinus:
			asks = check_operand(item);
			break;
		case jpiLikeRegex:
			jspInitByBuffer(&next, item->base, item->content.like_regex.expr);
			asks = check_item(&next);
			break;
		case jpiDatetime:
			if (item->content.arg != 0)
				refuse("templates of datetime()");
			break;
		case jpiIndexArray:
			check_subscripts(item);
			break;
		case jpiType:
			refuse("type()");
			break;
		case jpiNull:
			refuse("null");
			break;
		case jpiFilter:
		case jpiCurrent:
			refuse("filters");
			break;
		case jpiExists:
			refuse("exists");
			break;
		case jpiIsUnknown:
			refuse("\"is unknown\"");
			break;
		case jpiAnyArray:
		case jpiAnyKey:
		case jpiAny:
			refuse("wildcards");
			break;
		case jpiKeyValue:
			refuse("keyvalue()");
			break;
		case jpiVariable:
			refuse("variables");
			break;
		default:
			refuse("this jsonpath operation");
	}

	if (is_predicate(item) && !asks)
		refuse("a comparison without an attribute");
	if (jspGetNext(item, &next))
		check_item(&next);
	return asks;
}

/* True, or an error: a CHECK constraint that explains itself. */
Datum
control_list_check_condition(PG_FUNCTION_ARGS)
{
	JsonPath   *path = PG_GETARG_JSONPATH_P(0);
	JsonPathItem item;

	if ((path->header & JSONPATH_LAX) != 0)
		refuse("lax mode");
	jspInit(&item, path);
	if (!is_predicate(&item))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("condition must be a predicate"),
				 errhint("Write a comparison such as: strict $.engine_cc > 2000")));
	check_item(&item);
	PG_RETURN_BOOL(true);
}

/* {}, made once */
static Jsonb *
no_attributes(void)
{
	static Jsonb *empty = NULL;

	if (empty == NULL)
	{
		MemoryContext old = MemoryContextSwitchTo(TopMemoryContext);

		empty = DatumGetJsonbP(DirectFunctionCall1(jsonb_in, CStringGetDatum("{}")));
		MemoryContextSwitchTo(old);
	}
	return empty;
}

/*
 * In an object the key of a null goes away; in an array, where later elements must
 * keep their places, an empty object takes its place, with which no comparison is true
 * or false.
 */
Jsonb *
attributes_without_nulls(Jsonb *attributes)
{
	JsonbIterator *iterator;
	JsonbIteratorToken token;
	JsonbParseState *state = NULL;
	JsonbValue *result = NULL;
	JsonbValue	value;
	JsonbValue	key;
	bool		key_pending = false;

	if (attributes == NULL)
		return no_attributes();
	if (JB_ROOT_IS_SCALAR(attributes))
		return attributes;		/* no condition asks for it */
	iterator = JsonbIteratorInit(&attributes->root);
	while ((token = JsonbIteratorNext(&iterator, &value, false)) != WJB_DONE)
	{
		bool		is_value = token == WJB_VALUE || token == WJB_ELEM;
		bool		is_null = is_value && value.type == jbvNull;

		if (token == WJB_KEY)
		{
			key = value;
			key_pending = true;
			continue;
		}
		if (key_pending)
		{
			key_pending = false;
			if (is_null)
				continue;
			pushJsonbValue(&state, WJB_KEY, &key);
		}
		if (is_null)
		{
			pushJsonbValue(&state, WJB_BEGIN_OBJECT, NULL);
			result = pushJsonbValue(&state, WJB_END_OBJECT, NULL);
		}
		else
			result = pushJsonbValue(&state, token, is_value ? &value : NULL);
	}
	return JsonbValueToJsonb(result);
}

/* Conditions may compare times; the clock of the caller decides nothing. */
Answer
condition_answer(JsonPath *condition, Jsonb *attributes)
{
	LOCAL_FCINFO(fcinfo, 4);
	pg_tz	   *time_zone = session_timezone;
	Datum		answer;

	InitFunctionCallInfoData(*fcinfo, NULL, 4, InvalidOid, NULL, NULL);
	fcinfo->args[0] = (NullableDatum) {JsonbPGetDatum(attributes), false};
	fcinfo->args[1] = (NullableDatum) {PointerGetDatum(condition), false};
	fcinfo->args[2] = (NullableDatum) {JsonbPGetDatum(no_attributes()), false};	/* variables */
	fcinfo->args[3] = (NullableDatum) {BoolGetDatum(true), false};	/* silent */
	PG_TRY();
	{
		session_timezone = pg_tzset("UTC");
		answer = jsonb_path_match_tz(fcinfo);
	}
	PG_FINALLY();
	{
		session_timezone = time_zone;
	}
	PG_END_TRY();
	if (fcinfo->isnull)
		return ANSWER_UNKNOWN;
	return DatumGetBool(answer) ? ANSWER_TRUE : ANSWER_FALSE;
}
