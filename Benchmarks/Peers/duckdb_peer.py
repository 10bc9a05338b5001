"""DuckDB: a table with typed attributes, one with attributes as JSON text, and Parquet files that it writes."""
import os
import time

import duckdb
import events
import measure
import sql

TYPES = {"text": "VARCHAR", "number": "DOUBLE", "integer": "BIGINT", "time": "TIMESTAMP_NS", "boolean": "BOOLEAN"}


def struct(fields):
    return "STRUCT(" + ", ".join(f'"{name}" {TYPES[kind]}' for name, kind in fields.items()) + ")"


class DuckDB:
    version = "DuckDB " + duckdb.__version__

    def __init__(self, form):
        self.form = form

    def place(self, folder):
        return f"{folder}/{'events.parquet' if self.form == 'parquet' else 'duckdb-' + self.form}"

    def connect(self, path=":memory:", reads=False):
        connection = duckdb.connect(path, read_only=reads)
        connection.execute("SET threads = 2; SET enable_progress_bar = false")
        return connection

    def ingest(self, data, folder):
        attributes = "JSON" if self.form == "json" else struct(events.ATTRIBUTES)
        columns = {name: TYPES[kind] for name, kind in events.TOP.items()}
        columns |= {"attributes": attributes, "state": struct(events.STATE)}
        text = "{" + ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items()) + "}"
        source = f"read_json('{data}', format = 'newline_delimited', columns = {text})"
        path = self.place(folder)
        if os.path.exists(path):
            os.remove(path)
        start, before = time.perf_counter(), measure.cpu()
        if self.form == "parquet":
            self.connect().execute(f"COPY (SELECT * FROM {source}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
        else:
            connection = self.connect()
            connection.execute(f"ATTACH '{path}' AS d (STORAGE_VERSION 'latest')")
            connection.execute(f"USE d; CREATE TABLE events AS SELECT * FROM {source}; CHECKPOINT")
        measure.sync(path)
        return {"wall": time.perf_counter() - start, "cpu": measure.cpu() - before, "megabytes": measure.peak(),
                "bytes": measure.size(path)}

    def open(self, folder, of):
        dialect = sql.Dialect()
        if self.form == "json":
            dialect.attribute = lambda name: f"attributes->>'$.{name}'"
        if self.form == "parquet":
            dialect.table = f"'{self.place(folder)}'"
            connection = self.connect()
        else:
            connection = self.connect(self.place(folder), reads=True)

        def ask(name, text):
            return sql.answers(name, connection.execute(text).fetchall())

        def timed(name, text):
            connection.execute(text).to_arrow_table()

        return sql.questions(dialect, of), ask, timed
