import Glibc

/// The whole contents of an input, followed by readable zero bytes, as parsers that read ahead want them.
///
/// A regular file is mapped, not read: when somebody cuts it short meanwhile, touching what is gone stops the process,
/// as with every mapping. Read a ``ByteStream`` where that must not be.
@safe
public final class InputBytes: Sendable {
    /// How many zero bytes can be read after the contents.
    public static let paddingByteCount = 64

    public let byteCount: Int
    /// Never written to after the initializer.
    nonisolated(unsafe) private let storage: UnsafeMutableRawBufferPointer
    private let isMapped: Bool

    /// Takes over `storage`, a mapping or a block from `malloc`, which holds the contents and at least the padding.
    init(owning storage: UnsafeMutableRawBufferPointer, isMapped: Bool, byteCount: Int) {
        unsafe self.storage = unsafe storage
        self.isMapped = isMapped
        self.byteCount = byteCount
    }

    /// Reads a stream to its end.
    public convenience init(_ stream: any ByteStream) throws(FileError) {
        var room = 1 << 20
        var byteCount = 0
        var storage = unsafe malloc(room)!
        while true {
            let bytes: [UInt8]
            do {
                bytes = try stream.read(upTo: 1 << 20)
            } catch {
                unsafe free(storage)
                throw error
            }
            if bytes.isEmpty { break }
            if room - byteCount < bytes.count + Self.paddingByteCount {
                room *= 2
                unsafe storage = realloc(storage, room)!
            }
            unsafe bytes.withUnsafeBytes {
                unsafe (storage + byteCount).copyMemory(from: $0.baseAddress!, byteCount: $0.count)
            }
            byteCount += bytes.count
        }
        unsafe memset(storage + byteCount, 0, Self.paddingByteCount)
        unsafe self.init(
            owning: UnsafeMutableRawBufferPointer(start: storage, count: room), isMapped: false, byteCount: byteCount)
    }

    deinit {
        if isMapped {
            unsafe munmap(storage.baseAddress, storage.count)
        } else {
            unsafe free(storage.baseAddress)
        }
    }

    /// The contents without the padding.
    public var bytes: RawSpan {
        @_lifetime(borrow self)
        get { paddedBytes.extracting(0..<byteCount) }
    }

    /// The contents with the padding.
    public var paddedBytes: RawSpan {
        @_lifetime(borrow self)
        get {
            let padded = unsafe storage.bytes.extracting(0..<byteCount + Self.paddingByteCount)
            return unsafe _overrideLifetime(padded, borrowing: self)
        }
    }
}
