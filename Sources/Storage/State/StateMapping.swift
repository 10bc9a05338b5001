public import Columns

/// What events say of the state of things: data, so that users add their own (Docs/State.md).
public struct StateMapping: Equatable, Sendable {
    /// Objects in events that say what was changed.
    public var objects: [ColumnPath]
    public var rules: [StateRule]

    public init(objects: [ColumnPath], rules: [StateRule]) {
        self.objects = objects
        self.rules = rules
    }

    public static let standard = StateMapping(objects: [ColumnPath(keys: ["state"])], rules: StateRule.standard)

    /// Fields that tell whose state an event changes, when, and which event it was.
    static let identity: [CanonicalField] = [.service, .host, .eventType, .eventId]

    /// Whether a value there can be, or become part of, a change of state.
    public func bears(_ path: ColumnPath) -> Bool {
        objects.contains { path.begins(with: $0) } || rules.contains { path.begins(with: $0.value) }
    }

    /// Whether reading changes of state needs the values there.
    public func needs(_ path: ColumnPath) -> Bool {
        path == CanonicalField.timestamp.aliasPath || bears(path)
            || Self.identity.contains { $0.path == path || $0.aliasPath == path }
            || rules.contains { $0.sources.contains(path) }
    }
}

extension ColumnPath {
    /// Whether it is another path or leads on from there.
    func begins(with other: ColumnPath) -> Bool { rest(behind: other) != nil }

    /// The keys that lead on from another path; nil when it does not lead there.
    func rest(behind other: ColumnPath) -> [String]? {
        let (keys, first) = (keys, other.keys)
        return keys.starts(with: first) ? Array(keys.dropFirst(first.count)) : nil
    }
}
