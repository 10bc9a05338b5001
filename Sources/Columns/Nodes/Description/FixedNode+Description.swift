extension FixedNode {
    /// The node in one line: what it is, then what it is made from.
    public func description(_ describer: NodeDescriber) -> String {
        switch self {
        case .raw(let bytes):
            return "raw" + describer.codec(bytes)
        case .sharedDictionary(let resource, let codes):
            return "dictionary\(describer.entries(of: resource)) <- \(codes.description(describer))"
        case .equal(let source, let links):
            return "equal \(describer.columnName(source))" + describer.rest(links) { $0.description(describer) }
        case .grouped(let source, let child):
            return "grouped by \(describer.columnName(source)) <- \(child.description(describer))"
        }
    }
}
