import Bytes
import Columns

/// What a stretch of bytes means, from its first byte on.
struct HexLines {
    struct Line {
        var byteCount: Int
        var meaning: String
        var depth: Int
        /// When not everything is shown, the end of these bytes is left out first.
        var isBulk = false
    }

    private(set) var lines: [Line] = []
    private var depth = 0

    var byteCount: Int { lines.reduce(0) { $0 + $1.byteCount } }

    mutating func add(_ byteCount: Int, _ meaning: String, isBulk: Bool = false) {
        guard byteCount > 0 else { return }
        lines.append(Line(byteCount: byteCount, meaning: meaning, depth: depth, isBulk: isBulk))
    }

    mutating func append(_ other: HexLines) { lines += other.lines }

    /// A line without bytes, above those that are added by `body`.
    mutating func group(_ title: String, _ body: (inout HexLines) -> Void) {
        lines.append(Line(byteCount: 0, meaning: title, depth: depth))
        nested(body)
    }

    private mutating func nested(_ body: (inout HexLines) -> Void) {
        depth += 1
        body(&self)
        depth -= 1
    }

    /// Adds the parts of nodes: fields that follow one another on one line, each node below what it is a part of.
    mutating func add(_ parts: [NodeOutline.Part]) { add(parts, after: 0, title: "", isNested: false) }

    private mutating func add(
        _ parts: [NodeOutline.Part], after headByteCount: Int, title: String, isNested: Bool = true
    ) {
        var byteCount = headByteCount
        var fields: [String] = []
        var title = title
        func meaning() -> String {
            title + (title.isEmpty || fields.isEmpty ? "" : ": ") + fields.joined(separator: ", ")
        }
        for part in parts {
            if case .field(let name, let value, let fieldByteCount) = part {
                // Long fields, such as a prefix, stand by themselves.
                if byteCount > 0, byteCount + fieldByteCount > Self.fieldLimit {
                    add(byteCount, meaning())
                    (byteCount, fields, title) = (0, [], "")
                }
                byteCount += fieldByteCount
                fields.append("\(name) \(value)")
                continue
            }
            add(byteCount, meaning())
            (byteCount, fields, title) = (0, [], "")
            if isNested { nested { $0.add(part) } } else { add(part) }
        }
        add(byteCount, meaning())
    }

    private mutating func add(_ part: NodeOutline.Part) {
        switch part {
        case .field: break
        case .node(let name, let node):
            let count = "\(node.valueCount) value\(node.valueCount == 1 ? "" : "s")"
            add(node.parts, after: 1, title: "\(name): \(node.name), \(count)")
        case .buffer(let name, let buffer): add(name, buffer)
        }
    }

    private static let fieldLimit = 24

    private mutating func add(_ name: String, _ buffer: StoredBuffer) {
        let head = buffer.byteCount - buffer.stored.count
        let text = "\(name): \(buffer.headText)"
        if buffer.byteCount <= 16 { return add(buffer.byteCount, text) }
        add(head, text)
        nested { $0.add(buffer.stored.count, "stored bytes", isBulk: true) }
    }
}

extension StoredBuffer {
    /// What the bytes before the stored ones say.
    var headText: String {
        switch codec {
        case .none: "as is, \(rawByteCount) byte\(rawByteCount == 1 ? "" : "s")"
        case .lz4: "LZ4, \(stored.count) bytes for \(rawByteCount)"
        case .zstd: "Zstd, \(stored.count) bytes for \(rawByteCount)"
        case .zstdWithDictionary: "Zstd with the dictionary \(resource), \(stored.count) bytes for \(rawByteCount)"
        }
    }
}
