import Files
import Storage
import Testing

@testable import Ingest

@Suite("The state that retention keeps")
struct BaseStateTests {
    private static let hour: Int64 = 3_600_000_000_000
    /// 2024-01-15T10:00:00Z.
    private static let now: Int64 = 1_705_312_800_000_000_000
    private let policy = RetentionPolicy(age: 2 * hour)

    /// Events of the ten hours before, in which a few entities change again and again.
    private static func events(_ numbers: Range<Int>) -> [String] {
        numbers.map { number in
            let minute = number * 7919 % 600
            let time = "2024-01-15T0\(minute / 60):\(minute % 60 / 10)\(minute % 10):00.\(1000 + number)Z"
            return switch number % 4 {
            case 0: #"{"message":"nothing","n":\#(number),"time":"\#(time)"}"#
            case 1:
                #"{"host":"h","service":"s\#(number % 3)","state":{"cpu":\#(number),"mem":{"x":1.5}},"time":"\#(time)"}"#
            default:
                #"{"note":"n\#(number)","state":{"entity":"user-\#(number % 7)","key":"k\#(number % 2)","value":\#(number)},"time":"\#(time)"}"#
            }
        }
    }

    private func store(_ files: any FileSystem = MemoryFileSystem()) throws -> (Store, ManualClock) {
        let clock = ManualClock(Self.now)
        return (try Store.create(Rig.paths, windowLength: .hour, storeId: 1, in: files, clock: clock), clock)
    }

    @Test("dropped windows leave the state that they had set, and no events")
    func windows() throws {
        let (store, clock) = try store()
        _ = try Rig.ingest(Rig.lines(Self.events(0..<300)), into: store)
        let before = try Rig.state(store)
        let report = try #require(try store.retain(policy))
        #expect(report.droppedSegmentCount == 8 && report.keptStateCount > 0)
        #expect(try Rig.state(store) == before)
        let left = try Rig.export(store)
        #expect(left.count == 300 - report.droppedRowCount && left.count < 100)
        let state = try store.snapshot().state
        #expect(state.baseSegments.count == 1 && state.horizon == Self.now - 2 * Self.hour - 1)
        // Only what bears state is kept of them.
        var search = ForgottenSearch(store, Rig.anywhere("n2"))
        try search.run()
        #expect(try Rig.export(store).allSatisfy { !$0.contains(#""n2""#) } && search.result.rowCount == 0)
        #expect(try store.retain(policy)?.didNothing == true)
        clock.advance(by: 100 * Self.hour)
        let all = try #require(try store.retain(policy))
        #expect(all.droppedSegmentCount == 2)
        #expect(try Rig.state(store) == before && Rig.export(store) == [])
        #expect(try store.snapshot().state.baseSegments.count == 1 && store.snapshot().state.dropped.isEmpty)
        var verifier = StoreVerifier(store)
        try verifier.run()
        #expect(verifier.result.faults == [] && verifier.result.segmentCount == 1)
    }

    @Test("late events of windows that are gone change the state when they are the last, and only then")
    func late() throws {
        let (store, _) = try store()
        let event = { (value: Int, minute: Int) in
            #"{"state":{"x":\#(value)},"time":"2024-01-15T01:\#(minute):00Z"}"# + "\n"
        }
        _ = try Rig.ingest(event(1, 30), into: store)
        _ = try store.retain(policy)
        for (value, minute, expected) in [(2, 20, 1), (3, 40, 3)] {
            _ = try Rig.ingest(event(value, minute), into: store, named: "\(value)")
            _ = try store.retain(policy)
            #expect(try Rig.state(store) == ["-/-/- x": "\(expected)"])
            #expect(try Rig.export(store) == [])
        }
        #expect(try store.snapshot().state.baseSegments.values.map(\.rowCount) == [1])
    }

    @Test("single services and types leave their state, too")
    func rows() throws {
        let (store, _) = try store()
        _ = try Rig.ingest(Rig.lines(Self.events(0..<300)), into: store)
        let before = try Rig.state(store)
        var policy = RetentionPolicy()
        policy.serviceAges = ["s1": 2 * Self.hour]
        let report = try #require(try store.retain(policy))
        #expect(report.droppedRowCount > 0 && report.keptStateCount > 0 && report.droppedSegmentCount == 0)
        #expect(try Rig.state(store) == before)
        #expect(try store.snapshot().state.horizon == nil)
        #expect(try store.retain(policy)?.didNothing == true)
    }

    @Test("nothing is kept of events that bear no state, nor when the settings say so")
    func nothing() throws {
        let (store, _) = try store()
        _ = try Rig.ingest(#"{"time":1,"a":1}"# + "\n", into: store)
        #expect(try store.retain(policy)?.droppedRowCount == 1)
        #expect(try store.snapshot().state.baseSegments.isEmpty)
        _ = try Rig.ingest(#"{"time":1,"state":{"a":1}}"# + "\n", into: store, named: "b")
        var policy = policy
        policy.keepsState = false
        #expect(try store.retain(policy)?.droppedRowCount == 1)
        #expect(try Rig.state(store) == [:])
    }

    @Test("forgetting reaches the base state")
    func forget() throws {
        let (store, clock) = try store()
        _ = try Rig.ingest(Rig.lines(Self.events(0..<300)), into: store)
        clock.advance(by: 100 * Self.hour)
        _ = try store.retain(policy)
        let before = try Rig.state(store)
        let report = try #require(try StoreForget.run(store, Rig.filter("state.entity=user-3")))
        #expect(report.rowCount > 0 && report.remaining == [] && report.segmentCount == 1)
        #expect(try Rig.state(store) == before.filter { !$0.key.contains("user-3") })
        #expect(try Rig.findings(store, Rig.filter("state.entity=user-3")) == [])
        #expect(try store.snapshot().state.baseSegments.count == 1)
    }

    @Test("forgetting finds the base state by the fields that the settings name, and says which it has not")
    func forgetBy() throws {
        func kept(_ fields: [String]) throws -> (store: Store, report: ForgetReport) {
            let (store, clock) = try store()
            let events = (0..<40).map {
                #"{"by":[{"user":{"id":\#($0 % 4)}}],"client":"c\#($0 % 4)","state":{"x\#($0)":1},"time":\#($0)}"#
            }
            _ = try Rig.ingest(Rig.lines(events), into: store)
            clock.advance(by: 100 * Self.hour)
            var policy = policy
            policy.forgetFields = fields
            _ = try store.retain(policy)
            let report = try #require(try StoreForget.run(store, Rig.filter("by.user.id=3", "client=c3")))
            return (store, report)
        }
        let (without, nothing) = try kept(["client"])
        #expect(nothing.rowCount == 0 && nothing.fieldsWithoutState == ["by.user.id"])
        #expect(try Rig.state(without).count == 40)
        let (with, found) = try kept(["client", "by.user.id"])
        #expect(found.rowCount == 10 && found.fieldsWithoutState == [] && found.remaining == [])
        #expect(try Rig.state(with).count == 30)
        #expect(try Rig.findings(with, Rig.filter("by.user.id=3", "client=c3")) == [])
    }

    @Test("a run that stops anywhere and is run again keeps the state", arguments: [false, true])
    func crashes(_ isRepaired: Bool) throws {
        let events = Self.events(0..<60)
        var stop = 0
        while true {
            let files = MemoryFileSystem()
            let (store, clock) = try store(files)
            _ = try Rig.ingest(Rig.lines(events), into: store)
            let before = try Rig.state(store)
            clock.advance(by: 100 * Self.hour)
            let doomed = FaultyFileSystem(files, faults: Faults(failing: stop..<Int.max))
            let isDone = (try? Store.open(Rig.paths, in: doomed, clock: clock).retain(policy)) != nil
            files.crash()
            let reopened = try Store.open(Rig.paths, in: files, clock: clock)
            #expect(try Rig.state(reopened) == before, "stopped at \(stop)")
            if isRepaired {
                // The newest manifest is lost.
                let last = try #require(try files.list("store/manifests").last { !$0.contains("floor") })
                let bytes = try files.readAll("store/manifests/\(last)")
                try files.remove("store/manifests/\(last)")
                try files.create("store/manifests/\(last)").append(bytes.map { $0 ^ 1 })
                var repair = StoreRepair(reopened)
                try repair.run()
                #expect(try Rig.state(reopened) == before, "stopped at \(stop), \(repair.result.actions)")
            }
            _ = try reopened.retain(policy)
            #expect(try Rig.state(reopened) == before && Rig.export(reopened) == [])
            if isDone { break }
            stop += isRepaired ? 23 : 7
        }
        #expect(stop > 20)
    }
}
