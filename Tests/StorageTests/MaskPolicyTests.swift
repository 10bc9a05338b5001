import Files
import Storage
import Testing

struct MaskPolicyTests {
    private static func read(_ text: String) throws(ConfigError) -> MaskPolicy {
        try StoreConfig(Array("{\n\"mask\": \(text)}".utf8)).mask
    }

    @Test func `settings are added to what is masked anyway`() throws {
        let policy = try Self.read(
            """
            {"kinds": {"email": "hash", "token": "keep"}, "fields": {"a.b": "drop"},
            "eventTypes": {"login": {"kinds": {"secrets": "drop"}, "fields": {"a.b": "keep", "c": "hash"}}}}
            """)
        #expect(policy.rules.mode(.password) == .redact && policy.rules.mode(.email) == .hash)
        #expect(policy.rules.mode(.token) == nil && policy.rules.mode(.ip) == nil)
        #expect(policy.rules.fields == ["a.b": .drop])
        let login = policy.rules(forEventType: "login")
        #expect(login.mode(.token) == .drop && login.mode(.email) == .hash)
        #expect(login.fields == ["a.b": .keep, "c": .hash])
        #expect(policy.rules(forEventType: "other") == policy.rules)
        #expect(policy.needsKey && !policy.isEmpty)
    }

    @Test(arguments: [
        ("{\n\"kind\": {}}", 3, "unknown setting 'mask.kind'"),
        ("{\"kinds\":\n{\"mail\": \"hash\"}}", 3, "no kind 'mail'"),
        ("{\"kinds\": {\"email\":\n\"crypt\"}}", 3, "no mode 'crypt'"),
        ("{\"kinds\": {\"field\": \"hash\"}}", 2, "no kind 'field'"),
        ("{\"fields\": {\n\"\": \"hash\"}}", 3, "must have a name"), ("{\"fields\": {\"a\": 5}}", 2, "must be a text"),
        ("[]", 2, "must be an object"), ("{\"eventTypes\": {\"a\":\n{\"b\": {}}}}", 3, "'mask.eventTypes.a.b'"),
        ("{\"eventTypes\": {\"a\": 1}}", 2, "must be an object"),
    ])
    func `mistakes are told with their line`(_ text: String, _ line: Int, _ reason: String) {
        let error = #expect(throws: ConfigError.self) { try Self.read(text) }
        #expect(error?.line == line)
        #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
    }

    @Test func `the command line chooses kinds, and keeps the modes and fields that are set`() throws {
        var policy = try Self.read(#"{"kinds": {"email": "hash"}, "fields": {"a": "drop"}}"#)
        #expect(policy.take("email,card=drop,ip") == nil)
        #expect(policy.rules.modes == [.email: .hash, .card: .drop, .ip: .redact])
        #expect(policy.rules.fields == ["a": .drop])
        #expect(policy.take("all") == nil)
        #expect(policy.rules.modes.count == MaskKind.allCases.count - 1 && policy.rules.mode(.email) == .hash)
        #expect(policy.take("none") == nil)
        #expect(policy == MaskPolicy.none && policy.isEmpty && !policy.needsKey)
    }

    @Test(arguments: ["", "secret", "email=", "email=x", "none,email", "email,,card", "field"])
    func `a wrong choice changes nothing and is told`(_ text: String) {
        var policy = MaskPolicy.secrets
        #expect(policy.take(text) != nil)
        #expect(policy == .secrets)
    }

    @Test func `the key of a store is made once and read from then on`() throws {
        let files = MemoryFileSystem()
        let paths = StorePaths(root: "s")
        let key = try MaskingKey.readOrMake(paths, in: files)
        #expect(try MaskingKey.readOrMake(paths, in: files) == key)
        #expect(try MaskingKey.readOrMake(paths, in: MemoryFileSystem()) != key)
        files.crash()
        #expect(try MaskingKey.readOrMake(paths, in: files) == key)
    }

    @Test(arguments: [
        "", "0123", "0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdeg\n",
        "+123456789abcdef0123456789abcdef\n",
    ])
    func `a key that is none is refused, not replaced`(_ text: String) throws {
        let files = MemoryFileSystem()
        let paths = StorePaths(root: "s")
        files.put(Array(text.utf8), at: paths.maskingKey)
        #expect(throws: StoreError.self) { try MaskingKey.readOrMake(paths, in: files) }
        #expect(try files.readAll(paths.maskingKey) == Array(text.utf8))
    }
}
