import Files
import Glibc
import Storage

/// What the commands that work on a store share.
enum StoreOptions {
    static let defaultPath = "traversion-data"
    static let variable = "TRAVERSION_STORE"

    static let store = Command.Option(
        name: "--store", valueName: "DIR",
        help: "the store's directory (default: the variable \(variable), else ./\(defaultPath))")

    static func path(_ invocation: Invocation) -> String {
        if let path = invocation.options["--store"] { return path }
        if let value = unsafe getenv(variable), unsafe value.pointee != 0 { return unsafe String(cString: value) }
        return defaultPath
    }

    static func open(_ invocation: Invocation) throws(CommandFailure) -> Store {
        do { return try Store.open(StorePaths(root: path(invocation))) } catch { throw CommandFailure(error) }
    }

    /// Opens the store, or makes one where nothing is yet.
    static func openOrCreate(_ invocation: Invocation) throws(CommandFailure) -> Store {
        let path = path(invocation)
        do throws(StoreError) {
            return try Store.open(StorePaths(root: path))
        } catch {
            guard case .notAStore = error else { throw CommandFailure(error) }
            return try create(path, .day)
        }
    }

    static func create(_ path: String, _ length: WindowLength) throws(CommandFailure) -> Store {
        let isOccupied: Bool
        do throws(FileError) {
            let fileSystem = LocalFileSystem()
            isOccupied = try fileSystem.exists(path) ? try !fileSystem.list(path).isEmpty : false
        } catch {
            throw CommandFailure(error)
        }
        if isOccupied { throw CommandFailure(StoreError.occupied(path: path)) }
        let storeId = UInt64.random(in: 1...UInt64.max)
        do throws(StoreError) {
            return try Store.create(StorePaths(root: path), windowLength: length, storeId: storeId)
        } catch {
            throw CommandFailure(error)
        }
    }
}
