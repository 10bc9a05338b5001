/// The name of a window's id index in its store: the number of the writer that made it, and which of its files it is.
public struct IndexId: Hashable, Comparable, Sendable {
    public var writer: UInt32
    public var number: UInt32

    public init(writer: UInt32, number: UInt32) {
        self.writer = writer
        self.number = number
    }

    public static func < (left: IndexId, right: IndexId) -> Bool {
        (left.writer, left.number) < (right.writer, right.number)
    }

    static let fileSuffix = ".trvidx"

    public var fileName: String { "\(writer)-\(number)\(Self.fileSuffix)" }

    /// The id in a file's name, also while the file is being written (`.trvidx.0.part`).
    public init?(fileName: String) {
        let parts = fileName.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count >= 2, "." + parts[1] == Self.fileSuffix else { return nil }
        let numbers = parts[0].split(separator: "-", omittingEmptySubsequences: false)
        guard numbers.count == 2, let writer = UInt32(numbers[0]), let number = UInt32(numbers[1]) else { return nil }
        self.init(writer: writer, number: number)
    }
}
