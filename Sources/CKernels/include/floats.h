/// Doubles as integers over a common divisor, and as two bit strings (Format/Segment.md, 5.2).
#ifndef TRAVERSION_FLOATS_H
#define TRAVERSION_FLOATS_H

#include <stddef.h>
#include <stdint.h>

/// What a divisor does for some values.
typedef struct {
    /// Values that do not come back.
    size_t misfits;
    /// Lowest and highest digits of the others; low > high when there is none.
    int64_t low, high;
} traversion_scale_fit;

traversion_scale_fit traversion_scaled_fit(const double *values, size_t count, double divisor);

/// Writes for each value the integer that divided by `divisor` gives back exactly its bits. Where there is none, the
/// digits before are repeated and the position is appended to `misfits`. Returns the number of misfits.
size_t traversion_scaled_encode(
    const double *values, size_t count, double divisor, uint64_t *digits, uint32_t *misfits);

/// Replaces signed digits by the bits of the doubles they stand for.
void traversion_scaled_decode(uint64_t *words, size_t count, double divisor);

/// Puts `entries[code]` (at most 8 of them) above the low `right` bits of each word. Returns 0 when a code is
/// `entryCount` or more or a word has higher bits.
int traversion_split_decode(
    uint64_t *words, const uint64_t *codes, size_t count, unsigned right, const uint64_t *entries, size_t entryCount);

/// Sets bit i % 64 of word i / 64 where low <= value i <= high, and clears the others. Values are given as their bits; a
/// NaN is in no range.
void traversion_double_range(const uint64_t *values, size_t count, double low, double high, uint64_t *bitmap);

#endif
