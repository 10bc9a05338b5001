"""The whole check of a segment: every byte that means something is read, and everything told twice must agree."""

from collections import Counter

from .column_types import *
from .errors import CorruptSegment
from .filters import COLUMNS_OF_KIND, is_covered, read_filter
from .metadata import DATA
from .render import zone_rows
from .root import Root
from .segment import Segment
from .statistics import differences, read_statistics, statistics_of
from .walk import walk

NO_TIMESTAMP = (2**63 - 1, -(2**63))


class Checker:
    def __init__(self, segment: Segment):
        self.segment = segment
        self.statistics = [read_statistics(segment, column) for column in segment.columns]
        self.filters = [
            (kind, read_filter(segment, blob)) for kind, blob in segment.root.filters if kind in COLUMNS_OF_KIND
        ]
        for kind, blob in segment.root.filters:
            segment.stored(blob, f"filter of kind {kind}")
        self.value_counts: Counter = Counter()
        self.zones_seen: Counter = Counter()
        self.ids: dict[int, set[bytes]] = {kind: set() for kind, _ in self.filters}
        self.bounds: dict[int, list] = {TIMESTAMP: [], STORED_AT: [], SEQUENCE: []}

    def run(self) -> int:
        """The number of rows; raises CorruptSegment."""
        self.check_resources()
        rows = 0
        for zone, columns in walk(self.segment):
            for found in columns:
                self.check_values(zone, found)
            self.check_zone_times(zone, columns)
            rows += sum(1 for _ in zone_rows(self.segment, zone, columns))
        self.check_buckets()
        self.check_totals()
        check_bounds(self.segment.root, self.bounds)
        return rows

    def check_resources(self) -> None:
        for column in self.segment.columns:
            for page in self.segment.pages[column.ordinal]:
                if page.kind != DATA:
                    self.segment.resource(column, page)
                    self.segment.forget_before(len(self.segment.zones))

    def check_values(self, zone: int, found) -> None:
        column = found.column
        self.value_counts[column.ordinal] += len(found.rows)
        self.zones_seen[column.ordinal] += 1
        statistics = self.statistics[column.ordinal]
        if statistics is not None:
            if zone not in statistics:
                raise CorruptSegment(column.at, f"no statistics of {column.name} for zone {zone}")
            problems = differences(statistics[zone], statistics_of(found))
            if problems:
                raise CorruptSegment(column.at, f"statistics of {column.name}, zone {zone}: {problems[0]}")
        for kind, filter_ in self.filters:
            if is_covered(column, kind):
                self.check_filter(zone, found, kind, filter_)
        if column.kind in (STORED_AT, SEQUENCE):
            self.bounds[column.kind] += [min(found.values), max(found.values)]

    def check_filter(self, zone: int, found, kind: int, filter_) -> None:
        for row, key in zip(found.rows, found.values):
            zones = filter_.zones_of(key)
            if zones is None or not zones[0] <= zone <= zones[1]:
                raise CorruptSegment(
                    filter_.start, f"filter {kind} does not find {key.hex()} of row {row} in zone {zone}"
                )
        self.ids[kind].update(found.values)

    def check_zone_times(self, zone: int, columns) -> None:
        ordinal = self.segment.root.time_column
        values = [value for found in columns if found.column.ordinal == ordinal for value in found.values]
        bounds = (min(values), max(values)) if values else NO_TIMESTAMP
        self.bounds[TIMESTAMP] += bounds if values else []
        told = self.segment.zones[zone]
        if (told.min_timestamp, told.max_timestamp) != bounds:
            raise CorruptSegment(self.segment.root.zone_table.offset + 24 * zone + 8, f"timestamps of zone {zone}")

    def check_buckets(self) -> None:
        for column in self.segment.bucket_columns:
            self.value_counts[column.ordinal] = sum(
                page.value_count for page in self.segment.data_pages[column.ordinal]
            )

    def check_totals(self) -> None:
        for column in self.segment.columns:
            count = self.value_counts[column.ordinal]
            if count != column.value_count:
                raise CorruptSegment(column.at, f"{column.name} has {count} values, not {column.value_count}")
            statistics = self.statistics[column.ordinal]
            if statistics is not None and len(statistics) != self.zones_seen[column.ordinal]:
                raise CorruptSegment(column.at, f"statistics of {column.name} for zones without values")
        for kind, filter_ in self.filters:
            if filter_.key_count != len(self.ids[kind]):
                count = len(self.ids[kind])
                raise CorruptSegment(filter_.start, f"filter {kind} counts {filter_.key_count} keys, there are {count}")


def check_bounds(root: Root, bounds: dict[int, list]) -> None:
    told = {
        TIMESTAMP: (16, root.min_timestamp, root.max_timestamp),
        STORED_AT: (32, root.min_stored_at, root.max_stored_at),
        SEQUENCE: (48, root.min_sequence, root.max_sequence),
    }
    for kind, (offset, minimum, maximum) in told.items():
        values = bounds[kind] or [0]
        if (minimum, maximum) != (min(values), max(values)):
            raise CorruptSegment(root.offset + offset, f"bounds of {NAMES[kind]}")


def check(segment: Segment) -> int:
    return Checker(segment).run()
