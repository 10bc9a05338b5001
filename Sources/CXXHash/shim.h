#include <xxhash.h>

#if defined(__x86_64__)
/* The library has it, and declares it where all the others are exchanged for their like. */
XXH_errorcode XXH3_128bits_update_dispatch(XXH3_state_t *state, const void *bytes, size_t count);
#endif

/* With the widest vectors of the processor, which the plain function leaves unused. */
static inline void traversion_xxh3_update(XXH3_state_t *state, const void *bytes, size_t count) {
#if defined(__x86_64__)
    XXH3_128bits_update_dispatch(state, bytes, count);
#else
    XXH3_128bits_update(state, bytes, count);
#endif
}

/* Once more with the functions themselves: most of what is hashed is as short as an id, and a call costs more. */
#define XXH_INLINE_ALL
#include <xxhash.h>

static inline uint64_t traversion_xxh3(const void *bytes, size_t count, uint64_t seed) {
    return XXH3_64bits_withSeed(bytes, count, seed);
}
