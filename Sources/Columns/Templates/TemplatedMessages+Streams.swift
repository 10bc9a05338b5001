/// The values of one stream in some messages, and the message of each value.
public struct TemplateStream: Equatable, Sendable {
    public var values = StringVector()
    /// Counted from the first of the messages.
    public var messages: [UInt32] = []
}

extension TemplatedMessages {
    /// The resource that says how the messages are put together again.
    public func templateSet(_ assignment: StreamAssignment) -> TemplateSet {
        TemplateSet(
            slotCounts: slotCounts, slotStreams: assignment.streams, streamCount: assignment.streamCount,
            literals: literals)
    }

    /// The templates of some of the messages.
    public func codes(in range: Range<Int>) -> [UInt64] { [UInt64](widening: codes[range]) }

    /// How many values each stream has in some of the messages, and how long they are together.
    private func lengths(_ assignment: StreamAssignment, in range: Range<Int>) -> [(count: Int, byteCount: Int)] {
        var lengths = [(count: Int, byteCount: Int)](repeating: (0, 0), count: assignment.streamCount)
        forEachValue(assignment, in: range) { stream, _, value in
            lengths[stream].count &+= 1
            lengths[stream].byteCount &+= value.count
        }
        return lengths
    }

    /// The values of each stream in some of the messages: message by message, within a message slot by slot.
    public func streams(_ assignment: StreamAssignment, in range: Range<Int>) -> [TemplateStream] {
        var writers = lengths(assignment, in: range).map { StreamWriter(count: $0.count, byteCount: $0.byteCount) }
        unsafe messages.bytes.withUnsafeBufferPointer { bytes in
            unsafe writers.withUnsafeMutableBufferPointer { writers in
                forEachValue(assignment, in: range) { stream, message, value in
                    unsafe writers[stream].append(UnsafeBufferPointer(rebasing: bytes[value]), of: message)
                }
            }
        }
        return writers.map { $0.finish() }
    }

    /// Calls `body` with the stream of each variable, the message's place in the range, and where its bytes stand.
    @inline(__always)
    private func forEachValue(
        _ assignment: StreamAssignment, in range: Range<Int>, _ body: (Int, UInt32, Range<Int>) -> Void
    ) {
        for message in range {
            let firstSlot = firstSlots[Int(codes[message])]
            let firstVariable = Int(firstVariables[message])
            for index in 0..<Int(firstVariables[message &+ 1]) &- firstVariable {
                body(
                    Int(assignment.streams[firstSlot &+ index]),
                    UInt32(truncatingIfNeeded: message &- range.lowerBound),
                    variables[firstVariable &+ index].range)
            }
        }
    }
}

/// Writes a stream whose length is known into plain memory.
@safe
private struct StreamWriter {
    private let bytes: UnsafeMutableBufferPointer<UInt8>
    private let ends: UnsafeMutableBufferPointer<UInt32>
    private let messages: UnsafeMutableBufferPointer<UInt32>
    private var count = 0
    private var byteCount = 0

    init(count: Int, byteCount: Int) {
        unsafe bytes = .allocate(capacity: byteCount)
        unsafe ends = .allocate(capacity: count)
        unsafe messages = .allocate(capacity: count)
    }

    @inline(__always)
    mutating func append(_ value: UnsafeBufferPointer<UInt8>, of message: UInt32) {
        if let start = value.baseAddress {
            unsafe (bytes.baseAddress! + byteCount).update(from: start, count: value.count)
        }
        byteCount &+= value.count
        unsafe ends[count] = UInt32(truncatingIfNeeded: byteCount)
        unsafe messages[count] = message
        count &+= 1
    }

    /// The stream; the writer is of no use afterwards.
    func finish() -> TemplateStream {
        defer {
            unsafe bytes.deallocate()
            unsafe ends.deallocate()
            unsafe messages.deallocate()
        }
        return unsafe TemplateStream(
            values: StringVector(bytes: Array(bytes), ends: Array(ends)), messages: Array(messages))
    }
}
