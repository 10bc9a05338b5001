import Bytes
import Columns

/// Finds columns whose values are those of another column in the same rows: a request id that two fields show, two
/// times that are the same or a fixed span apart.
struct EqualitySearch {
    private let columns: [BandColumn]
    private static let probeCount = 16

    init(_ layout: BandLayout) {
        columns = layout.columns.filter { Family($0.type) != nil && $0.valueCount >= 64 }
    }

    /// Values that can be compared with each other.
    enum Family: Hashable {
        case text
        case integer
        case time
        case id(ColumnType)

        init?(_ type: ColumnType) {
            switch type {
            case .string, .numberText, .bytes, .array: self = .text
            case .int64, .uint64: self = .integer
            case .timestamp: self = .time
            case .id8Lower, .id8Upper, .id16Lower, .id16Upper, .uuidLower, .uuidUpper: self = .id(type)
            default: return nil
            }
        }
    }

    func apply(_ memory: inout BandMemory<BandColumn.Origin>) {
        for target in columns {
            guard let family = Family(target.type), isWorthIt(target) else { continue }
            let known = memory[target.ordinal]
            var found = BandColumn.Origin.none
            defer { memory[target.ordinal] = found }
            if case .some(.none) = known { continue }
            let probes = probes(of: target)
            for source in columns where source !== target && source.derivation == nil {
                if case .column(let ordinal)? = known, ordinal != source.ordinal { continue }
                // Of two columns that equal each other the one with more rows is the source.
                guard
                    source.valueCount > target.valueCount
                        || source.valueCount == target.valueCount && source.ordinal < target.ordinal
                else { continue }
                guard let sourceFamily = Family(source.type),
                    sourceFamily == family || family == .text && sourceFamily != .integer
                else { continue }
                guard let offset = commonOffset(of: target, from: source, probes), holds(target, source, offset) else {
                    continue
                }
                guard !columns.haveDerived(from: target) else { break }
                target.derivation = .equal(source: source, offset: offset)
                found = .column(ordinal: source.ordinal)
                target.coding = nil
                break
            }
        }
    }

    /// A column of few values costs next to nothing by itself.
    private func isWorthIt(_ column: BandColumn) -> Bool {
        guard column.codingLeader == nil else { return false }
        guard case .strings? = column.coding?.shared, let count = column.coding?.count else {
            return column.coding == nil
        }
        return count >= 256
    }

    private func probes(of column: BandColumn) -> [Int] {
        let step = max(1, column.valueCount / Self.probeCount)
        return Array(stride(from: step / 2, to: column.valueCount, by: step))
    }

    /// The difference between the two columns' values that most probed rows share; nil when there is none.
    private func commonOffset(of target: BandColumn, from source: BandColumn, _ probes: [Int]) -> UInt64? {
        var offset: UInt64?
        var linkedCount = 0
        var missCount = 0
        let isNumber = target.type.layout == .integers || target.type.layout == .timestamps
        let link = RowLink(target, to: source)
        for probe in probes {
            guard let sourceIndex = link.index(of: probe) else { continue }
            linkedCount += 1
            if isNumber {
                let difference = target.words[probe] &- source.words[sourceIndex]
                if offset == nil { offset = difference }
                if difference != offset { missCount += 1 }
            } else {
                offset = 0
                if !target.equals(probe, source, sourceIndex) { missCount += 1 }
            }
            guard missCount <= 2 else { return nil }
        }
        return linkedCount * 2 >= probes.count && linkedCount > missCount * 4 ? offset : nil
    }

    private func holds(_ target: BandColumn, _ source: BandColumn, _ offset: UInt64) -> Bool {
        var matchCount = 0
        let isNumber = target.type.layout == .integers || target.type.layout == .timestamps
        target.forEachLink(to: source) { index, sourceIndex in
            let matches =
                isNumber
                ? target.words[index] &- source.words[sourceIndex] == offset
                : target.equals(index, source, sourceIndex)
            if matches { matchCount += 1 }
        }
        return matchCount * 10 >= target.valueCount * 9
    }
}

extension BandColumn {
    /// True when a value shows the same text as, or for ids is, a value of another column.
    func equals(_ index: Int, _ other: BandColumn, _ otherIndex: Int) -> Bool {
        switch (type.layout, other.type.layout) {
        case (.strings, _): other.shows(pool[index], at: otherIndex)
        case (.fixed8, .fixed8): words[index] == other.words[otherIndex]
        case (.fixed16, .fixed16):
            words[index * 2] == other.words[otherIndex * 2]
                && words[index * 2 + 1] == other.words[otherIndex * 2 + 1]
        default: false
        }
    }

    /// The text of one value (Format/Segment.md, 6.4); empty for types that have none.
    func text(_ index: Int) -> [UInt8] {
        var text: [UInt8] = []
        switch type.layout {
        case .strings: text = Array(pool[index])
        case .integers:
            text = Array(
                (type == .int64 ? String(Int64(bitPattern: words[index])) : String(words[index])).utf8)
        case .timestamps:
            _ = TimestampText.append(Int64(bitPattern: words[index]), form: forms[index], to: &text)
        case .fixed8:
            IdentifierText.append(.init(type: type, first: words[index], second: 0), to: &text)
        case .fixed16:
            IdentifierText.append(
                .init(type: type, first: words[index * 2], second: words[index * 2 + 1]), to: &text)
        case .presenceOnly, .doubles: break
        }
        return text
    }
}
