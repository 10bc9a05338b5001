"""What the rigs share: the tool, dumps, live events, and the checks of a store.

The tool is .build/release/traversion-store, or what TRAVERSION_TOOL names.
"""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TOOL = pathlib.Path(os.environ.get("TRAVERSION_TOOL", ROOT / ".build/release/traversion-store"))

BEFORE = []
"""What stands before the tool in each command."""

START = 1_700_000_000
"""When the first events happen, in seconds."""


class Violation(Exception):
    """Something that must hold does not."""


def main(body):
    """Runs a rig: exit code 0 when all held, 1 when something did not, 2 when the rig cannot run here."""
    if not TOOL.exists():
        sys.exit("first: swift build -c release --product traversion-store")
    try:
        body()
    except Violation as violation:
        print(f"VIOLATION: {violation}")
        sys.exit(1)


def folder(name):
    return pathlib.Path(tempfile.mkdtemp(prefix=f"traversion-{name}-"))


def tool(*arguments, store, codes=(0,), **options):
    """Runs the tool to its end and gives what it printed."""
    done = subprocess.run(
        [*BEFORE, TOOL, *map(str, arguments), "--store", str(store)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, **options,
    )
    if done.returncode not in codes:
        raise Violation(f"{arguments} ended with {done.returncode}: {done.stdout} {done.stderr}")
    return done


def make_store(path, settings=None):
    """A store with windows of an hour."""
    tool("init", "--window", "1h", store=path)
    if settings is not None:
        (path / "traversion.json").write_text(json.dumps(settings))


def event(kind, source, number, second, random_=None, **more):
    text = "%x" % random_.getrandbits(60) if random_ else ""
    return {"timestamp": second, "service": f"s{number % 7}", "n": number, kind: source, "text": text, **more}


def line(value):
    return json.dumps(value, separators=(",", ":")) + "\n"


def write_dump(path, number, count, random_, seconds=6_000):
    """Events of three windows, when they are over so many seconds, some of them late."""
    start = START + number * 7_200
    with open(path, "w") as out:
        for index in range(count):
            second = start + index * seconds // count - (5_000 if random_.random() < 0.01 else 0)
            out.write(line(event("dump", number, index, second, random_)))


def exported(store):
    """All events of a store, as they are printed."""
    with subprocess.Popen([*BEFORE, TOOL, "export", "--store", str(store)], stdout=subprocess.PIPE) as process:
        for text in process.stdout:
            yield json.loads(text)
    if process.returncode:
        raise Violation(f"export ended with {process.returncode}")


def by_source(store):
    """The events of a store by (kind, source), kinds being "dump", "live" and "log"; by their numbers."""
    found = {}
    for value in exported(store):
        kind = next(kind for kind in ("dump", "live", "log") if kind in value)
        numbers = found.setdefault((kind, value[kind]), {})
        if value["n"] in numbers:
            raise Violation(f"event {value['n']} of {kind} {value[kind]} is there twice")
        numbers[value["n"]] = value
    return found


def check_file(found, key, paths):
    """Each event of some files is there once, unchanged, and nothing else of their source."""
    there = found.pop(key, {})
    count = 0
    for path in paths:
        for text in open(path):
            value = json.loads(text)
            if there.pop(value["n"], None) != value:
                raise Violation(f"event {value['n']} of {key} is lost or changed")
            count += 1
    if there:
        raise Violation(f"{len(there)} events of {key} that never came in: {sorted(there)[:5]}")
    return count


def check_rest(found):
    if found:
        raise Violation(f"events that nobody sent: {sorted(found)}")


def check_clean(store):
    """No file is there that no manifest names, and none is missing."""
    listed = tool("segments", "--json", store=store).stdout
    named = {json.loads(text)["path"] for text in listed.splitlines()}
    there = {str(p) for tier in ("hot", "warm", "cold") for p in (store / tier).rglob("*") if p.is_file()}
    left = [p for name in ("writers", "pins", "log") if (store / name).exists() for p in (store / name).iterdir()]
    left += list((store / "manifests").glob("*.part"))
    if there != named or left:
        raise Violation(f"left: {sorted(there - named)[:5]} {left[:5]}; missing: {sorted(named - there)[:5]}")
    return len(named)


class Appender:
    """A process that appends live events until it is killed."""

    def __init__(self, store, number, where, batch=50, **options):
        self.number = number
        self.batch = batch
        self.sent = 0
        self.output = where / f"acknowledged-{number}"
        self.errors = where / f"errors-{number}"
        with open(self.output, "w") as out, open(self.errors, "w") as err:
            self.process = subprocess.Popen(
                [*BEFORE, TOOL, "append", "--json", "--store", str(store)], stdin=subprocess.PIPE, stdout=out, stderr=err,
                text=True, **options,
            )
        self.isEnding = False
        self.thread = threading.Thread(target=self.feed)
        self.thread.start()

    def feed(self):
        try:
            while not self.isEnding:
                numbers = range(self.sent, self.sent + self.batch)
                lines = "".join(line(event("live", self.number, n, START + n // 20)) for n in numbers)
                # Counted before: a part of them may arrive.
                self.sent += self.batch
                self.process.stdin.write(lines)
                self.process.stdin.flush()
        except (BrokenPipeError, ValueError):
            pass

    def stop(self, number=None):
        """Ends it: with a signal, or, without, at the end of its input."""
        if number is not None:
            self.process.send_signal(number)
            self.process.wait()
        self.isEnding = True
        self.thread.join()
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        return self.process.wait()

    def acknowledged(self):
        text = self.output.read_text()
        lines = text[: text.rfind("\n") + 1].splitlines()
        return sum(json.loads(text).get("events", 0) for text in lines)

    def check(self, found):
        """The events that are there are the first ones that were sent, and all that were acknowledged."""
        numbers = found.pop(("live", self.number), {})
        if sorted(numbers) != list(range(len(numbers))):
            raise Violation(f"appender {self.number}: events are missing between others")
        if not self.acknowledged() <= len(numbers) <= self.sent:
            raise Violation(
                f"appender {self.number}: {self.acknowledged()} acknowledged, {len(numbers)} there, {self.sent} sent"
            )
        return len(numbers)


class LogWriter:
    """A program that writes a log in pieces that end anywhere, and rotates it in both ways."""

    def __init__(self, where, random_):
        self.where = where
        self.path = where / "app.log"
        self.random = random_
        self.rotations = 0
        self.count = 0
        self.file = open(self.path, "a")
        self.isEnding = False
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        while not self.isEnding:
            text = "".join(
                line(event("log", 0, n, START + n // 50)) for n in range(self.count, self.count + self.random.randrange(80))
            )
            self.count += text.count("\n")
            cut = self.random.randrange(len(text) + 1)
            for part in (text[:cut], text[cut:]):
                self.file.write(part)
                self.file.flush()
                threading.Event().wait(self.random.random() * 0.004)
            if self.random.random() < 0.004:
                self.rotate()
        self.file.close()

    def rotate(self):
        self.rotations += 1
        old = self.where / f"app.log.{self.rotations}"
        if self.random.random() < 0.5:
            self.path.rename(old)
            self.file = open(self.path, "a")
        else:
            shutil.copy(self.path, old)
            self.file.truncate(0)

    def stop(self):
        self.isEnding = True
        self.thread.join()

    def files(self):
        old = [self.where / f"app.log.{n}" for n in range(1, self.rotations + 1)]
        return [path for path in old + [self.path] if path.exists()]
