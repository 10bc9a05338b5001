/// Finds where one of some short texts stands, at many times the speed of a matcher of expressions: what has none of them
/// needs no matcher.
#ifndef TRAVERSION_LITERAL_FILTER_H
#define TRAVERSION_LITERAL_FILTER_H

#include <stddef.h>
#include <stdint.h>

enum {
    /// Bytes of a literal that are looked at first, and at all.
    traversion_filter_head = 4,
    traversion_literal_length = 8,
    traversion_literal_shortest = 3,
    traversion_literal_limit = 256,
    traversion_bucket_count = 8,
};

/// The first bytes of a text as a number: a word of the input with these bits set is the value where the text stands.
typedef struct {
    uint64_t value;
    uint64_t care;
    uint64_t fold;
    uint8_t bucket;
} traversion_literal;

/// A byte of the input can begin a literal of a bucket only if the halves of the four bytes there all have its bit.
typedef struct {
    uint8_t low[traversion_filter_head][16];
    uint8_t high[traversion_filter_head][16];
    traversion_literal literals[traversion_literal_limit];
    size_t count;
} traversion_literal_filter;

/// Whether this processor has what the filter needs.
int traversion_filter_is_possible(void);

/// Adds a literal, of which letters may match in either case. Not 0 when it is too short or one too many.
int traversion_filter_add(traversion_literal_filter *filter, const char *text, size_t length, int is_caseless);

/// Distributes the literals to buckets; to be called once, when all are there.
void traversion_filter_finish(traversion_literal_filter *filter);

/// The first place at or behind `from` where a literal stands, `byte_count` when there is none.
size_t traversion_filter_next(const traversion_literal_filter *filter, const uint8_t *bytes, size_t from,
                              size_t byte_count);

#endif
