#include "CKernels.h"

size_t traversion_find_exceptions(
    const uint64_t *values, size_t count, uint64_t base, unsigned width, uint64_t *positions, uint64_t *exceptions) {
    size_t found = 0;
    for (size_t index = 0; index < count; index++) {
        // Written always, kept by counting: there is no branch to predict wrongly.
        positions[found] = index;
        exceptions[found] = values[index];
        found += (values[index] - base) >> width != 0;
    }
    return found;
}

/// The slot in which the value is, or the empty one in which it belongs.
static inline size_t find_slot(const uint32_t *slots, size_t slotCount, const uint64_t *entries, uint64_t value) {
    uint64_t hash = value * 0x9E3779B97F4A7C15u;
    size_t slot = (hash ^ hash >> 32) & (slotCount - 1);
    while (slots[slot] && entries[slots[slot] - 1] != value) slot = (slot + 1) & (slotCount - 1);
    return slot;
}

size_t traversion_count_distinct(
    const uint64_t *values, size_t count, uint32_t *slots, size_t slotCount, uint64_t *entries,
    uint32_t *frequencies) {
    size_t entryCount = 0;
    for (size_t index = 0; index < count; index++) {
        size_t slot = find_slot(slots, slotCount, entries, values[index]);
        if (!slots[slot]) {
            entries[entryCount] = values[index];
            slots[slot] = (uint32_t)++entryCount;
        }
        frequencies[slots[slot] - 1]++;
    }
    return entryCount;
}

size_t traversion_code_distinct(
    const uint64_t *values, size_t count, uint32_t *slots, size_t slotCount, size_t entryLimit, uint64_t *entries,
    uint32_t *codes) {
    size_t entryCount = 0;
    for (size_t index = 0; index < count; index++) {
        size_t slot = find_slot(slots, slotCount, entries, values[index]);
        if (!slots[slot]) {
            if (entryCount == entryLimit) return entryLimit + 1;
            entries[entryCount] = values[index];
            slots[slot] = (uint32_t)++entryCount;
        }
        codes[index] = slots[slot] - 1;
    }
    return entryCount;
}

bool traversion_divide_exactly(
    const uint64_t *values, size_t count, uint64_t base, uint64_t divisor, uint64_t *quotients) {
    unsigned shift = (unsigned)__builtin_ctzll(divisor);
    uint64_t odd = divisor >> shift, inverse = odd;
    // Newton's iteration doubles the right low bits, of which an odd number has three at the start.
    for (unsigned step = 0; step < 5; step++) inverse *= 2 - odd * inverse;
    uint64_t lost = ((uint64_t)1 << shift) - 1, highest = ~(uint64_t)0 / odd, wrong = 0;
    for (size_t index = 0; index < count; index++) {
        uint64_t value = values[index] - base, quotient = (value >> shift) * inverse;
        wrong |= (value & lost) | (quotient > highest);
        quotients[index] = quotient;
    }
    return !wrong;
}

static inline void divide(
    const uint64_t *values, size_t count, int64_t divisor, uint64_t *quotients, uint64_t *remainders) {
    for (size_t index = 0; index < count; index++) {
        int64_t value = (int64_t)values[index], quotient = value / divisor, remainder = value % divisor;
        int64_t isBelow = remainder < 0;
        quotients[index] = (uint64_t)(quotient - isBelow);
        remainders[index] = (uint64_t)(remainder + (isBelow ? divisor : 0));
    }
}

void traversion_divide(
    const uint64_t *values, size_t count, int64_t divisor, uint64_t *quotients, uint64_t *remainders) {
    // Divisions by a number that the compiler knows are multiplications.
    switch (divisor) {
        case 1000: divide(values, count, 1000, quotients, remainders); break;
        case 1000000: divide(values, count, 1000000, quotients, remainders); break;
        case 1000000000: divide(values, count, 1000000000, quotients, remainders); break;
        default: divide(values, count, divisor, quotients, remainders); break;
    }
}

void traversion_high_bits(const uint64_t *values, size_t count, uint64_t base, unsigned width, uint64_t *high) {
    for (size_t index = 0; index < count; index++) high[index] = (values[index] - base) >> width;
}

void traversion_remove_trend(const uint64_t *values, size_t count, uint64_t step, uint64_t *residuals) {
    for (size_t index = 0; index < count; index++) residuals[index] = values[index] - index * step;
}

uint64_t traversion_recency_start(const uint64_t *values, size_t count) {
    uint64_t start = values[0], next = start + 1;
    for (size_t index = 1; index < count; index++) {
        if (values[index] < next) continue;
        if (values[index] > next) start = values[index];
        next = values[index] + 1;
    }
    return start;
}

void traversion_recency_distances(const uint64_t *values, size_t count, uint64_t start, uint64_t *distances) {
    uint64_t next = start;
    for (size_t index = 0; index < count; index++) {
        distances[index] = next - values[index];
        next += values[index] == next;
    }
}

bool traversion_recency_values(uint64_t *distances, size_t count, uint64_t start) {
    uint64_t next = start, wrong = 0;
    for (size_t index = 0; index < count; index++) {
        uint64_t distance = distances[index];
        wrong |= distance > next;
        distances[index] = next - distance;
        next += distance == 0;
    }
    return !wrong;
}
