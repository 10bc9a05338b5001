import Bytes

/// Reads a query. Each function reads one rule of the grammar in Docs/TimeQL.md and bears its name.
struct Parser {
    /// How deep conditions and patterns may be nested.
    static let depthLimit = 200

    var lexer: Lexer
    private var lookahead: Token?
    /// What would have been understood in place of the next token.
    private var expected: [String] = []
    /// What the mistake is in, for messages.
    var statementName = "a query"
    private(set) var lastRange = SourceRange(0, 0)
    private var isBehindNumber = false
    private var depth = 0

    init(_ text: String) throws(QueryError) { lexer = try Lexer(text) }

    mutating func peek() throws(QueryError) -> Token {
        if let lookahead { return lookahead }
        let token = try lexer.next()
        lookahead = token
        return token
    }

    /// The token behind the next one.
    mutating func peekSecond() throws(QueryError) -> Token {
        _ = try peek()
        var copy = lexer
        return try copy.next()
    }

    @discardableResult
    mutating func take() throws(QueryError) -> Token {
        let token = try peek()
        lookahead = nil
        lastRange = token.range
        isBehindNumber = token.kind == .number
        expected = []
        return token
    }

    func string(_ range: SourceRange) -> String { lexer.string(range) }

    // Words.

    func isWord(_ token: Token, _ keyword: String) -> Bool {
        guard token.kind == .word, token.range.end - token.range.start == keyword.utf8.count else { return false }
        // Keywords are capital letters only.
        return zip(lexer.bytes[token.range.start..<token.range.end], keyword.utf8).allSatisfy { byte, letter in
            byte == letter || (Byte.isLetter(byte) && byte & 0xDF == letter)
        }
    }

    /// Takes all the words when the first of them is next; then the others must follow.
    mutating func accept(_ keywords: String...) throws(QueryError) -> Bool {
        guard isWord(try peek(), keywords[0]) else {
            expected.append(keywords.joined(separator: " "))
            return false
        }
        try take()
        for keyword in keywords.dropFirst() { try expect(keyword) }
        return true
    }

    mutating func expect(_ keyword: String) throws(QueryError) {
        guard try accept(keyword) else { throw try unexpected() }
    }

    mutating func accept(_ mark: Token.Mark) throws(QueryError) -> Bool {
        guard try peek().kind == .mark(mark) else {
            expected.append("'\(mark.rawValue)'")
            return false
        }
        try take()
        return true
    }

    mutating func expect(_ mark: Token.Mark) throws(QueryError) {
        guard try accept(mark) else { throw try unexpected() }
    }

    mutating func note(_ what: String) { expected.append(what) }

    // Errors.

    /// What stands here is none of what was looked for.
    mutating func unexpected() throws(QueryError) -> QueryError {
        let token = try peek()
        let isQuoted = token.kind == .text || token.kind == .quotedName
        let found =
            token.kind == .end
            ? "the query ends" : isQuoted ? "\(string(token.range)) stands" : "'\(string(token.range))' stands"
        var choices: [String] = []
        for choice in expected where !choices.contains(choice) { choices.append(choice) }
        var message = "\(found) where \(Self.listed(choices)) is expected"
        var hint: String?
        if token.kind == .word {
            let word = string(token.range).uppercased()
            if isBehindNumber, let name = nearestName(to: string(token.range), among: Unit.names) {
                hint = "did you mean \(name)?"
            } else if let name = nearestName(to: word, among: choices.filter { $0.allSatisfy(\.isLetter) }),
                name != word
            {
                hint = "did you mean \(name)?"
            } else if Clause.allCases.contains(where: { $0.words.first == word }) {
                message = "\(word) has no place here, or none in \(statementName); \(Self.listed(choices)) is expected"
            }
        }
        return QueryError(.syntax, message, at: token.range, hint: hint)
    }

    private static func listed(_ choices: [String]) -> String {
        guard let last = choices.last else { return "something else" }
        return choices.count == 1 ? last : choices.dropLast().joined(separator: ", ") + " or " + last
    }

    // Lists and nesting.

    mutating func list<Element>(
        _ element: (inout Parser) throws(QueryError) -> Element
    ) throws(QueryError) -> [Element] {
        var elements = [try element(&self)]
        while try accept(.comma) { elements.append(try element(&self)) }
        return elements
    }

    mutating func nested<Result>(
        _ body: (inout Parser) throws(QueryError) -> Result
    ) throws(QueryError) -> Result {
        guard depth < Self.depthLimit else {
            throw QueryError(.limit, "nested deeper than \(Self.depthLimit) levels", at: try peek().range)
        }
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }

    /// Goes back to the start of the next token, whose text is then read in another way.
    mutating func rewind() {
        if let lookahead { lexer.position = lookahead.range.start }
        lookahead = nil
    }

    /// The next token was read by the lexer itself.
    mutating func took(_ range: SourceRange) {
        lastRange = range
        expected = []
    }
}
