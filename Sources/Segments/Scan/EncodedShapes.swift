import Bytes
import Columns

/// The shapes of the rows of one page, as they are encoded.
struct EncodedShapes {
    let table: ShapeTable
    /// Tells the table from the segment's other tables.
    let resource: Int
    private let column: SegmentColumn
    private let pageIndex: Int
    private let codes: IntegerNode
    private let rowCount: Int

    /// Nil when the page is none of shapes, which whoever decodes it reports.
    init?(_ column: SegmentColumn, page index: Int, in reader: SegmentReader) throws(DecodeError) {
        let scope = try PageScope(reader: reader, column: column, pageIndex: index, depth: 0)
        guard scope.entry.presence == .everyRow,
            case .integers(.sharedDictionary(let resource, let codes)) = try scope.parse().body
        else { return nil }
        self.column = column
        self.resource = resource
        self.codes = codes
        pageIndex = index
        rowCount = scope.rowCount
        table = try scope.shapeTable(resource)
    }

    /// By ordinal, the columns that one of some rows has.
    func columns(of rows: Bitmap, in reader: SegmentReader) throws(DecodeError) -> Set<UInt32> {
        let scope = try PageScope(reader: reader, column: column, pageIndex: pageIndex, depth: 0)
        let pick = Pick(rows: rows.positions, among: nil, ranks: nil, count: rowCount)
        var columns: Set<UInt32> = []
        for shape in Set(try codes.values(pick, in: PlainPartEnvironment(scope))) {
            guard shape < UInt64(table.count) else {
                throw .corrupt(at: scope.entry.errorOffset, "row has a shape beyond the last")
            }
            columns.formUnion(table[Int(shape)])
        }
        return columns
    }

    /// The rows that have one of some shapes.
    func rows(with wanted: [UInt64], in reader: SegmentReader) throws(DecodeError) -> Bitmap {
        // A scope for each question: what one of them decodes is no burden for the others.
        let scope = try PageScope(reader: reader, column: column, pageIndex: pageIndex, depth: 0)
        // The rows of a source may depend on the shapes: those are never derived.
        return try codes.matches(
            .set(wanted), count: rowCount, rows: .unknown, in: PlainPartEnvironment(scope))
    }
}
