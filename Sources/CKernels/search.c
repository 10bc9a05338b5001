#include "search.h"
#include "dispatch.h"

#include <string.h>

enum { blockCount = 64 };

/// Compares first and last byte of the needle at 64 places at once; what passes is compared in full.
TRAVERSION_DISPATCH
size_t traversion_find(
    const uint8_t *bytes, size_t byteCount, size_t from, const uint8_t *needle, size_t needleByteCount) {
    if (needleByteCount > byteCount) return byteCount;
    const size_t end = byteCount - needleByteCount + 1;
    const uint8_t first = needle[0], last = needle[needleByteCount - 1];
    const uint8_t *tails = bytes + needleByteCount - 1;
    size_t place = from;
    for (; place + blockCount <= end; place += blockCount) {
        uint8_t any = 0;
        for (size_t index = 0; index < blockCount; index++)
            any |= (bytes[place + index] == first) & (tails[place + index] == last);
        if (!any) continue;
        for (size_t index = place; index < place + blockCount; index++)
            if (bytes[index] == first && memcmp(bytes + index, needle, needleByteCount) == 0) return index;
    }
    for (; place < end; place++)
        if (bytes[place] == first && memcmp(bytes + place, needle, needleByteCount) == 0) return place;
    return byteCount;
}
