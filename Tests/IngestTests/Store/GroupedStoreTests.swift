import Bytes
import Columns
import Files
import Storage
import Testing

@testable import Ingest
@testable import Segments

@Suite struct GroupedStoreTests {
    private static let day: Int64 = 86_400_000_000_000

    /// Events of one hour, in no order of their hosts, each of which counts for itself and has state of its own.
    private func events(_ count: Int) -> [String] {
        var random = SplitMix64(seed: 31)
        var counters = (0..<20).map { $0 * 100_000 }
        return (0..<count).map { number in
            let host = Int(random.next() % 20)
            counters[host] += 1 + Int(random.next() % 2)
            let second = number * 3600 / count
            let time = "2024-01-15T10:\(second / 600)\(second / 60 % 10):\(second % 60 / 10)\(second % 10)Z"
            let id = hex(random.next())
            let trace = hex(random.next()) + hex(UInt64(number / 5))
            let state = number % 3 == 0 ? #","state":{"count":\#(counters[host]),"load":\#(host).5}"# : ""
            return
                #"{"eventId":"\#(id)","host":"host-\#(host)","message":"record \#(counters[host]) of \#(random.next() % 900) was read","record":\#(counters[host]),"service":"s\#(host % 3)"\#(state),"timestamp":"\#(time)","traceId":"\#(trace)"}"#
        }
    }

    private func hex(_ word: UInt64) -> String {
        let text = String(word | 0xA << 60, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }

    @Test("a store gives the same events, ids and state back when its values are put together in the cold tier")
    func sameAnswers() throws {
        let clock = ManualClock(1_705_312_800_000_000_000 + 30 * Self.day)
        let store = try Store.create(Rig.paths, windowLength: .hour, storeId: 1, in: MemoryFileSystem(), clock: clock)
        let events = events(9000)
        _ = try Rig.ingest(Rig.lines(events), into: store)
        let answers = try answers(of: store, events)
        #expect(answers.exports[0] == events && answers.state.count == 40)
        #expect(answers.exports.dropFirst().allSatisfy { !$0.isEmpty && $0.count < events.count })
        _ = try store.moveTiers()
        let snapshot = try store.snapshot()
        let segment = try snapshot.open(#require(snapshot.state.orderedSegments.first))
        #expect(segment.tier == .cold && segment.trailer.incompatibleFeatures == Trailer.groupedNodes)
        #expect(try self.answers(of: store, events) == answers)
    }

    private struct Answers: Equatable {
        var exports: [[String]]
        var state: [String: String]
    }

    private func answers(of store: Store, _ events: [String]) throws -> Answers {
        var exports = [try Rig.export(store), try Rig.export(store) { $0.fields[.service] = "s1" }]
        for number in stride(from: 0, to: events.count, by: 1500) {
            let fields = events[number].split(separator: #"""#).map(String.init)
            exports.append(try Rig.export(store) { $0.ids = [IdQuery(fields[3], in: [.eventId])] })
            exports.append(try Rig.export(store) { $0.ids = [IdQuery(fields[fields.count - 2], in: [.traceId])] })
        }
        return Answers(exports: exports, state: try Rig.state(store))
    }
}
