import Bytes

/// JSON that is not one event on each line.
final class JSONTranscoder<Records: JSONRecords>: Transcoder {
    private var framer = JSONFramer(containers: Records.containers)
    private var records: Records
    private var longScan = LongJSONScan()
    private var strayScan: LongStrayScan?

    init(_ records: Records, state: [UInt8]) {
        self.records = records
        framer.state = state
    }

    var state: [UInt8] { framer.state }

    func transcode(_ input: Span<UInt8>, isLast: Bool, into lines: inout JSONLines) -> Int {
        var position = 0
        while let frame = framer.next(input, &position, isLast: isLast) {
            switch frame {
            case .record(let range, let container):
                if let reason = records.append(input, range, container: container, to: &lines) {
                    lines.fail(reason, range)
                }
            case .fault(let reason, let range): lines.fail(reason, range)
            }
        }
        return position
    }

    func endOfLongRecord(_ input: Span<UInt8>, isFirst: Bool) -> Int? {
        if isFirst {
            longScan = LongJSONScan()
            strayScan = input.byte(at: 0) == Byte.openBrace ? nil : LongStrayScan()
        }
        return strayScan == nil ? longScan.end(input) : strayScan?.end(input)
    }
}
