#include <xxhash.h>

/* Once more with the functions themselves: most of what is hashed is as short as an id, and a call costs more. */
#define XXH_INLINE_ALL
#include <xxhash.h>

static inline uint64_t traversion_xxh3(const void *bytes, size_t count, uint64_t seed) {
    return XXH3_64bits_withSeed(bytes, count, seed);
}
