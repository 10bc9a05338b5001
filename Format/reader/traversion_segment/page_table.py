"""Page tables (section 2.8)."""

from dataclasses import dataclass

from . import limits
from .column_types import *
from .directory import Column
from .errors import CorruptSegment
from .primitives import ByteReader
from .root import Blob, Zone

DATA, DICTIONARY, TEMPLATES, SYMBOLS, ZSTD_DICTIONARY, SHAPES, MAP = range(1, 8)
EVERY_ROW, BY_SHAPE, OWN = range(3)
COUNTED = (DATA, DICTIONARY, MAP)


@dataclass(eq=False)
class Page:
    """A data page or a resource."""

    index: int
    blob: Blob
    value_count: int
    first_zone: int
    zone_count: int
    kind: int
    presence: int

    @property
    def end_zone(self) -> int:
        return self.first_zone + self.zone_count

    def covers(self, zone: int) -> bool:
        return self.first_zone <= zone < self.end_zone


def read_page_table(data: bytes, column: Column, zones: list[Zone]) -> list[Page]:
    """The table's place and checksum have been checked; the pages' own are not."""
    table = column.page_table
    reader = ByteReader(data, table.offset, table.offset + table.length)
    pages = []
    next_zone = 0
    for index in range(column.page_count):
        page = read_page_entry(reader, index)
        at = page.blob.at
        if page.zone_count < 1 or page.end_zone > len(zones):
            raise CorruptSegment(at + 24, "zones of a page")
        if page.kind == DATA:
            if page.first_zone < next_zone:
                raise CorruptSegment(at + 24, "data pages are not ascending by zone")
            next_zone = page.end_zone
            check_data_page(page, column, zones)
        elif page.presence != EVERY_ROW:
            raise CorruptSegment(at + 33, "presence of a resource")
        elif page.value_count and page.kind not in COUNTED:
            raise CorruptSegment(at + 20, "number of values of a resource that has none")
        pages.append(page)
    return pages


def read_page_entry(reader: ByteReader, index: int) -> Page:
    at = reader.position
    offset, stored_checksum, length = reader.u64(), reader.u64(), reader.u32()
    value_count, first_zone, zone_count = reader.u32(), reader.u32(), reader.u32()
    kind = reader.u8_in(DATA, MAP, "kind of a page")
    presence = reader.u8_in(EVERY_ROW, OWN, "presence")
    reader.zero(2)
    reader.u32()
    if not 1 <= length <= limits.STORED_BYTES:
        raise CorruptSegment(at + 16, f"page of {length} bytes")
    return Page(index, Blob(offset, length, stored_checksum, at), value_count, first_zone, zone_count, kind, presence)


def check_data_page(page: Page, column: Column, zones: list[Zone]) -> None:
    at = page.blob.at
    if page.zone_count > limits.ZONES_PER_PAGE:
        raise CorruptSegment(at + 28, f"page of {page.zone_count} zones")
    allowed = (EVERY_ROW, BY_SHAPE, OWN)
    if column.kind in PRESENCE_ONLY or column.kind == OVERFLOW:
        allowed = (OWN,)
    elif column.kind in SYSTEM:
        allowed = (EVERY_ROW,)
    if page.presence not in allowed:
        raise CorruptSegment(at + 33, f"presence {page.presence} in a column of type {NAMES[column.kind]}")
    rows = zones[page.end_zone - 1].end_row - zones[page.first_zone].first_row
    if column.kind == OVERFLOW:
        return
    if page.value_count > rows or (page.presence == EVERY_ROW and page.value_count != rows):
        raise CorruptSegment(at + 20, f"{page.value_count} values in {rows} rows")
