/// What shows the events of parts, which come part by part, put in their order.
struct OrderedRows<Content: Sendable>: Sendable {
    /// What shows an event, and where it stands among others.
    struct Row: Sendable {
        var time: Int64
        var sequence: UInt64
        var content: Content
    }

    let isNewestFirst: Bool
    private let limit: Int
    /// In the order in which they are read.
    private let parts: [EventScan.Part]
    private var nextPart = 0
    /// Found, and not yet sure to be next.
    private var waiting: [Row] = []
    /// Those that are sure, and that nobody has taken yet.
    private(set) var output: [Content] = []
    private(set) var eventCount = 0

    init(of parts: [EventScan.Part], isNewestFirst: Bool, limit: Int) {
        self.isNewestFirst = isNewestFirst
        self.limit = limit
        self.parts = parts.sorted { left, right in
            let (first, second) =
                isNewestFirst
                ? (right.times.upperBound, left.times.upperBound) : (left.times.lowerBound, right.times.lowerBound)
            return (first, left.number) < (second, right.number)
        }
    }

    /// The parts whose rows did not come yet.
    var partsLeft: ArraySlice<EventScan.Part> { parts[nextPart...] }

    /// So many more rows are wanted.
    var room: Int { limit - eventCount }

    /// Whether nothing is wanted any more.
    var isComplete: Bool { nextPart == parts.count || room == 0 }

    /// Adds the rows of the next part.
    mutating func add(_ rows: [Row]) {
        guard !isComplete else { return }
        nextPart += 1
        if !rows.isEmpty {
            waiting += rows
            waiting.sort(by: comesBefore)
            // What cannot be among the first is not kept.
            if waiting.count > room { waiting.removeLast(waiting.count - room) }
        }
        drain(before: partsLeft.first)
    }

    /// Those that are sure.
    mutating func takeOutput() -> [Content] {
        defer { output = [] }
        return output
    }

    private func comesBefore(_ left: Row, _ right: Row) -> Bool {
        let (first, second) = isNewestFirst ? (right, left) : (left, right)
        return (first.time, first.sequence) < (second.time, second.sequence)
    }

    private mutating func drain(before next: EventScan.Part?) {
        let isNewestFirst = isNewestFirst
        let end = next.map { next in
            waiting.firstIndex {
                isNewestFirst ? $0.time <= next.times.upperBound : $0.time >= next.times.lowerBound
            } ?? waiting.count
        }
        output += waiting[..<(end ?? waiting.count)].map(\.content)
        eventCount += end ?? waiting.count
        waiting.removeFirst(end ?? waiting.count)
    }
}
