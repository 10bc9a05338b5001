/// The kernels of one instruction set.
#ifndef TRAVERSION_KERNELS_H
#define TRAVERSION_KERNELS_H

#include "CKernels.h"

struct kernels {
    void (*pack)(const uint64_t *, size_t, unsigned, uint64_t, uint8_t *);
    void (*unpack)(const uint8_t *, size_t, unsigned, uint64_t, uint64_t *);
    void (*unpack32)(const uint8_t *, size_t, unsigned, uint32_t, uint32_t *);
    void (*unpack_sums)(const uint8_t *, size_t, unsigned, uint64_t, uint64_t, uint64_t *);
    void (*scale_unpack)(const uint8_t *, size_t, unsigned, uint64_t, uint64_t, uint64_t *);
    void (*scale)(uint64_t *, size_t, uint64_t, uint64_t);
    bool (*unpack_entries)(const uint8_t *, size_t, unsigned, uint32_t, const uint64_t *, size_t, uint64_t *);
    void (*match_packed)(
        const uint8_t *, size_t, unsigned, const uint64_t *, const uint64_t *, size_t, uint64_t *);
    void (*match_values)(const uint64_t *, size_t, const uint64_t *, const uint64_t *, size_t, uint64_t *);
    void (*match_sums)(
        const uint8_t *, size_t, unsigned, uint64_t, uint64_t, uint64_t, uint64_t, const uint64_t *, const uint64_t *,
        size_t, uint64_t *);
    bool (*match_table)(const uint8_t *, size_t, unsigned, uint32_t, const uint64_t *, size_t, uint64_t *);
    void (*differences)(const uint64_t *, size_t, uint64_t *);
    bool (*entries)(uint64_t *, size_t, const uint64_t *, size_t);
    bool (*expand_runs)(const uint64_t *, const uint64_t *, size_t, uint64_t *, size_t);
    void (*merge_planes)(const uint8_t *const *, unsigned, size_t, uint64_t, uint64_t *);
    void (*split_planes)(const uint64_t *, size_t, uint64_t, uint8_t *const *, unsigned);
    traversion_statistics (*collect_statistics)(const uint64_t *, size_t);
    void (*width_histogram)(const uint64_t *, size_t, uint64_t, uint32_t *);
};

extern const struct kernels portable_kernels;
#if defined(__x86_64__)
extern const struct kernels avx2_kernels;
extern const struct kernels avx512_kernels;
#endif

#endif
