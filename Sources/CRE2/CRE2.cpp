#include "CRE2.h"

#include <re2/re2.h>

#include <cstdio>
#include <new>

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
