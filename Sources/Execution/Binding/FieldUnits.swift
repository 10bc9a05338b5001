import Columns
import Ingest
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
    private var pool: ReaderPool?
    /// Where a field's numbers may stand in events: behind each of these paths.
    private var parents: [[String]] = [[]]

    /// Nothing is known but what names tell.
    init() {}

    /// With a mapping, the fields are those of state.
    init(_ declared: [ColumnPath: FieldUnit], of pool: ReaderPool, state: StateMapping? = nil) {
        // An order that no hash decides.
        self.declared = declared.sorted { $0.key.encoded.lexicographicallyPrecedes($1.key.encoded) }
            .map { ($0.key.keys, $0.value) }
        self.pool = pool
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
            if let unit = try pool?.snapshot.store.recordedUnit(of: path) { return (unit, .data) }
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
        guard let pool else { return nil }
        for path in places(of: field) {
            guard let areFractions = try Self.areFractions(path, in: pool) else { continue }
            return (try pool.snapshot.store.record(areFractions ? .fraction : .percent, of: path), .data)
        }
        return nil
    }

    /// Whether no number of a path is above 1; nil when it has no numbers. Statistics tell it of most, the others are read.
    private static func areFractions(_ path: ColumnPath, in pool: ReaderPool) throws(StoreError) -> Bool? {
        var scan = try EventScan(pool, times: .min ... .max, knownAt: .max)
        let field = BoundField([path])
        guard scan.catalog.types(of: field).contains(where: \.isNumber) else { return nil }
        try scan.restrict(to: Condition(.test(field, .number(.greater, .int64(1)))))
        for part in scan.parts where try scan.found(in: part) != nil { return false }
        return true
    }
}
