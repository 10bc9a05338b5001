import Ingest
import Storage

/// How events are taken in, where it is to differ from the settings of the store.
public struct AppendSettings: Sendable {
    /// What is masked before it is written, as in `secrets,email=hash`; nil: what the store's settings say.
    public var mask: String?
    /// Where events have their fields, before what the store's settings say: `timestamp=@t,service=app.name`.
    public var fields: String?
    /// How long events stand in the log before they are put into segments, in nanoseconds; nil: a minute.
    public var nanosecondsUntilSealed: Int64?

    public init(mask: String? = nil, fields: String? = nil, nanosecondsUntilSealed: Int64? = nil) {
        self.mask = mask
        self.fields = fields
        self.nanosecondsUntilSealed = nanosecondsUntilSealed
    }

    func options(_ config: StoreConfig) throws(EngineError) -> LiveOptions {
        var options = LiveOptions()
        options.mask = config.mask
        options.keyframes = config.keepsKeyframes ? config.state : nil
        if let nanosecondsUntilSealed { options.nanosecondsPerLog = nanosecondsUntilSealed }
        if let mask, let mistake = options.mask.take(mask) { throw .invalid("mask: \(mistake)") }
        options.mapping = (config.fields.map { "\($0)=\($1)" } + [fields ?? ""])
            .filter { !$0.isEmpty }.joined(separator: ",")
        return options
    }
}
