"""ClickHouse, as chDB: sorted for these questions, ids as integers, bloom filters, a text index, merged at the end."""
import json
import shutil
import time

import events
import measure
import sql
from chdb import session

COLUMNS = """timestamp DateTime64(9, 'UTC') CODEC(DoubleDelta, ZSTD(1)), eventId UInt64 CODEC(NONE),
 eventType LowCardinality(String) CODEC(ZSTD(1)), service LowCardinality(String) CODEC(ZSTD(1)),
 host LowCardinality(String) CODEC(ZSTD(1)), traceId UInt128 CODEC(ZSTD(1)), spanId UInt64 CODEC(ZSTD(1)),
 parentSpanId UInt64 CODEC(ZSTD(1)), causedBy UInt64 CODEC(ZSTD(1)), duration Nullable(Int64) CODEC(ZSTD(1)),
 status Nullable(UInt16) CODEC(ZSTD(1)), severity LowCardinality(String) CODEC(ZSTD(1)), message String CODEC(ZSTD(3)),
 attributes Map(LowCardinality(String), String) CODEC(ZSTD(3)),
 state Tuple(entity String, key LowCardinality(String), value String, cpu Float64, memory Float64, errorRate Float64,
 latencyP95 Float64) CODEC(ZSTD(1)),
 route LowCardinality(String) MATERIALIZED attributes['route'] CODEC(ZSTD(1)),
 userId String MATERIALIZED attributes['userId'] CODEC(ZSTD(1)),
 INDEX i_trace traceId TYPE bloom_filter(0.001) GRANULARITY 1,
 INDEX i_event eventId TYPE bloom_filter(0.001) GRANULARITY 1, INDEX i_time timestamp TYPE minmax GRANULARITY 1,
 INDEX i_user userId TYPE bloom_filter(0.01) GRANULARITY 1,
 INDEX i_text message TYPE text(tokenizer = splitByNonAlpha) GRANULARITY 8"""
INPUT = "timestamp DateTime64(9, \\'UTC\\'), " + ", ".join(
    f"{name} {'Nullable(Int64)' if kind == 'integer' else 'String'}"
    for name, kind in events.TOP.items() if name != "timestamp") + (
    ", attributes Map(LowCardinality(String), String), state Tuple(entity String, key LowCardinality(String), value"
    " String, cpu Float64, memory Float64, errorRate Float64, latencyP95 Float64)")


def number(name, width=64):
    return f"reinterpretAsUInt{width}(reverse(unhex({name})))"


class Dialect(sql.Dialect):
    table = "b.events"

    def time(self, text):
        return f"toDateTime64('{text}', 9, 'UTC')"

    def minute(self):
        return "toStartOfMinute(timestamp)"

    def state(self, name):
        return f"state.{name}"

    def attribute(self, name):
        return name

    def id(self, text):
        return f"toUInt{'128' if len(text) == 32 else '64'}('{int(text, 16)}')"

    def newest(self, value):
        return f"argMax({value}, timestamp)"

    def quantiles(self, value):
        return f"quantilesExactInclusive(0.5, 0.95, 0.99)({value})"

    def p99(self, value):
        return f"quantileExact(0.99)({value})"


class ClickHouse:
    version = "ClickHouse"

    def place(self, folder):
        return f"{folder}/clickhouse"

    def session(self, path):
        it = session.Session(path)
        self.version = "ClickHouse " + it.query("SELECT version()", "CSV").bytes().decode().strip().strip('"')
        return it

    def ingest(self, data, folder):
        path = self.place(folder)
        shutil.rmtree(path, ignore_errors=True)
        start, before = time.perf_counter(), measure.cpu()
        it = self.session(path)
        it.query("CREATE DATABASE b ENGINE = Atomic")
        it.query(f"CREATE TABLE b.events ({COLUMNS}) ENGINE = MergeTree ORDER BY (service, eventType, timestamp)")
        selected = ", ".join([
            "timestamp", number("eventId"), "eventType", "service", "host", number("traceId", 128), number("spanId"),
            number("parentSpanId"), number("causedBy"), "duration", "status", "severity", "message", "attributes",
            "state"])
        it.query(
            f"INSERT INTO b.events SELECT {selected} FROM file('{data}', 'JSONEachRow', '{INPUT}') SETTINGS max_threads"
            " = 2, max_insert_threads = 2, date_time_input_format = 'best_effort'")
        it.query("OPTIMIZE TABLE b.events FINAL")
        measure.sync(path)
        used = it.query(
            "SELECT sum(bytes_on_disk) FROM system.parts WHERE active AND database = 'b'", "CSV").bytes().decode()
        return {"wall": time.perf_counter() - start, "cpu": measure.cpu() - before, "megabytes": measure.peak(),
                "bytes": int(used)}

    def open(self, folder, of):
        it = self.session(self.place(folder))
        # Repeats would otherwise be answered from what was asked before.
        settings = " SETTINGS max_threads = 2, use_query_condition_cache = 0, use_query_cache = 0"

        def ask(name, text):
            return sql.answers(name, json.loads(it.query(text + settings, "JSONCompact").bytes())["data"])

        def timed(name, text):
            it.query(text + settings, "Native").bytes()

        return sql.questions(Dialect(), of), ask, timed
