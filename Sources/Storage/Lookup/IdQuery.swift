import Segments

/// An id that is looked for, and the fields that may have it.
public struct IdQuery: Sendable {
    public var key: IdKey
    public var fields: [CanonicalField]

    public init(_ id: String, in fields: [CanonicalField]) {
        key = IdKey(id)
        self.fields = fields
    }

    /// The kinds of the fields; only these are in filters and indexes.
    var kinds: [IdFilterKind] { IdFilterKind.allCases.filter { !$0.fields.allSatisfy { !fields.contains($0) } } }
}
