import Bytes
import Columns
import Files
import Storage

/// Removes records that were no events from the files that hold them.
///
/// Such a record cannot be understood, so it goes when each of the values stands in it as a word, wherever that is.
struct RejectsForgetting {
    private let store: Store
    private let forms: [[[UInt8]]]

    private static let stepByteCount = 1 << 20
    private static let suffix = ".ndjson"

    init(_ store: Store, _ filter: ForgetFilter) {
        self.store = store
        forms = filter.conditions.map { $0.value.writtenForms }
    }

    private var fileSystem: any FileSystem { store.fileSystem }

    /// The writers that have such a file.
    func writers() throws(StoreError) -> [UInt32] {
        try names().compactMap { name in
            name.hasSuffix(Self.suffix) ? UInt32(name.dropLast(Self.suffix.count)) : nil
        }.sorted()
    }

    private func names() throws(StoreError) -> [String] {
        try wrap { () throws(FileError) in try fileSystem.list(store.paths.rejects) }
    }

    /// Removes what an earlier run had begun to write. Nobody else does while the job's lock is held.
    func removeLeftovers() throws(StoreError) {
        for name in try names() where name.hasSuffix(".part") {
            try wrap { () throws(FileError) in try fileSystem.remove("\(store.paths.rejects)/\(name)") }
        }
    }

    /// How many records of a writer are to be forgotten.
    func count(of writer: UInt32) throws(StoreError) -> Int {
        var count = 0
        try wrap { () throws(FileError) in
            try eachLine(of: store.paths.rejects(of: writer)) { (_, isGone) throws(FileError) in
                if isGone { count += 1 }
            }
        }
        return count
    }

    /// Removes the records of a writer; how many. Nil: there are some, but the writer still lives.
    func forget(of writer: UInt32) throws(StoreError) -> Int? {
        let count = try count(of: writer)
        guard count > 0 else { return 0 }
        return try wrap { () throws(FileError) -> Int? in
            guard let lock = try fileSystem.lock(store.paths.writer(writer), waits: false) else { return nil }
            defer { try? fileSystem.remove(lock.path) }
            let path = store.paths.rejects(of: writer)
            let file = try PendingFile(path, in: fileSystem)
            var kept: [UInt8] = []
            try eachLine(of: path) { (line, isGone) throws(FileError) in
                if isGone { return }
                kept += line
                if kept.count >= Self.stepByteCount {
                    try file.append(kept)
                    kept.removeAll(keepingCapacity: true)
                }
            }
            try file.append(kept)
            guard file.byteCount == 0 else {
                try file.publish()
                return count
            }
            try fileSystem.remove(path)
            try fileSystem.syncDirectory(store.paths.rejects)
            return count
        }
    }

    /// Calls `body` with each line, its line feed included, and whether it is to be forgotten.
    private func eachLine(
        of path: String, _ body: (ArraySlice<UInt8>, Bool) throws(FileError) -> Void
    ) throws(FileError) {
        let file = try fileSystem.open(path)
        var pending: [UInt8] = []
        var offset = 0
        while offset < file.byteCount || !pending.isEmpty {
            let count = min(Self.stepByteCount, file.byteCount - offset)
            pending += try file.read(at: offset, byteCount: count)
            offset += count
            var start = 0
            while start < pending.count {
                let feed = pending[start...].firstIndex(of: Byte.lineFeed)
                guard let end = feed.map({ $0 + 1 }) ?? (offset == file.byteCount ? pending.count : nil) else { break }
                try body(pending[start..<end], isGone(pending[start..<end]))
                start = end
            }
            pending.removeFirst(start)
        }
    }

    private func isGone(_ line: ArraySlice<UInt8>) -> Bool {
        let bytes = Array(line)
        return forms.allSatisfy { SoughtValue.isWord($0, in: bytes.span) }
    }

    private func wrap<Value>(_ body: () throws(FileError) -> Value) throws(StoreError) -> Value {
        do { return try body() } catch { throw .file(error) }
    }
}
