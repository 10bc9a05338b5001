#include "characters.h"
#include "dispatch.h"

#include <string.h>

enum { blockCount = 64 };

typedef uint8_t byte_block __attribute__((vector_size(blockCount)));
typedef int8_t truth_block __attribute__((vector_size(blockCount)));
typedef _Bool bit_block __attribute__((ext_vector_type(blockCount)));

static inline uint64_t bits_of(const truth_block *truths) {
    bit_block flags = __builtin_convertvector(*truths, bit_block);
    uint64_t bits;
    memcpy(&bits, &flags, sizeof bits);
    return bits;
}

static inline void sets_of_block(const uint8_t *bytes, uint64_t *words, uint64_t *digits, uint64_t *returns) {
    byte_block block;
    memcpy(&block, bytes, blockCount);
    truth_block letter = (truth_block)(((block | 0x20) - 'a') < 26);
    truth_block digit = (truth_block)((block - '0') < 10);
    // '-' and '.' are neighbours.
    truth_block word = letter | digit | (truth_block)(block == '_') | (truth_block)((block - '-') < 2);
    truth_block lineEnd = (truth_block)(block == '\r');
    *words = bits_of(&word);
    *digits = bits_of(&digit);
    *returns = bits_of(&lineEnd);
}

TRAVERSION_DISPATCH
void traversion_character_sets(
    const uint8_t *bytes, size_t byteCount, uint64_t *words, uint64_t *digits, uint64_t *returns) {
    size_t block = 0;
    for (; block < byteCount / blockCount; block++)
        sets_of_block(bytes + block * blockCount, words + block, digits + block, returns + block);
    uint8_t rest[blockCount] = {0};
    size_t restCount = byteCount % blockCount;
    if (restCount > 0) memcpy(rest, bytes + block * blockCount, restCount);
    sets_of_block(rest, words + block, digits + block, returns + block);
}
