/// One line on the terminal that tells how far a long write is; nothing when nobody watches.
struct Progress {
    /// Bytes of the whole input, when they are known.
    private let totalByteCount: Int?
    private let isShown: Bool
    private let start = Console.ticks
    private var nextUpdate: Int64

    private static let interval: Int64 = 200_000_000

    init(totalByteCount: Int?) {
        self.totalByteCount = totalByteCount
        isShown = Console.isWatched
        nextUpdate = start + Self.interval
    }

    var elapsed: Int64 { Console.ticks - start }

    mutating func update(byteCount: Int, eventCount: Int) {
        guard isShown else { return }
        let now = Console.ticks
        guard now >= nextUpdate else { return }
        nextUpdate = now + Self.interval
        Console.writeError("\r" + Self.line(byteCount, totalByteCount, eventCount, now - start) + "\u{1B}[K")
    }

    func clear() {
        if isShown { Console.writeError("\r\u{1B}[K") }
    }

    static func line(_ byteCount: Int, _ totalByteCount: Int?, _ eventCount: Int, _ nanoseconds: Int64) -> String {
        let seconds = max(Double(nanoseconds) / 1e9, 1e-9)
        var parts = [Quantity.bytes(byteCount)]
        if let totalByteCount { parts[0] += " of " + Quantity.bytes(totalByteCount) }
        parts.append("\(Quantity.count(eventCount)) events")
        parts.append("\(Quantity.count(Int(Double(eventCount) / seconds))) events/s")
        if let totalByteCount, byteCount > 0, totalByteCount >= byteCount {
            let remaining = Double(totalByteCount - byteCount) * seconds / Double(byteCount)
            parts.append("ETA " + Quantity.clock(remaining))
        }
        return parts.joined(separator: ", ")
    }
}
