#include "lookup.h"

/// Groups the symbols of three and more bytes: by group, longest first, then by code.
static void fill_groups(
    traversion_symbol_index *index, const uint64_t *symbols, const uint8_t *lengths, unsigned count) {
    uint32_t order[256];
    unsigned used = 0;
    for (unsigned code = 0; code < count; code++) {
        if (lengths[code] < 3) continue;
        uint32_t key = group_of(symbols[code]) << 16 | (8u - lengths[code]) << 8 | code;
        unsigned place = used++;
        for (; place > 0 && order[place - 1] > key; place--) order[place] = order[place - 1];
        order[place] = key;
    }
    unsigned following = 0;
    for (unsigned place = used; place-- > 0;) {
        unsigned code = order[place] & 0xFF, group = order[place] >> 16;
        following = place + 1 < used && order[place + 1] >> 16 == group ? following + 1 : 0;
        index->longs[place + 1] = (struct traversion_long_symbol){
            .bytes = symbols[code],
            .mask = ~(uint64_t)0 >> (64 - 8 * lengths[code]),
            .found = (uint16_t)(code | lengths[code] << 8),
            .following = (uint16_t)following};
        index->groups[group] = (uint16_t)(place + 1);
    }
}

void traversion_symbol_index_fill(
    traversion_symbol_index *index, const uint64_t *symbols, const uint8_t *lengths, unsigned count) {
    memset(index, 0, sizeof *index);
    // No word without all its bits is 1, so what no group is for matches nothing.
    index->longs[0] = (struct traversion_long_symbol){.bytes = 1};
    for (unsigned byte = 0; byte < 256; byte++) index->singles[byte] = found_escape;
    // From the last code to the first, so that the lowest code among equal symbols stays.
    for (unsigned code = count; code-- > 0;)
        if (lengths[code] == 1) index->singles[symbols[code]] = (uint16_t)(code | 1 << 8);
    for (unsigned second = 0; second < 256; second++)
        memcpy(index->pairs + second * 256, index->singles, sizeof index->singles);
    for (unsigned code = count; code-- > 0;)
        if (lengths[code] == 2) index->pairs[symbols[code]] = (uint16_t)(code | 2 << 8);
    fill_groups(index, symbols, lengths, count);
    for (unsigned code = 0; code < count; code++)
        for (unsigned byte = 0; byte < lengths[code]; byte++)
            index->hasZeros |= (symbols[code] >> 8 * byte & 0xFF) == 0;
}
