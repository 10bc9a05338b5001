import Columns

/// Decides which text columns of a band are taken apart.
struct TemplateSearch {
    private let layout: BandLayout
    private let profile: EncodingProfile

    init(_ layout: BandLayout, profile: EncodingProfile) {
        self.layout = layout
        self.profile = profile
    }

    /// The columns that were taken apart.
    func apply(_ memory: inout BandMemory<KnownTemplates?>) -> [BandColumn] {
        var found: [BandColumn] = []
        for column in layout.columns
        where column.type.layout == .strings && column.derivation == nil && isCandidate(column) {
            var known = memory[column.ordinal]
            if known == nil {
                known = .some(pays(column) ? KnownTemplates() : nil)
                memory[column.ordinal] = known
            }
            guard case .some(.some(let templates)) = known else { continue }
            guard let messages = TemplatedMessages.build(messages: column.pool.vector(0..<column.valueCount)) else {
                continue
            }
            let templated = TemplatedColumn(messages, of: column, among: layout.columns, known: templates)
            column.coding = .init(
                shared: .templates(templated), codes: messages.codes, count: messages.templateCount)
            found.append(column)
        }
        return found
    }

    /// Texts that are long enough to hold something constant, and of which there are many different ones.
    private func isCandidate(_ column: BandColumn) -> Bool {
        guard column.valueCount >= 256, column.codingLeader == nil else { return false }
        guard column.rawByteCount >= column.valueCount * 8 else { return false }
        guard let coding = column.coding else { return true }
        // Codes that come from another column, or from which others come, cost nothing.
        return coding.count >= 1024 && !layout.columns.haveDerived(from: column)
    }

    /// Tries a stretch of neighbouring values both ways.
    private func pays(_ column: BandColumn) -> Bool {
        let count = min(column.valueCount, 2048)
        let start = (column.valueCount - count) / 2
        let sample = column.pool.vector(start..<start + count)
        // One variable and nothing else is a typed text, not a template.
        guard let messages = TemplatedMessages.build(messages: sample), messages.templateCount * 2 <= count,
            messages.templateCount > 1 || messages.slotCount > 1
        else { return false }
        let scale = Double(column.valueCount) / Double(count)
        let stand = column.sampled(start..<start + count)
        let templated = TemplatedColumn(messages, of: stand, among: layout.columns, known: KnownTemplates())
        var byteCount = IntegerNode.encoding([UInt64](widening: messages.codes[...]), profile: profile).byteCount
        for stream in templated.streams(0..<count, of: stand, profile: profile) { byteCount += stream.node.byteCount }
        let literals = StringNode.encoding(messages.literals, profile: profile).byteCount
        let taken = Double(byteCount) * scale + Double(literals)
        return taken < 0.9 * plainByteCount(column, sample, scale: scale)
    }

    /// What the column takes without templates.
    private func plainByteCount(_ column: BandColumn, _ sample: StringVector, scale: Double) -> Double {
        guard let coding = column.coding, case .strings(let entries) = coding.shared else {
            return Double(StringNode.encoding(sample, profile: profile).byteCount) * scale
        }
        let entryCount = min(entries.count, 2048)
        let some = StringNode.encoding(entries.slice(0..<entryCount), profile: profile).byteCount
        let width = Double(UInt64.bitWidth - UInt64(coding.count - 1).leadingZeroBitCount)
        return Double(some) * Double(entries.count) / Double(entryCount) + width / 8 * Double(column.valueCount)
    }
}
