import Columns
import Segments

/// Finds the spans, requests and calls that had begun at a time and had not ended (Docs/State.md).
struct InFlightScan {
    /// The field that tells of them, of an entity that is called as the span is.
    static let field = ["inFlight"]

    private static let hour: Int64 = 3_600_000_000_000
    /// How long before a time something may have begun: when it tells its duration, and when its end is looked for.
    private static let longest = (span: 24 * hour, pair: hour)
    private static let beginnings = [".request", ".start", ".call"].map { Array($0.utf8) }
    private static let ends = [".response", ".end", ".return"].map { Array($0.utf8) }
    private static let span = Array("span".utf8)
    private static let fields: [CanonicalField] = [
        .timestamp, .service, .host, .eventType, .eventId, .traceId, .spanId, .duration,
    ]

    private struct Key: Hashable {
        var trace: [UInt8]?
        var span: [UInt8]
    }

    private let time: Int64
    private let services: Set<[UInt8]>?
    private let knownAt: Int64
    private var keys = StateKeys()
    private let field: Int
    private var spans: [StateRow] = []
    /// The last beginning of each span, and its last end.
    private var begun: [Key: StateRow] = [:]
    private var ended: [Key: Int64] = [:]

    init(at time: Int64, of services: Set<[UInt8]>?, knownAt: Int64) {
        self.time = time
        self.services = services
        self.knownAt = knownAt
        field = keys.number(ofField: Self.field)
    }

    private func isWithin(_ length: Int64, _ last: Int64) -> Bool {
        let (first, overflow) = time.subtractingReportingOverflow(length)
        return overflow || last > first
    }

    /// Whether something that began at these times can be in flight.
    func mayHave(_ times: ClosedRange<Int64>) -> Bool {
        times.lowerBound <= time && isWithin(Self.longest.span, times.upperBound)
    }

    /// Takes what a segment has.
    mutating func add(_ reader: SegmentReader, path: String, _ isCancelled: () -> Bool) throws(StoreError) {
        let lasting = try wrap(path) { () throws(SegmentError) in try reader.longestDurations() }
        for (number, zone) in reader.zones.enumerated()
        where zone.minTimestamp <= zone.maxTimestamp && mayHave(zone.minTimestamp...zone.maxTimestamp) {
            if isCancelled() { throw .cancelled }
            let lasts = lasting[number].map { isWithin(min($0, Self.longest.span), zone.maxTimestamp) } ?? false
            guard lasts || isWithin(Self.longest.pair, zone.maxTimestamp) else { continue }
            let batch = try wrap(path) { () throws(SegmentError) in
                try reader.rows(in: number..<number + 1) { column in
                    Self.fields.contains { column.path == $0.path || column.path == $0.aliasPath }
                }
            }
            add(batch)
        }
    }

    private mutating func add(_ batch: RowBatch) {
        guard let times = batch.times else { return }
        let types = RowTexts(batch, .eventType)
        let kinds = types.texts.map { text in
            (
                begins: Self.beginnings.contains { text.ends(with: $0) },
                ends: Self.ends.contains { text.ends(with: $0) }, isSpan: text == Self.span
            )
        }
        guard kinds.contains(where: { $0.begins || $0.ends || $0.isSpan }) else { return }
        let (services, hosts, ids) = (RowTexts(batch, .service), RowTexts(batch, .host), RowTexts(batch, .spanId))
        let (traces, durations) = (RowTexts(batch, .traceId), RowTexts(batch, .duration))
        let events = BatchEvents(batch)
        for row in 0..<batch.rowCount where times[row] <= time && types.codes[row] >= 0 {
            let kind = kinds[types.codes[row]]
            guard kind.begins || kind.ends || kind.isSpan, let id = ids[row], isKnown(batch, row),
                isWanted(services[row])
            else { continue }
            let key = Key(trace: traces[row], span: id)
            if kind.ends {
                ended[key] = max(ended[key] ?? .min, times[row])
                continue
            }
            let entity = keys.number(of: StateEntity(service: services[row], host: hosts[row], key: id))
            let found = StateRow(
                entity: entity, time: times[row], sequence: batch.sequences[row],
                storedAt: Int64(bitPattern: batch.storedAt[row]), event: events[row],
                fields: [StateRow.Field(path: field, value: StateValue(text: types[row] ?? []))])
            if kind.isSpan {
                let duration = durations[row].flatMap { Int64(String(decoding: $0, as: UTF8.self)) } ?? 0
                if duration > 0, isWithin(min(duration, Self.longest.span), times[row]) { spans.append(found) }
            } else if isWithin(Self.longest.pair, times[row]), begun[key].map({ $0.time <= times[row] }) ?? true {
                begun[key] = found
            }
        }
    }

    private func isKnown(_ batch: RowBatch, _ row: Int) -> Bool {
        Int64(bitPattern: batch.storedAt[row]) <= knownAt
    }

    private func isWanted(_ service: [UInt8]?) -> Bool {
        services.map { wanted in service.map(wanted.contains) ?? false } ?? true
    }

    /// What was found; nil: nothing was in flight.
    var source: StateSource? {
        let open = begun.filter { key, row in ended[key].map { $0 < row.time } ?? true }
        var fold = StateFold<LastChange>()
        for row in spans + open.values.sorted(by: { $0.sequence < $1.sequence }) { fold.add(row) }
        let rows = fold.rows(of: fold.values.keys, keys)
        return rows.isEmpty ? nil : StateSource(rows, keys)
    }
}

extension [UInt8] {
    fileprivate func ends(with end: [UInt8]) -> Bool { count > end.count && suffix(end.count).elementsEqual(end) }
}

extension SegmentReader {
    /// Of each zone the longest duration that an event of it can have; nil: none has any.
    fileprivate func longestDurations() throws(SegmentError) -> [Int64?] {
        var longest = [Int64?](repeating: nil, count: zones.count)
        for path in [CanonicalField.duration.path, CanonicalField.duration.aliasPath] {
            for column in try columns(at: path) where column.type == .int64 {
                guard let statistics = try column.statistics() else {
                    if column.valueCount > 0 { longest = longest.map { _ in .max } }
                    continue
                }
                for zone in statistics.zones {
                    let last: Int64 = if case .signed(let bounds) = zone.bounds { bounds.upperBound } else { .max }
                    longest[zone.zone] = max(longest[zone.zone] ?? 0, last)
                }
            }
        }
        return longest
    }
}
