import Columns
import Files
import Segments

/// What a background job may use.
public struct JobBudget: Sendable {
    public var memoryByteCount: Int
    /// Bytes read and written a second; nil: as fast as it goes.
    public var inputOutputRate: Int?

    public static let standard = JobBudget(memoryByteCount: 256 << 20)
    public static let smallestMemoryByteCount = 64 << 20

    public init(memoryByteCount: Int, inputOutputRate: Int? = nil) {
        self.memoryByteCount = max(memoryByteCount, Self.smallestMemoryByteCount)
        self.inputOutputRate = inputOutputRate
    }

    /// A band takes about three times its raw bytes while it is encoded, and the page of the source that is being
    /// appended is held decoded beside it, and the ids of the segment for its filters.
    func options(_ tier: EncodingProfile.Tier) -> SegmentWriterOptions {
        var options = SegmentWriterOptions.forStore(tier)
        options.rawByteCountPerBand = min(options.rawByteCountPerBand, memoryByteCount / 8)
        return options
    }

    /// What the ids of so many rows take while the filters are built leaves most of the memory to the band.
    public var rowCountPerSegment: Int { max(1 << 18, memoryByteCount / 128) }
}

/// Slows a job down to what it may read and write.
package struct Pace {
    private let clock: any Clock
    private let rate: Int?
    private let start: Int64
    private var byteCount = 0

    package init(_ budget: JobBudget, _ clock: any Clock) {
        self.clock = clock
        rate = budget.inputOutputRate
        start = clock.now
    }

    package mutating func spend(_ count: Int) {
        byteCount += count
        guard let rate else { return }
        let due = Double(byteCount) / Double(rate) * 1e9
        let elapsed = Double(clock.now - start)
        // A clock that jumps must not stop the job for a year.
        if due > elapsed { clock.sleep(Int64(min(due - max(elapsed, 0), 1e9))) }
    }
}
