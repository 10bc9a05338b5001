"""Column metadata: page table and statistics (section 2.8)."""

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
INLINE = 1 << 6


@dataclass(eq=False)
class Page:
    """A data page or a resource."""

    index: int
    stored: "Blob | ByteReader | None"
    """Where its bytes stand: in the file, or inline. None until the inline bytes have been cut up."""
    length: int
    value_count: int
    first_zone: int
    zone_count: int
    kind: int
    presence: int
    at: int
    """Where the table tells of it."""

    @property
    def end_zone(self) -> int:
        return self.first_zone + self.zone_count

    def covers(self, zone: int) -> bool:
        return self.first_zone <= zone < self.end_zone


def read_metadata(reader: ByteReader, column: Column, zones: list[Zone]) -> tuple[list[Page], ByteReader | None]:
    """The pages and, when there are some, the bytes of the statistics. The reader covers checked bytes."""
    if not reader.remaining:
        return [], None
    pages: list[Page] = []
    next_zone = file_position = 0
    # A page takes at least 6 bytes of the table.
    for index in range(reader.varint_in(0, reader.remaining // 6, "number of pages")):
        page, file_position = read_page(reader, index, len(zones), file_position)
        if page.kind == DATA:
            if page.first_zone < next_zone:
                raise CorruptSegment(page.at, "data pages are not ascending by zone")
            next_zone = page.end_zone
            check_data_page(page, column, zones)
        elif page.presence != EVERY_ROW:
            raise CorruptSegment(page.at, "presence of a resource")
        elif page.value_count and page.kind not in COUNTED:
            raise CorruptSegment(page.at, "number of values of a resource that has none")
        pages.append(page)
    statistics = reader.part(reader.varint())
    for page in pages:
        if page.stored is None:
            page.stored = reader.part(page.length)
    reader.expect_end("column metadata")
    return pages, statistics if statistics.remaining else None


def read_page(reader: ByteReader, index: int, zone_total: int, file_position: int) -> tuple[Page, int]:
    """The page, and the end in the file of the last page that is not inline."""
    at = reader.place
    descriptor = reader.u8_in(0, 127, "descriptor")
    kind, presence = descriptor & 15, descriptor >> 4 & 3
    if not DATA <= kind <= MAP or presence > OWN:
        raise CorruptSegment(at, f"page descriptor {descriptor}")
    value_count, first_zone, zone_count = reader.varint(), reader.varint(), reader.varint()
    reader.varint()
    length = reader.varint_in(1, limits.STORED_BYTES, "length of a page")
    if zone_count < 1 or first_zone + zone_count > zone_total:
        raise CorruptSegment(at, "zones of a page")
    stored = None
    if not descriptor & INLINE:
        offset = file_position + reader.signed_varint()
        stored = Blob(offset, length, reader.u64(), at)
        file_position = offset + length
    return Page(index, stored, length, value_count, first_zone, zone_count, kind, presence, at), file_position


def check_data_page(page: Page, column: Column, zones: list[Zone]) -> None:
    if page.zone_count > limits.ZONES_PER_PAGE:
        raise CorruptSegment(page.at, f"page of {page.zone_count} zones")
    allowed = (EVERY_ROW, BY_SHAPE, OWN)
    if column.kind in PRESENCE_ONLY or column.kind == OVERFLOW:
        allowed = (OWN,)
    elif column.kind in SYSTEM:
        allowed = (EVERY_ROW,)
    if page.presence not in allowed:
        raise CorruptSegment(page.at, f"presence {page.presence} in a column of type {NAMES[column.kind]}")
    if not page.value_count:
        raise CorruptSegment(page.at, "a data page without values")
    rows = zones[page.end_zone - 1].end_row - zones[page.first_zone].first_row
    if column.kind == OVERFLOW:
        return
    if page.value_count > rows or (page.presence == EVERY_ROW and page.value_count != rows):
        raise CorruptSegment(page.at, f"{page.value_count} values in {rows} rows")
