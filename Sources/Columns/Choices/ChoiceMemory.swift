/// What was chosen for earlier values at the same place of a column's pages: most pages of a column choose alike, and
/// choosing takes longer than writing.
///
/// It depends on nothing but the values before, so that the same values still give the same bytes.
package final class ChoiceMemory {
    /// Places inside of a page or of a node that choose for themselves.
    package enum Part: Int, CaseIterable {
        case rows, values, forms, rest, entries, table, exceptions
        case differences, distances, quotients, remainders, codes, runValues, runLengths, digits
    }

    var integers = RememberedChoice<IntegerChoice>()
    var scale = RememberedChoice<FloatScale>()
    var strings = RememberedChoice<StringChoice.Way>()
    private var parts: [ChoiceMemory?] = []

    package init() {}

    package subscript(part: Part) -> ChoiceMemory {
        if parts.isEmpty { parts = [ChoiceMemory?](repeating: nil, count: Part.allCases.count) }
        if let memory = parts[part.rawValue] { return memory }
        let memory = ChoiceMemory()
        parts[part.rawValue] = memory
        return memory
    }
}
