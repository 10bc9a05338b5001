/// Bytes as hexadecimal digits, with their places before and their meaning behind them.
struct HexDump {
    /// A stretch of bytes, of a file or of what a compressed section of it holds.
    struct Block {
        var title: String
        var offset: Int
        var bytes: ArraySlice<UInt8>
        var lines: HexLines
        /// The bytes come from a decompressor: offsets are counted from their beginning.
        var isDecompressed = false
    }

    private static let rowByteCount = 16
    /// Of bulk, when not everything is shown.
    private static let bulkByteCount = 64

    private(set) var text = ""
    private let offsetDigitCount: Int
    private let showsAll: Bool

    /// - Parameter showsAll: whether long runs of bytes are shown to their end.
    init(fileByteCount: Int, showsAll: Bool) {
        offsetDigitCount = max(4, String(fileByteCount).utf8.count)
        self.showsAll = showsAll
    }

    mutating func add(_ block: Block) {
        if !text.isEmpty { text += "\n" }
        text += "; \(block.title)\n"
        var offset = block.offset
        var rest = block.bytes
        for line in block.lines.lines {
            add(line, rest.prefix(line.byteCount), at: offset, prefix: block.isDecompressed ? "+" : "")
            rest = rest.dropFirst(line.byteCount)
            offset += line.byteCount
        }
    }

    /// Says that bytes are left out.
    mutating func leaveOut(_ byteCount: Int, _ what: String) {
        if !text.isEmpty { text += "\n" }
        text += "; … \(byteCount) bytes: \(what)\n"
    }

    private mutating func add(_ line: HexLines.Line, _ bytes: ArraySlice<UInt8>, at offset: Int, prefix: String) {
        let margin = String(repeating: " ", count: prefix.utf8.count + offsetDigitCount + 2)
        let meaning = "; " + String(repeating: "  ", count: line.depth) + line.meaning
        guard !bytes.isEmpty else {
            text += margin + String(repeating: " ", count: Self.rowByteCount * 3) + meaning + "\n"
            return
        }
        let shown = line.isBulk && !showsAll ? bytes.prefix(Self.bulkByteCount) : bytes
        for start in stride(from: shown.startIndex, to: shown.endIndex, by: Self.rowByteCount) {
            let row = shown[start..<min(start + Self.rowByteCount, shown.endIndex)]
            text += prefix + padded(offset + start - bytes.startIndex) + ":"
            for byte in row { text += byte < 16 ? " 0" + String(byte, radix: 16) : " " + String(byte, radix: 16) }
            if start == shown.startIndex {
                text += String(repeating: " ", count: (Self.rowByteCount - row.count) * 3 + 1) + meaning
            }
            text += "\n"
        }
        if shown.count < bytes.count { text += margin + "… \(bytes.count - shown.count) bytes more\n" }
    }

    private func padded(_ offset: Int) -> String {
        let digits = String(offset)
        return String(repeating: "0", count: max(0, offsetDigitCount - digits.utf8.count)) + digits
    }
}
