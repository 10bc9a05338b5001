/// Something that has state: a service, a service on a host, or a thing there that has a key.
public struct StateEntity: Hashable, Sendable {
    public var service: [UInt8]?
    public var host: [UInt8]?
    public var key: [UInt8]?

    public init(service: [UInt8]?, host: [UInt8]?, key: [UInt8]?) {
        self.service = service
        self.host = host
        self.key = key
    }
}

extension StateEntity: Comparable {
    /// What is missing comes first.
    public static func < (left: StateEntity, right: StateEntity) -> Bool {
        if left.service != right.service { return precedes(left.service, right.service) }
        if left.host != right.host { return precedes(left.host, right.host) }
        return left.key != right.key && precedes(left.key, right.key)
    }

    private static func precedes(_ first: [UInt8]?, _ second: [UInt8]?) -> Bool {
        guard let first else { return true }
        guard let second else { return false }
        return first.lexicographicallyPrecedes(second)
    }
}

/// The entities and fields that changes name, each with a number.
public struct StateKeys: Sendable {
    public private(set) var entities: [StateEntity] = []
    /// The keys of each field's path.
    public private(set) var fields: [[String]] = []
    private var entityNumbers: [StateEntity: Int] = [:]
    private var fieldNumbers: [[String]: Int] = [:]

    public init() {}

    public mutating func number(of entity: StateEntity) -> Int {
        if let known = entityNumbers[entity] { return known }
        entityNumbers[entity] = entities.count
        entities.append(entity)
        return entities.count - 1
    }

    public mutating func number(ofField field: [String]) -> Int {
        if let known = fieldNumbers[field] { return known }
        fieldNumbers[field] = fields.count
        fields.append(field)
        return fields.count - 1
    }

    /// The fields that are known and that a field lies within.
    func fields(around field: Int) -> [Int] {
        let keys = fields[field]
        return (1..<max(1, keys.count)).compactMap { fieldNumbers[Array(keys[..<$0])] }
    }
}
