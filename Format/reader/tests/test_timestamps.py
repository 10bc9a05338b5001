import random
import unittest

from . import support  # noqa: F401 (sets the path)
from traversion_segment import timestamps
from traversion_segment.timestamps import FIRST_DAY, LAST_DAY, BadTimestamp, parse, text_of

DAY = 86_400 * 10**9


class TimestampTests(unittest.TestCase):
    def test_examples(self):
        for text, instant, form in (
            (b"1970-01-01T00:00:00Z", 0, 1 << 6),
            (b"2024-02-29T23:59:59.5Z", 1_709_251_199_500_000_000, 1 | 1 << 6),
            (b"1970-01-01 01:00:00,000000001+01:00", 1, 9 | 1 << 4 | 1 << 5 | 2 << 6 | 120 << 9),
            (b"1969-12-31T20:30:00-0330", 0, 3 << 6 | 419 << 9),
            (b"1970-01-01T02:00:00+02", 0, 4 << 6 | 240 << 9),
            (b"1678-01-01T00:00:00", -9_214_560_000_000_000_000, 0),
            (b"2261-12-31T23:59:59.999999999", 9_214_646_399_999_999_999, 9),
        ):
            self.assertEqual(parse(text), (instant, form), text)
            self.assertEqual(text_of(instant, form), text)

    def test_what_is_no_timestamp(self):
        for text in (
            b"2023-02-29T00:00:00Z",
            b"1970-01-01T24:00:00Z",
            b"1970-01-01T00:00:60Z",
            b"1677-12-31T00:00:00Z",
            b"2262-01-01T00:00:00Z",
            b"1970-01-01T00:00:00-00:00",
            b"1970-01-01T00:00:00+24:00",
            b"1970-01-01T00:00:00+01:60",
            b"1970-01-01t00:00:00Z",
            b"1970-01-01T00:00:00z",
            b"1970-01-01T00:00:00.Z",
            b"1970-01-01T00:00:00.1234567890Z",
            b"1970-01-01",
            b"1970-01-01T00:00Z",
            b"1970-01-01T00:00:00Z\n",
        ):
            self.assertIsNone(parse(text), text)

    def test_fewest_digits(self):
        for nanoseconds, shown in ((0, b""), (5_000_000, b".005"), (5_000, b".000005"), (5, b".000000005")):
            self.assertEqual(text_of(nanoseconds, 10 | 1 << 6), b"1970-01-01T00:00:00" + shown + b"Z")

    def test_forms_that_cannot_be(self):
        for instant, form in (
            (0, 11),
            (0, 5 << 6),
            (0, 2 << 9),
            (0, 1 << 6 | 2 << 9),
            (0, 4 << 6 | 60 << 9),
            (0, 2 << 6 | 2880 << 9),
            (0, 2**64 - 1),
            (1, 3 | 1 << 6),
            (1, 1 << 6),
            (2**63 - 1, 1 << 6),
            (-(2**63), 1 << 6),
        ):
            with self.assertRaises(BadTimestamp, msg=(instant, form)):
                text_of(instant, form)

    def test_random_texts_come_back(self):
        source = random.Random(2)
        for _ in range(2000):
            zone = source.randrange(5)
            offset = {
                2: source.randrange(-1439, 1440),
                3: source.randrange(-1439, 1440),
                4: 60 * source.randrange(-23, 24),
            }.get(zone, 0)
            digits = source.randrange(10)
            unit = 10 ** (9 - digits)
            instant = source.randrange((FIRST_DAY + 1) * DAY, (LAST_DAY - 1) * DAY) // unit * unit
            zigzag = offset * 2 if offset >= 0 else -offset * 2 - 1
            comma = source.randrange(2) if digits else 0
            form = digits | source.randrange(2) << 4 | comma << 5 | zone << 6 | zigzag << 9
            self.assertEqual(timestamps.parse(text_of(instant, form)), (instant, form))
