#define _GNU_SOURCE
#include "CVectorscan.h"

#include <hs/hs.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "LiteralFilter.h"

struct traversion_matcher {
    hs_database_t *database;
    /// The database is another matcher's.
    int is_shared;
    hs_scratch_t *scratch;
    traversion_match *matches;
    size_t count;
    size_t capacity;
    int is_ordered;
    /// Where in the bytes of a scan those begin that the library is given.
    size_t offset;
    /// Finds the lines that are worth a scan; NULL where there is none, another matcher's in a shared one.
    traversion_literal_filter *filter;
    /// Scans that are done without the filter, because it passed most lines on.
    unsigned unfiltered_count;
    /// The places in the list of the patterns that are no expressions, -1 where there is none.
    int32_t special[4];
};

static void tell(const char *what, char *reason, size_t capacity) { snprintf(reason, capacity, "%s", what); }

static int compile(traversion_matcher *matcher, const traversion_pattern *patterns, size_t count, char *reason,
                   size_t reason_capacity) {
    const char **expressions = malloc((count + 1) * sizeof *expressions);
    unsigned *flags = malloc((count + 1) * sizeof *flags);
    unsigned *numbers = malloc((count + 1) * sizeof *numbers);
    hs_error_t error = HS_NOMEM;
    hs_compile_error_t *mistake = NULL;
    if (expressions && flags && numbers) {
        unsigned expression_count = 0;
        for (size_t index = 0; index < count; ++index) {
            if (patterns[index].kind != traversion_expression) {
                matcher->special[patterns[index].kind] = (int32_t)index;
                continue;
            }
            expressions[expression_count] = patterns[index].expression;
            flags[expression_count] = patterns[index].is_caseless ? HS_FLAG_CASELESS : 0;
            numbers[expression_count++] = (unsigned)index;
        }
        error = hs_compile_multi(expressions, flags, numbers, expression_count, HS_MODE_BLOCK, NULL,
                                 &matcher->database, &mistake);
    }
    if (error != HS_SUCCESS) tell(mistake ? mistake->message : "no memory", reason, reason_capacity);
    if (mistake) hs_free_compile_error(mistake);
    free(expressions);
    free(flags);
    free(numbers);
    return error == HS_SUCCESS;
}

/// Adds the literals of a pattern, each with a line feed behind it. Not 0 when it has none, or one does not fit.
static int add_literals(traversion_literal_filter *filter, const traversion_pattern *pattern) {
    const char *literal = pattern->literals;
    if (*literal == 0) return 1;
    while (*literal != 0) {
        const size_t length = strcspn(literal, "\n");
        if (traversion_filter_add(filter, literal, length, pattern->is_caseless)) return 1;
        literal += length + 1;
    }
    return 0;
}

/// Without a literal for each expression, or memory, there is no filter.
static void make_filter(traversion_matcher *matcher, const traversion_pattern *patterns, size_t count) {
    if (!traversion_filter_is_possible()) return;
    traversion_literal_filter *filter = calloc(1, sizeof *filter);
    for (size_t index = 0; filter && index < count; ++index) {
        if (patterns[index].kind != traversion_expression || !add_literals(filter, &patterns[index])) continue;
        free(filter);
        return;
    }
    if (filter) traversion_filter_finish(filter);
    matcher->filter = filter;
}

traversion_matcher *traversion_matcher_create(const traversion_pattern *patterns, size_t count, char *reason,
                                              size_t reason_capacity) {
    if (hs_valid_platform() != HS_SUCCESS) {
        tell("the processor is too old", reason, reason_capacity);
        return NULL;
    }
    traversion_matcher *matcher = calloc(1, sizeof *matcher);
    if (!matcher) {
        tell("no memory", reason, reason_capacity);
        return NULL;
    }
    memset(matcher->special, 0xFF, sizeof matcher->special);
    if (compile(matcher, patterns, count, reason, reason_capacity)) {
        make_filter(matcher, patterns, count);
        if (hs_alloc_scratch(matcher->database, &matcher->scratch) == HS_SUCCESS) return matcher;
        tell("no memory", reason, reason_capacity);
    }
    traversion_matcher_destroy(matcher);
    return NULL;
}

traversion_matcher *traversion_matcher_share(const traversion_matcher *matcher) {
    traversion_matcher *other = calloc(1, sizeof *other);
    if (!other) return NULL;
    other->database = matcher->database;
    other->filter = matcher->filter;
    other->is_shared = 1;
    memcpy(other->special, matcher->special, sizeof other->special);
    if (hs_alloc_scratch(other->database, &other->scratch) == HS_SUCCESS) return other;
    traversion_matcher_destroy(other);
    return NULL;
}

void traversion_matcher_destroy(traversion_matcher *matcher) {
    if (!matcher) return;
    hs_free_scratch(matcher->scratch);
    if (!matcher->is_shared) {
        hs_free_database(matcher->database);
        free(matcher->filter);
    }
    free(matcher->matches);
    free(matcher);
}

static int take(unsigned pattern, unsigned long long from, unsigned long long to, unsigned flags, void *context) {
    (void)from;
    (void)flags;
    traversion_matcher *matcher = context;
    if (matcher->count == matcher->capacity) {
        const size_t capacity = matcher->capacity ? matcher->capacity * 2 : 1024;
        void *grown = realloc(matcher->matches, capacity * sizeof *matcher->matches);
        if (!grown) return 1;
        matcher->matches = grown;
        matcher->capacity = capacity;
    }
    to += matcher->offset;
    if (matcher->count > 0 && matcher->matches[matcher->count - 1].end > to) matcher->is_ordered = 0;
    matcher->matches[matcher->count++] = (traversion_match){pattern, (uint32_t)to};
    return 0;
}

/// Returns like `take`: not 0 when there is no memory.
static int find_at_signs(traversion_matcher *matcher, const uint8_t *bytes, size_t byte_count) {
    const uint8_t *end = bytes + byte_count;
    for (const uint8_t *place = bytes + 1; place < end; ++place) {
        place = memchr(place, '@', (size_t)(end - place));
        if (!place) return 0;
        if (place[-1] <= ' ' || place[-1] == '"') continue;
        if (take((unsigned)matcher->special[traversion_at_sign], 0, (size_t)(place + 1 - bytes), 0, matcher)) return 1;
    }
    return 0;
}

static int find_colons(traversion_matcher *matcher, const uint8_t *bytes, size_t byte_count) {
    const uint8_t *end = bytes + byte_count, *last = NULL;
    unsigned near = 1;
    for (const uint8_t *place = bytes; place < end; ++place) {
        place = memchr(place, ':', (size_t)(end - place));
        if (!place) return 0;
        near = last && place - last <= 5 ? near + 1 : 1;
        const int is_double = last && place - last == 1;
        last = place;
        if (!is_double && near < 4) continue;
        if (take((unsigned)matcher->special[traversion_colons], 0, (size_t)(place + 1 - bytes), 0, matcher)) return 1;
    }
    return 0;
}

static int is_digit(uint8_t byte) { return (uint8_t)(byte - '0') < 10; }

static int is_in_number(uint8_t byte) {
    return is_digit(byte) || byte == ' ' || (byte >= '(' && byte <= '.' && byte != ',' && byte != '*');
}

static int is_capital(uint8_t byte) { return (uint8_t)(byte - 'A') < 26; }

/// Whether a capital letter stands beside some digits, or behind one space or dash.
static int has_capital_beside(const uint8_t *bytes, size_t byte_count, size_t start, size_t end) {
    const size_t before = start > 1 && bytes[start - 1] == ' ' ? start - 1 : start;
    const size_t behind = end + 1 < byte_count && (bytes[end] == ' ' || bytes[end] == '-') ? end + 1 : end;
    return (before > 0 && is_capital(bytes[before - 1])) || (behind < byte_count && is_capital(bytes[behind]));
}

static int find_digits(traversion_matcher *matcher, const uint8_t *bytes, size_t byte_count) {
    for (size_t index = 0; index < byte_count; ++index) {
        if (!is_digit(bytes[index])) continue;
        const size_t start = index;
        size_t digit_count = 0, dot_count = 0, group = 0, largest_group = 0, end = index;
        int has_plus = start > 0 && bytes[start - 1] == '+';
        for (; index < byte_count && is_in_number(bytes[index]); ++index) {
            if (is_digit(bytes[index])) {
                ++digit_count;
                if (++group > largest_group) largest_group = group;
                end = index + 1;
                continue;
            }
            group = 0;
            dot_count += bytes[index] == '.';
            has_plus |= bytes[index] == '+';
        }
        // Dates have eight digits, and nearly every event has one: they are passed by.
        const int is_clue = digit_count >= 9 || (digit_count >= 4 && dot_count >= 3) || (digit_count >= 8 && has_plus)
            || ((largest_group >= 6 || digit_count == 6) && has_capital_beside(bytes, byte_count, start, end));
        if (is_clue && take((unsigned)matcher->special[traversion_digits], 0, end, 0, matcher)) return 1;
    }
    return 0;
}

static int compare(const void *left, const void *right) {
    const traversion_match *one = left, *other = right;
    return one->end < other->end ? -1 : one->end > other->end;
}

/// Looks for expressions; not 0 when there is no memory.
static int find_expressions(traversion_matcher *matcher, const uint8_t *bytes, size_t start, size_t end) {
    matcher->offset = start;
    const hs_error_t error = hs_scan(matcher->database, (const char *)bytes + start, (unsigned)(end - start), 0,
                                     matcher->scratch, take, matcher);
    matcher->offset = 0;
    return error != HS_SUCCESS;
}

/// Bytes for which the filter is worth a call, and scans without it once it passed most bytes on.
enum { filtered_byte_count = 512, unfiltered_limit = 16 };

/// The same, but only in lines that have a literal of some expression: none matches a line feed.
static int find_in_lines(traversion_matcher *matcher, const uint8_t *bytes, size_t byte_count) {
    size_t from = 0, scanned = 0;
    while (from < byte_count) {
        const size_t place = traversion_filter_next(matcher->filter, bytes, from, byte_count);
        if (place == byte_count) break;
        const uint8_t *before = memrchr(bytes + from, '\n', place - from);
        const uint8_t *behind = memchr(bytes + place, '\n', byte_count - place);
        const size_t start = before ? (size_t)(before + 1 - bytes) : from;
        const size_t end = behind ? (size_t)(behind - bytes) : byte_count;
        if (find_expressions(matcher, bytes, start, end)) return 1;
        scanned += end - start;
        from = end;
    }
    if (scanned > byte_count / 2) matcher->unfiltered_count = unfiltered_limit;
    return 0;
}

static int find_all_expressions(traversion_matcher *matcher, const uint8_t *bytes, size_t byte_count) {
    if (matcher->filter && byte_count >= filtered_byte_count) {
        if (matcher->unfiltered_count == 0) return find_in_lines(matcher, bytes, byte_count);
        --matcher->unfiltered_count;
    }
    return find_expressions(matcher, bytes, 0, byte_count);
}

int32_t traversion_matcher_scan(traversion_matcher *matcher, const uint8_t *bytes, size_t byte_count,
                                const traversion_match **matches, size_t *match_count) {
    matcher->count = 0;
    matcher->is_ordered = 1;
    *match_count = 0;
    if (byte_count == 0) return 1;
    if (byte_count > UINT_MAX) return 0;
    if (find_all_expressions(matcher, bytes, byte_count)
        || (matcher->special[traversion_at_sign] >= 0 && find_at_signs(matcher, bytes, byte_count))
        || (matcher->special[traversion_digits] >= 0 && find_digits(matcher, bytes, byte_count))
        || (matcher->special[traversion_colons] >= 0 && find_colons(matcher, bytes, byte_count))) {
        return 0;
    }
    if (!matcher->is_ordered) qsort(matcher->matches, matcher->count, sizeof *matcher->matches, compare);
    *matches = matcher->matches;
    *match_count = matcher->count;
    return 1;
}

static int finds_at(traversion_matcher *matcher, uint32_t pattern, const uint8_t *sample, size_t byte_count,
                    size_t start, size_t text_byte_count) {
    uint8_t text[300];
    memset(text, ' ', text_byte_count);
    memcpy(text + start, sample, byte_count);
    const traversion_match *matches = NULL;
    size_t count = 0;
    if (!traversion_matcher_scan(matcher, text, text_byte_count, &matches, &count)) return 0;
    for (size_t index = 0; index < count; ++index) {
        if (matches[index].pattern == pattern && matches[index].end == start + byte_count) return 1;
    }
    return 0;
}

int32_t traversion_matcher_finds(traversion_matcher *matcher, uint32_t pattern, const uint8_t *sample,
                                 size_t byte_count) {
    static const size_t lengths[] = {0, 7, 31, 64, 65, 66, 70, 100, 127, 129, 192, 257};
    static const size_t starts[] = {0, 1, 31, 32, 61, 63, 64, 65};
    if (byte_count > 100) return 1;
    for (size_t index = 0; index < sizeof lengths / sizeof *lengths; ++index) {
        const size_t length = lengths[index] > byte_count ? lengths[index] : byte_count;
        const size_t last = length - byte_count;
        for (size_t place = 0; place < sizeof starts / sizeof *starts; ++place) {
            if (starts[place] <= last && !finds_at(matcher, pattern, sample, byte_count, starts[place], length)) {
                return 0;
            }
        }
        if (!finds_at(matcher, pattern, sample, byte_count, last, length)) return 0;
    }
    return 1;
}
