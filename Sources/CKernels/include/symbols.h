/// Compression of strings by a table of at most 255 symbols of 1 ... 8 bytes (Format/Segment.md, 4.4).
#ifndef TRAVERSION_SYMBOLS_H
#define TRAVERSION_SYMBOLS_H

#include <stddef.h>
#include <stdint.h>

/// A symbol of 3 ... 8 bytes in a group of symbols whose first three bytes share a hash.
struct traversion_long_symbol {
    uint64_t bytes;
    uint64_t mask;
    /// Code and length << 8.
    uint16_t found;
    /// How many symbols of the group come after it.
    uint16_t following;
};

/// Finds the longest symbol that some bytes begin with.
typedef struct {
    /// By the first two bytes: code, length << 8 of the longest symbol of at most two bytes, or an escape.
    uint16_t pairs[1 << 16];
    /// The same by one byte, for the last byte of a string.
    uint16_t singles[1 << 8];
    /// By hash of the first three bytes: where in `longs` the group begins. 0 is a group that matches nothing.
    uint16_t groups[1 << 12];
    /// Longest first in each group.
    struct traversion_long_symbol longs[256];
    /// Whether a symbol holds a byte 0.
    int hasZeros;
} traversion_symbol_index;

/// What a decoder looks up; codes from `count` to 254 mean nothing.
typedef struct {
    uint64_t symbols[256];
    uint8_t lengths[256];
    unsigned count;
} traversion_symbol_decoder;

enum {
    traversion_symbols_fit = 0,
    traversion_symbols_unknown_code = 1,
    traversion_symbols_cut_escape = 2,
    traversion_symbols_wrong_total = 3,
};

/// Fills the index with `count` (at most 255) symbols; unused high bytes of a symbol are 0.
void traversion_symbol_index_fill(
    traversion_symbol_index *index, const uint64_t *symbols, const uint8_t *lengths, unsigned count);

/// Cuts one string into 256 + code for symbols and plain bytes where none fits; returns the number of tokens.
size_t traversion_symbol_tokens(
    const traversion_symbol_index *index, const uint8_t *bytes, size_t byteCount, uint16_t *tokens);

/// Encodes `count` strings that end at `ends`. `encoded` has room for twice the bytes. Returns the encoded length.
size_t traversion_symbol_encode(
    const traversion_symbol_index *index, const uint8_t *bytes, const uint32_t *ends, size_t count, uint8_t *encoded,
    uint64_t *encodedLengths);

/// Decodes `count` strings whose encoded lengths add up to the length of `encoded`. `output` has room for
/// `outputByteCount` + 8 bytes. Returns one of the values above.
int traversion_symbol_decode(
    const traversion_symbol_decoder *decoder, const uint8_t *encoded, const uint64_t *encodedLengths, size_t count,
    uint8_t *output, size_t outputByteCount, uint32_t *ends);

#endif
