import Columns

/// Times and lengths of time as plans tell them.
extension QueryPlan {
    static func time(_ nanoseconds: Int64) -> String {
        // As many digits of a second as there are.
        let form = TimestampForm(fractionDigits: 10, hasSpace: false, hasComma: false, zone: .utc, offsetMinutes: 0)
        var bytes: [UInt8] = []
        guard TimestampText.append(nanoseconds, form: form.rawValue, to: &bytes) else { return String(nanoseconds) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// From a time to another that is not included; open ends are told as such.
    static func period(_ times: ClosedRange<Int64>?) -> String {
        guard let times else { return "no time at all" }
        let start = times.lowerBound == .min ? "the beginning" : time(times.lowerBound)
        let end = times.upperBound == .max ? "the end" : time(times.upperBound + 1)
        return "from \(start) to \(end)"
    }

    static func list(_ fields: [BoundField]) -> String {
        fields.isEmpty ? "none" : fields.map(\.name).joined(separator: ", ")
    }
}
