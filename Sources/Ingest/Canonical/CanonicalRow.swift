import Columns
import Storage
import Times

/// Finds the canonical fields of the row that a band is appending and adds those which the event has under other names.
///
/// Which columns hold them follows from the columns that the row has; rows have few sets of columns, so that is found
/// out once for each.
final class CanonicalRow {
    private let mapping: FieldMapping
    private let textTime: TextTime
    /// Nine digits of a second, UTC.
    private static let timeForm =
        TimestampForm(fractionDigits: 9, hasSpace: false, hasComma: false, zone: .utc, offsetMinutes: 0).rawValue

    /// By hash of the row's columns.
    private var plans: [UInt64: Plan] = [:]
    private var lastPlan = Plan()
    private var lastHash: UInt64 = 0

    /// Reads a time from a text; nil when it is none.
    typealias TextTime = @Sendable (borrowing Span<UInt8>) -> Int64?

    /// What to do with rows of certain columns.
    private final class Plan {
        var ordinals: [UInt32] = []
        /// Columns that may tell the time, the best first.
        var times: [Int] = []
        var timeAlias = 0
        var copies: [(source: Int, alias: Int)] = []
        /// A column of numbers that tell how severe an event is, and where the word for it goes.
        var severity: (source: Int, alias: Int)?
    }

    init(_ mapping: FieldMapping, textTime: @escaping TextTime) {
        self.mapping = mapping
        self.textTime = textTime
    }

    /// When the band's current row happened; nil when it does not say.
    func time(in band: Band) -> Int64? {
        preparePlan(band)
        for ordinal in lastPlan.times {
            if let time = time(band, ordinal) { return time }
        }
        return nil
    }

    /// Adds the canonical fields to the current row, of which ``time(in:)`` was asked last.
    func appendAliases(to band: Band, time: Int64) {
        band.append(nanoseconds: time, form: Self.timeForm, to: lastPlan.timeAlias)
        for copy in lastPlan.copies { band.appendCopy(ofLast: copy.source, to: copy.alias) }
        if let (source, alias) = lastPlan.severity,
            let word = Self.severity(Int64(bitPattern: band.lastWord(of: source)))
        {
            band.append(word, to: alias)
        }
    }

    private func time(_ band: Band, _ ordinal: Int) -> Int64? {
        let word = band.lastWord(of: ordinal)
        switch band.catalog[ordinal].type {
        case .timestamp: return Int64(bitPattern: word)
        case .int64: return EventTime.read(Int64(bitPattern: word))
        case .double: return EventTime.read(Double(bitPattern: word))
        default: return band.withLastText(of: ordinal, textTime)
        }
    }

    private func preparePlan(_ band: Band) {
        let hash = band.rowHash
        if hash == lastHash, band.rowHas(lastPlan.ordinals) { return }
        // Two sets of columns with one hash take turns; that is slow and right.
        if let plan = plans[hash], band.rowHas(plan.ordinals) {
            lastPlan = plan
        } else {
            lastPlan = makePlan(band)
            if plans.count > 1 << 16 { plans = [:] }
            plans[hash] = lastPlan
        }
        lastHash = hash
    }

    private func makePlan(_ band: Band) -> Plan {
        let plan = Plan()
        plan.ordinals = band.rowOrdinals
        plan.timeAlias = band.ordinal(
            of: ColumnKey(path: CanonicalField.timestamp.aliasPath, type: .timestamp))
        var columns: [ColumnPath: (ordinal: Int, type: ColumnType)] = [:]
        for ordinal in plan.ordinals {
            let key = band.catalog[Int(ordinal)]
            columns[key.path] = (Int(ordinal), key.type)
        }
        for field in CanonicalField.allCases {
            let found = (mapping.candidates[field] ?? []).filter {
                columns[$0.path] != nil && ($0.companion.map { columns[$0] != nil } ?? true)
            }
            if field == .timestamp {
                plan.times = found.compactMap { columns[$0.path] }.filter { Self.mayTellTime($0.type) }.map(\.ordinal)
            } else if let candidate = found.first(where: { field.admits(columns[$0.path]?.type ?? .null) }),
                candidate.path != field.path, let source = columns[candidate.path]
            {
                if field == .severity, source.type == .int64 {
                    let alias = band.ordinal(of: ColumnKey(path: field.aliasPath, type: .string))
                    plan.severity = (source.ordinal, alias)
                } else {
                    let alias = band.ordinal(of: ColumnKey(path: field.aliasPath, type: source.type))
                    plan.copies.append((source.ordinal, alias))
                }
            }
        }
        return plan
    }

    private static func mayTellTime(_ type: ColumnType) -> Bool {
        switch type {
        case .timestamp, .int64, .double, .string, .numberText: true
        default: false
        }
    }

    /// The levels of Bunyan and pino.
    private static func severity(_ level: Int64) -> [UInt8]? {
        switch level {
        case 10: Array("TRACE".utf8)
        case 20: Array("DEBUG".utf8)
        case 30: Array("INFO".utf8)
        case 40: Array("WARN".utf8)
        case 50: Array("ERROR".utf8)
        case 60: Array("FATAL".utf8)
        default: nil
        }
    }
}
