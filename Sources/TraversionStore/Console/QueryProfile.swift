import Execution
import Files

/// What a query did, as a trace that browsers show (the Trace Event Format, in JSON).
struct QueryProfile {
    let path: String
    let recorder = QueryRecorder(SystemClock(), keepsSpans: true)

    init(_ path: String) { self.path = path }

    func write() throws(CommandFailure) {
        let file = try SegmentFile.begin(path, isForced: true)
        do { try file.append(Array(text.utf8)) } catch { throw CommandFailure(error) }
        try SegmentFile.publish(file)
    }

    /// Times are microseconds since the first span began.
    var text: String {
        let (spans, lostCount) = recorder.spans
        let origin = spans.map(\.start).min() ?? 0
        var events = Set(spans.map(\.thread)).sorted().map { thread in
            #"{"name":"thread_name","ph":"M","pid":1,"tid":\#(thread),"args":{"name":"\#(Self.name(of: thread))"}}"#
        }
        // Those that hold others come first.
        for span in spans.sorted(by: { ($0.thread, $0.start, $1.end) < ($1.thread, $1.start, $0.end) }) {
            let facts = span.facts.map { "\(JSONLine.quoted($0.name)):\($0.value.json)" }
            events.append(
                #"{"name":\#(JSONLine.quoted(span.name)),"cat":"query","ph":"X","pid":1,"tid":\#(span.thread),"#
                    + #""ts":\#(Self.microseconds(span.start - origin)),"#
                    + #""dur":\#(Self.microseconds(span.end - span.start)),"args":{\#(facts.joined(separator: ","))}}"#)
        }
        return #"{"traceEvents":[\#(events.joined(separator: ",\n"))],"displayTimeUnit":"ms","#
            + #""otherData":{"lostSpans":\#(lostCount)}}"# + "\n"
    }

    private static func name(of thread: Int) -> String { thread == 0 ? "asking" : "worker \(thread)" }

    private static func microseconds(_ nanoseconds: Int64) -> Double { Double(nanoseconds) / 1000 }
}
