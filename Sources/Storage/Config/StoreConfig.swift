public import Columns
public import Files

/// The settings of a store, from its `traversion.json`. What is not there has its default.
public struct StoreConfig: Equatable, Sendable {
    public var tiers = TierPolicy.standard
    public var retention = RetentionPolicy()
    /// Where the cold tier lies when it is not beside the others.
    public var coldDirectory: String?
    /// Canonical fields and the paths they are taken from.
    public var fields: [(field: String, path: String)] = []

    /// What events say of the state of things.
    public var state = StateMapping.standard

    /// What of the cold tier is kept; nil: everything.
    public var sampling: SamplingPolicy?

    /// What is masked before it is stored.
    public var mask = MaskPolicy.secrets

    /// What the numbers of fields count.
    public var units: [ColumnPath: FieldUnit] = [:]

    /// Whether whoever seals live events writes keyframes, too.
    public var keepsKeyframes = true

    public init() {}

    public static func == (left: StoreConfig, right: StoreConfig) -> Bool {
        left.tiers == right.tiers && left.retention == right.retention && left.coldDirectory == right.coldDirectory
            && left.fields.elementsEqual(right.fields) { $0 == $1 } && left.state == right.state
            && left.sampling == right.sampling
            && left.mask == right.mask && left.units == right.units && left.keepsKeyframes == right.keepsKeyframes
    }

    /// What `init` writes: the defaults, explained.
    public static let template = """
        // Settings of this Traversion store. Comments and commas behind the last element are fine.
        {
          // When a window's segments are rewritten smaller, counted from the window's end: 90m, 36h, 7d, 4w.
          "tiers": { "warmAfter": "1d", "coldAfter": "7d" },

          // The cold tier may lie on another, larger disk.
          "coldDirectory": null,

          // How long events are kept; null: for ever. Single services and event types may be kept shorter.
          "retention": {
            "default": null,
            "services": {},      // "debug-proxy": "7d"
            "eventTypes": {},    // "metric": "30d"
            "keepState": true,   // of what is removed, the state that it had set last
            "forgetBy": []       // "user.id": and of that state's events these fields, so that 'forget' finds it by them
          },

          // What events say of the state of things, beside what is known (Docs/State.md).
          "state": {
            "objects": [],       // "changes"
            "rules": []          // { "eventType": "scaled", "of": "service", "field": "replicas", "value": "to" }
          },

          // Whether 'append' writes keyframes, too, when enough has changed; else only 'checkpoint' does.
          "keyframes": { "whenSealing": true },

          // The part of all traces that the cold tier keeps, such as 0.1; null: all. Errors, traces with an anomaly
          // and what bears state are always kept. See Docs/Operations.md.
          "sampling": { "cold": null, "anomalyFields": ["anomaly"] },

          // Where events have fields, when they have them under names that are not known: "timestamp": "when.at".
          "fields": {},

          // What the numbers of fields count, for comparisons such as cpu > 80%: percent, fraction, ns, us, ms, s, min,
          // h, d, B, kB, MB, GB, TB, KiB, MiB, GiB, TiB. Names such as durationMs and sizeBytes say it themselves.
          "units": {},           // "state.cpu": "percent"

          // What is masked before it is stored: redact, hash, drop or keep. See Docs/Masking.md.
          "mask": {
            "kinds": { "secrets": "redact" },  // "email": "hash", "card": "redact", also nationalId, phone, ip
            "fields": {},                      // "user.email": "hash"
            "eventTypes": {}                   // "login": { "kinds": { "ip": "keep" }, "fields": {} }
          }
        }

        """

    /// Reads the file of a store; a store without one has the defaults.
    public static func read(_ paths: StorePaths, in fileSystem: any FileSystem) throws(StoreError) -> StoreConfig {
        let bytes: [UInt8]
        do {
            bytes = try fileSystem.readAll(paths.config)
        } catch {
            if error.kind == .notFound { return StoreConfig() }
            throw .file(error)
        }
        do throws(ConfigError) {
            return try StoreConfig(bytes)
        } catch {
            throw .invalid("\(paths.config), \(error)")
        }
    }

    public init(_ bytes: [UInt8]) throws(ConfigError) {
        let root = try ConfigParser.parse(bytes)
        for (key, line, value) in try root.members("the settings") {
            switch key {
            case "tiers": try readTiers(value)
            case "coldDirectory": coldDirectory = try value.optionalText("coldDirectory")
            case "retention": try readRetention(value)
            case "fields":
                for (field, _, path) in try value.members("fields") {
                    fields.append((field, try path.text("the path of \(field)")))
                }
            case "sampling": sampling = try SamplingPolicy.read(value)
            case "state": state = try StateMapping(value)
            case "keyframes": try readKeyframes(value)
            case "mask": mask = try MaskPolicy(value)
            case "units":
                for (field, line, unit) in try value.members("units") {
                    guard let paths = ColumnPath.list(field), paths.count == 1, !field.isEmpty else {
                        throw ConfigError(line: line, reason: "'\(field)' must be a path such as \"state.cpu\"")
                    }
                    units[paths[0]] = try FieldUnit(unit, of: field)
                }
            default:
                throw ConfigError(
                    line: line,
                    reason:
                        "unknown setting '\(key)'; there are tiers, coldDirectory, retention, sampling, fields, state, keyframes, units and mask"
                )
            }
        }
    }

    private mutating func readTiers(_ value: ConfigValue) throws(ConfigError) {
        for (key, line, value) in try value.members("tiers") {
            switch key {
            case "warmAfter": tiers.warmAfter = try value.duration(key)
            case "coldAfter": tiers.coldAfter = try value.duration(key)
            default:
                throw ConfigError(
                    line: line, reason: "unknown setting 'tiers.\(key)'; there are warmAfter and coldAfter")
            }
        }
        guard tiers.warmAfter <= tiers.coldAfter else {
            throw ConfigError(line: value.line, reason: "warmAfter is longer than coldAfter")
        }
    }

    private mutating func readKeyframes(_ value: ConfigValue) throws(ConfigError) {
        for (key, line, value) in try value.members("keyframes") {
            guard key == "whenSealing" else {
                throw ConfigError(line: line, reason: "unknown setting 'keyframes.\(key)'; there is whenSealing")
            }
            keepsKeyframes = try value.flag("keyframes.whenSealing")
        }
    }

    private mutating func readRetention(_ value: ConfigValue) throws(ConfigError) {
        for (key, line, value) in try value.members("retention") {
            switch key {
            case "default": retention.age = value.content == .null ? nil : try value.duration("retention.default")
            case "services": retention.serviceAges = try value.durations("retention.services")
            case "eventTypes": retention.eventTypeAges = try value.durations("retention.eventTypes")
            case "keepState": retention.keepsState = try value.flag("retention.keepState")
            case "forgetBy":
                retention.forgetFields = []
                for element in try value.elements("retention.forgetBy") {
                    retention.forgetFields.append(try element.text("a field"))
                }
            default:
                throw ConfigError(
                    line: line,
                    reason:
                        "unknown setting 'retention.\(key)'; there are default, services, eventTypes, keepState and forgetBy"
                )
            }
        }
    }
}

extension ConfigValue {
    func members(_ what: String) throws(ConfigError) -> [(key: String, line: Int, value: ConfigValue)] {
        guard case .object(let members) = content else {
            throw ConfigError(line: line, reason: "\(what) must be an object: { … }")
        }
        return members
    }

    func text(_ what: String) throws(ConfigError) -> String {
        guard case .string(let text) = content, !text.isEmpty else {
            throw ConfigError(line: line, reason: "\(what) must be a text in double quotes")
        }
        return text
    }

    func optionalText(_ what: String) throws(ConfigError) -> String? {
        content == .null ? nil : try text(what)
    }

    func duration(_ what: String) throws(ConfigError) -> Int64 {
        guard let nanoseconds = TimeSpan.nanoseconds(try text(what)) else {
            throw ConfigError(line: line, reason: "\(what) must be a time such as 90m, 36h, 7d or 4w")
        }
        return nanoseconds
    }

    func durations(_ what: String) throws(ConfigError) -> [String: Int64] {
        var durations: [String: Int64] = [:]
        for (key, _, value) in try members(what) { durations[key] = try value.duration("\(what).\(key)") }
        return durations
    }
}

/// Spans of time as people write them.
public enum TimeSpan {
    private static let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]

    /// `90m`, `36h`, `7d`, `4w`, `30s` in nanoseconds.
    public static func nanoseconds(_ text: String) -> Int64? {
        guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()), count >= 0 else {
            return nil
        }
        let (product, overflow) = count.multipliedReportingOverflow(by: unit * 1_000_000_000)
        return overflow ? nil : product
    }
}
