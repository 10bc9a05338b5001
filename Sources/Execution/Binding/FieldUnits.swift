import Columns
import Ingest
import Segments
import Storage

/// What the numbers of fields count.
struct FieldUnits {
    enum Origin {
        /// The settings of the store say it.
        case settings
        /// The field's name does, or what a canonical field is.
        case name
        /// It was found in the data when a query first asked, and recorded.
        case data
    }

    private var declared: [(path: [String], unit: FieldUnit)] = []
    private var snapshot: Snapshot?
    /// Where a field's numbers may stand in events: behind each of these paths.
    private var parents: [[String]] = [[]]

    /// Nothing is known but what names tell.
    init() {}

    /// With a mapping, the fields are those of state.
    init(_ declared: [ColumnPath: FieldUnit], of snapshot: Snapshot, state: StateMapping? = nil) {
        // An order that no hash decides.
        self.declared = declared.sorted { $0.key.encoded.lexicographicallyPrecedes($1.key.encoded) }
            .map { ($0.key.keys, $0.value) }
        self.snapshot = snapshot
        if let state { parents += state.objects.map(\.keys) }
    }

    /// What the numbers of a field count; nil when nobody knows.
    func unit(of field: BoundField) throws(StoreError) -> (unit: FieldUnit, origin: Origin)? {
        let paths = field.paths.map(\.keys)
        if let found = declared.first(where: { paths.contains($0.path) })
            ?? declared.first(where: { known in paths.contains { Self.isEnd($0, of: known.path) } })
            ?? declared.first(where: { known in paths.contains { Self.isEnd(known.path, of: $0) } })
        {
            return (found.unit, .settings)
        }
        if field.canonical == .duration { return (.duration(nanoseconds: 1), .name) }
        if let unit = field.paths.last?.keys.last.flatMap({ FieldUnit(endOf: $0) }) { return (unit, .name) }
        for path in places(of: field) {
            if let unit = try snapshot?.store.recordedUnit(of: path) { return (unit, .data) }
        }
        return nil
    }

    private static func isEnd(_ end: [String], of path: [String]) -> Bool { path.suffix(end.count).elementsEqual(end) }

    private func places(of field: BoundField) -> [ColumnPath] {
        parents.flatMap { parent in field.paths.map { ColumnPath(keys: parent + $0.keys) } }
    }

    /// The same, and when nobody knows, what the data tell: numbers none of which is above 1 are fractions, others are
    /// percent. That is recorded, so that it never changes. Nil when there are no numbers.
    func share(of field: BoundField) throws(StoreError) -> (unit: FieldUnit, origin: Origin)? {
        if let known = try unit(of: field) { return known }
        guard let snapshot else { return nil }
        for path in places(of: field) {
            guard let areFractions = try Self.areFractions(path, in: snapshot) else { continue }
            return (try snapshot.store.record(areFractions ? .fraction : .percent, of: path), .data)
        }
        return nil
    }

    /// Whether no number of a path is above 1, by the statistics of all zones; nil when it has no numbers.
    private static func areFractions(_ path: ColumnPath, in snapshot: Snapshot) throws(StoreError) -> Bool? {
        var found = false
        func look(_ reader: SegmentReader) throws(SegmentError) -> Bool {
            for column in try reader.columns(at: path) where column.type.isNumber {
                found = true
                guard let zones = try column.statistics()?.zones, zones.allSatisfy({ !$0.bounds.areAboveOne }) else {
                    return false
                }
            }
            return true
        }
        for entry in snapshot.state.orderedSegments {
            let reader = try snapshot.open(entry)
            do throws(SegmentError) {
                if try !look(reader) { return false }
            } catch {
                throw .segment(path: snapshot.path(entry), error)
            }
        }
        for log in snapshot.logs {
            for reader in try LogSegments.read(log, in: snapshot) {
                do throws(SegmentError) {
                    if try !look(reader) { return false }
                } catch {
                    throw .segment(path: snapshot.store.paths.log(log.id), error)
                }
            }
        }
        return found ? true : nil
    }
}

extension ColumnStatistics.Bounds {
    /// Whether a value may be above 1.
    fileprivate var areAboveOne: Bool {
        switch self {
        case .signed(let range): range.upperBound > 1
        case .unsigned(let range): range.upperBound > 1
        case .double(let range, _): range.map { $0.upperBound > 1 } ?? false
        case .none, .text: true
        }
    }
}
