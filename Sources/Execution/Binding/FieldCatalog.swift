import Bytes
import Columns
import Segments
import Storage
import TimeQL

/// The fields that some segments have, and which of them a query means.
struct FieldCatalog {
    /// Those of events; what the store has added has no name.
    private var paths: Set<ColumnPath> = []
    /// Of all fields, those that the store has added, too.
    private var types: [ColumnPath: Set<ColumnType>] = [:]
    /// The fields of events of any time. What only those have is no mistake: nothing has it here.
    var ofAnyTime: (@Sendable () throws(StoreError) -> FieldCatalog)?

    mutating func add(_ reader: SegmentReader) throws(SegmentError) {
        for column in try reader.allColumns() where !column.type.isSystem { add(column.path, column.type) }
    }

    mutating func add(_ path: ColumnPath, _ type: ColumnType) {
        types[path, default: []].insert(type)
        if StorePath.original(path) == path { paths.insert(path) }
    }

    /// Takes over the fields of other segments.
    mutating func add(_ other: FieldCatalog) {
        paths.formUnion(other.paths)
        types.merge(other.types) { $0.union($1) }
    }

    /// Every field whose path ends with a key.
    func fields(withLastKey key: String) -> [BoundField] {
        sorted { $0.keys.last == key }.map { BoundField([$0]) }
    }

    /// Every field whose values can be compared between two times; ids and times are only themselves.
    var comparableFields: [BoundField] {
        let unique: Set<CanonicalField> = [.timestamp, .eventId, .traceId, .spanId, .parentSpanId, .causedBy]
        let canonical = CanonicalField.allCases.filter { !unique.contains($0) }
            .map { $0 == .message ? .messagePattern : BoundField($0) }
        let known = Set(CanonicalField.allCases.map(\.path))
        let others = sorted { !known.contains($0) }
        return canonical.filter { !types(of: $0).isEmpty }
            + others.map { BoundField([$0]) }
    }

    /// What fields are called in queries: the canonical ones that there are, and the whole paths of the others.
    var names: [String] {
        let canonical = CanonicalField.allCases.filter { !types(of: BoundField($0)).isEmpty }.map(\.rawValue)
        return Set(canonical + paths.map { $0.keys.joined(separator: ".") }).sorted()
    }

    /// In an order that no hash decides.
    private func sorted(where isWanted: (ColumnPath) -> Bool) -> [ColumnPath] {
        paths.filter(isWanted).sorted { $0.encoded.lexicographicallyPrecedes($1.encoded) }
    }

    /// The types of the values that a field has.
    func types(of field: BoundField) -> Set<ColumnType> {
        field.paths.reduce(into: []) { $0.formUnion(types[$1] ?? []) }
    }

    /// The field that a query names, which some event of any time has.
    func resolve(_ reference: FieldReference) throws(ExecutionError) -> BoundField {
        do {
            if let field = try find(reference) { return field }
            guard let all = try ofAnyTime?() else { throw unknown(reference) }
            if let field = try all.find(reference) { return field }
            throw all.unknown(reference)
        } catch {
            throw ExecutionError(error)
        }
    }

    /// The field of these that a query names: canonical, by its whole path, or by an end that only one path has.
    func find(_ reference: FieldReference) throws(QueryError) -> BoundField? {
        if reference.keys.count == 1, !reference.areQuoted[0],
            let field = CanonicalField(rawValue: reference.keys[0])
        {
            return BoundField(field)
        }
        // What a path ends with is looked at first: to take it apart costs more.
        let last = (reference.keys.last ?? "").utf8
        let ends = paths.filter { $0.encoded.hasSuffix(last) && Self.isEnd(reference, of: $0.keys) }
        let whole = ends.filter { Self.isWhole(reference, $0.keys) }
        // Of two paths that are written alike, that which is nested comes first.
        let found = Array(whole.isEmpty ? ends : whole).sorted { $0.keys.count > $1.keys.count }
        if found.count == 1 || !whole.isEmpty {
            return BoundField(found)
        }
        guard !found.isEmpty else { return nil }
        let names = found.map { $0.keys.joined(separator: ".") }.sorted()
        throw QueryError(
            .name, "'\(reference.text)' may be each of \(names.joined(separator: ", "))", at: reference.range,
            hint: "write the whole path of the one that is meant")
    }

    private func unknown(_ reference: FieldReference) -> QueryError {
        let fields = paths.map(\.keys).flatMap { [$0.joined(separator: "."), $0.last ?? ""] }
        let names = fields + CanonicalField.allCases.map(\.rawValue)
        if reference.keys == [PredicateBinder.failureName] {
            return QueryError(
                .meaning, "'\(reference.text)' is no field but a condition", at: reference.range,
                hint: "WHERE \(reference.text), or WHERE NOT \(reference.text)")
        }
        let near = nearestName(to: reference.keys.joined(separator: "."), among: Set(names).sorted())
        return QueryError(
            .name, "no event has a field '\(reference.text)'", at: reference.range,
            hint: near.map { "did you mean \($0)?" })
    }

    // A key without quotes may be several of the query's, with their points.

    private static func isWhole(_ reference: FieldReference, _ keys: [String]) -> Bool {
        matches(reference.keys[...], reference.areQuoted[...], keys[...])
    }

    private static func isEnd(_ reference: FieldReference, of keys: [String]) -> Bool {
        keys.indices.contains { matches(reference.keys[...], reference.areQuoted[...], keys[$0...]) }
    }

    private static func matches(
        _ wanted: ArraySlice<String>, _ areQuoted: ArraySlice<Bool>, _ keys: ArraySlice<String>
    ) -> Bool {
        guard let key = keys.first else { return wanted.isEmpty }
        var text = ""
        for index in wanted.indices {
            if index > wanted.startIndex {
                if areQuoted[index] || areQuoted[index - 1] { break }
                text += "."
            }
            text += wanted[index]
            if text == key, matches(wanted[(index + 1)...], areQuoted[(index + 1)...], keys.dropFirst()) { return true }
        }
        return false
    }
}

extension [UInt8] {
    fileprivate func hasSuffix(_ end: String.UTF8View) -> Bool { suffix(end.count).elementsEqual(end) }
}
