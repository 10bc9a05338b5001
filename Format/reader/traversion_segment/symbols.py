"""Symbol tables (section 4.4)."""

from .errors import CorruptSegment

ESCAPE = 255


def read_symbol_table(reader) -> list[bytes]:
    count = reader.u8()
    lengths = [reader.u8_in(1, 8, "length of a symbol") for _ in range(count)]
    return [reader.take(length) for length in lengths]


def decode(encoded: bytes, symbols: list[bytes], offset: int) -> bytes:
    parts = []
    position = 0
    while position < len(encoded):
        code = encoded[position]
        position += 1
        if code == ESCAPE:
            if position == len(encoded):
                raise CorruptSegment(offset, "a string ends within an escape")
            parts.append(encoded[position : position + 1])
            position += 1
        elif code < len(symbols):
            parts.append(symbols[code])
        else:
            raise CorruptSegment(offset, f"code {code} is not in the symbol table")
    return b"".join(parts)
