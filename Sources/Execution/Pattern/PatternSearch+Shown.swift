import Columns
import Files
import Segments
import Storage

/// What an answer shows of the events of matches.
extension PatternSearch {
    /// So many matches are one piece of work: their events lie anywhere in memory.
    private static let matchesOfPiece = 8192

    func events(of matches: [FoundMatch]) throws -> MatchedEvents {
        let starts = Array(stride(from: 0, to: matches.count, by: Self.matchesOfPiece))
        let queue = FragmentQueue<MatchedEvents, [MatchedEvents]>(count: starts.count, into: []) { $0.append($1) }
        let work: @Sendable () -> Void = { [lanes] in
            queue.work { piece in
                let end = min(starts[piece] + Self.matchesOfPiece, matches.count)
                return Self.events(of: matches, starts[piece]..<end, lanes)
            }
        }
        let threads = (1..<max(1, min(options.threadCount, starts.count))).compactMap { _ in WorkerThread { work() } }
        work()
        for thread in threads { thread.join() }
        return MatchedEvents(joining: try queue.finish())
    }

    private static func events(
        of matches: [FoundMatch], _ numbers: Range<Int>, _ lanes: [PatternLane]
    ) -> MatchedEvents {
        var all = MatchedEvents()
        for number in numbers {
            let match = matches[number]
            let first = all.events.count
            var run = match.run
            while run >= 0 {
                let entry = lanes[match.lane].matcher.waiting.arena[run]
                all.events.append(entry.event)
                all.positions.append(entry.position)
                all.matches.append(Int32(number))
                all.lanes.append(UInt8(match.lane))
                run = entry.before
            }
            // A run knows its last event first.
            all.events[first...].reverse()
            all.positions[first...].reverse()
        }
        return all
    }

    /// What the keys of events stand for, field by field.
    func keyColumns(of matched: MatchedEvents) -> [AnswerColumn] {
        lanes[0].keys.fields.indices.map { field in
            var texts = StringVector()
            let firsts = lanes.map { lane in
                let first = texts.count
                lane.keys.appendTexts(of: field, to: &texts)
                return first
            }
            let places = zip(matched.events, matched.lanes).map { event, lane in
                Int32(firsts[Int(lane)] + lanes[Int(lane)].keys.number(of: event.key, field: field))
            }
            return .texts(texts, places: places)
        }
    }

    /// What was found in one part for the events of an answer.
    private struct Shown: Sendable {
        /// The places of the events in the answer, and for each of them that of its row among the rows that were read.
        var events: [Int]
        var rows: [Int]
        var fields: [ShownTexts]
    }

    /// What some fields of events show.
    func columns(of events: [PatternEvent], fields: [BoundField]) throws(ExecutionError) -> [AnswerColumn] {
        // A row, and below it the place of the event in the answer.
        var wanted = [[UInt64]](repeating: [], count: scan.parts.count)
        for (place, event) in events.enumerated() {
            wanted[Int(event.part)].append(UInt64(event.row) << 32 | UInt64(place))
        }
        let parts = scan.parts.indices.filter { !wanted[$0].isEmpty }
        let wantedOfPart = Dictionary(uniqueKeysWithValues: parts.map { (scan.parts[$0].number, wanted[$0]) })
        let found = try reader.read(parts.map { scan.parts[$0] }[...], isCancelled: options.isCancelled) {
            (scan, part, _) throws(StoreError) -> Shown in
            var shown = Shown(events: [], rows: [], fields: [])
            var rows: [Int] = []
            for word in (wantedOfPart[part.number] ?? []).sorted() {
                if rows.last != Int(word >> 32) { rows.append(Int(word >> 32)) }
                shown.events.append(Int(UInt32(truncatingIfNeeded: word)))
                shown.rows.append(rows.count - 1)
            }
            let chosen = try scan.rows(rows, of: part)
            shown.fields = try scan.reading(part) { () throws(SegmentError) in
                try fields.map { (field) throws(SegmentError) in try chosen.shown(of: field) }
            }
            return shown
        }
        return fields.indices.map { field in
            var texts = StringVector()
            var places = [Int32](repeating: -1, count: events.count)
            for part in found {
                let (first, shown) = (Int32(texts.count), part.fields[field])
                for text in 0..<shown.texts.count { texts.append(shown.texts, text) }
                for (event, row) in zip(part.events, part.rows) where shown.places[row] >= 0 {
                    places[event] = first + shown.places[row]
                }
            }
            return .texts(texts, places: places)
        }
    }
}
