public import Columns

/// Which field of an entity an event of a type sets, and to what (Docs/State.md).
public struct StateRule: Equatable, Sendable {
    /// Whose field it is.
    public enum Scope: String, Equatable, Sendable, CaseIterable {
        /// The service's, on all its hosts.
        case service
        /// The service's on that host.
        case host
    }

    /// A key of the field's path.
    public enum Key: Equatable, Sendable {
        case literal(String)
        /// The text that the event has there.
        case value(of: ColumnPath)
    }

    public var eventType: String
    public var scope: Scope
    /// Where the event names the entity on the service or host; nil: the field is that of the service or host itself.
    public var entity: ColumnPath?
    public var field: [Key]
    /// Where the new value stands; of an object each leaf is set.
    public var value: ColumnPath

    public init(eventType: String, scope: Scope, entity: ColumnPath? = nil, field: [Key], value: ColumnPath) {
        self.eventType = eventType
        self.scope = scope
        self.entity = entity
        self.field = field
        self.value = value
    }

    /// The rules that hold in every store.
    public static let standard: [StateRule] = [
        StateRule(
            eventType: "config.change", scope: .service,
            field: [.literal("config"), .value(of: ColumnPath(keys: ["attributes", "key"]))],
            value: ColumnPath(keys: ["attributes", "newValue"])),
        StateRule(
            eventType: "deploy", scope: .service, field: [.literal("version")],
            value: ColumnPath(keys: ["attributes", "version"])),
        StateRule(
            eventType: "deploy", scope: .service, field: [.literal("commit")],
            value: ColumnPath(keys: ["attributes", "commit"])),
        StateRule(
            eventType: "topology", scope: .service, field: [.literal("calls")],
            value: ColumnPath(keys: ["state", "calls"])),
    ]

    /// The paths at which it needs values.
    var sources: [ColumnPath] {
        var paths = [value]
        if let entity { paths.append(entity) }
        for case .value(let path) in field { paths.append(path) }
        return paths
    }
}
