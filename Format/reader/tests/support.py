"""Decoding of single nodes in tests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from traversion_segment.errors import CorruptSegment
from traversion_segment.nodes_fixed import read_fixed
from traversion_segment.nodes_float import read_floats
from traversion_segment.nodes_integer import read_integers
from traversion_segment.nodes_string import read_strings
from traversion_segment.primitives import ByteReader
from traversion_segment.context import PlainContext


class FakeContext(PlainContext):
    """Resources and sources given by the test: sources map rows to values."""

    def __init__(self, resources=(), sources=None):
        super().__init__()
        self.resources = resources
        self.sources = sources or {}

    def resource(self, index, *_):
        return self.resources[index]

    def source(self, ordinal, *_):
        return self.sources[ordinal].get

    zstd_dictionary = map_table = text_dictionary = fixed_dictionary = symbol_table = templates = resource
    integer_dictionary = resource
    integer_source = code_source = text_source = fixed_source = source


def decode(read, data: bytes, count: int, context=None, **more):
    reader = ByteReader(data, 0, len(data))
    result = read(reader, count, context or PlainContext(), **more)
    reader.expect_end("node")
    return result


def integers(data: bytes, count: int, context=None, **more):
    return decode(read_integers, data, count, context, **more)


def floats(data: bytes, count: int, context=None, **more):
    return decode(read_floats, data, count, context, **more)


def texts(data: bytes, count: int, context=None, **more):
    return decode(read_strings, data, count, context, **more)


def ids(data: bytes, count: int, width: int, context=None, **more):
    return decode(read_fixed, data, count, context, width=width, **more)


__all__ = ["ByteReader", "CorruptSegment", "FakeContext", "PlainContext", "floats", "ids", "integers", "texts"]
