"""The only two exceptions that reading a segment raises."""


class CorruptSegment(Exception):
    """The file breaks the format at a byte offset."""

    def __init__(self, offset: int, reason: str):
        super().__init__(f"at byte {offset}: {reason}")
        self.offset = offset
        self.reason = reason


class UnsupportedSegment(Exception):
    """The file is whole, as far as one can tell, but needs a newer reader."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason
