// The pieces of JSON that hold no other JSON: numbers, escapes, and the place of what the indexer found wrong.
#ifndef TRAVERSION_SCALARS_HPP
#define TRAVERSION_SCALARS_HPP

#include "include/CSimdJSON.h"

namespace traversion {

inline bool is_space(uint8_t byte) { return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t'; }

/// True when a number or word may end before this byte.
inline bool ends_scalar(uint8_t byte) { return is_space(byte) || byte == ',' || byte == '}' || byte == ']'; }

inline bool is_digit(uint8_t byte) { return uint8_t(byte - '0') < 10; }

/// Reads the number at `text`, which ends before `limit` at the latest, into `member`. False when it is not one.
bool read_number(const uint8_t *text, const uint8_t *limit, traversion_json_member &member);

/// What came of undoing escapes: the end of what was written, or what is wrong and where.
struct unescaped {
    uint8_t *end;
    int32_t error;
    const uint8_t *place;
};

/// Undoes the escapes of a string's inside. Never writes more bytes than it reads.
unescaped unescape(const uint8_t *text, const uint8_t *end, uint8_t *output);

/// Rewrites the escapes of a string's inside to the shortest ones. Never writes more bytes than it reads.
unescaped normalize_escapes(const uint8_t *text, const uint8_t *end, uint8_t *output);

/// Finds what the indexer found wrong with a line: broken UTF-8, a control character in a string, an open string.
int32_t locate_fault(const uint8_t *line, const uint8_t *end, const uint8_t **place);

}  // namespace traversion

#endif
