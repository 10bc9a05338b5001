import Files
import Storage
import Testing

@testable import Ingest

/// What becomes of what is masked, and of records that are no events.
struct MaskModeTests {
    private static let key = "000102030405060708090a0b0c0d0e0f"

    @Test func `a hash is the same for the same value, however it is written, and another with another key`() throws {
        let policy = try MaskRig.policy("email=hash,card=hash")
        let members =
            #""a":"Bob@Example.com","b":"from bob@example.com to x@y.de","c":4111111111111111,"d":"4111-1111-1111-1111""#
        let event = try MaskRig.event(members, policy, key: Self.key)
        func hash(_ text: String) -> String {
            String(
                decoding: KeyedHash.digits(Array(text.utf8), MaskingKey(0x0001_0203_0405_0607, 0x0809_0a0b_0c0d_0e0f)),
                as: UTF8.self)
        }
        let bob = "email:" + hash("bob@example.com")
        let card = "card:" + hash("4111111111111111")
        let other = "email:" + hash("x@y.de")
        #expect(event == "{\"a\":\"\(bob)\",\"b\":\"from \(bob) to \(other)\",\"c\":\"\(card)\",\"d\":\"\(card)\"}")
        let elsewhere = try MaskRig.event(members, policy, key: String(Self.key.reversed()))
        #expect(!elsewhere.contains(bob) && !elsewhere.contains(card))
        #expect(elsewhere.contains("email:"))
    }

    @Test func `a store makes its key once, and no two stores make the same`() throws {
        let files = MemoryFileSystem()
        let store = try Rig.store(files)
        let policy = try MaskRig.policy("email=hash")
        for name in ["one", "two"] {
            _ = try Rig.ingest("{\"a\":\"b@c.de\",\"n\":\"\(name)\",\(MaskRig.time)}", into: store, named: name) {
                $0.mask = policy
            }
        }
        let events = try Rig.export(store)
        #expect(
            events.count == 2 && events[0].prefix(40) == events[1].prefix(40) && events[0].hasPrefix("{\"a\":\"email:"))
        #expect(try MaskRig.event("\"a\":\"b@c.de\"", policy) != MaskRig.event("\"a\":\"b@c.de\"", policy))
        #expect(!(try MemoryFileSystem().exists(store.paths.maskingKey)))
    }

    @Test func `without a hash no key is made`() throws {
        let files = MemoryFileSystem()
        let store = try Rig.store(files)
        _ = try Rig.ingest("{\"password\":\"x\",\(MaskRig.time)}", into: store)
        #expect(try !files.exists(store.paths.maskingKey))
    }

    @Test(arguments: [
        (#""a":"b@c.de","n":1"#, #"{"n":1}"#), (#""a":"to b@c.de now""#, #"{"a":"to  now"}"#),
        (#""a":["b@c.de",1,"b@c.de",{"x":"b@c.de","y":2,"z":"b@c.de"}]"#, #"{"a":[1,{"y":2}]}"#),
        (#""a":["b@c.de"]"#, #"{"a":[]}"#), (#""a":{"b":"b@c.de"},"n":1"#, #"{"n":1}"#),
        (#""a":"b@c.de","a":"x""#, #"{"a":"x"}"#),
    ])
    func `what is dropped leaves nothing behind`(_ members: String, _ expected: String) throws {
        #expect(try MaskRig.event(members, MaskRig.policy("email=drop")) == expected)
    }

    @Test func `nothing is masked when nothing is to be`() throws {
        let line = #"{"a":"password=x AKIAIOSFODNN7EXAMPLE b@c.de","password":"x",\#(MaskRig.time)}"#
        let result = try MaskRig.ingest("\(line)\n{\"password\":\"x\"}\n", MaskRig.policy("none"))
        #expect(result.events == [line] && result.counts == [:])
        #expect(result.rejects[0].hasSuffix(#""text":"{\"password\":\"x\"}"}"#))
    }

    @Test func `unless somebody says otherwise secrets are masked and nothing else`() throws {
        #expect(StoreIngest.Options().mask == .secrets)
        let event = try MaskRig.event(#""a":"password=x b@c.de 10.1.2.3""#, StoreIngest.Options().mask)
        #expect(event == #"{"a":"password=[password] b@c.de 10.1.2.3"}"#)
    }

    @Test func `records that are no events are masked, and count`() throws {
        let policy = try MaskRig.settings(
            #"{"kinds":{"email":"redact"},"fields":{"user.name":"redact"},"eventTypes":{"a":{"kinds":{"ip":"drop"}}}}"#)
        let text = """
            {"a":"b@c.de","password":"x","user":{"name":"Bob"}}
            {"a":"b\\u0040c.de","name":{"x":["}"]},"pass\\u0077ord":"x
            {"name" : 12, "a":"10.1.2.3"
            name=Bob token=0a1b2c3d4e
            {"a":"AKIAIOSFODNN7EXAMPLE",\(MaskRig.time)}

            """
        let result = try MaskRig.ingest(text, policy, format: .ndjson)
        let texts = result.rejects.map {
            $0.replacing("\\\"", with: "'").split(separator: "\"text\":\"")[1].dropLast(2)
        }
        #expect(
            texts == [
                "{'a':'[email]','password':'[password]','user':{'name':'[field]'}}",
                "{'a':'[email]','name':[field],'password':'[password]", "{'name' : [field], 'a':''",
                "name=[field] token=[token]",
            ])
        #expect(result.counts == [.email: 2, .password: 2, .field: 4, .ip: 1, .token: 1, .apiKey: 1])
    }

    @Test func `lines of other formats are masked as well`() throws {
        let text = "time,password,note\n2024-01-15T00:00:00Z,x,bearer abcdef123456\n2024-01-15T00:00:01Z,y\n"
        let result = try MaskRig.ingest(text, .secrets, format: .csv)
        #expect(result.events == [#"{"note":"bearer [token]","password":"[password]","time":"2024-01-15T00:00:00Z"}"#])
    }

    @Test(arguments: [
        (0, "a3817f04ba25a8e66df67214c7550293"), (1, "da87c1d86b99af44347659119b22fc45"),
        (7, "a1f1ebbed8dbc153c0b84aa61ff08239"), (8, "3b62a9ba6258f5610f83e264f31497b4"),
        (15, "5493e99933b0a8117e08ec0f97cfc3d9"), (63, "5150d1772f50834a503e069a973fbd7c"),
    ])
    func `the keyed hash is SipHash-2-4 with 128 bits`(_ count: Int, _ expected: String) {
        let text = (0..<count).map { UInt8($0) }
        let key = MaskingKey(0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908)
        #expect(String(decoding: KeyedHash.digits(text, key), as: UTF8.self) == expected)
    }
}
