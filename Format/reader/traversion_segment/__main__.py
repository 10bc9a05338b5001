"""python3 -m traversion_segment [--check | --columns | --statistics | --system] FILE"""

import argparse
import json
import sys

from .check import check
from .column_types import *
from .errors import CorruptSegment, UnsupportedSegment
from .render import zone_rows
from .segment import Segment
from .statistics import read_statistics
from .walk import walk

OK, WRONG_USE, BAD_SEGMENT = 0, 2, 3


def print_rows(segment: Segment, with_system: bool) -> None:
    out = sys.stdout.buffer
    for zone, columns in walk(segment):
        # A whole zone or nothing, so that no row of a damaged part is given.
        lines = list(zone_rows(segment, zone, columns, with_system))
        out.write("".join(line + "\n" for line in lines).encode("utf-8"))


def print_columns(segment: Segment) -> None:
    presences = ("every row", "by shape", "own")
    print("ordinal type values pages resources presence path", sep="\n")
    for column in segment.columns:
        data = segment.data_pages[column.ordinal]
        shown = ",".join(sorted({presences[page.presence] for page in data})) or "-"
        path = json.dumps(column.path, ensure_ascii=False)
        overflow = " (some in overflow)" if column.in_overflow else ""
        resources = len(segment.pages[column.ordinal]) - len(data)
        print(
            f"{column.ordinal} {NAMES[column.kind]} {column.value_count}",
            f"{len(data)} {resources} {shown} {path}{overflow}",
        )


def print_statistics(segment: Segment) -> None:
    for column in segment.columns:
        for zone, stored in (read_statistics(segment, column) or {}).items():
            bounds = "" if stored.minimum is None else f" {stored.minimum!r} ... {stored.maximum!r}"
            nans = "" if stored.nan_count is None else f" nans={stored.nan_count}"
            print(
                f"{column.name} {NAMES[column.kind]} zone {zone}: values={stored.value_count}"
                f" distinct={stored.distinct_count}{bounds}{nans}"
            )


def verdict(path: str) -> str:
    """`ok rows=N`, `corrupt ...` or `unsupported ...`: everything is read, statistics and filters are compared."""
    try:
        return f"ok rows={check(Segment.open(path))}"
    except CorruptSegment as error:
        return f"corrupt {error}"
    except UnsupportedSegment as error:
        return f"unsupported {error}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="traversion_segment", description="Reads a Traversion segment.")
    parser.add_argument("file")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true", help="read everything, print a verdict")
    what.add_argument("--columns", action="store_true", help="list the columns")
    what.add_argument(
        "--statistics", action="store_true", help="list the statistics, compare them and the filters with the values"
    )
    what.add_argument("--system", action="store_true", help="rows with storedAt and sequence")
    arguments = parser.parse_args()
    if arguments.check:
        line = verdict(arguments.file)
        print(line)
        return OK if line.startswith("ok ") else BAD_SEGMENT
    try:
        segment = Segment.open(arguments.file)
        if arguments.columns:
            print_columns(segment)
        elif arguments.statistics:
            print_statistics(segment)
            print(f"statistics and filters agree with the values of {check(segment)} rows")
        else:
            print_rows(segment, arguments.system)
    except (CorruptSegment, UnsupportedSegment) as error:
        sys.stdout.flush()
        kind = "corrupt" if isinstance(error, CorruptSegment) else "unsupported"
        print(f"{kind} {error}", file=sys.stderr)
        return BAD_SEGMENT
    return OK


if __name__ == "__main__":
    sys.exit(main())
