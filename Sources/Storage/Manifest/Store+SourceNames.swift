/// What inputs are called, which may tell something about people.
extension Store {
    /// The names of inputs that a manifest's bytes tell; none when it cannot be read.
    package static func sourceNames(ofManifest bytes: [UInt8], path: String) -> [String] {
        guard let name = path.split(separator: "/").last, let number = StorePaths.manifestNumber(String(name)),
            let manifest = try? Manifest(parsing: bytes, number: number)
        else { return [] }
        return manifest.records.compactMap { record in
            if case .source(let entry, _) = record { entry.name } else { nil }
        }
    }

    /// Gives inputs another name; how many. The inputs are known by their contents as before, and no manifest tells the
    /// old names once the next job has cleaned up.
    package func renameSources(
        to name: String, where isWanted: (String) -> Bool
    ) throws(StoreError) -> Int {
        var count = 0
        _ = try manifests.commit(at: clock.now, isWhole: true) { (state) throws(StoreError) in
            let renamed = state.sources.filter { isWanted($0.name) }
            count = renamed.count
            // A source that is replaced goes to the end, so those before it keep their numbers.
            var places = state.sources.indices.filter { isWanted(state.sources[$0].name) }
            return renamed.indices.map { index in
                let place = places.removeFirst() - index
                var entry = renamed[index]
                entry.name = name
                return .source(entry, replaces: place)
            }
        }
        return count
    }
}
