#include "floats.h"
#include "dispatch.h"

#include <string.h>

enum { blockCount = 64 };

static inline __attribute__((always_inline)) uint64_t bits_of(double value) {
    uint64_t bits;
    memcpy(&bits, &value, 8);
    return bits;
}

static inline __attribute__((always_inline)) double double_of(uint64_t bits) {
    double value;
    memcpy(&value, &bits, 8);
    return value;
}

/// The nearest integer to value * divisor, or 0 when that is no 64-bit integer.
static inline __attribute__((always_inline)) int64_t digits_of(double value, double divisor) {
    double product = value * divisor;
    // Adding and taking away 2^52 rounds to an integer; from 2^52 on there are only integers.
    double shift = double_of((bits_of(product) & (uint64_t)1 << 63) | bits_of(0x1p52));
    double magnitude = double_of(bits_of(product) & ~((uint64_t)1 << 63));
    double rounded = magnitude < 0x1p52 ? (product + shift) - shift : product;
    return (int64_t)(magnitude < 0x1p62 ? rounded : 0);
}

static inline __attribute__((always_inline)) uint64_t is_misfit(int64_t digits, double value, double divisor) {
    return bits_of((double)digits / divisor) != bits_of(value);
}

TRAVERSION_DISPATCH
traversion_scale_fit traversion_scaled_fit(const double *values, size_t count, double divisor) {
    uint64_t misfits = 0;
    int64_t low = INT64_MAX, high = INT64_MIN;
    for (size_t index = 0; index < count; index++) {
        int64_t digits = digits_of(values[index], divisor);
        uint64_t misfit = is_misfit(digits, values[index], divisor);
        int64_t forLow = misfit ? INT64_MAX : digits, forHigh = misfit ? INT64_MIN : digits;
        misfits += misfit;
        low = forLow < low ? forLow : low;
        high = forHigh > high ? forHigh : high;
    }
    return (traversion_scale_fit){.misfits = misfits, .low = low, .high = high};
}

TRAVERSION_DISPATCH
size_t traversion_scaled_encode(
    const double *values, size_t count, double divisor, uint64_t *digits, uint32_t *misfits) {
    size_t misfitCount = 0;
    for (size_t first = 0; first < count; first += blockCount) {
        size_t end = first + blockCount < count ? first + blockCount : count;
        uint64_t any = 0;
        for (size_t index = first; index < end; index++) {
            int64_t found = digits_of(values[index], divisor);
            digits[index] = (uint64_t)found;
            any |= is_misfit(found, values[index], divisor);
        }
        if (!any) continue;
        for (size_t index = first; index < end; index++) {
            if (!is_misfit((int64_t)digits[index], values[index], divisor)) continue;
            misfits[misfitCount++] = (uint32_t)index;
            if (index > 0) digits[index] = digits[index - 1];
        }
    }
    // Misfits at the start have nothing before them, so they take what comes first behind them.
    size_t leading = 0;
    while (leading < misfitCount && misfits[leading] == leading) leading++;
    for (size_t index = 0; index < leading; index++) digits[index] = leading < count ? digits[leading] : 0;
    return misfitCount;
}

TRAVERSION_DISPATCH
void traversion_scaled_decode(uint64_t *words, size_t count, double divisor) {
    for (size_t index = 0; index < count; index++)
        words[index] = bits_of((double)(int64_t)words[index] / divisor);
}

TRAVERSION_DISPATCH
int traversion_split_decode(
    uint64_t *words, const uint64_t *codes, size_t count, unsigned right, const uint64_t *entries, size_t entryCount) {
    uint64_t lefts[8] = {0}, wrong = 0;
    for (size_t code = 0; code < entryCount; code++) lefts[code] = entries[code] << right;
    for (size_t index = 0; index < count; index++) {
        wrong |= (words[index] >> right) | (codes[index] >= entryCount);
        words[index] |= lefts[codes[index] & 7];
    }
    return wrong == 0;
}

TRAVERSION_DISPATCH
void traversion_double_range(const uint64_t *values, size_t count, double low, double high, uint64_t *bitmap) {
    for (size_t first = 0; first < count; first += blockCount) {
        size_t part = count - first < blockCount ? count - first : blockCount;
        uint64_t word = 0;
        for (size_t index = 0; index < part; index++) {
            double value = double_of(values[first + index]);
            word |= (uint64_t)((value >= low) & (value <= high)) << index;
        }
        bitmap[first / blockCount] = word;
    }
}
