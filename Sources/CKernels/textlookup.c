#include "CKernels.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

/// By words: most texts are short, and a call to the library costs more than comparing them.
static inline int is_same(const uint8_t *left, const uint8_t *right, size_t count) {
    uint64_t first, second, difference;
    if (count >= 8) {
        for (size_t offset = 0; offset < count - 8; offset += 8) {
            memcpy(&first, left + offset, 8);
            memcpy(&second, right + offset, 8);
            if (first != second) return 0;
        }
        memcpy(&first, left + count - 8, 8);
        memcpy(&second, right + count - 8, 8);
        return first == second;
    }
    if (count >= 4) {
        uint32_t parts[4];
        memcpy(&parts[0], left, 4);
        memcpy(&parts[1], right, 4);
        memcpy(&parts[2], left + count - 4, 4);
        memcpy(&parts[3], right + count - 4, 4);
        return ((parts[0] ^ parts[1]) | (parts[2] ^ parts[3])) == 0;
    }
    difference = 0;
    for (size_t offset = 0; offset < count; offset++) difference |= (uint64_t)(left[offset] ^ right[offset]);
    return difference == 0;
}

static inline size_t length_of(uint64_t text) { return (size_t)(text >> 32); }
static inline size_t offset_of(uint64_t text) { return (size_t)(uint32_t)text; }

void traversion_texts_hash(
    const uint8_t *bytes, const uint64_t *texts, size_t count, const traversion_text_slot *slots, size_t mask,
    const uint8_t *entries, uint64_t *hashes) {
    for (size_t i = 0; i < count; i++) {
        size_t length = length_of(texts[i]);
        const uint8_t *text = bytes + offset_of(texts[i]);
        if (i > 0 && length_of(texts[i - 1]) == length && is_same(text, bytes + offset_of(texts[i - 1]), length)) {
            hashes[i] = 0;
            continue;
        }
        uint64_t hash = XXH3_64bits(text, length);
        hashes[i] = hash ? hash : 1;
        __builtin_prefetch(slots + (hash & mask));
    }
    // What is in the slots by now is most likely the entry that is looked for.
    for (size_t i = 0; i < count; i++) {
        const traversion_text_slot *slot = slots + (hashes[i] & mask);
        __builtin_prefetch(entries + (slot->tag_and_code == UINT64_MAX ? 0 : slot->offset));
    }
}

size_t traversion_texts_find(
    const uint8_t *bytes, const uint64_t *texts, const uint64_t *hashes, size_t first, size_t count,
    const traversion_text_slot *slots, size_t mask, const uint8_t *entries, uint32_t *codes) {
    for (size_t i = first; i < count; i++) {
        if (hashes[i] == 0) {
            codes[i] = codes[i - 1];
            continue;
        }
        size_t length = length_of(texts[i]);
        const uint8_t *text = bytes + offset_of(texts[i]);
        size_t place = hashes[i] & mask;
        for (;;) {
            const traversion_text_slot *slot = slots + place;
            if (slot->tag_and_code == UINT64_MAX) return i;
            if (((slot->tag_and_code ^ hashes[i]) >> 32) == 0 && slot->byte_count == length
                && is_same(entries + slot->offset, text, length)) {
                codes[i] = (uint32_t)slot->tag_and_code;
                break;
            }
            place = (place + 1) & mask;
        }
    }
    return count;
}
