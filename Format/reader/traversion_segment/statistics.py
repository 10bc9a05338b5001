"""Statistics of columns, as stored and as they follow from the values (section 8)."""

import math
import struct
from dataclasses import dataclass

from .column_types import *
from .errors import CorruptSegment
from .nodes_common import check_ascending
from .nodes_float import doubles
from .nodes_integer import read_integers
from .nodes_string import read_strings
from .primitives import signed
from .context import PlainContext

NOTHING, SIGNED, UNSIGNED, FLOATS, PREFIXES = range(5)
PREFIX_LENGTH = 32
KIND_OF_TYPE = {
    **dict.fromkeys((BOOL, INT64, TIMESTAMP, STORED_AT), SIGNED),
    **dict.fromkeys((UINT64, SEQUENCE), UNSIGNED),
    DOUBLE: FLOATS,
    **dict.fromkeys(TEXTS, PREFIXES),
}


@dataclass
class ZoneStatistics:
    value_count: int
    distinct_count: int
    """0 when it is not known."""
    minimum: object = None
    maximum: object = None
    nan_count: int | None = None


def read_statistics(segment, column) -> dict[int, ZoneStatistics] | None:
    """By zone; None when the column has none."""
    stored = segment.statistics[column.ordinal]
    if stored is None:
        return None
    reader = segment.stored(stored, "statistics")
    start = reader.place
    if column.kind == OVERFLOW:
        raise CorruptSegment(start, "statistics of an overflow bucket")
    context = PlainContext()
    count = reader.varint_in(0, len(segment.zones), "number of zones")
    zones = read_integers(reader, count, context)
    check_ascending(zones, len(segment.zones), start, "zones")
    value_counts = read_integers(reader, count, context)
    distinct_counts = read_integers(reader, count, context)
    kind = reader.u8()
    if kind not in (NOTHING, KIND_OF_TYPE.get(column.kind, NOTHING)):
        raise CorruptSegment(start, f"statistics of kind {kind} of a column of type {NAMES[column.kind]}")
    result = {
        zone: ZoneStatistics(values, distinct) for zone, values, distinct in zip(zones, value_counts, distinct_counts)
    }
    if kind != NOTHING:
        read_bounds(reader, kind, context, list(result.values()))
    reader.expect_end("statistics")
    return result


def read_bounds(reader, kind: int, context, zones: list[ZoneStatistics]) -> None:
    start = reader.place
    count = len(zones)
    if kind == PREFIXES:
        minima, maxima = read_strings(reader, count, context), read_strings(reader, count, context)
        if any(len(bound) > PREFIX_LENGTH for bound in minima + maxima):
            raise CorruptSegment(start, "a bound of more than 32 bytes")
    else:
        minima, maxima = read_integers(reader, count, context), read_integers(reader, count, context)
        if kind == SIGNED:
            minima, maxima = list(map(signed, minima)), list(map(signed, maxima))
        elif kind == FLOATS:
            minima, maxima = doubles(minima), doubles(maxima)
            for zone, nan_count in zip(zones, read_integers(reader, count, context)):
                zone.nan_count = nan_count
    for zone, minimum, maximum in zip(zones, minima, maxima):
        zone.minimum, zone.maximum = minimum, maximum


def statistics_of(found) -> ZoneStatistics:
    """From a column's values in a zone."""
    values, kind = found.values, KIND_OF_TYPE.get(found.column.kind, NOTHING)
    result = ZoneStatistics(len(values), distinct_count(found))
    if kind in (SIGNED, UNSIGNED):
        result.minimum, result.maximum = min(values), max(values)
    elif kind == PREFIXES:
        result.minimum, result.maximum = min(values)[:PREFIX_LENGTH], max(values)[:PREFIX_LENGTH]
    elif kind == FLOATS:
        numbers = [value for value in values if not math.isnan(value)]
        result.nan_count = len(values) - len(numbers)
        result.minimum, result.maximum = (min(numbers), max(numbers)) if numbers else (math.inf, -math.inf)
    return result


def distinct_count(found) -> int:
    """Doubles differ when their bits do, timestamps when their instants do."""
    if found.column.kind in PRESENCE_ONLY:
        return 1
    if found.column.kind == DOUBLE:
        return len({struct.pack("<d", value) for value in found.values})
    return len(set(found.values))


def differences(stored: ZoneStatistics, computed: ZoneStatistics) -> list[str]:
    """What is wrong with a zone's stored statistics."""
    pairs = [("values", stored.value_count, computed.value_count)]
    if stored.distinct_count:
        pairs.append(("distinct values", stored.distinct_count, computed.distinct_count))
    if stored.minimum is not None:
        if stored.nan_count is not None and stored.nan_count == stored.value_count:
            if not stored.minimum > stored.maximum:
                return ["bounds where there are only NaNs"]
        else:
            pairs += [("minimum", stored.minimum, computed.minimum), ("maximum", stored.maximum, computed.maximum)]
        pairs.append(("NaNs", stored.nan_count, computed.nan_count))
    return [f"{what}: stored {left}, computed {right}" for what, left, right in pairs if left != right]
