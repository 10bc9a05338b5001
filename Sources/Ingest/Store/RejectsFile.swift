import Files

/// The records that were no events, for whoever wants to mend them: one line of JSON for each.
final class RejectsFile {
    /// Longer records are cut.
    private static let textByteLimit = 65_536

    let path: String
    private let fileSystem: any FileSystem
    private var file: (any WritableFile)?
    private var buffer: [UInt8] = []
    private(set) var count: UInt64 = 0

    init(_ path: String, in fileSystem: any FileSystem) {
        self.path = path
        self.fileSystem = fileSystem
    }

    func add(_ error: LineError, record: [UInt8]) throws(FileError) {
        count += 1
        append("{\"file\":")
        buffer += JSONText.quoted(Array(error.path.utf8))
        append(",\"line\":\(error.lineNumber),\"byte\":\(error.byteOffset),\"reason\":")
        buffer += JSONText.quoted(Array("\(error.reason)".utf8))
        let cut = record.count > Self.textByteLimit
        let text = String(decoding: record.prefix(Self.textByteLimit), as: UTF8.self)
        append(cut ? ",\"bytes\":\(record.count),\"text\":" : ",\"text\":")
        buffer += JSONText.quoted(Array(text.utf8))
        append("}\n")
        if buffer.count > 1 << 18 { try flush() }
    }

    /// Makes what was added durable.
    func sync() throws(FileError) {
        guard count > 0 else { return }
        try flush()
        try file?.sync()
        try fileSystem.syncDirectory(directory(of: path))
    }

    private func append(_ text: String) { buffer.append(contentsOf: text.utf8) }

    private func flush() throws(FileError) {
        if file == nil { file = try fileSystem.create(path) }
        try file?.append(buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}
