/// Bits and values that belong at some of many places.
///
/// Bit i of a bitmap is bit i % 64 of word i / 64.
#ifndef TRAVERSION_BITS_H
#define TRAVERSION_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Replaces the bits at some positions by bits 0, 1, 2 ... of `bits`; false when the positions do not ascend or are not
/// all below `bitCount`.
bool traversion_put_bits(
    uint64_t *bitmap, size_t bitCount, const uint64_t *positions, size_t count, const uint64_t *bits);

/// The same for bits that were 0 when few of the new ones are 1: only those are looked at.
bool traversion_put_few_bits(
    uint64_t *bitmap, size_t bitCount, const uint64_t *positions, size_t count, const uint64_t *bits);

/// Lays bits between others: bit i of `bits` at positions[i], those of `others` in order elsewhere. `bitmap`, of
/// `bitCount` bits, is zeros. False when the positions do not ascend or are not all below `bitCount`.
bool traversion_merge_bits(
    uint64_t *bitmap, size_t bitCount, const uint64_t *positions, size_t count, const uint64_t *bits,
    const uint64_t *others);

/// Writes values at positions; false when the positions do not ascend or are not all below `outputCount`.
bool traversion_put_values(
    uint64_t *output, size_t outputCount, const uint64_t *positions, size_t count, const uint64_t *values);

/// quotients[i] = quotients[i] * divisor + remainders[positions[i]]; false when a position is not below
/// `remainderCount`.
bool traversion_join_at(
    uint64_t *quotients, size_t count, uint64_t divisor, const uint64_t *positions, const uint64_t *remainders,
    size_t remainderCount);

/// The positions of the bits that are 1, ascending; gives their number.
size_t traversion_bit_positions(const uint64_t *bits, size_t wordCount, uint32_t *positions);

/// How many bits are 1.
size_t traversion_count_bits(const uint64_t *bits, size_t wordCount);

/// How many bits are 1 before each word; gives how many are in all.
uint32_t traversion_rank_words(const uint64_t *bits, size_t wordCount, uint32_t *before);

/// How many bits are 1 before each of some places, by what `traversion_rank_words` gave; false when a place is in none of
/// the words.
bool traversion_ranks_at(
    const uint64_t *bits, const uint32_t *before, size_t wordCount, const uint32_t *places, size_t count,
    uint32_t *ranks);

/// Writes bits 0, 1, 2 ... of `bits` where `rows` has a 1, ascending, and 0 elsewhere. `bits` has as many bits as `rows`
/// has ones.
void traversion_spread_bits(const uint64_t *bits, const uint64_t *rows, size_t wordCount, uint64_t *output);

/// For each bit that `selected` and `wanted` both have, ascending: how many bits of `selected` are before it (null: not
/// asked), and how many of `present`. Gives their number.
size_t traversion_rank_bits(
    const uint64_t *selected, const uint64_t *wanted, const uint64_t *present, size_t wordCount, uint32_t *places,
    uint32_t *ranks);

/// The greatest of some numbers; 0 when there is none.
uint32_t traversion_greatest(const uint32_t *numbers, size_t count);

#endif
