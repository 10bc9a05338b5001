#include "CKernels.h"

#include <string.h>

enum { lanes = 16, rows = 64, blockCount = lanes * rows };

static uint64_t mask_of(unsigned width) { return width == 64 ? ~(uint64_t)0 : (((uint64_t)1 << width) - 1); }

static uint64_t load64(const uint8_t *bytes) {
    uint64_t word;
    memcpy(&word, bytes, 8);
    return word;
}

static void pack_block(const uint64_t *values, unsigned width, uint64_t base, uint8_t *packed) {
    uint64_t mask = mask_of(width);
    uint64_t words[lanes * 64] = {0};
    for (unsigned row = 0; row < rows; row++) {
        unsigned bit = row * width, word = bit >> 6, shift = bit & 63;
        for (unsigned lane = 0; lane < lanes; lane++) {
            uint64_t value = (values[row * lanes + lane] - base) & mask;
            words[word * lanes + lane] |= value << shift;
            if (shift + width > 64) words[(word + 1) * lanes + lane] |= value >> (64 - shift);
        }
    }
    memcpy(packed, words, width * lanes * 8);
}

static void unpack_block(const uint8_t *packed, unsigned width, uint64_t base, uint64_t *values) {
    uint64_t mask = mask_of(width);
    for (unsigned row = 0; row < rows; row++) {
        unsigned bit = row * width, word = bit >> 6, shift = bit & 63;
        unsigned next = word + 1 < width ? word + 1 : word;
        for (unsigned lane = 0; lane < lanes; lane++) {
            uint64_t low = load64(packed + (word * lanes + lane) * 8) >> shift;
            uint64_t high = (load64(packed + (next * lanes + lane) * 8) << 1) << (63 - shift);
            values[row * lanes + lane] = ((low | high) & mask) + base;
        }
    }
}

static void pack_tail(const uint64_t *values, size_t count, unsigned width, uint64_t base, uint8_t *packed) {
    uint64_t mask = mask_of(width);
    memset(packed, 0, (count * width + 7) / 8);
    for (size_t index = 0; index < count; index++) {
        uint64_t value = (values[index] - base) & mask;
        for (unsigned done = 0; done < width;) {
            size_t bit = index * width + done;
            packed[bit >> 3] |= (uint8_t)((value >> done) << (bit & 7));
            done += 8 - (unsigned)(bit & 7);
        }
    }
}

static void unpack_tail(const uint8_t *packed, size_t count, unsigned width, uint64_t base, uint64_t *values) {
    uint64_t mask = mask_of(width);
    size_t byteCount = (count * width + 7) / 8;
    for (size_t index = 0; index < count; index++) {
        size_t bit = index * width, first = bit >> 3;
        unsigned shift = bit & 7;
        uint64_t low = 0, high = 0;
        size_t left = byteCount - first;
        memcpy(&low, packed + first, left < 8 ? left : 8);
        if (left > 8) high = packed[first + 8];
        uint64_t value = low >> shift;
        if (shift) value |= high << (64 - shift);
        values[index] = (value & mask) + base;
    }
}

void traversion_pack(const uint64_t *values, size_t count, unsigned width, uint64_t base, uint8_t *packed) {
    for (; count >= blockCount; count -= blockCount, values += blockCount, packed += width * lanes * 8)
        pack_block(values, width, base, packed);
    pack_tail(values, count, width, base, packed);
}

void traversion_unpack(const uint8_t *packed, size_t count, unsigned width, uint64_t base, uint64_t *values) {
    for (; count >= blockCount; count -= blockCount, values += blockCount, packed += width * lanes * 8)
        unpack_block(packed, width, base, values);
    unpack_tail(packed, count, width, base, values);
}
