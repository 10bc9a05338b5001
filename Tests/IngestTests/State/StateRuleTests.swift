import Storage
import Testing

@testable import Ingest

@Suite("What events say of state")
struct StateRuleTests {
    /// The examples of Docs/State.md, too.
    @Test(
        "an event sets what the rules say",
        arguments: [
            (
                #""service":"cart","host":"a","state":{"entity":"cart-17","key":"items","value":3}"#,
                ["cart/a/cart-17 items": "3"]
            ),
            (
                #""service":"cart","host":"a","state":{"entity":"cart-17","key":"to","value":{"zip":"1","n":null}}"#,
                ["cart/a/cart-17 to.zip": "1", "cart/a/cart-17 to.n": "null"]
            ),
            (
                #""service":"cart","host":"a","state":{"cpu":44.5,"pool":{"size":8}}"#,
                ["cart/a/- cpu": "44.5", "cart/a/- pool.size": "8"]
            ),
            (#""service":"cart","state":{"entity":"x","value":1}"#, ["cart/-/- entity": "x", "cart/-/- value": "1"]),
            (
                #""service":"cart","host":"a","eventType":"config.change","attributes":{"key":"db.max","newValue":"138"}"#,
                [#"cart/-/- config."db.max""#: "138"]
            ),
            (#""service":"cart","eventType":"config.change","attributes":{"newValue":"138"}"#, [:]),
            (
                #""service":"cart","host":"a","eventType":"deploy","attributes":{"version":"2.1","commit":"c0ffee"}"#,
                ["cart/-/- version": "2.1", "cart/-/- commit": "c0ffee"]
            ),
            (
                #""service":"cart","host":"a","eventType":"topology","state":{"calls":["db","mail"],"since":5}"#,
                ["cart/-/- calls": #"["db","mail"]"#, "cart/a/- since": "5"]
            ),
            (#""state":"closed""#, [:]), (#""state":{}"#, [:]), (#""attributes":{"version":"2.1"}"#, [:]),
            (#""state":{"up":true}"#, ["-/-/- up": "true"]),
        ] as [(String, [String: String])])
    func rules(_ members: String, _ expected: [String: String]) throws {
        let store = try Rig.store()
        _ = try Rig.ingest("{\(members),\"time\":1}\n{\"time\":2,\"other\":1}\n", into: store)
        #expect(try Rig.state(store) == expected)
    }

    @Test("what happened later counts, and of one time what came in later")
    func order() throws {
        let store = try Rig.store()
        for (time, value) in [(5, 1), (9, 2), (7, 3), (9, 4), (1, 5)] {
            _ = try Rig.ingest(#"{"state":{"x":\#(value)},"time":\#(time)}"# + "\n", into: store, named: "\(value)")
        }
        #expect(try Rig.state(store) == ["-/-/- x": "4"])
    }

    @Test("users add objects and rules of their own")
    func settings() throws {
        let text = """
            { "state": { "objects": ["changes"], "rules": [
              { "eventType": "scaled", "of": "service", "field": "size.{zone}", "value": "to" },
              { "eventType": "door", "of": "host", "entity": "door.id", "field": "open", "value": "door.open" } ] } }
            """
        let mapping = try StoreConfig(Array(text.utf8)).state
        let store = try Rig.store()
        let events = [
            #"{"eventType":"scaled","service":"web","host":"a","time":1,"to":7,"zone":"eu"}"#,
            #"{"door":{"id":"d1","open":true},"eventType":"door","host":"h","service":"s","time":2}"#,
            #"{"changes":{"x":1},"service":"s","state":{"y":2},"time":3}"#,
        ]
        _ = try Rig.ingest(Rig.lines(events), into: store)
        #expect(
            try Rig.state(store, mapping) == [
                "web/-/- size.eu": "7", "s/h/d1 open": "true", "s/-/- x": "1", "s/-/- y": "2",
            ])
    }

    @Test(
        "a wrong rule is told",
        arguments: [
            #"{"state":{"rules":[{"eventType":"a","field":"b"}]}}"#,
            #"{"state":{"rules":[{"eventType":"a","field":"b..c","value":"d"}]}}"#,
            #"{"state":{"rules":[{"eventType":"a","field":"b.{c","value":"d"}]}}"#,
            #"{"state":{"rules":[{"eventType":"a","of":"b","field":"b","value":"d"}]}}"#,
            #"{"state":{"rules":[{"type":"a"}]}}"#, #"{"state":{"objects":[""]}}"#, #"{"state":{"more":1}}"#,
        ])
    func mistakes(_ text: String) {
        #expect(throws: ConfigError.self) { try StoreConfig(Array(text.utf8)) }
    }
}
