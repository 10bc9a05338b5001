/// JSON read and written again in the plainest way: what the fast path is checked against.
indirect enum ReferenceJSON {
    /// Members in the order in which they came.
    case object([(key: [UInt8], value: ReferenceJSON)])
    case array([ReferenceJSON])
    case string([UInt8])
    /// A number, true, false or null, as it came.
    case literal([UInt8])

    struct Fault: Error {}

    /// Reads one document; nil for white space only.
    static func parse(_ line: [UInt8]) throws -> ReferenceJSON? {
        guard String(validating: line, as: UTF8.self) != nil else { throw Fault() }
        var parser = ReferenceParser(bytes: line)
        parser.skipSpace()
        guard parser.position < line.count else { return nil }
        let value = try parser.value(depth: 1)
        parser.skipSpace()
        guard parser.position == line.count else { throw Fault() }
        return value
    }

    /// The event as the renderer must show it: keys sorted at every level, the last of several equal keys.
    var event: [UInt8] {
        guard case .object(let members) = self else { return compact }
        var kept: [(key: [UInt8], value: ReferenceJSON)] = []
        for member in members {
            kept.removeAll { $0.key == member.key }
            kept.append(member)
        }
        kept.sort { $0.key.lexicographicallyPrecedes($1.key) }
        let texts = kept.map { Self.quoted($0.key) + [0x3A] + $0.value.event }
        return [0x7B] + texts.joined(separator: [0x2C]) + [0x7D]
    }

    /// The value without white space, nothing else changed.
    private var compact: [UInt8] {
        switch self {
        case .object(let members):
            [0x7B] + members.map { Self.quoted($0.key) + [0x3A] + $0.value.compact }.joined(separator: [0x2C]) + [0x7D]
        case .array(let values): [0x5B] + values.map(\.compact).joined(separator: [0x2C]) + [0x5D]
        case .string(let text): Self.quoted(text)
        case .literal(let text): text
        }
    }

    private static func quoted(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = [0x22]
        for byte in text {
            switch byte {
            case 0x22: result += "\\\"".utf8
            case 0x5C: result += "\\\\".utf8
            case 8: result += "\\b".utf8
            case 9: result += "\\t".utf8
            case 10: result += "\\n".utf8
            case 12: result += "\\f".utf8
            case 13: result += "\\r".utf8
            case 0..<16: result += "\\u000\(String(byte, radix: 16))".utf8
            case 16..<32: result += "\\u00\(String(byte, radix: 16))".utf8
            default: result.append(byte)
            }
        }
        return result + [0x22]
    }
}

private struct ReferenceParser {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func skipSpace() {
        while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) throws {
        guard take(byte) else { throw ReferenceJSON.Fault() }
    }

    mutating func value(depth: Int) throws -> ReferenceJSON {
        switch next {
        case 0x7B: return try object(depth: depth)
        case 0x5B: return try array(depth: depth)
        case 0x22: return .string(try string())
        default:
            let start = position
            while let byte = next, ![0x20, 0x09, 0x0A, 0x0D, 0x2C, 0x7D, 0x5D].contains(byte) { position += 1 }
            let text = Array(bytes[start..<position])
            guard ["true", "false", "null"].contains(String(decoding: text, as: UTF8.self)) || Self.isNumber(text)
            else { throw ReferenceJSON.Fault() }
            return .literal(text)
        }
    }

    private static func isNumber(_ text: [UInt8]) -> Bool {
        String(decoding: text, as: UTF8.self).wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+\-]?[0-9]+)?/) != nil
    }

    private mutating func object(depth: Int) throws -> ReferenceJSON {
        guard depth <= 1000 else { throw ReferenceJSON.Fault() }
        try expect(0x7B)
        skipSpace()
        if take(0x7D) { return .object([]) }
        var members: [(key: [UInt8], value: ReferenceJSON)] = []
        repeat {
            skipSpace()
            let key = try string()
            skipSpace()
            try expect(0x3A)
            skipSpace()
            members.append((key, try value(depth: depth + 1)))
            skipSpace()
        } while take(0x2C)
        try expect(0x7D)
        return .object(members)
    }

    private mutating func array(depth: Int) throws -> ReferenceJSON {
        guard depth <= 1000 else { throw ReferenceJSON.Fault() }
        try expect(0x5B)
        skipSpace()
        if take(0x5D) { return .array([]) }
        var values: [ReferenceJSON] = []
        repeat {
            skipSpace()
            values.append(try value(depth: depth + 1))
            skipSpace()
        } while take(0x2C)
        try expect(0x5D)
        return .array(values)
    }

    private mutating func string() throws -> [UInt8] {
        try expect(0x22)
        var text: [UInt8] = []
        while true {
            guard let byte = next, byte >= 0x20 else { throw ReferenceJSON.Fault() }
            position += 1
            if byte == 0x22 { return text }
            guard byte == 0x5C else {
                text.append(byte)
                continue
            }
            guard let letter = next else { throw ReferenceJSON.Fault() }
            position += 1
            switch letter {
            case 0x22, 0x5C, 0x2F: text.append(letter)
            case 0x62: text.append(8)
            case 0x66: text.append(12)
            case 0x6E: text.append(10)
            case 0x72: text.append(13)
            case 0x74: text.append(9)
            case 0x75: text += try escapedScalar()
            default: throw ReferenceJSON.Fault()
            }
        }
    }

    private mutating func escapedScalar() throws -> [UInt8] {
        var units = [try unit()]
        if UTF16.isLeadSurrogate(units[0]) {
            try expect(0x5C)
            try expect(0x75)
            units.append(try unit())
        }
        guard let text = String(validating: units, as: UTF16.self) else { throw ReferenceJSON.Fault() }
        return Array(text.utf8)
    }

    private mutating func unit() throws -> UInt16 {
        guard position + 4 <= bytes.count else { throw ReferenceJSON.Fault() }
        let digits = bytes[position..<position + 4]
        guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { throw ReferenceJSON.Fault() }
        position += 4
        return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)!
    }
}
