import Bytes
import Columns

@testable import Segments

/// A damaged segment and the verdict that a reader must give.
struct CorruptSegment: Sendable, CustomStringConvertible {
    var name: String
    var verdict = "corrupt"
    var damage: @Sendable (inout [UInt8]) throws -> Void
    var description: String { name }

    func make() throws -> [UInt8] {
        var bytes = try GoldenSegment.segment(of: GoldenSegment.services(120), GoldenSegment.options(.hot))
        try damage(&bytes)
        return bytes
    }

    static let all: [CorruptSegment] =
        truncations + flips + claims
        + [
            CorruptSegment(name: "appended-byte") { $0.append(0) },
            CorruptSegment(name: "empty-file") { $0 = [] },
            CorruptSegment(name: "no-segment") {
                $0 = Array(String(repeating: "{\"not\":\"a segment\"}\n", count: 20).utf8)
            },
            CorruptSegment(name: "trailer-checksum") { $0[$0.count - 16] ^= 1 },
            CorruptSegment(name: "read-version-2", verdict: "unsupported") {
                try $0.changeTrailer { $0.readVersion = 2 }
            },
            CorruptSegment(name: "write-version-2", verdict: "ok") { try $0.changeTrailer { $0.writeVersion = 2 } },
            CorruptSegment(name: "incompatible-feature", verdict: "unsupported") {
                try $0.changeTrailer { $0.incompatibleFeatures = 1 << 30 }
            },
            CorruptSegment(name: "compatible-feature", verdict: "ok") {
                try $0.changeTrailer { $0.compatibleFeatures = 1 << 31 }
            },
            CorruptSegment(name: "root-beyond-end") { try $0.changeTrailer { $0.root.offset = 1 << 60 } },
            CorruptSegment(name: "root-of-4-gib") { try $0.changeTrailer { $0.root.length = .max } },
            CorruptSegment(name: "rows-2-to-40") { try $0.changeRoot { $0.rowCount = 1 << 40 } },
            CorruptSegment(name: "rows-one-more") { try $0.changeRoot { $0.rowCount += 1 } },
            CorruptSegment(name: "zones-many") { try $0.changeRoot { $0.zoneCount = 100 } },
            CorruptSegment(name: "columns-many") { try $0.changeRoot { $0.columnCount = 50 } },
            CorruptSegment(name: "path-heap-beyond-end") { try $0.changeRoot { $0.pathHeap.offset = 1 << 50 } },
            CorruptSegment(name: "zone-table-is-path-heap") { try $0.changeRoot { $0.zoneTable = $0.pathHeap } },
            CorruptSegment(name: "directory-block-missing") { try $0.changeRoot { $0.directoryBlocks = [] } },
            CorruptSegment(name: "ordinal-index-empty") { try $0.changeRoot { $0.ordinalIndex = .none } },
        ]

    /// Cut off in every part of the file.
    private static let truncations = [1, 8, 64, 65, 500, 2000].map { count in
        CorruptSegment(name: "cut-\(count)") { $0.removeLast(count) }
    }

    /// One bit flipped, from the first page to the root. The header is not looked at by a reader that reads the tail.
    private static let flips = (1..<16).map { step in
        CorruptSegment(name: "flip-\(step)") { bytes in
            let place: Int = 16 + (bytes.count - 80) * step / 16
            let bit: UInt8 = 1 << UInt8(step % 8)
            bytes[place] ^= bit
        }
    }
}

extension [UInt8] {
    private func trailer() throws -> Trailer {
        try Trailer(parsing: self[(count - Trailer.byteCount)...], fileByteCount: UInt64(count))
    }

    /// Changes the trailer and makes its checksum right again.
    fileprivate mutating func changeTrailer(_ change: (inout Trailer) -> Void) throws {
        var trailer = try trailer()
        change(&trailer)
        replaceSubrange((count - Trailer.byteCount)..., with: trailer.encoded())
        // The header tells the same versions.
        self[8] = UInt8(trailer.readVersion)
        self[10] = UInt8(trailer.writeVersion)
    }

    /// Changes the root and makes the checksums above it right again.
    fileprivate mutating func changeRoot(_ change: (inout Root) -> Void) throws {
        var trailer = try trailer()
        let start = Int(trailer.root.offset)
        var root = try Root(parsing: self[start..<start + Int(trailer.root.length)], at: start)
        change(&root)
        let bytes = root.encoded()
        trailer.root.length = UInt32(bytes.count)
        trailer.root.checksum = checksum(bytes)
        trailer.fileByteCount = UInt64(start + bytes.count + Trailer.byteCount)
        replaceSubrange(start..., with: bytes + trailer.encoded())
    }
}
