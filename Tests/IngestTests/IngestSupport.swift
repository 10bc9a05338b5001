import Columns
import Files
import Ingest

/// A stream over bytes in memory that gives out at most `chunkByteCount` at a time.
final class BytesStream: ByteStream {
    let path = "events.ndjson"
    private let bytes: [UInt8]
    private let chunkByteCount: Int
    private var position = 0

    init(_ bytes: [UInt8], chunkByteCount: Int = .max) {
        self.bytes = bytes
        self.chunkByteCount = chunkByteCount
    }

    func readSome(into output: inout OutputSpan<UInt8>) throws(FileError) {
        let chunk = bytes[position..<position + min(output.freeCapacity, chunkByteCount, bytes.count - position)]
        output.withUnsafeMutableBufferPointer { buffer, count in
            _ = UnsafeMutableBufferPointer(rebasing: buffer[count...]).update(fromContentsOf: chunk)
            count += chunk.count
        }
        position = chunk.endIndex
    }
}

/// What came of a whole input.
struct IngestResult {
    var band: Band
    var errors: [LineError] = []

    init(_ input: [UInt8], chunkByteCount: Int = .max) throws {
        band = Band()
        let reader = try EventReader(BytesStream(input, chunkByteCount: chunkByteCount), into: band)
        while true {
            do {
                guard try reader.appendNext(storedAt: 7, sequence: UInt64(band.rowCount)) else { return }
            } catch IngestError.line(let error) {
                errors.append(error)
            }
        }
    }

    init(_ input: String, chunkByteCount: Int = .max) throws {
        try self.init(Array(input.utf8), chunkByteCount: chunkByteCount)
    }

    /// The rows as lines of text.
    func lines(style: EventRenderer.Style = .event) throws -> [String] {
        var renderer = EventRenderer(band.batch(), style: style)
        var text: [UInt8] = []
        while try renderer.renderNext() { renderer.lines.withUnsafeBytes { text += $0 } }
        return text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast().map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// The columns as "path type", in order of first appearance.
    var columns: [String] { band.catalog.keys.dropFirst(3).map { "\($0.path.description) \($0.type)" } }
}

extension Band {
    /// The rows as a segment reader would give them.
    func batch() -> RowBatch {
        var places = [Int](repeating: -1, count: columns.count)
        var batchColumns: [RowBatch.Column] = []
        for (ordinal, buffer) in columns.enumerated() where buffer.count > 0 {
            places[ordinal] = batchColumns.count
            let values: ColumnVector =
                switch buffer.type.layout {
                case .presenceOnly: .presence(count: buffer.count)
                case .integers: .integers(buffer.words)
                case .doubles: .doubles(buffer.words.map { Double(bitPattern: $0) })
                case .strings:
                    ordinal % 2 == 0
                        ? .codedStrings(dictionary: buffer.pool.entries, codes: buffer.pool.codes)
                        : .strings(buffer.pool.entries.gather(buffer.pool.codes))
                case .timestamps: .timestamps(buffer.words, forms: buffer.forms.map { UInt64($0) })
                case .fixed8, .fixed16:
                    .fixed(
                        buffer.words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } },
                        width: buffer.type.layout == .fixed8 ? 8 : 16)
                }
            batchColumns.append(RowBatch.Column(ordinal: ordinal, key: catalog[ordinal], values: values))
        }
        return RowBatch(
            shapeOfRow: shapes, shapes: registry.shapes.map { $0.map { places[Int($0)] } }, columns: batchColumns,
            storedAt: storedAt, sequences: sequences)
    }
}
