extension Parser {
    /// All clauses that come next, of those that the statement takes.
    mutating func clauses(
        _ allowed: [Clause], _ common: inout CommonClauses, aggregates: Bool = false
    ) throws(QueryError) -> Clauses {
        var clauses = Clauses()
        while true {
            if aggregates, clauses.aggregates.isEmpty, try startsAggregate() {
                clauses.aggregates = try list { parser throws(QueryError) in try parser.aggregate() }
                continue
            }
            let start = try peek().range
            guard let clause = try acceptClause(allowed + Clause.common) else { break }
            guard clauses.given.updateValue(start.through(lastRange), forKey: clause) == nil else {
                throw QueryError(
                    .syntax, "\(clause.words.joined(separator: " ")) is given twice", at: start.through(lastRange))
            }
            try read(clause, &clauses, &common)
        }
        try check(clauses)
        return clauses
    }

    private mutating func acceptClause(_ allowed: [Clause]) throws(QueryError) -> Clause? {
        for clause in allowed {
            if let words = clause.shortWords, try acceptWords(words) { return clause }
            if try acceptWords(clause.words) { return clause }
            note(clause.words.joined(separator: " "))
        }
        return nil
    }

    /// Several clauses may begin with the same word, so the first two decide.
    private mutating func acceptWords(_ words: [String]) throws(QueryError) -> Bool {
        let second = try peekSecond()
        guard isWord(try peek(), words[0]), words.count == 1 || isWord(second, words[1]) else { return false }
        for word in words { try expect(word) }
        return true
    }

    private mutating func read(
        _ clause: Clause, _ clauses: inout Clauses, _ common: inout CommonClauses
    ) throws(QueryError) {
        switch clause {
        case .fields: clauses.fields = try fields()
        case .condition: clauses.condition = try condition()
        case .groups: clauses.groups = try fields()
        case .limit: clauses.limit = try count()
        case .from: clauses.from = try time()
        case .to: clauses.to = try time()
        case .last: clauses.last = try duration()
        case .bucket: clauses.bucket = try duration()
        case .top: clauses.top = try top()
        case .history: clauses.history = try duration()
        case .following: clauses.direction = try oneOf(TraverseStatement.Direction.self)
        case .along:
            clauses.links = try list { parser throws(QueryError) in try parser.oneOf(TraverseStatement.Link.self) }
        case .until: clauses.until = try condition()
        case .depth: clauses.depth = try count()
        case .confidence: clauses.confidence = try fraction()
        case .total: clauses.total = try duration()
        case .on: clauses.shared = try fields()
        case .knownAt: common.knownAt = try time()
        case .timeZone: common.timeZone = try zone()
        case .newestFirst, .oldestFirst, .patterns, .graph, .overlapping, .partial: break
        }
    }

    private func check(_ clauses: Clauses) throws(QueryError) {
        if let range = clauses.given[.last], clauses.from != nil || clauses.to != nil {
            throw QueryError(.syntax, "LAST does not go with FROM and TO", at: range)
        }
        if clauses.given[.newestFirst] != nil, let range = clauses.given[.oldestFirst] {
            throw QueryError(.syntax, "NEWEST FIRST does not go with OLDEST FIRST", at: range)
        }
    }

    mutating func fields() throws(QueryError) -> [FieldReference] {
        try list { parser throws(QueryError) in try parser.field() }
    }

    private mutating func top() throws(QueryError) -> TimelineStatement.Top {
        let count = try count()
        try expect("BY")
        return TimelineStatement.Top(count: count, aggregate: try aggregate())
    }

    private mutating func zone() throws(QueryError) -> NamedZone {
        note("a time zone in quotes")
        guard try peek().kind == .text else { throw try unexpected() }
        let range = try take().range
        return NamedZone(name: unquoted(range), range: range)
    }

    /// One of a few words.
    private mutating func oneOf<Choice: RawRepresentable<String> & CaseIterable>(
        _: Choice.Type
    ) throws(QueryError) -> Choice {
        for choice in Choice.allCases where try accept(choice.rawValue.uppercased()) { return choice }
        throw try unexpected()
    }
}
