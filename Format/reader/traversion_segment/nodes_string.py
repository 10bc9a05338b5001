"""String nodes (section 5.3). Values are bytes."""

from . import limits
from .buffers import read_buffer
from .errors import CorruptSegment
from .nodes_common import begin, check_ascending, check_below, check_rows_known, derived, grouped
from .nodes_integer import read_integers
from .nodes_string_text import TEXT_READERS, charge
from .symbols import decode, read_symbol_table


def read_strings(reader, count: int, context, depth: int = 0, rows=None, affix: int = 0) -> list[bytes]:
    """`rows`: the row of each value, when this is a place where a derived node may stand.

    `affix`: how many bytes affix nodes around this one put to each value, which count with it (section 1.2).
    """
    read = begin(reader, count, depth, READERS, "a string", 0x40)
    outer, context.affix = context.affix, affix
    try:
        return read(reader, count, context, depth, rows)
    finally:
        context.affix = outer


def charge_each(context, lengths, offset: int) -> None:
    """Before strings of these lengths are made."""
    total = count = 0
    for length in lengths:
        if length > limits.VALUE_BYTES:
            raise CorruptSegment(offset, f"a value of {length} bytes")
        total += length
        count += 1
    charge(context, count, total, offset)


def read_text(reader) -> bytes:
    """`varint length` and that many bytes."""
    return reader.take(reader.varint_in(0, limits.VALUE_BYTES, "length"))


def cut(data: bytes, lengths: list[int]) -> list[bytes]:
    result = []
    position = 0
    for length in lengths:
        result.append(data[position : position + length])
        position += length
    return result


def constant(reader, count, context, depth, rows):
    start = reader.place
    text = read_text(reader)
    if count == 0 and text:
        raise CorruptSegment(start, "the constant of no values must be empty")
    charge(context, count, count * len(text), start)
    return [text] * count


def plain(reader, count, context, depth, rows):
    start = reader.place
    lengths = read_integers(reader, count, context, depth + 1)
    charge_each(context, lengths, start)
    return cut(read_buffer(reader, sum(lengths), context), lengths)


def pick(entries, codes, context, start):
    check_below(codes, len(entries), start, "code")
    charge_each(context, (len(entries[code]) for code in codes), start)
    return [entries[code] for code in codes]


def shared_dictionary(reader, count, context, depth, rows):
    start = reader.place
    entries = context.text_dictionary(reader.varint(), start)
    codes = read_integers(reader, count, context, depth + 1, rows if depth == 0 else None)
    if depth == 0:
        context.root_codes = codes
    return pick(entries, codes, context, start)


def dictionary(reader, count, context, depth, rows):
    start = reader.place
    entry_count = reader.varint_in(1, count, "number of entries")
    entries = read_strings(reader, entry_count, context, depth + 1, affix=context.affix)
    return pick(entries, read_integers(reader, count, context, depth + 1), context, start)


def symbols(reader, count, context, depth, rows):
    start = reader.place
    resource = reader.varint()
    table = context.symbol_table(resource - 1, start) if resource else read_symbol_table(reader)
    lengths = read_integers(reader, count, context, depth + 1)
    encoded_length = sum(lengths)
    # Each byte gives at most 8, each two bytes at least 1.
    decoded_length = reader.varint_in((encoded_length + 1) // 2, 8 * encoded_length, "decoded length")
    charge(context, count, decoded_length, start)
    if encoded_length > limits.STORED_BYTES:
        raise CorruptSegment(start, "encoded strings are too long")
    data = read_buffer(reader, encoded_length, context)
    result = []
    left = decoded_length
    for encoded in cut(data, lengths):
        text = decode(encoded, table, start)
        left -= len(text)
        if left < 0 or len(text) > limits.VALUE_BYTES:
            raise CorruptSegment(start, "strings are longer than told")
        result.append(text)
    if left:
        raise CorruptSegment(start, "strings are shorter than told")
    return result


def front_coded(reader, count, context, depth, rows):
    start = reader.place
    prefixes = read_integers(reader, count, context, depth + 1)
    suffixes = read_strings(reader, count, context, depth + 1)
    result = []
    before = b""
    for prefix, suffix in zip(prefixes, suffixes):
        if prefix > len(before):
            raise CorruptSegment(start, "shared prefix is longer than the string before")
        charge_each(context, (prefix + len(suffix),), start)
        before = before[:prefix] + suffix
        result.append(before)
    return result


def affix(reader, count, context, depth, rows):
    start = reader.place
    prefix = read_text(reader)
    suffix = read_text(reader)
    length = len(prefix) + len(suffix)
    child = read_strings(reader, count, context, depth + 1, affix=context.affix + length)
    if any(length + len(text) > limits.VALUE_BYTES for text in child):
        raise CorruptSegment(start, "a value is too long")
    return [prefix + text + suffix for text in child]


def exceptions(reader, count, context, depth, rows):
    start = reader.place
    exception_count = reader.varint_in(1, count, "number of exceptions")
    positions = read_integers(reader, exception_count, context, depth + 1)
    check_ascending(positions, count, start, "positions of exceptions")
    values = read_strings(reader, exception_count, context, depth + 1, affix=context.affix)
    rest = iter(read_strings(reader, count - exception_count, context, depth + 1, affix=context.affix))
    by_position = dict(zip(positions, values))
    result = [by_position[index] if index in by_position else next(rest) for index in range(count)]
    charge_each(context, map(len, result), start)
    return result


def template(reader, count, context, depth, rows):
    start = reader.place
    templates = context.templates(reader.varint(), start)
    codes = read_integers(reader, count, context, depth + 1, rows if depth == 0 else None)
    check_below(codes, len(templates), start, "template")
    reader.varint_in(templates.stream_count, templates.stream_count, "number of streams")
    if depth == 0:
        context.root_codes = codes
    # Templates of many slots: count before making anything.
    context.budget.require(4 * sum(len(templates.streams[code]) for code in codes), start)
    slots = [[] for _ in range(templates.stream_count)]
    for index, code in enumerate(codes):
        for stream in templates.streams[code]:
            slots[stream].append(index)
    streams = []
    for indexes in slots:
        value_count = reader.varint_in(len(indexes), len(indexes), "number of values of a stream")
        stream_rows = [rows[index] for index in indexes] if depth == 0 and rows is not None else None
        streams.append(iter(read_strings(reader, value_count, context, depth + 1, stream_rows)))
    result = []
    for code in codes:
        literals = templates.literals[code]
        parts = [literals[0]]
        for stream, literal in zip(templates.streams[code], literals[1:]):
            parts.append(next(streams[stream]))
            parts.append(literal)
        charge_each(context, (sum(map(len, parts)),), start)
        result.append(b"".join(parts))
    return result


def equal(reader, count, context, depth, rows):
    start = reader.place
    check_rows_known(rows, start)
    source = context.text_source(reader.varint_in(0, limits.COLUMNS, "source"), start)
    result = derived(reader, count, depth, context, rows, source, read_strings)
    charge_each(context, map(len, result), start)
    return result


def fixed_length(reader, count, context, depth, rows):
    start = reader.place
    length = reader.varint_in(0, limits.VALUE_BYTES, "length")
    charge(context, count, count * length, start)
    data = read_buffer(reader, count * length, context)
    return cut(data, [length] * count)


def grouped_strings(reader, count, context, depth, rows):
    start = reader.place
    result = grouped(
        reader, count, context, rows, lambda ordered: read_strings(reader, count, context, depth + 1, ordered)
    )
    charge_each(context, map(len, result), start)
    return result


READERS = {
    0x40: constant,
    0x41: plain,
    0x42: shared_dictionary,
    0x43: dictionary,
    0x44: symbols,
    0x45: front_coded,
    0x46: affix,
    0x47: exceptions,
    0x4F: template,
    0x50: equal,
    0x51: fixed_length,
    0x52: grouped_strings,
    **TEXT_READERS,
}
