/// One change of a store's state. A manifest is a list of them, made upon the one before it or upon nothing.
enum ManifestRecord: Equatable, Sendable {
    case settings(storeId: UInt64, WindowLength)
    case nextWriter(UInt32)
    case addSegment(SegmentEntry)
    case dropSegment(SegmentId)
    /// A dropped segment whose file is gone, or will be.
    case forgetSegment(SegmentId)
    /// A segment dropped by an earlier manifest; only in manifests that are made upon nothing.
    case droppedSegment(DroppedSegment)
    /// Replaces the entry that has the same head and the highest offset not above its own.
    case source(SourceEntry, replaces: Int?)
    /// The events of a log file are in segments.
    case sealLog(LogId)
    /// A sealed log file that is gone, durably.
    case forgetLog(LogId)
    /// A log file sealed by an earlier manifest; only in manifests that are made upon nothing.
    case sealedLog(LogId, manifest: UInt64)
    /// Events were forgotten on demand.
    case forget(ForgetEntry)
    /// Windows that ended before this time were removed.
    case horizon(Int64)
    case addIndex(IndexEntry)
    /// An index is dropped also with the first segment that it names.
    case dropIndex(IndexId)
    /// A dropped index whose file is gone, or will be.
    case forgetIndex(IndexId)
    /// An index dropped by an earlier manifest; only in manifests that are made upon nothing.
    case droppedIndex(IndexId, manifest: UInt64)

    case addKeyframe(KeyframeEntry)
    /// The keyframes tell of all changes that these segments say, up to the time to which there are keyframes.
    case checkpointed([SegmentId])

    /// The least version of a reader that understands it.
    var readVersion: UInt16 {
        switch self {
        case .addIndex, .dropIndex, .forgetIndex, .droppedIndex, .forget, .horizon: 2
        case .addSegment(let entry): entry.kind == .baseState ? 2 : 1
        case .droppedSegment(let segment):
            switch segment.entry.kind {
            case .events: 1
            case .baseState: 2
            case .keyframe: 3
            }
        case .addKeyframe, .checkpointed: 3
        default: 1
        }
    }
}

extension StoreState {
    /// Applies a record; what is wrong with it when it does not fit.
    mutating func apply(_ record: ManifestRecord) -> String? {
        switch record {
        case .settings(let storeId, let length):
            self.storeId = storeId
            windowLength = length
        case .nextWriter(let number):
            guard number > nextWriter else { return "writer \(number) is not above the ones before it" }
            nextWriter = number
        case .addSegment(let entry):
            guard segment(entry.id) == nil, dropped[entry.id] == nil else {
                return "segment \(entry.id.fileName) is added twice"
            }
            if entry.kind == .baseState { baseSegments[entry.id] = entry } else { segments[entry.id] = entry }
        case .dropSegment(let id):
            guard
                let entry = segments.removeValue(forKey: id) ?? baseSegments.removeValue(forKey: id)
                    ?? keyframes.removeValue(forKey: id)?.segment
            else {
                return "segment \(id.fileName) is dropped but was not there"
            }
            dropped[id] = DroppedSegment(entry: entry, manifest: number)
            checkpointed.remove(id)
            if let index = indexOfSegment[id] { drop(index) }
        case .forgetSegment(let id):
            guard dropped.removeValue(forKey: id) != nil else {
                return "segment \(id.fileName) is forgotten but was not dropped"
            }
        case .droppedSegment(let segment): dropped[segment.entry.id] = segment
        case .source(let entry, let replaced):
            if let replaced {
                guard sources.indices.contains(replaced) else { return "source \(replaced) is replaced but not there" }
                sources.remove(at: replaced)
            }
            sources.append(entry)
            if sources.count > Self.sourceLimit { sources.removeFirst() }
        case .sealLog(let id):
            guard sealedLogs.updateValue(number, forKey: id) == nil else { return "log \(id.fileName) is sealed twice" }
        case .forgetLog(let id):
            guard sealedLogs.removeValue(forKey: id) != nil else {
                return "log \(id.fileName) is forgotten but was not sealed"
            }
        case .sealedLog(let id, let manifest): sealedLogs[id] = manifest
        case .forget(let entry): add(entry)
        case .addIndex(let entry): return add(entry)
        case .dropIndex(let id):
            guard indexes[id] != nil else { return "index \(id.fileName) is dropped but was not there" }
            drop(id)
        case .forgetIndex(let id):
            guard droppedIndexes.removeValue(forKey: id) != nil else {
                return "index \(id.fileName) is forgotten but was not dropped"
            }
        case .droppedIndex(let id, let manifest): droppedIndexes[id] = manifest
        case .addKeyframe(let entry):
            guard segment(entry.id) == nil, dropped[entry.id] == nil else {
                return "keyframe \(entry.id.fileName) is added twice"
            }
            keyframes[entry.id] = entry
        case .checkpointed(let ids):
            for id in ids {
                guard segments[id] != nil || baseSegments[id] != nil else {
                    return "segment \(id.fileName) is in keyframes but was not there"
                }
                checkpointed.insert(id)
            }
        case .horizon(let time):
            guard time >= horizon ?? .min else { return "the horizon goes back to \(time)" }
            horizon = time
        }
        return nil
    }

    private mutating func add(_ entry: IndexEntry) -> String? {
        guard indexes[entry.id] == nil, droppedIndexes[entry.id] == nil else {
            return "index \(entry.id.fileName) is added twice"
        }
        let named = Set(entry.segments)
        guard named.count == entry.segments.count, named.allSatisfy({ segments[$0]?.window == entry.window }) else {
            return "index \(entry.id.fileName) names segments that are not there, or not of its window"
        }
        for segment in named {
            guard indexOfSegment.updateValue(entry.id, forKey: segment) == nil else {
                return "index \(entry.id.fileName) names a segment that another index names"
            }
        }
        indexes[entry.id] = entry
        return nil
    }

    private mutating func drop(_ id: IndexId) {
        for segment in indexes.removeValue(forKey: id)?.segments ?? [] { indexOfSegment[segment] = nil }
        droppedIndexes[id] = number
    }

    /// The records that make this state out of nothing.
    var records: [ManifestRecord] {
        [.settings(storeId: storeId, windowLength)] + (nextWriter > 1 ? [.nextWriter(nextWriter)] : [])
            + segments.values.sorted { $0.id < $1.id }.map { .addSegment($0) }
            + baseSegments.values.sorted { $0.id < $1.id }.map { .addSegment($0) }
            + dropped.values.sorted { $0.entry.id < $1.entry.id }.map { .droppedSegment($0) }
            + sources.map { .source($0, replaces: nil) }
            + sealedLogs.sorted { $0.key < $1.key }.map { .sealedLog($0.key, manifest: $0.value) }
            + forgets.map { .forget($0) }
            + indexes.values.sorted { $0.id < $1.id }.map { .addIndex($0) }
            + droppedIndexes.sorted { $0.key < $1.key }.map { .droppedIndex($0.key, manifest: $0.value) }
            + keyframes.values.sorted { $0.id < $1.id }.map { .addKeyframe($0) }
            + (checkpointed.isEmpty ? [] : [.checkpointed(checkpointed.sorted())])
            + (horizon.map { [.horizon($0)] } ?? [])
    }
}
