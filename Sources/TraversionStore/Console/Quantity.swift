import Storage

/// Numbers for people.
enum Quantity {
    /// Records of an input that are no events.
    static func rejects(_ count: Int) -> String {
        count == 1 ? "1 record is no event" : "\(Self.count(count)) records are no events"
    }

    /// A count with commas between groups of three digits.
    static func count(_ count: Int) -> String {
        var groups: [String] = []
        var rest = count.magnitude
        while rest >= 1000 {
            let group = String(rest % 1000)
            groups.append(String(repeating: "0", count: 3 - group.count) + group)
            rest /= 1000
        }
        groups.append(String(rest))
        return (count < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
    }

    static func bytes(_ byteCount: Int) -> String {
        let units = ["kB", "MB", "GB", "TB", "PB", "EB"]
        guard byteCount >= 1000 else { return "\(byteCount) bytes" }
        var amount = Double(byteCount) / 1000
        var unit = 0
        while amount >= 999.95, unit < units.count - 1 {
            amount /= 1000
            unit += 1
        }
        return "\(decimal(amount, digits: 1)) \(units[unit])"
    }

    static func seconds(_ nanoseconds: Int64) -> String { "\(decimal(Double(nanoseconds) / 1e9, digits: 2)) s" }

    /// Hours, minutes and seconds.
    static func clock(_ seconds: Double) -> String {
        let whole = Int(min(max(seconds, 0), 1e9).rounded(.up))
        let parts = [whole / 60 % 60, whole % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
        return "\(whole / 3600):" + parts.joined(separator: ":")
    }

    /// Values that were masked, by kind.
    static func masked(_ counts: [MaskKind: Int]) -> String {
        MaskKind.allCases.compactMap { kind in counts[kind].map { "\(count($0)) \(kind.rawValue)" } }
            .joined(separator: ", ")
    }

    /// How many to one, such as "10.8 : 1".
    static func ratio(_ first: Int, _ second: Int) -> String {
        second > 0 ? "\(decimal(Double(first) / Double(second), digits: 1)) : 1" : "-"
    }

    static func decimal(_ value: Double, digits: Int) -> String {
        let scale = (0..<digits).reduce(1.0) { product, _ in product * 10 }
        let scaled = (abs(value) * scale).rounded()
        guard scaled < 1e15 else { return "\(value)" }
        let fraction = String(Int(scaled) % Int(scale))
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard digits > 0 else { return sign + String(Int(scaled)) }
        return "\(sign)\(Int(scaled) / Int(scale))." + String(repeating: "0", count: digits - fraction.count) + fraction
    }
}
