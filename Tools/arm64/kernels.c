/// Runs every kernel over made-up input and prints, for each, a number that all its output went into. Two machines, or
/// two instruction sets of one, are right when they print the same.
#include "CKernels.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { valueLimit = 4099, slack = 1024 };

static uint64_t state;
static uint64_t sum;

static uint64_t next(void) {
    uint64_t mixed = state += 0x9E3779B97F4A7C15ULL;
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EBULL;
    return mixed ^ mixed >> 31;
}

static void take(uint64_t value) { sum = (sum ^ value) * 0x100000001B3ULL + (sum >> 47); }

static void takeBytes(const void *bytes, size_t count) {
    for (size_t index = 0; index < count; index++) take(((const uint8_t *)bytes)[index]);
}

static void takeWords(const uint64_t *words, size_t count) {
    for (size_t index = 0; index < count; index++) take(words[index]);
}

static void begin(void) { sum = 0xCBF29CE484222325ULL; }
static void tell(const char *name) { printf("%-24s %016llx\n", name, (unsigned long long)sum); }

static uint64_t bits(unsigned width) { return width >= 64 ? ~0ULL : (1ULL << width) - 1; }

static uint64_t values[valueLimit + slack], others[valueLimit + slack], more[valueLimit + slack];
static uint64_t entries[valueLimit + slack], bitmap[valueLimit / 64 + slack];
static uint32_t ends[valueLimit + slack], counts[valueLimit + slack];
static uint8_t packed[valueLimit * 8 + 64 * slack], text[valueLimit * 16 + slack], output[valueLimit * 64 + slack];

static const size_t sizes[] = {1, 2, 63, 64, 65, 255, 256, 1000, 1024, 1025, 4096, valueLimit};

static void fill(uint64_t *words, size_t count, unsigned width) {
    for (size_t index = 0; index < count; index++) words[index] = next() & bits(width);
}

static void packing(void) {
    for (unsigned width = 1; width <= 64; width++) {
        for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++) {
            size_t count = sizes[size];
            uint64_t base = next();
            fill(values, count, width);
            for (size_t index = 0; index < count; index++) values[index] += base;
            memset(packed, 0, sizeof packed);
            traversion_pack(values, count, width, base, packed);
            takeBytes(packed, (count * width + 7) / 8);
            traversion_unpack(packed, count, width, base, others);
            if (memcmp(values, others, count * 8) != 0) exit(1);
            takeWords(others, count);
            traversion_unpack_sums(packed, count, width, base, 7, others);
            takeWords(others, count + 1);
            uint64_t zero = 0, span = bits(62);
            traversion_match_sums(packed, count, width, base, 7, 3, 5, &zero, &span, 1, bitmap);
            takeWords(bitmap, (count + 64) / 64);
            fill(others, count, 40);
            traversion_scale_unpack(packed, count, width, base, 1000003, others);
            takeWords(others, count);
            uint64_t starts[8], spans[8];
            for (size_t arc = 0; arc < 8; arc++) {
                starts[arc] = next() & bits(width);
                spans[arc] = next() & bits(width > 3 ? width - 3 : 1);
            }
            for (size_t arcs = 1; arcs <= 8; arcs++) {
                memset(bitmap, 0, sizeof bitmap);
                traversion_match_packed(packed, count, width, starts, spans, arcs, bitmap);
                takeWords(bitmap, (count + 63) / 64);
                memset(bitmap, 0, sizeof bitmap);
                traversion_match_values(values, count, starts, spans, arcs, bitmap);
                takeWords(bitmap, (count + 63) / 64);
            }
            if (width > 32) continue;
            traversion_unpack32(packed, count, width, (uint32_t)base, counts);
            takeBytes(counts, count * 4);
            if (width > 11) continue;
            fill(entries, 2048, 64);
            take(traversion_unpack_entries(packed, count, width, 0, entries, 2048, others));
            takeWords(others, count);
            memset(bitmap, 0, sizeof bitmap);
            take(traversion_match_table(packed, count, width, 0, entries, 2048, bitmap));
            takeWords(bitmap, (count + 63) / 64);
        }
    }
    tell("packing, matching");
}

static void selection(void) {
    for (unsigned width = 1; width <= 64; width += 3) {
        for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++) {
            size_t count = sizes[size];
            fill(values, count, width);
            traversion_statistics found = traversion_collect_statistics(values, count);
            take(found.unsignedMin), take(found.unsignedMax), take((uint64_t)found.signedMin);
            take((uint64_t)found.signedMax), take((uint64_t)found.differenceMin);
            take((uint64_t)found.differenceMax), take(found.runCount);
            memset(counts, 0, sizeof counts);
            traversion_width_histogram(values, count, 5, counts);
            takeBytes(counts, 65 * 4);
            size_t exceptions = traversion_find_exceptions(values, count, 3, width - 1, others, more);
            take(exceptions), takeWords(others, exceptions), takeWords(more, exceptions);
            size_t runs = traversion_find_runs(values, count, others, more);
            take(runs), takeWords(others, runs), takeWords(more, runs);
            take(traversion_expand_runs(others, more, runs, entries, count)), takeWords(entries, count);
            static uint32_t slots[1 << 14];
            memset(slots, 0, sizeof slots), memset(counts, 0, sizeof counts);
            size_t distinct = traversion_count_distinct(values, count, slots, 1 << 14, entries, counts);
            take(distinct), takeWords(entries, distinct), takeBytes(counts, distinct * 4);
            memset(slots, 0, sizeof slots), memset(counts, 0, sizeof counts);
            take(traversion_code_distinct(values, count, slots, 1 << 14, valueLimit, entries, counts));
            takeBytes(counts, count * 4);
            traversion_differences(values, count, others), takeWords(others, count - 1);
            memcpy(others, values, count * 8), traversion_sums(others, count, 11), takeWords(others, count);
            take(traversion_divide_exactly(values, count, 0, 3, others)), takeWords(others, 1);
            traversion_divide(values, count, -77, others, more), takeWords(others, count), takeWords(more, count);
            memcpy(others, values, count * 8), traversion_scale(others, count, 9, 4), takeWords(others, count);
            if (width < 64) traversion_high_bits(values, count, 1, width, others), takeWords(others, count);
            traversion_remove_trend(values, count, 13, others), takeWords(others, count);
            uint8_t *planes[8];
            for (int plane = 0; plane < 8; plane++) planes[plane] = output + plane * valueLimit;
            traversion_split_planes(values, count, 0, planes, 8), takeBytes(output, count);
            traversion_merge_planes((const uint8_t *const *)planes, 8, count, 2, others), takeWords(others, count);
            fill(values, count, 6);
            uint64_t start = traversion_recency_start(values, count);
            take(start), traversion_recency_distances(values, count, start, others), takeWords(others, count);
            take(traversion_recency_values(others, count, start)), takeWords(others, count);
            fill(entries, 64, 64), memcpy(others, values, count * 8);
            take(traversion_entries(others, count, entries, 64)), takeWords(others, count);
        }
    }
    tell("selection, steps");
}

static void doubles(void) {
    double *numbers = (double *)values;
    for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++) {
        size_t count = sizes[size];
        for (int kind = 0; kind < 4; kind++) {
            for (size_t index = 0; index < count; index++) {
                double number = (double)(int64_t)(next() & bits(30)) - 1e8;
                if (kind == 1) number /= 100;
                if (kind == 2) number /= 1024;
                if (kind == 3) { uint64_t word = next(); memcpy(&number, &word, 8); }
                numbers[index] = index % 37 == 0 ? -0.0 : number;
            }
            for (double divisor = 1; divisor < 1e5; divisor *= 10) {
                traversion_scale_fit fit = traversion_scaled_fit(numbers, count, divisor);
                take(fit.misfits), take((uint64_t)fit.low), take((uint64_t)fit.high);
                size_t misfits = traversion_scaled_encode(numbers, count, divisor, others, counts);
                take(misfits), takeWords(others, count), takeBytes(counts, misfits * 4);
                traversion_scaled_decode(others, count, divisor), takeWords(others, count);
            }
            memset(bitmap, 0, sizeof bitmap);
            traversion_double_range(values, count, -5e5, 1e6, bitmap), takeWords(bitmap, (count + 63) / 64);
            fill(others, count, 50), fill(more, count, 3), fill(entries, 8, 14);
            take((uint64_t)traversion_split_decode(others, more, count, 50, entries, 8)), takeWords(others, count);
        }
    }
    tell("doubles");
}

/// Strings over few letters, so that they share beginnings; their total.
static size_t strings(size_t count, unsigned longest) {
    size_t end = 0;
    for (size_t index = 0; index < count; index++) {
        size_t length = next() % (longest + 1);
        for (size_t place = 0; place < length; place++) text[end++] = (uint8_t)("abc-1_. \r"[next() % 9]);
        ends[index] = (uint32_t)end;
    }
    return end;
}

static void texts(void) {
    for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++) {
        size_t count = sizes[size];
        for (unsigned longest = 1; longest <= 16; longest += 3) {
            size_t total = strings(count, longest);
            traversion_lengths(ends, count, values), takeWords(values, count);
            take(traversion_longest(ends, count));
            take(traversion_ends(values, count, 1 << 20, counts)), takeBytes(counts, count * 4);
            take(traversion_shared_prefixes(text, ends, count, others)), takeWords(others, count);
            for (size_t index = 0; index < count; index++) more[index] = next() % count;
            take(traversion_gathered_byte_count(more, count, ends, count));
            traversion_gather(more, count, text, ends, count, output, counts);
            takeBytes(output, counts[count - 1]), takeBytes(counts, count * 4);
            uint64_t plain = traversion_front_coded_byte_count(others, ends, count, 1 << 20);
            take(plain);
            for (size_t index = 0; index < count; index++) others[index] = 0;
            traversion_front_decode(others, text, ends, count, output, counts), takeBytes(output, total);
            for (int needle = 1; needle < 5; needle++) {
                size_t from = 0;
                for (int hit = 0; hit < 20; hit++) {
                    from = traversion_find(text, total, from, (const uint8_t *)"a-1b", (size_t)needle) + 1;
                    take(from);
                    if (from > total) break;
                }
            }
            traversion_character_sets(text, total, values, others, more);
            takeWords(values, total / 64 + 1), takeWords(others, total / 64 + 1), takeWords(more, total / 64 + 1);
            traversion_hex_encode(text, total, (int)(longest % 2), output), takeBytes(output, total * 2);
            take(traversion_hex_decode(output, total, text)), takeBytes(text, total);
            for (size_t index = 0; index + 8 <= total && index < 800; index += 8) {
                uint64_t digits[2], word = 0;
                memcpy(digits, output + index * 2, 16);
                // Now and then a letter of the other case, or no digit.
                if (next() % 4 == 0) digits[next() % 2] ^= next() % 2 ? 0x2000 : 0x40;
                unsigned flags = traversion_hex_word(digits[0], digits[1], &word);
                take(flags), take(flags & TRAVERSION_HEX_WRONG ? 0 : word);
            }
        }
    }
    tell("texts");
}

static void symbols(void) {
    static traversion_symbol_index index;
    static traversion_symbol_decoder decoder;
    uint64_t table[255];
    for (int round = 0; round < 20; round++) {
        size_t total = strings(1000, 16);
        unsigned count = 1 + (unsigned)(next() % 255);
        for (unsigned symbol = 0; symbol < count; symbol++) {
            decoder.lengths[symbol] = (uint8_t)(1 + next() % 8);
            table[symbol] = 0;
            memcpy(&table[symbol], text + next() % (total - 8), decoder.lengths[symbol]);
            decoder.symbols[symbol] = table[symbol];
        }
        decoder.count = count;
        memset(&index, 0, sizeof index);
        traversion_symbol_index_fill(&index, table, decoder.lengths, count);
        size_t length = traversion_symbol_encode(&index, text, ends, 1000, output, values);
        take(length), takeBytes(output, length), takeWords(values, 1000);
        static uint8_t decoded[sizeof text];
        take((uint64_t)traversion_symbol_decode(&decoder, output, values, 1000, decoded, total, counts));
        if (memcmp(decoded, text, total) != 0) exit(1);
        take(traversion_symbol_tokens(&index, text, ends[99], (uint16_t *)more)), takeBytes(more, 64);
    }
    tell("symbols");
}

static void numbers(void) {
    traversion_affix affix = {.prefix = "u-", .suffix = " ms", .prefixLength = 2, .suffixLength = 3};
    for (unsigned width = 1; width <= 64; width += 3) {
        for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++) {
            size_t count = sizes[size];
            fill(values, count, width);
            for (unsigned kind = 0; kind < 6; kind++) {
                unsigned digits = kind < 3 ? kind * 7 : 0, decimals = kind < 3 ? 0 : kind * 3;
                uint64_t total = traversion_decimal_byte_count(values, count, digits, decimals) + count * 5;
                traversion_render_decimals(values, count, digits, decimals, &affix, output, counts);
                if (counts[count - 1] != total) exit(1);
                takeBytes(output, total), takeBytes(counts, count * 4);
            }
            for (size_t index = 0; index < count; index++) values[index] &= bits(32);
            take(traversion_ipv4_byte_count(values, count));
            traversion_render_ipv4(values, count, &affix, output, counts);
            takeBytes(output, counts[count - 1]), takeBytes(counts, count * 4);
        }
    }
    tell("numbers");
}

static void places(void) {
    for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++) {
        for (unsigned share = 1; share < 16; share += 3) {
            size_t bitCount = sizes[size], count = 0;
            for (size_t index = 0; index < bitCount; index++)
                if (next() % 16 < share) others[count++] = index;
            fill(values, (bitCount + 63) / 64, 64), fill(more, (bitCount + 63) / 64, 64);
            memset(bitmap, 0, sizeof bitmap);
            take(traversion_put_few_bits(bitmap, bitCount, others, count, values));
            take(traversion_put_bits(bitmap, bitCount, others, count, more)), takeWords(bitmap, bitCount / 64 + 1);
            memset(bitmap, 0, sizeof bitmap);
            take(traversion_merge_bits(bitmap, bitCount, others, count, values, more));
            takeWords(bitmap, bitCount / 64 + 1);
            fill(entries, bitCount, 40);
            take(traversion_put_values(entries, bitCount, others, count, others)), takeWords(entries, bitCount);
            memcpy(more, others, count * 8);
            take(traversion_join_at(more, count, 77, others, entries, bitCount)), takeWords(more, count);
        }
    }
    tell("places");
}

static void lookup(void) {
    static traversion_text_slot slots[4096];
    static uint32_t codes[valueLimit];
    for (unsigned longest = 1; longest < 40; longest++) {
        size_t total = strings(1500, longest), entryCount = 0, next = 0;
        uint8_t *known = output;
        size_t knownByteCount = 0;
        for (size_t index = 0; index < 1500; index++) {
            size_t start = index == 0 ? 0 : ends[index - 1];
            values[index] = start | (uint64_t)(ends[index] - start) << 32;
        }
        for (size_t slot = 0; slot < 4096; slot++) slots[slot] = (traversion_text_slot){UINT64_MAX, 0, 0};
        traversion_texts_hash(text, values, 1500, slots, 4095, known, others);
        takeWords(others, 1500), take(total);
        while ((next = traversion_texts_find(text, values, others, next, 1500, slots, 4095, known, codes)) < 1500) {
            size_t place = others[next] & 4095;
            while (slots[place].tag_and_code != UINT64_MAX) place = (place + 1) & 4095;
            uint32_t length = (uint32_t)(values[next] >> 32);
            slots[place] = (traversion_text_slot){
                (others[next] >> 32 << 32) | entryCount++, (uint32_t)knownByteCount, length};
            memcpy(known + knownByteCount, text + (uint32_t)values[next], length);
            knownByteCount += length;
        }
        takeBytes(codes, 1500 * 4), takeBytes(known, knownByteCount);
    }
    tell("lookup");
}

int main(int argumentCount, char **arguments) {
    if (argumentCount > 1) traversion_set_kernel_level(atoi(arguments[1]));
    void (*const parts[])(void) = {packing, selection, doubles, texts, symbols, numbers, places, lookup};
    for (size_t part = 0; part < sizeof parts / sizeof *parts; part++) {
        state = part;
        begin();
        parts[part]();
    }
    return 0;
}
