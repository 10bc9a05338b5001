#include "CKernels.h"
#include "dispatch.h"

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
