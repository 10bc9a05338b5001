import Bytes
import Columns
import Segments

/// An id as filters and indexes know it, whatever its form: hexadecimal digits and UUIDs by the bytes that they show,
/// anything else by its text.
public struct IdKey: Hashable, Sendable {
    /// The id as it was given.
    public let text: [UInt8]
    /// Whether the text shows bytes that an id column holds.
    let isFixed: Bool
    /// Those bytes, or the text.
    let bytes: [UInt8]

    public init(_ text: String) { self.init(Array(text.utf8)) }

    init(_ text: [UInt8]) {
        self.text = text
        let id = IdentifierText.parse(text.span)
        isFixed = id != nil
        bytes = id.map { $0.bytes } ?? text
    }

    var hash: UInt64 { checksum(bytes) }

    /// The hash of the id that a text shows.
    static func hash(ofText text: ArraySlice<UInt8>) -> UInt64 {
        // Only texts of these lengths can show bytes.
        text.count == 16 || text.count == 32 || text.count == 36 ? IdKey(Array(text)).hash : checksum(text)
    }
}

extension RowBatch.Column {
    /// The hashes of the column's values, as filters and indexes know them; nil when they are no ids.
    var idHashes: [UInt64]? {
        switch values {
        case .fixed(let bytes, let width):
            return stride(from: 0, to: bytes.count, by: width).map { checksum(bytes[$0..<$0 + width]) }
        case .codedStrings(let dictionary, let codes):
            let entries = (0..<dictionary.count).map { IdKey.hash(ofText: dictionary[$0]) }
            return codes.map { entries[Int($0)] }
        default:
            guard let texts = values.texts(type: key.type) else { return nil }
            return (0..<texts.count).map { IdKey.hash(ofText: texts[$0]) }
        }
    }

    /// Which values are an id.
    func matches(_ id: IdKey) -> [Bool] {
        if case .fixed(let bytes, let width) = values {
            guard id.isFixed, id.bytes.count == width else { return [Bool](repeating: false, count: values.count) }
            return stride(from: 0, to: bytes.count, by: width).map { bytes[$0..<$0 + width].elementsEqual(id.bytes) }
        }
        return matches([id.text])
    }
}

extension IdFilterKind {
    /// The canonical fields whose ids it is about.
    public var fields: [CanonicalField] {
        switch self {
        case .eventIds: [.eventId]
        case .traceIds: [.traceId]
        case .spanIds: [.spanId, .parentSpanId]
        }
    }

    /// Where events have those fields.
    var paths: [ColumnPath] { fields.flatMap { [$0.path, $0.aliasPath] } }
}
