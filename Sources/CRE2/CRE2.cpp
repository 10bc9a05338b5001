#include "CRE2.h"

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <cstdio>
#include <cstring>
#include <new>
#include <string>
#include <vector>

struct traversion_expression_s {
    re2::RE2 expression;
};

traversion_regex *traversion_regex_create(const uint8_t *expression, size_t byte_count, char *reason,
                                          size_t reason_capacity) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    const re2::StringPiece text(reinterpret_cast<const char *>(expression), byte_count);
    traversion_regex *regex = new (std::nothrow) traversion_regex{re2::RE2(text, options)};
    if (regex != nullptr && regex->expression.ok()) return regex;
    std::snprintf(reason, reason_capacity, "%s", regex ? regex->expression.error().c_str() : "no memory");
    delete regex;
    return nullptr;
}

void traversion_regex_destroy(traversion_regex *regex) { delete regex; }

int32_t traversion_regex_matches(const traversion_regex *regex, const uint8_t *bytes, size_t byte_count) {
    const re2::StringPiece text(reinterpret_cast<const char *>(bytes), byte_count);
    return re2::RE2::PartialMatch(text, regex->expression) ? 1 : 0;
}

/// Letters beyond ASCII, and flags such as that for either case, give letters forms that are no ASCII.
static bool is_plain(const uint8_t *expression, size_t byte_count) {
    for (size_t place = 0; place < byte_count; place++) {
        if (expression[place] >= 0x80) return false;
        if (place + 1 == byte_count) break;
        if (expression[place] == '(' && expression[place + 1] == '?') return false;
        if (expression[place] == '\\' && std::strchr("xpPQ01234567", expression[place + 1]) != nullptr) return false;
    }
    return true;
}

size_t traversion_regex_required_text(const uint8_t *expression, size_t byte_count, uint8_t *text, size_t capacity) {
    if (!is_plain(expression, byte_count)) return 0;
    re2::RE2::Options options;
    options.set_log_errors(false);
    re2::FilteredRE2 filter(3);
    int id = 0;
    const re2::StringPiece pattern(reinterpret_cast<const char *>(expression), byte_count);
    if (filter.Add(pattern, options, &id) != re2::RE2::NoError) return 0;
    std::vector<std::string> atoms;
    filter.Compile(&atoms);
    const std::string *longest = nullptr;
    for (size_t number = 0; number < atoms.size(); number++) {
        if (atoms[number].size() > capacity || (longest != nullptr && atoms[number].size() <= longest->size())) continue;
        // A text is required when all others together do not let the expression match.
        std::vector<int> others, potential;
        for (size_t other = 0; other < atoms.size(); other++)
            if (other != number) others.push_back(static_cast<int>(other));
        filter.AllPotentials(others, &potential);
        if (potential.empty()) longest = &atoms[number];
    }
    if (longest == nullptr) return 0;
    std::memcpy(text, longest->data(), longest->size());
    return longest->size();
}
