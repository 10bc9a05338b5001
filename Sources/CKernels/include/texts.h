/// Numbers as text, each between a prefix and a suffix, laid end to end.
///
/// A text may overwrite what comes behind it, up to TRAVERSION_STRING_SLACK bytes.
#ifndef TRAVERSION_TEXTS_H
#define TRAVERSION_TEXTS_H

#include <stddef.h>
#include <stdint.h>

/// Bytes before and after each text, at most 16 of either; the others are zeros.
typedef struct {
    uint8_t prefix[16], suffix[16];
    uint32_t prefixLength, suffixLength;
} traversion_affix;

/// How many bytes decimal numbers take: signed when `digits` is 0, else unsigned and padded to so many digits. Of
/// numbers with `decimals` (1 ... 18, else 0) the point counts, too, and the zeros that it needs.
uint64_t traversion_decimal_byte_count(const uint64_t *values, size_t count, unsigned digits, unsigned decimals);

/// Writes such numbers.
void traversion_render_decimals(
    const uint64_t *values, size_t count, unsigned digits, unsigned decimals, const traversion_affix *affix,
    uint8_t *output, uint32_t *ends);

/// How many bytes addresses below 2^32 take in dotted decimal.
uint64_t traversion_ipv4_byte_count(const uint64_t *addresses, size_t count);

/// Writes addresses below 2^32 in dotted decimal.
void traversion_render_ipv4(
    const uint64_t *addresses, size_t count, const traversion_affix *affix, uint8_t *output, uint32_t *ends);

#endif
