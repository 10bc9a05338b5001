/// A value of a config file, with the line it stands in.
struct ConfigValue: Equatable {
    enum Content: Equatable {
        case null
        case bool(Bool)
        case number(String)
        case string(String)
        case array([ConfigValue])
        case object([(key: String, line: Int, value: ConfigValue)])

        static func == (left: Content, right: Content) -> Bool {
            switch (left, right) {
            case (.null, .null): true
            case (.bool(let one), .bool(let other)): one == other
            case (.number(let one), .number(let other)), (.string(let one), .string(let other)): one == other
            case (.array(let one), .array(let other)): one == other
            case (.object(let one), .object(let other)):
                one.count == other.count && zip(one, other).allSatisfy { $0.key == $1.key && $0.value == $1.value }
            default: false
            }
        }
    }

    var content: Content
    var line: Int
}

/// Why a config file cannot be used.
public struct ConfigError: Error, Equatable, CustomStringConvertible {
    public var line: Int
    public var reason: String

    public var description: String { "line \(line): \(reason)" }
}
