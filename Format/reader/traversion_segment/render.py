"""Rows as NDJSON: keys sorted, no white space (section 6.5)."""

import base64

from . import json_text, texts, timestamps
from .column_types import *
from .errors import CorruptSegment


def json_of(kind: int, value, form: int | None) -> str:
    """The JSON text of a value."""
    if kind == STRING:
        return json_text.quote(value.decode("utf-8"))
    if kind in (INT64, UINT64):
        return str(value)
    if kind == DOUBLE:
        return texts.double_text(value).decode() if texts.is_shown(value) else "null"
    if kind == TIMESTAMP:
        return f'"{timestamps.text_of(value, form).decode()}"'
    if kind == NULL:
        return "null"
    if kind == BOOL:
        return "true" if value else "false"
    if kind in (NUMBER_TEXT, ARRAY):
        return value.decode("utf-8")
    if kind == BYTES:
        return f'"{base64.b64encode(value).decode()}"'
    if kind == EMPTY_OBJECT:
        return "{}"
    return f'"{texts.id_text(kind, value).decode()}"'


class RowWriter:
    """One object, from its members ascending by path. Keys may be nested too deeply for recursion."""

    def __init__(self):
        self.parts: list[str] = ["{"]
        self.path: tuple[str, ...] = ()

    def add(self, path: tuple[str, ...], text: str) -> bool:
        """False when the path is the one before or lies within it."""
        before = self.path
        shared = 0
        while shared < min(len(before), len(path)) and before[shared] == path[shared]:
            shared += 1
        if before:
            if shared == len(before):
                return False
            self.parts.append("}" * (len(before) - 1 - shared))
            self.parts.append(",")
        self.parts.append("{".join(json_text.quote(key) + ":" for key in path[shared:]))
        self.parts.append(text)
        self.path = path
        return True

    def text(self) -> str:
        return "".join(self.parts) + "}" * max(len(self.path), 1)


def zone_rows(segment, zone: int, columns, with_system: bool = False):
    """The rows of a zone as JSON texts, from what `walk` gives."""
    span = segment.zones[zone].rows
    writers = [RowWriter() for _ in span]
    system = {}
    for found in columns:
        column = found.column
        if not is_user(column.kind):
            system[column.kind] = found.values
            continue
        forms = found.forms or [None] * len(found.rows)
        for row, value, form in zip(found.rows, found.values, forms):
            if not writers[row - span.start].add(column.path, json_of(column.kind, value, form)):
                raise CorruptSegment(column.at, f"row {row} has two values at {column.name}, or a value within a value")
    for index, writer in enumerate(writers):
        if with_system:
            sequence, stored_at = system[SEQUENCE][index], system[STORED_AT][index]
            yield f'{{"event":{writer.text()},"sequence":{sequence},"storedAt":{stored_at}}}'
        else:
            yield writer.text()
