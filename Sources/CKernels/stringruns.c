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

TRAVERSION_DISPATCH
static uint64_t highest_of(const uint64_t *codes, size_t count) {
    uint64_t highest = 0;
    for (size_t i = 0; i < count; i++) highest = codes[i] > highest ? codes[i] : highest;
    return highest;
}

/// Tables of so many entries are copied, so that each takes one load.
enum { smallTable = 256, smallEntry = 16 };

uint64_t traversion_gathered_byte_count(
    const uint64_t *codes, size_t count, const uint32_t *entryEnds, size_t entryCount) {
    if (count > 0 && highest_of(codes, count) >= entryCount) return TRAVERSION_STRINGS_WRONG;
    uint64_t sum = 0;
    if (entryCount <= smallTable) {
        uint64_t longest = traversion_longest(entryEnds, entryCount);
        if (entryCount > 0 && entryEnds[entryCount - 1] == longest * entryCount) return count * longest;
        uint32_t lengths[smallTable];
        for (size_t entry = 0; entry < entryCount; entry++)
            lengths[entry] = entryEnds[entry] - start_of(entryEnds, entry);
        for (size_t i = 0; i < count; i++) sum += lengths[codes[i]];
    } else {
        for (size_t i = 0; i < count; i++) sum += entryEnds[codes[i]] - start_of(entryEnds, codes[i]);
    }
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

/// Few entries of one length, at most 16 bytes: no string has to wait for the one before it.
TRAVERSION_DISPATCH
static void gather_even(
    const uint64_t *codes, size_t count, const uint8_t *entries, size_t entryCount, uint32_t length, uint8_t *output,
    uint32_t *ends) {
    uint8_t padded[smallTable][smallEntry];
    memset(padded, 0, entryCount * smallEntry);
    for (size_t entry = 0; entry < entryCount; entry++) memcpy(padded[entry], entries + entry * length, length);
    for (size_t i = 0; i < count; i++) ends[i] = (uint32_t)(i + 1) * length;
    if (length == 1) {
        for (size_t i = 0; i < count; i++) output[i] = padded[codes[i]][0];
    } else {
        for (size_t i = 0; i < count; i++) memcpy(output + i * length, padded[codes[i]], smallEntry);
    }
}

/// Few entries of at most 16 bytes: all copies are as long, and where they begin is known without a look at the entry.
TRAVERSION_DISPATCH
static void gather_small(
    const uint64_t *codes, size_t count, const uint8_t *entries, const uint32_t *entryEnds, size_t entryCount,
    uint8_t *output, uint32_t *ends) {
    uint8_t padded[smallTable][smallEntry];
    uint32_t lengths[smallTable];
    for (size_t entry = 0; entry < entryCount; entry++) {
        uint32_t start = start_of(entryEnds, entry);
        lengths[entry] = entryEnds[entry] - start;
        memset(padded[entry], 0, smallEntry);
        memcpy(padded[entry], entries + start, lengths[entry]);
    }
    uint32_t end = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t code = codes[i];
        memcpy(output + end, padded[code], smallEntry);
        end += lengths[code];
        ends[i] = end;
    }
}

/// Entries of any length: 32 bytes of each are copied whatever its length, the last of them from a copy with room
/// behind it, so that most strings take no branch that could be guessed wrong.
TRAVERSION_DISPATCH
static void gather_any(
    const uint64_t *codes, size_t count, const uint8_t *entries, const uint32_t *entryEnds, size_t byteCount,
    uint8_t *output, uint32_t *ends) {
    enum { block = TRAVERSION_STRING_SLACK };
    uint8_t last[2 * block] = {0};
    size_t lastStart = byteCount < block ? 0 : byteCount - block;
    memcpy(last, entries + lastStart, byteCount - lastStart);
    uint32_t end = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t start = start_of(entryEnds, codes[i]);
        uint32_t length = entryEnds[codes[i]] - start;
        const uint8_t *source = start < lastStart ? entries + start : last + (start - lastStart);
        memcpy(output + end, source, block);
        if (length > block) {
            const uint8_t *whole = entries + start;
            uint8_t *target = output + end;
            for (uint32_t offset = block; offset < length - block; offset += block)
                memcpy(target + offset, whole + offset, block);
            memcpy(target + length - block, whole + length - block, block);
        }
        end += length;
        ends[i] = end;
    }
}

void traversion_gather(
    const uint64_t *codes, size_t count, const uint8_t *entries, const uint32_t *entryEnds, size_t entryCount,
    uint8_t *output, uint32_t *ends) {
    if (count == 0) return;
    uint32_t longest = entryCount <= smallTable && entryCount <= count ? traversion_longest(entryEnds, entryCount)
                                                                       : UINT32_MAX;
    if (longest <= smallEntry && entryEnds[entryCount - 1] == longest * entryCount)
        gather_even(codes, count, entries, entryCount, longest, output, ends);
    else if (longest <= smallEntry)
        gather_small(codes, count, entries, entryEnds, entryCount, output, ends);
    else
        gather_any(codes, count, entries, entryEnds, entryEnds[entryCount - 1], output, ends);
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
