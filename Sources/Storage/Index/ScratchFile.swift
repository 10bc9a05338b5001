import Files

/// Bytes that are needed for a while: in memory as long as they are few, then in a file that goes with it.
final class ScratchFile {
    private let path: String
    private let fileSystem: any FileSystem
    private let memoryByteCount: Int
    private var memory: [UInt8] = []
    private var output: (any WritableFile)?
    private var input: (any ReadableFile)?
    private(set) var byteCount = 0

    /// - Parameter path: of the file, when one is needed.
    init(_ path: String, in fileSystem: any FileSystem, memoryByteCount: Int) {
        self.path = path
        self.fileSystem = fileSystem
        self.memoryByteCount = memoryByteCount
    }

    deinit {
        // Nobody is left to tell; a leftover has the name of its writer, by which it is found and removed.
        if output != nil { try? fileSystem.remove(path) }
    }

    func append(_ bytes: [UInt8]) throws(StoreError) {
        byteCount += bytes.count
        memory += bytes
        if memory.count > memoryByteCount { try spill() }
    }

    private func spill() throws(StoreError) {
        try files { () throws(FileError) in
            if output == nil { output = try fileSystem.create(path) }
            try output?.append(memory)
        }
        memory = []
        input = nil
    }

    /// Exactly so many of the bytes that were appended.
    func read(at offset: Int, byteCount: Int) throws(StoreError) -> [UInt8] {
        guard output != nil else { return Array(memory[offset..<offset + byteCount]) }
        if !memory.isEmpty { try spill() }
        return try files { () throws(FileError) in
            if input == nil { input = try fileSystem.open(path) }
            return try input?.read(at: offset, byteCount: byteCount) ?? []
        }
    }
}
