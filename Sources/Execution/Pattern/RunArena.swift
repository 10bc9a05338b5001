/// The events that runs have taken. Runs that began alike share what they have in common.
struct RunArena {
    struct Entry {
        var event: PatternEvent
        /// The position at which it was taken.
        var position: Int32
        /// The event before; −1: none.
        var before: Int32
        /// Who knows of this: a number of runs, waiting runs and matches. Of a free entry, nothing.
        var references: Int32
    }

    static let none: Int32 = -1
    static let entryByteCount = MemoryLayout<Entry>.stride

    private(set) var entries: [Entry] = []
    private var firstFree = Self.none

    subscript(run: Int32) -> Entry { entries[Int(run)] }

    /// A run that goes on with an event; the new run is known to its maker.
    mutating func add(_ event: PatternEvent, at position: Int32, behind before: Int32) -> Int32 {
        if before >= 0 { entries[Int(before)].references += 1 }
        let entry = Entry(event: event, position: position, before: before, references: 1)
        guard firstFree >= 0 else {
            entries.append(entry)
            return Int32(entries.count - 1)
        }
        let place = firstFree
        firstFree = entries[Int(place)].before
        entries[Int(place)] = entry
        return place
    }

    mutating func retain(_ run: Int32) { entries[Int(run)].references += 1 }

    mutating func release(_ run: Int32) {
        var run = run
        while run >= 0 {
            entries[Int(run)].references -= 1
            guard entries[Int(run)].references == 0 else { return }
            let before = entries[Int(run)].before
            entries[Int(run)].before = firstFree
            firstFree = run
            run = before
        }
    }

    /// The events of a run, the first first, with their positions.
    func events(of run: Int32) -> [(event: PatternEvent, position: Int)] {
        var events: [(event: PatternEvent, position: Int)] = []
        var run = run
        while run >= 0 {
            events.append((self[run].event, Int(self[run].position)))
            run = self[run].before
        }
        return events.reversed()
    }
}

/// An event that fulfils a condition of a pattern.
struct PatternEvent: Equatable {
    var time: Int64
    var sequence: UInt64
    /// The conditions that it fulfils.
    var bits: UInt64
    /// Which part of the scan it is in.
    var part: Int32
    /// Which row of the part it is.
    var row: Int32
    /// What it has in common with others of a match. Short members come last, so that those of who keeps it follow.
    var key: Int32

    /// Events of one time come in the order in which they were stored.
    @inline(__always)
    func comesBefore(_ other: PatternEvent) -> Bool {
        guard time == other.time else { return time < other.time }
        return sequence == other.sequence ? part < other.part : sequence < other.sequence
    }
}
