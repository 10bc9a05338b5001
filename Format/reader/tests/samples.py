"""Segments that tests read."""

import math

from . import encoder
from .builder import ColumnSpec, PageSpec, SegmentSpec, filter_bytes, overflow_payload, system_columns

SECOND = 10**9
T0 = 1_700_000_000 * SECOND
ID = [bytes([value]) * 8 for value in range(5)]
TRACE = bytes(range(16))


def statistics(zones: list[int], counts: list[int], distinct: list[int], kind: int, *bounds: bytes) -> bytes:
    lists = encoder.packed(zones) + encoder.packed(counts) + encoder.packed(distinct)
    return encoder.varint(len(zones)) + lists + bytes([kind]) + b"".join(bounds)


def own(rows: list[int], first_zone: int, zone_count: int, node: bytes = b"") -> PageSpec:
    """A page with its own row numbers."""
    payload = encoder.varint(len(rows)) + encoder.packed(rows) + node
    return PageSpec(payload, len(rows), first_zone, zone_count, presence=2)


def rich() -> SegmentSpec:
    """Five rows in two zones, a column of nearly every type, resources, derived columns, overflow and filters."""
    zones = [3, 2]
    forms = [1 << 6, 1 << 6, 3 | 1 << 6, 1 << 6, 3 << 6 | 120 << 9]
    times = [T0, T0 + SECOND, T0 + 2 * SECOND + 5_000_000, T0 - SECOND, T0 + 9 * SECOND]
    messages = encoder.templates([[0, 1], []], [[b"user ", b" took ", b" ms"], [b"bye"]], 2)
    columns = [
        # 3 ... : every value column
        ColumnSpec(("time",), 9, [PageSpec(encoder.delta(times) + encoder.packed(forms), 5, 0, 2)], 5),
        ColumnSpec(
            ("service", "name"),
            7,
            [
                PageSpec(encoder.strings([b"api", b"web"]), 2, 0, 2, kind=2),
                PageSpec(encoder.string_shared(0, encoder.packed([0, 1, 0, 1, 1])), 5, 0, 2),
            ],
            5,
            statistics=statistics(
                [0, 1], [3, 2], [2, 1], 4, encoder.strings([b"api", b"web"]), encoder.strings([b"web", b"web"])
            ),
        ),
        ColumnSpec(
            ("service", "port"),
            3,
            [
                PageSpec(encoder.packed([8080, 443]), 2, 0, 2, kind=7),
                PageSpec(encoder.mapped(4, 0, [3], [9090]), 5, 0, 2),
            ],
            5,
            statistics=statistics([0, 1], [3, 2], [2, 2], 1, encoder.packed([443, 443]), encoder.packed([8080, 9090])),
        ),
        ColumnSpec(
            ("message",),
            7,
            [
                PageSpec(messages, 0, 0, 2, kind=3),
                PageSpec(
                    encoder.template_strings(
                        0,
                        encoder.packed([0, 1, 0, 1, 0]),
                        [(3, encoder.strings([b"ann", b"bob", b"eve"])), (3, encoder.string_equal(8, [1], [b"07"]))],
                    ),
                    5,
                    0,
                    2,
                ),
            ],
            5,
        ),
        ColumnSpec(("eventId",), 10, [PageSpec(encoder.fixed(ID), 5, 0, 2)], 5),
        # 8: the milliseconds, by shape in rows 0, 2 and 4.
        ColumnSpec(("ms",), 3, [PageSpec(encoder.packed([12, 7, 2**63 - 1]), 3, 0, 2, presence=1)], 3),
        ColumnSpec(
            ("ratio",),
            5,
            [own([1, 4], 0, 2, encoder.float_bits([math.nan, 1e22]))],
            2,
        ),
        ColumnSpec(("nothing",), 1, [], 2),
        ColumnSpec(("flags", "empty"), 17, [own([1], 1, 1)], 1),
        ColumnSpec(("flags", "on"), 2, [PageSpec(encoder.packed([1, 0, 1]), 3, 0, 1)], 3),
        ColumnSpec(("big",), 4, [own([0], 0, 1, encoder.constant(-1))], 1),
        ColumnSpec(("big",), 6, [own([0], 1, 1, encoder.strings([b"1.50e3"]))], 1),
        ColumnSpec(("blob",), 8, [PageSpec(encoder.fixed_length([b"\x00\xff"] * 5), 5, 0, 2)], 5),
        ColumnSpec(("list",), 16, [PageSpec(encoder.strings([b"[]", b'[1,{"a":null}]']), 2, 1, 1)], 2),
        ColumnSpec(("trace",), 14, [PageSpec(encoder.fixed([TRACE] * 5), 5, 0, 2)], 5),
        ColumnSpec(("copy",), 12, [PageSpec(encoder.fixed_equal(17, [4], [TRACE[::-1]]), 5, 0, 2)], 5),
        ColumnSpec(("rare",), 3, [], 2, in_overflow=True),
        ColumnSpec(("rare",), 7, [], 1, in_overflow=True),
        # In the order of the services: rows 0, 2, 1, 3, 4.
        ColumnSpec(("wait",), 3, [PageSpec(encoder.grouped(0x0F, 4, encoder.packed([10, 30, 20, 40, 50])), 5, 0, 2)], 5),
    ]
    # "ms" (8) and "nothing" (10) have no row numbers of their own.
    system = system_columns(zones, columns, [[8, 10], [], [8, 10], [], [8]], T0, 100)
    buckets = [
        ColumnSpec((), 35, [PageSpec(overflow_payload(0, [(0, 20, b"text")]), 1, 1, 1, presence=2)], 1),
        ColumnSpec((), 35, [PageSpec(overflow_payload(1, [(0, 19, b"-5"), (2, 19, b"6")]), 2, 0, 1, presence=2)], 2),
    ]
    return SegmentSpec(
        zones,
        system + columns + buckets,
        zone_times=[(T0, T0 + 2 * SECOND + 5_000_000), (T0 - SECOND, T0 + 9 * SECOND)],
        time_column=3,
        stored_at=(T0, T0),
        sequence=(100, 104),
        bucket_count=2,
        incompatible_features=1,
        filters=[(1, filter_bytes({key: index // 3 for index, key in enumerate(ID)}, [(0, 0), (1, 1)], 8, 1))],
    )


RICH_ROWS = """\
{"big":18446744073709551615,"blob":"AP8=","copy":"000102030405060708090a0b0c0d0e0f","eventId":"0000000000000000",\
"flags":{"on":true},"message":"user ann took 12 ms","ms":12,"nothing":null,"rare":-5,\
"service":{"name":"api","port":8080},"time":"2023-11-14T22:13:20Z","trace":"00010203-0405-0607-0809-0a0b0c0d0e0f","wait":10}
{"blob":"AP8=","copy":"000102030405060708090a0b0c0d0e0f","eventId":"0101010101010101",\
"flags":{"on":false},"message":"bye","ratio":null,\
"service":{"name":"web","port":443},"time":"2023-11-14T22:13:21Z","trace":"00010203-0405-0607-0809-0a0b0c0d0e0f","wait":20}
{"blob":"AP8=","copy":"000102030405060708090a0b0c0d0e0f","eventId":"0202020202020202",\
"flags":{"on":true},"message":"user bob took 07 ms","ms":7,"nothing":null,"rare":6,\
"service":{"name":"api","port":8080},"time":"2023-11-14T22:13:22.005Z","trace":"00010203-0405-0607-0809-0a0b0c0d0e0f","wait":30}
{"big":1.50e3,"blob":"AP8=","copy":"000102030405060708090a0b0c0d0e0f","eventId":"0303030303030303",\
"list":[],"message":"bye","rare":"text",\
"service":{"name":"web","port":9090},"time":"2023-11-14T22:13:19Z","trace":"00010203-0405-0607-0809-0a0b0c0d0e0f","wait":40}
{"blob":"AP8=","copy":"0f0e0d0c0b0a09080706050403020100","eventId":"0404040404040404",\
"flags":{"empty":{}},"list":[1,{"a":null}],"message":"user eve took 9223372036854775807 ms","ms":9223372036854775807,\
"ratio":1e+22,"service":{"name":"web","port":443},"time":"2023-11-14T23:13:29+0100",\
"trace":"00010203-0405-0607-0809-0a0b0c0d0e0f","wait":50}
"""


def tiny() -> SegmentSpec:
    """The two rows {"a":7} and {"a":5}: the example of the specification."""
    columns = [ColumnSpec(("a",), 3, [PageSpec(encoder.sequence(7, -2), 2)], 2)]
    system = system_columns([2], columns, [[], []], T0, 1)
    return SegmentSpec([2], system + columns, stored_at=(T0, T0), sequence=(1, 2), inline=True)


def empty() -> SegmentSpec:
    return SegmentSpec([], system_columns([], [], [], 0, 0))
