import Columns

extension StateMapping {
    /// Reads the setting `state`: what it says is added to what holds in every store.
    init(_ value: ConfigValue) throws(ConfigError) {
        self = .standard
        for (key, line, value) in try value.members("state") {
            switch key {
            case "objects":
                for element in try value.elements("state.objects") { objects.append(try element.path("an object")) }
            case "rules":
                for element in try value.elements("state.rules") { rules.append(try StateRule(element)) }
            default:
                throw ConfigError(
                    line: line, reason: "unknown setting 'state.\(key)'; there are objects and rules")
            }
        }
    }
}

extension StateRule {
    fileprivate init(_ value: ConfigValue) throws(ConfigError) {
        var texts: [String: ConfigValue] = [:]
        for (key, line, value) in try value.members("a rule of the state") {
            guard ["eventType", "of", "entity", "field", "value"].contains(key) else {
                throw ConfigError(
                    line: line, reason: "unknown '\(key)' in a rule; there are eventType, of, entity, field and value")
            }
            texts[key] = value
        }
        guard let eventType = texts["eventType"], let field = texts["field"], let source = texts["value"] else {
            throw ConfigError(line: value.line, reason: "a rule of the state needs eventType, field and value")
        }
        let name = try texts["of"]?.text("'of'") ?? Scope.service.rawValue
        guard let scope = Scope(rawValue: name) else {
            throw ConfigError(line: value.line, reason: "a rule is of a \"service\" or a \"host\", not '\(name)'")
        }
        self.init(
            eventType: try eventType.text("eventType"), scope: scope,
            entity: try texts["entity"]?.path("the entity"), field: try Self.keys(field),
            value: try source.path("the value"))
    }

    /// `config.{attributes.key}`: keys with dots between, and paths in braces for the texts that stand there.
    private static func keys(_ value: ConfigValue) throws(ConfigError) -> [Key] {
        var keys: [Key] = []
        var rest = try value.text("the field")[...]
        while true {
            if rest.hasPrefix("{") {
                guard let end = rest.firstIndex(of: "}"),
                    let paths = ColumnPath.list(String(rest[rest.index(after: rest.startIndex)..<end])),
                    paths.count == 1
                else { throw ConfigError(line: value.line, reason: "a path in { } is not right") }
                keys.append(.value(of: paths[0]))
                rest = rest[rest.index(after: end)...]
            } else {
                let end = rest.firstIndex(of: ".") ?? rest.endIndex
                guard end > rest.startIndex else {
                    throw ConfigError(line: value.line, reason: "a field has an empty key")
                }
                keys.append(.literal(String(rest[..<end])))
                rest = rest[end...]
            }
            if rest.isEmpty { return keys }
            guard rest.removeFirst() == "." else {
                throw ConfigError(line: value.line, reason: "behind a path in { } a dot must follow, or the end")
            }
        }
    }
}

extension ConfigValue {
    func elements(_ what: String) throws(ConfigError) -> [ConfigValue] {
        guard case .array(let elements) = content else {
            throw ConfigError(line: line, reason: "\(what) must be a list: [ … ]")
        }
        return elements
    }

    func path(_ what: String) throws(ConfigError) -> ColumnPath {
        guard let paths = ColumnPath.list(try text(what)), paths.count == 1, paths[0].keys != [""] else {
            throw ConfigError(line: line, reason: "\(what) must be a path such as \"attributes.key\"")
        }
        return paths[0]
    }

    func flag(_ what: String) throws(ConfigError) -> Bool {
        guard case .bool(let flag) = content else {
            throw ConfigError(line: line, reason: "\(what) must be true or false")
        }
        return flag
    }
}
