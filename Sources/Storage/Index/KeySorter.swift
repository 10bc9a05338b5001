/// Sorts more ids than memory holds: what fits is sorted and put aside as a run, and runs are merged as they are read.
final class KeySorter {
    private let keyLimit: Int
    private let scratch: ScratchFile
    private var keys: [IndexKey] = []
    /// Bytes of the scratch file.
    private var runs: [Range<Int>] = []

    init(_ scratch: ScratchFile, memoryByteCount: Int) {
        self.scratch = scratch
        keyLimit = max(1024, memoryByteCount / MemoryLayout<IndexKey>.stride)
    }

    func add(_ key: IndexKey) throws(StoreError) {
        if keys.count >= keyLimit {
            keys.sortAndMerge()
            // Mostly ids that are there already: then they may stay.
            if keys.count > keyLimit / 2 { try endRun() }
        }
        keys.append(key)
    }

    /// Ends adding.
    func finish() throws(StoreError) {
        keys.sortAndMerge()
        if !runs.isEmpty, !keys.isEmpty { try endRun() }
    }

    private func endRun() throws(StoreError) {
        let start = scratch.byteCount
        let bytes = unsafe keys.withUnsafeBytes { unsafe Array($0) }
        try scratch.append(bytes)
        runs.append(start..<scratch.byteCount)
        keys.removeAll(keepingCapacity: true)
    }

    /// Each id once, ascending by hash.
    func pass(to body: (IndexKey) throws(StoreError) -> Void) throws(StoreError) {
        guard !runs.isEmpty else {
            for key in keys { try body(key) }
            return
        }
        var merge = try RunMerge(runs, of: scratch, keyCountPerRead: max(64, keyLimit / runs.count))
        var last: IndexKey?
        while let key = try merge.next() {
            if last?.hash == key.hash {
                last?.merge(key)
            } else {
                if let last { try body(last) }
                last = key
            }
        }
        if let last { try body(last) }
    }

    /// How many different ids there are.
    func count() throws(StoreError) -> Int {
        guard !runs.isEmpty else { return keys.count }
        var count = 0
        try pass { (_) throws(StoreError) in count += 1 }
        return count
    }
}

/// The keys of several runs in ascending order: a heap of the runs by their next keys.
private struct RunMerge {
    private struct Run {
        var rest: Range<Int>
        var keys: [IndexKey] = []
        var next = 0

        var hash: UInt64 { keys[next].hash }
    }

    private let scratch: ScratchFile
    private let byteCountPerRead: Int
    /// A heap: each run's next key is not above those of the two below it.
    private var runs: [Run] = []

    init(_ ranges: [Range<Int>], of scratch: ScratchFile, keyCountPerRead: Int) throws(StoreError) {
        self.scratch = scratch
        byteCountPerRead = keyCountPerRead * MemoryLayout<IndexKey>.stride
        for range in ranges {
            var run = Run(rest: range)
            if try fill(&run) { runs.append(run) }
        }
        // Ascending order is a heap, too.
        runs.sort { $0.hash < $1.hash }
    }

    /// False when the run is at its end.
    private func fill(_ run: inout Run) throws(StoreError) -> Bool {
        guard run.next == run.keys.count else { return true }
        let byteCount = min(byteCountPerRead, run.rest.count)
        guard byteCount > 0 else { return false }
        let bytes = try scratch.read(at: run.rest.lowerBound, byteCount: byteCount)
        run.rest = run.rest.lowerBound + byteCount..<run.rest.upperBound
        run.next = 0
        run.keys = unsafe bytes.withUnsafeBytes { bytes in
            stride(from: 0, to: byteCount, by: MemoryLayout<IndexKey>.stride).map {
                unsafe bytes.loadUnaligned(fromByteOffset: $0, as: IndexKey.self)
            }
        }
        return true
    }

    mutating func next() throws(StoreError) -> IndexKey? {
        guard !runs.isEmpty else { return nil }
        let key = runs[0].keys[runs[0].next]
        runs[0].next += 1
        if try !fill(&runs[0]) {
            runs.swapAt(0, runs.count - 1)
            runs.removeLast()
        }
        sink()
        return key
    }

    /// Puts the first run where it belongs.
    private mutating func sink() {
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < runs.count && runs[child].hash < runs[least].hash {
                least = child
            }
            if least == parent { return }
            runs.swapAt(parent, least)
            parent = least
        }
    }
}
