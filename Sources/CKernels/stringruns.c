#include "CKernels.h"
#include "dispatch.h"

#include <string.h>

static inline uint32_t start_of(const uint32_t *ends, size_t index) { return index == 0 ? 0 : ends[index - 1]; }

bool traversion_are_equal(const void *first, const void *second, size_t byteCount) {
    return byteCount == 0 || memcmp(first, second, byteCount) == 0;
}

uint64_t traversion_ends(const uint64_t *lengths, size_t count, uint64_t lengthLimit, uint32_t *ends) {
    uint64_t sum = 0;
    uint64_t longest = 0;
    for (size_t i = 0; i < count; i++) {
        longest = lengths[i] > longest ? lengths[i] : longest;
        sum += lengths[i];
        ends[i] = (uint32_t)sum;
    }
    return longest > lengthLimit ? TRAVERSION_STRINGS_WRONG : sum;
}

TRAVERSION_DISPATCH
void traversion_lengths(const uint32_t *ends, size_t count, uint64_t *lengths) {
    if (count == 0) return;
    lengths[0] = ends[0];
    for (size_t i = 1; i < count; i++) lengths[i] = ends[i] - ends[i - 1];
}

TRAVERSION_DISPATCH
uint32_t traversion_longest(const uint32_t *ends, size_t count) {
    if (count == 0) return 0;
    uint32_t longest = ends[0];
    for (size_t i = 1; i < count; i++) {
        uint32_t length = ends[i] - ends[i - 1];
        longest = length > longest ? length : longest;
    }
    return longest;
}

uint64_t traversion_gathered_byte_count(
    const uint64_t *codes, size_t count, const uint32_t *entryEnds, size_t entryCount) {
    uint64_t highest = 0;
    for (size_t i = 0; i < count; i++) highest = codes[i] > highest ? codes[i] : highest;
    if (count > 0 && highest >= entryCount) return TRAVERSION_STRINGS_WRONG;
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) sum += entryEnds[codes[i]] - start_of(entryEnds, codes[i]);
    return sum;
}

/// Copies in blocks of 16 where so much may be read, which is everywhere but at the end of the source. Most strings are
/// one block long.
static inline void copy_string(uint8_t *output, const uint8_t *source, size_t length, size_t readable) {
    if (((length + 15) & ~(size_t)15) > readable) {
        memcpy(output, source, length);
        return;
    }
    for (size_t offset = 0; offset < length; offset += 16) memcpy(output + offset, source + offset, 16);
}

void traversion_gather(
    const uint64_t *codes, size_t count, const uint8_t *entries, const uint32_t *entryEnds, size_t entryCount,
    uint8_t *output, uint32_t *ends) {
    size_t byteCount = entryCount == 0 ? 0 : entryEnds[entryCount - 1];
    uint32_t end = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t start = start_of(entryEnds, codes[i]);
        uint32_t length = entryEnds[codes[i]] - start;
        copy_string(output + end, entries + start, length, byteCount - start);
        end += length;
        ends[i] = end;
    }
}

uint64_t traversion_front_coded_byte_count(
    const uint64_t *prefixLengths, const uint32_t *suffixEnds, size_t count, uint64_t lengthLimit) {
    uint64_t sum = 0;
    uint64_t before = 0;
    for (size_t i = 0; i < count; i++) {
        if (prefixLengths[i] > before) return TRAVERSION_STRINGS_WRONG;
        before = prefixLengths[i] + (suffixEnds[i] - start_of(suffixEnds, i));
        if (before > lengthLimit) return TRAVERSION_STRINGS_WRONG;
        sum += before;
    }
    return sum;
}

void traversion_front_decode(
    const uint64_t *prefixLengths, const uint8_t *suffixes, const uint32_t *suffixEnds, size_t count,
    uint8_t *output, uint32_t *ends) {
    size_t byteCount = count == 0 ? 0 : suffixEnds[count - 1];
    uint32_t before = 0;
    uint32_t end = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t prefix = (uint32_t)prefixLengths[i];
        uint32_t start = start_of(suffixEnds, i);
        uint32_t suffix = suffixEnds[i] - start;
        uint32_t this = end;
        // What is read past the prefix is written past it too and then overwritten. Source and output of one block do
        // not overlap, or overlap so that the source is read first.
        for (uint32_t offset = 0; offset < prefix; offset += 16) {
            uint8_t block[16];
            memcpy(block, output + before + offset, 16);
            memcpy(output + this + offset, block, 16);
        }
        copy_string(output + this + prefix, suffixes + start, suffix, byteCount - start);
        end = this + prefix + suffix;
        before = this;
        ends[i] = end;
    }
}

/// The number of equal bytes at the beginning of two strings.
static inline uint32_t shared_prefix(const uint8_t *first, const uint8_t *second, uint32_t limit) {
    uint32_t length = 0;
    while (length + 8 <= limit) {
        uint64_t a, b;
        memcpy(&a, first + length, 8);
        memcpy(&b, second + length, 8);
        if (a != b) return length + (uint32_t)(__builtin_ctzll(a ^ b) >> 3);
        length += 8;
    }
    while (length < limit && first[length] == second[length]) length++;
    return length;
}

uint64_t traversion_shared_prefixes(const uint8_t *bytes, const uint32_t *ends, size_t count, uint64_t *lengths) {
    uint64_t sum = 0;
    uint32_t before = 0;
    uint32_t lengthBefore = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t start = start_of(ends, i);
        uint32_t length = ends[i] - start;
        uint32_t limit = length < lengthBefore ? length : lengthBefore;
        lengths[i] = shared_prefix(bytes + before, bytes + start, limit);
        sum += lengths[i];
        before = start;
        lengthBefore = length;
    }
    return sum;
}
