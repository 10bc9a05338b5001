import CSimdJSON
import Columns
import Segments
import Storage

/// Events on their way into segments, each into that of its time window.
///
/// Most events fall into the window of the one before, so an event is appended there; only when its time turns out to
/// be another's is it taken back and appended again.
@safe
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
    /// What turns events into rows of the current window; while there is none, it finds out the window of an event.
    private var builder: UnsafeMutablePointer<RowBuilder>
    private var times: ClosedRange<Int64>?
    private let probe: RowSink
    private var useCount = 0
    /// Segments that are durable and not committed.
    private(set) var finished: [SegmentEntry] = []

    private final class OpenWindow {
        let window: TimeWindow
        let times: ClosedRange<Int64>
        let segment: NewSegment
        let sink: RowSink
        var lastUse = 0

        init(_ segment: NewSegment, times: ClosedRange<Int64>, _ canonical: consuming CanonicalRow) {
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
        unsafe builder = probe.builder
    }

    /// Appends an event, or nothing and tells why.
    func append(
        _ document: UnsafeMutablePointer<traversion_json_document>, storedAt: Int64, sequence: UInt64
    ) throws(StoreError) -> LineError.Reason? {
        while true {
            switch unsafe builder.pointee.append(document, within: times, storedAt: storedAt, sequence: sequence) {
            case .refused(let reason): return reason
            case .elsewhere(let time): try use(writer.windowLength.window(of: time))
            case .appended:
                if unsafe builder.pointee.needsLook(limits.rowCountPerSegment) { try rowsEnded() }
                return nil
            }
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

    private func rowsEnded() throws(StoreError) {
        guard let current else { return }
        do { try current.segment.writer.rowEnded() } catch { throw .segment(path: current.segment.path, error) }
        if unsafe builder.pointee.rowCount >= limits.rowCountPerSegment { return try finish(current) }
        if open.count > 1 { try keepWithinMemory() }
    }

    private func use(_ window: TimeWindow) throws(StoreError) {
        useCount += 1
        if let known = open[window] {
            makeCurrent(known)
        } else {
            if open.count >= limits.openWindowCount, let oldest = open.values.min(by: { $0.lastUse < $1.lastUse }) {
                try finish(oldest)
            }
            let opened = OpenWindow(
                try writer.beginSegment(window, options: options), times: window.times(writer.windowLength), makeRow())
            open[window] = opened
            makeCurrent(opened)
        }
        current?.lastUse = useCount
    }

    private func makeCurrent(_ window: OpenWindow?) {
        current = window
        unsafe builder = (window?.sink ?? probe).builder
        times = window?.times
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
        if current === window { makeCurrent(nil) }
        if let entry = try window.segment.finish() { finished.append(entry) }
    }
}
