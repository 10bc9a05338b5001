"""clp-s: what it takes to take events in, and how small they become. Its searches are no part of the questions here."""
import os
import resource
import shutil
import subprocess
import sys
import time

import measure


class CLP:
    version = "clp-s of yscope-clp-core"

    def ingest(self, data, folder):
        path = f"{folder}/clp"
        shutil.rmtree(path, ignore_errors=True)
        start = time.perf_counter()
        tool = os.path.join(os.path.dirname(sys.executable), "clp-s")
        subprocess.run([tool, "c", "--timestamp-key", "timestamp", path, data], check=True, stdout=subprocess.DEVNULL)
        measure.sync(path)
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return {"wall": time.perf_counter() - start, "cpu": usage.ru_utime + usage.ru_stime,
                "megabytes": usage.ru_maxrss / 1024, "bytes": measure.size(path)}
