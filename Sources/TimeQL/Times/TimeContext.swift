import Bytes
import Columns
public import Times

/// What moments in a query depend on: when and where it is asked.
public struct TimeContext: Sendable {
    /// Nanoseconds since 1970.
    public var now: Int64
    public var zone: TimeZoneRules
    /// Texts for `$name`.
    public var parameters: [String: String]

    public init(now: Int64, zone: TimeZoneRules = .utc, parameters: [String: String] = [:]) {
        self.now = now
        self.zone = zone
        self.parameters = parameters
    }

    /// The moment, in nanoseconds since 1970.
    public func resolve(_ expression: TimeExpression) throws(QueryError) -> Int64 {
        var time: Int64
        switch expression.base {
        case .text(let text): time = try read(text, expression.range)
        case .number(let quantity): time = try read(quantity, expression.range)
        case .parameter(let name):
            guard let text = parameters[name] else {
                throw QueryError(
                    .name, "no value was given for $\(name)", at: expression.range,
                    hint: "give it with --param \(name)=…")
            }
            time = try read(text, expression.range)
        }
        for offset in expression.offsets {
            let (sum, overflows) = time.addingReportingOverflow(offset)
            guard !overflows else { throw outOfRange(expression.range) }
            time = sum
        }
        return time
    }

    /// A period from a moment to one behind it; an open end is nil.
    public func resolve(_ period: TimePeriod) throws(QueryError) -> (from: Int64?, to: Int64?) {
        switch period {
        case .last(let duration):
            let (start, overflows) = now.subtractingReportingOverflow(duration.nanoseconds)
            guard !overflows else { throw outOfRange(duration.range) }
            return (start, now)
        case .range(let from, let to):
            let start = try from.map { expression throws(QueryError) in try resolve(expression) }
            let end = try to.map { expression throws(QueryError) in try resolve(expression) }
            if let start, let end, let from, let to, end < start {
                throw QueryError(.meaning, "this period ends before it begins", at: from.range.through(to.range))
            }
            return (start, end)
        }
    }

    private func read(_ text: String, _ range: SourceRange) throws(QueryError) -> Int64 {
        if let time = RelativeTime(text, context: self).nanoseconds { return time }
        if let time = absolute(text) { return time }
        throw QueryError(
            .meaning, "'\(text)' is no time", at: range,
            hint: "write '2026-03-02 03:46:00', '2026-03-02T03:46:00Z', '10 minutes ago', 'yesterday 14:00' or 'now'")
    }

    private func read(_ quantity: Quantity, _ range: SourceRange) throws(QueryError) -> Int64 {
        guard quantity.unit == nil else {
            throw QueryError(
                .meaning, "this is a length of time and no moment", at: range,
                hint: "write AGO behind it, or 'now' before")
        }
        let time: Int64? =
            switch quantity.number {
            case .int64(let number): EventTime.read(number)
            case .double(let number): EventTime.read(number)
            default: nil
            }
        guard let time else { throw outOfRange(range) }
        return time
    }

    func absolute(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        return EventTime(zone: zone, reference: now).read(bytes.span)
    }

    private func outOfRange(_ range: SourceRange) -> QueryError {
        QueryError(.meaning, "this time is out of range: years from 1678 to 2261 can be told", at: range)
    }
}
