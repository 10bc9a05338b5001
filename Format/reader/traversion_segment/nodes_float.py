"""Float nodes (section 5.2)."""

import struct

from .errors import CorruptSegment
from .nodes_common import begin, check_ascending, check_below, grouped
from .nodes_integer import read_integers
from .primitives import signed

LARGEST_EXPONENT = {10: 22, 2: 255}


def read_floats(reader, count: int, context, depth: int = 0, rows=None) -> list[float]:
    """`rows`: the row of each value, when this is a place where a grouped node may stand."""
    start = reader.place
    read = begin(reader, count, depth, READERS, "a float", 0x20)
    context.budget.charge(8 * count, start)
    return read(reader, count, context, depth, rows)


def doubles(patterns: list[int]) -> list[float]:
    return list(struct.unpack(f"<{len(patterns)}d", struct.pack(f"<{len(patterns)}Q", *patterns)))


def read_exceptions(reader, count: int, context, depth: int) -> tuple[list[int], list[int]]:
    start = reader.place
    exception_count = reader.varint_in(0, count, "number of exceptions")
    positions = read_integers(reader, exception_count, context, depth + 1)
    check_ascending(positions, count, start, "positions of exceptions")
    return positions, read_integers(reader, exception_count, context, depth + 1)


def bits(reader, count, context, depth, rows):
    return doubles(read_integers(reader, count, context, depth + 1))


def scaled(reader, count, context, depth, rows):
    start = reader.place
    base = reader.u8()
    if base not in LARGEST_EXPONENT:
        raise CorruptSegment(start, f"base {base} of scaled doubles")
    # Exact: powers of ten up to 10^22 and all these powers of two are doubles.
    power = float(base ** reader.u8_in(0, LARGEST_EXPONENT[base], "exponent"))
    values = [float(signed(digits)) / power for digits in read_integers(reader, count, context, depth + 1)]
    positions, patterns = read_exceptions(reader, count, context, depth)
    for position, value in zip(positions, doubles(patterns)):
        values[position] = value
    return values


def split_bits(reader, count, context, depth, rows):
    right_width = reader.u8_in(48, 63, "width of the right part")
    start = reader.place
    entry_count = reader.varint_in(1, 8, "number of left entries")
    entries = read_integers(reader, entry_count, context, depth + 1)
    codes = read_integers(reader, count, context, depth + 1)
    right = read_integers(reader, count, context, depth + 1)
    positions, patches = read_exceptions(reader, count, context, depth)
    check_below(codes, entry_count, start, "left code")
    check_below(right, 1 << right_width, start, "right part")
    check_below(entries, 1 << (64 - right_width), start, "left entry")
    check_below(patches, 1 << (64 - right_width), start, "left part")
    left = [entries[code] for code in codes]
    for position, patch in zip(positions, patches):
        left[position] = patch
    return doubles([high << right_width | low for high, low in zip(left, right)])


def grouped_floats(reader, count, context, depth, rows):
    return grouped(
        reader, count, context, rows, lambda ordered: read_floats(reader, count, context, depth + 1, ordered)
    )


READERS = {0x20: bits, 0x21: scaled, 0x22: split_bits, 0x23: grouped_floats}
