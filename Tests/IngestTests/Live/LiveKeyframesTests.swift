import Columns
import Files
import Storage
import Testing

@testable import Ingest

@Suite("Keyframes of live events")
struct LiveKeyframesTests {
    private func events(_ numbers: Range<Int>) -> [String] {
        numbers.map { number in
            #"{"timestamp":\#(1_700_000_000 + number),"service":"s\#(number % 7)","state":{"n":\#(number)}}"#
        }
    }

    @Test("keyframes are written when enough has changed since the last, and not before")
    func bound() throws {
        let store = try Rig.store(MemoryFileSystem())
        let appender = try Rig.appender(store)
        var keyframes = LiveKeyframes(store, .standard, CheckpointPolicy(changeCount: 50))
        func keep(_ numbers: Range<Int>) throws -> (keyframeCount: Int, openCount: Int) {
            try Rig.append(events(numbers), to: appender)
            try appender.seal()
            try keyframes.update()
            let state = try store.snapshot().state
            return (state.keyframes.count, state.segments.keys.count { !state.checkpointed.contains($0) })
        }
        #expect(try keep(0..<99) == (0, 1))
        let first = try keep(99..<101)
        #expect(first.keyframeCount > 0 && first.openCount == 0)
        #expect(try keep(101..<200) == (first.keyframeCount, 1))
        let second = try keep(200..<201)
        #expect(second.keyframeCount > first.keyframeCount && second.openCount == 0)
        // Events that set nothing ask for nothing.
        try Rig.append((0..<300).map { #"{"timestamp":\#(1_700_000_000 + $0),"service":"t"}"# }, to: appender)
        try appender.seal()
        try keyframes.update()
        #expect(try store.snapshot().state.keyframes.count == second.keyframeCount)
        try appender.close()
        #expect(try LookedUp.values(store) == Rig.state(store))
    }

    @Test("late changes that wait do not make it write again and again")
    func late() throws {
        let store = try Rig.store(MemoryFileSystem())
        let appender = try Rig.appender(store)
        let policy = CheckpointPolicy(changeCount: 50, lateFactor: 1)
        var keyframes = LiveKeyframes(store, .standard, policy)
        for numbers in [10_000..<11_000, 0..<3, 11_000..<11_120] {
            try Rig.append(events(numbers), to: appender)
            try appender.seal()
            try keyframes.update()
        }
        let before = try store.snapshot().state.keyframes.keys.sorted()
        // Few more, late or not, are no reason.
        for numbers in [3..<5, 11_120..<11_150] {
            try Rig.append(events(numbers), to: appender)
            try appender.seal()
            try keyframes.update()
        }
        #expect(try store.snapshot().state.keyframes.keys.sorted() == before)
        try appender.close()
    }

    @Test("what is stopped in the middle has changed nothing, and is done the next time")
    func stopped() throws {
        let store = try Rig.store(MemoryFileSystem())
        let appender = try Rig.appender(store)
        try Rig.append(events(0..<500), to: appender)
        try appender.close()
        var keyframes = LiveKeyframes(store, .standard, CheckpointPolicy(changeCount: 50))
        #expect(throws: StoreError.cancelled) { try keyframes.update { true } }
        #expect(try store.snapshot().state.keyframes.isEmpty)
        try keyframes.update()
        #expect(try store.snapshot().state.keyframes.isEmpty == false)
        #expect(try LookedUp.values(store) == Rig.state(store))
    }

    @Test("an appender that keeps keyframes in the background loses nothing when it is closed meanwhile")
    func background() throws {
        let store = try Rig.store(MemoryFileSystem())
        let appender = try Rig.appender(store) {
            $0.sealsInBackground = true
            $0.keyframes = .standard
            $0.eventCountPerLog = 100
        }
        for part in 0..<10 { try Rig.append(events(part * 100..<(part + 1) * 100), to: appender) }
        try appender.close()
        #expect(try store.snapshot().state.rowCount == 1000)
        #expect(try LookedUp.values(store) == Rig.state(store))
    }
}

/// What keyframes and events tell together, as ``Rig/state(_:_:)`` tells it from events alone.
private enum LookedUp {
    static func values(_ store: Store) throws -> [String: String] {
        var lookup = StateLookup(try store.snapshot(), .standard, logs: [], knownAt: .max)
        let table = try lookup.state(at: .max)
        var values: [String: String] = [:]
        for field in table.fields {
            let entity = table.entities[Int(field.entity)]
            let parts = [entity.service, entity.host, entity.key].map {
                $0.map { String(decoding: $0, as: UTF8.self) } ?? "-"
            }
            let column = table.columns[Int(field.value.column)]
            values["\(parts.joined(separator: "/")) \(ColumnPath(keys: table.paths[Int(field.path)]))"] =
                column.values.texts(type: column.key.type)?.text(Int(field.value.index)) ?? "?"
        }
        return values
    }
}
