extension MaskPolicy {
    /// Reads the setting `mask`.
    init(_ value: ConfigValue) throws(ConfigError) {
        self = .secrets
        var eventTypes: ConfigValue?
        for (key, line, value) in try value.members("mask") {
            switch key {
            case "kinds": try rules.readKinds(value)
            case "fields": try rules.readFields(value)
            case "eventTypes": eventTypes = value
            default:
                throw ConfigError(
                    line: line, reason: "unknown setting 'mask.\(key)'; there are kinds, fields and eventTypes")
            }
        }
        for (eventType, _, value) in try eventTypes?.members("mask.eventTypes") ?? [] {
            var rules = Rules()
            for (key, line, value) in try value.members("the masking of \(eventType)") {
                switch key {
                case "kinds": try rules.readKinds(value)
                case "fields": try rules.readFields(value)
                default:
                    throw ConfigError(
                        line: line,
                        reason: "unknown setting 'mask.eventTypes.\(eventType).\(key)'; there are kinds and fields")
                }
            }
            override(eventType, with: rules)
        }
    }
}

extension MaskPolicy.Rules {
    fileprivate mutating func readKinds(_ value: ConfigValue) throws(ConfigError) {
        for (name, line, value) in try value.members("kinds") {
            guard let kinds = MaskKind.named(name) else {
                throw ConfigError(line: line, reason: "there is no kind '\(name)' to mask; there are \(MaskKind.names)")
            }
            let mode = try Self.mode(value, name)
            for kind in kinds { modes[kind] = mode }
        }
    }

    fileprivate mutating func readFields(_ value: ConfigValue) throws(ConfigError) {
        for (path, line, value) in try value.members("fields") {
            guard !path.isEmpty, !path.hasSuffix(".") else {
                throw ConfigError(line: line, reason: "a field must have a name such as \"user.email\"")
            }
            fields[path] = try Self.mode(value, path)
        }
    }

    private static func mode(_ value: ConfigValue, _ name: String) throws(ConfigError) -> MaskMode {
        let text = try value.text("how \(name) is masked")
        guard let mode = MaskMode(rawValue: text) else {
            throw ConfigError(line: value.line, reason: "there is no mode '\(text)'; there are \(MaskMode.names)")
        }
        return mode
    }
}
