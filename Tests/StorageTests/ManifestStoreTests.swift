import Bytes
import Files
import Testing

@testable import Storage

struct ManifestStoreTests {
    static func manifests(_ files: any FileSystem) throws -> ManifestStore { try Sample.store(in: files).manifests }

    static func add(_ number: UInt32, to manifests: ManifestStore) throws -> StoreState {
        var random = SplitMix64(seed: UInt64(number))
        let entry = ManifestTests.entry(number, &random)
        return try manifests.commit(at: 0) { _ in [.addSegment(entry)] }
    }

    @Test func `every state of a long chain can be read, and whole manifests bound what that takes`() throws {
        let manifests = try Self.manifests(MemoryFileSystem())
        var states = [try #require(try manifests.newest())]
        for number in 0..<150 { states.append(try Self.add(UInt32(number), to: manifests)) }
        for state in states { #expect(try manifests.state(at: state.number) == state) }
        #expect(try manifests.newest() == states.last)
    }

    @Test func `who comes second commits upon what the first has committed`() throws {
        let manifests = try Self.manifests(MemoryFileSystem())
        var attempts = 0
        var random = SplitMix64(seed: 77)
        let entry = ManifestTests.entry(77, &random)
        let state = try manifests.commit(at: 0) { (state) throws(StoreError) in
            attempts += 1
            if attempts < 4 { _ = try! Self.add(UInt32(attempts), to: manifests) }
            return [.addSegment(entry)]
        }
        #expect(attempts == 4)
        #expect(state.segments.count == 4)
        #expect(try manifests.newest() == state)
    }

    @Test func `nothing to do is no commit`() throws {
        let manifests = try Self.manifests(MemoryFileSystem())
        #expect(try manifests.commit(at: 0) { _ in [] }.number == 1)
        #expect(try manifests.newestNumber() == 1)
    }

    @Test func `old manifests go, those that are needed stay`() throws {
        let files = MemoryFileSystem()
        let manifests = try Self.manifests(files)
        for number in 0..<200 { _ = try Self.add(UInt32(number), to: manifests) }
        let newest = try #require(try manifests.newest())
        try manifests.raiseFloor(to: 150)
        try manifests.remove(below: manifests.state(at: 150))
        #expect(try manifests.newest() == newest)
        #expect(try manifests.state(at: 150).segments.count == 149)
        #expect(try files.list("store/manifests").count == 201 - 128 + 1)
    }

    @Test func `a writer that slept while its number came and went does not believe that it committed`() throws {
        let files = MemoryFileSystem()
        let manifests = try Self.manifests(files)
        for number in 0..<100 { _ = try Self.add(UInt32(number), to: manifests) }
        // The sleeper wants to commit manifest 41, which is removed by then.
        try manifests.raiseFloor(to: 101)
        for number in 1..<UInt64(65) { try files.remove(manifests.paths.manifest(number)) }
        let sleeper = ManifestStore(fileSystem: StaleListing(files, hidden: 41), paths: manifests.paths)
        #expect(throws: StoreError.self) { _ = try Self.add(500, to: sleeper) }
        #expect(try manifests.newest()?.segments.count == 100)
        #expect(try !files.exists(manifests.paths.manifest(41)))
    }

    @Test func `what a process leaves that dies while it writes a manifest or the floor is removed`() throws {
        let files = MemoryFileSystem()
        let manifests = try Self.manifests(files)
        for number in 1..<5 { _ = try Self.add(UInt32(number), to: manifests) }
        let leftovers = [manifests.paths.manifest(3), manifests.paths.floor(2)].map { $0 + ".0.part" }
        // Somebody may still be at work on these.
        let alive = [manifests.paths.manifest(6), manifests.paths.floor(6)].map { $0 + ".0.part" }
        for path in leftovers + alive { files.put([1], at: path) }
        try manifests.raiseFloor(to: 5)
        try manifests.remove(below: manifests.state(at: 5))
        #expect(try leftovers.filter { try files.exists($0) } == [])
        #expect(try alive.filter { try !files.exists($0) } == [])
        #expect(try manifests.newest()?.segments.count == 4)
    }

    @Test func `a writer whose file is taken for a leftover tries the next number`() throws {
        let files = MemoryFileSystem()
        let manifests = try Self.manifests(files)
        _ = try Self.add(1, to: manifests)
        let meddled = MeddledFileSystem(
            files,
            beforeLink: {
                guard try files.exists(manifests.paths.manifest(3)) == false else { return }
                _ = try Self.add(2, to: manifests)
                try files.remove(manifests.paths.manifest(3) + ".0.part")
            })
        let slow = ManifestStore(fileSystem: meddled, paths: manifests.paths)
        #expect(try Self.add(3, to: slow).number == 4)
        #expect(try manifests.newest()?.segments.count == 3)
    }

    @Test func `a damaged manifest is named`() throws {
        let files = MemoryFileSystem()
        let manifests = try Self.manifests(files)
        _ = try Self.add(1, to: manifests)
        var bytes = try files.readAll(manifests.paths.manifest(2))
        bytes[50] ^= 1
        files.put(bytes, at: manifests.paths.manifest(2))
        let error = #expect(throws: StoreError.self) { try manifests.newest() }
        #expect(error?.description.contains("manifests/00000000000000000002 is damaged") == true)
    }
}

/// A file system as a process sees it that listed the manifests long ago.
private struct StaleListing: FileSystem {
    let base: MemoryFileSystem
    let hidden: UInt64
    let state: StoreState

    init(_ base: MemoryFileSystem, hidden: UInt64) {
        self.base = base
        self.hidden = hidden
        state = StoreState()
    }

    func list(_ directory: String) throws(FileError) -> [String] {
        try base.list(directory).filter { (StorePaths.manifestNumber($0) ?? 0) < hidden }
    }

    func open(_ path: String) throws(FileError) -> any ReadableFile { try base.open(path) }
    func stream(_ path: String) throws(FileError) -> any ByteStream { try base.stream(path) }
    func watch(_ path: String) throws(FileError) -> any WatchedFile { try base.watch(path) }
    func create(_ path: String) throws(FileError) -> any WritableFile { try base.create(path) }
    func rename(_ path: String, to newPath: String) throws(FileError) { try base.rename(path, to: newPath) }
    func link(_ path: String, to newPath: String) throws(FileError) { try base.link(path, to: newPath) }
    func remove(_ path: String) throws(FileError) { try base.remove(path) }
    func createDirectory(_ path: String) throws(FileError) { try base.createDirectory(path) }
    func removeDirectory(_ path: String) throws(FileError) { try base.removeDirectory(path) }
    func syncDirectory(_ path: String) throws(FileError) { try base.syncDirectory(path) }
    func byteCount(of path: String) throws(FileError) -> Int { try base.byteCount(of: path) }
    func lock(_ path: String, waits: Bool) throws(FileError) -> (any FileLock)? {
        try base.lock(path, waits: waits)
    }
}
