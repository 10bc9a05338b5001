"""Data pages (section 3) and what their nodes may take from resources and other columns (section 5.5)."""

from dataclasses import dataclass
from functools import cached_property

from . import limits, texts
from .column_types import *
from .directory import Column
from .errors import CorruptSegment
from .nodes_common import check_ascending
from .nodes_fixed import read_fixed
from .nodes_float import read_floats
from .nodes_integer import read_integers
from .nodes_string import read_strings
from .metadata import BY_SHAPE, DICTIONARY, EVERY_ROW, MAP, SHAPES, SYMBOLS, TEMPLATES, ZSTD_DICTIONARY, Page
from .primitives import MASK, Budget, signed
from .context import PlainContext


@dataclass(eq=False)
class DecodedPage:
    column: Column
    rows: "range | list[int]"
    """Ascending rows of the segment."""
    values: list
    """One for each row; integers are signed except in uint64, sequence and shape columns."""
    forms: list[int] | None
    """Form codes of a timestamp column."""
    codes: list[int] | None
    """The codes of the root node, when it has some."""
    links: int
    """The length of the longest chain of sources from here."""
    shape_table: list[list[int]] | None

    @cached_property
    def index_of_row(self) -> dict[int, int]:
        return {row: index for index, row in enumerate(self.rows)}


class PageContext:
    def __init__(self, segment, column: Column, page: Page, link_depth: int):
        self.segment = segment
        self.column = column
        self.page = page
        self.link_depth = link_depth
        self.budget = Budget()
        self.affix = 0
        self.root_codes = None
        self.links = 0
        self.shape_table = None

    # Resources.

    def resource(self, index: int, kind: int, offset: int):
        if index >= self.page.index:
            raise CorruptSegment(offset, f"resource {index} does not come before its page")
        resource = self.segment.pages[self.column.ordinal][index]
        if resource.kind != kind:
            raise CorruptSegment(offset, f"resource {index} is of kind {resource.kind}, not {kind}")
        if resource.first_zone > self.page.first_zone or resource.end_zone < self.page.end_zone:
            raise CorruptSegment(offset, f"resource {index} is not for all zones of the page")
        return self.segment.resource(self.column, resource)

    def zstd_dictionary(self, index, offset):
        return self.resource(index, ZSTD_DICTIONARY, offset)

    def map_table(self, index, offset):
        return self.resource(index, MAP, offset)

    def symbol_table(self, index, offset):
        return self.resource(index, SYMBOLS, offset)

    def templates(self, index, offset):
        return self.resource(index, TEMPLATES, offset)

    def integer_dictionary(self, index, depth, offset):
        if self.column.kind == SHAPE:
            if depth:
                raise CorruptSegment(offset, "a shared dictionary below the root of a shape page")
            self.shape_table = self.resource(index, SHAPES, offset)
            return range(len(self.shape_table))
        return self.dictionary(index, INTEGERS, offset)

    def text_dictionary(self, index, offset):
        return self.dictionary(index, TEXTS, offset)

    def fixed_dictionary(self, index, offset):
        return self.dictionary(index, ID_WIDTH, offset)

    def dictionary(self, index, kinds, offset):
        if self.column.kind not in kinds:
            raise CorruptSegment(offset, f"a dictionary node of another type in a {NAMES[self.column.kind]} column")
        return self.resource(index, DICTIONARY, offset)

    # Sources: functions from a row to what the source has there, or None.

    def source(self, ordinal: int, kinds, offset: int) -> DecodedPage | None:
        segment, page = self.segment, self.page
        if ordinal >= len(segment.columns) or segment.columns[ordinal].kind not in kinds:
            raise CorruptSegment(offset, f"column {ordinal} cannot be a source here")
        if self.link_depth == limits.LINKS:
            raise CorruptSegment(offset, "too many links from source to source")
        column = segment.columns[ordinal]
        overlapping = {segment.page_covering(column, zone) for zone in range(page.first_zone, page.end_zone)}
        if overlapping == {None}:
            return None
        found = overlapping.pop()
        if overlapping or (found.first_zone, found.zone_count) != (page.first_zone, page.zone_count):
            raise CorruptSegment(offset, f"the pages of source {ordinal} cover other zones")
        decoded = segment.decoded(column, found, self.link_depth + 1)
        self.links = max(self.links, decoded.links + 1)
        if self.links > limits.LINKS:
            raise CorruptSegment(offset, "too many links from source to source")
        return decoded

    def integer_source(self, ordinal, offset):
        return values_by_row(
            self.source(ordinal, INTEGER_SOURCES, offset), lambda page, index: page.values[index] & MASK
        )

    def text_source(self, ordinal, offset):
        return values_by_row(self.source(ordinal, TEXT_SOURCES, offset), text_at)

    def fixed_source(self, ordinal, width, offset):
        kinds = [kind for kind in ID_WIDTH if ID_WIDTH[kind] == width]
        return values_by_row(self.source(ordinal, kinds, offset), lambda page, index: page.values[index])

    def code_source(self, ordinal, offset):
        source = self.source(ordinal, INTEGERS | TEXTS | ID_WIDTH.keys() | {SHAPE}, offset)
        if source is not None and source.codes is None:
            raise CorruptSegment(offset, f"the page of source {ordinal} has no codes")
        return values_by_row(source, lambda page, index: page.codes[index])


def text_at(page: DecodedPage, index: int) -> bytes:
    return texts.text_of(page.column.kind, page.values[index], page.forms[index] if page.forms else None)


def values_by_row(source: DecodedPage | None, value_at):
    def value_of(row: int):
        index = None if source is None else source.index_of_row.get(row)
        return None if index is None else value_at(source, index)

    return value_of


def read_rows(segment, column: Column, page: Page, reader, context: PageContext):
    first = segment.zones[page.first_zone].first_row
    end = segment.zones[page.end_zone - 1].end_row
    if page.presence == EVERY_ROW:
        return range(first, end)
    if page.presence == BY_SHAPE:
        rows = segment.rows_by_shape(column.ordinal, page.first_zone, page.end_zone)
        if len(rows) != page.value_count:
            raise CorruptSegment(page.at, f"{page.value_count} values, but {len(rows)} rows by shape")
        return rows
    start = reader.place
    count = reader.varint_in(page.value_count, page.value_count, "number of rows")
    plain = PlainContext()
    plain.budget, plain.zstd_dictionary = context.budget, context.zstd_dictionary
    rows = read_integers(reader, count, plain)
    check_ascending(rows, end - first, start, "rows")
    return [first + row for row in rows]


def read_values(reader, column: Column, context: PageContext, count: int, rows) -> tuple[list, list[int] | None]:
    kind = column.kind
    if kind in PRESENCE_ONLY:
        return [None] * count, None
    if kind in TEXTS:
        return read_strings(reader, count, context, rows=rows), None
    if kind in ID_WIDTH:
        return read_fixed(reader, count, context, ID_WIDTH[kind], rows=rows), None
    if kind == DOUBLE:
        return read_floats(reader, count, context, rows=rows), None
    values = read_integers(reader, count, context, rows=rows)
    if kind in (INT64, TIMESTAMP, STORED_AT):
        values = list(map(signed, values))
    return values, read_integers(reader, count, context) if kind == TIMESTAMP else None


def decode_page(segment, column: Column, page: Page, link_depth: int) -> DecodedPage:
    """A page of any type but overflow."""
    reader = segment.stored(page.stored, "page")
    start = reader.place
    context = PageContext(segment, column, page, link_depth)
    rows = read_rows(segment, column, page, reader, context)
    values, forms = read_values(reader, column, context, page.value_count, rows)
    reader.expect_end("page")
    if column.kind == SHAPE and context.shape_table is None:
        raise CorruptSegment(start, "the root of a shape page is no shared dictionary")
    if column.kind == SHAPE and context.links:
        raise CorruptSegment(start, "a shape page is derived")
    for index, value in enumerate(values):
        problem = texts.value_problem(column.kind, value, forms[index] if forms else None)
        if problem:
            raise CorruptSegment(start, f"{problem}, in row {rows[index]}")
    return DecodedPage(column, rows, values, forms, context.root_codes, context.links, context.shape_table)
