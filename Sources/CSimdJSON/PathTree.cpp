#include "PathTree.hpp"

#include <atomic>
#include <cstdlib>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace traversion {

static uint32_t varint_length(uint32_t value) {
    return value < 1u << 7 ? 1 : value < 1u << 14 ? 2 : value < 1u << 21 ? 3 : value < 1u << 28 ? 4 : 5;
}

bool path_tree::begin() {
    static std::atomic<uint64_t> next_id{1};
    release();
    capacity = 64;
    slot_count = 256;
    paths = static_cast<traversion_json_path *>(std::calloc(capacity, sizeof *paths));
    slots = static_cast<uint32_t *>(std::calloc(slot_count, sizeof *slots));
    count = 1;
    id = next_id++;
    return paths && slots;
}

void path_tree::release() {
    for (uint32_t path = 1; path < count; ++path) std::free(const_cast<uint8_t *>(paths[path].key));
    std::free(paths);
    std::free(slots);
    paths = nullptr;
    slots = nullptr;
    count = 0;
}

uint32_t path_tree::child(uint32_t parent, uint32_t previous, const uint8_t *key, uint32_t key_length) {
    const uint32_t hash = uint32_t(XXH3_64bits_withSeed(key, key_length, parent));
    uint32_t slot = hash & (slot_count - 1);
    uint32_t found = 0;
    while ((found = slots[slot])) {
        const traversion_json_path &known = paths[found];
        if (known.hash == hash && known.parent == parent && known.key_length == key_length
            && std::memcmp(known.key, key, key_length) == 0) {
            break;
        }
        slot = (slot + 1) & (slot_count - 1);
    }
    if (!found) {
        found = make(parent, key, key_length, hash);
        if (!found) return 0;
        slots[slot] = found;
        if (count > slot_count / 2 && !grow_slots()) return 0;
    }
    (previous ? paths[previous].next : paths[parent].first_child) = found;
    return found;
}

uint32_t path_tree::make(uint32_t parent, const uint8_t *key, uint32_t key_length, uint32_t hash) {
    if (count == capacity) {
        void *grown = std::realloc(paths, size_t(capacity) * 2 * sizeof *paths);
        if (!grown) return 0;
        paths = static_cast<traversion_json_path *>(grown);
        capacity *= 2;
    }
    auto *copy = static_cast<uint8_t *>(std::malloc(key_length ? key_length : 1));
    if (!copy) return 0;
    std::memcpy(copy, key, key_length);
    traversion_json_path &made = paths[count];
    std::memset(&made, 0, sizeof made);
    made.key = copy;
    made.key_length = key_length;
    made.parent = parent;
    made.depth = paths[parent].depth + 1;
    made.byte_count = paths[parent].byte_count + varint_length(key_length) + key_length;
    made.hash = hash;
    uint8_t head[16] = {0}, mask[16] = {0};
    const uint32_t head_length = key_length < 16 ? key_length : 16;
    std::memcpy(head, key, head_length);
    std::memset(mask, 0xFF, head_length);
    if (key_length < 16) {
        head[key_length] = '"';
        mask[key_length] = 0xFF;
    }
    // Such a key never stands in a line as it is, and no line has sixteen zeros.
    if (std::memchr(key, '\\', key_length) || std::memchr(key, '"', key_length)) {
        std::memset(head, 0, sizeof head);
        std::memset(mask, 0xFF, sizeof mask);
    }
    std::memcpy(made.head, head, 16);
    std::memcpy(made.mask, mask, 16);
    return count++;
}

bool path_tree::grow_slots() {
    auto *grown = static_cast<uint32_t *>(std::calloc(size_t(slot_count) * 2, sizeof *slots));
    if (!grown) return false;
    std::free(slots);
    slots = grown;
    slot_count *= 2;
    for (uint32_t path = 1; path < count; ++path) {
        uint32_t slot = paths[path].hash & (slot_count - 1);
        while (slots[slot]) slot = (slot + 1) & (slot_count - 1);
        slots[slot] = path;
    }
    return true;
}

}  // namespace traversion
