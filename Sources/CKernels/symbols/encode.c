#include "lookup.h"

size_t traversion_symbol_tokens(
    const traversion_symbol_index *index, const uint8_t *bytes, size_t byteCount, uint16_t *tokens) {
    const uint8_t *end = bytes + byteCount;
    size_t count = 0;
    while (bytes < end) {
        unsigned found = longest(index, load_up_to(bytes, end), (size_t)(end - bytes));
        tokens[count++] = found == found_escape ? *bytes : (uint16_t)(256 + (found & 0xFF));
        bytes += length_of(found);
    }
    return count;
}

/// The strings to encode.
struct input {
    const uint8_t *bytes, *bytesEnd;
    const uint32_t *ends;
    uint64_t *encodedLengths;
};

/// A run of the strings on its way to the output.
struct lane {
    const uint8_t *next, *end;
    uint8_t *output, *first;
    size_t string, stringEnd;
    int isOpen;
};

static size_t start_of(const struct input *input, size_t string) { return string ? input->ends[string - 1] : 0; }

/// Goes to the next string that is not empty, if there is one.
static void open_string(struct lane *lane, const struct input *input) {
    while (lane->string < lane->stringEnd && input->bytes + input->ends[lane->string] == lane->next)
        input->encodedLengths[lane->string++] = 0;
    lane->isOpen = lane->string < lane->stringEnd;
    if (lane->isOpen) lane->end = input->bytes + input->ends[lane->string];
}

static void close_string(struct lane *lane, const struct input *input) {
    input->encodedLengths[lane->string++] = (uint64_t)(lane->output - lane->first);
    lane->first = lane->output;
    open_string(lane, input);
}

/// Encodes the strings of one lane that are left.
static void finish(const traversion_symbol_index *index, struct lane *lane, const struct input *input) {
    while (lane->isOpen) {
        while (lane->next < lane->end) {
            uint64_t word = load_up_to(lane->next, input->bytesEnd);
            unsigned found = longest(index, word, (size_t)(lane->end - lane->next));
            lane->output[0] = (uint8_t)found;
            if (found == found_escape) lane->output[1] = (uint8_t)word;
            lane->output += 1 + (found >> 12);
            lane->next += length_of(found);
        }
        close_string(lane, input);
    }
}

enum { laneCount = 3, laneMinimum = 64 };

/// Encodes in all lanes until one of them is through.
///
/// Encoding one string is a chain in which each step waits for the one before; so lanes take turns, a step each.
static void encode_by_turns(const traversion_symbol_index *index, struct lane *lanes, const struct input *input) {
    // Kept apart from the lanes, so that they stay in registers.
    const uint8_t *next[laneCount], *end[laneCount];
    uint8_t *output[laneCount];
    int areOpen = 1;
    for (unsigned lane = 0; lane < laneCount; lane++) {
        next[lane] = lanes[lane].next;
        end[lane] = lanes[lane].end;
        output[lane] = lanes[lane].output;
        areOpen &= lanes[lane].isOpen;
    }
    // The last lane comes to the last bytes first, where a whole word may not be loaded.
    while (areOpen && input->bytesEnd - next[laneCount - 1] >= 8) {
#pragma clang loop unroll(full)
        for (unsigned lane = 0; lane < laneCount; lane++) {
            uint64_t word = load64(next[lane]);
            size_t left = (size_t)(end[lane] - next[lane]);
            word &= ~(uint64_t)0 >> (left < 8 ? 64 - 8 * left : 0);
            unsigned found = longest_without_zeros(index, word);
            // The second byte stands only behind an escape, else the next code takes its place.
            output[lane][0] = (uint8_t)found;
            output[lane][1] = (uint8_t)word;
            output[lane] += 1 + (found >> 12);
            next[lane] += length_of(found);
            if (__builtin_expect(next[lane] == end[lane], 0)) {
                lanes[lane].next = next[lane];
                lanes[lane].output = output[lane];
                close_string(&lanes[lane], input);
                end[lane] = lanes[lane].end;
                areOpen &= lanes[lane].isOpen;
                if (!areOpen) break;
            }
        }
    }
    for (unsigned lane = 0; lane < laneCount; lane++) {
        lanes[lane].next = next[lane];
        lanes[lane].output = output[lane];
    }
}

size_t traversion_symbol_encode(
    const traversion_symbol_index *index, const uint8_t *bytes, const uint32_t *ends, size_t count, uint8_t *encoded,
    uint64_t *encodedLengths) {
    const struct input input = {bytes, bytes + (count ? ends[count - 1] : 0), ends, encodedLengths};
    // Each lane writes to where the worst case would put it. At the end the output is pushed together.
    struct lane lanes[laneCount];
    const uint8_t *starts[laneCount];
    unsigned used = count >= laneMinimum && !index->hasZeros ? laneCount : 1;
    for (unsigned lane = 0; lane < used; lane++) {
        size_t string = count * lane / used, start = start_of(&input, string);
        uint8_t *output = encoded + 2 * start;
        lanes[lane] = (struct lane){
            .next = bytes + start, .output = output, .first = output, .string = string,
            .stringEnd = count * (lane + 1) / used};
        starts[lane] = output;
        open_string(&lanes[lane], &input);
    }
    if (used == laneCount) encode_by_turns(index, lanes, &input);
    uint8_t *output = encoded;
    for (unsigned lane = 0; lane < used; lane++) {
        finish(index, &lanes[lane], &input);
        size_t byteCount = (size_t)(lanes[lane].output - starts[lane]);
        memmove(output, starts[lane], byteCount);
        output += byteCount;
    }
    return (size_t)(output - encoded);
}
