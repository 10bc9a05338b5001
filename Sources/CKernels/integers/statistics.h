/// One pass over values for those who choose an encoding. Included once for each instruction set, after packing.h.

static traversion_statistics collect_statistics(const uint64_t *values, size_t count) {
    uint64_t first = values[0];
    traversion_statistics found = {first, first, (int64_t)first, (int64_t)first, INT64_MAX, INT64_MIN, 1};
    size_t index = 1;
    vector unsignedMin = first - (vector){0}, unsignedMax = unsignedMin;
    signed_vector signedMin = (signed_vector)unsignedMin, signedMax = signedMin;
    signed_vector differenceMin = INT64_MAX - (signed_vector){0}, differenceMax = INT64_MIN - (signed_vector){0};
    signed_vector changes = {0};
    for (; index + 8 <= count; index += 8) {
        vector here = load(values + index);
        signed_vector difference = (signed_vector)(here - load(values + index - 1));
        unsignedMin = __builtin_elementwise_min(unsignedMin, here);
        unsignedMax = __builtin_elementwise_max(unsignedMax, here);
        signedMin = __builtin_elementwise_min(signedMin, (signed_vector)here);
        signedMax = __builtin_elementwise_max(signedMax, (signed_vector)here);
        differenceMin = __builtin_elementwise_min(differenceMin, difference);
        differenceMax = __builtin_elementwise_max(differenceMax, difference);
        changes -= difference != (signed_vector){0};
    }
    for (unsigned lane = 0; lane < 8; lane++) {
        if (unsignedMin[lane] < found.unsignedMin) found.unsignedMin = unsignedMin[lane];
        if (unsignedMax[lane] > found.unsignedMax) found.unsignedMax = unsignedMax[lane];
        if (signedMin[lane] < found.signedMin) found.signedMin = signedMin[lane];
        if (signedMax[lane] > found.signedMax) found.signedMax = signedMax[lane];
        if (differenceMin[lane] < found.differenceMin) found.differenceMin = differenceMin[lane];
        if (differenceMax[lane] > found.differenceMax) found.differenceMax = differenceMax[lane];
        found.runCount += (size_t)changes[lane];
    }
    for (; index < count; index++) {
        uint64_t here = values[index];
        int64_t difference = (int64_t)(here - values[index - 1]);
        if (here < found.unsignedMin) found.unsignedMin = here;
        if (here > found.unsignedMax) found.unsignedMax = here;
        if ((int64_t)here < found.signedMin) found.signedMin = (int64_t)here;
        if ((int64_t)here > found.signedMax) found.signedMax = (int64_t)here;
        if (difference < found.differenceMin) found.differenceMin = difference;
        if (difference > found.differenceMax) found.differenceMax = difference;
        found.runCount += difference != 0;
    }
    if (count == 1) found.differenceMin = found.differenceMax = 0;
    return found;
}

static void width_histogram(const uint64_t *values, size_t count, uint64_t base, uint32_t *histogram) {
    // Four tables, so that equal widths in a row do not wait for each other.
    uint32_t tables[4][65] = {{0}};
    size_t index = 0;
#define WIDTH(value) ((value) ? 64 - __builtin_clzll(value) : 0)
    for (; index + 4 <= count; index += 4)
        for (unsigned table = 0; table < 4; table++) {
            uint64_t value = values[index + table] - base;
            tables[table][WIDTH(value)]++;
        }
    for (; index < count; index++) {
        uint64_t value = values[index] - base;
        tables[0][WIDTH(value)]++;
    }
#undef WIDTH
    for (unsigned width = 0; width <= 64; width++)
        histogram[width] = tables[0][width] + tables[1][width] + tables[2][width] + tables[3][width];
}
