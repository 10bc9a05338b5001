/// A condition whose fields are known and whose values are what they are compared with.
indirect enum BoundPredicate: Hashable, Sendable {
    case all([BoundPredicate])
    case any([BoundPredicate])
    case not(BoundPredicate)
    case constant(Bool)
    case test(BoundField, ValueTest)

    /// Every field that is looked at.
    var fields: Set<BoundField> {
        switch self {
        case .all(let parts), .any(let parts): parts.reduce(into: []) { $0.formUnion($1.fields) }
        case .not(let part): part.fields
        case .constant: []
        case .test(let field, _): [field]
        }
    }

    /// An event of type error, of severity ERROR or worse, or with a failing status.
    static var failing: BoundPredicate {
        .any([
            .test(BoundField(.eventType), .text(.equal, Array("error".utf8))),
            .test(BoundField(.severity), .severity(.atLeast, .error)),
            .test(BoundField(.status), .failure),
        ])
    }
}
