extension Parser {
    /// Parts that follow each other, or a choice of such sequences.
    mutating func pattern() throws(QueryError) -> Pattern {
        try nested { parser throws(QueryError) in
            var alternatives = [try parser.sequence()]
            while try parser.accept(.bar) { alternatives.append(try parser.sequence()) }
            return alternatives.count == 1 ? alternatives[0] : .alternatives(alternatives)
        }
    }

    private mutating func sequence() throws(QueryError) -> Pattern {
        let first = try repeatedPart()
        var links: [Pattern.Link] = []
        while let kind = try linkKind() {
            var link = Pattern.Link(kind: kind, pattern: try repeatedPart())
            try readLimits(&link)
            links.append(link)
        }
        return links.isEmpty ? first : .sequence(first: first, rest: links)
    }

    private mutating func linkKind() throws(QueryError) -> Pattern.Link.Kind? {
        if try accept("FOLLOWED", "BY") { return .followed }
        return try accept("NOT", "FOLLOWED", "BY") ? .notFollowed : nil
    }

    private mutating func readLimits(_ link: inout Pattern.Link) throws(QueryError) {
        while true {
            if link.after == nil, try accept("AFTER") {
                link.after = try duration()
            } else if link.within == nil, try accept("WITHIN") {
                link.within = try duration()
            } else if link.without == nil, try accept("WITHOUT") {
                link.without = try condition()
            } else {
                break
            }
        }
        if let after = link.after, let within = link.within, after.nanoseconds > within.nanoseconds {
            throw QueryError(
                .meaning, "nothing comes both this long after and within less", at: after.range.through(lastRange))
        }
    }

    private mutating func repeatedPart() throws(QueryError) -> Pattern {
        let part = try part()
        guard let repetition = try repetition() else { return part }
        return .repeated(part, repetition)
    }

    private mutating func part() throws(QueryError) -> Pattern {
        if try peekSecond().kind == .mark(.open), try accept("PERMUTE") {
            try expect(.open)
            let parts = try list { parser throws(QueryError) in try parser.pattern() }
            try expect(.close)
            return .anyOrder(parts)
        }
        guard try accept(.open) else { return .step(try step()) }
        let inner = try pattern()
        try expect(.close)
        // Parentheses around a condition alone may be the start of a longer one.
        guard case .step(let step) = inner, step.sustained == nil, step.name == nil else { return inner }
        return .step(try self.step(startingWith: step.condition))
    }

    private mutating func step(startingWith first: Predicate? = nil) throws(QueryError) -> Pattern.Step {
        var step = Pattern.Step(condition: try condition(startingWith: first))
        if try accept("FOR") { step.sustained = try duration() }
        if isWord(try peek(), "AS"), !isWord(try peekSecond(), "KNOWN") {
            try take()
            step.name = try name()
        }
        return step
    }

    private mutating func repetition() throws(QueryError) -> Pattern.Repetition? {
        var repetition: Pattern.Repetition
        if try accept(.star) {
            repetition = Pattern.Repetition(least: 0, most: nil, isReluctant: false)
        } else if try accept(.plus) {
            repetition = Pattern.Repetition(least: 1, most: nil, isReluctant: false)
        } else if try accept(.openCount) {
            repetition = try counts()
        } else {
            return nil
        }
        repetition.isReluctant = try accept(.question)
        return repetition
    }

    private mutating func counts() throws(QueryError) -> Pattern.Repetition {
        let start = lastRange
        let least = try peek().kind == .mark(.comma) ? nil : count()
        var most = least
        if try accept(.comma) { most = try peek().kind == .mark(.closeCount) ? nil : count() }
        try expect(.closeCount)
        if let most, most.value < max(least?.value ?? 0, 1) {
            throw QueryError(.meaning, "nothing can be repeated so often", at: start.through(lastRange))
        }
        return Pattern.Repetition(least: least?.value ?? 0, most: most?.value, isReluctant: false)
    }
}
