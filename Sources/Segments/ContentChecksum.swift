import Bytes
public import Columns

/// A checksum of what rows say, whatever their order and encoding: it proves that a rewrite lost nothing.
///
/// Each value is hashed with its column's path and type; the hashes of a row are added up and mixed with the row's
/// stored time and sequence; the rows are added up. Two sums with different mixing make 128 bits.
public struct ContentChecksum: Equatable, Sendable {
    public private(set) var rowCount: UInt64 = 0
    public private(set) var low: UInt64 = 0
    public private(set) var high: UInt64 = 0

    public init() {}

    /// Adds the rows of a batch, all or those that are kept. Their texts were checked (``RowBatch/checkTexts()``).
    public mutating func add(_ batch: RowBatch, keeping kept: [Bool]? = nil) {
        let rowSums = Self.rowHashes(of: batch)
        for row in 0..<batch.rowCount where kept?[row] ?? true {
            rowCount += 1
            let mixed = Self.mix(
                rowSums[row] ^ Self.mix(batch.storedAt[row] &+ 0x9E37_79B9_7F4A_7C15) ^ Self.mix(~batch.sequences[row]))
            low &+= mixed
            high &+= Self.mix(mixed ^ 0xD6E8_FEB8_6659_FD93)
        }
    }

    /// For each row a hash of what its event says, whatever its order and when it was stored.
    package static func rowHashes(of batch: RowBatch) -> [UInt64] {
        var sums = [UInt64](repeating: 0, count: batch.rowCount)
        let hashes = batch.columns.map { Self.hashes(of: $0) }
        var cursors = [Int](repeating: 0, count: batch.columns.count)
        for row in 0..<batch.rowCount {
            for column in batch.shapes[Int(batch.shapeOfRow[row])] {
                sums[row] &+= hashes[column][cursors[column]]
                cursors[column] += 1
            }
        }
        return sums
    }

    /// The checksum of the rows of both.
    public mutating func add(_ other: ContentChecksum) {
        rowCount += other.rowCount
        low &+= other.low
        high &+= other.high
    }

    /// The checksum of a whole segment.
    public static func of(_ reader: SegmentReader) throws(SegmentError) -> ContentChecksum {
        var checksum = ContentChecksum()
        for range in try reader.batchRanges() {
            let batch = try reader.rows(in: range)
            try SegmentReader.damage { () throws(DecodeError) in try batch.checkTexts() }
            checksum.add(batch)
        }
        return checksum
    }

    public var description: String {
        let digits = [high, low].map { word in
            let text = String(word, radix: 16)
            return String(repeating: "0", count: 16 - text.utf8.count) + text
        }
        return digits.joined()
    }

    private static func mix(_ word: UInt64) -> UInt64 {
        var mixed = (word ^ (word >> 32)) &* 0xD6E8_FEB8_6659_FD93
        mixed = (mixed ^ (mixed >> 32)) &* 0xD6E8_FEB8_6659_FD93
        return mixed ^ (mixed >> 32)
    }

    private static func hashes(of column: RowBatch.Column) -> [UInt64] {
        let seed = mix(column.key.path.hash ^ UInt64(column.key.type.rawValue) &* 0x9E37_79B9_7F4A_7C15)
        switch column.values {
        case .presence(let count): return [UInt64](repeating: mix(seed), count: count)
        case .integers(let values): return values.map { mix(seed ^ mix($0 &+ 1)) }
        case .doubles(let values): return values.map { mix(seed ^ mix($0.bitPattern &+ 1)) }
        case .strings(let strings): return hashes(of: strings, seed: seed)
        case .codedStrings(let dictionary, let codes):
            let entries = hashes(of: dictionary, seed: seed)
            return codes.map { entries[Int($0)] }
        case .timestamps:
            // The text tells instant and form apart, whichever code of two shows it.
            guard let texts = column.values.texts(type: column.key.type) else { return [] }
            return hashes(of: texts, seed: seed)
        case .fixed(let bytes, let width):
            return stride(from: 0, to: bytes.count, by: width).map { checksum(bytes[$0..<$0 + width], seed: seed) }
        }
    }

    private static func hashes(of strings: StringVector, seed: UInt64) -> [UInt64] {
        (0..<strings.count).map { checksum(strings[$0], seed: seed) }
    }
}
