/// Loops over integers, with the best instruction set of the machine picked when the program starts.
///
/// Counts are in values. Nothing here checks anything but what its comment says: callers have checked lengths, widths
/// and ranges. Output and input never overlap unless a comment allows it.
#ifndef TRAVERSION_INTEGERS_H
#define TRAVERSION_INTEGERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Packed layout (Format/Segment.md, 5.1.1), width 1 ... 64.

/// Packs the low `width` bits of each value minus `base`.
void traversion_pack(const uint64_t *values, size_t count, unsigned width, uint64_t base, uint8_t *packed);
/// The inverse of `traversion_pack`.
void traversion_unpack(const uint8_t *packed, size_t count, unsigned width, uint64_t base, uint64_t *values);
/// Unpacks the values at some places of `count`; false when one is not below that.
bool traversion_unpack_at(
    const uint8_t *packed, size_t byteCount, size_t count, unsigned width, uint64_t base, const uint32_t *places,
    size_t placeCount, uint64_t *values);
/// The same as `traversion_unpack` for values that fit 32 bits; width at most 32.
void traversion_unpack32(const uint8_t *packed, size_t count, unsigned width, uint32_t base, uint32_t *values);
/// Unpacks differences and adds them up: `values` gets count + 1 values, the first is `first`.
void traversion_unpack_sums(
    const uint8_t *packed, size_t count, unsigned width, uint64_t base, uint64_t first, uint64_t *values);
/// Unpacks codes and looks them up; false when a code is not below `entryCount`. Width at most 32.
bool traversion_unpack_entries(
    const uint8_t *packed, size_t count, unsigned width, uint32_t base, const uint64_t *entries, size_t entryCount,
    uint64_t *values);

/// values[i] = values[i] * factor + unpacked value.
void traversion_scale_unpack(
    const uint8_t *packed, size_t count, unsigned width, uint64_t base, uint64_t factor, uint64_t *values);

// Matching. An arc is `start` and `span`: a value v is in it when v - start <= span modulo 2^64. Bit i of the bitmap
// (bit i % 64 of word i / 64) tells whether value i is in one of the arcs; bits past the last value are 0.

/// The most arcs that may be matched at once.
enum { traversion_arc_limit = 8 };

/// Arcs over the packed bits themselves (the base is not added), each within 0 ..< 2^width or around its end.
void traversion_match_packed(
    const uint8_t *packed, size_t count, unsigned width, const uint64_t *starts, const uint64_t *spans,
    size_t arcCount, uint64_t *bitmap);
void traversion_match_values(
    const uint64_t *values, size_t count, const uint64_t *starts, const uint64_t *spans, size_t arcCount,
    uint64_t *bitmap);
/// The values that `traversion_unpack_sums` gives, count + 1 of them, each times `factor` plus `addend`; they are not kept.
void traversion_match_sums(
    const uint8_t *packed, size_t count, unsigned width, uint64_t base, uint64_t first, uint64_t factor,
    uint64_t addend, const uint64_t *starts, const uint64_t *spans, size_t arcCount, uint64_t *bitmap);
/// Whether bit `code` of `table` is set; false when a code is not below `entryCount`. Width at most 32.
bool traversion_match_table(
    const uint8_t *packed, size_t count, unsigned width, uint32_t base, const uint64_t *table, size_t entryCount,
    uint64_t *bitmap);

// Steps of decoders and encoders.

/// values[i] += values[i - 1], beginning with `first` before values[0].
void traversion_sums(uint64_t *values, size_t count, uint64_t first);
/// Adds (steps[i] - base) * factor to each value from positions[i] on; false when the positions do not ascend or are not
/// all below `count`.
bool traversion_add_steps(
    uint64_t *values, size_t count, const uint64_t *positions, const uint64_t *steps, size_t stepCount, uint64_t base,
    uint64_t factor);
/// differences[i] = values[i + 1] - values[i]; gives count - 1 differences.
void traversion_differences(const uint64_t *values, size_t count, uint64_t *differences);
/// Replaces each code by its entry; false when a code is not below `entryCount`.
bool traversion_entries(uint64_t *codes, size_t count, const uint64_t *entries, size_t entryCount);
/// Writes each value `lengths` times; false when a length is 0 or they do not add up to `count`.
bool traversion_expand_runs(
    const uint64_t *values, const uint64_t *lengths, size_t runCount, uint64_t *output, size_t count);
/// So many runs are counted together where single places are looked for.
#define TRAVERSION_RUN_BLOCK 64
/// Finds the run of each of some places, which stand in any order; false when a length is 0, they do not add up to
/// `count`, or a place is not below that. `blockEnds` is room for the end of each block of runs.
bool traversion_runs_at(
    const uint64_t *lengths, size_t runCount, size_t count, const uint32_t *places, size_t placeCount,
    uint64_t *blockEnds, uint32_t *runs);
/// Cuts runs: gives the number of runs and, unless null, writes their values and lengths.
size_t traversion_find_runs(const uint64_t *values, size_t count, uint64_t *runValues, uint64_t *runLengths);
/// values[i] = base + the sum of planes[j][i] * 256^j.
void traversion_merge_planes(
    const uint8_t *const *planes, unsigned planeCount, size_t count, uint64_t base, uint64_t *values);
/// The inverse of `traversion_merge_planes`.
void traversion_split_planes(
    const uint64_t *values, size_t count, uint64_t base, uint8_t *const *planes, unsigned planeCount);

/// What one pass over at least one value finds out.
typedef struct {
    uint64_t unsignedMin, unsignedMax;
    int64_t signedMin, signedMax;
    /// Of the differences from value to value; both 0 for a single value.
    int64_t differenceMin, differenceMax;
    /// Values that differ from the one before them; the first counts.
    size_t runCount;
} traversion_statistics;

traversion_statistics traversion_collect_statistics(const uint64_t *values, size_t count);
/// histogram[w] counts the values for which value - base has w significant bits, w = 0 ... 64.
void traversion_width_histogram(const uint64_t *values, size_t count, uint64_t base, uint32_t *histogram);

/// Finds the values that do not fit `width` (0 ... 63) bits above `base`: gives how many there are and writes their
/// positions and values, for which there must be room for one more than that.
size_t traversion_find_exceptions(
    const uint64_t *values, size_t count, uint64_t base, unsigned width, uint64_t *positions, uint64_t *exceptions);

/// Distinct values in order of first appearance: gives their number and writes them and, to zeros, their frequencies.
/// There must be room for `count`. `slots` are `slotCount` zeros, a power of two above `count`.
size_t traversion_count_distinct(
    const uint64_t *values, size_t count, uint32_t *slots, size_t slotCount, uint64_t *entries,
    uint32_t *frequencies);
/// The same with a code for each value; gives entryLimit + 1 when there are more entries than that. `slotCount` is
/// above `entryLimit`.
size_t traversion_code_distinct(
    const uint64_t *values, size_t count, uint32_t *slots, size_t slotCount, size_t entryLimit, uint64_t *entries,
    uint32_t *codes);

/// quotients[i] = (values[i] - base) / divisor; false when a division is not exact.
bool traversion_divide_exactly(
    const uint64_t *values, size_t count, uint64_t base, uint64_t divisor, uint64_t *quotients);
/// Floored division of signed values.
void traversion_divide(
    const uint64_t *values, size_t count, int64_t divisor, uint64_t *quotients, uint64_t *remainders);
/// values[i] = values[i] * factor + addend.
void traversion_scale(uint64_t *values, size_t count, uint64_t factor, uint64_t addend);
/// high[i] = (values[i] - base) >> width, width 1 ... 63.
void traversion_high_bits(const uint64_t *values, size_t count, uint64_t base, unsigned width, uint64_t *high);
/// residuals[i] = values[i] - i * step.
void traversion_remove_trend(const uint64_t *values, size_t count, uint64_t step, uint64_t *residuals);

/// The lowest start from which on each new maximum of `values` is one above the one before.
uint64_t traversion_recency_start(const uint64_t *values, size_t count);
/// distances[i] = 0 where values[i] is the next new maximum, else how far it is below that.
void traversion_recency_distances(const uint64_t *values, size_t count, uint64_t start, uint64_t *distances);
/// The inverse, in place; false when a distance leads to a value below 0.
bool traversion_recency_values(uint64_t *distances, size_t count, uint64_t start);

/// The instruction set in use: 0 portable, 1 AVX2, 2 AVX-512.
int traversion_kernel_level(void);
/// Takes a lower instruction set than the machine has, for tests and measurements; gives the level then in use.
int traversion_set_kernel_level(int level);

#endif
