"""String nodes that write numbers and bytes as text: 0x48 ... 0x4E (section 5.3)."""

import ipaddress

from . import limits, timestamps
from .buffers import read_buffer
from .errors import CorruptSegment
from .nodes_common import check_below
from .nodes_integer import read_integers
from .primitives import signed


def charge(context, count: int, text_length: int, offset: int) -> None:
    context.budget.charge(text_length + (4 + context.affix) * count, offset)


def charged(texts: list[bytes], context, offset: int) -> list[bytes]:
    # Made before they are charged: the integers were charged, and no text is longer than 40 bytes.
    charge(context, len(texts), sum(map(len, texts)), offset)
    return texts


def integer_text(reader, count, context, depth, rows):
    start = reader.place
    digits = reader.u8_in(0, 19, "number of digits")
    values = read_integers(reader, count, context, depth + 1)
    if digits == 0:
        return charged([b"%d" % signed(value) for value in values], context, start)
    return charged([b"%0*d" % (digits, value) for value in values], context, start)


def fixed_point_text(reader, count, context, depth, rows):
    start = reader.place
    decimals = reader.u8_in(1, 18, "number of decimals")
    texts = []
    for value in map(signed, read_integers(reader, count, context, depth + 1)):
        whole, fraction = divmod(abs(value), 10**decimals)
        texts.append(b"%s%d.%0*d" % (b"-" if value < 0 else b"", whole, decimals, fraction))
    return charged(texts, context, start)


def hexadecimal(data: bytes, upper: int) -> bytes:
    text = data.hex()
    return (text.upper() if upper else text).encode()


def hex_text(reader, count, context, depth, rows):
    start = reader.place
    upper = reader.u8_in(0, 1, "case")
    byte_count = reader.varint_in(1, limits.VALUE_BYTES // 2, "number of bytes")
    charge(context, count, count * 2 * byte_count, start)
    data = read_buffer(reader, count * byte_count, context)
    return [hexadecimal(data[at : at + byte_count], upper) for at in range(0, len(data), byte_count)]


def uuid_of(data: bytes, upper: int) -> bytes:
    text = hexadecimal(data, upper)
    return b"-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def uuid_text(reader, count, context, depth, rows):
    start = reader.place
    upper = reader.u8_in(0, 1, "case")
    charge(context, count, count * 36, start)
    data = read_buffer(reader, count * 16, context)
    return [uuid_of(data[at : at + 16], upper) for at in range(0, len(data), 16)]


def ipv4_text(reader, count, context, depth, rows):
    start = reader.place
    values = read_integers(reader, count, context, depth + 1)
    check_below(values, 2**32, start, "IPv4 address")
    return charged([str(ipaddress.IPv4Address(value)).encode() for value in values], context, start)


def timestamp_text(reader, count, context, depth, rows):
    start = reader.place
    instants = read_integers(reader, count, context, depth + 1)
    forms = read_integers(reader, count, context, depth + 1)
    try:
        texts = [timestamps.text_of(signed(instant), form) for instant, form in zip(instants, forms)]
    except timestamps.BadTimestamp as error:
        raise CorruptSegment(start, str(error)) from None
    return charged(texts, context, start)


def hex_number_text(reader, count, context, depth, rows):
    start = reader.place
    upper = reader.u8_in(0, 1, "case")
    digits = reader.u8_in(1, 16, "number of digits")
    form = b"%0*X" if upper else b"%0*x"
    return charged(
        [form % (digits, value) for value in read_integers(reader, count, context, depth + 1)], context, start
    )


TEXT_READERS = {
    0x48: integer_text,
    0x49: fixed_point_text,
    0x4A: hex_text,
    0x4B: uuid_text,
    0x4C: ipv4_text,
    0x4D: timestamp_text,
    0x4E: hex_number_text,
}
