"""How much a process takes, and what peers measure of themselves."""
import json
import os
import resource
import statistics
import subprocess
import sys
import time


def run(command, stdin=None):
    """A command as a whole process: its output, seconds of wall and CPU, and MB at most."""
    start = time.perf_counter()
    # A small process in between: one starts with the peak of memory of the process that starts it.
    child = subprocess.Popen([sys.executable, "-c", LAUNCHER, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    output, errors = child.communicate()
    wall = time.perf_counter() - start
    lines = errors.decode(errors="replace").splitlines()
    if child.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed:\n" + "\n".join(lines[-20:]))
    usage = json.loads(lines[-1])
    return {"output": output, "errors": lines[:-1], "wall": wall, **usage}


LAUNCHER = """
import json, os, sys
process = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(process, 0)
figures = {"cpu": usage.ru_utime + usage.ru_stime, "megabytes": usage.ru_maxrss / 1024}
print("\\n" + json.dumps(figures), file=sys.stderr)
sys.exit(os.waitstatus_to_exitcode(status) and 1)
"""


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def size(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(place, name)) for place, _, names in os.walk(path) for name in names)


def sync(path):
    """Makes files durable, which is part of taking events in."""
    places = os.walk(path) if os.path.isdir(path) else [(os.path.dirname(path), [], [os.path.basename(path)])]
    for place, _, names in places:
        for name in names:
            file = os.open(os.path.join(place, name), os.O_RDONLY)
            os.fsync(file)
            os.close(file)


def middle(ask):
    """What it takes to ask, in milliseconds: the middle of at least seven times behind the first."""
    ask()
    times = []
    while len(times) < 7 or (len(times) < 31 and sum(times) < 300):
        start = time.perf_counter()
        ask()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)
