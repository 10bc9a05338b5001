import Bytes
import CLZ4
import CZlib
import CZstd
import Testing

@Suite("Decoders of compressed streams")
struct StreamDecoderTests {
    enum Kind: CaseIterable {
        case gzip, zstd, lz4

        var decoder: any StreamDecoder {
            switch self {
            case .gzip: GzipDecoder()
            case .zstd: ZstdDecoder()
            case .lz4: LZ4Decoder()
            }
        }

        /// One frame with a checksum.
        func compress(_ bytes: [UInt8]) -> [UInt8] {
            [UInt8](unsafeUninitializedCapacity: bytes.count + 4096) { output, count in
                switch self {
                case .gzip:
                    var stream = z_stream()
                    deflateInit2_(
                        &stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                        Int32(MemoryLayout<z_stream>.size))
                    bytes.withUnsafeBufferPointer {
                        stream.next_in = UnsafeMutablePointer(mutating: $0.baseAddress)
                        stream.avail_in = UInt32($0.count)
                        stream.next_out = output.baseAddress
                        stream.avail_out = UInt32(output.count)
                        deflate(&stream, Z_FINISH)
                    }
                    count = Int(stream.total_out)
                    deflateEnd(&stream)
                case .zstd:
                    let context = ZSTD_createCCtx()
                    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
                    ZSTD_CCtx_setParameter(context, ZSTD_c_windowLog, 27)
                    count = ZSTD_compress2(context, output.baseAddress, output.count, bytes, bytes.count)
                    ZSTD_freeCCtx(context)
                case .lz4:
                    var preferences = LZ4F_preferences_t()
                    preferences.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled
                    count = LZ4F_compressFrame(output.baseAddress, output.count, bytes, bytes.count, &preferences)
                }
            }
        }
    }

    /// What a decoder makes of an input that is given and taken in small pieces.
    private func decode(_ input: [UInt8], _ kind: Kind, _ piece: Int) -> (
        output: [UInt8], fault: String?, isWhole: Bool
    ) {
        let decoder = kind.decoder
        var output: [UInt8] = []
        var position = 0
        while true {
            if position == input.count, decoder.isBetweenFrames { return (output, nil, true) }
            let end = min(position + piece, input.count)
            var step: StreamDecoderStep!
            output += [UInt8](unsafeUninitializedCapacity: piece) { target, count in
                step = input[position..<end].withUnsafeBufferPointer { decoder.decode($0, into: target) }
                count = step.writtenByteCount
            }
            position += step.readByteCount
            if let fault = step.fault { return (output, fault, false) }
            if step.readByteCount == 0, step.writtenByteCount == 0 { return (output, nil, false) }
        }
    }

    private let text = Array((0..<3000).map { "line \($0 * 7919 % 1000) of the text\n" }.joined().utf8)

    @Test("frames one after another give their contents one after another", arguments: Kind.allCases)
    func frames(kind: Kind) {
        let skippable: [UInt8] = [0x51, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
        let middle = kind == .gzip ? [] : skippable
        let input = kind.compress(text) + middle + kind.compress([]) + kind.compress(Array("end".utf8))
        for piece in [7, 1000, 1 << 20] {
            let result = decode(input, kind, piece)
            #expect(result.fault == nil && result.isWhole)
            #expect(result.output == text + Array("end".utf8))
        }
        #expect(decode([], kind, 10).isWhole)
    }

    @Test("zero bytes behind gzip members are padding")
    func padding() {
        let result = decode(Kind.gzip.compress(text) + [UInt8](repeating: 0, count: 600), .gzip, 100)
        #expect(result.isWhole && result.output == text)
    }

    @Test("a stream that is cut short is not whole, and one with a wrong byte is found out", arguments: Kind.allCases)
    func damage(kind: Kind) {
        let input = kind.compress(text)
        for count in stride(from: 1, to: input.count, by: 97) {
            let result = decode(Array(input[..<count]), kind, 1 << 16)
            #expect(!result.isWhole)
            #expect(text.starts(with: result.output))
        }
        var foundCount = 0
        for place in stride(from: 0, to: input.count, by: 31) {
            var damaged = input
            damaged[place] ^= 0x55
            let result = decode(damaged, kind, 1 << 16)
            // Some bytes of a gzip header mean nothing.
            if !result.isWhole { foundCount += 1 } else { #expect(result.output == text) }
        }
        #expect(foundCount > 10)
    }
}
