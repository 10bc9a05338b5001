"""Golden segments taken apart, so that they can be put together again with something changed."""

import random
from pathlib import Path

from traversion_segment import Segment
from traversion_segment.metadata import DATA

from .builder import NO_COLUMN, ColumnSpec, PageSpec, SegmentSpec

GOOD = Path(__file__).resolve().parent.parent.parent / "golden" / "good"
LARGEST_FILE = 8192
"""Greater golden files say nothing about a page that the small ones do not."""


def small_files() -> list[Path]:
    return [path for path in sorted(GOOD.glob("*.seg")) if path.stat().st_size <= LARGEST_FILE and path.stem != "empty"]


def stored_bytes(segment: Segment, stored) -> bytes:
    reader = segment.stored(stored, "part")
    return reader.take(reader.remaining)


def taken_apart(path: Path) -> SegmentSpec:
    """What the builder makes the same segment from, but for the order of its parts and the name of the writer."""
    segment = Segment.open(path)
    root = segment.root
    columns = []
    for column in segment.columns:
        pages = [
            PageSpec(stored_bytes(segment, p.stored), p.value_count, p.first_zone, p.zone_count, p.kind, p.presence)
            for p in segment.pages[column.ordinal]
        ]
        statistics = segment.statistics[column.ordinal]
        told = stored_bytes(segment, statistics) if statistics is not None else b""
        columns.append(ColumnSpec(column.path, column.kind, pages, column.value_count, column.in_overflow, told))
    return SegmentSpec(
        zones=[zone.row_count for zone in segment.zones],
        columns=columns,
        zone_times=[(zone.min_timestamp, zone.max_timestamp) for zone in segment.zones],
        time_column=NO_COLUMN if root.time_column is None else root.time_column,
        stored_at=(root.min_stored_at, root.max_stored_at),
        sequence=(root.min_sequence, root.max_sequence),
        bucket_count=root.bucket_count,
        filters=[(kind, stored_bytes(segment, blob)) for kind, blob in root.filters],
        tier=root.tier,
    )


def change_bytes(source: random.Random, payload: bytes) -> bytes:
    changed = bytearray(payload)
    for _ in range(source.randrange(1, 3)):
        place = source.randrange(len(changed))
        action = source.randrange(5)
        if action == 0:
            changed[place] ^= 1 << source.randrange(8)
        elif action == 1:
            changed[place] = source.choice((0, 1, 2, 127, 128, 255))
        elif action == 2:
            changed[place] = (changed[place] + source.choice((1, -1))) % 256
        elif action == 3:
            changed.insert(place, source.randrange(256))
        elif len(changed) > 1:
            del changed[place]
    return bytes(changed)


def damaged(path: Path, source: random.Random) -> SegmentSpec:
    """With a change in one place: a page, statistics, a filter or a number of the structure."""
    spec = taken_apart(path)
    spec.inline = bool(source.randrange(2))
    column = source.choice([column for column in spec.columns if column.pages])
    # Resources and pages of events are worth more than those of the system columns.
    column = source.choice([column, *(c for c in spec.columns if c.pages and c.kind < 32)])
    page = source.choice(column.pages)
    action = source.randrange(10)
    if action == 0 and column.statistics:
        column.statistics = change_bytes(source, column.statistics)
    elif action == 1 and spec.filters:
        kind, data = spec.filters.pop()
        spec.filters.append((kind, change_bytes(source, data)))
    elif action == 2:
        column.kind = source.choice((*range(1, 18), 32, 33, 34, 35))
    elif action == 3:
        column.in_overflow = not column.in_overflow
    elif action == 4 and page.kind != DATA:
        column.pages.remove(page)
        column.pages.append(page)
    elif action == 5:
        name = source.choice(("value_count", "presence", "kind", "first_zone", "zone_count"))
        setattr(page, name, source.choice((0, 1, 2, getattr(page, name) + 1)))
    else:
        page.payload = change_bytes(source, page.payload)
    return spec
