import Bytes
import Columns

/// Decoded resources by where they stand in the file, so that the pages of a band decode a dictionary once.
final class ResourceCache {
    enum Resource: Sendable {
        case bytes([UInt8])
        case zstd(ZstdDictionary)
        case integers([UInt64])
        case map(MapTable)
        case strings(StringVector)
        case templates(TemplateSet)
        case symbols(SymbolTable)
        case shapes(ShapeTable)

        var byteCount: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .integers(let values): values.count * 8
            case .map(let table): table.byteCount
            case .strings(let strings): strings.bytes.count + strings.ends.count * 4
            case .templates(let set): set.literals.bytes.count + set.literals.ends.count * 8
            case .symbols: 4096
            case .zstd: 256 << 10
            case .shapes(let table): table.ordinals.count * 4 + table.ends.count * 4
            }
        }
    }

    /// What tells resources apart: where they stand, so that columns which share one share it here too, and all that
    /// says how to read them.
    struct Key: Hashable {
        private enum Place: Hashable {
            case stored(offset: UInt64, length: UInt32, checksum: UInt64, type: ColumnType)
            case inline(column: Int, index: Int)
        }

        private let place: Place
        private let kind: PageEntry.Kind
        private let valueCount: Int

        init(_ page: PageEntry, of column: SegmentColumn, index: Int) {
            kind = page.kind
            valueCount = page.valueCount
            switch page.place {
            case .stored(let blob):
                place = .stored(offset: blob.offset, length: blob.length, checksum: blob.checksum, type: column.type)
            case .inline: place = .inline(column: column.ordinal, index: index)
            }
        }
    }

    static let byteLimit = 64 << 20
    private var resources: [Key: Resource] = [:]
    private var order: [Key] = []
    private var byteCount = 0

    subscript(key: Key) -> Resource? { resources[key] }

    func insert(_ resource: Resource, for key: Key) {
        guard resources.updateValue(resource, forKey: key) == nil else { return }
        order.append(key)
        byteCount += resource.byteCount
        while byteCount > Self.byteLimit, order.count > 1 { dropOldest() }
    }

    /// Drops the oldest until no more than some bytes are left.
    func shrink(to limit: Int) {
        while byteCount > limit, !order.isEmpty { dropOldest() }
    }

    private func dropOldest() {
        byteCount -= resources.removeValue(forKey: order.removeFirst())?.byteCount ?? 0
    }
}

/// The sets of columns that rows have, as the segment stores them (Format/Segment.md, 4.2).
struct ShapeTable {
    /// The ordinals of shape *i* are `ordinals[ends[i - 1] ..< ends[i]]`, ascending.
    var ordinals: [UInt32]
    var ends: [UInt32]

    var count: Int { ends.count }

    subscript(shape: Int) -> ArraySlice<UInt32> {
        ordinals[(shape == 0 ? 0 : Int(ends[shape - 1]))..<Int(ends[shape])]
    }

    /// For each shape whether it has a column.
    func membership(of ordinal: Int) -> [Bool] {
        (0..<count).map { self[$0].contains(UInt32(ordinal)) }
    }
}
