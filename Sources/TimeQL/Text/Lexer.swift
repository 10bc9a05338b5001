import Bytes

/// Cuts the text of a query into tokens, one at a time: what a token is may depend on where the parser is.
struct Lexer {
    /// The longest query, in bytes.
    static let byteLimit = 1 << 20

    let bytes: [UInt8]
    var position = 0

    init(_ text: String) throws(QueryError) {
        bytes = Array(text.utf8)
        guard bytes.count <= Self.byteLimit else {
            throw QueryError(
                .limit, "the query has \(bytes.count) bytes; at most \(Self.byteLimit) are taken", at: SourceRange(0, 0)
            )
        }
    }

    mutating func next() throws(QueryError) -> Token {
        try skipBlanksAndComments()
        let start = position
        guard let first = byte() else { return Token(kind: .end, range: SourceRange(start, start)) }
        let kind: Token.Kind
        if isWordStart(first) {
            skipWord()
            kind = .word
        } else if Byte.isDigit(first) || (first == UInt8(ascii: ".") && byte(1).map(Byte.isDigit) == true) {
            skipNumber()
            kind = .number
        } else {
            kind = try marked(first)
        }
        return Token(kind: kind, range: SourceRange(start, position))
    }

    /// An id as it stands, which may begin with a digit and hold marks that separate elsewhere.
    mutating func nextIdentifier() throws(QueryError) -> SourceRange? {
        try skipBlanksAndComments()
        let start = position
        while let next = byte(), isWordPart(next) || ":/.-#".utf8.contains(next) { position += 1 }
        return start < position ? SourceRange(start, position) : nil
    }

    func string(_ range: SourceRange) -> String { String(decoding: bytes[range.start..<range.end], as: UTF8.self) }

    private func byte(_ distance: Int = 0) -> UInt8? {
        position + distance < bytes.count ? bytes[position + distance] : nil
    }

    private mutating func skipBlanksAndComments() throws(QueryError) {
        while let next = byte() {
            if Byte.isWhite(next) {
                position += 1
            } else if next == Byte.dash, byte(1) == Byte.dash {
                while let next = byte(), next != Byte.lineFeed { position += 1 }
            } else if next == UInt8(ascii: "/"), byte(1) == UInt8(ascii: "*") {
                let start = position
                position += 2
                while byte() != UInt8(ascii: "*") || byte(1) != UInt8(ascii: "/") {
                    guard byte() != nil else {
                        throw QueryError(.syntax, "this comment is not closed", at: SourceRange(start, start + 2))
                    }
                    position += 1
                }
                position += 2
            } else {
                return
            }
        }
    }

    private func isWordStart(_ byte: UInt8) -> Bool {
        Byte.isLetter(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "@") || byte >= 0x80
    }

    private func isWordPart(_ byte: UInt8) -> Bool { isWordStart(byte) || Byte.isDigit(byte) }

    /// A point or a dash belongs to a word when it stands between two of its parts.
    private mutating func skipWord() {
        while let next = byte() {
            if isWordPart(next) {
                position += 1
            } else if next == UInt8(ascii: ".") || next == Byte.dash, let after = byte(1), isWordPart(after) {
                position += 2
            } else {
                return
            }
        }
    }

    /// Digits, a fraction, an exponent, and the letters of a unit.
    private mutating func skipNumber() {
        skipDigits()
        if byte() == UInt8(ascii: "."), byte(1).map(Byte.isDigit) == true {
            position += 1
            skipDigits()
        }
        if byte().map({ $0 | 0x20 }) == UInt8(ascii: "e") {
            let hasSign = byte(1) == UInt8(ascii: "+") || byte(1) == Byte.dash
            if byte(hasSign ? 2 : 1).map(Byte.isDigit) == true {
                position += hasSign ? 2 : 1
                skipDigits()
            }
        }
        if byte() == UInt8(ascii: "%") {
            position += 1
        } else {
            while let next = byte(), isWordPart(next) { position += 1 }
        }
    }

    private mutating func skipDigits() { while let next = byte(), Byte.isDigit(next) { position += 1 } }

    private mutating func marked(_ first: UInt8) throws(QueryError) -> Token.Kind {
        switch first {
        case UInt8(ascii: "'"):
            try skipQuoted(first, "text")
            return .text
        case Byte.quote, UInt8(ascii: "`"):
            try skipQuoted(first, "name")
            return .quotedName
        case UInt8(ascii: "$"):
            position += 1
            while let next = byte(), isWordPart(next) { position += 1 }
            return .parameter
        default:
            for mark in Token.Mark.allCases where bytes[position...].starts(with: mark.rawValue.utf8) {
                position += mark.rawValue.utf8.count
                return .mark(mark)
            }
            throw QueryError(
                .syntax, "'\(Character(Unicode.Scalar(first)))' means nothing here",
                at: SourceRange(position, position + 1))
        }
    }

    /// A quote in the text is written twice.
    private mutating func skipQuoted(_ quote: UInt8, _ what: String) throws(QueryError) {
        let start = position
        position += 1
        while let next = byte() {
            position += 1
            guard next == quote else { continue }
            guard byte() == quote else { return }
            position += 1
        }
        throw QueryError(.syntax, "this \(what) is not closed by another quote", at: SourceRange(start, start + 1))
    }
}
