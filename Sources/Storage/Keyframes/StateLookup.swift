public import Segments

/// Finds what was true at a time, or all changes in some time: from keyframes as far as there are some, and else from
/// events. Keyframes that cannot be read cost time, and nothing else.
public struct StateLookup {
    /// What an answer was made of.
    public struct Cost: Equatable, Sendable {
        /// The keyframes that were read. The first is what was true at its time, unless all there are changes.
        public var keyframes: [KeyframeEntry] = []
        /// Those that could not be read.
        public var damagedCount = 0
        /// Events that were read besides.
        public var eventCount = 0
        /// Bytes of keyframes and segments, as they are stored.
        public var byteCount = 0

        /// Whether everything was found by going through events.
        public var isReplay: Bool { keyframes.isEmpty }
    }

    /// A keyframe of so many rows is worth a thread.
    private static let threadRowCount = 16_384
    /// So many readers are open at once.
    private static let threadKeyframeLimit = 4

    let snapshot: Snapshot
    let mapping: StateMapping
    /// Events that are in no segment yet.
    private let logs: [(path: String, reader: SegmentReader)]
    /// Stored later is not known yet.
    let knownAt: Int64
    /// Gives readers of keyframes, which may stay open from question to question.
    private let readers: any SegmentReaders
    /// Asked again and again: whether nobody wants the answer any more.
    private let isCancelled: @Sendable () -> Bool
    public private(set) var cost = Cost()

    public init(
        _ snapshot: Snapshot, _ mapping: StateMapping, logs: [(path: String, reader: SegmentReader)], knownAt: Int64,
        readers: (any SegmentReaders)? = nil, isCancelled: @escaping @Sendable () -> Bool = { false }
    ) {
        self.isCancelled = isCancelled
        self.readers = readers ?? snapshot
        self.snapshot = snapshot
        self.mapping = mapping
        self.logs = logs
        self.knownAt = knownAt
    }

    /// What was true at a time, of some services or of all; and perhaps what was in flight then.
    public mutating func state(
        at time: Int64, of services: Set<[UInt8]>? = nil, inFlight: Bool = false
    ) throws(StoreError) -> StateTable {
        let filter = StateTable.Filter(times: .min...time, knownAt: knownAt, services: services)
        let knownAt = knownAt
        let sources = try sources(filter, onlyLast: true) { KeyframePlan($0, at: time, knownAt: knownAt) }
        guard inFlight else { return try table(sources, filter, onlyLast: true) }
        var scan = InFlightScan(at: time, of: services, knownAt: knownAt)
        for entry in snapshot.state.orderedSegments
        where entry.storedAt.lowerBound <= knownAt && scan.mayHave(entry.times) {
            try scan.add(snapshot.open(entry), path: snapshot.path(entry), isCancelled)
        }
        for (path, reader) in logs { try scan.add(reader, path: path, isCancelled) }
        return try table(sources + (scan.source.map { [$0] } ?? []), filter, onlyLast: true)
    }

    /// All changes in some time.
    public mutating func changes(
        in times: ClosedRange<Int64>, of services: Set<[UInt8]>? = nil
    ) throws(StoreError) -> StateTable {
        let filter = StateTable.Filter(times: times, knownAt: knownAt, services: services)
        let sources = try sources(filter, onlyLast: false) { KeyframePlan($0, in: times) }
        return try table(sources, filter, onlyLast: false)
    }

    private func table(
        _ sources: [StateSource], _ filter: StateTable.Filter, onlyLast: Bool
    ) throws(StoreError) -> StateTable {
        try StateMerge(sources, filter, onlyLast: onlyLast, isCancelled: isCancelled).table
    }

    private func look() throws(StoreError) {
        if isCancelled() { throw .cancelled }
    }

    private mutating func sources(
        _ filter: StateTable.Filter, onlyLast: Bool, _ plan: ([KeyframeEntry]) -> KeyframePlan
    ) throws(StoreError) -> [StateSource] {
        cost = Cost()
        var usable = snapshot.state.keyframes(by: mapping)
        while true {
            let plan = plan(usable)
            var sources: [StateSource] = []
            var damaged: SegmentId?
            try look()
            for (keyframe, found) in zip(plan.keyframes, try read(plan.keyframes, filter.services)) {
                guard let found else {
                    damaged = keyframe.id
                    break
                }
                sources += found
            }
            try look()
            if let damaged {
                cost.damagedCount += 1
                usable.removeAll { $0.id == damaged }
                continue
            }
            cost.keyframes = plan.keyframes
            return sources + (try events(filter, onlyLast, after: plan.until).map { [$0] } ?? [])
        }
    }

    /// The changes of some services or all that keyframes hold; nil for one that cannot be read. Of several large ones
    /// the first, which mostly is the largest, is read by a thread of its own.
    private mutating func read(
        _ keyframes: [KeyframeEntry], _ services: Set<[UInt8]>?
    ) throws(StoreError) -> [[StateSource]?] {
        var found: [[StateSource]?] = []
        var first: KeyframeReading?
        // Whatever happens: while a thread reads, its reader is lent to nobody else.
        defer { _ = first?.wait() }
        for (number, keyframe) in keyframes.enumerated() {
            try look()
            guard let reader = try? readers.reader(of: keyframe.segment) else {
                found.append(nil)
                continue
            }
            let reading = KeyframeReading(keyframe, services, reader, snapshot)
            let isForThread =
                number == 0 && services == nil && (2...Self.threadKeyframeLimit).contains(keyframes.count)
                && keyframe.segment.rowCount >= Self.threadRowCount
            if isForThread, reading.start() {
                first = reading
                found.append(nil)
                continue
            }
            found.append(reading.sources)
            cost.byteCount += reading.byteCount
        }
        if let first {
            found[0] = first.wait()
            cost.byteCount += first.byteCount
        }
        return found
    }

    /// The parts that may have changes that are in no keyframe, when those hold all up to an end.
    func scan(_ times: ClosedRange<Int64>, after end: Int64?) throws(StoreError) -> StateScan {
        var scan = StateScan(snapshot, mapping)
        for entry in snapshot.state.stateSegments where entry.storedAt.lowerBound <= knownAt {
            try look()
            guard let end, snapshot.state.checkpointed.contains(entry.id) else {
                try scan.add(entry, in: times)
                continue
            }
            if end < times.upperBound { try scan.add(entry, in: max(end + 1, times.lowerBound)...times.upperBound) }
        }
        for (path, reader) in logs { try scan.add(reader, path: path, in: times) }
        return scan
    }

    /// What is in no keyframe.
    private mutating func events(
        _ filter: StateTable.Filter, _ onlyLast: Bool, after end: Int64?
    ) throws(StoreError) -> StateSource? {
        var scan = try scan(filter.times, after: end)
        defer { cost.byteCount += scan.takeReadByteCount() }
        var fold = StateFold<LastChange>()
        var all: [StateRow] = []
        for part in scan.parts {
            try look()
            for row in try scan.rows(of: part, in: filter.times, knownAt: knownAt) {
                cost.eventCount += 1
                if let services = filter.services {
                    guard let service = scan.keys.entities[row.entity].service, services.contains(service) else {
                        continue
                    }
                }
                if onlyLast { fold.add(row) } else { all.append(row) }
            }
        }
        all = onlyLast ? fold.rows(of: fold.values.keys, scan.keys) : all.ordered(scan.keys)
        return all.isEmpty ? nil : StateSource(all, scan.keys)
    }
}

extension StoreState {
    /// All segments that can say something of state.
    var stateSegments: [SegmentEntry] { orderedBaseSegments + orderedSegments }
}
