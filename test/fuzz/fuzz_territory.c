/*-------------------------------------------------------------------------
 *
 * fuzz_territory.c
 *	  Target: reading and printing territories, and the form of country names.
 *
 *-------------------------------------------------------------------------
 */
#include <string.h>

#include "fuzz.h"
#include "hs/territory.h"

/* Well-formed UTF-8, as the server guarantees it for texts. */
static bool
is_utf8(const uint8_t *text, size_t size)
{
	for (size_t i = 0; i < size;)
	{
		uint8_t		c = text[i];
		size_t		more = c < 0x80 ? 0 : c < 0xE0 ? 1 : c < 0xF0 ? 2 : 3;

		if (c == 0 || (c >= 0x80 && c < 0xC2) || c > 0xF4 || i + more >= size)
			return false;
		for (size_t j = 1; j <= more; j++)
		{
			if ((text[i + j] & 0xC0) != 0x80)
				return false;
		}
		if ((c == 0xE0 && text[i + 1] < 0xA0) || (c == 0xF0 && text[i + 1] < 0x90))
			return false;
		i += more + 1;
	}
	return true;
}

static void
check_territory(const char *text, int length)
{
	Territory	territory = 12345;
	Territory	again;
	char		printed[TERRITORY_TEXT_SIZE];

	if (!territory_read(text, length, &territory))
	{
		CHECK(territory == TERRITORY_NONE);
		return;
	}
	CHECK(territory != TERRITORY_NONE);
	CHECK(territory_print(territory, printed) == (int) strlen(printed));
	CHECK(territory_is_subdivision(territory) == (strlen(printed) > 2));
	CHECK(territory_read(printed, (int) strlen(printed), &again) && again == territory);
	CHECK(territory_read(printed, 2, &again) && again == territory_country(territory));
	CHECK(territory_lies_in(territory, again) && territory_lies_in(territory, territory));
	CHECK(!territory_is_known_subdivision(territory) ||
		  (territory_is_subdivision(territory) && territory_has_known_subdivisions(territory)));
}

static void
check_jurisdiction(const char *text, int length)
{
	Territory	jurisdiction = 12345;
	Territory	country;
	char		printed[TERRITORY_TEXT_SIZE];
	bool		read = jurisdiction_read(text, length, &jurisdiction);

	if (!read)
		CHECK(jurisdiction == TERRITORY_NONE);
	else
	{
		CHECK(territory_print(jurisdiction, printed) == 2);
		CHECK(territory_read(text, length, &country) ? country == jurisdiction :
			  strcmp(printed, "EU") == 0 || strcmp(printed, "UN") == 0);
	}
	if (territory_read(text, length, &country) && !territory_is_subdivision(country))
		CHECK(read);
}

static void
check_name(const char *text, int length)
{
	char	   *form = malloc((size_t) length);
	int			written = country_name_form(text, length, form);

	CHECK(written >= 0 && written <= length);
	CHECK(written == 0 || (form[0] != ' ' && form[written - 1] != ' '));
	for (int i = 0; i < written; i++)
	{
		CHECK(form[i] < 'A' || form[i] > 'Z');
		CHECK(form[i] != '\t' && form[i] != '\n' && form[i] != '`');
		CHECK(i == 0 || form[i] != ' ' || form[i - 1] != ' ');
	}
	if (is_utf8((const uint8_t *) text, (size_t) length))
	{
		char	   *again = malloc((size_t) written);

		CHECK(is_utf8((const uint8_t *) form, (size_t) written));
		CHECK(country_name_form(form, written, again) == written);
		CHECK(written == 0 || memcmp(form, again, (size_t) written) == 0);
		free(again);
	}
	free(form);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *) data;

	check_territory(text, (int) size);
	check_jurisdiction(text, (int) size);
	check_name(text, (int) size);
	return 0;
}
