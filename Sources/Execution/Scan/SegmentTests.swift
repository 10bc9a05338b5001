import Bytes
import Columns
import Segments

/// The tests of a condition in terms of one segment's columns, with what was found out about its dictionaries.
final class SegmentTests {
    private struct ColumnPart {
        var column: SegmentColumn
        var tests: [(test: ColumnTest, answers: DictionaryAnswers)]
        /// Every value passes.
        var isAll: Bool
        var encoded: EncodedTest
    }

    /// For each test the columns under each path of its field.
    private let paths: [[[ColumnPart]]]
    let reader: SegmentReader
    /// For each test that was asked for rows, the zones in which it may pass.
    private var zonesOfTests: [Int: [Bool]] = [:]

    init(_ condition: Condition, in reader: SegmentReader) throws(SegmentError) {
        self.reader = reader
        var paths: [[[ColumnPart]]] = []
        for (field, test) in condition.tests {
            var found: [[ColumnPart]] = []
            for path in field.paths {
                found.append(try reader.columns(at: path).map { Self.part($0, test.encoded(for: $0.type)) })
            }
            paths.append(found)
        }
        self.paths = paths
    }

    private static func part(_ column: SegmentColumn, _ encoded: EncodedTest) -> ColumnPart {
        let tests = encoded.tests
        return ColumnPart(
            column: column, tests: (tests ?? []).map { ($0, DictionaryAnswers()) }, isAll: tests == nil,
            encoded: encoded)
    }

    /// The rows among some that pass a test. A field is what the first of its paths has that an event has.
    func rows(_ number: Int, among wanted: Bitmap, in scan: ZoneScan) throws(SegmentError) -> Bitmap {
        var found = Bitmap(count: wanted.count)
        guard try knownZones(number)[scan.zones].contains(true) else { return found }
        var hidden: Bitmap?
        for (place, parts) in paths[number].enumerated() {
            for part in parts {
                var passing = try rows(part, in: scan)
                if let hidden { passing.subtract(hidden) }
                found.formUnion(passing)
            }
            guard place < paths[number].count - 1 else { break }
            for part in parts {
                var more = hidden ?? Bitmap(count: wanted.count)
                more.formUnion(try scan.rows(having: part.column))
                hidden = more
            }
        }
        found.formIntersection(wanted)
        return found
    }

    private func rows(_ part: ColumnPart, in scan: ZoneScan) throws(SegmentError) -> Bitmap {
        if part.isAll { return try scan.rows(having: part.column) }
        var found: Bitmap?
        for (test, answers) in part.tests {
            let more = try scan.matches(part.column, test, answers)
            if found?.formUnion(more) == nil { found = more }
        }
        return found ?? Bitmap(count: scan.rowCount)
    }

    private func knownZones(_ number: Int) throws(SegmentError) -> [Bool] {
        if let known = zonesOfTests[number] { return known }
        let zones = try zones(number)
        zonesOfTests[number] = zones
        return zones
    }

    /// The zones in which a row may pass a test, by the statistics of the columns.
    func zones(_ number: Int) throws(SegmentError) -> [Bool] {
        var mayPass = [Bool](repeating: false, count: reader.zones.count)
        for part in paths[number].joined() {
            if case .none = part.encoded { continue }
            guard let statistics = try part.column.statistics() else {
                return [Bool](repeating: true, count: mayPass.count)
            }
            for zone in statistics.zones where !mayPass[zone.zone] {
                mayPass[zone.zone] = part.encoded.mayPass(zone)
            }
        }
        return mayPass
    }
}

extension EncodedTest {
    /// The tests one of which must pass; nil: any value does.
    fileprivate var tests: [ColumnTest]? {
        switch self {
        case .none: return []
        case .all: return nil
        case .column(let test): return [test]
        case .either(let parts):
            var tests: [ColumnTest] = []
            for part in parts {
                guard let more = part.tests else { return nil }
                tests += more
            }
            return tests
        }
    }
}
