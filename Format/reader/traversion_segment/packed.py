"""The layout of packed integers (section 5.1.1)."""

import struct

BLOCK = 1024
LANES = 16


def packed_length(count: int, width: int) -> int:
    blocks, tail = divmod(count, BLOCK)
    return blocks * 128 * width + (tail * width + 7) // 8


def unpack(data: bytes, count: int, width: int) -> list[int] | None:
    """The values, or None when unused bits of the last byte are set."""
    values = []
    position = 0
    for _ in range(count // BLOCK):
        values += unpack_block(data[position : position + 128 * width], width)
        position += 128 * width
    tail = unpack_bits(data[position:], count % BLOCK, width)
    return None if tail is None else values + tail


def unpack_block(block: bytes, width: int) -> list[int]:
    words = struct.unpack(f"<{LANES * width}Q", block)
    mask = (1 << width) - 1
    values = [0] * BLOCK
    for lane in range(LANES):
        stream = int.from_bytes(struct.pack(f"<{width}Q", *words[lane::LANES]), "little")
        values[lane::LANES] = [stream >> shift & mask for shift in range(0, 64 * width, width)]
    return values


def unpack_bits(data: bytes, count: int, width: int) -> list[int] | None:
    """One bit stream, lowest bit of the lowest byte first."""
    stream = int.from_bytes(data, "little")
    if stream >> (count * width):
        return None
    mask = (1 << width) - 1
    return [stream >> shift & mask for shift in range(0, count * width, width)]
