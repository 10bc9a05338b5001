"""Writes made-up events of a small shop as NDJSON: the same arguments always give the same bytes."""

import argparse
import json
import random
import sys

SERVICES = ["api-gateway", "cart", "checkout", "payment", "inventory", "mailer"]
START_NANOSECONDS = 1_767_225_600_000_000_000  # 2026-01-01T00:00:00Z


def timestamp(nanoseconds):
    seconds, fraction = divmod(nanoseconds - START_NANOSECONDS, 1_000_000_000)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    return f"2026-01-{days + 1:02}T{hour:02}:{minute:02}:{second:02}.{fraction:09}Z"


def event(generator, nanoseconds, number):
    service = generator.choice(SERVICES)
    host = f"{service}-{generator.randrange(3)}"
    made = {
        "timestamp": timestamp(nanoseconds),
        "eventId": f"{generator.getrandbits(64):016x}",
        "service": service,
        "host": host,
    }
    kind = generator.randrange(10)
    if kind < 5:
        made["eventType"] = "span.end"
        made["traceId"] = f"{number // 8:08x}{generator.getrandbits(96):024x}"
        made["spanId"] = f"{generator.getrandbits(64):016x}"
        made["duration"] = generator.randrange(50_000, 90_000_000)
        made["attributes"] = {
            "http": {"method": generator.choice(["GET", "POST"]), "status": generator.choice([200, 200, 200, 404, 500])},
            "price": generator.randrange(100_000) / 100,
        }
    elif kind < 9:
        made["eventType"] = "log"
        made["severity"] = generator.choice(["INFO", "INFO", "INFO", "WARN", "ERROR"])
        order, took = generator.randrange(1_000_000), generator.randrange(1, 4000) / 10
        made["message"] = f"Order {order} of customer c-{order % 977} handled in {took} ms"
        made["attributes"] = {"line": generator.randrange(20, 600), "tags": ["shop", service], "retry": took > 350}
    else:
        made["eventType"] = "state.change"
        made["state"] = {"entity": f"queue:{generator.randrange(8)}", "key": "depth", "value": generator.randrange(500)}
        made["attributes"] = {"actor": None, "note": "Grüße → 東京"}
    return made


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=20_000)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    generator = random.Random(options.seed)
    nanoseconds = START_NANOSECONDS
    for number in range(options.rows):
        nanoseconds += generator.randrange(1, 4_000_000)
        made = event(generator, nanoseconds, number)
        sys.stdout.write(json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n")


main()
