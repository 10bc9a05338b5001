"""The ids of events, traces and spans, and their hashes (Index.md, 1)."""

import re

from traversion_segment import texts
from traversion_segment.column_types import ID_WIDTH, TIMESTAMP, is_user
from traversion_segment.filters import COLUMNS_OF_KIND
from traversion_segment.primitives import checksum
from traversion_segment.walk import walk

EVENTS, TRACES, SPANS = 1, 2, 3
KINDS = (EVENTS, TRACES, SPANS)
ID_PATTERNS = list(texts.ID_PATTERNS.values())
WITHOUT_TEXT = frozenset({1, 5, 17})
"""null, double and emptyObject."""


def hash_of(text: bytes) -> int:
    """The checksum of the key of an id."""
    if any(pattern.fullmatch(text) for pattern in ID_PATTERNS):
        return checksum(bytes.fromhex(text.replace(b"-", b"").decode()))
    return checksum(text)


def ids_of(segment):
    """(zone, kind of ids, row, text) of every id of a segment."""
    for zone, columns in walk(segment):
        for found in columns:
            column = found.column
            if not is_user(column.kind) or column.kind in WITHOUT_TEXT or len(column.path) != 1:
                continue
            for kind in KINDS:
                if column.path[0] in COLUMNS_OF_KIND[kind]:
                    forms = found.forms or [None] * len(found.rows)
                    for row, value, form in zip(found.rows, found.values, forms):
                        yield zone, kind, row, texts.text_of(column.kind, value, form)


def times_of(segment) -> list[int | None]:
    """The time of each row, by the segment's time column."""
    times: list[int | None] = [None] * segment.root.row_count
    for _, columns in walk(segment):
        for found in columns:
            if found.column.ordinal == segment.root.time_column:
                for row, value in zip(found.rows, found.values):
                    times[row] = value
    return times


__all__ = ["EVENTS", "ID_WIDTH", "KINDS", "SPANS", "TIMESTAMP", "TRACES", "hash_of", "ids_of", "times_of"]
