#include "groups.h"

#include <stdbool.h>
#include <string.h>

#include "dispatch.h"

typedef uint32_t group_vector __attribute__((vector_size(64)));
typedef bool group_bits __attribute__((ext_vector_type(16)));

TRAVERSION_DISPATCH
size_t traversion_group_place(
    const uint32_t *groups, const uint64_t *rows, size_t count, uint32_t group, size_t row) {
    size_t found = 0, start = 0;
    for (; start + 64 <= count; start += 64) {
        uint64_t bits = 0;
        // Those before the row may be in its group.
        uint64_t before = start + 64 <= row ? ~(uint64_t)0 : start >= row ? 0 : ((uint64_t)1 << (row - start)) - 1;
        for (size_t part = 0; part < 4; part++) {
            group_vector values;
            memcpy(&values, groups + start + 16 * part, sizeof values);
            group_bits below = __builtin_convertvector(values < group, group_bits);
            group_bits equal = __builtin_convertvector(values == group, group_bits);
            uint16_t belowBits, equalBits;
            memcpy(&belowBits, &below, sizeof belowBits);
            memcpy(&equalBits, &equal, sizeof equalBits);
            bits |= ((uint64_t)belowBits | ((uint64_t)equalBits & before >> (16 * part))) << (16 * part);
        }
        found += (size_t)__builtin_popcountll(rows == NULL ? bits : bits & rows[start / 64]);
    }
    for (; start < count; start++) {
        bool isCounted = groups[start] < group || (groups[start] == group && start < row);
        found += isCounted && (rows == NULL || (rows[start / 64] >> start % 64 & 1) == 1);
    }
    return found;
}

void traversion_group_places(
    const uint32_t *groups, const uint64_t *rows, size_t count, const uint32_t *wanted, size_t wantedCount,
    uint32_t *starts, size_t groupCount, uint32_t *places) {
    size_t next = 0;
    for (size_t start = 0; start < count; start += 64) {
        size_t length = count - start < 64 ? count - start : 64;
        uint64_t rest = ~(uint64_t)0 >> (64 - length);
        if (rows != NULL) rest &= rows[start / 64];
        for (; rest != 0; rest &= rest - 1) {
            size_t row = start + (size_t)__builtin_ctzll(rest);
            while (next < wantedCount && wanted[next] <= row) {
                places[next] = starts[groups[wanted[next]]];
                next++;
            }
            starts[groups[row]]++;
        }
    }
    for (; next < wantedCount; next++) places[next] = starts[groups[wanted[next]]];
    uint32_t sum = 0;
    for (size_t group = 0; group < groupCount; group++) {
        uint32_t length = starts[group];
        starts[group] = sum;
        sum += length;
    }
    for (size_t index = 0; index < wantedCount; index++) places[index] += starts[groups[wanted[index]]];
}
