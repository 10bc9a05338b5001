/// A segment's name in its store: the number of the writer that made it, and which of its segments it is.
public struct SegmentId: Hashable, Comparable, Sendable {
    public var writer: UInt32
    public var number: UInt32

    public init(writer: UInt32, number: UInt32) {
        self.writer = writer
        self.number = number
    }

    public static func < (left: SegmentId, right: SegmentId) -> Bool {
        (left.writer, left.number) < (right.writer, right.number)
    }

    public static let fileSuffix = ".trvseg"

    public var fileName: String { "\(writer)-\(number)\(Self.fileSuffix)" }

    /// The id in a file's name, also while the file is being written (`.trvseg.0.part`).
    public init?(fileName: String) {
        guard let suffix = fileName.range(ofFirst: Self.fileSuffix) else { return nil }
        let parts = fileName[..<suffix].split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let writer = UInt32(parts[0]), let number = UInt32(parts[1]) else { return nil }
        self.init(writer: writer, number: number)
    }
}

extension String {
    /// Where a text first occurs.
    fileprivate func range(ofFirst text: String) -> String.Index? {
        indices.first { self[$0...].hasPrefix(text) }
    }
}
