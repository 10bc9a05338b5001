public import Columns

/// A field that every event has, or may have, whatever its source calls it.
public enum CanonicalField: String, Sendable, CaseIterable {
    case timestamp, eventId, eventType, service, host, traceId, spanId, parentSpanId, duration, status, severity
    case message, causedBy

    /// Where an event has it that already uses our names.
    public var path: ColumnPath { ColumnPath(keys: [rawValue]) }

    /// Where the store keeps it when the event has it under another name, or in another type. Such columns are no part
    /// of the event: see ``StorePath``.
    public var aliasPath: ColumnPath { ColumnPath(keys: [StorePath.mark + rawValue]) }

    /// Whether a value of this type can be the field's. The timestamp has rules of its own.
    func admits(_ type: ColumnType) -> Bool {
        switch type {
        case .string, .id8Lower, .id8Upper, .id16Lower, .id16Upper, .uuidLower, .uuidUpper: true
        case .int64, .uint64: self != .service && self != .host && self != .message
        case .double, .numberText: self == .duration
        case .bool: self == .status
        default: false
        }
    }
}

/// How paths of events are told from those that the store adds (Format/Store.md, 4).
///
/// The first key of an added path begins with U+0000. A first key of an event that begins so gets another U+0000.
public enum StorePath {
    static let mark = "\0"

    /// The path under which an event's value is stored.
    public static func stored(_ path: ColumnPath) -> ColumnPath {
        guard startsWithMark(path) else { return path }
        var keys = path.keys
        keys[0] = mark + keys[0]
        return ColumnPath(keys: keys)
    }

    /// The path that an event has a stored value under; nil when the store has added it.
    public static func original(_ path: ColumnPath) -> ColumnPath? {
        guard startsWithMark(path) else { return path }
        var keys = path.keys
        guard keys[0].utf8.dropFirst().first == 0 else { return nil }
        keys[0].removeFirst()
        return ColumnPath(keys: keys)
    }

    private static func startsWithMark(_ path: ColumnPath) -> Bool {
        guard let first = path.keys.first else { return false }
        return first.utf8.first == 0
    }
}
