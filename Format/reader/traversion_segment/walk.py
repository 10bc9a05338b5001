"""All values of a segment, zone by zone."""

from bisect import bisect_left
from dataclasses import dataclass

from .column_types import *
from .directory import Column
from .errors import CorruptSegment
from .overflow import Overflow
from .metadata import BY_SHAPE, EVERY_ROW


@dataclass
class ZoneValues:
    """A column's values in one zone, ascending by row."""

    column: Column
    rows: list[int]
    values: list
    forms: list[int] | None


def zone_values(segment, column: Column, zone: int, overflow: dict) -> ZoneValues | None:
    result = page_values(segment, column, zone)
    extra = overflow.get(column.ordinal)
    if not extra:
        return result
    entries = [(value.row, value.value, value.form) for value in extra]
    if result:
        entries += zip(result.rows, result.values, result.forms or [None] * len(result.rows))
        entries.sort(key=lambda entry: entry[0])
    rows = [entry[0] for entry in entries]
    if len(set(rows)) != len(rows):
        raise CorruptSegment(column.at, "a value both in a page and in overflow")
    forms = [entry[2] for entry in entries] if column.kind == TIMESTAMP else None
    return ZoneValues(column, rows, [entry[1] for entry in entries], forms)


def page_values(segment, column: Column, zone: int) -> ZoneValues | None:
    page = segment.page_covering(column, zone)
    if page is None:
        if column.kind not in PRESENCE_ONLY:
            return None
        rows = segment.rows_by_shape(column.ordinal, zone, zone + 1)
        return ZoneValues(column, rows, [None] * len(rows), None) if rows else None
    decoded = segment.decoded(column, page)
    span = segment.zones[zone].rows
    start, end = bisect_left(decoded.rows, span.start), bisect_left(decoded.rows, span.stop)
    if start == end:
        return None
    forms = decoded.forms[start:end] if decoded.forms else None
    return ZoneValues(column, list(decoded.rows[start:end]), decoded.values[start:end], forms)


def check_shapes(segment, zone: int) -> None:
    """A shape has the columns that are in every row of the zone, and no column whose page tells its rows itself."""
    shapes = segment.shape_page(zone)
    span = segment.zones[zone].rows
    for column in segment.columns_by_path:
        page = segment.page_covering(column, zone)
        if page is not None and page.presence == BY_SHAPE:
            continue
        listed = len(shapes.rows(column.ordinal, span.start, span.stop))
        if page is None and column.kind in PRESENCE_ONLY:
            continue
        expected = len(span) if page is not None and page.presence == EVERY_ROW else 0
        if listed != expected:
            raise CorruptSegment(
                column.at, f"shapes have column {column.ordinal} in {listed} rows of zone {zone}, not {expected}"
            )


def walk(segment):
    """For each zone its number and the values of its columns: system columns first, then ascending by path."""
    overflow = Overflow(segment)
    for zone in range(len(segment.zones)):
        segment.forget_before(zone)
        check_shapes(segment, zone)
        extra = overflow.values(zone)
        columns = []
        for column in segment.columns[:3] + segment.columns_by_path:
            found = zone_values(segment, column, zone, extra)
            if found:
                columns.append(found)
        yield zone, columns
