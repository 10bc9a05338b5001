#!/usr/bin/env python3
"""Holds the tool under test against damaged segments whose checksums are right.

  run_damaged.py TRAVERSION_STORE

`write_damaged.py` makes the segments. A sound one must be called sound. A damaged one must be refused, or be read when
the damage only breaks a rule that a reader need not check; nothing may crash or hang.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

SOUND, DAMAGED = 0, 3


def problem(tool: str, path: Path) -> tuple[str | None, int]:
    expected = path.with_suffix(".verdict").read_text(encoding="utf-8").split()[0]
    try:
        run = subprocess.run([tool, "segment", "verify", str(path)], capture_output=True, timeout=60)
    except subprocess.TimeoutExpired:
        return "took over a minute", DAMAGED
    if run.returncode not in (SOUND, DAMAGED):
        return f"exit code {run.returncode}: {run.stderr[-300:].decode(errors='replace')}", run.returncode
    if expected == "ok" and run.returncode != SOUND:
        return f"sound, but refused: {run.stderr[-300:].decode(errors='replace')}", run.returncode
    return None, run.returncode


def main() -> int:
    tool = sys.argv[1]
    passed = failed = lenient = 0
    with tempfile.TemporaryDirectory() as folder:
        writer = Path(__file__).with_name("write_damaged.py")
        subprocess.run([sys.executable, str(writer), folder], check=True, capture_output=True)
        for path in sorted(Path(folder).glob("*.seg")):
            trouble, code = problem(tool, path)
            passed, failed = (passed, failed + 1) if trouble else (passed + 1, failed)
            lenient += not trouble and code == SOUND and not path.with_suffix(".verdict").read_text().startswith("ok")
            if trouble:
                print(f"FAILED {path.name}: {trouble}")
    print(f"{lenient} segments with broken rules were read all the same")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
