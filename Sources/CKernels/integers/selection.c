#include "kernels.h"

#include <stdatomic.h>

static _Atomic(const struct kernels *) selected = &portable_kernels;

static int machine_level(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq")
        && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("bmi2"))
        return 2;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) return 1;
#endif
    return 0;
}

static const struct kernels *kernels(void) { return atomic_load_explicit(&selected, memory_order_relaxed); }

int traversion_kernel_level(void) {
#if defined(__x86_64__)
    if (kernels() == &avx512_kernels) return 2;
    if (kernels() == &avx2_kernels) return 1;
#endif
    return 0;
}

int traversion_set_kernel_level(int level) {
    int highest = machine_level();
    const struct kernels *chosen = &portable_kernels;
    if (level > highest) level = highest;
#if defined(__x86_64__)
    if (level == 1) chosen = &avx2_kernels;
    if (level == 2) chosen = &avx512_kernels;
#endif
    atomic_store_explicit(&selected, chosen, memory_order_relaxed);
    return traversion_kernel_level();
}

__attribute__((constructor)) static void select_kernels(void) { traversion_set_kernel_level(2); }

void traversion_pack(const uint64_t *values, size_t count, unsigned width, uint64_t base, uint8_t *packed) {
    kernels()->pack(values, count, width, base, packed);
}

void traversion_unpack(const uint8_t *packed, size_t count, unsigned width, uint64_t base, uint64_t *values) {
    kernels()->unpack(packed, count, width, base, values);
}

void traversion_unpack32(const uint8_t *packed, size_t count, unsigned width, uint32_t base, uint32_t *values) {
    kernels()->unpack32(packed, count, width, base, values);
}

void traversion_unpack_sums(
    const uint8_t *packed, size_t count, unsigned width, uint64_t base, uint64_t first, uint64_t *values) {
    kernels()->unpack_sums(packed, count, width, base, first, values);
}

bool traversion_unpack_entries(
    const uint8_t *packed, size_t count, unsigned width, uint32_t base, const uint64_t *entries, size_t entryCount,
    uint64_t *values) {
    return kernels()->unpack_entries(packed, count, width, base, entries, entryCount, values);
}

void traversion_scale_unpack(
    const uint8_t *packed, size_t count, unsigned width, uint64_t base, uint64_t factor, uint64_t *values) {
    kernels()->scale_unpack(packed, count, width, base, factor, values);
}

void traversion_scale(uint64_t *values, size_t count, uint64_t factor, uint64_t addend) {
    kernels()->scale(values, count, factor, addend);
}

void traversion_match_packed(
    const uint8_t *packed, size_t count, unsigned width, const uint64_t *starts, const uint64_t *spans,
    size_t arcCount, uint64_t *bitmap) {
    kernels()->match_packed(packed, count, width, starts, spans, arcCount, bitmap);
}

void traversion_match_values(
    const uint64_t *values, size_t count, const uint64_t *starts, const uint64_t *spans, size_t arcCount,
    uint64_t *bitmap) {
    kernels()->match_values(values, count, starts, spans, arcCount, bitmap);
}

void traversion_match_sums(
    const uint8_t *packed, size_t count, unsigned width, uint64_t base, uint64_t first, uint64_t factor,
    uint64_t addend, const uint64_t *starts, const uint64_t *spans, size_t arcCount, uint64_t *bitmap) {
    kernels()->match_sums(packed, count, width, base, first, factor, addend, starts, spans, arcCount, bitmap);
}

bool traversion_match_table(
    const uint8_t *packed, size_t count, unsigned width, uint32_t base, const uint64_t *table, size_t entryCount,
    uint64_t *bitmap) {
    return kernels()->match_table(packed, count, width, base, table, entryCount, bitmap);
}

void traversion_sums(uint64_t *values, size_t count, uint64_t first) {
    for (size_t index = 0; index < count; index++) values[index] = first += values[index];
}

bool traversion_add_steps(
    uint64_t *values, size_t count, const uint64_t *positions, const uint64_t *steps, size_t stepCount, uint64_t base,
    uint64_t factor) {
    uint64_t sum = 0;
    size_t index = stepCount > 0 ? positions[0] : 0;
    for (size_t step = 0; step < stepCount; step++) {
        uint64_t end = step + 1 < stepCount ? positions[step + 1] : count;
        if (positions[step] >= end || end > count) return false;
        sum += (steps[step] - base) * factor;
        for (; index < end; index++) values[index] += sum;
    }
    return true;
}

void traversion_differences(const uint64_t *values, size_t count, uint64_t *differences) {
    kernels()->differences(values, count, differences);
}

bool traversion_entries(uint64_t *codes, size_t count, const uint64_t *entries, size_t entryCount) {
    return kernels()->entries(codes, count, entries, entryCount);
}

bool traversion_expand_runs(
    const uint64_t *values, const uint64_t *lengths, size_t runCount, uint64_t *output, size_t count) {
    return kernels()->expand_runs(values, lengths, runCount, output, count);
}

size_t traversion_find_runs(const uint64_t *values, size_t count, uint64_t *runValues, uint64_t *runLengths) {
    size_t runCount = 0;
    for (size_t start = 0, end; start < count; start = end) {
        for (end = start + 1; end < count && values[end] == values[start];) end++;
        if (runValues) {
            runValues[runCount] = values[start];
            runLengths[runCount] = end - start;
        }
        runCount++;
    }
    return runCount;
}

void traversion_merge_planes(
    const uint8_t *const *planes, unsigned planeCount, size_t count, uint64_t base, uint64_t *values) {
    kernels()->merge_planes(planes, planeCount, count, base, values);
}

void traversion_split_planes(
    const uint64_t *values, size_t count, uint64_t base, uint8_t *const *planes, unsigned planeCount) {
    kernels()->split_planes(values, count, base, planes, planeCount);
}

traversion_statistics traversion_collect_statistics(const uint64_t *values, size_t count) {
    return kernels()->collect_statistics(values, count);
}

void traversion_width_histogram(const uint64_t *values, size_t count, uint64_t base, uint32_t *histogram) {
    kernels()->width_histogram(values, count, base, histogram);
}
