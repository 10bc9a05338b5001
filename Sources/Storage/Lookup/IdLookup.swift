/// Where an id is in a store, and what it took to find it.
public struct IdLookup: Equatable, Sendable {
    /// Rows of one segment, ascending.
    public struct Place: Equatable, Sendable {
        public var entry: SegmentEntry
        public var rows: [Int]
        /// The zones of these rows, ascending.
        public var zones: [Int]
    }

    /// What was read.
    public struct Cost: Equatable, Sendable {
        /// Windows that were asked, by their indexes or their segments.
        public var windowCount = 0
        public var indexCount = 0
        public var indexReadCount = 0
        public var indexByteCount = 0
        /// Segments that were opened, those without an index included.
        public var segmentCount = 0
        public var segmentByteCount = 0
        public var unindexedSegmentCount = 0
        /// Zones whose ids were decoded.
        public var zoneCount = 0
    }

    public var places: [Place] = []
    public var cost = Cost()
    /// Indexes that could not be used; their segments were looked into instead.
    public var faults: [StoreFault] = []

    public var rowCount: Int { places.reduce(0) { $0 + $1.rows.count } }
}

extension Snapshot {
    /// Finds the rows of the store's segments that have an id, without reading more than an index of each window.
    ///
    /// What stands in logs is not among them.
    public func find(_ query: IdQuery, times: ClosedRange<Int64> = .min ... .max) throws(StoreError) -> IdLookup {
        var search = IdSearch(self, query, times)
        try search.run()
        return search.result
    }
}
