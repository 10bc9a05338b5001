import unittest
from pathlib import Path

from . import support  # noqa: F401  (the path of the packages)
from traversion_segment import CorruptSegment, UnsupportedSegment
from traversion_segment.buffers import read_section
from traversion_segment.primitives import ByteReader
from traversion_store.ids import EVENTS, SPANS, TRACES, hash_of
from traversion_store.indexes import TICK, Found, IndexFile
from traversion_store.manifests import Applier, State
from traversion_store.state import measured, varint

GOLDEN = Path(__file__).resolve().parent.parent.parent / "golden/index/example.trvidx"


def found(index: IndexFile, kind: int, text: str) -> Found | None:
    return index.find(kind, hash_of(text.encode()))


class IndexTests(unittest.TestCase):
    """The worked example (Index.md, 5)."""

    def setUp(self):
        self.data = GOLDEN.read_bytes()
        self.index = IndexFile(self.data)

    def test_every_id_is_found_in_its_segments(self):
        for last, segment in (("0", 0), ("1", 0), ("2", 1), ("3", 1)):
            self.assertEqual(found(self.index, EVENTS, "00000000000000e" + last), Found(segment, segment))
        self.assertEqual(found(self.index, SPANS, "00f067aa0ba902b7"), Found(0, 0))

    def test_a_trace_is_found_with_its_times_however_its_id_is_written(self):
        expected = Found(0, 1, 953 * TICK, (953 + 1906 + 1) * TICK)
        for text in ("4bf92f3577b34da6a3ce929d0e0e4736", "4BF92F3577B34DA6A3CE929D0E0E4736",
                     "4bf92f35-77b3-4da6-a3ce-929d0e0e4736"):  # fmt: skip
            self.assertEqual(found(self.index, TRACES, text), expected)
        self.assertEqual(found(self.index, TRACES, "req-17"), Found(0, 0, 0, TICK))
        self.assertIsNone(found(self.index, TRACES, "req-18"))

    def test_no_changed_byte_goes_unnoticed(self):
        for place in range(len(self.data)):
            changed = bytearray(self.data)
            changed[place] ^= 0x11
            with self.assertRaises((CorruptSegment, UnsupportedSegment)):
                IndexFile(bytes(changed))
        for length in range(0, len(self.data), 7):
            with self.assertRaises(CorruptSegment):
                IndexFile(self.data[:length])


def applied(state: State, *records: bytes) -> State:
    raw = varint(len(records)) + b"".join(records)
    section = read_section(ByteReader(b"\0" + measured(raw), 0, len(raw) + 2))
    Applier(state, section, is_whole=False).run()
    return state


class ManifestTests(unittest.TestCase):
    def segment_record(self, number: int) -> bytes:
        return b"\3" + varint(1) + varint(number) + b"\1" + bytes(10) + bytes(8)

    def index_record(self, *numbers: int) -> bytes:
        ids = b"".join(varint(1) + varint(number) for number in numbers)
        return b"\x0b" + varint(9) + varint(1) + bytes(2) + varint(len(numbers)) + ids + bytes(6) + bytes(8)

    def test_a_dropped_segment_takes_its_index_along(self):
        state = applied(State(number=7), self.segment_record(1), self.segment_record(2), self.index_record(1, 2))
        self.assertEqual([*state.segments], [(1, 1), (1, 2)])
        applied(state, b"\4" + varint(1) + varint(1))
        self.assertEqual((state.dropped, state.dropped_indexes, state.indexes), ({(1, 1): 7}, {(9, 1): 7}, {}))

    def test_records_that_do_not_fit_are_damage(self):
        for records in (
            [self.segment_record(1), self.segment_record(1)],
            [b"\4" + varint(1) + varint(1)],
            [self.index_record(1)],
            [self.segment_record(1), self.index_record(1), self.index_record(1)],
            [b"\2" + varint(1)],
            [b"\x17\4", b"\x17\2"],
            [b"\x18"],
        ):
            with self.assertRaises(CorruptSegment):
                applied(State(number=7), *records)


if __name__ == "__main__":
    unittest.main()
