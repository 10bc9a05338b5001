import Columns
import Segments
import Storage

/// Finds out which fields of some conditions no event has, and what was perhaps meant.
struct FieldNames {
    private let filter: ForgetFilter
    /// By the name that a condition gives; without those that are there.
    private(set) var unknown: [String: Set<String>]

    init(_ filter: ForgetFilter) {
        self.filter = filter
        unknown = [:]
        for case .field(let name, _) in filter.conditions { unknown[name] = [] }
    }

    mutating func look(in reader: SegmentReader) throws(SegmentError) {
        guard !unknown.isEmpty else { return }
        for column in try reader.allColumns() where !column.type.isSystem {
            for case .field(let name, let value) in filter.conditions where unknown[name] != nil {
                if case .none = ForgetCondition.field(name: name, value).role(of: column.key) {
                    guard let path = StorePath.original(column.path) else { continue }
                    let joined = path.keys.joined(separator: ".")
                    if joined.hasSuffix("." + name) { unknown[name]?.insert(joined) }
                } else {
                    unknown[name] = nil
                }
            }
        }
    }
}
