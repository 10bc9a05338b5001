"""Traversion: the command as users run it. Secrets are masked as they are by default."""
import json
import os
import shutil

import measure
from events import METRICS, TEXT


class Traversion:
    def __init__(self, tool, tier="hot"):
        self.tool = tool
        self.tier = tier
        self.version = "Traversion " + measure.run([tool, "--version"])["output"].decode().split()[1]

    def place(self, folder):
        return f"{folder}/traversion-{self.tier}"

    def ingest(self, data, folder):
        path = self.place(folder)
        shutil.rmtree(path, ignore_errors=True)
        result = measure.run([self.tool, "ingest", data, "--store", path])
        # What STATE AT needs, and the others do not have: told by itself.
        keyframes = measure.run([self.tool, "checkpoint", "--store", path])
        parts = []
        if self.tier == "cold":
            with open(f"{path}/traversion.json", "w") as settings:
                settings.write('{"tiers": {"warmAfter": "0s", "coldAfter": "0s"}}')
            parts.append(measure.run([self.tool, "tier", "--store", path]))
        for part in parts:
            result["cpu"] += part["cpu"]
            result["wall"] += part["wall"]
            result["megabytes"] = max(result["megabytes"], part["megabytes"])
        figures = {name: result[name] for name in ("wall", "cpu", "megabytes")}
        return figures | {"bytes": measure.size(path), "keyframes": keyframes["cpu"]}

    def questions(self, of):
        state = f"STATE AT '{of['middle']}'"
        service = f"service = '{of['service']}'"
        first, second = f"FROM '{of['first']}' TO '{of['firstEnd']}'", f"FROM '{of['firstEnd']}' TO '{of['secondEnd']}'"
        return {
            "state of everything": state,
            "state of one service": f"{state} WHERE {service}",
            "trace by id": f"TIMELINE WHERE traceId = '{of['traceId']}'",
            "event by id": f"TIMELINE WHERE eventId = '{of['eventId']}'",
            "error back to the front": f"TRAVERSE FROM {of['errorId']} FOLLOWING backward ALONG TRACE",
            "counts by minute and type":
                f"TIMELINE FROM '{of['hour']}' TO '{of['hourEnd']}' WHERE {service} BUCKET 1 minute COUNT BY eventType",
            "last 100 errors": "TIMELINE WHERE eventType = 'error' NEWEST FIRST LIMIT 100",
            "two periods, four metrics": f"COMPARE {first} WITH {second} FOR {', '.join(METRICS)} BY service",
            "cpu then memory":
                "MATCH PATTERN WHERE cpu > 80% FOLLOWED BY memory > 90% WITHIN 5 minutes ON service"
                f" FROM '{of['start']}' TO '{of['end']}'",
            "text in messages": f"TIMELINE WHERE message CONTAINS '{TEXT}' COUNT, MAX(timestamp)",
            "count and p99 by route":
                "TIMELINE WHERE eventType = 'http.response' COUNT, P99(duration) BY attributes.route TOP 20 BY COUNT",
            "count of one user": f"TIMELINE WHERE attributes.userId = '{of['userId']}' COUNT",
        }

    def answer(self, name, output):
        rows = [json.loads(line) for line in output.splitlines()]
        if name in ("state of everything", "state of one service"):
            # The others keep the four metrics of a host together, and know neither deploys nor settings.
            hosts = [row for row in rows if row.get("host")]
            metrics = sum(1 for row in hosts if row["field"] in METRICS)
            return len(hosts) - metrics + metrics // len(METRICS)
        if name in ("trace by id", "event by id", "last 100 errors"):
            return len(rows)
        if name == "error back to the front":
            return sorted({row["service"] for row in rows})
        if name == "counts by minute and type":
            return [len(rows), sum(row["count"] for row in rows)]
        if name in ("two periods, four metrics", "cpu then memory"):
            services = sorted({row["service"] for row in rows})
            return services if name == "two periods, four metrics" else len(services)
        if name == "count and p99 by route":
            return [[row["attributes.route"], row["count"]] for row in rows[:3]]
        return rows[0]["count"]

    def ask(self, folder, of):
        found = {}
        for name, text in self.questions(of).items():
            command = [self.tool, "query", "--store", self.place(folder), "--format", "ndjson", text]
            result = measure.run([*command, "--repeat", "21", "--timing"])
            # The middle of all runs but the first, in one process.
            timing = json.loads(result["errors"][-1] or result["errors"][-2])
            found[name] = {"answer": self.answer(name, result["output"]), "ms": timing["medianMs"],
                           "megabytes": result["megabytes"]}
        return found

    def cold(self, folder, of, name):
        command = [self.tool, "query", "--store", self.place(folder), "--format", "ndjson", self.questions(of)[name]]
        return measure.run(command)["wall"] * 1000 - launch()


def launch():
    """What it takes to start the process in between, in milliseconds."""
    return min(measure.run([os.path.realpath("/bin/true")])["wall"] for _ in range(3)) * 1000
