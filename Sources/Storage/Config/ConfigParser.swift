/// Reads JSON with comments (`//` and `/* */`) and commas behind the last element.
struct ConfigParser {
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    private static let depthLimit = 32

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    static func parse(_ bytes: [UInt8]) throws(ConfigError) -> ConfigValue {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw ConfigError(line: 1, reason: "not UTF-8") }
        var parser = ConfigParser(bytes)
        let value = try parser.value(depth: 0)
        try parser.skipBlanks()
        guard parser.next == nil else { throw parser.error("something follows the last '}'") }
        return value
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func error(_ reason: String) -> ConfigError { ConfigError(line: line, reason: reason) }

    private mutating func advance() {
        if bytes[position] == UInt8(ascii: "\n") { line += 1 }
        position += 1
    }

    private mutating func skipBlanks() throws(ConfigError) {
        while let byte = next {
            if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
                || byte == UInt8(ascii: "\n")
            {
                advance()
            } else if bytes[position...].starts(with: "//".utf8) {
                while let byte = next, byte != UInt8(ascii: "\n") { advance() }
            } else if bytes[position...].starts(with: "/*".utf8) {
                let start = line
                while !bytes[position...].starts(with: "*/".utf8) {
                    guard next != nil else { throw ConfigError(line: start, reason: "this comment is not closed") }
                    advance()
                }
                position += 2
            } else {
                return
            }
        }
    }

    private mutating func take(_ character: Unicode.Scalar) throws(ConfigError) -> Bool {
        try skipBlanks()
        guard next == UInt8(ascii: character) else { return false }
        advance()
        return true
    }

    private mutating func value(depth: Int) throws(ConfigError) -> ConfigValue {
        guard depth < Self.depthLimit else { throw error("nested deeper than \(Self.depthLimit) levels") }
        try skipBlanks()
        let start = line
        switch next {
        case UInt8(ascii: "{"): return ConfigValue(content: try object(depth: depth), line: start)
        case UInt8(ascii: "["): return ConfigValue(content: try array(depth: depth), line: start)
        case UInt8(ascii: "\""): return ConfigValue(content: .string(try string()), line: start)
        case nil: throw error("the file ends where a value must stand")
        default: return ConfigValue(content: try word(), line: start)
        }
    }

    private mutating func object(depth: Int) throws(ConfigError) -> ConfigValue.Content {
        advance()
        var members: [(key: String, line: Int, value: ConfigValue)] = []
        while true {
            if try take("}") { return .object(members) }
            guard next == UInt8(ascii: "\"") else { throw error("expected a key in double quotes, or '}'") }
            let keyLine = line
            let key = try string()
            guard !members.contains(where: { $0.key == key }) else { throw error("'\(key)' is there twice") }
            guard try take(":") else { throw error("expected ':' after \"\(key)\"") }
            members.append((key, keyLine, try value(depth: depth + 1)))
            if try take(",") { continue }
            guard try take("}") else { throw error("expected ',' or '}'") }
            return .object(members)
        }
    }

    private mutating func array(depth: Int) throws(ConfigError) -> ConfigValue.Content {
        advance()
        var elements: [ConfigValue] = []
        while true {
            if try take("]") { return .array(elements) }
            elements.append(try value(depth: depth + 1))
            if try take(",") { continue }
            guard try take("]") else { throw error("expected ',' or ']'") }
            return .array(elements)
        }
    }

    private mutating func string() throws(ConfigError) -> String {
        advance()
        var text: [UInt8] = []
        while let byte = next, byte != UInt8(ascii: "\n") {
            advance()
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += try escape()
            default: text.append(byte)
            }
        }
        throw error("the text is not closed on its line")
    }

    private mutating func escape() throws(ConfigError) -> [UInt8] {
        guard let byte = next else { throw error("the text is not closed on its line") }
        advance()
        switch byte {
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "u"):
            let digits = String(decoding: bytes[position...].prefix(4), as: UTF8.self)
            guard digits.utf8.count == 4, let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code)
            else { throw error("\\u needs four hexadecimal digits of a character") }
            position += 4
            return Array(String(scalar).utf8)
        default: throw error("unknown escape '\\\(Unicode.Scalar(byte))'")
        }
    }

    private mutating func word() throws(ConfigError) -> ConfigValue.Content {
        let start = position
        while let byte = next,
            byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
                || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
        {
            advance()
        }
        let word = String(decoding: bytes[start..<position], as: UTF8.self)
        switch word {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        default:
            guard Double(word) != nil, word.utf8.first.map({ $0 == 45 || $0 >= 48 && $0 <= 57 }) == true else {
                throw error(word.isEmpty ? "expected a value" : "'\(word)' is no value; texts stand in double quotes")
            }
            return .number(word)
        }
    }
}
