import Columns
import Files

/// Files of a store that no manifest names.
extension Store {
    /// Segments, whole or begun, that a state knows nothing of: somebody is writing them, or has died doing so.
    package func unnamedSegmentFiles(_ state: StoreState) throws(StoreError) -> [String] {
        var found: [String] = []
        for folder in try fileSystem.segmentFolders(paths) {
            for name in try fileSystem.names(in: folder) {
                guard let id = SegmentId(fileName: name) else { continue }
                let isNamed = name == id.fileName && (state.segment(id) != nil || state.dropped[id] != nil)
                if !isNamed { found.append("\(folder)/\(name)") }
            }
        }
        return found
    }

    /// What repairs have put aside.
    package func damagedFiles() throws(StoreError) -> [String] {
        try fileSystem.names(in: paths.damaged).map { "\(paths.damaged)/\($0)" }
    }

}

extension FileSystem {
    /// The folders of a store in which segments lie.
    func segmentFolders(_ paths: StorePaths) throws(StoreError) -> [String] {
        var folders = [paths.baseState, paths.keyframes]
        for tier in EncodingProfile.Tier.allCases {
            folders += try names(in: paths.tier(tier)).map { "\(paths.tier(tier))/\($0)" }
        }
        return folders
    }

    /// The names in a folder, none when it is not there.
    func names(in folder: String) throws(StoreError) -> [String] {
        do {
            return try list(folder)
        } catch {
            // A window's folder may have gone meanwhile, or be a file that somebody put there.
            if error.kind == .notFound || error.kind == .wrongType { return [] }
            throw .file(error)
        }
    }
}
