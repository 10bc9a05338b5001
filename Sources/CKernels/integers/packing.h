/// Into and out of the packed layout. Included once for each instruction set.
#include "vectors.h"

static void pack_block(const uint64_t *values, unsigned width, uint64_t base, uint8_t *packed) {
    vector mask = mask_of(width) - (vector){0}, low = {0}, high = {0};
    unsigned shift = 0;
    for (unsigned row = 0; row < rowCount; row++, values += laneCount) {
        vector left = (load(values) - base) & mask, right = (load(values + 8) - base) & mask;
        low |= left << shift;
        high |= right << shift;
        shift += width;
        if (shift >= 64) {
            store(packed, low);
            store(packed + 64, high);
            packed += 128;
            shift -= 64;
            // What is over the word's end; nothing when the value ended with the word.
            low = shift ? left >> (width - shift) : (vector){0};
            high = shift ? right >> (width - shift) : (vector){0};
        }
    }
}

/// The 2 x 8 fields of a row of a block, with bits of other fields above them.
#define ROW_FIELDS(packed, width, row, left, right)                                                                    \
    unsigned bit = (row) * (width), shift = bit & 63;                                                                  \
    const uint8_t *word = (packed) + (bit >> 6) * 128;                                                                 \
    vector left = load(word) >> shift, right = load(word + 64) >> shift;                                               \
    if (shift + (width) > 64) {                                                                                        \
        left |= load(word + 128) << (64 - shift);                                                                      \
        right |= load(word + 192) << (64 - shift);                                                                     \
    }

static void unpack_block(const uint8_t *packed, unsigned width, uint64_t base, uint64_t *values) {
    vector mask = mask_of(width) - (vector){0};
    for (unsigned row = 0; row < rowCount; row++) {
        ROW_FIELDS(packed, width, row, left, right)
        store(values + row * laneCount, (left & mask) + base);
        store(values + row * laneCount + 8, (right & mask) + base);
    }
}

static void unpack32_block(const uint8_t *packed, unsigned width, uint32_t base, uint32_t *values) {
    uint32_t mask = (uint32_t)mask_of(width);
    for (unsigned row = 0; row < rowCount; row++) {
        ROW_FIELDS(packed, width, row, left, right)
        half_vector first = (__builtin_convertvector(left, half_vector) & mask) + base;
        half_vector second = (__builtin_convertvector(right, half_vector) & mask) + base;
        memcpy(values + row * laneCount, &first, sizeof first);
        memcpy(values + row * laneCount + 8, &second, sizeof second);
    }
}

static void pack_tail(const uint64_t *values, size_t count, unsigned width, uint64_t base, uint8_t *packed) {
    uint64_t mask = mask_of(width), word = 0;
    unsigned filled = 0;
    for (size_t index = 0; index < count; index++) {
        uint64_t value = (values[index] - base) & mask;
        word |= value << filled;
        filled += width;
        if (filled >= 64) {
            memcpy(packed, &word, 8);
            packed += 8;
            filled -= 64;
            word = filled ? value >> (width - filled) : 0;
        }
    }
    memcpy(packed, &word, (filled + 7) / 8);
}

/// The value at `index` of a tail of `byteCount` bytes, wherever it stands.
INLINE uint64_t tail_value(const uint8_t *packed, size_t byteCount, size_t index, unsigned width, uint64_t mask) {
    size_t bit = index * width, first = bit >> 3, left = byteCount - first;
    unsigned shift = bit & 7;
    uint64_t low = 0, high = 0;
    memcpy(&low, packed + first, left < 8 ? left : 8);
    if (left > 8) high = packed[first + 8];
    return (low >> shift | high << 1 << (63 - shift)) & mask;
}

/// How many of the first values of a tail can be read with whole words.
INLINE size_t fast_tail_count(size_t byteCount, size_t count, unsigned width) {
    if (byteCount < 16) return 0;
    size_t fast = (byteCount - 16) * 8 / width;
    return fast < count ? fast : count;
}

INLINE uint64_t fast_tail_value(const uint8_t *packed, size_t index, unsigned width, uint64_t mask) {
    size_t bit = index * width;
    const uint8_t *first = packed + (bit >> 3);
    unsigned shift = bit & 7;
    return (load_word(first) >> shift | (uint64_t)first[8] << 1 << (63 - shift)) & mask;
}

#define EACH_TAIL_VALUE(packed, count, width, statement)                                                               \
    uint64_t mask = mask_of(width), value;                                                                             \
    size_t byteCount = ((count) * (width) + 7) / 8, index = 0, fast = fast_tail_count(byteCount, count, width);        \
    for (; index < fast; index++) {                                                                                    \
        value = fast_tail_value(packed, index, width, mask);                                                           \
        statement                                                                                                      \
    }                                                                                                                  \
    for (; index < (count); index++) {                                                                                 \
        value = tail_value(packed, byteCount, index, width, mask);                                                     \
        statement                                                                                                      \
    }

static void pack(const uint64_t *values, size_t count, unsigned width, uint64_t base, uint8_t *packed) {
    for (; count >= blockCount; count -= blockCount, values += blockCount, packed += width * 128)
        pack_block(values, width, base, packed);
    pack_tail(values, count, width, base, packed);
}

static void unpack(const uint8_t *packed, size_t count, unsigned width, uint64_t base, uint64_t *values) {
    for (; count >= blockCount; count -= blockCount, values += blockCount, packed += width * 128)
        unpack_block(packed, width, base, values);
    EACH_TAIL_VALUE(packed, count, width, { values[index] = value + base; })
}

static void unpack32(const uint8_t *packed, size_t count, unsigned width, uint32_t base, uint32_t *values) {
    for (; count >= blockCount; count -= blockCount, values += blockCount, packed += width * 128)
        unpack32_block(packed, width, base, values);
    EACH_TAIL_VALUE(packed, count, width, { values[index] = (uint32_t)value + base; })
}

static void unpack_sums(
    const uint8_t *packed, size_t count, unsigned width, uint64_t base, uint64_t first, uint64_t *values) {
    uint64_t differences[blockCount], sum = first;
    *values++ = sum;
    for (; count >= blockCount; count -= blockCount, packed += width * 128) {
        unpack_block(packed, width, base, differences);
        for (unsigned index = 0; index < blockCount; index++) *values++ = sum += differences[index];
    }
    EACH_TAIL_VALUE(packed, count, width, { values[index] = sum += value + base; })
}

static void scale(uint64_t *values, size_t count, uint64_t factor, uint64_t addend) {
    if (factor & (factor - 1)) {
        for (size_t index = 0; index < count; index++) values[index] = values[index] * factor + addend;
    } else {
        unsigned shift = (unsigned)__builtin_ctzll(factor);
        for (size_t index = 0; index < count; index++) values[index] = (values[index] << shift) + addend;
    }
}

static void scale_unpack(
    const uint8_t *packed, size_t count, unsigned width, uint64_t base, uint64_t factor, uint64_t *values) {
    uint64_t addends[blockCount];
    for (; count >= blockCount; count -= blockCount, values += blockCount, packed += width * 128) {
        unpack_block(packed, width, base, addends);
        scale(values, blockCount, factor, 0);
        for (unsigned index = 0; index < blockCount; index++) values[index] += addends[index];
    }
    EACH_TAIL_VALUE(packed, count, width, { values[index] = values[index] * factor + value + base; })
}

static bool unpack_entries(
    const uint8_t *packed, size_t count, unsigned width, uint32_t base, const uint64_t *entries, size_t entryCount,
    uint64_t *values) {
    uint32_t codes[blockCount];
    for (; count >= blockCount; count -= blockCount, values += blockCount, packed += width * 128) {
        unpack32_block(packed, width, base, codes);
        uint32_t highest = 0;
        for (unsigned index = 0; index < blockCount; index++) highest = codes[index] > highest ? codes[index] : highest;
        if (highest >= entryCount) return false;
        for (unsigned index = 0; index < blockCount; index++) values[index] = entries[codes[index]];
    }
    EACH_TAIL_VALUE(packed, count, width, {
        uint32_t code = (uint32_t)value + base;
        if (code >= entryCount) return false;
        values[index] = entries[code];
    })
    return true;
}
