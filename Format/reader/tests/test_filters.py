import unittest

from . import encoder, samples
from .builder import SegmentSpec, filter_bytes, system_columns
from .support import CorruptSegment
from traversion_segment import Segment
from traversion_segment.filters import read_filter


def filter_of(data: bytes):
    segment = Segment(
        SegmentSpec([1, 1, 1], system_columns([1, 1, 1], [], [[]] * 3, 0, 1), filters=[(2, data)]).build()
    )
    return read_filter(segment, segment.root.filters[0][1])


class FilterTests(unittest.TestCase):
    def test_every_key_is_found_in_its_range(self):
        ranges = [(0, 0), (0, 2), (1, 2)]
        keys = {number.to_bytes(16, "little"): number % 3 for number in range(300)}
        found = filter_of(filter_bytes(keys, ranges, 9, 2))
        for key, index in keys.items():
            self.assertEqual(found.zones_of(key), ranges[index])

    def test_most_other_keys_are_not_found(self):
        keys = {number.to_bytes(8, "little"): 0 for number in range(100)}
        found = filter_of(filter_bytes(keys, [(0, 2)], 10, 0))
        hits = sum(found.zones_of(number.to_bytes(8, "big")) is not None for number in range(2**40, 2**40 + 4000))
        self.assertLess(hits, 30)

    def test_no_keys(self):
        self.assertIsNone(filter_of(bytes(16) + b"\x04" + bytes(15)).zones_of(bytes(8)))

    def test_damage(self):
        good = filter_bytes({b"12345678": 0}, [(0, 2)], 8, 0)
        for changed in (good[:-1], good + b"\0", good[:8] + b"\7" + good[9:], good[:36] + b"\3" + good[37:], good[:31]):
            with self.assertRaises(CorruptSegment):
                filter_of(changed)
