/*-------------------------------------------------------------------------
 *
 * territory.h
 *	  Countries and their subdivisions as values, and names of countries in
 *	  a normal form.
 *
 * A Territory is one unsigned integer, so that "lies in" is a mask and a
 * comparison:
 *
 *		high 16 bits	the country: 1 + 26 * first letter + second letter
 *		low 16 bits		the subdivision: up to three letters or digits, read
 *						as digits of base 37; 0 means the whole country
 *
 * Plain integer order is the order of the texts: a country comes before its
 * subdivisions.  0 is no territory.
 *
 * Nothing here knows of the server: no fmgr, no palloc, no ereport.  What SQL
 * sees is made in territory_sql.c.  Which territories a list names, and what
 * a screening concludes from them, does not belong here either.
 *
 *-------------------------------------------------------------------------
 */
#ifndef TERRITORY_H
#define TERRITORY_H

#include <stdbool.h>
#include <stdint.h>

typedef uint32_t Territory;

#define TERRITORY_NONE			((Territory) 0)
#define TERRITORY_COUNTRY_MASK	((Territory) 0xFFFF0000)

/* longest text that is printed, "UA-43X", with its terminating NUL */
#define TERRITORY_TEXT_SIZE		7

/*
 * For each first letter of a country the second letters, as bits; none before
 * territory_read_rare() was called.
 */
extern uint32_t territory_second_letters[26];

/* Two letters of a country, large or small; false for all else, and for all as long as there are none. */
static inline bool
territory_read_alpha2(const char *text, Territory *country)
{
	unsigned	first = ((unsigned char) text[0] | 0x20u) - 'a';
	unsigned	second = ((unsigned char) text[1] | 0x20u) - 'a';

	if (first >= 26 || second >= 26 || (territory_second_letters[first] >> second & 1) == 0)
		return false;
	*country = (Territory) (1 + 26 * first + second) << 16;
	return true;
}

/* territory_read() for all that is not just two letters */
extern bool territory_read_rare(const char *text, int length, Territory *territory);

/*
 * Read 'length' bytes of text as a territory: an ISO 3166-1 country of two or
 * three letters (RU, RUS; also XK and XKX for Kosovo, user-assigned codes in
 * general use), or a code of the form of ISO 3166-2: two letters of a country,
 * a hyphen, one to three letters or digits (UA-43).  Case and surrounding
 * ASCII blanks do not matter.  Whether the country has that subdivision is not
 * asked; see territory_is_known_subdivision().
 *
 * A subdivision that is a country of ISO 3166-1 as well (CN-HK, HK) is read by
 * the country's code only, lest a list that names one misses the other.
 *
 * Any bytes may be given, NUL included; no terminator is needed.  Returns
 * false, with *territory set to TERRITORY_NONE, for everything else.
 */
static inline bool
territory_read(const char *text, int length, Territory *territory)
{
	return (length == 2 && territory_read_alpha2(text, territory)) || territory_read_rare(text, length, territory);
}

/*
 * Read a jurisdiction, whose law a list is: a country as territory_read()
 * takes it, or EU or UN (exceptionally reserved in ISO 3166-1).  Subdivisions
 * make no export control law and are refused.  Otherwise as territory_read().
 */
extern bool jurisdiction_read(const char *text, int length,
							  Territory *jurisdiction);

/*
 * Write the canonical text of what one of the two functions above has read,
 * for example "RU" or "UA-43", and a terminating NUL into 'buf', which has
 * TERRITORY_TEXT_SIZE bytes.  Returns the length without the NUL.
 */
extern int	territory_print(Territory territory, char *buf);

/*
 * Is it a subdivision that ISO 3166-2 has?  Only those of Ukraine are known
 * by now; those of other countries are not, which a screening takes as doubt.
 * False for a whole country.
 */
extern bool territory_is_known_subdivision(Territory territory);

/* Are the subdivisions known of the country in which the territory lies? */
extern bool territory_has_known_subdivisions(Territory territory);

/* The country in which a territory lies; of a country, itself. */
static inline Territory
territory_country(Territory territory)
{
	return territory & TERRITORY_COUNTRY_MASK;
}

/* Is it a part of a country, not a whole one? */
static inline bool
territory_is_subdivision(Territory territory)
{
	return (territory & ~TERRITORY_COUNTRY_MASK) != 0;
}

/* Is 'inner' the same as 'outer', or a subdivision of the country 'outer'? */
static inline bool
territory_lies_in(Territory inner, Territory outer)
{
	return inner == outer || territory_country(inner) == outer;
}

/*
 * Bring the name of a country into the form in which names are compared:
 * Latin letters small and without accents, apostrophes and hyphens straight,
 * blanks single and none at the ends ("Côte  d’Ivoire" becomes
 * "cote d'ivoire").  Nothing else changes, so two names of one form are the
 * same name, differently typed.
 *
 * The text is UTF-8; bytes that are not are copied as they are.  'form' has
 * room for 'length' bytes, which always suffice; no NUL is added.  Returns
 * the number of bytes written.
 */
extern int	country_name_form(const char *text, int length, char *form);

#endif							/* TERRITORY_H */
