#!/usr/bin/env python3
"""compare.py A.seg EXPECTED.ndjson: the segment's rows against the lines, value by value.

Objects are compared without regard to the order of their keys (of duplicate keys the last counts), numbers by their
text, everything else as JSON means it.
"""

import json
import sys
from itertools import zip_longest

from traversion_segment import CorruptSegment, Segment, UnsupportedSegment
from traversion_segment.render import zone_rows
from traversion_segment.walk import walk


class Number(str):
    """A number by its text; different from the string of the same text."""

    def __eq__(self, other):
        return isinstance(other, Number) and str.__eq__(self, other)

    def __ne__(self, other):
        return not self == other

    __hash__ = str.__hash__


def parse(line: str):
    return json.loads(line, parse_int=Number, parse_float=Number)


def difference(found, expected, place: str = "") -> str | None:
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in sorted(found.keys() | expected.keys()):
            if key not in found or key not in expected:
                return f"{place}.{key} is only in the {'expected' if key in expected else 'segment'}"
            inner = difference(found[key], expected[key], f"{place}.{key}")
            if inner:
                return inner
        return None
    if type(found) is type(expected) and found == expected:
        return None
    return f"{place or 'the row'} is {found!r}, not {expected!r}"


def rows(path: str):
    segment = Segment.open(path)
    for zone, columns in walk(segment):
        yield from zone_rows(segment, zone, columns)


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    sys.setrecursionlimit(20_000)
    number = 0
    try:
        with open(sys.argv[2], encoding="utf-8", newline="\n") as expected:
            wanted = (line for line in expected if line.strip())
            for number, (row, line) in enumerate(zip_longest(rows(sys.argv[1]), wanted), 1):
                if row is None or line is None:
                    print(f"row {number}: only in the {'expected' if row is None else 'segment'}")
                    return 1
                problem = difference(parse(row), parse(line))
                if problem:
                    print(f"row {number}: {problem}")
                    return 1
    except (CorruptSegment, UnsupportedSegment) as error:
        print(f"{type(error).__name__}: {error}")
        return 3
    print(f"{number} rows are the same")
    return 0


if __name__ == "__main__":
    sys.exit(main())
