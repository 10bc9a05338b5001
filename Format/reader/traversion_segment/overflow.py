"""Overflow buckets (section 7)."""

from dataclasses import dataclass

from . import texts
from .column_types import *
from .errors import CorruptSegment
from .nodes_common import check_below
from .nodes_integer import read_integers
from .nodes_string import read_strings
from .pages import PageContext


@dataclass
class OverflowValue:
    row: int
    ordinal: int
    value: object
    form: int | None


def read_overflow_page(segment, column, page) -> tuple[int, list[OverflowValue]]:
    """The number of the bucket, and the page's values."""
    reader = segment.stored(page.stored, "page")
    start = reader.place
    context = PageContext(segment, column, page, 0)
    bucket = reader.varint_in(0, segment.root.bucket_count - 1, "number of the bucket")
    count = reader.varint_in(page.value_count, page.value_count, "number of values")
    ordinals = read_integers(reader, count, context)
    rows = read_integers(reader, count, context)
    values = read_strings(reader, count, context)
    reader.expect_end("page")

    first = segment.zones[page.first_zone].first_row
    check_below(rows, segment.zones[page.end_zone - 1].end_row - first, start, "row")
    check_below(ordinals, len(segment.columns), start, "ordinal")
    result = []
    previous = (-1, -1)
    for row, ordinal, text in zip(rows, ordinals, values):
        owner = segment.columns[ordinal]
        if not is_user(owner.kind) or not owner.in_overflow or ordinal % segment.root.bucket_count != bucket:
            raise CorruptSegment(start, f"a value of column {ordinal} in bucket {bucket}")
        if (row, ordinal) <= previous:
            raise CorruptSegment(start, "overflow values do not ascend by row and ordinal")
        previous = (row, ordinal)
        parsed = texts.parse(owner.kind, text)
        if parsed is None:
            raise CorruptSegment(start, f"a text that is none of a value of type {NAMES[owner.kind]}")
        result.append(OverflowValue(first + row, ordinal, *parsed))
    return bucket, result


class Overflow:
    """The values of all buckets, zone by zone, asked for in ascending order."""

    def __init__(self, segment):
        self.segment = segment
        self.current: dict[int, tuple[int, list[OverflowValue]]] = {}
        """For each column of a bucket the index of the page read last, and its values."""
        self.numbers: dict[int, int] = {}
        """The bucket of each column, as its pages tell it."""

    def values(self, zone: int) -> dict[int, list[OverflowValue]]:
        """By ordinal, each ascending by row."""
        result: dict[int, list[OverflowValue]] = {}
        rows = self.segment.zones[zone].rows
        for column in self.segment.bucket_columns:
            page = self.segment.page_covering(column, zone)
            if page is None:
                continue
            if self.current.get(column.ordinal, (None,))[0] != page.index:
                number, values = read_overflow_page(self.segment, column, page)
                if self.numbers.setdefault(column.ordinal, number) != number:
                    raise CorruptSegment(page.at, f"column {column.ordinal} is bucket {number} and another one")
                self.current[column.ordinal] = (page.index, values)
                self.check_order()
            for value in self.current[column.ordinal][1]:
                if value.row in rows:
                    result.setdefault(value.ordinal, []).append(value)
        return result

    def check_order(self) -> None:
        numbers = [self.numbers[ordinal] for ordinal in sorted(self.numbers)]
        if any(left >= right for left, right in zip(numbers, numbers[1:])):
            raise CorruptSegment(self.segment.bucket_columns[0].at, "overflow buckets do not ascend")
