import Files
import Storage
import Testing

@testable import Ingest

/// Secrets of live events are masked before anything of them is written.
struct LiveMaskingTests {
    static let lines = [
        #"{"a":{"b":true,"x":[1,2],"y":{},"z":null},"message":"login password=hunter22 ok","n":1,"time":1700000000}"#,
        #"{"message":"nothing \"here\"","n":2,"time":1700000001}"#,
        #"{"message":"no time, password=hunter33","n":3}"#,
        #"{"f":1.50,"n":4,"password":"hunter44","time":1700000003}"#,
    ]

    @Test func `what is written to the log is masked, and the rest stays as it came`() throws {
        let files = MemoryFileSystem()
        let store = try Rig.store(files)
        let appender = try Rig.appender(store)
        let acknowledgement = try Rig.append(Self.lines, to: appender)
        #expect(acknowledgement.eventCount == 3 && acknowledgement.rejected.map(\.index) == [2])
        #expect(acknowledgement.maskedCounts == [.password: 2])
        let expected = [
            Self.lines[0].replacingPassword("hunter22"), Self.lines[1], Self.lines[3].replacingPassword("hunter44"),
        ]
        #expect(try Rig.export(store, byIngest: true) == expected)
        try appender.close()
        #expect(try Rig.export(store, byIngest: true) == expected)
    }

    @Test func `no file holds what was masked`() throws {
        let files = MemoryFileSystem()
        let store = try Rig.store(files)
        let appender = try Rig.appender(store)
        try Rig.append(Self.lines, to: appender)
        let name = try #require(try Rig.logNames(files).first)
        let bytes = try files.readAll("\(Rig.paths.logs)/\(name)")
        #expect(!String(decoding: bytes, as: UTF8.self).contains("hunter"))
    }

    @Test func `nothing is masked when nothing is to be`() throws {
        let store = try Rig.store()
        let appender = try Rig.appender(store) { $0.mask = .none }
        try Rig.append([Self.lines[0], Self.lines[1]], to: appender)
        #expect(try Rig.export(store, byIngest: true) == Array(Self.lines[..<2]))
    }

    @Test func `a value that is dropped leaves a line that is sound`() throws {
        let store = try Rig.store()
        let appender = try Rig.appender(store) { _ = $0.mask.take("secrets=drop") }
        try Rig.append([Self.lines[3]], to: appender)
        #expect(try Rig.export(store) == [#"{"f":1.50,"n":4,"time":1700000003}"#])
    }
}

extension String {
    fileprivate func replacingPassword(_ secret: String) -> String {
        guard let range = ranges(of: secret).first else { return self }
        return replacingCharacters(from: range)
    }

    private func replacingCharacters(from range: Range<String.Index>) -> String {
        String(self[..<range.lowerBound]) + "[password]" + String(self[range.upperBound...])
    }
}
