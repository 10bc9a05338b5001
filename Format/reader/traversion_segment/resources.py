"""Resources: dictionaries, shape tables, templates, symbol tables, map tables (section 4)."""

import zstandard

from .column_types import *
from .context import PlainContext
from .errors import CorruptSegment
from .nodes_fixed import read_fixed
from .nodes_integer import read_integers
from .nodes_string import read_strings
from .metadata import DICTIONARY, MAP, SHAPES, SYMBOLS, TEMPLATES, ZSTD_DICTIONARY
from .primitives import ByteReader
from .symbols import read_symbol_table
from .templates import read_templates


def read_shape_table(reader: ByteReader, context, columns) -> list[list[int]]:
    """For each shape the ordinals of the columns that its rows have."""
    start = reader.place
    shape_count = reader.varint()
    lengths = read_integers(reader, shape_count, context)
    steps = read_integers(reader, sum(lengths), context)
    shapes = []
    position = 0
    for length in lengths:
        shape = []
        ordinal = 0
        for index, step in enumerate(steps[position : position + length]):
            if index and not step:
                raise CorruptSegment(start, "the ordinals of a shape do not ascend")
            ordinal += step
            if ordinal >= len(columns) or not is_user(columns[ordinal].kind):
                raise CorruptSegment(start, f"a shape names column {ordinal}, which is no column of values")
            shape.append(ordinal)
        position += length
        shapes.append(shape)
    return shapes


def read_dictionary(reader: ByteReader, context, count: int, column_type: int):
    if column_type in INTEGERS:
        return read_integers(reader, count, context)
    if column_type in TEXTS:
        return read_strings(reader, count, context)
    if column_type in ID_WIDTH:
        return read_fixed(reader, count, context, ID_WIDTH[column_type])
    raise CorruptSegment(reader.place, f"a dictionary in a column of type {NAMES[column_type]}")


def decode_resource(reader: ByteReader, kind: int, count: int, column_type: int, columns):
    """`reader` covers the checked bytes of the resource."""
    start = reader.place
    context = PlainContext()
    if kind == DICTIONARY:
        result = read_dictionary(reader, context, count, column_type)
    elif kind == MAP:
        result = read_integers(reader, count, context)
    elif kind == TEMPLATES:
        result = read_templates(reader, context)
    elif kind == SYMBOLS:
        result = read_symbol_table(reader)
    elif kind == SHAPES:
        if column_type != SHAPE:
            raise CorruptSegment(start, "a shape table outside the shape column")
        result = read_shape_table(reader, context, columns)
    else:
        assert kind == ZSTD_DICTIONARY
        try:
            result = zstandard.ZstdCompressionDict(reader.take(reader.remaining))
        except zstandard.ZstdError as error:
            raise CorruptSegment(start, f"Zstd dictionary: {error}") from None
    reader.expect_end("resource")
    return result
