extension Parser {
    /// Whether the next token is the name of a function and no clause.
    mutating func startsAggregate() throws(QueryError) -> Bool {
        let token = try peek()
        guard token.kind == .word, function(string(token.range)) != nil else {
            note("COUNT and other numbers")
            return false
        }
        // MIN CONFIDENCE is a clause.
        return !isWord(try peekSecond(), "CONFIDENCE")
    }

    mutating func aggregate() throws(QueryError) -> Aggregate {
        note("COUNT and other numbers")
        let token = try peek()
        guard token.kind == .word, let function = function(string(token.range)) else { throw try unexpected() }
        try take()
        var aggregate = Aggregate(function: function, range: token.range)
        if try accept(.open) {
            let isStar = try accept(.star)
            let next = try peek().kind
            if !isStar, next != .mark(.close) { aggregate.field = try field() }
            try expect(.close)
        }
        if aggregate.field == nil, function != .count, function != .rate {
            throw QueryError(
                .syntax, "\(string(token.range)) needs a field, such as \(string(token.range))(duration)",
                at: token.range.through(lastRange))
        }
        aggregate.range = token.range.through(lastRange)
        let second = try peekSecond()
        if isWord(try peek(), "AS"), !isWord(second, "KNOWN") {
            try take()
            aggregate.name = try name()
        }
        return aggregate
    }

    private func function(_ name: String) -> Aggregate.Function? {
        switch name.uppercased() {
        case "COUNT": return .count
        case "SUM": return .sum
        case "AVG": return .average
        case "MIN": return .minimum
        case "MAX": return .maximum
        case "RATE": return .rate
        case "DISTINCT": return .distinct
        default: return quantile(name)
        }
    }

    /// `P50` to `P99.999`.
    private func quantile(_ name: String) -> Aggregate.Function? {
        guard name.first == "P" || name.first == "p" else { return nil }
        let parts = name.dropFirst().split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first, (1...2).contains(whole.utf8.count), let percent = Int(whole),
            whole.allSatisfy({ $0.isASCII && $0.isNumber })
        else { return nil }
        guard parts.count == 2 else { return .quantile(thousandths: percent * 1000) }
        guard (1...3).contains(parts[1].utf8.count), parts[1].allSatisfy({ $0.isASCII && $0.isNumber }),
            let fraction = Int(parts[1] + String(repeating: "0", count: 3 - parts[1].utf8.count))
        else { return nil }
        return .quantile(thousandths: percent * 1000 + fraction)
    }
}
