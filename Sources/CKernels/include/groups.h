/// Where values stand that are put together by the group of their row.
#ifndef TRAVERSION_GROUPS_H
#define TRAVERSION_GROUPS_H

#include <stddef.h>
#include <stdint.h>

/// How many of the rows that `rows` has (a bit for each of `count` rows; null: all) are in a group below `group`, or in
/// it and before `row`.
size_t traversion_group_place(
    const uint32_t *groups, const uint64_t *rows, size_t count, uint32_t group, size_t row);

/// The same for each of some wanted rows, which ascend and are below `count`, and their groups. `starts` has a 0 for
/// each group.
void traversion_group_places(
    const uint32_t *groups, const uint64_t *rows, size_t count, const uint32_t *wanted, size_t wantedCount,
    uint32_t *starts, size_t groupCount, uint32_t *places);

#endif
