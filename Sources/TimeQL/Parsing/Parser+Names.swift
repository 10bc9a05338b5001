/// Fields, ids and the names that answers give.
extension Parser {
    mutating func field() throws(QueryError) -> FieldReference {
        note("a field")
        var keys: [String] = []
        var areQuoted: [Bool] = []
        let start = try peek().range
        repeat {
            let token = try peek()
            switch token.kind {
            case .word:
                let parts = string(token.range).split(separator: ".").map(String.init)
                keys += parts
                areQuoted += parts.map { _ in false }
            case .quotedName:
                keys.append(unquoted(token.range))
                areQuoted.append(true)
            default:
                throw try unexpected()
            }
            try take()
            note("a field")
        } while try acceptPointBehind()
        return FieldReference(keys: keys, areQuoted: areQuoted, range: start.through(lastRange))
    }

    /// A point that joins two keys stands right between them.
    private mutating func acceptPointBehind() throws(QueryError) -> Bool {
        let end = lastRange.end
        guard try peek().kind == .mark(.point), try peek().range.start == end else { return false }
        try take()
        return true
    }

    /// An id, in quotes or as it is.
    mutating func identifier() throws(QueryError) -> Identifier {
        note("an id")
        let token = try peek()
        if token.kind == .text || token.kind == .quotedName {
            try take()
            return Identifier(text: unquoted(token.range), range: token.range)
        }
        let saved = self
        rewind()
        guard let range = try lexer.nextIdentifier() else {
            self = saved
            throw try unexpected()
        }
        took(range)
        return Identifier(text: string(range), range: range)
    }

    /// A name that the answer gives to something.
    mutating func name() throws(QueryError) -> String {
        note("a name")
        let token = try peek()
        switch token.kind {
        case .word: break
        case .quotedName:
            try take()
            return unquoted(token.range)
        default: throw try unexpected()
        }
        try take()
        return string(token.range)
    }

    /// What stands between quotes; a quote within is written twice.
    func unquoted(_ range: SourceRange) -> String {
        let quote = lexer.bytes[range.start]
        var bytes: [UInt8] = []
        var index = range.start + 1
        while index < range.end - 1 {
            bytes.append(lexer.bytes[index])
            index += lexer.bytes[index] == quote ? 2 : 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
