import Columns

/// A band, and what turns events into its rows.
final class RowSink {
    let band: Band
    var appender: EventAppender
    let canonical: CanonicalRow

    init(_ band: Band, _ canonical: CanonicalRow) {
        self.band = band
        appender = EventAppender(band: band, isForStore: true)
        self.canonical = canonical
    }
}
