import Bytes
import Columns
import Files
import Testing
import Times

@testable import Ingest

/// A stream over bytes in memory that is cut at random places.
final class CutStream: ByteStream {
    let path = "events"
    private let bytes: [UInt8]
    private let chunkByteCounts: ClosedRange<Int>
    private var generator: SplitMix64
    private var position = 0

    init(_ bytes: [UInt8], chunks: ClosedRange<Int>, seed: UInt64 = 0) {
        self.bytes = bytes
        chunkByteCounts = chunks
        generator = SplitMix64(seed: seed)
    }

    func readSome(into output: inout OutputSpan<UInt8>) throws(FileError) {
        let wanted = Int.random(in: chunkByteCounts, using: &generator)
        let count = min(wanted, output.freeCapacity, bytes.count - position)
        for byte in bytes[position..<position + count] { output.append(byte) }
        position += count
    }
}

/// What came out of an input: JSON lines, and faults as "reason: record".
struct Transcription: Equatable {
    var outcomes: [String] = []

    /// Everything from a position on.
    init(_ source: any EventLineSource, passing passedCount: Int = 0) throws {
        while try source.readNext(afterLineCount: 0) {
            var lines = String(decoding: source.lines, as: UTF8.self).split(
                separator: "\n", omittingEmptySubsequences: false)
            if lines.last == "" { lines.removeLast() }
            var faults = source.faults[...]
            for (index, line) in lines.enumerated() {
                while let fault = faults.first, fault.lineIndex <= index {
                    add(faults.removeFirst(), source)
                    _ = fault
                }
                outcomes.append(String(line))
            }
            for fault in faults { add(fault, source) }
        }
        outcomes.removeFirst(min(passedCount, outcomes.count))
    }

    private mutating func add(_ fault: RecordFault, _ source: any EventLineSource) {
        let origin = source.origin(of: fault)
        let record = String(decoding: source.record(of: fault), as: UTF8.self)
        outcomes.append("line \(origin.lineNumber) byte \(origin.byteOffset) \(fault.reasonName): \(record)")
    }

    init(_ text: String, _ format: InputFormat? = nil, chunks: ClosedRange<Int> = 1...1 << 20, seed: UInt64 = 0) throws
    {
        try self.init(Array(text.utf8), format, chunks: chunks, seed: seed)
    }

    init(_ bytes: [UInt8], _ format: InputFormat? = nil, chunks: ClosedRange<Int> = 1...1 << 20, seed: UInt64 = 0)
        throws
    {
        try self.init(
            EventInput(CutStream(bytes, chunks: chunks, seed: seed), format: format, time: .sample).source)
    }
}

extension RecordFault {
    /// The name of the reason's case.
    var reasonName: String { reason.name }
}

extension LineError.Reason {
    /// The name of the case: `description` is for people.
    var name: String {
        switch self {
        case .notAnObject: "notAnObject"
        case .truncated: "truncated"
        case .expectedCommaOrBrace: "expectedCommaOrBrace"
        case .expectedCommaOrBracket: "expectedCommaOrBracket"
        case .controlCharacter: "controlCharacter"
        case .lineTooLong: "lineTooLong"
        case .otherCellCount: "otherCellCount"
        case .unclosedQuote: "unclosedQuote"
        case .noTimestamp: "noTimestamp"
        case .otherFormat: "otherFormat"
        default: description
        }
    }
}

extension EventTime {
    /// UTC, in June of 2026.
    static let sample = EventTime(reference: 1_780_272_000_000_000_000)
}

extension InputFormat {
    static func detect(_ text: String) -> InputFormat? { detect(Array(text.utf8)) }

    static func detect(_ bytes: [UInt8]) -> InputFormat? { detect(bytes.span, .sample) }
}
