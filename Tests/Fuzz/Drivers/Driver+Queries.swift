import TimeQL

extension Driver {
    /// Any text: what is read as a query is written so that it is read as the same query.
    static let queries = Driver(
        name: "queries",
        summary: "TimeQL of any bytes; a query is written as the same query, an error points into its text"
    ) { input in
        let text = String(decoding: input.rest, as: UTF8.self)
        let query: Query
        do throws(QueryError) {
            query = try Query(text)
        } catch {
            require(0 <= error.range.start && error.range.start <= error.range.end, "the range is turned around")
            require(error.range.end <= text.utf8.count, "the error points behind the text")
            require(!error.report(in: text).isEmpty, "no report")
            return
        }
        let written = query.description
        do throws(QueryError) {
            let again = try Query(written).description
            require(again == written, "\(written) is read as \(again)")
        } catch {
            fatalError("\(written) cannot be read: \(error.message)")
        }
        guard case .timeline(let statement) = query.statement, let period = statement.period else { return }
        for now in [0, 1_772_620_200_000_000_000, Int64.min, Int64.max] {
            _ = try? TimeContext(now: now).resolve(period)
        }
    }
}
