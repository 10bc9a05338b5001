extension Parser {
    /// A moment: a text in quotes, a word such as `now`, a number since 1970, or a length of time `AGO`; then lengths
    /// that are added or subtracted.
    mutating func time() throws(QueryError) -> TimeExpression {
        note("a time in single quotes")
        let token = try peek()
        var base: TimeExpression.Base
        var offsets: [Int64] = []
        switch token.kind {
        case .text:
            try take()
            base = .text(unquoted(token.range))
        case .word:
            try take()
            base = .text(string(token.range))
        case .parameter:
            try take()
            base = .parameter(string(SourceRange(token.range.start + 1, token.range.end)))
        case .number:
            if let ago = try timeAgo() {
                (base, offsets) = (.text("now"), [-ago])
            } else {
                base = .number(try quantity())
            }
        default: throw try unexpected()
        }
        while true {
            let next = try peek().kind
            guard next == .mark(.plus) || next == .mark(.minus) else { break }
            try take()
            offsets.append((next == .mark(.plus) ? 1 : -1) * (try duration().nanoseconds))
        }
        return TimeExpression(base: base, offsets: offsets, range: token.range.through(lastRange))
    }

    /// `10 minutes AGO`; nil when the number stands for itself.
    private mutating func timeAgo() throws(QueryError) -> Int64? {
        let saved = self
        if try quantity().nanoseconds == nil {
            self = saved
            return nil
        }
        self = saved
        let duration = try duration()
        try expect("AGO")
        return duration.nanoseconds
    }
}
