"""Integer nodes (section 5.1). Values are unsigned integers of 64 bits."""

import struct

from . import limits
from .buffers import read_buffer
from .errors import CorruptSegment
from .nodes_common import begin, check_ascending, check_below, check_rows_known, derived, grouped
from .packed import packed_length, unpack
from .primitives import MASK

UINT64 = struct.Struct("<Q")


def read_integers(reader, count: int, context, depth: int = 0, rows=None) -> list[int]:
    """`rows`: the row of each value, when this is a place where a derived node may stand."""
    start = reader.place
    read = begin(reader, count, depth, READERS, "an integer", 0x01)
    context.budget.charge(8 * count, start)
    return read(reader, count, context, depth, rows)


def constant(reader, count, context, depth, rows):
    start = reader.place
    value = reader.zvarint()
    if count == 0 and value != 0:
        raise CorruptSegment(start, "the constant of no values must be 0")
    return [value] * count


def sequence(reader, count, context, depth, rows):
    first = reader.zvarint()
    step = reader.zvarint()
    return [(first + index * step) & MASK for index in range(count)]


def packed(reader, count, context, depth, rows):
    base = reader.zvarint()
    width = reader.u8_in(1, 64, "width")
    start = reader.place
    bits = unpack(read_buffer(reader, packed_length(count, width), context), count, width)
    if bits is None:
        raise CorruptSegment(start, "unused bits of a packed tail are not 0")
    return [(base + value) & MASK for value in bits]


def patched(reader, count, context, depth, rows):
    start = reader.place
    exception_count = reader.varint_in(1, count, "number of patches")
    positions = read_integers(reader, exception_count, context, depth + 1)
    check_ascending(positions, count, start, "positions of patches")
    values = read_integers(reader, exception_count, context, depth + 1)
    result = read_integers(reader, count, context, depth + 1)
    for position, value in zip(positions, values):
        result[position] = value
    return result


def delta(reader, count, context, depth, rows):
    return sums(reader.zvarint(), read_integers(reader, count - 1, context, depth + 1))


def sums(value: int, differences: list[int]) -> list[int]:
    result = [value]
    for difference in differences:
        value = (value + difference) & MASK
        result.append(value)
    return result


def anchored_delta(reader, count, context, depth, rows):
    start = reader.place
    first = reader.zvarint()
    shift = reader.u8_in(4, 16, "shift of anchors")
    if count <= 1 << shift:
        raise CorruptSegment(start, f"anchors at every {1 << shift}th of {count} values")
    anchors = read_integers(reader, (count - 1) >> shift, context, depth + 1)
    result = sums(first, read_integers(reader, count - 1, context, depth + 1))
    if result[1 << shift :: 1 << shift] != anchors:
        raise CorruptSegment(start, "an anchor is not the sum of the differences before it")
    return result


def runs(reader, count, context, depth, rows):
    start = reader.place
    run_count = reader.varint_in(1, count, "number of runs")
    values = read_integers(reader, run_count, context, depth + 1)
    lengths = read_integers(reader, run_count, context, depth + 1)
    if min(lengths) < 1 or sum(lengths) != count:
        raise CorruptSegment(start, "run lengths are not positive numbers whose sum is the number of values")
    result = []
    for value, length in zip(values, lengths):
        result += [value] * length
    return result


def dictionary(reader, count, context, depth, rows):
    start = reader.place
    entry_count = reader.varint_in(1, count, "number of entries")
    entries = read_integers(reader, entry_count, context, depth + 1)
    codes = read_integers(reader, count, context, depth + 1)
    check_below(codes, entry_count, start, "code")
    return [entries[code] for code in codes]


def planes(reader, count, context, depth, rows):
    base = reader.zvarint()
    plane_count = reader.u8_in(1, 8, "number of planes")
    joined = bytearray(8 * count)
    for plane in range(plane_count):
        joined[plane::8] = read_buffer(reader, count, context)
    return [(base + value[0]) & MASK for value in UINT64.iter_unpack(joined)]


def split(reader, count, context, depth, rows):
    divisor = reader.varint_in(2, MASK, "divisor")
    quotients = read_integers(reader, count, context, depth + 1)
    remainders = read_integers(reader, count, context, depth + 1)
    return [(quotient * divisor + rest) & MASK for quotient, rest in zip(quotients, remainders)]


def recency(reader, count, context, depth, rows):
    start = reader.place
    newest = reader.varint()
    result = []
    for code in read_integers(reader, count, context, depth + 1):
        if code == 0:
            result.append(newest)
            newest = (newest + 1) & MASK
        elif code <= newest:
            result.append(newest - code)
        else:
            raise CorruptSegment(start, "recency code goes back before the first value")
    return result


def trend(reader, count, context, depth, rows):
    step = reader.zvarint()
    child = read_integers(reader, count, context, depth + 1)
    return [(value + index * step) & MASK for index, value in enumerate(child)]


def equal(reader, count, context, depth, rows):
    start = reader.place
    check_rows_known(rows, start)
    ordinal = reader.varint_in(0, limits.COLUMNS, "source")
    offset = reader.zvarint()
    source = context.integer_source(ordinal, start)

    def linked(row):
        value = source(row)
        return None if value is None else (value + offset) & MASK

    return derived(reader, count, depth, context, rows, linked, read_integers)


def mapped(reader, count, context, depth, rows):
    start = reader.place
    check_rows_known(rows, start)
    ordinal = reader.varint_in(0, limits.COLUMNS, "source")
    table = context.map_table(reader.varint(), start)
    source = context.code_source(ordinal, start)

    def linked(row):
        code = source(row)
        if code is None:
            return None
        if code >= len(table):
            raise CorruptSegment(start, f"the map table has no entry for code {code}")
        return table[code]

    return derived(reader, count, depth, context, rows, linked, read_integers)


def shared_dictionary(reader, count, context, depth, rows):
    start = reader.place
    entries = context.integer_dictionary(reader.varint(), depth, start)
    codes = read_integers(reader, count, context, depth + 1, rows if depth == 0 else None)
    check_below(codes, len(entries), start, "code")
    if depth == 0:
        context.root_codes = codes
    return [entries[code] for code in codes]


def grouped_integers(reader, count, context, depth, rows):
    return grouped(
        reader, count, context, rows, lambda ordered: read_integers(reader, count, context, depth + 1, ordered)
    )


READERS = {
    0x01: constant,
    0x02: sequence,
    0x03: packed,
    0x04: patched,
    0x05: delta,
    0x06: runs,
    0x07: dictionary,
    0x08: planes,
    0x09: split,
    0x0A: recency,
    0x0B: trend,
    0x0C: equal,
    0x0D: mapped,
    0x0E: shared_dictionary,
    0x0F: grouped_integers,
    0x10: anchored_delta,
}
