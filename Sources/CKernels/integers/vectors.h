/// Vectors of eight 64-bit lanes; the compiler cuts them into what the instruction set has.
#ifndef TRAVERSION_VECTORS_H
#define TRAVERSION_VECTORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// Vectors pass only between functions that are inlined, so how a call would pass them does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

enum { laneCount = 16, rowCount = 64, blockCount = laneCount * rowCount };

typedef uint64_t vector __attribute__((vector_size(64)));
typedef int64_t signed_vector __attribute__((vector_size(64)));
typedef uint32_t half_vector __attribute__((vector_size(32)));
typedef uint8_t byte_vector __attribute__((vector_size(8)));
typedef bool bit_vector __attribute__((ext_vector_type(8)));

#define INLINE static inline __attribute__((always_inline, unused))

INLINE uint64_t mask_of(unsigned width) { return ~(uint64_t)0 >> (64 - width); }

INLINE vector load(const void *bytes) {
    vector loaded;
    memcpy(&loaded, bytes, sizeof loaded);
    return loaded;
}

INLINE void store(void *bytes, vector value) { memcpy(bytes, &value, sizeof value); }

INLINE uint64_t load_word(const uint8_t *bytes) {
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return word;
}

/// Bit i tells whether lane i of a comparison's result is true.
INLINE unsigned bits_of(signed_vector comparison) {
    bit_vector bits = __builtin_convertvector(comparison, bit_vector);
    uint8_t byte;
    memcpy(&byte, &bits, 1);
    return byte;
}

#endif
