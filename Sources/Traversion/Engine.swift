import Execution
import Files
public import Ingest
import Storage

/// A store that is open: for questions, and perhaps for appends.
///
///     let engine = try Engine(opening: "traversion-data", for: .appending())
///     _ = try engine.append(Array(#"{"timestamp":"2026-03-02T00:00:00Z","service":"api"}"#.utf8))
///     var result = try engine.query("TIMELINE COUNT BY service")
///     while let row = try result.next() { print(row) }
///     try engine.close()
///
/// Any thread may use it, and several at once. Any number of engines, in this process and in others, may have one store
/// open at the same time, for appends too.
public final class Engine: Sendable {
    /// What a store is opened for.
    public enum Access: Sendable {
        /// Questions only.
        case reading
        /// Questions and ``Engine/append(_:)``.
        case appending(AppendSettings = AppendSettings())
    }

    let store: Store
    let config: StoreConfig
    private let appender: LiveAppender?
    /// Numbers that segments gave: a quarter of what a question may take.
    private let cache = ResultCache(byteLimit: QuerySettings().memoryByteLimit / 4)
    private let newest = Monitor<StoreView?>(nil)

    /// Opens the store in a directory.
    public convenience init(opening path: String, for access: Access = .reading) throws(EngineError) {
        let store: Store
        do { store = try StoreFolder.open(path) } catch { throw .store(error) }
        try self.init(store, for: access)
    }

    /// Makes a store in a directory that is not there or empty, and opens it.
    public convenience init(creating path: String, for access: Access = .appending()) throws(EngineError) {
        let store: Store
        do { store = try StoreFolder.create(path) } catch { throw .store(error) }
        try self.init(store, for: access)
    }

    /// An engine over a store that somebody else has opened.
    package init(_ store: Store, for access: Access = .reading) throws(EngineError) {
        self.store = store
        do throws(StoreError) { config = try StoreConfig.read(store.paths, in: store.fileSystem) } catch {
            throw .store(error)
        }
        switch access {
        case .reading: appender = nil
        case .appending(let settings):
            let options = try settings.options(config)
            do throws(StoreError) { appender = try LiveAppender(store, options: options) } catch {
                throw .store(error)
            }
        }
    }

    /// What was found of appends whose process died, and taken into the store; nil when it was opened to be read.
    package var recovery: LogRecovery.Result? { appender?.recovery }

    // MARK: Appending

    /// Appends JSON lines, each of which is an event or empty, and returns when they are durable. From then on every
    /// question that is asked finds them. Lines that are no events are left out, and told.
    ///
    /// Calls from several threads share what it takes to make them durable. At most 32 MiB a call.
    public func append(_ lines: [UInt8]) throws(EngineError) -> Acknowledgement {
        guard let appender else { throw .notOpenForAppends }
        do throws(StoreError) { return try appender.append(lines) } catch { throw .store(error) }
    }

    /// Ends appending: what was acknowledged moves from the log into segments. Further appends fail; questions go on.
    ///
    /// A process that ends without it loses nothing: whoever opens the store for appends next does it then.
    public func close() throws(EngineError) {
        do throws(StoreError) { try appender?.close() } catch { throw .store(error) }
    }

    // MARK: Asking

    /// The store as it is now, with all that was acknowledged before.
    ///
    /// While nothing has changed it is the same view, whose files are open already. The engine keeps the view that it
    /// gave last: files that the store needs no more stay until the next one is asked for.
    public func view() throws(EngineError) -> StoreView {
        let snapshot: Snapshot
        do throws(StoreError) { snapshot = try store.snapshot() } catch { throw .store(error) }
        return newest.change { newest in
            if let newest, newest.isOf(snapshot) { return newest }
            cache.forget(notIn: snapshot)
            let view = StoreView(snapshot, config, cache)
            newest = view
            return view
        }
    }

    /// Asks the store as it is now. See ``StoreView/query(_:parameters:options:)``.
    public func query(
        _ statement: String, parameters: [String: String] = [:], options: QuerySettings = QuerySettings()
    ) throws(EngineError) -> QueryResult {
        try view().query(statement, parameters: parameters, options: options)
    }

    /// Tells how the store as it is now would answer. See ``StoreView/explain(_:parameters:options:isAnalysis:)``.
    public func explain(
        _ statement: String, parameters: [String: String] = [:], options: QuerySettings = QuerySettings(),
        isAnalysis: Bool = false
    ) throws(EngineError) -> QueryResult {
        try view().explain(statement, parameters: parameters, options: options, isAnalysis: isAnalysis)
    }

    /// How much the store holds now.
    public func statistics() throws(EngineError) -> StoreStatistics { try view().statistics }

    // MARK: Jobs

    /// Writes down what was true at some times, so that `STATE` is answered at once however long the history is; how
    /// many keyframes that took. Nil: another process is at it.
    @discardableResult
    public func checkpoint() throws(EngineError) -> Int? {
        do throws(StoreError) { return try store.checkpoint(config.state)?.keyframeCount } catch {
            throw .store(error)
        }
    }
}
