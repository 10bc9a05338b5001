/// A log file whose events are in no segment yet, as far as it was written when a snapshot was taken.
public struct LogRange: Hashable, Sendable {
    public var id: LogId
    public var byteCount: Int

    public init(id: LogId, byteCount: Int) {
        self.id = id
        self.byteCount = byteCount
    }
}

extension Store {
    /// The log files that no segments have taken the place of, as of a state.
    func unsealedLogs(_ state: StoreState) throws(StoreError) -> [LogRange] {
        var found: [LogRange] = []
        // Earlier files first: one that is being written is at its end when the next one is there.
        for id in try logIds() where state.sealedLogs[id] == nil {
            do {
                found.append(LogRange(id: id, byteCount: try fileSystem.byteCount(of: paths.log(id))))
            } catch {
                // Without a pin it may be sealed and removed meanwhile.
                if error.kind != .notFound { throw .file(error) }
            }
        }
        return found
    }

    /// The log files that are there, ascending.
    func logIds() throws(StoreError) -> [LogId] {
        do {
            return try fileSystem.list(paths.logs).compactMap { LogId(fileName: $0) }.sorted()
        } catch {
            // Nothing was ever appended.
            if error.kind == .notFound { return [] }
            throw .file(error)
        }
    }
}
