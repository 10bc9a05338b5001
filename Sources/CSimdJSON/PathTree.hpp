// The paths that lines were seen to have, as a tree of keys.
#ifndef TRAVERSION_PATHTREE_HPP
#define TRAVERSION_PATHTREE_HPP

#include "include/CSimdJSON.h"

#include <cstring>

namespace traversion {

/// Whether a path's key and a quote stand at `text`, behind which a line's padding follows.
inline bool is_at(const traversion_json_path &path, const uint8_t *text, const uint8_t *line_end) {
    uint64_t words[2];
    std::memcpy(words, text, 16);
    if (((words[0] ^ path.head[0]) & path.mask[0]) | ((words[1] ^ path.head[1]) & path.mask[1])) return false;
    if (path.key_length < 16) return true;
    return size_t(line_end - text) > path.key_length && text[path.key_length] == '"'
        && std::memcmp(text, path.key, path.key_length) == 0;
}

/// Events of one kind list their keys in one order, so each path remembers which key came behind it last time: that one
/// is compared with the line's bytes first, and only when it is another is the key read and looked up by its hash.
struct path_tree {
    traversion_json_path *paths;
    uint32_t count;
    uint32_t capacity;
    /// Paths by hash, 0 where there is none; a power of two of them, of which at most half are taken.
    uint32_t *slots;
    uint32_t slot_count;
    /// Another one for each tree of the process.
    uint64_t id;

    /// Begins with no path but the event's own. False: no memory.
    bool begin();
    void release();

    /// Finds or makes the path of a key and expects it there next time. 0: no memory.
    uint32_t child(uint32_t parent, uint32_t previous, const uint8_t *key, uint32_t key_length);

private:
    uint32_t make(uint32_t parent, const uint8_t *key, uint32_t key_length, uint32_t hash);
    bool grow_slots();
};

}  // namespace traversion

#endif
