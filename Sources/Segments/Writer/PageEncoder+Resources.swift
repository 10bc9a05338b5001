import Bytes
import Columns

/// What the pages of a column share.
extension PageEncoder {
    func sharedResource() -> Resource? {
        guard let coding = column.coding else { return nil }
        var writer = ByteWriter()
        switch coding.shared {
        case .shapes:
            ShapeTable(layout.shapes).write(to: &writer, profile: profile)
            return Resource(kind: .shapeTable, bytes: writer.bytes, count: 0)
        case .strings(let entries):
            StringNode.encoding(entries, profile: profile, memory: memory?[.entries]).write(to: &writer)
        case .integers(let entries):
            IntegerNode.encoding(entries, profile: profile, memory: memory?[.entries]).write(to: &writer)
        case .templates(let templated):
            templated.messages.templateSet(templated.assignment).write(to: &writer, profile: profile)
            return Resource(kind: .templates, bytes: writer.bytes, count: 0)
        case .fixed(let dictionary):
            let width = dictionary.wordsPerEntry * 8
            FixedNode.encoding(bytes: Self.bytes(dictionary.words[...]), width: width, profile: profile)
                .write(to: &writer)
        }
        return Resource(kind: .dictionary, bytes: writer.bytes, count: coding.count)
    }

    func mapTable() -> Resource? {
        guard case .mapped(_, let table)? = column.derivation else { return nil }
        var writer = ByteWriter()
        IntegerNode.encoding(table.map { UInt64($0) }, profile: profile, memory: memory?[.table]).write(to: &writer)
        return Resource(kind: .mapTable, bytes: writer.bytes, count: table.count)
    }

    /// A Zstd dictionary made of what the column's texts have in common; nil where it cannot pay: in the hot tier, and
    /// for few or large pages.
    func trainedDictionary(pageCount: Int) -> ZstdDictionary? {
        guard profile.tier != .hot, pageCount >= 4, column.type.layout == .strings, column.coding == nil else {
            return nil
        }
        let byteCount = column.rawByteCount
        guard byteCount >= 32 << 10, byteCount / pageCount <= 128 << 10 else { return nil }
        // Every so many values, about 100 times the dictionary's length in all.
        let step = max(1, byteCount / (800 << 10))
        let sample = column.pool.entries.gather(
            stride(from: 0, to: column.valueCount, by: step).map { column.pool.codes[$0] })
        return ZstdDictionary.trained(
            samples: sample.bytes, byteCounts: (0..<sample.count).map { sample.range($0).count },
            byteLimit: min(8 << 10, byteCount / 32))
    }

    /// Makes the pages to come use a dictionary that stands in a resource.
    mutating func use(_ dictionary: ZstdDictionary, resource: Int) {
        profile.sharedDictionary = StoredBuffer.SharedDictionary(resource: resource, dictionary: dictionary)
    }

    /// Makes the texts to come be offered symbols.
    mutating func use(_ symbols: SharedSymbols) { profile.sharedSymbols = symbols }
}

extension ShapeTable {
    init(_ shapes: [[UInt32]]) {
        ordinals = Array(shapes.joined())
        ends = []
        var end: UInt32 = 0
        for shape in shapes {
            end += UInt32(shape.count)
            ends.append(end)
        }
    }
}
