import Bytes
import Columns

@testable import Segments

extension SegmentParts {
    /// Changes one part: mostly the bytes of a page, where the decoders are.
    mutating func change(_ generator: inout SplitMix64) {
        let choice = generator.next() % 32
        switch choice {
        case 0: zoneTable = mutated(zoneTable, byteLimit: zoneTable.count + 24)
        case 1: pathHeap = mutated(pathHeap, byteLimit: pathHeap.count + 8)
        case 2: ordinalIndex = mutated(ordinalIndex, byteLimit: ordinalIndex.count + 8)
        case 3: changeFilter(&generator)
        case 4: changeRoot(&generator)
        default: changeColumn(choice, &generator)
        }
    }

    private mutating func changeFilter(_ generator: inout SplitMix64) {
        guard !filters.isEmpty else { return }
        let index = Int(generator.next() % UInt64(filters.count))
        filters[index].bytes = mutated(filters[index].bytes, byteLimit: filters[index].bytes.count + 8)
    }

    /// Numbers of the root, in the bytes in which it is stored; what points at other parts is set anew.
    private mutating func changeRoot(_ generator: inout SplitMix64) {
        let bytes = root.encoded()
        var fixed = Array(bytes[..<72])
        fixed = mutated(fixed, byteLimit: 72)
        fixed += bytes[fixed.count..<72]
        if let changed = try? Root(parsing: fixed + bytes[72...], at: 0), changed.columnCount == root.columnCount {
            root = changed
        }
    }

    private mutating func changeColumn(_ choice: UInt64, _ generator: inout SplitMix64) {
        guard !blocks.isEmpty else { return }
        let block = Int(generator.next() % UInt64(blocks.count))
        guard !blocks[block].columns.isEmpty else { return }
        let place = Int(generator.next() % UInt64(blocks[block].columns.count))
        var column = blocks[block].columns[place]
        switch choice {
        case 5: column.statistics = mutated(column.statistics, byteLimit: column.statistics.count + 8)
        case 6: column.entry.changeBytes()
        case 7:
            let metadata = ColumnMetadata(pages: column.pages.map(\.entry), statistics: column.statistics).encoded()
            column.metadata = mutated(metadata, byteLimit: metadata.count + 8)
        case 8:
            // The pages of another column.
            column.pages = blocks[block].columns.randomElement(using: &generator)?.pages ?? []
        default:
            guard !column.pages.isEmpty else { return }
            let page = Int(generator.next() % UInt64(column.pages.count))
            column.pages[page].change(choice, &generator)
        }
        blocks[block].columns[place] = column
    }
}

extension SegmentParts.Page {
    fileprivate mutating func change(_ choice: UInt64, _ generator: inout SplitMix64) {
        switch choice {
        case 9: entry.valueCount = Int(generator.next() % 300)
        case 10: entry.presence = PageEntry.Presence(rawValue: UInt8(generator.next() % 3)) ?? .own
        case 11: entry.kind = PageEntry.Kind(rawValue: UInt8(1 + generator.next() % 7)) ?? .data
        case 12: entry.zoneCount = Int(generator.next() % 4)
        default:
            bytes = mutated(bytes, byteLimit: bytes.count + 32)
            if bytes.isEmpty { bytes = [0] }
        }
        if entry.kind != .data { entry.presence = .everyRow }
    }
}

extension ColumnEntry {
    /// Changes the bytes in which the entry is stored; its metadata are set anew.
    fileprivate mutating func changeBytes() {
        var writer = ByteWriter()
        write(to: &writer)
        let bytes = mutated(writer.bytes, byteLimit: writer.byteCount)
        var reader = ByteReader(bytes + writer.bytes[bytes.count...])
        if let changed = try? ColumnEntry(parsing: &reader, columnCount: Int(UInt32.max)) { self = changed }
    }
}
