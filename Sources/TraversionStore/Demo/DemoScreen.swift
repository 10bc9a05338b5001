import Glibc

/// Shows the demo: in colour on a terminal, as plain text elsewhere and where `NO_COLOR` asks for it.
struct DemoScreen {
    private let isColoured = unsafe isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == nil

    /// A heading of a step.
    func title(_ text: String) throws(CommandFailure) { try Console.print("\n" + paint(text, "1;36")) }

    func tell(_ text: String) throws(CommandFailure) { try Console.print(text) }

    func statement(_ text: String) throws(CommandFailure) {
        let lines = text.split(separator: "\n").map { "  " + paint(String($0), "33") }
        try Console.print("\n" + lines.joined(separator: "\n") + "\n")
    }

    /// At most so many lines of an answer.
    func answer(_ text: String, limit: Int) throws(CommandFailure) {
        let lines = text.split(separator: "\n").map { "  " + String($0) }
        try Console.print(lines.prefix(limit).joined(separator: "\n"))
        if lines.count > limit { try Console.print("  ... and \(lines.count - limit) more rows") }
    }

    func check(_ isRight: Bool, _ text: String) throws(CommandFailure) {
        try Console.print("\n  " + (isRight ? paint("✓", "32") : paint("✗ not so:", "31")) + " " + text)
    }

    private func paint(_ text: String, _ code: String) -> String {
        isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
