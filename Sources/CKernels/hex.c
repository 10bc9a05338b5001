#include "CKernels.h"
#include "dispatch.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

TRAVERSION_DISPATCH
void traversion_hex_encode(const uint8_t *bytes, size_t count, int isUpper, uint8_t *digits) {
    uint8_t letter = isUpper ? 'A' - '0' - 10 : 'a' - '0' - 10;
    for (size_t i = 0; i < count; i++) {
        uint8_t high = bytes[i] >> 4;
        uint8_t low = bytes[i] & 15;
        digits[2 * i] = (uint8_t)('0' + high + (high > 9 ? letter : 0));
        digits[2 * i + 1] = (uint8_t)('0' + low + (low > 9 ? letter : 0));
    }
}

/// The number of a digit; flags are added for what it is.
static inline uint8_t value_of(uint8_t digit, uint8_t *flags) {
    uint8_t decimal = (uint8_t)(digit - '0');
    uint8_t upper = (uint8_t)(digit - 'A');
    uint8_t lower = (uint8_t)(digit - 'a');
    uint8_t isLetter = upper < 6 || lower < 6;
    uint8_t wrong = decimal > 9 && !isLetter ? TRAVERSION_HEX_WRONG : 0;
    *flags |= (uint8_t)(wrong | (upper < 6 ? TRAVERSION_HEX_UPPER : 0) | (lower < 6 ? TRAVERSION_HEX_LOWER : 0));
    return (uint8_t)((digit & 15) + (isLetter ? 9 : 0));
}

TRAVERSION_DISPATCH
unsigned traversion_hex_decode(const uint8_t *digits, size_t count, uint8_t *bytes) {
    uint8_t flags = 0;
    for (size_t i = 0; i < count; i++) {
        uint8_t high = value_of(digits[2 * i], &flags);
        uint8_t low = value_of(digits[2 * i + 1], &flags);
        bytes[i] = (uint8_t)(high << 4 | low);
    }
    return flags;
}

#ifdef __SSE2__

unsigned traversion_hex_word(uint64_t first, uint64_t second, uint64_t *word) {
    const __m128i text = _mm_set_epi64x((int64_t)second, (int64_t)first);
    const __m128i digits = _mm_sub_epi8(text, _mm_set1_epi8('0'));
    const __m128i isDigit = _mm_cmpeq_epi8(_mm_min_epu8(digits, _mm_set1_epi8(9)), digits);
    const __m128i letters = _mm_sub_epi8(_mm_or_si128(text, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
    const __m128i isLetter = _mm_cmpeq_epi8(_mm_min_epu8(letters, _mm_set1_epi8(5)), letters);
    const __m128i values = _mm_or_si128(
        _mm_and_si128(isDigit, digits), _mm_and_si128(isLetter, _mm_add_epi8(letters, _mm_set1_epi8(10))));
    // Two neighbours stand in each lane of 16 bits, the first in its low half.
    const __m128i pairs = _mm_and_si128(
        _mm_or_si128(_mm_slli_epi16(values, 4), _mm_srli_epi16(values, 8)), _mm_set1_epi16(0xFF));
    const __m128i bytes = _mm_packus_epi16(pairs, pairs);
    *word = (uint64_t)_mm_cvtsi128_si64(bytes);
    // Of letters bit 5 tells the case: shifted to where the mask is taken from.
    const int letterMask = _mm_movemask_epi8(isLetter);
    const int lowerMask = _mm_movemask_epi8(_mm_slli_epi16(text, 2)) & letterMask;
    const int known = _mm_movemask_epi8(isDigit) | letterMask;
    return (known == 0xFFFF ? 0u : TRAVERSION_HEX_WRONG) | (lowerMask ? TRAVERSION_HEX_LOWER : 0u)
        | (lowerMask != letterMask ? TRAVERSION_HEX_UPPER : 0u);
}

#else

unsigned traversion_hex_word(uint64_t first, uint64_t second, uint64_t *word) {
    uint8_t digits[16], bytes[8];
    uint8_t flags = 0;
    memcpy(digits, &first, 8);
    memcpy(digits + 8, &second, 8);
    for (int i = 0; i < 8; i++) {
        const uint8_t high = value_of(digits[2 * i], &flags);
        bytes[i] = (uint8_t)(high << 4 | value_of(digits[2 * i + 1], &flags));
    }
    memcpy(word, bytes, 8);
    return flags;
}

#endif
