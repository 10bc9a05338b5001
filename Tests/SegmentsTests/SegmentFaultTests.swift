import Bytes
import Columns
import Files
import Testing

@testable import Segments

/// What happens to segments when files fail under them or hold other bytes than were written.
struct SegmentFaultTests {
    static let path = "folder/events.trvseg"
    static let options: SegmentWriterOptions = {
        var options = SegmentWriterOptions(tier: .hot)
        options.zoneCountPerBand = 1
        return options
    }()
    static let rows: [ReferenceRow] = {
        var generator = RowGenerator(seed: 4)
        var noise = SplitMix64(seed: 5)
        return generator.serviceRows(300).map { row in
            // Bytes that do not get shorter: the file must be longer than what is read of it at once.
            var row = row
            for name in ["a", "b", "c", "d", "e", "f"] {
                row.values[key(name, type: .bytes)] = .text(
                    (0..<100).map { _ in UInt8.random(in: 0...255, using: &noise) })
            }
            return row
        }
    }()

    static let bytes = Result { try segment(rows, options: options) }

    private func write(to files: any FileSystem) throws {
        let file = try PendingFile(Self.path, in: files)
        let writer = try SegmentWriter(FileOutput(file), options: Self.options)
        for row in Self.rows {
            writer.band.append(row)
            try writer.rowEnded()
        }
        _ = try writer.finish()
        try file.publish()
    }

    /// Everything that can be read of a segment: rows, the statistics and filters aside.
    private func readAll(_ file: any ReadableFile) throws -> [ReferenceRow] {
        let reader = try SegmentReader(FileSource(file))
        return try reader.batchRanges().flatMap { try reader.rows(in: $0).referenceRows() }
    }

    @Test func `a file gives the bytes and rows that memory gives, in pieces of any size`() throws {
        let memory = MemoryFileSystem()
        try write(to: FaultyFileSystem(memory, faults: Faults(largestTransfer: 1000)))
        #expect(try memory.readAll(Self.path) == Self.bytes.get())
        let faulty = FaultyFileSystem(memory, faults: Faults(largestTransfer: 999))
        #expect(try readAll(faulty.open(Self.path)) == Self.rows)
    }

    @Test func `a writer whose file fails says so and leaves no segment`() throws {
        let counting = Faults()
        try write(to: FaultyFileSystem(MemoryFileSystem(), faults: counting))
        // The last operation makes the name durable; by then the file is there.
        for failing in 0..<counting.operationCount - 1 {
            let memory = MemoryFileSystem()
            let faults = Faults(failing: failing..<failing + 1, errorNumber: 28)
            #expect(throws: (any Error).self) { try write(to: FaultyFileSystem(memory, faults: faults)) }
            #expect(try memory.list("folder") == [])
        }
    }

    @Test func `a reader whose file fails says so, calls nothing damaged and goes on when asked again`() throws {
        let bytes = try Self.bytes.get()
        let counting = Faults()
        _ = try readAll(FaultyReadableFile(MemoryFile(bytes), faults: counting))
        #expect(counting.operationCount > 2)
        for failing in 0..<counting.operationCount {
            let faults = Faults(failing: failing..<failing + 1)
            let file = FaultyReadableFile(MemoryFile(bytes, path: "a"), faults: faults)
            var failures: [SegmentError] = []
            func again<Value>(_ body: () throws(SegmentError) -> Value) throws -> Value {
                do { return try body() } catch {
                    failures.append(error)
                    return try body()
                }
            }
            let reader = try again { () throws(SegmentError) in try SegmentReader(FileSource(file)) }
            let ranges = try again { () throws(SegmentError) in try reader.batchRanges() }
            let rows = try ranges.flatMap { range in
                try again { () throws(SegmentError) in try reader.rows(in: range) }.referenceRows()
            }
            #expect(failures == [.io("cannot read a: Input/output error")])
            #expect(rows == Self.rows)
        }
    }

    @Test func `a file that is cut anywhere is damaged`() throws {
        let bytes = try Self.bytes.get()
        var generator = SplitMix64(seed: 11)
        let lengths = Array(0..<130) + (0..<200).map { _ in Int.random(in: 0..<bytes.count, using: &generator) }
        for length in lengths + [bytes.count - 1] {
            #expect(isDamage { try readAll(MemoryFile(Array(bytes[..<length]))) })
        }
    }

    @Test func `no flipped bit gives other rows`() throws {
        let bytes = try Self.bytes.get()
        var generator = SplitMix64(seed: 12)
        for index in 0..<300 {
            var damaged = bytes
            // The end of the file is met more often than it is long.
            let start = index % 3 == 0 ? bytes.count - 400 : 0
            let offset = Int.random(in: start..<bytes.count, using: &generator)
            damaged[offset] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            // Bits in filters and statistics are not read here.
            #expect(isDamage({ try readAll(MemoryFile(damaged)) }, orGives: Self.rows))
        }
    }

    private func isDamage(_ body: () throws -> [ReferenceRow], orGives rows: [ReferenceRow]? = nil) -> Bool {
        do {
            return try body() == rows
        } catch let error as SegmentError {
            if case .damaged = error { return true }
            return false
        } catch {
            return false
        }
    }
}
