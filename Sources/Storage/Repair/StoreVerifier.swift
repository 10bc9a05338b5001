import Files
import Segments

/// Something that is wrong with a store.
public struct StoreFault: Equatable, Sendable, CustomStringConvertible {
    /// The file, or the folder.
    public var path: String
    public var reason: String

    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    public var description: String { "\(path): \(reason)" }
}

/// Reads everything that a store consists of and tells what is wrong.
public struct StoreVerifier {
    /// What was looked at and found.
    public struct Result: Equatable, Sendable {
        public var manifestCount = 0
        public var segmentCount = 0
        public var indexCount = 0
        public var keyframeCount = 0
        public var logCount = 0
        public var rowCount = 0
        public var byteCount = 0
        public var faults: [StoreFault] = []
    }

    private let store: Store
    public private(set) var result = Result()

    public init(_ store: Store) { self.store = store }

    /// `progress` is told of each segment before it is read.
    public mutating func run(_ progress: (SegmentEntry) -> Void = { _ in }) throws(StoreError) {
        try checkManifests()
        let snapshot: Snapshot
        do throws(StoreError) {
            snapshot = try store.snapshot()
        } catch {
            // Already told, and without it there is nothing to look for.
            if case .damaged = error { return }
            throw error
        }
        for entry in snapshot.state.orderedSegments + snapshot.state.orderedBaseSegments {
            progress(entry)
            if let reason = Self.fault(of: entry, in: snapshot) {
                result.faults.append(StoreFault(path: snapshot.path(entry), reason: reason))
            }
            result.segmentCount += 1
            result.rowCount += entry.rowCount
            result.byteCount += entry.byteCount
        }
        for keyframe in snapshot.state.orderedKeyframes {
            if let reason = Self.fault(of: keyframe.segment, in: snapshot) {
                result.faults.append(StoreFault(path: snapshot.path(keyframe.segment), reason: reason))
            }
            result.keyframeCount += 1
            result.byteCount += keyframe.segment.byteCount
        }
        for index in snapshot.state.orderedIndexes {
            if let reason = IndexCheck.fault(of: index, in: snapshot) {
                result.faults.append(StoreFault(path: store.paths.index(index.id), reason: reason))
            }
            result.indexCount += 1
            result.byteCount += index.byteCount
        }
        try checkLogs(snapshot)
    }

    /// The frames of every log file must be readable up to where its end may have been cut.
    private mutating func checkLogs(_ snapshot: Snapshot) throws(StoreError) {
        for log in snapshot.logs {
            do throws(StoreError) {
                var reader = try snapshot.open(log)
                while try reader.next() != nil {}
            } catch {
                guard case .damaged(let path, let damage) = error else { throw error }
                result.faults.append(StoreFault(path: path, reason: "byte \(damage.byteOffset): \(damage.reason)"))
            }
            result.logCount += 1
            result.byteCount += log.byteCount
        }
    }

    /// Every manifest must be readable, and fit the one before it.
    private mutating func checkManifests() throws(StoreError) {
        for number in try store.manifests.numbers() {
            do throws(StoreError) {
                if try store.manifests.floor() <= number { _ = try store.manifests.state(at: number) }
                result.manifestCount += 1
            } catch {
                switch error {
                case .damaged(let path, let damage):
                    let fault = StoreFault(path: path, reason: "byte \(damage.byteOffset): \(damage.reason)")
                    if !result.faults.contains(fault) { result.faults.append(fault) }
                // Another process may clean up meanwhile.
                case .file(let file) where file.kind == .notFound: continue
                default: throw error
                }
            }
        }
    }

    /// What is wrong with a segment.
    static func fault(of entry: SegmentEntry, in snapshot: Snapshot) -> String? {
        do throws(StoreError) {
            let reader = try snapshot.open(entry)
            guard reader.fileByteCount == entry.byteCount else {
                return "\(reader.fileByteCount) bytes long, the manifest says \(entry.byteCount)"
            }
            guard reader.timestamps == entry.times else { return "other times than the manifest says" }
            let window = entry.window.times(snapshot.state.windowLength)
            guard
                entry.kind != .events
                    || window.contains(entry.times.lowerBound) && window.contains(entry.times.upperBound)
            else {
                return "holds events of another window"
            }
            do throws(SegmentError) {
                var verifier = try SegmentVerifier(reader)
                _ = try verifier.verify()
            } catch {
                throw .segment(path: snapshot.path(entry), error)
            }
            return nil
        } catch {
            switch error {
            case .segment(_, .damaged(let damage)): return "byte \(damage.byteOffset): \(damage.reason)"
            default: return "\(error)"
            }
        }
    }
}
