import Columns

/// Finds columns of a band whose codes are a function of another column's codes: the service of a host, the user of
/// a trace, the host and the parent of a span.
struct DerivationSearch {
    private let layout: BandLayout
    private let columns: [BandColumn]
    /// Rows that are looked at: neighbours, because what belongs together is stored together.
    private let sampleRows: Range<Int>
    private let firstZone: Int
    private let profile: EncodingProfile

    /// In hot a source must cost a reader next to nothing: a column that stands for itself, through a small table and,
    /// as far as the sample tells, without exceptions. The service of a host stays; hosts that follow from spans, for
    /// a third of a byte each, made every question about a service read the spans of all rows first.
    private var isCheapOnly: Bool { profile.tier == .hot }
    private static let cheapTableEntryCount = 1024

    private static let absent = UInt32.max

    init(_ layout: BandLayout, shapeColumn: BandColumn, profile: EncodingProfile) {
        self.layout = layout
        self.profile = profile
        columns = [shapeColumn] + layout.columns.filter { $0.coding != nil }
        let count = min(layout.rowCount, profile.tier == .hot ? 2048 : 8192)
        // From the start of a zone, where the columns know their place.
        firstZone = (0...layout.zoneRowCounts.count / 2).last { layout.zoneStarts[$0] + count <= layout.rowCount } ?? 0
        sampleRows = layout.zoneStarts[firstZone]..<layout.zoneStarts[firstZone] + count
    }

    private struct Candidate {
        var target: Int
        var source: Int
        var gain: Double
    }

    /// Looks for sources of all columns; or only for what has to do with some of them, as targets or as sources.
    func apply(_ memory: inout BandMemory<BandColumn.Origin>, only new: [BandColumn]? = nil) {
        let samples = columns.map { sample($0) }
        var candidates: [Candidate] = []
        for target in columns.indices.dropFirst() {
            let column = columns[target]
            guard let coding = column.coding, coding.count > 1, column.valueCount >= 64, column.derivation == nil else {
                continue
            }
            let width = codeWidth(samples[target], coding: coding)
            // What could be won at most is not worth the search.
            guard width * Double(column.valueCount) > 1024 else { continue }
            let isNew = new?.contains { $0 === column } ?? true
            for source in sources(of: column, memory[column.ordinal]) where source != target {
                if isCheapOnly, columns[source].coding?.count ?? 0 > Self.cheapTableEntryCount { continue }
                guard isNew || new!.contains(where: { $0 === columns[source] }) else { continue }
                guard
                    columns[source].codingLeader == nil || columns[source].codingLeader !== column.codingLeader
                        || columns[source].codingLeader === columns[source]
                else { continue }
                let gain = self.gain(
                    samples[target], from: samples[source], target: column, source: columns[source], width)
                if gain > 0 { candidates.append(Candidate(target: target, source: source, gain: gain)) }
            }
        }
        candidates.sort { ($0.gain, $1.target, $1.source) > ($1.gain, $0.target, $0.source) }
        for candidate in candidates {
            let target = columns[candidate.target]
            let source = columns[candidate.source]
            guard target.derivation == nil,
                target.mayDepend(on: source, derivedDepth: target.derivedDepth(among: layout.columns)),
                !isCheapOnly || (source.derivation == nil && !layout.columns.haveDerived(from: target))
            else { continue }
            if let table = table(target: target, source: source) {
                target.derivation = .mapped(source: source, table: table)
            }
        }
        for column in columns.dropFirst() {
            memory[column.ordinal] =
                column.derivation.map { .column(ordinal: $0.source.ordinal) } ?? BandColumn.Origin.none
        }
    }

    /// Where to look for the source of a column: everywhere, or where it was found before.
    private func sources(of column: BandColumn, _ known: BandColumn.Origin?) -> [Int] {
        switch known {
        case nil: Array(columns.indices)
        case .some(.none): []
        case .column(let ordinal): columns.indices.filter { columns[$0].ordinal == ordinal }
        }
    }

    /// The codes in the sample's rows.
    private func sample(_ column: BandColumn) -> [UInt32] {
        guard let codes = column.coding?.codes else { return [] }
        if column.presence == .everyRow { return Array(codes[sampleRows]) }
        var result = [UInt32](repeating: Self.absent, count: sampleRows.count)
        let rows = column.rowSet.rows(in: sampleRows)
        for (index, row) in zip(column.zoneOffsets[firstZone]..., rows) {
            result[Int(row) - sampleRows.lowerBound] = codes[index]
        }
        return result
    }

    /// Bits that a code takes when it is stored by itself: packed in hot, entropy coded otherwise.
    private func codeWidth(_ sample: [UInt32], coding: BandColumn.Coding) -> Double {
        let packed = Double(UInt64.bitWidth - UInt64(coding.count - 1).leadingZeroBitCount)
        guard coding.count <= 65_536 else { return packed }
        var counts = [Int](repeating: 0, count: coding.count)
        var total = 0
        for code in sample where code != Self.absent {
            counts[Int(code)] += 1
            total += 1
        }
        guard total > 0 else { return packed }
        if counts.contains(total) { return 0.01 }
        guard profile.tier != .hot else { return packed }
        var bits = 0.0
        for count in counts where count > 0 { bits -= Double(count) * logarithm(Double(count) / Double(total)) }
        return min(packed, bits / Double(total))
    }

    /// Base-2 logarithm without Foundation: exponent and a short series are enough for an estimate.
    private func logarithm(_ value: Double) -> Double {
        let fraction = value.significand - 1
        return Double(value.exponent) + fraction * (1.4425 - fraction * (0.7213 - fraction * 0.2789))
    }

    /// The bytes saved over the band when the target is looked up by the source's code.
    private func gain(
        _ target: [UInt32], from source: [UInt32], target column: BandColumn, source sourceColumn: BandColumn,
        _ width: Double
    ) -> Double {
        guard let sourceCoding = sourceColumn.coding else { return 0 }
        var (hitCount, missCount, newCount, apartCount) = (0, 0, 0, 0)
        unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: sourceCoding.count) { table in
            // Only what the sample touches is cleared: a source may have very many codes.
            for key in source where key != Self.absent { unsafe table[Int(key)] = Self.absent }
            for row in target.indices {
                let code = target[row]
                if code == Self.absent { continue }
                let key = source[row]
                if key == Self.absent {
                    apartCount &+= 1
                    continue
                }
                let known = unsafe table[Int(key)]
                let isNew = known == Self.absent
                let isHit = known == code
                if isNew { unsafe table[Int(key)] = code }
                newCount &+= isNew ? 1 : 0
                hitCount &+= isHit ? 1 : 0
                missCount &+= isNew || isHit ? 0 : 1
            }
        }
        guard hitCount > 0, !isCheapOnly || missCount + apartCount == 0 else { return 0 }
        let seen = Double(hitCount + missCount + newCount + apartCount)
        let accuracy = Double(hitCount) / Double(hitCount + missCount)
        let apart = Double(column.valueCount) * Double(apartCount) / seen
        let linked = Double(column.valueCount) - apart
        let entries = min(Double(sourceCoding.count), linked)
        let missed = max(0, linked - entries) * (1 - accuracy)
        let direct = Double(column.valueCount) * width
        let derived = entries * width + missed * (width + 8) + apart * width
        let saved = direct - derived
        return saved > 0.05 * direct && saved > 512 ? saved : 0
    }

    /// For each code of the source the target's most frequent code in its rows.
    private func table(target: BandColumn, source: BandColumn) -> [UInt32]? {
        guard let targetCodes = target.coding?.codes, let sourceCount = source.coding?.count else { return nil }
        var candidates = [UInt32](repeating: 0, count: sourceCount)
        var votes = [Int32](repeating: 0, count: sourceCount)
        let linked = target.linkedCodes(of: source)
        unsafe candidates.withUnsafeMutableBufferPointer { candidates in
            unsafe votes.withUnsafeMutableBufferPointer { votes in
                for index in linked.indices where linked[index] != Self.absent {
                    let key = Int(linked[index])
                    let code = targetCodes[index]
                    let isSame = unsafe candidates[key] == code
                    let isFree = unsafe votes[key] == 0
                    unsafe candidates[key] = isFree ? code : candidates[key]
                    unsafe votes[key] &+= isSame || isFree ? 1 : -1
                }
            }
        }
        return candidates
    }
}

extension BandColumn {
    /// For each value the code of the source in its row, or `UInt32.max` where the source has none.
    func linkedCodes(of source: BandColumn) -> [UInt32] {
        guard let sourceCodes = source.coding?.codes else { return [] }
        if source.valueCount == valueCount, presence == .everyRow || rowSet === source.rowSet { return sourceCodes }
        return unsafe [UInt32](unsafeUninitializedCapacity: valueCount) { linked, count in
            unsafe linked.initialize(repeating: .max)
            forEachLink(to: source) { index, sourceIndex in unsafe linked[index] = sourceCodes[sourceIndex] }
            count = valueCount
        }
    }

    /// Calls `body` with the index of each value whose row has a value in the source, and that value's index.
    @inline(__always)
    func forEachLink(to source: BandColumn, _ body: (_ index: Int, _ sourceIndex: Int) -> Void) {
        switch (presence, source.presence) {
        case (.everyRow, .everyRow):
            for index in 0..<valueCount { body(index, index) }
        case (_, .everyRow):
            let rows = rows
            for index in rows.indices { body(index, Int(rows[index])) }
        case _ where rowSet === source.rowSet:
            for index in 0..<valueCount { body(index, index) }
        default:
            let rows = rows
            let indexes = source.rowSet.valueIndexes
            for index in rows.indices {
                let sourceIndex = indexes[Int(rows[index])]
                if sourceIndex != .max { body(index, Int(sourceIndex)) }
            }
        }
    }
}
