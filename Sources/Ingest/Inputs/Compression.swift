public import Bytes
public import Files

/// How an input is compressed.
public enum Compression: String, CaseIterable, Sendable {
    case gzip, zstd, lz4

    /// How many bytes of an input tell.
    static let magicByteCount = 4

    /// What the first bytes of an input say; nil when it is not compressed.
    public init?(_ head: [UInt8]) {
        if head.starts(with: [0x1F, 0x8B]) {
            self = .gzip
        } else if head.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) || Self.isSkippable(head) {
            self = .zstd
        } else if head.starts(with: [0x04, 0x22, 0x4D, 0x18]) {
            self = .lz4
        } else {
            return nil
        }
    }

    /// Skippable frames look the same in Zstd and in LZ4; only Zstd's tools begin files with them.
    private static func isSkippable(_ head: [UInt8]) -> Bool {
        head.count >= 4 && head[0] & 0xF0 == 0x50 && head[1...3].elementsEqual([0x2A, 0x4D, 0x18])
    }

    public var decoder: any StreamDecoder {
        switch self {
        case .gzip: GzipDecoder()
        case .zstd: ZstdDecoder()
        case .lz4: LZ4Decoder()
        }
    }

    /// What a stream holds: without its compression, or as it is.
    public static func undone(_ stream: any ByteStream) -> any ByteStream {
        let input = PeekedStream(stream)
        guard let compression = Compression(input.peek(magicByteCount)) else { return input }
        return DecompressedStream(input, compression)
    }
}
