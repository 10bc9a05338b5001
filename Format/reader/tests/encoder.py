"""A tiny encoder of every node, straight from sections 3 ... 5 of the specification."""

import struct

import lz4.block
import zstandard

MASK = 2**64 - 1


def varint(value: int) -> bytes:
    result = bytearray()
    while value >= 0x80:
        result.append(value & 0x7F | 0x80)
        value >>= 7
    result.append(value)
    return bytes(result)


def zvarint(value: int) -> bytes:
    """Of an integer modulo 2^64."""
    value &= MASK
    return varint((value << 1 ^ (MASK if value >> 63 else 0)) & MASK)


def text(value: bytes) -> bytes:
    return varint(len(value)) + value


# Buffers.


def plain(raw: bytes) -> bytes:
    return b"\x00" + varint(len(raw)) + raw


def lz4_buffer(raw: bytes) -> bytes:
    return b"\x01" + varint(len(raw)) + text(lz4.block.compress(raw, store_size=False))


def zstd_buffer(raw: bytes, names_size: bool = True) -> bytes:
    return b"\x02" + varint(len(raw)) + text(zstandard.ZstdCompressor(write_content_size=names_size).compress(raw))


def zstd_dictionary_buffer(raw: bytes, resource: int, dictionary: bytes) -> bytes:
    compressor = zstandard.ZstdCompressor(dict_data=zstandard.ZstdCompressionDict(dictionary))
    return b"\x03" + varint(len(raw)) + varint(resource) + text(compressor.compress(raw))


# Integer nodes. `signed` values may be given; they are stored modulo 2^64.


def constant(value: int) -> bytes:
    return b"\x01" + zvarint(value)


def sequence(first: int, step: int) -> bytes:
    return b"\x02" + zvarint(first) + zvarint(step)


def bit_stream(values: list[int], width: int) -> bytes:
    stream = sum(value << index * width for index, value in enumerate(values))
    return stream.to_bytes((len(values) * width + 7) // 8, "little")


def packed_bytes(values: list[int], width: int) -> bytes:
    result = b""
    blocks = len(values) // 1024
    for block in range(blocks):
        words = [0] * (16 * width)
        for lane in range(16):
            stream = bit_stream([values[block * 1024 + index * 16 + lane] for index in range(64)], width)
            for k, word in enumerate(struct.unpack(f"<{width}Q", stream)):
                words[k * 16 + lane] = word
        result += struct.pack(f"<{16 * width}Q", *words)
    return result + bit_stream(values[blocks * 1024 :], width)


def packed(values: list[int], width: int | None = None, base: int | None = None, buffer=plain) -> bytes:
    """With no values the constant, as section 5 demands."""
    if not values:
        return constant(0)
    base = min(values) if base is None else base
    bits = [(value - base) & MASK for value in values]
    width = width or max(1, max(bits).bit_length())
    return b"\x03" + zvarint(base) + bytes([width]) + buffer(packed_bytes(bits, width))


def short(values: list[int]) -> bytes:
    """Constant where that can be, packed elsewhere."""
    return constant(values[0]) if len(set(values)) == 1 else packed(values)


def patched(patches: dict[int, int], child: bytes) -> bytes:
    return b"\x04" + varint(len(patches)) + packed(list(patches)) + packed(list(patches.values())) + child


def delta(values: list[int], child=packed) -> bytes:
    return b"\x05" + zvarint(values[0]) + child([right - left for left, right in zip(values, values[1:])])


def anchored_delta(values: list[int], shift: int = 4, child=packed) -> bytes:
    anchors = values[1 << shift :: 1 << shift]
    plain = delta(values, child)
    first = plain[1 : len(plain) - len(child([right - left for left, right in zip(values, values[1:])]))]
    return b"\x10" + first + bytes([shift]) + packed(anchors) + plain[1 + len(first) :]


def runs(pairs: list[tuple[int, int]]) -> bytes:
    return (
        b"\x06" + varint(len(pairs)) + packed([value for value, _ in pairs]) + packed([length for _, length in pairs])
    )


def integer_dictionary(entries: list[int], codes: list[int]) -> bytes:
    return b"\x07" + varint(len(entries)) + packed(entries) + packed(codes)


def planes(values: list[int], plane_count: int, base: int = 0) -> bytes:
    shifted = [(value - base) & MASK for value in values]
    buffers = [plain(bytes(value >> 8 * plane & 255 for value in shifted)) for plane in range(plane_count)]
    return b"\x08" + zvarint(base) + bytes([plane_count]) + b"".join(buffers)


def split(values: list[int], divisor: int) -> bytes:
    quotients, remainders = zip(*(divmod(value, divisor) for value in values))
    return b"\x09" + varint(divisor) + packed(list(quotients)) + packed(list(remainders))


def recency(start: int, codes: list[int]) -> bytes:
    return b"\x0a" + varint(start) + packed(codes)


def trend(values: list[int], step: int) -> bytes:
    return b"\x0b" + zvarint(step) + packed([value - index * step for index, value in enumerate(values)])


def trend_over(child: bytes) -> bytes:
    """Of step 0: the child's values."""
    return b"\x0b" + zvarint(0) + child


def exceptions_and_rest(positions: list[int], rest_count: int, rest: bytes) -> bytes:
    return varint(len(positions)) + packed(positions) + varint(rest_count) + rest


def integer_equal(source: int, offset: int, positions: list[int], rest: list[int]) -> bytes:
    return b"\x0c" + varint(source) + zvarint(offset) + exceptions_and_rest(positions, len(rest), packed(rest))


def mapped(source: int, resource: int, positions: list[int], rest: list[int]) -> bytes:
    return b"\x0d" + varint(source) + varint(resource) + exceptions_and_rest(positions, len(rest), packed(rest))


def grouped(tag: int, source: int, child: bytes) -> bytes:
    """`child` has the values in the order of the source's codes."""
    return bytes([tag]) + varint(source) + child


def integer_shared(resource: int, codes: bytes) -> bytes:
    return b"\x0e" + varint(resource) + codes


# Float nodes.


def bits_of(values: list[float]) -> list[int]:
    return list(struct.unpack(f"<{len(values)}Q", struct.pack(f"<{len(values)}d", *values)))


def float_bits(values: list[float]) -> bytes:
    return b"\x20" + packed(bits_of(values))


def scaled(base: int, exponent: int, digits: list[int], patches: dict[int, float]) -> bytes:
    exceptions = varint(len(patches)) + packed(list(patches)) + packed(bits_of(list(patches.values())))
    return b"\x21" + bytes([base, exponent]) + packed(digits) + exceptions


def split_bits(values: list[float], right: int, entries: list[int]) -> bytes:
    patterns = bits_of(values)
    lefts = [pattern >> right for pattern in patterns]
    patches = {index: left for index, left in enumerate(lefts) if left not in entries}
    codes = [entries.index(left) if left in entries else 0 for left in lefts]
    rights = [pattern & (1 << right) - 1 for pattern in patterns]
    exceptions = varint(len(patches)) + packed(list(patches)) + packed(list(patches.values()))
    return (
        b"\x22" + bytes([right]) + varint(len(entries)) + packed(entries) + packed(codes) + packed(rights) + exceptions
    )


# String nodes.


def string_constant(value: bytes) -> bytes:
    return b"\x40" + text(value)


def strings(values: list[bytes], buffer=plain) -> bytes:
    """Plain."""
    if not values:
        return string_constant(b"")
    return b"\x41" + packed([len(value) for value in values]) + buffer(b"".join(values))


def strings_of_lengths(lengths: bytes, raw: bytes) -> bytes:
    return b"\x41" + lengths + plain(raw)


def string_shared(resource: int, codes: bytes) -> bytes:
    return b"\x42" + varint(resource) + codes


def string_dictionary(entries: list[bytes], codes: list[int]) -> bytes:
    return b"\x43" + varint(len(entries)) + strings(entries) + packed(codes)


def symbol_table(symbols: list[bytes]) -> bytes:
    return bytes([len(symbols)]) + bytes(map(len, symbols)) + b"".join(symbols)


def symbol_codes(value: bytes, symbols: list[bytes]) -> bytes:
    """Greedy, longest symbol first."""
    result = bytearray()
    while value:
        fitting = [symbol for symbol in symbols if value.startswith(symbol)]
        if fitting:
            best = max(fitting, key=len)
            result.append(symbols.index(best))
            value = value[len(best) :]
        else:
            result += bytes([255, value[0]])
            value = value[1:]
    return bytes(result)


def symbol_strings(values: list[bytes], symbols: list[bytes], resource: int | None = None) -> bytes:
    encoded = [symbol_codes(value, symbols) for value in values]
    table = b"\x00" + symbol_table(symbols) if resource is None else varint(resource + 1)
    lengths = packed([len(value) for value in encoded])
    return b"\x44" + table + lengths + varint(sum(map(len, values))) + plain(b"".join(encoded))


def front_coded(values: list[bytes]) -> bytes:
    prefixes, suffixes, before = [], [], b""
    for value in values:
        shared = 0
        while shared < min(len(before), len(value)) and before[shared] == value[shared]:
            shared += 1
        prefixes.append(shared)
        suffixes.append(value[shared:])
        before = value
    return b"\x45" + packed(prefixes) + strings(suffixes)


def affix(prefix: bytes, suffix: bytes, child: bytes) -> bytes:
    return b"\x46" + text(prefix) + text(suffix) + child


def string_exceptions(patches: dict[int, bytes], child: bytes) -> bytes:
    return b"\x47" + varint(len(patches)) + packed(list(patches)) + strings(list(patches.values())) + child


def integer_text(digits: int, values: list[int]) -> bytes:
    return b"\x48" + bytes([digits]) + packed(values)


def fixed_point_text(decimals: int, values: list[int]) -> bytes:
    return b"\x49" + bytes([decimals]) + packed(values)


def hex_text(upper: int, byte_count: int, data: bytes) -> bytes:
    return b"\x4a" + bytes([upper]) + varint(byte_count) + plain(data)


def uuid_text(upper: int, data: bytes) -> bytes:
    return b"\x4b" + bytes([upper]) + plain(data)


def ipv4_text(values: list[int]) -> bytes:
    return b"\x4c" + packed(values)


def timestamp_text(instants: list[int], forms: list[int]) -> bytes:
    return b"\x4d" + packed(instants) + packed(forms)


def hex_number_text(upper: int, digits: int, values: list[int]) -> bytes:
    return b"\x4e" + bytes([upper, digits]) + packed(values)


def template_strings(resource: int, codes: bytes, streams: list[tuple[int, bytes]]) -> bytes:
    values = b"".join(varint(count) + node for count, node in streams)
    return b"\x4f" + varint(resource) + codes + varint(len(streams)) + values


def string_equal(source: int, positions: list[int], rest: list[bytes]) -> bytes:
    return b"\x50" + varint(source) + exceptions_and_rest(positions, len(rest), strings(rest))


def fixed_length(values: list[bytes]) -> bytes:
    return b"\x51" + varint(len(values[0])) + plain(b"".join(values))


# Fixed nodes.


def fixed(values: list[bytes]) -> bytes:
    return b"\x60" + plain(b"".join(values))


def fixed_shared(resource: int, codes: bytes) -> bytes:
    return b"\x61" + varint(resource) + codes


def fixed_equal(source: int, positions: list[int], rest: list[bytes]) -> bytes:
    return b"\x62" + varint(source) + exceptions_and_rest(positions, len(rest), fixed(rest))


# Resources.


def templates(slots: list[list[int]], literals: list[list[bytes]], stream_count: int) -> bytes:
    counts = packed([len(streams) for streams in slots])
    streams = packed([stream for template in slots for stream in template])
    flat = strings([literal for template in literals for literal in template])
    return varint(len(slots)) + varint(stream_count) + counts + streams + flat


def shape_table(shapes: list[list[int]]) -> bytes:
    steps = []
    for shape in shapes:
        steps += [ordinal - before for before, ordinal in zip([0] + shape, shape)]
    return varint(len(shapes)) + short([len(shape) for shape in shapes]) + short(steps)
