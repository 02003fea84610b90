/*-------------------------------------------------------------------------
 *
 * territory.c
 *	  Reads and prints territories, and normalizes names of countries.
 *
 * A text is trimmed and then told apart by its length alone: two bytes are an
 * alpha-2 code, three an alpha-3 code, more must be a subdivision.  Letters
 * and digits are those of ASCII, whatever the locale.  There is one table of
 * countries, in the order of alpha-2 codes, of which a set of bits is made, since
 * they are what nearly every screening has to read.  An alpha-3 code mostly begins
 * with the same letter as its alpha-2 code, so it is looked for from that letter
 * on, and then in the rest of the table.
 *
 * Nothing is guessed: what the tables do not have is not read.  Names are
 * only brought into a form here; which name means which country is data and
 * stands in the table control_list.country_alias.
 *
 *-------------------------------------------------------------------------
 */
#include "territory.h"

#include <string.h>

#define lengthof(array) ((int) (sizeof(array) / sizeof((array)[0])))

#define SUBDIVISION_BASE	37
#define SUBDIVISION_LENGTH	3

/*
 * Countries of ISO 3166-1, alpha-2 and alpha-3 code in one text, and Kosovo.
 */
static const char countries[][6] = {
	"ADAND", "AEARE", "AFAFG", "AGATG", "AIAIA", "ALALB", "AMARM", "AOAGO",
	"AQATA", "ARARG", "ASASM", "ATAUT", "AUAUS", "AWABW", "AXALA", "AZAZE",
	"BABIH", "BBBRB", "BDBGD", "BEBEL", "BFBFA", "BGBGR", "BHBHR", "BIBDI",
	"BJBEN", "BLBLM", "BMBMU", "BNBRN", "BOBOL", "BQBES", "BRBRA", "BSBHS",
	"BTBTN", "BVBVT", "BWBWA", "BYBLR", "BZBLZ", "CACAN", "CCCCK", "CDCOD",
	"CFCAF", "CGCOG", "CHCHE", "CICIV", "CKCOK", "CLCHL", "CMCMR", "CNCHN",
	"COCOL", "CRCRI", "CUCUB", "CVCPV", "CWCUW", "CXCXR", "CYCYP", "CZCZE",
	"DEDEU", "DJDJI", "DKDNK", "DMDMA", "DODOM", "DZDZA", "ECECU", "EEEST",
	"EGEGY", "EHESH", "ERERI", "ESESP", "ETETH", "FIFIN", "FJFJI", "FKFLK",
	"FMFSM", "FOFRO", "FRFRA", "GAGAB", "GBGBR", "GDGRD", "GEGEO", "GFGUF",
	"GGGGY", "GHGHA", "GIGIB", "GLGRL", "GMGMB", "GNGIN", "GPGLP", "GQGNQ",
	"GRGRC", "GSSGS", "GTGTM", "GUGUM", "GWGNB", "GYGUY", "HKHKG", "HMHMD",
	"HNHND", "HRHRV", "HTHTI", "HUHUN", "IDIDN", "IEIRL", "ILISR", "IMIMN",
	"ININD", "IOIOT", "IQIRQ", "IRIRN", "ISISL", "ITITA", "JEJEY", "JMJAM",
	"JOJOR", "JPJPN", "KEKEN", "KGKGZ", "KHKHM", "KIKIR", "KMCOM", "KNKNA",
	"KPPRK", "KRKOR", "KWKWT", "KYCYM", "KZKAZ", "LALAO", "LBLBN", "LCLCA",
	"LILIE", "LKLKA", "LRLBR", "LSLSO", "LTLTU", "LULUX", "LVLVA", "LYLBY",
	"MAMAR", "MCMCO", "MDMDA", "MEMNE", "MFMAF", "MGMDG", "MHMHL", "MKMKD",
	"MLMLI", "MMMMR", "MNMNG", "MOMAC", "MPMNP", "MQMTQ", "MRMRT", "MSMSR",
	"MTMLT", "MUMUS", "MVMDV", "MWMWI", "MXMEX", "MYMYS", "MZMOZ", "NANAM",
	"NCNCL", "NENER", "NFNFK", "NGNGA", "NINIC", "NLNLD", "NONOR", "NPNPL",
	"NRNRU", "NUNIU", "NZNZL", "OMOMN", "PAPAN", "PEPER", "PFPYF", "PGPNG",
	"PHPHL", "PKPAK", "PLPOL", "PMSPM", "PNPCN", "PRPRI", "PSPSE", "PTPRT",
	"PWPLW", "PYPRY", "QAQAT", "REREU", "ROROU", "RSSRB", "RURUS", "RWRWA",
	"SASAU", "SBSLB", "SCSYC", "SDSDN", "SESWE", "SGSGP", "SHSHN", "SISVN",
	"SJSJM", "SKSVK", "SLSLE", "SMSMR", "SNSEN", "SOSOM", "SRSUR", "SSSSD",
	"STSTP", "SVSLV", "SXSXM", "SYSYR", "SZSWZ", "TCTCA", "TDTCD", "TFATF",
	"TGTGO", "THTHA", "TJTJK", "TKTKL", "TLTLS", "TMTKM", "TNTUN", "TOTON",
	"TRTUR", "TTTTO", "TVTUV", "TWTWN", "TZTZA", "UAUKR", "UGUGA", "UMUMI",
	"USUSA", "UYURY", "UZUZB", "VAVAT", "VCVCT", "VEVEN", "VGVGB", "VIVIR",
	"VNVNM", "VUVUT", "WFWLF", "WSWSM", "XKXKX", "YEYEM", "YTMYT", "ZAZAF",
	"ZMZMB", "ZWZWE"
};

/* ISO 3166-2:UA, oblasts and cities of that rank; 43 is Crimea */
static const char ua_subdivisions[][3] = {
	"05", "07", "09", "12", "14", "18", "21", "23", "26",
	"30", "32", "35", "40", "43", "46", "48", "51", "53",
	"56", "59", "61", "63", "65", "68", "71", "74", "77"
};

/*
 * Second names of places: subdivisions that ISO 3166-1 has as countries, too, with
 * former codes of some, and Crimea and Sevastopol (UA-43, UA-40) as parts of Russia.
 * Under one name a list could miss the other, so only the first name is read.
 */
static const char double_names[][7] = {
	"CN-71", "CN-91", "CN-92", "CN-HK", "CN-MO", "CN-TW", "FI-01", "FR-971", "FR-972", "FR-973", "FR-974", "FR-976",
	"FR-BL", "FR-GF", "FR-GP", "FR-MF", "FR-MQ", "FR-NC", "FR-PF", "FR-PM", "FR-RE", "FR-TF",
	"FR-WF", "FR-YT", "NL-AW", "NL-BQ1", "NL-BQ2", "NL-BQ3", "NL-CW", "NL-SX", "NO-21", "NO-22",
	"RS-KM", "RU-CR", "RU-KRY", "RU-SEV", "US-AS", "US-GU", "US-MP", "US-PR", "US-UM", "US-VI"
};

/*
 * The letters U+00C0 to U+017F, small and without their accents; a hyphen
 * stands where that is not one letter (ae, sharp s, thorn, the times sign).
 */
static const char latin_letters[] =
	"aaaaaa-ceeeeiiiidnooooo-ouuuuy--"
	"aaaaaa-ceeeeiiiidnooooo-ouuuuy-y"
	"aaaaaaccccccccddddeeeeeeeeeegggg"
	"gggghhhhiiiiiiiiii--jjkk-lllllll"
	"lllnnnnnn---oooooo--rrrrrrssssss"
	"ssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

static inline bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline char
to_upper(char c)
{
	return (c >= 'a' && c <= 'z') ? c - 'a' + 'A' : c;
}

/* Take surrounding blanks off a text. */
static void
trim(const char **text, int *length)
{
	while (*length > 0 && is_blank((*text)[*length - 1]))
		(*length)--;
	while (*length > 0 && is_blank((*text)[0]))
	{
		(*text)++;
		(*length)--;
	}
}

/* The number of a pair of capital letters, which need not be a country. */
static inline Territory
pack_country(const char *alpha2)
{
	return (Territory) (1 + 26 * (alpha2[0] - 'A') + (alpha2[1] - 'A')) << 16;
}

/* The first row of the table whose alpha-2 code does not begin with an earlier letter. */
static int
first_row(char first)
{
	int			row = 0;

	while (row < lengthof(countries) && countries[row][0] < first)
		row++;
	return row;
}

uint32_t territory_second_letters[26];

static void
note_second_letters(void)
{
	for (int row = 0; row < lengthof(countries); row++)
		territory_second_letters[countries[row][0] - 'A'] |= (uint32_t) 1 << (countries[row][1] - 'A');
}

/* Goes round the table once, starting where the first letter lets us hope. */
static bool
read_alpha3(const char *text, Territory *country)
{
	char		code[3] = {to_upper(text[0]), to_upper(text[1]), to_upper(text[2])};
	int			row = first_row(code[0]);

	for (int i = 0; i < lengthof(countries); i++, row++)
	{
		const char *alpha3;

		if (row == lengthof(countries))
			row = 0;
		alpha3 = countries[row] + 2;
		if (alpha3[0] == code[0] && alpha3[1] == code[1] && alpha3[2] == code[2])
		{
			*country = pack_country(countries[row]);
			return true;
		}
	}
	return false;
}

/*
 * The digit of base 37 for a letter or digit, -1 for anything else.  0 is
 * left for "no character", so that a shorter code is a different number.
 */
static int
subdivision_digit(char c)
{
	c = to_upper(c);
	if (c >= '0' && c <= '9')
		return c - '0' + 1;
	if (c >= 'A' && c <= 'Z')
		return c - 'A' + 11;
	return -1;
}

static bool
read_subdivision(const char *text, int length, Territory *subdivision)
{
	Territory	number = 0;

	if (length < 1 || length > SUBDIVISION_LENGTH)
		return false;

	for (int i = 0; i < SUBDIVISION_LENGTH; i++)
	{
		int			digit = (i < length) ? subdivision_digit(text[i]) : 0;

		if (digit < 0)
			return false;
		number = number * SUBDIVISION_BASE + (Territory) digit;
	}
	*subdivision = number;
	return true;
}

static bool
is_double_name(Territory territory)
{
	char		text[TERRITORY_TEXT_SIZE];

	territory_print(territory, text);
	for (int i = 0; i < lengthof(double_names); i++)
	{
		if (strcmp(text, double_names[i]) == 0)
			return true;
	}
	return false;
}

bool
territory_read_rare(const char *text, int length, Territory *territory)
{
	Territory	country;
	Territory	subdivision;

	*territory = TERRITORY_NONE;
	if (territory_second_letters[0] == 0)
		note_second_letters();
	trim(&text, &length);
	if (length == 2)
		return territory_read_alpha2(text, territory);
	if (length == 3)
		return read_alpha3(text, territory);
	if (length < 3 || text[2] != '-' ||
		!territory_read_alpha2(text, &country) ||
		!read_subdivision(text + 3, length - 3, &subdivision))
		return false;

	if (is_double_name(country | subdivision))
		return false;
	*territory = country | subdivision;
	return true;
}

bool
jurisdiction_read(const char *text, int length, Territory *jurisdiction)
{
	trim(&text, &length);

	if (length == 2)
	{
		char		code[2] = {to_upper(text[0]), to_upper(text[1])};

		if (memcmp(code, "EU", 2) == 0 || memcmp(code, "UN", 2) == 0)
		{
			*jurisdiction = pack_country(code);
			return true;
		}
	}
	if (territory_read(text, length, jurisdiction) &&
		!territory_is_subdivision(*jurisdiction))
		return true;

	*jurisdiction = TERRITORY_NONE;
	return false;
}

int
territory_print(Territory territory, char *buf)
{
	Territory	country = (territory >> 16) - 1;
	Territory	subdivision = territory & ~TERRITORY_COUNTRY_MASK;
	Territory	weight = SUBDIVISION_BASE * SUBDIVISION_BASE;
	int			length = 0;

	buf[length++] = (char) ('A' + country / 26);
	buf[length++] = (char) ('A' + country % 26);
	if (subdivision != 0)
		buf[length++] = '-';
	while (subdivision != 0)
	{
		Territory	digit = subdivision / weight;

		buf[length++] = (char) (digit <= 10 ? '0' + digit - 1 : 'A' + digit - 11);
		subdivision %= weight;
		weight /= SUBDIVISION_BASE;
	}
	buf[length] = '\0';
	return length;
}

bool
territory_has_known_subdivisions(Territory territory)
{
	return territory_country(territory) == pack_country("UA");
}

bool
territory_is_known_subdivision(Territory territory)
{
	char		text[TERRITORY_TEXT_SIZE];

	if (!territory_has_known_subdivisions(territory) ||
		territory_print(territory, text) != 5)
		return false;

	for (int i = 0; i < lengthof(ua_subdivisions); i++)
	{
		if (memcmp(text + 3, ua_subdivisions[i], 2) == 0)
			return true;
	}
	return false;
}

/*
 * Decode one character of UTF-8, as far as names need it: up to three bytes.
 * Returns its length; anything else is one byte with the code point 0.
 */
static int
decode(const unsigned char *text, int length, uint32_t *point)
{
	if (text[0] < 0x80)
	{
		*point = text[0];
		return 1;
	}
	if (length >= 2 && (text[0] & 0xE0) == 0xC0 && (text[1] & 0xC0) == 0x80)
	{
		*point = (uint32_t) (text[0] & 0x1F) << 6 | (text[1] & 0x3F);
		return 2;
	}
	if (length >= 3 && (text[0] & 0xF0) == 0xE0 &&
		(text[1] & 0xC0) == 0x80 && (text[2] & 0xC0) == 0x80)
	{
		*point = (uint32_t) (text[0] & 0x0F) << 12 |
			(uint32_t) (text[1] & 0x3F) << 6 | (text[2] & 0x3F);
		return 3;
	}
	*point = 0;
	return 1;
}

/*
 * The ASCII character that stands for a code point in the normal form of a
 * name; 0 if the character is dropped, -1 if it stays as it is.
 */
static int
plain_character(uint32_t point)
{
	if (point >= 'A' && point <= 'Z')
		return (int) (point - 'A' + 'a');
	if (point == ' ' || (point >= '\t' && point <= '\r') ||
		point == 0xA0 || point == 0x202F || point == 0x3000 ||
		(point >= 0x2000 && point <= 0x200A))
		return ' ';
	if (point == '`' || point == 0xB4 || point == 0x2BC ||
		point == 0x2018 || point == 0x2019)
		return '\'';
	if (point >= 0x2010 && point <= 0x2015)
		return '-';
	if (point >= 0x300 && point <= 0x36F)	/* combining accents */
		return 0;
	if (point >= 0xC0 && point <= 0x17F && latin_letters[point - 0xC0] != '-')
		return latin_letters[point - 0xC0];
	return -1;
}

int
country_name_form(const char *text, int length, char *form)
{
	int			written = 0;
	int			width;

	for (int i = 0; i < length; i += width)
	{
		uint32_t	point;
		int			plain;

		width = decode((const unsigned char *) text + i, length - i, &point);
		plain = plain_character(point);

		if (plain < 0)
		{
			memcpy(form + written, text + i, width);
			written += width;
		}
		else if (plain == ' ' && (written == 0 || form[written - 1] == ' '))
			continue;
		else if (plain != 0)
			form[written++] = (char) plain;
	}
	if (written > 0 && form[written - 1] == ' ')
		written--;
	return written;
}
