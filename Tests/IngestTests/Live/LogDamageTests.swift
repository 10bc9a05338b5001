import Files
import Storage
import Testing

@testable import Ingest

/// Log files that are cut or damaged.
struct LogDamageTests {
    private static let frames = (0..<3).map { Rig.events($0 * 4..<($0 + 1) * 4) }

    @Test func `a log that ends anywhere gives the events of its whole frames`() throws {
        let log = try Rig.deadLog(Self.frames)
        for length in log.bytes.indices {
            log.files.put(Array(log.bytes[..<length]), at: log.path)
            let whole = log.ends.filter { $0 <= length }.count
            let found = try Rig.export(Rig.reopen(log.files), byIngest: true)
            #expect(found == Self.frames[..<whole].flatMap { $0 }, "cut at \(length)")
        }
        #expect(try LogRecovery.run(Rig.reopen(log.files)).faults == [])
        #expect(try Rig.export(Rig.reopen(log.files), byIngest: true) == Self.frames[..<2].flatMap { $0 })
    }

    @Test func `any changed byte is damage before an intact frame, and the end of the log in the last one`() throws {
        let log = try Rig.deadLog(Self.frames)
        for place in log.bytes.indices {
            var damaged = log.bytes
            damaged[place] ^= 0x10
            log.files.put(damaged, at: log.path)
            let store = try Rig.reopen(log.files)
            if place >= log.ends[1] {
                #expect(try Rig.export(store, byIngest: true) == Self.frames[..<2].flatMap { $0 }, "byte \(place)")
            } else {
                #expect(throws: StoreError.self, "byte \(place)") { try Rig.export(store) }
            }
        }
    }

    @Test func `a damaged log stays as it is until it is salvaged, and then gives all intact frames`() throws {
        let log = try Rig.deadLog(Self.frames)
        var damaged = log.bytes
        damaged[log.ends[0] + 20] ^= 1
        log.files.put(damaged, at: log.path)
        let store = try Rig.reopen(log.files)
        let result = try LogRecovery.run(store)
        #expect(result.logCount == 0)
        #expect(result.faults.map(\.path) == [log.path])
        #expect(try log.files.readAll(log.path) == damaged)
        var verifier = StoreVerifier(store)
        try verifier.run()
        #expect(verifier.result.faults == result.faults)
        let salvaged = try LogRecovery.run(store, salvages: true)
        #expect(salvaged.eventCount == 8)
        #expect(salvaged.faults == result.faults)
        #expect(try Rig.export(store, byIngest: true) == Self.frames[0] + Self.frames[2])
        try store.clean()
        #expect(try log.files.list(Rig.paths.damaged) == [log.path.split(separator: "/").last.map(String.init)])
        #expect(try Rig.logNames(log.files) == [])
    }

    @Test func `a frame counts only in its own place of its own file`() throws {
        let log = try Rig.deadLog(Self.frames)
        let old = Array(log.bytes[log.ends[0]..<log.ends[1]])
        log.files.put(log.bytes + old, at: log.path)
        #expect(try Rig.export(Rig.reopen(log.files), byIngest: true) == Self.frames.flatMap { $0 })
        let other = try Rig.deadLog(Self.frames)
        other.files.put(log.bytes, at: "\(Rig.paths.logs)/1-2.log")
        #expect(try Rig.export(Rig.reopen(other.files), byIngest: true) == Self.frames.flatMap { $0 })
    }

    @Test func `the log of a writer that lives is not recovered`() throws {
        let files = MemoryFileSystem()
        let store = try Rig.store(files)
        let appender = try Rig.appender(store)
        try Rig.append(Rig.events(0..<3), to: appender)
        #expect(try LogRecovery.run(store).didNothing)
        #expect(try store.snapshot().logs.count == 1)
        try Rig.append(Rig.events(3..<5), to: appender)
        #expect(try Rig.export(store) == Rig.events(0..<5))
    }

    @Test func `a repair that loses the seal of a log gives its events once`() throws {
        let files = MemoryFileSystem()
        let store = try Rig.store(files)
        let appender = try Rig.appender(store)
        try Rig.append(Rig.events(0..<4), to: appender)
        let number = try store.snapshot().state.number
        try appender.seal()
        try Rig.append(Rig.events(4..<6), to: appender)
        let sealed = try store.snapshot().state.number
        for lost in number + 1...sealed { files.put([1, 2, 3], at: store.paths.manifest(lost)) }
        var repair = StoreRepair(store)
        try repair.run()
        #expect(try Rig.export(store, byIngest: true) == Rig.events(0..<6))
    }
}
