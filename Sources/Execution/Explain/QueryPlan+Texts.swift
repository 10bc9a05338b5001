import Columns

/// Times and lengths of time as plans tell them.
extension QueryPlan {
    /// From a time to another that is not included; open ends are told as such.
    static func period(_ times: ClosedRange<Int64>?) -> String {
        guard let times else { return "no time at all" }
        let start = times.lowerBound == .min ? "the beginning" : TimestampText.utc(times.lowerBound)
        let end = times.upperBound == .max ? "the end" : TimestampText.utc(times.upperBound + 1)
        return "from \(start) to \(end)"
    }

    static func list(_ fields: [BoundField]) -> String {
        fields.isEmpty ? "none" : fields.map(\.name).joined(separator: ", ")
    }
}
