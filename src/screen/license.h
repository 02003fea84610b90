/*-------------------------------------------------------------------------
 *
 * license.h
 *	  The licenses that a shipment names, and what each says to a hit.
 *
 *-------------------------------------------------------------------------
 */
#ifndef CONTROL_LIST_LICENSE_H
#define CONTROL_LIST_LICENSE_H

#include "shipment.h"

/* where a license holds, and when: a member of a group has its days */
typedef struct LicensePlace
{
	Territory	territory;
	DateADT		from;			/* first day */
	DateADT		until;			/* first day no longer */
} LicensePlace;

typedef struct License
{
	text	   *number;			/* as the shipment names it */
	bool		exists;			/* if not, nothing below is known */
	text	   *list;
	bool		everywhere;
	int			place_count;
	LicensePlace *places;
	HsSet		codes;
	DateADT		from;			/* first day in force */
	DateADT		until;			/* first day no longer in force */
	JsonPath   *applies_if;		/* NULL: always */
	bool		waiver;
	bool		used_up;
	bool		too_small;		/* for the order that is screened */
} License;

typedef struct Licenses
{
	int			count;
	License    *licenses;		/* in the order in which they are named, each once */
} Licenses;

/* The first that fails of what is asked of a license. */
typedef enum LicenseAnswer
{
	LICENSE_PERMITS,
	LICENSE_UNKNOWN,
	LICENSE_OF_OTHER_LIST,
	LICENSE_NO_WAIVER,
	LICENSE_FOR_OTHER_GOODS,
	LICENSE_FOR_OTHER_PLACE,
	LICENSE_NOT_YET_VALID,
	LICENSE_EXPIRED,
	LICENSE_CONDITION_FAILS,
	LICENSE_CONDITION_UNKNOWN,
	LICENSE_USED_UP,
	LICENSE_TOO_SMALL
} LicenseAnswer;

/*
 * Reads the licenses that a shipment names, as the active snapshot sees them, and the
 * members of their groups, as they were recorded at an instant, or KNOWN_NOW; with the
 * rights of the owner of the lists; to be called while there is a rulebook.  Allocated
 * in the current memory context.
 */
extern Licenses licenses_read(const Shipment *shipment, TimestampTz known_at);

/* What is known of the order to which a shipment belongs.  What is 0 is NULL. */
typedef struct LicenseOrder
{
	Datum		references;		/* under which it may have drawn already, as they stand in the ledger: a text[] */
	bool		draws;			/* a license that has not got what follows does not permit; all are texts */
	Datum		quantity;
	Datum		unit;
	Datum		value;
	Datum		currency;
} LicenseOrder;

/*
 * The order that is being screened, or NULL: it has not used up a license for itself.
 * Whoever sets it sets it back, in case of an error, too.
 */
extern const LicenseOrder *license_order;

/* Can any license permit what the entry demands? */
static inline bool
is_licensable(const RuleEntry *entry)
{
	return entry->measure >= LICENSE_REQUIRED;
}

/* What a license says to a hit of an entry that can be licensed, whose codes match so. */
extern LicenseAnswer license_answer(const License *license, const RuleEntry *entry, RuleList *list, const EntryMatch *match,
									Shipment *shipment);

/* The first place of the shipment that a license is not for on a day, NULL if there is none. */
extern const Place *license_other_place(const License *license, const Shipment *shipment, DateADT day);

#endif							/* CONTROL_LIST_LICENSE_H */
