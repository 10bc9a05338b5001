import unittest

from . import encoder
from .support import CorruptSegment, FakeContext, texts
from traversion_segment.templates import Templates


class StringNodeTests(unittest.TestCase):
    def test_constant(self):
        self.assertEqual(texts(bytes.fromhex("40026869"), 2), [b"hi", b"hi"])
        self.assertEqual(texts(bytes.fromhex("4000"), 0), [])

    def test_plain(self):
        values = [b"", b"abc", "é".encode(), b"x" * 300]
        for buffer in (encoder.plain, encoder.lz4_buffer, encoder.zstd_buffer):
            self.assertEqual(texts(encoder.strings(values, buffer), 4), values)

    def test_zstd_dictionary(self):
        trained = b"the quick brown fox jumps over the lazy dog" * 3
        values = [b"the quick brown fox jumps over the lazy cat"] * 3
        data = encoder.strings(values, lambda raw: encoder.zstd_dictionary_buffer(raw, 0, trained))
        context = FakeContext([encoder.zstandard.ZstdCompressionDict(trained)])
        self.assertEqual(texts(data, 3, context), values)

    def test_dictionaries(self):
        self.assertEqual(texts(encoder.string_dictionary([b"a", b"bc"], [1, 0, 1]), 3), [b"bc", b"a", b"bc"])
        context = FakeContext([[b"a", b"bc"]])
        self.assertEqual(texts(encoder.string_shared(0, encoder.packed([1, 0])), 2, context), [b"bc", b"a"])
        self.assertEqual(context.root_codes, [1, 0])

    def test_symbols(self):
        values = [b"banana", b"", b"bandana!"]
        symbols = [b"ban", b"an", b"a"]
        self.assertEqual(texts(encoder.symbol_strings(values, symbols), 3), values)
        self.assertEqual(texts(encoder.symbol_strings(values, symbols, resource=0), 3, FakeContext([symbols])), values)

    def test_symbols_by_hand(self):
        # Inline table of one symbol "ab"; string 0 = code 0, escape 'z'; decoded length 3.
        data = bytes.fromhex("44" "00" "01" "02" "6162" "0106" "03" "0003" "00ff7a")
        self.assertEqual(texts(data, 1), [b"abz"])

    def test_bad_symbol_codes_are_corrupt(self):
        for encoded in (b"\x01", b"\x00\xff"):
            data = (
                b"\x44\x00"
                + encoder.symbol_table([b"ab"])
                + encoder.packed([len(encoded)])
                + b"\x02"
                + encoder.plain(encoded)
            )
            with self.assertRaises(CorruptSegment):
                texts(data, 1)

    def test_decoded_length_must_be_exact(self):
        for told in (3, 5):
            data = (
                b"\x44\x00"
                + encoder.symbol_table([b"ab"])
                + encoder.packed([2])
                + bytes([told])
                + encoder.plain(b"\0\0")
            )
            with self.assertRaises(CorruptSegment):
                texts(data, 1)

    def test_front_coded(self):
        values = [b"/api/users", b"/api/users/7", b"/api/orders", b""]
        self.assertEqual(texts(encoder.front_coded(values), 4), values)
        with self.assertRaises(CorruptSegment):
            texts(b"\x45" + encoder.packed([1]) + encoder.strings([b"x"]), 1)

    def test_affix(self):
        self.assertEqual(texts(encoder.affix(b"<", b"/>", encoder.strings([b"a", b""])), 2), [b"<a/>", b"</>"])

    def test_exceptions(self):
        node = encoder.string_exceptions({0: b"first", 2: b"third"}, encoder.string_constant(b"rest"))
        self.assertEqual(texts(node, 4), [b"first", b"rest", b"third", b"rest"])
        self.assertEqual(texts(encoder.string_exceptions({0: b"a"}, encoder.string_constant(b"")), 1), [b"a"])

    def test_integer_text(self):
        self.assertEqual(texts(encoder.integer_text(0, [-7, 0]), 2), [b"-7", b"0"])
        self.assertEqual(texts(encoder.integer_text(4, [7, 123_456]), 2), [b"0007", b"123456"])
        self.assertEqual(texts(b"\x48\x01" + encoder.constant(-1), 1), [b"18446744073709551615"])

    def test_fixed_point_text(self):
        values = [1250, -5, 0, -(2**63)]
        self.assertEqual(
            texts(encoder.fixed_point_text(2, values), 4), [b"12.50", b"-0.05", b"0.00", b"-92233720368547758.08"]
        )

    def test_hexadecimal(self):
        self.assertEqual(texts(encoder.hex_text(1, 2, bytes.fromhex("00ffabcd")), 2), [b"00FF", b"ABCD"])
        data = bytes(range(16))
        self.assertEqual(texts(encoder.uuid_text(0, data), 1), [b"00010203-0405-0607-0809-0a0b0c0d0e0f"])
        self.assertEqual(texts(encoder.hex_number_text(0, 4, [10, 0x12345]), 2), [b"000a", b"12345"])
        for data in (encoder.hex_text(2, 1, b"a"), encoder.hex_text(0, 0, b""), encoder.hex_number_text(0, 0, [1])):
            with self.assertRaises(CorruptSegment):
                texts(data, 1)

    def test_ipv4_text(self):
        self.assertEqual(texts(encoder.ipv4_text([0x7F000001, 2**32 - 1]), 2), [b"127.0.0.1", b"255.255.255.255"])
        with self.assertRaises(CorruptSegment):
            texts(encoder.ipv4_text([2**32]), 1)

    def test_timestamp_text(self):
        # Milliseconds and Z; fewest digits, a space and no zone.
        node = encoder.timestamp_text([1_000_000, 10**9], [3 | 1 << 6, 10 | 1 << 4])
        self.assertEqual(texts(node, 2), [b"1970-01-01T00:00:00.001Z", b"1970-01-01 00:00:01"])

    def test_fixed_length(self):
        self.assertEqual(texts(encoder.fixed_length([b"ab", b"cd"]), 2), [b"ab", b"cd"])
        self.assertEqual(texts(encoder.fixed_length([b"", b""]), 2), [b"", b""])

    def test_template(self):
        # "user <0> from <1>" and "bye"; values stand by stream, in row order.
        context = FakeContext([Templates([[0, 1], []], [[b"user ", b" from ", b""], [b"bye"]], 2)])
        node = encoder.template_strings(
            0, encoder.packed([0, 1, 0]), [(2, encoder.strings([b"ann", b"bob"])), (2, encoder.ipv4_text([1, 2]))]
        )
        self.assertEqual(texts(node, 3, context), [b"user ann from 0.0.0.1", b"bye", b"user bob from 0.0.0.2"])
        self.assertEqual(context.root_codes, [0, 1, 0])

    def test_two_slots_of_one_stream_go_in_slot_order(self):
        context = FakeContext([Templates([[0, 0]], [[b"", b"-", b""]], 1)])
        node = encoder.template_strings(0, encoder.constant(0), [(4, encoder.strings([b"a", b"b", b"c", b"d"]))])
        self.assertEqual(texts(node, 2, context), [b"a-b", b"c-d"])

    def test_stream_counts_must_be_exact(self):
        context = FakeContext([Templates([[0]], [[b"", b""]], 1)])
        for count in (1, 3):
            node = encoder.template_strings(0, encoder.constant(0), [(count, encoder.string_constant(b"a"))])
            with self.assertRaises(CorruptSegment):
                texts(node, 2, context)

    def test_streams_of_a_root_template_may_be_derived(self):
        context = FakeContext([Templates([[0, 0], [0]], [[b"", b"-", b""], [b"", b"!"]], 1)], {3: {20: b"x", 21: b"y"}})
        stream = encoder.string_equal(3, [1], [b"other"])
        node = encoder.template_strings(0, encoder.packed([0, 1]), [(3, stream)])
        self.assertEqual(texts(node, 2, context, rows=[20, 21]), [b"x-other", b"y!"])
        with self.assertRaises(CorruptSegment):
            texts(encoder.affix(b"", b"", node), 2, context, rows=[20, 21])

    def test_equal(self):
        context = FakeContext(sources={3: {0: b"x"}})
        self.assertEqual(texts(encoder.string_equal(3, [], [b"r"]), 2, context, rows=[0, 1]), [b"x", b"r"])

    def test_grouped(self):
        context = FakeContext(sources={3: {0: 1, 1: 0}})
        node = encoder.grouped(0x52, 3, encoder.strings([b"b", b"a", b"c"]))
        self.assertEqual(texts(node, 3, context, rows=[0, 1, 2]), [b"a", b"b", b"c"])
        with self.assertRaises(CorruptSegment):
            texts(encoder.affix(b"x", b"", node), 3, context, rows=[0, 1, 2])

    def test_amplification_is_stopped(self):
        with self.assertRaises(CorruptSegment):
            texts(encoder.string_constant(b"x" * 1000), 100_000)
        grow = b"\x45" + encoder.sequence(0, 1) + encoder.string_constant(b"x")
        with self.assertRaises(CorruptSegment):
            texts(grow, 100_000)
