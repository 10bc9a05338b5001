import Execution
import Files
import Storage
import TimeQL
import Times

/// A store as it was at one moment. Whatever is written or removed meanwhile, all questions to one view are answered
/// from the same events, and its files stay for as long as it is held.
public final class StoreView: Sendable {
    private let pool: ReaderPool
    private let config: StoreConfig
    private let cache: ResultCache
    /// The time of the newest event, once somebody has asked for it.
    private let newestTime = Monitor<Int64??>(nil)

    init(_ snapshot: Snapshot, _ config: StoreConfig, _ cache: ResultCache) {
        self.cache = cache
        pool = ReaderPool(snapshot)
        self.config = config
    }

    /// Whether another snapshot holds the same.
    func isOf(_ snapshot: Snapshot) -> Bool {
        pool.snapshot.state.number == snapshot.state.number && pool.snapshot.logs == snapshot.logs
    }

    /// Answers a question in TimeQL (Docs/TimeQL.md).
    ///
    /// - Parameter parameters: what `$name` stands for in the statement.
    public func query(
        _ statement: String, parameters: [String: String] = [:], options: QuerySettings = QuerySettings()
    ) throws(EngineError) -> QueryResult {
        let query: Query
        do throws(QueryError) { query = try Query(statement) } catch { throw .query(error, statement: statement) }
        return try answer(query, statement, parameters, options)
    }

    /// Tells how a question would be answered; an analysis answers it, and tells what that took.
    ///
    /// - Parameter statement: the question, without `EXPLAIN`.
    public func explain(
        _ statement: String, parameters: [String: String] = [:], options: QuerySettings = QuerySettings(),
        isAnalysis: Bool = false
    ) throws(EngineError) -> QueryResult {
        try query(
            "EXPLAIN " + (isAnalysis ? "ANALYZE " : "") + statement, parameters: parameters, options: options)
    }

    private func answer(
        _ query: Query, _ statement: String, _ parameters: [String: String], _ options: QuerySettings
    ) throws(EngineError) -> QueryResult {
        let files = LocalFileSystem()
        guard var zone = TimeZoneRules(options.timeZone, files: files) else {
            throw .invalid("'\(options.timeZone)' is no time zone")
        }
        if let named = query.timeZone {
            guard let rules = TimeZoneRules(named.name, files: files) else {
                let error = QueryError(
                    .name, "'\(named.name)' is no time zone", at: named.range,
                    hint: "give an offset such as +02:00, or a name such as Europe/Berlin")
                throw .query(error, statement: statement)
            }
            zone = rules
        }
        let context = TimeContext(now: try now(options.now), zone: zone, parameters: parameters)
        var execution = options.execution
        // An analysis is to tell what answering takes.
        if options.usesResultCache, query.explanation == nil { execution.resultCache = cache }
        do throws(ExecutionError) {
            let answer = try Answer(
                query, over: pool, context: context, mapping: config.state, units: config.units,
                options: execution)
            return QueryResult(answer, of: statement)
        } catch {
            throw EngineError(error, statement)
        }
    }

    private func now(_ now: QuerySettings.Now) throws(EngineError) -> Int64 {
        let clock = pool.snapshot.store.clock
        switch now {
        case .clock: return clock.now
        case .time(let time): return time
        // The end of a period is not in it, and the newest event is to be.
        case .newestEvent: return try newestEventTime().map { $0 + 1 } ?? clock.now
        }
    }

    /// The time of the newest event, in nanoseconds since 1970; nil when there is none.
    package func newestEventTime() throws(EngineError) -> Int64? {
        do throws(StoreError) {
            return try newestTime.change { (known) throws(StoreError) in
                if let known { return known }
                let found = try pool.snapshot.newestTime()
                known = .some(found)
                return found
            }
        } catch {
            throw .store(error)
        }
    }

    /// The names that fields have in questions, ascending.
    package func fieldNames() throws(EngineError) -> [String] {
        do throws(StoreError) { return try pool.fieldNames() } catch { throw .store(error) }
    }

    /// How much there is.
    public var statistics: StoreStatistics { StoreStatistics(pool.snapshot) }
}
