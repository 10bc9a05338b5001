"""Column types (section 2.7) and what pages of each hold."""

NULL, BOOL, INT64, UINT64, DOUBLE, NUMBER_TEXT, STRING, BYTES, TIMESTAMP = range(1, 10)
ID8_LOWER, ID8_UPPER, ID16_LOWER, ID16_UPPER, UUID_LOWER, UUID_UPPER, ARRAY, EMPTY_OBJECT = range(10, 18)
STORED_AT, SEQUENCE, SHAPE, OVERFLOW = range(32, 36)

NAMES = {
    NULL: "null",
    BOOL: "bool",
    INT64: "int64",
    UINT64: "uint64",
    DOUBLE: "double",
    NUMBER_TEXT: "numberText",
    STRING: "string",
    BYTES: "bytes",
    TIMESTAMP: "timestamp",
    ID8_LOWER: "id8",
    ID8_UPPER: "ID8",
    ID16_LOWER: "id16",
    ID16_UPPER: "ID16",
    UUID_LOWER: "uuid",
    UUID_UPPER: "UUID",
    ARRAY: "array",
    EMPTY_OBJECT: "emptyObject",
    STORED_AT: "storedAt",
    SEQUENCE: "sequence",
    SHAPE: "shape",
    OVERFLOW: "overflow",
}

PRESENCE_ONLY = frozenset({NULL, EMPTY_OBJECT})
INTEGERS = frozenset({BOOL, INT64, UINT64, STORED_AT, SEQUENCE})
TEXTS = frozenset({NUMBER_TEXT, STRING, BYTES, ARRAY})
ID_WIDTH = {ID8_LOWER: 8, ID8_UPPER: 8, ID16_LOWER: 16, ID16_UPPER: 16, UUID_LOWER: 16, UUID_UPPER: 16}
SYSTEM = frozenset({STORED_AT, SEQUENCE, SHAPE, OVERFLOW})

# What may be the source of a derived node (section 5.5).
INTEGER_SOURCES = INTEGERS | {TIMESTAMP}
TEXT_SOURCES = TEXTS | {BOOL, INT64, UINT64, TIMESTAMP} | frozenset(ID_WIDTH)


def is_user(kind: int) -> bool:
    return NULL <= kind <= EMPTY_OBJECT
