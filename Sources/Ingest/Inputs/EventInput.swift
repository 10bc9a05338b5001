public import Files
import Times

/// An input of any supported format and compression, from its first byte or from where an earlier reading stopped.
public struct EventInput {
    public let format: InputFormat
    /// Nil when the input is not compressed.
    public let compression: Compression?
    public let source: any EventLineSource
    private let decompressed: DecompressedStream?

    /// How much of an input is looked at to find its format.
    static let detectionByteCount = 64 << 10

    /// `stream` stands at its beginning, whatever the position. The format is found by looking when it is not given.
    /// `time` reads the times of formats that have some in their text.
    public init(
        _ stream: any ByteStream, format: InputFormat? = nil, time: EventTime, from position: InputPosition = .start
    ) throws(IngestError) {
        let raw = PeekedStream(stream)
        compression = Compression(raw.peek(Compression.magicByteCount))
        decompressed = compression.map { DecompressedStream(raw, $0) }
        let input = decompressed.map { PeekedStream($0) } ?? raw
        let head = input.peek(Self.detectionByteCount)
        guard let found = format ?? InputFormat.detect(head.span, time) else { throw .unknownFormat(stream.path) }
        self.format = found
        let layout = InputLayout(head.span, found, time)
        do {
            try input.skip(position.byteOffset)
        } catch {
            throw .file(error)
        }
        source = layout.source(input, from: position)
    }

    /// Bytes of the input as it is stored whose records were read, about: for telling how far an ingest is.
    public var storedByteOffset: Int { decompressed?.compressedByteOffset ?? source.position.byteOffset }
}
