"""Header, trailer and root (sections 2 ... 2.4)."""

from dataclasses import dataclass

from . import limits
from .json_text import is_utf8
from .errors import CorruptSegment, UnsupportedSegment
from .primitives import ByteReader, checksum

MAGIC = b"TRVSEG1\n"
HEADER_LENGTH = 16
TRAILER_LENGTH = 64
READ_VERSION = 1
KNOWN_FEATURES = 3
"""Bit 0: grouped nodes."""
ENTRIES_PER_BLOCK = 51
NO_COLUMN = 0xFFFFFFFF


@dataclass
class Blob:
    """A reference to stored bytes; of length 0 when there is none."""

    offset: int
    length: int
    checksum: int
    at: int
    """Where the reference itself stands."""


@dataclass
class Zone:
    first_row: int
    row_count: int
    min_timestamp: int
    max_timestamp: int

    @property
    def end_row(self) -> int:
        return self.first_row + self.row_count

    @property
    def rows(self) -> range:
        return range(self.first_row, self.end_row)


@dataclass
class Root:
    offset: int
    row_count: int
    zone_count: int
    column_count: int
    min_timestamp: int
    max_timestamp: int
    min_stored_at: int
    max_stored_at: int
    min_sequence: int
    max_sequence: int
    tier: int
    has_timestamps: bool
    bucket_count: int
    time_column: int | None
    zone_table: Blob
    path_heap: Blob
    ordinal_index: Blob
    blocks: list[tuple[int, Blob]]
    """First path hash and place of each block of the directory."""
    filters: list[tuple[int, Blob]]
    writer: bytes


def read_blob(reader: ByteReader) -> Blob:
    at = reader.place
    blob = Blob(reader.u64(), reader.u32(), reader.u64(), at)
    if blob.length == 0 and (blob.offset or blob.checksum):
        raise CorruptSegment(at, "a reference to nothing that is not 0")
    return blob


def locate_root(data: bytes) -> ByteReader:
    """Checks trailer and header, and gives a reader over the root."""
    start = len(data) - TRAILER_LENGTH
    if start < HEADER_LENGTH:
        raise CorruptSegment(0, "too short for a segment")
    if data[start + 56 :] != MAGIC:
        raise CorruptSegment(start + 56, "no segment: the last 8 bytes are wrong")
    if checksum(data[start : start + 48]) != int.from_bytes(data[start + 48 : start + 56], "little"):
        raise CorruptSegment(start, "trailer checksum")
    reader = ByteReader(data, start, start + 48)
    root_offset, root_length = reader.u64(), reader.u32()
    padding = reader.u32()
    root_checksum, file_length = reader.u64(), reader.u64()
    features, _ = reader.u32(), reader.u32()
    read_version, write_version = reader.u16(), reader.u16()
    if read_version > READ_VERSION:
        raise UnsupportedSegment(f"needs a reader of version {read_version}")
    if features & ~KNOWN_FEATURES:
        raise UnsupportedSegment(f"has unknown incompatible features 0x{features:x}")
    reader.zero(4)
    if padding or read_version == 0 or write_version == 0:
        raise CorruptSegment(start, "a trailer field that must be zero is not, or the other way round")
    if file_length != len(data):
        raise CorruptSegment(start + 24, f"file of {len(data)} bytes should have {file_length}")
    check_header(data, read_version, write_version)
    if root_length > limits.STORED_BYTES or root_offset < HEADER_LENGTH or root_offset + root_length != start:
        raise CorruptSegment(start, "the root does not stand right before the trailer")
    if checksum(data[root_offset:start]) != root_checksum:
        raise CorruptSegment(root_offset, "root checksum")
    return ByteReader(data, root_offset, start)


def check_header(data: bytes, read_version: int, write_version: int) -> None:
    reader = ByteReader(data, 0, HEADER_LENGTH)
    if reader.take(8) != MAGIC:
        raise CorruptSegment(0, "no segment: the first 8 bytes are wrong")
    if (reader.u16(), reader.u16()) != (read_version, write_version):
        raise CorruptSegment(8, "header and trailer tell different versions")
    reader.zero(4)


def read_root(data: bytes) -> Root:
    reader = locate_root(data)
    offset = reader.position
    row_count, zone_count, column_count = reader.u64(), reader.u32(), reader.u32()
    times = [reader.i64() for _ in range(4)]
    sequences = [reader.u64(), reader.u64()]
    tier = reader.u8_in(1, 3, "tier")
    flags = reader.u8_in(0, 1, "flags")
    bucket_count = reader.u16()
    time_column = reader.u32()
    zone_table, path_heap, ordinal_index = (read_blob(reader) for _ in range(3))
    block_count = reader.u32()
    filter_count, writer_length = reader.u32(), reader.u32()
    if 28 * block_count + 28 * filter_count + writer_length != reader.remaining:
        raise CorruptSegment(offset + 132, "the root does not end where it should")
    blocks = [(reader.u64(), read_blob(reader)) for _ in range(block_count)]
    filters = [read_filter_reference(reader) for _ in range(filter_count)]
    root = Root(
        offset,
        row_count,
        zone_count,
        column_count,
        *times,
        *sequences,
        tier,
        bool(flags),
        bucket_count,
        None if time_column == NO_COLUMN else time_column,
        zone_table,
        path_heap,
        ordinal_index,
        blocks,
        filters,
        reader.take(writer_length),
    )
    check_root(root)
    return root


def read_filter_reference(reader: ByteReader) -> tuple[int, Blob]:
    kind = reader.u32()
    reader.zero(4)
    return kind, read_blob(reader)


def check_root(root: Root) -> None:
    def require(condition: bool, offset: int, reason: str):
        if not condition:
            raise CorruptSegment(root.offset + offset, reason)

    require(root.row_count <= limits.ROWS, 0, "too many rows")
    require(is_utf8(root.writer), 140, "name of the writer is not UTF-8")
    require(3 <= root.column_count <= limits.COLUMNS, 12, "number of columns")
    require(root.zone_table.length == 24 * root.zone_count, 72, "length of the zone table")
    blocks = -(-root.column_count // ENTRIES_PER_BLOCK)
    require(len(root.blocks) == blocks, 132, "number of directory blocks")
    require(root.has_timestamps == (root.time_column is not None), 65, "timestamps without a time column")
    require(root.time_column is None or root.time_column < root.column_count, 68, "ordinal of the time column")
    times = (root.min_timestamp, root.max_timestamp)
    require(root.has_timestamps or times == (0, 0), 16, "timestamps where there are none")
    kinds = [kind for kind, _ in root.filters]
    require(sorted(set(kinds)) == kinds, 144, "filters are not ascending by kind")


def read_zones(reader: ByteReader, root: Root) -> list[Zone]:
    """From the zone table, whose place and checksum are checked."""
    zones = []
    row = 0
    for _ in range(root.zone_count):
        at = reader.place
        zone = Zone(reader.u32(), reader.u32(), reader.i64(), reader.i64())
        if zone.first_row != row or not 1 <= zone.row_count <= limits.ROWS_PER_ZONE:
            raise CorruptSegment(at, "zones are not dense, or have too many rows or none")
        row = zone.end_row
        zones.append(zone)
    if row != root.row_count:
        raise CorruptSegment(root.zone_table.at, f"zones have {row} rows, the segment {root.row_count}")
    return zones
