import Columns
import Files
import Ingest
import Segments
import Times

/// `segment write`: events of any format to a segment.
struct SegmentWrite {
    static let command = Command(
        words: ["segment", "write"],
        summary: "turns events of any supported format into a segment, as they are: nothing is masked",
        arguments: [
            .init(name: "INPUT", help: "a file of events, or - for standard input"),
            .init(name: "SEGMENT", help: "the file to write"),
        ],
        options: [
            SegmentFile.tierOption,
            .init(
                name: "--format", valueName: "FORMAT",
                help: "what the input is (default: found by looking): " + InputFormat.names),
            Invocation.timeZoneOption,
            .init(
                name: "--stored-at", valueName: "TIME",
                help: "when the events were stored: a time with its zone, or nanoseconds\nsince 1970 (default: now)"),
            .init(
                name: "--first-sequence", valueName: "NUMBER",
                help: "the sequence number of the first event (default: 0)"),
            .init(
                name: "--skip-bad-lines", valueName: nil,
                help: "leaves lines out that are no events, and tells of them, instead of stopping"),
            SegmentFile.forceOption, SegmentFile.jsonOption,
        ]
    ) { (invocation) throws(CommandFailure) in
        var write = try SegmentWrite(invocation)
        try write.run()
    }

    private let invocation: Invocation
    private let input: String
    private let output: String
    private let storedAt: Int64
    private let firstSequence: UInt64
    private let tier: EncodingProfile.Tier
    private var progress: Progress
    private var skippedLineCount = 0

    /// Bad lines that are told one by one.
    private static let toldLineCount = 10
    private static let eventCountBetweenUpdates = 4096

    private init(_ invocation: Invocation) throws(CommandFailure) {
        self.invocation = invocation
        input = invocation.arguments[0]
        output = invocation.arguments[1]
        tier = try invocation.tier()
        storedAt = try invocation.storedAt() ?? Console.now
        firstSequence = try invocation.firstSequence()
        progress = Progress(totalByteCount: input == "-" ? nil : try? SegmentFile.fileSystem.byteCount(of: input))
    }

    private mutating func run() throws(CommandFailure) {
        let stream: any ByteStream
        do { stream = try SegmentFile.fileSystem.stream(input) } catch { throw CommandFailure(error) }
        let file = try SegmentFile.begin(output, isForced: invocation.has("--force"))
        Interruption.listen()
        let writer: SegmentWriter
        do {
            writer = try SegmentWriter(FileOutput(file), options: SegmentWriterOptions(tier: tier))
        } catch {
            throw CommandFailure(error, output)
        }
        let reader: EventReader
        let format = try invocation.format()
        let time = EventTime(zone: try invocation.timeZone(), reference: Console.now)
        do {
            reader = try EventReader(EventInput(stream, format: format, time: time).source, into: writer.band)
        } catch {
            throw CommandFailure(error)
        }
        let summary = try writeAll(reader, to: writer)
        try SegmentFile.publish(file)
        try tell(summary, inputByteCount: reader.byteOffset)
    }

    private mutating func writeAll(
        _ reader: EventReader, to writer: SegmentWriter
    ) throws(CommandFailure) -> SegmentSummary {
        defer { progress.clear() }
        try appendAll(reader, to: writer)
        do { return try writer.finish() } catch { throw CommandFailure(error, output) }
    }

    private mutating func appendAll(_ reader: EventReader, to writer: SegmentWriter) throws(CommandFailure) {
        var sequence = firstSequence
        var eventCount = 0
        while true {
            do {
                guard try reader.appendNext(storedAt: storedAt, sequence: sequence) else { return }
            } catch {
                try skip(error)
                continue
            }
            do { try writer.rowEnded() } catch { throw CommandFailure(error, output) }
            sequence &+= 1
            eventCount += 1
            if eventCount % Self.eventCountBetweenUpdates == 0 {
                try Interruption.check()
                progress.update(byteCount: reader.byteOffset, eventCount: eventCount)
            }
        }
    }

    private mutating func skip(_ error: IngestError) throws(CommandFailure) {
        guard case .line(let line) = error, line.reason != .outOfMemory, line.reason != .tooManyColumns else {
            throw CommandFailure(error)
        }
        guard invocation.has("--skip-bad-lines") else {
            var failure = CommandFailure(error)
            failure.message? += "\nnothing was written; mend the line, or give --skip-bad-lines to leave such lines out"
            throw failure
        }
        skippedLineCount += 1
        if skippedLineCount <= Self.toldLineCount {
            progress.clear()
            Console.printError("left out: \(line)")
        }
    }

    private func tell(_ summary: SegmentSummary, inputByteCount: Int) throws(CommandFailure) {
        let elapsed = progress.elapsed
        if skippedLineCount > 0 {
            Console.printError("\(Quantity.count(skippedLineCount)) lines are no events and were left out")
        }
        if invocation.has("--json") {
            var line = JSONLine()
            line.add("segment", output)
            line.add("tier", "\(tier)")
            line.add("events", summary.rowCount)
            line.add("skippedLines", skippedLineCount)
            line.add("columns", summary.columnCount)
            line.add("zones", summary.zoneCount)
            line.add("inputBytes", inputByteCount)
            line.add("segmentBytes", summary.byteCount)
            line.add("nanoseconds", elapsed)
            return try Console.print(line.text)
        }
        let rate = Int(Double(summary.rowCount) / max(Double(elapsed) / 1e9, 1e-9))
        try Console.print(
            """
            \(Quantity.count(summary.rowCount)) events, \(Quantity.bytes(inputByteCount)) of input -> \(output), \
            \(Quantity.bytes(summary.byteCount)) (\(Quantity.ratio(inputByteCount, summary.byteCount)))
            \(summary.columnCount) columns, \(summary.zoneCount) zones, tier \(tier), \(Quantity.seconds(elapsed)), \
            \(Quantity.count(rate)) events/s
            """)
    }
}
