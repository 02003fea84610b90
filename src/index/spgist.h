/*-------------------------------------------------------------------------
 *
 * spgist.h
 *	  SP-GiST for hscode and hsrange: a radix tree on the digits of both ends.
 *
 * A value has two ends, its first and its last leaf, of fourteen digits each.  An
 * inner tuple holds values of which both ends begin with the digits of its prefix;
 * its nodes tell them apart by the next digit of either end.  Below the prefix 84
 * (for both ends) the heading 8471 goes to the node 7/7, the range 8471-8485 to the
 * node 7/8, and the chapter 84 itself to the node 0/9, for its last leaf is
 * 84999999999999.
 *
 * Two digits are better than the one of a common radix tree, which has to keep
 * a range that straddles two of its digits at the node itself, where many such
 * ranges make a long list.  Here all values part sooner or later unless they are
 * equal, after fourteen levels at the latest whatever the order of insertion, and a
 * query knows within what bounds both ends lie on each path.  Ranges that do not
 * straddle go down the digits that their ends have in common, as in the common tree.
 *
 * Codes make the common tree: the ends of a code agree as far as the code goes, and
 * then go to the node 0/9.  Hence a prefix of codes is one string of digits, and a
 * prefix of ranges two of the same length.  Both are stored as HsCodes, which may
 * have lengths here that are no code's, such as 0 and 3.
 *
 * If all values of an inner tuple are of one node, core makes an "allTheSame" tuple of
 * it: all its nodes have that node's label, and values go to any of them.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CONTROL_LIST_SPGIST_H
#define CONTROL_LIST_SPGIST_H

#include "access/spgist.h"

#include "relation.h"

/* The digits with which the ends of all values of an inner tuple begin. */
typedef struct EndsPrefix
{
	HsRange		ends;			/* filled up with zeros */
	int			digits;
} EndsPrefix;

/* What an operator class says of its type. */
typedef struct EndsType
{
	HsRange		(*range_of) (Datum value);
	Datum		(*prefix_datum) (EndsPrefix prefix);
	EndsPrefix	(*prefix_of) (Datum prefix);
	bool		one_prefix;		/* the same prefix for both ends */
} EndsType;

extern const EndsType hscode_ends;
extern const EndsType hsrange_ends;

/* the label of a node, 10 times the digit of the first leaf plus that of the last one */
#define ENDS_LABEL(low, high)	((int16) ((low) * 10 + (high)))
#define ENDS_LABEL_LOW(label)	((label) / 10)
#define ENDS_LABEL_HIGH(label)	((label) % 10)

#endif							/* CONTROL_LIST_SPGIST_H */
