#!/usr/bin/env python3
"""Runs the second reader over the golden segments: good ones against their rows, bad ones against their verdicts."""

import sys
from pathlib import Path

from traversion_segment import CorruptSegment, Segment, UnsupportedSegment
from traversion_segment.__main__ import verdict
from traversion_segment.check import check
from traversion_segment.render import zone_rows
from traversion_segment.walk import walk

GOLDEN = Path(__file__).resolve().parent.parent / "golden"


def first_difference(found: list[bytes], expected: list[bytes]) -> str:
    for number, (left, right) in enumerate(zip(found, expected), 1):
        if left != right:
            return f"line {number} is {left[:200]!r}, not {right[:200]!r}"
    return f"{len(found)} lines, not {len(expected)}"


def good_problem(path: Path) -> str | None:
    """Why a good segment does not give the rows next to it."""
    try:
        segment = Segment.open(path)
        lines = [line.encode() for zone, columns in walk(segment) for line in zone_rows(segment, zone, columns)]
        check(Segment.open(path))
    except (CorruptSegment, UnsupportedSegment) as error:
        return f"{type(error).__name__} {error}"
    expected = path.with_suffix(".ndjson").read_bytes()
    found = b"".join(line + b"\n" for line in lines)
    return None if found == expected else first_difference(found.split(b"\n"), expected.split(b"\n"))


def corrupt_problem(path: Path) -> str | None:
    """Why a segment does not get the verdict next to it."""
    expected = path.with_suffix(".verdict").read_text(encoding="utf-8").split()[0]
    found = verdict(str(path))
    return None if found.split()[0] == expected else f"verdict {found!r}, not {expected!r}"


def run(folder: Path, problem_of) -> tuple[int, int]:
    if not folder.is_dir():
        print(f"{folder} is not there (yet)")
        return 0, 0
    passed = failed = 0
    for path in sorted(folder.glob("*.seg")):
        problem = problem_of(path)
        if problem:
            failed += 1
            print(f"FAILED {path.relative_to(GOLDEN)}: {problem}")
        else:
            passed += 1
    return passed, failed


def main() -> int:
    results = [run(GOLDEN / "good", good_problem), run(GOLDEN / "corrupt", corrupt_problem)]
    passed, failed = (sum(counts) for counts in zip(*results))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
