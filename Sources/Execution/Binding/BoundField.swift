import Columns
import Storage

/// A field of events: the first of some paths that an event has.
struct BoundField: Hashable {
    var name: String
    var paths: [ColumnPath]
    var canonical: CanonicalField?
    /// Its values show as their patterns: see ``MessagePatterns``.
    var showsPatterns = false

    static let timestamp = BoundField(
        name: CanonicalField.timestamp.rawValue, paths: [CanonicalField.timestamp.aliasPath], canonical: .timestamp)
    /// The kinds of messages.
    static var messagePattern: BoundField {
        var field = BoundField(.message)
        field.showsPatterns = true
        return field
    }

    static let eventId = BoundField(.eventId)

    init(name: String, paths: [ColumnPath], canonical: CanonicalField?) {
        self.name = name
        self.paths = paths
        self.canonical = canonical
    }

    /// One that no convention knows; the first path says what it is called.
    init(_ paths: [ColumnPath]) {
        self.init(name: paths[0].keys.joined(separator: "."), paths: paths, canonical: nil)
    }

    init(_ field: CanonicalField) {
        self.init(name: field.rawValue, paths: [field.aliasPath, field.path], canonical: field)
    }
}
