import Bytes
import Columns

/// The nodes of a data page (Format/Segment.md, 3). Whoever looks at it shares it.
final class ParsedPage: Sendable {
    enum Body: Sendable {
        case presence
        case integers(IntegerNode)
        case doubles(FloatNode)
        case strings(StringNode)
        case timestamps(IntegerNode, forms: IntegerNode)
        case fixed(FixedNode, width: Int)
        case overflow(OverflowPage)
    }

    /// The rows of the values when presence is the page's own.
    let rows: IntegerNode?
    let body: Body
    let valueCount: Int

    init(parsing reader: inout ByteReader, entry: PageEntry, type: ColumnType) throws(DecodeError) {
        let count = entry.valueCount
        valueCount = count
        if entry.presence == .own, type != .overflow {
            guard try reader.readCount(upTo: count, "number of rows") == count else {
                throw reader.corrupt("page has another number of rows than of values")
            }
            rows = try IntegerNode.parse(&reader, count: count, depth: 0)
        } else {
            rows = nil
        }
        switch type.layout {
        case .presenceOnly: body = .presence
        case .integers: body = .integers(try IntegerNode.parse(&reader, count: count, depth: 0))
        case .doubles: body = .doubles(try FloatNode.parse(&reader, count: count, depth: 0))
        case .strings:
            body =
                type == .overflow
                ? .overflow(try OverflowPage(parsing: &reader, count: count))
                : .strings(try StringNode.parse(&reader, count: count, depth: 0))
        case .timestamps:
            let nanoseconds = try IntegerNode.parse(&reader, count: count, depth: 0)
            body = .timestamps(nanoseconds, forms: try IntegerNode.parse(&reader, count: count, depth: 0))
        case .fixed8: body = .fixed(try FixedNode.parse(&reader, count: count, width: 8, depth: 0), width: 8)
        case .fixed16: body = .fixed(try FixedNode.parse(&reader, count: count, width: 16, depth: 0), width: 16)
        }
    }

    /// Decodes the values, strings of a shared dictionary as codes, and checks that their type allows them.
    func values(in scope: PageScope, rows: RowMap) throws(DecodeError) -> ColumnVector {
        let values = try decodedValues(in: scope, rows: rows)
        if let problem = values.wordProblem(scope.column.type) { throw .corrupt(at: scope.entry.errorOffset, problem) }
        return values
    }

    private func decodedValues(in scope: PageScope, rows: RowMap) throws(DecodeError) -> ColumnVector {
        switch body {
        case .presence: return .presence(count: valueCount)
        case .integers(let node):
            if scope.column.type == .shape { return .integers(try codes(in: scope, rows: rows)) }
            return .integers(try node.decode(count: valueCount, rows: rows, in: scope))
        case .doubles(let node): return .doubles(try node.decode(count: valueCount, rows: rows, in: scope))
        case .strings(.sharedDictionary(let resource, let codes)):
            let dictionary = try scope.stringDictionary(resource)
            let values = try codes.decode(count: valueCount, rows: rows, in: scope)
            return .codedStrings(dictionary: dictionary, codes: try narrow(values, below: dictionary.count, in: scope))
        case .strings(let node): return .strings(try node.decode(count: valueCount, rows: rows, in: scope))
        case .timestamps(let node, let forms):
            return .timestamps(
                try node.decode(count: valueCount, rows: rows, in: scope),
                forms: try forms.decode(count: valueCount, rows: .unknown, in: scope))
        case .fixed(let node, let width):
            return .fixed(try node.decode(count: valueCount, width: width, rows: rows, in: scope), width: width)
        case .overflow:
            throw .corrupt(at: scope.entry.errorOffset, "overflow bucket read as a column")
        }
    }

    /// The codes of the root node, for columns that are derived from this one.
    func codes(in scope: PageScope, rows: RowMap) throws(DecodeError) -> [UInt64] {
        switch body {
        case .integers(.sharedDictionary(_, let codes)), .strings(.sharedDictionary(_, let codes)),
            .strings(.template(_, let codes, _)), .fixed(.sharedDictionary(_, let codes), _):
            // The rows of a source may depend on the shapes: those are never derived.
            if scope.column.type == .shape {
                return try codes.decode(count: valueCount, rows: .unknown, in: PlainPartEnvironment(scope))
            }
            return try codes.decode(count: valueCount, rows: rows, in: scope)
        default:
            throw .corrupt(
                at: scope.entry.errorOffset,
                "a column is derived from codes that it does not have")
        }
    }

    /// Which values have one of some codes of the root node.
    func matches(codes wanted: [UInt64], in scope: PageScope, rows: RowMap) throws(DecodeError) -> Bitmap {
        switch body {
        case .integers(.sharedDictionary(_, let codes)), .strings(.sharedDictionary(_, let codes)),
            .strings(.template(_, let codes, _)), .fixed(.sharedDictionary(_, let codes), _):
            if scope.column.type == .shape {
                return try codes.matches(
                    .set(wanted), count: valueCount, rows: .unknown, in: PlainPartEnvironment(scope))
            }
            return try codes.matches(.set(wanted), count: valueCount, rows: rows, in: scope)
        default:
            throw .corrupt(
                at: scope.entry.errorOffset,
                "a column is derived from codes that it does not have")
        }
    }

    func narrow(_ codes: [UInt64], below count: Int, in scope: PageScope) throws(DecodeError) -> [UInt32] {
        guard let narrowed = [UInt32](narrowing: codes, below: count) else {
            throw .corrupt(at: scope.entry.errorOffset, "code beyond the end of the dictionary")
        }
        return narrowed
    }
}
