/// A condition whose fields are known and whose values are what they are compared with.
indirect enum BoundPredicate {
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
}
