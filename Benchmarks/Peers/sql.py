"""The questions as SQL. A dialect says how it writes what differs."""
from events import METRICS, TEXT

SPANS = "('http.request','db.query','cache.op','queue.publish','queue.consume')"


class Dialect:
    table = "events"

    def time(self, text):
        return f"TIMESTAMP '{text}'"

    def minute(self):
        return "date_trunc('minute', timestamp)"

    def state(self, name):
        return f'state."{name}"'

    def attribute(self, name):
        return f'attributes."{name}"'

    def id(self, text):
        return f"'{text}'"

    def newest(self, value):
        return f"arg_max({value}, timestamp)"

    def quantiles(self, value):
        return f"quantile_cont({value}, [0.5, 0.95, 0.99])"

    def p99(self, value):
        return f"quantile_disc({value}, 0.99)"


def questions(dialect, of):
    """By the name of the question: SQL. Rows are reduced to an answer by `answers` below."""
    d, t = dialect, dialect.table
    key = f"service, host, {d.state('entity')}, {d.state('key')}"

    def state(condition):
        return (f"SELECT {key}, {d.newest('state')} AS v, max(timestamp) FROM {t} WHERE eventType IN"
                f" ('state.change', 'metric') AND timestamp <= {d.time(of['middle'])}{condition} GROUP BY {key}")

    window = f"CASE WHEN timestamp < {d.time(of['firstEnd'])} THEN 1 ELSE 2 END"
    measures = ", ".join(f"avg({d.state(m)}), {d.quantiles(d.state(m))}" for m in METRICS)
    busy = f"(SELECT service, timestamp AS ta FROM {t} WHERE eventType = 'metric' AND {d.state('cpu')} > 80)"
    full = f"(SELECT service, timestamp AS tb FROM {t} WHERE eventType = 'metric' AND {d.state('memory')} > 90)"
    return {
        "state of everything": state(""),
        "state of one service": state(f" AND service = '{of['service']}'"),
        "trace by id": f"SELECT * FROM {t} WHERE traceId = {d.id(of['traceId'])} ORDER BY timestamp",
        "event by id": f"SELECT * FROM {t} WHERE eventId = {d.id(of['eventId'])}",
        "error back to the front": walk(d, of),
        "counts by minute and type": (
            f"SELECT {d.minute()} AS m, eventType, count(*) AS c FROM {t} WHERE service = '{of['service']}' AND"
            f" timestamp >= {d.time(of['hour'])} AND timestamp < {d.time(of['hourEnd'])} GROUP BY 1, 2 ORDER BY 1, 2"),
        "last 100 errors": (
            f"SELECT timestamp, eventId, service, host, traceId, message FROM {t} WHERE eventType = 'error'"
            " ORDER BY timestamp DESC LIMIT 100"),
        "two periods, four metrics": (
            f"SELECT service, {window} AS w, {measures} FROM {t} WHERE eventType = 'metric' AND timestamp >="
            f" {d.time(of['first'])} AND timestamp < {d.time(of['secondEnd'])} GROUP BY 1, 2 ORDER BY 1, 2"),
        "cpu then memory": (
            f"SELECT count(*), count(DISTINCT a.service) FROM {busy} AS a ASOF JOIN {full} AS b ON a.service ="
            " b.service AND a.ta < b.tb WHERE b.tb <= a.ta + INTERVAL 5 MINUTE"),
        "text in messages": f"SELECT count(*), max(timestamp) FROM {t} WHERE message LIKE '%{TEXT}%'",
        "count and p99 by route": (
            f"SELECT {d.attribute('route')} AS r, count(*) AS c, {d.p99('duration')} FROM {t} WHERE eventType ="
            " 'http.response' GROUP BY 1 ORDER BY c DESC, r LIMIT 20"),
        "count of one user": f"SELECT count(*) FROM {t} WHERE {d.attribute('userId')} = '{of['userId']}'",
    }


def walk(d, of):
    t = d.table
    error = f"e AS (SELECT traceId, spanId FROM {t} WHERE eventId = {d.id(of['errorId'])})"
    spans = (f"sp AS (SELECT timestamp, eventId, service, spanId, parentSpanId FROM {t} WHERE traceId ="
             f" (SELECT traceId FROM e) AND eventType IN {SPANS})")
    columns = "sp.timestamp AS timestamp, sp.eventId AS eventId, sp.service AS service, sp.spanId AS spanId," \
        " sp.parentSpanId AS parentSpanId"
    return (f"WITH RECURSIVE {error}, {spans}, w AS (SELECT {columns}, CAST(0 AS BIGINT) AS depth FROM sp WHERE spanId"
            f" = (SELECT spanId FROM e) UNION ALL SELECT {columns}, w.depth + 1 FROM sp JOIN w ON sp.spanId ="
            " w.parentSpanId) SELECT * FROM w ORDER BY depth")


def answers(name, rows):
    """What must be the same everywhere, of rows of plain values."""
    if name in ("state of everything", "state of one service", "trace by id", "event by id", "last 100 errors"):
        return len(rows)
    if name == "error back to the front":
        return sorted({row[2] for row in rows})
    if name == "counts by minute and type":
        return [len(rows), sum(int(row[2]) for row in rows)]
    if name == "two periods, four metrics":
        return sorted({row[0] for row in rows})
    if name == "cpu then memory":
        return int(rows[0][1])
    if name == "count and p99 by route":
        return [[row[0], int(row[1])] for row in rows[:3]]
    return int(rows[0][0])
