import Files
import Glibc

/// A folder that is removed with all that is in it when nobody holds it any more.
final class TemporaryFolder {
    let path: String

    /// - Parameter parent: where it is made; nil: where the system has such folders.
    init(in parent: String? = nil) throws(CommandFailure) {
        let parent = parent ?? EnvironmentVariable.text("TMPDIR") ?? "/tmp"
        var template = Array("\(parent)/traversion-XXXXXX".utf8CString)
        guard unsafe mkdtemp(&template) != nil else {
            throw CommandFailure(
                .inputOutput, "cannot make a folder in \(parent): \(unsafe String(cString: strerror(errno)))")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Self.remove(path) }

    /// What cannot be removed is left where it is: a folder for passing things is cleaned by the system, too.
    private static func remove(_ folder: String) {
        let files = LocalFileSystem()
        for name in (try? files.list(folder)) ?? [] {
            let path = "\(folder)/\(name)"
            do { try files.remove(path) } catch { remove(path) }
        }
        try? files.removeDirectory(folder)
    }
}
