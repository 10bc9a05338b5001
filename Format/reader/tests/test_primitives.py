import unittest

from . import encoder
from .support import ByteReader, CorruptSegment, PlainContext
from traversion_segment.buffers import read_buffer
from traversion_segment.packed import packed_length, unpack


def reader(data: bytes) -> ByteReader:
    return ByteReader(data, 0, len(data))


class VarintTests(unittest.TestCase):
    def test_examples(self):
        for data, value in (("00", 0), ("7f", 127), ("8001", 128), ("ac02", 300), ("ffffffffffffffffff01", 2**64 - 1)):
            self.assertEqual(reader(bytes.fromhex(data)).varint(), value)
            self.assertEqual(encoder.varint(value).hex(), data)

    def test_zigzag_examples(self):
        for data, value in (
            ("00", 0),
            ("01", 2**64 - 1),
            ("02", 1),
            ("03", 2**64 - 2),
            ("ffffffffffffffffff01", 2**63),
        ):
            self.assertEqual(reader(bytes.fromhex(data)).zvarint(), value)

    def test_longer_and_larger_forms_are_corrupt(self):
        for data in ("8000", "ff8000", "ffffffffffffffffff02", "8080808080808080808001", "80", ""):
            with self.assertRaises(CorruptSegment, msg=data):
                reader(bytes.fromhex(data)).varint()


class PackedTests(unittest.TestCase):
    def test_tail_by_hand(self):
        # 5, 2, 7 in 3 bits each: 0b111_010_101.
        self.assertEqual(unpack(bytes.fromhex("d501"), 3, 3), [5, 2, 7])

    def test_unused_bits_must_be_zero(self):
        self.assertIsNone(unpack(bytes.fromhex("d503"), 3, 3))

    def test_block_layout(self):
        # With width 1, bit j of word l is value 16 j + l.
        values = [0] * 1024
        values[16 * 3 + 5] = 1
        data = bytearray(128)
        data[5 * 8] = 1 << 3
        self.assertEqual(encoder.packed_bytes(values, 1), bytes(data))
        self.assertEqual(unpack(bytes(data), 1024, 1), values)

    def test_every_width_comes_back(self):
        for width in range(1, 65):
            for count in (1, 7, 1024, 1500, 2048):
                values = [(index * 0x9E3779B97F4A7C15 + width) % 2**width for index in range(count)]
                data = encoder.packed_bytes(values, width)
                self.assertEqual(len(data), packed_length(count, width))
                self.assertEqual(unpack(data, count, width), values)


class BufferTests(unittest.TestCase):
    raw = b"abcabcabc" * 100

    def test_codecs(self):
        for buffer in (encoder.plain, encoder.lz4_buffer, encoder.zstd_buffer):
            self.assertEqual(read_buffer(reader(buffer(self.raw)), len(self.raw), PlainContext()), self.raw)
        unnamed = encoder.zstd_buffer(self.raw, names_size=False)
        self.assertEqual(read_buffer(reader(unnamed), len(self.raw), PlainContext()), self.raw)

    def test_wrong_raw_lengths_are_corrupt(self):
        for buffer in (encoder.plain, encoder.lz4_buffer, encoder.zstd_buffer):
            data = buffer(self.raw)
            for wrong in (len(self.raw) - 1, len(self.raw) + 1):
                with self.assertRaises(CorruptSegment):
                    read_buffer(reader(data), wrong, PlainContext())
                if buffer is encoder.plain:
                    continue
                told = data[:1] + encoder.varint(wrong) + data[3:]
                with self.assertRaises(CorruptSegment):
                    read_buffer(reader(told), wrong, PlainContext())

    def test_bytes_after_a_frame_are_corrupt(self):
        frame = encoder.zstandard.ZstdCompressor().compress(self.raw) + b"x"
        with self.assertRaises(CorruptSegment):
            read_buffer(
                reader(b"\x02" + encoder.varint(len(self.raw)) + encoder.text(frame)), len(self.raw), PlainContext()
            )

    def test_compressed_must_be_shorter(self):
        raw = b"abcdefgh"
        with self.assertRaises(CorruptSegment):
            read_buffer(reader(encoder.lz4_buffer(raw)), len(raw), PlainContext())

    def test_unknown_codec(self):
        with self.assertRaises(CorruptSegment):
            read_buffer(reader(b"\x04\x00"), 0, PlainContext())
