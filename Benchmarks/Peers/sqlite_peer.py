"""SQLite: rows and B-trees, with the indexes that the questions by id, service and type ask for; ids as bytes."""
import calendar
import os
import sqlite3
import time

import events
import measure
import orjson
import sql

KINDS = {"text": "TEXT", "number": "REAL", "integer": "INTEGER", "time": "INTEGER"}
IDS = ("eventId", "traceId", "spanId", "parentSpanId", "causedBy")
INDEXES = ("i_trace ON events(traceId) WHERE traceId IS NOT NULL", "i_event ON events(eventId)",
           "i_service ON events(service, timestamp)", "i_type ON events(eventType, timestamp)")
# It has no quantiles: a question that leaves them out would not be the same.
WITHOUT = ("two periods, four metrics", "count and p99 by route")


class Dialect(sql.Dialect):
    def time(self, text):
        return str(calendar.timegm(time.strptime(text, "%Y-%m-%d %H:%M:%S")) * 10**9)

    def minute(self):
        return "timestamp / 60000000000"

    def state(self, name):
        return f'"{name}"'

    def attribute(self, name):
        return f"attributes->>'{name}'"

    def id(self, text):
        return f"x'{text}'"

    def newest(self, value):
        # Beside max(timestamp), columns are those of the row that has it.
        return ", ".join(f'"{name}"' for name in events.STATE if name not in ("entity", "key"))


def pattern():
    """What the others say with ASOF JOIN: the first full memory behind each busy processor."""
    either = ("SELECT service, timestamp AS t, cpu, memory FROM events WHERE eventType = 'metric' AND (cpu > 80 OR"
              " memory > 90)")
    behind = ("min(CASE WHEN memory > 90 THEN t END) OVER (PARTITION BY service ORDER BY t RANGE BETWEEN 1 FOLLOWING"
              " AND UNBOUNDED FOLLOWING)")
    return (f"SELECT count(*), count(DISTINCT service) FROM (SELECT service, t, cpu, {behind} AS tb FROM ({either}))"
            " WHERE cpu > 80 AND tb <= t + 300000000000")


def rows(data):
    """The events as rows; seconds are told once for all events of one."""
    seconds = {}
    with open(data, "rb") as lines:
        for line in lines:
            event = orjson.loads(line)
            text = event["timestamp"]
            second = seconds.get(text[:19])
            if second is None:
                second = seconds[text[:19]] = calendar.timegm(time.strptime(text[:19], "%Y-%m-%dT%H:%M:%S")) * 10**9
            row = [event.get(name) for name in events.TOP]
            row[0] = second + int(text[20:-1].ljust(9, "0"))
            for place, name in enumerate(events.TOP):
                if name in IDS and row[place]:
                    row[place] = bytes.fromhex(row[place])
            attributes = event.get("attributes")
            row.append(orjson.dumps(attributes).decode() if attributes else None)
            state = event.get("state") or {}
            row += [state.get(name) for name in events.STATE]
            yield row


class SQLite:
    version = "SQLite " + sqlite3.sqlite_version

    def place(self, folder):
        return f"{folder}/sqlite"

    def ingest(self, data, folder):
        path = self.place(folder)
        if os.path.exists(path):
            os.remove(path)
        start, before = time.perf_counter(), measure.cpu()
        connection = sqlite3.connect(path, isolation_level=None)
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000"):
            connection.execute(f"PRAGMA {setting}")
        columns = [f'"{name}" {"BLOB" if name in IDS else KINDS[kind]}' for name, kind in events.TOP.items()]
        columns += ["attributes TEXT"] + [f'"{name}" {KINDS[kind]}' for name, kind in events.STATE.items()]
        connection.execute(f"CREATE TABLE events ({', '.join(columns)})")
        connection.execute("BEGIN")
        connection.executemany(f"INSERT INTO events VALUES ({', '.join('?' * len(columns))})", rows(data))
        connection.execute("COMMIT")
        for index in INDEXES:
            connection.execute(f"CREATE INDEX {index}")
        connection.execute("ANALYZE")
        connection.close()
        measure.sync(path)
        return {"wall": time.perf_counter() - start, "cpu": measure.cpu() - before, "megabytes": measure.peak(),
                "bytes": measure.size(path)}

    def open(self, folder, of):
        connection = sqlite3.connect(f"file:{self.place(folder)}?mode=ro", uri=True)
        for setting in ("cache_size = -400000", "mmap_size = 17179869184"):
            connection.execute(f"PRAGMA {setting}")

        def ask(name, text):
            return sql.answers(name, timed(name, text))

        def timed(name, text):
            return connection.execute(text).fetchall()

        questions = sql.questions(Dialect(), of) | {"cpu then memory": pattern()}
        return {name: text for name, text in questions.items() if name not in WITHOUT}, ask, timed
