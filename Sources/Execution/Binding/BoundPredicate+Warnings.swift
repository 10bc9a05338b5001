import Columns

extension BoundPredicate {
    /// Tests that no value can pass, since no event has the field in a type that could: for people.
    func warnings(_ catalog: FieldCatalog) -> [String] {
        switch self {
        case .all(let parts), .any(let parts): return parts.flatMap { $0.warnings(catalog) }
        case .not(let part): return part.warnings(catalog)
        case .constant: return []
        case .test(let field, let test):
            // A canonical field may be one that no event has.
            let types = catalog.types(of: field)
            guard !types.isEmpty, !types.contains(where: test.canPass) else { return [] }
            // What no value at all can pass is told with its unit.
            guard ColumnType.allCases.contains(where: test.canPass) else { return [] }
            let names = Set(types.map(\.kind)).sorted()
            return [
                "'\(field.name)' has only \(names.joined(separator: ", ")) here, so no event passes this test of it"
            ]
        }
    }
}

extension ColumnType {
    /// What values of the type are called.
    fileprivate var kind: String {
        if isText { return "texts" }
        if isNumber { return "numbers" }
        return switch self {
        case .bool: "truths"
        case .null: "nulls"
        case .array: "arrays"
        case .emptyObject: "empty objects"
        default: "bytes"
        }
    }
}
