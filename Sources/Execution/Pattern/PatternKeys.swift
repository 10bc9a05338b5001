import Bytes
import Columns
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

    /// The same for equal keys, whoever has numbered them.
    func checksum(of key: Int32) -> UInt64 {
        var result: UInt64 = 0
        for field in fields.indices {
            result =
                result &* 0x9E37_79B9_7F4A_7C15 ^ Bytes.checksum(values[field].texts[number(of: key, field: field)])
        }
        return result
    }

    /// The number of a key's value in a field.
    func number(of key: Int32, field: Int) -> Int {
        fields.count == 1 ? Int(key) : tree.value(of: Int(key), above: fields.count - 1 - field)
    }

    /// Appends all texts of a field, in the order of their numbers.
    func appendTexts(of field: Int, to output: inout StringVector) {
        for number in 0..<values[field].texts.count { output.append(values[field].texts[number]) }
    }
}
