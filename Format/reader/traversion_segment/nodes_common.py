"""What the nodes of all kinds share (sections 5, 5.5 and 5.6)."""

from . import limits
from .errors import CorruptSegment


def begin(reader, count: int, depth: int, readers: dict, what: str, empty_tag: int):
    """Reads the tag and gives the function that reads the rest of the node."""
    start = reader.place
    if depth > limits.NODE_DEPTH:
        raise CorruptSegment(start, "nodes are nested too deeply")
    tag = reader.u8()
    if tag not in readers:
        raise CorruptSegment(start, f"0x{tag:02x} is not the tag of {what} node")
    if count == 0 and tag != empty_tag:
        raise CorruptSegment(start, f"{what} node of no values must have tag 0x{empty_tag:02x}, not 0x{tag:02x}")
    return readers[tag]


def check_ascending(values: list[int], limit: int, offset: int, what: str) -> None:
    """Strictly ascending and below the limit."""
    previous = -1
    for value in values:
        if value <= previous:
            raise CorruptSegment(offset, f"{what} do not ascend")
        previous = value
    if previous >= limit:
        raise CorruptSegment(offset, f"{what} go to {previous}, past {limit - 1}")


def check_below(values: list[int], limit: int, offset: int, what: str) -> None:
    if values and max(values) >= limit:
        raise CorruptSegment(offset, f"{what} {max(values)} is not below {limit}")


def derived(reader, count: int, depth: int, context, rows, linked, read_rest) -> list:
    """`exceptions and rest`, mixed with what the source gives.

    `linked` maps a row to the value that the source gives there, or to None where it has none.
    """
    from .nodes_integer import read_integers

    start = reader.place
    exception_count = reader.varint_in(0, count, "number of exceptions")
    positions = read_integers(reader, exception_count, context, depth + 1)
    check_ascending(positions, count, start, "positions of exceptions")
    rest_count = reader.varint_in(exception_count, count, "number of values of the rest")
    rest = read_rest(reader, rest_count, context, depth + 1)

    exceptions = set(positions)
    values = []
    used = 0
    for index, row in enumerate(rows):
        value = linked(row)
        if index in exceptions:
            if value is None:
                raise CorruptSegment(start, f"an exception in row {row}, where the source has no value")
            value = None
        if value is None:
            if used == rest_count:
                raise CorruptSegment(start, "more values without a link than the rest has")
            value = rest[used]
            used += 1
        values.append(value)
    if used != rest_count:
        raise CorruptSegment(start, f"the rest has {rest_count} values, but {used} are without a link")
    return values


def grouped(reader, count: int, context, rows, read_child) -> list:
    """Values that stand in the order of another column's codes."""
    start = reader.place
    check_rows_known(rows, start)
    source = context.code_source(reader.varint_in(0, limits.COLUMNS, "source"), start)
    codes = [source(row) for row in rows]
    known = [code for code in codes if code is not None]
    check_below(known, limits.GROUPS, start, "code to group by")
    # Stable: values of the same group stay as they are. Those without a code come last.
    order = sorted(range(count), key=lambda index: limits.GROUPS if codes[index] is None else codes[index])
    child = read_child([rows[index] for index in order])
    result = [None] * count
    for index, value in zip(order, child):
        result[index] = value
    return result


def check_rows_known(rows, start: int) -> None:
    if rows is None:
        raise CorruptSegment(start, "a derived node stands where the rows of its values are not known")
