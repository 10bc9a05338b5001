extension ColumnPath: CustomStringConvertible {
    /// The path for people: keys joined by dots. A key that holds a dot, comma, quote, backslash or space, or nothing,
    /// is in quotes, with a backslash before quotes and backslashes.
    public var description: String { keys.map(Self.text).joined(separator: ".") }

    private static func text(_ key: String) -> String {
        let isPlain = !key.isEmpty && key.utf8.allSatisfy { $0 > 0x20 && !special.contains($0) }
        if isPlain { return key }
        var text = "\""
        for scalar in key.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { text.unicodeScalars.append("\\") }
            text.unicodeScalars.append(scalar)
        }
        return text + "\""
    }

    private static let special = Array(#".,"\"#.utf8)

    /// Reads a list of paths as people write them, with commas between; nil when a quote is not closed or something
    /// else than a dot or comma follows one.
    public static func list(_ text: String) -> [ColumnPath]? {
        var paths: [ColumnPath] = []
        var keys: [String] = []
        var rest = text.unicodeScalars[...]
        while true {
            guard let key = readKey(&rest) else { return nil }
            keys.append(key)
            let separator = rest.popFirst()
            if separator == "." { continue }
            paths.append(ColumnPath(keys: keys))
            keys = []
            if separator == nil { return paths }
        }
    }

    /// Reads a key up to the dot or comma behind it.
    private static func readKey(_ rest: inout Substring.UnicodeScalarView) -> String? {
        var key = String.UnicodeScalarView()
        guard rest.first == "\"" else {
            while let scalar = rest.first, scalar != ".", scalar != "," { key.append(rest.removeFirst()) }
            return String(key)
        }
        rest.removeFirst()
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\"": return rest.isEmpty || rest.first == "." || rest.first == "," ? String(key) : nil
            case "\\":
                guard let escaped = rest.popFirst() else { return nil }
                key.append(escaped)
            default: key.append(scalar)
            }
        }
        return nil
    }
}
