import Testing

@testable import Ingest

@Suite("OTLP, Jaeger and Zipkin")
struct TraceFormatTests {
    private func check(_ input: String, _ format: InputFormat, _ expected: [String]) throws {
        #expect(InputFormat.detect(input) == format)
        for chunk in [1...1, 1...7, 1 << 20...1 << 20] {
            #expect(try Transcription(input, format, chunks: chunk).outcomes == expected)
        }
        // On one line or on several, and whatever white space stands in it.
        let spread = input.replacing("{\"", with: "{ \n\"").replacing("},", with: "}\n\t,")
        let lines = try Transcription(spread, format).outcomes.map { try IngestResult($0).lines()[0] }
        #expect(lines == (try expected.map { try IngestResult($0).lines()[0] }))
    }

    private let resource =
        #"{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}},{"key":"host.name","value":{"stringValue":"h"}}]}"#
    private let resourceMember = #""resource":{"service.name":"shop","host.name":"h"}"#

    @Test("OTLP logs")
    func logs() throws {
        try check(
            """
            {"resourceLogs":[{"resource":\(resource),"scopeLogs":[{"scope":{"name":"lib","version":"1"},"logRecords":[\
            {"timeUnixNano":"1544712660300000000","observedTimeUnixNano":1544712660300000001,"severityNumber":17,\
            "traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"","body":{"stringValue":"a \\"b\\""},"attributes":[\
            {"key":"i","value":{"intValue":"10"}},{"key":"d","value":{"doubleValue":637.704}},\
            {"key":"b","value":{"boolValue":true}},{"key":"n","value":{}},\
            {"key":"a","value":{"arrayValue":{"values":[{"stringValue":"x"},{"intValue":2}]}}},\
            {"key":"m","value":{"kvlistValue":{"values":[{"key":"k","value":{"stringValue":"v"}}]}}}],"flags":1},\
            {"observedTimeUnixNano":"1544712660300000000","severityText":"Info","body":{"kvlistValue":{"values":[]}}}]}]}]}
            """, .otlp,
            [
                #"{"timestamp":"2018-12-13T14:51:00.300Z","eventType":"log","service":"shop","host":"h","#
                    + #""traceId":"5b8efff798038103d269b633813fc60c","severity":"ERROR","message":"a \"b\"","attributes":"#
                    + #"{"i":10,"d":637.704,"b":true,"n":null,"a":["x",2],"m":{"k":"v"}},"#
                    + #""observedTimestamp":"2018-12-13T14:51:00.300000001Z","severityNumber":17,"flags":1,"#
                    + resourceMember + #","scope":{"name":"lib","version":"1"}}"#,
                #"{"timestamp":"2018-12-13T14:51:00.300Z","eventType":"log","service":"shop","host":"h","severity":"Info","#
                    + #""body":{},"observedTimestamp":"2018-12-13T14:51:00.300Z","# + resourceMember
                    + #","scope":{"name":"lib","version":"1"}}"#,
            ])
    }

    @Test("OTLP spans, one request on each line")
    func spans() throws {
        try check(
            """
            {"resourceSpans":[{"resource":\(resource),"scopeSpans":[{"spans":[{"traceId":"AB","spanId":"CD","parentSpanId":"EF",\
            "name":"GET /","kind":2,"startTimeUnixNano":"1544712660000000000","endTimeUnixNano":"1544712661000000000",\
            "status":{"code":2,"message":"no"},"attributes":[{"key":"k","value":{"stringValue":"v"}}],"events":[\
            {"timeUnixNano":"1544712660000000001","name":"e"}],"links":[{"traceId":"AA","spanId":"BB"}]}]}]}]}
            {"resourceSpans":[{"scopeSpans":[{"spans":[{"kind":"SPAN_KIND_CLIENT","status":{"code":"STATUS_CODE_OK"}}]}]}]}

            """, .otlp,
            [
                #"{"timestamp":"2018-12-13T14:51:00Z","eventType":"span","service":"shop","host":"h","traceId":"ab","#
                    + #""spanId":"cd","parentSpanId":"ef","duration":1000000000,"status":"ERROR","statusMessage":"no","#
                    + #""name":"GET /","kind":"server","attributes":{"k":"v"},"#
                    + #""events":[{"timestamp":"2018-12-13T14:51:00.000000001Z","name":"e"}],"#
                    + #""links":[{"traceId":"aa","spanId":"bb"}],"# + resourceMember + "}",
                #"{"eventType":"span","status":"OK","kind":"client"}"#,
            ])
    }

    @Test("OTLP metrics: one event for each point")
    func metrics() throws {
        try check(
            """
            {"resourceMetrics":[{"scopeMetrics":[{"metrics":[\
            {"name":"c","unit":"1","sum":{"aggregationTemporality":1,"isMonotonic":true,"dataPoints":[\
            {"asInt":"5","startTimeUnixNano":"1544712660000000000","timeUnixNano":"1544712661000000000"},{"asDouble":1.5}]}},\
            {"name":"h","histogram":{"dataPoints":[{"count":"3","sum":4.5,"bucketCounts":["1","2"],"explicitBounds":[1],\
            "attributes":[{"key":"k","value":{"stringValue":"v"}}]}]}}]}]}]}
            """, .otlp,
            [
                #"{"timestamp":"2018-12-13T14:51:01Z","eventType":"metric","metric":{"name":"c","type":"sum","unit":"1","#
                    + #""aggregationTemporality":1,"isMonotonic":true},"value":5,"startTimestamp":"2018-12-13T14:51:00Z"}"#,
                #"{"eventType":"metric","metric":{"name":"c","type":"sum","unit":"1","aggregationTemporality":1,"#
                    + #""isMonotonic":true},"value":1.5}"#,
                #"{"eventType":"metric","metric":{"name":"h","type":"histogram"},"count":3,"sum":4.5,"#
                    + #""bucketCounts":["1","2"],"explicitBounds":[1],"attributes":{"k":"v"}}"#,
            ])
    }

    @Test("Jaeger's traces, whose processes stand behind the spans")
    func jaeger() throws {
        try check(
            """
            {"data":[{"traceID":"0AB","spans":[{"traceID":"0AB","spanID":"01","operationName":"op","references":[\
            {"refType":"CHILD_OF","traceID":"0AB","spanID":"02"}],"startTime":1544712660000001,"duration":7,"tags":[\
            {"key":"span.kind","type":"string","value":"server"},{"key":"error","type":"bool","value":true}],"logs":[\
            {"timestamp":1544712660000002,"fields":[{"key":"event","type":"string","value":"x"}]}],"processID":"p1",\
            "warnings":null}],"processes":{"p1":{"serviceName":"shop","tags":[{"key":"hostname","value":"h"}]}}}],"total":0}
            """, .jaeger,
            [
                #"{"timestamp":"2018-12-13T14:51:00.000001Z","eventType":"span","service":"shop","host":"h","traceId":"0ab","#
                    + #""spanId":"01","parentSpanId":"02","duration":7000,"status":"ERROR","name":"op","kind":"server","#
                    + #""attributes":{"span.kind":"server","error":true},"resource":{"hostname":"h"},"#
                    + #""events":[{"timestamp":"2018-12-13T14:51:00.000002Z","attributes":{"event":"x"}}],"#
                    + #""references":[{"refType":"CHILD_OF","traceID":"0AB","spanID":"02"}],"warnings":null}"#
            ])
    }

    @Test("Zipkin's spans, in an array or in an array for each trace")
    func zipkin() throws {
        let span =
            #"{"traceId":"5982fe77008310cc","parentId":"90394f6bcffb5d13","id":"67fae42571535f60","kind":"SERVER","#
            + #""name":"/m/n","timestamp":1516781775726000,"duration":26000,"localEndpoint":{"serviceName":"cat","port":80},"#
            + #""tags":{"error":"x"},"annotations":[{"timestamp":1516781775726001,"value":"foo"}],"shared":true}"#
        let event =
            #"{"timestamp":"2018-01-24T08:16:15.726Z","eventType":"span","service":"cat","traceId":"5982fe77008310cc","#
            + #""spanId":"67fae42571535f60","parentSpanId":"90394f6bcffb5d13","duration":26000000,"status":"ERROR","#
            + #""name":"/m/n","kind":"SERVER","attributes":{"error":"x"},"#
            + #""events":[{"timestamp":"2018-01-24T08:16:15.726001Z","name":"foo"}],"#
            + #""localEndpoint":{"serviceName":"cat","port":80},"shared":true}"#
        try check("[\(span),\(span)]", .zipkin, [event, event])
        try check("[[\(span)],[\(span)]]", .zipkin, [event, event])
    }
}
