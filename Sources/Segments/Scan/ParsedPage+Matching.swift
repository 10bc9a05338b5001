import Bytes
import Columns

/// What a test said of the dictionaries of a column: pages that share one ask once.
public final class DictionaryAnswers {
    /// By the place of the dictionary in the column's page table.
    var answers: [Int: Answer] = [:]
    /// What was found out about the text that the test looks for.
    private var knownSearch: TextSearch?

    enum Answer {
        case none
        case all
        case codes([UInt64])
    }

    public init() {}

    /// The search for the text of the test, which is always the same; nil when it is too long.
    func search(for text: SoughtText) -> TextSearch? {
        if knownSearch == nil { knownSearch = TextSearch(text) }
        return knownSearch
    }
}

extension ParsedPage {
    /// Which of the page's values pass.
    func matches(
        _ test: ColumnTest, _ memory: DictionaryAnswers, in scope: PageScope, rows: RowMap
    ) throws(DecodeError) -> Bitmap {
        switch (test, body) {
        case (.integers(let predicate), .integers(let node)), (.integers(let predicate), .timestamps(let node, _)):
            return try node.matches(predicate, count: valueCount, rows: rows, in: scope)
        case (.doubles(let range), .doubles(let node)):
            return try node.matches(range, count: valueCount, rows: rows, in: scope)
        case (.strings, .strings(.sharedDictionary(let resource, let codes))),
            (.texts, .strings(.sharedDictionary(let resource, let codes))),
            (.id, .fixed(.sharedDictionary(let resource, let codes), _)):
            switch try answer(test, resource, memory, in: scope) {
            case .none: return Bitmap(count: valueCount)
            case .all: return Bitmap(count: valueCount, repeating: true)
            case .codes(let wanted):
                return try codes.matches(.set(wanted), count: valueCount, rows: rows, in: scope)
            }
        case (.strings(let predicate), .strings(let node)):
            return try node.matches(predicate, count: valueCount, rows: rows, in: scope)
        case (.texts(let passes, _), .strings(.dictionary(let count, let entries, let codes))):
            let areMatches = passes(try entries.decode(count: count, rows: .unknown, in: scope))
            return try codes.matches(.set(areMatches.indexes), count: valueCount, rows: .unknown, in: scope)
        case (.id(let wanted), .fixed(.raw(let buffer), let width)):
            let bytes = try buffer.raw(in: scope)
            guard bytes.count == valueCount * width else {
                throw .corrupt(at: scope.entry.errorOffset, "ids have another length")
            }
            return ColumnTest.matches(wanted, bytes, width: width)
        default:
            return test.matches(try values(in: scope, rows: rows))
        }
    }

    /// Whether it is told at little cost that none of the values passes. Nothing is told of the rows of the values.
    func provesNone(
        _ test: ColumnTest, _ memory: DictionaryAnswers, in scope: PageScope
    ) throws(DecodeError) -> Bool {
        switch (test, body) {
        case (.strings, .strings(.sharedDictionary(let resource, let codes))),
            (.texts, .strings(.sharedDictionary(let resource, let codes))):
            switch try answer(test, resource, memory, in: scope) {
            case .none: true
            case .all: false
            case .codes(let wanted): try codes.mapsNone(.set(wanted), in: scope)
            }
        default: false
        }
    }

    private func answer(
        _ test: ColumnTest, _ resource: Int, _ memory: DictionaryAnswers, in scope: PageScope
    ) throws(DecodeError) -> DictionaryAnswers.Answer {
        if let known = memory.answers[resource] { return known }
        let answer = DictionaryAnswers.Answer(try entries(test, resource, in: scope))
        memory.answers[resource] = answer
        return answer
    }

    /// Which entries of a dictionary pass; those of strings are asked in their encoding where that can tell.
    private func entries(_ test: ColumnTest, _ resource: Int, in scope: PageScope) throws(DecodeError) -> Bitmap {
        switch test {
        case .strings(let predicate): try scope.dictionaryMatches(resource, predicate)
        case .texts(let passes, _): passes(try scope.stringDictionary(resource))
        case .id(let wanted):
            ColumnTest.matches(
                wanted, try scope.fixedDictionary(resource, width: wanted.count)[...], width: wanted.count)
        default: preconditionFailure("a test that asks no dictionary")
        }
    }

    /// Whether values come from another column, so that their rows must be told.
    var isDerived: Bool {
        switch body {
        case .presence, .overflow: false
        case .doubles(.grouped): true
        case .doubles: false
        case .integers(let node): node.isDerived
        case .timestamps(let node, _): node.isDerived
        case .strings(let node): node.mayBeDerived
        case .fixed(.raw, _): false
        case .fixed(.sharedDictionary(_, let codes), _): codes.isDerived
        case .fixed(.equal, _), .fixed(.grouped, _): true
        }
    }
}

extension IntegerNode {
    /// Whether values come from another column, so that their rows must be told.
    var isDerived: Bool {
        switch self {
        case .equal, .mapped, .grouped: true
        case .sharedDictionary(_, let codes): codes.isDerived
        default: false
        }
    }
}

extension StringNode {
    fileprivate var mayBeDerived: Bool {
        switch self {
        case .sharedDictionary(_, let codes): codes.isDerived
        case .constant, .plain, .dictionary, .symbols, .integerText, .fixedPointText, .hexText, .uuidText, .ipv4Text,
            .hexNumberText, .fixedLength:
            false
        default: true
        }
    }
}

extension DictionaryAnswers.Answer {
    init(_ areMatches: Bitmap) {
        let codes = areMatches.indexes
        self = codes.isEmpty ? .none : codes.count == areMatches.count ? .all : .codes(codes)
    }
}

extension Bitmap {
    /// The places of the bits that are 1, as codes.
    fileprivate var indexes: [UInt64] { positions.map { UInt64($0) } }
}
