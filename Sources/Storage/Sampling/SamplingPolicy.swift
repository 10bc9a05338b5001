import Columns

/// What of the cold tier is kept when not everything is.
///
/// Always kept are errors, events of traces that are marked as anomalies, and events that bear state. Of the others a
/// part stays, by the hash of their trace, so that whole traces stay, the same in every window, service and store.
public struct SamplingPolicy: Equatable, Sendable {
    /// The part of the other traces that stays, above 0 and at most 1.
    public var share: Double
    /// Fields that mark an anomaly, their keys joined by dots, with any value but false, 0, null or nothing.
    public var markFields: [String]

    public init(share: Double, markFields: [String] = ["anomaly"]) {
        precondition(share > 0 && share <= 1, "a share is above 0 and at most 1")
        self.share = share
        self.markFields = markFields
    }

    /// Where a row says how many it stands for; one without stands for itself.
    public static let weightPath = ColumnPath(keys: [StorePath.mark + "weight"])

    var weight: Double { 1 / share }

    /// Whether something of this hash stays.
    func keeps(_ hash: UInt64) -> Bool {
        // 2^64 is no UInt64.
        share == 1 || Double(hash) < share * 18_446_744_073_709_551_616
    }

    func isMark(_ path: ColumnPath) -> Bool {
        StorePath.original(path).map { markFields.contains($0.keys.joined(separator: ".")) } ?? false
    }

    /// Reads the setting `sampling`; nil when it keeps everything.
    static func read(_ value: ConfigValue) throws(ConfigError) -> SamplingPolicy? {
        var share: Double?
        var fields = ["anomaly"]
        for (key, line, value) in try value.members("sampling") {
            switch key {
            case "cold":
                if value.content == .null { continue }
                guard case .number(let text) = value.content, let number = Double(text), number > 0, number <= 1 else {
                    throw ConfigError(
                        line: line, reason: "sampling.cold must be above 0 and at most 1, or null to keep everything")
                }
                share = number
            case "anomalyFields":
                fields = []
                for element in try value.elements("sampling.anomalyFields") {
                    fields.append(try element.text("a field"))
                }
            default:
                throw ConfigError(
                    line: line, reason: "unknown setting 'sampling.\(key)'; there are cold and anomalyFields")
            }
        }
        return share.map { SamplingPolicy(share: $0, markFields: fields) }
    }
}
