public import Columns

/// Entities by number. Their texts are kept once as far as they are those of neighbours.
public struct StateEntities: Sendable {
    /// The places of an entity's texts; −1 for what is missing.
    struct Entity: Equatable {
        var service: Int32
        var host: Int32
        var key: Int32
    }

    /// Each once.
    public internal(set) var services = DistinctTexts()
    public internal(set) var hosts = DistinctTexts()
    public internal(set) var keys = StringVector()
    private(set) var entities: [Entity] = []

    mutating func append(_ entity: Entity) { entities.append(entity) }

    mutating func removeLast() { entities.removeLast() }

    public var count: Int { entities.count }

    public subscript(number: Int) -> StateEntity {
        let entity = entities[number]
        func text(_ texts: StringVector, _ place: Int32) -> [UInt8]? { place < 0 ? nil : Array(texts[Int(place)]) }
        return StateEntity(
            service: text(services.texts, entity.service), host: text(hosts.texts, entity.host),
            key: text(keys, entity.key))
    }

    /// Which of the entities have a key.
    public func have(key: [UInt8]) -> [Bool] {
        entities.map { $0.key >= 0 && keys[Int($0.key)].elementsEqual(key) }
    }

    // Of each of some entities, the place of its text.

    public func servicePlaces(_ numbers: [Int32]) -> [Int32] { numbers.map { entities[Int($0)].service } }
    public func hostPlaces(_ numbers: [Int32]) -> [Int32] { numbers.map { entities[Int($0)].host } }
    public func keyPlaces(_ numbers: [Int32]) -> [Int32] { numbers.map { entities[Int($0)].key } }
}

/// Texts by number, none of them twice.
public struct DistinctTexts: Sendable {
    public private(set) var texts = StringVector()
    private var numbers: [[UInt8]: Int32] = [:]

    mutating func number(of text: [UInt8]) -> Int32 {
        if let known = numbers[text] { return known }
        let number = Int32(texts.count)
        numbers[text] = number
        texts.append(text)
        return number
    }
}
