"""Values as text (sections 2.7, 6.1, 6.2, 6.4 and 7)."""

import math
import re
import struct

from . import json_text, timestamps
from .column_types import *
from .nodes_string_text import hexadecimal, uuid_of

INTEGER = re.compile(rb"-?[1-9][0-9]{0,19}|0")
DOUBLE_BITS = re.compile(rb"[0-9a-f]{16}")
DIGITS = {False: b"0-9a-f", True: b"0-9A-F"}
UPPER = frozenset({ID8_UPPER, ID16_UPPER, UUID_UPPER})


def id_pattern(kind: int) -> re.Pattern:
    digit = b"[" + DIGITS[kind in UPPER] + b"]"
    if kind in (UUID_LOWER, UUID_UPPER):
        return re.compile(digit + b"{8}" + (b"-" + digit + b"{4}") * 3 + b"-" + digit + b"{12}")
    return re.compile(digit + b"{%d}" % (2 * ID_WIDTH[kind]))


ID_PATTERNS = {kind: id_pattern(kind) for kind in ID_WIDTH}


def integer_text(value: int) -> bytes:
    return b"%d" % value


def bool_text(value: int) -> bytes:
    return b"true" if value else b"false"


def id_text(kind: int, value: bytes) -> bytes:
    return uuid_of(value, kind in UPPER) if kind in (UUID_LOWER, UUID_UPPER) else hexadecimal(value, kind in UPPER)


def double_text(value: float) -> bytes:
    """Canonical text: Python's shortest digits and its switch to exponents are those of section 6.2."""
    return repr(value).encode()


def text_of(kind: int, value, form: int | None) -> bytes:
    """The text of a value (section 6.4)."""
    if kind in TEXTS:
        return value
    if kind == BOOL:
        return bool_text(value)
    if kind in (INT64, UINT64):
        return integer_text(value)
    if kind == TIMESTAMP:
        return timestamps.text_of(value, form)
    return id_text(kind, value)


def value_problem(kind: int, value, form: int | None = None) -> str | None:
    """Why a decoded value cannot be a value of its type."""
    if kind == BOOL:
        return None if value in (0, 1) else "a bool that is neither 0 nor 1"
    if kind == UINT64:
        return None if value >> 63 else "a uint64 below 2^63"
    if kind == NUMBER_TEXT:
        return None if json_text.is_number(value) else "a number text that is no JSON number"
    if kind == STRING:
        return None if json_text.is_utf8(value) else "a string that is not UTF-8"
    if kind == ARRAY:
        return None if json_text.is_array(value) else "an array that is no compact JSON array"
    if kind == TIMESTAMP:
        if timestamps.zone_of(form) not in (timestamps.ZULU, timestamps.WITH_COLON, timestamps.WITHOUT_COLON):
            return f"form code {form} is not one of a timestamp column"
        try:
            timestamps.text_of(value, form)
        except timestamps.BadTimestamp as error:
            return str(error)
    return None


def parse(kind: int, text: bytes):
    """The value and form that an overflow bucket's text stands for, or None when it is not a text of the type."""
    if kind in PRESENCE_ONLY:
        return (None, None) if not text else None
    if kind in TEXTS:
        return (text, None) if value_problem(kind, text) is None else None
    if kind == BOOL:
        return {b"true": (1, None), b"false": (0, None)}.get(text)
    if kind in (INT64, UINT64):
        low, high = (-(2**63), 2**63 - 1) if kind == INT64 else (2**63, 2**64 - 1)
        value = int(text) if INTEGER.fullmatch(text) else high + 1
        return (value, None) if low <= value <= high else None
    if kind == DOUBLE:
        return (struct.unpack(">d", bytes.fromhex(text.decode()))[0], None) if DOUBLE_BITS.fullmatch(text) else None
    if kind == TIMESTAMP:
        parsed = timestamps.parse(text)
        return parsed if parsed and value_problem(kind, *parsed) is None else None
    if not ID_PATTERNS[kind].fullmatch(text):
        return None
    return bytes.fromhex(text.decode().replace("-", "")), None


def is_shown(value: float) -> bool:
    """NaN and infinities are shown as null."""
    return math.isfinite(value)
