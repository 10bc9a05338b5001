import Bytes
import Files
import Ingest
import Storage
import TimeQL

@testable import Execution

/// A store to which random things happen, and a plain list of the changes that it has to know.
struct StateHistory {
    private struct Event {
        var time: Int64
        var storedAt: Int64
        var entity: String?
        var service: String
        var id: String
        var changes: [(key: [AnswerTable.Cell], value: AnswerTable.Cell)]
        /// Retention has removed it.
        var isRemoved = false
        /// It has made the last change of a field among those that retention has removed.
        var isBase = false
        var isForgotten = false

        var counts: Bool { !isForgotten && (!isRemoved || isBase) }
    }

    private static let second: Int64 = 1_000_000_000
    private static let hour = 3600 * second
    private static let start = RandomQueries.start

    private var random: SplitMix64
    let files = MemoryFileSystem()
    private let clock = ManualClock(start + 7 * hour)
    let store: Store
    private var events: [Event] = []
    private var ingestCount = 0
    private(set) var steps: [String] = []

    init(seed: UInt64) throws {
        random = SplitMix64(seed: seed)
        store = try Store.create(
            StorePaths(root: "store"), windowLength: .hour, storeId: 1, in: files, clock: clock)
    }

    mutating func number(_ limit: Int) -> Int { Int(random.next() % UInt64(limit)) }

    // MARK: What happens

    mutating func step() throws {
        clock.advance(by: 600 * Self.second)
        let choice = number(16)
        steps.append("\(choice)")
        switch choice {
        case 0, 1, 2, 3: try ingest(1 + number(60), late: number(4) == 0)
        case 4, 5, 6, 7, 8:
            let policy = CheckpointPolicy(changeCount: 1 + number(30), wholeShare: 1 + number(4), lateFactor: 1)
            _ = try store.checkpoint(policy: policy)
        case 9: _ = try store.compact()
        case 10: _ = try store.moveTiers(policy: TierPolicy(warmAfter: 0, coldAfter: Self.hour))
        case 11: try retain()
        case 12: try forget("e\(number(3))")
        case 13: try meddle()
        case 14: try StoreRepair.repair(store)
        default: try store.clean()
        }
    }

    private mutating func ingest(_ count: Int, late: Bool) throws {
        var lines = ""
        for _ in 0..<count {
            // Mostly of the last hours; many at one time.
            let now = Int((clock.now - Self.start) / Self.second)
            let second = late ? number(now) : max(0, now - number(1800))
            let (service, id) = ("s\(number(3))", "id\(events.count)")
            let value = number(9)
            var event = Event(
                time: Self.start + Int64(second) * Self.second, storedAt: clock.now, entity: nil, service: service,
                id: id, changes: [])
            func text(_ members: String) -> String {
                #"{"timestamp":"\#(Self.text(second))","service":"\#(service)","eventId":"\#(id)",\#(members)}"# + "\n"
            }
            switch number(5) {
            case 0: lines += text(#""message":"nothing changes""#)
            case 1:
                lines += text(#""host":"h\#(value)","state":{"cpu":\#(value),"p":{"n":null},"mode":"m\#(value)"}"#)
                let entity: [AnswerTable.Cell] = [.text(service), .text("h\(value)"), .none]
                event.changes = [
                    (entity + [.text("cpu")], .integer(value)), (entity + [.text("p.n")], .none),
                    (entity + [.text("mode")], .text("m\(value)")),
                ]
            case 2:
                lines += text(#""eventType":"deploy","attributes":{"version":"v\#(value)","commit":[\#(value)]}"#)
                let entity: [AnswerTable.Cell] = [.text(service), .none, .none]
                event.changes = [
                    (entity + [.text("version")], .text("v\(value)")),
                    (entity + [.text("commit")], .literal("[\(value)]")),
                ]
            case 3 where number(3) == 0:
                let entity = "e\(value % 3)"
                lines += text(#""state":{"entity":"\#(entity)","key":"ended","value":true}"#)
                event.entity = entity
                event.changes = [([.text(service), .none, .text(entity), .text("ended")], .literal("true"))]
            default:
                let entity = "e\(value % 3)"
                // Of several types.
                let (json, cell): (String, AnswerTable.Cell) =
                    [
                        ("\(value)", .integer(value)), ("\(value).5", .number(Double(value) + 0.5)),
                        ("true", .literal("true")),
                    ][
                        number(3)]
                lines += text(#""state":{"entity":"\#(entity)","key":"k\#(value)","value":\#(json)}"#)
                event.entity = entity
                event.changes = [([.text(service), .none, .text(entity), .text("k\(value)")], cell)]
            }
            events.append(event)
        }
        ingestCount += 1
        let ingest = try StoreIngest(store, options: StoreIngest.Options()) { [ingestCount] in
            MemoryStream(Array(lines.utf8), path: "dump-\(ingestCount)")
        }
        try ingest.run()
    }

    private static func text(_ second: Int) -> String {
        func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let (day, rest) = (second / 86_400, second % 86_400)
        return "2026-03-0\(2 + day)T\(pad(rest / 3600)):\(pad(rest / 60 % 60)):\(pad(rest % 60))Z"
    }

    private mutating func retain() throws {
        var policy = RetentionPolicy(age: Int64(3 + number(4)) * Self.hour)
        if number(2) == 0 { policy.serviceAges = ["s1": Int64(1 + number(3)) * Self.hour] }
        policy.keepsState = number(6) > 0
        _ = try store.retain(policy)
        var lasts: [[String]: Int] = [:]
        for index in events.indices {
            let windowEnd = (events[index].time / Self.hour + 1) * Self.hour - 1
            let age = min(policy.age ?? .max, policy.serviceAges[events[index].service] ?? .max)
            let isOld = clock.now - windowEnd > age && !events[index].isRemoved
            if isOld { events[index].isRemoved = true }
            guard !events[index].isForgotten, isOld && policy.keepsState || events[index].isBase else { continue }
            for (key, _) in events[index].changes {
                if let known = lasts[Self.order(key)], events[known].time > events[index].time { continue }
                lasts[Self.order(key)] = index
            }
        }
        for (key, end) in lasts where key[3] == "-ended" {
            for (other, index) in lasts
            where other[..<3] == key[..<3] && (events[index].time, index) < (events[end].time, end) {
                lasts[other] = nil
            }
        }
        let kept = Set(lasts.values)
        for index in events.indices { events[index].isBase = kept.contains(index) }
    }

    private mutating func forget(_ entity: String) throws {
        let filter = ForgetFilter([.field(name: "state.entity", SoughtValue(entity))])
        _ = try StoreForget.run(store, filter)
        for index in events.indices where events[index].entity == entity { events[index].isForgotten = true }
    }

    /// Damages or removes a keyframe.
    mutating func meddle() throws {
        let keyframes = try store.snapshot().state.orderedKeyframes
        guard !keyframes.isEmpty else { return }
        let path = try store.snapshot().path(keyframes[number(keyframes.count)].segment)
        guard try files.exists(path) else { return }
        if number(2) == 0 { return try files.remove(path) }
        let byteCount = try files.byteCount(of: path)
        files.write([UInt8(truncatingIfNeeded: number(256))], at: path, from: number(byteCount))
    }

    // MARK: What has to be known

    mutating func time() -> Int64 { clock.now - Int64(number(8 * 3600)) * Self.second }

    /// The rows of `STATE AT`.
    func state(at time: Int64, knownAt: Int64 = .max) -> [[AnswerTable.Cell]] {
        var last: [[String]: (time: Int64, index: Int, row: [AnswerTable.Cell])] = [:]
        // Of one time the event that came in later.
        for (index, event) in events.enumerated()
        where event.counts && event.time <= time && event.storedAt <= knownAt {
            for (key, value) in event.changes {
                if let known = last[Self.order(key)], known.time > event.time { continue }
                last[Self.order(key)] = (event.time, index, key + [value, .time(event.time), .text(event.id)])
            }
        }
        let ends = last.filter { $0.key[3] == "-ended" }
        let left = last.filter { key, change in
            ends.allSatisfy { end in
                end.key[..<3] != key[..<3] || (end.value.time, end.value.index) < (change.time, change.index)
            }
        }
        return left.values.map(\.row).sorted { Self.order($0).lexicographicallyPrecedes(Self.order($1)) }
    }

    /// The rows of `STATE BETWEEN`, without the values before.
    func changes(in times: ClosedRange<Int64>) -> [[AnswerTable.Cell]] {
        let found = events.enumerated().filter { $0.element.counts && times.contains($0.element.time) }
            .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
        return found.flatMap { _, event in
            event.changes.sorted { Self.order($0.key).lexicographicallyPrecedes(Self.order($1.key)) }
                .map { [.time(event.time)] + $0.key + [$0.value, .text(event.id)] }
        }
    }

    /// What is missing comes first.
    static func order(_ row: [AnswerTable.Cell]) -> [String] {
        row[..<4].map { if case .text(let text) = $0 { "-" + text } else { "" } }
    }
}

extension StoreRepair {
    static func repair(_ store: Store) throws {
        var repair = StoreRepair(store)
        try repair.run()
    }
}
