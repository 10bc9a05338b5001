import Files
import Glibc
import Testing

/// A folder that is removed with everything in it when it is let go.
final class TestFolder {
    let path: String

    init() throws {
        var template = Array("/tmp/traversion-engine-XXXXXX".utf8CString)
        path = try #require(mkdtemp(&template).map { String(cString: $0) })
    }

    deinit { remove(path) }

    private func remove(_ folder: String) {
        for name in (try? LocalFileSystem().list(folder)) ?? [] where unlink(folder + "/" + name) != 0 {
            remove(folder + "/" + name)
        }
        rmdir(folder)
    }
}
