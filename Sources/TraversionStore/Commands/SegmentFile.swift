import Files
import Segments

/// What the commands share: opening segments and beginning new ones.
enum SegmentFile {
    static let fileSystem = LocalFileSystem()

    static func open(_ path: String) throws(CommandFailure) -> SegmentReader {
        guard path != "-" else { throw .usage("a segment cannot be read from standard input; name a file") }
        let file: any ReadableFile
        do { file = try fileSystem.open(path) } catch { throw CommandFailure(error) }
        do { return try SegmentReader(FileSource(file)) } catch { throw CommandFailure(error, path) }
    }

    /// Begins a segment; one that is there already is only replaced when `isForced`.
    static func begin(_ path: String, isForced: Bool) throws(CommandFailure) -> PendingFile {
        guard path != "-" else { throw .usage("a segment cannot be written to standard output; name a file") }
        guard try isReplaceable(path) else {
            throw CommandFailure(.inputOutput, "\(path) is a directory, a pipe or a device; give the path of a file")
        }
        if !isForced, (try? fileSystem.byteCount(of: path)) != nil {
            throw CommandFailure(.inputOutput, "\(path) is there already; give --force to replace it")
        }
        do { return try PendingFile(path, in: fileSystem) } catch { throw CommandFailure(error) }
    }

    /// Whether nothing or a regular file has the name: renaming would put a file in the place of a device.
    private static func isReplaceable(_ path: String) throws(CommandFailure) -> Bool {
        do {
            _ = try fileSystem.open(path)
            return true
        } catch {
            switch error.kind {
            case .notFound: return true
            case .wrongType: return false
            // Renaming replaces a file that may not be read, too.
            case .permission: return true
            default: throw CommandFailure(error)
            }
        }
    }

    static func publish(_ file: PendingFile) throws(CommandFailure) {
        do { try file.publish() } catch { throw CommandFailure(error) }
    }

    static let forceOption = Command.Option(
        name: "--force", valueName: nil, help: "replaces the file when it is there already")
    static let jsonOption = Command.Option(name: "--json", valueName: nil, help: "answers with one line of JSON")
    static let tierOption = Command.Option(
        name: "--tier", valueName: "TIER", help: "hot (fast, the default), warm or cold (small)")
}
