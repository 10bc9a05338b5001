public import Files

/// An input of any supported format, from its first byte or from where an earlier reading stopped.
public struct EventInput {
    public let format: InputFormat
    public let source: any EventLineSource

    /// How much of an input is looked at to find its format.
    static let detectionByteCount = 64 << 10

    /// `stream` stands at its beginning, whatever the position. The format is found by looking when it is not given.
    public init(
        _ stream: any ByteStream, format: InputFormat? = nil, from position: InputPosition = .start
    ) throws(IngestError) {
        let input = PeekedStream(stream)
        do {
            let head = try input.peek(Self.detectionByteCount)
            guard let found = format ?? InputFormat.detect(head.span) else {
                throw IngestError.unknownFormat(stream.path)
            }
            self.format = found
            let separator = InputFormat.separator(head.span)
            try input.skip(position.byteOffset)
            source = found.source(input, separator: separator, from: position)
        } catch let error as FileError {
            throw .file(error)
        } catch let error as IngestError {
            throw error
        } catch {
            preconditionFailure("nothing else is thrown")
        }
    }
}

extension InputFormat {
    func source(_ stream: any ByteStream, separator: UInt8, from position: InputPosition) -> any EventLineSource {
        func transcoded(_ transcoder: some Transcoder) -> any EventLineSource {
            TranscodedLines(stream, transcoder, from: position)
        }
        switch self {
        case .ndjson: return LineBatches(stream, from: position)
        case .json: return transcoded(JSONTranscoder(PlainJSONRecords(), state: position.state))
        case .cloudtrail: return transcoded(JSONTranscoder(EnvelopedJSONRecords(), state: position.state))
        case .csv: return transcoded(DelimitedTranscoder(separator: separator, state: position.state))
        case .tsv: return transcoded(DelimitedTranscoder(separator: Byte.tab, state: position.state))
        }
    }
}
