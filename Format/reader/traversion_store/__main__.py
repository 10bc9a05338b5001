"""python3 -m traversion_store --check STORE | --index FILE | --find ID STORE"""

import argparse
import sys
from pathlib import Path

from traversion_segment import CorruptSegment, UnsupportedSegment

from .ids import KINDS, hash_of
from .indexes import IndexFile
from .store import DamagedFile, Store

OK, BAD_STORE = 0, 3


def main() -> int:
    parser = argparse.ArgumentParser(prog="traversion_store", description="Reads a Traversion store.")
    parser.add_argument("path", type=Path)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--check", action="store_true", help="read everything that the newest manifest names")
    what.add_argument("--find", metavar="ID", help="segment and row of all that has the id")
    what.add_argument("--index", metavar="ID", help="what an index alone says of an id")
    parser.add_argument("--cold", type=Path, help="the directory of the cold tier, when it is another")
    arguments = parser.parse_args()
    try:
        if arguments.index:
            index = IndexFile(arguments.path.read_bytes())
            for kind in KINDS:
                print(f"kind {kind}: {index.find(kind, hash_of(arguments.index.encode()))}")
        elif arguments.find:
            for path, row in Store(arguments.path, arguments.cold).find(arguments.find.encode()):
                print(f"{path} {row}")
        else:
            counts = Store(arguments.path, arguments.cold).check()
            print("ok " + " ".join(f"{name}={count}" for name, count in counts.items()))
    except (CorruptSegment, UnsupportedSegment, DamagedFile) as error:
        print(f"damaged {error}")
        return BAD_STORE
    return OK


if __name__ == "__main__":
    sys.exit(main())
