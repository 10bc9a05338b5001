import Segments

/// The keys of what one thread has found, and which lane each of them is led through a pattern by.
final class KeysOfThread: @unchecked Sendable {
    // Touched by its thread while that reads, and by lanes, which change nothing, when no thread does.
    private(set) var keys: PatternKeys
    /// By keys; ``none`` where nobody has asked yet.
    private var lanes: [UInt8] = []
    private let laneCount: Int

    static let mostLanes = Int(UInt8.max)
    private static let none = UInt8.max

    init(_ keys: PatternKeys, laneCount: Int) {
        self.keys = keys
        self.laneCount = laneCount
    }

    /// The key of each row; −1 when it lacks a field.
    func keys(of found: FoundRows) throws(SegmentError) -> [Int32] {
        let numbers = try keys.keys(of: found)
        lanes += repeatElement(Self.none, count: max(0, keys.count - lanes.count))
        return numbers
    }

    /// The same for equal keys, whichever thread has found them.
    @inline(__always)
    func lane(of key: Int32) -> Int {
        guard laneCount > 1 else { return 0 }
        let known = lanes[Int(key)]
        guard known == Self.none else { return Int(known) }
        let lane = keys.checksum(of: key) % UInt64(laneCount)
        lanes[Int(key)] = UInt8(lane)
        return Int(lane)
    }
}
