import Bytes
import CSimdJSON
import Files
import Ingest
import Segments
import Workload

/// What bytes go through whatever they mean: compression, checksums, and events from JSON into columns, each beside a
/// plain copy of as many bytes in the same run.
enum CodecBench {
    private final class Lines: ByteStream {
        let path = "memory"
        private let bytes: [UInt8]
        private var position = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        func readSome(into output: inout OutputSpan<UInt8>) throws(FileError) {
            let count = min(output.freeCapacity, bytes.count - position)
            for index in position..<position + count { output.append(bytes[index]) }
            position += count
        }
    }

    private static let eventCount = 8192

    static func run() {
        var workload = FleetWorkload(WorkloadOptions(eventCount: eventCount, seed: 7))
        var lines: [UInt8] = []
        while let more = workload.next() { lines += more }
        print(
            "codecs: \(eventCount) events, \(lines.count) bytes of JSON; copy "
                + "\(Table.cell(Measurement.copyGigabytes(lines.count), 1)) GB/s\n"
                + "                          GB/s  of a copy  of its size")
        show("JSON, taken apart", lines) { parse(lines) }
        show("JSON into columns", lines) { append(lines) }
        show("XXH3-64", lines) { Measurement.keep(checksum(lines)) }
        compress("LZ4", lines) {
            LZ4Block.compress($0, byteLimit: $0.count)
        } decompress: {
            try? LZ4Block.decompress($0, rawByteCount: lines.count)
        }
        for level: Int32 in [3, 12] {
            compress("Zstd \(level)", lines) {
                ZstdFrame.compress($0, level: level, byteLimit: $0.count)
            } decompress: {
                try? ZstdFrame.decompress($0, rawByteCount: lines.count)
            }
        }
        print("")
    }

    private static func show(_ name: String, _ lines: [UInt8], size: Int? = nil, _ body: () -> Void) {
        let speed = Measurement.gigabytes(lines.count, body)
        print(
            "  " + Table.name(name, 21) + Table.cell(speed, 7)
                + Table.cell(speed / Measurement.copyGigabytes(lines.count), 11, digits: 3)
                + (size.map { Table.cell(Double($0) / Double(lines.count), 13, digits: 3) } ?? ""))
    }

    private static func compress(
        _ name: String, _ lines: [UInt8], _ compress: (ArraySlice<UInt8>) -> [UInt8]?,
        decompress: (ArraySlice<UInt8>) -> [UInt8]?
    ) {
        guard let block = compress(lines[...]), decompress(block[...]) == lines else {
            return print("  \(name): does not come back")
        }
        show(name, lines, size: block.count) { Measurement.keep(compress(lines[...])) }
        show(name + ", back", lines, size: block.count) { Measurement.keep(decompress(block[...])) }
    }

    private static func parse(_ lines: [UInt8]) {
        guard let parser = traversion_json_create() else { return }
        defer { traversion_json_destroy(parser) }
        let padded = lines + [UInt8](repeating: 0, count: Int(TRAVERSION_JSON_PADDING))
        var document = traversion_json_document()
        var memberCount = 0
        padded.withUnsafeBufferPointer {
            guard traversion_json_begin(parser, $0.baseAddress!, lines.count) != 0 else { return }
            while traversion_json_next(parser, &document) != 0 { memberCount += document.member_count }
        }
        Measurement.keep(memberCount)
    }

    private static func append(_ lines: [UInt8]) {
        let writer = try? SegmentWriter(MemoryOutput(), options: SegmentWriterOptions(tier: .hot))
        guard let writer, let reader = try? EventReader(Lines(lines), into: writer.band) else { return }
        var sequence: UInt64 = 0
        while (try? reader.appendNext(storedAt: 0, sequence: sequence)) == true { sequence += 1 }
        Measurement.keep(sequence)
    }
}
