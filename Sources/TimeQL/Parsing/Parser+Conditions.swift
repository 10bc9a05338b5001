extension Parser {
    /// `OR` joins what `AND` joins.
    mutating func condition(startingWith first: Predicate? = nil) throws(QueryError) -> Predicate {
        try nested { parser throws(QueryError) in
            var parts = [try parser.conjunction(startingWith: first)]
            while try parser.accept("OR") { parts.append(try parser.conjunction()) }
            return parts.count == 1 ? parts[0] : .any(parts)
        }
    }

    private mutating func conjunction(startingWith first: Predicate? = nil) throws(QueryError) -> Predicate {
        var parts: [Predicate] = []
        if let first { parts.append(first) } else { parts.append(try negation()) }
        while try accept("AND") { parts.append(try negation()) }
        return parts.count == 1 ? parts[0] : .all(parts)
    }

    private mutating func negation() throws(QueryError) -> Predicate {
        guard try accept("NOT") else { return try test() }
        return try nested { parser throws(QueryError) in .not(try parser.negation()) }
    }

    private mutating func test() throws(QueryError) -> Predicate {
        if try accept(.open) {
            let inner = try condition()
            try expect(.close)
            return inner
        }
        if try accept("TRUE") { return .constant(true) }
        if try accept("FALSE") { return .constant(false) }
        let second = try peekSecond()
        if second.kind == .mark(.open), try accept("EXISTS") { return .exists(try fieldInParentheses()) }
        if second.kind == .mark(.open) || second.kind == .word || second.kind == .quotedName, try accept("ANY") {
            let field = try peek().kind == .mark(.open) ? fieldInParentheses() : field()
            let operand = Predicate.Operand(field: field, isAnyElement: true)
            guard let test = try test(of: operand) else { throw try unexpected() }
            return test
        }
        let field = try field()
        return try test(of: Predicate.Operand(field: field, isAnyElement: false)) ?? .flag(field)
    }

    private mutating func fieldInParentheses() throws(QueryError) -> FieldReference {
        try expect(.open)
        let field = try field()
        try expect(.close)
        return field
    }

    /// What is asked of a field; nil when nothing is.
    private mutating func test(of operand: Predicate.Operand) throws(QueryError) -> Predicate? {
        if let comparison = try comparison() { return .comparison(operand, comparison, try literal()) }
        if try accept("IS") {
            let isNegated = try accept("NOT")
            try expect("NULL")
            let test = Predicate.isNull(operand.field)
            return isNegated ? .not(test) : test
        }
        // `a NOT FOLLOWED BY b` and `a IN LAST 5 minutes` go on elsewhere.
        if isWord(try peek(), "NOT") {
            let second = try peekSecond()
            let words = ["IN", "BETWEEN", "EXISTS"] + Predicate.TextTest.allCases.map(\.rawValue)
            guard words.contains(where: { isWord(second, $0) }) else { return nil }
            try take()
            guard let test = try namedTest(of: operand) else { throw try unexpected() }
            return .not(test)
        }
        return try namedTest(of: operand)
    }

    private mutating func comparison() throws(QueryError) -> Predicate.Comparison? {
        if try accept(.otherNotEqual) { return .notEqual }
        for comparison in Predicate.Comparison.allCases {
            if let mark = Token.Mark(rawValue: comparison.rawValue), try accept(mark) { return comparison }
        }
        return nil
    }

    private mutating func namedTest(of operand: Predicate.Operand) throws(QueryError) -> Predicate? {
        if try accept("EXISTS") { return .exists(operand.field) }
        if try accept("BETWEEN") {
            let low = try literal()
            try expect("AND")
            return .between(operand, low, try literal())
        }
        for test in Predicate.TextTest.allCases where try accept(test.rawValue) {
            return .text(operand, test, try literal())
        }
        let second = try peekSecond().kind
        if second == .mark(.open) || second == .mark(.openList) || second == .parameter, try accept("IN") {
            return .oneOf(operand, try literals())
        }
        return nil
    }

    private mutating func literals() throws(QueryError) -> [Literal] {
        if try peek().kind == .parameter { return [try literal()] }
        let isRound = try accept(.open)
        if !isRound { try expect(.openList) }
        let literals = try list { parser throws(QueryError) in try parser.literal() }
        try expect(isRound ? .close : .closeList)
        return literals
    }

    mutating func literal() throws(QueryError) -> Literal {
        note("a value")
        let token = try peek()
        let value: Literal.Value
        switch token.kind {
        case .text:
            try take()
            value = .text(unquoted(token.range))
        case .parameter:
            try take()
            value = .parameter(string(SourceRange(token.range.start + 1, token.range.end)))
        case .number, .mark(.minus), .mark(.plus): value = .number(try quantity())
        case .word where isWord(token, "TRUE") || isWord(token, "FALSE"):
            value = .boolean(isWord(try take(), "TRUE"))
        case .word where isWord(token, "NULL"):
            try take()
            value = .null
        case .word, .quotedName:
            throw QueryError(
                .syntax, "'\(string(token.range))' stands where a value is expected", at: token.range,
                hint:
                    "texts stand in single quotes: '\(token.kind == .word ? string(token.range) : unquoted(token.range))'"
            )
        default: throw try unexpected()
        }
        return Literal(value: value, range: token.range.through(lastRange))
    }
}
