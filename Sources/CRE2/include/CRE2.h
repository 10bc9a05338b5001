/// A thin C face over RE2: regular expressions whose matching takes time in proportion to the text, whatever they are.
#ifndef TRAVERSION_CRE2_H
#define TRAVERSION_CRE2_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct traversion_expression_s traversion_regex;

/// NULL when the expression is not understood; then `reason`, of at least one byte, says why.
traversion_regex *traversion_regex_create(const uint8_t *expression, size_t byte_count, char *reason,
                                          size_t reason_capacity);
void traversion_regex_destroy(traversion_regex *regex);

/// Whether the expression matches anywhere in some bytes. Any number of threads may ask at once.
int32_t traversion_regex_matches(const traversion_regex *regex, const uint8_t *bytes, size_t byte_count);

/// Writes the longest text, of ASCII without capital letters, that stands in capital or small letters in whatever the
/// expression matches; gives its length, or 0 when none of at most `capacity` bytes is known.
size_t traversion_regex_required_text(const uint8_t *expression, size_t byte_count, uint8_t *text, size_t capacity);

#ifdef __cplusplus
}
#endif

#endif
