/// The functions of one instruction set as a table. KERNELS is its name.
const struct kernels KERNELS = {
    .pack = pack,
    .unpack = unpack,
    .unpack32 = unpack32,
    .unpack_sums = unpack_sums,
    .unpack_entries = unpack_entries,
    .match_packed = match_packed,
    .match_values = match_values,
    .match_table = match_table,
    .differences = differences,
    .entries = entries,
    .expand_runs = expand_runs,
    .merge_planes = merge_planes,
    .split_planes = split_planes,
    .collect_statistics = collect_statistics,
    .width_histogram = width_histogram,
};
