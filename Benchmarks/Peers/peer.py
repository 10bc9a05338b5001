"""One peer in a process of its own: peer.py NAME ingest DATA FOLDER | query FOLDER OF | cold FOLDER OF QUESTION."""
import json
import sys

import measure


def peer(name):
    if name == "clp-s":
        from clp_peer import CLP
        return CLP()
    if name == "ClickHouse":
        from clickhouse_peer import ClickHouse
        return ClickHouse()
    if name == "SQLite":
        from sqlite_peer import SQLite
        return SQLite()
    if name == "Parquet by pyarrow":
        from arrow_peer import Arrow
        return Arrow()
    from duckdb_peer import DuckDB
    return DuckDB({"DuckDB": "typed", "DuckDB, JSON text": "json", "Parquet by DuckDB": "parquet"}[name])


def main(name, action, *arguments):
    it = peer(name)
    if action == "ingest":
        result = it.ingest(*arguments)
    else:
        of = json.loads(arguments[1])
        questions, ask, timed = it.open(arguments[0], of)
        if action == "cold":
            timed(arguments[2], questions[arguments[2]])
            result = {}
        else:
            result = {}
            for question, text in questions.items():
                answer = ask(question, text)
                result[question] = {"answer": answer, "ms": measure.middle(lambda: timed(question, text))}
    result["version"] = it.version
    print(json.dumps(result))


main(*sys.argv[1:])
