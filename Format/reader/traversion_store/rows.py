"""Rows of segments with what the store adds to them (Store.md, 5)."""

from dataclasses import dataclass, field

from traversion_segment import texts
from traversion_segment.column_types import SEQUENCE, STORED_AT, is_user
from traversion_segment.render import json_of
from traversion_segment.walk import walk

from .ids import WITHOUT_TEXT

Path = tuple[str, ...]


@dataclass(frozen=True)
class Value:
    kind: int
    json: str
    text: str | None
    """None for values that have no text."""
    raw: object


@dataclass
class Row:
    stored_at: int = 0
    sequence: int = 0
    values: dict[Path, Value] = field(default_factory=dict)
    added: dict[str, Value] = field(default_factory=dict)
    """The store's own, without the U+0000."""

    @property
    def time(self) -> int:
        return self.added["timestamp"].raw

    def canonical(self, name: str) -> Value | None:
        return self.added.get(name, self.values.get((name,)))

    def text(self, name: str) -> str | None:
        value = self.canonical(name)
        return value and value.text

    def put(self, path: Path, value: Value) -> None:
        if path[0].startswith("\0\0"):
            self.values[(path[0][1:], *path[1:])] = value
        elif path[0].startswith("\0"):
            self.added[path[0][1:]] = value
        else:
            self.values[path] = value


def rows_of(segment) -> list[Row]:
    rows = [Row() for _ in range(segment.root.row_count)]
    for _, columns in walk(segment):
        for found in columns:
            kind = found.column.kind
            if kind == STORED_AT:
                for row, value in zip(found.rows, found.values):
                    rows[row].stored_at = value
            elif kind == SEQUENCE:
                for row, value in zip(found.rows, found.values):
                    rows[row].sequence = value
            elif is_user(kind):
                for row, value, form in zip(found.rows, found.values, found.forms or [None] * len(found.rows)):
                    text = None if kind in WITHOUT_TEXT else texts.text_of(kind, value, form).decode()
                    rows[row].put(found.column.path, Value(kind, json_of(kind, value, form), text, value))
    return rows
