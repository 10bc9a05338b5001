/// Each statement, from behind its first word.
extension Parser {
    mutating func state(_ common: inout CommonClauses) throws(QueryError) -> StateStatement {
        statementName = "STATE"
        let entity = try accept("OF") ? try identifier() : nil
        let moment: StateStatement.Moment
        if try accept("AT") {
            moment = .at(try time())
        } else if try accept("BETWEEN") {
            let first = try time()
            try expect("AND")
            moment = .between(first, try time())
        } else if try accept("DIFF") {
            let first = try time()
            if try !accept(.comma) { _ = try accept("AND") }
            moment = .difference(first, try time())
        } else {
            throw try unexpected()
        }
        let clauses = try clauses([.fields, .condition, .groups, .limit], &common)
        return StateStatement(
            moment: moment, entity: entity, fields: clauses.fields, condition: clauses.condition,
            groupedBy: clauses.groups, limit: clauses.limit)
    }

    mutating func timeline(_ common: inout CommonClauses) throws(QueryError) -> TimelineStatement {
        statementName = "TIMELINE"
        let allowed: [Clause] = [
            .from, .to, .last, .condition, .fields, .newestFirst, .oldestFirst, .bucket, .groups, .top, .patterns,
            .limit,
        ]
        let clauses = try clauses(allowed, &common, aggregates: true)
        return TimelineStatement(
            period: clauses.period, condition: clauses.condition, content: try content(clauses), limit: clauses.limit)
    }

    /// Events, numbers or kinds of messages: what is given decides, and what does not go with it is told.
    private func content(_ clauses: Clauses) throws(QueryError) -> TimelineStatement.Content {
        let forEvents: [Clause] = [.fields, .newestFirst, .oldestFirst]
        let forMeasures: [Clause] = [.bucket, .groups, .top]
        func refuse(_ others: [Clause], _ what: String) throws(QueryError) {
            for other in others {
                guard let range = clauses.given[other] else { continue }
                throw QueryError(
                    .syntax, "\(other.words.joined(separator: " ")) does not go with \(what)", at: range)
            }
        }
        if clauses.given[.patterns] != nil {
            try refuse(forEvents + forMeasures, "PATTERNS")
            guard clauses.aggregates.isEmpty else {
                throw QueryError(.syntax, "numbers do not go with PATTERNS", at: clauses.aggregates[0].range)
            }
            return .patterns
        }
        if clauses.aggregates.isEmpty {
            if let range = forMeasures.lazy.compactMap({ clauses.given[$0] }).first {
                throw QueryError(
                    .syntax, "BUCKET, GROUP BY and TOP need a number to show", at: range,
                    hint: "such as COUNT, AVG(duration) or P99(duration)")
            }
            return .events(fields: clauses.fields, order: clauses.order)
        }
        try refuse(forEvents, "numbers such as COUNT")
        return .measures(
            TimelineStatement.Measures(
                aggregates: clauses.aggregates, bucket: clauses.bucket, groupedBy: clauses.groups, top: clauses.top))
    }

    mutating func matchPattern(_ common: inout CommonClauses) throws(QueryError) -> PatternStatement {
        statementName = "MATCH PATTERN"
        _ = try accept("WHERE")
        let pattern = try pattern()
        let allowed: [Clause] = [.total, .from, .to, .last, .on, .overlapping, .partial, .limit]
        let clauses = try clauses(allowed, &common)
        return PatternStatement(
            pattern: pattern, totalLimit: clauses.total, period: clauses.period, sharedFields: clauses.shared,
            isOverlapping: clauses.given[.overlapping] != nil, includesPartial: clauses.given[.partial] != nil,
            limit: clauses.limit)
    }

    mutating func traverse(_ common: inout CommonClauses) throws(QueryError) -> TraverseStatement {
        statementName = "TRAVERSE"
        try expect("FROM")
        let start = try identifier()
        let allowed: [Clause] = [
            .following, .along, .until, .condition, .depth, .confidence, .limit, .graph,
        ]
        let clauses = try clauses(allowed, &common)
        return TraverseStatement(
            start: start, direction: clauses.direction, links: clauses.links, until: clauses.until,
            condition: clauses.condition, depth: clauses.depth, leastConfidence: clauses.confidence,
            limit: clauses.limit, isGraph: clauses.given[.graph] != nil)
    }

    mutating func compare(_ common: inout CommonClauses) throws(QueryError) -> CompareStatement {
        statementName = "COMPARE"
        let first = try side()
        try expect("WITH")
        let second = try side()
        let clauses = try clauses([.fields, .condition, .groups, .limit], &common)
        return CompareStatement(
            first: first, second: second, fields: clauses.fields, condition: clauses.condition,
            groupedBy: clauses.groups, limit: clauses.limit)
    }

    private mutating func side() throws(QueryError) -> CompareStatement.Side {
        if try accept("LAST") { return .period(.last(try duration())) }
        if try accept("FROM") {
            let start = try time()
            try expect("TO")
            return .period(.range(from: start, to: try time()))
        }
        if try accept("SAME", "TIME") { return .sameTime(try time()) }
        if let deploy = try deploy() { return .deploy(deploy) }
        return .moment(try time())
    }

    /// `[5 minutes] BEFORE DEPLOY 'v2'`
    private mutating func deploy() throws(QueryError) -> CompareStatement.Deploy? {
        let saved = self
        var length: Duration?
        if try peek().kind == .number {
            guard try quantity().nanoseconds != nil else {
                self = saved
                return nil
            }
            self = saved
            length = try duration()
        }
        let isAfter: Bool
        if try accept("BEFORE", "DEPLOY") {
            isAfter = false
        } else if try accept("AFTER", "DEPLOY") {
            isAfter = true
        } else {
            // A length of time `AGO`.
            self = saved
            return nil
        }
        return CompareStatement.Deploy(length: length, isAfter: isAfter, version: try identifier())
    }

    mutating func predict(_ common: inout CommonClauses) throws(QueryError) -> PredictStatement {
        statementName = "PREDICT"
        try expect("NEXT")
        let length = try duration()
        let allowed: [Clause] = [.from, .fields, .condition, .groups, .history, .bucket, .limit]
        let clauses = try clauses(allowed, &common)
        return PredictStatement(
            length: length, start: clauses.from, fields: clauses.fields, condition: clauses.condition,
            groupedBy: clauses.groups, history: clauses.history, step: clauses.bucket, limit: clauses.limit)
    }
}
