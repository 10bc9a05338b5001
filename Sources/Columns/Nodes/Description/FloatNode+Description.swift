extension FloatNode {
    /// The node in one line: what it is, then what it is made from.
    public func description(_ describer: NodeDescriber) -> String {
        func text(_ node: IntegerNode) -> String { node.description(describer) }
        func exceptions(_ exceptions: FloatExceptions) -> String {
            describer.showsFigures && exceptions.count > 0 ? ", \(exceptions.count) exceptions" : ""
        }
        switch self {
        case .bits(let node):
            return "bits <- \(text(node))"
        case .scaled(let scale, let digits, let others):
            let name = scale.base == .ten ? "decimal" : "binary"
            return "\(name) e\(scale.exponent) <- \(text(digits))" + exceptions(others)
        case .splitBits(let rightWidth, _, _, let codes, let rightParts, let others):
            return "split bits\(describer.figure(rightWidth)) (left: \(text(codes)), right: \(text(rightParts)))"
                + exceptions(others)
        case .grouped(let source, let child):
            return "grouped by \(describer.columnName(source)) <- \(child.description(describer))"
        }
    }
}
