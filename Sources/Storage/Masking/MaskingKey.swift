public import Files

/// What the hashes of masked values depend on: who has it can tell whether a hash is that of a value.
public struct MaskingKey: Equatable, Sendable {
    public let first: UInt64
    public let second: UInt64

    public init(_ first: UInt64, _ second: UInt64) {
        self.first = first
        self.second = second
    }

    private static let digitCount = 32

    /// The key of a store, made when it has none yet.
    public static func readOrMake(_ paths: StorePaths, in fileSystem: any FileSystem) throws(StoreError) -> MaskingKey {
        if try files({ () throws(FileError) in try !fileSystem.exists(paths.maskingKey) }) {
            try make(paths, in: fileSystem)
        }
        let bytes = try files { () throws(FileError) in try fileSystem.readAll(paths.maskingKey) }
        let text = String(decoding: bytes.prefix(digitCount), as: UTF8.self)
        guard bytes.count == digitCount + 1, bytes.last == UInt8(ascii: "\n"), text.utf8.count == digitCount,
            text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }),
            let first = UInt64(text.prefix(digitCount / 2), radix: 16),
            let second = UInt64(text.suffix(digitCount / 2), radix: 16)
        else {
            throw .invalid("\(paths.maskingKey) must be \(digitCount) hexadecimal digits and a line feed")
        }
        return MaskingKey(first, second)
    }

    /// Of several that make it at once one succeeds, and all use that one's.
    private static func make(_ paths: StorePaths, in fileSystem: any FileSystem) throws(StoreError) {
        // The system's generator is meant for keys.
        let words = [UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max)]
        let digits = words.map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: digitCount / 2 - digits.utf8.count) + digits
        }
        try files { () throws(FileError) in
            let file = try PendingFile(paths.maskingKey, in: fileSystem, isPrivate: true)
            try file.append(Array((digits.joined() + "\n").utf8))
            _ = try file.publishIfAbsent()
        }
    }
}
