import Files
import Workload

/// A workload's events as they are made, as an input of ingest.
final class GeneratedStream: ByteStream {
    let path = "generated"
    private(set) var workload: FleetWorkload
    private var chunk: [UInt8] = []
    private var position = 0

    init(_ workload: FleetWorkload) { self.workload = workload }

    func readSome(into output: inout OutputSpan<UInt8>) throws(FileError) {
        if position == chunk.count {
            chunk = workload.next() ?? []
            position = 0
        }
        let count = min(output.freeCapacity, chunk.count - position)
        for index in position..<position + count { output.append(chunk[index]) }
        position += count
    }
}
