#include "symbols.h"

#include <string.h>

static uint64_t load64(const uint8_t *bytes) {
    uint64_t word;
    memcpy(&word, bytes, 8);
    return word;
}

/// The next eight bytes, with zeros behind the end.
static uint64_t load_up_to(const uint8_t *bytes, const uint8_t *end) {
    if (end - bytes >= 8) return load64(bytes);
    uint64_t word = 0;
    memcpy(&word, bytes, (size_t)(end - bytes));
    return word;
}

static unsigned group_of(uint64_t word) { return (uint32_t)((uint32_t)word << 8) * 0x9E3779B1u >> 20; }

void traversion_symbol_index_fill(
    traversion_symbol_index *index, const uint64_t *symbols, const uint8_t *lengths, unsigned count) {
    memset(index, 0, sizeof *index);
    // From the last code to the first, so that the lowest code among equal symbols stays.
    for (unsigned code = count; code-- > 0;)
        if (lengths[code] == 1) index->singles[symbols[code]] = (uint16_t)(code | 1 << 8);
    for (unsigned second = 0; second < 256; second++)
        memcpy(index->pairs + second * 256, index->singles, sizeof index->singles);
    for (unsigned code = count; code-- > 0;)
        if (lengths[code] == 2) index->pairs[symbols[code]] = (uint16_t)(code | 2 << 8);

    // Insertion sort by group, longest first, then by code.
    uint32_t order[256];
    unsigned used = 0;
    for (unsigned code = 0; code < count; code++) {
        if (lengths[code] < 3) continue;
        uint32_t key = group_of(symbols[code]) << 16 | (8u - lengths[code]) << 8 | code;
        unsigned place = used++;
        for (; place > 0 && order[place - 1] > key; place--) order[place] = order[place - 1];
        order[place] = key;
    }
    index->longs[0] = (struct traversion_long_symbol){.bytes = 1, .mask = 0, .isLast = 1};
    for (unsigned place = used; place-- > 0;) {
        unsigned code = order[place] & 0xFF, group = order[place] >> 16;
        index->longs[place + 1] = (struct traversion_long_symbol){
            .bytes = symbols[code],
            .mask = ~(uint64_t)0 >> (64 - 8 * lengths[code]),
            .code = (uint8_t)code,
            .length = lengths[code],
            .isLast = place + 1 == used || order[place + 1] >> 16 != group};
        index->groups[group] = (uint16_t)(place + 1);
    }
}

/// Code and, shifted by 8, length of the longest symbol at the start of `word`, of which `left` (at least 1) bytes count.
static inline unsigned longest(const traversion_symbol_index *index, uint64_t word, size_t left) {
    const struct traversion_long_symbol *symbol = &index->longs[index->groups[group_of(word)]];
    for (;; symbol++) {
        if ((word & symbol->mask) == symbol->bytes && symbol->length <= left)
            return symbol->code | (unsigned)symbol->length << 8;
        if (symbol->isLast) break;
    }
    return left > 1 ? index->pairs[word & 0xFFFF] : index->singles[word & 0xFF];
}

size_t traversion_symbol_tokens(
    const traversion_symbol_index *index, const uint8_t *bytes, size_t byteCount, uint16_t *tokens) {
    const uint8_t *end = bytes + byteCount;
    size_t count = 0;
    while (bytes < end) {
        unsigned found = longest(index, load_up_to(bytes, end), (size_t)(end - bytes)), length = found >> 8;
        tokens[count++] = length ? (uint16_t)(256 + (found & 0xFF)) : *bytes;
        bytes += length ? length : 1;
    }
    return count;
}

size_t traversion_symbol_encode(
    const traversion_symbol_index *index, const uint8_t *bytes, const uint32_t *ends, size_t count, uint8_t *encoded,
    uint64_t *encodedLengths) {
    const uint8_t *next = bytes, *allEnd = count ? bytes + ends[count - 1] : bytes;
    uint8_t *output = encoded;
    for (size_t string = 0; string < count; string++) {
        const uint8_t *end = bytes + ends[string];
        uint8_t *first = output;
        while (next < end) {
            unsigned found = longest(index, load_up_to(next, allEnd), (size_t)(end - next)), length = found >> 8;
            if (length) {
                *output++ = (uint8_t)found;
                next += length;
            } else {
                output[0] = 255;
                output[1] = *next++;
                output += 2;
            }
        }
        encodedLengths[string] = (uint64_t)(output - first);
    }
    return (size_t)(output - encoded);
}

/// True when one of eight codes is `limit` or more.
static int any_from(const uint8_t *codes, unsigned limit) {
    uint8_t any = 0;
    for (unsigned index = 0; index < 8; index++) any |= codes[index] >= limit;
    return any;
}

int traversion_symbol_decode(
    const traversion_symbol_decoder *decoder, const uint8_t *encoded, const uint64_t *encodedLengths, size_t count,
    uint8_t *output, size_t outputByteCount, uint32_t *ends) {
    uint8_t *next = output, *outputEnd = output + outputByteCount;
    const unsigned limit = decoder->count;
    for (size_t string = 0; string < count; string++) {
        const uint8_t *end = encoded + encodedLengths[string];
        while (encoded < end) {
            // Eight symbols write at most 64 bytes, and none writes further than 8 bytes behind its start.
            while (end - encoded >= 8 && outputEnd - next >= 64 && !any_from(encoded, limit)) {
                for (unsigned index = 0; index < 8; index++) {
                    uint8_t code = encoded[index];
                    memcpy(next, &decoder->symbols[code], 8);
                    next += decoder->lengths[code];
                }
                encoded += 8;
            }
            // Then one by one up to and including an escape, or to the end.
            while (encoded < end) {
                uint8_t code = *encoded++;
                if (code < limit) {
                    // The output has 8 bytes behind its end, so a symbol may begin at the end itself.
                    memcpy(next, &decoder->symbols[code], 8);
                    next += decoder->lengths[code];
                    if (next > outputEnd) return traversion_symbols_wrong_total;
                    continue;
                }
                if (code != 255) return traversion_symbols_unknown_code;
                if (encoded == end) return traversion_symbols_cut_escape;
                if (next == outputEnd) return traversion_symbols_wrong_total;
                *next++ = *encoded++;
                break;
            }
        }
        ends[string] = (uint32_t)(next - output);
    }
    return next == outputEnd ? traversion_symbols_fit : traversion_symbols_wrong_total;
}
