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
            guard segments.updateValue(entry, forKey: entry.id) == nil, dropped[entry.id] == nil else {
                return "segment \(entry.id.fileName) is added twice"
            }
        case .dropSegment(let id):
            guard let entry = segments.removeValue(forKey: id) else {
                return "segment \(id.fileName) is dropped but was not there"
            }
            dropped[id] = DroppedSegment(entry: entry, manifest: number)
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
        }
        return nil
    }

    /// The records that make this state out of nothing.
    var records: [ManifestRecord] {
        [.settings(storeId: storeId, windowLength)] + (nextWriter > 1 ? [.nextWriter(nextWriter)] : [])
            + segments.values.sorted { $0.id < $1.id }.map { .addSegment($0) }
            + dropped.values.sorted { $0.entry.id < $1.entry.id }.map { .droppedSegment($0) }
            + sources.map { .source($0, replaces: nil) }
            + sealedLogs.sorted { $0.key < $1.key }.map { .sealedLog($0.key, manifest: $0.value) }
            + forgets.map { .forget($0) }
    }
}
