#include "Scalars.hpp"

#include <cstring>

namespace traversion {

bool read_number(const uint8_t *text, const uint8_t *limit, traversion_json_member &member) {
    const uint8_t *cursor = text;
    const bool negative = *cursor == '-';
    cursor += negative;
    const uint8_t *digits = cursor;
    uint64_t magnitude = 0;
    while (cursor < limit && is_digit(*cursor)) magnitude = magnitude * 10 + uint64_t(*cursor++ - '0');
    const size_t digit_count = size_t(cursor - digits);
    if (digit_count == 0 || (digit_count > 1 && *digits == '0')) return false;

    bool whole = true;
    if (cursor < limit && *cursor == '.') {
        whole = false;
        const uint8_t *fraction = ++cursor;
        while (cursor < limit && is_digit(*cursor)) ++cursor;
        if (cursor == fraction) return false;
    }
    if (cursor < limit && (*cursor == 'e' || *cursor == 'E')) {
        whole = false;
        ++cursor;
        if (cursor < limit && (*cursor == '+' || *cursor == '-')) ++cursor;
        const uint8_t *exponent = cursor;
        while (cursor < limit && is_digit(*cursor)) ++cursor;
        if (cursor == exponent) return false;
    }
    if (cursor < limit && !ends_scalar(*cursor)) return false;

    member.text = text;
    member.text_length = uint32_t(cursor - text);
    member.kind = traversion_json_number;
    // 19 digits cannot pass 2^64; 20 digits that did would have wrapped to less than the smallest such number,
    // or begin with a digit above 1.
    if (!whole || digit_count > 20) return true;
    if (digit_count == 20 && (*digits != '1' || magnitude < 10000000000000000000u)) return true;
    const uint64_t signed_limit = uint64_t(1) << 63;
    if (negative) {
        if (magnitude == 0 || magnitude > signed_limit) return true;
        member.kind = traversion_json_int64;
        member.integer = int64_t(0 - magnitude);
    } else {
        member.kind = magnitude < signed_limit ? traversion_json_int64 : traversion_json_uint64;
        member.integer = int64_t(magnitude);
    }
    return true;
}

static int hex_value(uint8_t byte) {
    if (is_digit(byte)) return byte - '0';
    const uint8_t lower = byte | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// The four hex digits at `text`, or -1.
static int32_t hex_quad(const uint8_t *text, const uint8_t *end) {
    if (end - text < 4) return -1;
    int32_t value = 0;
    for (int index = 0; index < 4; ++index) {
        const int digit = hex_value(text[index]);
        if (digit < 0) return -1;
        value = value << 4 | digit;
    }
    return value;
}

/// Reads the escape at `cursor`, which stands on the backslash, and moves behind it. Returns its code point, or minus
/// an error.
static int32_t read_escape(const uint8_t *&cursor, const uint8_t *end) {
    if (end - cursor < 2) return -traversion_json_bad_escape;
    const uint8_t letter = cursor[1];
    if (letter != 'u') {
        cursor += 2;
        switch (letter) {
        case '"': case '\\': case '/': return letter;
        case 'b': return '\b';
        case 'f': return '\f';
        case 'n': return '\n';
        case 'r': return '\r';
        case 't': return '\t';
        default: cursor -= 2; return -traversion_json_bad_escape;
        }
    }
    const int32_t unit = hex_quad(cursor + 2, end);
    if (unit < 0) return -traversion_json_bad_escape;
    if ((unit & 0xF800) != 0xD800) {
        cursor += 6;
        return unit;
    }
    if (unit >= 0xDC00 || end - cursor < 12 || cursor[6] != '\\' || cursor[7] != 'u') {
        return -traversion_json_lone_surrogate;
    }
    const int32_t low = hex_quad(cursor + 8, end);
    if ((low & 0xFC00) != 0xDC00 || low < 0) return -traversion_json_lone_surrogate;
    cursor += 12;
    return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
}

static uint8_t *write_utf8(int32_t point, uint8_t *output) {
    if (point < 0x80) {
        *output++ = uint8_t(point);
    } else if (point < 0x800) {
        *output++ = uint8_t(0xC0 | point >> 6);
        *output++ = uint8_t(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        *output++ = uint8_t(0xE0 | point >> 12);
        *output++ = uint8_t(0x80 | (point >> 6 & 0x3F));
        *output++ = uint8_t(0x80 | (point & 0x3F));
    } else {
        *output++ = uint8_t(0xF0 | point >> 18);
        *output++ = uint8_t(0x80 | (point >> 12 & 0x3F));
        *output++ = uint8_t(0x80 | (point >> 6 & 0x3F));
        *output++ = uint8_t(0x80 | (point & 0x3F));
    }
    return output;
}

static uint8_t *write_shortest(int32_t point, uint8_t *output) {
    static const char letters[] = "btn?fr";  // 8 ... 13; 11 has no letter
    static const char hex[] = "0123456789abcdef";
    if (point == '"' || point == '\\') {
        *output++ = '\\';
        *output++ = uint8_t(point);
    } else if (point >= 0x20) {
        output = write_utf8(point, output);
    } else if (point >= 8 && point <= 13 && point != 11) {
        *output++ = '\\';
        *output++ = uint8_t(letters[point - 8]);
    } else {
        std::memcpy(output, "\\u00", 4);
        output[4] = uint8_t(hex[point >> 4]);
        output[5] = uint8_t(hex[point & 15]);
        output += 6;
    }
    return output;
}

template <uint8_t *(*write)(int32_t, uint8_t *)>
static unescaped rewrite(const uint8_t *text, const uint8_t *end, uint8_t *output) {
    while (text < end) {
        const void *found = std::memchr(text, '\\', size_t(end - text));
        const uint8_t *stop = found ? static_cast<const uint8_t *>(found) : end;
        std::memcpy(output, text, size_t(stop - text));
        output += stop - text;
        text = stop;
        if (!found) break;
        const int32_t point = read_escape(text, end);
        if (point < 0) return {output, -point, text};
        output = write(point, output);
    }
    return {output, traversion_json_fine, text};
}

unescaped unescape(const uint8_t *text, const uint8_t *end, uint8_t *output) {
    return rewrite<write_utf8>(text, end, output);
}

unescaped normalize_escapes(const uint8_t *text, const uint8_t *end, uint8_t *output) {
    return rewrite<write_shortest>(text, end, output);
}

/// The length of the UTF-8 sequence at `text`, 0 when it is broken.
static size_t utf8_length(const uint8_t *text, const uint8_t *end) {
    const uint8_t first = text[0];
    if (first < 0x80) return 1;
    const size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || size_t(end - text) < length) return 0;
    for (size_t index = 1; index < length; ++index) {
        if ((text[index] & 0xC0) != 0x80) return 0;
    }
    // Overlong forms, surrogates and points above U+10FFFF show in the second byte.
    if (first == 0xE0 && text[1] < 0xA0) return 0;
    if (first == 0xED && text[1] > 0x9F) return 0;
    if (first == 0xF0 && text[1] < 0x90) return 0;
    if (first == 0xF4 && text[1] > 0x8F) return 0;
    return length;
}

int32_t locate_fault(const uint8_t *line, const uint8_t *end, const uint8_t **place) {
    const uint8_t *opening = nullptr;
    for (const uint8_t *cursor = line; cursor < end;) {
        const size_t length = utf8_length(cursor, end);
        *place = cursor;
        if (length == 0) return traversion_json_bad_utf8;
        if (opening && *cursor < 0x20) return traversion_json_control_character;
        // A backslash hides the byte behind it, inside a string and outside.
        if (*cursor == '\\' && cursor + 1 < end && cursor[1] < 0x80 && cursor[1] >= 0x20) {
            cursor += 2;
            continue;
        }
        if (*cursor == '"') opening = opening ? nullptr : cursor;
        cursor += length;
    }
    *place = opening ? opening : line;
    return opening ? traversion_json_unclosed_string : traversion_json_expected_value;
}

}  // namespace traversion

size_t traversion_first_line_feed(const uint8_t *bytes, size_t byte_count) {
    const void *found = std::memchr(bytes, '\n', byte_count);
    return found ? size_t(static_cast<const uint8_t *>(found) - bytes) : byte_count;
}

size_t traversion_last_line_feed(const uint8_t *bytes, size_t byte_count) {
    const void *found = memrchr(bytes, '\n', byte_count);
    return found ? size_t(static_cast<const uint8_t *>(found) - bytes) : byte_count;
}
