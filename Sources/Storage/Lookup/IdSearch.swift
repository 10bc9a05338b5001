import Files
import Segments

/// Asks the indexes, then looks into the segments that they name and into those that have none.
struct IdSearch {
    /// Why a segment is looked into.
    private struct Candidate {
        var kinds: Set<IdFilterKind>
        /// When the id is there; nil: not known.
        var times: ClosedRange<Int64>?
    }

    private let snapshot: Snapshot
    private let query: IdQuery
    private let times: ClosedRange<Int64>
    private var candidates: [SegmentId: Candidate] = [:]
    private var windows: Set<TimeWindow> = []
    private(set) var result = IdLookup()

    init(_ snapshot: Snapshot, _ query: IdQuery, _ times: ClosedRange<Int64>) {
        self.snapshot = snapshot
        self.query = query
        self.times = times
    }

    /// What may hold the id so far.
    var candidateIds: Set<SegmentId> { Set(candidates.keys) }

    /// Finds the segments that may hold it, and opens none.
    mutating func askIndexes() {
        let length = snapshot.state.windowLength
        for index in snapshot.state.orderedIndexes where index.window.times(length).overlaps(times) { ask(index) }
        for entry in snapshot.state.unindexedSegments where entry.times.overlaps(times) {
            result.cost.unindexedSegmentCount += 1
            add(entry.id, Set(query.kinds), nil)
            windows.insert(entry.window)
        }
        result.cost.windowCount = windows.count
    }

    mutating func run() throws(StoreError) {
        askIndexes()
        let found = candidates.keys.compactMap { snapshot.state.segments[$0] }
        for entry in found.sorted(by: {
            ($0.window, $0.times.lowerBound, $0.id) < ($1.window, $1.times.lowerBound, $1.id)
        })
        where entry.times.overlaps(times) {
            if let candidate = candidates[entry.id] { try look(into: entry, candidate) }
        }
    }

    /// An index that cannot be used costs time and nothing else.
    private mutating func ask(_ index: IndexEntry) {
        windows.insert(index.window)
        result.cost.indexCount += 1
        let path = snapshot.store.paths.index(index.id)
        do throws(StoreError) {
            let file = try files { () throws(FileError) in try snapshot.store.fileSystem.open(path) }
            let reader = try IndexReader(index, file)
            defer {
                result.cost.indexReadCount += reader.readCount
                result.cost.indexByteCount += reader.readByteCount
            }
            let start = index.window.times(snapshot.state.windowLength).lowerBound
            for kind in query.kinds {
                guard let answer = try reader.find(query.key.hash, kind) else { continue }
                for number in answer.segments {
                    add(index.segments[number], [kind], answer.ticks.map { IndexKey.times($0, from: start) })
                }
            }
        } catch {
            result.faults.append(StoreFault(path: path, reason: "\(error)"))
            for segment in index.segments { add(segment, Set(query.kinds), nil) }
        }
    }

    private mutating func add(_ segment: SegmentId, _ kinds: Set<IdFilterKind>, _ times: ClosedRange<Int64>?) {
        guard let known = candidates[segment] else {
            candidates[segment] = Candidate(kinds: kinds, times: times)
            return
        }
        var joined: ClosedRange<Int64>?
        if let times, let before = known.times {
            joined = min(times.lowerBound, before.lowerBound)...max(times.upperBound, before.upperBound)
        }
        candidates[segment] = Candidate(kinds: known.kinds.union(kinds), times: joined)
    }

    private mutating func look(into entry: SegmentEntry, _ candidate: Candidate) throws(StoreError) {
        let reader = try snapshot.open(entry)
        result.cost.segmentCount += 1
        defer { result.cost.segmentByteCount += reader.readByteCount }
        do throws(SegmentError) {
            var zones: Set<Int> = []
            for kind in candidate.kinds { zones.formUnion(try reader.zones(of: query.key, kind)) }
            let possible = zones.sorted().filter { zone in
                let bounds = reader.zones[zone]
                guard bounds.minTimestamp <= bounds.maxTimestamp else { return true }
                let range = bounds.minTimestamp...bounds.maxTimestamp
                return range.overlaps(times) && candidate.times.map { range.overlaps($0) } ?? true
            }
            let rows = try rows(in: possible, of: reader)
            guard !rows.isEmpty else { return }
            let hit = possible.filter { zone in rows.contains { reader.zones[zone].rows.contains($0) } }
            result.places.append(IdLookup.Place(entry: entry, rows: rows, zones: hit))
        } catch {
            throw .segment(path: snapshot.path(entry), error)
        }
    }

    /// The rows of some zones that have the id, by their id columns alone.
    private mutating func rows(in zones: [Int], of reader: SegmentReader) throws(SegmentError) -> [Int] {
        let wanted = query.fields.flatMap { [$0.path, $0.aliasPath] }
        var found: [Int] = []
        for zone in zones {
            let batch = try reader.rows(in: zone..<zone + 1) { wanted.contains($0.path) }
            result.cost.zoneCount += 1
            var isThere = [Bool](repeating: false, count: batch.rowCount)
            for field in query.fields {
                for (row, isHere) in batch.rows(where: field, is: query.key).enumerated() where isHere {
                    isThere[row] = true
                }
            }
            let firstRow = reader.zones[zone].firstRow
            found += isThere.indices.filter { isThere[$0] }.map { firstRow + $0 }
        }
        return found
    }
}
