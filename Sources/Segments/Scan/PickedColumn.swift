import Bytes
import Columns

/// A column that is asked for, or from which others are derived, decoded in the wanted rows once for all of them.
final class PickedColumn: PickedSource {
    private let type: ColumnType
    /// Nil when the column has no value in the page's zones.
    private let page: PickedPage?
    let presence: Bitmap?
    /// The wanted rows that have a value.
    private let present: Bitmap
    private let rows: [UInt32]
    private let ranks: BitmapRanks
    /// Where the page that is derived stands, for errors.
    private let offset: Int
    private var knownCodes: [UInt64]?
    private var knownWords: [UInt64]?
    private var knownValues: ColumnVector?
    private var isDecoding = false

    init(_ type: ColumnType, _ page: PickedPage?, _ wanted: Bitmap, offset: Int) throws(DecodeError) {
        self.type = type
        self.page = page
        self.offset = offset
        presence = page.map(\.presence) ?? Bitmap(count: wanted.count)
        var rows = wanted
        if let presence { rows.formIntersection(presence) }
        present = rows
        self.rows = rows.positions
        ranks = BitmapRanks(rows)
    }

    func codes(in rows: [UInt32]) throws(DecodeError) -> [UInt64] {
        guard type.hasDictionary || type == .shape else { throw unsuitable }
        if case .codedStrings(_, let codes)? = knownValues { knownCodes = knownCodes ?? codes.map { UInt64($0) } }
        if knownCodes == nil {
            knownCodes = try decoding { (page, rows) throws(DecodeError) in try page.codes(in: rows) }
        }
        let codes = knownCodes ?? []
        return rows.map { codes[Int(ranks.rank(of: $0))] }
    }

    func integers(in rows: [UInt32]) throws(DecodeError) -> [UInt64] {
        guard type.layout == .integers && type != .shape || type == .timestamp else { throw unsuitable }
        switch knownValues {
        case .integers(let words)?, .timestamps(let words, _)?: knownWords = words
        default: break
        }
        if knownWords == nil {
            knownWords = try decoding { (page, rows) throws(DecodeError) in try page.words(in: rows) } ?? nil
        }
        guard let words = knownWords else { throw .corrupt(at: offset, "the source holds no integers") }
        return rows.map { words[Int(ranks.rank(of: $0))] }
    }

    func fixed(in rows: [UInt32], width: Int) throws(DecodeError) -> [UInt8] {
        guard type.layout == (width == 8 ? .fixed8 : .fixed16) else { throw unsuitable }
        guard case .fixed(let bytes, _) = try values().gather(ranks.ranks(of: rows)) else { throw unsuitable }
        return bytes
    }

    func texts(in rows: [UInt32]) throws(DecodeError) -> StringVector {
        guard type.hasText else { throw unsuitable }
        guard let texts = try values().gather(ranks.ranks(of: rows)).texts(type: type) else {
            throw .corrupt(at: offset, "the source has a value that its form cannot show")
        }
        return texts
    }

    /// The values of the wanted rows that have one.
    func run() throws(DecodeError) -> ColumnRun {
        ColumnRun(rows: present, values: try values(), dictionary: page?.dictionary)
    }

    private func values() throws(DecodeError) -> ColumnVector {
        if let knownValues { return knownValues }
        let codes = knownCodes
        guard let values = try decoding({ (page, rows) throws(DecodeError) in try page.values(in: rows, codes) }) else {
            throw .corrupt(at: offset, "source has fewer values")
        }
        knownValues = values
        return values
    }

    private func decoding<Value>(
        _ body: (PickedPage, [UInt32]) throws(DecodeError) -> Value
    ) throws(DecodeError) -> Value? {
        // What comes from itself would go on for ever.
        guard !isDecoding else { throw PageScope.tooDeep(at: offset) }
        isDecoding = true
        defer { isDecoding = false }
        return try page.map { (page) throws(DecodeError) in try body(page, rows) }
    }

    private var unsuitable: DecodeError {
        .corrupt(at: offset, "a column of type \(type) cannot be a source here")
    }
}
