import Bytes
import Storage
import Testing

@testable import Ingest

/// Where values are masked: under which names, in which events.
struct MaskPlaceTests {
    @Test(arguments: [
        (#""password":"x""#, #"{"password":"[password]"}"#),
        (#""user":{"Api-Key":"x","n":1}"#, #"{"user":{"Api-Key":"[apiKey]","n":1}}"#),
        (
            #""password":{"old":"a","new":["b",{"c":"d"}],"n":null,"b":true}"#,
            #"{"password":{"b":true,"n":null,"new":["[password]",{"c":"[password]"}],"old":"[password]"}}"#
        ),
        (#""tokens":["a"],"token":["b","c",1]"#, #"{"token":["[token]","[token]",1],"tokens":["a"]}"#),
        (#""password":12345,"token":12345,"secret":true"#, #"{"password":"[password]","secret":true,"token":12345}"#),
        (#""password":"","secret":"***","token":null"#, #"{"password":"","secret":"***","token":null}"#),
        (#""pass\u0077ord":"x""#, #"{"password":"[password]"}"#),
        (#""a\npassword":"x\ny""#, #"{"a\npassword":"[password]"}"#),
        (#""pwd":"/home/a","PWD":"abc""#, #"{"PWD":"[password]","pwd":"/home/a"}"#),
        (
            #""a":[{"password":"x","b":["y"]},{"token" : "z"}]"#,
            #"{"a":[{"password":"[password]","b":["y"]},{"token":"[token]"}]}"#
        ),
        (#""u":"https:\/\/a:b@c""#, #"{"u":"https://a:[password]@c"}"#),
        (#""password":"a","password":"b""#, #"{"password":"[password]"}"#),
    ])
    func `a name tells that its value is a secret`(_ members: String, _ expected: String) throws {
        #expect(try MaskRig.event(members, .secrets) == expected)
    }

    @Test(arguments: [
        (
            #"{"user.email":"redact"}"#, #""user":{"email":"x","n":1},"email":"y""#,
            #"{"email":"y","user":{"email":"[field]","n":1}}"#
        ),
        (#"{"user.email":"redact"}"#, #""user.email":"x""#, #"{"user.email":"[field]"}"#),
        (
            #"{"user.email":"redact"}"#, #""user":[{"email":"x"},{"email":[1,true,null,"z"]}]"#,
            #"{"user":[{"email":"[field]"},{"email":["[field]","[field]",null,"[field]"]}]}"#
        ),
        (
            #"{"user":"redact"}"#, #""user":{"a":1,"b":{"c":false,"d":1.5}}"#,
            #"{"user":{"a":"[field]","b":{"c":"[field]","d":"[field]"}}}"#
        ),
        (#"{"user":"drop"}"#, #""user":{"a":1,"b":[2]},"n":1"#, #"{"n":1}"#),
        (#"{"a.b":"drop"}"#, #""a":[{"b":1,"c":2},{"b":3}],"n":1"#, #"{"a":[{"c":2},{}],"n":1}"#),
        (#"{"a":"keep"}"#, #""a":"password=x","b":"password=x""#, #"{"a":"password=x","b":"password=[password]"}"#),
        (#"{"password":"keep"}"#, #""password":"x""#, #"{"password":"x"}"#),
        (#"{"\u006dail":"redact"}"#, #""m\u0061il":"x""#, #"{"mail":"[field]"}"#),
        (#"{"a\"b":"redact"}"#, #""a\"b":"x""#, #"{"a\"b":"[field]"}"#),
        (#"{"e é":"redact"}"#, #""e é":"x""#, #"{"e é":"[field]"}"#),
        (
            #"{"user":"redact","user.name":"keep"}"#, #""user":{"id":1,"name":"n"}"#,
            #"{"user":{"id":"[field]","name":"n"}}"#
        ),
    ])
    func `settings name fields`(_ fields: String, _ members: String, _ expected: String) throws {
        #expect(try MaskRig.event(members, MaskRig.settings("{\"fields\":\(fields)}")) == expected)
    }

    @Test func `events of a type have rules of their own`() throws {
        let policy = try MaskRig.settings(
            """
            {"kinds": {"email": "redact"}, "fields": {"n": "redact"},
             "eventTypes": {"login": {"kinds": {"email": "keep", "ip": "redact"}, "fields": {"n": "keep", "m": "drop"}}}}
            """)
        let members = #""a":"b@c.de 10.1.2.3 password=x","m":1,"n":2"#
        let masked = #""a":"[email] 10.1.2.3 password=[password]","m":1,"n":"[field]""#
        #expect(try MaskRig.event(members, policy) == "{\(masked)}")
        #expect(try MaskRig.event("\(members),\"z\":\"login\"", policy) == "{\(masked),\"z\":\"login\"}")
        for key in ["eventType", "event_type", "eventName"] {
            let event = try MaskRig.event("\(members),\"\(key)\":\"login\"", policy)
            #expect(event.contains(#""a":"b@c.de [ip] password=[password]","#) && !event.contains("\"m\""))
            #expect(event.contains("\"n\":2"))
            let other = try MaskRig.event("\(members),\"\(key)\":\"logout\"", policy)
            #expect(
                other.contains(#""a":"[email] 10.1.2.3 password=[password]","#) && other.contains("\"n\":\"[field]\""))
        }
    }

    @Test func `ids are no numbers of cards`() throws {
        let digits = "4111111111111111"
        let members = #""causedBy":["\#(digits)"],"eventId":"\#(digits)","spanId":"\#(digits)","traceId":\#(digits)"#
        #expect(try MaskRig.event(members, MaskRig.policy("all")) == "{\(members)}")
        #expect(try MaskRig.event(#""n":\#(digits)"#, MaskRig.policy("all")) == #"{"n":"[card]"}"#)
        #expect(try MaskRig.event(#""n" : \#(digits)  "#, MaskRig.policy("all")) == #"{"n":"[card]"}"#)
        #expect(
            try MaskRig.event(#""n":[\#(digits),\#(digits)1]"#, MaskRig.policy("all"))
                == #"{"n":["[card]",\#(digits)1]}"#)
    }

    @Test(arguments: [1, 7, 64, 1000, .max])
    func `masking does not depend on how the input comes in`(_ chunkByteCount: Int) throws {
        var text = ""
        for number in 0..<2000 {
            let value = number % 3 == 0 ? "b\(number)@c.de" : number % 7 == 0 ? "b\\u0040c.de \\n" : "plain"
            text += "{\"n\":\(number),\"a\":\"\(value)\",\(MaskRig.time)}\n" + (number % 10 == 0 ? "\n" : "")
        }
        let result = try MaskRig.ingest(text, MaskRig.policy("email"), chunkByteCount: chunkByteCount)
        #expect(result.counts == [.email: 667 + 190])
        #expect(result.events.count == 2000 && !result.events.contains { $0.contains("@") })
        #expect(result.events.filter { $0.contains("plain") }.count == 2000 - 667 - 190)
    }

    @Test func `what the summary counts is all that differs`() throws {
        var random = SplitMix64(seed: 5)
        let values = [
            "\"plain text\"", "\"b@c.de\"", "17", "4111111111111111", "\"card 4111 1111 1111 1111\"", "null",
            "[\"b@c.de\",\"x\",3]", "{\"x\":\"10.1.2.3\"}", "\"10.1.2\"", "true", "\"\\u00e9\\n\"", "\"1705276800000\"",
        ]
        var lines: [String] = []
        for number in 0..<3000 {
            let members = (0..<Int(random.next() % 5)).map { "\"k\($0)\":\(values[Int(random.next() % 12)])" }
            lines.append("{\((members + ["\"n\":\(number)", MaskRig.time]).joined(separator: ","))}")
        }
        let original = try MaskRig.ingest(Rig.lines(lines), .none)
        let masked = try MaskRig.ingest(Rig.lines(lines), MaskRig.policy("all"))
        #expect(original.counts == [:] && masked.events.count == 3000)
        // Whoever puts the values back has the original.
        var counts: [MaskKind: Int] = [:]
        for (event, maskedEvent) in zip(original.events, masked.events) {
            var restored = maskedEvent
            for (kind, value) in [(MaskKind.email, "b@c.de"), (.ip, "10.1.2.3")] {
                counts[kind, default: 0] += restored.ranges(of: "[\(kind.rawValue)]").count
                restored = restored.replacing("[\(kind.rawValue)]", with: value)
            }
            counts[.card, default: 0] += restored.ranges(of: "[card]").count
            restored = restored.replacing("card [card]", with: "card 4111 1111 1111 1111")
                .replacing("\"[card]\"", with: "4111111111111111")
            #expect(restored == event)
        }
        #expect(counts == masked.counts && counts.values.allSatisfy { $0 > 100 })
    }
}
