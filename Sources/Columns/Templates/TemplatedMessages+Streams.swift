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
    public func codes(in range: Range<Int>) -> [UInt64] { codes[range].map { UInt64($0) } }

    /// The values of each stream in some of the messages: message by message, within a message slot by slot.
    public func streams(_ assignment: StreamAssignment, in range: Range<Int>) -> [TemplateStream] {
        var streams = [TemplateStream](repeating: TemplateStream(), count: assignment.streamCount)
        reserve(&streams, assignment, range)
        unsafe messages.bytes.withUnsafeBufferPointer { bytes in
            for message in range {
                let firstSlot = firstSlots[Int(codes[message])]
                let firstVariable = Int(firstVariables[message])
                for index in 0..<Int(firstVariables[message &+ 1]) &- firstVariable {
                    let stream = Int(assignment.streams[firstSlot &+ index])
                    let value = variables[firstVariable &+ index].range
                    unsafe streams[stream].values.bytes.append(
                        contentsOf: UnsafeBufferPointer(rebasing: bytes[value]))
                    streams[stream].values.ends.append(
                        UInt32(truncatingIfNeeded: streams[stream].values.bytes.count))
                    streams[stream].messages.append(UInt32(truncatingIfNeeded: message &- range.lowerBound))
                }
            }
        }
        return streams
    }

    private func reserve(_ streams: inout [TemplateStream], _ assignment: StreamAssignment, _ range: Range<Int>) {
        var counts = [Int](repeating: 0, count: streams.count)
        var byteCounts = counts
        for message in range {
            let firstSlot = firstSlots[Int(codes[message])]
            let firstVariable = Int(firstVariables[message])
            for index in 0..<Int(firstVariables[message &+ 1]) &- firstVariable {
                let stream = Int(assignment.streams[firstSlot &+ index])
                counts[stream] &+= 1
                byteCounts[stream] &+= variables[firstVariable &+ index].range.count
            }
        }
        for stream in streams.indices {
            streams[stream].values.bytes.reserveCapacity(byteCounts[stream])
            streams[stream].values.ends.reserveCapacity(counts[stream])
            streams[stream].messages.reserveCapacity(counts[stream])
        }
    }
}
