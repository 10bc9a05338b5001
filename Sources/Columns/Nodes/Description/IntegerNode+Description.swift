extension IntegerNode {
    /// The node in one line: what it is, then what it is made from.
    public func description(_ describer: NodeDescriber) -> String {
        func text(_ node: IntegerNode) -> String { node.description(describer) }
        switch self {
        case .constant(let value):
            return describer.showsFigures ? "constant \(Int64(bitPattern: value))" : "constant"
        case .sequence(_, let step):
            return describer.showsFigures ? "sequence by \(Int64(bitPattern: step))" : "sequence"
        case .packed(_, let width, let bits):
            return "packed" + (describer.showsFigures ? " \(width) bit" : "") + describer.codec(bits)
        case .patched(_, _, _, let child):
            return "patched(\(text(child)))"
        case .delta(_, let child):
            return "delta <- \(text(child))"
        case .anchoredDelta(_, _, _, let child):
            return "delta with anchors <- \(text(child))"
        case .runs(let count, let values, let lengths):
            return "runs\(describer.figure(count)) (values: \(text(values)), lengths: \(text(lengths)))"
        case .dictionary(let count, let entries, let codes):
            return "page dictionary\(describer.figure(count)) (\(text(entries))) <- \(text(codes))"
        case .planes(_, let planes):
            return "planes" + describer.figure(planes.count) + describer.codecs(planes)
        case .split(let divisor, let quotients, let remainders):
            let by = describer.showsFigures ? " \(divisor)" : ""
            return "split\(by) (quotients: \(text(quotients)), remainders: \(text(remainders)))"
        case .recency(_, let child):
            return "recency <- \(text(child))"
        case .trend(let step, let child):
            return "trend" + (describer.showsFigures ? " \(Int64(bitPattern: step))" : "") + " <- \(text(child))"
        case .equal(let source, let offset, let links):
            let distance = Int64(bitPattern: offset)
            let sign = distance < 0 ? " - \(distance.magnitude)" : distance > 0 ? " + \(distance)" : ""
            return "equal \(describer.columnName(source))\(sign)" + describer.rest(links, text)
        case .mapped(let source, let resource, let links):
            return "mapped\(describer.entries(of: resource)) from \(describer.columnName(source))"
                + describer.rest(links, text)
        case .sharedDictionary(let resource, let codes):
            return "dictionary\(describer.entries(of: resource)) <- \(text(codes))"
        case .grouped(let source, let child):
            return "grouped by \(describer.columnName(source)) <- \(text(child))"
        }
    }
}

extension NodeDescriber {
    /// The codecs of several buffers: one name where all have the same.
    fileprivate func codecs(_ buffers: [StoredBuffer]) -> String {
        let names = buffers.map { codec($0).isEmpty ? " as is" : codec($0) }
        guard let first = names.first, names.contains(where: { $0 != first }) else {
            return names.first.map { $0 == " as is" ? "" : $0 } ?? ""
        }
        return " (" + names.map { $0.dropFirst() }.joined(separator: ", ") + ")"
    }
}
