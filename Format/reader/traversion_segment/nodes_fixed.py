"""Fixed nodes: ids of 8 or 16 bytes (section 5.4)."""

from . import limits
from .buffers import read_buffer
from .nodes_common import begin, check_below, check_rows_known, derived, grouped
from .nodes_integer import read_integers


def read_fixed(reader, count: int, context, width: int, depth: int = 0, rows=None) -> list[bytes]:
    start = reader.place
    read = begin(reader, count, depth, READERS, "a fixed", 0x60)
    context.budget.charge(width * count, start)
    return read(reader, count, context, width, depth, rows)


def raw(reader, count, context, width, depth, rows):
    data = read_buffer(reader, count * width, context)
    return [data[start : start + width] for start in range(0, count * width, width)]


def shared_dictionary(reader, count, context, width, depth, rows):
    start = reader.place
    entries = context.fixed_dictionary(reader.varint(), start)
    codes = read_integers(reader, count, context, depth + 1, rows if depth == 0 else None)
    check_below(codes, len(entries), start, "code")
    if depth == 0:
        context.root_codes = codes
    return [entries[code] for code in codes]


def equal(reader, count, context, width, depth, rows):
    start = reader.place
    check_rows_known(rows, start)
    source = context.fixed_source(reader.varint_in(0, limits.COLUMNS, "source"), width, start)

    def read_rest(reader, count, context, depth):
        return read_fixed(reader, count, context, width, depth)

    return derived(reader, count, depth, context, rows, source, read_rest)


def grouped_ids(reader, count, context, width, depth, rows):
    return grouped(
        reader, count, context, rows, lambda ordered: read_fixed(reader, count, context, width, depth + 1, ordered)
    )


READERS = {0x60: raw, 0x61: shared_dictionary, 0x62: equal, 0x63: grouped_ids}
