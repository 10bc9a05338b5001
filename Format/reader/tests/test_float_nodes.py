import math
import unittest

from . import encoder
from .support import CorruptSegment, FakeContext, floats


class FloatNodeTests(unittest.TestCase):
    def test_bits(self):
        values = [0.0, -0.0, 1.5, math.inf, 5e-324]
        self.assertEqual(list(map(str, floats(encoder.float_bits(values), 5))), list(map(str, values)))

    def test_scaled(self):
        # 12.5 = 125 / 10; the second value is an exception.
        self.assertEqual(floats(encoder.scaled(10, 1, [125, 0, -3], {1: math.pi}), 3), [12.5, math.pi, -0.3])
        self.assertEqual(floats(encoder.scaled(2, 255, [1, -3], {}), 2), [2.0**-255, -3 * 2.0**-255])
        self.assertEqual(floats(encoder.scaled(10, 22, [10**18 + 1], {}), 1), [float(10**18 + 1) / 1e22])

    def test_grouped(self):
        context = FakeContext(sources={3: {0: 1, 1: 0}})
        node = encoder.grouped(0x23, 3, encoder.float_bits([2.5, 1.5]))
        self.assertEqual(floats(node, 2, context, rows=[0, 1]), [1.5, 2.5])

    def test_scales_that_do_not_exist(self):
        for base, exponent in ((10, 23), (3, 1), (0, 0)):
            with self.assertRaises(CorruptSegment):
                floats(encoder.scaled(base, exponent, [1], {}), 1)

    def test_split_bits(self):
        values = [1.1, 1.2, -7.5, 1.3]
        entries = [encoder.bits_of([1.1])[0] >> 52]
        self.assertEqual(floats(encoder.split_bits(values, 52, entries), 4), values)

    def test_split_bits_parts_must_fit(self):
        def node(entry, right):
            return (
                b"\x22\x3c\x01"
                + encoder.packed([entry])
                + encoder.packed([0])
                + encoder.packed([right])
                + b"\x00\x01\x00\x01\x00"
            )

        self.assertEqual(len(floats(node(15, 2**60 - 1), 1)), 1)
        for entry, right in ((16, 0), (0, 2**60)):
            with self.assertRaises(CorruptSegment):
                floats(node(entry, right), 1)

    def test_no_values(self):
        self.assertEqual(floats(bytes.fromhex("200100"), 0), [])
        with self.assertRaises(CorruptSegment):
            floats(encoder.scaled(10, 0, [], {}), 0)
