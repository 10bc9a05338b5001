"""What manifests tell of segments, keyframes and indexes (Store.md, 3.2)."""

from dataclasses import dataclass

from traversion_segment.primitives import ByteReader

MOST_SEGMENTS = 65_536
Id = tuple[int, int]
"""Writer and number."""


@dataclass(frozen=True)
class SegmentEntry:
    id: Id
    tier: int
    window: int
    rows: int
    file_length: int
    raw_length: int
    first_time: int
    last_time: int
    first_stored_at: int
    last_stored_at: int
    first_sequence: int
    last_sequence: int
    root_checksum: int


@dataclass(frozen=True)
class KeyframeEntry:
    is_folded: bool
    since: int | None
    until: int
    manifest: int
    last_stored_at: int
    mapping: int
    segment: SegmentEntry


@dataclass(frozen=True)
class IndexEntry:
    id: Id
    window: int
    rows: int
    segments: tuple[Id, ...]
    shards: tuple[tuple[int, int], ...]
    """For each kind of ids the number of shards, and their length."""
    identity: int


def read_id(reader: ByteReader) -> Id:
    return reader.varint_in(0, 2**32 - 1, "writer"), reader.varint_in(0, 2**32 - 1, "number")


def read_ids(reader: ByteReader, most: int) -> list[Id]:
    return [read_id(reader) for _ in range(reader.varint_in(0, most, "number of segments"))]


def read_segment(reader: ByteReader) -> SegmentEntry:
    return SegmentEntry(
        read_id(reader),
        reader.u8_in(1, 3, "tier"),
        reader.signed_varint(),
        *(reader.varint() for _ in range(3)),
        *(reader.signed_varint() for _ in range(4)),
        *(reader.varint() for _ in range(2)),
        reader.u64(),
    )


def read_keyframe(reader: ByteReader) -> KeyframeEntry:
    start = reader.place
    flags = reader.u8_in(0, 3, "flags")
    since = reader.signed_varint() if flags & 2 else None
    until = reader.signed_varint()
    if since is not None and until < since:
        raise reader.corrupt(f"a keyframe at {start} that ends before it begins")
    return KeyframeEntry(
        bool(flags & 1), since, until, reader.varint(), reader.signed_varint(), reader.u64(), read_segment(reader)
    )


def read_index(reader: ByteReader) -> IndexEntry:
    id_, window, rows = read_id(reader), reader.signed_varint(), reader.varint()
    segments = tuple(read_ids(reader, MOST_SEGMENTS))
    shards = tuple((reader.varint(), reader.varint()) for _ in range(3))
    return IndexEntry(id_, window, rows, segments, shards, reader.u64())
