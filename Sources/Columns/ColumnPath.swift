public import Bytes

/// Where a value stands in an event: a sequence of keys, so `{"a.b":1}` and `{"a":{"b":1}}` are two paths.
public struct ColumnPath: Hashable, Sendable {
    /// The path as Format/Segment.md 2.5 writes it.
    public let encoded: [UInt8]

    public init(keys: [String]) {
        var writer = ByteWriter()
        writer.append(varint: keys.count)
        for key in keys {
            writer.append(varint: key.utf8.count)
            writer.append(contentsOf: key.utf8)
        }
        encoded = writer.bytes
    }

    /// The path of system columns.
    public static let none = ColumnPath(keys: [])

    /// Reads a path and checks it.
    public init(decoding bytes: ArraySlice<UInt8>) throws(DecodeError) {
        var reader = ByteReader(bytes)
        let keyCount = try reader.readCount(upTo: Limits.keyCountPerPath, "number of keys in a path")
        for _ in 0..<keyCount {
            let byteCount = try reader.readCount(upTo: Limits.pathByteCount, "length of a key")
            let key = try reader.readSlice(byteCount: byteCount)
            guard String(validating: key, as: UTF8.self) != nil else { throw reader.corrupt("a key is not UTF-8") }
        }
        guard reader.isAtEnd else { throw reader.corrupt("bytes follow the last key of a path") }
        encoded = Array(bytes)
    }

    public var hash: UInt64 { checksum(encoded) }

    public var keys: [String] {
        var reader = ByteReader(encoded)
        var keys: [String] = []
        // The encoding was made or checked by an initializer, so it can be read.
        guard let keyCount = try? reader.readVarint() else { return [] }
        for _ in 0..<keyCount {
            guard let byteCount = try? reader.readVarint(),
                let key = try? reader.readSlice(byteCount: Int(byteCount))
            else { return keys }
            keys.append(String(decoding: key, as: UTF8.self))
        }
        return keys
    }
}

/// What a column is: a path and the type of the values under it.
public struct ColumnKey: Hashable, Sendable {
    public var path: ColumnPath
    public var type: ColumnType

    public init(path: ColumnPath, type: ColumnType) {
        self.path = path
        self.type = type
    }
}

/// The columns of a segment in order of first appearance; a column's place in it is its ordinal.
public struct ColumnCatalog: Sendable {
    public private(set) var keys: [ColumnKey] = []
    private var ordinals: [ColumnKey: Int] = [:]

    public static let shapeOrdinal = 0
    public static let storedAtOrdinal = 1
    public static let sequenceOrdinal = 2

    /// A catalog that holds the three system columns every segment begins with.
    public init() {
        for type in [ColumnType.shape, .storedAt, .sequence] { _ = ordinal(of: ColumnKey(path: .none, type: type)) }
    }

    public var count: Int { keys.count }

    public subscript(ordinal: Int) -> ColumnKey { keys[ordinal] }

    /// The ordinal of a column, given to it now if it is new.
    public mutating func ordinal(of key: ColumnKey) -> Int {
        if let ordinal = ordinals[key] { return ordinal }
        let ordinal = keys.count
        ordinals[key] = ordinal
        keys.append(key)
        return ordinal
    }

    /// The ordinal of a column that is there already.
    public func existingOrdinal(of key: ColumnKey) -> Int? { ordinals[key] }
}
