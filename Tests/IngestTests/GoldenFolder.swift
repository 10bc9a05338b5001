import Bytes
import Files

/// The folder Format/golden.
enum GoldenFolder {
    /// The libraries that compressed what is in the folder.
    static let librariesFile = "libraries.txt"

    static let path: String = {
        let parts = #filePath.split(separator: "/").dropLast(3)
        return "/" + parts.joined(separator: "/") + "/Format/golden/"
    }()

    /// Whether the bytes of compressed buffers can be expected to be the same here.
    static var isOfTheseLibraries: Bool {
        get throws { try read(librariesFile) == Array((CompressionLibraries.versions + "\n").utf8) }
    }

    static func read(_ name: String) throws -> [UInt8] { try LocalFileSystem().readAll(path + name) }

    static func write(_ bytes: [UInt8], to name: String) throws {
        let files = LocalFileSystem()
        try? files.remove(path + name)
        let file = try files.create(path + name)
        try file.append(bytes.span.bytes)
        try file.sync()
    }
}
