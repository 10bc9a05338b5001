"""Buffers (section 3.1): bytes as they are, or compressed by LZ4 or Zstd."""

import lz4.block
import zstandard

from . import limits
from .errors import CorruptSegment
from .primitives import ByteReader

PLAIN, LZ4, ZSTD, ZSTD_WITH_DICTIONARY = range(4)


def read_buffer(reader: ByteReader, expected_length: int, context) -> bytes:
    """The raw bytes of a buffer whose raw length must be `expected_length`, told by the node around it."""
    start = reader.place
    codec = reader.u8_in(PLAIN, ZSTD_WITH_DICTIONARY, "codec")
    raw_length = reader.varint_in(0, limits.STORED_BYTES, "raw length")
    if raw_length != expected_length:
        raise CorruptSegment(start, f"buffer of {raw_length} bytes where {expected_length} are needed")
    return raw_bytes(reader, codec, raw_length, start, context)


def read_section(reader: ByteReader) -> ByteReader:
    """Over the raw bytes of a section that is one buffer and tells its own raw length, without a dictionary."""
    start = reader.place
    codec = reader.u8_in(PLAIN, ZSTD, "codec")
    raw_length = reader.varint_in(0, limits.STORED_BYTES, "raw length")
    if codec == PLAIN:
        part = reader.part(raw_length)
        reader.expect_end("section")
        return part
    raw = raw_bytes(reader, codec, raw_length, start, None)
    reader.expect_end("section")
    return ByteReader(raw, 0, raw_length, start)


def raw_bytes(reader: ByteReader, codec: int, raw_length: int, start: int, context) -> bytes:
    if codec == PLAIN:
        return reader.take(raw_length)
    dictionary = context.zstd_dictionary(reader.varint(), start) if codec == ZSTD_WITH_DICTIONARY else None
    stored_length = reader.varint()
    if stored_length >= raw_length:
        raise CorruptSegment(start, "compressed buffer that is not shorter than its raw bytes")
    stored = reader.take(stored_length)
    raw = lz4_raw(stored, raw_length, start) if codec == LZ4 else zstd_raw(stored, raw_length, dictionary, start)
    if len(raw) != raw_length:
        raise CorruptSegment(start, f"buffer decompresses to {len(raw)} bytes, not {raw_length}")
    return raw


def lz4_raw(stored: bytes, raw_length: int, offset: int) -> bytes:
    try:
        return lz4.block.decompress(stored, uncompressed_size=raw_length)
    except (lz4.block.LZ4BlockError, ValueError) as error:
        raise CorruptSegment(offset, f"LZ4: {error}") from None


def zstd_raw(stored: bytes, raw_length: int, dictionary, offset: int) -> bytes:
    try:
        # A frame that names its size is given that much memory by the library, whatever we pass.
        named = zstandard.frame_content_size(stored)
        if named not in (-1, raw_length):
            raise CorruptSegment(offset, f"Zstd frame of {named} bytes, not {raw_length}")
        decompressor = zstandard.ZstdDecompressor(dict_data=dictionary)
        return decompressor.decompress(stored, max_output_size=raw_length, allow_extra_data=False)
    except zstandard.ZstdError as error:
        raise CorruptSegment(offset, f"Zstd: {error}") from None
