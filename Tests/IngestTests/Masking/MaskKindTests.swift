import Storage
import Testing

@testable import Ingest

/// What is found and what is not, by kind. What is found stands between angle quotes.
struct MaskKindTests {
    private static let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"
    private static let letters = "0123456789abcdefghijklmnopqrstuvwxyz"

    private func check(_ marked: String, _ kinds: String, _ name: String) throws {
        let text = marked.replacing("«", with: "").replacing("»", with: "")
        var expected = ""
        for (index, piece) in marked.split(separator: "«", omittingEmptySubsequences: false).enumerated() {
            let parts = piece.split(separator: "»", omittingEmptySubsequences: false)
            expected += index == 0 ? String(piece) : "[\(name)]" + parts.dropFirst().joined()
        }
        #expect(try MaskRig.text(text, kinds) == expected)
        // In the middle of a sentence, behind an escape, and with the clue hidden by escapes.
        #expect(try MaskRig.text("\"it\"\n\(text)\nthen", kinds) == "\"it\"\n\(expected)\nthen")
        let hidden = text.unicodeScalars.map { scalar in
            let digits = String(scalar.value, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
        let event = try MaskRig.event("\"a\":\"\(hidden)\"", MaskRig.policy(kinds))
        #expect(event == "{\"a\":\(String(decoding: JSONText.quoted(expected.utf8), as: UTF8.self))}")
        // In an array, and in an object in it.
        let quoted = String(decoding: JSONText.quoted(text.utf8), as: UTF8.self)
        let quotedExpected = String(decoding: JSONText.quoted(expected.utf8), as: UTF8.self)
        let array = try MaskRig.event("\"a\":[1,\(quoted),{\"b\":[\(quoted)],\"c\":{}},[]]", MaskRig.policy(kinds))
        #expect(array == "{\"a\":[1,\(quotedExpected),{\"b\":[\(quotedExpected)],\"c\":{}},[]]}")
        // In a record that is no event.
        let rejects = try MaskRig.ingest("{\"a\":\(quoted)}\n{\"a\":\"\(hidden)\"\n", MaskRig.policy(kinds)).rejects
        #expect(rejects.count == 2)
        for reject in rejects where text != expected { #expect(reject.contains("[\(name)]") && !reject.contains(text)) }
    }

    @Test(arguments: [
        "password=«hunter2»", "Password: «hunter2», user=x", "user=a&passwd=«x%20y»&b=1", "PASSPHRASE = '«a b c»' x",
        #"{"userPassword":"«a\"b»","n":1}"#, #"{\"password\":\"«abc»\",\"n\":1}"#, "DB_PASSWORD=«x»",
        "postgres://app:«s3cret»@db:5432/x", "https://«»@host/", "pwd=«abc»", "mysql -u root password=«p1»;",
        "password=>«abc»", "password:=«abc»",
    ])
    func `passwords`(_ text: String) throws {
        // Nothing between the marks: nothing is there to be found.
        try check(text.replacing("«»", with: ""), "password", "password")
    }

    @Test(arguments: [
        "the password was changed", "passwords=3", "password=", "password=*****", "password: null", "PWD=/home/a",
        "password==x", "https://host:80/a@b", "https://host/?mail=a:b@c", "passwordless=yes", "pwd=C:\\x",
    ])
    func `what only looks like passwords`(_ text: String) throws { try check(text, "password", "password") }

    @Test(arguments: [
        "Authorization: Bearer «abcdef0123456789»", "authorization: Basic «dXNlcjpwYXNzd29yZA==», next",
        "used bearer «abc.def-012~345+/==» twice", "token=«0a1b2c3d»", "client_secret=«s1e2c3r4»", #"{"token":"«x»"}"#,
        "X-Auth-Token: «12345678»", "credentials: «user1234»",
    ])
    func `tokens`(_ text: String) throws { try check(text, "token", "token") }

    @Test(arguments: [
        "the bearer of bad news", "unexpected token: identifier", "tokens=12345678", "Bearer authentication failed",
        "total_tokens: 12345678", "PublicKeyToken=b77a5c561934e089", "secretary=abcdefgh1", "token: {",
        "secret://vault/12345678",
    ])
    func `what only looks like tokens`(_ text: String) throws { try check(text, "token", "token") }

    @Test(arguments: [
        "key «AKIAIOSFODNN7EXAMPLE».", "«ghp_\(letters)»", "«xoxb-123456789012-abc»", "«sk_live_0123456789abcdef»",
        "«AIza0123456789abcdefghijklmnopqrstu-_xy»", "«glpat-0123456789abcdefghij»", "«npm_\(letters)»",
        "«SG.0123456789abcdefghijkl.0123456789abcdefghij»", "«sk-proj-0123456789abcdefghij»",
        "«github_pat_0123456789abcdefghijkl_mn»", "api_key=«0a1b2c3d»", "X-Api-Key: «0a1b2c3d»",
        "AWS_SECRET_ACCESS_KEY=«wJalrXUtnFEMI/K7MDENG»", "AccountKey=«abcdefgh12==»;x",
    ])
    func `keys of services`(_ text: String) throws { try check(text, "apiKey", "apiKey") }

    @Test(arguments: [
        "AKIAIOSFODNN7EXAMPL", "xAKIAIOSFODNN7EXAMPLE", "task-force-for-the-improvement-of-0",
        "sk-learn-is-a-library-of-many",
        "ghp_short1", "xoxb-", "apikeys=12345678", "key=12345678",
    ])
    func `what only looks like keys`(_ text: String) throws { try check(text, "apiKey", "apiKey") }

    @Test(arguments: [
        "got «\(token)».", "«eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.»", "a=«eyJhbGciOiJSU0EifQ.a1.b2.c3.d4»",
    ])
    func `web tokens`(_ text: String) throws { try check(text, "jwt", "jwt") }

    @Test(arguments: ["eyJzdWIiOiIxMjM0NTY3ODkwIn0.a.b", "eyJhbGciOiJIUzI1NiJ9", "xeyJhbGciOiJIUzI1NiJ9.eyJ9.x", "eyJ"])
    func `what only looks like web tokens`(_ text: String) throws { try check(text, "jwt", "jwt") }

    @Test(arguments: [
        "«-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc=\n-----END RSA PRIVATE KEY-----» x",
        "«-----BEGIN PRIVATE KEY-----MIIE-----END PRIVATE KEY-----»",
    ])
    func `private keys`(_ text: String) throws { try check(text, "privateKey", "privateKey") }

    @Test(arguments: ["-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----", "BEGIN PRIVATE KEY"])
    func `what only looks like private keys`(_ text: String) throws { try check(text, "privateKey", "privateKey") }

    @Test(arguments: [
        "«bob@example.com»", "to <«Bob.O-1+tag@mail.example.co.uk»>, «b@x.io».", "mailto:«bob@example.com»?x",
        "«jürgen@müller.de» x",
    ])
    func `addresses of e-mail`(_ text: String) throws { try check(text, "email", "email") }

    @Test(arguments: [
        "root@localhost", "a @b.com", "pkg@1.2.3", "@media.x", "https://u:p@host.com", "x@y", "a@b..com", "a@.com",
    ])
    func `what only looks like e-mail`(_ text: String) throws { try check(text, "email", "email") }

    @Test(arguments: [
        "«4111111111111111»", "card «4111 1111 1111 1111» ok", "«5555-5555-5555-4444»", "«378282246310005»",
        "«3782 822463 10005»", "«30569309025904»", "«6011111111111117»", "no 12 «4111 1111 1111 1111» 34",
        "«2223003122003222»", "«3530111333300000»",
    ])
    func `cards`(_ text: String) throws { try check(text, "card", "card") }

    @Test(arguments: [
        "4111111111111112", "x4111111111111111", "0.4111111111111111", "4111111111111111.5", "1705276800000",
        "41111111-1111-1111-1111-111111111111", "a4111-1111-1111-1111", "4111 1111-1111 1111", "1234567812345670",
        "411111111111111111111111", "12-4111-1111-1111-1111", "4111111111111111abc",
    ])
    func `what only looks like cards`(_ text: String) throws { try check(text, "card", "card") }

    @Test(arguments: [
        "call «+1 415-555-0123» now", "«+4930123456»", "«+44 (0)20 7946 0958»", "«(415) 555-0123»", "«(415)555-0123»",
        "«415-555-0123».", "«415.555.0123»", "«+14155550123» 200",
    ])
    func `telephones`(_ text: String) throws { try check(text, "phone", "phone") }

    @Test(arguments: [
        "+0530", "2024-01-15 10:00:00+0100", "115-555-0123", "1415-555-01234", "a+12345678", "+1 2 3", "1.415.555.0123",
        "4155550123", "415-155-0123", "+12345678901234567",
    ])
    func `what only looks like telephones`(_ text: String) throws { try check(text, "phone", "phone") }

    @Test(arguments: [
        "«078-05-1120»", "ssn «219-09-9999».", "«AB123456C»", "«AB 12 34 56 C»", "«12345678Z»", "«X1234567L»",
        "«12345678-Z»", "«529.982.247-25»", "«255081416802538»",
    ])
    func `numbers of people`(_ text: String) throws { try check(text, "nationalId", "nationalId") }

    @Test(arguments: [
        "000-05-1120", "666-05-1120", "978-05-1120", "078-00-1120", "078-05-0000", "1078-05-1120", "2078-05-1120-1",
        "BG123456C", "AB123456E", "12345678A", "529.982.247-26", "111.111.111-11",
        "255081416802539", "255131416802538", "a12345678Z",
    ])
    func `what only looks like numbers of people`(_ text: String) throws { try check(text, "nationalId", "nationalId") }

    @Test(arguments: [
        "«10.1.2.3»", "from «192.168.0.255»:8080, «8.8.8.8».", "«10.0.0.0»/8", "«2001:db8::1»", "[«fe80::1»]:80",
        "«::1»", "«2001:0db8:0000:0000:0000:ff00:0042:8329»", "«::ffff:10.0.0.1»", "«1::» x",
    ])
    func `addresses of machines`(_ text: String) throws { try check(text, "ip", "ip") }

    @Test(arguments: [
        "1.2.3", "1.2.3.4.5", "256.1.1.1", "v1.2.3.4", "120.0.6099.109", "12:30:45", "00:1a:2b:3c:4d:5e", "std::a1",
        "a::b", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::1", "10.1.2.3a",
    ])
    func `what only looks like addresses of machines`(_ text: String) throws { try check(text, "ip", "ip") }
}
