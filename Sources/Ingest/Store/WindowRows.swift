import CSimdJSON
import Columns
import Segments
import Storage

/// Events on their way into segments, each into that of its time window.
///
/// Most events fall into the window of the one before, so an event is appended there; only when its time turns out to
/// be another's is it taken back and appended again.
final class WindowRows {
    /// What may be held in memory, and how large segments become.
    struct Limits {
        var rowCountPerSegment = 1 << 20
        var openWindowCount = 16
        /// Raw bytes of rows that are in no band yet written.
        var rawByteCount = 64 << 20
    }

    private let writer: StoreWriter
    private let options: SegmentWriterOptions
    private let limits: Limits
    private let makeRow: () -> CanonicalRow
    private var open: [TimeWindow: OpenWindow] = [:]
    private var current: OpenWindow?
    /// Finds out the window of an event while none is open.
    private let probe: RowSink
    private var useCount = 0
    /// Segments that are durable and not committed.
    private(set) var finished: [SegmentEntry] = []

    private final class OpenWindow {
        let window: TimeWindow
        let times: ClosedRange<Int64>
        let segment: NewSegment
        let sink: RowSink
        var rowCount = 0
        var lastUse = 0

        init(_ segment: NewSegment, times: ClosedRange<Int64>, _ canonical: CanonicalRow) {
            window = segment.window
            self.times = times
            self.segment = segment
            sink = RowSink(segment.writer.band, canonical)
        }
    }

    init(
        _ writer: StoreWriter, options: SegmentWriterOptions, limits: Limits, makeRow: @escaping () -> CanonicalRow
    ) {
        self.writer = writer
        self.options = options
        self.limits = limits
        self.makeRow = makeRow
        probe = RowSink(Band(), makeRow())
    }

    /// Appends an event, or nothing and tells why.
    func append(
        _ document: UnsafeMutablePointer<traversion_json_document>, storedAt: Int64, sequence: UInt64
    ) throws(StoreError) -> LineError.Reason? {
        while true {
            let sink = current?.sink ?? probe
            if let reason = unsafe sink.appender.appendValues(document.pointee) { return reason }
            guard let time = sink.canonical.time(in: sink.band) else {
                sink.band.takeRowBack()
                return .noTime
            }
            guard let current, current.times.contains(time) else {
                sink.band.takeRowBack()
                try use(writer.windowLength.window(of: time))
                continue
            }
            sink.canonical.appendAliases(to: sink.band, time: time)
            sink.appender.endRow(storedAt: storedAt, sequence: sequence)
            try rowEnded(current)
            return nil
        }
    }

    /// Ends all segments.
    func finishAll() throws(StoreError) {
        for window in open.keys.sorted() {
            if let window = open[window] { try finish(window) }
        }
    }

    /// Takes the finished segments away, to be committed.
    func takeFinished() -> [SegmentEntry] {
        defer { finished = [] }
        return finished
    }

    private func rowEnded(_ window: OpenWindow) throws(StoreError) {
        window.rowCount += 1
        do { try window.segment.writer.rowEnded() } catch { throw .segment(path: window.segment.path, error) }
        if window.rowCount >= limits.rowCountPerSegment { return try finish(window) }
        if open.count > 1, window.rowCount % 1024 == 0 { try keepWithinMemory() }
    }

    private func use(_ window: TimeWindow) throws(StoreError) {
        useCount += 1
        if let known = open[window] {
            current = known
        } else {
            if open.count >= limits.openWindowCount, let oldest = open.values.min(by: { $0.lastUse < $1.lastUse }) {
                try finish(oldest)
            }
            let opened = OpenWindow(
                try writer.beginSegment(window, options: options), times: window.times(writer.windowLength), makeRow())
            open[window] = opened
            current = opened
        }
        current?.lastUse = useCount
    }

    private func keepWithinMemory() throws(StoreError) {
        while open.count > 1 {
            let byteCount = open.values.reduce(0) { $0 + $1.sink.band.rawByteCount }
            guard byteCount > limits.rawByteCount,
                let largest = open.values.max(by: {
                    ($0.sink.band.rawByteCount, $0.window) < ($1.sink.band.rawByteCount, $1.window)
                })
            else { return }
            try finish(largest)
        }
    }

    private func finish(_ window: OpenWindow) throws(StoreError) {
        open[window.window] = nil
        if current === window { current = nil }
        if let entry = try window.segment.finish() { finished.append(entry) }
    }
}
