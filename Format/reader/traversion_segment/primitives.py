"""Reading of bytes: fixed-width integers, varints, checksums and the budget of decoded bytes (section 1)."""

import xxhash

from . import limits
from .errors import CorruptSegment

MASK = 2**64 - 1


def checksum(data) -> int:
    return xxhash.xxh3_64_intdigest(data)


def signed(value: int) -> int:
    """The two's complement meaning of 64 bits."""
    return value - 2**64 if value >> 63 else value


class ByteReader:
    """A cursor over data[start ..< end].

    Errors name a place in the file: the position when `data` is the file, or `at` when it came out of a buffer there.
    """

    __slots__ = ("data", "position", "end", "at")

    def __init__(self, data: bytes, start: int, end: int, at: int | None = None):
        self.data = data
        self.position = start
        self.end = end
        self.at = at

    @property
    def place(self) -> int:
        """Where in the file we are, for errors."""
        return self.position if self.at is None else self.at

    def part(self, length: int) -> "ByteReader":
        """A reader over the next bytes, which this one leaves out."""
        start = self.position
        if length > self.remaining:
            raise self.corrupt(f"{length} bytes wanted, {self.remaining} left")
        self.position += length
        return ByteReader(self.data, start, self.position, self.at)

    def corrupt(self, reason: str) -> CorruptSegment:
        return CorruptSegment(self.place, reason)

    @property
    def remaining(self) -> int:
        return self.end - self.position

    def take(self, count: int) -> bytes:
        if count > self.end - self.position:
            raise self.corrupt(f"{count} bytes wanted, {self.remaining} left")
        start = self.position
        self.position = start + count
        return self.data[start : self.position]

    def u8(self) -> int:
        if self.position >= self.end:
            raise self.corrupt("a byte wanted, none left")
        self.position += 1
        return self.data[self.position - 1]

    def u16(self) -> int:
        return int.from_bytes(self.take(2), "little")

    def u32(self) -> int:
        return int.from_bytes(self.take(4), "little")

    def u64(self) -> int:
        return int.from_bytes(self.take(8), "little")

    def i64(self) -> int:
        return signed(self.u64())

    def zero(self, count: int) -> None:
        start = self.place
        if any(self.take(count)):
            raise CorruptSegment(start, "a field that must be zero is not")

    def varint(self) -> int:
        start = self.place
        value = 0
        for shift in range(0, 70, 7):
            byte = self.u8()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                if value > MASK:
                    raise CorruptSegment(start, "varint of 2^64 or more")
                if byte == 0 and shift > 0:
                    raise CorruptSegment(start, "varint is not in its shortest form")
                return value
        raise CorruptSegment(start, "varint of more than 10 bytes")

    def zvarint(self) -> int:
        """The 64 bits of a zigzag varint, as an unsigned integer."""
        value = self.varint()
        return (value >> 1) ^ (MASK if value & 1 else 0)

    def signed_varint(self) -> int:
        return signed(self.zvarint())

    def varint_in(self, low: int, high: int, what: str) -> int:
        start = self.place
        value = self.varint()
        if not low <= value <= high:
            raise CorruptSegment(start, f"{what} {value} is not in {low} ... {high}")
        return value

    def u8_in(self, low: int, high: int, what: str) -> int:
        start = self.place
        value = self.u8()
        if not low <= value <= high:
            raise CorruptSegment(start, f"{what} {value} is not in {low} ... {high}")
        return value

    def expect_end(self, what: str) -> None:
        if self.position != self.end:
            raise self.corrupt(f"{self.remaining} bytes after the end of the {what}")


class Budget:
    """Counts the decoded bytes of one page, resource or section, before they are allocated."""

    __slots__ = ("left",)

    def __init__(self, limit: int = limits.DECODED_BYTES):
        self.left = limit

    def require(self, count: int, offset: int) -> None:
        if count > self.left:
            raise CorruptSegment(offset, "more decoded bytes than a page may have")

    def charge(self, count: int, offset: int) -> None:
        self.require(count, offset)
        self.left -= count
