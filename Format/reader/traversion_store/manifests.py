"""Manifests, and the state that they tell (Store.md, 3)."""

from dataclasses import dataclass, field
from pathlib import Path

from traversion_segment.buffers import read_section
from traversion_segment.errors import CorruptSegment, UnsupportedSegment
from traversion_segment.primitives import ByteReader, checksum

from .entries import Id, IndexEntry, KeyframeEntry, SegmentEntry, read_id, read_ids, read_index, read_keyframe, read_segment

MAGIC = b"TRVMANI\n"
READ_VERSION = 3
MOST_SOURCES = 10_000
HOUR = 3_600_000_000_000
WINDOW_LENGTHS = {1: HOUR, 2: 6 * HOUR, 3: 24 * HOUR, 4: 7 * 24 * HOUR}


@dataclass
class State:
    number: int = 0
    store_id: int = 0
    window_length: int = 0
    next_writer: int = 1
    segments: dict[Id, SegmentEntry] = field(default_factory=dict)
    base: dict[Id, SegmentEntry] = field(default_factory=dict)
    keyframes: dict[Id, KeyframeEntry] = field(default_factory=dict)
    checkpointed: set[Id] = field(default_factory=set)
    horizon: int | None = None
    dropped: dict[Id, int] = field(default_factory=dict)
    """Segments, base-state segments and keyframes, with the manifest that dropped them; likewise below."""
    sealed: dict[Id, int] = field(default_factory=dict)
    indexes: dict[Id, IndexEntry] = field(default_factory=dict)
    dropped_indexes: dict[Id, int] = field(default_factory=dict)
    source_count: int = 0
    forgets: list[tuple[int, int, int]] = field(default_factory=list)


class Applier:
    """Applies the records of one manifest. Whatever does not fit the state is damage."""

    def __init__(self, state: State, reader: ByteReader, is_whole: bool):
        self.state = state
        self.reader = reader
        self.is_whole = is_whole
        self.steps = {
            1: self.settings, 2: self.next_writer, 3: self.add_segment, 4: self.drop, 5: self.forget_dropped,
            6: self.dropped, 7: self.source, 8: self.seal, 9: self.forget_sealed, 10: self.sealed,
            11: self.add_index, 12: self.drop_index, 13: self.forget_index, 14: self.dropped_index,
            20: self.forget, 21: self.add_base, 22: self.dropped, 23: self.horizon, 25: self.add_keyframe,
            26: self.dropped_keyframe, 27: self.checkpoint,
        }  # fmt: skip

    def run(self) -> int:
        """Returns the highest tag."""
        highest = 0
        for _ in range(self.reader.varint()):
            tag = self.reader.u8()
            if tag not in self.steps:
                raise self.reader.corrupt(f"record {tag}")
            highest = max(highest, tag)
            self.steps[tag]()
        self.reader.expect_end("records")
        return highest

    def require(self, condition: bool, what: str) -> None:
        if not condition:
            raise self.reader.corrupt(f"a record that does not fit: {what}")

    def new_id(self, id_: Id) -> Id:
        state = self.state
        kept = (state.segments, state.base, state.keyframes, state.dropped)
        self.require(not any(id_ in there for there in kept), f"segment {id_} is there already")
        return id_

    def settings(self) -> None:
        self.state.store_id = self.reader.u64()
        self.state.window_length = WINDOW_LENGTHS[self.reader.u8_in(1, 4, "window length")]

    def next_writer(self) -> None:
        number = self.reader.varint()
        self.require(number > self.state.next_writer or self.is_whole, "the next writer does not grow")
        self.state.next_writer = number

    def add_segment(self) -> None:
        entry = read_segment(self.reader)
        self.state.segments[self.new_id(entry.id)] = entry

    def add_base(self) -> None:
        entry = read_segment(self.reader)
        self.state.base[self.new_id(entry.id)] = entry

    def add_keyframe(self) -> None:
        entry = read_keyframe(self.reader)
        self.state.keyframes[self.new_id(entry.segment.id)] = entry

    def drop(self) -> None:
        id_, state = read_id(self.reader), self.state
        places = [there for there in (state.segments, state.base, state.keyframes) if id_ in there]
        self.require(bool(places), f"segment {id_} is not there")
        del places[0][id_]
        state.dropped[id_] = state.number
        state.checkpointed.discard(id_)
        for index in [index for index in state.indexes.values() if id_ in index.segments]:
            del state.indexes[index.id]
            state.dropped_indexes[index.id] = state.number

    def remove(self, there: dict[Id, int], what: str) -> None:
        id_ = read_id(self.reader)
        self.require(id_ in there, f"{what} {id_} is not there")
        del there[id_]

    def forget_dropped(self) -> None:
        self.remove(self.state.dropped, "dropped segment")

    def forget_sealed(self) -> None:
        self.remove(self.state.sealed, "sealed log file")

    def forget_index(self) -> None:
        self.remove(self.state.dropped_indexes, "dropped index")

    def past(self) -> int:
        """The manifest that did something; told in whole manifests only."""
        self.require(self.is_whole, "of whole manifests only")
        return self.reader.varint()

    def dropped(self) -> None:
        number = self.past()
        self.state.dropped[self.new_id(read_segment(self.reader).id)] = number

    def dropped_keyframe(self) -> None:
        number = self.past()
        self.state.dropped[self.new_id(read_keyframe(self.reader).segment.id)] = number

    def sealed(self) -> None:
        number = self.past()
        self.state.sealed[read_id(self.reader)] = number

    def dropped_index(self) -> None:
        number = self.past()
        self.state.dropped_indexes[read_id(self.reader)] = number

    def seal(self) -> None:
        id_ = read_id(self.reader)
        self.require(id_ not in self.state.sealed, f"log file {id_} is sealed already")
        self.state.sealed[id_] = self.state.number

    def source(self) -> None:
        reader, state = self.reader, self.state
        removed = reader.varint_in(0, state.source_count, "source to remove")
        state.source_count = min(MOST_SOURCES, state.source_count + (0 if removed else 1))
        reader.varint()
        reader.take(24)
        reader.varint_in(0, 65_536, "first bytes of a source")
        for _ in range(3):
            reader.varint()
        reader.u8_in(0, 1, "end of a source")
        reader.varint()
        for _ in range(2):
            reader.take(reader.varint())

    def add_index(self) -> None:
        entry, state = read_index(self.reader), self.state
        self.require(entry.id not in state.indexes and entry.id not in state.dropped_indexes, "an index that is there")
        named = {id_ for index in state.indexes.values() for id_ in index.segments}
        for id_ in entry.segments:
            self.require(id_ in state.segments and id_ not in named, f"an index names segment {id_}")
            self.require(state.segments[id_].window == entry.window, f"segment {id_} is of another window")
        state.indexes[entry.id] = entry

    def drop_index(self) -> None:
        id_ = read_id(self.reader)
        self.require(id_ in self.state.indexes, f"index {id_} is not there")
        del self.state.indexes[id_]
        self.state.dropped_indexes[id_] = self.state.number

    def forget(self) -> None:
        began, events, rejects = self.reader.signed_varint(), self.reader.varint(), self.reader.varint()
        forgets = self.state.forgets
        if forgets and forgets[-1][0] == began:
            _, more, others = forgets.pop()
            events, rejects = events + more, rejects + others
        forgets.append((began, events, rejects))

    def horizon(self) -> None:
        horizon = self.reader.signed_varint()
        self.require(self.state.horizon is None or horizon >= self.state.horizon, "the horizon goes back")
        self.state.horizon = horizon

    def checkpoint(self) -> None:
        for id_ in read_ids(self.reader, 2**32):
            self.require(id_ in self.state.segments or id_ in self.state.base, f"segment {id_} to checkpoint")
            self.state.checkpointed.add(id_)


def least_version(highest_tag: int) -> int:
    return 3 if highest_tag > 24 else 2 if highest_tag > 10 else 1


def read_manifest(folder: Path, number: int) -> State:
    """The state as of a manifest."""
    data = (folder / f"{number:020}").read_bytes()
    if len(data) < 48 or data[:8] != MAGIC:
        raise CorruptSegment(0, "no manifest")
    if checksum(data[:-8]) != int.from_bytes(data[-8:], "little"):
        raise CorruptSegment(len(data) - 8, "checksum of a manifest")
    reader = ByteReader(data, 8, len(data) - 8)
    version, _, features = reader.u16(), reader.u16(), reader.u32()
    if version > READ_VERSION or features:
        raise UnsupportedSegment(f"a manifest needs version {version}, features {features}")
    told, base, _ = reader.u64(), reader.u64(), reader.u64()
    if told != number or base not in (0, number - 1):
        raise CorruptSegment(16, f"manifest {number} says it is {told}, of {base}")
    state = read_manifest(folder, base) if base else State()
    state.number = number
    highest = Applier(state, read_section(reader), base == 0).run()
    if version != least_version(highest):
        raise CorruptSegment(8, f"version {version} with records up to {highest}")
    return state


def newest_number(folder: Path) -> int:
    return max(int(path.name) for path in folder.iterdir() if len(path.name) == 20 and path.name.isdecimal())
