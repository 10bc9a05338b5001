#!/usr/bin/env python3
"""write_damaged.py FOLDER: the segments that the tests build by hand, good and damaged under right checksums.

Next to each NAME.seg stands NAME.verdict: what `--check` says of it. Another reader can be held against them; it need
not find what section 10 leaves to a checker.
"""

import sys
from pathlib import Path

from tests import builder, test_segment
from traversion_segment.__main__ import verdict

# These build the same segment over and over, or change it in thousands of places afterwards.
LEFT_OUT = {"test_truncation_and_growth", "test_every_flipped_bit_is_found", "test_changed_root_and_trailer"}
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


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for suite in CASES:
        for name in sorted(name for name in dir(suite) if name.startswith("test_") and name not in LEFT_OUT):
            for number, data in enumerate(built_by(suite(name)), 1):
                path = folder / f"{name[5:]}-{number}.seg"
                path.write_bytes(data)
                path.with_suffix(".verdict").write_text(verdict(str(path)) + "\n", encoding="utf-8")
                count += 1
    print(f"{count} segments in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
