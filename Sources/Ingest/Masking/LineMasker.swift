import Bytes
import CSimdJSON
import CVectorscan
import Columns
import Storage

/// Masks events before anybody else sees them.
///
/// The matcher goes over whole batches of lines; only a line in which it found a clue is looked at closer. Values in
/// which something is found are replaced in the list of members, before it becomes a row.
@safe
final class LineMasker {
    /// A clue in a batch.
    struct Hit {
        var line: Int
        /// Behind its last byte in the batch.
        var end: Int
        var clue: Int
    }

    let matcher: PatternMatcher
    let clues: [MaskPattern.Clue]
    private let policy: MaskPolicy
    private let generalRules: MaskRules
    private var rulesOfTypes: [String: MaskRules] = [:]
    /// For records of which nobody knows what they are: whatever is masked anywhere.
    private let rulesForRejects: MaskRules
    /// Some named field cannot be told from the bytes of a line, so that each must be looked at.
    private let looksAtAllLines: Bool
    let eventTypes: EventTypeFinder
    /// Names of fields that hold ids.
    let idNames: Set<[UInt8]>

    private var hits: [Hit] = []
    private var nextHit = 0
    /// The line of the next hit: most documents come before it.
    private var nextHitLine = Int.max
    private var lines = unsafe UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    var text: TextMasker
    var arena = MaskArena()
    /// What was masked in the documents before the last.
    private var passedCounts: [MaskKind: Int] = [:]

    // What holds for the document that is being masked.

    var rules: MaskRules
    var checksKeys = false
    var checksFields = false
    var path: [UInt8] = []

    init(_ policy: MaskPolicy, _ key: MaskingKey?, _ mapping: FieldMapping) throws(StoreError) {
        self.policy = policy
        let patterns = MaskPattern.patterns(for: policy)
        clues = patterns.map(\.clue)
        matcher = try PatternMatcher(patterns)
        generalRules = MaskRules(policy.rules)
        rules = generalRules
        for eventType in policy.overrides.keys {
            rulesOfTypes[eventType] = MaskRules(policy.rules(forEventType: eventType))
        }
        rulesForRejects = MaskRules(Self.widest(policy))
        looksAtAllLines = policy.allRules.contains { rules in
            rules.fields.keys.contains { !MaskPattern.isPlain(MaskPattern.lastKey($0)) }
        }
        eventTypes = EventTypeFinder(mapping)
        idNames = mapping.names(of: [.eventId, .traceId, .spanId, .parentSpanId, .causedBy])
        text = TextMasker(key)
    }

    private static func widest(_ policy: MaskPolicy) -> MaskPolicy.Rules {
        var widest = MaskPolicy.Rules()
        for rules in policy.allRules {
            widest.modes.merge(rules.modes.filter { $0.value != .keep }) { first, _ in first }
            widest.fields.merge(rules.fields.filter { $0.value != .keep }) { first, _ in first }
        }
        return widest
    }

    /// What was masked since this was asked last, by kind.
    func takeCounts() -> [MaskKind: Int] {
        passDocument()
        defer { passedCounts = [:] }
        return passedCounts
    }

    /// Whether something of the last document was masked.
    var hasMasked: Bool { text.hasCounts }

    /// Looks over a batch, which must stay as it is until the next one.
    func begin(_ lines: UnsafeBufferPointer<UInt8>) {
        unsafe self.lines = unsafe lines
        hits.removeAll(keepingCapacity: true)
        nextHit = 0
        let span = unsafe lines.span
        var line = 0
        var position = 0
        let matches = unsafe matcher.scan(span)
        for index in matches.indices {
            let match = unsafe matches[index]
            let end = Int(match.end)
            line += span.count(of: Byte.lineFeed, in: position..<end)
            position = end
            hits.append(Hit(line: line, end: end, clue: Int(match.pattern)))
        }
        nextHitLine = hits.first?.line ?? .max
    }

    /// Masks the values of a document of the batch; documents come in order.
    func mask(_ document: UnsafeMutablePointer<traversion_json_document>) {
        passDocument()
        let line = unsafe document.pointee.line_index
        guard line >= nextHitLine || looksAtAllLines else { return }
        while nextHit < hits.count, hits[nextHit].line < line { nextHit += 1 }
        let first = nextHit
        while nextHit < hits.count, hits[nextHit].line == line { nextHit += 1 }
        nextHitLine = nextHit < hits.count ? hits[nextHit].line : .max
        guard nextHit > first || looksAtAllLines else { return }
        let lineHits = hits[first..<nextHit]
        rules = generalRules
        if !rulesOfTypes.isEmpty, let eventType = unsafe eventTypes.find(document.pointee) {
            rules = rulesOfTypes[eventType] ?? generalRules
        }
        let hidesClues = lineHits.contains { clues[$0.clue] == .escape }
        checksKeys = hidesClues || lineHits.contains { clues[$0.clue] == .pair }
        checksFields =
            rules.hasFields && (hidesClues || looksAtAllLines || lineHits.contains { clues[$0.clue] == .field })
        arena.removeAll()
        unsafe maskMembers(document.pointee, lineHits, lines)
    }

    /// The last document has become no event: what was masked in it counts with the record.
    func refuse() { _ = text.takeCounts() }

    /// The bytes of a record that became no event, masked as text of which nothing else is known.
    func masked(record: [UInt8]) -> [UInt8] {
        passDocument()
        let plain = RecordText.withoutNeedlessEscapes(record)
        let hits = clues(in: plain.span)
        var findings = MaskFinding.all(in: plain.span, hits, rulesForRejects.rules)
        findings += hits.compactMap { clue, end in
            clue == .field ? RecordText.fieldValue(in: plain.span, behind: end) : nil
        }
        guard !findings.isEmpty else { return record }
        var rules = rulesForRejects.rules
        // Which field it is of, and of what kind the event, cannot be told.
        rules.modes[.field] = .redact
        return text.masked(plain.span, MaskFinding.merged(findings), rules) ?? []
    }

    /// The clues in a text.
    func clues(in text: Span<UInt8>) -> [(clue: MaskPattern.Clue, end: Int)] {
        let matches = unsafe matcher.scan(text)
        return unsafe matches.isEmpty ? [] : matches.map { (clues[Int($0.pattern)], Int($0.end)) }
    }

    private func passDocument() {
        if text.hasCounts { passedCounts.merge(text.takeCounts(), uniquingKeysWith: +) }
    }
}
