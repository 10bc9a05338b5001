"""Templates (section 4.3)."""

from dataclasses import dataclass

from .errors import CorruptSegment
from .nodes_common import check_below
from .nodes_integer import read_integers
from .nodes_string import read_strings


@dataclass
class Templates:
    streams: list[list[int]]
    """For each template the stream of each of its slots."""
    literals: list[list[bytes]]
    """For each template its literals, one more than it has slots."""
    stream_count: int

    def __len__(self):
        return len(self.streams)


def read_templates(reader, context) -> Templates:
    start = reader.place
    template_count = reader.varint()
    stream_count = reader.varint()
    slot_counts = read_integers(reader, template_count, context)
    slot_total = sum(slot_counts)
    if stream_count > slot_total:
        raise CorruptSegment(start, "more streams than slots")
    streams = read_integers(reader, slot_total, context)
    check_below(streams, stream_count, start, "stream")
    literals = read_strings(reader, slot_total + template_count, context)
    templates = Templates([], [], stream_count)
    slot = 0
    for index, count in enumerate(slot_counts):
        templates.streams.append(streams[slot : slot + count])
        templates.literals.append(literals[slot + index : slot + index + count + 1])
        slot += count
    return templates
