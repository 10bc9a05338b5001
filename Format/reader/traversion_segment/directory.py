"""Columns: path heap, ordinal index and directory (sections 2.5 and 2.6)."""

from dataclasses import dataclass

from . import limits
from .column_types import *
from .errors import CorruptSegment
from .primitives import ByteReader, checksum
from .root import ENTRIES_PER_BLOCK, ENTRY_LENGTH, Blob, Root


@dataclass(eq=False)
class Column:
    ordinal: int
    path: tuple[str, ...]
    kind: int
    in_overflow: bool
    """Some values are in an overflow bucket."""
    value_count: int
    page_table: Blob
    page_count: int
    statistics: Blob
    at: int
    """Where the directory entry stands."""

    @property
    def name(self) -> str:
        return ".".join(self.path) if self.path else f"({NAMES[self.kind]})"


def read_path(reader: ByteReader) -> tuple[str, ...]:
    start = reader.position
    count = reader.varint_in(0, limits.KEYS_PER_PATH, "number of keys")
    keys = [reader.take(reader.varint_in(0, limits.PATH_BYTES, "length of a key")) for _ in range(count)]
    reader.expect_end("path")
    try:
        return tuple(key.decode("utf-8") for key in keys)
    except UnicodeDecodeError:
        raise CorruptSegment(start, "a key is not UTF-8") from None


def read_entry(reader: ByteReader, root: Root) -> tuple[Column, tuple]:
    """The column and its place in the order of the directory."""
    at = reader.position
    path_hash, path_offset, path_length, ordinal = reader.u64(), reader.u32(), reader.u32(), reader.u32()
    kind = reader.u8()
    flags = reader.u8_in(0, 1, "flags")
    reader.zero(2)
    value_count = reader.u64()
    pages_at = reader.position
    table_offset, table_checksum, page_count = reader.u64(), reader.u64(), reader.u32()
    statistics_length, statistics_offset, statistics_checksum = reader.u32(), reader.u64(), reader.u64()
    reader.u64()
    if kind not in NAMES:
        raise CorruptSegment(at + 20, f"column type {kind}")
    if path_length > limits.PATH_BYTES or path_offset + path_length > root.path_heap.length:
        raise CorruptSegment(at + 8, "path outside the path heap")
    start = root.path_heap.offset + path_offset
    encoded = reader.data[start : start + path_length]
    if checksum(encoded) != path_hash:
        raise CorruptSegment(at, "path hash")
    path = read_path(ByteReader(reader.data, start, start + path_length))
    if bool(path) != is_user(kind):
        raise CorruptSegment(at + 20, f"a column of type {NAMES[kind]} with a path of {len(path)} keys")
    if value_count > root.row_count and kind != OVERFLOW:
        raise CorruptSegment(at + 24, "more values than rows")
    page_table = Blob(table_offset, 40 * page_count, table_checksum, pages_at)
    statistics = Blob(statistics_offset, statistics_length, statistics_checksum, pages_at + 12)
    column = Column(ordinal, path, kind, bool(flags), value_count, page_table, page_count, statistics, at)
    return column, (path_hash, encoded, kind, ordinal)


def read_columns(data: bytes, root: Root) -> list[Column]:
    """The columns by ordinal. Path heap and ordinal index have been checked for place and checksum."""
    columns: list[Column] = []
    previous = None
    for index, (first_hash, block_checksum) in enumerate(root.blocks):
        start = root.directory_offset + index * ENTRIES_PER_BLOCK * ENTRY_LENGTH
        end = min(start + ENTRIES_PER_BLOCK * ENTRY_LENGTH, root.directory_offset + root.column_count * ENTRY_LENGTH)
        if checksum(data[start:end]) != block_checksum:
            raise CorruptSegment(start, "directory block checksum")
        reader = ByteReader(data, start, end)
        if int.from_bytes(data[start : start + 8], "little") != first_hash:
            raise CorruptSegment(start, "first path hash of the directory block")
        while reader.remaining:
            column, key = read_entry(reader, root)
            different = key if column.kind == OVERFLOW else key[:3]
            if previous is not None and previous >= different:
                raise CorruptSegment(column.at, "directory entries do not ascend")
            previous = key if column.kind == OVERFLOW else key[:3]
            columns.append(column)
    return by_ordinal(data, root, columns)


def by_ordinal(data: bytes, root: Root, columns: list[Column]) -> list[Column]:
    reader = ByteReader(data, root.ordinal_index.offset, root.ordinal_index.offset + root.ordinal_index.length)
    result = []
    for ordinal in range(root.column_count):
        at = reader.position
        index = reader.u32()
        if index >= len(columns) or columns[index].ordinal != ordinal:
            raise CorruptSegment(at, f"ordinal {ordinal} does not lead to its column")
        result.append(columns[index])
    kinds = [column.kind for column in result]
    if kinds[:3] != [SHAPE, STORED_AT, SEQUENCE] or any(kind in (SHAPE, STORED_AT, SEQUENCE) for kind in kinds[3:]):
        raise CorruptSegment(root.ordinal_index.offset, "the first columns are not shape, storedAt and sequence")
    if kinds.count(OVERFLOW) != root.bucket_count:
        raise CorruptSegment(root.offset + 66, "number of overflow buckets")
    return result
