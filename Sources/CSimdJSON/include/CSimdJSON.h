/// A thin C face over simdjson: newline-delimited JSON in, flat lists of members out.
///
/// A batch is indexed at once; then each line is handed out as the list of the members of its object, nested objects
/// flattened between an "object start" and an "object end". No memory is allocated per value and nothing calls back.
#ifndef TRAVERSION_CSIMDJSON_H
#define TRAVERSION_CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Bytes that must be readable behind a batch.
#define TRAVERSION_JSON_PADDING 64
/// Levels of objects and arrays, the line's own object included.
#define TRAVERSION_JSON_DEPTH 1000

enum {
    traversion_json_object_end = 0,
    traversion_json_object_start,
    traversion_json_empty_object,
    /// `text` is the unescaped string.
    traversion_json_string,
    /// `text` is the array as compact JSON with the shortest escapes.
    traversion_json_array,
    /// An integer literal other than `-0` within int64: `integer` is its value, `text` the literal.
    traversion_json_int64,
    /// An integer literal of 2^63 ... 2^64 - 1: `integer` is its bit pattern.
    traversion_json_uint64,
    /// Any other number: `text` is the literal.
    traversion_json_number,
    traversion_json_false,
    traversion_json_true,
    traversion_json_null,
};

/// What is wrong with a line.
enum {
    traversion_json_fine = 0,
    traversion_json_out_of_memory,
    traversion_json_not_an_object,
    traversion_json_truncated,
    traversion_json_trailing_content,
    traversion_json_expected_key,
    traversion_json_expected_colon,
    traversion_json_expected_value,
    traversion_json_expected_comma_or_brace,
    traversion_json_expected_comma_or_bracket,
    traversion_json_bad_literal,
    traversion_json_bad_number,
    traversion_json_bad_escape,
    traversion_json_lone_surrogate,
    traversion_json_control_character,
    traversion_json_unclosed_string,
    traversion_json_bad_utf8,
    traversion_json_too_deep,
};

typedef struct {
    const uint8_t *key;
    const uint8_t *text;
    int64_t integer;
    uint32_t key_length;
    uint32_t text_length;
    uint32_t kind;
    /// The number of its path; not for ends of objects.
    uint32_t path;
} traversion_json_member;

/// A path that some line had: the keys that lead to a member. Path 0 is the line's own object.
typedef struct {
    /// The last key, unescaped.
    const uint8_t *key;
    uint32_t key_length;
    /// The path of the object that the key stands in.
    uint32_t parent;
    /// How many keys the path has, and their bytes as a segment encodes them, without their number.
    uint32_t depth;
    uint32_t byte_count;

    // What the parser remembers: the keys that came first in the object and next behind this one, 0 when there was none;
    // the last line that had the path; the key's first bytes, its closing quote included, and which of them count.
    uint32_t first_child;
    uint32_t next;
    uint32_t line;
    uint32_t hash;
    uint64_t head[2];
    uint64_t mask[2];
} traversion_json_path;

/// One line that is not empty. Its members stand until the next line is asked for.
typedef struct {
    traversion_json_member *members;
    size_t member_count;
    /// The paths that were seen so far. Numbers stay good as long as `paths_id` does.
    const traversion_json_path *paths;
    size_t path_count;
    uint64_t paths_id;
    /// Not 0 when an object has a key twice.
    int32_t has_duplicates;
    /// The line's number in its batch, from 0, and where it begins.
    size_t line_index;
    size_t line_offset;
    /// When `error` is not "fine": where in the batch.
    size_t error_offset;
    int32_t error;
} traversion_json_document;

typedef struct traversion_json_parser traversion_json_parser;

/// NULL when there is no memory.
traversion_json_parser *traversion_json_create(void);
void traversion_json_destroy(traversion_json_parser *parser);

/// Begins a batch that stands until the next one: whole lines, the last with or without its line feed, with
/// TRAVERSION_JSON_PADDING readable bytes behind them. False when there is no memory.
int32_t traversion_json_begin(traversion_json_parser *parser, const uint8_t *batch, size_t byte_count);

/// Reads the next line that is not empty. False at the end of the batch.
int32_t traversion_json_next(traversion_json_parser *parser, traversion_json_document *document);

/// Lines of the batch that `traversion_json_next` has passed, empty ones included.
size_t traversion_json_line_count(const traversion_json_parser *parser);

/// The place of the first or last line feed in some bytes, `byte_count` when there is none.
size_t traversion_first_line_feed(const uint8_t *bytes, size_t byte_count);
size_t traversion_last_line_feed(const uint8_t *bytes, size_t byte_count);

#ifdef __cplusplus
}
#endif

#endif
