#!/usr/bin/env python3
"""Writes segments of random events with the tool under test and reads them with this reader.

  run_random.py TRAVERSION_STORE [--files N] [--seed S]

Each file of events is written in every tier. The second reader must find the segment sound, and give the same lines as
`segment read`; those lines must say what went in, value for value, numbers by their text.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from traversion_segment import Segment
from traversion_segment.check import check
from traversion_segment.render import zone_rows
from traversion_segment.walk import walk


class Number(str):
    """A JSON number, kept as its text."""


def same(text: str):
    """Parses a line so that equal means: the same values, whatever the order of keys."""
    return json.loads(text, parse_int=Number, parse_float=Number)


NUMBERS = ["0", "-1", "9223372036854775807", "-9223372036854775808", "9223372036854775808", "18446744073709551615",
           "18446744073709551616", "-0", "0.1", "1.0", "1.10", "1e5", "1E+2", "5e-324", "1.7976931348623157e+308", "1e400",
           "0.30000000000000004", "123456789.123456789", "-0.0", "1e-05", "0.0001", "12345678901234567890.5"]
TEXTS = ["", " ", "ä", "\U0001f600", "\x00\x1f", "\"\\/", "u-17", "worker-007", "0x3e7", "10.0.0.255", "-5", "1.50", "null",
         "deadbeefdeadbeef", "DEADBEEF00000000", "00112233445566778899aabbccddeeff", "2024-02-29T23:59:59.999999999Z",
         "2024-02-30T00:00:00Z", "2024-01-15 15:47:23", "2024-01-15T15:47:23+05:30", "{a0010203-0405-0607-0809-0a0b0c0d0e0f}",
         "a0010203-0405-0607-0809-0a0b0c0d0e0f", "GET /api/v1/orders/13032956 200 12ms", "x" * 3000]


def value(r: random.Random, depth: int) -> str:
    kind = r.randrange(12 if depth < 3 else 9)
    if kind == 0:
        return r.choice(["null", "true", "false", "{}", "[]"])
    if kind in (1, 2):
        return r.choice(NUMBERS)
    if kind == 3:
        return str(r.randrange(-1000, 100000))
    if kind == 4:
        return f"{r.randrange(10**6) / 100:.2f}"
    if kind in (5, 6):
        return json.dumps(r.choice(TEXTS), ensure_ascii=r.random() < 0.5)
    if kind == 7:
        return json.dumps(r.choice([f"u-{r.randrange(10**8)}", f"{r.getrandbits(64):016x}", f"{r.getrandbits(128):032x}",
                                    f"task {r.randrange(99)} of job-{r.randrange(9)} took {r.randrange(9999)} ms"]))
    if kind == 8:
        return json.dumps("".join(chr(r.choice([r.randrange(32, 127), r.randrange(160, 0xD7FF)])) for _ in range(r.randrange(12))))
    if kind == 9:
        return "[" + ",".join(value(r, depth + 1) for _ in range(r.randrange(4))) + "]"
    members = {f"k{r.randrange(6)}": value(r, depth + 1) for _ in range(r.randrange(1, 4))}
    return "{" + ",".join(f'"{key}":{text}' for key, text in members.items()) + "}"


def events(r: random.Random, count: int) -> list[str]:
    """Lines of a few kinds of event, of loose ones, and of ones whose fields hang together."""
    kinds = [[f"f{r.randrange(40)}" for _ in range(r.randrange(1, 9))] for _ in range(4)]
    samples = {f"f{i}": [value(r, 0) for _ in range(r.choice([1, 3, 50]))] for i in range(40)}
    lines = []
    for number in range(count):
        members = {}
        if r.random() < 0.9:
            members["timestamp"] = f'"2024-01-15T15:{number // 600 % 60:02}:{number // 10 % 60:02}.{number % 1000:03}Z"'
        for key in r.choice(kinds):
            members[key] = r.choice(samples[key])
        if r.random() < 0.1:
            members[f"loose{r.randrange(200)}"] = value(r, 0)
        user = r.randrange(30)
        members["user"], members["plan"] = f'"u-{user}"', f'"plan-{user % 4}"'
        members["text"] = f'"request {number * 7919 % 100003} of u-{user} done"'
        lines.append("{" + ",".join(f'"{key}":{text}' for key, text in members.items()) + "}")
    return lines


def problem(tool: str, folder: Path, lines: list[str], tier: str) -> str | None:
    source, target = folder / "events.ndjson", folder / f"{tier}.seg"
    source.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    subprocess.run([tool, "segment", "write", str(source), str(target), "--tier", tier, "--force"],
                   check=True, capture_output=True)
    read = subprocess.run([tool, "segment", "read", str(target)], check=True, capture_output=True).stdout
    segment = Segment.open(target)
    found = b"".join(line.encode() + b"\n" for zone, columns in walk(segment) for line in zone_rows(segment, zone, columns))
    check(Segment.open(target))
    if found != read:
        return "the two readers differ"
    for number, (before, after) in enumerate(zip(lines, found.decode().split("\n")), 1):
        if same(before) != same(after):
            return f"line {number} came back as {after[:300]}, was {before[:300]}"
    return None if found.count(b"\n") == len(lines) else "lines were lost"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("tool")
    parser.add_argument("--files", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    passed = failed = 0
    for seed in range(options.seed, options.seed + options.files):
        r = random.Random(seed)
        lines = events(r, r.choice([1, 40, 700, 1500, 9000]))
        with tempfile.TemporaryDirectory() as folder:
            for tier in ("hot", "warm", "cold"):
                trouble = problem(options.tool, Path(folder), lines, tier)
                passed, failed = (passed, failed + 1) if trouble else (passed + 1, failed)
                if trouble:
                    print(f"FAILED seed {seed}, {len(lines)} events, {tier}: {trouble}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
