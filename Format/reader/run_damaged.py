#!/usr/bin/env python3
"""Holds the tool under test against damaged segments whose checksums are right.

  run_damaged.py TRAVERSION_STORE [COUNT]

`write_damaged.py` makes the segments and takes the COUNT. The tool and the reader in this folder must say the same of
each: sound, damaged, or one for a newer reader. Nothing may crash or hang.
"""

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SOUND, DAMAGED = 0, 3
SECONDS = 60


def verdict_of(tool: str, path: Path) -> str:
    try:
        run = subprocess.run([tool, "segment", "verify", str(path)], capture_output=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return f"nothing within {SECONDS} s"
    if run.returncode == SOUND:
        return "ok"
    message = run.stderr[-300:].decode(errors="replace").strip()
    if run.returncode != DAMAGED:
        return f"exit code {run.returncode}: {message}"
    return f"{'unsupported' if 'needs a newer reader' in message else 'corrupt'}: {message}"


def problem(tool: str, path: Path) -> str | None:
    expected = path.with_suffix(".verdict").read_text(encoding="utf-8").strip()
    found = verdict_of(tool, path)
    same = found.split(":")[0] == expected.split()[0]
    return None if same else f"{path.name}: this reader says '{expected}', the tool '{found}'"


def main() -> int:
    tool = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        writer = Path(__file__).with_name("write_damaged.py")
        subprocess.run([sys.executable, str(writer), folder, *sys.argv[2:]], check=True, stdout=subprocess.DEVNULL)
        paths = sorted(Path(folder).glob("*.seg"))
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            problems = [found for found in pool.map(lambda path: problem(tool, path), paths) if found]
    for found in problems:
        print(f"FAILED {found}")
    print(f"{len(paths) - len(problems)} passed, {len(problems)} failed")
    return 1 if problems or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
