import Workload

/// Made-up events without an end, as many lines at a time as are asked for.
struct EndlessEvents {
    private static let countAtOnce = 4_000_000

    private var options = WorkloadOptions(eventCount: countAtOnce)
    private var workload: FleetWorkload
    private var chunk: [UInt8] = []
    private var position = 0

    init() { workload = FleetWorkload(options) }

    mutating func take(_ count: Int) -> [UInt8] {
        var taken: [UInt8] = []
        var missing = count
        while missing > 0 {
            if position == chunk.count { refill() }
            let start = position
            while missing > 0, let end = chunk[position...].firstIndex(of: UInt8(ascii: "\n")) {
                position = end + 1
                missing -= 1
            }
            taken += chunk[start..<position]
        }
        return taken
    }

    private mutating func refill() {
        position = 0
        if let next = workload.next() {
            chunk = next
            return
        }
        // The fleet's time goes on.
        options.start += options.length
        options.seed += 1
        workload = FleetWorkload(options)
        chunk = []
    }
}
