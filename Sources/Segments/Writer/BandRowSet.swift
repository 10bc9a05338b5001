import Columns

/// The rows of a band whose shapes have a certain column; found when first asked for.
final class BandRowSet {
    private let shapes: [UInt32]
    /// For each shape 1 when it has the column, else 0.
    private let member: [UInt8]
    private let known: [UInt32]?

    init(band: Band, member: [Bool]) {
        shapes = band.shapes
        self.member = member.map { $0 ? 1 : 0 }
        known = nil
    }

    init(rows: [UInt32]) {
        shapes = []
        member = []
        known = rows
    }

    /// The rows, ascending.
    lazy var rows: [UInt32] = known ?? rows(in: shapes.indices)

    /// Those in a range, found without the others; of a set that was made of shapes.
    func rows(in range: Range<Int>) -> [UInt32] {
        precondition(shapes.indices.contains(range))
        return unsafe [UInt32](unsafeUninitializedCapacity: range.count) { rows, count in
            unsafe shapes.withUnsafeBufferPointer { shapes in
                unsafe member.withUnsafeBufferPointer { member in
                    // Every row is written, and kept by moving on: no branch to guess wrong.
                    for row in range {
                        unsafe rows[count] = UInt32(truncatingIfNeeded: row)
                        count &+= unsafe Int(truncatingIfNeeded: member[Int(shapes[row])])
                    }
                }
            }
        }
    }

    /// For each row of the band the index of its value, or `UInt32.max`.
    lazy var valueIndexes: [UInt32] = {
        let rows = rows
        var indexes = [UInt32](repeating: .max, count: shapes.count)
        unsafe indexes.withUnsafeMutableBufferPointer { indexes in
            for index in rows.indices { unsafe indexes[Int(rows[index])] = UInt32(truncatingIfNeeded: index) }
        }
        return indexes
    }()
}
