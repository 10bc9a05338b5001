/// What a workload is to be.
public struct WorkloadOptions: Sendable {
    public var eventCount: Int
    public var seed: UInt64
    /// Events of one second of the fleet's time.
    public var eventsPerSecond: Double
    /// The time of the first event, in nanoseconds since 1970.
    public var start: Int64
    /// How many incidents there are; nil for one every ten minutes or so.
    public var incidentCount: Int?
    /// The share of events that arrive late, 0 to 1.
    public var lateShare: Double

    public init(
        eventCount: Int, seed: UInt64 = 42, eventsPerSecond: Double = 115, start: Int64 = Self.usualStart,
        incidentCount: Int? = nil, lateShare: Double = 0.03
    ) {
        self.eventCount = eventCount
        self.seed = seed
        self.eventsPerSecond = eventsPerSecond
        self.start = start
        self.incidentCount = incidentCount
        self.lateShare = lateShare
    }

    /// 2026-03-02T00:00:00Z.
    public static let usualStart: Int64 = 1_772_409_600_000_000_000

    /// Whether the last event has a time that 64 bits of nanoseconds hold, with room for what follows from it.
    public var isWithinTime: Bool {
        Double(eventCount) / eventsPerSecond * 2e9 + Double(start) < 0x1p63 - 1e18
    }

    /// The fleet's time that the events take, in nanoseconds.
    public var length: Int64 { Int64(Double(eventCount) / eventsPerSecond * 1e9) }
}
