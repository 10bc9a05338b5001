import dataclasses
import random
import struct
import unittest

from . import encoder, samples
from .builder import ColumnSpec, PageSpec, SegmentSpec, checksum, overflow_payload, system_columns
from .support import CorruptSegment
from traversion_segment import Segment, UnsupportedSegment, json_text, limits
from traversion_segment.check import check
from traversion_segment.render import zone_rows
from traversion_segment.walk import walk


def rows(data: bytes, with_system: bool = False) -> str:
    segment = Segment(data)
    lines = [line for zone, columns in walk(segment) for line in zone_rows(segment, zone, columns, with_system)]
    return "".join(line + "\n" for line in lines)


def one_zone(columns: list[ColumnSpec], listed=None, row_count: int = 4, **more) -> bytes:
    """A segment of one zone with these columns from ordinal 3; `listed`: what only the shapes of rows tell."""
    system = system_columns([row_count], columns, listed or [[]] * row_count, 0, 1)
    return SegmentSpec([row_count], system + columns, sequence=(1, row_count), **more).build()


def integers(path: str, node: bytes, count: int = 4, presence: int = 0) -> ColumnSpec:
    return ColumnSpec((path,), 3, [PageSpec(node, count, presence=presence)], count)


def changed_roots(count: int):
    """Segments with a flipped bit in the root, some with one in the trailer, too, under right checksums."""
    source = random.Random(5)
    data = samples.rich().build()
    offset, length = struct.unpack("<QI", data[-64:-52])
    for _ in range(count):
        root = bytearray(data[offset : offset + length])
        root[source.randrange(len(root))] ^= 1 << source.randrange(8)
        trailer = bytearray(data[-64:-16])
        trailer[16:24] = struct.pack("<Q", checksum(bytes(root)))
        if source.randrange(3) == 0:
            trailer[source.randrange(48)] ^= 1 << source.randrange(8)
        tail = bytes(trailer) + struct.pack("<Q", checksum(bytes(trailer))) + data[-8:]
        yield data[:offset] + bytes(root) + tail


class WholeSegmentTests(unittest.TestCase):
    def test_rows(self):
        data = samples.rich().build()
        self.assertEqual(rows(data), samples.RICH_ROWS)
        self.assertEqual(check(Segment(data)), 5)

    def test_inline_and_compressed(self):
        plain = len(samples.rich().build())
        for change in ({"inline": True}, {"compressed": True}, {"inline": True, "compressed": True}):
            data = dataclasses.replace(samples.rich(), **change).build()
            self.assertLess(len(data), plain)
            self.assertEqual(rows(data), samples.RICH_ROWS)
            self.assertEqual(check(Segment(data)), 5)

    def test_many_columns(self):
        columns = [ColumnSpec((f"c{index:03}",), 3, [PageSpec(encoder.constant(index), 2)], 2) for index in range(200)]
        expected = ",".join(f'"c{index:03}":{index}' for index in range(200))
        self.assertEqual(rows(one_zone(columns, row_count=2, inline=True, compressed=True)), f"{{{expected}}}\n" * 2)

    def test_tiny(self):
        data = samples.tiny().build()
        self.assertEqual(rows(data), '{"a":7}\n{"a":5}\n')
        last = rows(data, with_system=True).splitlines()[1]
        self.assertEqual(last, '{"event":{"a":5},"sequence":2,"storedAt":1700000000000000000}')

    def test_empty(self):
        data = samples.empty().build()
        self.assertEqual(rows(data), "")
        self.assertEqual(check(Segment(data)), 0)

    def test_rows_without_values_and_deep_paths(self):
        deep = ColumnSpec(
            ("k",) * 1024,
            3,
            [PageSpec(encoder.varint(1) + encoder.packed([1]) + encoder.constant(7), 1, presence=2)],
            1,
        )
        data = one_zone([deep], row_count=2)
        self.assertEqual(rows(data), "{}\n" + '{"k":' * 1024 + "7" + "}" * 1024 + "\n")

    def test_keys_are_sorted_on_every_level(self):
        paths = [("b", "a"), ("a", "z"), ("a", "b", "c"), ("a!",), ("é",), ("",)]
        columns = [ColumnSpec(path, 3, [PageSpec(encoder.constant(1), 1)], 1) for path in paths]
        self.assertEqual(
            rows(one_zone(columns, row_count=1)), '{"":1,"a":{"b":{"c":1},"z":1},"a!":1,"b":{"a":1},"é":1}\n'
        )


class RuleTests(unittest.TestCase):
    def assertCorrupt(self, data: bytes):
        with self.assertRaises(CorruptSegment):
            check(Segment(data))

    def test_newer_versions_and_features_are_unsupported(self):
        for change in ({"read_version": 2}, {"incompatible_features": 1 << 30}):
            with self.assertRaises(UnsupportedSegment):
                Segment(dataclasses.replace(samples.tiny(), **change).build())
        self.assertEqual(check(Segment(dataclasses.replace(samples.tiny(), compatible_features=5).build())), 2)

    def test_version_0_is_corrupt(self):
        self.assertCorrupt(dataclasses.replace(samples.tiny(), read_version=0).build())

    def test_truncation_and_growth(self):
        data = samples.tiny().build()
        for end in list(range(0, 100)) + list(range(len(data) - 100, len(data))):
            self.assertCorrupt(data[:end])
        self.assertCorrupt(data + b"\0")
        self.assertCorrupt(b"\0" + data)

    def test_every_flipped_bit_is_found(self):
        for inline in (False, True):
            data = bytearray(dataclasses.replace(samples.rich(), inline=inline).build())
            for bit in range(0, len(data) * 8, 11):
                data[bit // 8] ^= 1 << bit % 8
                with self.assertRaises((CorruptSegment, UnsupportedSegment), msg=f"bit {bit}"):
                    check(Segment(bytes(data)))
                data[bit // 8] ^= 1 << bit % 8

    def test_two_values_at_a_path_or_a_value_within_a_value(self):
        text = ColumnSpec(("a",), 7, [PageSpec(encoder.string_constant(b"x"), 4)], 4)
        self.assertCorrupt(one_zone([integers("a", encoder.constant(1)), text]))
        inner = ColumnSpec(("a", "b"), 7, [PageSpec(encoder.string_constant(b"x"), 4)], 4)
        self.assertCorrupt(one_zone([integers("a", encoder.constant(1)), inner]))

    def test_values_must_suit_their_type(self):
        for kind, node in (
            (2, encoder.constant(2)),
            (4, encoder.constant(1)),
            (6, encoder.string_constant(b"01")),
            (7, encoder.string_constant(b"\xff")),
            (9, encoder.constant(0) + encoder.constant(0)),
            (9, encoder.constant(1) + encoder.constant(1 << 6)),
            (16, encoder.string_constant(b"[1, 2]")),
        ):
            self.assertCorrupt(one_zone([ColumnSpec(("a",), kind, [PageSpec(node, 4)], 4)]))

    def test_bytes_after_the_node(self):
        self.assertCorrupt(one_zone([integers("a", encoder.constant(1) + b"\0")]))

    def test_presence_by_shape_must_agree(self):
        column = integers("a", encoder.constant(1), 2, presence=1)
        self.assertEqual(rows(one_zone([column], [[3], [], [], [3]])), '{"a":1}\n{}\n{}\n{"a":1}\n')
        self.assertCorrupt(one_zone([column], [[3], [], [], []]))
        own = integers("a", encoder.varint(1) + encoder.packed([0]) + encoder.constant(1), 1, presence=2)
        self.assertEqual(rows(one_zone([own])), '{"a":1}\n{}\n{}\n{}\n')
        self.assertCorrupt(one_zone([own], [[3], [], [], []]))

    def test_shapes_have_the_columns_of_every_row(self):
        column = integers("a", encoder.constant(1))
        system = system_columns([4], [], [[]] * 4, 0, 1)
        self.assertCorrupt(SegmentSpec([4], system + [column], sequence=(1, 4)).build())

    def test_shapes_name_user_columns_ascending(self):
        column = integers("a", encoder.constant(1), 4, presence=1)
        for shape in ([0, 3], [4]):
            self.assertCorrupt(one_zone([column], [shape] * 4))

    def test_circles_of_sources(self):
        first = integers("a", encoder.integer_equal(4, 0, [], []))
        second = integers("b", encoder.integer_equal(3, 0, [], []))
        self.assertCorrupt(one_zone([first, second]))
        self.assertCorrupt(one_zone([integers("a", encoder.integer_equal(3, 0, [], []))]))

    def test_a_circle_through_the_shape_column(self):
        # The shape codes follow from column 3, whose rows follow from the shapes.
        columns = [integers("a", encoder.constant(0), presence=1)]
        system = system_columns([4], columns, [[3]] * 4, 0, 1)
        self.assertEqual(check(Segment(SegmentSpec([4], system + columns, sequence=(1, 4)).build())), 4)
        system[0].pages[1] = PageSpec(encoder.integer_shared(0, encoder.integer_equal(3, 0, [], [])), 4)
        self.assertCorrupt(SegmentSpec([4], system + columns, sequence=(1, 4)).build())

    def test_links(self):
        for links, good in ((8, True), (9, False)):
            columns = [integers("c0", encoder.constant(5))]
            for index in range(links):
                columns.append(integers(f"c{index + 1}", encoder.integer_equal(3 + index, 1, [], [])))
            for order in (columns, None):
                if order is None:
                    # Derived before their sources.
                    columns = [
                        integers(f"c{index}", encoder.integer_equal(4 + index, 1, [], [])) for index in range(links)
                    ]
                    columns.append(integers("last", encoder.constant(5)))
                if good:
                    self.assertEqual(check(Segment(one_zone(columns))), 4)
                else:
                    self.assertCorrupt(one_zone(columns))

    def test_resources_come_before_their_pages_and_have_their_kind(self):
        dictionary = PageSpec(encoder.packed([5, 6]), 2, kind=2)
        page = PageSpec(encoder.integer_shared(0, encoder.constant(1)), 4)
        self.assertEqual(rows(one_zone([ColumnSpec(("a",), 3, [dictionary, page], 4)])), '{"a":6}\n' * 4)
        late = PageSpec(encoder.integer_shared(1, encoder.constant(1)), 4)
        self.assertCorrupt(one_zone([ColumnSpec(("a",), 3, [late, dictionary], 4)]))
        table = PageSpec(encoder.packed([5, 6]), 2, kind=7)
        self.assertCorrupt(one_zone([ColumnSpec(("a",), 3, [table, page], 4)]))

    def test_resources_name_no_resources(self):
        inner = PageSpec(encoder.packed([5, 6]), 2, kind=2)
        outer = PageSpec(encoder.integer_shared(0, encoder.packed([1, 0])), 2, kind=2)
        page = PageSpec(encoder.integer_shared(1, encoder.constant(1)), 4)
        self.assertCorrupt(one_zone([ColumnSpec(("a",), 3, [inner, outer, page], 4)]))

    def test_dictionaries_below_the_root(self):
        def column(kind, entries, node):
            return ColumnSpec(("a",), kind, [PageSpec(entries, 2, kind=2), PageSpec(node, 4)], 4)

        numbers = encoder.integer_shared(0, encoder.packed([0, 1, 1, 0]))
        below = encoder.trend_over(numbers)
        self.assertEqual(
            rows(one_zone([column(3, encoder.packed([5, 6]), below)])), '{"a":5}\n{"a":6}\n{"a":6}\n{"a":5}\n'
        )
        texts = encoder.strings([b"x", b"y"])
        below = encoder.affix(b"<", b">", encoder.string_shared(0, encoder.packed([0, 1, 1, 0])))
        self.assertEqual(
            rows(one_zone([column(7, texts, below)])), '{"a":"<x>"}\n{"a":"<y>"}\n{"a":"<y>"}\n{"a":"<x>"}\n'
        )
        # Not of the column's type: lengths of strings are integers.
        self.assertCorrupt(one_zone([column(7, encoder.packed([5, 6]), encoder.strings_of_lengths(numbers, b"a" * 22))]))
        # No derived node in the codes of one below the root.
        derived = encoder.trend_over(encoder.integer_shared(0, encoder.integer_equal(4, 0, [], [])))
        source = integers("b", encoder.packed([0, 1, 1, 0]))
        self.assertCorrupt(one_zone([column(3, encoder.packed([5, 6]), derived), source]))
        self.assertCorrupt(one_zone([column(9, encoder.packed([5, 6]), numbers + encoder.constant(1 << 6))]))

    def test_dictionaries_in_lists_of_rows(self):
        dictionary = PageSpec(encoder.packed([0, 2]), 2, kind=2)
        node = encoder.varint(2) + encoder.integer_shared(0, encoder.packed([0, 1])) + encoder.constant(7)
        self.assertCorrupt(one_zone([ColumnSpec(("a",), 3, [dictionary, PageSpec(node, 2, presence=2)], 2)]))

    def test_a_resource_is_for_all_zones_of_its_pages(self):
        def data(first_zone, zone_count):
            dictionary = PageSpec(encoder.packed([5, 6]), 2, first_zone, zone_count, kind=2)
            page = PageSpec(encoder.integer_shared(0, encoder.constant(1)), 4, 0, 2)
            column = ColumnSpec(("a",), 3, [dictionary, page], 4)
            system = system_columns([2, 2], [column], [[]] * 4, 0, 1)
            return SegmentSpec([2, 2], [*system, column], sequence=(1, 4)).build()

        self.assertEqual(check(Segment(data(0, 2))), 4)
        self.assertCorrupt(data(0, 1))
        self.assertCorrupt(data(1, 1))

    def test_arrays_nest_as_deep_as_their_length_allows(self):
        for end in (b"]" * 100_000, b"]" * 99_999):
            text = b"[" * 100_000 + end
            column = ColumnSpec(("a",), 16, [PageSpec(encoder.string_constant(text), 4)], 4)
            data = one_zone([column])
            if len(end) == 100_000:
                self.assertEqual(check(Segment(data)), 4)
            else:
                self.assertCorrupt(data)

    def test_inner_nodes_count_as_decoded_bytes(self):
        # A dictionary of numbers takes 8 bytes for each entry, and as much for each node below.
        count = limits.DECODED_BYTES // 16
        for more, good in ((0, True), (1, False)):
            entries = encoder.trend_over(encoder.constant(5))
            dictionary = PageSpec(entries, count + more, kind=2)
            page = PageSpec(encoder.integer_shared(0, encoder.constant(1)), 4)
            data = one_zone([ColumnSpec(("a",), 3, [dictionary, page], 4)])
            if good:
                self.assertEqual(check(Segment(data)), 4)
            else:
                self.assertCorrupt(data)

    def test_what_strings_count_as_decoded_bytes(self):
        """Texts of 2^20 entries: what is left of the limit decides how long they may be."""
        count, zeros = 1 << 20, encoder.constant(0)
        inner = {
            # Bytes for each value, beside those of the affix around it.
            "constant": (encoder.string_constant(b"abc"), 7),
            "plain": (encoder.strings_of_lengths(zeros, b""), 8 + 4),
            "front coded": (b"\x45" + zeros + encoder.string_constant(b"ab"), 8 + 6 + 6),
        }
        for name, (node, size) in inner.items():
            with self.subTest(name):
                self.check_decoded_bytes(count, node, limits.DECODED_BYTES // count - size)

    def check_decoded_bytes(self, count: int, node: bytes, room: int):
        for length, good in ((room, True), (room + 1, False)):
            entries = encoder.affix(b"x" * (length // 2), b"", encoder.affix(b"y" * (length - length // 2), b"", node))
            dictionary = PageSpec(entries, count, kind=2)
            page = PageSpec(encoder.string_shared(0, encoder.constant(1)), 4)
            data = one_zone([ColumnSpec(("a",), 7, [dictionary, page], 4)])
            if good:
                self.assertEqual(check(Segment(data)), 4)
            else:
                self.assertCorrupt(data)

    def test_pages_and_resources_are_not_empty(self):
        own = encoder.varint(0) + encoder.constant(0) + encoder.constant(0)
        self.assertCorrupt(one_zone([integers("a", own, 0, presence=2)]))
        page = PageSpec(encoder.constant(1), 4)
        self.assertCorrupt(one_zone([ColumnSpec(("a",), 3, [PageSpec(b"", 0, kind=2), page], 4)]))

    def test_values_in_pages_and_in_overflow_may_take_turns(self):
        def data(row):
            node = encoder.varint(2) + encoder.packed([0, 2]) + encoder.constant(7)
            column = ColumnSpec(("a",), 3, [PageSpec(node, 2, presence=2)], 3, in_overflow=True)
            payload = overflow_payload(0, [(row, 3, b"5")])
            bucket = ColumnSpec((), 35, [PageSpec(payload, 1, presence=2)], 1)
            return one_zone([column, bucket], bucket_count=1)

        self.assertEqual(rows(data(1)), '{"a":7}\n{"a":5}\n{"a":7}\n{}\n')
        self.assertCorrupt(data(2))

    def test_sources_cover_the_same_zones(self):
        def two_zones(columns):
            return SegmentSpec(
                [2, 2], system_columns([2, 2], columns, [[]] * 4, 0, 1) + columns, sequence=(1, 4)
            ).build()

        source = ColumnSpec(("a",), 3, [PageSpec(encoder.constant(1), 2, 0, 1)], 2)
        linked = ColumnSpec(("b",), 3, [PageSpec(encoder.integer_equal(3, 0, [], [9]), 4, 0, 2)], 4)
        self.assertCorrupt(two_zones([source, linked]))
        apart = ColumnSpec(("b",), 3, [PageSpec(encoder.integer_equal(3, 0, [], [8, 9]), 2, 1, 1)], 2)
        self.assertEqual(rows(two_zones([source, apart])), '{"a":1}\n{"a":1}\n{"b":8}\n{"b":9}\n')

    def test_wrong_statistics_and_counts(self):
        good = samples.statistics([0], [4], [1], 1, encoder.constant(1), encoder.constant(1))
        column = dataclasses.replace(integers("a", encoder.constant(1)), statistics=good)
        self.assertEqual(check(Segment(one_zone([column]))), 4)
        wrong = samples.statistics([0], [4], [1], 1, encoder.constant(0), encoder.constant(1))
        self.assertCorrupt(one_zone([dataclasses.replace(column, statistics=wrong)]))
        self.assertCorrupt(one_zone([dataclasses.replace(column, value_count=3)]))

    def test_overflow_rules(self):
        def data(entries, in_overflow=True):
            column = ColumnSpec(("a",), 3, [], 1, in_overflow=in_overflow)
            bucket = ColumnSpec(
                (), 35, [PageSpec(overflow_payload(0, entries), len(entries), presence=2)], len(entries)
            )
            return one_zone([column, bucket], bucket_count=1)

        self.assertEqual(rows(data([(2, 3, b"-12")])), '{}\n{}\n{"a":-12}\n{}\n')
        for entries in (
            [(2, 3, b"012")],
            [(2, 3, b"9223372036854775808")],
            [(4, 3, b"1")],
            [(2, 1, b"1")],
            [(2, 3, b"1")] * 2,
        ):
            self.assertCorrupt(data(entries))
        self.assertCorrupt(data([(2, 3, b"1")], in_overflow=False))

    def test_buckets_without_values_need_no_column(self):
        def data(*numbers, count=4):
            columns = [ColumnSpec((name,), 3, [], 1, in_overflow=True) for name in "ab"]
            for ordinal, bucket in zip((3, 4), numbers):
                payload = overflow_payload(bucket, [(0, ordinal, b"1")])
                columns.append(ColumnSpec((), 35, [PageSpec(payload, 1, presence=2)], 1))
            return one_zone(columns, row_count=1, bucket_count=count)

        self.assertEqual(rows(data(3, 4, count=5)), '{"a":1,"b":1}\n')
        self.assertEqual(rows(data(0, 1, count=3)), '{"a":1,"b":1}\n')
        self.assertCorrupt(data(3, 0, count=4))
        self.assertCorrupt(data(0, 0, count=1))
        self.assertCorrupt(data(0, 1, count=1))

    def test_overflow_holds_values_of_every_type(self):
        pairs = [
            (1, b"", "null"), (2, b"true", "true"), (3, b"-7", "-7"), (4, b"9223372036854775808", "9223372036854775808"),
            (5, b"3ff8000000000000", "1.5"), (6, b"1e999", "1e999"), (7, b"x", '"x"'), (8, b"x", '"eA=="'),
            (9, b"2026-11-21T00:00:00.50Z", '"2026-11-21T00:00:00.50Z"'), (10, b"0" * 16, f'"{"0" * 16}"'),
            (13, b"A" * 32, f'"{"A" * 32}"'), (14, b"00000000-0000-0000-0000-00000000000a", None),
            (15, b"00000000-0000-0000-0000-00000000000A", None), (16, b"[1]", "[1]"), (17, b"", "{}"),
        ]  # fmt: skip
        bad = {2: b"1", 3: b"-0", 4: b"1", 5: b"3FF8000000000000", 6: b"x", 7: b"\xff", 9: b"2026-11-21", 10: b"A" * 16,
               13: b"a" * 32, 14: b"0" * 32, 16: b"[ ]", 17: b"{}", 1: b"null"}  # fmt: skip
        for kind, text, shown in pairs:
            column = ColumnSpec(("a",), kind, [], 1, in_overflow=True)

            def data(text):
                bucket = ColumnSpec((), 35, [PageSpec(overflow_payload(0, [(0, 3, text)]), 1, presence=2)], 1)
                return one_zone([column, bucket], row_count=1, bucket_count=1)

            self.assertEqual(rows(data(text)), f'{{"a":{shown or json_text.quote(text.decode())}}}\n')
            if kind in bad:
                self.assertCorrupt(data(bad[kind]))

    def test_an_id_that_its_filter_does_not_find(self):
        spec = samples.rich()
        spec.columns[7].pages[0] = PageSpec(encoder.fixed(samples.ID[:4] + [b"elsewher"]), 5, 0, 2)
        self.assertCorrupt(spec.build())


class DamageTests(unittest.TestCase):
    """Pages with right checksums and wrong contents: values or CorruptSegment, never anything else."""

    def test_changed_pages(self):
        source = random.Random(3)
        found = 0
        for round_ in range(600):
            spec = dataclasses.replace(samples.rich(), inline=bool(round_ % 2), compressed=bool(round_ % 3))
            pages = [page for column in spec.columns for page in column.pages]
            page = source.choice(pages)
            payload = bytearray(page.payload)
            for _ in range(source.randrange(1, 4)):
                place = source.randrange(len(payload))
                action = source.randrange(4)
                if action == 0:
                    payload[place] ^= 1 << source.randrange(8)
                elif action == 1:
                    payload[place] = source.choice((0, 1, 127, 128, 255))
                elif action == 2:
                    payload.insert(place, source.randrange(256))
                elif len(payload) > 1:
                    del payload[place]
            page.payload = bytes(payload)
            try:
                check(Segment(spec.build()))
            except CorruptSegment:
                found += 1
        self.assertGreater(found, 300)

    def test_changed_structure(self):
        """Root, directory, tables and sections with a wrong byte but right checksums."""
        source = random.Random(4)
        base = samples.rich()
        for _ in range(600):
            spec = dataclasses.replace(samples.rich(), inline=bool(source.randrange(2)))
            column = source.choice(spec.columns)
            if column.pages:
                page = source.choice(column.pages)
                name = source.choice(("value_count", "first_zone", "zone_count", "kind", "presence"))
                limit = 4 if name in ("kind", "presence") else 2**32
                setattr(page, name, source.choice((0, 1, 2, 3, source.randrange(limit))))
            if source.randrange(2):
                column.kind = source.choice((*range(20), 32, 33, 34, 35))
            if source.randrange(4) == 0:
                column.statistics = bytes(source.randrange(256) for _ in range(source.randrange(1, 20)))
            try:
                check(Segment(spec.build()))
            except CorruptSegment:
                pass
        self.assertEqual(rows(base.build()), samples.RICH_ROWS)

    def test_changed_root_and_trailer(self):
        for changed in changed_roots(1500):
            try:
                check(Segment(changed))
            except (CorruptSegment, UnsupportedSegment):
                pass
