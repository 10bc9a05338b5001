public import Columns

/// The last change of each field of each entity, or all changes: in the order of entities and fields.
///
/// Nothing is made of what a change says before somebody asks: it is told by the places where it stands.
public struct StateTable {
    /// Where a value stands: one of ``columns``, and which of its values.
    public struct Place: Sendable {
        public var column: Int32
        public var index: Int32

        package init(column: Int32, index: Int32) {
            self.column = column
            self.index = index
        }

        static let none = Place(column: -1, index: 0)
    }

    public struct Field: Sendable {
        /// Numbers of ``entities`` and ``paths``, which follow their orders.
        public var entity: Int32
        public var path: Int32
        /// A number that ``times`` and all else that is told of rows go by.
        public var row: Int32
        public var value: Place
    }

    public internal(set) var entities = StateEntities()
    public internal(set) var paths: [[String]] = []
    public internal(set) var fields: [Field] = []

    public internal(set) var columns: [RowBatch.Column] = []
    public internal(set) var times: [Int64] = []
    public internal(set) var sequences: [UInt64] = []
    /// Where the id of the event stands that made the changes; a column below 0: it has none.
    public private(set) var events: [Place] = []

    public func time(_ field: Field) -> Int64 { times[Int(field.row)] }

    public func sequence(_ field: Field) -> UInt64 { sequences[Int(field.row)] }

    /// Nil: the event has no id.
    public func event(_ field: Field) -> Place? {
        let event = events[Int(field.row)]
        return event.column < 0 ? nil : event
    }

    mutating func reserve(rowCount: Int) {
        times.reserveCapacity(rowCount)
        sequences.reserveCapacity(rowCount)
        events.reserveCapacity(rowCount)
    }

    /// Takes the columns and rows of a source; the numbers of its first column and row.
    mutating func take(_ source: StateSource) -> (column: Int32, row: Int32) {
        let first = (column: Int32(columns.count), row: Int32(times.count))
        columns += source.batch.columns
        times += source.times
        sequences += source.batch.sequences
        events.append(contentsOf: repeatElement(.none, count: source.times.count))
        return first
    }

    mutating func setEvent(_ place: Place, ofRow row: Int32) { events[Int(row)] = place }

    /// Which rows of the sources count.
    struct Filter {
        var times: ClosedRange<Int64>
        var knownAt = Int64.max
        /// Nil: all.
        var services: Set<[UInt8]>?
    }

    /// Paths are ordered by their keys, and those by their bytes.
    public static func precedes(_ left: [String], _ right: [String]) -> Bool {
        for (first, second) in zip(left, right) where first != second {
            return first.utf8.lexicographicallyPrecedes(second.utf8)
        }
        return left.count < right.count
    }
}
