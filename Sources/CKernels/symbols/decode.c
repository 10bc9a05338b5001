#include "lookup.h"

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
