"""Id filters (section 9)."""

from dataclasses import dataclass

import xxhash

from .column_types import ID_WIDTH
from .errors import CorruptSegment

HEAD_LENGTH = 32
COLUMNS_OF_KIND = {1: ("eventId",), 2: ("traceId",), 3: ("spanId", "parentSpanId")}


def is_covered(column, filter_kind: int) -> bool:
    """Whether a filter of this kind holds the column's values."""
    return column.kind in ID_WIDTH and len(column.path) == 1 and column.path[0] in COLUMNS_OF_KIND[filter_kind]


@dataclass
class Filter:
    data: bytes
    start: int
    """Where the slots begin in `data`."""
    seed: int
    segment_length: int
    segment_count: int
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
        if self.key_count == 0:
            return None
        length = self.segment_length
        hash_ = xxhash.xxh3_64_intdigest(key, seed=self.seed)
        first = hash_ * (self.segment_count * length) >> 64
        second = (first + length) ^ ((hash_ >> 18) & (length - 1))
        third = (first + 2 * length) ^ (hash_ & (length - 1))
        found = self.slot(first) ^ self.slot(second) ^ self.slot(third)
        fingerprint = hash_ ^ (hash_ >> 32)
        if (found ^ fingerprint) & ((1 << self.fingerprint_bits) - 1):
            return None
        index = found >> self.fingerprint_bits
        return self.ranges[index] if index < len(self.ranges) else None


def read_filter(segment, blob) -> Filter:
    reader = segment.stored(blob, "filter")
    start = reader.position
    seed, segment_length, segment_count = reader.u64(), reader.u32(), reader.u32()
    fingerprint_bits, range_bits = reader.u8(), reader.u8()
    reader.zero(2)
    range_count, key_count = reader.u32(), reader.u64()
    if fingerprint_bits + range_bits > 32:
        raise CorruptSegment(start + 16, "slots of more than 32 bits")
    if range_count * 8 > reader.remaining:
        raise CorruptSegment(start + 20, "more ranges than the filter has room for")
    ranges = [(reader.u32(), reader.u32()) for _ in range(range_count)]
    if any(not first <= last < len(segment.zones) for first, last in ranges):
        raise CorruptSegment(start + HEAD_LENGTH, "a range of zones that does not exist")
    slot_count = (segment_count + 2) * segment_length if key_count else 0
    if key_count and (segment_length & (segment_length - 1) or not segment_length or not segment_count or not range_count):
        raise CorruptSegment(start + 8, "sizes of a filter with keys")
    if reader.remaining != (slot_count * (fingerprint_bits + range_bits) + 7) // 8:
        raise CorruptSegment(start, "length of the filter")
    used_bits = slot_count * (fingerprint_bits + range_bits) % 8
    if used_bits and segment.data[reader.end - 1] >> used_bits:
        raise CorruptSegment(reader.end - 1, "unused bits of the last byte of a filter are not 0")
    return Filter(
        segment.data, reader.position, seed, segment_length, segment_count, fingerprint_bits, range_bits, ranges, key_count
    )
