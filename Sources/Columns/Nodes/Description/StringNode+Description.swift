extension StringNode {
    /// The node in one line: what it is, then what it is made from.
    public func description(_ describer: NodeDescriber) -> String {
        func text(_ node: StringNode) -> String { node.description(describer) }
        func text(_ node: IntegerNode) -> String { node.description(describer) }
        switch self {
        case .constant(let value):
            return "constant" + (describer.showsFigures ? " \(NodeDescriber.quoted(value))" : "")
        case .plain(let lengths, let bytes):
            return "plain\(describer.codec(bytes)) (lengths: \(text(lengths)))"
        case .sharedDictionary(let resource, let codes):
            return "dictionary\(describer.entries(of: resource)) <- \(text(codes))"
        case .dictionary(let count, let entries, let codes):
            return "page dictionary\(describer.figure(count)) (\(text(entries))) <- \(text(codes))"
        case .symbols(let table, let encodedLengths, _, let encoded):
            return table.description(describer) + describer.codec(encoded) + " (lengths: \(text(encodedLengths)))"
        case .frontCoded(let prefixLengths, let suffixes):
            return "front coded (prefixes: \(text(prefixLengths))) <- \(text(suffixes))"
        case .affix(let prefix, let suffix, let child):
            let after = suffix.isEmpty ? "" : " … \(NodeDescriber.quoted(suffix))"
            return "affix \(NodeDescriber.quoted(prefix))\(after) \(text(child))"
        case .exceptions(let count, _, let values, let child):
            return "\(text(child)), exceptions\(describer.figure(count)) <- \(text(values))"
        case .integerText(let digits, let values):
            return "integer" + (digits > 0 ? " of \(digits) digits" : "") + " <- \(text(values))"
        case .fixedPointText(let decimals, let values):
            return "fixed point e\(decimals) <- \(text(values))"
        case .hexText(_, let byteCount, let bytes):
            return "hex of \(byteCount) bytes" + describer.codec(bytes)
        case .uuidText(_, let bytes):
            return "uuid" + describer.codec(bytes)
        case .ipv4Text(let addresses):
            return "ipv4 <- \(text(addresses))"
        case .timestampText(let nanoseconds, let forms):
            return "timestamp <- \(text(nanoseconds)), forms: \(text(forms))"
        case .hexNumberText(_, let digits, let values):
            return "hex number of \(digits) digits <- \(text(values))"
        case .template(let resource, let codes, let streams):
            let templates = "template\(describer.entries(of: resource)) (\(text(codes)))"
            // What is in the slots differs from page to page and does not make another kind of encoding.
            guard describer.showsFigures else { return templates }
            let list = streams.map { text($0.node) }.joined(separator: ", ")
            return "\(templates) -> \(streams.count) streams: \(list)"
        case .equal(let source, let links):
            return "equal \(describer.columnName(source))" + describer.rest(links, text)
        case .fixedLength(let byteCount, let bytes):
            return "fixed length \(byteCount)" + describer.codec(bytes)
        case .grouped(let source, let child):
            return "grouped by \(describer.columnName(source)) <- \(text(child))"
        }
    }
}

extension StringNode.SymbolTableReference {
    fileprivate func description(_ describer: NodeDescriber) -> String {
        switch self {
        case .resource: "symbols"
        case .inline(let table): "own symbols\(describer.figure(table.symbols.count))"
        }
    }
}
