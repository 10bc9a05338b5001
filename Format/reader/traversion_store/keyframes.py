"""Keyframes against the changes of the segments that they tell of (Store.md, 8)."""

from .entries import KeyframeEntry
from .rows import Row
from .state import Change


def changes_in(rows: list[Row]) -> list[Change]:
    """What the rows of a keyframe tell."""
    found = []
    for row in rows:
        entity = tuple(row.added[name].text if name in row.added else None for name in ("service", "host", "entity"))
        event_id = row.added.get("eventId")
        told = event_id and (event_id.kind, event_id.json)
        found += [
            Change(entity, field, row.time, row.sequence, row.stored_at, value.kind, value.json, told)
            for field, value in row.values.items()
        ]
    return found


def order_of(row: Row) -> tuple:
    """What is missing comes first, else by bytes."""
    texts = (row.added[name].text if name in row.added else None for name in ("service", "host", "entity"))
    return tuple((text is not None, (text or "").encode()) for text in texts), row.time, row.sequence


def last_of_each(changes: list[Change]) -> list[Change]:
    last: dict[tuple, Change] = {}
    for change in changes:
        if change.of not in last or change.order > last[change.of].order:
            last[change.of] = change
    return list(last.values())


def problem_of(keyframe: KeyframeEntry, rows: list[Row], checkpointed: list[Change]) -> str | None:
    """Why a keyframe of these rows does not tell the changes of the checkpointed segments that it is to tell."""
    if [order_of(row) for row in rows] != sorted(order_of(row) for row in rows):
        return "rows out of order"
    meant = [
        change
        for change in checkpointed
        if change.time <= keyframe.until and (keyframe.since is None or change.time > keyframe.since)
    ]
    if meant and keyframe.last_stored_at != max(change.stored_at for change in meant):
        return f"the highest storedAt is not {keyframe.last_stored_at}"
    expected = set(last_of_each(meant) if keyframe.is_folded else meant)
    found = changes_in(rows)
    if len(found) != len(set(found)):
        return "a change that is told twice"
    wrong = set(found) ^ expected
    if wrong:
        side = "tells" if next(iter(wrong)) in set(found) else "does not tell"
        return f"{len(wrong)} changes are wrong; it {side} {next(iter(wrong))}"
    return None
