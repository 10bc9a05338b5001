/// A thin C face over Vectorscan: many regular expressions are looked for in one pass over some bytes.
///
/// Vectorscan 5.4.9, which Debian 12 has, was seen (on a processor with AVX-512) to miss matches of expressions without a
/// literal text, so what has none is looked for here.
#ifndef TRAVERSION_CVECTORSCAN_H
#define TRAVERSION_CVECTORSCAN_H

#include <stddef.h>
#include <stdint.h>

enum {
    traversion_expression = 0,
    /// An at sign with something before it.
    traversion_at_sign,
    /// Digits with spaces, dots, dashes, plus signs and parentheses among them, when they are enough for a number of
    /// somebody or an address and are no mere date. It ends behind the last digit.
    traversion_digits,
    /// Two colons side by side, or four with at most four bytes between them.
    traversion_colons,
};

typedef struct {
    int32_t kind;
    /// Of an expression. It must have a literal text.
    const char *expression;
    /// Letters match in either case.
    int32_t is_caseless;
    /// Of an expression: texts of which each match has one, each with a line feed behind it. They spare most bytes the
    /// look for expressions, of which then none may match a line feed. Empty when there are none.
    const char *literals;
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

/// Another matcher of the same patterns, for another thread; it lives no longer than the first. NULL: no memory.
traversion_matcher *traversion_matcher_share(const traversion_matcher *matcher);
void traversion_matcher_destroy(traversion_matcher *matcher);

/// Finds where the patterns end in some bytes, in order; the matches stand until the next scan. False: no memory.
int32_t traversion_matcher_scan(traversion_matcher *matcher, const uint8_t *bytes, size_t byte_count,
                                const traversion_match **matches, size_t *match_count);

/// Whether a sample of a pattern, of at most 100 bytes, is found at the places where a library that is wrong is so: around
/// the ends of vectors, in texts that just fit into some. True for a longer sample.
int32_t traversion_matcher_finds(traversion_matcher *matcher, uint32_t pattern, const uint8_t *sample,
                                 size_t byte_count);

#endif
