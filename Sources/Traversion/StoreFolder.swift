import Files
package import Storage

/// Stores in directories.
package enum StoreFolder {
    /// Opens the store in a directory, its cold tier where the settings say.
    package static func open(_ path: String) throws(StoreError) -> Store {
        let config = try StoreConfig.read(StorePaths(root: path), in: LocalFileSystem())
        return try Store.open(StorePaths(root: path, coldRoot: config.coldDirectory))
    }

    /// Makes a store, with settings that say what they are, in a directory that is not there or empty.
    package static func create(_ path: String, _ length: WindowLength = .day) throws(StoreError) -> Store {
        let isOccupied: Bool
        do throws(FileError) {
            let fileSystem = LocalFileSystem()
            isOccupied = try fileSystem.exists(path) ? try !fileSystem.list(path).isEmpty : false
        } catch {
            throw .file(error)
        }
        if isOccupied { throw .occupied(path: path) }
        let storeId = UInt64.random(in: 1...UInt64.max)
        let store = try Store.create(StorePaths(root: path), windowLength: length, storeId: storeId)
        do throws(FileError) {
            let config = try PendingFile(store.paths.config, in: store.fileSystem)
            try config.append(Array(StoreConfig.template.utf8))
            try config.publish()
        } catch {
            throw .file(error)
        }
        return store
    }
}
