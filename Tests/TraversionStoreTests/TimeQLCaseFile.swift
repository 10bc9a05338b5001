import Files
import Testing

/// A file of `Tests/TimeQLCases`: statements, and what each of them gives.
///
/// `@store`, `@now`, `@param` say for the statements below them what they are asked of, and when; lines that begin with
/// `--` tell people something. A statement stands behind `? `, each of its lines; what it gives stands below it, up to
/// an empty line.
struct TimeQLCaseFile {
    struct Case {
        var line: Int
        var store: String
        var now: String
        var parameters: [String: String]
        var statement: String
        var expected: String
    }

    private(set) var cases: [Case] = []

    static let folder =
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
        + "/TimeQLCases"

    static var names: [String] {
        ((try? LocalFileSystem().list(folder)) ?? []).filter { $0.hasSuffix(".tql") }
    }

    static func text(_ name: String) throws -> String {
        String(decoding: try LocalFileSystem().readAll(folder + "/" + name), as: UTF8.self)
    }

    init(_ name: String) throws {
        var (store, now, parameters) = ("", "", [String: String]())
        var (statement, expected, start) = ([Substring](), [Substring](), 0)
        let lines = try Self.text(name).split(separator: "\n", omittingEmptySubsequences: false) + [Substring()]
        for (number, line) in lines.enumerated() {
            if line.hasPrefix("? ") {
                if statement.isEmpty { start = number + 1 }
                statement.append(line.dropFirst(2))
            } else if line.isEmpty {
                guard !statement.isEmpty else { continue }
                cases.append(
                    Case(
                        line: start, store: store, now: now, parameters: parameters,
                        statement: statement.joined(separator: "\n"), expected: expected.joined(separator: "\n")))
                (statement, expected) = ([], [])
            } else if !statement.isEmpty {
                expected.append(line)
            } else if line.hasPrefix("@") {
                let words = line.dropFirst().split(separator: " ", maxSplits: 1).map(String.init)
                switch words[0] {
                case "store": (store, parameters) = (words[1], [:])
                case "now": now = words[1]
                default:
                    let sides = words[1].split(separator: "=", maxSplits: 1).map(String.init)
                    parameters[sides[0]] = sides[1]
                }
            } else {
                try #require(line.hasPrefix("--"), "\(name), line \(number + 1) is no part of a case")
            }
        }
    }
}
