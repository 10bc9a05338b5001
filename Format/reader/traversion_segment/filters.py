"""Id filters (section 9)."""

from dataclasses import dataclass

from .column_types import ID_WIDTH
from .errors import CorruptSegment
from .primitives import MASK, checksum

HEAD_LENGTH = 32
GOLDEN_RATIO = 0x9E3779B97F4A7C15
# A store keeps ids that an event has under other names behind a U+0000.
COLUMNS_OF_KIND = {
    1: ("eventId", "\0eventId"),
    2: ("traceId", "\0traceId"),
    3: ("spanId", "parentSpanId", "\0spanId", "\0parentSpanId"),
}


def is_covered(column, filter_kind: int) -> bool:
    """Whether a filter of this kind holds the column's values."""
    return column.kind in ID_WIDTH and len(column.path) == 1 and column.path[0] in COLUMNS_OF_KIND[filter_kind]


@dataclass
class Filter:
    data: bytes
    start: int
    """Where the slots begin in `data`."""
    seed: int
    block_length: int
    block_count: int
    fingerprint_bits: int
    range_bits: int
    ranges: list[tuple[int, int]]
    key_count: int

    def slot(self, index: int) -> int:
        width = self.fingerprint_bits + self.range_bits
        first = index * width
        # At most 32 bits, so at most 5 bytes.
        word = int.from_bytes(self.data[self.start + first // 8 : self.start + first // 8 + 5], "little")
        return (word >> first % 8) & ((1 << width) - 1)

    def zones_of(self, key: bytes) -> tuple[int, int] | None:
        """The first and last zone in which the key may be, or None when it is nowhere."""
        return self.range_of(checksum(key))

    def range_of(self, key_hash: int) -> tuple[int, int] | None:
        """The same, by what stands in the place of checksum(key)."""
        if self.key_count == 0:
            return None
        hash_ = mix((key_hash + self.seed * GOLDEN_RATIO) & MASK)
        length = self.block_length
        first = hash_ * (self.block_count * length) >> 64
        found = self.slot(first)
        for block, shift in ((1, 0), (2, 16), (3, 32)):
            found ^= self.slot((first + block * length) ^ ((hash_ >> shift) & (length - 1)))
        fingerprint = ((hash_ * GOLDEN_RATIO) & MASK) >> (64 - self.fingerprint_bits)
        if found & ((1 << self.fingerprint_bits) - 1) != fingerprint:
            return None
        index = found >> self.fingerprint_bits
        return self.ranges[index] if index < len(self.ranges) else None


def mix(value: int) -> int:
    value = ((value ^ value >> 30) * 0xBF58476D1CE4E5B9) & MASK
    value = ((value ^ value >> 27) * 0x94D049BB133111EB) & MASK
    return value ^ value >> 31


def read_filter(segment, blob) -> Filter:
    return filter_of(segment.stored(blob, "filter"), len(segment.zones))


def filter_of(reader, zone_count: int) -> Filter:
    """The filter that the reader's bytes are, to their end."""
    start = reader.place
    seed, block_length, block_count = reader.u64(), reader.u32(), reader.u32()
    fingerprint_bits = reader.u8_in(1, 16, "fingerprint bits")
    range_bits = reader.u8_in(0, 16, "range bits")
    reader.zero(2)
    range_count, key_count = reader.u32(), reader.u64()
    if key_count == 0:
        if block_length or block_count or range_bits or range_count:
            raise CorruptSegment(start + 8, "sizes of a filter without keys")
    elif not is_power_of_two(block_length) or block_length > 2**16 or not block_count:
        raise CorruptSegment(start + 8, "sizes of a filter with keys")
    elif not 1 <= range_count <= 1 << range_bits:
        raise CorruptSegment(start + 20, "number of ranges")
    slot_count = (block_count + 3) * block_length if key_count else 0
    if key_count > slot_count:
        raise CorruptSegment(start + 24, "more keys than slots")
    slot_bits = slot_count * (fingerprint_bits + range_bits)
    if reader.remaining != 8 * range_count + (slot_bits + 7) // 8:
        raise CorruptSegment(start, "length of the filter")
    ranges = [(reader.u32(), reader.u32()) for _ in range(range_count)]
    if any(not first <= last < zone_count for first, last in ranges):
        raise CorruptSegment(start + HEAD_LENGTH, "a range of zones that does not exist")
    if slot_bits % 8 and reader.data[reader.end - 1] >> slot_bits % 8:
        raise CorruptSegment(reader.end - 1, "unused bits of the last byte of a filter are not 0")
    return Filter(
        reader.data, reader.position, seed, block_length, block_count, fingerprint_bits, range_bits, ranges, key_count
    )


def is_power_of_two(value: int) -> bool:
    return value > 0 and value & (value - 1) == 0
