/// How the longest symbol that some bytes begin with is found.
///
/// What is found is a number: the code, length << 8, and for an escape 1 << 12.
#ifndef TRAVERSION_SYMBOL_LOOKUP_H
#define TRAVERSION_SYMBOL_LOOKUP_H

#include "../include/symbols.h"

#include <string.h>

enum { found_escape = 255 | 1 << 8 | 1 << 12 };

static inline unsigned length_of(unsigned found) { return found >> 8 & 15; }

static inline uint64_t load64(const uint8_t *bytes) {
    uint64_t word;
    memcpy(&word, bytes, 8);
    return word;
}

/// The next eight bytes, with zeros behind the end.
static inline uint64_t load_up_to(const uint8_t *bytes, const uint8_t *end) {
    if (end - bytes >= 8) return load64(bytes);
    uint64_t word = 0;
    memcpy(&word, bytes, (size_t)(end - bytes));
    return word;
}

/// A hash of the first three bytes.
static inline unsigned group_of(uint64_t word) { return (uint32_t)((uint32_t)word << 8) * 0x9E3779B1u >> 20; }

static inline const struct traversion_long_symbol *first_of_group(const traversion_symbol_index *index, uint64_t word) {
    return &index->longs[index->groups[group_of(word)]];
}

/// What the first `left` (at least 1) bytes of the word begin with.
static inline unsigned longest(const traversion_symbol_index *index, uint64_t word, size_t left) {
    const struct traversion_long_symbol *symbol = first_of_group(index, word);
    for (;; symbol++) {
        if ((word & symbol->mask) == symbol->bytes && length_of(symbol->found) <= left) return symbol->found;
        if (symbol->following == 0) break;
    }
    return left > 1 ? index->pairs[word & 0xFFFF] : index->singles[word & 0xFF];
}

/// The same when no symbol holds a 0 and the bytes that do not count are 0. Which kind of symbol fits cannot be
/// foretold, so both are looked up, without a branch but for the few groups of several.
static inline __attribute__((always_inline)) unsigned longest_without_zeros(
    const traversion_symbol_index *index, uint64_t word) {
    const struct traversion_long_symbol *symbol = first_of_group(index, word);
    unsigned found = index->pairs[word & 0xFFFF], first = symbol->found;
    int isFirst = (word & symbol->mask) == symbol->bytes;
    if (__builtin_expect(symbol->following > 0 && !isFirst, 0)) {
        for (unsigned left = symbol->following; left > 0; left--) {
            symbol++;
            if ((word & symbol->mask) == symbol->bytes) return symbol->found;
        }
        return found;
    }
    // Written so that no compiler makes a branch of it.
    return found ^ ((found ^ first) & (0 - (unsigned)isFirst));
}

#endif
