import Bytes
import Columns
import Files
import Ingest
import Times

@testable import Segments

extension Driver {
    /// An input of any format: what comes of it does not hang on where the stream is cut.
    static let formats = Driver(
        name: "formats", summary: "inputs of any format: the same lines and faults however the stream is cut"
    ) { input in
        let choice = Int(input.byte())
        let chunkByteCount = 1 + input.number(below: 40)
        let format = choice == 0 ? nil : InputFormat.allCases[choice % InputFormat.allCases.count]
        let bytes = Array(input.rest)
        let whole = try Transcript(bytes, format, chunkByteCount: .max)
        let cut = try Transcript(bytes, format, chunkByteCount: chunkByteCount)
        require(whole.lines == cut.lines, "other lines when the stream is cut: \(cut.lines), not \(whole.lines)")
        require(whole.faults == cut.faults, "other faults when the stream is cut: \(cut.faults), not \(whole.faults)")
        // Formats that are not JSON are turned into it: none of their lines may be refused.
        for line in whole.lines where whole.isTranscoded {
            guard case .object? = try? ReferenceJSON.parse(Array(line.utf8)) else {
                fatalError("a record became a line that is no event: \(line)")
            }
        }
        if let position = try? InputPosition(encoded: bytes) {
            require(position.encoded == bytes, "a position is kept otherwise than it was read")
        }
    }
}

/// What comes of an input.
private struct Transcript {
    var isTranscoded: Bool
    var lines: [String] = []
    var faults: [String] = []

    init(_ bytes: [UInt8], _ format: InputFormat?, chunkByteCount: Int) throws {
        let input = try EventInput(
            FuzzStream(bytes, chunkByteCount: chunkByteCount), format: format, time: EventTime(reference: 0))
        isTranscoded = input.format == .csv || input.format == .tsv
        let source = input.source
        while try source.readNext(afterLineCount: 0) {
            let text = UnsafeRawBufferPointer(source.lines)
            lines += text.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
            for fault in source.faults {
                let record = String(decoding: source.record(of: fault), as: UTF8.self)
                faults.append("\(fault.reason) at \(source.origin(of: fault).byteOffset): \(record)")
            }
        }
    }
}
