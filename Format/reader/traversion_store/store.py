"""A store's directory, and the whole check of what its newest manifest names."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

from traversion_segment import CorruptSegment, Segment, UnsupportedSegment
from traversion_segment.check import check

from . import keyframes
from .entries import Id, IndexEntry, SegmentEntry
from .ids import KINDS, TRACES, hash_of, ids_of, times_of
from .indexes import IndexFile
from .manifests import HOUR, newest_number, read_manifest
from .rows import rows_of
from .state import changes_of, mapping_checksum

TIERS = {1: "hot", 2: "warm", 3: "cold"}


class DamagedFile(Exception):
    """A file of a store that is not what it should be."""


class Store:
    """A store as of its newest manifest. `cold` is the setting `coldDirectory`."""

    def __init__(self, path: Path, cold: Path | None = None):
        self.path = path
        self.cold = cold or path
        folder = path / "manifests"
        self.state = self.guarded(folder, lambda: read_manifest(folder, newest_number(folder)))

    def guarded(self, path: Path, body):
        try:
            return body()
        except (CorruptSegment, UnsupportedSegment, OSError) as error:
            raise DamagedFile(f"{path.relative_to(self.path)}: {type(error).__name__} {error}") from None

    def window_name(self, window: int) -> str:
        length = self.state.window_length
        start = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=window * length // 10**9)
        return start.strftime("%Y-%m-%d" if length >= 24 * HOUR else "%Y-%m-%dT%H")

    def segment_path(self, entry: SegmentEntry) -> Path:
        """Of a segment that holds events."""
        root = self.cold if TIERS[entry.tier] == "cold" else self.path
        return root / TIERS[entry.tier] / self.window_name(entry.window) / f"{entry.id[0]}-{entry.id[1]}.trvseg"

    def named(self, folder: str, id_: Id, suffix: str = "trvseg") -> Path:
        return self.path / folder / f"{id_[0]}-{id_[1]}.{suffix}"

    def segment(self, path: Path, entry: SegmentEntry) -> Segment:
        segment = self.guarded(path, lambda: Segment.open(path))
        root = segment.root
        told = (len(segment.data), root.row_count, root.min_timestamp, root.max_timestamp, root.min_stored_at,
                root.max_stored_at, root.min_sequence, root.max_sequence, root_checksum(segment))  # fmt: skip
        named = (entry.file_length, entry.rows, entry.first_time, entry.last_time, entry.first_stored_at,
                 entry.last_stored_at, entry.first_sequence, entry.last_sequence, entry.root_checksum)  # fmt: skip
        if told != named:
            raise DamagedFile(f"{path.relative_to(self.path)}: it says {told}, the manifest {named}")
        return segment

    def index(self, entry: IndexEntry) -> IndexFile:
        path = self.named("index", entry.id, "trvidx")
        index = self.guarded(path, lambda: IndexFile(path.read_bytes()))
        difference = index.difference(entry, self.state.segments)
        if index.store_id != self.state.store_id or difference:
            raise DamagedFile(f"{path.relative_to(self.path)}: {difference or 'of another store'}")
        return index

    # The whole check.

    def check(self) -> dict[str, int]:
        """Reads everything, and gives counts of what was compared; raises DamagedFile."""
        counts = {"segments": 0, "rows": 0, "ids": 0, "indexes": 0, "keyframes": 0, "changes": 0}
        indexed = self.segments_of_indexes(counts)
        checkpointed = []
        state = self.state
        files = [(self.segment_path(entry), entry) for entry in state.segments.values()]
        files += [(self.named("base", entry.id), entry) for entry in state.base.values()]
        for path, entry in files:
            segment = self.segment(path, entry)
            counts["segments"] += 1
            counts["rows"] += self.guarded(path, lambda: check(segment))
            if entry.id in state.segments:
                self.check_window(path, entry)
            if entry.id in indexed:
                counts["ids"] += self.check_ids(path, entry, segment, *indexed[entry.id])
            if entry.id in state.checkpointed:
                checkpointed += self.guarded(path, lambda: [c for row in rows_of(segment) for c in changes_of(row)])
        self.check_keyframes(checkpointed, counts)
        return counts

    def segments_of_indexes(self, counts: dict) -> dict[Id, tuple[IndexFile, int]]:
        """For each segment that has one its index, and its number there."""
        found = {}
        for entry in self.state.indexes.values():
            counts["indexes"] += 1
            index = self.index(entry)
            found |= {id_: (index, number) for number, id_ in enumerate(entry.segments)}
        return found

    def check_window(self, path: Path, entry: SegmentEntry) -> None:
        length = self.state.window_length
        if {entry.first_time // length, entry.last_time // length} != {entry.window}:
            raise DamagedFile(f"{path.relative_to(self.path)}: events of another window")

    def check_ids(self, path: Path, entry: SegmentEntry, segment: Segment, index: IndexFile, number: int) -> int:
        """Every id is found in its index, with the segment and, of a trace, the time."""
        start = entry.window * self.state.window_length
        times = self.guarded(path, lambda: times_of(segment))
        count = 0
        for _, kind, row, text in self.guarded(path, lambda: list(ids_of(segment))):
            count += 1
            found = index.find(kind, hash_of(text))
            is_there = found is not None and found.first_segment <= number <= found.last_segment
            if is_there and kind == TRACES:
                is_there = found.first_time <= times[row] - start < found.end_time
            if not is_there:
                raise DamagedFile(f"index {index.id}: {text!r} of row {row} of {path.name}: found {found}")
        return count

    def check_keyframes(self, checkpointed: list, counts: dict) -> None:
        mapping = mapping_checksum()
        known = {(change.of, change.order): change for change in checkpointed}
        for keyframe in self.state.keyframes.values():
            if keyframe.mapping != mapping:
                continue
            path = self.named("state", keyframe.segment.id)
            segment = self.segment(path, keyframe.segment)
            self.guarded(path, lambda: check(segment))
            rows = self.guarded(path, lambda: rows_of(segment))
            problem = keyframes.problem_of(keyframe, rows, list(known.values()))
            if problem:
                raise DamagedFile(f"{path.relative_to(self.path)}: {problem}")
            counts["keyframes"] += 1
            counts["changes"] += len(keyframes.changes_in(rows))

    def find(self, text: bytes) -> list[tuple[Path, int]]:
        """The rows that have an id of any kind, by the indexes where there are such: (segment, row)."""
        hash_, found = hash_of(text), []
        indexed = self.segments_of_indexes({"indexes": 0})
        for entry in sorted(self.state.segments.values(), key=lambda entry: entry.id):
            index, number = indexed.get(entry.id, (None, 0))
            places = [index.find(kind, hash_) for kind in KINDS] if index else []
            if index and not any(place and place.first_segment <= number <= place.last_segment for place in places):
                continue
            path = self.segment_path(entry)
            rows = {row for _, _, row, id_ in ids_of(self.segment(path, entry)) if hash_of(id_) == hash_}
            found += [(path, row) for row in sorted(rows)]
        return found


def root_checksum(segment: Segment) -> int:
    """As the trailer tells it (Segment.md, 2.1)."""
    return int.from_bytes(segment.data[-48:-40], "little")
