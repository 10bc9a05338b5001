import Bytes

@testable import Columns

extension Driver {
    /// Blocks and frames of any bytes, and any bytes as blocks and frames.
    static let codecs = Driver(
        name: "codecs", summary: "LZ4 and Zstd: any bytes are refused or give what was claimed; all bytes come back"
    ) { input in
        let choice = input.byte()
        let rawByteCount = Int(input.byte()) | Int(input.byte()) << 8
        let bytes = input.rest
        let dictionary = choice & 4 == 0 ? nil : ZstdDictionary(bytes: Array(bytes.suffix(200)))
        if choice & 1 == 0 {
            let raw =
                choice & 2 == 0
                ? try LZ4Block.decompress(bytes, rawByteCount: rawByteCount)
                : try ZstdFrame.decompress(bytes, rawByteCount: rawByteCount, dictionary: dictionary)
            require(raw.count == rawByteCount, "another number of bytes than claimed")
            return
        }
        var reader = ByteReader(bytes)
        if let buffer = try? StoredBuffer.parse(&reader, upTo: 1 << 20) {
            let environment = FuzzEnvironment(rowCount: 0)
            if let raw = try? buffer.raw(in: environment) {
                require(raw.count == buffer.rawByteCount, "a buffer has another length than it says")
            }
        }
        if let block = LZ4Block.compress(bytes, byteLimit: .max) {
            let back = try? LZ4Block.decompress(block[...], rawByteCount: bytes.count)
            require(back.map { $0[...] == bytes } == true, "LZ4 gives other bytes back")
        }
        let level = Int32(choice >> 3) % 19
        if let frame = ZstdFrame.compress(bytes, level: level, dictionary: dictionary, byteLimit: .max) {
            let back = try? ZstdFrame.decompress(frame[...], rawByteCount: bytes.count, dictionary: dictionary)
            require(back.map { $0[...] == bytes } == true, "Zstd gives other bytes back")
        }
    }
}
