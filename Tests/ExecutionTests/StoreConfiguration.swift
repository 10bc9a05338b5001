import Files
import Ingest
import Segments
import Storage
import Testing

/// How the same events may lie in a store.
enum StoreConfiguration: CaseIterable {
    case oneIngest, manyIngests, compacted, warm, cold, live, sealedAndLive
    /// Segments of some rows; every kind of tier at once, and live events on top.
    case tinySegments, mixed
    /// What encodings and layouts a writer may choose: never compressed, always as small as it gets; each row with its
    /// own columns, rare ones in buckets.
    case forcedPlain, forcedSmall, forcedOverflow
    /// With keyframes of state, and with some that are gone.
    case checkpointed, keyframesDeleted

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
        case .tinySegments: try WrittenEvents.write(events, .forStore(.hot), rowCountPerSegment: 7, into: store)
        case .forcedPlain, .forcedSmall, .forcedOverflow:
            try WrittenEvents.write(events, writerOptions, rowCountPerSegment: 60, into: store)
        case .checkpointed, .keyframesDeleted:
            try TestStore.ingest(events, parts: 3, into: store)
            _ = try #require(try store.checkpoint(policy: CheckpointPolicy(changeCount: 10, wholeShare: 2)))
            guard self == .keyframesDeleted else { break }
            let snapshot = try store.snapshot()
            for keyframe in snapshot.state.orderedKeyframes.enumerated() where keyframe.offset % 2 == 0 {
                try store.fileSystem.remove(snapshot.path(keyframe.element.segment))
            }
        case .mixed:
            let (first, second) = (events.count / 3, events.count / 3 * 2)
            try TestStore.ingest(Array(events[..<first]), parts: 2, into: store)
            _ = try #require(try store.moveTiers(policy: TierPolicy(warmAfter: .min, coldAfter: .min)))
            try TestStore.ingest(Array(events[first..<second]), parts: 2, name: "second", into: store)
            let appender = try LiveAppender(store, options: Self.unsealed)
            try append(events[second...], to: appender)
            return (store, appender)
        case .live, .sealedAndLive:
            let appender = try LiveAppender(store, options: Self.unsealed)
            let middle = self == .live ? 0 : events.count / 2
            try append(events[..<middle], to: appender)
            if middle > 0 { try appender.seal() }
            try append(events[middle...], to: appender)
            return (store, appender)
        }
        return (store, nil)
    }

    private static var unsealed: LiveOptions {
        var options = LiveOptions()
        options.sealsInBackground = false
        return options
    }

    private var writerOptions: SegmentWriterOptions {
        var options = SegmentWriterOptions.forStore(self == .forcedSmall ? .cold : .hot)
        options.zoneCountPerPage = 1
        switch self {
        case .forcedPlain:
            options.profile.minimumGain = 1
            options.profile.bytesPerDecodeNanosecond = 1e6
        case .forcedSmall:
            options.profile.minimumGain = 0
            options.profile.bytesPerDecodeNanosecond = 0
        default:
            options.overflowValueCount = 40
            options.overflowBucketCount = 2
            options.shapeLimit = 1
        }
        return options
    }

    private func append(_ events: ArraySlice<ReferenceEvent>, to appender: LiveAppender) throws {
        if !events.isEmpty { _ = try appender.append(Array(lines(events).utf8)) }
    }

    private func lines(_ events: ArraySlice<ReferenceEvent>) -> String { events.map { $0.line + "\n" }.joined() }
}
