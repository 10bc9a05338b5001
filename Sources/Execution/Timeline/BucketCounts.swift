/// How many numbers are in each bucket of a sketch: a list while they are few, then a counter for each bucket from the
/// lowest power of two to the highest.
///
/// The counters of many sketches are more than what is near the processor, so that what comes then is listed, too, and
/// counted when the list is full.
struct BucketCounts {
    /// Buckets that are not counted yet.
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

    /// The first numbers of a list make it grow no further than this, and none of them moves.
    private static let firstCapacity = 16

    mutating func add(_ bucket: Int) { add(count: 1) { _ in bucket } }

    /// Adds so many buckets, each of which `bucket` tells.
    @inline(__always)
    mutating func add(count: Int, _ bucket: (Int) -> Int) {
        var done = 0
        while done < count {
            if few.count == Self.fewLimit { countFew() }
            if few.isEmpty { few.reserveCapacity(Self.firstCapacity) }
            let end = min(count, done + Self.fewLimit - few.count)
            few.append(addingCapacity: end - done) { output in
                for index in done..<end { output.append(Int32(truncatingIfNeeded: bucket(index))) }
            }
            done = end
        }
    }

    /// Makes counters of the list.
    private mutating func countFew() {
        var listed = few
        few = []
        count(listed)
        listed.removeAll(keepingCapacity: true)
        few = listed
    }

    /// Counts the buckets of a list.
    private mutating func count(_ listed: [Int32]) {
        var counted = countKnown(listed, from: 0)
        while counted < listed.count {
            grow(to: Int(listed[counted]))
            counted = countKnown(listed, from: counted)
        }
    }

    /// Counts buckets until one has no counter, and gives its place.
    private mutating func countKnown(_ listed: [Int32], from start: Int) -> Int {
        let first = first
        let buckets = listed.span
        var counters = counts.mutableSpan
        for index in start..<buckets.count {
            let place = Int(buckets[index]) &- first
            guard place >= 0, place < counters.count else { return index }
            counters[place] &+= 1
        }
        return buckets.count
    }

    private static func bounds(_ listed: [Int32]) -> ClosedRange<Int>? {
        guard var (least, greatest) = listed.first.map({ ($0, $0) }) else { return nil }
        for bucket in listed {
            least = min(least, bucket)
            greatest = max(greatest, bucket)
        }
        return Int(least)...Int(greatest)
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
        if counts.isEmpty {
            (first, counts) = (other.first, other.counts)
        } else if !other.counts.isEmpty {
            grow(to: other.first)
            grow(to: other.first + other.counts.count - 1)
            let distance = other.first - first
            var counters = counts.mutableSpan
            for place in other.counts.indices { counters[place &+ distance] &+= other.counts[place] }
        }
        if few.count + other.few.count <= Self.fewLimit {
            few += other.few
        } else {
            countFew()
            count(other.few)
        }
    }

    /// About so many buckets have a count.
    var bucketCount: Int { counts.isEmpty ? few.count : max(few.count, min(counts.count, Self.fewLimit)) }

    /// The buckets with their counts.
    var ascending: [(bucket: Int, count: Int)] {
        var found: [(bucket: Int, count: Int)] = []
        found.reserveCapacity(bucketCount)
        visit { found.append(($0, $1)) }
        return found
    }

    /// Calls `body` with each bucket and its count, the lowest first.
    @inline(__always)
    func visit(_ body: (_ bucket: Int, _ count: Int) -> Void) {
        _ = lowest { bucket, count in
            body(bucket, count)
            return false
        }
    }

    /// Of the numbers from the least to the greatest, the bucket of the one that has a rank, the first having 1; nil
    /// when there are fewer.
    func bucket(ofRank rank: Int) -> Int? {
        var left = rank
        return lowest { _, count in
            left -= count
            return left <= 0
        }
    }

    /// The lowest bucket of which `isWanted`, which is asked of each, is true.
    @inline(__always)
    private func lowest(where isWanted: (_ bucket: Int, _ count: Int) -> Bool) -> Int? {
        if counts.isEmpty {
            guard let bounds = Self.bounds(few) else { return nil }
            if bounds.count > Self.countedWidth { return few.sorted().first { isWanted(Int($0), 1) }.map { Int($0) } }
        }
        var counted = self
        counted.countFew()
        for place in counted.counts.indices where counted.counts[place] > 0 {
            if isWanted(counted.first &+ place, counted.counts[place]) { return counted.first &+ place }
        }
        return nil
    }
}

extension BucketCounts: Equatable {
    /// Whether the same numbers were counted, however they are kept.
    static func == (left: BucketCounts, right: BucketCounts) -> Bool {
        left.totals == right.totals
    }

    private var totals: [Int: Int] { ascending.reduce(into: [:]) { $0[$1.bucket, default: 0] += $1.count } }
}
