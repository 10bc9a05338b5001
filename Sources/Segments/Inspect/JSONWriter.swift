/// Builds one line of JSON, members in the order in which they are added.
struct JSONWriter {
    private(set) var text = ""
    private var isFirst = true

    mutating func object(_ name: String? = nil, _ body: (inout JSONWriter) -> Void) { nest(name, "{", "}", body) }

    mutating func array(_ name: String? = nil, _ body: (inout JSONWriter) -> Void) { nest(name, "[", "]", body) }

    mutating func member(_ name: String, _ value: String) { add(name, Self.quoted(value)) }

    mutating func member(_ name: String, _ value: some BinaryInteger) { add(name, String(value)) }

    mutating func member(_ name: String, _ value: Bool) { add(name, value ? "true" : "false") }

    /// Adds a number that is text already, or null for one that does not exist.
    mutating func member(_ name: String, number: String?) { add(name, number ?? "null") }

    private mutating func nest(
        _ name: String?, _ opening: String, _ closing: String, _ body: (inout JSONWriter) -> Void
    ) {
        add(name, opening)
        isFirst = true
        body(&self)
        isFirst = false
        text += closing
    }

    private mutating func add(_ name: String?, _ value: String) {
        if !isFirst { text += "," }
        isFirst = false
        if let name { text += Self.quoted(name) + ":" }
        text += value
    }

    static func quoted(_ string: String) -> String {
        var quoted = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
