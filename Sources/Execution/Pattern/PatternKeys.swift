import Columns

/// Numbers for what the events of a match have in common.
struct PatternKeys {
    let fields: [BoundField]
    private var texts: [TextNumbers]
    private var tree = GroupTree()

    init(_ fields: [BoundField]) {
        self.fields = fields
        texts = fields.map { _ in TextNumbers() }
        // Without fields all events have one key.
        if fields.isEmpty { _ = tree.child(of: GroupTree.root, value: 0) }
    }

    /// The key of each row; −1 when it lacks one of the fields.
    mutating func keys(of batch: RowBatch) -> [Int32] {
        var groups = [Int](repeating: fields.isEmpty ? 0 : GroupTree.root, count: batch.rowCount)
        for (number, field) in fields.enumerated() {
            var values = [Int32](repeating: -1, count: batch.rowCount)
            var known: [Int: [Int32]] = [:]
            BatchField(field, in: batch).forEachText { row, text, code in
                guard let code else {
                    values[row] = Int32(texts[number].number(of: text))
                    return
                }
                if code.entry < known[code.dictionary]?.count ?? 0, let value = known[code.dictionary]?[code.entry],
                    value >= 0
                {
                    values[row] = value
                    return
                }
                values[row] = Int32(texts[number].number(of: text))
                var entries = known.removeValue(forKey: code.dictionary) ?? []
                while entries.count <= code.entry { entries.append(-1) }
                entries[code.entry] = values[row]
                known[code.dictionary] = entries
            }
            for row in groups.indices where groups[row] >= -1 {
                guard values[row] >= 0 else {
                    groups[row] = -2
                    continue
                }
                // The groups of one field have the numbers of its values.
                groups[row] =
                    fields.count == 1
                    ? Int(values[row])
                    : tree.child(of: number == 0 ? GroupTree.root : groups[row], value: Int(values[row]))
            }
        }
        return groups.map { Int32(max($0, -1)) }
    }

    var count: Int { fields.count == 1 ? texts[0].texts.count : tree.count }

    /// The values that a key stands for.
    func values(of key: Int32) -> [AnswerTable.Cell] {
        guard !fields.isEmpty else { return [] }
        let values = fields.count == 1 ? [Int(key)] : tree.values(of: Int(key))
        return values.enumerated().map { .text(String(decoding: texts[$0.offset].texts[$0.element], as: UTF8.self)) }
    }
}
