/// A thin C face over Vectorscan: many regular expressions are looked for in one pass over some bytes.
#ifndef TRAVERSION_CVECTORSCAN_H
#define TRAVERSION_CVECTORSCAN_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    const char *expression;
    /// Letters match in either case.
    int32_t is_caseless;
} traversion_pattern;

typedef struct {
    /// The place of the pattern in the list that the matcher was made of.
    uint32_t pattern;
    /// Behind the last byte of the match.
    uint32_t end;
} traversion_match;

typedef struct traversion_matcher traversion_matcher;

/// NULL when an expression is not understood, the processor is too old or there is no memory; then `reason`, of at
/// least one byte, says so.
traversion_matcher *traversion_matcher_create(const traversion_pattern *patterns, size_t count, char *reason,
                                              size_t reason_capacity);
void traversion_matcher_destroy(traversion_matcher *matcher);

/// Finds where the patterns end in some bytes, in order; the matches stand until the next scan. False: no memory.
int32_t traversion_matcher_scan(traversion_matcher *matcher, const uint8_t *bytes, size_t byte_count,
                                const traversion_match **matches, size_t *match_count);

#endif
