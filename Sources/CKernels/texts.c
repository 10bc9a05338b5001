#include "texts.h"
#include "dispatch.h"

#include <string.h>

#define INLINE static inline __attribute__((always_inline))

static const uint64_t powers[20] = {
    1ull,
    10ull,
    100ull,
    1000ull,
    10000ull,
    100000ull,
    1000000ull,
    10000000ull,
    100000000ull,
    1000000000ull,
    10000000000ull,
    100000000000ull,
    1000000000000ull,
    10000000000000ull,
    100000000000000ull,
    1000000000000000ull,
    10000000000000000ull,
    100000000000000000ull,
    1000000000000000000ull,
    10000000000000000000ull};

INLINE uint64_t magnitude_of(uint64_t value, uint64_t sign) { return (value ^ (0 - sign)) + sign; }

/// 0 has one digit.
INLINE unsigned digit_count(uint64_t number) {
    // 1233 / 4096 is a little over the logarithm of 2 to the base 10.
    unsigned estimate = (64u - (unsigned)__builtin_clzll(number | 1)) * 1233 >> 12;
    return estimate + ((number | 1) >= powers[estimate]);
}

TRAVERSION_DISPATCH
static uint64_t highest_magnitude(const uint64_t *values, size_t count, uint64_t isSigned) {
    uint64_t highest = 0;
    for (size_t index = 0; index < count; index++) {
        uint64_t magnitude = magnitude_of(values[index], values[index] >> 63 & isSigned);
        highest = magnitude > highest ? magnitude : highest;
    }
    return highest;
}

TRAVERSION_DISPATCH
static uint64_t count_from(const uint64_t *values, size_t count, uint64_t isSigned, uint64_t limit) {
    uint64_t found = 0;
    for (size_t index = 0; index < count; index++)
        found += magnitude_of(values[index], values[index] >> 63 & isSigned) >= limit;
    return found;
}

TRAVERSION_DISPATCH
static uint64_t count_negative(const uint64_t *values, size_t count) {
    uint64_t found = 0;
    for (size_t index = 0; index < count; index++) found += values[index] >> 63;
    return found;
}

uint64_t traversion_decimal_byte_count(const uint64_t *values, size_t count, unsigned digits, unsigned decimals) {
    enum { part = 1024 };
    uint64_t isSigned = digits == 0, sum = 0;
    unsigned shortest = decimals + 1 > digits ? decimals + 1 : digits;
    for (size_t first = 0; first < count; first += part) {
        const uint64_t *some = values + first;
        size_t someCount = count - first < part ? count - first : part;
        sum += someCount * (shortest + (decimals > 0)) + (isSigned ? count_negative(some, someCount) : 0);
        unsigned longest = digit_count(highest_magnitude(some, someCount, isSigned));
        for (unsigned digit = shortest; digit < longest; digit++)
            sum += count_from(some, someCount, isSigned, powers[digit]);
    }
    return sum;
}

/// The eight digits of a number below 10^8 as text, the first in the lowest byte.
INLINE uint64_t eight_digits(uint64_t number) {
    // Each step splits every lane into quotient (earlier in the text) and remainder.
    uint64_t high = number / 10000;
    uint64_t fours = high | (number - high * 10000) << 32;
    uint64_t hundreds = (fours * 10486 >> 20) & 0x0000007F0000007Full;
    uint64_t pairs = hundreds | (fours - hundreds * 100) << 16;
    uint64_t tens = (pairs * 103 >> 10) & 0x000F000F000F000Full;
    return (tens | (pairs - tens * 10) << 8) | 0x3030303030303030ull;
}

INLINE void store_word(uint8_t *output, uint64_t word) { memcpy(output, &word, 8); }

/// Writes exactly `count` digits (1 ... 20), which are enough, and up to 8 bytes behind them.
INLINE void render_digits(uint64_t number, unsigned count, uint8_t *output) {
    if (__builtin_expect(count <= 8, 1)) {
        store_word(output, eight_digits(number) >> 8 * (8 - count));
        return;
    }
    unsigned left = count;
    for (; left > 8; left -= 8) {
        store_word(output + left - 8, eight_digits(number % 100000000));
        number /= 100000000;
    }
    uint64_t word = eight_digits(number) >> 8 * (8 - left);
    for (unsigned index = 0; index < left; index++) output[index] = (uint8_t)(word >> 8 * index);
}

INLINE size_t render_decimal(uint64_t value, unsigned digits, unsigned decimals, uint8_t *output) {
    uint64_t sign = digits == 0 ? value >> 63 : 0;
    uint64_t magnitude = magnitude_of(value, sign);
    output[0] = '-';
    output += sign;
    unsigned shortest = decimals + 1 > digits ? decimals + 1 : digits, count = digit_count(magnitude);
    if (count < shortest) count = shortest;
    if (decimals == 0) {
        render_digits(magnitude, count, output);
        return sign + count;
    }
    unsigned whole = count - decimals;
    if (__builtin_expect(count <= 8, 1)) {
        uint64_t word = eight_digits(magnitude) >> 8 * (8 - count);
        store_word(output, word);
        store_word(output + whole + 1, word >> 8 * whole);
    } else {
        render_digits(magnitude / powers[decimals], whole, output);
        render_digits(magnitude % powers[decimals], decimals, output + whole + 1);
    }
    output[whole] = '.';
    return sign + count + 1;
}

void traversion_render_decimals(
    const uint64_t *values, size_t count, unsigned digits, unsigned decimals, const traversion_affix *affix,
    uint8_t *output, uint32_t *ends) {
    const traversion_affix around = *affix;
    size_t end = 0;
    for (size_t index = 0; index < count; index++) {
        memcpy(output + end, around.prefix, 16);
        end += around.prefixLength;
        end += render_decimal(values[index], digits, decimals, output + end);
        memcpy(output + end, around.suffix, 16);
        end += around.suffixLength;
        ends[index] = (uint32_t)end;
    }
}

TRAVERSION_DISPATCH
uint64_t traversion_ipv4_byte_count(const uint64_t *addresses, size_t count) {
    uint64_t sum = 7 * count;
    for (size_t index = 0; index < count; index++) {
        uint64_t address = addresses[index];
        for (unsigned octet = 0; octet < 4; octet++) {
            uint64_t number = address >> 8 * octet & 0xFF;
            sum += (uint64_t)(number > 9) + (number > 99);
        }
    }
    return sum;
}

void traversion_render_ipv4(
    const uint64_t *addresses, size_t count, const traversion_affix *affix, uint8_t *output, uint32_t *ends) {
    const traversion_affix around = *affix;
    // Each number with a dot behind it, and how many bytes that is.
    uint32_t words[256];
    uint8_t lengths[256];
    for (unsigned number = 0; number < 256; number++) {
        uint8_t text[4] = {0};
        unsigned length = 0;
        if (number > 99) text[length++] = (uint8_t)('0' + number / 100);
        if (number > 9) text[length++] = (uint8_t)('0' + number / 10 % 10);
        text[length++] = (uint8_t)('0' + number % 10);
        text[length++] = '.';
        memcpy(&words[number], text, 4);
        lengths[number] = (uint8_t)length;
    }
    size_t end = 0;
    for (size_t index = 0; index < count; index++) {
        uint64_t address = addresses[index];
        memcpy(output + end, around.prefix, 16);
        end += around.prefixLength;
        for (unsigned shift = 32; shift > 0;) {
            shift -= 8;
            unsigned number = address >> shift & 0xFF;
            memcpy(output + end, &words[number], 4);
            end += lengths[number];
        }
        end -= 1;
        memcpy(output + end, around.suffix, 16);
        end += around.suffixLength;
        ends[index] = (uint32_t)end;
    }
}
