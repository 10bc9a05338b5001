import Segments

/// Numbers for what the events of a match have in common.
struct PatternKeys {
    let fields: [BoundField]
    private var values: [FieldValues]
    private var tree = GroupTree()

    init(_ fields: [BoundField]) {
        self.fields = fields
        values = fields.map { _ in FieldValues() }
    }

    /// The key of each row; −1 when it lacks one of the fields. Without fields all have one key.
    mutating func keys(of found: FoundRows) throws(SegmentError) -> [Int32] {
        guard let first = fields.first else { return [Int32](repeating: 0, count: found.count) }
        var keys = [Int32](repeating: -1, count: found.count)
        try values[0].number(first, of: found, into: &keys)
        guard fields.count > 1 else { return keys }
        for row in keys.indices where keys[row] >= 0 {
            keys[row] = Int32(tree.child(of: GroupTree.root, value: Int(keys[row])))
        }
        for number in 1..<fields.count {
            var numbers = [Int32](repeating: -1, count: found.count)
            try values[number].number(fields[number], of: found, into: &numbers)
            for row in keys.indices where keys[row] >= 0 {
                keys[row] = numbers[row] < 0 ? -1 : Int32(tree.child(of: Int(keys[row]), value: Int(numbers[row])))
            }
        }
        return keys
    }

    /// The key here of what has a key among others.
    mutating func key(of key: Int32, in others: PatternKeys) -> Int32 {
        guard fields.count > 1 else { return fields.isEmpty ? key : number(Int(key), of: 0, in: others) }
        var node = GroupTree.root
        for (field, value) in others.tree.values(of: Int(key)).enumerated() {
            node = tree.child(of: node, value: Int(number(value, of: field, in: others)))
        }
        return Int32(node)
    }

    private mutating func number(_ value: Int, of field: Int, in others: PatternKeys) -> Int32 {
        values[field].number(of: others.values[field].texts[value])
    }

    /// More than any key.
    var count: Int { fields.isEmpty ? 1 : fields.count == 1 ? values[0].texts.count : tree.count }

    var byteCount: Int { values.reduce(0) { $0 + $1.byteCount } + tree.count * 48 }

    /// The values that a key stands for.
    func texts(of key: Int32) -> [AnswerTable.Cell] {
        guard !fields.isEmpty else { return [] }
        let numbers = fields.count == 1 ? [Int(key)] : tree.values(of: Int(key))
        return numbers.enumerated().map {
            .text(String(decoding: values[$0.offset].texts[$0.element], as: UTF8.self))
        }
    }
}
