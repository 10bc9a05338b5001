"""Tells whether two NDJSON files hold the same events in the same order; the order of keys does not count."""

import itertools
import json
import sys


def tagged(number):
    return "number " + number


def events(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            # Numbers are compared as text, so that 1.0 is not taken for 1, nor 1 for "1".
            yield json.loads(line, parse_int=tagged, parse_float=tagged)


def main():
    first, second = sys.argv[1:]
    count = 0
    for number, (left, right) in enumerate(itertools.zip_longest(events(first), events(second)), start=1):
        if left != right:
            sys.exit(f"line {number} differs:\n  {first}: {left}\n  {second}: {right}")
        count = number
    print(f"{count} events are the same in both")


main()
