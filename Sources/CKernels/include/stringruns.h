/// Loops over strings that lie end to end: string i is bytes[ends[i - 1]] ... bytes[ends[i] - 1].
///
/// Nothing is written outside the output that a comment names. Codes and lengths are checked where a comment says so.
#ifndef TRAVERSION_STRINGRUNS_H
#define TRAVERSION_STRINGRUNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Where strings are written, this many bytes behind them may be overwritten.
#define TRAVERSION_STRING_SLACK 32

/// What functions return that found a wrong length or code.
#define TRAVERSION_STRINGS_WRONG 0xFFFFFFFFFFFFFFFFULL

/// Whether the bytes are the same.
bool traversion_are_equal(const void *first, const void *second, size_t byteCount);

/// Turns lengths into ends and returns their sum, or WRONG when a length is over `lengthLimit`. The caller must see that
/// the sum fits 32 bits before it uses the ends.
uint64_t traversion_ends(const uint64_t *lengths, size_t count, uint64_t lengthLimit, uint32_t *ends);

/// The lengths of strings, from their ends.
void traversion_lengths(const uint32_t *ends, size_t count, uint64_t *lengths);

/// The longest string.
uint32_t traversion_longest(const uint32_t *ends, size_t count);

/// The sum of the lengths of the entries that codes name, or WRONG when a code is not below `entryCount`.
uint64_t traversion_gathered_byte_count(
    const uint64_t *codes, size_t count, const uint32_t *entryEnds, size_t entryCount);

/// Lays the entries that codes name end to end. The output has room for their sum and the slack.
void traversion_gather(
    const uint64_t *codes, size_t count, const uint8_t *entries, const uint32_t *entryEnds, size_t entryCount,
    uint8_t *output, uint32_t *ends);

/// The byte count of front coded strings, or WRONG when a prefix is longer than the string before or a string longer
/// than `lengthLimit`.
uint64_t traversion_front_coded_byte_count(
    const uint64_t *prefixLengths, const uint32_t *suffixEnds, size_t count, uint64_t lengthLimit);

/// Lays each string end to end: the prefix of the string before, then the suffix. The lengths were checked by
/// `traversion_front_coded_byte_count`; the output has room for that many bytes and the slack.
void traversion_front_decode(
    const uint64_t *prefixLengths, const uint8_t *suffixes, const uint32_t *suffixEnds, size_t count,
    uint8_t *output, uint32_t *ends);

/// For each string how many bytes at its beginning it shares with the one before (the first: 0). Returns their sum.
uint64_t traversion_shared_prefixes(const uint8_t *bytes, const uint32_t *ends, size_t count, uint64_t *lengths);

#endif
