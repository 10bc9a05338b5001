/// The last change of each field of each entity.
///
/// Later is what happened later; of changes at one time that which came in later. The order in which they are added does
/// not matter, and one that is added twice counts once.
public struct StateFold<Payload> {
    /// A field of an entity, by their numbers in ``StateKeys``.
    public struct Key: Hashable {
        public var entity: Int
        public var field: Int
    }

    public struct Value {
        public var time: Int64
        public var sequence: UInt64
        /// What the caller wants to know of it.
        public var payload: Payload
    }

    public private(set) var values: [Key: Value] = [:]

    public init() {}

    mutating func removeAll(where isUnwanted: (Key, Value) -> Bool) {
        values = values.filter { !isUnwanted($0.key, $0.value) }
    }

    public mutating func add(_ change: StateChange, time: Int64, sequence: UInt64, payload: @autoclosure () -> Payload)
    {
        add(
            Key(entity: change.entity, field: change.field), time: time, sequence: sequence, payload: payload())
    }

    public mutating func add(_ key: Key, time: Int64, sequence: UInt64, payload: @autoclosure () -> Payload) {
        if let known = values[key], (known.time, known.sequence) >= (time, sequence) { return }
        values[key] = Value(time: time, sequence: sequence, payload: payload())
    }
}
