/// Byte strings laid end to end: string *i* is `bytes[ends[i - 1] ..< ends[i]]`.
public struct StringVector: Equatable, Sendable {
    public var bytes: [UInt8]
    public var ends: [UInt32]

    public init() {
        bytes = []
        ends = []
    }

    public init(bytes: [UInt8], ends: [UInt32]) {
        self.bytes = bytes
        self.ends = ends
    }

    public init(_ strings: some Sequence<String>) {
        self.init()
        for string in strings { append(string.utf8) }
    }

    public var count: Int { ends.count }

    @inlinable
    public func range(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
    }

    @inlinable
    public subscript(index: Int) -> ArraySlice<UInt8> { bytes[range(index)] }

    public mutating func append(_ string: some Sequence<UInt8>) {
        bytes.append(contentsOf: string)
        ends.append(UInt32(bytes.count))
    }

    /// Appends one of the strings of another vector.
    public mutating func append(_ other: StringVector, _ index: Int) {
        other.append(index, to: &bytes)
        ends.append(UInt32(bytes.count))
    }

    /// Appends the bytes of a string to others.
    @inline(__always)
    public func append(_ index: Int, to output: inout [UInt8]) {
        let range = range(index)
        unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe output.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[range]))
        }
    }

    /// The string as text, for messages and tests.
    public func text(_ index: Int) -> String { String(decoding: self[index], as: UTF8.self) }
}
