"""Compares STATE AT with what DuckDB makes of the same events, by the rules of Docs/State.md written as SQL.

The events go into a store in three parts: most of them first, then (after a checkpoint) those that come late, then some
as live appends. So answers are made of keyframes, of late events on top, and of what is behind the keyframes.
"""

import argparse
import calendar
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import time

import duckdb

START = 1_772_409_600  # 2026-03-02T00:00:00Z

# The leaves of what stands at a path, an array being one; and what is set by whom (Docs/State.md, 1 to 4).
CHANGES = """
CREATE TABLE events AS
SELECT sequence, doc, epoch_ns(CAST(rtrim(doc->>'$.timestamp', 'Z') AS TIMESTAMP_NS)) AS time,
    doc->>'$.service' AS service, doc->>'$.host' AS host, doc->>'$.eventType' AS type, doc->>'$.eventId' AS event
FROM lines;

CREATE TABLE nodes AS
WITH RECURSIVE tree AS (
    SELECT sequence, ['state'] AS path, json_extract(doc, '$.state') AS value FROM events
    WHERE json_type(doc, '$.state') = 'OBJECT'
    UNION ALL
    SELECT sequence, ['attributes'] AS path, json_extract(doc, '$.attributes') AS value FROM events
    WHERE type IN ('config.change', 'deploy') AND json_type(doc, '$.attributes') = 'OBJECT'
    UNION ALL
    SELECT sequence, list_append(path, key), json_extract(value, '$."' || key || '"')
    FROM (SELECT sequence, path, value, unnest(json_keys(value)) AS key FROM tree WHERE json_type(value) = 'OBJECT')
)
SELECT * FROM tree;

CREATE TABLE leaves AS
SELECT * FROM nodes WHERE json_type(value) <> 'OBJECT' OR (value = '{}' AND len(path) > 1);

CREATE TABLE keyed AS
SELECT sequence, entity, key FROM (
    SELECT sequence, json_extract(doc, '$.state.entity') AS entity, json_extract(doc, '$.state.key') AS key FROM events
) WHERE json_type(entity) NOT IN ('OBJECT', 'ARRAY', 'NULL') AND json_type(key) NOT IN ('OBJECT', 'ARRAY', 'NULL')
    AND sequence IN (SELECT sequence FROM leaves WHERE path[1] = 'state' AND path[2] = 'value');

CREATE TABLE changes AS
SELECT time, sequence, service, host, json_extract_string(keyed.entity, '$') AS entity,
    array_to_string(list_prepend(json_extract_string(keyed.key, '$'), path[3:]), '.') AS field, value, event
FROM leaves JOIN keyed USING (sequence) JOIN events USING (sequence)
WHERE path[1] = 'state' AND path[2] = 'value'
UNION ALL
SELECT time, sequence, service, host, NULL, array_to_string(path[2:], '.'), value, event
FROM leaves JOIN events USING (sequence)
WHERE path[1] = 'state' AND sequence NOT IN (SELECT sequence FROM keyed)
    AND NOT (coalesce(type, '') = 'topology' AND path[2] = 'calls')
UNION ALL
SELECT time, sequence, service, NULL, NULL, array_to_string(list_prepend('calls', path[3:]), '.'), value, event
FROM leaves JOIN events USING (sequence)
WHERE type = 'topology' AND path[1] = 'state' AND path[2] = 'calls'
UNION ALL
SELECT time, sequence, service, NULL, NULL, array_to_string(list_prepend(path[2], path[3:]), '.'), value, event
FROM leaves JOIN events USING (sequence)
WHERE type = 'deploy' AND path[1] = 'attributes' AND path[2] IN ('version', 'commit')
UNION ALL
SELECT time, sequence, service, NULL, NULL,
    array_to_string(list_concat(['config', json_extract_string(doc, '$.attributes.key')], path[3:]), '.'), value, event
FROM leaves JOIN events USING (sequence)
WHERE type = 'config.change' AND path[1] = 'attributes' AND path[2] = 'newValue'
    AND json_type(doc, '$.attributes.key') NOT IN ('OBJECT', 'ARRAY', 'NULL');
"""

STATE = """
WITH past AS (
    SELECT *, max(CASE WHEN field = 'ended' THEN (time, sequence) END) OVER (PARTITION BY service, host, entity) AS fin
    FROM changes WHERE time <= ? AND NOT (field = 'ended' AND json_type(value) = 'NULL' OR field = 'ended' AND value = 'false')
)
SELECT service, host, entity, field, value, time, event FROM past WHERE fin IS NULL OR (time, sequence) > fin
QUALIFY row_number() OVER (PARTITION BY service, host, entity, field ORDER BY time DESC, sequence DESC) = 1
"""


def stamp(nanoseconds):
    """A time as text."""
    text = str(nanoseconds % 1_000_000_000).rjust(9, "0").rstrip("0")
    seconds = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(nanoseconds // 1_000_000_000))
    return seconds + ("." + text if text else "") + "Z"


def nanoseconds(text):
    """A time that an answer tells."""
    seconds, _, fraction = text.rstrip("Z").partition(".")
    return calendar.timegm(time.strptime(seconds, "%Y-%m-%dT%H:%M:%S")) * 1_000_000_000 + int(fraction.ljust(9, "0"))


def random_events(source, count):
    """Events of every kind that the rules know, many of them at one time."""
    values = [0, 1, -7, 2.5, 0.1, True, False, None, "up", "", "é", [1, "a"], [], {"a": 1, "b": {"c": "x"}}, 1 << 53]
    for number in range(count):
        event = {"timestamp": stamp((START + source.randrange(count // 3)) * 1_000_000_000 + source.randrange(3) * 250)}
        if source.random() < 0.9:
            event["eventId"] = f"event {number}"
        if source.random() < 0.9:
            event["service"] = source.choice(["api", "cart", "db"])
        if source.random() < 0.7:
            event["host"] = source.choice(["a", "b"])
        kind = source.randrange(8)
        value = source.choice(values)
        if kind == 0:
            event |= {"eventType": "config.change"}
            event["attributes"] = {"key": source.choice(["db.max", "on"]), "newValue": value, "oldValue": 1}
        elif kind == 1:
            event |= {"eventType": "deploy", "attributes": {"version": f"{number}", "commit": "c0", "by": "me"}}
        elif kind == 2:
            event |= {"eventType": "topology", "state": {"calls": source.choice([["db"], ["db", "mail"], {"n": 1}]), "since": 5}}
        elif kind in (3, 4):
            key = source.choice(["items", "to", "ended"])
            event["state"] = {"entity": source.choice(["x", "y", 7]), "key": key, "value": value}
            if source.random() < 0.1:
                del event["state"][source.choice(["entity", "key", "value"])]
        elif kind == 5:
            event["state"] = source.choice(["closed", {}, [1], None])
        else:
            event["state"] = {"cpu": source.randrange(100), "pool": {"size": value}}
        yield json.dumps(event, ensure_ascii=False)


def plain(text):
    """A value so that equal numbers are equal, and true is not 1."""
    value = json.loads(text) if isinstance(text, str) else text
    return (type(value).__name__, value) if isinstance(value, bool) else value


def tool(path, *arguments, **options):
    done = subprocess.run([path, *arguments], capture_output=True, text=True, **options)
    if done.returncode != 0:
        sys.exit(f"check-state: {' '.join(arguments)} ended with {done.returncode}: {done.stderr}")
    return done.stdout


def fill(path, store, lines, source):
    """Puts the lines into a store; gives them in the order in which they are stored."""
    first, late, live = [], [], []
    for line in lines:
        draw = source.random()
        (late if draw < 0.1 else live if draw < 0.2 else first).append(line)
    for name, part in (("first", first), ("late", late)):
        dump = store.parent / f"{name}.ndjson"
        dump.write_text("".join(line + "\n" for line in part))
        tool(path, "ingest", "--store", str(store), str(dump))
        if name == "first":
            tool(path, "checkpoint", "--store", str(store))
    tool(path, "append", "--store", str(store), input="".join(line + "\n" for line in live))
    return first + late + live


def main():
    parser = argparse.ArgumentParser(prog="check-state", description=__doc__)
    parser.add_argument("--events", help="a dump of events as NDJSON (default: random events)")
    parser.add_argument("--count", type=int, default=3000, help="random events, or lines of the dump (default: 3000)")
    parser.add_argument("--instants", type=int, default=40, help="how many (default: 40)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tool", default=".build/debug/traversion-store", help="the command")
    options = parser.parse_args()
    source = random.Random(options.seed)
    if options.events:
        with open(options.events) as dump:
            lines = [line.rstrip("\n") for _, line in zip(range(options.count), dump)]
    else:
        lines = list(random_events(source, options.count))
    folder = pathlib.Path(tempfile.mkdtemp(prefix="check-state-"))
    try:
        stored = fill(options.tool, folder / "store", lines, source)
        data = duckdb.connect()
        data.execute("SET memory_limit = '2GB'")
        table = folder / "lines.json"
        table.write_text("".join(json.dumps({"sequence": i, "doc": line}) + "\n" for i, line in enumerate(stored)))
        data.execute(
            "CREATE TABLE lines AS SELECT sequence, CAST(doc AS JSON) AS doc FROM "
            f"read_json('{table}', format = 'newline_delimited', columns = {{sequence: 'BIGINT', doc: 'VARCHAR'}})")
        data.execute(CHANGES)
        times = [row[0] for row in data.execute("SELECT DISTINCT time FROM events ORDER BY time").fetchall()]
        instants = [source.choice(times) + source.choice([-1, 0, 0, 1]) for _ in range(options.instants)]
        check(options, folder / "store", data, instants)
    finally:
        shutil.rmtree(folder)


def check(options, store, data, instants):
    count = 0
    for instant in instants:
        wanted = {
            (service, host, entity, field): (plain(value), when, event)
            for service, host, entity, field, value, when, event in data.execute(STATE, [instant]).fetchall()
        }
        output = tool(options.tool, "query", "--store", str(store), "--format", "ndjson", f"STATE AT '{stamp(instant)}'")
        found = {}
        for row in map(json.loads, output.splitlines()):
            key = (row["service"], row["host"], row["entity"], row["field"])
            value = row["value"] if isinstance(row["value"], str) else plain(row["value"])
            found[key] = (value, nanoseconds(row["since"]), row["event"])
        different = [key for key in wanted.keys() | found.keys() if wanted.get(key) != found.get(key)]
        for key in sorted(different, key=str)[:5]:
            print(f"{stamp(instant)} {key}: DuckDB {wanted.get(key)}, STATE AT {found.get(key)}")
        if different:
            sys.exit(f"check-state: {len(different)} fields differ")
        count += len(wanted)
    print(f"check-state: {len(instants)} instants agree, {count} fields")


main()
