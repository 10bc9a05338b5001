import Files
import Storage
import Testing

@testable import Ingest

/// Files that are taken in while they are written, rotated and cut.
struct StoreFollowTests {
    @Test func `what is written comes in, and a line that is not ended waits`() throws {
        let rig = try FollowRig()
        let follow = try rig.follow()
        let events = Rig.events(0..<4)
        rig.write(events[0] + "\n" + events[1].prefix(20))
        try follow.poll()
        rig.wait(10)
        try follow.poll()
        #expect(try rig.stored == Array(events[..<1]))
        rig.write(String(events[1].dropFirst(20)))
        rig.wait(10)
        try follow.poll()
        #expect(try rig.stored == Array(events[..<1]))
        rig.write("\n" + events[2] + "\n" + events[3])
        rig.wait(10)
        try follow.poll()
        #expect(try rig.stored == Array(events[..<3]))
        #expect(try rig.store.snapshot().state.sources.map(\.rejectCount) == [0])
    }

    @Test func `it commits after some time, or some events, or when it is told to`() throws {
        let rig = try FollowRig()
        let follow = try rig.follow { $0.eventCountPerCommit = 100 }
        rig.write(0..<1)
        try follow.poll()
        #expect(try rig.stored == [])
        rig.wait(9)
        try follow.poll()
        #expect(try rig.stored == [])
        rig.wait(1)
        try follow.poll()
        #expect(try rig.stored.count == 1)
        rig.write(1..<151)
        try follow.poll()
        #expect(try rig.stored.count == 101)
        try follow.commit()
        #expect(try rig.stored == Rig.events(0..<151))
        let number = try rig.store.snapshot().state.number
        rig.wait(100)
        try follow.poll()
        try follow.commit()
        #expect(try rig.store.snapshot().state.number == number)
    }

    @Test func `a clock that jumps back by a year does not stop the commits`() throws {
        let rig = try FollowRig()
        let follow = try rig.follow()
        rig.write(0..<1)
        try follow.poll()
        rig.clock.advance(by: -365 * 86_400 * FollowRig.second)
        try follow.poll()
        #expect(try rig.stored.count == 1)
    }

    @Test func `a renamed file is read on beside the new one, until nothing came for a while`() throws {
        let rig = try FollowRig()
        let follow = try rig.follow()
        rig.write(0..<5)
        try follow.poll()
        try rig.rotate(to: "app.log.1")
        rig.write(10..<15)
        rig.write(5..<8, to: "app.log.1")
        try follow.poll()
        // The old one ends without a line feed.
        rig.write(String(Rig.lines(Rig.events(8..<9)).dropLast()), to: "app.log.1")
        rig.wait(20)
        try follow.poll()
        rig.wait(30)
        try follow.poll()
        #expect(try rig.numbers == Array(0..<9) + Array(10..<15))
        #expect(rig.committedEventCount == 14)
        let sources = try rig.store.snapshot().state.sources
        #expect(sources.map(\.isComplete).sorted { !$0 && $1 } == [false, true])
        // It is let go: what still comes into it does not count.
        rig.write("\n" + Rig.lines(Rig.events(20..<21)), to: "app.log.1")
        rig.wait(60)
        try follow.poll()
        #expect(try rig.numbers == Array(0..<9) + Array(10..<15))
        // Taken in as a file, it is gone on with.
        let text = try rig.files.readAll("app.log.1")
        #expect(try Rig.ingest(String(decoding: text, as: UTF8.self), into: rig.store).eventCount == 1)
    }

    @Test func `a file that is cut begins again`() throws {
        let rig = try FollowRig()
        let follow = try rig.follow()
        rig.write(0..<5)
        rig.write("{\"begun")
        try follow.poll()
        rig.write(10..<12, from: 0)
        try follow.poll()
        try follow.poll()
        rig.wait(10)
        try follow.poll()
        #expect(try rig.numbers == Array(0..<5) + Array(10..<12))
        #expect(try rig.store.snapshot().state.sources.map(\.rejectCount).sorted() == [0, 1])
    }

    @Test func `a file that was cut and has outgrown what was read is seen to be another`() throws {
        let rig = try FollowRig()
        let follow = try rig.follow()
        rig.write(0..<5)
        try follow.poll()
        rig.write(10..<30, from: 0)
        try follow.poll()
        try follow.poll()
        try follow.commit()
        #expect(try rig.numbers == Array(0..<5) + Array(10..<30))
        #expect(rig.steps.contains { if case .replaced = $0 { true } else { false } })
    }

    @Test func `it waits for a file that is not there yet, and goes on when it was removed`() throws {
        let rig = try FollowRig()
        let follow = try rig.follow(["other.log"])
        try follow.poll()
        try follow.poll()
        #expect(rig.steps.count == 1)
        rig.files.put(Array(Rig.lines(Rig.events(0..<3)).utf8), at: "other.log")
        try follow.poll()
        try rig.files.remove("other.log")
        try follow.poll()
        rig.wait(30)
        try follow.poll()
        #expect(try rig.numbers == [0, 1, 2])
        rig.files.put(Array(Rig.lines(Rig.events(3..<4)).utf8), at: "other.log")
        try follow.poll()
        rig.wait(10)
        try follow.poll()
        #expect(try rig.numbers == [0, 1, 2, 3])
    }

    @Test func `another run goes on after the last commit, whatever the file is called`() throws {
        let rig = try FollowRig()
        do {
            let follow = try rig.follow()
            rig.write(0..<10)
            try follow.poll()
            try follow.commit()
            rig.write(10..<20)
            try follow.poll()
        }
        try rig.files.rename("app.log", to: "moved.log")
        let follow = try rig.follow(["moved.log"])
        rig.write(20..<25, to: "moved.log")
        try follow.poll()
        try follow.commit()
        #expect(try rig.stored == Rig.events(0..<25))
    }

    @Test func `two that follow the same file store each event once`() throws {
        let rig = try FollowRig()
        let (one, other) = (try rig.follow(), try rig.follow())
        for part in 0..<6 {
            rig.write(part * 10..<part * 10 + 10)
            try one.poll()
            try other.poll()
            rig.wait(10)
        }
        for _ in 0..<3 {
            try one.poll()
            try other.poll()
            try other.commit()
            try one.commit()
            rig.wait(10)
        }
        #expect(try rig.numbers == Array(0..<60))
        #expect(rig.committedEventCount == 60)
    }

    @Test func `the first lines may come one by one, in any format, and a header is known in another run`() throws {
        let rig = try FollowRig()
        do {
            let follow = try rig.follow()
            try follow.poll()
            rig.write("time,level")
            try follow.poll()
            rig.write(",n\n2024-01-15T00:00:00Z,info,1\n2024-01-15T00:00:01Z,in")
            try follow.poll()
            try follow.commit()
        }
        let follow = try rig.follow()
        rig.write("fo,2\n")
        try follow.poll()
        try follow.commit()
        #expect(
            try rig.stored == [
                #"{"level":"info","n":1,"time":"2024-01-15T00:00:00Z"}"#,
                #"{"level":"info","n":2,"time":"2024-01-15T00:00:01Z"}"#,
            ])
    }

    @Test func `a compressed file cannot be followed, which is told`() throws {
        let rig = try FollowRig()
        rig.files.put([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 10], at: "app.log")
        let follow = try rig.follow()
        #expect(throws: IngestFailure.self) { try follow.poll() }
    }

    @Test func `wherever it is killed, another run stores each event once`() throws {
        /// A log that is written and rotated; what is acknowledged is in the store.
        func history(_ rig: FollowRig, _ files: any FileSystem) throws {
            let follow = try rig.follow(in: files) { $0.eventCountPerCommit = 7 }
            for part in 0..<4 {
                if part == 2 { try rig.rotate(to: "app.log.1") }
                rig.write(part * 10..<part * 10 + 10)
                rig.wait(40)
                try follow.poll()
            }
            try follow.commit()
        }
        let counting = Faults()
        let whole = try FollowRig()
        try history(whole, FaultyFileSystem(whole.files, faults: counting))
        #expect(try whole.numbers == Array(0..<40))
        #expect(counting.operationCount > 200)
        for last in stride(from: 0, to: counting.operationCount, by: 3) {
            let rig = try FollowRig()
            try? history(rig, FaultyFileSystem(rig.files, faults: Faults(failing: last..<Int.max)))
            // What nobody has read yet of the log that was rotated is taken in as a file.
            for path in ["app.log.1", "app.log"] where try rig.files.exists(path) {
                let text = String(decoding: try rig.files.readAll(path), as: UTF8.self)
                _ = try Rig.ingest(text, into: rig.store, named: path)
            }
            let numbers = try rig.numbers
            #expect(numbers == Array(0..<numbers.count), "killed after operation \(last)")
        }
    }
}
