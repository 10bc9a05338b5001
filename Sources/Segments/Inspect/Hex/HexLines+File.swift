import Bytes
import Columns

/// The fixed structures of a segment (Format/Segment.md, 2).
extension HexLines {
    static func header(_ trailer: Trailer) -> HexLines {
        var lines = HexLines()
        lines.add(8, "\"TRVSEG1\\n\"")
        lines.add(8, "readVersion \(trailer.readVersion), writeVersion \(trailer.writeVersion), zero")
        return lines
    }

    static func trailer(_ trailer: Trailer) -> HexLines {
        var lines = HexLines()
        lines.add(16, "rootOffset \(trailer.root.offset), rootLength \(trailer.root.length), zero")
        lines.add(8, "rootChecksum")
        lines.add(8, "fileLength \(trailer.fileByteCount)")
        lines.add(
            8,
            "incompatibleFeatures \(trailer.incompatibleFeatures), compatibleFeatures \(trailer.compatibleFeatures)")
        lines.add(8, "readVersion \(trailer.readVersion), writeVersion \(trailer.writeVersion), zero")
        lines.add(8, "trailerChecksum")
        lines.add(8, "\"TRVSEG1\\n\"")
        return lines
    }

    static func root(_ root: Root) -> HexLines {
        func blob(_ blob: BlobReference) -> String { "offset \(blob.offset), length \(blob.length), checksum" }
        var lines = HexLines()
        lines.add(16, "rowCount \(root.rowCount), zoneCount \(root.zoneCount), columnCount \(root.columnCount)")
        lines.add(16, "minTimestamp \(root.minTimestamp), maxTimestamp \(root.maxTimestamp)")
        lines.add(16, "minStoredAt \(root.minStoredAt), maxStoredAt \(root.maxStoredAt)")
        lines.add(16, "minSequence \(root.minSequence), maxSequence \(root.maxSequence)")
        let timeColumn = root.timeColumn == Root.noTimeColumn ? "none" : String(root.timeColumn)
        lines.add(
            8,
            "tier \(root.tier), flags \(root.hasTimestamps ? 1 : 0), "
                + "overflowBucketCount \(root.overflowBucketCount), timeColumn \(timeColumn)")
        lines.add(BlobReference.byteCount, "zone table: " + blob(root.zoneTable))
        lines.add(BlobReference.byteCount, "path heap: " + blob(root.pathHeap))
        lines.add(BlobReference.byteCount, "ordinal index: " + blob(root.ordinalIndex))
        lines.add(
            12,
            "directoryBlockCount \(root.directoryBlocks.count), filterCount \(root.filters.count), "
                + "writerLength \(root.writer.utf8.count)")
        for (index, block) in root.directoryBlocks.enumerated() {
            lines.add(8 + BlobReference.byteCount, "directory block \(index): firstPathHash, " + blob(block.blob))
        }
        for filter in root.filters {
            lines.add(
                8 + BlobReference.byteCount,
                "filter of \(IdFilterKind.name(filter.kind)): kind \(filter.kind), zero, " + blob(filter.blob))
        }
        lines.add(root.writer.utf8.count, "writer " + JSONWriter.quoted(PrintableText.escaping(root.writer)))
        return lines
    }

    static func zoneTable(_ zones: [Zone]) -> HexLines {
        var lines = HexLines()
        for (index, zone) in zones.enumerated() {
            lines.add(8, "zone \(index): firstRow \(zone.firstRow), rowCount \(zone.rowCount)")
            let times =
                zone.minTimestamp <= zone.maxTimestamp
                ? "minTimestamp \(zone.minTimestamp), maxTimestamp \(zone.maxTimestamp)" : "no timestamps: min, max"
            lines.add(16, times)
        }
        return lines
    }

    /// The paths of the heap, as far as they can be told apart.
    static func paths(_ heap: ArraySlice<UInt8>) -> HexLines {
        var lines = HexLines()
        var reader = ByteReader(heap)
        while !reader.isAtEnd {
            let start = reader.position
            guard let keyCount = try? reader.readCount(upTo: Limits.keyCountPerPath, "number of keys") else { break }
            for _ in 0..<keyCount {
                guard let byteCount = try? reader.readCount(upTo: Limits.pathByteCount, "length of a key"),
                    (try? reader.readSlice(byteCount: byteCount)) != nil
                else { break }
            }
            guard let path = try? ColumnPath(decoding: heap[start..<reader.position]) else { break }
            let keys = path.keys.map { JSONWriter.quoted(PrintableText.escaping($0)) }.joined(separator: ", ")
            lines.add(reader.position - start, keyCount == 0 ? "path without keys" : "path " + keys)
        }
        lines.add(heap.count - lines.byteCount, "bytes that are no path")
        return lines
    }

    static func filter(_ bytes: ArraySlice<UInt8>) -> HexLines {
        var lines = HexLines()
        var reader = ByteReader(bytes)
        guard let seed = try? reader.read(littleEndian: UInt64.self),
            let blockLength = try? reader.read(littleEndian: UInt32.self),
            let blockCount = try? reader.read(littleEndian: UInt32.self),
            let fingerprintBits = try? reader.readByte(), let rangeBits = try? reader.readByte(),
            (try? reader.readSlice(byteCount: 2)) != nil,
            let rangeCount = try? reader.read(littleEndian: UInt32.self),
            let keyCount = try? reader.read(littleEndian: UInt64.self),
            Int(rangeCount) * 8 <= reader.remainingByteCount
        else {
            lines.add(bytes.count, "bytes that are no filter", isBulk: true)
            return lines
        }
        lines.add(8, "seed \(seed)")
        lines.add(8, "blockLength \(blockLength), blockCount \(blockCount)")
        lines.add(8, "fingerprintBits \(fingerprintBits), rangeBits \(rangeBits), zero, rangeCount \(rangeCount)")
        lines.add(8, "keyCount \(keyCount)")
        lines.add(Int(rangeCount) * 8, "ranges: firstZone, lastZone", isBulk: true)
        lines.add(reader.remainingByteCount - Int(rangeCount) * 8, "slots", isBulk: true)
        return lines
    }
}

extension IdFilterKind {
    /// What a filter of a kind is for.
    static func name(_ kind: UInt32) -> String { IdFilterKind(rawValue: kind).map { "\($0)" } ?? "an unknown kind" }
}
