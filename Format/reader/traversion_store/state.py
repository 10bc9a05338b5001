"""What events say of state: entities, fields and changes (Docs/State.md), by the mapping of every store."""

from dataclasses import dataclass

from traversion_segment.primitives import checksum

from .rows import Path, Row, Value

OBJECTS: list[Path] = [("state",)]
Entity = tuple[str | None, str | None, str | None]
"""Service, host and key."""


@dataclass(frozen=True)
class Rule:
    event_type: str
    field: tuple[str | Path, ...]
    """Keys: a text, or the path whose text is the key."""
    value: Path
    entity: Path = ()
    is_of_host: bool = False


RULES = [
    Rule("config.change", ("config", ("attributes", "key")), ("attributes", "newValue")),
    Rule("deploy", ("version",), ("attributes", "version")),
    Rule("deploy", ("commit",), ("attributes", "commit")),
    Rule("topology", ("calls",), ("state", "calls")),
]


@dataclass(frozen=True)
class Change:
    entity: Entity
    field: Path
    time: int
    sequence: int
    stored_at: int
    kind: int
    json: str
    event_id: tuple[int, str] | None

    @property
    def of(self) -> tuple[Entity, Path]:
        return self.entity, self.field

    @property
    def order(self) -> tuple[int, int]:
        return self.time, self.sequence


def leaves(row: Row, path: Path) -> list[tuple[Path, Value]]:
    """The values at or below a path, with the keys that lead from it to them."""
    return [(found[len(path) :], value) for found, value in row.values.items() if found[: len(path)] == path]


def text_at(row: Row, path: Path) -> str | None:
    value = row.canonical(path[0]) if len(path) == 1 else row.values.get(path)
    return value and value.text


def changes_of(row: Row) -> list[Change]:
    taken: set[Path] = set()
    ruled: list[tuple[Entity, Path, Value]] = []
    service, host = row.text("service"), row.text("host")
    for rule in RULES:
        if rule.event_type != row.text("eventType"):
            continue
        taken |= {(*rule.value, *rest) for rest, _ in leaves(row, rule.value)}
        keys = [part if isinstance(part, str) else text_at(row, part) for part in rule.field]
        key = text_at(row, rule.entity) if rule.entity else None
        if None in keys or (rule.entity and key is None):
            continue
        entity = (service, host if rule.is_of_host else None, key)
        ruled += [(entity, (*keys, *rest), value) for rest, value in leaves(row, rule.value)]
    found: dict[tuple[Entity, Path], Value] = {}
    for entity, field, value in [*(c for path in OBJECTS for c in of_object(row, path, (service, host), taken)), *ruled]:
        # Of a field that an event sets twice the first counts.
        found.setdefault((entity, field), value)
    event_id = row.canonical("eventId")
    told = event_id and (event_id.kind, event_id.json)
    return [
        Change(entity, field, row.time, row.sequence, row.stored_at, value.kind, value.json, told)
        for (entity, field), value in found.items()
    ]


def of_object(row: Row, path: Path, owner: tuple, taken: set[Path]) -> list[tuple[Entity, Path, Value]]:
    key, name = (row.values.get((*path, last)) for last in ("entity", "key"))
    inner = leaves(row, (*path, "value"))
    if key and name and key.text is not None and name.text is not None and inner:
        entity = (*owner, key.text)
        return [
            (entity, (name.text, *rest), value) for rest, value in inner if (*path, "value", *rest) not in taken
        ]
    entity = (*owner, None)
    return [(entity, rest, value) for rest, value in leaves(row, path) if rest and (*path, *rest) not in taken]


def mapping_checksum() -> int:
    """The checksum of the mapping (Store.md, 8.3)."""
    parts = [varint(len(OBJECTS)), *(measured(encoded(path)) for path in OBJECTS), varint(len(RULES))]
    for rule in RULES:
        parts += [measured(rule.event_type.encode()), bytes([rule.is_of_host])]
        parts.append(measured(encoded(rule.entity) if rule.entity else b""))
        parts.append(varint(len(rule.field)))
        for part in rule.field:
            is_text = isinstance(part, str)
            parts += [bytes([not is_text]), measured(part.encode() if is_text else encoded(part))]
        parts.append(measured(encoded(rule.value)))
    return checksum(b"".join(parts))


def varint(value: int) -> bytes:
    found = bytearray()
    while value >= 0x80:
        found.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(found) + bytes([value])


def measured(data: bytes) -> bytes:
    return varint(len(data)) + data


def encoded(path: Path) -> bytes:
    return varint(len(path)) + b"".join(measured(key.encode()) for key in path)
