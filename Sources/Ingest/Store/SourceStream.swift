import Bytes
import Files
import Storage

/// An input whose bytes are checksummed as its events become part of the store.
///
/// Parsers read ahead of the events that they hand out, so bytes are kept until it is said that they were consumed.
final class SourceStream: ByteStream {
    private let base: any ByteStream
    private let checksum = StreamChecksum()
    /// What was read and not yet consumed, behind some bytes that were.
    private var pending: [UInt8] = []
    private var passedCount = 0
    private var consumedOffset = 0
    /// The first bytes, at most ``SourceEntry/headByteCount``.
    private(set) var head: [UInt8] = []

    /// Bytes at the start that were consumed by an earlier ingest.
    private let knownByteCount: Int

    init(_ base: any ByteStream, knownByteCount: Int = 0) {
        self.base = base
        self.knownByteCount = knownByteCount
    }

    var path: String { base.path }

    func readSome(into output: inout OutputSpan<UInt8>) throws(FileError) {
        let before = output.count
        try base.readSome(into: &output)
        unsafe output.span.extracting(droppingFirst: before).withUnsafeBytes { bytes in
            dropPassed()
            unsafe pending.append(contentsOf: bytes)
            let room = SourceEntry.headByteCount - head.count
            if room > 0 { unsafe head.append(contentsOf: bytes.prefix(room)) }
        }
        let passed = min(pending.count - passedCount, knownByteCount - consumedOffset)
        if passed > 0 { _ = content(through: consumedOffset + passed) }
    }

    /// The checksum of the bytes before an offset, which is not below that of the last call.
    func content(through byteOffset: Int) -> StreamChecksum.Value {
        let byteCount = byteOffset - consumedOffset
        unsafe pending.withUnsafeBytes {
            unsafe checksum.add(UnsafeRawBufferPointer(rebasing: $0[passedCount..<passedCount + byteCount]))
        }
        passedCount += byteCount
        consumedOffset = byteOffset
        return checksum.value
    }

    /// Forgets what was consumed, once little of what is kept has to be moved for that.
    private func dropPassed() {
        guard passedCount * 2 >= pending.count else { return }
        pending.removeFirst(passedCount)
        passedCount = 0
    }
}

extension SourceEntry {
    /// What a store's sources have to do with an input.
    struct Relation {
        /// The furthest that this input was taken in.
        var known: SourceEntry?
        /// Sources that begin like the input and go on otherwise.
        var unrelated: [SourceEntry] = []
    }

    /// Compares an input with the sources that may have been it.
    static func relate(_ input: any ByteStream, to sources: [SourceEntry]) throws(FileError) -> Relation {
        let head = try input.read(upTo: headByteCount)
        var relation = Relation()
        let checksum = StreamChecksum()
        var offset = 0
        var next = head[...]
        for entry in sources.filter({ $0.mayBegin(head) }).sorted(by: { $0.byteOffset < $1.byteOffset }) {
            while UInt64(offset) < entry.byteOffset {
                if next.isEmpty { next = try input.read(upTo: 1 << 20)[...] }
                if next.isEmpty { break }
                let part = next.prefix(Int(min(entry.byteOffset - UInt64(offset), UInt64(next.count))))
                unsafe part.withUnsafeBytes { unsafe checksum.add($0) }
                offset += part.count
                next = next.dropFirst(part.count)
            }
            if UInt64(offset) == entry.byteOffset, checksum.value == entry.content {
                if let known = relation.known { relation.unrelated.append(known) }
                relation.known = entry
            } else {
                relation.unrelated.append(entry)
            }
        }
        return relation
    }
}
