import Columns
import Storage
import Times

/// Finds the canonical fields of the row that a band is appending and adds those which the event has under other names.
///
/// Which columns hold them follows from the columns that the row has; rows have few sets of columns, so that is found
/// out once for each.
struct CanonicalRow: ~Copyable {
    private let mapping: FieldMapping
    private let textTime: TextTime
    /// Nine digits of a second, UTC.
    private static let timeForm = TimestampForm.utc(fractionDigits: 9).rawValue

    private var plans: [Plan] = []
    /// By the row's arrangement, the number of its plan, -1 where there is none yet.
    private var planNumbers: [Int32] = []
    private var treeNumber = 0
    /// The plan of the current row.
    private var plan = 0

    /// Reads a time from a text; nil when it is none.
    typealias TextTime = @Sendable (borrowing Span<UInt8>) -> Int64?

    /// What to do with rows of certain columns.
    private struct Plan {
        /// The best of the columns that may tell the time, -1 when there is none.
        var timeOrdinal = -1
        var isTimestamp = false
        /// All columns that may tell the time, the best first.
        var times: [(ordinal: Int, type: ColumnType)] = []
        var timeAlias = 0
        var hasMore = false
        var copies: [(source: Int, alias: Int, layout: ColumnType.Layout)] = []
        /// A column of numbers that tell how severe an event is, and where the word for it goes.
        var severity: (source: Int, alias: Int)?
    }

    init(_ mapping: FieldMapping, textTime: @escaping TextTime) {
        self.mapping = mapping
        self.textTime = textTime
    }

    /// When the band's current row happened; nil when it does not say.
    mutating func time(in band: Band, _ cursor: BandCursor) -> Int64? {
        let arrangement = cursor.arrangement
        if cursor.treeNumber == treeNumber, arrangement < planNumbers.count, planNumbers[arrangement] >= 0 {
            plan = Int(planNumbers[arrangement])
        } else {
            plan = newPlan(band, arrangement)
        }
        if plans[plan].isTimestamp { return cursor.lastTime(of: plans[plan].timeOrdinal) }
        for (ordinal, type) in plans[plan].times {
            if let time = time(cursor, ordinal, type) { return time }
        }
        return nil
    }

    /// Adds the canonical fields to the current row, of which ``time(in:_:)`` was asked last.
    func appendAliases(to cursor: BandCursor, time: Int64) {
        cursor.append(nanoseconds: time, form: Self.timeForm, to: plans[plan].timeAlias)
        guard plans[plan].hasMore else { return }
        for copy in plans[plan].copies { cursor.appendCopy(ofLast: copy.source, to: copy.alias, copy.layout) }
        if let (source, alias) = plans[plan].severity,
            let word = Self.severity(Int64(bitPattern: cursor.lastWord(of: source)))
        {
            unsafe word.withUnsafeBufferPointer { unsafe cursor.append($0, to: alias) }
        }
    }

    private func time(_ cursor: BandCursor, _ ordinal: Int, _ type: ColumnType) -> Int64? {
        switch type {
        case .timestamp: cursor.lastTime(of: ordinal)
        case .int64: EventTime.read(Int64(bitPattern: cursor.lastWord(of: ordinal)))
        case .double: EventTime.read(Double(bitPattern: cursor.lastWord(of: ordinal)))
        default: cursor.withLastText(of: ordinal, textTime)
        }
    }

    private mutating func newPlan(_ band: Band, _ arrangement: Int) -> Int {
        let current = band.cursor.treeNumber
        if current != treeNumber {
            treeNumber = current
            planNumbers = []
            plans = []
        }
        if arrangement >= planNumbers.count {
            planNumbers.append(contentsOf: repeatElement(-1, count: arrangement * 2 + 64 - planNumbers.count))
        }
        planNumbers[arrangement] = Int32(plans.count)
        plans.append(makePlan(band))
        return plans.count - 1
    }

    private func makePlan(_ band: Band) -> Plan {
        var plan = Plan()
        plan.timeAlias = band.ordinal(
            of: ColumnKey(path: CanonicalField.timestamp.aliasPath, type: .timestamp))
        var columns: [ColumnPath: (ordinal: Int, type: ColumnType)] = [:]
        for ordinal in band.rowOrdinals {
            let key = band.catalog[Int(ordinal)]
            columns[key.path] = (Int(ordinal), key.type)
        }
        for field in CanonicalField.allCases {
            let found = (mapping.candidates[field] ?? []).filter {
                columns[$0.path] != nil && ($0.companion.map { columns[$0] != nil } ?? true)
            }
            if field == .timestamp {
                plan.times = found.compactMap { columns[$0.path] }.filter { Self.mayTellTime($0.type) }
                plan.timeOrdinal = plan.times.first?.ordinal ?? -1
                plan.isTimestamp = plan.times.first?.type == .timestamp
            } else if let candidate = found.first(where: { field.admits(columns[$0.path]?.type ?? .null) }),
                candidate.path != field.path, let source = columns[candidate.path]
            {
                if field == .severity, source.type == .int64 {
                    let alias = band.ordinal(of: ColumnKey(path: field.aliasPath, type: .string))
                    plan.severity = (source.ordinal, alias)
                } else {
                    let alias = band.ordinal(of: ColumnKey(path: field.aliasPath, type: source.type))
                    plan.copies.append((source.ordinal, alias, source.type.layout))
                }
                plan.hasMore = true
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
