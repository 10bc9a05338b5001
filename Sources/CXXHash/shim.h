/* The functions themselves instead of calls into the library: most of what is hashed is as short as an id. */
#define XXH_INLINE_ALL
#include <xxhash.h>
