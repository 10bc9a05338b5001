"""Puts pages, sections, directory and root together into a segment (sections 2, 7, 8 and 9)."""

import struct
from dataclasses import dataclass, field

import xxhash

from . import encoder

MAGIC = b"TRVSEG1\n"
NO_TIMESTAMP = (2**63 - 1, -(2**63))
NO_COLUMN = 0xFFFFFFFF


def checksum(data: bytes) -> int:
    return xxhash.xxh3_64_intdigest(data)


@dataclass
class PageSpec:
    payload: bytes
    value_count: int
    first_zone: int = 0
    zone_count: int = 1
    kind: int = 1
    presence: int = 0


@dataclass
class ColumnSpec:
    path: tuple[str, ...]
    kind: int
    pages: list[PageSpec]
    value_count: int
    in_overflow: bool = False
    statistics: bytes = b""


@dataclass
class SegmentSpec:
    zones: list[int]
    columns: list[ColumnSpec]
    """All columns by ordinal, the system columns first."""
    zone_times: list[tuple[int, int]] | None = None
    time_column: int = NO_COLUMN
    stored_at: tuple[int, int] = (0, 0)
    sequence: tuple[int, int] = (0, 0)
    bucket_count: int = 0
    filters: list[tuple[int, bytes]] = field(default_factory=list)
    tier: int = 1
    read_version: int = 1
    incompatible_features: int = 0
    compatible_features: int = 0
    inline: bool = False
    """Metadata and pages stand in the directory blocks."""
    compressed: bool = False
    """Path heap and directory blocks are compressed."""

    def build(self) -> bytes:
        return Assembly(self).build()


def system_columns(zones: list[int], columns: list[ColumnSpec], listed: list[list[int]], stored_at: int, sequence: int):
    """Shape, storedAt (the same everywhere) and sequence (ascending) over all zones, which must be at most 64.

    `columns` are the others, from ordinal 3; `listed` gives for each row the columns that only its shape tells.
    """
    rows, zone_count = sum(zones), len(zones)
    if not rows:
        return [ColumnSpec((), kind, [], 0) for kind in (34, 32, 33)]
    zone_of_row = [zone for zone, count in enumerate(zones) for _ in range(count)]
    codes_of_shapes: dict[tuple[int, ...], int] = {}
    codes = []
    for zone, own_list in zip(zone_of_row, listed):
        everywhere = [
            ordinal
            for ordinal, column in enumerate(columns, 3)
            if any(p.kind == 1 and p.presence == 0 and 0 <= zone - p.first_zone < p.zone_count for p in column.pages)
        ]
        shape = tuple(sorted({*own_list, *everywhere}))
        codes.append(codes_of_shapes.setdefault(shape, len(codes_of_shapes)))
    table = PageSpec(encoder.shape_table(list(map(list, codes_of_shapes))), 0, 0, zone_count, kind=6)
    shape = PageSpec(encoder.integer_shared(0, encoder.short(codes)), rows, 0, zone_count)
    return [
        ColumnSpec((), 34, [table, shape], rows),
        ColumnSpec((), 32, [PageSpec(encoder.constant(stored_at), rows, 0, zone_count)], rows),
        ColumnSpec((), 33, [PageSpec(encoder.sequence(sequence, 1), rows, 0, zone_count)], rows),
    ]


class Assembly:
    def __init__(self, spec: SegmentSpec):
        self.spec = spec
        self.file = bytearray(MAGIC + struct.pack("<HHI", spec.read_version, 1, 0))
        self.places: dict[bytes, int] = {}

    def put(self, data: bytes) -> tuple[int, int, int]:
        """Offset, length and checksum; equal bytes are put once, as columns may share resources."""
        if not data:
            return 0, 0, 0
        if data not in self.places:
            self.places[data] = len(self.file)
            self.file += data
        return self.places[data], len(data), checksum(data)

    def reference(self, data: bytes) -> bytes:
        return struct.pack("<QIQ", *self.put(data))

    def build(self) -> bytes:
        spec = self.spec
        metadata = [self.metadata(column) for column in spec.columns]
        zone_times = spec.zone_times or [NO_TIMESTAMP] * len(spec.zones)
        zone_table, first = b"", 0
        for rows, times in zip(spec.zones, zone_times):
            zone_table += struct.pack("<IIqq", first, rows, *times)
            first += rows
        blocks, heap, ordinals = self.directory(metadata)
        sections = b"".join(self.reference(data) for data in (zone_table, self.section(heap), encoder.short(ordinals)))
        block_references = b"".join(block[:8] + self.reference(self.section(block)) for block in blocks)
        filters = b"".join(struct.pack("<II", kind, 0) + self.reference(data) for kind, data in spec.filters)

        has_times = spec.time_column != NO_COLUMN
        known = [time for times in zone_times if times != NO_TIMESTAMP for time in times] or [0]
        times = (min(known), max(known)) if has_times else (0, 0)
        writer = b"example"
        root = struct.pack("<QII", first, len(spec.zones), len(spec.columns))
        root += struct.pack("<qqqqQQ", *times, *spec.stored_at, *spec.sequence)
        root += struct.pack("<BBHI", spec.tier, has_times, spec.bucket_count, spec.time_column)
        root += sections + struct.pack("<III", len(blocks), len(spec.filters), len(writer))
        root += block_references + filters + writer
        return self.finish(root)

    def finish(self, root: bytes) -> bytes:
        spec = self.spec
        offset = len(self.file)
        self.file += root
        trailer = struct.pack("<QIIQQ", offset, len(root), 0, checksum(root), len(self.file) + 64)
        trailer += struct.pack("<IIHHI", spec.incompatible_features, spec.compatible_features, spec.read_version, 1, 0)
        return bytes(self.file) + trailer + struct.pack("<Q", checksum(trailer)) + MAGIC

    def section(self, raw: bytes) -> bytes:
        buffer = encoder.zstd_buffer(raw) if self.spec.compressed else encoder.plain(raw)
        return buffer if len(buffer) < len(raw) else encoder.plain(raw)

    def metadata(self, column: ColumnSpec) -> bytes:
        """Of a column; its pages are put into the file unless they are inline."""
        if not column.pages and not column.statistics:
            return b""
        table, inline, end = encoder.varint(len(column.pages)), b"", 0
        for page in column.pages:
            numbers = (page.value_count, page.first_zone, page.zone_count, 0, len(page.payload))
            descriptor = page.kind | page.presence << 4 | self.spec.inline << 6
            table += bytes([descriptor % 256]) + b"".join(map(encoder.varint, numbers))
            if self.spec.inline:
                inline += page.payload
            else:
                offset, length, page_checksum = self.put(page.payload)
                table += encoder.zvarint(offset - end) + struct.pack("<Q", page_checksum)
                end = offset + length
        return table + encoder.text(column.statistics) + inline

    def directory(self, metadata: list[bytes]) -> tuple[list[bytes], bytes, list[int]]:
        """The raw blocks, the path heap and the ordinal index."""
        heap, places, order = b"", {}, []
        for ordinal, column in enumerate(self.spec.columns):
            path = encoder.varint(len(column.path)) + b"".join(encoder.text(key.encode()) for key in column.path)
            if path not in places:
                places[path] = len(heap)
                heap += path
            order.append((checksum(path), path, column.kind, ordinal))
        order.sort()
        blocks = []
        for start in range(0, len(order), 51):
            entries, tail = b"", b""
            for path_hash, path, kind, ordinal in order[start : start + 51]:
                column = self.spec.columns[ordinal]
                inline = self.spec.inline and bool(metadata[ordinal])
                place = (len(tail), len(metadata[ordinal]), 0) if inline else self.put(metadata[ordinal])
                tail += metadata[ordinal] if inline else b""
                flags = column.in_overflow | inline << 1
                entries += struct.pack("<QIIIBBH", path_hash, places[path], len(path), ordinal, kind, flags, 0)
                entries += struct.pack("<QQQIIQ", column.value_count, 0, place[0], place[1], 0, place[2])
            blocks.append(entries + tail)
        index_of_ordinal = {key[3]: index for index, key in enumerate(order)}
        return blocks, heap, [index_of_ordinal[ordinal] for ordinal in range(len(order))]


def overflow_payload(bucket: int, entries: list[tuple[int, int, bytes]]) -> bytes:
    """Entries of (row in the page, ordinal, text), ascending."""
    return (
        encoder.varint(bucket)
        + encoder.varint(len(entries))
        + encoder.packed([ordinal for _, ordinal, _ in entries])
        + encoder.packed([row for row, _, _ in entries])
        + encoder.strings([value for _, _, value in entries])
    )


def filter_bytes(
    keys: dict[bytes, int], ranges: list[tuple[int, int]], fingerprint_bits: int, range_bits: int
) -> bytes:
    """A binary fuse filter from keys to indexes of ranges, made by peeling."""
    length, count = 8, max(1, len(keys) // 4)
    width = fingerprint_bits + range_bits
    for seed in range(1000):
        slots = solve(keys, seed, length, count, fingerprint_bits)
        if slots is not None:
            head = struct.pack(
                "<QIIBBHIQ", seed, length, count, fingerprint_bits, range_bits, 0, len(ranges), len(keys)
            )
            return head + b"".join(struct.pack("<II", *zones) for zones in ranges) + encoder.bit_stream(slots, width)
    raise AssertionError("no seed works")


def positions_of(key: bytes, seed: int, length: int, count: int) -> tuple[int, list[int]]:
    h = (checksum(key) + seed * 0x9E3779B97F4A7C15) % 2**64
    h = (h ^ h >> 30) * 0xBF58476D1CE4E5B9 % 2**64
    h = (h ^ h >> 27) * 0x94D049BB133111EB % 2**64
    h ^= h >> 31
    p0 = h * (count * length) >> 64
    others = [(p0 + block * length) ^ ((h >> 16 * (block - 1)) & (length - 1)) for block in (1, 2, 3)]
    return h, [p0, *others]


def solve(keys, seed, length, count, fingerprint_bits):
    places = {key: positions_of(key, seed, length, count) for key in keys}
    users: dict[int, set[bytes]] = {}
    for key, (_, positions) in places.items():
        for position in positions:
            users.setdefault(position, set()).add(key)
    order = []
    ready = [position for position in users if len(users[position]) == 1]
    while ready:
        position = ready.pop()
        if len(users[position]) != 1:
            continue
        (key,) = users[position]
        order.append((key, position))
        for other in places[key][1]:
            users[other].discard(key)
            if len(users[other]) == 1:
                ready.append(other)
    if len(order) != len(keys):
        return None
    slots = [0] * ((count + 3) * length)
    for key, position in reversed(order):
        h, positions = places[key]
        value = h * 0x9E3779B97F4A7C15 % 2**64 >> 64 - fingerprint_bits | keys[key] << fingerprint_bits
        for other in positions:
            if other != position:
                value ^= slots[other]
        slots[position] = value
    return slots
