#!/usr/bin/env python3
"""Makes stores of random events with the tool under test, and reads them with this reader.

  run_store.py TRAVERSION_STORE [--stores N] [--seed S]

Ingest in parts, some events late, between them compaction, tiering and checkpoints. The second reader must find every
file that the newest manifest names sound, every id through its index, and in the keyframes the changes that the events
make; and as many events of an id as `find` gives.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from traversion_store import DamagedFile, Store

HOURS = 5
START = 1_704_067_200


def id_text(r: random.Random, number: int) -> str:
    """One of the shapes in which ids come; the same number in several of them."""
    digits = f"{number * 0x9E3779B97F4A7C15 % 2**128:032x}"
    uuid = "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
    return r.choice([digits, digits, digits.upper(), uuid, digits[:16], f"req-{number}", f"{number:016d}"])


def state_of(r: random.Random) -> dict:
    kind = r.randrange(9)
    if kind == 0:
        return {"eventType": "config.change", "state": r.choice([{}, {"config": {"k": 1}}]), "attributes": {"key": r.choice(["k", f"k.{r.randrange(5)}"]), "newValue": r.choice([1, "a", None, {"x": 1}])}}
    if kind == 1:
        return {"eventType": "deploy", "attributes": {"version": f"1.{r.randrange(9)}", "commit": f"{r.getrandbits(32):08x}"}}
    if kind == 2:
        return {"eventType": "topology", "state": {"calls": ["a", f"s{r.randrange(4)}"], "since": r.randrange(9)}}
    if kind == 3:
        return {"state": {"entity": f"cart-{r.randrange(6)}", "key": r.choice(["items", "to"]), "value": r.choice([1, 2.5, "x", {"zip": "1", "in": {"y": 2}}])}}
    if kind == 4:
        return {"state": r.choice([{"cpu": r.randrange(99), "pool": {"size": 8}}, {"entity": "x", "value": 1}, {}, "closed", {"key": {}}])}
    return {}


def events(r: random.Random, count: int, hour: int) -> str:
    lines = []
    for _ in range(count):
        late = r.random() < 0.05
        second = START + (r.randrange(HOURS) if late else hour) * 3600 + r.randrange(3600)
        value = {"timestamp": second * 1000 + r.randrange(1000), "service": f"s{r.randrange(4)}", **state_of(r)}
        if r.random() < 0.5:
            value["host"] = f"h{r.randrange(3)}"
        value[r.choice(["eventId", "id"])] = r.choice([id_text(r, r.getrandbits(40)), r.randrange(2**60)])
        if r.random() < 0.8:
            value["traceId"] = id_text(r, r.randrange(400))
            value["spanId"] = f"{r.getrandbits(64):016x}"
        if r.random() < 0.3:
            value["parentSpanId"] = r.choice(["", "root", f"{r.randrange(99):016x}"])
        lines.append(json.dumps(value) + "\n")
    return "".join(lines)


class Maker:
    def __init__(self, tool: str, folder: Path):
        self.tool = tool
        self.folder = folder
        self.store = folder / "store"
        self.run("init", "--window", "1h")
        (self.store / "traversion.json").write_text(
            '{"tiers": {"warmAfter": "1h", "coldAfter": "2h"}, "retention": {"services": {"s3": "1d"}}}'
        )

    def run(self, *arguments) -> str:
        command = [self.tool, *map(str, arguments), "--store", str(self.store)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def ingest(self, r: random.Random, part: int) -> None:
        dump = self.folder / f"{part}.ndjson"
        dump.write_text(events(r, r.choice([20, 300, 1200]), min(part, HOURS - 1)))
        self.run("ingest", "--mask", "none", dump)

    def make(self, r: random.Random) -> None:
        count = r.randrange(3, 6)
        for part in range(count):
            self.ingest(r, part)
            if part == 0 or r.random() < 0.6:
                for job in r.sample(["compact", "tier", "checkpoint", "retain"], 4):
                    self.run(job)
        self.run("compact")
        self.run("checkpoint")
        # What comes now stands in no index and in no keyframe.
        if r.random() < 0.5:
            self.ingest(r, count)


def problem(maker: Maker, r: random.Random) -> str | None:
    try:
        store = Store(maker.store)
        counts = store.check()
        if not (counts["indexes"] and counts["keyframes"]):
            return f"nothing to compare: {counts}"
        for text in [id_text(r, r.randrange(400)) for _ in range(6)] + ["root", "nowhere"]:
            ours = len(store.find(text.encode()))
            theirs = maker.run("find", text).count("\n")
            if ours != theirs:
                return f"{ours} events of {text}, find gives {theirs}"
    except DamagedFile as error:
        return str(error)
    return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("tool")
    parser.add_argument("--stores", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    passed = failed = 0
    for seed in range(options.seed, options.seed + options.stores):
        r = random.Random(seed)
        with tempfile.TemporaryDirectory() as folder:
            maker = Maker(options.tool, Path(folder))
            maker.make(r)
            trouble = problem(maker, r)
        passed, failed = (passed, failed + 1) if trouble else (passed + 1, failed)
        if trouble:
            print(f"FAILED seed {seed}: {trouble}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
