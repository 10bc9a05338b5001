"""An open segment: structure is checked when it is opened, pages when they are asked for."""

from functools import cached_property

from . import limits
from .column_types import *
from .directory import Column, DirectoryReader
from .errors import CorruptSegment
from .metadata import DATA, Page, read_metadata
from .pages import DecodedPage, decode_page
from .primitives import ByteReader, checksum
from .resources import decode_resource
from .root import HEADER_LENGTH, Blob, read_root, read_zones
from .shapes import ShapePage


class Segment:
    def __init__(self, data: bytes):
        self.data = data
        self.root = read_root(data)
        self.zones = read_zones(self.stored(self.root.zone_table, "zone table"), self.root)
        self.columns: list[Column] = DirectoryReader(self).read()
        self._check_time_column()
        self.pages: list[list[Page]] = []
        self.statistics: list[ByteReader | None] = []
        for column in self.columns:
            pages, statistics = read_metadata(self.stored(column.metadata, "column metadata"), column, self.zones)
            self.pages.append(pages)
            self.statistics.append(statistics)
        self._check_system_columns()
        self._decoded: dict[tuple[int, int], DecodedPage] = {}
        self._in_progress: set[tuple[int, int]] = set()
        self._resources: dict[tuple, tuple[int, object]] = {}
        self._shapes: dict[int, ShapePage] = {}

    @classmethod
    def open(cls, path) -> "Segment":
        with open(path, "rb") as file:
            return cls(file.read())

    def stored(self, blob: Blob | ByteReader, what: str) -> ByteReader:
        """A reader over the bytes of a reference, once its place and checksum are checked; inline bytes already are."""
        if isinstance(blob, ByteReader):
            return ByteReader(blob.data, blob.position, blob.end, blob.at)
        if blob.length == 0:
            if blob.offset or blob.checksum:
                raise CorruptSegment(blob.at, f"{what}: a reference to nothing that is not 0")
            return ByteReader(self.data, 0, 0, blob.at)
        if blob.length > limits.STORED_BYTES:
            raise CorruptSegment(blob.at, f"{what} of {blob.length} bytes")
        if blob.offset < HEADER_LENGTH or blob.offset + blob.length > self.root.offset:
            raise CorruptSegment(blob.at, f"{what} stands outside the part of the file for pages and sections")
        end = blob.offset + blob.length
        if checksum(self.data[blob.offset : end]) != blob.checksum:
            raise CorruptSegment(blob.offset, f"{what} checksum")
        return ByteReader(self.data, blob.offset, end)

    # Structure.

    def _check_time_column(self) -> None:
        ordinal = self.root.time_column
        if ordinal is not None and self.columns[ordinal].kind != TIMESTAMP:
            raise CorruptSegment(self.root.offset + 68, "the time column is not a timestamp column")

    def _check_system_columns(self) -> None:
        """Every row has a shape, a storedAt and a sequence."""
        for column in self.columns[:3]:
            covered = sum(page.zone_count for page in self.data_pages[column.ordinal])
            if covered != len(self.zones) or column.value_count != self.root.row_count:
                raise CorruptSegment(column.at, f"column {column.name} does not have every row")

    @cached_property
    def data_pages(self) -> list[list[Page]]:
        return [[page for page in pages if page.kind == DATA] for pages in self.pages]

    @cached_property
    def columns_by_path(self) -> list[Column]:
        return sorted((column for column in self.columns if is_user(column.kind)), key=lambda column: column.path)

    @cached_property
    def bucket_columns(self) -> list[Column]:
        """The columns of overflow buckets, ascending by the numbers of the buckets."""
        return [column for column in self.columns if column.kind == OVERFLOW]

    def page_covering(self, column: Column, zone: int) -> Page | None:
        pages = self.data_pages[column.ordinal]
        low, high = 0, len(pages)
        while low < high:
            middle = (low + high) // 2
            if pages[middle].end_zone <= zone:
                low = middle + 1
            else:
                high = middle
        return pages[low] if low < len(pages) and pages[low].covers(zone) else None

    # Pages and resources.

    def decoded(self, column: Column, page: Page, link_depth: int = 0) -> DecodedPage:
        key = (column.ordinal, page.index)
        if key not in self._decoded:
            if key in self._in_progress:
                raise CorruptSegment(page.at, "a page that needs itself")
            self._in_progress.add(key)
            try:
                self._decoded[key] = decode_page(self, column, page, link_depth)
            finally:
                self._in_progress.discard(key)
        return self._decoded[key]

    def resource(self, column: Column, page: Page):
        key = (column.ordinal, page.index)
        if isinstance(page.stored, Blob):
            # Two columns may share a resource; the type says how its entries are encoded.
            key = (page.stored.offset, page.length, page.stored.checksum, page.kind, page.value_count, column.kind)
        if key not in self._resources:
            reader = self.stored(page.stored, "resource")
            value = decode_resource(reader, page.kind, page.value_count, column.kind, self.columns)
            self._resources[key] = (page.end_zone, value)
        return self._resources[key][1]

    def shape_page(self, zone: int) -> ShapePage:
        column = self.columns[0]
        page = self.page_covering(column, zone)
        if page.index not in self._shapes:
            self._shapes[page.index] = ShapePage(self, page, self.decoded(column, page))
        return self._shapes[page.index]

    def rows_by_shape(self, ordinal: int, first_zone: int, end_zone: int) -> list[int]:
        """The rows in these zones whose shape has the column."""
        rows = []
        zone = first_zone
        while zone < end_zone:
            shapes = self.shape_page(zone)
            zone = min(end_zone, shapes.page.end_zone)
            rows += shapes.rows(ordinal, self.zones[first_zone].first_row, self.zones[zone - 1].end_row)
        return rows

    def forget_before(self, zone: int) -> None:
        """Drops decoded pages and resources that end at or before the zone."""
        self._decoded = {
            key: decoded for key, decoded in self._decoded.items() if self.pages[key[0]][key[1]].end_zone > zone
        }
        self._resources = {key: kept for key, kept in self._resources.items() if kept[0] > zone}
        self._shapes = {index: shapes for index, shapes in self._shapes.items() if shapes.page.end_zone > zone}
