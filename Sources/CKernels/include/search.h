/// Search for a run of bytes.
#ifndef TRAVERSION_SEARCH_H
#define TRAVERSION_SEARCH_H

#include <stddef.h>
#include <stdint.h>

/// The first place from `from` on where `needle` (1 byte or more) stands in `bytes`, or `byteCount`.
size_t traversion_find(
    const uint8_t *bytes, size_t byteCount, size_t from, const uint8_t *needle, size_t needleByteCount);

#endif
