/// Loops over packed integers that the C compiler vectorises, with the best instruction set picked at run time.
///
/// Counts are in values. Nothing here checks anything: callers have checked lengths, widths and ranges.
#ifndef TRAVERSION_CKERNELS_H
#define TRAVERSION_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

#include "search.h"
#include "symbols.h"

/// Packs the low `width` (1 ... 64) bits of each value minus `base` (Format/Segment.md, 5.1.1).
void traversion_pack(const uint64_t *values, size_t count, unsigned width, uint64_t base, uint8_t *packed);

/// The inverse of `traversion_pack`.
void traversion_unpack(const uint8_t *packed, size_t count, unsigned width, uint64_t base, uint64_t *values);

#endif
