import Bytes
import Columns

/// A section that is stored as one buffer, and where in the file its raw bytes are.
struct BlockPlace {
    let blob: BlobReference
    let buffer: StoredBuffer
    let raw: ArraySlice<UInt8>

    init(_ blob: BlobReference, of reader: SegmentReader, _ what: String) throws(SegmentError) {
        let stored = try reader.bytes(of: blob, what)
        let (buffer, raw) = try SegmentReader.damage { () throws(DecodeError) in
            var parser = ByteReader(stored, baseOffset: SegmentReader.clamped(blob.offset))
            let buffer = try StoredBuffer.parse(&parser, upTo: Limits.storedByteCount)
            guard parser.isAtEnd else { throw parser.corrupt("bytes follow the end of the \(what)") }
            return (buffer, try buffer.raw(in: NoEnvironment()))
        }
        self.blob = blob
        self.buffer = buffer
        self.raw = raw
    }

    /// The bytes of the buffer before those that are stored.
    var headByteCount: Int { buffer.byteCount - buffer.stored.count }

    /// The byte of the file at which a raw byte stands; in a compressed buffer its share of the stored bytes begins.
    func position(ofRaw offset: Int) -> Int {
        let place = raw.isEmpty ? 0 : offset * buffer.stored.count / raw.count
        return Int(blob.offset) + headByteCount + place
    }

    func range(ofRaw range: Range<Int>) -> Range<Int> {
        position(ofRaw: range.lowerBound)..<position(ofRaw: range.upperBound)
    }
}
