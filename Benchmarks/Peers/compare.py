"""The same work by everybody, in turn; see `run`."""
import argparse
import datetime
import json
import os
import statistics
import sys

import measure
from traversion_peer import Traversion, launch

PEERS = ["Traversion", "Traversion, cold", "DuckDB", "DuckDB, JSON text", "Parquet by DuckDB", "Parquet by pyarrow",
         "ClickHouse", "clp-s", "SQLite"]
ONLY_INGEST = {"clp-s", "DuckDB, JSON text", "Parquet by pyarrow"}
# Keeps rows and B-trees, at many times the bytes: shown beside the others, and not among those that are compared.
NOT_COLUMNAR = {"SQLite"}
RATE = 115
COLD = ["event by id", "trace by id", "state of one service", "count of one user"]


class Outside:
    """A peer in Python, in a process of its own each time."""

    def __init__(self, name):
        self.name = name
        self.command = [sys.executable, os.path.join(os.path.dirname(__file__), "peer.py"), name]
        self.version = name

    def run(self, *arguments):
        result = json.loads(measure.run([*self.command, *arguments])["output"].splitlines()[-1])
        self.version = result.pop("version")
        return result

    def ingest(self, data, folder):
        return self.run("ingest", data, folder)

    def ask(self, folder, of):
        return self.run("query", folder, json.dumps(of))

    def cold(self, folder, of, name):
        command = [*self.command, "cold", folder, json.dumps(of), name]
        return measure.run(command)["wall"] * 1000 - launch()


def generate(tool, folder, count):
    data, truth = f"{folder}/{count}.ndjson", f"{folder}/{count}.truth.json"
    if not os.path.exists(truth):
        measure.run([tool, "generate", "--events", str(count), "--seed", "7", "--out", data, "--truth", truth, "--force"])
    with open(truth) as file:
        return data, json.load(file)


def read(path):
    """Whoever came first would pay for a file that is not in memory yet."""
    with open(path, "rb") as file:
        while file.read(16 << 20):
            pass


def subjects(data, truth, count):
    """Whom the questions are about."""
    start = datetime.datetime.fromisoformat(truth["start"].replace("Z", "+00:00"))
    length = datetime.timedelta(seconds=count / RATE)

    def at(moment):
        return moment.strftime("%Y-%m-%d %H:%M:%S")

    middle = start + length / 2
    incident = truth["incidents"][len(truth["incidents"]) // 2]
    sample = incident["samples"][0]
    failing = datetime.datetime.fromisoformat(incident["failing"][:19] + "+00:00")
    minutes = datetime.timedelta(minutes=1)
    users = []
    with open(data) as lines:
        for line in lines:
            user = json.loads(line).get("attributes", {}).get("userId")
            if user and user not in users:
                users.append(user)
            if len(users) == 50:
                break
    return {
        "start": at(start), "end": at(start + length * 2), "middle": at(middle), "service": "checkout",
        "traceId": sample["traceId"], "eventId": sample["eventId"], "errorId": sample["rootEventId"],
        "hour": at(middle - 30 * minutes), "hourEnd": at(middle + 30 * minutes), "first": at(failing - 5 * minutes),
        "firstEnd": at(failing), "secondEnd": at(failing + 5 * minutes), "userId": users[-1],
    }


def middle(values):
    return statistics.median(values)


def spread(values):
    return f"{middle(values):.1f}" if max(values) < 2 * min(values) else \
        f"{middle(values):.1f} ({min(values):.1f} to {max(values):.1f})"


def show(title, columns, rows):
    print(f"\n{title}\n\n| | " + " | ".join(columns) + " |\n|" + "---|" * (len(columns) + 1))
    for name, cells in rows:
        print(f"| {name} | " + " | ".join(cells) + " |")
    sys.stdout.flush()


def main():
    parser = argparse.ArgumentParser(prog="Benchmarks/Peers/run")
    parser.add_argument("--events", default="1m", help="1m, 5m, 20m, or a number")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", help="names with semicolons between: " + "; ".join(PEERS))
    parser.add_argument("--tool", required=True)
    parser.add_argument("--folder", required=True)
    options = parser.parse_args()
    count = int(options.events[:-1]) * 1_000_000 if options.events[-1] in "mM" else int(options.events)
    wanted = [name.strip() for name in options.peers.split(";")] if options.peers else PEERS
    unknown = [name for name in wanted if name not in PEERS]
    if unknown:
        parser.error(f"unknown peers: {', '.join(unknown)}; there are {'; '.join(PEERS)}")
    names = [name for name in PEERS if name in wanted]
    folder = os.path.abspath(options.folder)
    data, truth = generate(options.tool, folder, count)
    of = subjects(data, truth, count)
    peers = {
        name: Traversion(options.tool, "cold" if "cold" in name else "hot") if name.startswith("Traversion")
        else Outside(name) for name in names}

    ingests = {name: [] for name in names}
    for turn in range(options.rounds):
        for name in names:
            print(f"ingest {turn + 1} of {options.rounds}: {name}", file=sys.stderr)
            read(data)
            ingests[name].append(peers[name].ingest(data, folder))
    print("\n" + ", ".join(dict.fromkeys(peer.version for peer in peers.values())))
    print(f"{count} events of `traversion-store generate --seed 7`, {os.path.getsize(data) / 1e6:.0f} MB,"
          f" {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    show("Ingest", ["CPU us an event", "wall s", "MB at most", "bytes an event"], [
        (name, [spread([run["cpu"] / count * 1e6 for run in runs]), spread([run["wall"] for run in runs]),
                f"{max(run['megabytes'] for run in runs):.0f}", f"{runs[-1]['bytes'] / count:.1f}"])
        for name, runs in ingests.items()])
    for name in names:
        if name.startswith("Traversion"):
            more = spread([run["keyframes"] / count * 1e6 for run in ingests[name]])
            print(f"{name}: keyframes take {more} us of CPU an event more; their bytes are counted above")

    asking = [name for name in names if name not in ONLY_INGEST]
    times, answers = {name: {} for name in asking}, {}
    for turn in range(options.rounds):
        for name in asking:
            print(f"queries {turn + 1} of {options.rounds}: {name}", file=sys.stderr)
            for question, found in peers[name].ask(folder, of).items():
                times[name].setdefault(question, []).append(found["ms"])
                answers.setdefault(question, {})[name] = found["answer"]
    rows = []
    for question, found in answers.items():
        agrees = all(answer == found[asking[0]] for answer in found.values())
        cells = [spread(times[name][question]) if question in times[name] else "-" for name in asking]
        others = [middle(times[name][question]) for name in asking
                  if not name.startswith("Traversion") and name not in NOT_COLUMNAR and question in times[name]]
        ours = middle(times[asking[0]][question])
        rows.append((question, [*cells, f"{min(others) / ours:.1f}" if others and agrees else "answers differ"]))
        if not agrees:
            print(f"{question}: {found}", file=sys.stderr)
    show("Queries, warm, ms", [*asking, "fastest other columnar / first column"], rows)

    colds = {name: {question: [] for question in COLD} for name in asking}
    for _ in range(max(options.rounds, 3)):
        for question in COLD:
            for name in asking:
                colds[name][question].append(peers[name].cold(folder, of, question))
    show("A process that starts, opens, answers and ends, ms", asking, [
        (question, [spread(colds[name][question]) for name in asking]) for question in COLD])
    with open(f"{folder}/results.json", "w") as file:
        json.dump({"of": of, "ingest": ingests, "queries": times, "answers": answers, "cold": colds}, file, indent=1)


main()
