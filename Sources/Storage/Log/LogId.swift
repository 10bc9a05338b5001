/// A log file's name in its store: the number of the writer that appends, and which of its files it is.
public struct LogId: Hashable, Comparable, Sendable {
    public var writer: UInt32
    public var number: UInt32

    public init(writer: UInt32, number: UInt32) {
        self.writer = writer
        self.number = number
    }

    public static func < (left: LogId, right: LogId) -> Bool {
        (left.writer, left.number) < (right.writer, right.number)
    }

    static let fileSuffix = ".log"

    public var fileName: String { "\(writer)-\(number)\(Self.fileSuffix)" }

    public init?(fileName: String) {
        guard fileName.hasSuffix(Self.fileSuffix) else { return nil }
        let parts = fileName.dropLast(Self.fileSuffix.count).split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let writer = UInt32(parts[0]), let number = UInt32(parts[1]) else { return nil }
        self.init(writer: writer, number: number)
    }
}
