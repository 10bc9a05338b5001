import Testing

@testable import Ingest

@Suite("Log lines")
struct TextFormatTests {
    private func check(_ input: String, _ format: InputFormat, _ expected: [String], isFound: Bool = true) throws {
        if isFound { #expect(InputFormat.detect(input) == format) }
        for chunk in [1...1, 1...7, 1 << 20...1 << 20] {
            #expect(try Transcription(input, format, chunks: chunk).outcomes == expected)
        }
    }

    @Test(
        "a time in any of the usual shapes begins an event",
        arguments: [
            (
                "2015-07-29 17:41:44,747 - INFO  [Peer[myid=1]/0:0:0:2181:X@774] - Notification time out: 3200",
                "2015-07-29T17:41:44.747Z", "INFO",
                "INFO  [Peer[myid=1]/0:0:0:2181:X@774] - Notification time out: 3200",
                ""
            ),
            (
                "[Sun Dec 04 04:47:44 2005] [error] mod_jk child", "2005-12-04T04:47:44Z", "ERROR",
                "[error] mod_jk child",
                ""
            ),
            (
                "- 1117838570 2005.06.03 R02 RAS KERNEL INFO cache", "2005-06-03T22:42:50Z", "INFO",
                "2005.06.03 R02 RAS KERNEL INFO cache", "-"
            ),
            (
                "081109 203615 148 INFO dfs.DataNode: x", "2008-11-09T20:36:15Z", "INFO", "148 INFO dfs.DataNode: x", ""
            ),
            (
                "20171223-22:15:29:606|Step_LSC|30002312|on 3579", "2017-12-23T22:15:29.606Z", nil,
                "Step_LSC|30002312|on 3579", ""
            ),
            (
                "[10.30 16:49:06] chrome.exe - proxy:5070 HTTPS", "2025-10-30T16:49:06Z", nil,
                "chrome.exe - proxy:5070 HTTPS", ""
            ),
            (
                "17/06/09 20:10:40 INFO spark.SecurityManager: x", "2017-06-09T20:10:40Z", "INFO",
                "INFO spark.SecurityManager: x", ""
            ),
            (
                "03-17 16:13:38.811  1702  2395 D WindowManager: x", "2026-03-17T16:13:38.811Z", "DEBUG",
                "1702  2395 D WindowManager: x", ""
            ),
            (
                "2016-09-28 04:30:30, Info                  CBS    Loaded", "2016-09-28T04:30:30Z", "INFO",
                "Info                  CBS    Loaded", ""
            ),
            (
                "n.log.1.2017-05-16_13:53:08 2017-05-16 00:00:00.008 25746 INFO nova [req-1 -] x",
                "2017-05-16T00:00:00.008Z",
                "INFO", "25746 INFO nova [req-1 -] x", "n.log.1.2017-05-16_13:53:08"
            ),
            (
                "134681 node-246 unix.hw state_change.unavailable 1077804742 1 Component", "2004-02-26T14:12:22Z", nil,
                "1 Component", "134681 node-246 unix.hw state_change.unavailable"
            ),
            ("2026-01-02T03:04:05.123456789+02:00 x", "2026-01-02T01:04:05.123456789Z", nil, "x", ""),
        ] as [(String, String, String?, String, String)])
    func heads(line: String, timestamp: String, severity: String?, message: String, prefix: String) throws {
        let severityMember = severity.map { "\"severity\":\"\($0)\"," } ?? ""
        let attributes = prefix.isEmpty ? "" : ",\"attributes\":{\"prefix\":\"\(prefix)\"}"
        let event = "{\"timestamp\":\"\(timestamp)\",\(severityMember)\"message\":\"\(message)\"\(attributes)}"
        try check("\(line)\n\(line)\r\n", .text, [event, event])
    }

    @Test("lines without a time belong to the event before them, those before the first are told")
    func continuation() throws {
        try check(
            "junk\n\n2015-07-29 17:41:41 ERROR x\n\tat a\n\n\tat b\r\n2015-07-29 17:41:42 y\n\n", .text,
            [
                "line 1 byte 0 noTimestamp: junk\n",
                #"{"timestamp":"2015-07-29T17:41:41Z","severity":"ERROR","message":"ERROR x\n\tat a\n\n\tat b"}"#,
                #"{"timestamp":"2015-07-29T17:41:42Z","message":"y"}"#,
            ])
        let line = "\t" + String(repeating: "x", count: 99_998) + "\n"
        let long = "2015-07-29 17:41:41 x\n" + String(repeating: line, count: 12)
        let outcomes = try Transcription(long, .text).outcomes
        #expect(outcomes.count == 3)
        #expect(outcomes.dropFirst().allSatisfy { $0.contains("noTimestamp") })
    }

    @Test("syslog, new and old")
    func syslog() throws {
        try check(
            """
            <165>1 2003-10-11T22:14:15.003Z host.example app 8710 ID47 [ex@1 a="1" b="x\\"]y"][e2] \u{FEFF}a message
            <34>1 2003-10-11T22:14:15Z - - - - - no data

            """, .syslog,
            [
                #"{"timestamp":"2003-10-11T22:14:15.003Z","host":"host.example","service":"app","severity":"NOTICE","#
                    + #""message":"a message","attributes":{"processId":8710,"facility":20,"messageId":"ID47","#
                    + #""structuredData":{"ex@1":{"a":"1","b":"x\"]y"},"e2":{}}}}"#,
                #"{"timestamp":"2003-10-11T22:14:15Z","severity":"CRITICAL","message":"no data","attributes":{"facility":4}}"#,
            ])
        try check(
            """
            Jun 14 15:16:01 combo sshd(pam_unix)[19939]: authentication failure; logname= uid=0
            <13>Jan  5 03:47:01 h kernel: x
              y
            Jul  1 09:01:06 h --- last message repeated 1 time ---

            """, .syslog,
            [
                #"{"timestamp":"2025-06-14T15:16:01Z","host":"combo","service":"sshd(pam_unix)","#
                    + #""message":"authentication failure; logname= uid=0","attributes":{"processId":19939}}"#,
                #"{"timestamp":"2026-01-05T03:47:01Z","host":"h","service":"kernel","severity":"NOTICE","#
                    + #""message":"x\n  y","attributes":{"facility":1}}"#,
                #"{"timestamp":"2025-07-01T09:01:06Z","host":"h","message":"--- last message repeated 1 time ---"}"#,
            ])
    }

    @Test("access logs, common and combined, with and without a virtual host")
    func access() throws {
        try check(
            """
            127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /a.gif HTTP/1.0" 200 2326
            1.2.3.4 - - [10/Oct/2000:13:55:36 +0000] "GET /\\"x HTTP/1.1" 404 - "http://r/" "Mozilla/5.0 (X)"
            v.example:80 1.2.3.4 - - [10/Oct/2000:13:55:36 +0000] "\\x16\\x03" 400 0 "-" "-" 0.003

            """, .access,
            [
                #"{"timestamp":"2000-10-10T20:55:36Z","status":200,"message":"GET /a.gif HTTP/1.0","attributes":"#
                    + #"{"client.address":"127.0.0.1","user.name":"frank","http.request.method":"GET","#
                    + #""url.original":"/a.gif","network.protocol":"HTTP/1.0","http.response.body.size":2326}}"#,
                #"{"timestamp":"2000-10-10T13:55:36Z","status":404,"message":"GET /\\\"x HTTP/1.1","attributes":"#
                    + #"{"client.address":"1.2.3.4","http.request.method":"GET","url.original":"/\\\"x","#
                    + #""network.protocol":"HTTP/1.1","http.request.header.referer":"http://r/","#
                    + #""user_agent.original":"Mozilla/5.0 (X)"}}"#,
                #"{"timestamp":"2000-10-10T13:55:36Z","status":400,"message":"\\x16\\x03","attributes":"#
                    + #"{"client.address":"1.2.3.4","server.address":"v.example:80","http.response.body.size":0,"other":"0.003"}}"#,
            ])
        try check(
            "x\n1.2.3.4 - - [10/Oct] \"GET\" 200 1\n", .access,
            ["line 1 byte 0 otherFormat: x\n", "line 2 byte 2 otherFormat: 1.2.3.4 - - [10/Oct] \"GET\" 200 1\n"],
            isFound: false)
    }

    @Test("logfmt: typed values, quotes, flags")
    func logfmt() throws {
        try check(
            "ts=2026-01-02T03:04:05Z level=info msg=\"a \\\"b\\\" \\x \\u00e9\" n=7 d=1.5 ok=true e= flag\na=\"x y\" b=c=d\n",
            .logfmt,
            [
                #"{"ts":"2026-01-02T03:04:05Z","level":"info","msg":"a \"b\" \\x \u00e9","n":7,"d":1.5,"ok":true,"e":"","flag":true}"#,
                #"{"a":"x y","b":"c=d"}"#,
            ])
        try check(
            "flag\na=\"x\n=1\nx\"y=1\n", .logfmt,
            [
                "line 1 byte 0 otherFormat: flag\n", "line 2 byte 5 unclosedQuote: a=\"x\n",
                "line 3 byte 10 otherFormat: =1\n",
                "line 4 byte 13 otherFormat: x\"y=1\n",
            ], isFound: false)
    }

    @Test("container logs: parts of a line are joined, each stream's for itself")
    func containers() throws {
        try check(
            """
            2024-01-15T15:47:23.123456789Z stdout P one 
            2024-01-15T15:47:23.2Z stderr F WARN two
            2024-01-15T15:47:23.3Z stdout P three 
            2024-01-15T15:47:23.4Z stderr P four
            2024-01-15T15:47:24Z stdout F five
            x
            2024-01-15T15:47:25Z stdout F

            """, .cri,
            [
                #"{"timestamp":"2024-01-15T15:47:23.200Z","severity":"WARN","message":"WARN two","attributes":{"log.iostream":"stderr"}}"#,
                #"{"timestamp":"2024-01-15T15:47:23.123456789Z","message":"one three five","attributes":{"log.iostream":"stdout"}}"#,
                "line 6 byte 197 otherFormat: x\n",
                #"{"timestamp":"2024-01-15T15:47:25Z","message":"","attributes":{"log.iostream":"stdout"}}"#,
                #"{"timestamp":"2024-01-15T15:47:23.400Z","message":"four","attributes":{"log.iostream":"stderr"}}"#,
            ])
    }

    @Test("Zeek's rows by their types")
    func zeek() throws {
        try check(
            """
            #separator \\x09
            #set_separator\t,
            #empty_field\t(empty)
            #unset_field\t-
            #path\tconn
            #open\t2018-03-24-00-00-00
            #fields\tts\tuid\tid.orig_p\tok\ttags\tnums\tnote
            #types\ttime\tstring\tport\tbool\tset[string]\tvector[count]\tstring
            1521911721.255387\tC8\t53\tT\ta,b\t1,2\t(empty)
            1521911722.000000\t-\t-\tF\t(empty)\t-\t7\\x09"
            1\t2
            #close\t2018-03-24-00-00-00

            """, .zeek,
            [
                #"{"_path":"conn","ts":1521911721.255387,"uid":"C8","id.orig_p":53,"ok":true,"tags":["a","b"],"nums":[1,2],"note":""}"#,
                #"{"_path":"conn","ts":1521911722.000000,"ok":false,"tags":[],"note":"7\\x09\""}"#,
                "line 11 byte 294 otherCellCount: 1\t2\n",
            ])
    }

    @Test("a few lines of text before JSON do not hide it, and what is nothing that is known is told so")
    func otherBeginnings() {
        #expect(InputFormat.detect("> app@1.0.0 start\n> node .\n{\"a\":1}\n{\"a\":2}\n") == .ndjson)
        for text in ["hello", "hello\nworld\n", "\u{0}\u{1}\u{2}", "<xml/>\n", "a b c\n1 2 3\n"] {
            #expect(InputFormat.detect(text) == nil, "\(text)")
        }
        for text in ["", "\n\n", "\u{FEFF}"] { #expect(InputFormat.detect(text) == .ndjson) }
    }
}
