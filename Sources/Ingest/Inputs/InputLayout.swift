import Bytes
import Files
import Times

/// A format together with what else the beginning of an input tells.
struct InputLayout {
    private let format: InputFormat
    private let time: EventTime
    private var separator = Byte.comma
    private var wordCount = 0

    init(_ head: Span<UInt8>, _ format: InputFormat, _ time: EventTime) {
        self.format = format
        self.time = time
        switch format {
        case .csv: separator = InputFormat.separator(head)
        case .tsv: separator = Byte.tab
        case .text: wordCount = InputFormat.timedWordCount(head, time) ?? 0
        default: break
        }
    }

    /// Reads the input from a position on, where `stream` must stand.
    func source(_ stream: any ByteStream, from position: InputPosition) -> any EventLineSource {
        if format == .ndjson { return LineBatches(stream, from: position) }
        return TranscodedLines(stream, transcoder(position.state), from: position)
    }

    private func transcoder(_ state: [UInt8]) -> any Transcoder {
        switch format {
        case .ndjson, .json: JSONTranscoder(PlainJSONRecords(), state: state)
        case .cloudtrail: JSONTranscoder(EnvelopedJSONRecords(), state: state)
        case .csv, .tsv: DelimitedTranscoder(separator: separator, state: state)
        case .logfmt: LineTranscoder(LogfmtRecords())
        case .syslog: GroupedTranscoder(SyslogHeads(time))
        case .access: LineTranscoder(AccessRecords(time))
        case .cri: ContainerTranscoder(time)
        case .text: GroupedTranscoder(TextHeads(time, wordCount: wordCount))
        case .otlp: JSONTranscoder(OTLPRecords(), state: state)
        case .jaeger: JSONTranscoder(JaegerRecords(), state: state)
        case .zipkin: JSONTranscoder(ZipkinRecords(), state: state)
        case .zeek: LineTranscoder(ZeekRecords(state: state))
        }
    }
}
