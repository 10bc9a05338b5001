import Columns

/// A band, and what turns events into its rows.
///
/// Everything that changes lies behind a pointer: appending a row takes neither reference counting nor checks for
/// overlapping access.
@safe
final class RowSink {
    let band: Band
    let builder: UnsafeMutablePointer<RowBuilder>

    init(_ band: Band, _ canonical: consuming CanonicalRow) {
        self.band = band
        unsafe builder = .allocate(capacity: 1)
        unsafe builder.initialize(
            to: RowBuilder(appender: EventAppender(band: band, isForStore: true), canonical: canonical))
    }

    deinit {
        unsafe builder.deinitialize(count: 1)
        unsafe builder.deallocate()
    }
}
