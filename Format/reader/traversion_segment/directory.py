"""Columns: path heap, ordinal index and directory (sections 2.5 and 2.6)."""

from dataclasses import dataclass

from . import limits
from .buffers import read_section
from .column_types import *
from .errors import CorruptSegment
from .nodes_integer import read_integers
from .primitives import ByteReader, checksum
from .context import PlainContext
from .root import ENTRIES_PER_BLOCK, Blob, Root

IN_OVERFLOW, INLINE = 1, 2


@dataclass(eq=False)
class Column:
    ordinal: int
    path: tuple[str, ...]
    kind: int
    in_overflow: bool
    """Some values are in an overflow bucket."""
    value_count: int
    metadata: "Blob | ByteReader"
    """Where the metadata stands: in the file, or in the tail of the block."""
    at: int
    """Where the directory entry, or the block that holds it, stands in the file."""

    @property
    def name(self) -> str:
        return ".".join(self.path) if self.path else f"({NAMES[self.kind]})"


def read_path(reader: ByteReader) -> tuple[str, ...]:
    start = reader.place
    count = reader.varint_in(0, limits.KEYS_PER_PATH, "number of keys")
    keys = [reader.take(reader.varint_in(0, limits.PATH_BYTES, "length of a key")) for _ in range(count)]
    reader.expect_end("path")
    try:
        return tuple(key.decode("utf-8") for key in keys)
    except UnicodeDecodeError:
        raise CorruptSegment(start, "a key is not UTF-8") from None


class DirectoryReader:
    def __init__(self, segment):
        self.root: Root = segment.root
        self.segment = segment
        self.heap = read_section(segment.stored(self.root.path_heap, "path heap"))
        self.columns: list[Column] = []
        self.previous: tuple | None = None
        self.tail_start = 0

    def read(self) -> list[Column]:
        """The columns by ordinal."""
        left = self.root.column_count
        for first_hash, blob in self.root.blocks:
            count = min(left, ENTRIES_PER_BLOCK)
            left -= count
            self.read_block(read_section(self.segment.stored(blob, "directory block")), count, first_hash)
        return self.by_ordinal()

    def read_block(self, block: ByteReader, count: int, first_hash: int) -> None:
        entries = block.part(64 * count)
        tail = block
        self.tail_start = tail.position
        for index in range(count):
            column, key = self.read_entry(entries, tail)
            if index == 0 and key[0] != first_hash:
                raise CorruptSegment(column.at, "first path hash of the directory block")
            # Only overflow buckets may be equal in all but the ordinal.
            key = key if column.kind == OVERFLOW else key[:3]
            if self.previous is not None and self.previous >= key:
                raise CorruptSegment(column.at, "directory entries do not ascend")
            self.previous = key
            self.columns.append(column)
        tail.expect_end("directory block")

    def read_entry(self, reader: ByteReader, tail: ByteReader) -> tuple[Column, tuple]:
        """The column and its place in the order of the directory."""
        at = reader.place
        path_hash, path_offset, path_length, ordinal = reader.u64(), reader.u32(), reader.u32(), reader.u32()
        kind = reader.u8()
        flags = reader.u8_in(0, IN_OVERFLOW | INLINE, "flags")
        reader.zero(2)
        value_count, _ = reader.u64(), reader.u64()
        offset, length = reader.u64(), reader.u32()
        reader.zero(4)
        metadata_checksum = reader.u64()
        if kind not in NAMES:
            raise CorruptSegment(at, f"column type {kind}")
        encoded, path = self.path_at(path_offset, path_length, at)
        if checksum(encoded) != path_hash:
            raise CorruptSegment(at, "path hash")
        if bool(path) != is_user(kind):
            raise CorruptSegment(at, f"a column of type {NAMES[kind]} with a path of {len(path)} keys")
        if value_count > self.root.row_count and kind != OVERFLOW:
            raise CorruptSegment(at, "more values than rows")
        metadata = Blob(offset, length, metadata_checksum, at)
        if flags & INLINE:
            if metadata_checksum:
                raise CorruptSegment(at, "a checksum of inline metadata")
            if offset != tail.position - self.tail_start:
                raise CorruptSegment(at, "inline metadata are not one right after the other")
            metadata = tail.part(length)
        column = Column(ordinal, path, kind, bool(flags & IN_OVERFLOW), value_count, metadata, at)
        return column, (path_hash, encoded, kind, ordinal)

    def path_at(self, offset: int, length: int, at: int) -> tuple[bytes, tuple[str, ...]]:
        if length > limits.PATH_BYTES or offset + length > self.heap.remaining:
            raise CorruptSegment(at, "path outside the path heap")
        start = self.heap.position + offset
        reader = ByteReader(self.heap.data, start, start + length, self.heap.at)
        return self.heap.data[start : start + length], read_path(reader)

    def by_ordinal(self) -> list[Column]:
        root, columns = self.root, self.columns
        reader = self.segment.stored(root.ordinal_index, "ordinal index")
        start = reader.place
        indexes = read_integers(reader, root.column_count, PlainContext())
        reader.expect_end("ordinal index")
        for ordinal, index in enumerate(indexes):
            if index >= len(columns) or columns[index].ordinal != ordinal:
                raise CorruptSegment(start, f"ordinal {ordinal} does not lead to its column")
        result = [columns[index] for index in indexes]
        kinds = [column.kind for column in result]
        if kinds[:3] != [SHAPE, STORED_AT, SEQUENCE] or any(kind in (SHAPE, STORED_AT, SEQUENCE) for kind in kinds[3:]):
            raise CorruptSegment(start, "the first columns are not shape, storedAt and sequence")
        if kinds.count(OVERFLOW) > root.bucket_count:
            raise CorruptSegment(root.offset + 66, "number of overflow buckets")
        return result
