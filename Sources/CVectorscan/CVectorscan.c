#include "CVectorscan.h"

#include <hs/hs.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

struct traversion_matcher {
    hs_database_t *database;
    hs_scratch_t *scratch;
    traversion_match *matches;
    size_t count;
    size_t capacity;
    int is_ordered;
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
        for (size_t index = 0; index < count; ++index) {
            expressions[index] = patterns[index].expression;
            flags[index] = patterns[index].is_caseless ? HS_FLAG_CASELESS : 0;
            numbers[index] = (unsigned)index;
        }
        error = hs_compile_multi(expressions, flags, numbers, (unsigned)count, HS_MODE_BLOCK, NULL,
                                 &matcher->database, &mistake);
    }
    if (error != HS_SUCCESS) tell(mistake ? mistake->message : "no memory", reason, reason_capacity);
    if (mistake) hs_free_compile_error(mistake);
    free(expressions);
    free(flags);
    free(numbers);
    return error == HS_SUCCESS;
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
    if (compile(matcher, patterns, count, reason, reason_capacity)) {
        if (hs_alloc_scratch(matcher->database, &matcher->scratch) == HS_SUCCESS) return matcher;
        tell("no memory", reason, reason_capacity);
    }
    traversion_matcher_destroy(matcher);
    return NULL;
}

void traversion_matcher_destroy(traversion_matcher *matcher) {
    if (!matcher) return;
    hs_free_scratch(matcher->scratch);
    hs_free_database(matcher->database);
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
    if (matcher->count > 0 && matcher->matches[matcher->count - 1].end > to) matcher->is_ordered = 0;
    matcher->matches[matcher->count++] = (traversion_match){pattern, (uint32_t)to};
    return 0;
}

static int compare(const void *left, const void *right) {
    const traversion_match *one = left, *other = right;
    return one->end < other->end ? -1 : one->end > other->end;
}

int32_t traversion_matcher_scan(traversion_matcher *matcher, const uint8_t *bytes, size_t byte_count,
                                const traversion_match **matches, size_t *match_count) {
    matcher->count = 0;
    matcher->is_ordered = 1;
    *match_count = 0;
    if (byte_count == 0) return 1;
    if (byte_count > UINT_MAX) return 0;
    if (hs_scan(matcher->database, (const char *)bytes, (unsigned)byte_count, 0, matcher->scratch, take, matcher)
        != HS_SUCCESS) {
        return 0;
    }
    if (!matcher->is_ordered) qsort(matcher->matches, matcher->count, sizeof *matcher->matches, compare);
    *matches = matcher->matches;
    *match_count = matcher->count;
    return 1;
}
