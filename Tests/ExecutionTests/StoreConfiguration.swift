import Files
import Ingest
import Storage
import Testing

/// How the same events may lie in a store.
enum StoreConfiguration: CaseIterable {
    case oneIngest, manyIngests, compacted, warm, cold, live, sealedAndLive

    /// A store in memory with small windows. An appender that is still open goes with it.
    func store(_ events: [ReferenceEvent]) throws -> (store: Store, appender: LiveAppender?) {
        let store = try TestStore.empty()
        switch self {
        case .oneIngest: try TestStore.ingest(events, parts: 1, into: store)
        case .manyIngests: try TestStore.ingest(events, parts: 4, into: store)
        case .compacted:
            try TestStore.ingest(events, parts: 4, into: store)
            _ = try #require(try store.compact())
        case .warm:
            try TestStore.ingest(events, parts: 2, into: store)
            _ = try #require(try store.moveTiers(policy: TierPolicy(warmAfter: .min, coldAfter: .max)))
        case .cold:
            try TestStore.ingest(events, parts: 3, into: store)
            _ = try #require(try store.moveTiers(policy: TierPolicy(warmAfter: .min, coldAfter: .min)))
        case .live, .sealedAndLive:
            var options = LiveOptions()
            options.sealsInBackground = false
            let appender = try LiveAppender(store, options: options)
            let middle = self == .live ? 0 : events.count / 2
            try append(events[..<middle], to: appender)
            if middle > 0 { try appender.seal() }
            try append(events[middle...], to: appender)
            return (store, appender)
        }
        return (store, nil)
    }

    private func append(_ events: ArraySlice<ReferenceEvent>, to appender: LiveAppender) throws {
        if !events.isEmpty { _ = try appender.append(Array(lines(events).utf8)) }
    }

    private func lines(_ events: ArraySlice<ReferenceEvent>) -> String { events.map { $0.line + "\n" }.joined() }
}
