import Traversion

/// The example of Docs/Engine.md, word for word: between the two marks.
enum EngineExample {
    static func run(in folder: String) throws -> [String] {
        var shown: [String] = []
        func print(_ text: String) { shown.append(text) }
        // example
        let engine = try Engine(creating: folder)

        let lines = """
            {"timestamp":"2026-03-02T03:46:00Z","service":"api","host":"a","state":{"cpu":91}}
            {"timestamp":"2026-03-02T03:46:05Z","service":"api","status":503,"message":"no answer"}
            {"timestamp":"2026-03-02T03:46:09Z","service":"cart","status":200}
            no event

            """
        let acknowledgement = try engine.append(Array(lines.utf8))
        print("\(acknowledgement.eventCount) durable, \(acknowledgement.rejected.count) refused")

        var counts = try engine.query("TIMELINE COUNT BY service")
        while let row = try counts.next() {
            guard case .text(let service) = row[0], case .integer(let count) = row[1] else { continue }
            print("\(service): \(count)")
        }

        var settings = QuerySettings()
        settings.now = .newestEvent
        var errors = try engine.query(
            "TIMELINE LAST 1 hour WHERE service = $name AND error_occurred",
            parameters: ["name": "api"], options: settings)
        while let row = try errors.next() {
            guard case .literal(let event) = row[0] else { continue }
            print(event)
        }

        do {
            _ = try engine.query("TIMELINE WHERE servce = 'api'")
        } catch .query(let error, let statement) {
            print(error.report(in: statement))
        }

        try engine.close()
        // end
        return shown
    }
}
