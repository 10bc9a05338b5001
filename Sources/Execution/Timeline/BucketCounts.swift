/// How many numbers are in each bucket of a sketch: a list while they are few, then a counter for each bucket from the
/// lowest power of two to the highest.
struct BucketCounts {
    private var few: [Int32] = []
    /// The bucket of the first counter, a multiple of those in a power.
    private var first = 0
    private var counts: [Int] = []

    /// A list of so many takes less memory than the counters of most fields would, and what is put into one of many
    /// lists is near what was put there before.
    private static let fewLimit = 512
    /// Counters of so many buckets cost less than sorting a list.
    private static let countedWidth = 16_384

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
            countFew()
        }
        grow(to: bucket)
        counts[bucket - first] += count
    }

    /// Makes counters of the list.
    private mutating func countFew() {
        guard let least = few.min(), let greatest = few.max() else { return }
        let listed = few
        few = []
        grow(to: Int(least))
        grow(to: Int(greatest))
        for bucket in listed { counts[Int(bucket) &- first] &+= 1 }
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
        if other.counts.isEmpty {
            if counts.isEmpty, few.count + other.few.count <= Self.fewLimit {
                few += other.few
            } else {
                for bucket in other.few { add(Int(bucket)) }
            }
            return
        }
        guard !counts.isEmpty || !few.isEmpty else {
            self = other
            return
        }
        countFew()
        grow(to: other.first)
        grow(to: other.first + other.counts.count - 1)
        let distance = other.first - first
        for place in other.counts.indices { counts[place &+ distance] &+= other.counts[place] }
    }

    /// The buckets with their counts.
    var ascending: [(bucket: Int, count: Int)] {
        if counts.isEmpty {
            guard let least = few.min(), let greatest = few.max() else { return [] }
            if Int(greatest) - Int(least) > Self.countedWidth { return few.sorted().map { (Int($0), 1) } }
            var counted = self
            counted.countFew()
            return counted.ascending
        }
        var found: [(bucket: Int, count: Int)] = []
        for place in counts.indices where counts[place] > 0 { found.append((first &+ place, counts[place])) }
        return found
    }
}

extension BucketCounts: Equatable {
    /// Whether the same numbers were counted, however they are kept.
    static func == (left: BucketCounts, right: BucketCounts) -> Bool {
        left.totals == right.totals
    }

    private var totals: [Int: Int] { ascending.reduce(into: [:]) { $0[$1.bucket, default: 0] += $1.count } }
}
