import Ingest
import Storage

/// One line of JSON for machines, written by hand: keys stay in the order in which they are given.
struct JSONLine {
    private var members: [String] = []

    init() {}

    init(_ fault: StoreFault) {
        add("path", fault.path)
        add("reason", fault.reason)
    }

    mutating func add(_ key: String, _ value: some BinaryInteger) { members.append("\(Self.quoted(key)):\(value)") }
    mutating func add(_ key: String, _ value: Double) { members.append("\(Self.quoted(key)):\(value)") }
    mutating func add(_ key: String, _ value: String) { members.append("\(Self.quoted(key)):\(Self.quoted(value))") }
    mutating func add(_ key: String, _ values: [JSONLine]) {
        members.append("\(Self.quoted(key)):[\(values.map(\.text).joined(separator: ","))]")
    }

    var text: String { "{\(members.joined(separator: ","))}" }

    /// A number of a line that was written so.
    static func number(_ key: String, in line: Substring) -> Double? {
        let member = line.split(whereSeparator: { "{,}".contains($0) }).first { $0.hasPrefix("\"\(key)\":") }
        return member.flatMap { Double($0.dropFirst(key.utf8.count + 3)) }
    }

    static func quoted(_ text: String) -> String { String(decoding: JSONText.quoted(text.utf8), as: UTF8.self) }
}
