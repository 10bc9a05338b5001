import random
import unittest

from . import encoder
from .support import CorruptSegment, FakeContext, integers

M = 2**64


class IntegerNodeTests(unittest.TestCase):
    def test_constant(self):
        self.assertEqual(integers(bytes.fromhex("0101"), 3), [M - 1] * 3)

    def test_no_values_is_the_constant_zero(self):
        self.assertEqual(integers(bytes.fromhex("0100"), 0), [])
        for data in ("0102", "020000", "03000100"):
            with self.assertRaises(CorruptSegment):
                integers(bytes.fromhex(data), 0)

    def test_sequence(self):
        self.assertEqual(integers(bytes.fromhex("020a03"), 3), [5, 3, 1])

    def test_packed_by_hand(self):
        # base 100, width 3, plain buffer of 2 bytes.
        self.assertEqual(integers(bytes.fromhex("03c801030002d501"), 3), [105, 102, 107])

    def test_packed_wraps(self):
        values = [M - 2, M - 1, 0, 1]
        self.assertEqual(integers(encoder.packed(values, base=-2), 4), values)

    def test_packed_codecs(self):
        values = [index % 7 for index in range(3000)]
        for buffer in (encoder.plain, encoder.lz4_buffer, encoder.zstd_buffer):
            self.assertEqual(integers(encoder.packed(values, buffer=buffer), 3000), values)

    def test_packed_width_zero_or_over_64_is_corrupt(self):
        for width in (0, 65):
            with self.assertRaises(CorruptSegment):
                integers(b"\x03\x00" + bytes([width]) + encoder.plain(b"\0"), 1)

    def test_patched(self):
        self.assertEqual(integers(encoder.patched({1: 1000, 3: 7}, encoder.constant(2)), 4), [2, 1000, 2, 7])

    def test_patch_positions_must_ascend_and_exist(self):
        for positions in ([1, 1], [2, 1], [0, 4]):
            data = b"\x04\x02" + encoder.packed(positions) + encoder.packed([8, 9]) + encoder.constant(0)
            with self.assertRaises(CorruptSegment):
                integers(data, 4)

    def test_delta_by_hand(self):
        # first 10, then steps 1, 1, -2 as packed from base -2 with width 2: 3, 3, 0.
        self.assertEqual(integers(bytes.fromhex("0514") + bytes.fromhex("03030200010f"), 4), [10, 11, 12, 10])

    def test_delta(self):
        values = [5, 9, 2, M - 1, 0]
        self.assertEqual(integers(encoder.delta(values), 5), values)
        self.assertEqual(integers(encoder.delta([7]), 1), [7])

    def test_anchored_delta(self):
        values = [index * index % 1000 for index in range(40)]
        data = encoder.anchored_delta(values)
        self.assertEqual(integers(data, 40), values)
        self.assertEqual(integers(encoder.anchored_delta(values, 5), 40), values)
        # The shift stands behind the tag and the first value, 0: too small, too large, and more than there are values.
        for shift in (3, 17, 6):
            with self.assertRaises(CorruptSegment):
                integers(data[:2] + bytes([shift]) + data[3:], 40)

    def test_anchors_are_the_sums(self):
        values = [index * 3 for index in range(40)]
        wrong = values[:16] + [49] + values[17:]
        anchors = encoder.packed(values[16::16])
        data = encoder.anchored_delta(values).replace(anchors, encoder.packed(wrong[16::16]))
        with self.assertRaises(CorruptSegment):
            integers(data, 40)

    def test_runs(self):
        self.assertEqual(integers(encoder.runs([(4, 2), (9, 1), (4, 3)]), 6), [4, 4, 9, 4, 4, 4])
        for pairs in ([(4, 2), (9, 1)], [(4, 6), (9, 0)], [(1, 7)]):
            with self.assertRaises(CorruptSegment):
                integers(encoder.runs(pairs), 6)

    def test_run_lengths_do_not_wrap(self):
        with self.assertRaises(CorruptSegment):
            integers(encoder.runs([(1, M - 1), (2, 7)]), 6)

    def test_dictionary(self):
        self.assertEqual(integers(encoder.integer_dictionary([50, 60], [1, 0, 1]), 3), [60, 50, 60])
        with self.assertRaises(CorruptSegment):
            integers(encoder.integer_dictionary([50, 60], [1, 0, 2]), 3)

    def test_planes(self):
        values = [0, 1, 255, 256, 65_535, 70_000]
        self.assertEqual(integers(encoder.planes(values, 3), 6), values)
        negative = [M - 5, 3]
        self.assertEqual(integers(encoder.planes(negative, 1, base=-5), 2), negative)
        self.assertEqual(integers(encoder.planes([M - 1, 0], 8), 2), [M - 1, 0])

    def test_split(self):
        values = [0, 999, 1000, 123_456]
        self.assertEqual(integers(encoder.split(values, 1000), 4), values)
        with self.assertRaises(CorruptSegment):
            integers(b"\x09\x01" + encoder.constant(0) * 2, 1)

    def test_recency(self):
        # Two new values, the newer one, the older one, a new one, the one before it.
        self.assertEqual(integers(encoder.recency(10, [0, 0, 1, 2, 0, 2]), 6), [10, 11, 11, 10, 12, 11])
        with self.assertRaises(CorruptSegment):
            integers(encoder.recency(0, [1]), 1)

    def test_trend(self):
        self.assertEqual(integers(encoder.trend([100, 111, 119], 10), 3), [100, 111, 119])

    def test_equal(self):
        context = FakeContext(sources={4: {10: 100, 11: M - 1, 13: 5}})
        data = encoder.integer_equal(4, 1, [2], [8, 9])
        self.assertEqual(integers(data, 4, context, rows=[10, 11, 13, 14]), [101, 0, 8, 9])

    def test_equal_needs_the_right_number_of_others(self):
        context = FakeContext(sources={4: {10: 100}})
        for rest in ([], [8, 9]):
            with self.assertRaises(CorruptSegment):
                integers(encoder.integer_equal(4, 1, [], rest), 2, context, rows=[10, 11])

    def test_exceptions_stand_where_the_source_has_a_value(self):
        context = FakeContext(sources={4: {10: 100}})
        with self.assertRaises(CorruptSegment):
            integers(encoder.integer_equal(4, 1, [1], [8]), 2, context, rows=[10, 11])

    def test_derived_nodes_need_rows(self):
        context = FakeContext(sources={4: {0: 1}})
        with self.assertRaises(CorruptSegment):
            integers(encoder.integer_equal(4, 0, [], []), 1, context)
        nested = b"\x0b" + encoder.zvarint(0) + encoder.integer_equal(4, 0, [], [])
        with self.assertRaises(CorruptSegment):
            integers(nested, 1, context, rows=[0])

    def test_mapped(self):
        context = FakeContext([[70, 80]], {2: {0: 1, 1: 0}})
        self.assertEqual(integers(encoder.mapped(2, 0, [], [5]), 3, context, rows=[0, 1, 2]), [80, 70, 5])
        context.sources[2][0] = 2
        with self.assertRaises(CorruptSegment):
            integers(encoder.mapped(2, 0, [], [5]), 3, context, rows=[0, 1, 2])

    def test_grouped(self):
        # The source says 1, 0, 1, nothing, 0: first the values of 0, then those of 1, then the one without a source.
        context = FakeContext(sources={2: {5: 1, 6: 0, 7: 1, 9: 0}})
        node = encoder.grouped(0x0F, 2, encoder.packed([20, 50, 10, 30, 40]))
        self.assertEqual(integers(node, 5, context, rows=[5, 6, 7, 8, 9]), [10, 20, 30, 40, 50])
        with self.assertRaises(CorruptSegment):
            integers(node, 5, context)
        context.sources[2][6] = 1 << 16
        with self.assertRaises(CorruptSegment):
            integers(node, 5, context, rows=[5, 6, 7, 8, 9])

    def test_what_is_grouped_may_be_derived(self):
        context = FakeContext([[70, 80]], {2: {0: 1, 1: 0, 2: 1}, 3: {0: 0, 1: 1, 2: 0}})
        # In the order of column 2: rows 1, 0, 2, of which row 0 is an exception.
        node = encoder.grouped(0x0F, 2, encoder.mapped(3, 0, [1], [5]))
        self.assertEqual(integers(node, 3, context, rows=[0, 1, 2]), [5, 80, 70])
        below = encoder.grouped(0x0F, 2, encoder.trend_over(encoder.mapped(3, 0, [1], [5])))
        with self.assertRaises(CorruptSegment):
            integers(below, 3, context, rows=[0, 1, 2])

    def test_grouped_twice(self):
        # By column 2: rows 1, 3, 0, 2. Then by column 3: rows 1 and 0, which are 0 there, then 3 and 2.
        context = FakeContext(sources={2: {0: 1, 1: 0, 2: 1, 3: 0}, 3: {0: 0, 1: 0, 2: 1, 3: 1}})
        node = encoder.grouped(0x0F, 2, encoder.grouped(0x0F, 3, encoder.packed([1, 0, 3, 2])))
        self.assertEqual(integers(node, 4, context, rows=[0, 1, 2, 3]), [0, 1, 2, 3])

    def test_shared_dictionary(self):
        context = FakeContext([[7, 8, 9]])
        self.assertEqual(integers(encoder.integer_shared(0, encoder.packed([2, 0])), 2, context), [9, 7])
        self.assertEqual(context.root_codes, [2, 0])
        with self.assertRaises(CorruptSegment):
            integers(encoder.integer_shared(0, encoder.packed([3, 0])), 2, context)

    def test_codes_of_a_root_dictionary_may_be_derived(self):
        context = FakeContext([[7, 8, 9]], {1: {0: 2, 1: 1}})
        data = encoder.integer_shared(0, encoder.integer_equal(1, 0, [], []))
        self.assertEqual(integers(data, 2, context, rows=[0, 1]), [9, 8])

    def test_depth(self):
        node = encoder.constant(1)
        for depth in range(1, 18):
            node = b"\x0b" + encoder.zvarint(0) + node
            if depth <= 16:
                self.assertEqual(integers(node, 2), [1, 1])
            else:
                with self.assertRaises(CorruptSegment):
                    integers(node, 2)

    def test_budget(self):
        with self.assertRaises(CorruptSegment):
            integers(encoder.constant(1), 2**40)

    def test_unknown_tags(self):
        for tag in (0x00, 0x0F, 0x20, 0x40, 0x60, 0xFF):
            with self.assertRaises(CorruptSegment):
                integers(bytes([tag]) + bytes(20), 1)

    def test_random_bytes_give_values_or_a_corrupt_error(self):
        source = random.Random(1)
        for _ in range(3000):
            data = bytes([source.randrange(1, 16)]) + bytes(
                source.choice((0, 1, 2, 3, source.randrange(256))) for _ in range(30)
            )
            try:
                self.assertEqual(
                    len(
                        integers(
                            data, 5, FakeContext([[1, 2, 3]] * 256, dict.fromkeys(range(300), {0: 1})), rows=range(5)
                        )
                    ),
                    5,
                )
            except CorruptSegment:
                pass
            except KeyError:
                pass  # A source that the fake context does not have.
            except IndexError:
                pass
