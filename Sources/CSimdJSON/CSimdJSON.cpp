// simdjson's first stage validates UTF-8 and finds where every token begins; this file walks those places.
#include "CSimdJSON.h"

#include <simdjson.h>

#include <cstdlib>
#include <cstring>

#include "PathTree.hpp"
#include "Scalars.hpp"

using namespace traversion;

static_assert(TRAVERSION_JSON_PADDING >= simdjson::SIMDJSON_PADDING, "simdjson reads further than callers pad");

/// Paths to remember from batch to batch.
static const uint32_t path_limit = uint32_t(1) << 17;

struct traversion_json_parser {
    std::unique_ptr<simdjson::internal::dom_parser_implementation> indexer;
    const uint8_t *batch;
    const uint8_t *batch_end;
    const uint8_t *line;
    size_t line_index;
    /// False when the batch as a whole could not be indexed: then each line is indexed by itself.
    bool is_indexed;

    // What the indexes refer to: the batch, or one line of it.
    const uint8_t *base;
    const uint32_t *index;
    /// The first backslash at or behind the last place that was asked about.
    const uint8_t *backslash;

    path_tree tree;
    /// Lines that were read since the marks of the paths were cleared.
    uint32_t line_mark;
    bool has_duplicates;

    traversion_json_member *members;
    size_t member_capacity;
    size_t member_count;
    /// Unescaped strings and rewritten arrays of one line. They are never longer than what they come from.
    uint8_t *text;
    size_t text_capacity;
    uint8_t *text_end;

    const uint8_t *line_end;
    const uint8_t *fault_place;

    int32_t fail(int32_t error, const uint8_t *place) {
        fault_place = place < line_end ? place : line_end;
        return error;
    }

    bool has_backslash(const uint8_t *from, const uint8_t *to) {
        if (backslash < from) {
            const void *found = std::memchr(from, '\\', size_t(batch_end - from));
            backslash = found ? static_cast<const uint8_t *>(found) : batch_end;
        }
        return backslash < to;
    }

    /// The closing quote of the string that opens at `quote`: only white space stands between it and the next token.
    const uint8_t *closing_quote(const uint8_t *quote) const {
        const uint8_t *closing = base + *index - 1;
        while (closing > quote && *closing != '"') --closing;
        return closing;
    }

    bool make_room() {
        if (member_count + 2 <= member_capacity) return true;
        const size_t capacity = member_capacity ? member_capacity * 2 : 256;
        void *grown = std::realloc(members, capacity * sizeof(traversion_json_member));
        if (!grown) return false;
        members = static_cast<traversion_json_member *>(grown);
        member_capacity = capacity;
        return true;
    }

    int32_t index_bytes(const uint8_t *bytes, size_t byte_count);
    int32_t read_line();
    int32_t read_string(const uint8_t *quote, const uint8_t *&string, uint32_t &length);
    int32_t read_scalar(const uint8_t *place, traversion_json_member &member);
    int32_t read_array(const uint8_t *bracket, size_t depth, traversion_json_member &member);
    int32_t rewrite_array(const uint32_t *first, traversion_json_member &member);
};

int32_t traversion_json_parser::index_bytes(const uint8_t *bytes, size_t byte_count) {
    base = bytes;
    if (byte_count > indexer->capacity()) {
        const size_t capacity = byte_count < (size_t(1) << 20) ? size_t(1) << 20 : byte_count;
        if (indexer->set_capacity(capacity) != simdjson::SUCCESS) return simdjson::MEMALLOC;
    }
    const auto error = indexer->stage1(bytes, byte_count, simdjson::stage1_mode::regular);
    index = indexer->structural_indexes.get();
    return error;
}

int32_t traversion_json_parser::read_string(const uint8_t *quote, const uint8_t *&string, uint32_t &length) {
    const uint8_t *closing = closing_quote(quote);
    if (closing == quote) return fail(traversion_json_unclosed_string, quote);
    string = quote + 1;
    length = uint32_t(closing - string);
    if (!has_backslash(string, closing)) return traversion_json_fine;
    const unescaped result = unescape(string, closing, text_end);
    if (result.error) return fail(result.error, result.place);
    string = text_end;
    length = uint32_t(result.end - text_end);
    text_end = result.end;
    return traversion_json_fine;
}

/// Reads a number or a word.
int32_t traversion_json_parser::read_scalar(const uint8_t *place, traversion_json_member &member) {
    const char *word = nullptr;
    switch (*place) {
    case 't': word = "true"; member.kind = traversion_json_true; break;
    case 'f': word = "false"; member.kind = traversion_json_false; break;
    case 'n': word = "null"; member.kind = traversion_json_null; break;
    case '-': case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7': case '8': case '9':
        if (read_number(place, line_end, member)) return traversion_json_fine;
        return fail(traversion_json_bad_number, place);
    case ':': case ',': case '}': case ']': return fail(traversion_json_expected_value, place);
    default: return fail(traversion_json_bad_literal, place);
    }
    const size_t length = std::strlen(word);
    const size_t remaining = size_t(line_end - place);
    if (remaining < length || std::memcmp(place, word, length) != 0
        || (remaining > length && !ends_scalar(place[length]))) {
        return fail(traversion_json_bad_literal, place);
    }
    member.text = place;
    member.text_length = uint32_t(length);
    return traversion_json_fine;
}

/// Reads an array and everything in it. An array that is compact already is handed out where it stands.
int32_t traversion_json_parser::read_array(const uint8_t *bracket, size_t depth, traversion_json_member &member) {
    // One bit for each open level, lowest is the innermost of its word: 1 an object, 0 an array.
    uint64_t levels[TRAVERSION_JSON_DEPTH / 64 + 1];
    size_t level_count = 0;
    const uint32_t *first = index - 1;
    const uint8_t *expected = bracket;
    const uint8_t *place = bracket;
    bool is_compact = true;
    bool in_object = false;
    traversion_json_member scalar;

    auto advance = [&]() {
        place = base + *index;
        if (place >= line_end) return false;
        ++index;
        is_compact &= place == expected;
        expected = place + 1;
        return true;
    };
    auto truncated = [&]() { return fail(traversion_json_truncated, line_end); };
    auto pass_string = [&]() {
        const uint8_t *closing = closing_quote(place);
        if (closing == place) return false;
        if (has_backslash(place + 1, closing)) is_compact = false;
        expected = closing + 1;
        return true;
    };

open:
    // `place` is on an opening bracket or brace.
    if (++depth > TRAVERSION_JSON_DEPTH) return fail(traversion_json_too_deep, place);
    in_object = *place == '{';
    if (level_count % 64 == 0) levels[level_count / 64] = 0;
    levels[level_count / 64] = levels[level_count / 64] << 1 | in_object;
    ++level_count;
    expected = place + 1;
    if (!advance()) return truncated();
    if (*place == (in_object ? '}' : ']')) goto close;
    if (!in_object) goto value;
key:
    if (*place != '"') return fail(traversion_json_expected_key, place);
    if (!pass_string()) return fail(traversion_json_unclosed_string, place);
    if (!advance()) return truncated();
    if (*place != ':') return fail(traversion_json_expected_colon, place);
    if (!advance()) return truncated();
value:
    switch (*place) {
    case '{': case '[': goto open;
    case '"':
        if (!pass_string()) return fail(traversion_json_unclosed_string, place);
        break;
    default:
        if (const int32_t error = read_scalar(place, scalar)) return error;
        expected = place + scalar.text_length;
    }
after_value:
    if (!advance()) return truncated();
    if (*place == ',') {
        if (!advance()) return truncated();
        if (in_object) goto key;
        goto value;
    }
    if (*place != (in_object ? '}' : ']')) {
        return fail(in_object ? traversion_json_expected_comma_or_brace : traversion_json_expected_comma_or_bracket,
                    place);
    }
close:
    --depth;
    --level_count;
    levels[level_count / 64] >>= 1;
    if (level_count > 0) {
        in_object = levels[(level_count - 1) / 64] & 1;
        goto after_value;
    }
    member.kind = traversion_json_array;
    member.text = bracket;
    member.text_length = uint32_t(place + 1 - bracket);
    return is_compact ? int32_t(traversion_json_fine) : rewrite_array(first, member);
}

/// Writes the tokens from `first` up to `index` without white space and with the shortest escapes.
int32_t traversion_json_parser::rewrite_array(const uint32_t *first, traversion_json_member &member) {
    uint8_t *output = text_end;
    for (const uint32_t *token = first; token < index; ++token) {
        const uint8_t *place = base + *token;
        switch (*place) {
        case '{': case '}': case '[': case ']': case ',': case ':': *output++ = *place; break;
        case '"': {
            const uint8_t *closing = base + token[1] - 1;
            while (*closing != '"') --closing;
            *output++ = '"';
            const unescaped result = normalize_escapes(place + 1, closing, output);
            if (result.error) return fail(result.error, result.place);
            output = result.end;
            *output++ = '"';
            break;
        }
        default:
            while (!ends_scalar(*place)) *output++ = *place++;
        }
    }
    member.text = text_end;
    member.text_length = uint32_t(output - text_end);
    text_end = output;
    return traversion_json_fine;
}

/// Reads the object at `index` into `members`.
int32_t traversion_json_parser::read_line() {
    text_end = text;
    has_duplicates = false;
    if (++line_mark == 0) {
        for (uint32_t path = 0; path < tree.count; ++path) tree.paths[path].line = 0;
        line_mark = 1;
    }
    // What every member needs, kept where no call can change it.
    const uint8_t *const bytes = base;
    const uint8_t *const end = line_end;
    const uint32_t *next = index;
    traversion_json_member *member = members;
    traversion_json_member *limit = members + member_capacity;
    traversion_json_path *paths = tree.paths;
    const uint32_t mark = line_mark;
    uint32_t duplicates = 0;
    uint32_t parent = 0, previous = 0, path;
    size_t depth = 1;
    int32_t error;
    const uint8_t *place = bytes + *next++;
    if (*place != '{') return fail(traversion_json_not_an_object, place);

#define ADVANCE()                                                                     \
    do {                                                                              \
        place = bytes + *next;                                                        \
        if (place >= end) return fail(traversion_json_truncated, end);                \
        ++next;                                                                       \
    } while (0)

    ADVANCE();
    if (*place == '}') goto end_of_line;
key:
    if (*place != '"') return fail(traversion_json_expected_key, place);
    if (limit - member < 2) {
        member_count = size_t(member - members);
        if (!make_room()) return fail(traversion_json_out_of_memory, place);
        member = members + member_count;
        limit = members + member_capacity;
    }
    path = previous ? paths[previous].next : paths[parent].first_child;
    if (path == 0 || !is_at(paths[path], place + 1, end)) {
        index = next;
        if ((error = read_string(place, member->key, member->key_length))) return error;
        path = tree.child(parent, previous, member->key, member->key_length);
        if (path == 0) return fail(traversion_json_out_of_memory, place);
        paths = tree.paths;
    }
    member->path = previous = path;
    member->key = paths[path].key;
    member->key_length = paths[path].key_length;
    duplicates |= paths[path].line == mark;
    paths[path].line = mark;
    ADVANCE();
    if (*place != ':') return fail(traversion_json_expected_colon, place);
    ADVANCE();
    switch (*place) {
    case '"': {
        member->kind = traversion_json_string;
        const uint8_t *closing = bytes + *next - 1;
        if (*closing == '"' && closing > place && closing < backslash) {
            member->text = place + 1;
            member->text_length = uint32_t(closing - place - 1);
            break;
        }
        index = next;
        if ((error = read_string(place, member->text, member->text_length))) return error;
        break;
    }
    case '{':
        if (++depth > TRAVERSION_JSON_DEPTH) return fail(traversion_json_too_deep, place);
        ADVANCE();
        if (*place != '}') {
            member->kind = traversion_json_object_start;
            ++member;
            parent = path;
            previous = 0;
            goto key;
        }
        --depth;
        member->kind = traversion_json_empty_object;
        break;
    case '[':
        index = next;
        if ((error = read_array(place, depth, *member))) return error;
        next = index;
        break;
    default:
        if ((error = read_scalar(place, *member))) return error;
    }
    ++member;
after_value:
    ADVANCE();
    if (*place == ',') {
        ADVANCE();
        goto key;
    }
    if (*place != '}') return fail(traversion_json_expected_comma_or_brace, place);
    if (--depth > 0) {
        if (member == limit) {
            member_count = size_t(member - members);
            if (!make_room()) return fail(traversion_json_out_of_memory, place);
            member = members + member_count;
            limit = members + member_capacity;
        }
        (member++)->kind = traversion_json_object_end;
        previous = parent;
        parent = paths[parent].parent;
        goto after_value;
    }
end_of_line:
#undef ADVANCE
    index = next;
    member_count = size_t(member - members);
    has_duplicates = duplicates;
    place = bytes + *next;
    return place < end ? fail(traversion_json_trailing_content, place) : int32_t(traversion_json_fine);
}

traversion_json_parser *traversion_json_create(void) {
    auto *parser = static_cast<traversion_json_parser *>(std::calloc(1, sizeof(traversion_json_parser)));
    if (!parser) return nullptr;
    new (&parser->indexer) std::unique_ptr<simdjson::internal::dom_parser_implementation>();
    const auto error = simdjson::get_active_implementation()->create_dom_parser_implementation(
        size_t(1) << 20, simdjson::DEFAULT_MAX_DEPTH, parser->indexer);
    if (error == simdjson::SUCCESS && parser->tree.begin()) return parser;
    traversion_json_destroy(parser);
    return nullptr;
}

void traversion_json_destroy(traversion_json_parser *parser) {
    if (!parser) return;
    parser->indexer.~unique_ptr();
    parser->tree.release();
    std::free(parser->members);
    std::free(parser->text);
    std::free(parser);
}

int32_t traversion_json_begin(traversion_json_parser *parser, const uint8_t *batch, size_t byte_count) {
    parser->batch = parser->line = parser->backslash = batch;
    parser->batch_end = batch + byte_count;
    parser->line_index = 0;
    // Sources that name their keys after ids must not make the memory grow for ever.
    if (parser->tree.count > path_limit) {
        if (!parser->tree.begin()) return 0;
        parser->line_mark = 0;
    }
    if (byte_count > parser->text_capacity) {
        std::free(parser->text);
        parser->text = static_cast<uint8_t *>(std::malloc(byte_count));
        parser->text_capacity = parser->text ? byte_count : 0;
        if (!parser->text) return 0;
    }
    const int32_t error = byte_count == 0 ? int32_t(simdjson::EMPTY) : parser->index_bytes(batch, byte_count);
    parser->is_indexed = error == simdjson::SUCCESS;
    return error != simdjson::MEMALLOC;
}

int32_t traversion_json_next(traversion_json_parser *parser, traversion_json_document *document) {
    while (parser->line < parser->batch_end) {
        const uint8_t *line = parser->line;
        const size_t line_index = parser->line_index++;
        const void *found = std::memchr(line, '\n', size_t(parser->batch_end - line));
        const uint8_t *line_end = found ? static_cast<const uint8_t *>(found) : parser->batch_end;
        parser->line = line_end + (line_end < parser->batch_end);
        parser->line_end = line_end;

        int32_t error = traversion_json_fine;
        if (!parser->is_indexed) {
            const int32_t indexed = line == line_end ? int32_t(simdjson::EMPTY)
                                                     : parser->index_bytes(line, size_t(line_end - line));
            if (indexed == simdjson::EMPTY) continue;
            if (indexed == simdjson::MEMALLOC) {
                error = parser->fail(traversion_json_out_of_memory, line);
            } else if (indexed != simdjson::SUCCESS) {
                const uint8_t *place = line;
                error = locate_fault(line, line_end, &place);
                parser->fail(error, place);
            }
        } else if (parser->base + *parser->index >= line_end) {
            continue;
        }
        if (!error) error = parser->read_line();
        if (error && parser->is_indexed) {
            while (parser->base + *parser->index < line_end) ++parser->index;
        }
        document->members = parser->members;
        document->member_count = error ? 0 : parser->member_count;
        document->paths = parser->tree.paths;
        document->path_count = parser->tree.count;
        document->paths_id = parser->tree.id;
        document->has_duplicates = parser->has_duplicates;
        document->line_index = line_index;
        document->line_offset = size_t(line - parser->batch);
        document->error = error;
        document->error_offset = error ? size_t(parser->fault_place - parser->batch) : 0;
        return 1;
    }
    return 0;
}

size_t traversion_json_line_count(const traversion_json_parser *parser) { return parser->line_index; }
