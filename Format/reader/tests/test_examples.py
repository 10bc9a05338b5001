"""The examples of Format/Segment.md, appendix B, read from the document itself."""

import re
import unittest
from pathlib import Path

from . import encoder, samples
from .support import ByteReader, FakeContext, PlainContext, integers, texts
from traversion_segment import Segment
from traversion_segment.check import check
from traversion_segment.packed import unpack_block
from traversion_segment.primitives import signed
from traversion_segment.templates import read_templates
from traversion_segment.timestamps import parse

DOCUMENT = (Path(__file__).resolve().parents[2] / "Segment.md").read_text(encoding="utf-8")


def examples() -> dict[str, bytes]:
    """The blocks of hexadecimal digits by their names; offsets before ":" and remarks after ";" do not count."""
    blocks = {}
    for name, body in re.findall(r"^```hex (\w+)\n(.*?)^```$", DOCUMENT, re.MULTILINE | re.DOTALL):
        lines = (line.split(";")[0].split(":")[-1] for line in body.splitlines())
        blocks[name] = bytes.fromhex("".join(lines))
    return blocks


EXAMPLES = examples()


class ExampleTests(unittest.TestCase):
    def test_no_example_is_missed(self):
        self.assertEqual(sorted(EXAMPLES), ["block", "delta", "packed", "segment", "symbols", "template", "templates"])

    def test_varints(self):
        self.assertEqual(
            [signed(ByteReader(bytes.fromhex(data), 0, 2).zvarint()) for data in ("d804", "d704")], [300, -300]
        )

    def test_integers(self):
        self.assertEqual(integers(EXAMPLES["packed"], 3), [105, 102, 107])
        self.assertEqual(integers(EXAMPLES["delta"], 4), [1000, 1010, 1020, 1035])

    def test_block(self):
        values = [index % 4 for index in range(1024)]
        block = encoder.packed_bytes(values, 2)
        self.assertEqual(len(block), 256)
        self.assertTrue(block.startswith(EXAMPLES["block"]))
        self.assertEqual(unpack_block(block, 2), values)

    def test_timestamp(self):
        self.assertEqual(parse(b"2026-11-21 09:42:24,5+01:00"), (1_795_250_544_500_000_000, 61_617))

    def test_strings(self):
        self.assertEqual(texts(EXAMPLES["symbols"], 1), [b"abz"])
        data = EXAMPLES["templates"]
        reader = ByteReader(data, 0, len(data))
        templates = read_templates(reader, PlainContext())
        reader.expect_end("templates")
        messages = texts(EXAMPLES["template"], 2, FakeContext([templates]))
        self.assertEqual(messages, [b"GET /a took 12 ms", b"GET /b took 7 ms"])

    def test_segment(self):
        self.assertEqual(EXAMPLES["segment"], samples.tiny().build())
        self.assertEqual(check(Segment(EXAMPLES["segment"])), 2)
