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
    public func admits(_ type: ColumnType) -> Bool {
        switch type {
        case .string, .id8Lower, .id8Upper, .id16Lower, .id16Upper, .uuidLower, .uuidUpper: true
        case .int64, .uint64: self != .service && self != .host && self != .message
        case .double, .numberText: self == .duration
        case .bool: self == .status
        default: false
        }
    }
}
