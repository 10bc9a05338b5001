#include "../dispatch.h"
#include "integers.h"

#include <string.h>

/// Eight bytes; those behind the end are 0.
static inline uint64_t load(const uint8_t *packed, size_t byteCount, size_t offset) {
    uint64_t word = 0;
    if (offset + 8 <= byteCount) {
        memcpy(&word, packed + offset, 8);
    } else if (offset < byteCount) {
        memcpy(&word, packed + offset, byteCount - offset);
    }
    return word;
}

TRAVERSION_DISPATCH
bool traversion_unpack_at(
    const uint8_t *packed, size_t byteCount, size_t count, unsigned width, uint64_t base, const uint32_t *places,
    size_t placeCount, uint64_t *values) {
    const uint64_t mask = ~(uint64_t)0 >> (64 - width);
    const size_t blockedCount = count / 1024 * 1024, blockedByteCount = count / 1024 * 128 * width;
    for (size_t index = 0; index < placeCount; index++) {
        size_t place = places[index], offset, next;
        unsigned shift;
        if (place >= count) return false;
        if (place < blockedCount) {
            // 16 lanes of 64-bit words; a value may reach into the next word of its lane.
            size_t bit = place % 1024 / 16 * width;
            offset = place / 1024 * 128 * width + (bit / 64 * 16 + place % 16) * 8;
            next = offset + 128;
            shift = bit % 64;
        } else {
            size_t bit = (place - blockedCount) * width;
            offset = blockedByteCount + bit / 8;
            next = offset + 8;
            shift = bit % 8;
        }
        uint64_t value = load(packed, byteCount, offset) >> shift;
        if (shift + width > 64) value |= load(packed, byteCount, next) << (64 - shift);
        values[index] = base + (value & mask);
    }
    return true;
}
