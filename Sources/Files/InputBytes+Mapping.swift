import Glibc

extension InputBytes {
    /// Maps a regular file of at least one byte.
    convenience init(mapping file: LocalFile) throws(FileError) {
        let byteCount = file.byteCount
        let pageByteCount = Int(sysconf(Int32(_SC_PAGESIZE)))
        let mappedByteCount = (byteCount + Self.paddingByteCount + pageByteCount - 1) / pageByteCount * pageByteCount
        // Zero pages first, then the file over them: what follows the file's last page stays readable.
        let start = unsafe try Self.map(nil, mappedByteCount, MAP_PRIVATE | MAP_ANONYMOUS, -1, file.path)
        do {
            _ = unsafe try Self.map(start, byteCount, MAP_PRIVATE | MAP_FIXED, file.descriptor, file.path)
        } catch {
            unsafe munmap(start, mappedByteCount)
            throw error
        }
        unsafe madvise(start, byteCount, MADV_SEQUENTIAL)
        unsafe self.init(
            owning: UnsafeMutableRawBufferPointer(start: start, count: mappedByteCount), isMapped: true,
            byteCount: byteCount)
    }

    private static func map(
        _ address: UnsafeMutableRawPointer?, _ byteCount: Int, _ flags: Int32, _ descriptor: Int32, _ path: String
    ) throws(FileError) -> UnsafeMutableRawPointer {
        let start = unsafe mmap(address, byteCount, PROT_READ, flags, descriptor, 0)
        guard let start = unsafe start, unsafe start != MAP_FAILED else { throw lastError(.map, path) }
        return unsafe start
    }
}
