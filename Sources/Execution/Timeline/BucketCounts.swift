/// How many numbers are in each bucket of a sketch: a list while they are few, then a counter for each bucket from the
/// lowest power of two to the highest.
struct BucketCounts {
    private var few: [Int32] = []
    /// The bucket of the first counter, a multiple of those in a power.
    private var first = 0
    private var counts: [Int] = []

    /// A list of so many takes less than the counters of a power.
    private static let fewLimit = 32

    var byteCount: Int { few.capacity * 4 + counts.capacity * 8 }

    @inline(__always)
    mutating func add(_ bucket: Int) {
        let place = bucket &- first
        if place >= 0, place < counts.count {
            counts[place] &+= 1
        } else {
            addOutside(bucket, 1)
        }
    }

    private mutating func addOutside(_ bucket: Int, _ count: Int) {
        if counts.isEmpty {
            if count == 1, few.count < Self.fewLimit {
                few.append(Int32(bucket))
                return
            }
            let listed = few
            few = []
            grow(to: bucket)
            for other in listed { addOutside(Int(other), 1) }
        }
        grow(to: bucket)
        counts[bucket - first] += count
    }

    /// Makes sure that a bucket has a counter.
    private mutating func grow(to bucket: Int) {
        let width = QuantileSketch.bucketsPerPower
        let start = (bucket >= 0 ? bucket / width : (bucket + 1) / width - 1) * width
        if counts.isEmpty {
            first = start
            counts = [Int](repeating: 0, count: width)
        } else if start < first {
            counts.insert(contentsOf: repeatElement(0, count: first - start), at: 0)
            first = start
        } else if start + width > first + counts.count {
            counts.append(contentsOf: repeatElement(0, count: start + width - first - counts.count))
        }
    }

    mutating func merge(_ other: BucketCounts) {
        for bucket in other.few { add(Int(bucket)) }
        for (place, count) in other.counts.enumerated() where count > 0 { addOutside(other.first + place, count) }
    }

    /// The buckets with their counts.
    var ascending: [(bucket: Int, count: Int)] {
        if counts.isEmpty { return few.sorted().map { (Int($0), 1) } }
        return counts.enumerated().filter { $0.element > 0 }.map { (first + $0.offset, $0.element) }
    }
}

extension BucketCounts: Equatable {
    /// Whether the same numbers were counted, however they are kept.
    static func == (left: BucketCounts, right: BucketCounts) -> Bool {
        left.totals == right.totals
    }

    private var totals: [Int: Int] { ascending.reduce(into: [:]) { $0[$1.bucket, default: 0] += $1.count } }
}
