/*-------------------------------------------------------------------------
 *
 * fuzz.h
 *	  What the fuzz targets share: a check that stops the fuzzer, and a reader
 *	  that turns its bytes into numbers.
 *
 * Each target compares the code with a model that is slow, obvious and written
 * differently: regular expressions for the grammar of codes, digit strings for
 * leaves, bitmaps for sets.
 *
 *-------------------------------------------------------------------------
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Unlike assert() it cannot be compiled away. */
#define CHECK(condition) \
	do \
	{ \
		if (!(condition)) \
		{ \
			fprintf(stderr, "%s:%d: violated: %s\n", __FILE__, __LINE__, #condition); \
			abort(); \
		} \
	} while (0)

/* The bytes that are left; past their end there are zeros for ever. */
typedef struct Input
{
	const uint8_t *at;
	const uint8_t *end;
} Input;

static inline uint8_t
take_byte(Input *input)
{
	return input->at < input->end ? *input->at++ : 0;
}

static inline int
sign(int number)
{
	return (number > 0) - (number < 0);
}

#endif							/* FUZZ_H */
