import TimeQL

/// The two times that a query compares: both are moments, or both periods.
struct ComparedTimes {
    enum Side {
        case moment(Int64)
        /// From a time to another that is not included.
        case period(Range<Int64>)
    }

    let first: Side
    let second: Side

    /// `deploy` finds when a version was deployed.
    init(
        _ statement: CompareStatement, _ context: TimeContext, deploy: (Identifier) throws -> Int64
    ) throws {
        let sides = [statement.first, statement.second]
        var known = [Side?](repeating: nil, count: 2)
        for (place, side) in sides.enumerated() {
            switch side {
            case .moment(let time): known[place] = .moment(try context.resolve(time))
            case .period(let period): known[place] = .period(try Self.range(period, context))
            case .sameTime, .deploy: break
            }
        }
        let lengths = sides.map { if case .deploy(let deploy) = $0 { deploy.length } else { nil as Duration? } }
        for (place, side) in sides.enumerated() {
            guard case .deploy(let wanted) = side else { continue }
            let other = 1 - place
            let length = lengths[place]?.nanoseconds ?? known[other]?.length ?? lengths[other]?.nanoseconds
            guard let length, length > 0 else {
                throw QueryError(
                    .meaning, "how long before or after the deploy is not said", at: wanted.version.range,
                    hint: "write a length, such as 30 minutes BEFORE DEPLOY 'v1'")
            }
            let time = try deploy(wanted.version)
            known[place] = .period(
                wanted.isAfter ? time..<time.adding(length) : time.adding(-length)..<time)
        }
        for (place, side) in sides.enumerated() {
            guard case .sameTime(let day) = side else { continue }
            guard let other = known[1 - place] else {
                throw QueryError(.meaning, "the other side has no time that this could be the same as", at: day.range)
            }
            known[place] = other.moved(toDayOf: try context.resolve(day), context)
        }
        guard let first = known[0], let second = known[1] else {
            preconditionFailure("a side of a comparison without a time")
        }
        guard first.isMoment == second.isMoment else {
            throw QueryError(
                .meaning, "a moment cannot be compared with a period", at: Self.moment(of: statement),
                hint: "give two moments, or two periods such as FROM t1 TO t2")
        }
        self.first = first
        self.second = second
    }

    /// Where the side stands that is a moment.
    private static func moment(of statement: CompareStatement) -> SourceRange {
        for case .moment(let time) in [statement.first, statement.second] { return time.range }
        return SourceRange(0, 0)
    }

    private static func range(_ period: TimePeriod, _ context: TimeContext) throws(QueryError) -> Range<Int64> {
        let (from, to) = try context.resolve(period)
        guard let from else {
            throw QueryError(.meaning, "this period has no beginning", at: SourceRange(0, 0), hint: "add FROM")
        }
        let end = to ?? context.now
        return from..<max(from, end)
    }
}

extension ComparedTimes.Side {
    var isMoment: Bool { if case .moment = self { true } else { false } }

    fileprivate var length: Int64? {
        guard case .period(let range) = self else { return nil }
        return range.upperBound - range.lowerBound
    }

    /// As long, and at the same time of another day.
    fileprivate func moved(toDayOf day: Int64, _ context: TimeContext) -> Self {
        func moved(_ time: Int64) -> Int64 {
            let (local, target) = (context.local(time), context.local(day))
            let length: Int64 = 86_400_000_000_000
            func start(_ time: Int64) -> Int64 { time - (time % length + length) % length }
            return context.zone.instant(ofLocal: local - start(local) + start(target))
        }
        switch self {
        case .moment(let time): return .moment(moved(time))
        case .period(let range):
            let start = moved(range.lowerBound)
            return .period(start..<start.adding(range.upperBound - range.lowerBound))
        }
    }
}

extension TimeContext {
    /// What clocks show, as nanoseconds since 1970.
    fileprivate func local(_ time: Int64) -> Int64 {
        let second: Int64 = 1_000_000_000
        let seconds = time / second - (time % second < 0 ? 1 : 0)
        return time + Int64(zone.offset(at: seconds)) * second
    }
}

extension Int64 {
    /// The last time there is instead of one behind it, and the first instead of one before it.
    fileprivate func adding(_ length: Int64) -> Int64 {
        let (sum, overflows) = addingReportingOverflow(length)
        return overflows ? (length < 0 ? .min : .max) : sum
    }
}
