/// A date and a time of day as a text shows them.
struct CivilTime: Equatable {
    /// Nil when the text has none.
    var year: Int?
    var month: Int
    var day: Int
    var secondOfDay = 0
    var nanosecond = 0
    /// East of Greenwich; nil when the text has no zone.
    var offsetSeconds: Int?
}
