import unittest

from . import encoder
from .support import CorruptSegment, FakeContext, ids

A, B, C = b"AAAAAAAA", b"BBBBBBBB", b"CCCCCCCC"


class FixedNodeTests(unittest.TestCase):
    def test_raw(self):
        self.assertEqual(ids(encoder.fixed([A, B]), 2, 8), [A, B])
        self.assertEqual(ids(encoder.fixed([A + B]), 1, 16), [A + B])
        self.assertEqual(ids(bytes.fromhex("600000"), 0, 8), [])
        with self.assertRaises(CorruptSegment):
            ids(encoder.fixed([A]), 1, 16)

    def test_shared_dictionary(self):
        context = FakeContext([[A, B]])
        self.assertEqual(ids(encoder.fixed_shared(0, encoder.packed([1, 0, 1])), 3, 8, context), [B, A, B])

    def test_grouped(self):
        context = FakeContext(sources={5: {7: 1, 8: 0}})
        node = encoder.grouped(0x63, 5, encoder.fixed([B, A, C]))
        self.assertEqual(ids(node, 3, 8, context, rows=[7, 8, 9]), [A, B, C])

    def test_equal(self):
        context = FakeContext(sources={5: {7: A, 8: B}})
        self.assertEqual(ids(encoder.fixed_equal(5, [1], [C, C]), 3, 8, context, rows=[7, 8, 9]), [A, C, C])
