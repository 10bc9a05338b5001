/// What the one-line text of a node needs to know beside the node.
public struct NodeDescriber {
    /// Widths, counts and constants are shown; without them pages that are encoded in the same way have the same text.
    public var showsFigures: Bool
    let columnName: (_ ordinal: Int) -> String
    let entryCount: (_ resource: Int) -> Int?

    /// - Parameters:
    ///   - columnName: what to call a column that is a source.
    ///   - entryCount: how many entries a resource of the page's column has, where that is known.
    public init(
        showsFigures: Bool, columnName: @escaping (_ ordinal: Int) -> String,
        entryCount: @escaping (_ resource: Int) -> Int?
    ) {
        self.showsFigures = showsFigures
        self.columnName = columnName
        self.entryCount = entryCount
    }

    func figure(_ number: Int) -> String { showsFigures ? " \(number)" : "" }

    func entries(of resource: Int) -> String { entryCount(resource).map { figure($0) } ?? "" }

    func codec(_ buffer: StoredBuffer) -> String {
        switch buffer.codec {
        case .none: ""
        case .lz4: " lz4"
        case .zstd: " zstd"
        case .zstdWithDictionary: " zstd with dictionary"
        }
    }

    /// What follows a derived node: how its values that do not come from the source are encoded.
    func rest<Node>(_ links: DerivedLinks<Node>, _ describe: (Node) -> String) -> String {
        guard showsFigures, links.restCount > 0 else { return "" }
        return ", rest \(links.restCount) <- \(describe(links.rest))"
    }

    private static let longestText = 24

    /// A string in quotes, its unprintable parts escaped and its end cut off.
    static func quoted(_ bytes: [UInt8]) -> String {
        let text = PrintableText.escaping(String(decoding: bytes.prefix(longestText), as: UTF8.self))
        return "\"\(text)\"" + (bytes.count > longestText ? "…" : "")
    }
}
