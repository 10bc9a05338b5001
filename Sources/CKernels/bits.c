#include "bits.h"
#include "dispatch.h"

bool traversion_put_bits(
    uint64_t *bitmap, size_t bitCount, const uint64_t *positions, size_t count, const uint64_t *bits) {
    // A word is put together in registers: positions that follow one another mostly share it.
    size_t word = 0;
    uint64_t mask = 0, set = 0, lowest = 0;
    for (size_t index = 0; index < count; index++) {
        uint64_t position = positions[index];
        if (position < lowest || position >= bitCount) return false;
        lowest = position + 1;
        if (position / 64 != word) {
            bitmap[word] = (bitmap[word] & ~mask) | set;
            word = position / 64;
            mask = set = 0;
        }
        mask |= (uint64_t)1 << (position % 64);
        set |= (bits[index / 64] >> (index % 64) & 1) << (position % 64);
    }
    if (count > 0) bitmap[word] = (bitmap[word] & ~mask) | set;
    return true;
}

bool traversion_put_few_bits(
    uint64_t *bitmap, size_t bitCount, const uint64_t *positions, size_t count, const uint64_t *bits) {
    for (size_t word = 0; word * 64 < count; word++) {
        for (uint64_t rest = bits[word]; rest != 0; rest &= rest - 1) {
            uint64_t position = positions[word * 64 + (size_t)__builtin_ctzll(rest)];
            if (position >= bitCount) return false;
            bitmap[position / 64] |= (uint64_t)1 << (position % 64);
        }
    }
    return true;
}

/// Writes `count` bits that begin at bit `from` of `source` to zeros that begin at bit `to` of `target`.
static void copy_bits(uint64_t *target, size_t to, const uint64_t *source, size_t from, size_t count) {
    while (count > 0) {
        size_t fromBit = from % 64, toBit = to % 64;
        size_t left = 64 - (fromBit > toBit ? fromBit : toBit), part = count < left ? count : left;
        uint64_t bits = source[from / 64] >> fromBit & ~(uint64_t)0 >> (64 - part);
        target[to / 64] |= bits << toBit;
        from += part;
        to += part;
        count -= part;
    }
}

bool traversion_merge_bits(
    uint64_t *bitmap, size_t bitCount, const uint64_t *positions, size_t count, const uint64_t *bits,
    const uint64_t *others) {
    uint64_t next = 0;
    for (size_t index = 0; index < count; index++) {
        uint64_t position = positions[index];
        if (position < next || position >= bitCount) return false;
        copy_bits(bitmap, next, others, next - index, position - next);
        bitmap[position / 64] |= (bits[index / 64] >> (index % 64) & 1) << (position % 64);
        next = position + 1;
    }
    copy_bits(bitmap, next, others, next - count, bitCount - next);
    return true;
}

bool traversion_put_values(
    uint64_t *output, size_t outputCount, const uint64_t *positions, size_t count, const uint64_t *values) {
    uint64_t lowest = 0;
    for (size_t index = 0; index < count; index++) {
        uint64_t position = positions[index];
        if (position < lowest || position >= outputCount) return false;
        output[position] = values[index];
        lowest = position + 1;
    }
    return true;
}

bool traversion_join_at(
    uint64_t *quotients, size_t count, uint64_t divisor, const uint64_t *positions, const uint64_t *remainders,
    size_t remainderCount) {
    for (size_t index = 0; index < count; index++) {
        if (positions[index] >= remainderCount) return false;
        quotients[index] = quotients[index] * divisor + remainders[positions[index]];
    }
    return true;
}

TRAVERSION_DISPATCH
size_t traversion_bit_positions(const uint64_t *bits, size_t wordCount, uint32_t *positions) {
    size_t count = 0;
    for (size_t word = 0; word < wordCount; word++)
        for (uint64_t rest = bits[word]; rest != 0; rest &= rest - 1)
            positions[count++] = (uint32_t)(word * 64 + (size_t)__builtin_ctzll(rest));
    return count;
}

TRAVERSION_DISPATCH
size_t traversion_count_bits(const uint64_t *bits, size_t wordCount) {
    size_t count = 0;
    for (size_t word = 0; word < wordCount; word++) count += (size_t)__builtin_popcountll(bits[word]);
    return count;
}

TRAVERSION_DISPATCH
uint32_t traversion_rank_words(const uint64_t *bits, size_t wordCount, uint32_t *before) {
    uint32_t count = 0;
    for (size_t word = 0; word < wordCount; word++) {
        before[word] = count;
        count += (uint32_t)__builtin_popcountll(bits[word]);
    }
    return count;
}

TRAVERSION_DISPATCH
bool traversion_ranks_at(
    const uint64_t *bits, const uint32_t *before, size_t wordCount, const uint32_t *places, size_t count,
    uint32_t *ranks) {
    for (size_t index = 0; index < count; index++) {
        size_t word = places[index] / 64;
        if (word >= wordCount) return false;
        uint64_t below = ((uint64_t)1 << (places[index] % 64)) - 1;
        ranks[index] = before[word] + (uint32_t)__builtin_popcountll(bits[word] & below);
    }
    return true;
}

static inline uint64_t deposit(uint64_t source, uint64_t mask) {
    uint64_t spread = 0;
    for (; mask != 0; mask &= mask - 1, source >>= 1) spread |= (mask & -mask) & -(source & 1);
    return spread;
}

/// `DEPOSIT(source, mask)` lays the low bits of one where the other has ones.
#define SPREAD_BITS(DEPOSIT) \
    size_t next = 0; \
    for (size_t word = 0; word < wordCount; word++) { \
        uint64_t rest = rows[word], source = 0; \
        if (rest != 0) { \
            size_t count = (size_t)__builtin_popcountll(rest); \
            /* The next bits, as many as a word has room for. */ \
            source = bits[next / 64] >> next % 64; \
            if (next % 64 + count > 64) source |= bits[next / 64 + 1] << (64 - next % 64); \
            next += count; \
        } \
        output[word] = rest == ~(uint64_t)0 ? source : DEPOSIT(source, rest); \
    }

#if defined(__x86_64__)
__attribute__((target("bmi2,popcnt"))) static void spread_bits_at_once(
    const uint64_t *bits, const uint64_t *rows, size_t wordCount, uint64_t *output) {
    SPREAD_BITS(__builtin_ia32_pdep_di)
}
#endif

void traversion_spread_bits(const uint64_t *bits, const uint64_t *rows, size_t wordCount, uint64_t *output) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("bmi2")) {
        spread_bits_at_once(bits, rows, wordCount, output);
        return;
    }
#endif
    SPREAD_BITS(deposit)
}

TRAVERSION_DISPATCH
size_t traversion_rank_bits(
    const uint64_t *selected, const uint64_t *wanted, const uint64_t *present, size_t wordCount, uint32_t *places,
    uint32_t *ranks) {
    size_t count = 0;
    uint32_t place = 0, rank = 0;
    for (size_t word = 0; word < wordCount; word++) {
        for (uint64_t rest = selected[word] & wanted[word]; rest != 0; rest &= rest - 1) {
            uint64_t below = (rest & -rest) - 1;
            if (places != NULL) places[count] = place + (uint32_t)__builtin_popcountll(selected[word] & below);
            ranks[count++] = rank + (uint32_t)__builtin_popcountll(present[word] & below);
        }
        place += (uint32_t)__builtin_popcountll(selected[word]);
        rank += (uint32_t)__builtin_popcountll(present[word]);
    }
    return count;
}

TRAVERSION_DISPATCH
uint32_t traversion_greatest(const uint32_t *numbers, size_t count) {
    uint32_t greatest = 0;
    for (size_t index = 0; index < count; index++) greatest = numbers[index] > greatest ? numbers[index] : greatest;
    return greatest;
}
