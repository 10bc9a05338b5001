#include "LiteralFilter.h"

#include <string.h>

static int is_letter(uint8_t byte) { return (uint8_t)((byte | 0x20) - 'a') < 26; }

int traversion_filter_add(traversion_literal_filter *filter, const char *text, size_t length, int is_caseless) {
    if (length < traversion_literal_shortest || filter->count == traversion_literal_limit) return 1;
    traversion_literal *literal = &filter->literals[filter->count++];
    memset(literal, 0, sizeof *literal);
    for (size_t index = 0; index < length && index < traversion_literal_length; ++index) {
        const uint8_t byte = (uint8_t)text[index];
        const uint64_t fold = is_caseless && is_letter(byte) ? 0x20 : 0;
        literal->value |= (byte | fold) << (8 * index);
        literal->care |= (uint64_t)0xFF << (8 * index);
        literal->fold |= fold << (8 * index);
    }
    return 0;
}

/// The bits of a bucket's bytes at one place: which lower halves and which upper halves occur.
typedef struct {
    uint16_t low[traversion_filter_head];
    uint16_t high[traversion_filter_head];
} halves;

static void add_halves(halves *sum, const traversion_literal *literal) {
    for (int place = 0; place < traversion_filter_head; ++place) {
        if (!(literal->care >> (8 * place) & 0xFF)) {
            sum->low[place] = sum->high[place] = 0xFFFF;
            continue;
        }
        const uint8_t byte = (uint8_t)(literal->value >> (8 * place));
        sum->low[place] |= (uint16_t)(1 << (byte & 15));
        sum->high[place] |= (uint16_t)(1 << (byte >> 4));
        if (literal->fold >> (8 * place) & 0xFF) sum->high[place] |= (uint16_t)(1 << ((byte >> 4) ^ 2));
    }
}

/// About how often a byte occurs in lines of JSON, against others.
static double frequency(int byte) {
    if (byte >= 'a' && byte <= 'z') return 4;
    if ((byte >= '0' && byte <= '9') || byte == '"' || byte == ',' || byte == ':' || byte == ' ') return 3;
    return byte > ' ' && byte < 0x7F ? 0.5 : 0.02;
}

/// How often four bytes pass that have these halves.
static double passing_count(const halves *sum) {
    double count = 1;
    for (int place = 0; place < traversion_filter_head; ++place) {
        double frequencies = 0;
        for (int byte = 0; byte < 256; ++byte) {
            if (sum->low[place] >> (byte & 15) & sum->high[place] >> (byte >> 4) & 1) frequencies += frequency(byte);
        }
        count *= frequencies;
    }
    return count;
}

void traversion_filter_finish(traversion_literal_filter *filter) {
    halves sums[traversion_bucket_count];
    memset(sums, 0, sizeof sums);
    for (size_t index = 0; index < filter->count; ++index) {
        // Where it lets the least more pass.
        double least = 0;
        for (int bucket = 0; bucket < traversion_bucket_count; ++bucket) {
            halves sum = sums[bucket];
            add_halves(&sum, &filter->literals[index]);
            const double more = passing_count(&sum) - passing_count(&sums[bucket]);
            if (bucket > 0 && more >= least) continue;
            least = more;
            filter->literals[index].bucket = (uint8_t)bucket;
        }
        add_halves(&sums[filter->literals[index].bucket], &filter->literals[index]);
    }
    for (int place = 0; place < traversion_filter_head; ++place) {
        for (int half = 0; half < 16; ++half) {
            for (int bucket = 0; bucket < traversion_bucket_count; ++bucket) {
                filter->low[place][half] |= (uint8_t)((sums[bucket].low[place] >> half & 1) << bucket);
                filter->high[place][half] |= (uint8_t)((sums[bucket].high[place] >> half & 1) << bucket);
            }
        }
    }
}

#if defined(__x86_64__)
#include <immintrin.h>

/// Bytes that are looked at at once, and how many more must be readable.
enum { block_length = 64, block_rest = traversion_literal_length };

/// Whether a literal of some buckets stands at a place with eight readable bytes.
static int stands_at(const traversion_literal_filter *filter, const uint8_t *place, uint8_t buckets) {
    uint64_t word;
    memcpy(&word, place, sizeof word);
    for (size_t index = 0; index < filter->count; ++index) {
        const traversion_literal *literal = &filter->literals[index];
        if ((buckets >> literal->bucket & 1) && ((word | literal->fold) & literal->care) == literal->value) return 1;
    }
    return 0;
}

/// The first place in a block where a literal stands, of those that the bits name; `block_length` when at none.
static size_t first_place(const traversion_literal_filter *filter, const uint8_t *bytes, uint64_t places,
                          const uint8_t *buckets) {
    for (; places != 0; places &= places - 1) {
        const size_t place = (size_t)__builtin_ctzll(places);
        if (stands_at(filter, bytes + place, buckets[place])) return place;
    }
    return block_length;
}

__attribute__((target("avx512f,avx512bw"))) static size_t find_avx512(const traversion_literal_filter *filter,
                                                                      const uint8_t *bytes, size_t byte_count) {
    const __m512i half = _mm512_set1_epi8(15);
    __m512i low[traversion_filter_head], high[traversion_filter_head];
    for (int place = 0; place < traversion_filter_head; ++place) {
        low[place] = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)filter->low[place]));
        high[place] = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)filter->high[place]));
    }
    for (size_t start = 0; start + block_length + block_rest <= byte_count; start += block_length) {
        __m512i found = _mm512_set1_epi8(-1);
        for (int place = 0; place < traversion_filter_head; ++place) {
            const __m512i input = _mm512_loadu_si512(bytes + start + place);
            const __m512i lower = _mm512_shuffle_epi8(low[place], _mm512_and_si512(input, half));
            const __m512i upper =
                _mm512_shuffle_epi8(high[place], _mm512_and_si512(_mm512_srli_epi16(input, 4), half));
            found = _mm512_and_si512(found, _mm512_and_si512(lower, upper));
        }
        const uint64_t places = _mm512_test_epi8_mask(found, found);
        if (places == 0) continue;
        uint8_t buckets[block_length];
        _mm512_storeu_si512(buckets, found);
        const size_t place = first_place(filter, bytes + start, places, buckets);
        if (place < block_length) return start + place;
    }
    return byte_count;
}

__attribute__((target("avx2"))) static size_t find_avx2(const traversion_literal_filter *filter, const uint8_t *bytes,
                                                        size_t byte_count) {
    const __m256i half = _mm256_set1_epi8(15);
    __m256i low[traversion_filter_head], high[traversion_filter_head];
    for (int place = 0; place < traversion_filter_head; ++place) {
        low[place] = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)filter->low[place]));
        high[place] = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)filter->high[place]));
    }
    for (size_t start = 0; start + block_length + block_rest <= byte_count; start += block_length) {
        uint8_t buckets[block_length];
        uint64_t places = 0;
        for (int part = 0; part < block_length; part += 32) {
            __m256i found = _mm256_set1_epi8(-1);
            for (int place = 0; place < traversion_filter_head; ++place) {
                const __m256i input = _mm256_loadu_si256((const __m256i *)(bytes + start + part + place));
                const __m256i lower = _mm256_shuffle_epi8(low[place], _mm256_and_si256(input, half));
                const __m256i upper =
                    _mm256_shuffle_epi8(high[place], _mm256_and_si256(_mm256_srli_epi16(input, 4), half));
                found = _mm256_and_si256(found, _mm256_and_si256(lower, upper));
            }
            _mm256_storeu_si256((__m256i *)(buckets + part), found);
            const __m256i none = _mm256_cmpeq_epi8(found, _mm256_setzero_si256());
            places |= (uint64_t)(uint32_t)~_mm256_movemask_epi8(none) << part;
        }
        if (places == 0) continue;
        const size_t place = first_place(filter, bytes + start, places, buckets);
        if (place < block_length) return start + place;
    }
    return byte_count;
}

int traversion_filter_is_possible(void) { return __builtin_cpu_supports("avx2"); }

static size_t find(const traversion_literal_filter *filter, const uint8_t *bytes, size_t byte_count) {
    const int is_wide = __builtin_cpu_supports("avx512bw");
    return is_wide ? find_avx512(filter, bytes, byte_count) : find_avx2(filter, bytes, byte_count);
}

size_t traversion_filter_next(const traversion_literal_filter *filter, const uint8_t *bytes, size_t from,
                              size_t byte_count) {
    const size_t count = byte_count - from;
    const size_t blocks = count < block_length + block_rest ? 0 : (count - block_rest) / block_length * block_length;
    const size_t place = find(filter, bytes + from, count);
    if (place < count) return from + place;
    // The last bytes with zeros behind them: no literal has one.
    uint8_t rest[2 * block_length + block_rest];
    const size_t rest_count = count - blocks;
    memset(rest, 0, sizeof rest);
    memcpy(rest, bytes + from + blocks, rest_count);
    const size_t last = find(filter, rest, sizeof rest);
    return last < sizeof rest ? from + blocks + last : byte_count;
}

#else

int traversion_filter_is_possible(void) { return 0; }

size_t traversion_filter_next(const traversion_literal_filter *filter, const uint8_t *bytes, size_t from,
                              size_t byte_count) {
    (void)filter;
    (void)bytes;
    (void)byte_count;
    return from;
}

#endif
