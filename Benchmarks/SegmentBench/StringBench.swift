import Bytes
import Columns

/// What the chosen encodings of columns of texts take, and how fast they are written, read and searched, beside reading
/// and comparing.
enum StringBench {
    static func run() {
        for count in [65_536, 8192] {
            for profile in [EncodingProfile.hot, .cold] { run(count, profile) }
        }
    }

    private static let heading =
        "  column          bytes/value   stored  encode GB/s  decode GB/s  decode M/s    equal  decode,=  5 of set"
        + "  decode, 5  contains  decode, contains  node"

    private static func run(_ count: Int, _ profile: EncodingProfile) {
        print("strings: \(count) values, \(profile.tier); GB/s are of decoded bytes\n" + heading)
        for column in StringColumns.all(count) {
            let node = StringNode.encoding(column.strings, profile: profile)
            line(column.name, column.strings, part: column.part, node) {
                StringNode.encoding(column.strings, profile: profile)
            }
        }
        for (name, strings) in SymbolBench.columns(count) {
            guard let node = StringNode.symbols(encoding: strings, profile: profile) else { continue }
            line("symbols: " + name, strings, part: "kout", node) {
                StringNode.symbols(encoding: strings, profile: profile)
            }
        }
        let messages = StringColumns.messages(count)
        if let (node, environment) = TemplatePage.encoding(messages, profile: profile) {
            line("templates", messages, part: "cart", node, environment) {
                TemplatePage.encoding(messages, profile: profile)
            }
        }
        print("")
    }

    private static func line<Node>(
        _ name: String, _ strings: StringVector, part: String, _ node: StringNode,
        _ given: (any PageEnvironment)? = nil, encode: () -> Node
    ) {
        let byteCount = strings.bytes.count
        func speed(_ body: () -> Void) -> Double { Measurement.gigabytes(byteCount, body) }
        /// One that stands alone has the budget of one page.
        var environment: any PageEnvironment { given ?? NoEnvironment() }
        func decoded() -> StringVector { try! node.decode(count: strings.count, rows: .identity, in: environment) }
        func matched(_ predicate: StringPredicate) -> Bitmap {
            try! node.matches(predicate, count: strings.count, rows: .identity, in: environment)
        }
        guard decoded() == strings else { fatalError("\(name) does not come back") }
        let encoding = speed { Measurement.keep(encode()) }
        let decoding = speed { Measurement.keep(decoded()) }
        var text = "  " + Table.name(name, 16)
        text += Table.cell(Double(byteCount) / Double(strings.count), 10)
        text += Table.cell(Double(node.byteCount) / Double(strings.count), 10)
        text += Table.cell(encoding, 13) + Table.cell(decoding, 13)
        text += Table.cell(decoding * 1e3 * Double(strings.count) / Double(byteCount), 12, digits: 0)
        let some = Array(strings[strings.count / 2])
        let set = (0..<5).map { Array(strings[($0 * 2 + 1) * strings.count / 10]) }
        for (predicate, widths) in [
            (StringPredicate.equal(some), (9, 10)), (.anyOf(set), (10, 11)), (.contains(Array(part.utf8)), (10, 18)),
        ] {
            guard matched(predicate) == strings.matches(predicate) else { fatalError("\(name): wrong matches") }
            text += Table.cell(speed { Measurement.keep(matched(predicate)) }, widths.0)
            text += Table.cell(speed { Measurement.keep(decoded().matches(predicate)) }, widths.1)
        }
        print(text + "  " + node.outline)
    }
}

extension StringNode {
    /// The kinds of nodes that the node is made of.
    fileprivate var outline: String {
        switch self {
        case .constant: "constant"
        case .plain(_, let bytes): "plain \(bytes.codec)"
        case .fixedLength(let length, let bytes): "fixed length \(length) \(bytes.codec)"
        case .sharedDictionary: "shared dictionary"
        case .dictionary(let count, let entries, _): "dictionary \(count) (\(entries.outline))"
        case .symbols(_, _, _, let bytes): "symbols \(bytes.codec)"
        case .frontCoded(_, let suffixes): "front coded (\(suffixes.outline))"
        case .affix(_, _, let child): "affix (\(child.outline))"
        case .exceptions(let count, _, let values, let child):
            "exceptions \(count) (\(values.outline); \(child.outline))"
        case .integerText: "integer text"
        case .fixedPointText: "fixed-point text"
        case .hexText: "hex text"
        case .uuidText: "uuid text"
        case .ipv4Text: "IPv4 text"
        case .timestampText: "timestamp text"
        case .hexNumberText: "hex number text"
        case .template: "template"
        case .grouped(_, let child): "grouped (\(child.outline))"
        case .equal: "equal"
        }
    }
}
