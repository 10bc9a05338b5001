/// How bad an event is. Sources write it in many ways.
enum Severity: Int, Comparable, CaseIterable {
    case trace = 1
    case debug = 5
    case info = 9
    case warning = 13
    case error = 17
    case fatal = 21

    /// The severity that a text names, in any case of letters.
    init?(_ text: some StringProtocol) {
        switch text.lowercased() {
        case "trace", "verbose", "finest", "finer": self = .trace
        case "debug", "fine", "dbg": self = .debug
        case "info", "information", "informational", "notice", "inf": self = .info
        case "warn", "warning", "wrn": self = .warning
        case "error", "err", "severe": self = .error
        case "fatal", "critical", "crit", "alert", "emergency", "emerg", "panic", "ftl": self = .fatal
        default: return nil
        }
    }

    var name: String {
        switch self {
        case .trace: "TRACE"
        case .debug: "DEBUG"
        case .info: "INFO"
        case .warning: "WARN"
        case .error: "ERROR"
        case .fatal: "FATAL"
        }
    }

    static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
}
