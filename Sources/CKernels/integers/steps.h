/// Steps of decoders and encoders. Included once for each instruction set, after packing.h.

static void differences(const uint64_t *values, size_t count, uint64_t *differences) {
    for (size_t index = 1; index < count; index++) differences[index - 1] = values[index] - values[index - 1];
}

static bool entries(uint64_t *codes, size_t count, const uint64_t *entries, size_t entryCount) {
    uint64_t wrong = 0;
    for (size_t index = 0; index < count; index++) wrong |= codes[index] >= entryCount;
    if (wrong) return false;
    for (size_t index = 0; index < count; index++) codes[index] = entries[codes[index]];
    return true;
}

static bool expand_runs(
    const uint64_t *values, const uint64_t *lengths, size_t runCount, uint64_t *output, size_t count) {
    size_t position = 0;
    for (size_t run = 0; run < runCount; run++) {
        size_t length = lengths[run];
        if (length - 1 >= count - position) return false;
        uint64_t *target = output + position;
        position += length;
        if (count - position >= 8) {
            // Writes over the run's end; the next run corrects that.
            vector value = values[run] - (vector){0};
            for (size_t done = 0; done < length; done += 8) store(target + done, value);
        } else {
            for (size_t done = 0; done < length; done++) target[done] = values[run];
        }
    }
    return position == count;
}

INLINE void merge_some_planes(
    const uint8_t *const *planes, unsigned planeCount, size_t count, uint64_t base, uint64_t *values) {
    size_t index = 0;
    for (; index + 8 <= count; index += 8) {
        vector sum = base - (vector){0};
        for (unsigned plane = 0; plane < planeCount; plane++) {
            byte_vector bytes;
            memcpy(&bytes, planes[plane] + index, sizeof bytes);
            sum += __builtin_convertvector(bytes, vector) << (8 * plane);
        }
        store(values + index, sum);
    }
    for (; index < count; index++) {
        uint64_t sum = base;
        for (unsigned plane = 0; plane < planeCount; plane++) sum += (uint64_t)planes[plane][index] << (8 * plane);
        values[index] = sum;
    }
}

static void merge_planes(
    const uint8_t *const *planes, unsigned planeCount, size_t count, uint64_t base, uint64_t *values) {
    switch (planeCount) {
        case 1: merge_some_planes(planes, 1, count, base, values); break;
        case 2: merge_some_planes(planes, 2, count, base, values); break;
        case 3: merge_some_planes(planes, 3, count, base, values); break;
        case 4: merge_some_planes(planes, 4, count, base, values); break;
        case 5: merge_some_planes(planes, 5, count, base, values); break;
        case 6: merge_some_planes(planes, 6, count, base, values); break;
        case 7: merge_some_planes(planes, 7, count, base, values); break;
        default: merge_some_planes(planes, 8, count, base, values); break;
    }
}

static void split_planes(
    const uint64_t *values, size_t count, uint64_t base, uint8_t *const *planes, unsigned planeCount) {
    size_t index = 0;
    for (; index + 8 <= count; index += 8) {
        vector rest = load(values + index) - base;
        for (unsigned plane = 0; plane < planeCount; plane++, rest >>= 8) {
            byte_vector bytes = __builtin_convertvector(rest, byte_vector);
            memcpy(planes[plane] + index, &bytes, sizeof bytes);
        }
    }
    for (; index < count; index++) {
        uint64_t rest = values[index] - base;
        for (unsigned plane = 0; plane < planeCount; plane++, rest >>= 8) planes[plane][index] = (uint8_t)rest;
    }
}
