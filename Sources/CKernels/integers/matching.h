/// Comparing values with arcs and tables. Included once for each instruction set, after packing.h.

/// An arc for signed comparison, which all instruction sets have: a value v is outside when v - start > span.
struct arc {
    uint64_t start;
    int64_t span;
};

INLINE struct arc arc_of(uint64_t start, uint64_t span) {
    uint64_t sign = (uint64_t)1 << 63;
    return (struct arc){start + sign, (int64_t)(span ^ sign)};
}

/// Fills up to 1, 2, 4 or 8 arcs, for which there are loops of their own, by taking the last one again.
INLINE size_t fill_arcs(struct arc *arcs, size_t arcCount) {
    size_t filled = 1;
    while (filled < arcCount) filled *= 2;
    for (size_t arc = arcCount; arc < filled; arc++) arcs[arc] = arcs[arcCount - 1];
    return filled;
}

/// Writes 16 bits of the bitmap: which values of a row are in one of the arcs.
INLINE void match_row(vector left, vector right, const struct arc *arcs, size_t arcCount, uint8_t *bitmap) {
    unsigned outside = 0xFFFF;
#pragma clang loop unroll(full)
    for (size_t arc = 0; arc < arcCount; arc++) {
        unsigned first = bits_of((signed_vector)(left - arcs[arc].start) > arcs[arc].span);
        unsigned second = bits_of((signed_vector)(right - arcs[arc].start) > arcs[arc].span);
        outside &= first | second << 8;
    }
    uint16_t bits = (uint16_t)~outside;
    memcpy(bitmap, &bits, 2);
}

/// Fields are compared at the top of their lanes, where the bits of other fields below them do not matter: an arc
/// begins there with its lowest and ends with its highest filling of those bits.
INLINE void match_block(
    const uint8_t *packed, unsigned width, const struct arc *given, size_t arcCount, uint8_t *bitmap) {
    unsigned unused = 64 - width;
    struct arc arcs[traversion_arc_limit];
    for (size_t arc = 0; arc < arcCount; arc++) arcs[arc] = given[arc];
    for (unsigned row = 0; row < rowCount; row++) {
        unsigned bit = row * width, shift = bit & 63;
        const uint8_t *word = packed + (bit >> 6) * 128;
        vector left, right;
        if (shift + width > 64) {
            left = (load(word) >> shift | load(word + 128) << (64 - shift)) << unused;
            right = (load(word + 64) >> shift | load(word + 192) << (64 - shift)) << unused;
        } else {
            left = load(word) << (unused - shift);
            right = load(word + 64) << (unused - shift);
        }
        match_row(left, right, arcs, arcCount, bitmap + row * 2);
    }
}

static void match_packed(
    const uint8_t *packed, size_t count, unsigned width, const uint64_t *starts, const uint64_t *spans,
    size_t arcCount, uint64_t *bitmap) {
    uint64_t mask = mask_of(width), below = width == 64 ? 0 : mask_of(64 - width);
    struct arc arcs[traversion_arc_limit];
    for (size_t arc = 0; arc < arcCount; arc++)
        arcs[arc] = arc_of(starts[arc] << (64 - width), (spans[arc] & mask) << (64 - width) | below);
    size_t filled = fill_arcs(arcs, arcCount);
    for (; count >= blockCount; count -= blockCount, bitmap += blockCount / 64, packed += width * 128) {
        switch (filled) {
            case 1: match_block(packed, width, arcs, 1, (uint8_t *)bitmap); break;
            case 2: match_block(packed, width, arcs, 2, (uint8_t *)bitmap); break;
            case 4: match_block(packed, width, arcs, 4, (uint8_t *)bitmap); break;
            default: match_block(packed, width, arcs, 8, (uint8_t *)bitmap); break;
        }
    }
    memset(bitmap, 0, (count + 63) / 64 * 8);
    size_t byteCount = (count * width + 7) / 8, fast = fast_tail_count(byteCount, count, width);
    for (size_t index = 0; index < count; index++) {
        uint64_t value = index < fast ? fast_tail_value(packed, index, width, mask)
                                      : tail_value(packed, byteCount, index, width, mask);
        uint64_t isMatch = 0;
        for (size_t arc = 0; arc < arcCount; arc++) isMatch |= ((value - starts[arc]) & mask) <= (spans[arc] & mask);
        bitmap[index / 64] |= isMatch << (index % 64);
    }
}

INLINE void match_rows(
    const uint64_t *values, size_t count, const struct arc *given, size_t arcCount, uint8_t *bitmap) {
    struct arc arcs[traversion_arc_limit];
    for (size_t arc = 0; arc < arcCount; arc++) arcs[arc] = given[arc];
    for (size_t index = 0; index < count; index += laneCount)
        match_row(load(values + index), load(values + index + 8), arcs, arcCount, bitmap + index / 8);
}

static void match_values(
    const uint64_t *values, size_t count, const uint64_t *starts, const uint64_t *spans, size_t arcCount,
    uint64_t *bitmap) {
    struct arc arcs[traversion_arc_limit];
    for (size_t arc = 0; arc < arcCount; arc++) arcs[arc] = arc_of(starts[arc], spans[arc]);
    size_t index = count / laneCount * laneCount;
    memset(bitmap, 0, (count + 63) / 64 * 8);
    switch (fill_arcs(arcs, arcCount)) {
        case 1: match_rows(values, index, arcs, 1, (uint8_t *)bitmap); break;
        case 2: match_rows(values, index, arcs, 2, (uint8_t *)bitmap); break;
        case 4: match_rows(values, index, arcs, 4, (uint8_t *)bitmap); break;
        default: match_rows(values, index, arcs, 8, (uint8_t *)bitmap); break;
    }
    for (; index < count; index++) {
        uint64_t isMatch = 0;
        for (size_t arc = 0; arc < arcCount; arc++) isMatch |= values[index] - starts[arc] <= spans[arc];
        bitmap[index / 64] |= isMatch << (index % 64);
    }
}

static void match_sums(
    const uint8_t *packed, size_t count, unsigned width, uint64_t base, uint64_t first, uint64_t factor,
    uint64_t addend, const uint64_t *starts, const uint64_t *spans, size_t arcCount, uint64_t *bitmap) {
    uint64_t values[blockCount + 1];
    bool isScaled = factor != 1 || addend != 0;
    for (; count >= blockCount; count -= blockCount, bitmap += blockCount / 64, packed += width * 128) {
        unpack_sums(packed, blockCount, width, base, first, values);
        first = values[blockCount];
        if (isScaled) scale(values, blockCount, factor, addend);
        match_values(values, blockCount, starts, spans, arcCount, bitmap);
    }
    unpack_sums(packed, count, width, base, first, values);
    if (isScaled) scale(values, count + 1, factor, addend);
    match_values(values, count + 1, starts, spans, arcCount, bitmap);
}

static bool match_table(
    const uint8_t *packed, size_t count, unsigned width, uint32_t base, const uint64_t *table, size_t entryCount,
    uint64_t *bitmap) {
    uint32_t codes[blockCount];
    for (; count > 0; bitmap += blockCount / 64, packed += width * 128) {
        size_t part = count < blockCount ? count : blockCount;
        count -= part;
        unpack32(packed, part, width, base, codes);
        uint32_t highest = 0;
        for (size_t index = 0; index < part; index++) highest = codes[index] > highest ? codes[index] : highest;
        if (highest >= entryCount) return false;
        for (size_t first = 0; first < part; first += 64) {
            uint64_t bits = 0;
            size_t end = part - first < 64 ? part - first : 64;
            for (size_t index = 0; index < end; index++) {
                uint32_t code = codes[first + index];
                bits |= (table[code / 64] >> (code % 64) & 1) << index;
            }
            bitmap[first / 64] = bits;
        }
    }
    return true;
}
