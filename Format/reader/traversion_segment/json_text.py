"""JSON texts: numbers, strings and compact arrays (section 6.3), checked without recursion."""

import json
import re

NUMBER = rb"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
# Only the shortest escape of each character that needs one.
STRING = rb'"(?:[^"\\\x00-\x1f]++|\\(?:["\\bfnrt]|u00(?:0[0-7bef]|1[0-9a-f])))*+"'
NUMBER_PATTERN = re.compile(NUMBER)
STRING_PATTERN = re.compile(STRING)
TOKEN = re.compile(rb"[\[\]{},:]|true|false|null|" + STRING + b"|" + NUMBER)

quote = json.JSONEncoder(ensure_ascii=False).encode


def is_utf8(text: bytes) -> bool:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def is_number(text: bytes) -> bool:
    return NUMBER_PATTERN.fullmatch(text) is not None


def tokens(text: bytes):
    """The tokens of a text without white space; ends with None when something there is no token."""
    position = 0
    while position < len(text):
        match = TOKEN.match(text, position)
        if not match:
            yield None
            return
        yield match.group()
        position = match.end()


def is_array(text: bytes) -> bool:
    """Whether it is one array as section 6.3 writes it."""
    if not text.startswith(b"[") or not is_utf8(text):
        return False
    # What may come next: a value, a value or the end of the array just begun, a key, a key or the end of the object
    # just begun, the colon after a key, or a comma or end after a value.
    closers = []
    state = "value"
    for token in tokens(text):
        if token is None or state == "done":
            return False
        if state == "colon":
            if token != b":":
                return False
            state = "value"
        elif state in ("key", "first key") and token[:1] == b'"':
            state = "colon"
        elif state in ("value", "first value") and token not in (b"]", b"}", b",", b":"):
            if token == b"[":
                closers.append(b"]")
                state = "first value"
            elif token == b"{":
                closers.append(b"}")
                state = "first key"
            else:
                state = "after"
        elif state == "after" and token == b",":
            state = "key" if closers[-1] == b"}" else "value"
        elif state in ("after", "first value", "first key") and token == closers[-1]:
            closers.pop()
            state = "after" if closers else "done"
        else:
            return False
    return state == "done"
