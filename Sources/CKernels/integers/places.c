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

/// Where so many places lie in one block, one after another, all of it is unpacked.
enum { PLACES_OF_BLOCK = 64 };

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
        if (place < blockedCount && index + PLACES_OF_BLOCK <= placeCount
            && places[index + PLACES_OF_BLOCK - 1] / 1024 == place / 1024) {
            uint64_t block[1024];
            traversion_unpack(packed + place / 1024 * 128 * width, 1024, width, base, block);
            for (; index < placeCount && places[index] / 1024 == place / 1024; index++) {
                values[index] = block[places[index] % 1024];
            }
            index--;
            continue;
        }
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

TRAVERSION_DISPATCH
bool traversion_runs_at(
    const uint64_t *lengths, size_t runCount, size_t count, const uint32_t *places, size_t placeCount,
    uint64_t *blockEnds, uint32_t *runs) {
    const size_t blockCount = (runCount + TRAVERSION_RUN_BLOCK - 1) / TRAVERSION_RUN_BLOCK;
    uint64_t end = 0;
    for (size_t block = 0; block < blockCount; block++) {
        const uint64_t *first = lengths + block * TRAVERSION_RUN_BLOCK;
        const size_t left = runCount - block * TRAVERSION_RUN_BLOCK;
        const size_t length = left < TRAVERSION_RUN_BLOCK ? left : TRAVERSION_RUN_BLOCK;
        uint64_t sum = 0, bits = 0, zeroCount = 0;
        for (size_t i = 0; i < length; i++) {
            sum += first[i];
            bits |= first[i];
            zeroCount += first[i] == 0;
        }
        // What has 32 bits at most cannot overflow the sum.
        if (zeroCount != 0 || bits >> 32 != 0) return false;
        end += sum;
        if (end > count) return false;
        blockEnds[block] = end;
    }
    if (end != count) return false;
    // Places ascend, mostly: then the run is in the block of the one before, behind it.
    uint64_t runStart = 0, runEnd = 0, blockEnd = 0;
    size_t run = 0;
    for (size_t index = 0; index < placeCount; index++) {
        const uint64_t place = places[index];
        if (place >= count) return false;
        if (place < runStart || place >= blockEnd) {
            size_t low = 0, high = blockCount - 1;
            while (low < high) {
                size_t middle = (low + high) / 2;
                if (blockEnds[middle] <= place) low = middle + 1;
                else high = middle;
            }
            run = low * TRAVERSION_RUN_BLOCK;
            blockEnd = blockEnds[low];
            runStart = low == 0 ? 0 : blockEnds[low - 1];
            runEnd = runStart + lengths[run];
        }
        while (runEnd <= place) {
            runStart = runEnd;
            runEnd += lengths[++run];
        }
        runs[index] = (uint32_t)run;
    }
    return true;
}
