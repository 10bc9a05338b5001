import Bytes

/// Turns the records of one format into JSON lines. Asked once for each batch.
protocol Transcoder: AnyObject {
    /// What must be known to go on behind the bytes that were used up: an initializer takes it.
    var state: [UInt8] { get }

    /// Turns the whole records at the beginning of `input` into lines and returns how many bytes are used up.
    ///
    /// What a record gives must not depend on where `input` ends. When `isLast`, nothing follows: all must be used up.
    func transcode(_ input: Span<UInt8>, isLast: Bool, into lines: inout JSONLines) -> Int

    /// Finds the place behind a record that is over the limit; nil when all of `input` belongs to it. `isFirst`: the
    /// record begins here, else `input` follows what was given before.
    func endOfLongRecord(_ input: Span<UInt8>, isFirst: Bool) -> Int?
}

extension Transcoder {
    /// Most records are lines.
    func endOfLongRecord(_ input: Span<UInt8>, isFirst: Bool) -> Int? {
        input.firstIndex(of: Byte.lineFeed, from: 0).map { $0 + 1 }
    }
}
