"""A reader of Traversion segments, written from Format/Segment.md alone."""

from .errors import CorruptSegment, UnsupportedSegment
from .segment import Segment

__all__ = ["CorruptSegment", "Segment", "UnsupportedSegment"]
