/// Lines of the events of parts, which come part by part, put in their order.
struct OrderedLines {
    /// A line and where it stands among others.
    struct Line {
        var time: Int64
        var sequence: UInt64
        var text: [UInt8]
    }

    let isNewestFirst: Bool
    private let limit: Int
    /// In the order in which they are read.
    private let parts: [EventScan.Part]
    private var nextPart = 0
    /// Found, and not yet sure to be next.
    private var waiting: [Line] = []
    /// Lines that are sure, and that nobody has taken yet.
    private(set) var output: [UInt8] = []
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

    /// The parts whose lines did not come yet.
    var partsLeft: ArraySlice<EventScan.Part> { parts[nextPart...] }

    /// So many more lines are wanted.
    var room: Int { limit - eventCount }

    /// Whether nothing is wanted any more.
    var isComplete: Bool { nextPart == parts.count || room == 0 }

    /// Adds the lines of the next part.
    mutating func add(_ lines: [Line]) {
        guard !isComplete else { return }
        nextPart += 1
        if !lines.isEmpty {
            waiting += lines
            waiting.sort(by: comesBefore)
            // What cannot be among the first is not kept.
            if waiting.count > room { waiting.removeLast(waiting.count - room) }
        }
        drain(before: partsLeft.first)
    }

    /// The lines that are sure; nil when there are none.
    mutating func takeOutput() -> [UInt8]? {
        defer { output = [] }
        return output.isEmpty ? nil : output
    }

    private func comesBefore(_ left: Line, _ right: Line) -> Bool {
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
        for line in waiting[..<(end ?? waiting.count)] { output += line.text }
        eventCount += end ?? waiting.count
        waiting.removeFirst(end ?? waiting.count)
    }
}
