import Bytes
import Files
import Ingest
import Storage

/// A store in a machine that stops or fails at random moments, and a plain model of what it must hold.
///
/// Everything follows from the seed: what is done, when the clock jumps, which operation of the file system is the last.
struct SimulatedStore {
    private static let paths = StorePaths(root: "store")
    private static let hour: Int64 = 3_600_000_000_000

    private var random: SplitMix64
    private let files = MemoryFileSystem()
    private let clock: ManualClock
    private let dumps: [[SimulatedEvent]]
    /// How much of each dump was acknowledged, and how much was ever offered.
    private var acknowledged: [Int]
    private var offered: [Int]
    /// Of each event of a dump what became of it when its user was to be forgotten, or its window was to go.
    private var fates: [[Fate]]
    /// What became of the state that it set: only forgetting removes that.
    private var stateFates: [[Fate]]
    /// Retention may have taken the marks of traces in windows that ended before.
    private var firstMark = Int64.min
    private(set) var crashCount = 0
    private(set) var log: [String] = []

    private enum Fate { case kept, perhapsGone, gone }

    private static let tiers = TierPolicy(warmAfter: 2 * hour, coldAfter: 12 * hour)
    static let sampling = SamplingPolicy(share: 0.25)
    private static let checkpoints = CheckpointPolicy(changeCount: 20)

    /// What is wrong.
    struct Violation: Error {
        var text: String
    }

    init(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        clock = ManualClock(1_700_000_000_000_000_000)
        dumps = (0..<3).map { dump in
            (0..<Int(20 + random.next() % 200)).map { number in
                SimulatedEvent(dump: dump, number: number, &random)
            }
        }
        acknowledged = [0, 0, 0]
        offered = [0, 0, 0]
        fates = dumps.map { $0.map { _ in .kept } }
        stateFates = fates
        self.random = random
        _ = try Store.create(Self.paths, windowLength: .hour, storeId: 1, in: files, clock: clock)
    }

    /// One thing that a process does, perhaps its last.
    mutating func step() throws {
        let budget = Int(random.next() % 120)
        let faults: Faults
        let isCrash = random.next() % 3 != 0
        switch random.next() % 8 {
        // Goes through.
        case 0, 1: faults = Faults()
        // One operation fails, the machine goes on.
        case 2: faults = Faults(failing: budget..<budget + 1, errorNumber: random.next() % 2 == 0 ? 5 : 28)
        // The process, or the machine, stops.
        default: faults = Faults(failing: budget..<Int.max)
        }
        let doomed = FaultyFileSystem(files, faults: faults)
        if random.next() % 4 == 0 { clock.advance(by: Int64(random.next() % 48) * Self.hour) }
        if random.next() % 32 == 0 { clock.advance(by: (random.next() % 2 == 0 ? 1 : -1) * 365 * 24 * Self.hour) }
        let action = random.next() % 10
        log.append("action \(action), fails from operation \(budget)")
        do {
            let store = try Store.open(Self.paths, in: doomed, clock: clock)
            switch action {
            case 0, 1, 2: try ingest(into: store)
            case 3: _ = try store.compact()
            case 4: try moveTiers(in: store)
            case 5: try forget(Int(random.next() % UInt64(SimulatedEvent.userCount)), in: store)
            case 6: try retain(in: store)
            case 7, 8: _ = try store.checkpoint(policy: Self.checkpoints)
            default: try store.clean()
            }
        } catch let error as StoreError {
            guard Self.isOfMachine(error) else { throw Violation(text: "\(error)") }
        } catch let error as IngestFailure {
            if case .store(let inner) = error, Self.isOfMachine(inner) { return try endOfProcess(isCrash) }
            throw Violation(text: "\(error)")
        }
        try endOfProcess(isCrash)
    }

    private mutating func endOfProcess(_ isCrash: Bool) throws {
        guard isCrash else { return }
        files.crash()
        crashCount += 1
    }

    private static func isOfMachine(_ error: StoreError) -> Bool {
        switch error {
        case .file, .segment(_, .io): true
        default: false
        }
    }

    private mutating func ingest(into store: Store, wholly: Bool = false, dump chosen: Int? = nil) throws {
        let dump = chosen ?? Int(random.next() % 3)
        let count = wholly ? dumps[dump].count : min(dumps[dump].count, offered[dump] + Int(random.next() % 120))
        offered[dump] = max(offered[dump], count)
        let text = dumps[dump][..<offered[dump]].map { $0.text + "\n" }.joined()
        var options = StoreIngest.Options()
        options.eventCountPerCommit = 1 + Int(random.next() % 64)
        let ingest = try StoreIngest(store, options: options) { MemoryStream(Array(text.utf8), path: "dump\(dump)") }
        try ingest.run()
        acknowledged[dump] = offered[dump]
    }

    /// Events that were committed go; those of an ingest that was cut may have been, or may still come.
    private mutating func forget(_ user: Int, in store: Store) throws {
        note(.perhapsGone) { $0.user == user }
        guard let report = try StoreForget.run(store, Self.filter(user)), report.remaining.isEmpty else {
            throw Violation(text: "something remains of what was forgotten")
        }
        note(.gone) { $0.user == user }
    }

    /// Windows of an hour go when they are over for long enough.
    private mutating func retain(in store: Store) throws {
        let age = 36 * Self.hour
        let now = clock.now
        firstMark = max(firstMark, now - age)
        note(.perhapsGone, withState: false) { $0.windowEnd < now - age }
        _ = try store.retain(RetentionPolicy(age: age))
        note(.gone, withState: false) { $0.windowEnd < now - age }
    }

    /// Of windows that become cold, traces that nobody asks for go, but for a sample.
    private mutating func moveTiers(in store: Store, isAll: Bool = false) throws {
        let now = clock.now
        let isCold = { (event: SimulatedEvent) in event.windowEnd <= now - Self.tiers.coldAfter }
        note(.perhapsGone, withState: false) { [firstMark] event in
            isCold(event) && !event.isKept && event.mayBeSampled(firstMark)
        }
        _ = try store.moveTiers(policy: Self.tiers, sampling: Self.sampling)
        // Late rows of a window that is cold wait for a day.
        guard isAll else { return }
        note(.gone, withState: false) { isCold($0) && !$0.isKept && $0.isOfSample && !$0.isMarked }
    }

    private mutating func note(_ fate: Fate, withState: Bool = true, _ isMeant: (SimulatedEvent) -> Bool) {
        for dump in dumps.indices {
            for number in 0..<offered[dump] where isMeant(dumps[dump][number]) {
                let next = number < acknowledged[dump] ? fate : .perhapsGone
                if fates[dump][number] != .gone { fates[dump][number] = next }
                if withState, stateFates[dump][number] != .gone { stateFates[dump][number] = next }
            }
        }
    }

    private static func filter(_ user: Int) -> ForgetFilter {
        ForgetFilter([.field(name: "state.entity", SoughtValue(SimulatedEvent.user(user)))])
    }

    /// Every acknowledged event is there once, unless it was forgotten, others that were offered at most once, and
    /// nothing else.
    func check() throws {
        let store = try Store.open(Self.paths, in: files, clock: clock)
        var counts: [String: Int] = [:]
        let lines = try export(store, ExportFilter())
        for line in lines { counts[line, default: 0] += 1 }
        try checkTraces(store, lines)
        try checkWeights(store)
        for dump in dumps.indices {
            for (number, event) in dumps[dump].enumerated() {
                let count = counts.removeValue(forKey: event.text) ?? 0
                let fate = fates[dump][number]
                if fate == .gone, count > 0 { throw Violation(text: "forgotten event \(number) of dump \(dump)") }
                if fate == .kept, number < acknowledged[dump], count != 1 {
                    throw Violation(text: "acknowledged event \(number) of dump \(dump) is there \(count) times")
                }
                if count > (number < offered[dump] ? 1 : 0) {
                    throw Violation(text: "event \(number) of dump \(dump) is there \(count) times")
                }
            }
        }
        if let other = counts.keys.min() { throw Violation(text: "an event that never came in: \(other)") }
    }

    private func export(_ store: Store, _ filter: ExportFilter, weightKey: String? = nil) throws -> [String] {
        var bytes: [UInt8] = []
        var export = StoreExport(try store.snapshot(), filter: filter, weightKey: weightKey)
        try export.run { bytes += $0 }
        if let faults = export.lookup?.faults, !faults.isEmpty { throw Violation(text: "\(faults)") }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// What stands for others says for how many, and nothing else does. When all is cold, it all does.
    private func checkWeights(_ store: Store, isAllCold: Bool = false) throws {
        let allowed = Set(dumps.joined().filter { $0.isKept && $0.mayBeSampled(firstMark) }.map(\.text))
        let needed = Set(dumps.joined().filter { isAllCold && $0.isOfSample && !$0.isMarked }.map(\.text))
        let mark = #","~":4.0}"#
        for line in try export(store, ExportFilter(), weightKey: "~") {
            let isWeighed = line.hasSuffix(mark)
            let text = isWeighed ? line.dropLast(mark.utf8.count) + "}" : line
            guard isWeighed ? allowed.contains(text) : !needed.contains(text) else {
                throw Violation(text: "\(isWeighed ? "a" : "no") weight in \(line)")
            }
        }
    }

    /// Some traces are found by their ids with exactly those of all events that have them.
    private func checkTraces(_ store: Store, _ lines: [String]) throws {
        for dump in dumps.indices {
            let trace = SimulatedEvent.trace(dump, lines.count % dumps[dump].count)
            var filter = ExportFilter()
            filter.ids = [IdQuery(trace, in: [.traceId])]
            guard try export(store, filter) == lines.filter({ $0.contains("\"\(trace)\"") }) else {
                throw Violation(text: "trace \(trace) is found with other events than it has")
            }
        }
    }

    /// All processes run to their end: then everything is there, sound, and nothing is left over.
    mutating func finish() throws {
        let store = try Store.open(Self.paths, in: files, clock: clock)
        for dump in dumps.indices { try ingest(into: store, wholly: true, dump: dump) }
        _ = try store.compact()
        try moveTiers(in: store)
        _ = try store.checkpoint(policy: Self.checkpoints)
        try store.clean()
        try check()
        try checkState(store)
        // However far the clock has jumped, all is cold then.
        clock.advance(by: 20 * 365 * 24 * Self.hour)
        try moveTiers(in: store, isAll: true)
        try check()
        try checkWeights(store, isAllCold: true)
        try checkState(store)
        try forget(0, in: store)
        try retain(in: store)
        try check()
        try checkState(store)
        var search = ForgottenSearch(store, Self.filter(0))
        try search.run()
        guard search.result.findings.isEmpty else { throw Violation(text: "\(search.result.findings)") }
        var verifier = StoreVerifier(store)
        try verifier.run()
        guard verifier.result.faults.isEmpty else { throw Violation(text: "\(verifier.result.faults)") }
        let snapshot = try store.snapshot()
        let named = Set(snapshot.state.orderedSegments.map { snapshot.path($0) })
        for tier in ["hot", "warm", "cold"] {
            for window in try files.list("store/\(tier)") {
                let folder = "store/\(tier)/\(window)"
                for name in try files.list(folder) where !named.contains("\(folder)/\(name)") {
                    throw Violation(text: "\(folder)/\(name) is left over")
                }
            }
        }
        let indexes = Set(snapshot.state.orderedIndexes.map { store.paths.index($0.id) })
        for name in try files.list("store/index") where !indexes.contains("store/index/\(name)") {
            throw Violation(text: "index \(name) is left over")
        }
        let keyframes = Set(snapshot.state.orderedKeyframes.map { snapshot.path($0.segment) })
        for name in try files.list("store/state") where !keyframes.contains("store/state/\(name)") {
            throw Violation(text: "keyframe \(name) is left over")
        }
        guard try files.list("store/writers").isEmpty else { throw Violation(text: "locks of writers are left over") }
    }

    /// When everything was offered to its end, each key of each user has the value of its last event, whatever retention
    /// has removed.
    private func checkState(_ store: Store) throws {
        let found = try StoredState.read(store)
        let looked = try StoredState.look(store)
        guard found == looked else { throw Violation(text: "keyframes say \(looked), events \(found)") }
        let all = dumps.indices.flatMap { dump in dumps[dump].indices.map { (dump: dump, number: $0) } }
        for user in 0..<SimulatedEvent.userCount {
            for key in 0..<3 {
                let ours = all.filter { dumps[$0.dump][$0.number].user == user && dumps[$0.dump][$0.number].key == key }
                    .sorted { dumps[$0.dump][$0.number].time > dumps[$1.dump][$1.number].time }
                var allowed: [String?] = []
                for place in ours {
                    let fate = stateFates[place.dump][place.number]
                    if fate != .gone { allowed.append("\(place.number)") }
                    if fate == .kept { break }
                }
                if ours.allSatisfy({ stateFates[$0.dump][$0.number] != .kept }) { allowed.append(nil) }
                let value = found["\(SimulatedEvent.user(user)) k\(key)"]
                guard allowed.contains(value) else {
                    throw Violation(text: "k\(key) of user \(user) is \(value ?? "not there"), not one of \(allowed)")
                }
            }
        }
    }
}
