import Bytes
import Files

/// Reads the frames of a log file, one after another.
public struct LogReader {
    /// A place in which there should be frames.
    public struct Damage: Equatable, Sendable {
        public var bytes: Range<Int>
        public var reason: String
    }

    public let path: String
    /// Nil when it cannot be read: then no frame is there, or the file is damaged.
    public let header: LogHeader?
    private let file: any ReadableFile
    private let id: LogId
    private let storeId: UInt64
    /// Nothing behind it is looked at.
    private let end: Int
    private let skipsDamage: Bool
    private var position: Int
    /// What was passed over, when that was asked for.
    public private(set) var damage: [Damage] = []
    /// Bytes at the end that are no frame: a write that was cut.
    public private(set) var tornByteCount = 0

    /// - Parameter skipsDamage: passes over damage, and tells of it in ``damage``, in place of throwing it.
    public init(_ range: LogRange, of store: Store, storeId: UInt64, skipsDamage: Bool = false) throws(StoreError) {
        let path = store.paths.log(range.id)
        self.path = path
        self.storeId = storeId
        self.skipsDamage = skipsDamage
        id = range.id
        let file = try files { () throws(FileError) in try store.fileSystem.open(path) }
        self.file = file
        end = min(range.byteCount, file.byteCount)
        position = 0
        header = try Self.header(file, id, storeId, end)
        if let header { position = header.encoded.count }
    }

    private static func header(
        _ file: any ReadableFile, _ id: LogId, _ storeId: UInt64, _ end: Int
    ) throws(StoreError) -> LogHeader? {
        guard end >= LogHeader.fixedByteCount else { return nil }
        let read = { (byteCount: Int) throws(StoreError) in
            try files { () throws(FileError) in try file.read(at: 0, byteCount: byteCount) }
        }
        let fixed = try read(LogHeader.fixedByteCount)
        guard let byteCount = try? LogHeader.byteCount(fixed), byteCount <= end else { return nil }
        let bytes = try read(byteCount)
        do {
            let header = try LogHeader(parsing: bytes)
            // That of another file says nothing of this one.
            return header.id == id && header.storeId == storeId ? header : nil
        } catch {
            if error.kind == .unsupported { throw .damaged(path: file.path, error) }
            return nil
        }
    }

    /// The next frame; nil at the end.
    public mutating func next() throws(StoreError) -> LogFrame? {
        if header != nil || position > 0 {
            if let frame = try frame() { return frame }
        }
        guard position < end else { return nil }
        let rest = try files { () throws(FileError) in try file.read(at: position, byteCount: end - position) }
        guard let intact = intactFrame(in: rest) else {
            tornByteCount = rest.count
            position = end
            return nil
        }
        let found = Damage(
            bytes: position..<position + intact,
            reason: header == nil && position == 0
                ? "the header cannot be read, but frames follow"
                : "\(intact) bytes cannot be read, but an intact frame follows")
        guard skipsDamage else {
            throw .damaged(path: path, .corrupt(at: position, found.reason))
        }
        damage.append(found)
        position += intact
        return try frame()
    }

    /// The frame at the position, when it is intact.
    private mutating func frame() throws(StoreError) -> LogFrame? {
        guard end - position >= LogFrame.headerByteCount else { return nil }
        let start = position
        let head = try files { () throws(FileError) in
            try file.read(at: start, byteCount: LogFrame.headerByteCount)
        }
        guard let payload = LogFrame.payloadByteCount(head[...]),
            payload <= end - start - LogFrame.headerByteCount
        else { return nil }
        let bytes = try files { () throws(FileError) in
            try file.read(at: start, byteCount: LogFrame.headerByteCount + payload)
        }
        guard LogFrame.isIntact(bytes[...], seed: LogFrame.seed(id, storeId: storeId, byteOffset: start)) else {
            return nil
        }
        position += bytes.count
        do { return try LogFrame(parsing: bytes[...], at: start) } catch { throw .damaged(path: path, error) }
    }

    /// Where in the bytes behind the position an intact frame begins.
    private func intactFrame(in rest: [UInt8]) -> Int? {
        let marker = LogFrame.marker
        for start in rest.indices
        where rest[start] == marker[0] && rest[start...].starts(with: marker) {
            guard let payload = LogFrame.payloadByteCount(rest[start...]),
                payload <= rest.count - start - LogFrame.headerByteCount
            else { continue }
            let bytes = rest[start..<start + LogFrame.headerByteCount + payload]
            let seed = LogFrame.seed(id, storeId: storeId, byteOffset: position + start)
            if LogFrame.isIntact(bytes, seed: seed) { return start }
        }
        return nil
    }
}
