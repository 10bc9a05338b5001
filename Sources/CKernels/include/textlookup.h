/// Looking up many texts of one column at once, so that the waits for memory overlap.
#ifndef TRAVERSION_TEXTLOOKUP_H
#define TRAVERSION_TEXTLOOKUP_H

#include <stddef.h>
#include <stdint.h>

/// An entry of a table of texts: where it stands, so that looking it up touches nothing but its slot and its bytes.
typedef struct {
    /// The upper half of the hash, and in the lower half the entry's number; all ones where there is none.
    uint64_t tag_and_code;
    uint32_t offset;
    uint32_t byte_count;
} traversion_text_slot;

/// Hashes texts and asks for the memory that `traversion_texts_find` will need. A text in `texts` is its offset in
/// `bytes`, and in the upper half its length. A text that is the same as the one before it gets the hash 0.
void traversion_texts_hash(
    const uint8_t *bytes, const uint64_t *texts, size_t count, const traversion_text_slot *slots, size_t mask,
    const uint8_t *entries, uint64_t *hashes);

/// Gives the texts from `first` on their entries' numbers until one has no entry, and returns its index, or `count`.
size_t traversion_texts_find(
    const uint8_t *bytes, const uint64_t *texts, const uint64_t *hashes, size_t first, size_t count,
    const traversion_text_slot *slots, size_t mask, const uint8_t *entries, uint32_t *codes);

#endif
