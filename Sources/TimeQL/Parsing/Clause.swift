/// A part of a statement that begins with words of its own. They come in any order, each at most once.
enum Clause: CaseIterable {
    case fields, condition, groups, limit, from, to, last, newestFirst, oldestFirst, bucket, top, patterns
    case history
    case following, along, until, depth, confidence, graph, total, on, overlapping, partial
    case knownAt, timeZone

    var words: [String] {
        switch self {
        case .fields: ["FOR"]
        case .condition: ["WHERE"]
        case .groups: ["GROUP", "BY"]
        case .limit: ["LIMIT"]
        case .from: ["FROM"]
        case .to: ["TO"]
        case .last: ["IN", "LAST"]
        case .newestFirst: ["NEWEST", "FIRST"]
        case .oldestFirst: ["OLDEST", "FIRST"]
        case .bucket: ["BUCKET"]
        case .top: ["TOP"]
        case .patterns: ["PATTERNS"]
        case .history: ["USING", "LAST"]
        case .following: ["FOLLOWING"]
        case .along: ["ALONG"]
        case .until: ["UNTIL"]
        case .depth: ["DEPTH"]
        case .confidence: ["MIN", "CONFIDENCE"]
        case .graph: ["AS", "GRAPH"]
        case .total: ["TOTAL", "WITHIN"]
        case .on: ["ON"]
        case .overlapping: ["OVERLAPPING"]
        case .partial: ["WITH", "PARTIAL"]
        case .knownAt: ["AS", "KNOWN", "AT"]
        case .timeZone: ["AT", "TIME", "ZONE"]
        }
    }

    /// Words that may be left out, or stand alone.
    var shortWords: [String]? {
        switch self {
        case .groups: ["BY"]
        case .last: ["LAST"]
        default: nil
        }
    }

    static let common: [Clause] = [.knownAt, .timeZone]
}

/// What the clauses of a statement say.
struct Clauses {
    /// Where their words stand.
    var given: [Clause: SourceRange] = [:]
    var fields: [FieldReference] = []
    var condition: Predicate?
    var groups: [FieldReference] = []
    var limit: Count?
    var from: TimeExpression?
    var to: TimeExpression?
    var last: Duration?
    var bucket: Duration?
    var history: Duration?
    var top: TimelineStatement.Top?
    var aggregates: [Aggregate] = []
    var direction: TraverseStatement.Direction = .backward
    var links: [TraverseStatement.Link] = []
    var until: Predicate?
    var depth: Count?
    var confidence: Double?
    var total: Duration?
    var shared: [FieldReference] = []

    var period: TimePeriod? {
        if let last { return .last(last) }
        return from == nil && to == nil ? nil : .range(from: from, to: to)
    }

    var order: TimelineStatement.Order? {
        given[.newestFirst] != nil ? .newestFirst : given[.oldestFirst] != nil ? .oldestFirst : nil
    }
}
