#!/usr/bin/env python3
"""write_damaged.py FOLDER [COUNT]: segments built by hand, and golden ones changed, good and damaged under right checksums.

Next to each NAME.seg stands NAME.verdict: what `--check` says of it. Another checker must say the same of each.
COUNT: how many damaged ones to make of each golden segment.
"""

import random
import sys
from pathlib import Path

from tests import builder, golden, test_segment
from traversion_segment.__main__ import verdict

# These build the same segment over and over, or change it in thousands of places afterwards.
LEFT_OUT = {"test_truncation_and_growth", "test_every_flipped_bit_is_found", "test_changed_root_and_trailer"}
DAMAGED_PER_GOLDEN_FILE = 10
CHANGED_ROOTS = 300
CASES = (test_segment.WholeSegmentTests, test_segment.RuleTests, test_segment.DamageTests)


def built_by(case) -> list[bytes]:
    """What a test builds, each once."""
    built: dict[bytes, None] = {}
    original = builder.SegmentSpec.build

    def build(spec):
        data = original(spec)
        built[data] = None
        return data

    builder.SegmentSpec.build = build
    try:
        case.debug()
    finally:
        builder.SegmentSpec.build = original
    return list(built)


def names_and_bytes(count_per_file: int):
    """Every segment, and what it is called."""
    for suite in CASES:
        for name in sorted(name for name in dir(suite) if name.startswith("test_") and name not in LEFT_OUT):
            for number, data in enumerate(built_by(suite(name)), 1):
                yield f"{name[5:]}-{number}", data
    for path in golden.small_files():
        yield f"golden-{path.stem}", golden.taken_apart(path).build()
        source = random.Random(path.stem)
        for number in range(1, count_per_file + 1):
            yield f"golden-{path.stem}-{number}", golden.damaged(path, source).build()
    for number, data in enumerate(test_segment.changed_roots(CHANGED_ROOTS), 1):
        yield f"changed_root-{number}", data


def main() -> int:
    if len(sys.argv) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, data in names_and_bytes(int(sys.argv[2]) if len(sys.argv) == 3 else DAMAGED_PER_GOLDEN_FILE):
        path = folder / f"{name}.seg"
        path.write_bytes(data)
        path.with_suffix(".verdict").write_text(verdict(str(path)) + "\n", encoding="utf-8")
        count += 1
    print(f"{count} segments in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
