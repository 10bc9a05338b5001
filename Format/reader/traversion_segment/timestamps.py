"""Timestamp texts and their form codes (section 6.1)."""

import datetime
import re

NO_ZONE, ZULU, WITH_COLON, WITHOUT_COLON, HOURS_ONLY = range(5)
FEWEST = 10
MINUTE = 60 * 10**9
DAY = 24 * 60 * MINUTE
EPOCH = datetime.date(1970, 1, 1).toordinal()
FIRST_YEAR, LAST_YEAR = 1678, 2261
FIRST_DAY = datetime.date(FIRST_YEAR, 1, 1).toordinal() - EPOCH
LAST_DAY = datetime.date(LAST_YEAR, 12, 31).toordinal() - EPOCH

PATTERN = re.compile(
    rb"(\d{4})-(\d\d)-(\d\d)([T ])(\d\d):(\d\d):(\d\d)(?:([.,])(\d{1,9}))?" rb"(?:(Z)|([+-])(\d\d)(?:(:?)(\d\d))?)?"
)


class BadTimestamp(Exception):
    """A form code that does not exist or cannot show its instant."""


def zone_of(form: int) -> int:
    return form >> 6 & 7


def fraction_digits(fraction: int) -> int:
    """The fewest of 0, 3, 6, 9 digits that show the nanoseconds."""
    if fraction % 1000:
        return 9
    if fraction % 1_000_000:
        return 6
    return 3 if fraction else 0


def text_of(instant: int, form: int) -> bytes:
    """The text of an instant (signed nanoseconds since 1970 UTC)."""
    digits, separator, mark, zone = (
        form & 15,
        " " if form >> 4 & 1 else "T",
        "," if form >> 5 & 1 else ".",
        zone_of(form),
    )
    zigzag = form >> 9
    offset = (zigzag >> 1) ^ -(zigzag & 1)
    if digits > FEWEST or zone > HOURS_ONLY or abs(offset) >= 24 * 60:
        raise BadTimestamp(f"form code {form} does not exist")
    if (offset and zone in (NO_ZONE, ZULU)) or (offset % 60 and zone == HOURS_ONLY):
        raise BadTimestamp(f"form code {form} cannot show its offset")

    day, in_day = divmod(instant + offset * MINUTE, DAY)
    if not FIRST_DAY <= day <= LAST_DAY:
        raise BadTimestamp(f"instant {instant} is outside the years {FIRST_YEAR} ... {LAST_YEAR}")
    date = datetime.date.fromordinal(day + EPOCH)
    seconds, fraction = divmod(in_day, 10**9)
    text = f"{date.isoformat()}{separator}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    if digits == FEWEST:
        digits = fraction_digits(fraction)
    shown, hidden = divmod(fraction, 10 ** (9 - digits))
    if hidden:
        raise BadTimestamp(f"{digits} fraction digits do not show instant {instant}")
    if digits:
        text += f"{mark}{shown:0{digits}}"
    if zone == ZULU:
        text += "Z"
    elif zone != NO_ZONE:
        sign, hours, minutes = "-" if offset < 0 else "+", abs(offset) // 60, abs(offset) % 60
        colon = ":" if zone == WITH_COLON else ""
        text += f"{sign}{hours:02}" + ("" if zone == HOURS_ONLY else f"{colon}{minutes:02}")
    return text.encode()


def parse(text: bytes) -> tuple[int, int] | None:
    """The instant and a form code with an explicit count of fraction digits, or None when it is no timestamp."""
    match = PATTERN.fullmatch(text)
    if not match:
        return None
    year, month, day, separator, hour, minute, second, mark, fraction, zulu, sign, hours, colon, minutes = (
        match.groups()
    )
    try:
        moment = datetime.datetime(int(year), int(month), int(day), int(hour), int(minute), int(second))
    except ValueError:
        return None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return None
    zone, offset = NO_ZONE, 0
    if zulu:
        zone = ZULU
    elif sign:
        if int(hours) > 23 or int(minutes or 0) > 59:
            return None
        zone = HOURS_ONLY if minutes is None else WITH_COLON if colon else WITHOUT_COLON
        offset = (int(hours) * 60 + int(minutes or 0)) * (-1 if sign == b"-" else 1)
        if offset == 0 and sign == b"-":
            return None
    digits = fraction or b""
    seconds = (moment.date().toordinal() - EPOCH) * 86_400 + moment.hour * 3600 + moment.minute * 60 + moment.second
    instant = seconds * 10**9 + int(digits.ljust(9, b"0")) - offset * MINUTE
    zigzag = offset * 2 if offset >= 0 else -offset * 2 - 1
    form = len(digits) | (separator == b" ") << 4 | (mark == b",") << 5 | zone << 6 | zigzag << 9
    return instant, form
