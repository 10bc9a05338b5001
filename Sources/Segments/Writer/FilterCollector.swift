import Bytes
import Columns

/// Gathers the ids of a segment for its filters (Format/Segment.md, 9).
struct FilterCollector {
    private struct Family {
        var kind: IdFilterKind
        var paths: [ColumnPath]
        var builder: IdFilterBuilder
        var isEmpty = true

        init(_ kind: IdFilterKind, _ paths: [ColumnPath]) {
            self.kind = kind
            self.paths = paths
            builder = IdFilterBuilder(kind)
        }
    }

    private var families: [Family]

    init(_ options: SegmentWriterOptions) {
        families = [
            Family(.eventIds, options.eventIdPaths),
            Family(.traceIds, options.traceIdPaths),
            Family(.spanIds, options.spanIdPaths),
        ]
    }

    mutating func add(_ layout: BandLayout, firstZone: Int) {
        for family in families.indices {
            let columns = (layout.columns + layout.overflow).filter { column in
                (column.type.layout == .fixed8 || column.type.layout == .fixed16)
                    && families[family].paths.contains(column.key.path)
            }
            for column in columns {
                families[family].isEmpty = false
                Self.add(column, to: &families[family].builder, firstZone: firstZone)
            }
        }
    }

    private static func add(_ column: BandColumn, to builder: inout IdFilterBuilder, firstZone: Int) {
        let width = column.type.layout == .fixed16 ? 16 : 8
        if case .fixed(let dictionary)? = column.coding?.shared, let codes = column.coding?.codes {
            // The filter names all zones from a key's first to its last.
            var firstZones = [UInt32](repeating: .max, count: dictionary.count)
            var lastZones = firstZones
            for zone in 0..<column.zoneOffsets.count - 1 {
                let number = UInt32(firstZone + zone)
                for code in codes[column.values(in: zone..<zone + 1)] {
                    firstZones[Int(code)] = min(firstZones[Int(code)], number)
                    lastZones[Int(code)] = number
                }
            }
            let hashes = hashes(of: dictionary.words[...], width: width)
            for code in hashes.indices where firstZones[code] != .max {
                builder.add(
                    KeyZones(hash: hashes[code], firstZone: firstZones[code], lastZone: lastZones[code]))
            }
        } else {
            for zone in 0..<column.zoneOffsets.count - 1 {
                let values = column.values(in: zone..<zone + 1)
                let words = column.words[values.lowerBound * width / 8..<values.upperBound * width / 8]
                for hash in hashes(of: words, width: width) { builder.add(keyHash: hash, zone: firstZone + zone) }
            }
        }
    }

    /// The checksums of ids of `width` bytes, which are held as words.
    private static func hashes(of words: ArraySlice<UInt64>, width: Int) -> [UInt64] {
        let count = words.count * 8 / width
        return unsafe [UInt64](unsafeUninitializedCapacity: count) { hashes, hashCount in
            unsafe words.withUnsafeBytes { bytes in
                let ids = unsafe bytes.bytes
                for index in 0..<count {
                    // Words are in memory as ids are in the file: both have the lowest byte first.
                    unsafe hashes[index] = checksum(ids.extracting(index &* width..<(index &+ 1) &* width))
                }
            }
            hashCount = count
        }
    }

    /// Builds and writes the filters. Ids that resist every seed, which does not happen by chance, get none: a missing
    /// filter excludes nothing.
    mutating func write(to writer: SegmentWriter) throws(SegmentError) -> [Root.Filter] {
        var filters: [Root.Filter] = []
        for index in families.indices where !families[index].isEmpty {
            let kind = families[index].kind
            let builder = families[index].builder
            families[index].builder = IdFilterBuilder(kind)
            if let bytes = builder.build(), bytes.count <= Limits.storedByteCount {
                filters.append(Root.Filter(kind: kind.rawValue, blob: try writer.put(bytes)))
            }
        }
        return filters
    }
}
