"""Parquet as pyarrow writes it: what that takes, and how small it becomes. DuckDB asks Parquet files in another row."""
import os
import time

import events
import measure
import pyarrow
import pyarrow.compute
import pyarrow.json
import pyarrow.parquet

TYPES = {"text": pyarrow.string(), "number": pyarrow.float64(), "integer": pyarrow.int64(), "time": pyarrow.string(),
         "boolean": pyarrow.bool_()}


def fields(names):
    return [(name, TYPES[kind]) for name, kind in names.items()]


class Arrow:
    version = "pyarrow " + pyarrow.__version__

    def ingest(self, data, folder):
        pyarrow.set_cpu_count(2)
        pyarrow.set_io_thread_count(1)
        path = f"{folder}/arrow.parquet"
        if os.path.exists(path):
            os.remove(path)
        schema = pyarrow.schema(fields(events.TOP) + [
            ("attributes", pyarrow.struct(fields(events.ATTRIBUTES))), ("state", pyarrow.struct(fields(events.STATE)))])
        start, before = time.perf_counter(), measure.cpu()
        reader = pyarrow.json.open_json(
            data, read_options=pyarrow.json.ReadOptions(use_threads=True, block_size=16 << 20),
            parse_options=pyarrow.json.ParseOptions(explicit_schema=schema))
        writer = None
        for batch in reader:
            table = pyarrow.Table.from_batches([batch])
            times = pyarrow.compute.utf8_rtrim(table["timestamp"], "Z")
            table = table.set_column(0, "timestamp", pyarrow.compute.cast(times, pyarrow.timestamp("ns")))
            writer = writer or pyarrow.parquet.ParquetWriter(path, table.schema, compression="zstd")
            writer.write_table(table)
        writer.close()
        measure.sync(path)
        return {"wall": time.perf_counter() - start, "cpu": measure.cpu() - before, "megabytes": measure.peak(),
                "bytes": measure.size(path)}
