"""Id indexes (Index.md)."""

from bisect import bisect_left
from dataclasses import dataclass

from traversion_segment.context import PlainContext
from traversion_segment.errors import CorruptSegment, UnsupportedSegment
from traversion_segment.filters import filter_of
from traversion_segment.nodes_common import check_ascending, check_below
from traversion_segment.nodes_integer import read_integers
from traversion_segment.primitives import MASK, ByteReader
from xxhash import xxh3_64_intdigest

from .entries import MOST_SEGMENTS, Id, IndexEntry
from .ids import KINDS, TRACES

MAGIC = b"TRVINDX\n"
TICK = 2**20
MOST_SHARDS = 2**20
MOST_TRACES = 2**18


@dataclass
class TraceShard:
    marks: list[int]
    first_ticks: list[int]
    last_ticks: list[int]
    first_segments: list[int]
    last_segments: list[int]


@dataclass(frozen=True)
class Found:
    first_segment: int
    last_segment: int
    first_time: int | None = None
    end_time: int | None = None
    """Of a trace: its rows are from the first time up to, not including, the end, in ns from the window's start."""


class IndexFile:
    """A whole index, read and checked by itself."""

    def __init__(self, data: bytes):
        self.data = data
        reader = ByteReader(data, 0, len(data))
        if reader.take(8) != MAGIC:
            raise CorruptSegment(0, "no index")
        version, _, features = reader.u16(), reader.u16(), reader.u32()
        if version > 1 or features:
            raise UnsupportedSegment(f"an index needs version {version}, features {features}")
        self.store_id = reader.u64()
        self.id: Id = (reader.u32(), reader.u32())
        self.window, self.rows = reader.i64(), reader.u64()
        self.shard_sizes = tuple((reader.u32(), reader.u32()) for _ in KINDS)
        count = reader.u32()
        reader.zero(4)
        if count > MOST_SEGMENTS:
            raise CorruptSegment(72, f"{count} segments")
        self.segments: list[tuple[Id, int]] = [((reader.u32(), reader.u32()), reader.u64()) for _ in range(count)]
        end = reader.position
        self.identity = reader.u64()
        if xxh3_64_intdigest(data[:end]) != self.identity:
            raise CorruptSegment(end, "identity of an index")
        self.starts = self.places(reader.position)
        self.shards = {kind: [self.shard(kind, number) for number in range(self.shard_sizes[kind - 1][0])] for kind in KINDS}

    def places(self, start: int) -> list[int]:
        """Where the shards of each kind begin."""
        starts = []
        for kind, (count, length) in zip(KINDS, self.shard_sizes):
            if count & (count - 1) or count > MOST_SHARDS or (count == 0) != (length == 0):
                raise CorruptSegment(40 + 8 * kind, f"{count} shards of {length} bytes")
            starts.append(start)
            start += count * length
        if start != len(self.data):
            raise CorruptSegment(len(self.data), f"an index that should have {start} bytes")
        return starts

    def shard(self, kind: int, number: int):
        length = self.shard_sizes[kind - 1][1]
        at = self.starts[kind - 1] + number * length
        if length < 12:
            raise CorruptSegment(at, f"a shard of {length} bytes")
        reader = ByteReader(self.data, at, at + length)
        told = reader.u64()
        if xxh3_64_intdigest(self.data[at + 8 : at + length], seed=(self.identity + at) & MASK) != told:
            raise CorruptSegment(at, "checksum of a shard")
        contents = reader.part(reader.u32())
        reader.zero(reader.remaining)
        return self.traces(contents) if kind == TRACES else filter_of(contents, len(self.segments))

    def traces(self, reader: ByteReader) -> TraceShard:
        start, context = reader.place, PlainContext()
        count = reader.varint_in(0, MOST_TRACES, "number of traces")
        marks, first_ticks, ticks, first_segments, segments = (read_integers(reader, count, context) for _ in range(5))
        reader.expect_end("shard")
        check_ascending(marks, 2**24, start, "marks")
        last_ticks = [first + more for first, more in zip(first_ticks, ticks)]
        last_segments = [first + more for first, more in zip(first_segments, segments)]
        check_below(last_ticks, 2**32, start, "tick")
        check_below(last_segments, len(self.segments), start, "segment")
        return TraceShard(marks, first_ticks, last_ticks, first_segments, last_segments)

    def find(self, kind: int, hash_: int) -> Found | None:
        """Where the id of that hash may be, or None when it is nowhere."""
        count = self.shard_sizes[kind - 1][0]
        if count == 0:
            return None
        shard_bits = count.bit_length() - 1
        shard = self.shards[kind][hash_ >> (64 - shard_bits)]
        if kind != TRACES:
            found = shard.range_of(hash_ ^ MASK)
            return found and Found(*found)
        mark = hash_ >> (40 - shard_bits) & (2**24 - 1)
        place = bisect_left(shard.marks, mark)
        if place == len(shard.marks) or shard.marks[place] != mark:
            return None
        return Found(
            shard.first_segments[place], shard.last_segments[place],
            shard.first_ticks[place] * TICK, (shard.last_ticks[place] + 1) * TICK,
        )  # fmt: skip

    def difference(self, entry: IndexEntry, segments: dict) -> str | None:
        """What the header and the manifest tell differently."""
        told = (self.id, self.window, self.rows, tuple(id_ for id_, _ in self.segments), self.shard_sizes, self.identity)
        named = (entry.id, entry.window, entry.rows, entry.segments, entry.shards, entry.identity)
        if told != named:
            return f"the header says {told}, the manifest {named}"
        if any(segments[id_].root_checksum != root for id_, root in self.segments):
            return "a segment with another root"
        if sum(segments[id_].rows for id_ in entry.segments) != entry.rows:
            return "the number of rows"
        return None
