import Bytes
import Columns
import Segments

@testable import Storage

/// Rows with ids in all the forms in which ids come, and a plain list of them.
struct IdSample {
    struct Row {
        var window: Int32
        var second: Int
        var number: Int
        var ids: [CanonicalField: String]
    }

    static let fields: [CanonicalField] = [.eventId, .traceId, .spanId, .parentSpanId]

    var random: SplitMix64
    var rows: [Row] = []
    private var traces: [String] = []

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    mutating func number(below limit: Int) -> Int { Int(random.next() % UInt64(limit)) }

    private mutating func digits(_ count: Int) -> String {
        (0..<(count + 15) / 16).map { _ in
            let text = String(random.next(), radix: 16)
            return String(repeating: "0", count: 16 - text.utf8.count) + text
        }.joined()
    }

    mutating func hexadecimal() -> String { digits(16) }

    /// An id that no other is.
    mutating func id() -> String {
        switch number(below: 8) {
        case 0, 1: return digits(16)
        case 2: return digits(16).uppercased()
        case 3: return digits(32)
        case 4:
            let text = Array(digits(32))
            return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(text[$0]) }.joined(separator: "-")
        case 5: return "req-" + digits(16)
        case 6: return String(random.next() >> 12)
        default: return "ü" + digits(16) + "X"
        }
    }

    /// The rows of a new segment; some of their ids were in others before.
    mutating func makeRows(_ count: Int, window: Int32) -> [Row] {
        let made = (0..<count).map { offset in
            var ids = [CanonicalField.eventId: id()]
            if number(below: 3) > 0 {
                if traces.isEmpty || number(below: 6) == 0 { traces.append(id()) }
                ids[.traceId] = traces[traces.count - 1 - number(below: min(traces.count, 5))]
                ids[.spanId] = id()
                if let parent = rows.last?.ids[.spanId] { ids[.parentSpanId] = parent }
            }
            let row = Row(window: window, second: number(below: 3600), number: rows.count, ids: ids)
            rows.append(row)
            return row
        }
        return made
    }

    /// The numbers of the rows that have an id in some fields.
    func numbers(of id: String, in fields: [CanonicalField]) -> [Int] {
        let key = IdKey(id)
        return rows.filter { row in
            fields.contains { field in row.ids[field].map { IdKey($0).bytes == key.bytes } ?? false }
        }.map(\.number)
    }

    /// Some id that is there, in another form perhaps.
    mutating func anyId() -> (String, CanonicalField) {
        while true {
            let row = rows[number(below: rows.count)]
            let field = Self.fields[number(below: 4)]
            guard let id = row.ids[field] else { continue }
            guard number(below: 4) == 0, IdKey(id).isFixed else { return (id, field) }
            return (number(below: 2) == 0 ? id.uppercased() : id.lowercased(), field)
        }
    }

    static func write(
        _ rows: [Row], _ writer: StoreWriter, tier: EncodingProfile.Tier = .hot
    ) throws -> SegmentEntry {
        let segment = try writer.beginSegment(TimeWindow(index: rows[0].window), options: .forStore(tier))
        let band = segment.writer.band
        let time = band.ordinal(of: ColumnKey(path: CanonicalField.timestamp.aliasPath, type: .timestamp))
        let number = band.ordinal(of: ColumnKey(path: ColumnPath(keys: ["number"]), type: .int64))
        for row in rows {
            band.append(
                nanoseconds: Int64(row.window) * Sample.hour + Int64(row.second) * 1_000_000_000, form: 1 << 6, to: time
            )
            band.append(word: UInt64(row.number), to: number)
            for field in fields {
                guard let text = row.ids[field] else { continue }
                // Some stand under other names in their events.
                let path = row.number % 3 == 0 ? field.aliasPath : field.path
                append(text, to: path, band)
            }
            let isNew = band.endRow(storedAt: 5, sequence: writer.firstSequence + UInt64(row.number))
            precondition(isNew)
            try segment.writer.rowEnded()
        }
        guard let entry = try segment.finish() else { fatalError("no rows") }
        return entry
    }

    private static func append(_ text: String, to path: ColumnPath, _ band: Band) {
        let bytes = Array(text.utf8)
        if let id = IdentifierText.parse(bytes.span) {
            let ordinal = band.ordinal(of: ColumnKey(path: path, type: id.type))
            if id.type.layout == .fixed16 {
                band.append(words: id.first, id.second, to: ordinal)
            } else {
                band.append(word: id.first, to: ordinal)
            }
        } else if let number = Int64(text) {
            band.append(word: UInt64(bitPattern: number), to: band.ordinal(of: ColumnKey(path: path, type: .int64)))
        } else {
            band.append(bytes, to: band.ordinal(of: ColumnKey(path: path, type: .string)))
        }
    }

    /// The numbers of the rows that a search found, ascending.
    static func numbers(_ lookup: IdLookup, in snapshot: Snapshot) throws -> [Int] {
        var found: [Int] = []
        for place in lookup.places {
            let reader = try snapshot.open(place.entry)
            let batch = try reader.rows(in: 0..<reader.zones.count) { $0.path == ColumnPath(keys: ["number"]) }
            guard case .integers(let numbers)? = batch.columns.first?.values else { continue }
            found += place.rows.map { Int(numbers[$0]) }
        }
        return found.sorted()
    }
}
